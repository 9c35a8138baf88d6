//! What could not be printed as it is written, as findings at its place in the note.

use crate::card::{Body, Card, Deck};
use crate::diagnostic::Finding;
use crate::markdown::text::{Atom, Text};
use crate::render::clean;
use crate::source::Span;
use std::collections::BTreeMap;
#[cfg(feature = "print")]
use std::collections::BTreeSet;

/// What could not be printed as it is written.
#[cfg(feature = "print")]
#[derive(Debug, Default)]
pub(super) struct Unset {
    /// Characters for which no font has a glyph.
    pub(super) glyphs: BTreeSet<String>,
    /// The names of pictures, each with the reason.
    pub(super) pictures: BTreeMap<String, String>,
}

/// What is to be said of a file that was printed.
#[cfg(feature = "print")]
pub(super) fn all(deck: &Deck, chosen: &[usize], unset: &Unset) -> Vec<Finding> {
    let cards: Vec<&Card> = chosen.iter().filter_map(|at| deck.cards.get(*at)).collect();
    let mut bad = BTreeMap::new();
    for text in cards.iter().flat_map(|card| texts(card)) {
        for latex in formulas(text) {
            if let Err(why) = super::math::tree(&latex) {
                bad.insert(latex, why);
            }
        }
    }
    let glyph = |glyph: &String| {
        let span = first(&cards, |text| text.plain().find(glyph.as_str()).map(|at| (at, glyph.len())))?;
        let codes: Vec<String> = glyph.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
        let message = format!("no font has the character `{glyph}` ({})", codes.join(" "));
        let finding = Finding::warning("glyph-missing", message, span).label("printed as an empty box");
        Some(finding.help("name a font file that has it with --font"))
    };
    let picture = |(name, why): (&String, &String)| {
        let span = first(&cards, |text| image(text, name))?;
        let finding = Finding::warning("picture-not-printed", format!("the picture cannot be printed: {why}"), span);
        Some(finding.label("its words are printed in its place").help("use a PNG, JPEG, GIF, WebP or SVG file"))
    };
    let mut all = findings(deck, chosen, &bad);
    all.extend(unset.glyphs.iter().filter_map(glyph));
    all.extend(unset.pictures.iter().filter_map(picture));
    all
}

/// What is to be said about formulas that could not be set; each with the reason.
pub(super) fn findings(deck: &Deck, chosen: &[usize], unset: &BTreeMap<String, String>) -> Vec<Finding> {
    let cards: Vec<&Card> = chosen.iter().filter_map(|at| deck.cards.get(*at)).collect();
    let finding = |(latex, why): (&String, &String)| {
        let span = first(&cards, |text| formula(text, latex))?;
        let finding = Finding::warning("formula-not-set", format!("the formula cannot be set: {why}"), span);
        Some(finding.label("printed as it is written").help("write it with commands of plain LaTeX"))
    };
    unset.iter().filter_map(finding).collect()
}

/// Where something stands in the note of the first card that has it.
fn first(cards: &[&Card], find_in: impl Fn(&Text) -> Option<(usize, usize)>) -> Option<Span> {
    let holds = |card: &&&Card| texts(card).into_iter().any(|text| find_in(text).is_some());
    let card = cards.iter().find(holds)?;
    Some(find(card, &find_in).unwrap_or(card.span))
}

/// The bytes of the note for a part of a card's text: its first byte and its length.
fn find(card: &Card, find_in: impl Fn(&Text) -> Option<(usize, usize)>) -> Option<Span> {
    texts(card).into_iter().find_map(|text| {
        let (at, length) = find_in(text)?;
        let run = text.runs().iter().find(|run| (run.start..run.end).contains(&at))?;
        let start = run.source? + (at - run.start);
        let end = (start + length).min(card.span.end);
        (card.span.start <= start && start < end).then(|| Span::new(card.span.file, start, end))
    })
}

fn texts(card: &Card) -> Vec<&Text> {
    let mut all = match &card.body {
        Body::Question { question: a, answer: b } | Body::Reversible { front: a, back: b } => {
            [a.texts(), b.texts()].concat()
        }
        Body::Cloze { text } => text.texts(),
        Body::Choice { stem, options } => {
            let options = options.iter().flat_map(|option| option.content.texts());
            stem.texts().into_iter().chain(options).collect()
        }
    };
    all.extend(card.why.iter().flat_map(|why| why.texts()));
    all
}

/// Where a formula stands in a text: a run of it, or all of it.
fn formula(text: &Text, latex: &str) -> Option<(usize, usize)> {
    let is_it = |words: &str| clean(words.trim()) == latex;
    let run = text
        .runs()
        .iter()
        .find(|run| matches!(run.style.atom, Atom::Math { .. }) && is_it(&text.plain()[run.start..run.end]));
    run.map(|run| (run.start, run.end - run.start)).or_else(|| is_it(text.plain()).then(|| (0, text.plain().len())))
}

/// The formulas of a text.
#[cfg(feature = "print")]
fn formulas(text: &Text) -> Vec<String> {
    let runs = text.runs().iter().filter(|run| matches!(run.style.atom, Atom::Math { .. }));
    runs.map(|run| clean(text.plain()[run.start..run.end].trim()).into_owned()).collect()
}

/// Where a picture stands in a text.
#[cfg(feature = "print")]
fn image(text: &Text, name: &str) -> Option<(usize, usize)> {
    let mut runs = text.runs().iter();
    let run = runs.find(|run| matches!(&run.style.atom, Atom::Image { src } if **src == *name));
    run.map(|run| (run.start, run.end - run.start))
}
