//! Gives each card its id, a name for ever, and keeps it through every edit of its note.
//!
//! Without an earlier build an id follows from what the card says ([`assign`]). With the [`lock`] of an earlier
//! one, [`settle`] matches its cards with this build's: same content and place, same content elsewhere (`exact`), same
//! question or answer in the same note (`half`), and what has changed by likeness and place (`similar`), one to one, and
//! nothing on a guess; a build of which nothing changed needs none of it (`untouched`). What a card says and asks is told
//! in [`content`], for all that compare cards.

mod assign;
mod candidates;
mod carry;
pub mod content;
mod exact;
mod gaps;
mod half;
pub mod lock;
pub mod pin;
mod record;
pub mod repair;
mod settle;
mod similar;
mod sketch;
pub mod substance;
#[cfg(test)]
mod tests;
pub mod time;
pub mod trouble;
mod untouched;
pub mod verdict;
mod weigh;
mod write;

use std::collections::{BTreeMap, HashSet};

pub use content::{exact, fingerprint, folded, front_key};
pub use settle::{Change, Past, RETIRED, Retired, Settled, settle};

use crate::card::{Card, CardId};
use content::short_hash;

/// Gives every card an id that follows from its content alone; cards of equal content are numbered.
pub fn assign(cards: &mut [Card]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for card in cards {
        let content = fingerprint(&card.body);
        let count = seen.entry(content.clone()).or_default();
        *count += 1;
        card.id = CardId(numbered(&content, *count));
    }
}

/// The id of the `count`th card of one content.
fn numbered(content: &str, count: u32) -> String {
    if count > 1 { short_hash(&format!("{content}\u{1}{count}")) } else { short_hash(content) }
}

/// The first id that follows from a content and that no other card has or had.
fn fresh(content: &str, used: &HashSet<String>) -> String {
    let mut ids = (1..).map(|count| numbered(content, count));
    ids.find(|id| !used.contains(id)).unwrap_or_default()
}

/// The id of a second note that a card has in Anki, where its shape there has no room for all faces.
pub fn companion(id: &str) -> String {
    short_hash(&format!("beside\u{1}{id}"))
}
