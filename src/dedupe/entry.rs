//! What matching knows of a card: its sides, prepared once so that pairs are compared by merging lists.

use super::text::{self, Shape, Token};
use super::words;

/// A card as it comes, from notes, a table or a file of pairs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Entry {
    /// What is asked.
    pub front: String,
    /// What is answered; may be empty.
    pub back: String,
}

/// A text prepared for comparison.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// The text in lower case without markup.
    pub folded: String,
    /// Its tokens in order.
    pub tokens: Vec<Token>,
    /// Its distinct stems by hash, each with its weight.
    pub bag: Vec<(u64, f32)>,
    /// The weights together.
    pub total: f32,
    /// The length of the bag as a vector.
    pub norm: f32,
    /// Runs of three characters by hash, as a vector of length one.
    pub grams: Vec<(u32, f32)>,
    /// Values of numbers, in common units, ascending; as bits.
    pub numbers: Vec<u64>,
    /// Names of models and the like.
    pub codes: Vec<String>,
    /// Letters and digits alone.
    pub squeezed: String,
}

/// A card prepared for comparison.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    /// The front.
    pub front: Side,
    /// The back.
    pub back: Side,
    /// Both together.
    pub whole: Side,
    /// The values of the fields that were asked for, of a back that reads `name: value · name: value`.
    pub fields: Vec<Side>,
}

/// What joins the fields of a record in one text.
const JOINT: &str = " · ";

impl Entry {
    /// Both sides in one text, the names of fields left out.
    pub fn whole(&self) -> String {
        let mut out = self.front.clone();
        for part in self.back.split(JOINT) {
            out.push(' ');
            out.push_str(field(part).map_or(part, |(_, value)| value));
        }
        out
    }

    /// The names and values of a back that is a record.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.back.split(JOINT).filter_map(field)
    }
}

/// The name and the value of one field.
fn field(part: &str) -> Option<(&str, &str)> {
    let (name, value) = part.split_once(": ")?;
    let plain = name.len() <= 24 && name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == ' ');
    (plain && !name.is_empty() && name.split(' ').count() <= 3).then_some((name, value))
}

/// The values of the numbers, in common units.
pub(super) fn numbers(tokens: &[Token], folded: &str) -> Vec<u64> {
    let word = |token: &Token| token.written(folded);
    let mut out = Vec::new();
    for (index, token) in tokens.iter().enumerate().filter(|(_, token)| token.shape == Shape::Number) {
        let Some(value) = words::number(word(token)) else { continue };
        let unit = tokens.get(index + 1).and_then(|next| words::unit(word(next)));
        out.push(text::mix((value * unit.map_or(1.0, |(scale, _)| scale)).to_bits()));
    }
    out.sort_unstable();
    out
}
