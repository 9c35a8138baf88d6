//! Anki's text import format: the notes of the package as rows, to update them in a collection that
//! has imported the package once.

use super::anki::note::{self, Note};
use super::{ExportError, Exporter};
use crate::card::Deck;

/// The text file.
pub(super) const CSV: Exporter = Exporter {
    name: "csv",
    extension: "csv",
    summary: "a text file that Anki imports and spreadsheets open",
    manual: include_str!("csv.md"),
    export,
};

/// The columns before the fields, in Anki's own order.
const LEADING: [&str; 3] = ["guid", "notetype", "deck"];

fn export(deck: &Deck) -> Result<Vec<u8>, ExportError> {
    let mut writer = csv::WriterBuilder::new().comment(Some(b'#')).from_writer(header().into_bytes());
    for note in note::notes(deck) {
        writer.write_record(row(&note)).map_err(|e| ExportError::new("write the text file", e))?;
    }
    writer.into_inner().map_err(|e| ExportError::new("write the text file", e.error()))
}

/// The lines that tell Anki how to read the rest; the separator comes first, for it splits `#columns`.
fn header() -> String {
    let fields = (1..=note::most_fields()).map(|n| format!("field {n}"));
    let columns: Vec<String> =
        LEADING.map(str::to_owned).into_iter().chain(fields).chain(["tags".to_owned()]).collect();
    format!(
        "#separator:Comma\n#html:true\n#columns:{}\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:{}\n",
        columns.join(","),
        columns.len()
    )
}

/// A note's cells; all rows are equally wide, for Anki would cut those wider than the first.
fn row(note: &Note) -> Vec<&str> {
    let mut cells = vec![note.guid.as_str(), note.notetype_name(), note.deck.as_str()];
    cells.extend(note.fields.iter().map(String::as_str));
    cells.resize(LEADING.len() + note::most_fields(), "");
    cells.push(&note.tags);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::CardId;
    use crate::export::samples;

    #[test]
    fn rows_are_equally_wide_and_none_is_a_comment() {
        let mut deck = samples::deck();
        deck.cards[0].id = CardId("#1".to_owned());
        let text = String::from_utf8(export(&deck).expect("a file")).expect("UTF-8");
        assert!(text.starts_with("#separator:Comma\n#html:true\n"));
        let rows = text.lines().skip_while(|line| line.starts_with('#')).collect::<Vec<_>>().join("\n");
        assert!(rows.starts_with("\"#1\",Recto Basic,Exam::Streams,q,\"a, &quot;b&quot;\",because"));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rows.as_bytes());
        let widths: Vec<usize> = reader.records().map(|r| r.expect("a row").len()).collect();
        assert_eq!(widths, [14; 4]);
    }
}
