//! Which cards are worth comparing: those that share a pair of rare words on their fronts, or a rare word of the
//! answer with a rare word of the front, also with front and back exchanged.

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::entry::Side;
use super::lexicon::Lexicon;
use super::text::mix;

/// How far to search: more finds more and takes longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// How many of a front's rarest words are paired.
    pub rarest: usize,
    /// A word of so few cards is a key by itself.
    pub single: u32,
    /// The most cards that a key may gather.
    pub most: usize,
}

impl Effort {
    /// The effort for a place between 0, the cheapest, and 1, the most thorough.
    pub fn of(dial: f64) -> Effort {
        let (rarest, single, most) = match dial {
            d if d < 0.2 => (4, 20, 40),
            d if d < 0.5 => (5, 30, 50),
            d if d < 0.8 => (6, 50, 50),
            _ => (8, 50, 120),
        };
        Effort { rarest, single, most }
    }
}

/// The words of a card that make keys, the rarest first.
#[derive(Debug, Clone, Default)]
pub struct Rare {
    /// Of the front.
    pub ask: Vec<(u32, u64)>,
    /// Of the answer.
    pub answer: Vec<(u32, u64)>,
}

impl Rare {
    /// The rare words of a card; words of one card alone cannot be shared and are left out.
    pub fn of(ask: &Side, answer: &Side, lexicon: &Lexicon) -> Rare {
        let ranked = |side: &Side| {
            let counted = side.bag.iter().map(|(stem, _)| (lexicon.count(*stem), *stem));
            let mut words: Vec<(u32, u64)> = counted.filter(|(count, _)| *count > 1).collect();
            words.sort_unstable();
            words.truncate(12);
            words
        };
        Rare { ask: ranked(ask), answer: ranked(answer) }
    }

    /// The keys of a card.
    fn keys(&self, effort: Effort) -> Vec<u64> {
        let mut out = Vec::new();
        let ask = &self.ask[..self.ask.len().min(effort.rarest)];
        for (index, (count, word)) in ask.iter().enumerate() {
            if *count <= effort.single {
                out.push(key(1, *word, 0));
                continue;
            }
            out.extend(ask[index + 1..].iter().map(|(_, other)| key(2, *word, *other)));
        }
        if self.ask.len() == 1 {
            out.push(key(1, self.ask[0].1, 0));
        }
        // A key of both sides has no order, so that a card and its reverse share it.
        for (_, answer) in self.answer.iter().take(2).filter(|(count, _)| *count <= COMMON) {
            out.extend(self.ask.iter().take(3).map(|(_, word)| key(3, *answer, *word)));
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// A word of answers that more cards have leads to too many of them.
const COMMON: u32 = 400;

fn key(kind: u64, a: u64, b: u64) -> u64 {
    mix(mix(a.min(b) ^ kind).wrapping_add(a.max(b)))
}

/// The pairs of cards that share a key, each once, ascending.
pub fn candidates(cards: &[Rare], effort: Effort) -> Vec<(u32, u32)> {
    let mut keyed: Vec<(u64, u32)> = cards
        .par_iter()
        .enumerate()
        .flat_map_iter(|(card, rare)| rare.keys(effort).into_iter().map(move |key| (key, place(card))))
        .collect();
    keyed.par_sort_unstable();
    let mut starts: Vec<usize> = Vec::new();
    for index in 0..keyed.len() {
        if index == 0 || keyed[index].0 != keyed[index - 1].0 {
            starts.push(index);
        }
    }
    starts.push(keyed.len());
    let blocks: Vec<&[(u64, u32)]> = starts.windows(2).map(|pair| &keyed[pair[0]..pair[1]]).collect();
    let blocks: Vec<&[(u64, u32)]> =
        blocks.into_iter().filter(|block| block.len() > 1 && block.len() <= effort.most).collect();
    let mut pairs: Vec<(u32, u32)> = blocks.into_par_iter().flat_map_iter(paired).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

fn paired(block: &[(u64, u32)]) -> impl Iterator<Item = (u32, u32)> {
    block.iter().enumerate().flat_map(|(index, (_, left))| block[index + 1..].iter().map(|(_, right)| (*left, *right)))
}

fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
