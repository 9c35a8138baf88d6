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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown;
    use crate::source::SourceFile;

    fn covered(note: &str) -> NoteCoverage {
        let files = [SourceFile::new(FileId(0), "a.md", note)];
        let out = crate::compile(&files, &Config::default());
        let documents = [markdown::parse(&files[0])];
        let mut coverage = of(&documents, &out.deck.cards, out.findings.iter());
        coverage.notes.remove(0)
    }

    fn states(note: &str) -> Vec<(String, State)> {
        covered(note).statements.into_iter().map(|statement| (statement.text, statement.state)).collect()
    }

    #[test]
    fn only_what_can_be_learnt_is_a_statement() {
        let note = "---\ntitle: A\n---\n# A\n\nWhy so?\n\nThe list:\n\n- [x](y.md)\n- ~~old~~\n- new\n\n![p](q.png)\n\n\
                    | h | i |\n| --- | --- |\n| j | k |\n\n```sh\nls\n```\n\nRun:\n\n```sh\nls -l\n```\n\n<!-- no -->\n";
        let whats: Vec<What> = covered(note).lines.iter().map(|line| line.what).filter(|w| *w != What::Blank).collect();
        let (front, marks) = (What::FrontMatter, What::Marks);
        let expected = [
            front,
            front,
            front,
            What::Heading,
            What::Question,
            What::LeadIn,
            What::Navigation,
            What::Struck,
            What::Statement,
            What::Picture,
            What::TableHead,
            marks,
            What::Statement,
            What::Code,
            What::Code,
            What::Code,
            What::LeadIn,
            marks,
            What::Statement,
            marks,
            What::Hidden,
        ];
        assert_eq!(whats, expected);
        let texts: Vec<String> = states(note).into_iter().map(|(text, _)| text).collect();
        assert_eq!(texts, ["new", "k", "ls -l"]);
    }

    #[test]
    fn words_on_cards_count_and_not_the_lines_of_cards() {
        let note = "Q: What does NAT rewrite?\nA: Addresses\n\nSomething else that nobody knows.\n";
        let expected = [("A: Addresses", State::Covered), ("Something else that nobody knows.", State::Missed)];
        assert_eq!(states(note), expected.map(|(text, state)| (text.to_owned(), state)));
    }

    #[test]
    fn what_was_said_before_is_covered_by_the_card_that_stays() {
        let card = "Q: What does NAT rewrite?\nA: Addresses\n";
        let note = covered(&format!("{card}\n{card}"));
        assert_eq!(note.count(), Count { all: 2, covered: 2 });
        assert_eq!(note.lines[3].cards, [0]);
    }

    #[test]
    fn every_option_of_a_choice_is_on_its_card() {
        let note = "Which port does SSH use?\n\nA) 21\nB) 22\n\nAnswer: B\n";
        assert_eq!(covered(note).count().percent(), 100);
    }

    #[test]
    fn nothing_to_learn_is_wholly_learnt() {
        assert_eq!(Count::default().percent(), 100);
        assert_eq!(Count { all: 3, covered: 2 }.percent(), 66);
    }
}
