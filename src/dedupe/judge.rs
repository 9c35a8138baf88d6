//! Two cards weighed: how likely they ask the same, of what sort they are, and what speaks for and against it.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use super::block::Effort;
use super::compare::{self, overlap};
use super::corpus::Corpus;
use super::entry::{Entry, Prepared, Side};
use super::face::{Face, GAP};
use super::lexicon::Lexicon;
use super::measured::{BIAS, CERTAIN, Measured, guards};
use super::model::{Matcher, Model};
use super::search::Search;
use super::text;
use super::train::FEWEST;
use super::trees::chance;

/// How two cards stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// They ask the same and answer the same.
    Duplicate,
    /// Each asks for what the other tells.
    Reverse,
    /// They ask for different parts of one statement.
    Sibling,
    /// They ask the same and answer differently.
    Conflict,
    /// They have nothing to do with each other.
    Different,
}

impl Relation {
    /// The relation in a word.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Duplicate => "duplicate",
            Relation::Reverse => "reverse",
            Relation::Sibling => "sibling",
            Relation::Conflict => "conflict",
            Relation::Different => "different",
        }
    }
}

/// What was found of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// How likely they ask the same.
    pub probability: f64,
    /// How they stand to each other.
    pub relation: Relation,
    /// Signs for which a person should look before the two are made one.
    pub guards: Vec<String>,
    /// Whether nothing at all speaks for a difference.
    pub plain: bool,
}

/// All the words of a card.
#[derive(Debug, Default)]
pub struct Whole {
    /// Its distinct stems by hash, each with its weight.
    pub bag: Vec<(u64, f32)>,
    /// The weights together.
    pub total: f32,
    /// The length of the bag as a vector.
    pub norm: f32,
    /// Its numbers, ascending.
    pub numbers: Vec<u64>,
}

impl Whole {
    fn of(ask: &Side, answer: &Side) -> Whole {
        let mut bag = [&ask.bag[..], &answer.bag].concat();
        bag.sort_unstable_by_key(|(stem, _)| *stem);
        bag.dedup_by_key(|(stem, _)| *stem);
        let mut numbers = [&ask.numbers[..], &answer.numbers].concat();
        numbers.sort_unstable();
        let total = bag.iter().map(|(_, weight)| weight).sum();
        let norm = bag.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        Whole { bag, total, norm, numbers }
    }
}

/// A card of a deck, prepared.
#[derive(Debug)]
pub struct Known {
    /// What is asked.
    pub ask: Side,
    /// What is answered.
    pub answer: Side,
    /// All that it says.
    pub whole: Whole,
    /// The card as a taught model sees it.
    taught: Option<Prepared>,
    /// Whether many cards answer so.
    pub generic: bool,
    /// Whether it is a text with gaps.
    pub cloze: bool,
    /// Where it comes from.
    pub place: String,
    /// The names on its front: words with a capital within a sentence, by stem with weights, ascending.
    pub names: Vec<(u64, f32)>,
    /// What a rarity is multiplied by so that a word of two cards alone counts fully in a deck of any size.
    pub scale: f32,
}

/// Weighs pairs of one deck.
#[derive(Debug)]
pub struct Judge<'a> {
    corpus: Corpus,
    lexicon: Lexicon,
    /// The hashes of answers that many cards have, ascending.
    common: Vec<u64>,
    taught: Option<(&'a Model, Matcher<'a>)>,
}

/// The pairs of a deck that were weighed.
#[derive(Debug, Clone, Default)]
pub struct Weighed {
    /// The places of both cards, ascending, and what was found.
    pub pairs: Vec<(usize, usize, Verdict)>,
    /// How many pairs the search met.
    pub candidates: usize,
    /// How many of the wanted pairs were among them.
    pub met: usize,
}

/// Says of two cards, by their places in the deck, whether they may be one.
pub type Allowed<'a> = dyn Fn(usize, usize) -> bool + Sync + 'a;

/// How much less must speak for a pair that a taught model weighs.
const TAUGHT: f32 = 2.0;

/// How many pairs a worker weighs at a time.
const RUN: usize = 1024;

/// Answers of which many cards may have one, so that it says little.
const GENERIC: &str = "true false yes no none all both neither nothing everything always never";

/// What a guard leaves of a probability: enough to be asked, too little to be sure.
const CAP: f64 = 0.9;

impl<'a> Judge<'a> {
    /// A judge for these cards; with a model it has been taught.
    pub fn new<F: Borrow<Face> + Sync>(faces: &[F], model: Option<&'a Model>) -> Judge<'a> {
        let (corpus, lexicon) = Corpus::read(faces);
        let entries = || faces.iter().map(|face| entry(face.borrow())).collect();
        let taught = taught(model, entries);
        Judge { lexicon, common: corpus.common_answers(), taught, corpus }
    }

    /// A judge for a deck of which an index tells how rare words and which answers are common.
    pub fn of(lexicon: Lexicon, common: Vec<u64>, model: Option<&'a Model>) -> Judge<'a> {
        Judge { lexicon, common, taught: taught(model, Vec::new), corpus: Corpus::default() }
    }

    /// How rare words are among the cards.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The probability from which a pair counts as a duplicate.
    pub fn threshold(&self) -> f64 {
        self.taught.as_ref().map_or(0.5, |(model, _)| model.threshold)
    }

    /// The probability from which a pair without guards is a duplicate beyond doubt.
    pub fn certain(&self) -> f64 {
        self.taught.as_ref().map_or(CERTAIN, |(model, _)| model.certain)
    }

    /// A card prepared.
    pub fn know(&self, face: &Face) -> Known {
        let side = |text: &str| self.lexicon.plain_side(text);
        let ask = if face.cloze { side(&face.ask.replace(GAP, " ")) } else { side(without_options(&face.ask)) };
        let answer = side(&face.answer);
        Known {
            generic: self.is_generic(&answer.folded),
            whole: Whole::of(&ask, &answer),
            ask,
            answer,
            taught: self.taught.as_ref().map(|(_, matcher)| matcher.prepare(&entry(face))),
            cloze: face.cloze,
            place: face.place.clone(),
            scale: self.lexicon.scale(),
            names: names(&face.ask, &face.deck).into_iter().map(|stem| (stem, self.lexicon.rarity(stem))).collect(),
        }
    }

    fn is_generic(&self, folded: &str) -> bool {
        let mut words = folded.split(' ');
        let few = folded.len() <= 40 && words.clone().count() <= 4;
        let listed = few && words.next().is_some_and(|word| GENERIC.split(' ').any(|generic| generic == word));
        let short = folded.chars().nth(1).is_none() || folded.len() <= 2 && folded.bytes().all(|b| b.is_ascii_digit());
        listed || short || self.common.binary_search(&text::hash(folded)).is_ok()
    }

    /// Weighs two cards.
    pub fn verdict(&self, a: &Known, b: &Known) -> Verdict {
        let measured = Measured::of(a, b);
        let mut probability = chance(BIAS + measured.weights().iter().sum::<f64>());
        if let Some(odds) = self.taught_odds(a, b) {
            probability = odds.1;
        }
        let guards = if probability < self.threshold() { Vec::new() } else { guards(a, b, &measured) };
        if !guards.is_empty() {
            probability = probability.min(CAP);
        }
        let relation = measured.relation(probability, self.threshold());
        if relation != Relation::Duplicate {
            probability = probability.min(self.threshold() * 0.98);
        }
        let plain = guards.is_empty() && relation == Relation::Duplicate && measured.is_plain();
        Verdict { probability, relation, guards, plain }
    }

    /// The log odds and the probability by the model that was taught.
    fn taught_odds(&self, a: &Known, b: &Known) -> Option<(f64, f64)> {
        let (_, matcher) = self.taught.as_ref()?;
        let (a, b) = (a.taught.as_ref()?, b.taught.as_ref()?);
        Some((matcher.odds(a, b), matcher.probability(a, b)))
    }

    /// The pairs of the judge's own deck that are worth weighing, each with what was found of it, ascending.
    ///
    /// `wanted` are pairs of which it is to be said how many the search met.
    pub fn weighed<F: Borrow<Face> + Sync>(&self, faces: &[F], effort: Effort, wanted: &[(usize, usize)]) -> Weighed {
        let search = self.search(effort);
        let found = search.pairs();
        let met = search.meets(wanted);
        drop(search);
        Weighed { pairs: self.verdicts(faces, &found.pairs), candidates: found.candidates, met }
    }

    /// The same of those pairs alone that are `allowed`.
    pub fn weighed_of<F: Borrow<Face> + Sync>(&self, faces: &[F], effort: Effort, allowed: &Allowed) -> Weighed {
        let mut found = self.search(effort).pairs();
        let place = |card: u32| self.corpus.places[card as usize] as usize;
        found.pairs = found.pairs.into_par_iter().filter(|(a, b)| allowed(place(*a), place(*b))).collect();
        Weighed { pairs: self.verdicts(faces, &found.pairs), candidates: found.candidates, met: 0 }
    }

    /// A search in the judge's own deck.
    fn search(&self, effort: Effort) -> Search<'_> {
        // A model may see more in a pair than its words tell.
        let least = if self.taught.is_some() { effort.least - TAUGHT } else { effort.least };
        Search::new(&self.corpus, &self.common, self.lexicon.scale(), Effort { least, ..effort })
    }

    /// The verdicts on pairs of the corpus, ascending by their places in the deck.
    fn verdicts<F: Borrow<Face> + Sync>(&self, faces: &[F], pairs: &[(u32, u32)]) -> Vec<(usize, usize, Verdict)> {
        let place = |card: u32| self.corpus.places[card as usize] as usize;
        let weigh = |pairs: &[(u32, u32)]| {
            let mut known: BTreeMap<u32, Known> = BTreeMap::new();
            for card in pairs.iter().flat_map(|(left, right)| [*left, *right]) {
                known.entry(card).or_insert_with(|| self.know(faces[place(card)].borrow()));
            }
            let verdict = |(left, right): &(u32, u32)| {
                let (a, b) = (place(*left), place(*right));
                (a.min(b), a.max(b), self.verdict(&known[left], &known[right]))
            };
            pairs.iter().map(verdict).collect::<Vec<_>>()
        };
        let mut out: Vec<_> = pairs.par_chunks(RUN).flat_map_iter(weigh).collect();
        out.par_sort_unstable_by_key(|(a, b, _)| (*a, *b));
        out
    }

    /// How many of these pairs of the judge's own deck a search meets.
    pub fn meets(&self, effort: Effort, wanted: &[(usize, usize)]) -> usize {
        Search::new(&self.corpus, &self.common, self.lexicon.scale(), effort).meets(wanted)
    }

    /// What speaks for two cards being one and against it, in words, with its weight in log odds.
    pub fn evidence(&self, a: &Known, b: &Known) -> Vec<(String, f64)> {
        let measured = Measured::of(a, b);
        let all = measured.words().into_iter().zip(measured.weights());
        let mut out: Vec<(String, f64)> = all.filter(|(_, weight)| weight.abs() >= 0.05).collect();
        out.insert(0, ("where nothing agrees".to_owned(), BIAS));
        if let Some((odds, _)) = self.taught_odds(a, b) {
            out.push(("in sum, by the model that was taught".to_owned(), odds));
        }
        out
    }
}

/// What a model that was taught enough sees; its entries count only where it brings no lexicon.
fn taught(model: Option<&Model>, entries: impl Fn() -> Vec<Entry>) -> Option<(&Model, Matcher<'_>)> {
    let model = model.filter(|model| model.taught.0 >= FEWEST)?;
    let entries = if model.lexicon.is_some() { Vec::new() } else { entries() };
    Some((model, model.matcher(&entries)))
}

/// A front without the options that stand in it: `… A) one B) two`.
fn without_options(front: &str) -> &str {
    if !front.contains(") ") && !front.contains(" B. ") {
        return front;
    }
    let marks = [(" A) ", " B) "), (" A. ", " B. "), (" a) ", " b) "), (" (A) ", " (B) ")];
    let flat = |mark: &str| front.find(mark);
    let found = marks.iter().find_map(|(first, second)| flat(first).filter(|at| flat(second).is_some_and(|b| b > *at)));
    found.filter(|at| *at > 8).map_or(front, |at| &front[..at])
}

/// The words of a text that have a capital though no sentence begins with them, by stem, ascending; those of the
/// deck's name say nothing within the deck.
fn names(text: &str, deck: &str) -> Vec<u64> {
    let mut out = Vec::new();
    let mut begins = true;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let name = bare.chars().next().is_some_and(char::is_uppercase) && !begins
            || bare.chars().filter(|c| c.is_uppercase()).count() > 1;
        if name && !deck.split_whitespace().any(|known| known == bare) {
            out.extend(text::tokens(&text::fold(bare)).iter().filter(|t| t.class.is_none()).map(|t| t.stem));
        }
        begins = word.ends_with(['.', '?', '!', ':']) && bare.len() > 2;
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// A card as a taught model sees it.
pub(super) fn entry(face: &Face) -> Entry {
    Entry { front: face.ask.replace(GAP, "…").trim().to_owned(), back: face.answer.trim().to_owned() }
}

/// The words that both cards have, and those that only the one and the other has, the rarest first.
pub fn shared_words(a: &Known, b: &Known) -> [Vec<String>; 3] {
    let both = overlap(&a.whole.bag, &b.whole.bag);
    let word = |known: &Known, stem: u64| {
        let sides = [&known.ask, &known.answer].into_iter();
        let mut tokens = sides.flat_map(|side| side.tokens.iter().map(move |token| (side, token)));
        tokens.find(|(_, token)| token.stem == stem).map(|(side, token)| compare::word(side, token).to_owned())
    };
    let list = |known: &Known, stems: Vec<(u64, f32)>| {
        let mut stems = stems;
        stems.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        stems.into_iter().take(8).filter_map(|(stem, _)| word(known, stem)).collect::<Vec<_>>()
    };
    let has = |stem: &u64| b.whole.bag.binary_search_by_key(stem, |(known, _)| *known).is_ok();
    let common = a.whole.bag.iter().filter(|(stem, _)| has(stem));
    [list(a, common.copied().collect()), list(a, both.left), list(b, both.right)]
}
