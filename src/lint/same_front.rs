//! Two cards of different notes that ask the same and answer differently; within one note the rules
//! see to it.

use std::collections::BTreeMap;

use crate::card::Card;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::cards::SAME_FRONT;
use crate::identity::front_key;

/// A finding for each card whose front an earlier card of another note has.
pub(super) fn across_notes(cards: &[Card]) -> Vec<Finding> {
    let mut first: BTreeMap<String, &Card> = BTreeMap::new();
    let mut out = Vec::new();
    for card in cards {
        let earlier = *first.entry(front_key(&card.body)).or_insert(card);
        if earlier.span.file != card.span.file {
            let message = "two cards ask the same and answer differently";
            let finding = Finding::new(SAME_FRONT.level, SAME_FRONT.name, message, card.anchor)
                .help("say in one of the questions what sets it apart")
                .related(earlier.anchor, "the other card");
            out.push(finding);
        }
    }
    out
}
