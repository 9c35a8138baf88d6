//! What is measured of two cards, what each observation weighs untaught, and of what sort the pair is.
//!
//! The weights were fitted to the half of `tests/matching` that is for development, and rounded.

use super::compare::{cosine, overlap, share, word};
use super::edits::{Place, places};
use super::entry::Side;
use super::judge::{Known, Relation};
use super::text::{Shape, Token};
use super::words::{self, Class};

/// The log odds of two cards of which nothing agrees.
pub(super) const BIAS: f64 = -7.6;

/// From this probability on a pair that bears no sign of a difference is a duplicate beyond doubt.
pub(super) const CERTAIN: f64 = 0.93;

/// How likely a pair must be if a word of the one front stands in the place of another.
const EXCHANGED: f64 = 0.75;

/// What is measured of two cards.
#[expect(clippy::struct_excessive_bools, reason = "each is one independent observation")]
pub(super) struct Measured {
    /// How alike the fronts are, letter by letter and word by word.
    ask: f64,
    /// How much of the shorter front the other holds.
    ask_held: f64,
    /// The rarest word that both fronts have.
    rarest: f64,
    /// How alike the answers are.
    answer: f64,
    /// How much of the shorter answer the other holds.
    answer_held: f64,
    /// How the lengths of the answers compare: 1 where they are equal, less where one is a list and the other an item.
    answer_size: f64,
    /// How alike the whole cards are.
    full: f64,
    /// How much of the shorter card the other holds.
    full_held: f64,
    /// The rarest word that each of the fronts has alone; the lesser of both.
    alone: f64,
    /// The weight of what a front has and the other card has nowhere, as a share of the front; the greater of both.
    strange: f64,
    /// How much of each answer the other's front holds; the lesser of both.
    crosswise: f64,
    /// The rarest name that both fronts have.
    names_shared: f64,
    /// The rarest name that a front has and the other card has nowhere: the lesser and the greater of both.
    names_alone: (f64, f64),
    /// Numbers that both sides have alone.
    pub(super) numbers: bool,
    /// One front is the other with a word put in the place of another.
    pub(super) exchanged: bool,
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
    /// One front narrows what it asks for, and the other card does not: the second, the official one.
    narrowed: bool,
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

fn has(side: &Side, stem: u64) -> bool {
    side.bag.binary_search_by_key(&stem, |(known, _)| *known).is_ok()
}

fn heaviest<'a>(words: impl Iterator<Item = &'a (u64, f32)>) -> f64 {
    f64::from(words.map(|(_, weight)| *weight).fold(0.0, f32::max))
}

impl Measured {
    pub(super) fn of(a: &Known, b: &Known) -> Measured {
        let asks = overlap(&a.ask.bag, &b.ask.bag);
        let missing = |x: &Side, y: &Side| x.numbers.iter().any(|number| y.numbers.binary_search(number).is_err());
        let strange = |alone: &[(u64, f32)], own: &Side, other: &Known| {
            let weights = alone.iter().filter(|(stem, _)| !has(&other.full, *stem)).map(|(_, weight)| *weight);
            f64::from(share(weights.sum(), own.total))
        };
        let unnamed = |x: &Known, y: &Known| heaviest(x.names.iter().filter(|(stem, _)| !has(&y.full, *stem)));
        let unnamed = (unnamed(a, b), unnamed(b, a));
        let ask = alike(&a.ask, &b.ask);
        Measured {
            ask,
            ask_held: least_held(&a.ask, &b.ask),
            rarest: f64::from((asks.rarest * a.scale).min(1.0)),
            answer: alike(&a.answer, &b.answer),
            answer_held: least_held(&a.answer, &b.answer),
            answer_size: f64::from(
                share(a.answer.total.min(b.answer.total), a.answer.total.max(b.answer.total)).sqrt(),
            ),
            full: alike(&a.full, &b.full),
            full_held: least_held(&a.full, &b.full),
            alone: heaviest(asks.left.iter()).min(heaviest(asks.right.iter())),
            strange: strange(&asks.left, &a.ask, b).max(strange(&asks.right, &b.ask, a)),
            crosswise: held(&a.answer, &b.ask).min(held(&b.answer, &a.ask)),
            names_shared: heaviest(a.names.iter().filter(|(stem, _)| has(&b.ask, *stem))),
            names_alone: (unnamed.0.min(unnamed.1), unnamed.0.max(unnamed.1)),
            numbers: missing(&a.full, &b.full) && missing(&b.full, &a.full),
            exchanged: ask > 0.35 && exchanged(&a.ask, &b.ask),
            same_place: !a.place.is_empty() && a.place == b.place,
            gaps: a.cloze && b.cloze,
            generic: a.generic && b.generic,
            told: tells(&a.answer, &a.ask, &b.ask) || tells(&b.answer, &b.ask, &a.ask),
            dated: a.cloze && b.cloze && is_number(&a.answer) && is_number(&b.answer),
            narrowed: narrows(a, b) || narrows(b, a),
        }
    }

    /// The answers' likeness, with some credit where one is part of the other.
    fn answers(&self) -> f64 {
        self.answer.max(self.answer_held * 0.7 * self.answer_size)
    }

    /// What each observation weighs, in log odds.
    pub(super) fn weights(&self) -> [f64; 12] {
        let if_so = |is: bool, weight: f64| if is { weight } else { 0.0 };
        [
            1.5 * self.ask_held,
            3.0 * self.rarest,
            0.8 * self.names_shared,
            2.5 * self.answers() + 2.4 * self.answer,
            0.5 * self.full + 1.6 * self.full_held,
            if_so(self.generic, -1.4),
            -0.4 * self.alone,
            -1.4 * self.names_alone.0 + if_so(self.names_alone.1 > 0.0, -1.4),
            if_so(self.numbers, -2.2),
            if_so(self.exchanged, -1.7),
            if_so(self.told, -0.9),
            -(self.strange - 0.6).max(0.0),
        ]
    }

    /// The observations in words, in the order of their weights.
    pub(super) fn words(&self) -> [String; 12] {
        let percent = |value: f64| format!("{:.0} %", value * 100.0);
        [
            format!("one front holds {} of the other", percent(self.ask_held)),
            format!("the fronts share words, the rarest of rarity {:.2}", self.rarest),
            "the fronts share a name".to_owned(),
            format!("the answers are {} alike", percent(self.answers())),
            format!("the whole cards are {} alike", percent(self.full)),
            "many cards answer so".to_owned(),
            "each front has a rare word of its own".to_owned(),
            "a front has a name that the other card lacks".to_owned(),
            "each has a number that the other lacks".to_owned(),
            "a word of the one front stands in the place of another".to_owned(),
            "one front tells what the other asks for".to_owned(),
            "most of a front is strange to the other card".to_owned(),
        ]
    }

    /// The log odds that one card is the other in new words, whatever answer or number now stands in it.
    pub(super) fn likeness(&self) -> f64 {
        -5.9 + 4.5 * self.ask + 1.5 * self.ask_held + 2.5 * self.answers() + 2.5 * self.full
            - 3.5 * (self.alone - 0.4).max(0.0)
    }

    /// Whether nothing at all speaks for a difference: all that a front says is known to the other card, no word
    /// stands in the place of another, and the answers are equal and tell something.
    pub(super) fn is_plain(&self) -> bool {
        let signs = self.numbers || self.exchanged || self.told || self.generic || self.narrowed;
        !signs && self.names_alone.1 <= 0.0 && self.answer >= 0.85 && self.strange <= 0.35
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
    content.any(|token| has(front, token.stem) && !has(own, token.stem))
}

/// Whether a front has a word that narrows it, and the other card has it nowhere.
fn narrows(a: &Known, b: &Known) -> bool {
    let narrow = |token: &Token| {
        matches!(token.class, Some(Class::Time | Class::Degree | Class::Quantity | Class::Negation))
            || words::narrows(word(&a.ask, token))
    };
    a.ask.tokens.iter().any(|token| narrow(token) && !has(&b.full, token.stem))
}

/// Whether an answer is a number with at most a month or a unit.
fn is_number(answer: &Side) -> bool {
    let numbers = answer.tokens.iter().filter(|token| token.shape == Shape::Number).count();
    numbers > 0 && answer.tokens.len() <= numbers + 1
}

/// Whether one text is the other with content in the place of other content, and much the same around it.
fn exchanged(a: &Side, b: &Side) -> bool {
    let found = places(&a.tokens, &b.tokens);
    let new = |tokens: &[Token], other: &Side| tokens.iter().any(|t| t.class.is_none() && !has(other, t.stem));
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
    let parity = |known: &Known| known.full.tokens.iter().filter(|t| t.class == Some(Class::Negation)).count() % 2;
    if parity(a) != parity(b) {
        out.push("one of them is negated".to_owned());
    }
    if let Some((left, right)) = super::signs::opposites(&a.full, &b.full) {
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
