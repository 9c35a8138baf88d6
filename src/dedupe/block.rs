//! Which cards are worth comparing: those that share a pair of rare words on their fronts, or a rare word of the
//! answer with a rare word of the front, also with front and back exchanged.

use std::cmp::Ordering;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::compare::share;
use super::face::Face;
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
struct Rare {
    ask: Vec<(u32, u64)>,
    answer: Vec<(u32, u64)>,
}

/// The words of a text by hash, ascending, with weights.
#[derive(Debug)]
struct Bag {
    words: Box<[(u32, f32)]>,
    /// The weights together.
    total: f32,
    /// The length of the bag as a vector.
    norm: f32,
}

impl Bag {
    fn of(bag: Vec<(u64, f32)>) -> Bag {
        let (mut total, mut norm) = (0.0, 0.0);
        for (_, weight) in &bag {
            total += weight;
            norm += weight * weight;
        }
        // Stems ascend by hash, and so do the halves of their hashes.
        Bag { words: bag.into_iter().map(|(stem, w)| (half(stem), w)).collect(), total, norm: norm.sqrt() }
    }

    /// How alike two bags are, and how much the lighter one shares with the other.
    fn against(&self, other: &Bag) -> (f32, f32) {
        let (a, b) = (&self.words, &other.words);
        let (mut i, mut j, mut dot, mut shared) = (0, 0, 0.0, 0.0);
        while i < a.len() && j < b.len() {
            match a[i].0.cmp(&b[j].0) {
                Ordering::Less => i += 1,
                Ordering::Greater => j += 1,
                Ordering::Equal => {
                    dot += a[i].1 * b[j].1;
                    shared += a[i].1;
                    i += 1;
                    j += 1;
                }
            }
        }
        (share(dot, self.norm * other.norm), share(shared, self.total.min(other.total)))
    }
}

/// The little of a card that a search holds in memory.
#[derive(Debug)]
pub struct Outline {
    ask: Bag,
    answer: Bag,
    /// The keys of the blocks that the card is in.
    keys: Box<[u32]>,
}

impl Outline {
    /// The outline of a card.
    pub fn of(face: &Face, lexicon: &Lexicon, effort: Effort) -> Outline {
        let (ask, answer) = (lexicon.bag(&face.ask), lexicon.bag(&face.answer));
        // Words of one card alone cannot be shared.
        let ranked = |bag: &[(u64, f32)]| {
            let counted = bag.iter().map(|(stem, _)| (lexicon.count(*stem), *stem));
            let mut words: Vec<(u32, u64)> = counted.filter(|(count, _)| *count > 1).collect();
            words.sort_unstable();
            words.truncate(12);
            words
        };
        let rare = Rare { ask: ranked(&ask), answer: ranked(&answer) };
        let keys = rare.keys(effort).into_iter().map(half).collect();
        Outline { ask: Bag::of(ask), answer: Bag::of(answer), keys }
    }

    /// Whether two cards have so much in common that they are worth weighing: an upper bound of what the judge
    /// would find, from words alone.
    fn near(&self, other: &Outline) -> bool {
        let (ask, ask_held) = self.ask.against(&other.ask);
        let (answer, answer_held) = self.answer.against(&other.answer);
        let answers = (answer + SPELLING).max(answer_held * 0.7).min(1.0);
        let both = (ask.max(answer) + SPELLING).min(1.0);
        let most = 4.5 * (ask + SPELLING).min(1.0) + 1.5 * ask_held + 4.5 * answers + 2.5 * both;
        most >= NEAR || (self.ask.against(&other.answer).1 >= 0.7 && other.ask.against(&self.answer).1 >= 0.7)
    }
}

/// The least that two cards must reach to be weighed.
const NEAR: f32 = 5.4;

/// How much letters may add to what words have in common.
const SPELLING: f32 = 0.12;

/// The upper half of a hash.
fn half(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or_default()
}

impl Rare {
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

/// The pairs of cards that share a key and much else, each once, ascending.
pub fn candidates(cards: &[Outline], effort: Effort) -> Vec<(u32, u32)> {
    // A key and a card in one number, so that sorting brings together the cards of a key.
    let mut keyed: Vec<u64> = cards
        .par_iter()
        .enumerate()
        .flat_map_iter(|(card, outline)| outline.keys.iter().map(move |key| (u64::from(*key) << 32) | card as u64))
        .collect();
    keyed.par_sort_unstable();
    let blocks: Vec<&[u64]> = keyed
        .chunk_by(|a, b| half(*a) == half(*b))
        .filter(|block| block.len() > 1 && block.len() <= effort.most)
        .collect();
    let near = |(left, right): &(u32, u32)| cards[*left as usize].near(&cards[*right as usize]);
    let mut pairs: Vec<(u32, u32)> = blocks.into_par_iter().flat_map_iter(|block| paired(block).filter(near)).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

fn paired(block: &[u64]) -> impl Iterator<Item = (u32, u32)> {
    let card = |entry: u64| u32::try_from(entry & u64::from(u32::MAX)).unwrap_or_default();
    let ahead = block.iter().enumerate();
    ahead.flat_map(move |(index, left)| block[index + 1..].iter().map(move |right| (card(*left), card(*right))))
}
