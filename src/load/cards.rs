//! Decks of any program: an Anki package, a table, or JSON Lines, read as cards with two sides.

#![expect(clippy::disallowed_methods, reason = "load is one of the rooms that read the disc")]

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use rusqlite::{Connection, MAIN_DB};
use serde_json::Value;

use crate::dedupe::face::Face;

/// Reads the cards of a deck; its kind is told by the ending of the file's name.
///
/// # Errors
/// Says why the deck cannot be read.
pub fn read_deck(path: &Path) -> Result<Vec<Face>, String> {
    let bytes = fs::read(path).map_err(|error| super::reason(&error))?;
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let text = || String::from_utf8(bytes.clone()).map_err(|_| "it is not written in UTF-8".to_owned());
    match ending.as_str() {
        "apkg" | "colpkg" => package(bytes),
        "jsonl" => json_lines(&text()?),
        "csv" => table(&text()?, b','),
        "tsv" | "txt" => table(&text()?, b'\t'),
        _ => Err("its name does not end in .apkg, .csv, .tsv or .jsonl".to_owned()),
    }
}

fn face(front: &str, back: &str, number: usize) -> Face {
    Face::of_sides(&plain(front), &plain(back), format!("card {number}"))
}

/// A field of Anki's without the commonest marks of HTML that no tag holds.
pub(super) fn plain(field: &str) -> String {
    let marks = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let field = without_tags(field);
    marks.iter().fold(field, |field, (mark, shown)| field.replace(mark, shown)).trim().to_owned()
}

fn without_tags(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut rest = field;
    while let Some((before, behind)) = rest.split_once('<') {
        let tag = behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let Some((_, after)) = behind.split_once('>').filter(|_| tag) else { break };
        out.push_str(before);
        out.push(' ');
        rest = after;
    }
    out + rest
}

fn json_lines(text: &str) -> Result<Vec<Face>, String> {
    let mut out = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let value: Value = serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))?;
        let field = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let front = if value["text"].is_string() { field("text") } else { field("front") };
        out.push(face(&front, &field("back"), number));
    }
    Ok(out)
}

/// A table: with columns named `front` and `back`, else the first two; Anki's lines of settings are heeded.
fn table(text: &str, delimiter: u8) -> Result<Vec<Face>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let setting = |name: &str| text.lines().take_while(|line| line.starts_with('#')).find_map(|l| l.strip_prefix(name));
    let delimiter = match setting("#separator:").map(str::to_lowercase).as_deref() {
        Some("tab") => b'\t',
        Some("comma") => b',',
        Some("semicolon") => b';',
        _ => delimiter,
    };
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(delimiter).comment(Some(b'#'));
    let records: Vec<csv::StringRecord> =
        reader.from_reader(text.as_bytes()).records().collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    let named = setting("#columns:").map(|names| names.split(char::from(delimiter)).map(str::to_owned).collect());
    let first: Vec<String> = named
        .clone()
        .unwrap_or_else(|| records.first().map_or_else(Vec::new, |r| r.iter().map(str::to_owned).collect()));
    let column = |name: &str| first.iter().position(|known: &String| known.trim().eq_ignore_ascii_case(name));
    let (front, back) = (column("front"), column("back"));
    let heading = usize::from(named.is_none() && front.is_some());
    let fixed = ["guid", "notetype", "deck", "tags"];
    let fields: Vec<usize> = (0..first.len()).filter(|index| !fixed.contains(&first[*index].as_str())).collect();
    let front = front.or_else(|| fields.first().copied()).unwrap_or(0);
    let back = back.or_else(|| fields.get(1).copied()).unwrap_or(1);
    let cell = |record: &csv::StringRecord, index: usize| record.get(index).unwrap_or_default().to_owned();
    let rows = (1..).zip(records.iter()).skip(heading);
    Ok(rows.map(|(number, record)| face(&cell(record, front), &cell(record, back), number)).collect())
}

/// The notes of an Anki package, by their first two fields.
fn package(bytes: Vec<u8>) -> Result<Vec<Face>, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let names = ["collection.anki21", "collection.anki2"];
    let name = names.into_iter().find(|name| archive.index_for_name(name).is_some());
    let newest = archive.index_for_name("collection.anki21b").is_some();
    let Some(name) = name.filter(|_| !newest) else {
        return Err("export it with “Support older Anki versions” ticked".to_owned());
    };
    let mut database = Vec::new();
    let mut file = archive.by_name(name).map_err(|error| error.to_string())?;
    file.read_to_end(&mut database).map_err(|error| error.to_string())?;
    notes(&database).map_err(|error| error.to_string())
}

fn notes(database: &[u8]) -> rusqlite::Result<Vec<Face>> {
    let mut connection = Connection::open_in_memory()?;
    connection.deserialize_read_exact(MAIN_DB, database, database.len(), true)?;
    let mut statement = connection.prepare("SELECT flds FROM notes ORDER BY id")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut out = Vec::new();
    for (number, fields) in (1..).zip(rows) {
        let fields = fields?;
        let mut fields = fields.split('\u{1f}');
        out.push(face(fields.next().unwrap_or_default(), fields.next().unwrap_or_default(), number));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_with_and_without_names_are_read() {
        let faces = table("front,back\nWhat is S3?,a <b>store</b>\n", b',').unwrap();
        assert_eq!((faces[0].ask.as_str(), faces[0].answer.as_str()), ("What is S3?", "a  store"));
        let faces = table("#separator:tab\n#columns:guid\tFront\tBack\nx\tone\ttwo\n", b',').unwrap();
        assert_eq!((faces[0].ask.as_str(), faces[0].answer.as_str()), ("one", "two"));
        assert_eq!(table("one,two\n", b',').unwrap().len(), 1);
    }

    #[test]
    fn lines_of_json_are_read() {
        let faces = json_lines("{\"text\":\"a {{c1::gap}}\"}\n{\"front\":\"q\",\"back\":\"a\"}\n").unwrap();
        assert_eq!((faces[0].answer.as_str(), faces[1].answer.as_str()), ("gap", "a"));
        assert!(json_lines("nonsense").is_err());
    }
}
