//! The quality of cards: each lint looks at one card as its learner will see it, and says what makes
//! it hard to learn. A lint is a value, as a rule is; it knows nothing of the rule that made the card.

pub mod answer_in_front;
pub mod answer_too_long;
pub mod front_without_subject;
pub mod list_too_long;
mod same_front;
pub mod trap_without_reason;
pub mod vague_gap;
mod words;
pub mod yes_no_question;

use crate::card::{Body, Card, Content};
use crate::diagnostic::codes::Code;
use crate::diagnostic::{Finding, Severity};
use crate::source::SourceFile;

/// A lint.
#[derive(Debug, Clone, Copy)]
pub struct Lint {
    /// The code of its findings.
    pub code: Code,
    /// The remedy.
    pub help: &'static str,
    /// What is wrong with the card, if anything is.
    pub check: fn(&Asked) -> Option<String>,
}

/// Every lint.
pub const LINTS: &[Lint] = &[
    answer_in_front::LINT,
    answer_too_long::LINT,
    list_too_long::LINT,
    front_without_subject::LINT,
    yes_no_question::LINT,
    vague_gap::LINT,
    trap_without_reason::LINT,
];

/// A card as a lint sees it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The card.
    pub card: &'a Card,
    /// The note that it is from.
    pub file: &'a SourceFile,
}

impl<'a> Asked<'a> {
    /// What is asked, where a card has one question.
    pub fn front(&self) -> Option<&'a Content> {
        match &self.card.body {
            Body::Question { question, .. } => Some(question),
            Body::Choice { stem, .. } => Some(stem),
            Body::Reversible { .. } | Body::Cloze { .. } => None,
        }
    }

    /// What is to be answered, where it is a text.
    pub fn answer(&self) -> Option<&'a Content> {
        match &self.card.body {
            Body::Question { answer, .. } => Some(answer),
            Body::Reversible { .. } | Body::Cloze { .. } | Body::Choice { .. } => None,
        }
    }
}

/// A code about cards, without its texts.
const fn code(name: &'static str, level: Severity, summary: &'static str) -> Code {
    use crate::diagnostic::codes::Stage;
    Code { name, level, summary, manual: "", example: None, stage: Stage::Compiling }
}

/// What the lints find in the cards of all notes; `files` are the notes by their numbers.
pub fn run(cards: &[Card], files: &[SourceFile]) -> Vec<Finding> {
    let mut out = Vec::new();
    for card in cards {
        let asked = Asked { card, file: &files[card.span.file.0 as usize] };
        out.extend(LINTS.iter().filter_map(|lint| finding(lint, &asked)));
    }
    out.extend(same_front::across_notes(cards));
    out
}

fn finding(lint: &Lint, asked: &Asked) -> Option<Finding> {
    let message = (lint.check)(asked)?;
    Some(Finding::new(lint.code.level, lint.code.name, message, asked.card.anchor).help(lint.help))
}

/// A finding for each card of a note, in tests.
#[cfg(test)]
fn codes_of(note: &str) -> Vec<&'static str> {
    use crate::config::Config;
    use crate::source::FileId;
    let files = [SourceFile::new(FileId(0), "a.md", note)];
    crate::compile(&files, &Config::default()).findings.iter().map(|finding| finding.code).collect()
}
