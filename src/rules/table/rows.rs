//! What the rows of a table are before they are read: without numbers in front, and with what belongs
//! together in one.

use super::heads::lower;
use crate::markdown::block::Row;
use crate::markdown::text::Text;

/// Headings of a first column that only counts the rows.
const COUNTERS: &[&str] =
    &["", "#", "no", "no.", "nr", "nr.", "num", "n°", "nº", "№", "id", "s.no", "s.no.", "sl.no", "序号", "编号"];

/// Head and rows without a first column that only counts; `None` if there is no such column. Of two
/// columns nothing is left that a row could be asked by.
pub(super) fn without_numbers(head: &Row, rows: &[Row]) -> Option<(Row, Vec<Row>)> {
    let first = head.cells.first()?;
    let counts = |row: &Row| row.cells.first().is_some_and(is_number);
    if !COUNTERS.contains(&lower(first).as_str()) || rows.is_empty() || !rows.iter().all(counts) {
        return None;
    }
    let rest = |row: &Row| Row { cells: row.cells.iter().skip(1).cloned().collect(), ..row.clone() };
    Some((rest(head), rows.iter().map(rest).collect()))
}

fn is_number(cell: &Text) -> bool {
    let digits = cell.plain().trim().trim_end_matches(['.', ')']);
    !digits.is_empty() && digits.len() < 5 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The rows, each with those below it that leave the first cell empty: what they say belongs to the
/// cell above.
pub(super) fn unmerged(rows: &[Row]) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        let merged = row.cells.first().is_some_and(Text::is_blank);
        let Some(above) = out.last_mut().filter(|above| merged && above.cells.len() == row.cells.len()) else {
            out.push(row.clone());
            continue;
        };
        above.span = above.span.to(row.span);
        for (cell, more) in above.cells.iter_mut().zip(&row.cells).filter(|(_, more)| !more.is_blank()) {
            *cell = if cell.is_blank() { more.clone() } else { cell.clone().then(", ").join(more) };
        }
    }
    out
}
