//! Breaking styled words into lines as Unicode has it: at blanks, between ideographs, never inside what
//! is seen as one character. A drawing of several rows stands in its line like a word.

use crate::render::math::Drawing;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What is seen as one character, or a drawing.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    text: String,
    width: usize,
    style: Style,
    drawing: Option<Drawing>,
}

impl Glyph {
    /// A drawing of several rows, in one style.
    pub(super) fn drawn(drawing: Drawing, style: Style) -> Glyph {
        // The letter stands for the drawing where lines are broken.
        Glyph { text: "x".to_owned(), width: drawing.width, style, drawing: Some(drawing) }
    }

    fn is_blank(&self) -> bool {
        self.drawing.is_none() && self.text.chars().all(|c| c.is_whitespace() && c != '\u{a0}')
    }

    /// What stands in a row, counted from the line of the words.
    fn row(&self, row: isize) -> Span<'static> {
        let drawn = self.drawing.as_ref().map(|d| {
            let at = isize::try_from(d.baseline).unwrap_or(0) + row;
            usize::try_from(at).ok().and_then(|at| d.rows.get(at)).cloned()
        });
        match drawn {
            Some(Some(text)) => Span::styled(text, self.style),
            None if row == 0 => Span::styled(self.text.clone(), self.style),
            _ => Span::raw(" ".repeat(self.width)),
        }
    }
}

/// Words as glyphs of one style. Tabs are blanks here.
pub(super) fn glyphs(words: &str, style: Style) -> Vec<Glyph> {
    let glyph = |text: &str| Glyph {
        text: if text == "\t" { " ".to_owned() } else { text.to_owned() },
        width: if text == "\n" { 0 } else { text.width() },
        style,
        drawing: None,
    };
    words.graphemes(true).map(glyph).collect()
}

/// Columns that glyphs take in one line.
pub(super) fn width(glyphs: &[Glyph]) -> usize {
    glyphs.iter().map(|glyph| glyph.width).sum()
}

/// Glyphs broken into lines of at most `width` columns.
pub(super) fn lines(glyphs: &[Glyph], width: usize) -> Vec<Line<'static>> {
    let mut out: Vec<Vec<Glyph>> = vec![Vec::new()];
    for (piece, ends) in pieces(glyphs) {
        let (words, blanks) = piece.split_at(piece.iter().rposition(|g| !g.is_blank()).map_or(0, |at| at + 1));
        let open = out.last().map_or(0, |line| self::width(line));
        if open > 0 && open + self::width(words) > width {
            out.push(Vec::new());
        }
        add(&mut out, words, width);
        let room = out.last().map_or(0, |line| self::width(line)) + self::width(blanks) <= width;
        add(&mut out, if room { blanks } else { &[] }, width);
        if ends {
            out.push(Vec::new());
        }
    }
    out.iter().flat_map(|line| assemble(line)).collect()
}

/// Glyphs cut hard at `width` columns, blanks kept: for code.
pub(super) fn cut(glyphs: &[Glyph], width: usize) -> Vec<Line<'static>> {
    let mut out = vec![Vec::new()];
    add(&mut out, glyphs, width);
    out.iter().flat_map(|line| assemble(line)).collect()
}

/// Adds glyphs to the last line; what is wider than a line goes on in the next.
fn add(out: &mut Vec<Vec<Glyph>>, glyphs: &[Glyph], width: usize) {
    for glyph in glyphs.iter().filter(|glyph| glyph.text != "\n") {
        let open = out.last().map_or(0, |line| self::width(line));
        if open > 0 && open + glyph.width > width {
            out.push(Vec::new());
        }
        if let Some(line) = out.last_mut() {
            line.push(glyph.clone());
        }
    }
}

/// The glyphs cut where a line may end, and whether it must.
fn pieces(glyphs: &[Glyph]) -> Vec<(&[Glyph], bool)> {
    let plain: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
    let mut breaks = linebreaks(&plain).peekable();
    let (mut out, mut from, mut byte) = (Vec::new(), 0, 0);
    for (at, glyph) in glyphs.iter().enumerate() {
        byte += glyph.text.len();
        let mut ends = None;
        while let Some((_, kind)) = breaks.next_if(|(place, _)| *place <= byte) {
            ends = Some(kind == BreakOpportunity::Mandatory && glyph.text.ends_with('\n'));
        }
        if let Some(must) = ends {
            out.push((&glyphs[from..=at], must));
            from = at + 1;
        }
    }
    if from < glyphs.len() {
        out.push((&glyphs[from..], false));
    }
    out
}

/// One line of glyphs as the rows it takes.
fn assemble(line: &[Glyph]) -> Vec<Line<'static>> {
    let end = line.iter().rposition(|glyph| !glyph.is_blank()).map_or(0, |at| at + 1);
    let line = &line[..end];
    let drawings = || line.iter().filter_map(|glyph| glyph.drawing.as_ref());
    let above = drawings().map(|d| d.baseline).max().unwrap_or(0);
    let below = drawings().map(|d| d.rows.len() - 1 - d.baseline).max().unwrap_or(0);
    let rows = -isize::try_from(above).unwrap_or(0)..=isize::try_from(below).unwrap_or(0);
    rows.map(|row| joined(line.iter().map(|glyph| glyph.row(row)))).collect()
}

/// Spans with neighbours of one style joined.
fn joined(spans: impl Iterator<Item = Span<'static>>) -> Line<'static> {
    let mut out: Vec<Span<'static>> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if last.style == span.style => last.content.to_mut().push_str(&span.content),
            _ => out.push(span),
        }
    }
    Line::from(out)
}
