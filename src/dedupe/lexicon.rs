//! How rare words and letters are among the cards at hand, and cards prepared with these weights.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::entry::{Entry, Prepared, Side, numbers};
use super::text;

/// How many places runs of letters are counted in.
pub(super) const GRAM_PLACES: usize = 1 << 14;

/// The most words that are kept in a model.
const MOST_KEPT: usize = 7000;

/// For so many numbers of texts the rarity of a word is kept.
const RARITIES: u32 = 1024;

/// Spreads keys that are hashes already, or texts that nobody chose, such as ids.
#[derive(Debug, Default, Clone)]
pub struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for eight in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..eight.len()].copy_from_slice(eight);
            self.0 = text::mix(self.0.rotate_left(9) ^ u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.0 ^= u64::from(byte) << 48;
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// How many texts hold a token, kept by hash.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lexicon {
    texts: u32,
    words: HashMap<u32, u32, BuildHasherDefault<Spread>>,
    grams: Vec<u32>,
    /// What each place of `grams` weighs.
    gram_weights: Vec<f32>,
    /// How rare words of few texts are, by their number.
    rarities: Vec<f32>,
}

/// A lexicon as it stands in a model: counts on a logarithmic scale, a character each.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    texts: u32,
    words: String,
    grams: String,
}

impl Lexicon {
    /// Counts the tokens of texts; each text should come once.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Lexicon {
        let texts: Vec<&str> = texts.collect();
        let mut words: HashMap<u32, u32, BuildHasherDefault<Spread>> = HashMap::default();
        let mut counts = vec![0; GRAM_PLACES];
        for part in texts.chunks(8192) {
            let parts: Vec<(Vec<u32>, Vec<u32>)> = part.par_iter().map(|text| distinct(text)).collect();
            for (found, grams) in parts {
                for word in found {
                    *words.entry(word).or_default() += 1;
                }
                for gram in grams {
                    counts[gram as usize] += 1;
                }
            }
        }
        Lexicon::weighing(count(texts.len()), words, counts)
    }

    fn weighing(texts: u32, words: HashMap<u32, u32, BuildHasherDefault<Spread>>, grams: Vec<u32>) -> Lexicon {
        let mut out = Lexicon { texts, words, grams, ..Lexicon::default() };
        out.rarities = (0..RARITIES).map(|count| out.computed_rarity(count)).collect();
        let weight = |seen: &u32| narrow(((f64::from(texts) + 1.0) / (f64::from(*seen) + 1.0)).ln().max(0.0) + 1.0);
        out.gram_weights = out.grams.iter().map(weight).collect();
        out
    }

    /// A lexicon of words and runs of letters that were counted elsewhere, the latter in some of the texts.
    pub(super) fn counted(
        texts: u32,
        words: HashMap<u32, u32, BuildHasherDefault<Spread>>,
        (grams, sampled): (Vec<u32>, u32),
    ) -> Lexicon {
        let scaled = |seen: u32| {
            let whole = u64::from(seen) * u64::from(texts) / u64::from(sampled.max(1));
            u32::try_from(whole).unwrap_or(u32::MAX)
        };
        Lexicon::weighing(texts, words, grams.into_iter().map(scaled).collect())
    }

    /// Counts the words of entries; each entry should come once.
    pub fn of_entries(entries: &[Entry]) -> Lexicon {
        let texts: Vec<String> = entries.par_iter().map(Entry::whole).collect();
        Lexicon::of(texts.iter().map(String::as_str))
    }

    /// How many texts there were.
    pub fn texts(&self) -> u32 {
        self.texts
    }

    /// How many texts hold each run of letters.
    pub(super) fn grams(&self) -> &[u32] {
        &self.grams
    }

    /// How many texts hold a stem.
    pub fn count(&self, stem: u64) -> u32 {
        self.words.get(&short(stem)).copied().unwrap_or_default()
    }

    /// How rare a stem is, from 0 for one in every text to 1 for one that was never seen.
    pub fn rarity(&self, stem: u64) -> f32 {
        self.rarity_of(self.count(stem))
    }

    /// The same of a stem that so many texts hold.
    pub(super) fn rarity_of(&self, count: u32) -> f32 {
        self.rarities.get(count as usize).copied().unwrap_or_else(|| self.computed_rarity(count))
    }

    fn computed_rarity(&self, count: u32) -> f32 {
        let texts = f64::from(self.texts) + 1.0;
        // A model keeps no words that it saw but once, so these weigh as those it never saw.
        let weight = (texts / (f64::from(count.max(1)) + 0.5)).ln() / (texts * 2.0).ln();
        narrow(weight.clamp(0.02, 1.0))
    }

    /// The reciprocal of the rarity of a word that two texts have.
    pub fn scale(&self) -> f32 {
        1.0 / self.rarity_of(2)
    }

    fn gram_weight(&self, gram: u32) -> f32 {
        self.gram_weights.get(place(gram)).copied().unwrap_or(1.0)
    }

    /// The lexicon in few characters: rare words are left out, counts are rounded.
    pub fn kept(&self) -> Kept {
        let words: BTreeSet<(u32, u32)> = self.words.iter().map(|(word, count)| (*word, *count)).collect();
        let mut words: Vec<(u32, u32)> = words.into_iter().filter(|(_, count)| *count > 1).collect();
        words.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
        words.truncate(MOST_KEPT);
        words.sort_unstable();
        let mut out = String::with_capacity(words.len() * 6);
        for (word, count) in words {
            out.extend((0..5).rev().map(|digit| digit_char((word >> (6 * digit)) & 63)));
            out.push(digit_char(level(count)));
        }
        let grams = self.grams.iter().map(|count| digit_char(level(*count))).collect();
        Kept { texts: self.texts, words: out, grams }
    }

    /// A lexicon from few characters; what cannot be read counts as never seen.
    pub fn from_kept(kept: &Kept) -> Lexicon {
        let digits: Vec<u32> = kept.words.bytes().filter_map(digit_value).collect();
        let word = |six: &[u32]| (six[..5].iter().fold(0, |word, digit| (word << 6) | digit), from_level(six[5]));
        let mut grams: Vec<u32> = kept.grams.bytes().filter_map(digit_value).map(from_level).collect();
        grams.resize(GRAM_PLACES, 0);
        Lexicon::weighing(kept.texts, digits.chunks_exact(6).map(word).collect(), grams)
    }

    fn weighed(&self, tokens: &[text::Token]) -> Vec<(u64, f32)> {
        let mut stems: Vec<u64> = tokens.iter().map(|token| token.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        stems.into_iter().map(|stem| (stem, self.rarity(stem))).collect()
    }

    /// A text prepared for comparison.
    pub fn side(&self, text: &str) -> Side {
        let side = self.plain_side(text);
        Side { codes: text::codes(&side.folded), squeezed: text::squeeze(&side.folded), ..side }
    }

    /// The same without codes, for those who do not compare them.
    pub fn plain_side(&self, text: &str) -> Side {
        let side = self.words_of(text);
        Side { grams: self.gram_vector(&side.folded), ..side }
    }

    /// The same without codes and runs of letters, for those who compare words alone.
    pub fn words_of(&self, text: &str) -> Side {
        let folded = text::fold(text);
        let tokens = text::tokens(&folded);
        let bag = self.weighed(&tokens);
        Side {
            grams: Vec::new(),
            total: bag.iter().map(|(_, weight)| weight).sum(),
            norm: bag.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt(),
            numbers: numbers(&tokens, &folded),
            codes: Vec::new(),
            squeezed: String::new(),
            bag,
            tokens,
            folded,
        }
    }

    fn gram_vector(&self, folded: &str) -> Vec<(u32, f32)> {
        let mut all = grams(folded);
        all.sort_unstable();
        let mut out: Vec<(u32, f32)> = Vec::with_capacity(all.len());
        for gram in all {
            match out.last_mut() {
                Some((last, count)) if *last == gram => *count += 1.0,
                _ => out.push((gram, 1.0)),
            }
        }
        for (gram, count) in &mut out {
            *count *= self.gram_weight(*gram);
        }
        let norm = out.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        for (_, weight) in &mut out {
            *weight /= norm;
        }
        out
    }

    /// A card prepared for comparison, with the values of the fields that are asked for.
    pub fn prepare(&self, entry: &Entry, fields: &[String]) -> Prepared {
        let value = |name: &String| entry.fields().find(|(field, _)| field == name).map_or("", |(_, value)| value);
        Prepared {
            front: self.side(&entry.front),
            back: self.side(&entry.back),
            whole: self.side(&entry.whole()),
            fields: fields.iter().map(|name| self.side(value(name))).collect(),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "weights need few digits")]
fn narrow(value: f64) -> f32 {
    value as f32
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The thirty bits by which a word is known.
pub(super) fn short(stem: u64) -> u32 {
    u32::try_from(stem >> 34).unwrap_or_default()
}

fn place(gram: u32) -> usize {
    gram as usize % GRAM_PLACES
}

/// A count on a scale of thirds of a power of two, from one; nought for none.
fn level(count: u32) -> u32 {
    if count == 0 {
        return 0;
    }
    (0..62).find(|level| from_level(level + 1) >= count).unwrap_or(62) + 1
}

fn from_level(level: u32) -> u32 {
    const THIRDS: [u32; 3] = [100_000, 125_992, 158_740];
    let Some(step) = level.checked_sub(1) else { return 0 };
    let scaled = u64::from(THIRDS[step as usize % 3]) << (step / 3);
    u32::try_from((scaled + 50_000) / 100_000).unwrap_or(u32::MAX)
}

/// The digits of numbers to base 64.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// The character for a digit to base 64.
pub(super) fn digit_char(digit: u32) -> char {
    char::from(DIGITS[digit as usize % 64])
}

/// The digit to base 64 that a character stands for.
pub(super) fn digit_value(c: u8) -> Option<u32> {
    DIGITS.iter().position(|digit| *digit == c).and_then(|digit| u32::try_from(digit).ok())
}

/// The distinct stems and grams of a text.
fn distinct(text: &str) -> (Vec<u32>, Vec<u32>) {
    let folded = text::fold(text);
    let mut words: Vec<u32> = text::tokens(&folded).iter().map(|token| short(token.stem)).collect();
    words.sort_unstable();
    words.dedup();
    (words, distinct_grams(&folded))
}

/// The places of the distinct runs of letters of a folded text.
pub(super) fn distinct_grams(folded: &str) -> Vec<u32> {
    let mut grams: Vec<u32> = grams(folded).into_iter().map(|gram| count(place(gram))).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// Runs of three characters, a blank before and behind the text, by hash.
fn grams(folded: &str) -> Vec<u32> {
    let mut out = Vec::with_capacity(folded.len() + 2);
    let mut window = [' ', ' ', ' '];
    for c in std::iter::once(' ').chain(folded.chars()).chain([' ']) {
        window = [window[1], window[2], c];
        if window[0] != ' ' || window[1] != ' ' {
            let key = window.iter().fold(0_u64, |key, c| (key << 21) | u64::from(u32::from(*c)));
            out.push(u32::try_from(text::mix(key) >> 32).unwrap_or_default());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lexicon_reads_back() {
        let texts: Vec<String> = (0..50).map(|n| format!("the word{} of {}", n % 5, n % 2)).collect();
        let lexicon = Lexicon::of(texts.iter().map(String::as_str));
        let kept = lexicon.kept();
        let back = Lexicon::from_kept(&kept);
        assert_eq!(back.kept(), kept);
        let near = |word: &str| (lexicon.rarity(text::hash(word)) - back.rarity(text::hash(word))).abs() < 0.1;
        assert!(near("the") && near("word3") && near("unseen"));
    }

    #[test]
    fn levels_grow_with_counts() {
        assert!((1..2000).all(|count| level(count) <= level(count + 1) && from_level(level(count)) >= count));
    }
}
