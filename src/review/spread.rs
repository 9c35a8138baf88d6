//! Faces of one card kept apart: who has just seen one side knows the other.

use super::queue::Entry;
use std::collections::BTreeMap;

/// About so many other cards stand between two faces of one card, where there are so many.
const APART: usize = 12;

/// The entries with faces of one card moved back until they stand apart.
pub(super) fn apart(entries: Vec<Entry>) -> Vec<Entry> {
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    let mut placed: Vec<(usize, Entry)> = Vec::with_capacity(entries.len());
    for (at, entry) in entries.into_iter().enumerate() {
        let place = last.get(&entry.card).map_or(at, |last| at.max(last + APART + 1));
        last.insert(entry.card.clone(), place);
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

    fn spread(cards: &str) -> String {
        let entry = |(face, card): (i64, char)| Entry {
            face,
            card: card.to_string(),
            deck: String::new(),
            cause: Cause::Due,
            from: 0,
        };
        let entries = apart((0..).zip(cards.chars()).map(entry).collect());
        entries.iter().map(|entry| entry.card.as_str()).collect()
    }

    #[test]
    fn faces_of_a_card_stand_apart_and_none_is_lost() {
        assert_eq!(spread("aabcdefghijklmnop"), "abcdefghijklamnop");
        assert_eq!(spread("aaab"), "abaa");
        assert_eq!(spread("abcabc"), "abcabc");
        assert_eq!(spread("aabbccddeeffgghhii").len(), 18);
    }
}
