//! An earlier and a later card weighed: how likely the one is the other, edited. What a learner is asked counts
//! most, for a history belongs to a question; then the answer; then the place.

use std::cmp::Ordering;

use super::sketch::{Side, Sketch, Word};
use crate::dedupe::text::Shape;
use crate::dedupe::words::{self, Class};

/// How two cards stand to each other in the notes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent observation")]
pub(super) struct Near {
    /// The last card before that is known again is the same for both.
    pub(super) before: bool,
    /// The first behind, too.
    pub(super) behind: bool,
    /// They are in the same note.
    pub(super) file: bool,
    /// They stand under the same heading.
    pub(super) trail: bool,
    /// The same rule made them.
    pub(super) rule: bool,
}

/// What was found of a pair by its words, wherever the two cards stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighed {
    /// The log odds that the two are one card, by what they share.
    shared: f32,
    /// What speaks against it, unless a term was replaced throughout.
    against: f32,
    /// Whether the question names another thing and the answer to it is another, as where a like card was put in
    /// the place of one.
    another: bool,
    /// A hash of the words that differ, where some were put in the place of others; a term that is replaced
    /// throughout leaves the same mark on many cards.
    pub(super) exchange: Option<u64>,
    /// Whether one has all words of content that the other has, on both sides.
    pub(super) held: bool,
    /// Whether both give one answer.
    pub(super) answered: bool,
}

impl Weighed {
    /// The log odds that the two are one card; `throughout` says whether the exchange of words was made in many.
    pub(super) fn odds(&self, near: Near, throughout: bool) -> f32 {
        if throughout {
            return self.shared + near.weight() + 4.0;
        }
        // A card that was put in the place of another stands just there: its place tells nothing.
        if self.another { self.shared - self.against } else { self.placed(near) }
    }

    /// The log odds by words and place, before it is known what was replaced throughout.
    pub(super) fn placed(&self, near: Near) -> f32 {
        self.shared + near.weight() - self.against
    }
}

/// The words that one of two sides has alone, and how much they share.
struct Split<'a> {
    shared: f32,
    /// The greatest weight of a word that was taken for a slip of the pen.
    slipped: f32,
    left: Vec<&'a Word>,
    right: Vec<&'a Word>,
}

/// Log odds by words from which nobody need look whether a pair was turned round.
const TURNED: f32 = 4.0;

/// The most words that are looked at one by one.
const FEW: usize = 24;

/// Log odds from which a pair is taken for one card.
pub(super) const SURE: f32 = 2.0;

/// Log odds below which nobody need be asked.
pub(super) const DOUBTFUL: f32 = 0.6;

fn split<'a>(a: &'a Side, b: &'a Side) -> Split<'a> {
    let mut out = Split { shared: 0.0, slipped: 0.0, left: Vec::new(), right: Vec::new() };
    let (mut left, mut right) = (a.words.iter().peekable(), b.words.iter().peekable());
    while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
        match x.stem.cmp(&y.stem) {
            Ordering::Equal => {
                out.shared += x.weight;
                left.next();
                right.next();
            }
            Ordering::Less => out.left.extend(left.next()),
            Ordering::Greater => out.right.extend(right.next()),
        }
    }
    out.left.extend(left);
    out.right.extend(right);
    out
}

/// Takes out words that differ by a slip of the pen.
fn forgive(a: &Side, b: &Side, split: &mut Split) {
    if split.left.is_empty() || split.right.is_empty() || split.left.len().max(split.right.len()) > FEW {
        return;
    }
    let Split { shared, slipped, left, right } = split;
    left.retain(|x| {
        let found = right.iter().position(|y| is_slip(a.word(x), b.word(y), x, y));
        if let Some(at) = found {
            *shared += 0.95 * x.weight.min(right[at].weight);
            *slipped = slipped.max(x.weight.min(right[at].weight));
            right.swap_remove(at);
        }
        found.is_none()
    });
}

/// Whether two words are one, with a letter wrong, missing or exchanged.
fn is_slip(a: &str, b: &str, x: &Word, y: &Word) -> bool {
    let words = x.shape == Shape::Word && y.shape == Shape::Word && x.class.is_none() && y.class.is_none();
    if !words || a.len().abs_diff(b.len()) > 8 {
        return false;
    }
    let (left, right) = (letters(a), letters(b));
    let (long, short) = (left.max(right), left.min(right));
    if short < 3 || long < 4 || long - short > if long >= 8 { 2 } else { 1 } {
        return false;
    }
    // One slip leaves all letters before and behind it alone, two leave some of them.
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count()
        + a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).count();
    if same + 2 < if long >= 8 { 5 } else { long } || words::opposed(a, b) {
        return false;
    }
    let distance = strsim::damerau_levenshtein(a, b);
    distance == 1 || distance == 2 && long >= 8
}

fn letters(word: &str) -> usize {
    if word.is_ascii() { word.len() } else { word.chars().count() }
}

/// How alike two sides are, and the words that differ.
struct Alike<'a> {
    share: f32,
    split: Split<'a>,
}

fn alike<'a>(a: &'a Side, b: &'a Side) -> Alike<'a> {
    if a.key == b.key {
        return Alike {
            share: 1.0,
            split: Split { shared: a.total, slipped: 0.0, left: Vec::new(), right: Vec::new() },
        };
    }
    let mut split = split(a, b);
    forgive(a, b, &mut split);
    let both = a.total + b.total;
    let share = if both > 0.0 { (2.0 * split.shared / both).min(1.0) } else { 0.0 };
    Alike { share, split }
}

fn content<'a>(words: &'a [&'a Word]) -> impl Iterator<Item = &'a &'a Word> {
    words.iter().filter(|word| word.class.is_none())
}

/// Whether content stands in the place of other content.
fn exchanged(split: &Split) -> bool {
    content(&split.left).next().is_some() && content(&split.right).next().is_some()
}

/// How much two cards share, whichever side it is on; slips of the pen left out. It costs little.
pub(super) fn overlap(old: &Sketch, new: &Sketch) -> f32 {
    let (mut left, mut right) = (old.all.as_slice(), new.all.as_slice());
    let mut shared = 0.0;
    while let ([x, a @ ..], [y, b @ ..]) = (left, right) {
        match x.0.cmp(&y.0) {
            Ordering::Equal => {
                shared += x.1;
                (left, right) = (a, b);
            }
            Ordering::Less => left = a,
            Ordering::Greater => right = b,
        }
    }
    shared
}

/// Weighs an earlier and a later card by their words. A pair that is asked in both directions may stand the other
/// way round.
pub(super) fn weigh(old: &Sketch, new: &Sketch) -> Weighed {
    let straight = weigh_sides(old, new, [&new.ask, &new.answer]);
    if !(old.pair && new.pair) || straight.shared > TURNED {
        return straight;
    }
    let turned = weigh_sides(old, new, [&new.answer, &new.ask]);
    if turned.shared > straight.shared { turned } else { straight }
}

fn weigh_sides(old: &Sketch, new: &Sketch, sides: [&Side; 2]) -> Weighed {
    let ask = alike(&old.ask, sides[0]);
    let answer = alike(&old.answer, sides[1]);
    let both = old.ask.total + old.answer.total + new.ask.total + new.answer.total;
    let crossed = crosswise(old, new, &ask.split, &answer.split);
    let full = (2.0 * (ask.split.shared + answer.split.shared + crossed) / both.max(0.1)).min(1.0);
    let mut shared = -6.0 + 6.5 * ask.share + 3.0 * answer.share * telling(&old.answer) + 3.0 * full;
    if ask.share >= 1.0 && !old.ask.words.is_empty() {
        shared += 1.5;
    }
    if answer.share >= 1.0 {
        shared += 0.25 * f32::from(u8::try_from(old.answer.words.len().min(8)).unwrap_or_default());
    }
    let some = |words: &[&Word]| content(words).next().is_some();
    let lost = some(&ask.split.left) || some(&answer.split.left);
    let held = !lost || !(some(&ask.split.right) || some(&answer.split.right));
    let exchange = exchange(&ask.split, &answer.split);
    let another = is_another(&ask.split, &answer);
    let against = against([old, new], sides[0], [&ask, &answer], another);
    let answered = answer.share >= 1.0 && !old.answer.words.is_empty();
    Weighed { shared, against, another, exchange, held, answered }
}

impl Near {
    /// Whether all is as it was around the card.
    pub(super) fn is_same(self) -> bool {
        self.before && self.behind && self.file && self.trail && self.rule
    }

    fn weight(self) -> f32 {
        let one = |yes: bool, weight: f32| if yes { weight } else { 0.0 };
        one(self.before, 0.7) + one(self.behind, 0.7) + one(self.file, 0.3) + one(self.trail, 0.4) + one(self.rule, 0.3)
    }
}

/// How much an answer tells of its card: one short word may be that of many.
fn telling(answer: &Side) -> f32 {
    (answer.total / 1.5).clamp(0.25, 1.0)
}

/// Words that went from the question into the answer or back, as they do when a gap becomes a question.
fn crosswise(old: &Sketch, new: &Sketch, ask: &Split, answer: &Split) -> f32 {
    let met = |lost: &[&Word], gained: &[&Word]| -> f32 {
        let gained = |stem: u64| gained.iter().any(|word| word.stem == stem);
        lost.iter().take(FEW).filter(|word| gained(word.stem)).map(|word| word.weight).sum()
    };
    if old.cloze == new.cloze { 0.0 } else { met(&ask.left, &answer.right) + met(&answer.left, &ask.right) }
}

/// Whether another thing is asked about and another answer given, however much of a long answer stays.
fn is_another(ask: &Split, answer: &Alike) -> bool {
    let differs = answer.share < 0.5 || numbers_clash(&answer.split) > 0.0;
    if differs {
        return exchanged(ask) || ask.slipped > 0.0;
    }
    let names = |words: &[&Word]| words.iter().any(|word| is_name(word));
    // A name that gave way to another on both sides was renamed; that alone makes no other answer.
    let own = |words: &[&Word], asked: &[&Word]| {
        words.iter().any(|word| is_name(word) && !asked.iter().any(|other| other.stem == word.stem))
    };
    names(&ask.left) && names(&ask.right) && own(&answer.split.left, &ask.left) && own(&answer.split.right, &ask.right)
}

fn is_name(word: &Word) -> bool {
    word.class.is_none() && (word.name || word.shape != Shape::Word)
}

/// What speaks against two cards being one.
fn against([old, new]: [&Sketch; 2], asked: &Side, [ask, answer]: [&Alike; 2], another: bool) -> f32 {
    let mut out = 0.0;
    let answers_same = answer.share >= 0.999;
    if exchanged(&ask.split) {
        let heaviest = |words: &[&Word]| content(words).map(|word| word.weight).fold(0.0, f32::max);
        let weight = heaviest(&ask.split.left).min(heaviest(&ask.split.right));
        // Another term in the question and another answer to it: that is another card.
        let kept = if another { 0.0 } else { answer.share };
        out += weight * (0.5 + 4.0 * (1.0 - kept));
        out += numbers_clash(&ask.split) * if answers_same { 1.5 } else { 3.0 };
        if opposed([&old.ask, asked], &ask.split) {
            out += 3.0;
        }
    }
    // A name that is nearly another's, and another answer to it: that is no slip of the pen.
    if answer.share < 0.5 || numbers_clash(&answer.split) > 0.0 {
        out += 6.0 * ask.split.slipped;
    }
    if clash(&ask.split, &[Class::Time, Class::Degree]) {
        out += 1.5;
    }
    let told = |answer: &[&Word], ask: &[&Word]| content(answer).any(|word| ask.iter().any(|w| w.stem == word.stem));
    // One asks for what the other tells.
    if old.cloze == new.cloze
        && told(&answer.split.left, &ask.split.right)
        && told(&answer.split.right, &ask.split.left)
    {
        out += 3.0;
    }
    out
}

fn numbers_clash(split: &Split) -> f32 {
    let has = |words: &[&Word]| words.iter().any(|word| word.shape != Shape::Word);
    if has(&split.left) && has(&split.right) { 1.0 } else { 0.0 }
}

fn clash(split: &Split, classes: &[Class]) -> bool {
    let has = |words: &[&Word]| words.iter().any(|word| word.class.is_some_and(|class| classes.contains(&class)));
    has(&split.left) && has(&split.right)
}

fn opposed([old, new]: [&Side; 2], split: &Split) -> bool {
    let pairs = split.left.iter().take(FEW).flat_map(|x| split.right.iter().take(FEW).map(move |y| (x, y)));
    pairs.into_iter().any(|(x, y)| words::opposed(old.word(x), new.word(y)))
}

/// A hash of the words that were put in the place of others, over both sides.
fn exchange(ask: &Split, answer: &Split) -> Option<u64> {
    let stems = |x: &[&Word], y: &[&Word]| {
        let mut stems: Vec<u64> = content(x).chain(content(y)).map(|word| word.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    };
    let (lost, gained) = (stems(&ask.left, &answer.left), stems(&ask.right, &answer.right));
    mark(&lost, &gained)
}

/// The hash of an exchange of words, by the stems that went and that came, each ascending.
pub(super) fn mark(lost: &[u64], gained: &[u64]) -> Option<u64> {
    let fold =
        |stems: &[u64]| stems.iter().fold(7_u64, |key, stem| crate::dedupe::text::mix(key.rotate_left(9) ^ stem));
    let some = !lost.is_empty() && !gained.is_empty() && lost.len() + gained.len() <= 8;
    some.then(|| fold(lost).rotate_left(1) ^ fold(gained))
}
