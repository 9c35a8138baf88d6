//! Lists whose items begin with A, B, C, …: the options of a question.

use super::block::{Block, BlockKind, Item, Marker};
use super::text::Text;

/// A letter at the start of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    /// Its place in the alphabet, from 0.
    pub(super) index: usize,
    /// How it is written: the signs around it and whether it is upper case.
    pub(super) style: (bool, char, bool),
    /// The bytes up to the option's text.
    pub(super) end: usize,
}

/// The letter that words begin with; marks of emphasis around it are passed over.
pub(super) fn letter(words: &str) -> Option<Letter> {
    with_stop(words, &[')', '）', '.', '．', '、'])
}

/// The same with a colon, which speakers have, too.
pub(super) fn with_colon(words: &str) -> Option<Letter> {
    with_stop(words, &[':', '：'])
}

/// The same with other signs behind the letter.
fn with_stop(words: &str, stops: &[char]) -> Option<Letter> {
    let open = words.trim_start_matches(['*', '_']);
    let round = open.starts_with(['(', '（']);
    let inner = open.trim_start_matches(['(', '（']);
    let sign = inner.chars().next().filter(|c| matches!(c.to_ascii_uppercase(), 'A'..='J'))?;
    let rest = inner[1..].trim_start_matches(['*', '_']);
    let stop = rest.chars().next().filter(|c| stops.contains(c))?;
    let tail = rest[stop.len_utf8()..].trim_start_matches(['*', '_']);
    let text = tail.trim_start();
    // `A.` needs a blank behind it: `a.m.`, `e.g.`
    let apart =
        text.len() < tail.len() || !matches!(stop, '.' | ')' | ':') || !tail.starts_with(|c: char| c.is_ascii());
    if text.is_empty() || !apart || (round && !matches!(stop, ')' | '）')) {
        return None;
    }
    let index = usize::from(sign.to_ascii_uppercase() as u8 - b'A');
    Some(Letter { index, style: (round, stop, sign.is_ascii_uppercase()), end: words.len() - text.len() })
}

/// Turns lists of options into lettered lists, all the way down.
pub(super) fn find(blocks: &mut [Block]) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::List { marker, items } => {
                if *marker == Marker::Bullet && is_lettered(items) {
                    *marker = Marker::Letter;
                    items.iter_mut().for_each(strip);
                }
                for item in items {
                    find(&mut item.blocks);
                }
            }
            BlockKind::Quote(blocks)
            | BlockKind::Callout { blocks, .. }
            | BlockKind::Details { blocks, .. }
            | BlockKind::Footnote { blocks, .. } => find(blocks),
            _ => {}
        }
    }
}

/// The letter of an item; a colon will do in a list, where nobody speaks in turns.
fn of(item: &Item) -> Option<Letter> {
    item.text().and_then(|text| letter(&text.mask()).or_else(|| with_colon(&text.mask())))
}

fn is_lettered(items: &[Item]) -> bool {
    let style = items.first().and_then(of).map(|l| l.style);
    let in_order = |(i, item): (usize, &Item)| of(item).is_some_and(|l| l.index == i && Some(l.style) == style);
    let colon = style.is_some_and(|(_, stop, _)| matches!(stop, ':' | '：'));
    // `A: true`, `B: false`; two longer ones may speak in turns.
    let terse = |item: &Item| item.text().is_some_and(|t| t.plain().split_whitespace().count() <= 4);
    let least = if colon && !items.iter().all(terse) { 3 } else { 2 };
    items.len() >= least && items.iter().enumerate().all(in_order)
}

/// Moves the letter from an item's text to the item.
fn strip(item: &mut Item) {
    let Some(letter) = of(item) else { return };
    item.letter = u8::try_from(letter.index).ok().map(|i| char::from(b'A' + i));
    if let Some(BlockKind::Paragraph(text)) = item.blocks.first_mut().map(|b| &mut b.kind) {
        *text = without(text, letter.end);
    }
}

fn without(text: &Text, start: usize) -> Text {
    text.slice(start..text.plain().len()).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_letters() {
        let read = |words| letter(words).map(|l| (l.index, l.end));
        assert_eq!(read("A) foo"), Some((0, 3)));
        assert_eq!(read("(b) foo"), Some((1, 4)));
        assert_eq!(read("**C.** foo"), Some((2, 7)));
        assert_eq!(read("A、甲"), Some((0, 4)));
        assert_eq!(read("a.m. is"), None);
        assert_eq!(read("A foo"), None);
    }
}
