//! Which cards are worth comparing: those that share a pair of rare words on their fronts, or a rare word of the
//! answer with a rare word of the front, also with front and back exchanged. Cards of one key are a block.

use rayon::iter::ParallelIterator;
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use super::corpus::{ANSWER, ASK, Corpus, Lists, Words};
use super::text::mix;

/// How far to search: more finds more and takes longer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// How many of a front's rarest words are paired.
    pub rarest: usize,
    /// A word of so few cards is a key by itself.
    pub single: u32,
    /// The most cards that a key may gather.
    pub most: usize,
    /// The most candidates of a card.
    pub best: usize,
    /// The least log odds, told roughly by words alone, of a pair that is weighed.
    pub least: f32,
    /// Whether parts of one statement are wanted though they are no duplicates.
    pub related: bool,
    /// Whether pairs are wanted only where the answers are so alike that nothing may speak for a difference.
    pub plain: bool,
}

impl Effort {
    /// The effort for a place between 0, the cheapest, and 1, the most thorough.
    pub fn of(dial: f64) -> Effort {
        let (rarest, single, most, best, least) = match dial {
            d if d < 0.2 => (4, 20, 40, 6, -1.0),
            d if d < 0.5 => (5, 30, 50, 8, -1.5),
            d if d < 0.8 => (6, 50, 50, 10, -1.5),
            _ => (8, 50, 120, 20, -2.0),
        };
        Effort { rarest, single, most, best, least, related: false, plain: false }
    }
}

/// A word of answers that more cards have leads to too many of them.
const COMMON: u32 = 400;

/// How many rare words of the front are paired with a word of the answer, and of how many words.
const WITH_ANSWER: (usize, usize) = (3, 2);

/// Bits of a key by which it is found in an index.
pub(super) const DIRECTORY: u32 = 16;

/// The keys of a card, some of them perhaps twice; those of a single word are odd.
pub fn keys(card: &[u32], (words, first_shared): (&Words, u32), effort: Effort, out: &mut Vec<u32>) {
    // Words of one card alone cannot be shared; they stand in front.
    let shared = &card[card.partition_point(|item| item >> 2 < first_shared)..];
    let of = |mark: u32| shared.iter().filter(move |item| *item & mark != 0).map(|item| item >> 2);
    let mut asked = [0; MOST_RAREST];
    let mut count = 0;
    for (slot, word) in asked.iter_mut().zip(of(ASK).take(effort.rarest)) {
        *slot = word;
        count += 1;
    }
    let asked = &asked[..count];
    for (index, word) in asked.iter().enumerate() {
        if words.counts[*word as usize] <= effort.single {
            out.push(key(1, *word, 0));
        } else {
            out.extend(asked[index + 1..].iter().map(|other| key(2, *word, *other)));
        }
    }
    if let [word] = asked {
        out.push(key(1, *word, 0));
    }
    // A key of both sides has no order, so that a card and its reverse share it.
    for answer in of(ANSWER).take(WITH_ANSWER.1).filter(|word| words.counts[*word as usize] <= COMMON) {
        out.extend(asked.iter().take(WITH_ANSWER.0).map(|word| key(3, answer, *word)));
    }
}

/// The most words of a front that are paired.
const MOST_RAREST: usize = 8;

fn key(kind: u64, a: u32, b: u32) -> u32 {
    let (a, b) = (u64::from(a.min(b)), u64::from(a.max(b)));
    half(mix(mix(a << 2 | kind).wrapping_add(b))) & !1 | u32::from(kind == 1)
}

/// The upper half of a number.
fn half(number: u64) -> u32 {
    u32::try_from(number >> 32).unwrap_or_default()
}

/// The lower half of a number.
fn low(number: u64) -> u32 {
    u32::try_from(number & u64::from(u32::MAX)).unwrap_or_default()
}

/// The blocks of a deck: keys that at least `fewest` cards have and no more than the effort allows.
#[derive(Debug, Clone, Default)]
pub struct Blocks {
    /// The keys, ascending.
    pub keys: Vec<u32>,
    /// The cards of each key.
    pub cards: Lists,
}

impl Blocks {
    /// Gathers the cards of each key.
    ///
    /// Keys are gathered by their first bits, some at a time, so that not all of them are in memory at once.
    pub fn of(corpus: &Corpus, effort: Effort, fewest: usize) -> Blocks {
        let mut out = Blocks::default();
        out.cards.starts.push(0);
        let rounds = (corpus.len() / ROUND).max(1).next_power_of_two().min(256);
        let shift = 32 - rounds.trailing_zeros();
        for round in 0..rounds {
            let first_shared = corpus.words.first_shared();
            let mut keyed = keyed(corpus, effort, first_shared, |key| u64::from(key) >> shift == round as u64);
            keyed.par_sort_unstable();
            keyed.dedup();
            for block in keyed.chunk_by(|a, b| half(*a) == half(*b)) {
                if (fewest..=effort.most).contains(&block.len()) {
                    out.keys.push(half(block[0]));
                    out.cards.items.extend(block.iter().map(|entry| low(*entry)));
                    out.cards.starts.push(u32::try_from(out.cards.items.len()).unwrap_or(u32::MAX));
                }
            }
        }
        out
    }
}

/// The way from each card to those behind it in its blocks.
#[derive(Debug, Default)]
pub struct Ways {
    /// The cards of all blocks, one behind the other; the last of each is marked with [`LAST`].
    cards: Vec<u32>,
    /// For each card where it stands in `cards`, in small blocks first; where its key is a single word, with [`LAST`].
    ways: Lists,
}

/// A mark in the highest bit.
const LAST: u32 = 1 << 31;

impl Ways {
    /// The ways through blocks of so many cards.
    pub fn of(blocks: Blocks, count: usize) -> Ways {
        let (mut cards, starts) = (blocks.cards.items, blocks.cards.starts);
        let mut first = vec![0_u32; count + 1];
        for end in &starts[1..] {
            cards[*end as usize - 1] |= LAST;
        }
        for card in cards.iter().filter(|card| **card & LAST == 0) {
            first[*card as usize + 1] += 1;
        }
        for place in 0..count {
            first[place + 1] += first[place];
        }
        let mut next = first.clone();
        let mut items = vec![0; first[count] as usize];
        let size = |block: &usize| starts[*block + 1] - starts[*block];
        let mut order: Vec<usize> = (0..blocks.keys.len()).collect();
        order.par_sort_by_key(size);
        for block in order {
            let single = if blocks.keys[block] & 1 == 1 { LAST } else { 0 };
            // From the last card of a block no way leads on.
            for at in starts[block]..starts[block + 1] - 1 {
                let place = &mut next[cards[at as usize] as usize];
                items[*place as usize] = at | single;
                *place += 1;
            }
        }
        Ways { cards, ways: Lists { starts: first, items } }
    }

    /// Calls a function for each card behind this one in each of its blocks, with what the block's key counts.
    pub fn follow(&self, card: u32, mut found: impl FnMut(u32, u32)) {
        let mut looks = 0;
        for way in self.ways.get(card as usize) {
            if looks >= LOOKS {
                break;
            }
            let worth = if way & LAST != 0 { SINGLE } else { 1 };
            for other in &self.cards[(way & !LAST) as usize + 1..] {
                found(other & !LAST, worth);
                looks += 1;
                if other & LAST != 0 {
                    break;
                }
            }
        }
    }
}

/// After so many cards, the large blocks are left out.
const LOOKS: usize = 200;

/// A key of a single word stands for several pairs.
const SINGLE: u32 = 3;

/// The place of a key in the directory.
pub fn directory_place(key: u32) -> usize {
    (key >> (32 - DIRECTORY)) as usize
}

/// How many cards' keys are gathered in one go.
const ROUND: usize = 1 << 18;

/// Keys that are wanted, each with its card in one number, so that sorting brings together the cards of a key.
pub(super) fn keyed(
    corpus: &Corpus,
    effort: Effort,
    first_shared: u32,
    wanted: impl Fn(u32) -> bool + Sync,
) -> Vec<u64> {
    let places: Vec<u32> = (0..u32::try_from(corpus.len()).unwrap_or(u32::MAX)).collect();
    let of = |some: &[u32]| {
        let (mut out, mut own) = (Vec::new(), Vec::new());
        for card in some {
            own.clear();
            keys(corpus.cards.get(*card as usize), (&corpus.words, first_shared), effort, &mut own);
            let wanted = own.iter().filter(|key| wanted(**key));
            out.extend(wanted.map(|key| u64::from(*key) << 32 | u64::from(*card)));
        }
        out
    };
    let parts: Vec<Vec<u64>> = places.par_chunks(1 << 14).map(of).collect();
    let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    for part in parts {
        all.extend(part);
    }
    all
}
