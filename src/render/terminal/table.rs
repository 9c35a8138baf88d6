//! Tables: side by side where that is readable, else one row below the other as `head: cell`.

use super::wrap::{self, Glyph};
use super::{Look, inline, prefixed};
use crate::markdown::text::{Style as Marks, Text};
use crate::render::theme::Role;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// Columns between two cells, with the line between them.
const BETWEEN: usize = 3;

/// A column is not made narrower than this.
const NARROWEST: usize = 7;

/// The table, its head set off.
pub(super) fn draw(head: &[Text], rows: &[Vec<Text>], look: Look) -> Vec<Line<'static>> {
    let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
    let named = !head.iter().all(Text::is_blank);
    match widths(head, rows, (columns, look)) {
        Some(widths) => {
            let strong = |text: &Text| text.restyle(|marks| marks.strong = true);
            let head: Vec<Text> = head.iter().map(strong).collect();
            let mut lines = if named { row(&head, &widths, look) } else { Vec::new() };
            if named {
                lines.push(rule(&widths, look));
            }
            lines.extend(rows.iter().flat_map(|cells| row(cells, &widths, look)));
            lines
        }
        None => rows.iter().flat_map(|cells| record(head, cells, look)).collect(),
    }
}

/// The width of each column, or `None` where they do not stand side by side.
fn widths(head: &[Text], rows: &[Vec<Text>], (columns, look): (usize, Look)) -> Option<Vec<usize>> {
    let room = look.width.checked_sub(BETWEEN * columns.saturating_sub(1))?;
    let wide = |at: usize| {
        let cells = rows.iter().map(|row| row.get(at)).chain([head.get(at)]).flatten();
        cells.map(|cell| wrap::width(&inline::glyphs(cell, look))).max().unwrap_or(0).max(1)
    };
    let wanted: Vec<usize> = (0..columns).map(wide).collect();
    let least: usize = wanted.iter().map(|width| *width.min(&NARROWEST)).sum();
    if least > room {
        return None;
    }
    let mut widths = wanted;
    // What is too much is taken from the widest column, again and again.
    while widths.iter().sum::<usize>() > room {
        let at = (0..columns).max_by_key(|at| (widths[*at], columns - at))?;
        widths[at] -= 1;
    }
    Some(widths)
}

/// One row, as many lines high as its highest cell.
fn row(cells: &[Text], widths: &[usize], look: Look) -> Vec<Line<'static>> {
    let cell = |(at, width): (usize, &usize)| -> Vec<Line<'static>> {
        let glyphs: Vec<Glyph> =
            cells.get(at).map(|cell| inline::glyphs(cell, Look { width: *width, ..look })).unwrap_or_default();
        wrap::lines(&glyphs, *width)
    };
    let cells: Vec<_> = widths.iter().enumerate().map(cell).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let bar = Span::styled(" │ ", look.style(Role::Quiet));
    let line = |at: usize| {
        let mut spans: Vec<Span<'static>> = Vec::new();
        for (column, (lines, width)) in cells.iter().zip(widths).enumerate() {
            if column > 0 {
                spans.push(bar.clone());
            }
            let cell = lines.get(at).cloned().unwrap_or_default();
            let used: usize = cell.spans.iter().map(|span| span.content.width()).sum();
            spans.extend(cell.spans);
            // Nothing needs to be filled up behind the last cell.
            if column + 1 < widths.len() {
                spans.push(Span::raw(" ".repeat(width.saturating_sub(used))));
            }
        }
        Line::from(spans)
    };
    (0..height).map(line).collect()
}

fn rule(widths: &[usize], look: Look) -> Line<'static> {
    let dashes: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    Line::from(Span::styled(dashes.join("─┼─"), look.style(Role::Quiet)))
}

/// One row as a list of what its head calls each cell.
fn record(head: &[Text], cells: &[Text], look: Look) -> Vec<Line<'static>> {
    let look = look.narrower(2);
    let mut lines = Vec::new();
    let mut first = true;
    for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
        let name = head.get(at).filter(|name| !name.is_blank());
        let strong = Marks { strong: true, ..Marks::default() };
        let named = name.map_or_else(Text::default, |name| {
            let mut named = name.restyle(|marks| marks.strong = true);
            named.push(": ", strong.clone(), None);
            named
        });
        let (mark, others) = (Span::raw(if first { "• " } else { "  " }), Span::raw("  "));
        let glyphs = inline::glyphs(&named.join(cell), look);
        lines.extend(prefixed(wrap::lines(&glyphs, look.width), &mark, &others));
        first = false;
    }
    lines
}
