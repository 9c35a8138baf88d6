//! From the inline events of one leaf block to its [`Text`].

use super::text::{Atom, Style, Text};
use super::view::View;
use super::{highlight, sound, tags};
use crate::card::is_played;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// An event of the parser and its bytes in the view.
pub(super) type Piece<'e> = (Event<'e>, Range<usize>);

/// The text that a leaf block's events say.
pub(super) fn text(view: &View, note: &str, events: &[Piece]) -> Text {
    let mut writer =
        Writer { view, note, text: Text::default(), style: Style::default(), saved: Vec::new(), gap: None };
    let roles = tags::roles(events, &view.text);
    let mut at = 0;
    while at < events.len() {
        at = writer.event(events, &roles, at);
    }
    highlight::mark(&sound::mark(&writer.text))
}

/// The stretches of a text between characters that show nothing and may do harm in a terminal or a
/// web view: controls, marks of direction, zero-width blanks and soft hyphens.
fn visible(plain: &str) -> impl Iterator<Item = (usize, &str)> {
    let hidden = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let mut at = 0;
    plain.split_inclusive(hidden).map(move |piece| {
        let start = at;
        at += piece.len();
        (start, piece.trim_end_matches(hidden))
    })
}

/// Writes one text.
struct Writer<'v> {
    view: &'v View<'v>,
    note: &'v str,
    text: Text,
    style: Style,
    saved: Vec<Style>,
    /// The place and look of a soft line break that is not yet written.
    gap: Option<(usize, Style)>,
}

impl Writer<'_> {
    /// Takes in the event at `at` and says where to go on.
    fn event(&mut self, events: &[Piece], roles: &[tags::Role], at: usize) -> usize {
        let (event, range) = &events[at];
        match event {
            Event::Text(words) => self.words(words, range),
            Event::Code(code) => self.atom(code, Atom::Code, range),
            Event::InlineMath(tex) => self.formula(tex, false, range),
            Event::DisplayMath(tex) => self.formula(tex, true, range),
            Event::SoftBreak => self.gap = Some((range.start, self.style.clone())),
            Event::HardBreak => self.line_break(range),
            Event::InlineHtml(_) | Event::Html(_) => self.tag(&roles[at], range),
            Event::Start(Tag::Image { dest_url, link_type, .. }) => {
                let embedded = matches!(link_type, LinkType::WikiLink { .. });
                return self.image(&events[at..], dest_url, embedded) + at;
            }
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(*tag, events, at),
            Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
        at + 1
    }

    #[expect(clippy::needless_pass_by_value, reason = "callers make the style in place")]
    fn push(&mut self, plain: &str, style: Style, place: Option<usize>) {
        if let Some((gap, style)) = self.gap.take() {
            let wide = |c: Option<char>| c.is_some_and(is_wide);
            let glued = wide(self.text.plain().chars().next_back()) && wide(plain.chars().next());
            if !glued && !self.text.plain().is_empty() {
                let place = Some(self.view.origin(gap)).filter(|at| self.note[*at..].starts_with(char::is_whitespace));
                self.text.push(" ", Style { atom: Atom::Words, ..style }, place);
            }
        }
        for (at, part) in visible(plain) {
            self.text.push(part, style.clone(), place.map(|p| p + at));
        }
    }

    /// Words; where they are the view's own bytes, each part of them keeps its place.
    fn words(&mut self, words: &str, range: &Range<usize>) {
        if self.view.text.get(range.clone()) == Some(words) {
            self.verbatim(range);
        } else {
            self.push(words, self.style.clone(), Some(self.view.origin(range.start)));
        }
    }

    fn verbatim(&mut self, range: &Range<usize>) {
        let view = self.view;
        for (part, origin) in view.parts(range.clone()) {
            match (origin, &view.text[part.clone()]) {
                (None, "$" | "$$") => self.bracket(part.start),
                // Of what mending puts in, only the label of a container is to be read.
                (None, words) if words.chars().all(|c| "+-># \\\n".contains(c)) => {}
                (place, words) => self.push(words, self.style.clone(), place),
            }
        }
    }

    /// A mark that was put in and stayed words: the escaped bracket that it stood for, if any.
    fn bracket(&mut self, at: usize) {
        let place = self.view.origin(at);
        let second = at > 0 && self.view.origin(at - 1) == place;
        let escaped = self.note[place..].strip_prefix('\\').and_then(|s| s.get(..1));
        if let Some(sign) = escaped.filter(|s| !second && "()[]".contains(s)) {
            self.push(sign, self.style.clone(), Some(place + 1));
        }
    }

    fn atom(&mut self, characters: &str, atom: Atom, range: &Range<usize>) {
        let shift = self.view.text.get(range.clone()).and_then(|s| s.find(characters)).unwrap_or(0);
        let style = Style { atom, ..self.style.clone() };
        self.push(characters, style, Some(self.view.origin(range.start + shift)));
    }

    fn formula(&mut self, tex: &str, display: bool, range: &Range<usize>) {
        if !display && is_money(tex) {
            return self.verbatim(range);
        }
        // `\(` was handed to the parser as `$$`, which is as long and may be padded.
        let inline = self.note[self.view.origin(range.start)..].starts_with("\\(");
        self.atom(tex, Atom::Math { display: display && !inline }, range);
    }

    fn line_break(&mut self, range: &Range<usize>) {
        let style = Style { atom: Atom::Break, ..self.style.clone() };
        self.push("\n", style, Some(self.view.origin(range.start)));
    }

    fn tag(&mut self, role: &tags::Role, range: &Range<usize>) {
        match role {
            tags::Role::Literal => self.verbatim(range),
            tags::Role::Dropped => {}
            tags::Role::Break => self.line_break(range),
            tags::Role::Image { src, alt } => self.picture(src, alt, range.start),
            tags::Role::Open(mark) => {
                self.saved.push(self.style.clone());
                mark.apply(&mut self.style);
            }
            tags::Role::Close => self.restore(),
        }
    }

    fn restore(&mut self) {
        self.style = self.saved.pop().unwrap_or_default();
    }

    fn open(&mut self, tag: &Tag, range: &Range<usize>) {
        self.saved.push(self.style.clone());
        match tag {
            Tag::Strong => self.style.strong = true,
            Tag::Emphasis => self.style.emphasis = true,
            // A single `~` is about as often "roughly" as it is a mark.
            Tag::Strikethrough if self.view.text[range.clone()].starts_with("~~") => self.style.strike = true,
            Tag::Strikethrough => self.verbatim(&(range.start..range.start + 1)),
            Tag::Link { link_type: LinkType::WikiLink { .. }, .. } if is_brackets(&self.view.text[range.clone()]) => {
                self.verbatim(&(range.start..range.start + 2));
            }
            Tag::Link { link_type: LinkType::WikiLink { .. }, .. } => {}
            Tag::Link { dest_url, .. } => self.style.link = Some(Arc::from(dest_url.as_ref())),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd, events: &[Piece], at: usize) {
        let range = &events[at].1;
        match tag {
            TagEnd::Strikethrough if !self.style.strike => self.verbatim(&(range.end - 1..range.end)),
            TagEnd::Link if is_brackets(&self.view.text[range.clone()]) => {
                self.verbatim(&(range.end - 2..range.end));
            }
            _ => {}
        }
        self.restore();
    }

    /// An image, from its start; says how many events it takes. An embedded note becomes its words.
    fn image(&mut self, events: &[Piece], src: &str, embedded: bool) -> usize {
        let mut depth = 0;
        let mut alt = String::new();
        let mut place = events[0].1.start;
        let mut taken = 0;
        for (event, range) in events {
            taken += 1;
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(words) | Event::Code(words) | Event::InlineMath(words) => {
                    place = if alt.is_empty() { range.start } else { place };
                    alt.push_str(words);
                }
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        if embedded && !is_picture(src) {
            let place = Some(self.view.origin(place)).filter(|at| self.note[*at..].starts_with(&alt));
            self.push(&alt, self.style.clone(), place);
        } else {
            self.picture(src, &alt, place);
        }
        taken
    }

    fn picture(&mut self, src: &str, alt: &str, place: usize) {
        let style = Style { atom: Atom::Image { src: Arc::from(src) }, ..self.style.clone() };
        let words = alternative(alt, src);
        self.push(words, style, Some(self.view.origin(place)));
    }
}

/// The alternative text without Obsidian's size; the name of the file where there is none.
fn alternative<'a>(alt: &'a str, src: &'a str) -> &'a str {
    let size = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit() || c == 'x');
    let words = match alt.rsplit_once('|') {
        Some((words, tail)) if size(tail.trim()) => words.trim(),
        _ if size(alt.trim()) => "",
        _ => alt.trim(),
    };
    let name = src.rsplit('/').next().filter(|n| !n.is_empty()).unwrap_or("image");
    if words.is_empty() { name } else { words }
}

fn is_picture(src: &str) -> bool {
    const ENDINGS: &[&str] = &["avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"];
    let ending = src.split(['#', '?']).next().unwrap_or(src).rsplit('.').next().unwrap_or("");
    ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) || is_played(src)
}

/// Whether `[[…]]` is brackets in brackets (`[[1, 2], [3, 4]]`, `[[ -f x ]]`) rather than a link.
fn is_brackets(source: &str) -> bool {
    let Some(inner) = source.strip_prefix("[[").and_then(|s| s.strip_suffix("]]")) else { return false };
    inner.contains(['[', ']']) || inner.starts_with(' ')
}

/// Whether what stands between two `$` is prose between two prices.
fn is_money(tex: &str) -> bool {
    let word = |w: &str| w.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !w.contains(['\\', '_', '^', '{']);
    tex.starts_with(|c: char| c.is_ascii_digit()) && !tex.contains('\\') && tex.split_whitespace().any(word)
}

/// Whether a character is of a script that is written without blanks.
pub(super) fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0xABFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_money_from_formulas() {
        assert!(is_money("5 per TB scanned, "));
        assert!(!is_money("2x + 1"));
    }

    #[test]
    fn alternative_text_has_no_size() {
        assert_eq!(alternative("a cat|300", "x/cat.png"), "a cat");
        assert_eq!(alternative("300x200", "x/cat.png"), "cat.png");
    }
}
