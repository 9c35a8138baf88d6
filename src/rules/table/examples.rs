//! Tables that only hold data to look at: rows of a database, input and output of an example, columns of
//! mere numbers. Nothing of that is to be learnt.

use super::heads::lower;
use crate::markdown::block::{Block, Row};
use crate::markdown::text::{Atom, Text};
use crate::rules::scene::Site;

/// Words of a line or heading that announces data to look at, in lower case.
const ANNOUNCED: &[&str] = &[
    "input", "output", "result", "results", "example", "examples", "sample", "returns", "query result", "explanation",
    "expected output", "sample data", "result set", "beispiel", "ergebnis", "ausgabe", "eingabe", "exemple",
    "résultat", "ejemplo", "resultado", "salida", "entrada", "示例", "例子", "输入", "输出", "结果",
];

/// Headings of columns of numbers that stand for something: `RAID level 5`.
const TELLING: &[&str] = &[
    "level", "layer", "class", "version", "year", "port", "code", "number", "age", "tier", "generation", "step",
    "stufe", "schicht", "niveau", "nivel", "année", "año", "jahr",
];

/// Whether a table holds data to look at.
pub(super) fn holds_data(site: &Site, head: &Row, rows: &[Row]) -> bool {
    is_announced(site) || has_fields(head) || is_numeric(head, rows)
}

/// Whether the line right above says that this is an example: `Input:`, or the name of a table of a database.
fn is_announced(site: &Site) -> bool {
    let Some(text) = site.before().filter(|b| !b.is_heading()).and_then(Block::text) else { return false };
    let plain = text.plain().trim().trim_end_matches([':', '：', '.']).to_lowercase();
    let named = plain.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let table = plain.split_whitespace().count() <= 4
        && plain.split_whitespace().any(|w| matches!(w, "table" | "tabelle" | "tabla"))
        && text.runs().iter().any(|r| r.style.atom == Atom::Code || r.style.strong);
    ANNOUNCED.contains(&named) || table
}

/// Whether the headings are names of fields: `user_id`, `first_name`, or small ones with an `id` among them.
fn has_fields(head: &Row) -> bool {
    let field = |cell: &Text| {
        let plain = cell.plain().trim();
        !plain.is_empty() && plain.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let keyed = |cell: &Text| cell.plain().contains('_') || lower(cell) == "id";
    head.cells.len() > 1 && head.cells.iter().all(field) && head.cells.iter().any(keyed)
}

/// Whether there is nothing but numbers, also in the column that names the rows.
fn is_numeric(head: &Row, rows: &[Row]) -> bool {
    let number = |cell: &Text| {
        let plain = cell.plain().trim();
        !plain.is_empty() && plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−' | ' '))
    };
    let telling = head.cells.first().is_some_and(|c| lower(c).split(' ').any(|word| TELLING.contains(&word)));
    rows.len() > 1 && !telling && rows.iter().all(|row| row.cells.iter().all(number))
}
