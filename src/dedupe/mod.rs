//! Cards that ask the same: over all notes, one of each group stays and the others are reported.
//!
//! A group is told by the exact words, white space and letter case aside. Of two generated cards
//! that ask the same and answer differently only the first stays: nobody could answer both.

pub mod compare;
pub mod contrast;
pub mod edits;
pub mod entry;
pub mod features;
pub mod lexicon;
pub mod linear;
pub mod metrics;
pub mod model;
pub mod pairs;
pub mod signs;
pub mod text;
pub mod tokens;
pub mod train;
pub mod trees;
pub mod words;

use std::collections::BTreeMap;

use crate::card::Card;
use crate::diagnostic::Finding;
use crate::identity::{fingerprint, folded, front_key};
use crate::rules::is_written;

/// Keeps the first card of each group that asks the same and reports the others.
pub fn run(cards: &mut Vec<Card>, findings: &mut Vec<Finding>) {
    let mut by_content: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_front: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<Card> = Vec::with_capacity(cards.len());
    for card in cards.drain(..) {
        let content = folded(&fingerprint(&card.body));
        let front = front_key(&card.body);
        if let Some(index) = by_content.get(&content) {
            let original: &mut Card = &mut kept[*index];
            if original.why.is_none() {
                original.why.clone_from(&card.why);
            }
            findings.push(
                Finding::note("duplicate", "this card was made before; the two are one", card.anchor)
                    .related(original.anchor, "the card that stays"),
            );
            continue;
        }
        if let Some(index) = by_front.get(&front).filter(|_| !is_written(card.rule)) {
            findings.push(
                Finding::note(
                    "ambiguous-front",
                    "left out: another card asks this and has another answer",
                    card.anchor,
                )
                .related(kept[*index].anchor, "the other card")
                .help("name in the sentence what sets the two apart"),
            );
            continue;
        }
        by_content.insert(content, kept.len());
        by_front.entry(front).or_insert(kept.len());
        kept.push(card);
    }
    *cards = kept;
}
