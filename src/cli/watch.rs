//! `recto watch`: builds again whenever notes are saved.

#![expect(clippy::disallowed_methods, reason = "cli looks which paths are folders")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, RecursiveMode, Watcher};

use super::build::{self, Built};
use super::error::Error;
use super::screen::Screen;
use super::{Outcome, notes};
use crate::diagnostic::Finding;
use crate::source::SourceFile;

const AFTER_HELP: &str = "\
Examples:
  recto watch                       source-notes/ into decks/, until Ctrl-C
  recto watch notes/ --format apkg  a package for Anki only
  recto watch --json                an object of JSON for each build";

const LONG_ABOUT: &str = "\
Builds, and builds again whenever notes, settings or images are saved, until Ctrl-C.

After the first build only the findings of notes that changed are shown. It takes the options of `recto build`.";

/// How long nothing may happen before a save counts as finished: editors write in several steps.
const QUIET: Duration = Duration::from_millis(60);

/// Builds again whenever notes are saved
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
#[group(skip)]
pub(super) struct Args {
    #[command(flatten)]
    build: build::Args,
}

/// Runs the command; it ends with the program.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let args = &args.build;
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(sender).map_err(|error| Error::Watch(error.to_string()))?;
    for (folder, mode) in folders(args.paths()) {
        watcher.watch(&folder, mode).map_err(|error| Error::Watch(error.to_string()))?;
    }
    screen.err("watching for saves, until Ctrl-C\n");
    let mut seen = Seen::default();
    let mut last = None;
    loop {
        match seen.build(args, screen) {
            Ok(built) => {
                let again = Some(built.told.clone().again());
                if last != again {
                    args.tell(&built, screen)?;
                }
                last = again;
            }
            // Notes may be gone for a moment, and settings be half written: the next save mends it.
            Err(error) => screen.error(&error),
        }
        wait(&events, args.output())?;
    }
}

/// What to watch: named folders with all below them, the folders of named files, and the one where settings may lie.
fn folders(paths: &[PathBuf]) -> BTreeMap<PathBuf, RecursiveMode> {
    let mut out = BTreeMap::from([(PathBuf::from("."), RecursiveMode::NonRecursive)]);
    for path in notes::usual(paths) {
        if path.is_dir() {
            out.insert(path, RecursiveMode::Recursive);
        } else {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            out.entry(folder.to_owned()).or_insert(RecursiveMode::NonRecursive);
        }
    }
    out
}

/// Waits for something outside the folder of the decks to change, and then until nothing more does.
fn wait(events: &Receiver<notify::Result<Event>>, output: &Path) -> Result<(), Error> {
    let output = output.canonicalize().unwrap_or_else(|_| output.to_owned());
    let gone = || Error::Watch("the system tells of no more changes".to_owned());
    while !matters(&events.recv().map_err(|_| gone())?, &output) {}
    loop {
        match events.recv_timeout(QUIET) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => return Ok(()),
            Err(RecvTimeoutError::Disconnected) => return Err(gone()),
        }
    }
}

/// Whether an event may change what is built. What a build reads is an event, too, and so is what it writes.
fn matters(event: &notify::Result<Event>, output: &Path) -> bool {
    let Ok(event) = event else { return true };
    let ours = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone()).starts_with(output);
    !event.kind.is_access() && !event.paths.iter().all(ours)
}

/// The notes as they were last built.
#[derive(Debug, Default)]
struct Seen(BTreeMap<String, String>);

impl Seen {
    /// Builds, and shows the findings of notes that are not as they were.
    fn build(&mut self, args: &build::Args, screen: &mut Screen) -> Result<Built, Error> {
        build::make(args, &mut |findings, notes| {
            let shown: Vec<Finding> = findings.iter().filter(|finding| self.is_news(finding, notes)).cloned().collect();
            args.show(&shown, notes, screen);
            self.0 = notes.iter().map(|note| (note.path.clone(), note.text.clone())).collect();
        })
    }

    fn is_news(&self, finding: &Finding, notes: &[SourceFile]) -> bool {
        let (path, _) = finding.position(notes);
        let now = notes.iter().find(|note| note.path == path).map(|note| &note.text);
        now.is_none() || now != self.0.get(path)
    }
}
