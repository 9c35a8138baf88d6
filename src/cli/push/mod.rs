//! `recto push`: hands the deck to a running Anki through the add-on AnkiConnect.
//!
//! The package that `build` would write is stored beside Anki's media, imported by Anki itself and
//! removed again, so that pushing does exactly what importing does.

mod connect;
mod plan;

use std::path::PathBuf;

use super::error::Error;
use super::screen::Screen;
use super::{Outcome, clock, notes, report};
use crate::card::Deck;
use crate::diagnostic::Severity;
use crate::export::{EXPORTERS, Job, anki_notes};
use crate::store::{Progress, Store};
use connect::Anki;
use plan::Plan;

const LONG_ABOUT: &str = "\
Hands the cards to a running Anki, where the add-on AnkiConnect is installed: new cards are added and changed ones \
updated, with their images and sounds; schedules, decks and flags in Anki stay as they are. Cards that have left the \
notes are listed with a search to paste into Anki's browser, and never deleted.

Nothing is sent to any other place than the address of AnkiConnect, which is this computer unless you say otherwise.";

const AFTER_HELP: &str = "\
Examples:
  recto push --dry-run               what would be added and changed
  recto push                         do it";

/// The name of the package among Anki's media while it is imported. Anki leaves files alone that begin so.
const PARCEL: &str = "_recto-push.apkg";

/// Hands the deck to a running Anki
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Notes, or folders of notes [default: source-notes if there is one, else the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder of the review database
    #[arg(short, long, value_name = "DIR", default_value = notes::OUTPUT)]
    output: PathBuf,
    /// Only tell what would be done
    #[arg(long)]
    dry_run: bool,
    /// Carry what the review database knows of cards that Anki does not have yet
    #[arg(long)]
    with_scheduling: bool,
    /// Where AnkiConnect listens
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8765")]
    url: String,
    /// The key that AnkiConnect asks for, where it was given one
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let work = notes::compile(&args.paths, &args.output)?;
    if work.files.is_empty() {
        return Err(Error::NothingRead);
    }
    let look = screen.err_look();
    screen.err(&report::draw(
        work.findings.iter().filter(|finding| finding.severity == Severity::Error),
        &work.files,
        look,
    ));
    let anki = Anki::new(&args.url, args.key.as_deref());
    let failed = |why: String| Error::Anki(args.url.clone(), why);
    anki.greet().map_err(failed)?;
    let known = anki.notes().map_err(failed)?;
    let plan = Plan::new(&anki_notes(&work.deck), &known);
    screen.out(&plan.told(args.dry_run))?;
    if !args.dry_run && plan.has_work() {
        anki.import(PARCEL, &package(args, &work.deck)?).map_err(failed)?;
        screen.out("done\n")?;
    }
    Ok(Outcome::of(&work.findings))
}

fn package(args: &Args, deck: &Deck) -> Result<Vec<u8>, Error> {
    let progress: Option<Progress> = if args.with_scheduling {
        let store = Store::open(&args.output.join(notes::DATABASE)).map_err(Error::Store)?;
        Some(store.progress(clock::moment()?.day).map_err(Error::Store)?)
    } else {
        None
    };
    let mut out = std::io::Cursor::new(Vec::new());
    let job = Job { progress: progress.as_ref(), ..Job::new(deck) };
    let apkg = EXPORTERS.iter().find(|exporter| exporter.name == "apkg");
    if let Some(exporter) = apkg {
        (exporter.export)(&job, &mut out).map_err(|error| Error::Export(PARCEL.into(), error.0))?;
    }
    Ok(out.into_inner())
}
