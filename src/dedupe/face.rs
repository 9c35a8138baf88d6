//! What matching knows of a card of a deck: what it asks, what it answers, and all that it says.

use crate::card::{Body, Card, Content};
use crate::markdown::text::Text;
use crate::render::plain;

/// A card of any deck as matching sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Face {
    /// What is asked, gaps hidden.
    pub ask: String,
    /// What is answered: the back, the gaps, or the options that are right.
    pub answer: String,
    /// All that the card says, gaps filled.
    pub full: String,
    /// The options in order of the alphabet; empty but for questions with options.
    pub options: Vec<String>,
    /// Whether it is a text with gaps.
    pub cloze: bool,
    /// The words of its deck's name, which say nothing within the deck.
    pub deck: String,
    /// Where it comes from, as shown to the user.
    pub place: String,
}

/// What stands for a gap; a word that no text has.
pub const GAP: &str = "\u{2423}gap\u{2423}";

impl Face {
    /// The face of a compiled card.
    pub fn of(card: &Card) -> Face {
        let (ask, answer, full, options) = match &card.body {
            Body::Question { question: front, answer: back } | Body::Reversible { front, back } => {
                let (front, back) = (plain::content(front), plain::content(back));
                let full = format!("{front} {back}");
                (front, back, full, Vec::new())
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
                let full = format!("{stem} {answer}");
                (stem, answer, full, all)
            }
        };
        let cloze = matches!(card.body, Body::Cloze { .. });
        let deck = card.deck.split("::").next().unwrap_or_default().to_owned();
        let place = format!("{}:{}", card.source.file, card.source.line);
        Face { ask, answer, full, options, cloze, deck, place }
    }

    /// The face of a card of which only two sides are known; gaps written as `{{c1::gap}}` are read.
    pub fn of_sides(front: &str, back: &str, place: String) -> Face {
        let mut face = Face { place, answer: back.to_owned(), full: format!("{front} {back}"), ..Face::default() };
        let mut gaps = Vec::new();
        let (mut full, mut rest) = (String::new(), front);
        while let Some((before, behind)) = rest.split_once("{{c") {
            let Some((inside, after)) = behind.split_once("}}") else { break };
            let text = inside.split_once("::").map_or("", |(_, text)| text);
            let gap = text.split("::").next().unwrap_or_default();
            face.ask.push_str(&[before, GAP].concat());
            full.push_str(&[before, gap].concat());
            gaps.push(gap.to_owned());
            rest = after;
        }
        face.ask.push_str(rest);
        if !gaps.is_empty() {
            face.cloze = true;
            face.answer = gaps.join(" · ");
            face.full = [&full, rest].concat();
        }
        face
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_of_a_table_are_read() {
        let face = Face::of_sides("S3 keeps {{c1::objects::what}} in {{c2::buckets}}.", "", String::new());
        assert_eq!((face.answer.as_str(), face.full.as_str()), ("objects · buckets", "S3 keeps objects in buckets."));
        assert!(face.cloze && !face.ask.contains("objects"));
    }
}
