//! Difference tokens: which words two texts share, which only one has, and which stand against each other.
//!
//! A sparse logistic regression over their hashes learns which words matter; its log odds are a feature of the trees.

use serde::{Deserialize, Serialize};

use super::compare::{overlap, real, word};
use super::entry::{Prepared, Side};
use super::lexicon::{digit_char, digit_value};
use super::signs::content;
use super::text::{hash, mix};
use super::trees::{Chance, chance};

/// The bits of a hashed place.
const BITS: u32 = 15;

/// The most words of a side that are set against words of the other.
const MOST_CROSSED: usize = 6;

/// Weights of hashed tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct TokenWeights {
    /// The weight of no token.
    pub bias: f32,
    /// A weight for each place.
    pub weights: Vec<f32>,
}

/// The tokens of one pair: places with values.
pub type Sparse = Vec<(u32, f32)>;

fn push(out: &mut Sparse, kind: u64, (a, b): (u64, u64), value: f32) {
    let key = mix(mix(kind ^ a.min(b)).wrapping_add(a.max(b)));
    out.push((u32::try_from(key >> (64 - BITS)).unwrap_or_default(), value));
}

/// The difference tokens of a pair; the same for either order.
pub fn tokens(a: &Prepared, b: &Prepared) -> Sparse {
    let mut out = Vec::new();
    side(&a.front, &b.front, 1, &mut out);
    if !a.back.tokens.is_empty() && !b.back.tokens.is_empty() {
        side(&a.back, &b.back, 101, &mut out);
    }
    out.sort_unstable_by_key(|(place, _)| *place);
    out.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    let norm = out.iter().map(|(_, value)| value * value).sum::<f32>().sqrt().max(1e-6);
    for (_, value) in &mut out {
        *value /= norm;
    }
    out
}

fn side(a: &Side, b: &Side, kind: u64, out: &mut Sparse) {
    let both = overlap(&a.bag, &b.bag);
    for (stem, _) in both.left.iter().chain(&both.right) {
        push(out, kind, (*stem, 0), 1.0);
    }
    for (stem, _) in &a.bag {
        if b.bag.binary_search_by_key(stem, |(known, _)| *known).is_ok() {
            push(out, kind + 1, (*stem, 0), 0.5);
        }
    }
    let crossed = (both.left.len().min(MOST_CROSSED), both.right.len().min(MOST_CROSSED));
    let value = 1.0 / real((crossed.0 * crossed.1).max(1)).sqrt();
    for (left, _) in both.left.iter().take(MOST_CROSSED) {
        for (right, _) in both.right.iter().take(MOST_CROSSED) {
            push(out, kind + 2, (*left, *right), value);
        }
    }
    neighbours(a, b, kind + 3, out);
    neighbours(b, a, kind + 3, out);
    let first = |side: &Side| side.tokens.first().map_or(0, |token| token.stem);
    push(out, kind + 4, (first(a), first(b)), 1.0);
    let head = |side: &Side| content(side).last().map_or(0, |token| hash(word(side, token)));
    if head(a) != head(b) {
        push(out, kind + 5, (head(a), head(b)), 0.5);
    }
}

/// Pairs of neighbouring words of which only one side has.
fn neighbours(a: &Side, b: &Side, kind: u64, out: &mut Sparse) {
    for pair in a.tokens.windows(2) {
        let (x, y) = (pair[0].stem, pair[1].stem);
        let shared = b.tokens.windows(2).any(|other| other[0].stem == x && other[1].stem == y);
        if !shared {
            push(out, kind, (mix(x ^ 7).wrapping_add(y), 0), 0.5);
        }
    }
}

impl TokenWeights {
    /// The log odds of a pair.
    pub fn odds(&self, tokens: &Sparse) -> f64 {
        f64::from(self.bias + tokens.iter().map(|(place, value)| self.weights[*place as usize] * value).sum::<f32>())
    }

    /// Learns weights by gradient steps that shrink where a weight has moved much (`AdaGrad`).
    pub fn learn(rows: &[&Sparse], labels: &[bool], weights: &[f64], rounds: usize) -> TokenWeights {
        let size = 1_usize << BITS;
        let mut out = TokenWeights { bias: 0.0, weights: vec![0.0; size] };
        let mut moved = vec![1e-3_f32; size];
        let mut bias_moved = 1e-3_f32;
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut luck = Chance(17);
        for _ in 0..rounds {
            for index in (1..order.len()).rev() {
                order.swap(index, luck.below(index + 1));
            }
            for index in &order {
                let guess = chance(out.odds(rows[*index]));
                let slope = narrow((guess - f64::from(u8::from(labels[*index]))) * weights[*index]);
                bias_moved += slope * slope;
                out.bias -= 0.1 * slope / bias_moved.sqrt();
                for (place, value) in rows[*index] {
                    let place = *place as usize;
                    let step = slope * value + RIDGE * out.weights[place];
                    moved[place] += step * step;
                    out.weights[place] -= 0.2 * step / moved[place].sqrt();
                }
            }
        }
        TokenWeights::from(String::from(out))
    }
}

/// How many steps of a written weight make one; steps are finer where weights are small.
const STEPS: f32 = 20.0;

/// Half of the numbers that a digit to base 64 can say.
const MIDDLE: i32 = 32;

/// The weights as text, a character each, the bias in front.
impl From<TokenWeights> for String {
    fn from(weights: TokenWeights) -> String {
        let step =
            |weight: f32| whole((weight.abs().sqrt().copysign(weight) * STEPS).round().clamp(-31.0, 31.0)) + MIDDLE;
        let all = std::iter::once(weights.bias).chain(weights.weights);
        all.map(|weight| digit_char(u32::try_from(step(weight)).unwrap_or_default())).collect()
    }
}

/// The weights from text; what cannot be read weighs nothing.
impl From<String> for TokenWeights {
    fn from(text: String) -> TokenWeights {
        let code = |digit: u32| i32::try_from(digit).unwrap_or(MIDDLE) - MIDDLE;
        let digits = text.bytes().filter_map(digit_value);
        let mut weights: Vec<f32> = digits.map(|digit| squared(real_signed(code(digit)) / STEPS)).collect();
        weights.resize((1 << BITS) + 1, 0.0);
        TokenWeights { bias: weights.remove(0), weights }
    }
}

fn squared(root: f32) -> f32 {
    root * root.abs()
}

#[expect(clippy::cast_possible_truncation, reason = "the value was rounded and limited")]
fn whole(value: f32) -> i32 {
    value as i32
}

#[expect(clippy::cast_precision_loss, reason = "the value has six bits")]
fn real_signed(value: i32) -> f32 {
    value as f32
}

/// How strongly weights are drawn to nought.
const RIDGE: f32 = 1e-3;

#[expect(clippy::cast_possible_truncation, reason = "a slope needs few digits")]
fn narrow(value: f64) -> f32 {
    value as f32
}
