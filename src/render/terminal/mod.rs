//! Card sides as lines for a terminal of any width: marks, code in colours, tables, lists, quotations
//! and formulas drawn with characters.
//!
//! Whatever an author wrote passes through [`clean`], so that no note can steer the terminal.

mod inline;
mod table;
mod wrap;

#[cfg(test)]
mod tests;

use super::code::{self, Token};
use super::theme::{Role, Theme};
use super::{clean, math};
use crate::card::{Content, Part};
use crate::markdown::text::{Atom, Text};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use wrap::Glyph;

/// Narrower columns are not drawn for: words would fall apart.
const NARROWEST: usize = 8;

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// The colours.
    pub theme: Theme,
}

impl Look {
    fn style(self, role: Role) -> Style {
        self.theme.style(role)
    }

    fn narrower(self, by: usize) -> Look {
        Look { width: self.width.saturating_sub(by).max(NARROWEST), ..self }
    }
}

/// One side of a card; its parts stand apart where one of them is more than a line of words.
pub fn content(content: &Content, look: Look) -> Vec<Line<'static>> {
    parts(content, look).flat_map(|(_, lines)| lines).collect()
}

/// The parts of one side, each with its lines, those that set it apart included.
pub fn parts(content: &Content, look: Look) -> impl Iterator<Item = (&Part, Vec<Line<'static>>)> {
    let look = look.narrower(0);
    content.0.iter().enumerate().map(move |(at, part)| {
        let apart = at > 0 && stand_apart(&content.0[at - 1], part);
        let above = apart.then(Line::default);
        (part, above.into_iter().chain(draw(part, look)).collect())
    })
}

/// Words of the program's own, in one role.
pub fn words(words: &str, role: Role, look: Look) -> Vec<Line<'static>> {
    wrap::lines(&wrap::glyphs(&clean(words), look.style(role)), look.width)
}

/// Stretches of words, each in a style of its own, as one paragraph.
pub fn styled<'a>(stretches: impl Iterator<Item = (&'a str, Style)>, look: Look) -> Vec<Line<'static>> {
    let glyphs: Vec<Glyph> = stretches.flat_map(|(words, style)| wrap::glyphs(&clean(words), style)).collect();
    wrap::lines(&glyphs, look.width)
}

/// Whether an empty line stands between two parts; none stands around a list.
fn stand_apart(above: &Part, below: &Part) -> bool {
    !matches!((above, below), (Part::List { .. }, Part::Paragraph(_)) | (_, Part::List { .. }))
}

fn draw(part: &Part, look: Look) -> Vec<Line<'static>> {
    match part {
        Part::Paragraph(text) => paragraph(text, look),
        Part::Code { language, code } => block(language, code, look),
        Part::Math(formula) => display(formula, look),
        Part::List { start, items } => list(*start, items, look),
        Part::Table { head, rows } => table::draw(head, rows, look),
        Part::Quote(quoted) => {
            let bar = Span::styled("▏ ", look.style(Role::Quiet));
            prefixed(content(quoted, look.narrower(2)), &bar, &bar)
        }
    }
}

fn paragraph(text: &Text, look: Look) -> Vec<Line<'static>> {
    wrap::lines(&inline::glyphs(text, look), look.width)
}

/// A formula on a line of its own, drawn where it fits, else as its author wrote it.
fn display(formula: &Text, look: Look) -> Vec<Line<'static>> {
    let gapless = formula.runs().iter().all(|run| run.style.gap.is_none());
    let drawing = math::draw(formula.plain()).filter(|d| gapless && d.width + 2 <= look.width);
    let Some(drawing) = drawing else {
        let source = formula.restyle(|style| style.atom = Atom::Code);
        return paragraph(&source, look);
    };
    let style = look.style(Role::Math);
    drawing.rows.into_iter().map(|row| Line::from(vec![Span::raw("  "), Span::styled(row, style)])).collect()
}

fn block(language: &str, source: &str, look: Look) -> Vec<Line<'static>> {
    let source = clean(source).replace('\t', "    ");
    let lines = code::highlight(language, source.trim_end());
    let glyphs = |line: &Vec<(Token, String)>| -> Vec<Glyph> {
        line.iter().flat_map(|(token, words)| wrap::glyphs(words, token_style(*token, look))).collect()
    };
    let bar = Span::styled("│ ", look.style(Role::Quiet));
    lines.iter().flat_map(|line| prefixed(wrap::cut(&glyphs(line), look.width.saturating_sub(2)), &bar, &bar)).collect()
}

fn token_style(token: Token, look: Look) -> Style {
    look.style(match token {
        Token::Plain => Role::Plain,
        Token::Comment => Role::Quiet,
        Token::Keyword => Role::Keyword,
        Token::Literal => Role::Literal,
        Token::Number => Role::Number,
        Token::Name => Role::Name,
    })
}

fn list(start: Option<u64>, items: &[Content], look: Look) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (at, item) in (0..).zip(items) {
        let marker = start.map_or("• ".to_owned(), |first| format!("{}. ", first.saturating_add(at)));
        let columns = marker.chars().count();
        let (first, others) = (Span::raw(marker), Span::raw(" ".repeat(columns)));
        lines.extend(prefixed(content(item, look.narrower(columns)), &first, &others));
    }
    lines
}

/// The lines with a mark before the first and another before the others.
pub fn prefixed(lines: Vec<Line<'static>>, first: &Span<'static>, others: &Span<'static>) -> Vec<Line<'static>> {
    let lines = if lines.is_empty() { vec![Line::default()] } else { lines };
    let mark = |at: usize| if at == 0 { first.clone() } else { others.clone() };
    lines.into_iter().enumerate().map(|(at, line)| Line::from([vec![mark(at)], line.spans].concat())).collect()
}
