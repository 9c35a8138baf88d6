//! Running text with its marks: plain characters for the rules to read, and runs that say how each
//! stretch looks and where in the note it stands.
//!
//! Code, formulas and images are *atoms*: their characters are opaque, and nothing may be cut inside them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// What kind of characters a run holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Atom {
    /// Ordinary words.
    #[default]
    Words,
    /// Inline code; the characters are the code.
    Code,
    /// A formula; the characters are LaTeX without delimiters.
    Math {
        /// Set on a line of its own.
        display: bool,
    },
    /// An image; the characters are its alternative text.
    Image {
        /// The target as the author wrote it, or the packed name once media are attached.
        #[serde(with = "crate::reading::shared")]
        src: Arc<str>,
    },
    /// A line break that the author asked for; the character is a line feed.
    Break,
}

/// A gap of a cloze card.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gap {
    /// Gaps with one number are asked together; from 1.
    pub number: u16,
    /// Shown in place of the gap.
    #[serde(with = "crate::reading::shared_maybe")]
    pub hint: Option<Arc<str>>,
}

/// How a run looks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent mark of Markdown")]
pub struct Style {
    /// `**bold**`.
    pub strong: bool,
    /// `*italic*`.
    pub emphasis: bool,
    /// `~~struck~~`.
    pub strike: bool,
    /// `==marked==`.
    pub highlight: bool,
    /// `^superscript^`.
    pub superscript: bool,
    /// `~subscript~`.
    pub subscript: bool,
    /// The kind of characters.
    pub atom: Atom,
    /// The target of the link that the run is part of.
    #[serde(with = "crate::reading::shared_maybe")]
    pub link: Option<Arc<str>>,
    /// The gap that the run is part of.
    pub gap: Option<Gap>,
}

/// A stretch of text of one style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// First byte in [`Text::plain`].
    pub start: usize,
    /// One past the last byte in [`Text::plain`].
    pub end: usize,
    /// How it looks.
    pub style: Style,
    /// The byte of the note at which the run begins; `None` for words that a rule added.
    pub source: Option<usize>,
}

/// Text with marks. The runs cover `plain` without a hole, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    plain: String,
    runs: Vec<Run>,
}

impl Text {
    /// Plain words that stand in no note.
    pub fn words(plain: impl AsRef<str>) -> Self {
        let mut text = Text::default();
        text.push(plain.as_ref(), Style::default(), None);
        text
    }

    /// Adds characters at the end; joins the last run where style and place allow.
    pub fn push(&mut self, plain: &str, style: Style, source: Option<usize>) {
        if plain.is_empty() {
            return;
        }
        let start = self.plain.len();
        self.plain.push_str(plain);
        let end = self.plain.len();
        if let Some(last) = self.runs.last_mut() {
            let follows = match (last.source, source) {
                (Some(a), Some(b)) => a + (last.end - last.start) == b,
                (None, None) => true,
                _ => false,
            };
            if follows && last.style == style && last.style.atom == Atom::Words {
                last.end = end;
                return;
            }
        }
        self.runs.push(Run { start, end, style, source });
    }

    /// Adds another text at the end.
    pub fn append(&mut self, other: &Text) {
        for run in &other.runs {
            self.push(&other.plain[run.start..run.end], run.style.clone(), run.source);
        }
    }

    /// This text followed by words.
    #[must_use]
    pub fn then(mut self, words: &str) -> Text {
        self.push(words, Style::default(), None);
        self
    }

    /// This text followed by another.
    #[must_use]
    pub fn join(mut self, other: &Text) -> Text {
        self.append(other);
        self
    }

    /// The characters without marks.
    pub fn plain(&self) -> &str {
        &self.plain
    }

    /// The runs, in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.plain.trim().is_empty() && !self.runs.iter().any(|r| matches!(r.style.atom, Atom::Image { .. }))
    }

    /// The part at a byte range of [`Text::plain`], marks and places kept.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Text {
        if range.is_empty() {
            return Text::default();
        }
        let first = self.runs.partition_point(|run| run.end <= range.start);
        let count = self.runs[first..].partition_point(|run| run.start < range.end);
        let mut out = Text { plain: String::with_capacity(range.len()), runs: Vec::with_capacity(count) };
        for run in &self.runs[first..first + count] {
            let (start, end) = (run.start.max(range.start), run.end.min(range.end));
            let source = run.source.map(|s| s + (start - run.start));
            out.push(&self.plain[start..end], run.style.clone(), source);
        }
        out
    }

    /// Without white space at either end.
    #[must_use]
    pub fn trim(&self) -> Text {
        self.trim_matches(char::is_whitespace)
    }

    /// Without characters of a kind at either end.
    #[must_use]
    pub fn trim_matches(&self, drop: impl Fn(char) -> bool) -> Text {
        let start = self.plain.len() - self.plain.trim_start_matches(&drop).len();
        let end = self.plain.trim_end_matches(&drop).len();
        if start >= end { Text::default() } else { self.slice(start..end) }
    }

    /// The plain characters with every byte of an atom replaced by `x`, so that a search for
    /// punctuation or words finds none inside code and formulas. Same length, same offsets.
    pub fn mask(&self) -> Cow<'_, str> {
        let opaque = |run: &Run| !matches!(run.style.atom, Atom::Words | Atom::Break);
        if !self.runs.iter().any(opaque) {
            return Cow::Borrowed(&self.plain);
        }
        let mut mask = String::with_capacity(self.plain.len());
        for run in &self.runs {
            if opaque(run) {
                mask.extend(std::iter::repeat_n('x', run.end - run.start));
            } else {
                mask.push_str(&self.plain[run.start..run.end]);
            }
        }
        Cow::Owned(mask)
    }

    /// The text cut where the author ended a line, softly or with a hard break; `note` is the whole
    /// text of the file that it stands in.
    pub fn lines(&self, note: &str) -> Vec<Text> {
        let range = self.source_range().and_then(|range| note.get(range));
        let broken = self.runs.iter().any(|r| r.style.atom == Atom::Break);
        if !broken && range.is_some_and(|source| !source.contains(['\n', '\r'])) {
            return vec![self.trim()].into_iter().filter(|line| !line.runs.is_empty()).collect();
        }
        let mut lines = vec![Text::default()];
        let mut last = None;
        for run in &self.runs {
            let hard = run.style.atom == Atom::Break;
            let ends =
                |at: usize| last.is_some_and(|l: usize| l < at && note.get(l..at).is_some_and(|s| s.contains('\n')));
            if hard || run.source.is_some_and(ends) {
                lines.push(Text::default());
            }
            // Words that were put in join what stands around them.
            let joins = run.source.is_none() && !self.plain[run.start..run.end].trim().is_empty();
            last = run.source.map(|s| s + (run.end - run.start)).or(last).filter(|_| !joins);
            if !hard {
                self.add_lines(run, note, &mut lines);
            }
        }
        lines.iter().map(Text::trim).filter(|line| !line.runs.is_empty()).collect()
    }

    /// Adds a run to lines of which the last is open; a blank that is a line feed in the note ends it.
    fn add_lines(&self, run: &Run, note: &str, lines: &mut Vec<Text>) {
        let words = &self.plain[run.start..run.end];
        let mut from = 0;
        for (at, _) in words.match_indices(' ') {
            let byte = run.source.and_then(|s| note.as_bytes().get(s + at));
            if run.style.atom == Atom::Words && matches!(byte, Some(b'\n' | b'\r')) {
                push_last(lines, &self.slice(run.start + from..run.start + at));
                lines.push(Text::default());
                from = at + 1;
            }
        }
        push_last(lines, &self.slice(run.start + from..run.end));
    }

    /// The bytes of the note from the first to the last run, where any stands in one.
    pub fn source_range(&self) -> Option<Range<usize>> {
        let first = self.runs.iter().find_map(|r| r.source)?;
        let last = self.runs.iter().rev().find_map(|r| r.source.map(|s| s + (r.end - r.start)))?;
        (first <= last).then_some(first..last)
    }

    /// The same text with each run restyled; runs keep their characters.
    #[must_use]
    pub fn restyle(&self, change: impl Fn(&mut Style)) -> Text {
        let mut out = Text::default();
        for run in &self.runs {
            let mut style = run.style.clone();
            change(&mut style);
            out.push(&self.plain[run.start..run.end], style, run.source);
        }
        out
    }

    /// The same text with a gap over a byte range of [`Text::plain`].
    #[must_use]
    pub fn with_gap(&self, range: Range<usize>, number: u16) -> Text {
        let gap = self.slice(range.clone()).restyle(|s| s.gap = Some(Gap { number, hint: None }));
        self.slice(0..range.start).join(&gap).join(&self.slice(range.end..self.plain.len()))
    }
}

fn push_last(lines: &mut [Text], part: &Text) {
    if let Some(last) = lines.last_mut() {
        last.append(part);
    }
}
