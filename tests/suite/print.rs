//! Paper: what is printed holds every word of every card, and keeps to its place.

mod html;
#[cfg(feature = "print")]
mod pdf;
#[cfg(feature = "print")]
mod poppler;
#[cfg(feature = "print")]
mod reader;
mod today;

use crate::support;
use libtest_mimic::{Failed, Trial};
use recto::card::{Body, Card, Content, Deck};
use recto::export::print::{Backs, KINDS, Kind, Options, PAPERS, chosen};
use recto::markdown::text::Atom;
use std::fs;
use std::path::PathBuf;

/// All tests of paper.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = html::trials();
    #[cfg(feature = "print")]
    trials.extend(pdf::trials());
    #[cfg(feature = "print")]
    trials.extend(poppler::trials());
    trials.extend(today::trials());
    trials
}

/// A deck with everything that a card can hold.
fn torture() -> Result<Deck, Failed> {
    let text = fs::read_to_string(support::root().join("tests/print/torture.md"))?;
    Ok(support::compile_note("torture.md", &text).1.deck)
}

/// The deck of the project's own notes.
fn own() -> Result<Deck, Failed> {
    let folder = support::root().join("source-notes");
    let read = |path: PathBuf| Ok((support::slashed(&path), fs::read_to_string(folder.join(&path))?));
    let notes = support::files_below(&folder).into_iter().map(read).collect::<Result<Vec<_>, Failed>>()?;
    Ok(recto::compile(&support::numbered(notes), &support::default_config()).deck)
}

/// The usual options.
fn options() -> Options {
    Options {
        title: "A title".to_owned(),
        language: None,
        paper: PAPERS[0],
        seed: 1,
        date: (2026, 1, 31),
        base: "../".to_owned(),
        today: None,
        per_page: 8,
        backs: Backs::Long,
        offset: (0.0, 0.0),
        fonts: Vec::new(),
    }
}

/// The kinds that print cards, each with the cards of a deck that it prints.
fn printed(deck: &Deck) -> Vec<(&'static Kind, Vec<usize>)> {
    KINDS.iter().map(|kind| (kind, chosen(deck, kind))).collect()
}

/// Every text of a card that is printed as words, without what may be broken or joined on paper.
fn words(card: &Card) -> Vec<String> {
    let mut contents: Vec<&Content> = Vec::new();
    match &card.body {
        Body::Question { question: a, answer: b } | Body::Reversible { front: a, back: b } => contents.extend([a, b]),
        Body::Cloze { text } => contents.push(text),
        Body::Choice { stem, options } => {
            contents.push(stem);
            contents.extend(options.iter().map(|option| &option.content));
        }
    }
    contents.extend(&card.why);
    let texts = contents.into_iter().flat_map(Content::texts);
    let runs = texts.flat_map(|text| text.runs().iter().map(move |run| (text, run)));
    let plain = runs.filter(|(_, run)| matches!(run.style.atom, Atom::Words | Atom::Code));
    plain.map(|(text, run)| squeezed(&text.plain()[run.start..run.end])).filter(|words| !words.is_empty()).collect()
}

/// Characters without blanks, hyphens and places to break.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{ad}' | '\u{200b}' | '\u{fe0f}'))
        .collect()
}
