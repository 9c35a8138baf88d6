//! What matching knows of a card of a deck: what it asks, what it answers, and all that it says.

use std::borrow::Cow;

/// A card of any deck as matching sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Face {
    /// What is asked, gaps hidden.
    pub ask: String,
    /// What is answered: the back, the gaps, or the options that are right.
    pub answer: String,
    /// A text with gaps, its gaps filled; empty for any other card.
    pub filled: String,
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
    /// The face of a card of which only two sides are known; gaps written as `{{c1::gap}}` are read.
    pub fn of_sides(front: &str, back: &str, place: String) -> Face {
        let mut face = Face { place, answer: back.to_owned(), ..Face::default() };
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
            face.filled = [&full, rest].concat();
        }
        face
    }

    /// All that the card says, gaps filled.
    pub fn full(&self) -> Cow<'_, str> {
        if self.cloze { Cow::Borrowed(&self.filled) } else { Cow::Owned([&self.ask, " ", &self.answer].concat()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_of_a_table_are_read() {
        let face = Face::of_sides("S3 keeps {{c1::objects::what}} in {{c2::buckets}}.", "", String::new());
        assert_eq!((face.answer.as_str(), &*face.full()), ("objects · buckets", "S3 keeps objects in buckets."));
        assert!(face.cloze && !face.ask.contains("objects"));
    }
}
