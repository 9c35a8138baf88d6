//! Reads the gaps that an author marked in a text: `{{c1::gap::hint}}` and `{{cloze gap}}`, also one
//! in another, `[gaps]`, and `==gaps==`.

use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

use crate::card::Content;
use crate::markdown::text::{Atom, Gap, Text};

/// Words behind `{{` that call something rather than hide it.
const CALLS: &[&str] = &[
    "query", "embed", "renderer", "video", "youtube", "tweet", "twitter", "pdf", "zotero", "function", "namespace",
    "table", "if", "end", "else", "range", "include", "define", "block", "template", "with",
];

/// How many brackets are looked at for the end of one.
const NESTED: usize = 64;

/// How deep gaps may stand in gaps; what is deeper stays as it is written.
const DEPTH: usize = 4;

/// Something that looks like a gap and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It has no end.
    Unclosed,
    /// It hides nothing.
    Empty,
    /// It stands in a formula or in code.
    Inside,
}

/// A gap in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    /// The bytes of `{{c1::`.
    open: Range<usize>,
    /// The bytes of `}}`, and of `::hint` before.
    close: Range<usize>,
    number: u16,
    hint: Option<Range<usize>>,
    /// How many gaps it stands in.
    depth: usize,
}

/// What a text in braces holds.
#[derive(Debug, Default)]
pub struct Braces {
    found: Vec<Found>,
    /// What is wrong, with its bytes in the plain text.
    pub flaws: Vec<(Flaw, Range<usize>)>,
}

/// Finds the gaps in braces; `bare` ones such as `{{gap}}` count where the note is known to hold cards.
pub fn braces(text: &Text, bare: bool) -> Braces {
    let mask = text.mask();
    let mut out = Braces::default();
    if mask.contains("{{") {
        scan(&mask, bare, &mut out);
    }
    let anki = |r: &&crate::markdown::text::Run| matches!(r.style.atom, Atom::Math { .. });
    for run in text.runs().iter().filter(anki) {
        let inside = in_formula(&text.plain()[run.start..run.end]);
        out.flaws.extend(inside.then_some((Flaw::Inside, run.start..run.end)));
    }
    out
}

/// Whether a formula has one of Anki's gaps inside.
pub fn in_formula(formula: &str) -> bool {
    let digit = |at: usize| formula[at + "{{c".len()..].starts_with(|c: char| c.is_ascii_digit());
    formula.find("{{c").is_some_and(digit)
}

fn scan(mask: &str, bare: bool, out: &mut Braces) {
    // The gaps that are open, each with its index among the found.
    let mut open: Vec<Found> = Vec::new();
    let (mut at, mut next) = (0, 1u16);
    while let Some(found) = mask[at..].find(['{', '}']).map(|n| at + n) {
        let rest = &mask[found..];
        if let Some((length, number)) = opening(rest, bare) {
            let number = number.unwrap_or(next);
            next = next.max(number.saturating_add(1));
            let depth = open.len();
            open.push(Found { open: found..found + length, close: 0..0, number, hint: None, depth });
            at = found + length;
        } else if rest.starts_with("}}") && !open.is_empty() {
            let Some(gap) = open.pop() else { break };
            let body = &mask[gap.open.end..found];
            // `{{c1::{a}}}`: the first brace belongs to the words.
            let shift = usize::from(
                gap.depth < DEPTH && rest.starts_with("}}}") && body.matches('{').count() > body.matches('}').count(),
            );
            at = found + shift + 2;
            if gap.depth < DEPTH {
                shut(mask, gap, found + shift, out);
            }
        } else {
            at = found + 1;
        }
    }
    out.flaws.extend(open.into_iter().map(|gap| (Flaw::Unclosed, gap.open)));
    out.found.sort_by_key(|gap| gap.open.start);
}

fn shut(mask: &str, gap: Found, end: usize, out: &mut Braces) {
    let inner = out.found.iter().rev().take_while(|f| f.open.start > gap.open.start);
    let inner: Vec<Range<usize>> = inner.map(|f| f.open.start..f.close.end).collect();
    let outside = |at: &usize| !inner.iter().any(|r| r.contains(at));
    let hint = mask[gap.open.end..end].match_indices("::").map(|(n, _)| gap.open.end + n).find(outside);
    let words = gap.open.end..hint.unwrap_or(end);
    if mask[words].trim().is_empty() {
        out.flaws.push((Flaw::Empty, gap.open.start..end + 2));
        return;
    }
    let close = hint.unwrap_or(end)..end + 2;
    out.found.push(Found { close, hint: hint.map(|at| at + 2..end), ..gap });
}

/// The bytes of the beginning of a gap, and its number where it has one.
fn opening(rest: &str, bare: bool) -> Option<(usize, Option<u16>)> {
    let inner = rest.strip_prefix("{{")?;
    if let Some(words) = inner.strip_prefix("cloze").filter(|w| w.starts_with([' ', '\t'])) {
        return Some((rest.len() - words.trim_start().len(), None));
    }
    if let Some(tail) = inner.strip_prefix(['c', 'C']) {
        let digits = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = tail[..digits].parse().ok().filter(|n| (1..=499).contains(n));
        // A single colon is a slip that readers of such cards forgive.
        let end = ["::", ":"].iter().find(|sign| tail[digits..].starts_with(**sign)).map(|sign| digits + sign.len());
        if let (Some(number), Some(end)) = (number, end) {
            return Some((3 + end, Some(number)));
        }
    }
    // `{{1::gap}}`, as Mochi and Clozecraft have it.
    let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = inner[..digits].parse().ok().filter(|n| (1..=499).contains(n));
    if let Some(number) = number.filter(|_| inner[digits..].starts_with("::")) {
        return Some((2 + digits + 2, Some(number)));
    }
    let word = inner.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let plain = inner.starts_with(char::is_alphanumeric);
    (bare && plain && !CALLS.contains(&word.to_lowercase().as_str())).then_some((2, None))
}

impl Braces {
    /// Whether there is a gap.
    pub fn any(&self) -> bool {
        !self.found.is_empty()
    }

    /// The text with its gaps: once for the outermost, and once more for those inside others, which
    /// are asked with the outer ones shown.
    pub fn texts(&self, text: &Text) -> Vec<Text> {
        let deepest = self.found.iter().map(|f| f.depth).max().unwrap_or(0);
        (0..=deepest).map(|depth| self.at_depth(text, depth)).collect()
    }

    fn at_depth(&self, text: &Text, depth: usize) -> Text {
        let mut marks: Vec<(Range<usize>, Option<&Found>)> = Vec::new();
        for found in &self.found {
            marks.push((found.open.clone(), (found.depth == depth).then_some(found)));
            marks.push((found.close.clone(), None));
        }
        marks.sort_by_key(|(range, _)| range.start);
        let mut out = Text::default();
        let (mut at, mut gap): (usize, Option<&Found>) = (0, None);
        for (range, opened) in marks {
            // Gaps within a hint vanish with it.
            if range.start < at {
                continue;
            }
            out = out.join(&piece(text, at..range.start, gap));
            at = range.end;
            if gap.is_some_and(|g| g.close.end == range.end) {
                gap = None;
            }
            gap = opened.or(gap);
        }
        out.join(&piece(text, at..text.plain().len(), gap))
    }
}

fn piece(text: &Text, range: Range<usize>, gap: Option<&Found>) -> Text {
    let words = text.slice(range);
    let Some(gap) = gap else { return words };
    let hint = gap.hint.clone().map(|at| text.plain()[at].trim()).filter(|hint| !hint.is_empty());
    with_gap(&words, gap.number, hint)
}

/// The text as a gap.
fn with_gap(text: &Text, number: u16, hint: Option<&str>) -> Text {
    text.restyle(|style| {
        style.highlight = false;
        style.gap = Some(Gap { number, hint: hint.map(Arc::from) });
    })
}

/// The text with its `[brackets]` as gaps, numbered on from `next`; escaped ones stay brackets.
pub fn brackets(text: &Text, note: &str, next: &Cell<u16>) -> Text {
    let mask = text.mask();
    let mut out = Text::default();
    let mut at = 0;
    while let Some(open) = mask[at..].find('[').map(|i| at + i) {
        let close = if is_escaped(text, note, open) { None } else { closing(text, &mask, (note, open)) };
        let inner = close.map(|close| mask[open + 1..close].trim());
        match (close, inner) {
            (Some(close), Some(inner)) if !inner.is_empty() && !inner.starts_with('^') => {
                out = out.join(&text.slice(at..open)).join(&numbered(&text.slice(open + 1..close), next, None));
                at = close + 1;
            }
            _ => {
                out = out.join(&text.slice(at..open + 1));
                at = open + 1;
            }
        }
    }
    out.join(&text.slice(at..mask.len()))
}

/// The bracket that ends one.
fn closing(text: &Text, mask: &str, (note, open): (&str, usize)) -> Option<usize> {
    let mut depth = 0usize;
    let signs = mask[open..].match_indices(['[', ']']).map(|(n, sign)| (open + n, sign));
    for (at, sign) in signs.take(NESTED) {
        match sign {
            _ if is_escaped(text, note, at) => {}
            "[" => depth += 1,
            _ if depth == 1 => return Some(at),
            _ => depth -= 1,
        }
    }
    None
}

/// Whether a backslash stands before a character in the note.
fn is_escaped(text: &Text, note: &str, at: usize) -> bool {
    let index = text.runs().partition_point(|run| run.end <= at);
    let run = text.runs().get(index);
    let source = run.and_then(|run| Some(run.source? + (at - run.start)));
    source.and_then(|at| note.get(..at)).is_some_and(|before| before.ends_with('\\'))
}

fn numbered(text: &Text, next: &Cell<u16>, hint: Option<&str>) -> Text {
    let number = next.get();
    next.set(number.saturating_add(1));
    with_gap(text, number, hint)
}

/// The text with its `==marked==` stretches as gaps, numbered on from `next`.
pub fn highlights(text: &Text, next: &Cell<u16>) -> Text {
    let (runs, mask) = (text.runs(), text.mask());
    let mut out = Text::default();
    // The next run, and the byte up to which the text was taken.
    let (mut at, mut done) = (0, 0);
    while at < runs.len() {
        let marked = runs[at..].iter().take_while(|r| r.style.highlight).count();
        let last = at + marked.max(1) - 1;
        let (start, end) = (runs[at].start.max(done), runs[last].end);
        at = last + 1;
        if start >= end {
            continue;
        }
        let words = text.slice(start..end);
        if marked == 0 {
            out = out.join(&words);
            continue;
        }
        let behind = Behind::of(&mask[end..]);
        done = end + behind.length;
        let shown = || words.restyle(|style| style.highlight = false);
        out = out.join(&if behind.shown { shown() } else { highlighted(&words, &behind, next) });
    }
    out
}

/// What stands behind a marked stretch and says something of it: `^[hint]`, `[^2]` for its number, and
/// `[^ash]`, which says on which cards it is asked, hidden and shown.
#[derive(Debug, Default, PartialEq, Eq)]
struct Behind<'t> {
    hint: Option<&'t str>,
    number: Option<u16>,
    /// It is asked on no card.
    shown: bool,
    /// The bytes of all that.
    length: usize,
}

impl<'t> Behind<'t> {
    fn of(rest: &'t str) -> Behind<'t> {
        let bracketed = |text: &'t str, open: &str| {
            let inner = text.strip_prefix(open)?;
            inner.find([']', '\n']).filter(|end| inner[*end..].starts_with(']')).map(|end| &inner[..end])
        };
        let mut out = Behind { hint: bracketed(rest, "^["), ..Behind::default() };
        out.length = out.hint.map_or(0, |hint| hint.len() + "^[]".len());
        if let Some(mark) = bracketed(&rest[out.length..], "[^") {
            let acts = !mark.is_empty() && mark.chars().all(|c| matches!(c, 'a' | 'h' | 's'));
            out.shown = acts && !mark.contains('a');
            out.number = mark.parse().ok().filter(|n| (1..=499).contains(n));
            out.length += if acts || out.number.is_some() { mark.len() + "[^]".len() } else { 0 };
        }
        out
    }
}

/// `==gap==`, or `==1;;gap;;hint==` with a number and a hint.
fn highlighted(words: &Text, behind: &Behind, next: &Cell<u16>) -> Text {
    let mask = words.mask();
    let parts: Vec<&str> = mask.split(";;").collect();
    let within = parts[0].trim().parse::<u16>().ok().filter(|n| parts.len() > 1 && (1..=499).contains(n));
    let start = within.map_or(0, |_| parts[0].len() + 2);
    let hint = (parts.len() == 2 + usize::from(within.is_some())).then(|| mask.len() - parts[parts.len() - 1].len());
    let gap = words.slice(start..hint.map_or(mask.len(), |at| at - 2));
    let hint = hint.map(|at| words.plain()[at..].trim()).or(behind.hint).filter(|hint| !hint.is_empty());
    match within.or(behind.number) {
        Some(number) => {
            next.set(next.get().max(number.saturating_add(1)));
            with_gap(&gap, number, hint)
        }
        None => numbered(&gap, next, hint),
    }
}

/// Content with its gaps in braces; `None` without one. A gap within a gap is shown with it.
pub fn in_braces(content: &Content, bare: bool) -> Option<Content> {
    let found = content.texts().iter().any(|text| braces(text, bare).any());
    // Texts that number their gaps by themselves go on from each other.
    let next = Cell::new(0u16);
    let gapped = |text: &Text| {
        let found = braces(text, bare);
        let Some(first) = found.texts(text).into_iter().next().filter(|_| found.any()) else { return text.clone() };
        let shift = if has_numbers(&text.mask()) { 0 } else { next.get() };
        next.set(next.get().max(shift + found.found.iter().map(|f| f.number).max().unwrap_or(0)));
        first.restyle(|style| {
            if let Some(gap) = &mut style.gap {
                gap.number += shift;
            }
        })
    };
    found.then(|| content.map_texts(&gapped))
}

/// Whether the gaps of a text bear numbers that their author gave them.
fn has_numbers(mask: &str) -> bool {
    let digit = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    mask.match_indices("{{").any(|(at, _)| {
        let inner = &mask[at + 2..];
        digit(inner) || inner.strip_prefix(['c', 'C']).is_some_and(digit)
    })
}

/// Whether content has a gap.
pub fn has_gap(content: &Content) -> bool {
    content.texts().iter().any(|t| t.runs().iter().any(|r| r.style.gap.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &Text) -> String {
        let run = |r: &crate::markdown::text::Run| {
            let words = &text.plain()[r.start..r.end];
            let hint = |g: &Gap| g.hint.as_ref().map(|h| format!("|{h}")).unwrap_or_default();
            r.style.gap.as_ref().map_or(words.to_owned(), |g| format!("<{}:{words}{}>", g.number, hint(g)))
        };
        text.runs().iter().map(run).collect()
    }

    fn all(plain: &str) -> Vec<String> {
        let text = Text::words(plain);
        braces(&text, false).texts(&text).iter().map(shown).collect()
    }

    #[test]
    fn reads_braces() {
        assert_eq!(all("{{c1::a}} b {{c2::c::h}}."), ["<1:a> b <2:c|h>."]);
        assert_eq!(all("{{c1::a {{c2::b}} c}} d"), ["<1:a b c> d", "a <2:b> c d"]);
        assert_eq!(all("{{cloze a}} and {{cloze b}}"), ["<1:a> and <2:b>"]);
        assert_eq!(all("{{c1::{a}}}!"), ["<1:{a}>!"]);
        assert_eq!(all("{{1::a}} b {{2::c::h}}."), ["<1:a> b <2:c|h>."]);
    }

    #[test]
    fn finds_flaws() {
        let flaws = |plain| braces(&Text::words(plain), false).flaws.into_iter().map(|f| f.0).collect::<Vec<_>>();
        assert_eq!(flaws("{{c1::a"), [Flaw::Unclosed]);
        assert_eq!(flaws("{{c1::}} {{c2::::h}}"), [Flaw::Empty, Flaw::Empty]);
        assert_eq!(flaws("{{ page.title }} {{c}} {{count}}"), []);
    }

    #[test]
    fn reads_what_stands_behind_a_marked_stretch() {
        let read = |rest: &'static str| {
            let Behind { hint, number, length, .. } = Behind::of(rest);
            (hint, number, length)
        };
        assert_eq!(read("^[a hint][^2] on"), (Some("a hint"), Some(2), 13));
        assert_eq!(read("[^ash]."), (None, None, 6));
        assert_eq!(read("[^note]."), (None, None, 0));
    }

    #[test]
    fn reads_brackets() {
        let read = |plain| shown(&brackets(&Text::words(plain), "", &Cell::new(1)));
        assert_eq!(read("The [left] and [a[1]] [^2] []."), "The <1:left> and <2:a[1]> [^2] [].");
    }

    #[test]
    fn bare_braces_call_or_hide() {
        assert_eq!(opening("{{gap}}", true), Some((2, None)));
        assert_eq!((opening("{{gap}}", false), opening("{{query x}}", true)), (None, None));
    }
}
