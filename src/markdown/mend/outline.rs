//! What outliners write between the author's words goes: properties of blocks and pages (`id:: …`),
//! log books and dates, references to blocks by their number, calls such as `{{embed …}}`, and the
//! sizes of images.

use super::lines::{self, Line};
use crate::markdown::view::{View, Weaver};
use std::ops::Range;

/// Properties that say nothing to a learner, wherever they stand; also all that begin with `card-`.
const KNOWN: &[&str] = &[
    "id", "collapsed", "background-color", "heading", "created-at", "updated-at", "template", "icon", "public", "file",
    "file-path", "hl-page", "hl-color", "hl-type", "hl-stamp", "ls-type", "query-table", "query-properties",
    "query-sort-by", "query-sort-desc", "logseq.order-list-type", "deck", "fc", "sr-due", "sr-interval", "sr-ease",
];

/// Properties of a page, at the top of a note.
const OF_PAGE: &[&str] = &[
    "title", "tags", "tag", "alias", "aliases", "type", "author", "authors", "date", "status", "source", "url", "refs",
    "category", "categories", "parent", "created", "updated", "filters", "exclude-from-graph-view", "lang", "topic",
];

/// What calls something in double braces rather than say it.
const CALLS: &[&str] = &["embed", "renderer", "query", "video", "youtube", "tweet", "twitter", "pdf", "zotero"];

/// The longest line that is searched for them.
const LONGEST: usize = 8000;

/// Leaves out what an outliner wrote.
pub(super) fn mend<'n>(view: &View<'n>) -> Option<View<'n>> {
    let text = &view.text;
    if !["::", ":LOGBOOK:", "((", "{{", "SCHEDULED:", "DEADLINE:", "{:"].iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let lines = lines::read(text);
    let mut weaver = Weaver::new(view);
    let (mut page, mut log) = (true, false);
    for line in &lines {
        let words = line.words(text);
        if line.raw || line.code || line.blank() {
            page &= line.blank();
            continue;
        }
        log |= matches!(words, ":LOGBOOK:" | ":PROPERTIES:");
        let (own, _) = lines::text_of_item(words);
        let within = line.lazy > 0 && own.len() == words.len() && line.indent >= line.lazy;
        let noise = log
            || is_date(words)
            || key(own).is_some_and(|key| is_known(key) || within || (page && OF_PAGE.contains(&key)));
        page &= noise;
        if log && words == ":END:" {
            log = false;
        }
        if noise {
            weaver.keep_to(if own.len() == words.len() { line.start } else { line.end - own.len() });
            weaver.skip_to(if own.len() == words.len() { line.next } else { line.end });
        } else {
            for range in marks(text, line) {
                weaver.keep_to(range.start);
                weaver.skip_to(range.end);
            }
        }
    }
    Some(weaver.finish())
}

/// The name of a property that a line gives a value.
fn key(words: &str) -> Option<&str> {
    let (key, value) = words.split_once("::")?;
    let named = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let plain = key.starts_with(|c: char| c.is_lowercase() || (c.is_alphabetic() && !c.is_uppercase()));
    let apart = value.is_empty() || value.starts_with([' ', '\t']);
    (plain && apart && key.is_ascii() && key.chars().all(named)).then_some(key)
}

fn is_known(key: &str) -> bool {
    key.starts_with("card-") || KNOWN.contains(&key)
}

/// `SCHEDULED: <2024-05-01 Wed>`.
fn is_date(words: &str) -> bool {
    ["SCHEDULED: <", "DEADLINE: <"].iter().any(|mark| words.starts_with(mark)) && words.ends_with('>')
}

/// References, calls and sizes within a line, outside inline code.
fn marks(text: &str, line: &Line) -> Vec<Range<usize>> {
    let words = line.words(text);
    let mut out: Vec<Range<usize>> = Vec::new();
    if words.len() > LONGEST {
        return out;
    }
    for (open, close) in [("((", "))"), ("{{", "}}"), ("{:", "}")] {
        for (at, _) in words.match_indices(open) {
            let Some(end) = words[at + 2..].find(close).map(|n| at + 2 + n) else { continue };
            let inner = &words[at + 2..end];
            let noise = match open {
                "((" => is_number(inner),
                "{{" => inner.split([' ', '}']).next().is_some_and(|word| CALLS.contains(&word)),
                _ => words[..at].ends_with(')') && (inner.starts_with("height ") || inner.starts_with("width ")),
            };
            let in_code = words[..at].matches('`').count() % 2 == 1;
            if noise && !in_code {
                // The end of `{{embed ((…))}}` comes behind that of the reference.
                out.push(line.body + at..line.body + end + close.len());
            }
        }
    }
    out.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut done = 0;
    out.retain(|range| {
        let fresh = range.start >= done;
        done = done.max(range.end);
        fresh
    });
    out
}

/// A block's number, as `6345f1c0-8a0e-4a7e-9b0a-0d6a5f6c7d11`.
fn is_number(words: &str) -> bool {
    words.len() == 36 && words.matches('-').count() == 4 && words.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_properties() {
        assert_eq!(key("card-ease-factor:: 2.5"), Some("card-ease-factor"));
        assert_eq!(key("collapsed::"), Some("collapsed"));
        assert_eq!((key("Paris:: a city"), key("std::string"), key("a b:: c")), (None, None, None));
    }

    #[test]
    fn leaves_out_what_an_outliner_wrote() {
        let mended = |note: &str| mend(&View::of(note, 0)).map_or(note.to_owned(), |v| v.text.into_owned());
        assert_eq!(mended("title:: x\n\n- a\n  url:: b\n  c\n"), "\n- a\n  c\n");
        assert_eq!(mended("- a\n  :LOGBOOK:\n  CLOCK: x\n  :END:\n- b\n"), "- a\n- b\n");
        assert_eq!(
            mended("a ((6345f1c0-8a0e-4a7e-9b0a-0d6a5f6c7d11)) {{embed b}} {{c1::d}} `{{embed}}`"),
            "a   {{c1::d}} `{{embed}}`"
        );
        assert_eq!(mended("word:: meaning\n"), "word:: meaning\n");
    }
}
