//! Lines that file a note and tell nothing of its matter (`tags: #cardiology`, a paragraph of `Type:`, `Week:` and
//! `Source:`), and the place in a source that stands before what was read there: `(s. 12)`.

use std::ops::Range;
use std::sync::LazyLock;

use super::head::head;
use crate::language::english::clause::has_fewer_words;
use crate::language::phrases::Phrases;
use crate::markdown::text::Text;

/// Labels, in lower case, of lines that always file a note.
const ALWAYS: &[&str] =
    &["tags", "tag", "related", "related notes", "related topics", "see also", "aliases", "backlinks"];

/// Labels of lines that do where nothing but links stands behind them.
const LINKED: &[&str] = &["links", "link", "source", "sources", "references", "reference", "up", "parent", "topics"];

/// Labels of lines that do beside one of those.
const BESIDE: &[&str] = &[
    "type", "week", "file", "files", "status", "exam status", "used in", "lecturer", "instructor", "professor",
    "author", "authors", "course", "module", "semester", "term", "date", "created", "updated", "last updated", "level",
    "difficulty", "slides", "lecture", "video", "category", "prerequisites", "concepts introduced", "formula status",
];

/// Those of them that name a place in a course, or the page itself.
const PAGE: &[&str] = &[
    "week", "file", "files", "exam status", "lecturer", "instructor", "professor", "semester", "created", "updated",
    "last updated", "slides", "concepts introduced",
];

/// Whether a line only files the note.
pub(super) fn is_metadata(text: &Text) -> bool {
    let Some((label, rest)) = labelled(text) else { return false };
    if !LINKED.contains(&&*label) {
        return ALWAYS.contains(&&*label);
    }
    let small = |words: &str| words.chars().all(|c| !c.is_alphanumeric());
    let tag = |words: &str| words.split([' ', ',']).all(|w| w.starts_with('#') || small(w));
    rest.runs().iter().all(|r| {
        let words = &rest.plain()[r.start..r.end];
        r.style.link.is_some() || small(words) || tag(words.trim())
    })
}

/// The lines of a paragraph of labels without those that file the note.
pub(super) fn without_filing(mut lines: Vec<Text>) -> Vec<Text> {
    let under = |line: &Text, table: &[&str]| {
        labelled(line).is_some_and(|(label, rest)| table.contains(&&*label) && has_fewer_words(rest.plain(), 14))
    };
    let beside = |line: &Text| under(line, BESIDE) || under(line, LINKED);
    let all = lines.iter().all(|line| beside(line) || is_metadata(line));
    let filed = lines.iter().any(is_metadata) || all && lines.iter().any(|line| under(line, PAGE));
    if filed {
        lines.retain(|line| !is_metadata(line) && !beside(line));
    }
    lines
}

/// Words that tell what an exam asks for, and nothing of its matter.
static EXAM: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(&[
        "examinable", "formula sheet", "formula sheets", "past exam", "past exams", "exam numbering", "formula status",
        "exam status", "2-mark", "bookwork", "will be given in the exam",
    ])
});

/// Whether words tell what an exam asks for.
pub(super) fn is_of_exam(plain: &str) -> bool {
    EXAM.stand_in(plain)
}

/// Whether a short line does, or its label.
pub(super) fn is_exam_line(text: &Text) -> bool {
    let label = labelled(text).map(|(label, _)| label).unwrap_or_default();
    is_of_exam(&label) || has_fewer_words(text.plain(), 16) && is_of_exam(text.plain())
}

/// The label of a line, in lower case, and what stands behind it.
fn labelled(text: &Text) -> Option<(String, Text)> {
    let head = head(text)?;
    Some((head.name.to_lowercase(), text.slice(head.rest)))
}

/// A text without the place in the source that stands before it: `(s. 8) A mapper has no state`, `[p. 4] …`.
pub(super) fn without_place(text: &Text) -> Option<Text> {
    const WORDS: &[&str] = &["s", "ss", "p", "pp", "slide", "slides", "page", "pages", "sec", "ch"];
    let inner = text.plain().strip_prefix(['(', '['])?;
    let end = inner.find([')', ']']).filter(|end| *end < 16)?;
    let number = inner[..end].find(|c: char| c.is_ascii_digit())?;
    let word = inner[..number].trim().trim_end_matches('.').to_lowercase();
    let counts = inner[number..end].chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | ',' | ' '));
    let rest = text.slice(end + 2..text.plain().len()).trim();
    (counts && WORDS.contains(&&*word) && !rest.is_blank()).then_some(rest)
}

/// The bytes of links that show the name of a file (`[[hidden-markov-model]]`), which nobody writes so in a sentence.
pub(super) fn slugs(text: &Text) -> Vec<Range<usize>> {
    let slug =
        |words: &str| words.contains('-') && words.chars().all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '-');
    let runs = text.runs().iter().filter(|r| r.style.link.is_some());
    runs.map(|r| r.start..r.end).filter(|r| slug(&text.plain()[r.clone()])).collect()
}
