//! Which of the cards that changed are which: pairs worth weighing are found by place and by rare words, weighed,
//! and the best pairing of all is taken, the surest first, since each that is known tells more of its neighbours.

use std::collections::BTreeSet;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::assign::{self, Edge};
use super::candidates::{self, Pair};
use super::half;
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
    /// The exchanges of words that were made throughout.
    pub(super) throughout: BTreeSet<u64>,
    /// The later cards that are still open, by their places, with their sketches.
    pub(super) left: Vec<(usize, Sketch)>,
}

/// An exchange of words that so many cards share was made throughout.
const THROUGHOUT: u32 = 3;

/// Two cards are foremost to each other if no other shares more than this part of what they share.
const FOREMOST: f32 = 0.75;

/// Pairs with what was found of their words, ascending.
#[derive(Default)]
struct Weights(Vec<(Pair, Weighed)>);

impl Weights {
    fn of(&self, pair: Pair) -> Option<Weighed> {
        self.0.binary_search_by_key(&pair, |(known, _)| *known).ok().map(|at| self.0[at].1)
    }

    /// Adds pairs that are not there yet.
    fn add(&mut self, pairs: Vec<(Pair, Weighed)>) {
        self.0.extend(pairs);
        self.0.sort_by_key(|(pair, _)| *pair);
    }
}

/// An earlier and a later card that are one.
struct Taken {
    pair: Pair,
    /// The words that were exchanged.
    exchange: Option<u64>,
}

/// Cards that could be one, and what was found so far.
pub(super) struct Search<'a> {
    olds: Vec<Sought<'a>>,
    news: Vec<Sought<'a>>,
    taken_old: Vec<bool>,
    taken_new: Vec<bool>,
    /// Exchanges of words that were made throughout.
    known: BTreeSet<u64>,
    same: Vec<Taken>,
    asked: Vec<Pair>,
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
        let (known, same, asked) = (BTreeSet::new(), Vec::new(), Vec::new());
        Search { olds, news, taken_old, taken_new, known, same, asked, counts, builds }
    }

    /// Finds what can be found; pairs need log odds of at least `least`. With it go the exchanges of words in cards
    /// that are known already.
    pub(super) fn run(mut self, least: f32, exchanges: &[u64]) -> Found {
        self.follow();
        let near = candidates::sifted(
            self.cards(),
            &candidates::local(self.cards(), self.open().each_ref().map(Vec::as_slice)),
        );
        let mut pairs = Weights::default();
        self.learn(&near, &mut pairs, exchanges);
        self.same_question(&pairs, least);
        self.foremost(&near, &pairs, least + 3.0);
        self.weigh_all(near.into_iter().map(|(pair, _)| pair).collect(), &mut pairs);
        self.settle(&pairs, least + 1.5);
        self.follow();
        self.look_further(&mut pairs);
        self.settle(&pairs, least);
        self.ask(&pairs, least);
        let place = |(old, new): &Pair| (self.olds[*old].place, self.news[*new].place);
        let mut found = Found {
            same: self.same.iter().map(|taken| place(&taken.pair)).collect(),
            asked: self.asked.iter().map(place).collect(),
            renamed: self
                .same
                .iter()
                .filter(|taken| self.throughout(taken.exchange))
                .map(|taken| place(&taken.pair).0)
                .collect(),
            left: Vec::new(),
            throughout: BTreeSet::new(),
        };
        found.throughout = self.known;
        let left = self.news.into_iter().zip(self.taken_new).filter(|(_, taken)| !taken);
        found.left = left.map(|(card, _)| (card.place, card.sketch)).collect();
        found
    }

    fn cards(&self) -> [&[Sought<'a>]; 2] {
        [&self.olds, &self.news]
    }

    /// The cards that have no partner yet.
    fn open(&self) -> [Vec<usize>; 2] {
        [&self.taken_old, &self.taken_new].map(|taken| (0..taken.len()).filter(|index| !taken[*index]).collect())
    }

    /// Adds pairs that have come near each other since, and those of any notes that share words.
    fn look_further(&self, pairs: &mut Weights) {
        let open = self.open();
        let open = open.each_ref().map(Vec::as_slice);
        let mut further = candidates::local(self.cards(), open);
        further.extend(candidates::by_words(self.cards(), open, &self.counts));
        further.sort_unstable();
        further.dedup();
        further.retain(|pair| pairs.of(*pair).is_none());
        let further = candidates::sifted(self.cards(), &further);
        self.weigh_all(further.into_iter().map(|(pair, _)| pair).collect(), pairs);
    }

    /// Weighs pairs of cards that have no partner yet, each once.
    fn weigh_all(&self, mut pairs: Vec<Pair>, weights: &mut Weights) {
        pairs.retain(|(old, new)| !self.taken_old[*old] && !self.taken_new[*new] && weights.of((*old, *new)).is_none());
        let weighed = |pair: &Pair| (*pair, self.weighed(*pair));
        weights.add(pairs.par_iter().map(weighed).collect());
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

    fn weighed(&self, (old, new): Pair) -> Weighed {
        weigh(&self.olds[old].sketch, &self.news[new].sketch)
    }

    fn throughout(&self, exchange: Option<u64>) -> bool {
        exchange.is_some_and(|exchange| self.known.contains(&exchange))
    }

    fn odds(&self, (old, new): Pair, weighed: &Weighed) -> f32 {
        weighed.odds(self.near(old, new), self.throughout(weighed.exchange))
    }

    fn take(&mut self, pair: Pair, exchange: Option<u64>) {
        self.taken_old[pair.0] = true;
        self.taken_new[pair.1] = true;
        self.same.push(Taken { pair, exchange });
    }

    /// Cards of one note that ask the same, and no other does.
    fn same_question(&mut self, pairs: &Weights, least: f32) {
        let key = |card: &Sought| {
            let key = card.sketch.ask.key ^ crate::dedupe::text::mix(card.file as u64 ^ 1 << 40);
            (!card.sketch.ask.words.is_empty()).then_some(key)
        };
        for pair in half::unique([&mut self.olds.iter().map(key), &mut self.news.iter().map(key)]) {
            self.take_if_sure(pair, pairs, least);
        }
    }

    /// Cards that share far more with each other than either does with any other near it, and are one by a wide
    /// margin: what else could be weighed would not come up to them.
    fn foremost(&mut self, near: &[(Pair, f32)], pairs: &Weights, least: f32) {
        let (mut of_old, mut of_new) = (vec![[0.0_f32; 2]; self.olds.len()], vec![[0.0_f32; 2]; self.news.len()]);
        for ((old, new), shared) in near {
            for best in [&mut of_old[*old], &mut of_new[*new]] {
                let [first, second] = *best;
                *best = [first.max(*shared), second.max(shared.min(first))];
            }
        }
        for (pair, shared) in near {
            if [of_old[pair.0], of_new[pair.1]].iter().all(|best| best[0] <= *shared && best[1] <= FOREMOST * shared) {
                self.take_if_sure(*pair, pairs, least);
            }
        }
    }

    /// Takes a pair that is open and has log odds of at least `least`.
    fn take_if_sure(&mut self, pair: Pair, pairs: &Weights, least: f32) {
        if self.taken_old[pair.0] || self.taken_new[pair.1] {
            return;
        }
        let weighed = pairs.of(pair).unwrap_or_else(|| self.weighed(pair));
        if self.odds(pair, &weighed) >= least {
            self.take(pair, weighed.exchange);
        }
    }

    /// Learns which exchanges of words were made throughout, from each card and the one it shares most with.
    fn learn(&mut self, near: &[(Pair, f32)], weights: &mut Weights, exchanges: &[u64]) {
        let mut best: Vec<Option<(Pair, f32)>> = vec![None; self.news.len()];
        for (pair, shared) in near {
            let known = &mut best[pair.1];
            if known.is_none_or(|(_, most)| *shared > most) {
                *known = Some((*pair, *shared));
            }
        }
        let best: Vec<Pair> = best.into_iter().flatten().map(|(pair, _)| pair).collect();
        let weighed: Vec<(Pair, Weighed)> = best.par_iter().map(|pair| (*pair, self.weighed(*pair))).collect();
        let likely = |(pair, weighed): &(Pair, Weighed)| {
            weighed.exchange.filter(|_| weighed.placed(self.near(pair.0, pair.1)) > -2.0)
        };
        let mut counted: ByStem<u32> = ByStem::default();
        for exchange in weighed.iter().filter_map(likely).chain(exchanges.iter().copied()) {
            *counted.entry(exchange).or_default() += 1;
        }
        weights.add(weighed);
        self.known =
            counted.into_iter().filter(|(_, count)| *count >= THROUGHOUT).map(|(exchange, _)| exchange).collect();
    }

    /// The pairs that are open and may be, as the assignment wants them.
    fn edges(&self, pairs: &Weights, least: f32) -> Vec<Edge> {
        let open = pairs.0.iter().filter(|((old, new), _)| !self.taken_old[*old] && !self.taken_new[*new]);
        let edges = open.map(|(pair, weighed)| Edge { old: pair.0, new: pair.1, odds: self.odds(*pair, weighed) });
        edges.filter(|edge| edge.odds >= least).collect()
    }

    /// Takes the pairs that are sure, with odds of at least `least`.
    fn settle(&mut self, pairs: &Weights, least: f32) {
        let best = assign::best(self.edges(pairs, f32::MIN_POSITIVE));
        for edge in best.into_iter().filter(|pair| pair.sure && pair.edge.odds >= least).map(|pair| pair.edge) {
            let exchange = pairs.of((edge.old, edge.new)).and_then(|weighed| weighed.exchange);
            self.take((edge.old, edge.new), exchange);
        }
    }

    /// Tells each card which of its neighbours are known by now.
    fn follow(&mut self) {
        for Taken { pair: (old, new), .. } in &self.same {
            let (old, new) = (self.olds[*old].place, self.news[*new].place);
            self.builds[0].pairs[old] = Some(new);
            self.builds[1].pairs[new] = Some(new);
        }
        refresh(&mut self.olds, &self.builds[0]);
        refresh(&mut self.news, &self.builds[1]);
    }

    /// What is left and may be one: a question for the author, where nothing else could be meant.
    fn ask(&mut self, pairs: &Weights, least: f32) {
        // The same answer in the same place may be that to a question which was put in quite other words.
        let unlike = |edge: &Edge| {
            let same = pairs.of((edge.old, edge.new)).is_some_and(|weighed| weighed.answered);
            same && self.near(edge.old, edge.new).is_same()
        };
        let mut edges = self.edges(pairs, f32::MIN);
        edges.retain(|edge| edge.odds >= DOUBTFUL || unlike(edge));
        for edge in &mut edges {
            edge.odds = edge.odds.max(DOUBTFUL);
        }
        for Edge { old, new, odds } in assign::best(edges).iter().map(|pair| pair.edge) {
            let Some(weighed) = pairs.of((old, new)) else { continue };
            // Of cards that were merged or split one takes the history, or none; there is nothing to ask.
            match (weighed.held, odds >= least) {
                (true, true) => self.take((old, new), weighed.exchange),
                (true, false) => {}
                (false, _) => self.asked.push((old, new)),
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
