//! Two cards weighed: how likely they ask the same, of what sort they are, and what speaks for and against it.

use std::collections::BTreeSet;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::block::{Effort, Outline, candidates};
use super::compare::{self, cosine, overlap, share};
use super::edits::{Place, places};
use super::entry::{Entry, Side};
use super::face::Face;
use super::lexicon::Lexicon;
use super::model::{Matcher, Model};
use super::signs::opposites;
use super::text::{self, Shape, Token};
use super::trees::chance;
use super::words::Class;

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
    pub entry: Entry,
    /// Whether many cards answer so.
    pub generic: bool,
    /// Whether it is a text with gaps.
    pub cloze: bool,
    /// Where it comes from.
    pub place: String,
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
        Judge { lexicon, common: common(faces), taught: model.map(|model| (model, model.matcher(&entries()))) }
    }

    /// How rare words are among the cards.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The probability from which a pair counts as a duplicate.
    pub fn threshold(&self) -> f64 {
        self.taught.as_ref().map_or(0.5, |(model, _)| model.threshold)
    }

    /// A card prepared.
    pub fn know(&self, face: &Face) -> Known {
        let side = |text: &str| self.lexicon.side(text);
        Known {
            ask: side(&face.ask),
            answer: side(&face.answer),
            full: side(&face.full),
            entry: entry(face),
            generic: self.is_generic(&face.answer),
            cloze: face.cloze,
            place: face.place.clone(),
        }
    }

    fn is_generic(&self, answer: &str) -> bool {
        let folded = text::fold(answer);
        let word = folded.split(' ').next().unwrap_or_default();
        let listed = GENERIC.split(' ').any(|generic| generic == word) && folded.split(' ').count() <= 4;
        let short = folded.chars().count() <= 2;
        listed || short || self.common.contains(&folded)
    }

    /// How likely one card is the other, edited: by the words alone, whatever answer or number now stands in it.
    pub fn likeness(&self, a: &Known, b: &Known) -> f64 {
        let [ask, ask_held, answer, full, _, alone, ..] = Measured::of(a, b).weights();
        chance(BIAS + ask + ask_held + answer + full + alone)
    }

    /// Weighs two cards.
    pub fn verdict(&self, a: &Known, b: &Known) -> Verdict {
        let measured = Measured::of(a, b);
        let mut probability = chance(BIAS + measured.weights().iter().sum::<f64>());
        if let Some((_, matcher)) = &self.taught {
            probability = matcher.probability(&matcher.prepare(&a.entry), &matcher.prepare(&b.entry));
        }
        let guards = if probability < self.threshold() { Vec::new() } else { guards(a, b, &measured) };
        if !guards.is_empty() {
            probability = probability.min(CAP);
        }
        let relation = measured.relation(probability >= self.threshold());
        if relation != Relation::Duplicate {
            probability = probability.min(self.threshold() * 0.98);
        }
        Verdict { probability, relation, guards }
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
        if let Some((_, matcher)) = &self.taught {
            let odds = matcher.odds(&matcher.prepare(&a.entry), &matcher.prepare(&b.entry));
            out.push(("in sum, by the model that was taught".to_owned(), odds));
        }
        out
    }
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
    Entry { front: face.ask.replace(super::face::GAP, "…"), back: face.answer.clone() }
}

/// The log odds of two cards of which nothing agrees.
const BIAS: f64 = -5.9;

/// What is measured of two cards.
#[expect(clippy::struct_excessive_bools, reason = "each is one independent observation")]
struct Measured {
    /// How alike the fronts are, letter by letter and word by word.
    ask: f64,
    /// How much of the shorter front the other holds.
    ask_held: f64,
    /// How alike the answers are.
    answer: f64,
    /// How much of the shorter answer the other holds.
    answer_held: f64,
    /// How the lengths of the answers compare: 1 where they are equal, less where one is a list and the other an item.
    answer_size: f64,
    /// How much the common words of the answers tell.
    telling: f64,
    /// How alike the whole cards are.
    full: f64,
    /// How much of the shorter card the other holds.
    full_held: f64,
    /// The rarest word that each of the fronts has alone; the lesser of both.
    alone: f64,
    /// How much of each answer the other's front holds; the lesser of both.
    crosswise: f64,
    /// Numbers that both sides have alone.
    numbers: bool,
    /// One front is the other with a word put in the place of another.
    exchanged: bool,
    /// Both are made of the same words of the notes.
    same_place: bool,
    /// Both are texts with gaps.
    gaps: bool,
    /// Many cards answer so.
    generic: bool,
    /// One front has words of the other's answer that the other's front does not have.
    told: bool,
    /// Both are statements with a date or a number for a gap.
    dated: bool,
}

fn alike(a: &Side, b: &Side) -> f64 {
    let both = overlap(&a.bag, &b.bag);
    f64::from(f32::midpoint(cosine(&a.grams, &b.grams), share(both.dot, a.norm * b.norm)))
}

fn held(a: &Side, b: &Side) -> f64 {
    f64::from(share(overlap(&a.bag, &b.bag).shared, a.total))
}

fn least_held(a: &Side, b: &Side) -> f64 {
    held(a, b).max(held(b, a))
}

impl Measured {
    fn of(a: &Known, b: &Known) -> Measured {
        let asks = overlap(&a.ask.bag, &b.ask.bag);
        let heaviest = |alone: &[(u64, f32)]| alone.iter().map(|(_, weight)| *weight).fold(0.0, f32::max);
        let answers = overlap(&a.answer.bag, &b.answer.bag);
        let missing = |x: &Side, y: &Side| x.numbers.iter().any(|number| y.numbers.binary_search(number).is_err());
        let ask = alike(&a.ask, &b.ask);
        Measured {
            ask,
            ask_held: least_held(&a.ask, &b.ask),
            answer: alike(&a.answer, &b.answer),
            answer_held: least_held(&a.answer, &b.answer),
            answer_size: f64::from(
                share(a.answer.total.min(b.answer.total), a.answer.total.max(b.answer.total)).sqrt(),
            ),
            telling: f64::from(answers.rarest),
            full: alike(&a.full, &b.full),
            full_held: least_held(&a.full, &b.full),
            alone: f64::from(heaviest(&asks.left).min(heaviest(&asks.right))),
            crosswise: held(&a.answer, &b.ask).min(held(&b.answer, &a.ask)),
            numbers: missing(&a.full, &b.full) && missing(&b.full, &a.full),
            exchanged: ask > 0.35 && exchanged(&a.ask, &b.ask),
            same_place: !a.place.is_empty() && a.place == b.place,
            gaps: a.cloze && b.cloze,
            generic: a.generic && b.generic,
            told: tells(&a.answer, &a.ask, &b.ask) || tells(&b.answer, &b.ask, &a.ask),
            dated: a.cloze && b.cloze && is_number(&a.answer) && is_number(&b.answer),
        }
    }

    /// The answers' likeness, with some credit where one is part of the other.
    fn answers(&self) -> f64 {
        self.answer.max(self.answer_held * 0.7 * self.answer_size)
    }

    /// What each observation weighs, in log odds.
    fn weights(&self) -> [f64; 8] {
        let answer = self.answers();
        let told = if self.generic { 0.15 } else { 0.4 + 0.6 * self.telling };
        [
            4.5 * self.ask,
            1.5 * self.ask_held,
            4.5 * answer * told,
            2.5 * self.full,
            -4.0 * (0.6 - answer).max(0.0),
            -3.5 * (self.alone - 0.4).max(0.0),
            if self.numbers { -3.0 } else { 0.0 },
            if self.told { -1.5 } else { 0.0 },
        ]
    }

    /// The observations in words, in the order of their weights.
    fn words(&self) -> [String; 8] {
        let percent = |value: f64| format!("{:.0} %", value * 100.0);
        let common = if self.generic { ", but many cards answer so" } else { "" };
        [
            format!("the fronts are {} alike", percent(self.ask)),
            format!("one front holds {} of the other", percent(self.ask_held)),
            format!("the answers are {} alike{common}", percent(self.answers())),
            format!("the whole cards are {} alike", percent(self.full)),
            "the answers differ".to_owned(),
            "each front has a rare word of its own".to_owned(),
            "each has a number that the other lacks".to_owned(),
            "one front tells what the other asks for".to_owned(),
        ]
    }

    fn relation(&self, likely: bool) -> Relation {
        let answers_differ = self.answer < 0.3 && self.answer_held < 0.5;
        let of_another = self.dated && self.alone > 0.25;
        if of_another || self.gaps && self.full > 0.8 && self.answer < 0.3 {
            Relation::Sibling
        } else if self.crosswise >= 0.8 && self.ask < 0.6 && self.answer < 0.3 {
            Relation::Reverse
        } else if self.full > 0.9 && self.answer < 0.3 {
            Relation::Sibling
        } else if self.ask > 0.9 && answers_differ && !self.exchanged {
            Relation::Conflict
        } else if likely && !self.exchanged && !self.same_place {
            Relation::Duplicate
        } else if self.exchanged || self.full > 0.75 || self.full_held > 0.9 && self.full > 0.5 {
            Relation::Sibling
        } else {
            Relation::Different
        }
    }
}

/// Whether a front has a word of content from the other card's answer that the other's own front does not have.
fn tells(answer: &Side, own: &Side, front: &Side) -> bool {
    let has = |side: &Side, stem: u64| side.bag.binary_search_by_key(&stem, |(known, _)| *known).is_ok();
    let mut content = answer.tokens.iter().filter(|token| token.class.is_none());
    content.any(|token| has(front, token.stem) && !has(own, token.stem))
}

/// Whether an answer is a number with at most a month or a unit.
fn is_number(answer: &Side) -> bool {
    let numbers = answer.tokens.iter().filter(|token| token.shape == Shape::Number).count();
    numbers > 0 && answer.tokens.len() <= numbers + 1
}

/// Whether one text is the other with content in the place of other content, and much the same around it.
fn exchanged(a: &Side, b: &Side) -> bool {
    let found = places(&a.tokens, &b.tokens);
    let content = |tokens: &[Token]| tokens.iter().filter(|token| token.class.is_none()).count();
    let new = |tokens: &[Token], other: &Side| {
        let known = |token: &Token| other.tokens.iter().any(|known| known.stem == token.stem);
        content(&tokens.iter().filter(|token| !known(token)).copied().collect::<Vec<_>>()) > 0
    };
    let replaced = |p: &Place| new(&p.left, b) && new(&p.right, a);
    let changed: usize = found.iter().map(|p| p.left.len().max(p.right.len())).sum();
    let kept = a.tokens.len().min(b.tokens.len()).saturating_sub(changed);
    let split = new(&a.tokens, b) && new(&b.tokens, a) && found.len() <= 2;
    (found.iter().any(replaced) || split) && found.len() <= 3 && kept >= 3 && kept >= changed
}

/// Signs for which a person should look.
fn guards(a: &Known, b: &Known, measured: &Measured) -> Vec<String> {
    let mut out = Vec::new();
    if measured.numbers {
        out.push("the numbers differ".to_owned());
    }
    let parity = |known: &Known| known.full.tokens.iter().filter(|t| t.class == Some(Class::Negation)).count() % 2;
    if parity(a) != parity(b) {
        out.push("one of them is negated".to_owned());
    }
    if let Some((left, right)) = opposites(&a.full, &b.full) {
        out.push(format!("`{left}` stands against `{right}`"));
    }
    let classes = [Class::Time, Class::Degree, Class::Person];
    for class in classes.into_iter().filter(|class| both_alone(&a.ask, &b.ask, *class)) {
        out.push(format!("the words of {} differ", class.name()));
    }
    let stems = |side: &Side| side.tokens.iter().filter(|t| t.class.is_none()).map(|t| t.stem).collect::<Vec<_>>();
    let (left, right) = (stems(&a.ask), stems(&b.ask));
    let (mut x, mut y) = (left.clone(), right.clone());
    x.sort_unstable();
    y.sort_unstable();
    if x == y && left != right {
        out.push("the same words stand in another order".to_owned());
    }
    out
}

/// Whether each side has a word of a class that the other lacks.
fn both_alone(a: &Side, b: &Side, class: Class) -> bool {
    let lacks = |x: &Side, y: &Side| {
        let mut own = x.tokens.iter().filter(|token| token.class == Some(class));
        own.any(|token| y.tokens.iter().all(|other| other.stem != token.stem))
    };
    lacks(a, b) && lacks(b, a)
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
