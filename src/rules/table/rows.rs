//! What the rows of a table are before they are read: without numbers in front, and with what belongs
//! together in one.

use super::heads::lower;
use crate::language::english::clause::{Word, is_adverb, words};
use crate::language::english::noun::is_preposition;
use crate::language::english::{base_verb, is_adjective, is_participle, third_person};
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

/// Head and rows of three columns of which the first stays empty where it would repeat what stands above, so that the
/// first two together tell of what the third is said: `Council (up to 2 lakhs)`; `None` for another table.
pub(super) fn paired(head: &Row, rows: &[Row]) -> Option<(Row, Vec<Row>)> {
    let merged = |row: &Row| row.cells.first().is_some_and(Text::is_blank);
    let [thing, _, said] = head.cells.as_slice() else { return None };
    let whole = |row: &Row| row.cells.len() == 3 && row.cells[1..].iter().all(|cell| !cell.is_blank());
    let numbered = |row: &Row| row.cells.iter().any(|cell| number_length(cell.plain()) > 0);
    if !rows.iter().skip(1).any(merged)
        || rows.first().is_none_or(merged)
        || !rows.iter().all(whole)
        || rows.iter().any(numbered)
    {
        return None;
    }
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let mut own = Text::default();
    for row in rows {
        if !merged(row) {
            own = row.cells[0].clone();
        }
        let key = own.trim().then(" (").join(&row.cells[1].trim()).then(")");
        out.push(Row { cells: vec![key, row.cells[2].clone()], ..row.clone() });
    }
    Some((Row { cells: vec![thing.clone(), said.clone()], ..head.clone() }, out))
}

/// The rows without numbers in front of their first cells, where all have one: `1. Date palm`.
pub(super) fn unnumbered(mut rows: Vec<Row>) -> Vec<Row> {
    let length = |row: &Row| row.cells.first().map_or(0, |cell| number_length(cell.plain()));
    if rows.len() > 1 && rows.iter().all(|row| length(row) > 0) {
        for row in &mut rows {
            let cell = &row.cells[0];
            row.cells[0] = cell.slice(length(row)..cell.plain().len());
        }
    }
    rows
}

/// The bytes of `12. ` in front of a text.
fn number_length(plain: &str) -> usize {
    let rest = plain.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = plain.len() - rest.len();
    let behind = rest.strip_prefix(['.', ')']).filter(|behind| behind.starts_with(' ') && (1..3).contains(&digits));
    behind.map_or(0, |behind| plain.len() - behind.trim_start().len())
}

/// The rows, each with those below it that leave the first cell empty: what they say belongs to the
/// cell above.
pub(super) fn unmerged(rows: &[Row]) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let ruler = |row: &&Row| {
        row.cells.iter().all(|cell| cell.plain().chars().all(|c| matches!(c, '-' | ':' | ' ')))
            && row.cells.iter().any(|cell| cell.plain().contains("--"))
    };
    for row in rows.iter().filter(|row| !ruler(row)) {
        let merged = row.cells.first().is_some_and(Text::is_blank);
        let Some(above) = out.last_mut().filter(|above| merged && above.cells.len() == row.cells.len()) else {
            out.push(row.clone());
            continue;
        };
        above.span = above.span.to(row.span);
        for (cell, more) in above.cells.iter_mut().zip(&row.cells).filter(|(_, more)| !more.is_blank()) {
            // `1. All must be shown.` above `2. None may be kept.`: sentences one after the other.
            let counts = number_length(more.plain());
            let more = more.slice(counts..more.plain().len());
            *cell = match counts {
                _ if cell.is_blank() => more,
                0 => cell.clone().then(", ").join(&more),
                _ => cell.slice(number_length(cell.plain())..cell.plain().len()).then(" ").join(&more),
            };
        }
    }
    out
}

/// Whether a first cell tells something of the thing at the head of its column and names nothing: `Limited by memory`,
/// `Portable, fast to start`, `Starts in seconds`.
fn is_told(key: &[Word]) -> bool {
    let [first, next, ..] = key else { return false };
    if next.capital {
        return false;
    }
    let linked = is_preposition(&next.lower);
    let quality = is_adjective(&first.lower) || is_participle(&first.lower) || first.lower == "best";
    is_adverb(&first.lower)
        || first.stop_after && key.len() > 2
        || linked && (quality || third_person(&first.lower).is_some())
}

/// Whether a first cell is a phrase and no name; `two` if the table has two columns.
pub(super) fn is_phrase(key: &Text, two: bool) -> bool {
    let found = words(key.plain());
    let acts = found.first().is_some_and(|w| base_verb(&w.lower).is_some_and(|v| !v.noun_too) || w.lower == "can");
    let named = found.iter().filter(|w| w.capital).count() * 3 > found.len();
    let told = key.plain().contains(": ") || two && is_told(&found);
    told || found.len() > 5 && !named || found.len() > 2 && acts || key.plain().matches(", ").count() > 1
}
