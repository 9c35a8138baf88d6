//! All features of a pair of cards: both fronts, both backs, both wholes, the fields, and the two crosswise.

use super::compare::{self, MISSING, compare, cosine};
use super::edits::{self, edits};
use super::entry::{Prepared, Side};
use super::signs::{self, signs};

/// What is compared.
const PARTS: [&str; 3] = ["front", "back", "whole"];

/// What is measured of a front against the other card's back.
const CROSS: [&str; 3] = ["crosswise-letters", "front-in-whole", "only-one-back"];

/// The names of all features, for a model with these fields.
pub fn names(fields: &[String]) -> Vec<String> {
    let parts = PARTS.iter().map(|part| (*part).to_owned()).chain(fields.iter().map(|name| format!("field {name}")));
    let mut out: Vec<String> = parts.flat_map(|part| compare::NAMES.map(|name| format!("{part}: {name}"))).collect();
    out.extend(signs::NAMES.map(|name| format!("front: {name}")));
    out.extend(edits::NAMES.map(|name| format!("front: {name}")));
    out.extend(CROSS.map(str::to_owned));
    out
}

/// All features of a pair; the same for either order.
pub fn features(a: &Prepared, b: &Prepared) -> Vec<f32> {
    let mut out =
        Vec::with_capacity((PARTS.len() + a.fields.len()) * compare::NAMES.len() + signs::NAMES.len() + CROSS.len());
    compare(&a.front, &b.front, &mut out);
    compare(&a.back, &b.back, &mut out);
    compare(&a.whole, &b.whole, &mut out);
    for (left, right) in a.fields.iter().zip(&b.fields) {
        compare(left, right, &mut out);
    }
    signs(&a.front, &b.front, &mut out);
    edits(&a.front, &b.front, &mut out);
    cross(a, b, &mut out);
    out
}

fn cross(a: &Prepared, b: &Prepared, out: &mut Vec<f32>) {
    let held = |front: &Side, whole: &Side| {
        let both = compare::overlap(&front.bag, &whole.bag);
        compare::share(both.shared, front.total)
    };
    let backs = (a.back.tokens.is_empty(), b.back.tokens.is_empty());
    let crossed = if backs == (false, false) {
        cosine(&a.front.grams, &b.back.grams).max(cosine(&b.front.grams, &a.back.grams))
    } else {
        MISSING
    };
    out.push(crossed);
    out.push(held(&a.front, &b.whole).max(held(&b.front, &a.whole)));
    out.push(f32::from(u8::from(backs.0 != backs.1)));
}
