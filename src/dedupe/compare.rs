//! Two texts compared: how much they share, what either has alone, and how alike they are letter by letter.

use super::entry::Side;
use super::text::{Shape, Token};

/// The names of what [`compare`] measures.
pub const NAMES: [&str; 36] = [
    "letters", "words", "contained", "covered", "overlap", "plain-overlap", "rarest-alone", "other-alone",
    "alone-least", "alone-most", "rarest-shared", "shared", "numbers-shared", "numbers-alone", "numbers-clash",
    "codes-shared", "codes-near", "codes-clash", "code-within", "length", "shortest", "letter-order", "word-order",
    "soft-contained", "soft-covered", "pairs-of-words", "first-word", "last-word", "equal", "second-alone",
    "codes-alone", "part-of-codes", "lead-least", "lead-most", "tail-least", "tail-most",
];

/// What stands in a feature where there is nothing to compare.
pub const MISSING: f32 = -1.0;

/// How much two bags share.
#[derive(Debug, Clone, Default)]
pub struct Overlap {
    /// The weight of what both have.
    pub shared: f32,
    /// The same, squared and summed.
    pub dot: f32,
    /// How many stems both have.
    pub count: usize,
    /// The rarest that both have.
    pub rarest: f32,
    /// What only the left has, with weights.
    pub left: Vec<(u64, f32)>,
    /// What only the right has.
    pub right: Vec<(u64, f32)>,
}

/// Merges two bags.
pub fn overlap(a: &[(u64, f32)], b: &[(u64, f32)]) -> Overlap {
    let mut out = Overlap::default();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => {
                out.left.push(a[i]);
                i += 1;
            }
            std::cmp::Ordering::Greater => {
                out.right.push(b[j]);
                j += 1;
            }
            std::cmp::Ordering::Equal => {
                out.shared += a[i].1;
                out.dot += a[i].1 * a[i].1;
                out.count += 1;
                out.rarest = out.rarest.max(a[i].1);
                i += 1;
                j += 1;
            }
        }
    }
    out.left.extend(&a[i..]);
    out.right.extend(&b[j..]);
    out
}

/// The cosine of two vectors of length one.
pub fn cosine(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
pub(super) fn real(number: usize) -> f32 {
    number as f32
}

/// A share, nought where there is nothing.
pub(super) fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The features of two texts, in the order of [`NAMES`]; the same for either order of the texts.
pub fn compare(a: &Side, b: &Side, out: &mut Vec<f32>) {
    if a.tokens.is_empty() || b.tokens.is_empty() {
        out.extend([MISSING; NAMES.len()]);
        return;
    }
    let both = overlap(&a.bag, &b.bag);
    words(a, b, &both, out);
    numbers(a, b, out);
    let codes = codes(a, b);
    out.extend(&codes[..4]);
    shape(a, b, &both, out);
    out.push(second(&both.left).max(second(&both.right)));
    out.extend(&codes[4..]);
    out.extend(ends(a, b));
}

/// How much of the first and the last words of content of each side the other holds: the lesser and the greater.
fn ends(a: &Side, b: &Side) -> [f32; 4] {
    const FEW: usize = 6;
    let held = |x: &Side, y: &Side, from_end: bool| {
        let mut words: Vec<u64> = x.tokens.iter().filter(|t| t.class.is_none()).map(|t| t.stem).collect();
        if from_end {
            words.reverse();
        }
        words.truncate(FEW);
        let kept = words.iter().filter(|stem| y.bag.binary_search_by_key(*stem, |(known, _)| *known).is_ok());
        share(real(kept.count()), real(words.len()))
    };
    let (lead, tail) = ((held(a, b, false), held(b, a, false)), (held(a, b, true), held(b, a, true)));
    [lead.0.min(lead.1), lead.0.max(lead.1), tail.0.min(tail.1), tail.0.max(tail.1)]
}

fn heaviest(alone: &[(u64, f32)]) -> f32 {
    alone.iter().map(|(_, weight)| *weight).fold(0.0, f32::max)
}

/// The weight of the second rarest.
fn second(alone: &[(u64, f32)]) -> f32 {
    let (mut first, mut second) = (0.0_f32, 0.0_f32);
    for (_, weight) in alone {
        if *weight > first {
            (first, second) = (*weight, first);
        } else {
            second = second.max(*weight);
        }
    }
    second
}

fn words(a: &Side, b: &Side, both: &Overlap, out: &mut Vec<f32>) {
    let (left, right) = (heaviest(&both.left), heaviest(&both.right));
    let alone = |side: &Side| side.total - both.shared;
    out.extend([
        cosine(&a.grams, &b.grams),
        share(both.dot, a.norm * b.norm),
        share(both.shared, a.total.min(b.total)),
        share(both.shared, a.total.max(b.total)),
        share(both.shared, a.total + b.total - both.shared),
        share(real(both.count), real(a.bag.len() + b.bag.len() - both.count)),
        left.max(right),
        left.min(right),
        alone(a).min(alone(b)),
        alone(a).max(alone(b)),
        both.rarest,
        both.shared,
    ]);
}

fn numbers(a: &Side, b: &Side, out: &mut Vec<f32>) {
    let (shared, left, right) = split(&a.numbers, &b.numbers);
    out.extend([real(shared), real(left.max(right)), real(left.min(right))]);
}

/// How many elements of two ascending lists are shared, and how many only the one and the other has.
fn split<T: Ord>(a: &[T], b: &[T]) -> (usize, usize, usize) {
    let shared = a.iter().filter(|item| b.binary_search(item).is_ok()).count();
    let right = b.iter().filter(|item| a.binary_search(item).is_err()).count();
    (shared, a.len() - shared, right)
}

/// Shared, near, clash, within; alone and the share of parts.
fn codes(a: &Side, b: &Side) -> [f32; 6] {
    if a.codes.is_empty() && b.codes.is_empty() {
        return [MISSING, MISSING, MISSING, MISSING, MISSING, MISSING];
    }
    let (shared, left, right) = split(&a.codes, &b.codes);
    let longest = |x: &Side, y: &Side| {
        let held = x.codes.iter().filter(|code| code.len() >= 4 && y.squeezed.contains(code.as_str()));
        held.map(String::len).max().unwrap_or_default()
    };
    let within = longest(a, b).max(longest(b, a));
    let mut near = 0.0_f32;
    for x in &a.codes {
        for y in &b.codes {
            let common = x.bytes().zip(y.bytes()).take_while(|(p, q)| p == q).count();
            near = near.max(share(real(common), real(x.len().max(y.len()))));
        }
    }
    let clash = left > 0 && right > 0 && shared == 0 && within < 5;
    let alone = |x: &Side, y: &Side| x.codes.iter().filter(|code| !y.squeezed.contains(code.as_str())).count();
    let missing = (alone(a, b), alone(b, a));
    [
        real(shared),
        near,
        f32::from(u8::from(clash)),
        real(within),
        real(missing.0.min(missing.1)),
        real(missing.0.max(missing.1)),
    ]
}

fn shape(a: &Side, b: &Side, both: &Overlap, out: &mut Vec<f32>) {
    let (short, long) = (a.tokens.len().min(b.tokens.len()), a.tokens.len().max(b.tokens.len()));
    let stems = |side: &Side| side.tokens.iter().map(|token| token.stem).collect::<Vec<_>>();
    let (left, right) = (stems(a), stems(b));
    let soft = soft(a, b, both);
    out.extend([
        share(real(short), real(long)),
        real(short),
        letter_order(&a.folded, &b.folded),
        share(2.0 * real(common_order(&left, &right)), real(left.len() + right.len())),
        share(both.shared + soft, a.total.min(b.total)),
        share(both.shared + soft, a.total.max(b.total)),
        pairs_of_words(&left, &right),
        f32::from(u8::from(left.first() == right.first())),
        f32::from(u8::from(left.last() == right.last())),
        f32::from(u8::from(a.squeezed == b.squeezed)),
    ]);
}

/// The share of pairs of neighbouring words that both have.
fn pairs_of_words(left: &[u64], right: &[u64]) -> f32 {
    let pairs = |stems: &[u64]| {
        let mut pairs: Vec<(u64, u64)> = stems.windows(2).map(|pair| (pair[0], pair[1])).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    };
    let (left, right) = (pairs(left), pairs(right));
    let (shared, alone, other) = split(&left, &right);
    share(real(shared), real(shared + alone + other))
}

/// The length of the longest common subsequence of words.
pub(super) fn common_order(a: &[u64], b: &[u64]) -> usize {
    const MOST: usize = 80;
    let (a, b) = (&a[..a.len().min(MOST)], &b[..b.len().min(MOST)]);
    let mut row = vec![0_usize; b.len() + 1];
    for x in a {
        let mut before = 0;
        for (index, y) in b.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = if x == y { before + 1 } else { above.max(row[index]) };
            before = above;
        }
    }
    row[b.len()]
}

/// How alike two texts are letter by letter: twice the common subsequence over both lengths.
pub(super) fn letter_order(a: &str, b: &str) -> f32 {
    const MOST: usize = 192;
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (a, b) = (&a[..a.len().min(MOST)], &b[..b.len().min(MOST)]);
    share(2.0 * real(common_letters(a, b)), real(a.len() + b.len()))
}

/// The length of the longest common subsequence of bytes, 64 at a time.
fn common_letters(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.len().div_ceil(64).max(1);
    let mut places = vec![[0_u64; 256]; blocks];
    for (index, byte) in a.iter().enumerate() {
        places[index / 64][usize::from(*byte)] |= 1 << (index % 64);
    }
    let mut rows = vec![u64::MAX; blocks];
    for byte in b {
        let mut carry = false;
        for (row, places) in rows.iter_mut().zip(&places) {
            let hit = *row & places[usize::from(*byte)];
            let (sum, first) = row.overflowing_add(hit);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *row = sum | (*row & !places[usize::from(*byte)]);
        }
    }
    let counted = rows.iter().enumerate().map(|(index, row)| {
        let used = a.len().saturating_sub(index * 64).min(64);
        let mask = if used == 64 { u64::MAX } else { (1 << used) - 1 };
        (!row & mask).count_ones() as usize
    });
    counted.sum()
}

/// The weight of words that only one side has but that nearly agree with one of the other side: misspellings.
fn soft(a: &Side, b: &Side, both: &Overlap) -> f32 {
    const MOST: usize = 12;
    let mut sum = 0.0;
    let right: Vec<&str> = both.right.iter().filter_map(|(stem, _)| spelling(b, *stem)).take(MOST).collect();
    for (stem, weight) in both.left.iter().take(MOST) {
        let Some(word) = spelling(a, *stem) else { continue };
        let best = right.iter().map(|other| alike(word, other)).fold(0.0, f32::max);
        if best >= 0.8 {
            sum += weight * best;
        }
    }
    sum
}

/// The first word with this stem, numbers and codes left out: there a letter makes a difference.
fn spelling(side: &Side, stem: u64) -> Option<&str> {
    let token = side.tokens.iter().find(|token| token.stem == stem && token.shape == Shape::Word)?;
    Some(word(side, token)).filter(|word| word.len() >= 4)
}

/// The letters of a token.
pub(super) fn word<'a>(side: &'a Side, token: &Token) -> &'a str {
    token.written(&side.folded)
}

fn alike(a: &str, b: &str) -> f32 {
    if a.len().abs_diff(b.len()) > 3 || a.as_bytes()[0] != b.as_bytes()[0] { 0.0 } else { letter_order(a, b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_common_are_counted_over_blocks() {
        assert_eq!(common_letters(b"kitten", b"sitting"), 4);
        let long = "abcdefghij".repeat(15);
        assert_eq!(common_letters(long.as_bytes(), long.as_bytes()), 150);
        assert!((letter_order("", "") - 0.0).abs() < f32::EPSILON);
    }

    #[test]
    fn the_order_of_words_counts() {
        assert_eq!(common_order(&[1, 2, 3, 4], &[1, 3, 2, 4]), 3);
    }
}
