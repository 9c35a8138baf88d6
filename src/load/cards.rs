//! Decks of any program: an Anki package, a table, or JSON Lines, read as cards with two sides.

#![expect(clippy::disallowed_methods, reason = "load is one of the rooms that read the disc")]

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::package;
use super::table::{Table, read_table};
use crate::dedupe::face::Face;

/// Reads the cards of a deck; its kind is told by the ending of the file's name.
///
/// # Errors
/// Says why the deck cannot be read.
pub fn read_deck(path: &Path) -> Result<Vec<Face>, String> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let text = || {
        let bytes = fs::read(path).map_err(|error| super::reason(&error))?;
        String::from_utf8(bytes).map_err(|_| "it is not written in UTF-8".to_owned())
    };
    match ending.as_str() {
        "apkg" | "colpkg" => package_of(path),
        "jsonl" => json_lines(&text()?),
        "csv" | "tsv" | "txt" => read_table(path).map(|table| table_of(&table)),
        _ => Err("its name does not end in .apkg, .csv, .tsv or .jsonl".to_owned()),
    }
}

fn face(front: &str, back: &str, number: usize) -> Face {
    Face::of_sides(&plain(front), &plain(back), format!("card {number}"))
}

/// A field of Anki's without the commonest marks of HTML that no tag holds.
fn plain(field: &str) -> String {
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

/// A table: with columns named `front` and `back`, else the first two that hold no address of the card.
fn table_of(table: &Table) -> Vec<Face> {
    let fixed = ["guid", "notetype", "deck", "tags"];
    let width = table.rows.first().map_or(0, Vec::len).max(table.names.len());
    let address = |index: &usize| table.names.get(*index).is_some_and(|name| fixed.contains(&name.as_str()));
    let mut fields = (0..width).filter(|index| !address(index));
    let (first, second) = (fields.next().unwrap_or(0), fields.next().unwrap_or(1));
    let front = table.column(&["front"]).unwrap_or(first);
    let back = table.column(&["back"]).unwrap_or(second);
    let cell = |row: &[String], index: usize| row.get(index).cloned().unwrap_or_default();
    (1..).zip(&table.rows).map(|(number, row)| face(&cell(row, front), &cell(row, back), number)).collect()
}

/// The notes of an Anki package, by their first two fields.
fn package_of(path: &Path) -> Result<Vec<Face>, String> {
    let (package, _) = package::open(path).map_err(|refused| format!("it {refused}"))?;
    let field = |note: &package::Note, index: usize| note.fields.get(index).cloned().unwrap_or_default();
    let notes = (1..).zip(&package.notes);
    Ok(notes.map(|(number, note)| face(&field(note, 0), &field(note, 1), number)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_with_and_without_names_are_read() {
        let table = |text: &str| table_of(&super::super::table::parse(text, b',').unwrap());
        let faces = table("front,back\nWhat is S3?,a <b>store</b>\n");
        assert_eq!((faces[0].ask.as_str(), faces[0].answer.as_str()), ("What is S3?", "a  store"));
        let faces = table("#separator:tab\n#columns:guid\tFront\tBack\nx\tone\ttwo\n");
        assert_eq!((faces[0].ask.as_str(), faces[0].answer.as_str()), ("one", "two"));
        assert_eq!(table("one,two\n").len(), 1);
    }

    #[test]
    fn lines_of_json_are_read() {
        let faces = json_lines("{\"text\":\"a {{c1::gap}}\"}\n{\"front\":\"q\",\"back\":\"a\"}\n").unwrap();
        assert_eq!((faces[0].answer.as_str(), faces[1].answer.as_str()), ("gap", "a"));
        assert!(json_lines("nonsense").is_err());
    }
}
