//! `recto optimize`: the weights of FSRS, fitted to the learner's own answers.

use std::path::PathBuf;

use super::error::Error;
use super::report::plural;
use super::screen::Screen;
use super::{Outcome, clock, notes};
use crate::schedule::fit::{self, Fit};
use crate::store::{SessionLock, Store};

const AFTER_HELP: &str = "\
Examples:
  recto optimize --dry-run   what would be gained
  recto optimize             take the new weights into use";

const LONG_ABOUT: &str = "\
Fits FSRS to your own answers: it learns how fast you forget, and how hard your cards are, from the log.

What is gained is shown before anything changes. With the new weights, what FSRS knows of every card is computed \
anew; cards that SM-2 schedules keep their days. The weights of the average learner stay where there are too few answers.";

/// Fits FSRS to your own answers
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The folder that `recto build` wrote to
    #[arg(short, long, value_name = "DIR", default_value = notes::OUTPUT)]
    output: PathBuf,
    /// Only tell what would be gained
    #[arg(long)]
    dry_run: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let path = args.output.join(notes::DATABASE);
    let _lock = SessionLock::take(&path).map_err(Error::Store)?;
    let mut store = Store::open(&path).map_err(Error::Store)?;
    let histories = store.histories().map_err(Error::Store)?;
    let fitted = fit::fit(histories.values().map(Vec::as_slice), &store.model().map_err(Error::Store)?);
    let Some(fit) = fitted else {
        screen.out(&format!("too few answers on later days to learn from: it takes {}\n", fit::LEAST))?;
        return Ok(Outcome::Clean);
    };
    screen.out(&told(&fit))?;
    if fit.loss_after >= fit.loss_before {
        screen.out("nothing is gained; the weights stay as they are\n")?;
    } else if !args.dry_run {
        let moment = clock::moment()?;
        store.back_up_daily(moment.day).map_err(Error::Store)?;
        store.take_weights(&fit, moment.at).map_err(Error::Store)?;
        screen.out("the new weights are in use\n")?;
    }
    Ok(Outcome::Clean)
}

fn told(fit: &Fit) -> String {
    format!(
        "fitted to {}\n\n           now     new\nlog loss   {:.4}  {:.4}\noff by     {:>5.1} % {:>5.1} %\n\n",
        plural(fit.answers, "answer"),
        fit.loss_before,
        fit.loss_after,
        fit.error_before * 100.0,
        fit.error_after * 100.0,
    )
}
