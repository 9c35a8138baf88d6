//! Draws a finding as compilers do: the fact, the place, the line with the place marked, the remedy.
//!
//! Only the first line of a place is drawn, and of a very long line only the stretch around it, so
//! that the cost does not depend on the note. Characters that would steer a terminal are shown as
//! symbols, wherever they come from.

use std::borrow::Cow;

use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::{Finding, Place, Severity};
use crate::source::{SourceFile, Span};

/// How far into its line, in bytes, a place may be to be drawn; of what follows it, no terminal shows more.
const REACH: usize = 4_000;

/// The width for which findings are drawn where no terminal says otherwise.
pub const WIDTH: usize = DEFAULT_TERM_WIDTH;

/// Draws a finding for a terminal of `width` columns; ends with a line feed.
pub fn render(finding: &Finding, files: &[SourceFile], color: bool, width: usize) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(visible(&finding.message)).id(finding.code);
    let mut group = title.elements(places(finding, files));
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    let mut drawn = renderer.term_width(width).render(&[group]);
    drawn.push('\n');
    drawn
}

/// The elements that show where a finding is.
fn places<'a>(finding: &'a Finding, files: &'a [SourceFile]) -> Vec<Element<'a>> {
    let mut out = match &finding.place {
        Place::Span(span) => vec![marked(AnnotationKind::Primary, *span, &finding.label, files)],
        Place::File { path, position } => vec![origin(path, *position)],
    };
    out.extend(finding.related.iter().map(|(span, note)| marked(AnnotationKind::Context, *span, note, files)));
    out
}

fn origin(path: &str, position: Option<(usize, usize)>) -> Element<'_> {
    let origin = Origin::path(visible(path));
    match position {
        Some((line, column)) => origin.line(line).char_column(column).into(),
        None => origin.into(),
    }
}

/// The line on which a span begins, with the span marked; only its place where it begins too far to the right.
fn marked<'a>(kind: AnnotationKind, span: Span, label: &str, files: &'a [SourceFile]) -> Element<'a> {
    let file = &files[span.file.0 as usize];
    let at = file.location(border(&file.text, span.start));
    let Some(line) = Line::of(&file.text, span) else { return origin(&file.path, Some((at.line, at.column))) };
    let (before, inside, after) = (visible(line.before), visible(line.inside), visible(line.after));
    let annotation = kind.span(before.len()..before.len() + inside.len());
    let label = (!label.is_empty()).then(|| visible(label).into_owned());
    let snippet = Snippet::source([before, inside, after].concat()).line_start(at.line);
    snippet.path(visible(&file.path)).annotation(annotation.label(label)).into()
}

/// The line on which a span begins, and the part of the span on it.
struct Line<'a> {
    before: &'a str,
    inside: &'a str,
    after: &'a str,
}

impl<'a> Line<'a> {
    fn of(text: &'a str, span: Span) -> Option<Line<'a>> {
        let start = border(text, span.start);
        let first = border(text, start.saturating_sub(REACH));
        let before = match text[first..start].rfind(['\r', '\n']) {
            Some(at) => &text[first + at + 1..start],
            None if first == 0 => &text[..start],
            None => return None,
        };
        let last = border(text, start.saturating_add(REACH));
        let last = text[start..last].find(['\r', '\n']).map_or(last, |at| start + at);
        let end = border(text, span.end).clamp(start, last);
        Some(Line { before, inside: &text[start..end], after: &text[end..last] })
    }
}

/// The nearest border of a character at or before a byte.
fn border(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The same text with a symbol for each character that would steer a terminal.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| symbol(c).is_some()) {
        text.chars().map(|c| symbol(c).unwrap_or(c)).collect()
    } else {
        Cow::Borrowed(text)
    }
}

fn symbol(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('␡'),
        // The second block of controls, and marks that break lines or turn the direction of writing.
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some('\u{fffd}')
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn note(text: &str) -> Vec<SourceFile> {
        vec![SourceFile::new(FileId(0), "notes/a.md", text)]
    }

    fn at(files: &[SourceFile], words: &str) -> Span {
        let start = files[0].text.find(words).unwrap();
        Span::new(FileId(0), start, start + words.len())
    }

    fn plain(finding: &Finding, files: &[SourceFile]) -> String {
        render(finding, files, false, 80)
    }

    #[test]
    fn a_finding_shows_fact_place_and_remedy() {
        let files = note("# A\n\n- one; two\r\n- three\n");
        let finding = Finding::warning("answer-too-long", "answer holds 4 facts", at(&files, "one; two"))
            .label("this bullet")
            .help("split the bullet");
        assert_eq!(
            plain(&finding, &files),
            "warning[answer-too-long]: answer holds 4 facts
 --> notes/a.md:3:3
  |
3 | - one; two
  |   ^^^^^^^^ this bullet
  |
  = help: split the bullet
"
        );
    }

    #[test]
    fn further_places_are_drawn_below() {
        let files = note("a\nb\n");
        let finding = Finding::note("same", "asked twice", at(&files, "b")).related(at(&files, "a"), "first here");
        assert_eq!(
            plain(&finding, &files),
            "note[same]: asked twice
 --> notes/a.md:2:1
  |
2 | b
  | ^
  |
 ::: notes/a.md:1:1
  |
1 | a
  | - first here
"
        );
    }

    #[test]
    fn a_file_is_named_without_a_line() {
        let finding = Finding::file("binary-file", "a PDF document, not a note", "x.md", None).help("save its words");
        assert_eq!(
            plain(&finding, &[]),
            "error[binary-file]: a PDF document, not a note\n--> x.md\n = help: save its words\n"
        );
    }

    #[test]
    fn nothing_in_a_note_steers_the_terminal() {
        let files = note("a\u{1b}[31m\u{9b}31m\u{202e}\tb\u{7}\n");
        let finding = Finding::error("x", "`\u{1b}[2J\n`", at(&files, "b")).label("\u{1b}").help("\u{9b}");
        let drawn = plain(&finding, &files);
        assert!(drawn.chars().all(|c| c == '\n' || !c.is_control()), "{drawn}");
        assert!(drawn.contains("a␛[31m"), "{drawn}");
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_place() {
        let text = format!("{}HERE{}THERE", "ä ".repeat(1_000), " ö".repeat(100_000));
        let files = note(&text);
        let drawn = plain(&Finding::note("x", "long", at(&files, "HERE")), &files);
        assert!(drawn.contains("HERE") && drawn.contains("a.md:1:2001"), "{drawn}");
        assert!(drawn.lines().all(|line| line.chars().count() <= 90), "{drawn}");
        let far = plain(&Finding::note("x", "far", at(&files, "THERE")), &files);
        assert_eq!(far, "note[x]: far\n--> notes/a.md:1:202005\n");
    }

    #[test]
    fn a_place_over_several_lines_or_at_the_end_is_drawn_on_its_first() {
        let files = note("one\ntwo");
        let whole = plain(&Finding::note("x", "m", files[0].span()), &files);
        assert!(whole.contains("1 | one\n  | ^^^\n") && !whole.contains("two"), "{whole}");
        let end = Span::new(FileId(0), 7, 7);
        assert!(plain(&Finding::note("x", "m", end), &files).contains("2 | two\n  |    ^"));
    }
}
