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
        '€' | '£' => Sign::Inner,
        _ if c.is_whitespace() => Sign::Blank,
        _ if c.is_alphanumeric() => Sign::Inner,
        _ => Sign::Edge,
    }
}

/// The pieces of a text, each found in one pass.
fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = text.len() - text[at..].trim_start().len();
        let piece = (start < text.len()).then(|| Piece::at(text, start))?;
        at = piece.whole.end;
        Some(piece)
    })
}

impl Piece {
    /// The piece from a byte to the next blank.
    fn at(text: &str, start: usize) -> Piece {
        let mut piece = Piece { whole: start..text.len(), core: start..start, opened: 0, closed: 0 };
        for (at, c) in text[start..].char_indices() {
            let at = start + at;
            match ASCII.get(c as usize).copied().unwrap_or_else(|| sign(c)) {
                Sign::Inner => {
                    let first = if piece.core.is_empty() { at } else { piece.core.start };
                    piece.core = first..at + c.len_utf8();
                }
                Sign::Blank => {
                    piece.whole.end = at;
                    break;
                }
                Sign::Open => piece.opened += 1,
                Sign::Close => piece.closed += 1,
                Sign::Edge => {}
            }
        }
        piece
    }

    fn word<'t>(&self, text: &'t str, depth: usize) -> Option<Word<'t>> {
        let Range { start, end } = self.core;
        let word = &text[start..end];
        Some(Word {
            start,
            end,
            lower: lower(word).straight(),
            capital: word.chars().next()?.is_uppercase(),
            stop_after: text[end..self.whole.end].ends_with([',', ';', ':']),
            depth: if text[self.whole.start..].starts_with(['(', '[']) { depth + 1 } else { depth },
        })
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
