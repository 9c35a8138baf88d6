//! Cuts a text into words. Every step that looks at grammar does this first, so it goes over the
//! text once and copies nothing but words with capitals.

use std::ops::Range;

use crate::language::lower::{Lower, lower};

/// A word of a text: its bytes without punctuation around it, and its lower-case form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Lower case.
    pub lower: Lower<'t>,
    /// Whether it opens with a capital.
    pub capital: bool,
    /// Whether a comma, semicolon, colon or dash follows at once.
    pub stop_after: bool,
    /// Brackets opened before it and not yet closed.
    pub depth: usize,
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut out: Vec<Word> = Vec::with_capacity(text.len() / 6 + 1);
    let mut depth = 0usize;
    for piece in pieces(text) {
        match piece.word(text, depth) {
            Some(word) => out.push(word),
            None if piece.is_dash(text) => {
                if let Some(last) = out.last_mut() {
                    last.stop_after = true;
                }
            }
            None => {}
        }
        depth = (depth + piece.opened).saturating_sub(piece.closed);
    }
    out
}

/// The first word of a text, in lower case.
pub fn first_word(text: &str) -> Option<Lower<'_>> {
    pieces(text).find_map(|piece| piece.word(text, 0)).map(|word| word.lower)
}

/// Whether a text has fewer words than `number`; the rest of it is not read.
pub fn has_fewer_words(text: &str, number: usize) -> bool {
    pieces(text).filter(|piece| !piece.core.is_empty()).take(number).count() < number
}

/// What stands between two blanks.
struct Piece {
    /// All of its bytes.
    whole: Range<usize>,
    /// Its bytes without punctuation around them; empty where it holds nothing else.
    core: Range<usize>,
    /// How many brackets open in it.
    opened: usize,
    /// How many close.
    closed: usize,
    /// Whether it is ASCII without capitals.
    small: bool,
}

/// What a character is to a word.
#[derive(Clone, Copy)]
enum Sign {
    /// A part of it.
    Inner,
    /// The end of it.
    Blank,
    /// A bracket that opens.
    Open,
    /// A bracket that closes.
    Close,
    /// Punctuation around it.
    Edge,
}

/// What each ASCII character is; nearly every character of a note is looked up here several times.
const ASCII: [Sign; 128] = {
    let mut table = [Sign::Edge; 128];
    let mut code = 0u8;
    while code < 128 {
        table[code as usize] = match code {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'$' | b'%' | b'+' | b'#' | b'_' => Sign::Inner,
            b'(' | b'[' => Sign::Open,
            b')' | b']' => Sign::Close,
            b' ' | b'\t'..=b'\r' => Sign::Blank,
            _ => Sign::Edge,
        };
        code += 1;
    }
    table
};

/// What a character beyond ASCII is.
#[cold]
fn sign(c: char) -> Sign {
    match c {
        '€' | '£' | '₹' | '¥' => Sign::Inner,
        _ if c.is_whitespace() => Sign::Blank,
        _ if c.is_alphanumeric() => Sign::Inner,
        _ => Sign::Edge,
    }
}

/// The pieces of a text, each found in one pass.
fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at = behind_blanks(text, at);
        let piece = (at < text.len()).then(|| Piece::at(text, at))?;
        at = piece.whole.end;
        Some(piece)
    })
}

/// Where the blanks from a byte on end.
fn behind_blanks(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        match ASCII.get(usize::from(*byte)) {
            Some(Sign::Blank) => at += 1,
            Some(_) => break,
            None => return text.len() - text[at..].trim_start().len(),
        }
    }
    at
}

impl Piece {
    /// The piece from a byte to the next blank.
    fn at(text: &str, start: usize) -> Piece {
        let bytes = text.as_bytes();
        let (mut at, mut core, mut opened, mut closed, mut small) = (start, start..start, 0, 0, true);
        while let Some(byte) = bytes.get(at) {
            let (sign, length) = match ASCII.get(usize::from(*byte)) {
                Some(sign) => (*sign, 1),
                None => text[at..].chars().next().map_or((Sign::Blank, 1), |c| (sign(c), c.len_utf8())),
            };
            match sign {
                Sign::Inner => {
                    let first = if core.is_empty() { at } else { core.start };
                    core = first..at + length;
                }
                Sign::Blank => break,
                Sign::Open => opened += 1,
                Sign::Close => closed += 1,
                Sign::Edge => {}
            }
            small &= byte.is_ascii() && !byte.is_ascii_uppercase();
            at += length;
        }
        Piece { whole: start..at, core, opened, closed, small }
    }

    fn word<'t>(&self, text: &'t str, depth: usize) -> Option<Word<'t>> {
        let Range { start, end } = self.core;
        let (word, bytes) = (&text[start..end], text.as_bytes());
        Some(Word {
            start,
            end,
            lower: if self.small { Lower::known(word) } else { lower(word).straight() },
            capital: !self.small && word.chars().next()?.is_uppercase(),
            stop_after: self.whole.end > end && matches!(bytes[self.whole.end - 1], b',' | b';' | b':'),
            depth: if matches!(bytes[self.whole.start], b'(' | b'[') { depth + 1 } else { depth },
        })
        .filter(|word| word.start < word.end)
    }

    fn is_dash(&self, text: &str) -> bool {
        matches!(&text[self.whole.clone()], "—" | "–" | "-" | "→" | "=" | "+")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_what_stands_around_them() {
        let text = "The (“big”, old) Don’t — £5/GB!";
        let found: Vec<_> = words(text).into_iter().map(|w| (w.lower.to_string(), w.stop_after, w.depth)).collect();
        let word = |lower: &str, stop, depth| (lower.to_owned(), stop, depth);
        let expected = [
            word("the", false, 0),
            word("big", true, 1),
            word("old", false, 1),
            word("don't", true, 0),
            word("£5/gb", false, 0),
        ];
        assert_eq!(found, expected);
    }
}
