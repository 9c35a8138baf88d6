//! recto compiles plain Markdown study notes into flashcards.
//!
//! A note is read into a [`source::SourceFile`]; [`markdown::parse`] makes its block tree;
//! [`rules::extract`] turns constructs of the tree into cards; [`dedupe`] finds cards that ask the
//! same; [`identity`] gives each card its id. [`compile`] does all of that as a pure function; an
//! exporter of [`export::EXPORTERS`] turns the resulting [`card::Deck`] into bytes.

pub mod allow;
pub mod card;
pub mod cli;
pub mod config;
pub mod coverage;
pub mod dedupe;
pub mod diagnostic;
pub mod export;
pub mod identity;
pub mod language;
pub mod lint;
pub mod load;
pub mod markdown;
pub mod render;
pub mod review;
pub mod rules;
pub mod schedule;
pub mod source;
pub mod store;
pub mod study;
pub mod trace;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use allow::{Allows, Sifted};
use card::Deck;
use config::Config;
use diagnostic::Finding;
use rules::Extraction;
use source::SourceFile;
use study::Study;

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
}

/// Compiles notes into a deck. `files` must be numbered by their position (`files[i].id == FileId(i)`).
///
/// The result depends on nothing but the arguments.
pub fn compile(files: &[SourceFile], config: &Config) -> Compilation {
    // Notes are read side by side and come together in their order.
    let read = |file| {
        let document = markdown::parse(file);
        (rules::extract(&document, config), Allows::of(&document), document.front.study.clone())
    };
    let extractions: Vec<(Extraction, (Allows, Vec<Finding>), Study)> = files.par_iter().map(read).collect();
    let (mut cards, mut findings, mut allows) = (Vec::new(), Vec::new(), Allows::default());
    let mut fronts = Vec::new();
    for (extraction, (own, mistakes), front) in extractions {
        fronts.push(front);
        findings.extend(extraction.findings.into_iter().chain(mistakes));
        cards.extend(extraction.cards);
        allows.extend(own);
    }
    dedupe::run(&mut cards, &mut findings);
    findings.extend(dedupe::conflicts(&cards));
    identity::assign(&mut cards);
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
    Compilation { deck, findings, allowed, allows }
}
