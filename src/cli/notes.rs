//! From the paths that were typed to a deck and its findings: what `build` and `check` have in common.

#![expect(clippy::disallowed_methods, reason = "cli looks up the current folder")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::clock;
use super::error::{Error, some};
use super::progress::Progress;
use super::renamed;
use crate::allow::Allows;
use crate::card::Deck;
use crate::config::{Config, Settings};
use crate::coverage::{self, Coverage};
use crate::dedupe::merge::{Matching, Strictness};
use crate::diagnostic::{self, Finding, codes};
use crate::identity::lock::Lock;
use crate::identity::{self, Past, Settled, trouble};
use crate::load::{self, Cache, Fetcher, Loaded, OtherLock, Request, SOURCE};
use crate::source::SourceFile;
use crate::store::{Origin, Store};
use crate::study::{self, Doubt, Stranger, Studies};
use crate::{Compilation, markdown};

/// Where decks are written when no folder is typed.
pub(super) const OUTPUT: &str = "decks";

/// The file name of the review database.
pub(super) const DATABASE: &str = load::REVIEWS;

/// Compiled notes.
#[derive(Debug)]
pub(super) struct Work {
    /// The notes.
    pub(super) files: Vec<SourceFile>,
    /// Their cards, with media.
    pub(super) deck: Deck,
    /// All there is to say about them, sorted by place.
    pub(super) findings: Vec<Finding>,
    /// What settings or comments in the notes want left unsaid.
    pub(super) allowed: Vec<Finding>,
    /// The allow comments of the notes, for what is found out later.
    pub(super) allows: Allows,
    /// What the settings mean.
    pub(super) config: Config,
    /// Which card is which.
    pub(super) identities: Identities,
}

/// Which card is which, by the identity file beside the decks.
#[derive(Debug)]
pub(super) struct Identities {
    /// The file.
    pub(super) path: PathBuf,
    /// Whether it can be relied on; where it cannot, ids follow from what cards say.
    pub(super) sound: bool,
    /// Whether there was nothing to say of the file or of what became of cards.
    pub(super) settled_quietly: bool,
    /// What became of the cards, and the text of the file for the next build.
    pub(super) settled: Settled,
    /// The identity files of decks of other notes in the same folder.
    pub(super) beside: Vec<OtherLock>,
}

impl Work {
    /// How much of the notes became cards.
    pub(super) fn coverage(&self) -> Coverage {
        let documents: Vec<_> = self.files.iter().map(markdown::parse).collect();
        coverage::of(&documents, &self.deck.cards, self.findings.iter().chain(&self.allowed))
    }
}

/// Reads and compiles the notes below `paths`, or the usual ones where there are none. Nothing is written.
pub(super) fn compile(paths: &[PathBuf], output: &Path) -> Result<Work, Error> {
    work(read(paths, output)?, output, &Building::default())
}

/// The same, but with all cards that a build merges for what they ask and not for their words.
pub(super) fn compile_apart(paths: &[PathBuf], output: &Path) -> Result<Work, Error> {
    let mut loaded = read(paths, output)?;
    loaded.config.matching = Matching { strictness: Strictness::Words, ..Matching::default() };
    work(loaded, output, &Building::default())
}

/// The same as [`compile`], to be written, of notes that were [`read`]: where the identity file is missing, ids come
/// from what was built before; images and sounds of the web are taken where there is a `fetcher`.
pub(super) fn build(loaded: Loaded, output: &Path, fetcher: Option<&Fetcher>) -> Result<Work, Error> {
    work(loaded, output, &Building { written: true, fetcher })
}

/// Reads the notes below `paths`, or the usual ones where there are none.
pub(super) fn read(paths: &[PathBuf], output: &Path) -> Result<Loaded, Error> {
    load::load(&request(paths, output)?).map_err(Error::Settings)
}

/// The name of the deck that the notes below `paths` become.
pub(super) fn deck_name(paths: &[PathBuf]) -> Result<String, Error> {
    Ok(read(paths, Path::new(OUTPUT))?.config.deck_name)
}

/// What is wanted beside compiling.
#[derive(Default)]
struct Building<'a> {
    /// Whether it is to be written: then ids are taken over from what was built before, and readings kept.
    written: bool,
    fetcher: Option<&'a Fetcher>,
}

fn work(loaded: Loaded, output: &Path, building: &Building) -> Result<Work, Error> {
    let progress = Progress::start("making cards");
    let cache = Cache::below(output, building.written);
    let readings = loaded.files.par_iter().map(|file| cache.reading(file, &loaded.config)).collect();
    let mut compilation = crate::join(&loaded.files, readings, &loaded.config);
    progress.step("packing images");
    let mut late = load::attach_media(&mut compilation.deck, &loaded, building.fetcher);
    progress.step("looking which card is which");
    let identities = identities(&mut compilation, output, (&loaded.files, building.written), &mut late)?;
    late.extend(unknown_decks(&loaded, &compilation.deck));
    late.extend(doubtful_weights(&loaded, &compilation.deck));
    let late = compilation.allows.sift(late);
    let late = late.kept.into_iter().chain(loaded.findings).collect();
    let mut findings = loaded.config.levels.settle(late).kept;
    findings.append(&mut compilation.findings);
    diagnostic::sort(&mut findings, &loaded.files);
    let Compilation { deck, allowed, allows, .. } = compilation;
    if building.written {
        cache.sweep();
    }
    Ok(Work { files: loaded.files, deck, findings, allowed, allows, config: loaded.config, identities })
}

/// Gives the cards the ids they had before, by the identity file in the folder that decks are written to; where that
/// is missing and may be `adopt`ed, by what was built of the notes before.
fn identities(
    compilation: &mut Compilation,
    output: &Path,
    (notes, adopt): (&[SourceFile], bool),
    findings: &mut Vec<Finding>,
) -> Result<Identities, Error> {
    let (path, before) = (identity_file(output, &compilation.deck.name), findings.len());
    let mut text = load::read_lock(&path).map_err(|error| Error::Read(path.clone(), error))?;
    let found = text.is_some();
    let others = if adopt || found { load::other_locks(&path) } else { Vec::new() };
    let paths: BTreeSet<&str> = notes.iter().map(|note| note.path.as_str()).collect();
    if adopt && !found {
        let earlier = renamed::earlier(&others, &paths);
        findings.extend(earlier.map(|other| renamed::finding(&path, &other.path)));
        text = match earlier {
            Some(other) => Some(other.text.clone()),
            None => adopted(output, &path, &paths)?.inspect(|_| findings.push(lock_missing(&path))),
        };
    }
    let lock = match text.as_deref().map(Lock::parse) {
        Some(Ok(lock)) => lock,
        Some(Err(troubles)) => {
            findings.extend(trouble::findings(&load::shown(&path), &troubles));
            let settled = Settled::default();
            return Ok(Identities { path, sound: false, settled_quietly: false, settled, beside: Vec::new() });
        }
        None => Lock::default(),
    };
    let past = Past { lock: &lock, now: clock::now().div_euclid(1000), pins: &compilation.pins };
    let mut settled = identity::settle(&mut compilation.deck.cards, &past);
    if found {
        findings.extend(renamed::findings(&path, &others, &compilation.deck.cards, notes));
    }
    let settled_quietly = settled.findings.is_empty() && findings.len() == before;
    findings.append(&mut settled.findings);
    let beside = others.into_iter().filter(|other| !renamed::is_of(other, &paths)).collect();
    Ok(Identities { path, sound: true, settled_quietly, settled, beside })
}

/// Weights of an exam's decks that cannot all be meant, told where the heaviest stands: in the settings or in a note.
fn doubtful_weights(loaded: &Loaded, deck: &Deck) -> Vec<Finding> {
    let Studies { places, .. } = &loaded.config.studies;
    let below = format!("{}::", deck.name);
    let finding = |doubt: Doubt| -> Option<Finding> {
        let heaviest = &doubt.weights.first()?.0;
        let place = places.get(heaviest).or_else(|| places.get(heaviest.strip_prefix(&below)?)).copied();
        let noted = || {
            let card = deck.cards.iter().find(|card| card.deck == *heaviest)?;
            Some(loaded.files.get(usize::try_from(card.span.file.0).ok()?)?.path.clone())
        };
        let path = if place.is_some() { loaded.all_of.clone()? } else { noted()? };
        let weights: Vec<String> = doubt.weights.iter().map(|(name, weight)| format!("{name} {weight}")).collect();
        let (exam, whole) = (doubt.exam, doubt.whole);
        let (message, help) = match doubt.sum {
            Some(sum) => (
                format!("the weights for the exam on {exam} add up to {sum:.2}, more than {whole}"),
                "they are taken as shares of their sum; decks without one have none",
            ),
            None => (
                format!("the weights for the exam on {exam} are shares of 1 here and of 100 there"),
                "all are taken as shares of 100; write `0.2` or `20 %` for each, or `20` for each",
            ),
        };
        let code = &codes::files::EXAM_WEIGHTS;
        let finding = Finding::file(code.name, message, path, place).help(format!("{}: {help}", weights.join(", ")));
        Some(Finding { severity: code.level, ..finding })
    };
    study::doubts(&deck.plans).into_iter().filter_map(finding).collect()
}

/// Settings for decks that there are not, where all notes were read that they could be about.
fn unknown_decks(loaded: &Loaded, deck: &Deck) -> Vec<Finding> {
    let Some(settings) = &loaded.all_of else { return Vec::new() };
    let strangers = study::strangers(&deck.plans, &loaded.config.studies, &deck.name);
    let finding = |stranger: Stranger| {
        let message = format!("there is no deck `{}`, so these settings have no effect", stranger.name);
        let help = match stranger.near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the decks are {}", some(&stranger.known)),
        };
        let code = &codes::files::DECK_UNKNOWN;
        let finding = Finding::file(code.name, message, settings, stranger.place).help(help);
        Finding { severity: code.level, ..finding }
    };
    strangers.into_iter().map(finding).collect()
}

/// The identity file that is not there, by what the review database and the package know.
fn adopted(output: &Path, path: &Path, paths: &BTreeSet<&str>) -> Result<Option<String>, Error> {
    let is_own = |file: &str| paths.contains(file);
    let mut known = super::identity::sources(&output.join(DATABASE), &path.with_extension("apkg"), false)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    known.retain(|card| is_own(&card.file) || super::identity::is_of(card, &stem));
    Ok((!known.is_empty()).then(|| identity::repair::rebuilt(&Lock::default(), &known)))
}

fn lock_missing(path: &Path) -> Finding {
    let help = "commit the file that is written now, with the notes";
    let message = "there was no identity file; ids were taken over from what was built before";
    let finding = Finding::file(codes::identity::LOCK_MISSING.name, message, load::shown(path), None).help(help);
    Finding { severity: codes::identity::LOCK_MISSING.level, ..finding }
}

/// The settings that hold for the notes that a review database was made of.
pub(super) fn settings(store: &Store) -> Result<Settings, Error> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).map_err(Error::Here)?;
    let last = origins(store)?.into_iter().next().unwrap_or_default();
    load::settings(&usual(&last), &here).map_err(Error::Settings)
}

/// The paths that each deck of a review database was built from, none for the usual ones; the last build comes first.
pub(super) fn origins(store: &Store) -> Result<Vec<Vec<PathBuf>>, Error> {
    let paths = |origin: Origin| origin.paths.into_iter().map(PathBuf::from).collect();
    Ok(store.origins().map_err(Error::Store)?.into_iter().map(paths).collect())
}

/// The identity file of a deck.
pub(super) fn identity_file(output: &Path, deck: &str) -> PathBuf {
    output.join(format!("{}.lock", load::slug(deck)))
}

/// The paths that were typed, or the usual one where there are none.
pub(super) fn usual(paths: &[PathBuf]) -> Vec<PathBuf> {
    let usual = if Path::new(SOURCE).is_dir() { SOURCE } else { "." };
    if paths.is_empty() { vec![PathBuf::from(usual)] } else { paths.to_vec() }
}

fn request(paths: &[PathBuf], output: &Path) -> Result<Request, Error> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).map_err(Error::Here)?;
    Ok(Request { paths: usual(paths), output: output.to_owned(), here })
}
