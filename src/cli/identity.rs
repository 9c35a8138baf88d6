//! `recto identity`: questions of which card is which, their answers, and an identity file made anew.

#![expect(clippy::disallowed_methods, reason = "cli looks which identity files there are")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::screen::Screen;
use super::{Outcome, notes, output, report};
use crate::card::levels;
use crate::identity::lock::{Entry, Lock, unescaped};
use crate::identity::repair::{self, Known};
use crate::identity::verdict::{self, Verdict};
use crate::{load, store};

const AFTER_HELP: &str = "\
Examples:
  recto identity                        the cards of which only you can know whether they are one
  recto identity same OLD NEW           the new card takes over the history of the one that has gone
  recto identity different OLD NEW      they are two; this is not asked again
  recto identity --repair               mend the file after a merge, or make it anew

The beginning of an id is enough. Commit the `.lock` file with your notes, as you would Cargo.lock.";

const LONG_ABOUT: &str = "\
Tells which card is which from build to build. A card keeps its identity, and so its review history here and in \
Anki, when its note is reworded, moved or split: `recto build` keeps what it needs for that in a file beside the \
decks, DECK.lock. Where nobody but you can know whether a card is an earlier one, nothing is guessed: it is asked \
here, once.";

/// Shows and settles which card is which
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub(super) struct Args {
    #[command(subcommand)]
    verdict: Option<Said>,
    /// The folder of the decks
    #[arg(short, long, value_name = "DIR", default_value = notes::OUTPUT, global = true)]
    output: PathBuf,
    /// Mend the identity file, with the review database and a package that recto wrote
    #[arg(long)]
    repair: bool,
    /// The package to repair from [default: the one beside the file]
    #[arg(long, value_name = "FILE.apkg", requires = "repair")]
    from: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum Said {
    /// The new card is the one that has gone
    Same {
        /// The card that has gone
        old: String,
        /// The card that is new
        new: String,
    },
    /// They are two cards
    Different {
        /// The card that has gone
        old: String,
        /// The card that is new
        new: String,
    },
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let files = files(args)?;
    let said = match &args.verdict {
        _ if args.repair => files.iter().map(|file| repair(file, args)).collect::<Result<String, _>>()?,
        None => list(&files)?,
        Some(Said::Same { old, new }) => pass(&files, Verdict::Same, [old, new])?,
        Some(Said::Different { old, new }) => pass(&files, Verdict::Different, [old, new])?,
    };
    screen.out(&said)?;
    Ok(Outcome::Clean)
}

/// The identity files in the folder; for a repair also those that should be there beside packages.
fn files(args: &Args) -> Result<Vec<PathBuf>, Error> {
    let read = fs::read_dir(&args.output).map_err(|error| Error::Read(args.output.clone(), error))?;
    let paths = read.filter_map(Result::ok).map(|entry| entry.path());
    let wanted = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending == Some("lock") || args.repair && ending == Some("apkg")
    };
    let mut files: Vec<PathBuf> = paths.filter(wanted).map(|path| path.with_extension("lock")).collect();
    files.sort();
    files.dedup();
    if files.is_empty() { Err(Error::NoIdentities(args.output.clone())) } else { Ok(files) }
}

fn read(path: &Path) -> Result<String, Error> {
    let text = load::read_lock(path).map_err(|error| Error::Read(path.to_owned(), error))?;
    Ok(text.unwrap_or_default())
}

/// A sound lock, or why it is none.
fn parse<'t>(path: &Path, text: &'t str) -> Result<Lock<'t>, Error> {
    Lock::parse(text).map_err(|troubles| {
        let line = troubles.first().map_or(1, |trouble| trouble.line);
        Error::Misread(path.to_owned(), format!("line {line} is not as recto writes it; try `recto identity --repair`"))
    })
}

fn list(files: &[PathBuf]) -> Result<String, Error> {
    let mut out = String::new();
    let mut live = 0;
    for path in files {
        let text = read(path)?;
        let lock = parse(path, &text)?;
        live += lock.entries.iter().filter(|entry| !entry.gone).count();
        for (old, new) in &lock.asked {
            let (Some(old), Some(new)) = (lock.entry(old), lock.entry(new)) else { continue };
            out.push_str(&question(old, new));
        }
    }
    if out.is_empty() {
        return Ok(format!(
            "nothing is open; {} in {}\n",
            report::plural(live, "card"),
            report::plural(files.len(), "identity file")
        ));
    }
    Ok(out)
}

fn question(old: &Entry, new: &Entry) -> String {
    let mut out = String::new();
    for (word, entry) in [("gone", old), ("new ", new)] {
        _ = writeln!(out, "{word}  {}  {}", entry.id, unescaped(entry.file));
        for side in entry.sides.split('\t').skip(1) {
            _ = writeln!(out, "      {}", unescaped(side).replace('\n', "\n      "));
        }
    }
    _ = writeln!(out, "  recto identity same {} {}", old.id, new.id);
    _ = writeln!(out, "  recto identity different {} {}\n", old.id, new.id);
    out
}

fn pass(files: &[PathBuf], said: Verdict, pair: [&String; 2]) -> Result<String, Error> {
    let mut refusal = None;
    for path in files {
        let text = read(path)?;
        let lock = parse(path, &text)?;
        match verdict::pass(&text, &lock, said, pair.map(String::as_str)) {
            Ok(new) => {
                output::write(path, new.as_bytes())?;
                let next = if said == Verdict::Same { "; the next `recto build` carries it out" } else { "" };
                return Ok(format!("noted in {}{next}\n", load::shown(path)));
            }
            // The file that knows both cards tells best what is wrong.
            Err(why) if refusal.is_none() || !matches!(why, verdict::Refusal::Unknown(_)) => refusal = Some(why),
            Err(_) => {}
        }
    }
    Err(Error::NoVerdict(refusal.map(|why| why.to_string()).unwrap_or_default()))
}

/// Makes a file anew of its sound lines and of what the database and a package know.
fn repair(path: &Path, args: &Args) -> Result<String, Error> {
    let text = read(path)?;
    let (lock, troubles) = Lock::salvage(&text);
    if let Some(newer) =
        troubles.iter().find(|trouble| matches!(trouble.fault, crate::identity::trouble::Fault::Newer(_)))
    {
        return Err(Error::Misread(path.to_owned(), format!("a later recto wrote it (line {})", newer.line)));
    }
    let package = args.from.clone().unwrap_or_else(|| path.with_extension("apkg"));
    let mut sources = sources(&args.output.join(notes::DATABASE), &package, args.from.is_some())?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    sources.retain(|card| is_of(card, &stem));
    let rebuilt = repair::rebuilt(&lock, &sources);
    let cards = Lock::parse(&rebuilt).map_or(0, |lock| lock.entries.len());
    let changed = output::write(path, rebuilt.as_bytes())?;
    let (cards, kept) = (report::plural(cards, "card"), report::plural(lock.entries.len(), "sound line"));
    let done = if changed { "mended" } else { "sound as it was" };
    Ok(format!("{}: {done}; {cards}, {kept} kept\n", load::shown(path)))
}

/// Whether a card is of the deck whose files are called `stem`, as far as is known: one database serves all decks
/// that are built into a folder.
pub(super) fn is_of(card: &Known, stem: &str) -> bool {
    card.deck.is_empty() || levels(&card.deck).any(|level| load::slug(level) == stem)
}

/// What the review database and a package know of cards, the database first.
pub(super) fn sources(database: &Path, package: &Path, needed: bool) -> Result<Vec<Known>, Error> {
    let mut known = Vec::new();
    if database.is_file() {
        known.extend(store::identities(database).map_err(Error::Store)?);
    }
    if needed || package.is_file() {
        known.extend(load::read_package(package).map_err(|why| Error::Misread(package.to_owned(), why))?);
    }
    Ok(known)
}
