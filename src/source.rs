//! A source note as it was read, and places in it.
//!
//! Every byte range points into the whole original text, byte order mark and front matter included,
//! so that any place can be shown to the user as file, line and column.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// The number of a source note within one compilation, in the order of the paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// A range of bytes in a source note; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// The note.
    #[serde(skip)]
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Span { file, start, end }
    }

    /// The smallest span that holds both; `other` must be of the same file.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span::new(self.file, self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// A position as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A Markdown file of the user's, whole and unchanged.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its number in this compilation.
    pub id: FileId,
    /// Its path as shown to the user, with `/` between folders.
    pub path: String,
    /// The whole text.
    pub text: String,
    line_starts: Vec<usize>,
    /// How many characters begin before each [`BLOCK`] of bytes; counted when first asked for.
    characters: OnceLock<Vec<usize>>,
}

/// Bytes between two counts of characters: no place in a line of any length costs more to find.
const BLOCK: usize = 4096;

impl SourceFile {
    /// Takes in a note.
    pub fn new(id: FileId, path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut line_starts = vec![0];
        let bytes = text.as_bytes();
        let ends = |(at, byte): &(usize, &u8)| **byte == b'\n' || **byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        line_starts.extend(bytes.iter().enumerate().filter(ends).map(|(at, _)| at + 1));
        SourceFile { id, path: path.into(), text, line_starts, characters: OnceLock::new() }
    }

    /// The line, counted from 1, on which the byte `offset` lies.
    pub fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// The lines, each without its end; behind a last line feed stands an empty one.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let ends = self.line_starts.iter().skip(1).copied().chain([self.text.len()]);
        self.line_starts.iter().zip(ends).map(|(start, end)| self.text[*start..end].trim_end_matches(['\r', '\n']))
    }

    /// The first byte of each line.
    pub fn line_starts(&self) -> &[usize] {
        &self.line_starts
    }

    /// Line and column of the byte `offset`, which must lie on a character border.
    pub fn location(&self, offset: usize) -> Location {
        let line = self.line(offset);
        let start = self.line_starts[line - 1];
        let column = self.characters_before(offset) - self.characters_before(start) + 1;
        Location { line, column }
    }

    /// How many characters begin before a byte of the text.
    fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let begin = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        let blocks = self.characters.get_or_init(|| {
            let before = |all: &mut usize, block: &[u8]| {
                let before = *all;
                *all += begin(block);
                Some(before)
            };
            bytes.chunks(BLOCK).chain([&[][..]]).scan(0, before).collect()
        });
        let offset = offset.min(bytes.len());
        let block = offset / BLOCK;
        blocks.get(block).map_or(0, |before| before + begin(&bytes[block * BLOCK..offset]))
    }

    /// The text of a span of this file.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }

    /// The lines that a span meets and those around it, up to an empty one.
    pub fn stanza(&self, span: Span) -> Span {
        let start = self.text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[span.end..].find('\n').map_or(self.text.len(), |at| span.end + at);
        let full = |part: &&str| !part.trim().is_empty();
        let before: usize = self.text[..start].split_inclusive('\n').rev().take_while(full).map(str::len).sum();
        let after: usize = self.text[end..].split_inclusive('\n').skip(1).take_while(full).map(str::len).sum();
        let feed = usize::from(after > 0);
        Span::new(self.id, start - before, end + feed + after)
    }

    /// The span of the whole file.
    pub fn span(&self) -> Span {
        Span::new(self.id, 0, self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stanza_ends_at_empty_lines() {
        let file = SourceFile::new(FileId(0), "a.md", "a\n \r\nb\nc\nd\n\ne");
        let of = |words: &str| {
            let at = file.text.find(words).unwrap();
            file.slice(file.stanza(Span::new(file.id, at, at + words.len()))).trim_end()
        };
        assert_eq!([of("a"), of("b"), of("c"), of("d"), of("e")], ["a", "b\nc\nd", "b\nc\nd", "b\nc\nd", "e"]);
    }

    #[test]
    fn columns_count_characters_in_a_line_of_any_length() {
        let file = SourceFile::new(FileId(0), "a.md", format!("ü\n{}", "aä€\u{1f600}".repeat(BLOCK / 5)));
        for (column, (at, _)) in (1..).zip(file.text[3..].char_indices()) {
            assert_eq!(file.location(3 + at), Location { line: 2, column }, "byte {at}");
        }
        let end = file.location(file.text.len());
        assert_eq!(end.column, file.text.chars().count() - 1);
    }
}
