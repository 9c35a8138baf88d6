//! Cards that ask the same: over all notes, one of each group stays and the others are reported.
//!
//! A group is told by the exact words of both sides, white space and letter case aside.

use std::collections::BTreeMap;

use crate::card::Card;
use crate::diagnostic::Finding;
use crate::identity::fingerprint;

/// Keeps the first card of each group that says the same and reports the others.
pub fn run(cards: &mut Vec<Card>, findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<Card> = Vec::with_capacity(cards.len());
    for card in cards.drain(..) {
        let key = fingerprint(&card.body).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if let Some(index) = first.get(&key) {
            let original: &mut Card = &mut kept[*index];
            if original.why.is_none() {
                original.why.clone_from(&card.why);
            }
            findings.push(
                Finding::note("duplicate", "this card was made before; the two are one", card.anchor)
                    .related(original.anchor, "the card that stays"),
            );
        } else {
            first.insert(key, kept.len());
            kept.push(card);
        }
    }
    *cards = kept;
}
