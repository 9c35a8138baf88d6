//! Which of the cards that changed are which: pairs worth weighing are found by place and by rare words, weighed,
//! and the best pairing of all is taken, the surest first, since each that is known tells more of its neighbours.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::assign::{self, Edge};
use super::sketch::{ByStem, Counts, Sketch};
use super::weigh::{DOUBTFUL, Near, Weighed, weigh};

/// A card of either build as it is looked for.
#[derive(Debug)]
pub(super) struct Sought<'a> {
    /// Its place among all cards of its build.
    pub(super) place: usize,
    /// Its words.
    pub(super) sketch: Sketch,
    /// Its note, by number; notes of both builds that are one have one number.
    pub(super) file: usize,
    /// The headings above it.
    pub(super) trail: &'a str,
    /// The rule that made it.
    pub(super) rule: &'a str,
    /// The pair of cards before it in its note that is known, by its later card.
    pub(super) before: Option<usize>,
    /// The pair behind it.
    pub(super) behind: Option<usize>,
}

/// All cards of a build, in order: the number of each one's note, and the pair it is in, by its later card.
#[derive(Debug, Default)]
pub(super) struct Build {
    /// The numbers of the notes.
    pub(super) files: Vec<usize>,
    /// The pairs.
    pub(super) pairs: Vec<Option<usize>>,
}

/// How cards found each other.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Places of an earlier and a later card that are one.
    pub(super) same: Vec<(usize, usize)>,
    /// Those that may be.
    pub(super) asked: Vec<(usize, usize)>,
    /// The earlier cards of which nothing changed but a term that was replaced throughout.
    pub(super) renamed: Vec<usize>,
}

/// How far from its own place among the changed cards of a note a card is looked for.
const REACH: usize = 4;

/// Notes with so few changed cards have all of them compared.
const SMALL: usize = 12;

/// How many of a card's rarest words lead to others.
const RAREST: usize = 5;

/// A word of so many cards leads nowhere.
const COMMON: usize = 24;

/// An exchange of words that so many cards share was made throughout.
const THROUGHOUT: u32 = 3;

/// Cards that could be one, and what was found so far.
pub(super) struct Search<'a> {
    olds: Vec<Sought<'a>>,
    news: Vec<Sought<'a>>,
    taken_old: Vec<bool>,
    taken_new: Vec<bool>,
    /// Exchanges of words that were made throughout.
    known: BTreeSet<u64>,
    found: Found,
    counts: Counts,
    builds: [Build; 2],
}

impl<'a> Search<'a> {
    /// The cards of the earlier and the later of two builds that were not known again, ascending by place; `others`
    /// are some more of the earlier ones, which tell what words are common.
    pub(super) fn new(builds: [Build; 2], sought: [Vec<Sought<'a>>; 2], others: &[Sketch]) -> Self {
        let [mut olds, mut news] = sought;
        let mut counts = Counts::default();
        for (side, cards) in [&olds, &news].into_iter().enumerate() {
            for card in cards {
                counts.add(&card.sketch, side);
            }
        }
        for sketch in others {
            counts.add(sketch, 0);
            counts.add(sketch, 1);
        }
        for card in olds.iter_mut().chain(&mut news) {
            card.sketch.weigh(&counts);
        }
        let (taken_old, taken_new) = (vec![false; olds.len()], vec![false; news.len()]);
        let (known, found) = (BTreeSet::new(), Found::default());
        Search { olds, news, taken_old, taken_new, known, found, counts, builds }
    }

    /// Finds what can be found; pairs need log odds of at least `least`.
    pub(super) fn run(mut self, least: f32) -> Found {
        self.follow();
        let local = self.local();
        self.learn(&local);
        self.same_question(least);
        self.settle(local, least + 1.5);
        self.follow();
        let mut pairs = self.local();
        pairs.extend(self.by_words());
        self.settle(pairs.clone(), least);
        self.ask(pairs, least);
        let renamed = |(old, new): &&(usize, usize)| {
            self.weighed(*old, *new).exchange.is_some_and(|exchange| self.known.contains(&exchange))
        };
        let renamed = if self.known.is_empty() { Vec::new() } else { self.found.same.iter().filter(renamed).collect() };
        self.found.renamed = renamed.into_iter().map(|(old, _)| self.olds[*old].place).collect();
        self.found.same = self.found.same.iter().map(|(o, n)| (self.olds[*o].place, self.news[*n].place)).collect();
        self.found.asked = self.found.asked.iter().map(|(o, n)| (self.olds[*o].place, self.news[*n].place)).collect();
        self.found
    }

    fn near(&self, old: usize, new: usize) -> Near {
        let (old, new) = (&self.olds[old], &self.news[new]);
        let file = old.file == new.file;
        Near {
            before: file && old.before == new.before,
            behind: file && old.behind == new.behind,
            file,
            trail: old.trail == new.trail,
            rule: old.rule == new.rule,
        }
    }

    fn weighed(&self, old: usize, new: usize) -> Weighed {
        let known = |exchange: u64| self.known.contains(&exchange);
        weigh(&self.olds[old].sketch, &self.news[new].sketch, self.near(old, new), &known)
    }

    fn take(&mut self, old: usize, new: usize) {
        self.taken_old[old] = true;
        self.taken_new[new] = true;
        self.found.same.push((old, new));
    }

    /// Cards of one note that ask the same, and no other does.
    fn same_question(&mut self, least: f32) {
        let mut by_ask: ByStem<[(usize, u32); 2]> = ByStem::default();
        let key = |card: &Sought| card.sketch.ask.key ^ crate::dedupe::text::mix(card.file as u64 ^ 1 << 40);
        for (side, cards) in [&self.olds, &self.news].into_iter().enumerate() {
            for (index, card) in cards.iter().enumerate().filter(|(_, card)| !card.sketch.ask.words.is_empty()) {
                let slot = &mut by_ask.entry(key(card)).or_default()[side];
                *slot = (index, slot.1 + 1);
            }
        }
        for new in 0..self.news.len() {
            let Some([(old, 1), (same, 1)]) = by_ask.get(&key(&self.news[new])).copied() else { continue };
            if same == new && self.weighed(old, new).odds >= least {
                self.take(old, new);
            }
        }
    }

    /// Pairs of one note that stand near each other.
    fn local(&self) -> Vec<(usize, usize)> {
        let mut notes: BTreeMap<usize, [Vec<usize>; 2]> = BTreeMap::new();
        for old in (0..self.olds.len()).filter(|old| !self.taken_old[*old]) {
            notes.entry(self.olds[old].file).or_default()[0].push(old);
        }
        for new in (0..self.news.len()).filter(|new| !self.taken_new[*new]) {
            notes.entry(self.news[new].file).or_default()[1].push(new);
        }
        let mut out = Vec::new();
        for [olds, news] in notes.values() {
            for (rank, new) in news.iter().enumerate() {
                let all = olds.len() <= SMALL && news.len() <= SMALL;
                let own = rank * olds.len() / news.len().max(1);
                let range =
                    if all { 0..olds.len() } else { own.saturating_sub(REACH)..(own + REACH + 1).min(olds.len()) };
                out.extend(olds[range].iter().map(|old| (*old, *new)));
            }
        }
        out
    }

    /// Pairs of any notes that share rare words.
    fn by_words(&self) -> Vec<(usize, usize)> {
        let mut homes: ByStem<Vec<usize>> = ByStem::default();
        for (index, old) in self.olds.iter().enumerate().filter(|(index, _)| !self.taken_old[*index]) {
            for stem in self.rarest(&old.sketch) {
                homes.entry(stem).or_default().push(index);
            }
        }
        let open: Vec<usize> = (0..self.news.len()).filter(|new| !self.taken_new[*new]).collect();
        let pairs = |new: &usize| {
            let stems = self.rarest(&self.news[*new].sketch).into_iter();
            let homes = stems.filter_map(|stem| homes.get(&stem)).filter(|home| home.len() <= COMMON);
            let mut olds: Vec<usize> = homes.flatten().copied().collect();
            olds.sort_unstable();
            olds.dedup();
            olds.into_iter().map(|old| (old, *new)).collect::<Vec<_>>()
        };
        open.par_iter().map(pairs).collect::<Vec<_>>().into_iter().flatten().collect()
    }

    /// The rarest words of a card that others may have.
    fn rarest(&self, sketch: &Sketch) -> Vec<u64> {
        let words = sketch.ask.words.iter().chain(&sketch.answer.words).filter(|word| word.class.is_none());
        let mut ranked: Vec<(u32, u64)> = words.map(|word| (self.counts.count(word.stem), word.stem)).collect();
        ranked.sort_unstable();
        ranked.dedup();
        ranked.into_iter().take(RAREST * 2).map(|(_, stem)| stem).collect()
    }

    /// Learns which exchanges of words were made throughout.
    fn learn(&mut self, pairs: &[(usize, usize)]) {
        let weighed: Vec<Weighed> = pairs.par_iter().map(|(old, new)| self.weighed(*old, *new)).collect();
        let mut best: BTreeMap<usize, (f32, Option<u64>)> = BTreeMap::new();
        for ((_, new), weighed) in pairs.iter().zip(&weighed) {
            let known = best.entry(*new).or_insert((f32::MIN, None));
            if weighed.odds > known.0 {
                *known = (weighed.odds, weighed.exchange);
            }
        }
        let mut counted: BTreeMap<u64, u32> = BTreeMap::new();
        for exchange in best.values().filter_map(|(odds, exchange)| exchange.filter(|_| *odds > -2.0)) {
            *counted.entry(exchange).or_default() += 1;
        }
        self.known =
            counted.into_iter().filter(|(_, count)| *count >= THROUGHOUT).map(|(exchange, _)| exchange).collect();
    }

    fn edges(&self, mut pairs: Vec<(usize, usize)>) -> Vec<Edge> {
        pairs.retain(|(old, new)| !self.taken_old[*old] && !self.taken_new[*new]);
        pairs.sort_unstable();
        pairs.dedup();
        let edge = |(old, new): &(usize, usize)| Edge { old: *old, new: *new, odds: self.weighed(*old, *new).odds };
        pairs.par_iter().map(edge).filter(|edge| edge.odds > 0.0).collect()
    }

    /// Takes the pairs that are sure, with odds of at least `least`.
    fn settle(&mut self, pairs: Vec<(usize, usize)>, least: f32) {
        for pair in assign::best(self.edges(pairs)).into_iter().filter(|pair| pair.sure && pair.edge.odds >= least) {
            self.take(pair.edge.old, pair.edge.new);
        }
    }

    /// Tells each card which of its neighbours are known by now.
    fn follow(&mut self) {
        for (old, new) in &self.found.same {
            let (old, new) = (self.olds[*old].place, self.news[*new].place);
            self.builds[0].pairs[old] = Some(new);
            self.builds[1].pairs[new] = Some(new);
        }
        refresh(&mut self.olds, &self.builds[0]);
        refresh(&mut self.news, &self.builds[1]);
    }

    /// What is left and may be one: a question for the author, where nothing else could be meant.
    fn ask(&mut self, pairs: Vec<(usize, usize)>, least: f32) {
        let edges = self.edges(pairs).into_iter().filter(|edge| edge.odds >= DOUBTFUL).collect();
        for Edge { old, new, odds } in assign::best(edges).iter().map(|pair| pair.edge) {
            // Of cards that were merged or split one takes the history, or none; there is nothing to ask.
            match (self.weighed(old, new).held, odds >= least) {
                (true, true) => self.take(old, new),
                (true, false) => {}
                (false, _) => self.found.asked.push((old, new)),
            }
        }
    }
}

/// Gives cards the nearest neighbours in their note that are known.
fn refresh(cards: &mut [Sought], build: &Build) {
    let mut sought = cards.iter_mut().peekable();
    let (mut file, mut last) = (None, None);
    for (place, (own, pair)) in build.files.iter().zip(&build.pairs).enumerate() {
        if file != Some(*own) {
            (file, last) = (Some(*own), None);
        }
        if let Some(card) = sought.next_if(|card| card.place == place) {
            card.before = last;
        }
        last = pair.or(last);
    }
    let mut sought = cards.iter_mut().rev().peekable();
    let (mut file, mut last) = (None, None);
    for (place, (own, pair)) in build.files.iter().zip(&build.pairs).enumerate().rev() {
        if file != Some(*own) {
            (file, last) = (Some(*own), None);
        }
        if let Some(card) = sought.next_if(|card| card.place == place) {
            card.behind = last;
        }
        last = pair.or(last);
    }
}
