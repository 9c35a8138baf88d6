//! The tags of `<details>` and `<summary>`, wherever on a line they stand.

use super::DETAILS;
use super::folder::{Folder, Opening, Part, Sign};
use super::lines::{self, Line};
use std::ops::Range;

/// One of the tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    SummaryOpen,
    SummaryClose,
}

const NAMES: &[(&str, Kind)] = &[
    ("<details", Kind::Open),
    ("</details", Kind::Close),
    ("<summary", Kind::SummaryOpen),
    ("</summary", Kind::SummaryClose),
];

/// Whether a text may hold folded blocks at all.
pub(super) fn any(text: &str) -> bool {
    let named = |at: usize| NAMES.iter().any(|(name, _)| begins(&text[at..], name));
    ["details", "DETAILS", "Details"].iter().any(|name| text.contains(name))
        && text.match_indices('<').any(|(at, _)| named(at))
}

fn begins(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// The tags on a line, outside inline code.
fn tags(text: &str, line: &Line) -> Vec<(Kind, Range<usize>)> {
    let words = line.words(text);
    let mut out = Vec::new();
    let (mut at, mut in_code) = (0, false);
    while let Some(found) = words[at..].find(['<', '`']) {
        at += found;
        let rest = &words[at..];
        let kind = NAMES.iter().find(|(name, _)| begins(rest, name) && !in_code).map(|(_, kind)| *kind);
        let end = kind.and_then(|_| rest.find('>')).map(|end| at + end + 1);
        if let (Some(kind), Some(end)) = (kind, end) {
            out.push((kind, line.body + at..line.body + end));
        }
        in_code ^= rest.starts_with('`');
        at = end.unwrap_or(at + 1);
    }
    out
}

/// Where `<details>` that never end begin, in order.
pub(super) fn endless(text: &str, lines: &[Line]) -> Vec<usize> {
    let mut open = Vec::new();
    for line in lines.iter().filter(|l| l.plain()) {
        for (kind, range) in tags(text, line) {
            match kind {
                Kind::Open => open.push(range.start),
                Kind::Close => drop(open.pop()),
                _ => {}
            }
        }
    }
    open
}

/// Rewrites a line that holds one of the tags; whether it does.
pub(super) fn line(folder: &mut Folder, line: &Line) -> bool {
    let tags = tags(folder.text, line);
    if tags.is_empty() {
        return false;
    }
    let (marker, width) = lines::text_of_item(line.words(folder.text));
    let column = line.indent + width;
    // A folded block may open right behind a list marker.
    let first = line.end - marker.len();
    let mut at = line.body;
    for (kind, range) in tags {
        if range.start == first && first > line.body {
            folder.words(line, at..first);
        } else {
            words(folder, line, at..range.start);
            if kind == Kind::Open {
                folder.end_line();
            }
        }
        at = range.end;
        tag(folder, line, kind, Opening { sign: Sign::Details, bytes: range, column });
    }
    words(folder, line, at..line.end);
    match folder.part {
        Part::Content => folder.end_line(),
        Part::Summary => folder.add(" "),
        Part::Title => {}
    }
    folder.skip_to(line.next);
    true
}

/// Takes over the words between two tags.
fn words(folder: &mut Folder, line: &Line, range: Range<usize>) {
    let words = &folder.text[range.clone()];
    if words.trim().is_empty() {
        return;
    }
    let start = if range.start == line.body { range.start } else { range.end - words.trim_start().len() };
    folder.words(line, start..range.start + words.trim_end().len());
}

fn tag(folder: &mut Folder, line: &Line, kind: Kind, opening: Opening) {
    let end = opening.bytes.end;
    match kind {
        Kind::Open => {
            if folder.part != Part::Content {
                folder.end_title(line);
            }
            if folder.open(line, opening) {
                folder.add(&format!("[!{DETAILS}] "));
                folder.part = Part::Title;
            }
        }
        Kind::Close => folder.close(Sign::Details, line),
        Kind::SummaryOpen if folder.part == Part::Title => folder.part = Part::Summary,
        Kind::SummaryClose if folder.part == Part::Summary => folder.end_title(line),
        _ => {}
    }
    folder.skip_to(end);
}
