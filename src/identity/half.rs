//! The second step of matching two builds: cards of one note of which one half is the same to the letter, and that of
//! no other of the note is. A history belongs to a question, so who asks the same is the card that it was, whatever
//! it answers by now; who answers the same is, where the question has but a few other words, and none that count.
//! Weighing would find the same of these, at many times the cost.

use std::borrow::Cow;

use super::sketch::{ByStem, cut};
use super::weigh;
use crate::dedupe::text::{self, Shape, Token};
use crate::dedupe::words::{self, Class};

/// What a card asks and answers, as a lock has it.
#[derive(Debug)]
pub(super) struct Half<'a> {
    /// The number of its note.
    pub(super) file: usize,
    letter: &'a str,
    ask: Cow<'a, str>,
    answer: Cow<'a, str>,
}

/// Two cards that have one half in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Same {
    /// The place of the earlier one.
    pub(super) old: usize,
    /// The place of the later one.
    pub(super) new: usize,
    /// A hash of the words that were exchanged in the other half.
    pub(super) exchange: Option<u64>,
}

/// So many words make an answer that is known again by itself.
const TELLING: usize = 4;

/// A question is as it was if it begins and ends with this part of its words as before.
const PART: usize = 70;

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

    /// What tells one half of the card from those of others; where no word is said, nothing does.
    fn key(&self, half: &str) -> Option<u64> {
        let says = half.chars().any(char::is_alphanumeric);
        let place = text::mix((self.file as u64) << 8 | u64::from(*self.letter.as_bytes().first()?));
        says.then(|| text::hash(half) ^ place)
    }

    fn ask_key(&self) -> Option<u64> {
        self.key(&self.ask)
    }

    fn answer_key(&self) -> Option<u64> {
        self.key(&self.answer).filter(|_| self.answer.split_whitespace().nth(TELLING - 1).is_some())
    }
}

/// The cards that are one by one half of theirs; the places of the later ones ascend for each half.
pub(super) fn same(olds: &[Half], news: &[Half]) -> Vec<Same> {
    let asks = unique([&mut olds.iter().map(Half::ask_key), &mut news.iter().map(Half::ask_key)]);
    let asks = asks.into_iter().filter(|(old, new)| olds[*old].ask == news[*new].ask);
    let same = |(old, new): (usize, usize)| {
        let parted = Parted::of(&olds[old].answer, &news[new].answer);
        Same { old, new, exchange: parted.exchange() }
    };
    let mut out: Vec<Same> = asks.map(same).collect();
    let (mut taken_old, mut taken_new) = (vec![false; olds.len()], vec![false; news.len()]);
    for Same { old, new, .. } in &out {
        (taken_old[*old], taken_new[*new]) = (true, true);
    }
    let open = |all: &[Half], taken: &[bool]| -> Vec<Option<u64>> {
        all.iter().zip(taken).map(|(half, taken)| half.answer_key().filter(|_| !taken)).collect()
    };
    let (olds_open, news_open) = (open(olds, &taken_old), open(news, &taken_new));
    let answers = unique([&mut olds_open.into_iter(), &mut news_open.into_iter()]);
    out.extend(answers.into_iter().filter_map(|(old, new)| {
        let (x, y) = (&olds[old], &news[new]);
        let parted = Parted::of(&x.ask, &y.ask);
        (x.answer == y.answer && parted.is_slight()).then(|| Same { old, new, exchange: parted.exchange() })
    }));
    out
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

/// Two texts parted into the words with which both begin and end, and those between.
struct Parted<'a> {
    /// How many words are the same.
    same: usize,
    lost: Vec<&'a str>,
    gained: Vec<&'a str>,
}

impl<'a> Parted<'a> {
    fn of(old: &'a str, new: &'a str) -> Parted<'a> {
        let (mut lost, mut gained): (Vec<&str>, Vec<&str>) =
            (old.split_whitespace().collect(), new.split_whitespace().collect());
        let before = lost.iter().zip(&gained).take_while(|(x, y)| x == y).count();
        lost.drain(..before);
        gained.drain(..before);
        let behind = lost.iter().rev().zip(gained.iter().rev()).take_while(|(x, y)| x == y).count();
        lost.truncate(lost.len() - behind);
        gained.truncate(gained.len() - behind);
        Parted { same: before + behind, lost, gained }
    }

    /// Whether few words differ, and none of them counts: a number, a name, a negation or the contrary of another.
    fn is_slight(&self) -> bool {
        let most = self.same + self.lost.len().max(self.gained.len());
        let all = || self.lost.iter().chain(&self.gained);
        let plain =
            |word: &&str| word.chars().all(|c| c.is_alphabetic() && !c.is_uppercase() || ",.;:?!\'’-".contains(c));
        100 * self.same >= PART * most && all().all(plain) && !self.turns()
    }

    /// Whether words differ that turn what is asked into something else.
    fn turns(&self) -> bool {
        let tokens = |words: &[&str]| {
            let folded = text::fold(&words.join(" "));
            let tokens = text::tokens(&folded);
            (folded, tokens)
        };
        let ((left, lost), (right, gained)) = (tokens(&self.lost), tokens(&self.gained));
        let counts = |token: &Token| {
            token.shape != Shape::Word
                || matches!(token.class, Some(Class::Negation | Class::Degree | Class::Time | Class::Quantity))
        };
        let opposed = |x: &Token| gained.iter().any(|y| words::opposed(x.written(&left), y.written(&right)));
        lost.iter().chain(&gained).any(counts) || lost.iter().any(opposed)
    }

    /// The hash of what was put in the place of what.
    fn exchange(&self) -> Option<u64> {
        const MOST: usize = 16;
        if self.lost.is_empty() || self.gained.is_empty() || self.lost.len() + self.gained.len() > MOST {
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
        let (mut lost, mut gained) = (stems(&self.lost), stems(&self.gained));
        let both: Vec<u64> = lost.iter().copied().filter(|stem| gained.binary_search(stem).is_ok()).collect();
        lost.retain(|stem| !both.contains(stem));
        gained.retain(|stem| !both.contains(stem));
        weigh::mark(&lost, &gained)
    }
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
    fn an_only_answer_leads_to_the_card_that_gave_it_if_little_else_is_asked() {
        const ANSWER: &str = "as much as four disks";
        let one = |old: &str, new: &str| {
            let [old, new] = [old, new].map(|ask| format!("q\t{ask}\t{ANSWER}"));
            !same(&[Half::of(0, &old)], &[Half::of(0, &new)]).is_empty()
        };
        assert!(one("What does the queue hold here?", "What does the qeueu hold here?"));
        assert!(one("What does a queue hold here?", "What does the queue hold here?"));
        for other in [
            "What did they never keep?", "What does the queue hold in 7?", "What does the queue not hold here?",
            "What does the SQS hold here?", "What does the queue hold last?",
        ] {
            assert!(!one("What does the queue hold first?", other), "{other}");
        }
    }

    #[test]
    fn an_exchange_of_words_has_one_mark_wherever_it_is_made() {
        let exchange = |old: &str, new: &str| Parted::of(old, new).exchange();
        assert!(exchange("in the primary node", "in the main node").is_some());
        assert_eq!(exchange("the primary node", "the main node"), exchange("a primary disk", "a main disk"));
        assert_eq!(exchange("the node", "the node"), None);
        assert_eq!(exchange("the node", "the node, too"), None);
    }
}
