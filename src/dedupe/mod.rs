//! Cards that ask the same: over all notes, one of each group stays and the others are reported.
//!
//! A build merges only what is certain: cards of one canonical form ([`canon`]). Of two generated cards
//! that ask the same and answer differently only the first stays: nobody could answer both. The other steps
//! judge what is less than certain: [`block`] finds candidates, [`judge`] weighs them, [`group`] puts them together.

pub mod alike;
pub mod ask;
pub mod block;
pub mod canon;
pub mod compare;
pub mod contrast;
pub mod edits;
pub mod entry;
pub mod face;
pub mod features;
pub mod group;
pub mod judge;
pub mod lexicon;
pub mod linear;
pub mod metrics;
pub mod model;
pub mod pairs;
pub mod sets;
pub mod signs;
pub mod text;
pub mod tokens;
pub mod train;
pub mod trees;
pub mod words;

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use canon::Canon;
use face::Face;

use crate::card::{Body, Card, Part};
use crate::diagnostic::Finding;
use crate::identity::{exact, fingerprint, folded, front_key};
use crate::markdown::text::{Atom, Text};
use crate::rules::is_written;

/// What is known of the cards that stay, by what they say and ask.
#[derive(Default)]
struct Kept {
    cards: Vec<(usize, Card)>,
    by_content: BTreeMap<String, usize>,
    by_canon: BTreeMap<Canon, usize>,
    by_front: BTreeMap<String, usize>,
}

/// Keeps one card of each group that asks the same, and reports the others.
///
/// Cards that their author wrote as cards come before those that rules made, and earlier ones before later.
pub fn run(cards: &mut Vec<Card>, findings: &mut Vec<Finding>) {
    let canons: Vec<Option<Canon>> = cards.par_iter().map(|card| Canon::of(card, &Face::of(card))).collect();
    let mut order: Vec<(usize, Card, Option<Canon>)> =
        cards.drain(..).zip(canons).enumerate().map(|(place, (card, canon))| (place, card, canon)).collect();
    order.sort_by_key(|(place, card, _)| (!is_written(card.rule), *place));
    let mut kept = Kept::default();
    for (place, card, canon) in order {
        kept.admit((place, card), canon, findings);
    }
    kept.cards.sort_by_key(|(place, _)| *place);
    cards.extend(kept.cards.into_iter().map(|(_, card)| card));
}

impl Kept {
    /// Keeps a card, or says of which other it is one.
    fn admit(&mut self, (place, card): (usize, Card), canon: Option<Canon>, findings: &mut Vec<Finding>) {
        let content = folded(&fingerprint(&card.body)) + &exact(&canon::sides(&card));
        let front = front_key(&card.body);
        let same = self.by_content.get(&content).or_else(|| canon.as_ref().and_then(|canon| self.by_canon.get(canon)));
        if let Some(index) = same {
            let original = &mut self.cards[*index].1;
            absorb(original, &card);
            findings.push(
                Finding::note("duplicate", "this card was made before; the two are one", card.anchor)
                    .related(original.anchor, "the card that stays"),
            );
            return;
        }
        if let Some(index) = self.by_front.get(&front).filter(|_| !is_written(card.rule)) {
            findings.push(
                Finding::note(
                    "ambiguous-front",
                    "left out: another card asks this and has another answer",
                    card.anchor,
                )
                .related(self.cards[*index].1.anchor, "the other card")
                .help("name in the sentence what sets the two apart"),
            );
            return;
        }
        let index = self.cards.len();
        self.by_content.insert(content, index);
        if let Some(canon) = canon {
            self.by_canon.insert(canon, index);
        }
        self.by_front.entry(front).or_insert(index);
        self.cards.push((place, card));
    }
}

/// Cards of one front, with their canonical forms.
type Group<'a> = Vec<(Canon, &'a Card)>;

/// The fewest words of a front that speaks for itself under any heading.
const FEWEST_WORDS: usize = 5;

/// Reports cards that stay and ask the same in nearly the same words, but answer differently.
pub fn conflicts(cards: &[Card]) -> Vec<Finding> {
    let mut by_ask: BTreeMap<(u8, Vec<u64>), Group> = BTreeMap::new();
    for card in cards.iter().filter(|card| plain_front(&card.body)) {
        if let Some(canon) = Canon::of(card, &Face::of(card)) {
            by_ask.entry((canon.sort, canon.ask.clone())).or_default().push((canon, card));
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

/// What a card knows that goes stays on the one that is kept: the explanation and the tags.
fn absorb(original: &mut Card, gone: &Card) {
    if original.why.is_none() {
        original.why.clone_from(&gone.why);
    }
    for tag in &gone.tags {
        if !original.tags.contains(tag) {
            original.tags.push(tag.clone());
        }
    }
}
