//! Which lines stand together, and which cards beside them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::card::Card;
use crate::coverage::{NoteCoverage, What};
use crate::source::SourceFile;

/// Lines of a note, and the cards beside them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The lines, from 0.
    pub(super) lines: Range<usize>,
    /// The cards that belong to these lines, by their position in the deck.
    pub(super) cards: Vec<usize>,
    /// The cards of other lines that show what these say, where no card belongs to them.
    pub(super) also: Vec<usize>,
}

/// A note in rows. A card stands beside the first line that it shows words of within the passage
/// that made its rule fire; lines below that show up on the same cards only stay in its row.
pub(super) fn rows(note: &NoteCoverage, cards: &[Card], file: &SourceFile) -> Vec<Row> {
    let homes = homes(note, cards, file);
    let mut rows: Vec<Row> = Vec::new();
    // Behind the last line feed there is no line.
    let count = note.lines.len() - usize::from(file.text.is_empty() || file.text.ends_with('\n'));
    for line in 0..count {
        let own = homes.get(&line).cloned().unwrap_or_default();
        let also = if own.is_empty() { also(note, line) } else { Vec::new() };
        let joins = own.is_empty() && rows.last().is_some_and(|row| joins(note, line, row, &also));
        match rows.last_mut().filter(|_| joins) {
            Some(row) => row.lines.end = line + 1,
            None => rows.push(Row { lines: line..line + 1, cards: own, also }),
        }
    }
    rows
}

/// The cards of each line, from 0.
fn homes(note: &NoteCoverage, cards: &[Card], file: &SourceFile) -> BTreeMap<usize, Vec<usize>> {
    let mut homes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, card) in cards.iter().enumerate().filter(|(_, card)| card.span.file == note.file) {
        let first = file.line(card.anchor.start) - 1;
        let last = file.line(card.anchor.end.max(card.anchor.start + 1) - 1);
        let shown = (first..last).find(|line| note.lines[*line].cards.contains(&index));
        homes.entry(shown.unwrap_or(first)).or_default().push(index);
    }
    homes
}

/// The cards that show what a line says.
fn also(note: &NoteCoverage, line: usize) -> Vec<usize> {
    if note.lines[line].what == What::Statement { note.lines[line].cards.clone() } else { Vec::new() }
}

/// Whether a line without cards of its own belongs to the row above it.
fn joins(note: &NoteCoverage, line: usize, row: &Row, also: &[usize]) -> bool {
    let follows = note.lines[line].cards.iter().any(|card| row.cards.contains(card));
    match note.lines[line].what {
        What::Blank => true,
        What::Heading => false,
        _ => follows || row.cards.is_empty() && row.also == also,
    }
}
