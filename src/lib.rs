//! recto compiles plain Markdown study notes into flashcards.
//!
//! A note is read into a [`source::SourceFile`]; [`markdown::parse`] makes its block tree;
//! [`rules::extract`] turns constructs of the tree into cards; [`dedupe`] finds cards that ask the
//! same; [`identity`] gives each card its id. [`compile`] does all of that as a pure function, and
//! [`identity::settle`], another, keeps ids from build to build; an exporter of [`export::EXPORTERS`] turns the resulting [`card::Deck`] into bytes.

pub mod allow;
pub mod card;
pub mod cli;
pub mod config;
pub mod coverage;
pub mod dedupe;
pub mod diagnostic;
pub mod export;
pub mod identity;
pub mod import;
pub mod language;
pub mod lint;
pub mod load;
pub mod markdown;
pub mod reading;
pub mod render;
pub mod review;
pub mod rules;
pub mod schedule;
pub mod source;
pub mod stats;
pub mod store;
pub mod study;
pub mod trace;

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use allow::{Allows, Sifted};
use card::Deck;
use config::Config;
use diagnostic::Finding;
use reading::Reading;
use source::SourceFile;

/// What a compilation yields.
#[derive(Debug, Default)]
pub struct Compilation {
    /// The cards.
    pub deck: Deck,
    /// What there is to say about the notes, sorted by place.
    pub findings: Vec<Finding>,
    /// What settings or comments in the notes want left unsaid.
    pub allowed: Vec<Finding>,
    /// The allow comments of the notes, for what is found out later.
    pub allows: Allows,
    /// Which cards their author pinned, by place in the deck.
    pub pins: BTreeMap<usize, String>,
}

/// Compiles notes into a deck. `files` must be numbered by their position (`files[i].id == FileId(i)`).
///
/// The result depends on nothing but the arguments.
pub fn compile(files: &[SourceFile], config: &Config) -> Compilation {
    // Notes are read side by side and come together in their order.
    join(files, files.par_iter().map(|file| Reading::of(file, config)).collect(), config)
}

/// The second half of compiling: what the notes yield together. `readings` are those of `files`, in their order.
pub fn join(files: &[SourceFile], readings: Vec<Reading>, config: &Config) -> Compilation {
    let (mut cards, mut findings, mut allows, mut pins) = (Vec::new(), Vec::new(), Allows::default(), Vec::new());
    let mut fronts = Vec::new();
    for note in readings {
        fronts.push(note.study);
        findings.extend(note.findings);
        cards.extend(note.cards);
        allows.extend(note.allows);
        pins.extend(note.pins);
    }
    dedupe::merge::run(&mut cards, &mut findings, &config.matching);
    findings.extend(dedupe::conflicts(&cards));
    identity::assign(&mut cards);
    let (pins, mistaken) = identity::pin::settle(&pins, &mut cards);
    findings.extend(mistaken);
    findings.extend(lint::run(&cards, files));
    let Sifted { mut kept, mut allowed } = allows.sift(findings);
    let unused = allows.sift(allows.unused(&allowed));
    kept.extend(unused.kept);
    allowed.extend(unused.allowed);
    let Sifted { kept: mut findings, allowed: off } = config.levels.settle(kept);
    allowed.extend(off);
    diagnostic::sort(&mut findings, files);
    diagnostic::sort(&mut allowed, files);
    let plans = study::plans(&cards, &fronts, &config.studies, &config.deck_name);
    let deck = Deck { name: config.deck_name.clone(), cards, media: Vec::new(), plans };
    Compilation { deck, findings, allowed, allows, pins }
}
