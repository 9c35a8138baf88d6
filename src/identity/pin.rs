//! Pins: `<!-- recto: pin(NAME) -->` beside a card, or `pin: NAME` in front matter, for those who want to be certain
//! which card is which. recto itself never writes one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::content::short_hash;
use super::lock::is_id;
use crate::allow;
use crate::card::{Card, CardId};
use crate::diagnostic::Finding;
use crate::diagnostic::codes::identity::{PIN_TWICE, PIN_UNSURE};
use crate::markdown::Document;
use crate::source::Span;

/// A pin of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub at: Span,
    /// The bytes it speaks for.
    pub scope: Span,
}

/// The id that a pin gives to a card that is new: itself, where it can be one, else one made of it.
pub fn id(pin: &str) -> String {
    if is_id(pin) { pin.to_owned() } else { short_hash(&format!("pin\u{1}{pin}")) }
}

/// The pins of a note.
pub fn of(document: &Document) -> Vec<Pin> {
    let mut pins: Vec<Pin> = allow::said(document, "pin(")
        .into_iter()
        .map(|said| Pin { name: said.list, at: said.at, scope: said.scope })
        .collect();
    if let Some(name) = document.front.pin.clone() {
        let scope = Span::new(document.file.id, 0, document.file.text.len());
        let end = document.file.text.find('\n').unwrap_or(document.file.text.len());
        pins.push(Pin { name, at: Span::new(document.file.id, 0, end), scope });
    }
    pins
}

/// Which card each pin means, by place; what is to be said of those that mean none.
pub fn settle(pins: &[Pin], cards: &mut [Card]) -> (BTreeMap<usize, String>, Vec<Finding>) {
    let (mut out, mut findings) = (BTreeMap::new(), Vec::new());
    let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
    for pin in pins {
        let within = |card: &&usize| {
            let anchor = cards[**card].anchor;
            anchor.file == pin.scope.file && pin.scope.start <= anchor.start && anchor.start < pin.scope.end
        };
        let all: Vec<usize> = (0..cards.len()).collect();
        let meant: Vec<usize> = all.iter().filter(within).copied().collect();
        match meant[..] {
            [card] if !taken.contains_key(pin.name.as_str()) && !out.contains_key(&card) => {
                taken.insert(&pin.name, pin.at);
                out.insert(card, pin.name.clone());
            }
            [_] => findings.push(twice(pin, taken.get(pin.name.as_str()))),
            _ => findings.push(unsure(pin, meant.len())),
        }
    }
    for (card, pin) in &out {
        cards[*card].id = CardId(id(pin));
    }
    (out, findings)
}

fn twice(pin: &Pin, first: Option<&Span>) -> Finding {
    let finding = Finding::warning(PIN_TWICE.name, format!("another card has the pin `{}`", pin.name), pin.at);
    let finding = match first {
        Some(first) => finding.related(*first, "the pin that is heeded"),
        None => finding,
    };
    finding.help("change or remove one of the two")
}

fn unsure(pin: &Pin, cards: usize) -> Finding {
    let message = match cards {
        0 => format!("the pin `{}` stands beside no card", pin.name),
        many => format!("the pin `{}` stands beside {many} cards", pin.name),
    };
    Finding::warning(PIN_UNSURE.name, message, pin.at).help("put it into the lines of one card")
}
