//! Tables of cards: comma- or tab-separated text, with or without a line of names, and with the lines
//! of settings that Anki writes above its own.

#![expect(clippy::disallowed_methods, reason = "load is one of the rooms that read the disc")]

use std::fs;
use std::path::Path;

/// The largest table, in bytes.
const LARGEST: u64 = 1 << 30;

/// A table of cards.
#[derive(Debug, Default)]
pub struct Table {
    /// Whether cells are HTML; else they are plain text.
    pub html: bool,
    /// The names of the columns, where there are any.
    pub names: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// The deck that the settings name.
    pub deck: Option<String>,
}

impl Table {
    /// The number of the column that has one of these names.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        let is = |known: &String| names.iter().any(|name| known.trim().eq_ignore_ascii_case(name));
        self.names.iter().position(is)
    }
}

/// Reads a table; the ending of its name tells what parts the cells, unless it says so itself.
///
/// # Errors
///
/// Says why it cannot be read.
pub fn read_table(path: &Path) -> Result<Table, String> {
    let size = fs::metadata(path).map_err(|error| super::reason(&error))?.len();
    if size > LARGEST {
        return Err("it is larger than 1 GiB".to_owned());
    }
    let bytes = fs::read(path).map_err(|error| super::reason(&error))?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not written in UTF-8".to_owned())?;
    let comma = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    parse(&text, if comma { b',' } else { b'\t' })
}

/// Reads the text of a table.
pub(super) fn parse(text: &str, delimiter: u8) -> Result<Table, String> {
    let text = text.trim_start_matches('\u{feff}');
    let setting = |name: &str| {
        let mut lines = text.lines().take_while(|line| line.starts_with('#'));
        lines.find_map(|line| line.strip_prefix(name)).map(str::trim)
    };
    let delimiter = match setting("#separator:").map(str::to_lowercase).as_deref() {
        Some("tab") => b'\t',
        Some("comma") => b',',
        Some("semicolon") => b';',
        Some("pipe") => b'|',
        Some("colon") => b':',
        Some("space") => b' ',
        _ => guessed(text, delimiter),
    };
    let records = records(text, delimiter);
    let row = |record: csv::Result<csv::StringRecord>| record.map(|r| r.iter().map(str::to_owned).collect());
    let mut rows: Vec<Vec<String>> = records.map(row).collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    let names = match setting("#columns:") {
        Some(names) => names.split(char::from(delimiter)).map(str::to_owned).collect(),
        None if rows.first().is_some_and(|row| is_heading(row)) => rows.remove(0),
        None => Vec::new(),
    };
    let html = setting("#html:").is_some_and(|html| html.eq_ignore_ascii_case("true"));
    Ok(Table { html, names, rows, deck: setting("#deck:").map(str::to_owned) })
}

/// What parts the cells of a table that does not say so: the usual sign, unless the first row then has one cell and
/// another sign gives it more. Spreadsheets write semicolons where a comma stands in decimal fractions.
fn guessed(text: &str, usual: u8) -> u8 {
    let cells = |sign: &u8| records(text, *sign).next().and_then(Result::ok).map_or(0, |row| row.len());
    [usual, b';', b'\t', b','].into_iter().find(|sign| cells(sign) > 1).unwrap_or(usual)
}

fn records(text: &str, delimiter: u8) -> csv::StringRecordsIntoIter<&[u8]> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(delimiter).comment(Some(b'#'));
    reader.from_reader(text.as_bytes()).into_records()
}

/// Whether a row names columns rather than holding a card.
fn is_heading(row: &[String]) -> bool {
    let known = ["front", "back", "question", "answer", "text"];
    row.iter().any(|cell| known.iter().any(|name| cell.trim().eq_ignore_ascii_case(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_and_names_are_heeded() {
        let table =
            parse("#separator:tab\n#html:true\n#deck:A::B\n#columns:guid\tFront\tBack\nx\tone\ttwo\n", b',').unwrap();
        assert!(table.html && table.deck.as_deref() == Some("A::B"));
        assert_eq!((table.column(&["front"]), table.rows.len()), (Some(1), 1));
        let table = parse("Front,Back\n\"a, b\",c\n", b',').unwrap();
        assert_eq!(
            (table.column(&["back"]), &table.rows[..]),
            (Some(1), &[vec!["a, b".to_owned(), "c".to_owned()]][..])
        );
        assert!(parse("one,two\n", b',').unwrap().names.is_empty());
        let table = parse("Front;Back\n\"1,5\";c\n", b',').unwrap();
        assert_eq!(
            (table.column(&["back"]), &table.rows[..]),
            (Some(1), &[vec!["1,5".to_owned(), "c".to_owned()]][..])
        );
    }
}
