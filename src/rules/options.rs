//! Lists that are the options of a question: by letters, check boxes, or signs such as ✅ at the
//! right ones; and what their author says below an option.

use std::borrow::Cow;

use super::content::content;
use super::key::is_answer;
use crate::card::{Choice, Content, Part};
use crate::markdown::block::{Block, BlockKind, Item, Marker};
use crate::markdown::text::Text;

/// Signs of a right option, and of a wrong one.
const RIGHT: &[char] = &['✅', '✔', '☑', '✓', '🟢', '👍'];
const WRONG: &[char] = &['❌', '✗', '✘', '✖', '❎', '🔴', '⛔', '👎'];

/// Words in brackets or behind an arrow that say the same, in lower case.
const SAID: &[&str] =
    &["correct", "right", "correct answer", "right answer", "richtig", "correcto", "correcta", "vrai", "正确"];

/// The two options of a statement that is true or not, in lower case.
const TRUTHS: &[[&str; 2]] = &[
    ["true", "false"],
    ["t", "f"],
    ["yes", "no"],
    ["wahr", "falsch"],
    ["richtig", "falsch"],
    ["ja", "nein"],
    ["vrai", "faux"],
    ["oui", "non"],
    ["verdadero", "falso"],
    ["sí", "no"],
    ["对", "错"],
    ["是", "否"],
];

/// How a list says which of its options are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Letters; the key stands elsewhere.
    Letters,
    /// Check boxes.
    Boxes,
    /// Signs at the options.
    Signs,
    /// Numbers; the key stands elsewhere.
    Numbers,
}

/// How the items of a list are marked as options; `None` if they are not.
pub fn style(marker: Marker, items: &[Item]) -> Option<Style> {
    if items.len() < 2 {
        return None;
    }
    let boxed = items.iter().all(|i| i.checked.is_some());
    let signs: Vec<Option<bool>> = items.iter().map(|i| i.text().and_then(sign).map(|(right, _)| right)).collect();
    let signed = signs.contains(&Some(true)) && !signs.iter().all(|s| *s == Some(true));
    match marker {
        _ if boxed => Some(Style::Boxes),
        _ if signed => Some(Style::Signs),
        Marker::Letter => Some(Style::Letters),
        Marker::Number(1) => Some(Style::Numbers),
        _ => None,
    }
}

/// A key that stands below the last option as if it belonged to that alone, with what comes behind it.
pub fn key_within(items: &[Item]) -> &[Block] {
    let below = items.last().map(Item::rest).unwrap_or_default();
    let key = |block: &Block| matches!(&block.kind, BlockKind::Paragraph(text) if is_answer(text.plain()));
    below.iter().position(key).map_or(&[], |at| &below[at..])
}

/// Options whose last one does not hold the key.
pub fn without<'d>(items: &[Item], key: &[Block]) -> Cow<'d, [Item]> {
    let mut items = items.to_vec();
    if let Some(last) = items.last_mut() {
        last.blocks.truncate(last.blocks.len() - key.len());
    }
    Cow::Owned(items)
}

/// Whether a block is a list of options by itself.
pub fn is_options(block: &Block) -> bool {
    let BlockKind::List { marker, items } = &block.kind else { return false };
    style(*marker, items).is_some_and(|style| style != Style::Numbers) || items.iter().any(|i| i.checked.is_some())
}

/// Whether a question has its options behind it in the same text: `Which …? A) … B) …`.
pub fn are_in_one_line(text: &Text) -> bool {
    let mask = text.mask();
    let Some(asked) = mask.find(['?', '？']) else { return false };
    let behind = |sign: &str, from: usize| mask[from..].find(sign).map(|at| from + at + sign.len());
    let runs = [[" A) ", " B) "], [" a) ", " b) "], ["(A) ", "(B) "], ["(a) ", "(b) "], [" A. ", " B. "]];
    runs.iter().any(|[first, second]| {
        let near = behind(first, asked).filter(|end| end - asked < first.len() + 4);
        near.and_then(|end| behind(second, end)).is_some()
    })
}

/// Whether an option bears a sign, and the text without it.
pub fn sign(text: &Text) -> Option<(bool, Text)> {
    let plain = text.plain();
    let bare = |c: char| c == '\u{fe0f}' || c.is_whitespace();
    for (signs, right) in [(RIGHT, true), (WRONG, false)] {
        let start = plain.trim_start_matches(bare);
        if let Some(rest) = start.strip_prefix(signs) {
            return Some((right, text.slice(plain.len() - rest.len()..plain.len()).trim_matches(bare)));
        }
        let end = plain.trim_end_matches(bare);
        if let Some(rest) = end.strip_suffix(signs) {
            return Some((right, text.slice(0..rest.len()).trim_matches(bare)));
        }
    }
    let lower = plain.to_lowercase();
    let end = lower.trim_end_matches([')', ']', ' ', '!', '.', '*']);
    let said = SAID.iter().find(|word| end.ends_with(**word))?;
    let before = &lower[..end.len() - said.len()];
    let open = ["(", "[", "← ", "<- ", "<-- ", "← ", "<= "].iter().find_map(|sign| before.strip_suffix(sign))?;
    (lower.len() == plain.len() && !open.trim().is_empty()).then(|| (true, text.slice(0..open.len()).trim()))
}

/// Whether the options are *true* and *false*, in a language or other.
pub fn is_truth(items: &[Item]) -> bool {
    let word = |item: &Item| {
        let text = item.text().map(|t| sign(t).map_or_else(|| t.clone(), |(_, words)| words));
        text.map(|t| t.plain().trim().trim_end_matches(['.', '。']).to_lowercase()).unwrap_or_default()
    };
    let [a, b] = items else { return false };
    let (a, b) = (word(a), word(b));
    TRUTHS.iter().any(|[yes, no]| (a == *yes && b == *no) || (a == *no && b == *yes))
}

/// The options as a card shows them, right where `right` says so.
pub fn options(items: &[Item], right: impl Fn(&Item, char) -> bool) -> Vec<Choice> {
    let option = |(item, letter): (&Item, char)| {
        let letter = item.letter.unwrap_or(letter);
        Choice { letter, content: own_content(item), correct: right(item, letter) }
    };
    items.iter().zip('A'..='Z').map(option).collect()
}

/// What an option itself says: its words, and code, formulas and tables below them.
fn own_content(item: &Item) -> Content {
    let is_reason = |block: &&Block| {
        !matches!(block.kind, BlockKind::List { .. } | BlockKind::Quote(_) | BlockKind::Callout { .. })
    };
    let own: Vec<Block> = match item.text() {
        Some(_) => item.blocks.iter().filter(is_reason).cloned().collect(),
        None => item.blocks.clone(),
    };
    let unsigned = |text: &Text| sign(text).map_or_else(|| text.clone(), |(_, words)| words);
    content(&own).map_texts(&unsigned)
}

/// What stands below the options, each with its letter: why they are right or not.
pub fn below(items: &[Item]) -> Option<Part> {
    let mut said = Vec::new();
    for (item, letter) in items.iter().zip('A'..='Z').filter(|(item, _)| item.text().is_some()) {
        let letter = item.letter.unwrap_or(letter);
        let reasons = item.rest().iter().filter_map(|block| match &block.kind {
            BlockKind::List { items, .. } => Some(items.iter().filter_map(Item::text).collect::<Vec<_>>()),
            BlockKind::Quote(blocks) | BlockKind::Callout { blocks, .. } => {
                Some(blocks.iter().filter_map(Block::text).collect())
            }
            _ => None,
        });
        let reasons: Vec<&Text> = reasons.flatten().collect();
        if let Some((first, others)) = reasons.split_first() {
            let lead = Text::words(format!("{letter}: ")).join(first);
            said.push(Content::text(others.iter().fold(lead, |text, more| text.then(" ").join(more))));
        }
    }
    (!said.is_empty()).then_some(Part::List { start: None, items: said })
}

/// `1` for `A`.
pub fn number_of_letter(letter: char) -> char {
    ('A'..='I').zip('1'..='9').find(|(l, _)| *l == letter).map_or(letter, |(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_signs() {
        let read = |plain| sign(&Text::words(plain)).map(|(right, text)| (right, text.plain().to_owned()));
        assert_eq!(read("Oboe ✅"), Some((true, "Oboe".to_owned())));
        assert_eq!(read("✔️ Oboe"), Some((true, "Oboe".to_owned())));
        assert_eq!(read("❌ Flute"), Some((false, "Flute".to_owned())));
        assert_eq!(read("Oboe (correct)"), Some((true, "Oboe".to_owned())));
        assert_eq!(read("the correct one is right"), None);
    }
}
