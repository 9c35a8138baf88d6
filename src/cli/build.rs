//! `recto build`: notes in, decks out.

#![expect(clippy::disallowed_methods, reason = "cli looks whether there is a review database")]

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::error::Error;
use super::fresh::Fresh;
use super::notes::{self, Work};
use super::output::Draft;
use super::screen::Screen;
use super::told::{Told, Written};
use super::{Outcome, clock, gone, output, report, summary};
use crate::diagnostic::{Finding, Severity};
use crate::export::{EXPORTERS, Exporter, Job};
use crate::load::{self, Fetcher};
use crate::source::SourceFile;
use crate::store::{self, Beside, Origin, Progress, Store};

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
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of the command line")]
pub(super) struct Args {
    /// Notes, or folders of notes [default: source-notes if there is one, else the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = notes::OUTPUT)]
    output: PathBuf,
    /// What to write, separated by commas [default: all but tsv]
    #[arg(short, long, value_name = "FORMAT", value_delimiter = ',', value_parser = formats())]
    format: Vec<String>,
    /// Carry what the review database knows of each card, and its log, in the Anki package
    #[arg(long)]
    with_scheduling: bool,
    /// Fetch images and sounds of the web; else they stay links
    #[arg(long)]
    fetch_media: bool,
    /// In text files, write cells so that no spreadsheet calculates them
    #[arg(long)]
    defuse: bool,
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
    let built = make(args, &mut |findings, notes| args.show(findings, notes, screen))?;
    args.tell(&built, screen)?;
    Ok(Outcome::of(&built.told.findings))
}

/// What was built.
#[derive(Debug)]
pub(super) struct Built {
    /// What there is to tell.
    pub(super) told: Told,
    /// The notes.
    pub(super) notes: Vec<SourceFile>,
}

/// Builds, or finds that there is nothing to do. `show` is handed the findings and the notes before anything is
/// written, and also where nothing can be.
pub(super) fn make(args: &Args, show: &mut dyn FnMut(&[Finding], &[SourceFile])) -> Result<Built, Error> {
    let loaded = notes::read(&args.paths, &args.output)?;
    let fresh = Fresh::of(&loaded, &args.output, &args.asked());
    if let Some(told) = fresh.told() {
        show(&told.findings, &loaded.files);
        return Ok(Built { told, notes: loaded.files });
    }
    let fetcher = args.fetch_media.then(Fetcher::default);
    let work = notes::build(loaded, &args.output, fetcher.as_ref())?;
    show(&work.findings, &work.files);
    if work.files.is_empty() {
        return Err(Error::NothingRead);
    }
    if !work.identities.sound {
        return Err(Error::Lock(work.identities.path));
    }
    let written = if work.deck.cards.is_empty() { Vec::new() } else { write(args, &work)? };
    let told = Told::of(&work, written);
    fresh.keep(&work, &told);
    Ok(Built { told, notes: work.files })
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

    /// What is asked for, apart from which notes and where to.
    fn asked(&self) -> String {
        format!("{:?}", (&self.format, self.with_scheduling, self.fetch_media, self.defuse))
    }

    /// The notes that were named.
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The folder to write to.
    pub(super) fn output(&self) -> &Path {
        &self.output
    }

    /// Draws findings, unless they become part of an object of JSON.
    pub(super) fn show(&self, findings: &[Finding], notes: &[SourceFile], screen: &mut Screen) {
        if !self.json || notes.is_empty() {
            let look = screen.err_look();
            let shown = findings.iter().filter(|finding| finding.severity <= self.least());
            screen.err(&report::draw(shown, notes, look));
        }
    }

    /// Prints the summary.
    pub(super) fn tell(&self, built: &Built, screen: &mut Screen) -> Result<(), Error> {
        let Built { told, notes } = built;
        match (self.json, self.quiet) {
            (true, _) => screen.out(&summary::json(told, notes)?),
            (_, true) => Ok(()),
            _ => {
                let today = clock::moment()?.day;
                screen.out(&summary::plain(told, notes, screen.out_look()))?;
                screen.out(&summary::exams_over(told, today))
            }
        }
    }

    /// Whether a format is to be written; `usual` says whether it is where none is named.
    fn wants(&self, format: &str, usual: bool) -> bool {
        if self.format.is_empty() { usual } else { self.format.iter().any(|wanted| wanted == format) }
    }
}

fn formats() -> PossibleValuesParser {
    let value = |exporter: &Exporter| PossibleValue::new(exporter.name).help(exporter.summary);
    let database = PossibleValue::new(DATABASE).help("the database that reviews are kept in");
    PossibleValuesParser::new(EXPORTERS.iter().map(value).chain([database]))
}

/// Writes the identity file, and the list of cards that have gone.
fn identities(work: &Work) -> Result<Vec<Written>, Error> {
    let lock = (work.identities.path.clone(), work.identities.settled.text.clone());
    let gone = lock.0.with_extension("retired.txt");
    let list = gone::list(&lock.1);
    if list.is_none() {
        output::remove(&gone)?;
    }
    let list = list.map(|text| (gone, text));
    let mut written = Vec::new();
    for (path, text) in std::iter::once(lock).chain(list) {
        let changed = output::write(&path, text.as_bytes())?;
        written.push(Written { bytes: text.len() as u64, path, changed, update: None });
    }
    Ok(written)
}

/// Writes the wanted files. All are made before the first takes its place.
fn write(args: &Args, work: &Work) -> Result<Vec<Written>, Error> {
    output::folder(&args.output)?;
    let path = args.output.join(notes::DATABASE);
    // Identities come first: no card may get about whose identity is not kept.
    let mut written = identities(work)?;
    // The database comes next where it is to be read, so that it knows the cards of today.
    let early = args.with_scheduling && args.wants(DATABASE, true);
    let mut updated = if early { Some(update(args, work)?) } else { None };
    let progress = if args.with_scheduling { Some(progress(&path)?) } else { None };
    let job = Job { progress: progress.as_ref(), defuse: args.defuse, ..Job::new(&work.deck) };
    for draft in drafts(args, &job)? {
        let path = draft.path().to_owned();
        let changed = draft.settle()?;
        written.push(Written { bytes: output::size(&path), path, changed, update: None });
    }
    if updated.is_none() && args.wants(DATABASE, true) {
        updated = Some(update(args, work)?);
    }
    written.extend(updated);
    Ok(written)
}

/// The wanted files, written beside their places, and each beside the others.
fn drafts(args: &Args, job: &Job) -> Result<Vec<Draft>, Error> {
    let stem = load::slug(&job.deck.name);
    let wanted: Vec<&Exporter> =
        EXPORTERS.iter().filter(|exporter| args.wants(exporter.name, exporter.usual)).collect();
    wanted.into_par_iter().map(|exporter| export(exporter, job, &args.output, &stem)).collect()
}

fn progress(path: &Path) -> Result<Progress, Error> {
    let today = clock::moment()?.day;
    Store::open(path).and_then(|store| store.progress(today)).map_err(Error::Store)
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
    let args = Args {
        paths: paths.to_vec(),
        output: output.to_owned(),
        format,
        with_scheduling: false,
        fetch_media: false,
        defuse: false,
        json: false,
        quiet: true,
        verbose: false,
    };
    let written = write(&args, &work)?;
    Ok(written.into_iter().find_map(|file| file.update).unwrap_or_default())
}

fn export(exporter: &Exporter, job: &Job, folder: &Path, stem: &str) -> Result<Draft, Error> {
    let path = folder.join(format!("{stem}.{}", exporter.extension));
    let mut draft = Draft::new(&path)?;
    match (exporter.export)(job, draft.file()) {
        Ok(()) => Ok(draft),
        Err(error) => Err(Error::Export(path, error.0)),
    }
}

fn update(args: &Args, work: &Work) -> Result<Written, Error> {
    let path = args.output.join(notes::DATABASE);
    let existed = path.exists();
    let update = bring_in(&args.paths, work, &path)?;
    let changed = !existed || update.added + update.changed + update.retired + update.revived > 0;
    Ok(Written { bytes: output::size(&path), path, changed, update: Some(update) })
}

/// Brings what was compiled of `paths` into the review database; decks of other notes in its folder stay there.
pub(super) fn bring_in(paths: &[PathBuf], work: &Work, database: &Path) -> Result<store::Update, Error> {
    let lock = &work.identities.path;
    let name = |lock: &Path| lock.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let paths = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let origin = Origin { deck: name(lock), paths };
    let mut beside = Beside::default();
    for other in &work.identities.beside {
        beside.decks.insert(name(&other.path));
        beside.cards.extend(other.cards.iter().cloned());
    }
    store::update_beside(&beside, (&origin, &work.deck), database, clock::now()).map_err(Error::Store)
}
