//! Writes the lines of containers: each behind a quote mark for every container that is open.

use super::lines::{self, Line};
use crate::markdown::view::{View, Weaver};
use std::ops::Range;

/// How deep containers may stand in each other; deeper ones dissolve.
const DEPTH: usize = 8;

/// How many containers, dissolved ones among them, are told apart.
const OPEN: usize = 32;

/// What opened a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// So many colons.
    Colons(usize),
    /// `<details>`.
    Details,
}

/// Where a container opens.
#[derive(Debug)]
pub(super) struct Opening {
    /// What opens it.
    pub(super) sign: Sign,
    /// Its bytes in the view.
    pub(super) bytes: Range<usize>,
    /// The column at which it stands.
    pub(super) column: usize,
}

/// A container that is open.
#[derive(Debug)]
struct Open {
    opening: Opening,
    /// The columns before its quote mark, within the container around it; `None` if it has no mark.
    pad: Option<usize>,
    /// The column of the note where its content begins; known from its first line of content on.
    strip: Option<usize>,
    /// How many quotes the opening stands in.
    quotes: usize,
    /// It has an end somewhere.
    closed: bool,
}

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Content.
    Content,
    /// The heading line of a folded block, outside `<summary>`.
    Title,
    /// Inside `<summary>`.
    Summary,
}

/// Containers that have no end, and where they open.
pub(super) type Unclosed = Vec<(Sign, Range<usize>)>;

/// Rewrites line by line.
#[derive(Debug)]
pub(super) struct Folder<'v, 'n> {
    pub(super) text: &'v str,
    pub(super) part: Part,
    weaver: Weaver<'v, 'n>,
    open: Vec<Open>,
    /// Nothing is written yet on the current line of output.
    fresh: bool,
    unclosed: Unclosed,
    /// The starts of `<details>` that have no end.
    endless: Vec<usize>,
}

impl<'v, 'n> Folder<'v, 'n> {
    pub(super) fn new(view: &'v View<'n>, endless: Vec<usize>) -> Self {
        Folder {
            text: &view.text,
            part: Part::Content,
            weaver: Weaver::new(view),
            open: Vec::new(),
            fresh: true,
            unclosed: Vec::new(),
            endless,
        }
    }

    /// The new view, and the containers without an end.
    pub(super) fn finish(mut self) -> (View<'n>, Unclosed) {
        while let Some(open) = self.open.pop() {
            self.unclosed.push((open.opening.sign, open.opening.bytes));
        }
        (self.weaver.finish(), self.unclosed)
    }

    /// Puts in characters.
    pub(super) fn add(&mut self, words: &str) {
        self.weaver.add(words);
        self.fresh = false;
    }

    /// Takes over some bytes.
    pub(super) fn take(&mut self, range: Range<usize>) {
        self.weaver.skip_to(range.start);
        self.weaver.keep_to(range.end);
        self.fresh = false;
    }

    /// Leaves out bytes.
    pub(super) fn skip_to(&mut self, end: usize) {
        self.weaver.skip_to(end);
    }

    /// Ends the current line of output, if anything is on it.
    pub(super) fn end_line(&mut self) {
        if !self.fresh {
            self.weaver.add("\n");
            self.fresh = true;
        }
    }

    /// Ends the current line of output and puts in an empty one.
    pub(super) fn blank_line(&mut self, line: &Line) {
        self.end_line();
        let empty = format!("{}{}", line.marks(self.text), self.pads());
        self.weaver.add(&format!("{}\n", empty.trim_end()));
    }

    /// Begins a line of output with all its quote marks, if none is begun.
    fn begin_line(&mut self, line: &Line) {
        if self.fresh {
            let pads = self.pads();
            self.add(line.marks(self.text));
            self.add(&pads);
        }
    }

    fn pads(&self) -> String {
        let pads = self.open.iter().filter_map(|o| o.pad);
        pads.fold(String::new(), |out, pad| out + &" ".repeat(pad) + "> ")
    }

    /// Takes over a line into the containers that are open.
    pub(super) fn content(&mut self, line: &Line) {
        match self.part {
            Part::Content => {}
            Part::Title if line.blank() => return self.skip_to(line.next),
            Part::Summary if !line.blank() => {
                self.take(line.body..line.end);
                self.add(" ");
                return self.skip_to(line.next);
            }
            _ => self.end_title(line),
        }
        if self.open.is_empty() {
            return self.weaver.keep_to(line.next);
        }
        self.begin_line(line);
        let from = self.stripped(line);
        self.take(from..line.next);
        self.fresh = self.text[..line.next].ends_with('\n');
    }

    /// Takes over a part of a line: as a line of content, or into the title.
    pub(super) fn words(&mut self, line: &Line, range: Range<usize>) {
        if self.part == Part::Title {
            self.end_title(line);
        }
        let first = self.fresh && range.start == line.body;
        if self.part == Part::Content {
            self.begin_line(line);
        }
        let start = if first { self.stripped(line) } else { range.start };
        self.take(start..range.end);
    }

    /// The byte behind the indentation that the innermost container takes for its own.
    fn stripped(&mut self, line: &Line) -> usize {
        let Some(open) = self.open.iter_mut().rev().find(|o| o.pad.is_some()) else { return line.inner };
        let blanks = &self.text[line.inner..line.body];
        let strip = match open.strip {
            Some(strip) => strip,
            None if line.blank() => return line.inner,
            None => *open.strip.insert(line.indent),
        };
        let ends = blanks.char_indices().map(|(at, c)| at + c.len_utf8());
        line.inner + ends.take_while(|end| lines::columns(&blanks[..*end]) <= strip).last().unwrap_or(0)
    }

    /// Opens a container; whether its quote mark was written.
    pub(super) fn open(&mut self, line: &Line, opening: Opening) -> bool {
        if self.open.len() >= DEPTH {
            self.open_layout(line, opening);
            return false;
        }
        // Behind a list marker the columns are already filled.
        let indented = self.fresh;
        if indented {
            self.blank_line(line);
        }
        self.begin_line(line);
        let around = self.open.iter().rev().find(|o| o.pad.is_some());
        let around = around.map_or(0, |o| o.strip.unwrap_or(o.opening.column));
        let pad = opening.column.saturating_sub(around);
        self.add(&" ".repeat(if indented { pad } else { 0 }));
        self.add("> ");
        self.push(line, opening, Some(pad));
        true
    }

    /// Opens a container whose marks vanish while its lines stay what they are.
    pub(super) fn open_layout(&mut self, line: &Line, opening: Opening) {
        self.blank_line(line);
        self.push(line, opening, None);
    }

    fn push(&mut self, line: &Line, opening: Opening, pad: Option<usize>) {
        if self.open.len() >= OPEN {
            return;
        }
        let closed = opening.sign != Sign::Details || self.endless.binary_search(&opening.bytes.start).is_err();
        self.open.push(Open { opening, pad, strip: None, quotes: line.quotes, closed });
    }

    /// Closes the innermost container of this sign and all inside it.
    pub(super) fn close(&mut self, sign: Sign, line: &Line) {
        self.part = Part::Content;
        self.end_line();
        if let Some(at) = self.open.iter().rposition(|o| o.opening.sign == sign) {
            let inner = self.open.split_off(at).into_iter().skip(1);
            self.unclosed.extend(inner.map(|o| (o.opening.sign, o.opening.bytes)));
        }
        self.blank_line(line);
    }

    /// Containers end with the quote they stand in; without an end of their own, also with the item or section.
    pub(super) fn end_unclosed(&mut self, line: &Line) {
        if line.blank() || line.raw {
            return;
        }
        let words = line.words(self.text);
        let heading = words.starts_with('#') && words.trim_start_matches('#').starts_with(' ');
        while let Some(open) = self.open.last() {
            let over = !open.closed && (line.indent < open.opening.column || heading);
            if !over && line.quotes >= open.quotes {
                return;
            }
            self.unclosed.push((open.opening.sign, open.opening.bytes.clone()));
            self.open.pop();
            self.part = Part::Content;
            self.blank_line(line);
        }
    }

    /// Ends the heading line of a folded block.
    pub(super) fn end_title(&mut self, line: &Line) {
        self.part = Part::Content;
        self.blank_line(line);
    }
}
