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

/// Letters come first: most characters are some.
fn sign(c: char) -> Sign {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '$' | '%' | '€' | '£' | '+' | '#' | '_' => Sign::Inner,
        '(' | '[' => Sign::Open,
        ')' | ']' => Sign::Close,
        _ if c.is_whitespace() => Sign::Blank,
        _ if c.is_alphanumeric() => Sign::Inner,
        _ => Sign::Edge,
    }
}

/// The pieces of a text, each found in one pass.
fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let mut chars = text.char_indices();
    std::iter::from_fn(move || {
        let (at, c) = chars.by_ref().find(|(_, c)| !c.is_whitespace())?;
        let mut piece = Piece { whole: at..at, core: at..at, opened: 0, closed: 0 };
        piece.add(at, c);
        for (at, c) in chars.by_ref() {
            if !piece.add(at, c) {
                break;
            }
        }
        Some(piece)
    })
}

impl Piece {
    /// Takes in the next character; whether it belongs to the piece.
    #[inline]
    fn add(&mut self, at: usize, c: char) -> bool {
        let end = at + c.len_utf8();
        match sign(c) {
            Sign::Inner => {
                self.core = if self.core.is_empty() { at..end } else { self.core.start..end };
            }
            Sign::Blank => return false,
            Sign::Open => self.opened += 1,
            Sign::Close => self.closed += 1,
            Sign::Edge => {}
        }
        self.whole.end = end;
        true
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
