//! The search for alike cards in a deck: of the cards that share a key, the best few, told roughly by their words.

use std::cmp::Ordering;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::block::{Blocks, Effort, Ways};
use super::compare::share;
use super::corpus::{ANSWER, ASK, Corpus};
#[cfg(doc)]
use super::measured::Measured;
use super::measured::{PLAIN, rough};

/// The weights of a card's words together, and the length of its words as a vector: front, answer and whole.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    /// Weights together.
    pub total: [f32; 3],
    /// Lengths.
    pub norm: [f32; 3],
}

impl Sums {
    /// The sums of a card.
    pub fn of(card: &[u32], weights: &[f32]) -> Sums {
        let (mut total, mut square) = ([0.0; 3], [0.0; 3]);
        for item in card {
            let weight = weights[(item >> 2) as usize];
            for (side, has) in [item & ASK != 0, item & ANSWER != 0, true].into_iter().enumerate() {
                if has {
                    total[side] += weight;
                    square[side] += weight * weight;
                }
            }
        }
        Sums { total, norm: square.map(f32::sqrt) }
    }
}

/// What two cards share, told by their words alone.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Shared {
    /// How alike fronts, answers and wholes are as vectors.
    pub cosine: [f32; 3],
    /// How much of the lighter front, answer and whole the other holds.
    pub held: [f32; 3],
    /// The rarest word of both fronts.
    pub rarest: f32,
    /// The rarest word of each front that the other lacks; the lesser of both.
    pub alone: f32,
    /// How much of each answer the other's front holds; the lesser of both.
    pub crosswise: f32,
    /// Whether neither card has an answer.
    pub unanswered: bool,
}

impl Shared {
    /// Merges the words of two cards.
    pub fn of((a, left): (&[u32], &Sums), (b, right): (&[u32], &Sums), weights: &[f32]) -> Shared {
        let (mut at, mut other) = (0, 0);
        let (mut sum, mut dot, mut across, mut rarest) = ([0.0; 3], [0.0; 3], [0.0; 2], 0.0_f32);
        // Which of the first 64 words are on both fronts.
        let mut met = [0_u64; 2];
        while at < a.len() && other < b.len() {
            let words = (a[at] >> 2, b[other] >> 2);
            if words.0 == words.1 {
                let (weight, marks) = (weights[words.0 as usize], a[at] & b[other]);
                let square = weight * weight;
                sum[2] += weight;
                dot[2] += square;
                if marks & ASK != 0 {
                    sum[0] += weight;
                    dot[0] += square;
                    rarest = rarest.max(weight);
                    met = [met[0] | bit(at), met[1] | bit(other)];
                }
                if marks & ANSWER != 0 {
                    sum[1] += weight;
                    dot[1] += square;
                }
                if (a[at] | b[other]) & (ASK | ANSWER) == ASK | ANSWER {
                    across[0] += if a[at] & ANSWER != 0 && b[other] & ASK != 0 { weight } else { 0.0 };
                    across[1] += if b[other] & ANSWER != 0 && a[at] & ASK != 0 { weight } else { 0.0 };
                }
            }
            at += usize::from(words.0 <= words.1);
            other += usize::from(words.1 <= words.0);
        }
        let alone = [(a, met[0]), (b, met[1])].map(|(card, met)| first_alone(card, met, weights));
        let each = |f: &dyn Fn(usize) -> f32| [f(0), f(1), f(2)];
        Shared {
            cosine: each(&|side| share(dot[side], left.norm[side] * right.norm[side])),
            held: each(&|side| share(sum[side], left.total[side].min(right.total[side]))),
            rarest,
            alone: alone[0].min(alone[1]),
            crosswise: share(across[0], left.total[1]).min(share(across[1], right.total[1])),
            unanswered: left.total[1] + right.total[1] == 0.0,
        }
    }

    /// Whether the answers are alike enough that nothing may speak for a difference; see [`Measured::is_plain`].
    fn may_be_plain(&self) -> bool {
        // Letters may be alike in full, so that words need be only half of it; rounding is allowed for.
        self.unanswered || self.cosine[1] >= 2.0 * PLAIN - 1.0 - 0.01
    }

    /// Whether each may ask for what the other tells, or both may ask the same and answer differently.
    fn is_telling(&self) -> bool {
        self.crosswise >= 0.7 || self.cosine[0] >= 0.8 && self.alone < 0.35
    }
}

/// The bit of a place; none behind the 64th.
fn bit(place: usize) -> u64 {
    1_u64.checked_shl(u32::try_from(place).unwrap_or(u32::MAX)).unwrap_or_default()
}

/// The weight of the rarest word that a front has alone; words come rarest first.
fn first_alone(card: &[u32], met: u64, weights: &[f32]) -> f32 {
    let alone = card.iter().take(64).enumerate().find(|(place, item)| **item & ASK != 0 && met & bit(*place) == 0);
    alone.map_or(0.0, |(_, item)| weights[(item >> 2) as usize])
}

/// A candidate: its place, its rough log odds, and whether it is worth weighing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The place of the card in the corpus.
    pub card: u32,
    /// The log odds, told roughly.
    pub odds: f32,
    /// Whether the pair should be weighed.
    pub weigh: bool,
}

/// Searches one deck.
#[derive(Debug)]
pub struct Search<'a> {
    corpus: &'a Corpus,
    effort: Effort,
    generic: Vec<bool>,
    sums: Vec<Sums>,
    ways: Ways,
    scale: f32,
}

/// What a worker remembers from card to card.
#[derive(Debug, Default)]
struct Seen {
    /// How many cards were looked at.
    turn: u32,
    /// For each card in which turn it was last seen, and where it stands in `met`.
    stamps: Vec<(u32, u32)>,
    /// Cards that share keys with the present one, and what those count.
    met: Vec<(u32, u32)>,
    found: Vec<Candidate>,
}

/// The pairs of a deck that are worth weighing.
#[derive(Debug, Default)]
pub struct Pairs {
    /// The places of both cards in the corpus, ascending, each pair once.
    pub pairs: Vec<(u32, u32)>,
    /// How many pairs were met.
    pub candidates: usize,
}

/// For each candidate that is wanted so many cards are looked at.
const LOOKS: usize = 2;

impl<'a> Search<'a> {
    /// Prepares a search; `common` are the hashes of answers that many cards have, ascending.
    pub fn new(corpus: &'a Corpus, common: &[u64], scale: f32, effort: Effort) -> Search<'a> {
        let ways = Ways::of(Blocks::of(corpus, effort, 2), corpus.len());
        let sums =
            (0..corpus.len()).into_par_iter().map(|card| Sums::of(corpus.cards.get(card), &corpus.words.weights));
        let generic = corpus.answers.par_iter().map(|answer| common.binary_search(answer).is_ok()).collect();
        Search { corpus, effort, generic, sums: sums.collect(), ways, scale }
    }

    /// All pairs that are worth weighing.
    pub fn pairs(&self) -> Pairs {
        let count = u32::try_from(self.corpus.len()).unwrap_or(u32::MAX);
        let search = |(mut out, mut seen): (Pairs, Seen), card: u32| {
            let found = self.best(card, &mut seen);
            out.candidates += found.len();
            out.pairs.extend(found.iter().filter(|found| found.weigh).map(|found| (card, found.card)));
            (out, seen)
        };
        let parts: Vec<(Pairs, Seen)> =
            (0..count).into_par_iter().with_min_len(4096).fold(Default::default, search).collect();
        let mut out = Pairs::default();
        for (part, _) in parts {
            out.candidates += part.candidates;
            out.pairs.extend(part.pairs);
        }
        out.pairs.par_sort_unstable();
        out
    }

    /// How many of these pairs of places in the deck the search meets.
    pub fn meets(&self, wanted: &[(usize, usize)]) -> usize {
        let mut of_place = vec![0; self.corpus.len()];
        for (card, place) in (0_u32..).zip(&self.corpus.places) {
            of_place[*place as usize] = card;
        }
        let mut seen = Seen::default();
        let met = wanted.iter().filter(|(a, b)| {
            let (a, b) = (of_place[*a], of_place[*b]);
            self.best(a.min(b), &mut seen).iter().any(|found| found.card == a.max(b))
        });
        met.count()
    }

    /// The best candidates of a card among those behind it: first by the keys that they share, then by their words.
    fn best<'s>(&self, card: u32, seen: &'s mut Seen) -> &'s [Candidate] {
        let Seen { turn, stamps, met, found } = seen;
        *turn += 1;
        stamps.resize(self.corpus.len(), (0, 0));
        met.clear();
        self.ways.follow(card, |other, worth| {
            let stamp = &mut stamps[other as usize];
            if stamp.0 == *turn {
                met[stamp.1 as usize].1 += worth;
            } else {
                *stamp = (*turn, u32::try_from(met.len()).unwrap_or(u32::MAX));
                met.push((other, worth));
            }
        });
        most(met, self.effort.best * LOOKS, |x, y| y.1.cmp(&x.1).then(x.0.cmp(&y.0)));
        found.clear();
        found.extend(met.iter().filter_map(|(other, _)| self.candidate(card, *other)));
        most(found, self.effort.best, |x, y| y.odds.total_cmp(&x.odds).then(x.card.cmp(&y.card)));
        found
    }

    fn candidate(&self, card: u32, other: u32) -> Option<Candidate> {
        let (a, b) = (card as usize, other as usize);
        let list = |place: usize| (self.corpus.cards.get(place), &self.sums[place]);
        let shared = Shared::of(list(a), list(b), &self.corpus.words.weights);
        let (odds, weigh) = judged(&shared, self.scale, self.generic[a] && self.generic[b], self.effort)?;
        Some(Candidate { card: other, odds, weigh })
    }
}

/// Leaves only the first few by an order.
fn most<T>(of: &mut Vec<T>, count: usize, order: impl FnMut(&T, &T) -> Ordering) {
    if of.len() > count {
        of.select_nth_unstable_by(count, order);
        of.truncate(count);
    }
}

/// The least that a card must share with another to be a candidate.
const HELD: f32 = 0.25;

/// The rough log odds of a pair, and whether it is worth weighing; nothing if the cards share too little.
pub fn judged(shared: &Shared, scale: f32, generic: bool, effort: Effort) -> Option<(f32, bool)> {
    let odds = rough(shared, scale, generic);
    let telling = shared.is_telling() || effort.related && shared.cosine[2] >= 0.8;
    let weigh = telling || odds >= effort.least;
    let wanted = !effort.plain || !generic && shared.may_be_plain();
    (shared.held[0] >= HELD || weigh).then_some((odds, weigh && wanted))
}
