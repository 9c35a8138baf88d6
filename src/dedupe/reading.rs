//! The face of a compiled card.

use super::face::{Face, GAP};
use crate::card::{Body, Card, Content};
use crate::markdown::text::Text;
use crate::render::plain;

impl Face {
    /// The face of a compiled card.
    pub fn of(card: &Card) -> Face {
        let (ask, answer, filled, options) = match &card.body {
            Body::Question { question: front, answer: back } | Body::Reversible { front, back } => {
                let (front, back) = (plain::content(front), plain::content(back));
                (front, back, String::new(), Vec::new())
            }
            Body::Cloze { text } => {
                let texts = text.texts();
                let gaps: Vec<String> = texts.iter().flat_map(|text| gaps(text)).collect();
                let full: Vec<&str> = texts.iter().map(|text| text.plain()).collect();
                let asked = asked(text);
                (asked, gaps.join(" · "), full.join(" "), Vec::new())
            }
            Body::Choice { stem, options } => {
                let right =
                    options.iter().filter(|option| option.correct).map(|option| plain::content(&option.content));
                let answer = right.collect::<Vec<_>>().join(" · ");
                let mut all: Vec<String> = options.iter().map(|option| plain::content(&option.content)).collect();
                all.sort_unstable();
                let stem = plain::content(stem);
                (stem, answer, String::new(), all)
            }
        };
        let cloze = matches!(card.body, Body::Cloze { .. });
        let deck = card.deck.split("::").next().unwrap_or_default().to_owned();
        let place = format!("{}:{}", card.source.file, card.source.line);
        Face { ask, answer, filled, options, cloze, deck, place }
    }
}

/// The gaps of a text, in order.
fn gaps(text: &Text) -> Vec<String> {
    let runs = text.runs().iter().filter(|run| run.style.gap.is_some());
    runs.map(|run| text.plain()[run.start..run.end].to_owned()).collect()
}

/// A text with its gaps hidden.
fn asked(content: &Content) -> String {
    let mut out = String::new();
    for text in content.texts() {
        let mut open = None;
        for run in text.runs() {
            let gap = run.style.gap.as_ref().map(|gap| gap.number);
            match gap {
                Some(_) if gap == open => {}
                Some(_) => out.push_str(GAP),
                None => out.push_str(&text.plain()[run.start..run.end]),
            }
            open = gap;
        }
        out.push('\n');
    }
    out
}
