//! Which pairs of changed cards are worth weighing: those that stand near each other in their note and those that
//! share rare words, less those that share clearly less than each of the two shares with some other card.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::similar::Sought;
use super::sketch::{ByStem, Counts, Sketch};
use super::weigh::overlap;

/// How far from its own place among the changed cards of a note a card is looked for.
const REACH: usize = 4;

/// Notes with so few changed cards have all of them compared.
const SMALL: usize = 12;

/// How many of a card's rarest words lead to others.
const RAREST: usize = 10;

/// A word of so many cards leads nowhere.
const COMMON: usize = 24;

/// So many of those that share rare words are looked at, the ones that share most.
const MOST: usize = 6;

/// A pair that shares less than this part of what each of the two shares with some other card is none.
const PART: f32 = 0.5;

/// Of cards with some words, two that share less than this part of them all are not one.
const LEAST: f32 = 0.2;

/// So many words are some.
const SOME: usize = 8;

/// An earlier and a later card, by their places among those that changed.
pub(super) type Pair = (usize, usize);

/// Pairs of one note that stand near each other; `open` are the places of earlier and later cards that are looked for.
pub(super) fn local([olds, news]: [&[Sought]; 2], open: [&[usize]; 2]) -> Vec<Pair> {
    let mut notes: BTreeMap<usize, [Vec<usize>; 2]> = BTreeMap::new();
    for old in open[0] {
        notes.entry(olds[*old].file).or_default()[0].push(*old);
    }
    for new in open[1] {
        notes.entry(news[*new].file).or_default()[1].push(*new);
    }
    let mut out = Vec::new();
    for [olds, news] in notes.values() {
        let all = olds.len() <= SMALL && news.len() <= SMALL;
        for (rank, new) in news.iter().enumerate() {
            let own = rank * olds.len() / news.len().max(1);
            let near = own.saturating_sub(REACH)..(own + REACH + 1).min(olds.len());
            out.extend(olds[if all { 0..olds.len() } else { near }].iter().map(|old| (*old, *new)));
        }
    }
    out
}

/// Pairs of any notes that share rare words.
pub(super) fn by_words([olds_of, news]: [&[Sought]; 2], open: [&[usize]; 2], counts: &Counts) -> Vec<Pair> {
    let mut homes: ByStem<Vec<usize>> = ByStem::default();
    for old in open[0] {
        for stem in rarest(&olds_of[*old].sketch, counts) {
            homes.entry(stem).or_default().push(*old);
        }
    }
    let pairs = |new: &usize| {
        let stems = rarest(&news[*new].sketch, counts).into_iter();
        let homes = stems.filter_map(|stem| homes.get(&stem)).filter(|home| home.len() <= COMMON);
        let mut olds: Vec<usize> = homes.flatten().copied().collect();
        olds.sort_unstable();
        olds.dedup();
        let shared = |old: usize| overlap(&olds_of[old].sketch, &news[*new].sketch);
        let mut ranked: Vec<(f32, usize)> = olds.into_iter().map(|old| (shared(old), old)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.into_iter().take(MOST).map(|(_, old)| (old, *new)).collect::<Vec<_>>()
    };
    open[1].par_iter().map(pairs).collect::<Vec<_>>().into_iter().flatten().collect()
}

/// The rarest words of a card that others may have.
fn rarest(sketch: &Sketch, counts: &Counts) -> Vec<u64> {
    let words = sketch.ask.words.iter().chain(&sketch.answer.words).filter(|word| word.class.is_none());
    let mut ranked: Vec<(u32, u64)> = words.map(|word| (counts.count(word.stem), word.stem)).collect();
    ranked.sort_unstable();
    ranked.dedup();
    ranked.into_iter().take(RAREST).map(|(_, stem)| stem).collect()
}

/// Leaves out pairs that cannot be; with each that stays goes how much it shares.
pub(super) fn sifted([olds, news]: [&[Sought]; 2], pairs: &[Pair]) -> Vec<(Pair, f32)> {
    let shared = |(old, new): &Pair| overlap(&olds[*old].sketch, &news[*new].sketch);
    let shared: Vec<f32> = pairs.par_iter().map(shared).collect();
    let (mut of_old, mut of_new) = (vec![0.0_f32; olds.len()], vec![0.0_f32; news.len()]);
    for ((old, new), shared) in pairs.iter().zip(&shared) {
        of_old[*old] = of_old[*old].max(*shared);
        of_new[*new] = of_new[*new].max(*shared);
    }
    let may_be = |((old, new), shared): &(&Pair, &f32)| {
        let (x, y) = (&olds[*old].sketch, &news[*new].sketch);
        let long = x.all.len().min(y.all.len()) >= SOME;
        let both = x.ask.total + x.answer.total + y.ask.total + y.answer.total;
        **shared >= PART * of_old[*old].min(of_new[*new]) && (!long || 2.0 * **shared >= LEAST * both)
    };
    pairs.iter().zip(&shared).filter(may_be).map(|(pair, shared)| (*pair, *shared)).collect()
}
