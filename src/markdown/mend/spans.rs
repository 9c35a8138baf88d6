//! Marks that the parser does not know: `\(…\)` and `\[…\]`, `%%comments%%`, block ids, headings
//! without a blank behind their marks, and words in angle brackets that would be taken for a block of HTML.

use super::lines::{self, Line};
use crate::markdown::html::Tag;
use crate::markdown::view::{View, Weaver};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Bytes and what takes their place.
type Edit = (Range<usize>, &'static str);

/// The longest name of a page that a link is looked at for, in characters.
const LINK: usize = 200;

/// Rewrites the marks of a view.
pub(super) fn mend<'n>(view: &View<'n>) -> Option<View<'n>> {
    let text = &view.text;
    let marked = ["\\(", "\\[", "%%", " ^", "<", "#", "[^"].iter().any(|mark| text.contains(mark));
    if !marked && !text.as_bytes().windows(3).any(|w| w[0].is_ascii_digit() && w[1] == b'*' && w[2].is_ascii_digit()) {
        return None;
    }
    let lines = lines::read(text);
    let mut all = comment_blocks(text, &lines);
    let footnotes = defined(text);
    for paragraph in lines.chunk_by(|a, b| a.plain() && b.plain() && a.quotes == b.quotes) {
        all.extend(edits(text, paragraph, &footnotes));
    }
    all.sort_by_key(|(range, _)| range.start);
    let mut weaver = Weaver::new(view);
    let mut done = 0;
    for (range, put) in all {
        if range.start >= done {
            weaver.keep_to(range.start);
            weaver.add(put);
            weaver.skip_to(range.end);
            done = range.end;
        }
    }
    Some(weaver.finish())
}

/// The edits within a paragraph, outside inline code.
fn edits(text: &str, paragraph: &[Line], defined: &BTreeSet<&str>) -> Vec<Edit> {
    let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { return Vec::new() };
    if !first.plain() {
        return Vec::new();
    }
    let whole = first.start..last.end;
    let mut edits: Vec<Edit> = formulas(text, &whole, ["\\(", "\\)"]);
    // In a line of gaps an escaped bracket is one that hides nothing.
    if !first.words(text).starts_with("C:") {
        edits.extend(formulas(text, &whole, ["\\[", "\\]"]));
    }
    edits.extend(comments(text, &whole));
    edits.extend(footnotes(text, &whole, defined));
    edits.extend(paragraph.iter().flat_map(|line| products(text, &(line.body..line.end))));
    edits.extend(remarks_of_html(text, &whole));
    edits.extend(paragraph.iter().flat_map(|line| links(text, line)));
    edits.extend(paragraph.iter().filter_map(|line| block_id(text, line)));
    edits.extend(paragraph.iter().filter_map(|line| angle(text, line)));
    edits.extend(paragraph.iter().filter_map(|line| tight_heading(text, line)));
    let code = code(text, &whole);
    let in_code = |at: usize| {
        let before = code.partition_point(|c| c.start <= at);
        before > 0 && at < code[before - 1].end
    };
    edits.retain(|(range, _)| !in_code(range.start));
    edits
}

/// `##Heading`: a blank goes behind the marks. A single one may begin a tag and is left alone.
fn tight_heading(text: &str, line: &Line) -> Option<Edit> {
    let words = line.words(text);
    let level = words.len() - words.trim_start_matches('#').len();
    let tight = (2..=6).contains(&level) && words[level..].starts_with(|c: char| c.is_alphanumeric() || c == '*');
    tight.then(|| (line.body + level..line.body + level, " "))
}

/// The asterisks of `2*3*4`, which would be taken for emphasis; in formulas they are none.
fn products(text: &str, whole: &Range<usize>) -> Vec<Edit> {
    let part = &text[whole.clone()];
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = part.as_bytes();
    let between = |at: &usize| *at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(at + 1));
    let prose = |at: &usize| part[..*at].matches('$').count().is_multiple_of(2);
    let stars = part.match_indices('*').map(|(at, _)| at).filter(|at| between(at) && prose(at));
    stars.map(|at| (whole.start + at..whole.start + at, "\\")).collect()
}

/// Inline code: a run of backticks up to the next of the same length.
fn code(text: &str, whole: &Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text[whole.clone()].match_indices('`').map(|(n, c)| (whole.start + n, c)) {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end += 1,
            None if at > 0 && bytes[at - 1] == b'\\' => {}
            None => runs.push(at..at + 1),
        }
    }
    let mut latest = BTreeMap::new();
    let mut partner = vec![None; runs.len()];
    for (i, run) in runs.iter().enumerate().rev() {
        partner[i] = latest.insert(run.len(), i);
    }
    let mut spans = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        let end = partner[at].unwrap_or(at);
        if end > at {
            spans.push(runs[at].start..runs[end].end);
        }
        at = end + 1;
    }
    spans
}

/// Where a mark stands that no backslash takes away.
fn marks(text: &str, whole: &Range<usize>, mark: &str) -> Vec<usize> {
    let found = text[whole.clone()].match_indices(mark).map(|(n, _)| whole.start + n);
    found.filter(|at| text[..*at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 0).collect()
}

/// `\(…\)` becomes `$$…$$`, which is as long and may be padded; the text tells them apart again.
fn formulas(text: &str, whole: &Range<usize>, [open, close]: [&str; 2]) -> Vec<Edit> {
    let ends = marks(text, whole, close);
    let starts = marks(text, whole, open);
    let mut out = Vec::new();
    for (i, start) in starts.iter().enumerate() {
        let Some(end) = ends.get(ends.partition_point(|e| e <= start)) else { break };
        let nested = starts.get(i + 1).is_some_and(|next| next < end);
        if !nested && is_formula(&text[start + 2..*end]) {
            out.push((*start..start + 2, "$$"));
            out.push((*end..end + 2, "$$"));
        }
    }
    out
}

/// Whether what stands between escaped brackets is LaTeX: some converters escape every bracket of prose.
fn is_formula(inner: &str) -> bool {
    let commands = inner.split('\\').skip(1).any(|c| c.starts_with(|c: char| c.is_ascii_alphabetic()));
    let word = |w: &str| w.len() >= 3;
    let words = inner.split(|c: char| !c.is_alphabetic()).any(word);
    let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
    let operators = inner.contains(['^', '_', '=', '+', '-', '*', '/', '<', '>', '|', '(', ',', '{']);
    let single = letters == 1 && inner.trim().chars().count() == 1;
    !inner.contains('$') && (commands || (!words && letters > 0 && (operators || single)))
}

/// `%%…%%` within a paragraph.
fn comments(text: &str, whole: &Range<usize>) -> Vec<Edit> {
    let found = marks(text, whole, "%%");
    let mut out = Vec::new();
    let mut at = 0;
    while at + 1 < found.len() {
        let (start, end) = (found[at], found[at + 1] + 2);
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '%');
        if apart(before) && apart(after) {
            let blank = before == Some(' ') && after.is_none_or(ends_word);
            out.push((start - usize::from(blank)..end, ""));
            at += 2;
        } else {
            at += 1;
        }
    }
    out
}

/// The names of the footnotes that a note has.
fn defined(text: &str) -> BTreeSet<&str> {
    let name = |(at, _): (usize, &str)| {
        let rest = &text[at + 2..];
        let end = rest.find([']', '\n'])?;
        rest[end..].starts_with("]:").then(|| &rest[..end])
    };
    text.match_indices("[^").filter_map(name).collect()
}

/// `[^1]` behind a word, where the note has no such footnote; behind a marked stretch it is a number.
fn footnotes(text: &str, whole: &Range<usize>, defined: &BTreeSet<&str>) -> Vec<Edit> {
    let mut out = Vec::new();
    for start in marks(text, whole, "[^") {
        let inner = &text[start + 2..whole.end];
        let end = inner.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(0);
        let behind = text[whole.start..start].chars().next_back();
        let word = behind.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | ')' | '"' | '”' | '*'));
        let whole_mark = end > 0 && inner[end..].starts_with(']') && !inner[end..].starts_with("]:");
        if word && whole_mark && !defined.contains(&inner[..end]) {
            out.push((start..start + 2 + end + 1, ""));
        }
    }
    out
}

/// Whether a blank before a character would be one too many.
fn ends_word(c: char) -> bool {
    c.is_whitespace() || ".,;:!?)".contains(c)
}

/// `<!-- comments -->` beside words; one that fills its line is a block of its own.
fn remarks_of_html(text: &str, whole: &Range<usize>) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    for start in marks(text, whole, "<!--") {
        let Some(end) = text[start..whole.end].find("-->").map(|n| start + n + 3) else { break };
        let before = text[whole.start..start].trim_end_matches([' ', '\t', '>']);
        let after = &text[end..whole.end];
        let first = before.is_empty() || before.ends_with('\n');
        let last = after.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) || after.trim().is_empty();
        if first && last {
            continue;
        }
        let blank = !first && text[..start].ends_with(' ') && (after.is_empty() || after.starts_with(ends_word));
        out.push((start - usize::from(blank)..end, ""));
    }
    out
}

/// The parts of a page in `[[page#part]]`, shown as `page › part`; the number of a block says nothing.
fn links(text: &str, line: &Line) -> Vec<Edit> {
    let words = line.words(text);
    let mut out = Vec::new();
    for (open, _) in words.match_indices("[[") {
        let near = words[open + 2..].char_indices().nth(LINK).map_or(words.len(), |(n, _)| open + 2 + n);
        let inner = words[open + 2..near].split("]]").next().unwrap_or_default();
        if inner.contains(['|', '[', ']']) || inner.starts_with(' ') || open + 2 + inner.len() >= words.len() {
            continue;
        }
        let start = line.body + open + 2;
        for (at, _) in inner.match_indices('#') {
            if inner[at..].starts_with("#^") {
                out.push((start + at..start + inner.len(), ""));
                break;
            }
            out.push((start + at..start + at + 1, if at == 0 { "" } else { " › " }));
        }
    }
    out
}

/// Comments over several lines: from a line that begins with `%%` to the next that holds it.
fn comment_blocks(text: &str, lines: &[Line]) -> Vec<Edit> {
    let mut out = Vec::new();
    let mut open = None;
    for line in lines.iter().filter(|l| !l.raw && !l.code) {
        let words = line.words(text);
        match open {
            Some(start) => {
                if let Some(at) = words.find("%%") {
                    out.push((start..line.body + at + 2, ""));
                    open = None;
                }
            }
            None if words.starts_with("%%") && words.matches("%%").count() == 1 => open = Some(line.body),
            None => {}
        }
    }
    out
}

/// Obsidian's ` ^block-id` at the end of a line.
fn block_id(text: &str, line: &Line) -> Option<Edit> {
    let words = line.words(text);
    let at = words.rfind('^')?;
    let (before, id) = (&words[..at], &words[at + 1..]);
    let named = id.len() >= 2 && id.contains(|c: char| c.is_ascii_alphabetic());
    let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let apart = before.is_empty() || before.ends_with([' ', '\t']);
    (named && plain && apart).then(|| (line.body + before.trim_end().len()..line.end, ""))
}

/// A word in angle brackets at the start of a line.
fn angle(text: &str, line: &Line) -> Option<Edit> {
    let (words, _) = lines::text_of_item(line.words(text));
    let end = words.starts_with('<').then(|| words.find('>'))?? + 1;
    let tag = Tag::parse(&words[..end]).filter(|tag| !tag.known())?;
    let name = &words[1 + usize::from(tag.closing)..];
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let bare = name[tag.name.len()..].starts_with([' ', '\t', '>', '/']);
    let at = line.end - words.len();
    (named && bare).then_some((at..at, "\\"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_formulas_from_escaped_brackets() {
        for formula in ["x", " n-1 ", "E = mc^2", "\\alpha", "a_i"] {
            assert!(is_formula(formula), "{formula}");
        }
        for prose in ["SQL API", "MongoDB API, Cassandra API", "S3", "2", "RANDOM\\_CUT\\_FOREST"] {
            assert!(!is_formula(prose), "{prose}");
        }
    }

    #[test]
    fn finds_inline_code() {
        assert_eq!(code("a `b` ``c`d`` `", &(0..15)), [2..5, 6..13]);
    }
}
