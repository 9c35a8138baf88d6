//! Faces kept apart that tell of each other: who has just seen one side of a card knows the other, and two cards
//! that came of one line often say the same words.

use super::queue::Entry;
use std::collections::BTreeMap;

/// About so many other cards stand between two faces of one card, where there are so many.
const APART: usize = 12;

/// And so many between two cards of one line.
const LINE_APART: usize = 6;

/// The entries, each with the line that its card came of, moved back until they stand apart.
pub(super) fn apart(entries: Vec<(String, Entry)>) -> Vec<Entry> {
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    let mut last_of_line: BTreeMap<String, usize> = BTreeMap::new();
    let mut placed: Vec<(usize, Entry)> = Vec::with_capacity(entries.len());
    for (at, (line, entry)) in entries.into_iter().enumerate() {
        let behind = |last: Option<&usize>, apart: usize| last.map_or(at, |last| at.max(last + apart + 1));
        let place = behind(last.get(&entry.card), APART).max(behind(last_of_line.get(&line), LINE_APART));
        last.insert(entry.card.clone(), place);
        last_of_line.insert(line, place);
        placed.push((place, entry));
    }
    // Stable: entries that were moved to one place keep their order.
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, entry)| entry).collect()
}

#[cfg(test)]
mod tests {
    use super::super::queue::Cause;
    use super::*;

    /// Cards as letters; capitals came of the line of their small ones.
    fn spread(cards: &str) -> String {
        let entry = |(face, card): (i64, char)| {
            let line = card.to_lowercase().to_string();
            (line, Entry { face, card: card.to_string(), deck: String::new(), cause: Cause::Due, from: 0 })
        };
        let entries = apart((0..).zip(cards.chars()).map(entry).collect());
        entries.iter().map(|entry| entry.card.as_str()).collect()
    }

    #[test]
    fn faces_of_a_card_stand_apart_and_none_is_lost() {
        assert_eq!(spread("aabcdefghijklmnop"), "abcdefghijklamnop");
        assert_eq!(spread("aaab"), "abaa");
        assert_eq!(spread("abcabc"), "abcabc");
        assert_eq!(spread("aAbcdefghij"), "abcdefAghij");
        assert_eq!(spread("aabbccddeeffgghhii").len(), 18);
    }
}
