//! A card as identity compares it: what it asks and answers, in words with weights, prepared once.
//! Words, numbers and classes are those of the matching engine.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::lock::unescaped;
use crate::dedupe::face::GAP;
use crate::dedupe::text::{self, Shape, Token};
use crate::dedupe::words::Class;

/// A word of a card.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// The hash of its stem.
    pub(super) stem: u64,
    /// How much it tells.
    pub(super) weight: f32,
    /// What it is made of.
    pub(super) shape: Shape,
    /// What sort of small word it is, if it is one.
    pub(super) class: Option<Class>,
    /// Whether it is written as a name: with a capital where no sentence begins, or with several.
    pub(super) name: bool,
    /// Where it begins in the folded text.
    start: u32,
    /// Where it ends.
    end: u32,
}

/// One side of a card.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// Its words by stem.
    pub(super) words: Vec<Word>,
    /// A hash of the words in the order in which they stand, marks and case left out.
    pub(super) key: u64,
    /// The weights together.
    pub(super) total: f32,
    folded: String,
}

/// A card prepared for comparison.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    /// What is asked, gaps left out.
    pub(super) ask: Side,
    /// What is answered.
    pub(super) answer: Side,
    /// Whether it is a text with gaps.
    pub(super) cloze: bool,
    /// Whether it is asked in both directions.
    pub(super) pair: bool,
    /// The words of both sides by stem, shortened, with their weights.
    pub(super) all: Vec<(u32, f32)>,
}

/// Takes stems as they are: they are hashes already.
#[derive(Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |state, byte| text::mix(state ^ u64::from(*byte)));
    }

    fn write_u64(&mut self, stem: u64) {
        self.0 = stem;
    }
}

/// A map by stems.
pub(super) type ByStem<T> = HashMap<u64, T, BuildHasherDefault<AsItIs>>;

/// How many cards have a word, of the earlier and of the later ones: weights come from the greater count.
#[derive(Debug, Default)]
pub(super) struct Counts {
    cards: [usize; 2],
    words: ByStem<[u32; 2]>,
}

impl Side {
    fn of(said: &str) -> Side {
        let folded = text::fold(said);
        let mut words: Vec<Word> = Vec::with_capacity(folded.len() / 6);
        text::each_token(&folded, &mut |token| push(&folded, &token, &mut words));
        let names = names(said);
        if !names.is_empty() {
            for word in &mut words {
                word.name = names.contains(&word.stem);
            }
        }
        let mut key = 0_u64;
        for word in &words {
            key = text::mix(key.rotate_left(5) ^ word.stem);
        }
        if words.is_empty() && !folded.is_empty() {
            key = text::hash(&folded);
        }
        words.sort_unstable_by_key(|word| (word.stem, word.start));
        Side { words, key, folded, ..Side::default() }
    }

    /// A word as it is written, folded.
    pub(super) fn word(&self, word: &Word) -> &str {
        self.folded.get(word.start as usize..word.end as usize).unwrap_or_default()
    }

    fn weigh(&mut self, counts: &Counts) {
        for word in &mut self.words {
            word.weight = counts.weight(word);
        }
        self.total = self.words.iter().map(|word| word.weight).sum();
    }
}

/// The stems of the words that are written as names.
fn names(said: &str) -> Vec<u64> {
    let mut stems = Vec::new();
    if said.bytes().skip(1).all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return stems;
    }
    let mut begins = true;
    for line in said.lines() {
        for word in line.split_whitespace() {
            let capitals = word.chars().filter(|c| c.is_uppercase()).take(2).count();
            if capitals > 1 || capitals == 1 && !begins {
                stems.extend(text::tokens(&text::fold(word)).iter().map(|token| token.stem));
            }
            let letters = word.chars().any(char::is_alphanumeric);
            begins = begins && !letters || word.ends_with(['.', '?', '!', ':', '|', '·', '…']);
        }
        begins = true;
    }
    stems
}

/// Words of scripts without blanks are cut into their characters.
fn push(folded: &str, token: &Token, words: &mut Vec<Word>) {
    let word = Word {
        stem: token.stem,
        weight: 0.0,
        shape: token.shape,
        class: token.class,
        name: false,
        start: token.start,
        end: token.end,
    };
    let range = token.start as usize..token.end as usize;
    let unspaced = |written: &&str| !written.is_ascii() && written.chars().any(is_unspaced);
    let Some(written) = folded.get(range.clone()).filter(unspaced) else {
        words.push(word);
        return;
    };
    for (at, c) in written.char_indices() {
        let piece = range.start + at..range.start + at + c.len_utf8();
        let mut bytes = [0; 4];
        let stem = text::hash(c.encode_utf8(&mut bytes));
        words.push(Word { stem, start: short(&piece).0, end: short(&piece).1, class: None, ..word });
    }
}

fn short(range: &Range<usize>) -> (u32, u32) {
    (u32::try_from(range.start).unwrap_or(u32::MAX), u32::try_from(range.end).unwrap_or(u32::MAX))
}

/// Whether a character is of a script that is written without blanks.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

impl Sketch {
    /// The sketch of a card by the sides of its entry in a lock.
    pub(super) fn of(sides: &str) -> Sketch {
        let mut parts = sides.split('\t');
        let letter = parts.next().unwrap_or_default();
        let front = unescaped(parts.next().unwrap_or_default());
        match letter {
            "c" => {
                let (ask, gaps) = cut(&front);
                Sketch { ask: Side::of(&ask), answer: Side::of(&gaps.join(" ")), cloze: true, ..Sketch::default() }
            }
            "m" => {
                let right: Vec<String> =
                    parts.filter_map(|option| option.strip_prefix("+ ")).map(|o| unescaped(o).into_owned()).collect();
                let mut right = right;
                right.sort_unstable();
                Sketch { ask: Side::of(&front), answer: Side::of(&right.join(" ")), ..Sketch::default() }
            }
            other => {
                let back = unescaped(parts.next().unwrap_or_default());
                Sketch { ask: Side::of(&front), answer: Side::of(&back), pair: other == "r", ..Sketch::default() }
            }
        }
    }

    /// Gives each word the weight that follows from how many cards have it.
    pub(super) fn weigh(&mut self, counts: &Counts) {
        self.ask.weigh(counts);
        self.answer.weigh(counts);
        let words = self.ask.words.iter().chain(&self.answer.words);
        self.all = words.map(|word| (shortened(word.stem), word.weight)).collect();
        self.all.sort_unstable_by_key(|word| word.0);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "half of a hash tells words apart well enough to sift pairs")]
fn shortened(stem: u64) -> u32 {
    stem as u32
}

/// A text with its gaps cut out, and the gaps, in order.
pub(super) fn cut(text: &str) -> (String, Vec<String>) {
    let (mut out, mut gaps) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{c") {
        let Some((inside, after)) = behind.split_once("}}") else { break };
        let words = inside.split_once("::").map_or("", |(_, words)| words);
        out.push_str(before);
        out.push(' ');
        gaps.push(words.split("::").next().unwrap_or_default().to_owned());
        rest = after;
    }
    out.push_str(rest);
    (out.replace(GAP, " "), gaps)
}

impl Counts {
    /// Counts the words of a card of the earlier (0) or the later ones (1).
    pub(super) fn add(&mut self, sketch: &Sketch, side: usize) {
        self.cards[side] += 1;
        for word in sketch.ask.words.iter().chain(&sketch.answer.words) {
            self.words.entry(word.stem).or_default()[side] += 1;
        }
    }

    /// How many cards of one side have a word.
    pub(super) fn count(&self, stem: u64) -> u32 {
        self.words.get(&stem).map_or(0, |counts| counts[0].max(counts[1]))
    }

    /// How much a word tells, from little to 1: rare words much, small ones little.
    fn weight(&self, word: &Word) -> f32 {
        match word.class {
            Some(Class::Negation | Class::Degree | Class::Time) => return 0.35,
            Some(_) => return 0.12,
            None => {}
        }
        let cards = real(self.cards[0].max(self.cards[1])) + 1.0;
        let rarity = (cards / real(self.count(word.stem) as usize).max(1.0)).ln() / (cards + 1.0).ln();
        0.3 + 0.7 * rarity.clamp(0.0, 1.0)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn real(number: usize) -> f32 {
    number as f32
}
