//! Running text to HTML. Each run is wrapped in its marks, always in one order, and a mark that two
//! neighbours share stays open between them: a gap with bold inside is one cloze, not three.

use super::escape::{self, Place};
use super::html::Html;
use crate::card::is_played;
use crate::markdown::text::{Atom, Gap, Run, Style, Text};
use std::fmt::Write as _;
use std::sync::Arc;

/// What stands around characters, from the outside in.
#[derive(Debug, Clone)]
enum Mark {
    Gap(Gap),
    Link(Arc<str>),
    Tag(&'static str),
}

impl Mark {
    /// Whether neighbours with these marks share one.
    fn joins(&self, other: &Mark) -> bool {
        match (self, other) {
            (Mark::Gap(a), Mark::Gap(b)) => a.number == b.number,
            (Mark::Link(a), Mark::Link(b)) => a == b,
            (Mark::Tag(a), Mark::Tag(b)) => a == b,
            _ => false,
        }
    }
}

/// Text as HTML, without a block around it.
pub(super) fn text(html: &Html, text: &Text) -> String {
    let mut line = Line { html, out: String::new(), open: Vec::new() };
    // Runs that differ only in their place in the note are one to the reader.
    for runs in text.runs().chunk_by(|a, b| a.style == b.style && a.style.atom == Atom::Words) {
        line.mark(&runs[0].style);
        line.atom(&text.plain()[range(runs)], &runs[0].style);
    }
    line.close(0);
    line.out
}

/// A formula on a line of its own. A gap over all of it hides it whole; a gap over a part stands inside.
pub(super) fn formula(html: &Html, text: &Text) -> String {
    let mut line = Line { html, out: String::new(), open: Vec::new() };
    let gaps: Vec<_> = text.runs().chunk_by(|a, b| gap_number(a) == gap_number(b)).collect();
    if let [runs] = gaps[..] {
        line.mark_gap(&runs[0].style);
        line.math(text.plain(), true);
    } else {
        line.out.push_str("\\[");
        for runs in gaps {
            line.mark_gap(&runs[0].style);
            let place = line.place();
            escape::math(&mut line.out, &text.plain()[range(runs)], place);
            line.keep_brace_apart();
        }
        line.close(0);
        line.out.push_str("\\]");
    }
    line.close(0);
    line.out
}

fn range(runs: &[Run]) -> std::ops::Range<usize> {
    runs[0].start..runs[runs.len() - 1].end
}

fn gap_number(run: &Run) -> Option<u16> {
    run.style.gap.as_ref().map(|gap| gap.number)
}

struct Line<'a> {
    html: &'a Html<'a>,
    out: String,
    open: Vec<Mark>,
}

impl Line<'_> {
    fn place(&self) -> Place {
        match self.open.first() {
            Some(Mark::Gap(_)) => Place::Gap,
            _ if self.html.gaps => Place::ClozeField,
            _ => Place::Field,
        }
    }

    fn mark(&mut self, style: &Style) {
        let mut marks = self.gap(style);
        marks.extend(style.link.iter().filter(|l| is_followed(l)).cloned().map(Mark::Link));
        let tags = [
            (style.strong, "b"),
            (style.emphasis, "i"),
            (style.strike, "s"),
            (style.highlight, "mark"),
            (style.superscript, "sup"),
            (style.subscript, "sub"),
        ];
        marks.extend(tags.iter().filter(|(on, _)| *on).map(|(_, tag)| Mark::Tag(tag)));
        self.switch(marks);
    }

    fn mark_gap(&mut self, style: &Style) {
        let marks = self.gap(style);
        self.switch(marks);
    }

    fn gap(&self, style: &Style) -> Vec<Mark> {
        style.gap.iter().filter(|_| self.html.gaps).cloned().map(Mark::Gap).collect()
    }

    /// Closes the marks that end here and opens those that begin.
    fn switch(&mut self, marks: Vec<Mark>) {
        let shared = self.open.iter().zip(&marks).take_while(|(a, b)| a.joins(b)).count();
        self.close(shared);
        for mark in marks.into_iter().skip(shared) {
            match &mark {
                Mark::Gap(gap) => _ = write!(self.out, "{{{{c{}::", gap.number),
                Mark::Link(target) => {
                    self.out.push_str("<a href=\"");
                    let place = self.place();
                    escape::attribute(&mut self.out, target, place);
                    self.out.push_str("\">");
                }
                Mark::Tag(tag) => _ = write!(self.out, "<{tag}>"),
            }
            self.open.push(mark);
        }
    }

    /// Closes all but the outermost `keep` marks.
    fn close(&mut self, keep: usize) {
        while self.open.len() > keep {
            match self.open.pop() {
                Some(Mark::Gap(gap)) => {
                    if let Some(hint) = gap.hint.filter(|h| !h.is_empty()) {
                        self.out.push_str("::");
                        escape::words(&mut self.out, &hint, Place::Gap);
                    }
                    self.out.push_str("}}");
                }
                Some(Mark::Link(_)) => self.out.push_str("</a>"),
                Some(Mark::Tag(tag)) => _ = write!(self.out, "</{tag}>"),
                None => {}
            }
        }
    }

    fn atom(&mut self, characters: &str, style: &Style) {
        let place = self.place();
        match &style.atom {
            Atom::Words => escape::words(&mut self.out, characters, place),
            Atom::Code => {
                self.out.push_str("<code>");
                escape::code(&mut self.out, characters, place);
                self.out.push_str("</code>");
            }
            Atom::Math { display } => self.math(characters, *display),
            Atom::Image { src } => self.image(src, characters),
            Atom::Break => self.out.push_str("<br>"),
        }
    }

    fn math(&mut self, latex: &str, display: bool) {
        let (open, close) = if display { ("\\[", "\\]") } else { ("\\(", "\\)") };
        if self.out.ends_with('\\') {
            self.out.push_str("<span></span>");
        }
        self.out.push_str(open);
        let place = self.place();
        escape::math(&mut self.out, latex, place);
        self.out.push_str(close);
    }

    /// A picture or sound that travels with the deck; of any other, its description.
    fn image(&mut self, src: &str, alt: &str) {
        let place = self.place();
        if self.html.media.contains(src) && is_played(src) {
            self.out.push_str("[sound:");
            escape::attribute(&mut self.out, &src.replace([']', '['], ""), place);
            self.out.push(']');
        } else if self.html.media.contains(src) {
            self.out.push_str("<img src=\"");
            escape::attribute(&mut self.out, src, place);
            self.out.push_str("\" alt=\"");
            escape::attribute(&mut self.out, alt, place);
            self.out.push_str("\">");
        } else {
            escape::words(&mut self.out, &super::plain::image(src, alt), place);
        }
    }

    /// A brace of the formula must not join the two that end or begin a cloze.
    fn keep_brace_apart(&mut self) {
        if self.out.ends_with(['{', '}']) {
            self.out.push(' ');
        }
    }
}

/// Whether a link leads somewhere from a card: an address of the web or of a mailbox.
pub(crate) fn is_followed(target: &str) -> bool {
    let starts = |scheme: &str| target.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    ["http://", "https://", "mailto:"].into_iter().any(starts)
}
