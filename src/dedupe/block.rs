//! Which cards are worth comparing: those that share a pair of rare words on their fronts, or a rare word of the
//! answer with a rare word of the front, also with front and back exchanged.

use std::cmp::Ordering;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

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

/// The little of a card that a search holds in memory.
#[derive(Debug)]
pub struct Outline {
    /// The card's words by hash, ascending, with weights.
    bag: Box<[(u32, f32)]>,
    /// The length of the bag as a vector.
    norm: f32,
    /// The keys of the blocks that the card is in.
    keys: Box<[u32]>,
}

impl Outline {
    /// The outline of a card.
    pub fn of(face: &Face, lexicon: &Lexicon, effort: Effort) -> Outline {
        // Words of one card alone cannot be shared.
        let ranked = |text: &str| {
            let counted = lexicon.bag(text).into_iter().map(|(stem, _)| (lexicon.count(stem), stem));
            let mut words: Vec<(u32, u64)> = counted.filter(|(count, _)| *count > 1).collect();
            words.sort_unstable();
            words.truncate(12);
            words
        };
        let rare = Rare { ask: ranked(&face.ask), answer: ranked(&face.answer) };
        // Stems ascend by hash, and so do the halves of their hashes.
        let bag: Box<[(u32, f32)]> = lexicon.bag(&face.full).into_iter().map(|(stem, w)| (half(stem), w)).collect();
        let norm = bag.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        Outline { bag, norm, keys: rare.keys(effort).into_iter().map(half).collect() }
    }

    /// Whether two cards have so much in common that they are worth weighing.
    fn near(&self, other: &Outline) -> bool {
        let (a, b) = (&self.bag, &other.bag);
        let (mut i, mut j, mut dot) = (0, 0, 0.0);
        while i < a.len() && j < b.len() {
            match a[i].0.cmp(&b[j].0) {
                Ordering::Less => i += 1,
                Ordering::Greater => j += 1,
                Ordering::Equal => {
                    dot += a[i].1 * b[j].1;
                    i += 1;
                    j += 1;
                }
            }
        }
        dot >= NEAR * self.norm * other.norm
    }
}

/// The least that the words of two cards have in common where the cards are weighed.
const NEAR: f32 = 0.3;

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
