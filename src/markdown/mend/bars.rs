//! Bars of formulas in tables: `| Score | $P(O|M)$ |`. The parser would end a cell at each; where a row has more cells
//! than its table has columns, those between dollar signs are escaped.

use super::lines::{self, Line};
use crate::markdown::view::{View, Weaver};

/// Escapes the bars of formulas in tables.
pub(super) fn escape<'n>(view: &View<'n>) -> Option<View<'n>> {
    let text = &view.text;
    if !text.contains('$') || !text.contains("--") || !text.contains('|') {
        return None;
    }
    let lines = lines::read(text);
    let mut edits = Vec::new();
    let mut columns = None;
    for (at, line) in lines.iter().enumerate() {
        let words = line.words(text);
        if line.raw || line.code || !words.contains('|') {
            columns = None;
        } else if let Some(ruled) = lines.get(at + 1).and_then(|next| ruler(next, text)).or(columns) {
            columns = Some(ruled);
            edits.extend(bars(words, ruled).into_iter().map(|bar| line.body + bar));
        }
    }
    if edits.is_empty() {
        return None;
    }
    let mut weaver = Weaver::new(view);
    for at in edits {
        weaver.keep_to(at);
        weaver.add("\\");
    }
    Some(weaver.finish())
}

/// The number of columns of the ruler below a table's head.
pub(super) fn ruler(line: &Line, text: &str) -> Option<usize> {
    let words = line.words(text).trim();
    let ruled = words.contains('-') && words.contains('|') && words.chars().all(|c| matches!(c, '-' | '|' | ':' | ' '));
    (ruled && !line.raw && !line.code).then(|| cells(words, &[]))
}

/// How many cells a row has where some of its bars are none.
fn cells(row: &str, without: &[usize]) -> usize {
    let row_end = row.trim_end();
    let start = row.len() - row.trim_start().len();
    let inner = |at: &usize| *at > start && *at + 1 < row_end.len();
    let bars = row_end.match_indices('|').map(|(at, _)| at);
    bars.filter(|at| inner(at) && !row[..*at].ends_with('\\') && !without.contains(at)).count() + 1
}

/// The bars of a row that stand in formulas, if the row has as many cells as columns without them.
fn bars(row: &str, columns: usize) -> Vec<usize> {
    if cells(row, &[]) <= columns {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open = false;
    for (at, c) in row.char_indices() {
        match c {
            '$' if !row[..at].ends_with('\\') => open = !open,
            '|' if open && !row[..at].ends_with('\\') => found.push(at),
            _ => {}
        }
    }
    if cells(row, &found) == columns { found } else { Vec::new() }
}
