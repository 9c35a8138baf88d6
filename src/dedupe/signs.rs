//! Signs that two texts of much the same words ask different things: a negation, an opposite, another
//! order, another time, another person.

use super::compare::{MISSING, common_order, real, share, word};
use super::entry::Side;
use super::text::{Shape, Token};
use super::words::{self, Class};

/// The names of what [`signs`] measures.
pub const NAMES: [&str; 21] = [
    "negation-clash", "time-clash", "degree-clash", "direction-clash", "person-clash", "quantity-clash", "join-clash",
    "mode-clash", "auxiliary-clash", "asking-clash", "filler-clash", "negation-parity", "opposite", "one-exchanged",
    "content-shared", "content-alone", "turned-round", "roles", "content-equal", "capacity", "exchanged-rarity",
];

/// The signs of two texts, in the order of [`NAMES`]; the same for either order of the texts.
pub fn signs(a: &Side, b: &Side, out: &mut Vec<f32>) {
    if a.tokens.is_empty() || b.tokens.is_empty() {
        out.extend([MISSING; NAMES.len()]);
        return;
    }
    for class in Class::ALL {
        out.push(clash(a, b, class));
    }
    let parity = |side: &Side| side.tokens.iter().filter(|token| token.class == Some(Class::Negation)).count() % 2;
    out.push(f32::from(u8::from(parity(a) != parity(b))));
    out.push(f32::from(u8::from(opposites(a, b).is_some())));
    let (left, right) = (content(a), content(b));
    let (alone_left, alone_right) = (alone(&left, &right), alone(&right, &left));
    out.push(f32::from(u8::from(alone_left.len() == 1 && alone_right.len() == 1)));
    let common = left.len() - alone_left.len();
    out.push(share(2.0 * real(common), real(left.len() + right.len())));
    out.push(real(alone_left.len().min(alone_right.len())));
    let turned = turned(&left, &right);
    out.push(turned);
    out.push(roles(a, b, turned));
    out.push(f32::from(u8::from(alone_left.is_empty() && alone_right.is_empty())));
    out.push(real(common));
    let rarity = |side: &Side, tokens: &[Token]| {
        let weight =
            |stem: u64| side.bag.binary_search_by_key(&stem, |(known, _)| *known).map_or(0.0, |at| side.bag[at].1);
        tokens.iter().map(|token| weight(token.stem)).fold(0.0, f32::max)
    };
    out.push(rarity(a, &alone_left).min(rarity(b, &alone_right)));
}

/// Two where each side has a word of the class that the other lacks, one where only one side has.
fn clash(a: &Side, b: &Side, class: Class) -> f32 {
    let of = |side: &Side| {
        let mut stems: Vec<u64> =
            side.tokens.iter().filter(|token| token.class == Some(class)).map(|token| token.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    };
    let (left, right) = (of(a), of(b));
    let lacks = |x: &[u64], y: &[u64]| x.iter().any(|stem| y.binary_search(stem).is_err());
    f32::from(u8::from(lacks(&left, &right)) + u8::from(lacks(&right, &left)))
}

/// Two words, one on each side alone, that say the opposite.
pub fn opposites<'a>(a: &'a Side, b: &'a Side) -> Option<(&'a str, &'a str)> {
    let only = |x: &'a Side, y: &Side| {
        let alone = x.tokens.iter().filter(|token| y.bag.binary_search_by_key(&token.stem, |(stem, _)| *stem).is_err());
        alone.filter(|token| token.shape == Shape::Word).map(|token| word(x, token)).take(16).collect::<Vec<_>>()
    };
    let (left, right) = (only(a, b), only(b, a));
    left.iter().flat_map(|l| right.iter().map(move |r| (*l, *r))).find(|(l, r)| words::opposed(l, r))
}

/// The tokens that carry the meaning.
pub(super) fn content(side: &Side) -> Vec<Token> {
    side.tokens.iter().filter(|token| token.class.is_none()).copied().collect()
}

fn alone(x: &[Token], y: &[Token]) -> Vec<Token> {
    x.iter().filter(|token| y.iter().all(|other| other.stem != token.stem)).copied().collect()
}

/// The share of shared content words that stand in another order.
fn turned(left: &[Token], right: &[Token]) -> f32 {
    let shared = |x: &[Token], y: &[Token]| {
        let kept = x.iter().filter(|token| y.iter().any(|other| other.stem == token.stem));
        kept.map(|token| token.stem).collect::<Vec<_>>()
    };
    let (x, y) = (shared(left, right), shared(right, left));
    let length = x.len().min(y.len());
    if length < 2 { 0.0 } else { 1.0 - share(real(common_order(&x, &y)), real(length)) }
}

/// Two where the same words play exchanged parts, one where the order differs but the parts may be the same,
/// nought where nothing speaks of an exchange.
fn roles(a: &Side, b: &Side, turned: f32) -> f32 {
    let passive = |side: &Side| {
        side.tokens.windows(3).any(|three| {
            three[0].class == Some(Class::Auxiliary) && word(side, &three[2]) == "by" && three[1].class.is_none()
        })
    };
    let even = |side: &Side| {
        let joins = side.tokens.iter().filter(|token| token.class == Some(Class::Join)).count();
        let between =
            side.tokens.iter().any(|token| matches!(word(side, token), "between" | "both" | "together" | "same"));
        joins > 0 || between
    };
    let exchanged = turned > 0.0;
    match (passive(a) != passive(b), exchanged) {
        (true, false) => 2.0,
        (false, true) if !(even(a) && even(b)) => 2.0,
        (_, true) => 1.0,
        (false, false) => 0.0,
    }
}
