//! What a note says, cut into statements, and what stands on each of its lines.
//!
//! A statement is a sentence of a paragraph, bullet, quotation or remark; a cell of a table's body,
//! but for the first of its row, which names what the others speak of; a formula on a line of its
//! own; or code below a line that ends in a colon. All else is there to be read, not to be learnt.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Section;
use crate::language::sentence::sentences;
use crate::markdown::Document;
use crate::markdown::block::{Block, BlockKind, Row};
use crate::markdown::text::{Atom, Text};
use crate::markdown::walk::Visit;
use crate::source::{SourceFile, Span};

/// The most words of an item that is a label for the items inside it.
const LONGEST_LABEL: usize = 4;

/// What stands on a line. Where there are several things, the last of this list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Nothing.
    Blank,
    /// Marks such as a label, a fence or a table's rule.
    Marks,
    /// Front matter.
    FrontMatter,
    /// A comment, or HTML that shows nothing.
    Hidden,
    /// Code that no line above calls a task's.
    Code,
    /// Struck out.
    Struck,
    /// Nothing but links, as in a table of contents.
    Navigation,
    /// Nothing but a picture.
    Picture,
    /// A heading.
    Heading,
    /// The head of a table, or the first cells of its rows.
    TableHead,
    /// A line that ends in a colon and leads to what follows.
    LeadIn,
    /// A question; its answer is the statement.
    Question,
    /// Something to be learnt.
    Statement,
}

impl What {
    /// What such a line is, in words, for somebody who asks why it has no card.
    pub fn describe(self) -> &'static str {
        match self {
            What::Blank => "an empty line",
            What::Marks => "nothing but marks",
            What::FrontMatter => "front matter",
            What::Hidden => "a comment or HTML that shows nothing",
            What::Code => "code without a task above it",
            What::Struck => "struck out",
            What::Navigation => "nothing but links",
            What::Picture => "nothing but a picture",
            What::Heading => "a heading",
            What::TableHead => "the head of a table",
            What::LeadIn => "a line that leads to what follows",
            What::Question => "a question",
            What::Statement => "a statement",
        }
    }
}

/// A statement before its cards are known.
#[derive(Debug)]
pub(super) struct Raw {
    /// Where it stands.
    pub(super) span: Span,
    /// The number of its section.
    pub(super) section: usize,
    /// Its characters without marks.
    pub(super) text: String,
    /// Its words in lower case, with their bytes.
    pub(super) words: Vec<(Range<usize>, String)>,
}

/// A note, cut up.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) statements: Vec<Raw>,
    pub(super) sections: Vec<Section>,
    pub(super) lines: Vec<What>,
}

/// Cuts up a note.
pub(super) fn read(document: &Document) -> Read {
    let file = document.file;
    let blank = |line: &str| {
        if line.trim_matches(['\u{feff}', ' ', '\t', '\r']).is_empty() { What::Blank } else { What::Marks }
    };
    let lines = file.lines().map(blank).collect();
    let out = Read { statements: Vec::new(), sections: vec![Section { line: 1, ..Section::default() }], lines };
    let mut cutter = Cutter { file, out };
    for site in document.walk() {
        cutter.block(&site);
    }
    cutter.out.statements.sort_by_key(|statement| statement.span.start);
    cutter.out
}

struct Cutter<'d> {
    file: &'d SourceFile,
    out: Read,
}

impl Cutter<'_> {
    fn block(&mut self, site: &Visit) {
        let span = site.block.span;
        match &site.block.kind {
            BlockKind::FrontMatter => self.mark(span, What::FrontMatter),
            BlockKind::Html(_) => self.mark(span, What::Hidden),
            BlockKind::Heading { level, text } => {
                let line = self.file.line(span.start);
                self.out.sections.push(Section { title: text.plain().trim().to_owned(), level: *level, line });
                self.mark(span, What::Heading);
            }
            BlockKind::Paragraph(text) => self.paragraph(site, text),
            BlockKind::Math(text) => self.statement(site, text),
            BlockKind::Table { head, rows } => self.table(site, head, rows),
            BlockKind::Code { code, .. } if site.before().is_some_and(leads) => {
                let code = code.trim();
                // Where the code is set in, it stands there in other words, and the whole block counts.
                let at = self.file.slice(span).find(code).map_or(span.start, |at| span.start + at);
                let span = Span::new(span.file, at, (at + code.len()).min(span.end));
                self.add(site, span, (code, words_at(self.file.slice(span), at)));
            }
            BlockKind::Code { .. } => self.mark(span, What::Code),
            _ => {}
        }
    }

    fn paragraph(&mut self, site: &Visit, text: &Text) {
        let seen = || text.runs().iter().filter(|run| !text.plain()[run.start..run.end].trim().is_empty());
        let whole = |what: What| match what {
            What::Struck => seen().all(|run| run.style.strike),
            What::Navigation => seen().all(|run| run.style.link.is_some()),
            _ => seen().all(|run| matches!(run.style.atom, Atom::Image { .. })),
        };
        if let Some(what) = [What::Struck, What::Picture, What::Navigation].into_iter().find(|what| whole(*what)) {
            return self.mark(site.block.span, what);
        }
        for range in sentences(&text.mask()) {
            let sentence = text.slice(range);
            let end = sentence.plain().trim_end();
            let Some(span) = self.span(&sentence) else { continue };
            if sentence.runs().iter().all(|run| run.style.strike) {
                self.mark(span, What::Struck);
            } else if end.ends_with([':', '：']) || is_label(site, end) {
                self.mark(span, What::LeadIn);
            } else if end.ends_with(['?', '？']) {
                self.mark(span, What::Question);
            } else {
                self.statement(site, &sentence);
            }
        }
    }

    fn table(&mut self, site: &Visit, head: &Row, rows: &[Row]) {
        self.mark(head.span, What::TableHead);
        for row in rows {
            self.mark(row.span, What::TableHead);
            let first = usize::from(row.cells.len() > 1);
            row.cells.iter().skip(first).for_each(|cell| self.statement(site, cell));
        }
    }

    /// A text that says something, if it has a word of the note in it.
    fn statement(&mut self, site: &Visit, text: &Text) {
        let Some(span) = self.span(text) else { return };
        let runs = text.runs().iter().filter_map(|run| Some((run.source?, &text.plain()[run.start..run.end])));
        self.add(site, span, (text.plain().trim(), runs.flat_map(|(at, plain)| words_at(plain, at)).collect()));
    }

    fn add(&mut self, site: &Visit, span: Span, (text, words): (&str, Vec<(Range<usize>, String)>)) {
        if !words.is_empty() {
            self.mark(span, What::Statement);
            self.out.statements.push(Raw { span, section: site.section_number(), text: text.to_owned(), words });
        }
    }

    fn span(&self, text: &Text) -> Option<Span> {
        let range = text.source_range().filter(|range| !range.is_empty())?;
        // A picture's words may be longer than what stands for them in the note.
        let border =
            |at: usize| (0..=at.min(self.file.text.len())).rev().find(|at| self.file.text.is_char_boundary(*at));
        let (start, end) = (border(range.start)?, border(range.end)?);
        (start < end).then(|| Span::new(self.file.id, start, end))
    }

    /// Says what stands on the lines of a span, unless something stands there that counts for more.
    fn mark(&mut self, span: Span, what: What) {
        let last = span.end.max(span.start + 1) - 1;
        for line in self.file.line(span.start)..=self.file.line(last) {
            if let Some(known) = self.out.lines.get_mut(line - 1) {
                *known = what.max(*known);
            }
        }
    }
}

/// Whether an item says no more than what the items inside it belong to.
fn is_label(site: &Visit, words: &str) -> bool {
    let lists = site.after().first().is_some_and(|block| matches!(block.kind, BlockKind::List { .. }));
    let own = site.item().is_some() && site.index == 0;
    own && lists && words.split_whitespace().count() <= LONGEST_LABEL && !words.ends_with(['.', '!', '。', '！'])
}

/// Whether a block ends in a colon, so that code below it is what it speaks of.
fn leads(block: &Block) -> bool {
    block.text().is_some_and(|text| text.plain().trim_end().ends_with([':', '：'])) && !block.is_heading()
}

/// The words of a text that begins at a byte of the note.
fn words_at(plain: &str, at: usize) -> Vec<(Range<usize>, String)> {
    let word = |(start, word): (usize, &str)| (at + start..at + start + word.len(), word.to_lowercase());
    plain.unicode_word_indices().map(word).collect()
}
