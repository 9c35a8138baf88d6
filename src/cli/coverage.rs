//! What `recto check --coverage` prints: to people section by section, to programs as one JSON object.

use std::fmt::Write as _;

use serde::Serialize;

use super::error::Error;
use super::notes::Work;
use super::report::{self, plural};
use super::screen::Look;
use crate::coverage::{Count, Coverage, NoteCoverage, Section, State, Statement};
use crate::diagnostic::render::visible;
use crate::source::SourceFile;

/// Coverage as text: the whole, then each note with its sections and what they say that is on no card.
pub(super) fn text(coverage: &Coverage, work: &Work, look: Look) -> String {
    let mut out = total(coverage, work, look);
    for note in &coverage.notes {
        let file = &work.files[note.file.0 as usize];
        let _ = write!(out, "\n{}  {}\n", look.bold(&visible(&file.path)), share(note.count()));
        for (number, statements) in note.by_section() {
            out.push_str(&section(&note.sections[number], &statements, file, look));
        }
    }
    out
}

/// Coverage as one line: the whole.
pub(super) fn total(coverage: &Coverage, work: &Work, look: Look) -> String {
    let cards = plural(work.deck.cards.len(), "card");
    format!("{} ({cards})\n", look.bold(&share(coverage.count())))
}

/// `92 %: 33 of 36 statements are on cards`.
fn share(count: Count) -> String {
    match count.all {
        0 => "nothing to learn".to_owned(),
        1 => format!("{} %: {} of 1 statement is on cards", count.percent(), count.covered),
        all => format!("{} %: {} of {all} statements are on cards", count.percent(), count.covered),
    }
}

/// A section that says something, and what of it is on no card.
fn section(section: &Section, statements: &[&Statement], file: &SourceFile, look: Look) -> String {
    let count = Count::of(statements.iter().copied());
    let indent = " ".repeat(2 * usize::from(section.level.max(1)));
    let title = if section.title.is_empty() { "(above the first heading)" } else { &section.title };
    let share = format!("{} of {}", count.covered, count.all);
    let mut out = format!("{indent}{}  {}\n", visible(title), look.dim(&share));
    for statement in statements.iter().filter(|statement| statement.state != State::Covered) {
        let line = file.line(statement.span.start);
        let partly = if statement.state == State::Partly { "(in part) " } else { "" };
        let room = look.width.saturating_sub(indent.len() + 8);
        let words = [partly, &words(statement)].concat();
        let _ = writeln!(out, "{indent}{line:>6}  {}", shortened(&visible(&words), room));
    }
    out
}

/// A statement on one line.
fn words(statement: &Statement) -> String {
    statement.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a text that fits.
fn shortened(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    text.chars().take(room.saturating_sub(1)).chain(['…']).collect()
}

#[derive(Serialize)]
struct Report<'a> {
    statements: usize,
    covered: usize,
    files: Vec<FileReport<'a>>,
}

#[derive(Serialize)]
struct FileReport<'a> {
    file: &'a str,
    statements: usize,
    covered: usize,
    sections: Vec<SectionReport<'a>>,
}

#[derive(Serialize)]
struct SectionReport<'a> {
    title: &'a str,
    line: usize,
    statements: usize,
    covered: usize,
    uncovered: Vec<Uncovered>,
}

#[derive(Serialize)]
struct Uncovered {
    line: usize,
    end_line: usize,
    text: String,
    /// Whether some of its words are on a card.
    partly: bool,
}

/// Coverage as a JSON object on a line.
pub(super) fn json(coverage: &Coverage, work: &Work) -> Result<String, Error> {
    let count = coverage.count();
    let files = coverage.notes.iter().map(|note| file_report(note, &work.files[note.file.0 as usize]));
    report::json(&Report { statements: count.all, covered: count.covered, files: files.collect() })
}

fn file_report<'a>(note: &'a NoteCoverage, file: &'a SourceFile) -> FileReport<'a> {
    let section = |(number, statements): (usize, Vec<&Statement>)| {
        let (section, count) = (&note.sections[number], Count::of(statements.iter().copied()));
        let missed = statements.iter().filter(|statement| statement.state != State::Covered);
        let uncovered = missed.map(|statement| Uncovered {
            line: file.line(statement.span.start),
            end_line: file.line(statement.span.end.max(1) - 1),
            text: words(statement),
            partly: statement.state == State::Partly,
        });
        SectionReport {
            title: &section.title,
            line: section.line,
            statements: count.all,
            covered: count.covered,
            uncovered: uncovered.collect(),
        }
    };
    let sections = note.by_section().into_iter().map(section);
    let count = note.count();
    FileReport { file: &file.path, statements: count.all, covered: count.covered, sections: sections.collect() }
}
