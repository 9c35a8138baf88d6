//! recto compiles plain Markdown study notes into flashcards.
//!
//! A note is read into a [`source::SourceFile`]; [`markdown::parse`] makes its block tree;
//! [`rules::extract`] turns constructs of the tree into cards; [`dedupe`] finds cards that ask the
//! same; [`identity`] gives each card its id. [`compile`] does all of that as a pure function; an
//! exporter of [`export::EXPORTERS`] turns the resulting [`card::Deck`] into bytes.

pub mod card;
pub mod cli;
pub mod config;
pub mod dedupe;
pub mod diagnostic;
pub mod export;
pub mod identity;
pub mod language;
pub mod load;
pub mod markdown;
pub mod render;
pub mod rules;
pub mod source;
pub mod store;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use card::Deck;
use config::Config;
use diagnostic::Finding;
use rules::Extraction;
use source::SourceFile;

/// What a compilation yields.
#[derive(Debug, Default)]
pub struct Compilation {
    /// The cards.
    pub deck: Deck,
    /// What there is to say about the notes, sorted by place.
    pub findings: Vec<Finding>,
}

/// Compiles notes into a deck. `files` must be numbered by their position (`files[i].id == FileId(i)`).
///
/// The result depends on nothing but the arguments.
pub fn compile(files: &[SourceFile], config: &Config) -> Compilation {
    // Notes are read side by side and come together in their order.
    let read = |file| rules::extract(&markdown::parse(file), config);
    let extractions: Vec<Extraction> = files.par_iter().map(read).collect();
    let (mut cards, mut findings) = (Vec::new(), Vec::new());
    for extraction in extractions {
        findings.extend(extraction.findings);
        cards.extend(extraction.cards);
    }
    dedupe::run(&mut cards, &mut findings);
    findings.extend(dedupe::conflicts(&cards));
    identity::assign(&mut cards);
    diagnostic::sort(&mut findings, files);
    Compilation { deck: Deck { name: config.deck_name.clone(), cards, media: Vec::new() }, findings }
}
