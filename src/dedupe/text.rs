//! A text as matching sees it: folded, cut into tokens with stems, numbers and codes.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::lexicon::Spread;
use super::words::{self, Class};

/// The most tokens of one text that are looked at; what is behind is left out.
const MOST_TOKENS: usize = 400;

/// The most distinct words whose meaning a thread remembers.
const MOST_KNOWN: usize = 100_000;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Letters.
    Word,
    /// A number, also one in words.
    Number,
    /// Letters and digits together, as in the name of a model.
    Code,
}

/// A word, a number or a code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Token {
    /// The hash of its stem, or of its value.
    pub stem: u64,
    /// Where it begins in the folded text.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What it is made of.
    pub shape: Shape,
    /// What sort of small word it is, if it is one.
    pub class: Option<Class>,
}

impl Token {
    /// The token as it is written in the folded text that it is of.
    pub fn written<'t>(&self, folded: &'t str) -> &'t str {
        folded.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// A hash that is the same on every machine: FNV-1a with a final mix.
pub fn hash(text: &str) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    mix(state)
}

/// Spreads the bits of a number.
pub fn mix(mut state: u64) -> u64 {
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

/// The text in NFKC and lower case, without markup and with single blanks.
pub fn fold(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii() && byte != b'<') { fold_plain(text) } else { fold_any(text) }
}

/// The same for text in ASCII without tags, which most is.
fn fold_plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for byte in text.bytes() {
        if byte == b'*' || byte == 0x0b || byte.is_ascii_whitespace() {
            blank = true;
            continue;
        }
        if blank && !out.is_empty() {
            out.push(' ');
        }
        blank = false;
        out.push(char::from(if byte == b'`' { b'\'' } else { byte.to_ascii_lowercase() }));
    }
    out
}

fn fold_any(text: &str) -> String {
    let plain_text = text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes;
    let composed: Cow<str> = if plain_text { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) };
    let mut out = String::with_capacity(composed.len());
    let mut in_tag = false;
    let mut blank = true;
    let mut chars = composed.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '<' && chars.peek().is_some_and(|next| next.is_ascii_alphabetic() || *next == '/') {
            in_tag = composed.contains('>');
        }
        let shown = if in_tag || c.is_whitespace() || c == '\u{ad}' { ' ' } else { plain(c) };
        in_tag &= c != '>';
        if shown == ' ' {
            if !blank {
                out.push(' ');
            }
            blank = true;
        } else {
            if shown.is_ascii() {
                out.push(shown.to_ascii_lowercase());
            } else {
                out.extend(shown.to_lowercase());
            }
            blank = false;
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn plain(c: char) -> char {
    match c {
        '’' | '‘' | '`' | '´' => '\'',
        '“' | '”' | '„' => '"',
        '–' | '—' | '‐' | '‑' | '−' => '-',
        '*' => ' ',
        _ => c,
    }
}

/// The tokens of a folded text.
pub fn tokens(folded: &str) -> Vec<Token> {
    let mut out = Vec::new();
    each_token(folded, &mut |token| out.push(token));
    out
}

/// Hands on the tokens of a folded text one by one.
pub fn each_token(folded: &str, out: &mut dyn FnMut(Token)) {
    let bytes = folded.as_bytes();
    let mut found = 0;
    let mut chars = folded.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            if !(c.is_alphanumeric() || !c.is_ascii() && is_combining_mark(c) || is_inside(bytes, at, c)) {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        found += push(folded, start, end, out);
        if found >= MOST_TOKENS {
            break;
        }
    }
}

/// Whether a mark belongs to the token around it: the point of a decimal, the comma of thousands, an apostrophe.
fn is_inside(bytes: &[u8], at: usize, c: char) -> bool {
    let digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
    let letter = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_alphabetic);
    match c {
        '.' => at > 0 && digit(at - 1) && digit(at + 1),
        ',' => at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4),
        '\'' => at > 0 && letter(at - 1) && letter(at + 1),
        _ => false,
    }
}

/// Reads the word from `start` to `end`, and says how many tokens it makes.
fn push(folded: &str, start: usize, end: usize, out: &mut dyn FnMut(Token)) -> usize {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let word = &folded[start..end];
    let Some(stem) = word.strip_suffix("n't").filter(|stem| !stem.is_empty()) else {
        out(Token { start: place(start), end: place(end), ..meaning(word) });
        return 1;
    };
    // "doesn't" is "does not", and so in any other word.
    let base = match stem {
        "ca" => "can",
        "wo" => "will",
        other => other,
    };
    let middle = place(start + stem.len());
    out(Token { start: place(start), end: middle, ..meaning(base) });
    out(Token { start: middle, end: place(end), ..meaning("not") });
    2
}

thread_local! {
    static KNOWN: RefCell<HashMap<u64, Token, BuildHasherDefault<Spread>>> = RefCell::default();
    static STEMMER: Stemmer = Stemmer::create(Algorithm::English);
}

/// What a word stands for; remembered, as few words make most of any text.
fn meaning(word: &str) -> Token {
    let key = hash(word);
    KNOWN.with_borrow_mut(|known| {
        if let Some(token) = known.get(&key) {
            return *token;
        }
        let token = read(word);
        if known.len() < MOST_KNOWN {
            known.insert(key, token);
        }
        token
    })
}

fn read(word: &str) -> Token {
    let token = |stem: u64, shape: Shape, class| Token { stem, start: 0, end: 0, shape, class };
    if let Some(value) = words::number(word) {
        return token(mix(value.to_bits()), Shape::Number, None);
    }
    let base = word.split('\'').next().filter(|base| base.len() > 1).unwrap_or(word);
    if word.bytes().any(|b| b.is_ascii_digit()) {
        return token(hash(base), Shape::Code, words::class(base));
    }
    let stem = STEMMER.with(|stemmer| hash(&stemmer.stem(&words::base(base))));
    token(stem, Shape::Word, words::class(base))
}

/// The names of models and the like: runs without blanks that hold a digit, their marks left out.
pub fn codes(folded: &str) -> Vec<String> {
    let mut out: Vec<String> = folded.split([' ', ',', ';', '(', ')', '·']).filter_map(code).collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn code(run: &str) -> Option<String> {
    let run = run.trim_matches(|c: char| !c.is_alphanumeric());
    if !run.bytes().any(|b| b.is_ascii_digit()) || words::number(run).is_some_and(|n| n < 1000.0 || run.contains('.')) {
        return None;
    }
    let squeezed = squeeze(run);
    let (letters, digits) =
        squeezed.chars().fold(
            (0, 0),
            |(letters, digits), c| {
                if c.is_ascii_digit() { (letters, digits + 1) } else { (letters + 1, digits) }
            },
        );
    ((letters > 0 && letters + digits >= 4 && digits >= 2 || digits >= 4) && squeezed.len() <= 32).then_some(squeezed)
}

/// The letters and digits alone.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<u64> {
        tokens(&fold(text)).iter().map(|token| token.stem).collect()
    }

    #[test]
    fn markup_case_and_endings_do_not_tell_texts_apart() {
        assert_eq!(stems("**Stores** <b>objects</b>"), stems("store object"));
        assert_eq!(stems("It doesn’t scale"), stems("it does not scale"));
        assert_eq!(stems("1,000 items"), stems("1000.0 item"));
        assert_eq!(stems("ten"), stems("10"));
    }

    #[test]
    fn both_ways_to_fold_agree() {
        for text in ["  **Stores**\t`a`\n b* ", "", "x\u{b}y * z", "Don`t SHOUT"] {
            assert_eq!(fold_plain(text), fold_any(text));
        }
    }

    #[test]
    fn ascii_is_folded_as_all_text_is() {
        for text in ["a  *B*\u{b}c", "x <b>y</b> z<", "1 < 2 > 0 `t`", "</a", "<a", " \u{1}A\u{7f} ", ""] {
            let other = fold(&format!("{text} é"));
            assert_eq!(fold(text), other.strip_suffix('é').unwrap_or(&other).trim_end(), "{text:?}");
        }
    }

    #[test]
    fn codes_are_found_with_and_without_marks() {
        assert_eq!(codes("dvd-2930ci player 5"), ["dvd2930ci"]);
        assert!(codes("the 3 years, 99.99 usd").is_empty());
    }
}
