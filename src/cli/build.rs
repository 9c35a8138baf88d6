//! `recto build`: notes in, decks out.

#![expect(clippy::disallowed_methods, reason = "cli passes the time to the review database")]

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::builder::{PossibleValue, PossibleValuesParser};

use super::error::Error;
use super::notes::{self, Work};
use super::screen::Screen;
use super::summary::{self, Written};
use super::{Outcome, output, report};
use crate::card::Deck;
use crate::diagnostic::Severity;
use crate::export::{EXPORTERS, Exporter};
use crate::{load, store};

const AFTER_HELP: &str = "\
Examples:
  recto build                              source-notes/ into decks/
  recto build chapter-2/ slides.md         these notes
  recto build notes/ -o out --format apkg  a package for Anki only
  recto build --json | jq .cards           for other programs

Exit codes:
  0  done; there may be warnings and notes
  1  done as far as possible; something in the notes is in error
  2  could not run; each file is as it was, or new and whole";

const LONG_ABOUT: &str = "\
Compiles notes into decks: a package for Anki, tables for other programs, and the review \
database.

Everything sound is built, whatever is wrong beside it. A file whose content would be the same is not touched, and \
one that changes is either the old or the new one, whole.";

/// The name of the format that is no exporter's: the review database.
const DATABASE: &str = "db";

/// Compiles notes into decks
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Notes, or folders of notes [default: source-notes if there is one, else the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = notes::OUTPUT)]
    output: PathBuf,
    /// What to write, separated by commas [default: all]
    #[arg(short, long, value_name = "FORMAT", value_delimiter = ',', value_parser = formats())]
    format: Vec<String>,
    /// Print a summary for other programs: one JSON object with all findings
    #[arg(long)]
    json: bool,
    /// Print nothing but errors
    #[arg(short, long, conflicts_with_all = ["json", "verbose"])]
    quiet: bool,
    /// Print notes among the findings, too
    #[arg(short, long)]
    verbose: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let work = notes::compile(&args.paths, &args.output)?;
    if !args.json || work.files.is_empty() {
        let look = screen.err_look();
        let shown = work.findings.iter().filter(|finding| finding.severity <= args.least());
        screen.err(&report::draw(shown, &work.files, look));
    }
    if work.files.is_empty() {
        return Err(Error::NothingRead);
    }
    let written = if work.deck.cards.is_empty() { Vec::new() } else { write(args, &work)? };
    if args.json {
        screen.out(&summary::json(&work, &written)?)?;
    } else if !args.quiet {
        screen.out(&summary::plain(&work, &written, screen.out_look()))?;
    }
    Ok(Outcome::of(&work.findings))
}

impl Args {
    /// The least grave findings that are shown.
    fn least(&self) -> Severity {
        match (self.quiet, self.verbose) {
            (true, _) => Severity::Error,
            (_, true) => Severity::Note,
            _ => Severity::Warning,
        }
    }

    fn wants(&self, format: &str) -> bool {
        self.format.is_empty() || self.format.iter().any(|wanted| wanted == format)
    }
}

fn formats() -> PossibleValuesParser {
    let value = |exporter: &Exporter| PossibleValue::new(exporter.name).help(exporter.summary);
    let database = PossibleValue::new(DATABASE).help("the database that reviews are kept in");
    PossibleValuesParser::new(EXPORTERS.iter().map(value).chain([database]))
}

/// Writes the wanted files. All bytes are made before the first is written.
fn write(args: &Args, work: &Work) -> Result<Vec<Written>, Error> {
    let stem = load::slug(&work.deck.name);
    let wanted = EXPORTERS.iter().filter(|exporter| args.wants(exporter.name));
    let made: Vec<(PathBuf, Vec<u8>)> =
        wanted.map(|exporter| export(exporter, &work.deck, &args.output, &stem)).collect::<Result<_, _>>()?;
    output::folder(&args.output)?;
    let mut written = Vec::new();
    for (path, bytes) in made {
        let changed = output::write(&path, &bytes)?;
        written.push(Written { bytes: bytes.len() as u64, path, changed, update: None });
    }
    if args.wants(DATABASE) {
        written.push(update(args, &work.deck)?);
    }
    Ok(written)
}

/// Builds again into a folder what it holds already; what changed in the review database.
pub(super) fn again(paths: &[PathBuf], output: &Path) -> Result<store::Update, Error> {
    let work = notes::compile(paths, output)?;
    if work.deck.cards.is_empty() {
        return Err(Error::NothingRead);
    }
    let stem = load::slug(&work.deck.name);
    let held = |exporter: &&Exporter| output.join(format!("{stem}.{}", exporter.extension)).is_file();
    let format = EXPORTERS.iter().filter(held).map(|exporter| exporter.name.to_owned()).chain([DATABASE.to_owned()]);
    let format = format.collect();
    let args =
        Args { paths: paths.to_vec(), output: output.to_owned(), format, json: false, quiet: true, verbose: false };
    let written = write(&args, &work)?;
    Ok(written.into_iter().find_map(|file| file.update).unwrap_or_default())
}

fn export(exporter: &Exporter, deck: &Deck, folder: &Path, stem: &str) -> Result<(PathBuf, Vec<u8>), Error> {
    let path = folder.join(format!("{stem}.{}", exporter.extension));
    match (exporter.export)(deck) {
        Ok(bytes) => Ok((path, bytes)),
        Err(error) => Err(Error::Export(path, error.0)),
    }
}

fn update(args: &Args, deck: &Deck) -> Result<Written, Error> {
    let path = args.output.join(notes::DATABASE);
    let origins: Vec<String> = args.paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let existed = path.exists();
    // A clock before 1970 or beyond the year 292 million is no reason to refuse the cards.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let update = store::update_from(&origins, &path, deck, now).map_err(Error::Store)?;
    let changed = !existed || update.added + update.changed + update.retired + update.revived > 0;
    Ok(Written { bytes: output::size(&path), path, changed, update: Some(update) })
}
