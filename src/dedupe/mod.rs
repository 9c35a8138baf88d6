//! Cards that ask the same: over all notes, one of each group stays and the others are reported.
//!
//! A group is told by the exact words, white space and letter case aside. Of two generated cards
//! that ask the same and answer differently only the first stays: nobody could answer both.

use std::collections::BTreeMap;

use crate::card::{Body, Card, Content};
use crate::diagnostic::Finding;
use crate::identity::fingerprint;
use crate::markdown::text::Text;
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

fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.is_ascii() {
        out.make_ascii_lowercase();
        return out;
    }
    out.to_lowercase()
}

/// The front of a card as a learner compares it: folded words, gaps hidden, options included.
pub fn front_key(body: &Body) -> String {
    let plain = |content: &Content| {
        let joined: Vec<&str> = content.texts().iter().map(|t| t.plain()).collect();
        folded(&joined.join("\n"))
    };
    match body {
        Body::Question { question, .. } => plain(question),
        Body::Reversible { front, .. } => plain(front),
        Body::Cloze { text } => plain(&text.map_texts(&hidden)),
        Body::Choice { stem, options } => {
            let options: Vec<String> = options.iter().map(|o| plain(&o.content)).collect();
            format!("{}\n{}", plain(stem), options.join("\n"))
        }
    }
}

/// A text with each gap shown as such.
fn hidden(text: &Text) -> Text {
    let mut out = Text::default();
    for run in text.runs() {
        let shown = if run.style.gap.is_some() { "[…]" } else { &text.plain()[run.start..run.end] };
        out.push(shown, run.style.clone(), None);
    }
    out
}
