//! The codes of all findings: what each means, how grave it is unless settings say otherwise, and
//! what to do. Help, settings and tests are loops over [`CODES`].

pub mod cards;
pub mod files;
pub mod identity;
pub mod marks;
pub mod notes;
pub mod print;

use super::Severity;
use crate::lint;

/// Where a finding is made, and so what can bring it about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// When notes are compiled: the example alone shows it.
    Compiling,
    /// When images are packed: the example shows it where notes are read from the disc.
    Packing,
    /// When files are looked for and read; only some can be shown by a note.
    Reading,
    /// When cards are printed.
    Printing,
}

/// The code of a finding.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// Its name, as in `recto check --explain NAME` and in settings.
    pub name: &'static str,
    /// How grave it is unless settings say otherwise.
    pub level: Severity,
    /// One line for the overview.
    pub summary: &'static str,
    /// What it means and what to do, in Markdown.
    pub manual: &'static str,
    /// A note that has it; the tests compile it. None where no note could show it.
    pub example: Option<&'static str>,
    /// Where it is made.
    pub stage: Stage,
}

/// Every code: first the quality of cards, then the form of notes, then files.
pub const CODES: &[&Code] = &[
    &lint::answer_in_front::LINT.code,
    &lint::answer_too_long::LINT.code,
    &lint::list_too_long::LINT.code,
    &lint::front_without_subject::LINT.code,
    &lint::yes_no_question::LINT.code,
    &lint::vague_gap::LINT.code,
    &lint::trap_without_reason::LINT.code,
    &cards::SAME_FRONT,
    &cards::CONFLICT,
    &cards::AMBIGUOUS_FRONT,
    &cards::DUPLICATE,
    &cards::REMARK_WITHOUT_CARD,
    &notes::QUESTION_EMPTY,
    &notes::ANSWER_EMPTY,
    &marks::QUESTION_MISSING,
    &marks::PAIR_INCOMPLETE,
    &marks::PAIR_UNSURE,
    &marks::CARD_WITHOUT_ANSWER,
    &marks::GAP_UNCLOSED,
    &marks::GAP_EMPTY,
    &marks::GAP_IN_FORMULA,
    &marks::GAP_MISSING,
    &notes::CHOICE_INCOMPLETE,
    &marks::CHOICE_IN_LINE,
    &notes::CHOICE_KEY_UNKNOWN,
    &notes::FRONT_MATTER,
    &notes::UNCLOSED_FRONT_MATTER,
    &notes::UNCLOSED_FENCE,
    &notes::UNCLOSED_CONTAINER,
    &notes::UNCLOSED_DETAILS,
    &notes::ALLOW_UNKNOWN,
    &notes::ALLOW_UNUSED,
    &identity::IDENTITY_UNSURE,
    &identity::PIN_TWICE,
    &identity::PIN_UNSURE,
    &identity::LOCK_MISSING,
    &identity::DECK_RENAMED,
    &identity::LOCK_CONFLICT,
    &identity::LOCK_DAMAGED,
    &identity::LOCK_NEWER,
    &files::MISSING_MEDIA,
    &files::MEDIA_OUTSIDE,
    &files::MEDIA_TOO_LARGE,
    &files::NOT_MEDIA,
    &files::MEDIA_NOT_FETCHED,
    &files::REMOTE_IMAGE,
    &print::FORMULA_NOT_SET,
    &print::GLYPH_MISSING,
    &print::PICTURE_NOT_PRINTED,
    &files::MISSING_PATH,
    &files::NO_NOTES,
    &files::DECK_UNKNOWN,
    &files::EXAM_WEIGHTS,
    &files::LINK_SKIPPED,
    &files::NOT_A_FILE,
    &files::NOTE_TOO_LARGE,
    &files::UNREADABLE,
    &files::BINARY_FILE,
    &files::INVALID_UTF_8,
];

/// The code of a name.
pub fn find(name: &str) -> Option<&'static Code> {
    CODES.iter().copied().find(|code| code.name == name)
}

/// The names of all codes.
pub fn names() -> Vec<&'static str> {
    CODES.iter().map(|code| code.name).collect()
}
