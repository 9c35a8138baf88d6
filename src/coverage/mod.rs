//! How much of what notes say became cards: a pure function of notes and deck.
//!
//! A note is cut into statements: sentences, table cells, formulas, and code below a task. A statement
//! is covered where at least half of its words stand on cards. What counts are the words that a card
//! shows, of which each knows its place in the note; a card's span says only where it belongs, and
//! may be a whole list.

pub mod page;
mod shown;
mod statements;

use std::collections::BTreeMap;

use crate::card::Card;
use crate::diagnostic::Finding;
use crate::markdown::Document;
use crate::source::{FileId, Span};
use shown::Shown;
pub use statements::What;

/// How much of the notes became cards.
#[derive(Debug, Default)]
pub struct Coverage {
    /// The notes, in order.
    pub notes: Vec<NoteCoverage>,
}

/// How much of a note became cards.
#[derive(Debug)]
pub struct NoteCoverage {
    /// The note.
    pub file: FileId,
    /// Its sections by their numbers; the first is what stands above all headings.
    pub sections: Vec<Section>,
    /// What it says, in order.
    pub statements: Vec<Statement>,
    /// Its lines, in order.
    pub lines: Vec<Line>,
}

/// The part of a note below one heading, up to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading's words; empty above all headings.
    pub title: String,
    /// The heading's level, 1 the largest; 0 above all headings.
    pub level: u8,
    /// The heading's line, from 1.
    pub line: usize,
}

/// Something that a note says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Where it stands.
    pub span: Span,
    /// Its characters without marks.
    pub text: String,
    /// The number of its section.
    pub section: usize,
    /// How much of it is on cards.
    pub state: State,
    /// The cards that show words of it, by their position in the deck.
    pub cards: Vec<usize>,
}

/// How much of a statement is on cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// At least half of its words.
    Covered,
    /// Fewer, such as the name that another statement's card takes from it.
    Partly,
    /// None.
    Missed,
}

/// A line of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What stands on it.
    pub what: What,
    /// Its statements, by their position in the note.
    pub statements: Vec<usize>,
    /// The cards that show words of it, by their position in the deck.
    pub cards: Vec<usize>,
}

/// A number of statements, and how many of them are covered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// All.
    pub all: usize,
    /// Those that are covered.
    pub covered: usize,
}

impl Count {
    /// The count of some statements.
    pub fn of<'a>(statements: impl Iterator<Item = &'a Statement>) -> Count {
        statements.fold(Count::default(), |count, statement| Count {
            all: count.all + 1,
            covered: count.covered + usize::from(statement.state == State::Covered),
        })
    }

    /// The covered part in percent, rounded down; nothing to learn is wholly learnt.
    pub fn percent(self) -> usize {
        (self.covered * 100).checked_div(self.all).unwrap_or(100)
    }
}

impl Coverage {
    /// All statements.
    pub fn count(&self) -> Count {
        Count::of(self.notes.iter().flat_map(|note| &note.statements))
    }
}

impl NoteCoverage {
    /// Its statements.
    pub fn count(&self) -> Count {
        Count::of(self.statements.iter())
    }

    /// The statements of each section that has any, by the section's number.
    pub fn by_section(&self) -> BTreeMap<usize, Vec<&Statement>> {
        let mut out: BTreeMap<usize, Vec<&Statement>> = BTreeMap::new();
        for statement in &self.statements {
            out.entry(statement.section).or_default().push(statement);
        }
        out
    }
}

/// What became of notes. `documents` are all notes by their numbers, `cards` those of the deck;
/// `found` is all that was found, since a duplicate's place is covered by the card that stays.
pub fn of<'a>(documents: &[Document], cards: &[Card], found: impl Iterator<Item = &'a Finding>) -> Coverage {
    let shown = Shown::new(documents, cards, found);
    Coverage { notes: documents.iter().map(|document| note(document, &shown)).collect() }
}

fn note(document: &Document, shown: &Shown) -> NoteCoverage {
    let read = statements::read(document);
    let judged = read.statements.into_iter().map(|raw| {
        let (state, cards) = shown.judge(&raw);
        Statement { span: raw.span, text: raw.text, section: raw.section, state, cards }
    });
    let statements: Vec<Statement> = judged.collect();
    let mut lines: Vec<Line> =
        read.lines.iter().map(|what| Line { what: *what, statements: Vec::new(), cards: Vec::new() }).collect();
    let file = document.file;
    for (index, statement) in statements.iter().enumerate() {
        for line in file.line(statement.span.start)..=file.line(statement.span.end.max(1) - 1) {
            lines[line - 1].statements.push(index);
        }
    }
    for (range, card) in shown.in_file(file.id) {
        for line in file.line(range.start)..=file.line(range.end.max(range.start + 1) - 1) {
            let cards = &mut lines[line - 1].cards;
            if !cards.contains(card) {
                cards.push(*card);
            }
        }
    }
    for line in &mut lines {
        line.cards.sort_unstable();
    }
    NoteCoverage { file: file.id, sections: read.sections, statements, lines }
}
