//! Pasted text: finds the lines that say what they are (bullets, options, labels, questions) and
//! writes them so that the parser sees it too.

use super::lines::{self, Line};
use super::{breaks, bullets, options};
use crate::markdown::view::{View, Weaver};

/// The marker of an item that was no Markdown item; a rare one, so that it does not go on with a list above.
pub(super) const ITEM: &str = "+ ";

/// What is to be done with a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fix {
    /// Begins a block of its own.
    pub(super) apart: bool,
    /// Drops its bytes up to here and puts these characters in their place.
    pub(super) lead: Option<(usize, String)>,
    /// Drops these bytes and begins another block behind them.
    pub(super) cut: Option<(usize, usize)>,
    /// Goes on with the next line.
    pub(super) joined: bool,
}

/// The lines of a text and what is to be done with them.
#[derive(Debug)]
pub(super) struct Page<'t> {
    pub(super) text: &'t str,
    pub(super) lines: Vec<Line>,
    pub(super) fixes: Vec<Fix>,
}

impl<'t> Page<'t> {
    fn new(text: &'t str) -> Self {
        let lines = lines::read(text);
        Page { text, fixes: vec![Fix::default(); lines.len()], lines }
    }

    /// The words of a line.
    pub(super) fn words(&self, at: usize) -> &'t str {
        self.lines[at].words(self.text)
    }

    /// The line before, if it is text of the same quote.
    pub(super) fn above(&self, at: usize) -> Option<usize> {
        at.checked_sub(1).filter(|above| self.joins(*above, at))
    }

    /// The line after, if it is text of the same quote.
    pub(super) fn below(&self, at: usize) -> Option<usize> {
        (at + 1 < self.lines.len() && self.joins(at, at + 1)).then_some(at + 1)
    }

    fn joins(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.lines[a], &self.lines[b]);
        !a.blank() && !b.blank() && !a.raw && !b.raw && a.quotes == b.quotes
    }

    /// Makes the line below a block of its own.
    pub(super) fn end_after(&mut self, at: usize) {
        if let Some(below) = self.below(at) {
            self.fixes[below].apart = true;
        }
    }
}

/// Mends the lines of a view.
pub(super) fn mend<'n>(view: &View<'n>) -> Option<View<'n>> {
    let mut page = Page::new(&view.text);
    let mut at = 0;
    while at < page.lines.len() {
        let line = page.lines[at];
        at = if line.raw || line.blank() {
            at + 1
        } else if let Some(end) = bullets::run(&mut page, at) {
            end
        } else if let Some(end) = options::run(&mut page, at) {
            end
        } else {
            if !line.code {
                breaks::look(&mut page, at);
            }
            at + 1
        };
    }
    page.fixes.iter().any(|fix| *fix != Fix::default()).then(|| write(view, &page))
}

fn write<'n>(view: &View<'n>, page: &Page) -> View<'n> {
    let mut weaver = Weaver::new(view);
    for (at, fix) in page.fixes.iter().enumerate().filter(|(_, fix)| **fix != Fix::default()) {
        let line = &page.lines[at];
        let marks = line.marks(page.text);
        weaver.keep_to(line.start);
        if fix.apart && page.above(at).is_some() {
            weaver.add(&format!("{}\n", marks.trim_end()));
        }
        weaver.keep_to(line.inner);
        let mut indent = &page.text[line.inner..line.body];
        if let Some((to, lead)) = &fix.lead {
            weaver.skip_to(*to);
            weaver.add(lead);
            indent = lead;
        }
        if let Some((from, to)) = fix.cut {
            let indent = " ".repeat(indent.len() - indent.trim_start().len());
            weaver.keep_to(from);
            weaver.skip_to(to);
            weaver.add(&format!("\n{}\n{marks}{indent}", marks.trim_end()));
        }
        if fix.joined {
            weaver.keep_to(line.end);
            weaver.skip_to(page.lines.get(at + 1).map_or(line.next, |l| l.body));
        }
    }
    weaver.finish()
}
