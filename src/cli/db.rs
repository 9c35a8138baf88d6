//! `recto db`: checking, copying, restoring and uniting review databases.

#![expect(clippy::disallowed_methods, reason = "cli looks whether a database that is named is there")]

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::error::Error;
use super::report::plural;
use super::screen::Screen;
use super::{Outcome, clock, notes};
use crate::load::shown;
use crate::store::{FaceId, SessionLock, Store, Verdict, backup};

const AFTER_HELP: &str = "\
Examples:
  recto db verify                       is everything as it should be?
  recto db backup                       the copy of today, beside the database
  recto db restore                      which copies there are
  recto db restore 2026-01-31.db        puts that one back
  recto db merge ~/laptop/recto.db      bring in what was answered elsewhere

Exit codes:
  0  done, and all is well
  1  something was wrong with the database
  2  could not run; the database is as it was";

const LONG_ABOUT: &str = "\
Looks after the review database: every answer ever given is in its log, which is only added to.

A copy is made by itself on each day with a review, and before a later recto changes the form of the database; the \
last ten days are kept.";

/// Checks, copies, restores and unites review databases
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub(super) struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Checks the file and the log, computes every memory anew, and mends those that are not what the log says
    Verify {
        #[command(flatten)]
        place: Place,
        /// Only tell what is wrong
        #[arg(long)]
        dry_run: bool,
    },
    /// Makes a copy: that of today, or to a file
    Backup {
        /// The file to write [default: the copy of today, beside the database]
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
    /// Puts a copy in place of the database, which is kept; without a file, lists the copies there are, with their answers
    Restore {
        /// The copy: a path, or a name from the list
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
    /// Brings in the answers of another copy of the database; the result is the same in either order
    Merge {
        /// The other database, which is left as it is
        #[arg(value_name = "OTHER")]
        other: PathBuf,
        /// Merge it even if the two have hardly a card in common
        #[arg(long)]
        allow_unrelated: bool,
        #[command(flatten)]
        place: Place,
    },
}

/// Where the database is.
#[derive(Debug, clap::Args)]
struct Place {
    /// The folder that `recto build` wrote to
    #[arg(short, long, value_name = "DIR", default_value = notes::OUTPUT)]
    output: PathBuf,
}

impl Place {
    fn path(&self) -> PathBuf {
        self.output.join(notes::DATABASE)
    }

    fn open(&self) -> Result<Store, Error> {
        Store::open(&self.path()).map_err(Error::Store)
    }
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    match &args.task {
        Task::Verify { place, dry_run } => verify(place, !dry_run, screen),
        Task::Backup { file: Some(file), place } => {
            place.open()?.back_up(file).map_err(Error::Store)?;
            screen.out(&format!("wrote {}\n", shown(file)))?;
            Ok(Outcome::Clean)
        }
        Task::Backup { file: None, place } => back_up(place, screen),
        Task::Restore { file: Some(file), place } => restore(place, file, screen),
        Task::Restore { file: None, place } => list(place, screen),
        Task::Merge { other, allow_unrelated, place } => merge(place, (other, *allow_unrelated), screen),
    }
}

fn verify(place: &Place, mend: bool, screen: &mut Screen) -> Result<Outcome, Error> {
    let mut store = place.open()?;
    let verdict = store.verify(mend).map_err(Error::Store)?;
    let faces = |faces: &[FaceId]| -> Result<Vec<String>, Error> {
        let name = |face: &FaceId| match store.face(*face).map_err(Error::Store)? {
            Some(face) => Ok(format!("{}:{} {}", face.file, face.line, face.front.lines().next().unwrap_or_default())),
            None => Ok(format!("face {}", face.0)),
        };
        faces.iter().map(name).collect()
    };
    let stray = faces(&verdict.stray)?;
    screen.out(&told(&verdict, &stray, mend))?;
    Ok(if verdict.is_clean() { Outcome::Clean } else { Outcome::Errors })
}

fn told(verdict: &Verdict, stray: &[String], mend: bool) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(verdict.faults.iter().map(|fault| format!("the file is damaged: {fault}")));
    lines.extend(verdict.damaged.iter().map(|row| format!("row {row} of the log is not what was written")));
    let done = if mend && !verdict.needs_backup() { ", and is mended" } else { "" };
    lines.extend(stray.iter().map(|face| format!("the memory was not what the log says{done}: {face}")));
    if verdict.needs_backup() {
        lines.push("nothing was changed; `recto db restore` lists the copies that can be put back".to_owned());
    } else {
        let (rows, faces) = (plural(verdict.rows, "row"), plural(verdict.faces, "face"));
        let well = if stray.is_empty() { "; all is well" } else { "" };
        lines.push(format!("{rows} of the log read, {faces} computed anew{well}"));
    }
    lines.join("\n") + "\n"
}

fn back_up(place: &Place, screen: &mut Screen) -> Result<Outcome, Error> {
    let store = place.open()?;
    let made = store.back_up_daily(clock::moment()?.day).map_err(Error::Store)?;
    let another = || {
        let path = backup::folder(&place.path()).join(format!("{}.db", clock::stamp()));
        store.back_up(&path).map(|()| path).map_err(Error::Store)
    };
    let path = made.map_or_else(another, Ok)?;
    screen.out(&format!("wrote {}\n", shown(&path)))?;
    Ok(Outcome::Clean)
}

fn list(place: &Place, screen: &mut Screen) -> Result<Outcome, Error> {
    let copies = backup::list(&place.path());
    if copies.is_empty() {
        screen.out("there are no copies yet; one is made on each day with a review\n")?;
    }
    for copy in &copies {
        let held = backup::answers(copy).map_or("cannot be read".to_owned(), |count| plural(count, "answer"));
        screen.out(&format!("{}  {held}\n", shown(copy)))?;
    }
    if let Some(copy) = copies.last() {
        screen.err(&format!("\nTo put one back: recto db restore {}\n", shown(copy)));
    }
    Ok(Outcome::Clean)
}

/// Demands that there is the database that was named.
fn named(file: &Path) -> Result<(), Error> {
    std::fs::metadata(file).map(drop).map_err(|error| Error::Read(file.to_owned(), error))
}

fn restore(place: &Place, file: &Path, screen: &mut Screen) -> Result<Outcome, Error> {
    let file = &backup::named(&place.path(), file);
    named(file)?;
    let replaced = backup::restore(&place.path(), file).map_err(Error::Store)?;
    screen.out(&format!("{} is what {} was\n", shown(&place.path()), shown(file)))?;
    if let Some(kept) = replaced {
        screen.out(&format!("what it was before is kept in {}\n", shown(&kept)))?;
    }
    Ok(Outcome::Clean)
}

fn merge(place: &Place, (other, unrelated): (&Path, bool), screen: &mut Screen) -> Result<Outcome, Error> {
    named(other)?;
    let path = place.path();
    let _lock = SessionLock::take(&path).map_err(Error::Store)?;
    let mut store = place.open()?;
    let kinship = store.kinship(other).map_err(Error::Store)?;
    if !unrelated && !kinship.is_close() {
        return Err(Error::Unrelated(other.to_owned(), path, kinship));
    }
    store.back_up_daily(clock::moment()?.day).map_err(Error::Store)?;
    let merged = store.merge(other).map_err(Error::Store)?;
    let (rows, cards) = (plural(merged.rows, "row"), plural(merged.cards, "card"));
    screen.out(&format!("{rows} of the log and {cards} came in; {} computed anew\n", plural(merged.faces, "face")))?;
    Ok(Outcome::Clean)
}
