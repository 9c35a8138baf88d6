//! Cards that ask the same: over all notes, one of each group stays and the others are reported.
//!
//! [`block`] finds candidates, [`judge`] weighs them, [`group`] puts them together, and [`merge`] makes one of those
//! that are certain; the others are listed for a person. What a person says of pairs is learnt in [`train`].

pub mod ask;
pub mod audit;
pub mod block;
pub mod canon;
pub mod classes;
pub mod compare;
pub mod contrast;
pub mod corpus;
pub mod edits;
pub mod entry;
pub mod face;
pub mod features;
pub mod group;
pub mod index;
pub mod judge;
pub mod kin;
pub mod lexicon;
pub mod linear;
pub mod measured;
pub mod merge;
pub mod metrics;
pub mod model;
pub mod own;
pub mod pairs;
mod reading;
pub mod search;
pub mod sets;
pub mod signs;
pub mod spread;
pub mod text;
pub mod tokens;
pub mod train;
pub mod trees;
pub mod words;

use std::collections::BTreeMap;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use canon::Canon;
use face::Face;

use crate::card::{Body, Card, Part};
use crate::diagnostic::Finding;
use crate::identity::front_key;
use crate::markdown::text::{Atom, Text};

/// Cards of one front, with their canonical forms.
type Group<'a> = Vec<(Canon, &'a Card)>;

/// The fewest words of a front that speaks for itself under any heading.
const FEWEST_WORDS: usize = 5;

/// Reports cards that stay and ask the same in nearly the same words, but answer differently.
pub fn conflicts(cards: &[Card]) -> Vec<Finding> {
    let asked = |(place, card): (usize, &Card)| {
        let asked = plain_front(&card.body).then(|| canon::asked_digest(card, &Face::of(card)));
        Some((asked.flatten()?, place))
    };
    let mut asked: Vec<(u128, usize)> = cards.par_iter().enumerate().filter_map(asked).collect();
    asked.par_sort_unstable();
    let mut by_ask: BTreeMap<(u8, Vec<u64>), Group> = BTreeMap::new();
    for (_, place) in asked.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1).flatten() {
        if let Some(canon) = Canon::of(&cards[*place], &Face::of(&cards[*place])) {
            by_ask.entry((canon.sort, canon.ask.clone())).or_default().push((canon, &cards[*place]));
        }
    }
    let mut out = Vec::new();
    for ((_, ask), group) in by_ask {
        let Some(((first, original), others)) = group.split_first() else { continue };
        for (canon, card) in others {
            let context = card.trail == original.trail || ask.len() >= FEWEST_WORDS;
            // Of fronts that are equal to the letter another finding tells.
            let told = front_key(&card.body) == front_key(&original.body);
            if context && !told && canon.answer != first.answer && canon.options == first.options {
                let message = "this asks the same as another card and answers otherwise";
                let finding = Finding::note("conflict", message, card.anchor);
                out.push(finding.related(original.anchor, "the other card").help("settle which of the two is right"));
            }
        }
    }
    out
}

/// Whether the front is running text, so that its words are all that it asks.
fn plain_front(body: &Body) -> bool {
    let front = match body {
        Body::Question { question: front, .. } | Body::Reversible { front, .. } | Body::Choice { stem: front, .. } => {
            front
        }
        Body::Cloze { .. } => return false,
    };
    let words = |text: &Text| text.runs().iter().all(|run| matches!(run.style.atom, Atom::Words | Atom::Break));
    front.0.iter().all(|part| matches!(part, Part::Paragraph(text) if words(text)))
}
