//! The lines of a view and the little that mending must know of Markdown's blocks: which lines are
//! code or other raw text, and how far in the items around a line reach.

use crate::markdown::view::{View, Weaver};
use std::ops::Range;

/// How many open list items are remembered; deeper ones count as the last of these.
const ITEMS: usize = 32;

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// Its first byte.
    pub(super) start: usize,
    /// Where the marks of quotes end.
    pub(super) inner: usize,
    /// Its first byte that is neither quote mark nor blank.
    pub(super) body: usize,
    /// One past its last byte that is not white space.
    pub(super) end: usize,
    /// The first byte of the next line.
    pub(super) next: usize,
    /// How many quotes it stands in.
    pub(super) quotes: usize,
    /// The columns between the marks of quotes and its body.
    pub(super) indent: usize,
    /// Where the text of the innermost Markdown list item begins that its indentation makes it part of.
    pub(super) room: usize,
    /// The same, but also counting an item whose paragraph it lazily continues.
    pub(super) lazy: usize,
    /// That item is numbered.
    pub(super) numbered: bool,
    /// Part of a fenced block, comment, formula or raw element.
    pub(super) raw: bool,
    /// Markdown takes it for indented code.
    pub(super) code: bool,
}

impl Line {
    /// Whether there is nothing on it.
    pub(super) fn blank(&self) -> bool {
        self.body >= self.end
    }

    /// Its words.
    pub(super) fn words<'t>(&self, text: &'t str) -> &'t str {
        &text[self.body..self.end.max(self.body)]
    }

    /// The marks of quotes before it.
    pub(super) fn marks<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.inner]
    }

    /// Whether it is ordinary text that may be mended.
    pub(super) fn plain(&self) -> bool {
        !self.raw && !self.code && !self.blank()
    }
}

/// Gives every line that ends with a lone carriage return, as on the first Macintosh, a line feed.
pub(super) fn with_line_feeds<'n>(view: &View<'n>) -> Option<View<'n>> {
    let bytes = view.text.as_bytes();
    let lone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let mut weaver = None;
    for at in view.text.match_indices('\r').map(|(at, _)| at).filter(lone) {
        let weaver = weaver.get_or_insert_with(|| Weaver::new(view));
        weaver.keep_to(at);
        weaver.add("\n");
        weaver.skip_to(at + 1);
    }
    weaver.map(Weaver::finish)
}

/// Reads the lines of a text.
pub(super) fn read(text: &str) -> Vec<Line> {
    let mut scanner = Scanner::default();
    let mut lines = Vec::new();
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let mut line = measure(text, start..start + whole.len(), scanner.most_quotes());
        scanner.look(text, &mut line);
        lines.push(line);
        start += whole.len();
    }
    lines
}

fn measure(text: &str, whole: Range<usize>, most_quotes: usize) -> Line {
    let Range { start, end: next } = whole;
    let end = start + text[start..next].trim_end().len();
    let (mut inner, mut quotes) = (start, 0);
    while quotes < most_quotes
        && let Some(rest) = text[inner..end].trim_start_matches([' ', '\t']).strip_prefix('>')
    {
        inner = end - rest.strip_prefix(' ').unwrap_or(rest).len();
        quotes += 1;
    }
    let body = next - text[inner..next].trim_start_matches([' ', '\t']).len();
    let indent = columns(&text[inner..body]);
    Line { start, inner, body, end, next, quotes, indent, room: 0, lazy: 0, numbered: false, raw: false, code: false }
}

/// How many columns blanks fill.
pub(super) fn columns(blanks: &str) -> usize {
    blanks.chars().fold(0, |n, c| if c == '\t' { n + 4 - n % 4 } else { n + 1 })
}

/// A Markdown list marker at the start of words: its bytes, and the columns up to the item's text.
pub(super) fn marker(words: &str) -> Option<(usize, usize)> {
    let digits = words.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let width = match (digits, words[digits..].chars().next()?) {
        (0, '-' | '+' | '*') => 1,
        (1..=9, '.' | ')') => digits + 1,
        _ => return None,
    };
    let rest = &words[width..];
    match columns(&rest[..rest.len() - rest.trim_start().len()]) {
        0 if !rest.is_empty() => None,
        n @ 1..=4 => Some((width, width + n)),
        _ => Some((width, width + 1)),
    }
}

/// The words behind Markdown list markers, and the columns that the markers take up.
pub(super) fn text_of_item(words: &str) -> (&str, usize) {
    let (mut rest, mut column) = (words, 0);
    while let Some((bytes, columns)) = marker(rest) {
        rest = rest[bytes..].trim_start();
        column += columns;
    }
    (rest, column)
}

/// What ends a stretch of raw text.
enum Raw {
    /// A fence of at least so many of a character.
    Fence(char, usize),
    /// A line that holds these characters.
    Until(&'static str),
    /// The same, or a blank line.
    Paragraph(&'static str),
}

/// What has been seen so far.
#[derive(Default)]
struct Scanner {
    raw: Option<Raw>,
    /// Where the text of the open list items begins, and whether they are numbered.
    items: Vec<(usize, bool)>,
    quotes: usize,
    /// How many quotes the raw text stands in.
    raw_quotes: usize,
    /// The last line was blank, or the first is still to come.
    after_blank: Option<bool>,
    after_code: bool,
}

impl Scanner {
    /// In raw text, further `>` are a part of it.
    fn most_quotes(&self) -> usize {
        if self.raw.is_some() { self.raw_quotes } else { usize::MAX }
    }

    fn look(&mut self, text: &str, line: &mut Line) {
        let words = line.words(text);
        if line.quotes != self.quotes && !line.blank() {
            self.items.clear();
            self.quotes = line.quotes;
            // A fence in a quote ends with the quote.
            self.raw = self.raw.take().filter(|_| line.quotes >= self.raw_quotes);
        }
        if self.continues_raw(words) {
            line.raw = true;
        } else if !line.blank() {
            self.place(line, words);
            if !line.code {
                self.begin(line, words);
            }
        }
        self.after_blank = Some(line.blank());
        self.after_code = line.code || (self.after_code && line.blank());
    }

    /// Whether raw text goes on here, its last line included.
    fn continues_raw(&mut self, words: &str) -> bool {
        let ended = match &self.raw {
            None => return false,
            Some(Raw::Fence(sign, length)) => {
                let bare = words.trim_start_matches(*sign);
                words.len() - bare.len() >= *length && bare.trim().is_empty()
            }
            Some(Raw::Until(end)) => words.contains(end),
            Some(Raw::Paragraph(end)) => words.contains(end) || words.is_empty(),
        };
        if ended {
            self.raw = None;
        }
        true
    }

    fn place(&mut self, line: &mut Line, words: &str) {
        let fresh = self.after_blank != Some(false);
        line.room = self.items.iter().rev().map(|i| i.0).find(|i| *i <= line.indent).unwrap_or(0);
        line.code = line.indent >= line.room + 4 && (fresh || self.after_code);
        let item = !line.code && marker(words).is_some() && !is_rule(words);
        if fresh || item {
            self.items.retain(|i| i.0 <= line.indent);
        }
        (line.lazy, line.numbered) = self.items.last().copied().unwrap_or_default();
        let (mut rest, mut column) = (words, line.indent);
        while let Some((bytes, columns)) = marker(rest).filter(|_| item && self.items.len() < ITEMS) {
            let numbered = rest.starts_with(|c: char| c.is_ascii_digit());
            rest = rest[bytes..].trim_start();
            column += columns;
            self.items.push((column, numbered));
        }
    }

    /// Whether raw text begins on this line.
    fn begin(&mut self, line: &mut Line, words: &str) {
        let (words, _) = text_of_item(words);
        let sign = words.chars().next().filter(|c| matches!(c, '`' | '~'));
        if let Some(sign) = sign {
            let info = words.trim_start_matches(sign);
            let length = words.len() - info.len();
            if length >= 3 && !(sign == '`' && info.contains('`')) {
                self.raw = Some(Raw::Fence(sign, length));
            }
        }
        let until = |open: &str, end| (words.starts_with(open) && !words[open.len()..].contains(end)).then_some(end);
        let element = |open: &str, end: &'static str| until(open, end).or_else(|| until(&open.to_uppercase(), end));
        if let Some(end) = until("<!--", "-->").or(element("<script", "</script")).or(element("<style", "</style")) {
            self.raw = Some(Raw::Until(end));
        } else if let Some(end) = element("<pre", "</pre") {
            self.raw = Some(Raw::Until(end));
        } else if let Some(end) = until("$$", "$$") {
            self.raw = Some(Raw::Paragraph(end));
        }
        line.raw |= self.raw.is_some();
        self.raw_quotes = line.quotes;
    }
}

/// Whether a line is a thematic break.
fn is_rule(words: &str) -> bool {
    let sign = words.chars().next().unwrap_or(' ');
    matches!(sign, '-' | '*' | '_') && words.chars().all(|c| c == sign || c == ' ') && words.matches(sign).count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_raw_lines_and_items() {
        let text = "- a\n  b\n\n  ```\n  • c\n  ```\n> q\n\n    code\n";
        let lines = read(text);
        let raw: Vec<bool> = lines.iter().map(|l| l.raw).collect();
        assert_eq!(raw, [false, false, false, true, true, true, false, false, false]);
        assert_eq!((lines[1].room, lines[6].quotes, lines[8].code), (2, 1, true));
    }
}
