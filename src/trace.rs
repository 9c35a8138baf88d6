//! From a line of a note to the cards that came of it, and from a card to the lines it came from:
//! pure functions of coverage and deck.

use crate::card::Card;
use crate::coverage::{Coverage, NoteCoverage, State, What};
use crate::diagnostic::{Finding, Place};
use crate::source::SourceFile;

/// What somebody wants to trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A line of a note.
    Line {
        /// The note's path, or the end of it.
        path: String,
        /// The line, from 1.
        line: usize,
    },
    /// A card, by its id or the beginning of it.
    Card(String),
}

impl Target {
    /// Reads `FILE:LINE`, also with a column behind, or a card's id; None for anything else.
    pub fn parse(typed: &str) -> Option<Target> {
        let line = |text: &str| {
            let (path, line) = text.rsplit_once(':')?;
            let line = line.parse().ok().filter(|line| *line > 0)?;
            (!path.is_empty()).then(|| Target::Line { path: path.to_owned(), line })
        };
        // What stands behind the last colon may be a column.
        let before_column = typed.rsplit_once(':').filter(|(_, column)| column.parse::<usize>().is_ok());
        let id = (1..=12).contains(&typed.len()) && typed.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let card = || id.then(|| Target::Card(typed.to_owned()));
        before_column.and_then(|(before, _)| line(before)).or_else(|| line(typed)).or_else(card)
    }
}

/// What became of a line.
#[derive(Debug)]
pub struct LineTrace<'a> {
    /// The note.
    pub file: &'a SourceFile,
    /// The line, from 1.
    pub line: usize,
    /// What stands on it.
    pub what: What,
    /// Its statements, each with how much of it is on cards.
    pub statements: Vec<(&'a str, State)>,
    /// The cards that show words of it.
    pub cards: Vec<&'a Card>,
    /// What was found on it, what is allowed among it.
    pub findings: Vec<&'a Finding>,
}

/// Where a card came from.
#[derive(Debug)]
pub struct CardTrace<'a> {
    /// The card.
    pub card: &'a Card,
    /// The note.
    pub file: &'a SourceFile,
    /// The lines of its passage, with their numbers from 1.
    pub lines: Vec<(usize, &'a str)>,
    /// What was said of it.
    pub findings: Vec<&'a Finding>,
}

/// Why a card cannot be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoCard {
    /// None has such an id.
    Unknown,
    /// Several have; a few of their ids.
    Several(Vec<String>),
}

/// The note of a path: the very path, else the one note whose path ends so.
pub fn find_file<'a>(files: &'a [SourceFile], path: &str) -> Option<&'a SourceFile> {
    let path = path.trim_start_matches("./");
    let same = |file: &&SourceFile| file.path.trim_start_matches("./") == path;
    let ends = |file: &&SourceFile| file.path.strip_suffix(path).is_some_and(|before| before.ends_with('/'));
    let mut ending = files.iter().filter(ends);
    let only = ending.next().filter(|_| ending.next().is_none());
    files.iter().find(same).or(only)
}

/// What became of a line; None where the note has no such line.
pub fn line<'a>(
    at: (&'a SourceFile, usize),
    coverage: &'a Coverage,
    cards: &'a [Card],
    found: impl Iterator<Item = &'a Finding>,
) -> Option<LineTrace<'a>> {
    let (file, line) = at;
    let note: &NoteCoverage = coverage.notes.iter().find(|note| note.file == file.id)?;
    let traced = note.lines.get(line.checked_sub(1)?)?;
    let statement = |index: &usize| (note.statements[*index].text.as_str(), note.statements[*index].state);
    let here = |finding: &&Finding| is_about(finding, file, line);
    Some(LineTrace {
        file,
        line,
        what: traced.what,
        statements: traced.statements.iter().map(statement).collect(),
        cards: traced.cards.iter().map(|index| &cards[*index]).collect(),
        findings: found.filter(here).collect(),
    })
}

/// The card whose id begins so.
///
/// # Errors
///
/// Where there is none, or there are several.
pub fn find_card<'a>(cards: &'a [Card], id: &str) -> Result<&'a Card, NoCard> {
    let found: Vec<&Card> = cards.iter().filter(|card| card.id.0.starts_with(id)).collect();
    match found.as_slice() {
        [] => Err(NoCard::Unknown),
        [card] => Ok(card),
        several => Err(NoCard::Several(several.iter().take(5).map(|card| card.id.0.clone()).collect())),
    }
}

/// Where a card came from; `files` are all notes by their numbers.
pub fn card<'a>(
    card: &'a Card,
    files: &'a [SourceFile],
    found: impl Iterator<Item = &'a Finding>,
) -> Option<CardTrace<'a>> {
    let file = files.get(card.span.file.0 as usize)?;
    let before = card.source.line.saturating_sub(1);
    let numbered = (1..).zip(file.lines()).skip(before).take(card.source.end_line - before);
    let lines = numbered.collect();
    let own = |finding: &&Finding| finding.place == Place::Span(card.anchor);
    Some(CardTrace { card, file, lines, findings: found.filter(own).collect() })
}

/// The characters of a line, from 1.
pub fn line_of(file: &SourceFile, number: usize) -> Option<&str> {
    file.lines().nth(number.checked_sub(1)?)
}

/// Whether the place of a finding meets a line.
fn is_about(finding: &Finding, file: &SourceFile, line: usize) -> bool {
    let Place::Span(span) = finding.place else { return false };
    span.file == file.id && file.line(span.start) <= line && line <= file.line(span.end.max(span.start + 1) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn a_target_is_a_line_or_a_card() {
        let line = |path: &str, line| Some(Target::Line { path: path.to_owned(), line });
        assert_eq!(Target::parse("a/b.md:12"), line("a/b.md", 12));
        assert_eq!(Target::parse("a/b.md:12:3"), line("a/b.md", 12));
        assert_eq!(Target::parse("c:/b.md:1"), line("c:/b.md", 1));
        assert_eq!(Target::parse("3tU9GxDVNOjP"), Some(Target::Card("3tU9GxDVNOjP".to_owned())));
        assert_eq!([Target::parse("a.md"), Target::parse("a.md:0"), Target::parse("")], [None, None, None]);
    }

    #[test]
    fn a_note_is_found_by_the_end_of_its_path() {
        let paths = ["./a/x.md", "b/x.md", "b/yx.md", "b/c/z.md"];
        let files: Vec<SourceFile> = (0..).zip(paths).map(|(id, path)| SourceFile::new(FileId(id), path, "")).collect();
        let found = |path: &str| find_file(&files, path).map(|file| file.id.0);
        assert_eq!([found("a/x.md"), found("z.md"), found("x.md"), found("c/z.md")], [Some(0), Some(3), None, Some(3)]);
    }
}
