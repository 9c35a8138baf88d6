//! A text as matching sees it: folded, cut into tokens with stems, numbers and codes.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::words::{self, Class};

/// The most tokens of one text that are looked at; what is behind is left out.
const MOST_TOKENS: usize = 400;

/// The most distinct words whose stems a thread remembers.
const MOST_STEMS: usize = 200_000;

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
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let plain_text = is_nfkc_quick(text.chars()) == IsNormalized::Yes;
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

/// The same for a text of ASCII alone, as most are.
fn fold_ascii(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let (mut in_tag, mut blank) = (false, true);
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'<' && bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/') {
            in_tag = text.contains('>');
        }
        // A vertical tab is white space, too.
        let empty = in_tag || *byte == b'*' || *byte == 11 || byte.is_ascii_whitespace();
        in_tag &= *byte != b'>';
        if !empty {
            out.push(if *byte == b'`' { '\'' } else { char::from(byte.to_ascii_lowercase()) });
        } else if !blank {
            out.push(' ');
        }
        blank = empty;
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
    let bytes = folded.as_bytes();
    let mut chars = folded.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            if !(c.is_alphanumeric() || is_combining_mark(c) || is_inside(bytes, at, c)) {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        push(folded, start, end, &mut out);
        if out.len() >= MOST_TOKENS {
            break;
        }
    }
    out
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

fn push(folded: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let word = &folded[start..end];
    let at =
        |start: usize, end: usize| (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX));
    let (from, to) = at(start, end);
    if let Some(token) = remembered(word) {
        return out.push(Token { start: from, end: to, ..token });
    }
    if let Some(value) = words::number(word) {
        out.push(Token { stem: mix(value.to_bits()), start: from, end: to, shape: Shape::Number, class: None });
        return;
    }
    let digits = word.bytes().any(|b| b.is_ascii_digit());
    if let Some(stem) = word.strip_suffix("n't").filter(|stem| !stem.is_empty()) {
        // "doesn't" is "does not", and so in any other word.
        let cut = start + stem.len();
        let base = match stem {
            "ca" => "can",
            "wo" => "will",
            other => other,
        };
        let (_, middle) = at(start, cut);
        out.push(Token {
            stem: stem_hash(base),
            start: from,
            end: middle,
            shape: Shape::Word,
            class: words::class(base),
        });
        out.push(Token { stem: hash("not"), start: middle, end: to, shape: Shape::Word, class: words::class("not") });
        return;
    }
    let base = word.split('\'').next().filter(|base| base.len() > 1).unwrap_or(word);
    let shape = if digits { Shape::Code } else { Shape::Word };
    let stem = if digits { hash(base) } else { stem_hash(base) };
    let token = Token { stem, start: from, end: to, shape, class: words::class(base) };
    remember(word, token);
    out.push(token);
}

thread_local! {
    static STEMMER: Stemmer = Stemmer::create(Algorithm::English);
    static TOKENS: RefCell<HashMap<String, Token>> = RefCell::new(HashMap::new());
}

/// The hash of a word's stem.
fn stem_hash(word: &str) -> u64 {
    STEMMER.with(|stemmer| hash(&stemmer.stem(words::base(word))))
}

/// What is known of a word; remembered, as few words make most of any text.
fn remembered(word: &str) -> Option<Token> {
    TOKENS.with_borrow(|known| known.get(word).copied())
}

fn remember(word: &str, token: Token) {
    TOKENS.with_borrow_mut(|known| {
        if known.len() < MOST_STEMS {
            known.insert(word.to_owned(), token);
        }
    });
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
