//! A sign of life on standard error for work that takes long; nothing where no one is watching.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long work may take before anything is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the sign moves.
const TICK: Duration = Duration::from_millis(100);

/// A spinner with a few words; gone when dropped.
pub(super) struct Progress {
    bar: ProgressBar,
    late: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts to wait; indicatif itself draws only on a terminal.
    pub(super) fn start(words: &'static str) -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden())
            .with_style(ProgressStyle::default_spinner())
            .with_message(words);
        let (done, waiting) = channel::<()>();
        let shown = bar.clone();
        let thread = spawn(move || {
            if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(TICK);
            }
        });
        Progress { bar, late: Some((done, thread)) }
    }

    /// Says what is done now.
    pub(super) fn step(&self, words: &'static str) {
        self.bar.set_message(words);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.late.take() {
            drop(done);
            // The thread holds nothing that a failure could leave half done.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}
