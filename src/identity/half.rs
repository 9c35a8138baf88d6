//! The second step of matching two builds: cards of one note that ask the same to the letter, which no other of the
//! note does. A history belongs to a question, so each of these is the card that it was, whatever it answers by now;
//! weighing would find the same, at many times the cost.

use std::borrow::Cow;

use super::sketch::{ByStem, cut};
use super::weigh;
use crate::dedupe::text;

/// What a card asks and answers, as a lock has it.
#[derive(Debug)]
pub(super) struct Half<'a> {
    /// The number of its note.
    pub(super) file: usize,
    letter: &'a str,
    ask: Cow<'a, str>,
    answer: Cow<'a, str>,
}

/// Two cards that ask the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Same {
    /// The place of the earlier one.
    pub(super) old: usize,
    /// The place of the later one.
    pub(super) new: usize,
    /// A hash of the words that were exchanged in the answer.
    pub(super) exchange: Option<u64>,
}

impl<'a> Half<'a> {
    /// The card of these sides, in the note of this number.
    pub(super) fn of(file: usize, sides: &'a str) -> Half<'a> {
        let (letter, rest) = sides.split_once('\t').unwrap_or((sides, ""));
        if letter == "c" {
            let (ask, gaps) = cut(rest);
            return Half { file, letter, ask: ask.into(), answer: gaps.join(" ").into() };
        }
        let (ask, answer) = rest.split_once('\t').unwrap_or((rest, ""));
        Half { file, letter, ask: ask.into(), answer: answer.into() }
    }

    /// What tells the card's question from others; of one that asks nothing in words there is none.
    fn key(&self) -> Option<u64> {
        let asks = self.ask.chars().any(char::is_alphanumeric);
        let place = text::mix((self.file as u64) << 8 | u64::from(*self.letter.as_bytes().first()?));
        asks.then(|| text::hash(&self.ask) ^ place)
    }
}

/// The cards that ask the same, and no other of their note does.
pub(super) fn same(olds: &[Half], news: &[Half]) -> Vec<Same> {
    let pairs = unique([&mut olds.iter().map(Half::key), &mut news.iter().map(Half::key)]);
    let same = |(old, new): (usize, usize)| {
        let (x, y) = (&olds[old], &news[new]);
        (x.ask == y.ask).then(|| Same { old, new, exchange: exchange(&x.answer, &y.answer) })
    };
    pairs.into_iter().filter_map(same).collect()
}

/// The places of the earlier and the later cards of one key, where no other has it, ascending by the later.
pub(super) fn unique([olds, news]: [&mut dyn Iterator<Item = Option<u64>>; 2]) -> Vec<(usize, usize)> {
    /// Of how many cards a key is, and the last of them.
    #[derive(Default)]
    struct Slot([(usize, u32); 2]);
    let mut slots: ByStem<Slot> = ByStem::default();
    let mut keys = Vec::new();
    for (side, all) in [olds, news].into_iter().enumerate() {
        keys.clear();
        for (index, key) in all.enumerate() {
            keys.push(key);
            if let Some(key) = key {
                let slot = &mut slots.entry(key).or_default().0[side];
                *slot = (index, slot.1 + 1);
            }
        }
    }
    let pair = |(new, key): (usize, Option<u64>)| match slots.get(&key?)?.0 {
        [(old, 1), (_, 1)] => Some((old, new)),
        _ => None,
    };
    keys.into_iter().enumerate().filter_map(pair).collect()
}

/// The hash of what was put in the place of what in an answer: what stands between the words that it begins and
/// ends with as before.
fn exchange(old: &str, new: &str) -> Option<u64> {
    const MOST: usize = 16;
    let (mut lost, mut gained): (Vec<&str>, Vec<&str>) =
        (old.split_whitespace().collect(), new.split_whitespace().collect());
    let same = lost.iter().zip(&gained).take_while(|(x, y)| x == y).count();
    lost.drain(..same);
    gained.drain(..same);
    let same = lost.iter().rev().zip(gained.iter().rev()).take_while(|(x, y)| x == y).count();
    lost.truncate(lost.len() - same);
    gained.truncate(gained.len() - same);
    if lost.is_empty() || gained.is_empty() || lost.len() + gained.len() > MOST {
        return None;
    }
    let stems = |words: &[&str]| {
        let mut stems = Vec::with_capacity(words.len());
        text::each_token(&text::fold(&words.join(" ")), &mut |token| {
            stems.extend(token.class.is_none().then_some(token.stem));
        });
        stems.sort_unstable();
        stems.dedup();
        stems
    };
    let (mut lost, mut gained) = (stems(&lost), stems(&gained));
    let both: Vec<u64> = lost.iter().copied().filter(|stem| gained.binary_search(stem).is_ok()).collect();
    lost.retain(|stem| !both.contains(stem));
    gained.retain(|stem| !both.contains(stem));
    weigh::mark(&lost, &gained)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_only_question_leads_to_the_card_that_asked_it() {
        let olds = ["q\tWho?\tA", "q\tWhat?\tB", "q\tTwice?\tC", "q\tTwice?\tD", "c\tA {{c1::gap}} here"];
        let news = ["q\tWhat?\tX", "q\tTwice?\tC", "q\twho?\tA", "c\tA {{c1::hole}} here", "r\tWho?\tA"];
        let halves = |all: &[&'static str]| all.iter().map(|sides| Half::of(0, sides)).collect::<Vec<_>>();
        let found: Vec<(usize, usize)> =
            same(&halves(&olds), &halves(&news)).iter().map(|same| (same.old, same.new)).collect();
        assert_eq!(found, [(1, 0), (4, 3)]);
    }

    #[test]
    fn an_exchange_of_words_has_one_mark_wherever_it_is_made() {
        assert!(exchange("in the primary node", "in the main node").is_some());
        assert_eq!(exchange("the primary node", "the main node"), exchange("a primary disk", "a main disk"));
        assert_eq!(exchange("the node", "the node"), None);
        assert_eq!(exchange("the node", "the node, too"), None);
    }
}
