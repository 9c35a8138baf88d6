//! Two cards weighed: how likely they ask the same, of what sort they are, and what speaks for and against it.

use std::collections::BTreeSet;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::block::{Effort, Outline, candidates};
use super::compare::{self, overlap};
use super::entry::{Entry, Prepared, Side};
use super::face::Face;
use super::lexicon::Lexicon;
use super::measured::{BIAS, CERTAIN, Measured, guards};
use super::model::{Matcher, Model};
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

/// A card of a deck, prepared.
#[derive(Debug)]
pub struct Known {
    /// What is asked.
    pub ask: Side,
    /// What is answered.
    pub answer: Side,
    /// All that it says.
    pub full: Side,
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
    lexicon: Lexicon,
    common: BTreeSet<String>,
    taught: Option<(&'a Model, Matcher<'a>)>,
}

/// Answers of which many cards may have one, so that it says little.
const GENERIC: &str = "true false yes no none all both neither nothing everything always never";

/// An answer that more cards have says little.
const COMMON_ANSWERS: usize = 25;

/// What a guard leaves of a probability: enough to be asked, too little to be sure.
const CAP: f64 = 0.9;

impl<'a> Judge<'a> {
    /// A judge for these cards; with a model it has been taught.
    pub fn new(faces: &[Face], model: Option<&'a Model>) -> Judge<'a> {
        let lexicon = Lexicon::of(faces.iter().map(|face| face.full.as_str()));
        let entries = || faces.iter().map(entry).collect::<Vec<Entry>>();
        Judge {
            lexicon,
            common: common(faces),
            taught: model.filter(|model| model.taught.0 >= FEWEST).map(|model| (model, model.matcher(&entries()))),
        }
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
        Known {
            ask: side(&face.ask),
            answer: side(&face.answer),
            full: side(&face.full),
            taught: self.taught.as_ref().map(|(_, matcher)| matcher.prepare(&entry(face))),
            generic: self.is_generic(&face.answer),
            cloze: face.cloze,
            place: face.place.clone(),
            scale: self.lexicon.scale(),
            names: names(&face.ask, &face.deck).into_iter().map(|stem| (stem, self.lexicon.rarity(stem))).collect(),
        }
    }

    fn is_generic(&self, answer: &str) -> bool {
        let folded = text::fold(answer);
        let word = folded.split(' ').next().unwrap_or_default();
        let listed = GENERIC.split(' ').any(|generic| generic == word) && folded.split(' ').count() <= 4;
        let short = folded.chars().count() <= 1 || folded.len() <= 2 && folded.bytes().all(|b| b.is_ascii_digit());
        listed || short || self.common.contains(&folded)
    }

    /// How likely one card is the other, edited: by the words alone, whatever answer or number now stands in it.
    pub fn likeness(&self, a: &Known, b: &Known) -> f64 {
        chance(Measured::of(a, b).likeness())
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

    /// The pairs of a deck that are worth weighing, each with what was found of it, ascending.
    pub fn weighed(&self, faces: &[Face], effort: Effort) -> Vec<(usize, usize, Verdict)> {
        let outlines: Vec<Outline> = faces.par_iter().map(|face| Outline::of(face, &self.lexicon, effort)).collect();
        let pairs = candidates(&outlines, effort);
        drop(outlines);
        let by_left: Vec<&[(u32, u32)]> = pairs.chunk_by(|x, y| x.0 == y.0).collect();
        let weigh = |run: &[(u32, u32)]| {
            let left = run[0].0 as usize;
            let known = self.know(&faces[left]);
            let rights = run.iter().map(|(_, right)| *right as usize);
            let verdict = |right: usize| (left, right, self.verdict(&known, &self.know(&faces[right])));
            rights.map(verdict).collect::<Vec<_>>()
        };
        by_left.into_par_iter().flat_map_iter(weigh).collect()
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

/// The answers that many cards have.
fn common(faces: &[Face]) -> BTreeSet<String> {
    let mut folded: Vec<String> = faces.par_iter().map(|face| text::fold(&face.answer)).collect();
    folded.par_sort_unstable();
    let runs = folded.chunk_by(|a, b| a == b).filter(|run| run.len() > COMMON_ANSWERS);
    runs.map(|run| run[0].clone()).collect()
}

/// A card as a taught model sees it.
pub(super) fn entry(face: &Face) -> Entry {
    Entry { front: face.ask.replace(super::face::GAP, "…").trim().to_owned(), back: face.answer.trim().to_owned() }
}

/// The words that both cards have, and those that only the one and the other has, the rarest first.
pub fn shared_words(a: &Side, b: &Side) -> [Vec<String>; 3] {
    let both = overlap(&a.bag, &b.bag);
    let word = |side: &Side, stem: u64| {
        side.tokens.iter().find(|token| token.stem == stem).map(|token| compare::word(side, token).to_owned())
    };
    let list = |side: &Side, stems: Vec<(u64, f32)>| {
        let mut stems = stems;
        stems.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        stems.into_iter().take(8).filter_map(|(stem, _)| word(side, stem)).collect::<Vec<_>>()
    };
    let common = a.bag.iter().filter(|(stem, _)| b.bag.binary_search_by_key(stem, |(known, _)| *known).is_ok());
    [list(a, common.copied().collect()), list(a, both.left), list(b, both.right)]
}
