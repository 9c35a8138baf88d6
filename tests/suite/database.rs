//! `docs/database.md` names every table and column, and its example queries run.

use crate::store::{answer, cloze, deck, fact};
use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use rusqlite::Connection;
use rusqlite::types::Value;
use std::collections::BTreeSet;
use std::fs;
use tempfile::TempDir;

/// What the page's queries yield over [`sample`], row by row.
const ANSWERS: &[&[&str]] = &[&["Cloud::Storage 3 2 1"], &["s3.md 2 S3 is 0 2.6"], &["2026-01 1 100.0"]];

/// One test for the tables, one for the queries.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("docs/database.md: names exactly the tables and columns there are", names_are_complete),
        Trial::test("docs/database.md: the example queries say what they promise", queries_run),
    ]
}

fn page() -> Result<String, Failed> {
    Ok(fs::read_to_string(support::root().join("docs/database.md"))?)
}

/// A database with three faces, of which one was answered.
fn sample() -> Result<(TempDir, Connection), Failed> {
    let folder = support::temporary()?;
    let path = folder.path().join("recto.db");
    let cards = [fact(1, "S3 is", "storage"), cloze(2, "a and b", &[(1, "a"), (2, "b")])];
    recto::store::update(&path, &deck(&cards), 1)?;
    let database = Connection::open(path)?;
    answer(&database, "front", 260)?;
    Ok((folder, database))
}

/// Every `table.column` of the database.
fn actual_names(database: &Connection) -> Result<BTreeSet<String>, Failed> {
    let sql = "SELECT tables.name || '.' || columns.name
                 FROM pragma_table_list AS tables, pragma_table_info(tables.name) AS columns
                WHERE tables.schema = 'main' AND tables.name NOT LIKE 'sqlite%'";
    Ok(database.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Every `table.column` of the page: a section for each table, a row for each column.
fn described_names(page: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut table = None;
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            table = heading.strip_prefix('`').and_then(|rest| rest.split('`').next());
        }
        let column = line.strip_prefix("| `").and_then(|rest| rest.split('`').next());
        names.extend(table.zip(column).map(|(table, column)| format!("{table}.{column}")));
    }
    names
}

fn names_are_complete() -> Outcome {
    let (_folder, database) = sample()?;
    let (actual, described) = (actual_names(&database)?, described_names(&page()?));
    let differences: Vec<&String> = actual.symmetric_difference(&described).collect();
    ensure(differences.is_empty(), || format!("only in one of page and database: {differences:?}"))
}

fn queries_run() -> Outcome {
    let (_folder, database) = sample()?;
    let page = page()?;
    let queries: Vec<&str> = page.split("```sql\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    ensure(queries.len() == ANSWERS.len(), || format!("{} queries", queries.len()))?;
    for (query, expected) in queries.iter().zip(ANSWERS) {
        let rows = rows(&database, query)?;
        ensure(rows == *expected, || format!("{query}\nexpected {expected:?}, got {rows:?}"))?;
    }
    Ok(())
}

/// What a query yields, a line a row.
pub(crate) fn rows(database: &Connection, query: &str) -> Result<Vec<String>, Failed> {
    let mut statement = database.prepare(query)?;
    let width = statement.column_count();
    let rows = statement.query_map([], |row| {
        let cells = (0..width).map(|column| row.get::<_, Value>(column).map(shown));
        Ok(cells.collect::<Result<Vec<_>, _>>()?.join(" "))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn shown(value: Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => format!("{number:?}"),
        Value::Text(text) => text,
        Value::Blob(bytes) => format!("{bytes:?}"),
    }
}
