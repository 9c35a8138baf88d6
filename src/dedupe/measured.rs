//! What is measured of two cards, what each observation weighs untaught, and of what sort the pair is.
//!
//! The weights were fitted to the half of `tests/matching` that is for development, and rounded.

use super::compare::{cosine, overlap, share, word};
use super::edits::{Place, places};
use super::entry::Side;
use super::judge::{Known, Relation, Whole};
use super::kin::kin;
use super::search::Shared;
use super::text::{Shape, Token};
use super::words::{self, Class};

/// The log odds of two cards of which nothing agrees.
pub(super) const BIAS: f64 = -6.6;

/// From this probability on a pair that bears no sign of a difference is a duplicate beyond doubt.
pub(super) const CERTAIN: f64 = 0.93;

/// The log odds of two cards by the words that they share alone.
pub fn rough(shared: &Shared, scale: f32, generic: bool) -> f32 {
    let [ask, answer, full] = shared.cosine;
    let answer = if shared.unanswered { ask } else { answer };
    let answers = answer.max(shared.held[1] * 0.7);
    let tail = if shared.held[1] > 0.5 { 1.4 } else { 0.0 };
    let asked = 1.2 * shared.held[0] + 2.0 * (shared.rarest * scale).min(1.0) - 1.4 * shared.alone;
    let rest = 2.0 * answers + 2.0 * answer + tail + 1.2 * full + 1.1 * shared.held[2];
    asked + rest - if generic { 1.1 } else { 0.0 } - 6.6
}

/// How alike the answers of a pair must be of which nothing speaks for a difference.
pub(super) const PLAIN: f32 = 0.85;

/// How likely a pair must be if a word of the one front stands in the place of another.
const EXCHANGED: f64 = 0.75;

/// What is measured of two cards.
#[expect(clippy::struct_excessive_bools, reason = "each is one independent observation")]
#[derive(Debug)]
pub struct Measured {
    /// How alike the fronts are, letter by letter and word by word.
    pub ask: f64,
    /// How much of the lighter front the other holds, kin included.
    pub ask_held: f64,
    /// The same of the heavier front.
    pub ask_covered: f64,
    /// The rarest word that both fronts have.
    pub rarest: f64,
    /// How alike the answers are.
    pub answer: f64,
    /// How much of the lighter answer the other holds.
    pub answer_held: f64,
    /// How the lengths of the answers compare: 1 where they are equal, less where one is a list and the other an item.
    pub answer_size: f64,
    /// Whether the answers end alike, as a name in short and in full.
    pub answer_tail: bool,
    /// How alike the whole cards are.
    pub full: f64,
    /// How much of the lighter card the other holds.
    pub full_held: f64,
    /// The rarest word without kin that each of the fronts has alone; the lesser of both.
    pub alone: f64,
    /// The weight of what a front has and the other card has nowhere, as a share of the front: the lesser and the
    /// greater of both.
    pub strange: (f64, f64),
    /// How much of each answer the other's front holds; the lesser of both.
    pub crosswise: f64,
    /// The rarest name that both fronts have.
    pub names_shared: f64,
    /// The rarest name that a front has and the other card has nowhere: the lesser and the greater of both.
    pub names_alone: (f64, f64),
    /// Numbers that both sides have alone.
    pub numbers: bool,
    /// One front is the other with a word put in the place of another.
    pub exchanged: bool,
    /// Both are made of the same words of the notes.
    pub same_place: bool,
    /// Both are texts with gaps.
    pub gaps: bool,
    /// Many cards answer so.
    pub generic: bool,
    /// One front has words of the other's answer that the other's front does not have.
    pub told: bool,
    /// Both are statements with a date or a number for a gap.
    pub dated: bool,
    /// One front narrows what it asks for, and the other card does not: the second, the official one.
    pub narrowed: bool,
    /// One of them is negated.
    pub negated: bool,
    /// Both fronts ask with another word: who, when.
    pub asking: bool,
}

fn alike(a: &Side, b: &Side) -> f64 {
    f64::from(f32::midpoint(cosine(&a.grams, &b.grams), share(merged(&a.bag, &b.bag).1, a.norm * b.norm)))
}

/// The weight of the words that two bags share, and the sum of its squares.
fn merged(left: &[(u64, f32)], right: &[(u64, f32)]) -> (f32, f32) {
    let (mut at, mut other, mut sum, mut dot) = (0, 0, 0.0, 0.0);
    while at < left.len() && other < right.len() {
        let stems = (left[at].0, right[other].0);
        if stems.0 == stems.1 {
            sum += left[at].1;
            dot += left[at].1 * left[at].1;
        }
        at += usize::from(stems.0 <= stems.1);
        other += usize::from(stems.1 <= stems.0);
    }
    (sum, dot)
}

fn held(a: &Side, b: &Side) -> f64 {
    f64::from(share(merged(&a.bag, &b.bag).0, a.total))
}

fn has(bag: &[(u64, f32)], stem: u64) -> bool {
    bag.binary_search_by_key(&stem, |(known, _)| *known).is_ok()
}

fn heaviest<'a>(words: impl Iterator<Item = &'a (u64, f32)>) -> f64 {
    f64::from(words.map(|(_, weight)| *weight).fold(0.0, f32::max))
}

impl Measured {
    /// Measures two cards.
    pub fn of(a: &Known, b: &Known) -> Measured {
        let asks = overlap(&a.ask.bag, &b.ask.bag);
        let kin = kin((&a.ask, &asks.left), (&b.ask, &asks.right));
        let [kin_left, kin_right] = &kin.alone;
        let (whole, whole_dot) = merged(&a.whole.bag, &b.whole.bag);
        let answers = merged(&a.answer.bag, &b.answer.bag).0;
        let missing = |x: &Whole, y: &Whole| x.numbers.iter().any(|number| y.numbers.binary_search(number).is_err());
        let strange = |alone: &[(u64, f32)], own: &Side, other: &Known| {
            let weights = alone.iter().filter(|(stem, _)| !has(&other.whole.bag, *stem)).map(|(_, weight)| *weight);
            f64::from(share(weights.sum(), own.total))
        };
        let strange = (strange(kin_left, &a.ask, b), strange(kin_right, &b.ask, a));
        let unnamed = |x: &Known, y: &Known, alone: &[(u64, f32)]| {
            heaviest(x.names.iter().filter(|(stem, _)| !has(&y.whole.bag, *stem) && has(alone, *stem)))
        };
        let unnamed = (unnamed(a, b, kin_left), unnamed(b, a, kin_right));
        let ask = alike(&a.ask, &b.ask);
        let unanswered = a.answer.tokens.is_empty() && b.answer.tokens.is_empty();
        let least = |x: f32, y: f32, of: f32| f64::from(share(of, x.min(y)).min(1.0));
        Measured {
            ask,
            ask_held: least(a.ask.total, b.ask.total, asks.shared + kin.shared),
            ask_covered: f64::from(share(asks.shared + kin.shared, a.ask.total.max(b.ask.total)).min(1.0)),
            rarest: f64::from((asks.rarest * a.scale).min(1.0)),
            // Where nothing is answered, the fronts must tell.
            answer: if unanswered { ask } else { alike(&a.answer, &b.answer) },
            answer_held: least(a.answer.total, b.answer.total, answers),
            answer_size: f64::from(
                share(a.answer.total.min(b.answer.total), a.answer.total.max(b.answer.total)).sqrt(),
            ),
            answer_tail: a
                .answer
                .tokens
                .last()
                .is_some_and(|x| b.answer.tokens.last().is_some_and(|y| x.stem == y.stem)),
            full: f64::from(share(whole_dot, a.whole.norm * b.whole.norm)),
            full_held: least(a.whole.total, b.whole.total, whole),
            alone: heaviest(kin_left.iter()).min(heaviest(kin_right.iter())),
            strange: (strange.0.min(strange.1), strange.0.max(strange.1)),
            crosswise: held(&a.answer, &b.ask).min(held(&b.answer, &a.ask)),
            names_shared: heaviest(a.names.iter().filter(|(stem, _)| has(&b.ask.bag, *stem))),
            names_alone: (unnamed.0.min(unnamed.1), unnamed.0.max(unnamed.1)),
            numbers: missing(&a.whole, &b.whole) && missing(&b.whole, &a.whole),
            exchanged: ask > 0.35 && !kin_left.is_empty() && !kin_right.is_empty() && exchanged(&a.ask, &b.ask),
            same_place: !a.place.is_empty() && a.place == b.place,
            gaps: a.cloze && b.cloze,
            generic: a.generic && b.generic,
            told: tells(&a.answer, &a.ask, &b.ask) || tells(&b.answer, &b.ask, &a.ask),
            dated: a.cloze && b.cloze && is_number(&a.answer) && is_number(&b.answer),
            narrowed: narrows(a, b) || narrows(b, a),
            negated: negations(a) % 2 != negations(b) % 2,
            asking: both_alone(&a.ask, &b.ask, Class::Asking),
        }
    }

    /// The answers' likeness, with some credit where one is part of the other.
    pub fn answers(&self) -> f64 {
        self.answer.max(self.answer_held * 0.7 * self.answer_size)
    }

    /// What each observation weighs, in log odds.
    pub fn weights(&self) -> [f64; 13] {
        let if_so = |is: bool, weight: f64| if is { weight } else { 0.0 };
        [
            1.2 * self.ask_held,
            2.0 * self.rarest,
            1.2 * self.names_shared,
            2.0 * self.answers() + 2.0 * self.answer,
            if_so(self.answer_tail, 1.4),
            1.2 * self.full + 1.1 * self.full_held,
            if_so(self.generic, -1.1),
            -1.4 * self.alone,
            -1.6 * self.names_alone.0 + if_so(self.names_alone.1 > 0.0, -1.5),
            if_so(self.numbers, -1.8),
            if_so(self.exchanged, -1.6),
            if_so(self.told, -1.0),
            -1.2 * self.strange.0 - 0.3 * (self.strange.1 - 0.5).max(0.0) - if_so(self.narrowed, 0.4),
        ]
    }

    /// The observations in words, in the order of their weights.
    pub(super) fn words(&self) -> [String; 13] {
        let percent = |value: f64| format!("{:.0} %", value * 100.0);
        [
            format!("one front holds {} of the other", percent(self.ask_held)),
            format!("the fronts share words, the rarest of rarity {:.2}", self.rarest),
            "the fronts share a name".to_owned(),
            format!("the answers are {} alike", percent(self.answers())),
            "the answers end in one word".to_owned(),
            format!("the whole cards are {} alike", percent(self.full)),
            "many cards answer so".to_owned(),
            "each front has a rare word of its own".to_owned(),
            "a front has a name that the other card lacks".to_owned(),
            "each has a number that the other lacks".to_owned(),
            "a word of the one front stands in the place of another".to_owned(),
            "one front tells what the other asks for".to_owned(),
            "each front has words that are strange to the other card".to_owned(),
        ]
    }

    /// Whether nothing at all speaks for a difference: all that a front says is known to the other card, no word
    /// stands in the place of another, and the answers are equal and tell something.
    pub(super) fn is_plain(&self) -> bool {
        let signs = self.numbers || self.exchanged || self.told || self.generic || self.narrowed;
        !signs && self.names_alone.1 <= 0.0 && self.answer >= f64::from(PLAIN) && self.strange.1 <= 0.35
    }

    /// The relation of a pair of this probability, duplicates being those above `threshold`.
    pub(super) fn relation(&self, probability: f64, threshold: f64) -> Relation {
        // Where a word stands in the place of another, more must speak for the pair.
        let enough = if self.exchanged { threshold.max(EXCHANGED) } else { threshold };
        let likely = probability >= enough;
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
        } else if likely && !self.same_place {
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
    let mut content = answer.tokens.iter().filter(|token| token.class.is_none());
    content.any(|token| has(&front.bag, token.stem) && !has(&own.bag, token.stem))
}

/// Whether a front has a word that narrows it, and the other card has it nowhere.
fn narrows(a: &Known, b: &Known) -> bool {
    let narrow = |token: &Token| {
        matches!(token.class, Some(Class::Time | Class::Degree | Class::Quantity | Class::Negation))
            || words::narrows(word(&a.ask, token))
    };
    a.ask.tokens.iter().any(|token| narrow(token) && !has(&b.whole.bag, token.stem))
}

/// Whether an answer is a number with at most a month or a unit.
fn is_number(answer: &Side) -> bool {
    let numbers = answer.tokens.iter().filter(|token| token.shape == Shape::Number).count();
    numbers > 0 && answer.tokens.len() <= numbers + 1
}

/// Whether one text is the other with content in the place of other content, and much the same around it.
fn exchanged(a: &Side, b: &Side) -> bool {
    let found = places(&a.tokens, &b.tokens);
    let new = |tokens: &[Token], other: &Side| tokens.iter().any(|t| t.class.is_none() && !has(&other.bag, t.stem));
    let replaced = |p: &Place| new(&p.left, b) && new(&p.right, a);
    let changed: usize = found.iter().map(|p| p.left.len().max(p.right.len())).sum();
    let kept = a.tokens.len().min(b.tokens.len()).saturating_sub(changed);
    let split = new(&a.tokens, b) && new(&b.tokens, a) && found.len() <= 2;
    (found.iter().any(replaced) || split) && found.len() <= 3 && kept >= 3 && kept >= changed
}

/// Signs for which a person should look.
pub(super) fn guards(a: &Known, b: &Known, measured: &Measured) -> Vec<String> {
    let mut out = Vec::new();
    if measured.numbers {
        out.push("the numbers differ".to_owned());
    }
    if measured.negated {
        out.push("one of them is negated".to_owned());
    }
    let found = [&a.ask, &a.answer].into_iter().flat_map(|x| [(x, &b.ask), (x, &b.answer)]);
    let opposed = found.filter_map(|(x, y)| super::signs::opposites(x, y));
    let stem_of = |word: &str| super::text::tokens(word).first().map_or(0, |token| token.stem);
    let mut opposed = opposed.filter(|(l, r)| !has(&b.whole.bag, stem_of(l)) && !has(&a.whole.bag, stem_of(r)));
    if let Some((left, right)) = opposed.next() {
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

/// How many negations a card has.
fn negations(known: &Known) -> usize {
    let tokens = known.ask.tokens.iter().chain(&known.answer.tokens);
    tokens.filter(|token| token.class == Some(Class::Negation)).count()
}
