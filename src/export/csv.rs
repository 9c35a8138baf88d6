//! Anki's text import format: the notes of the package as rows, to update them in a collection that
//! has imported the package once. One table for commas and one for tabs.

use super::anki::note::{self, Note};
use super::{ExportError, Exporter, Job, Sink};
use std::borrow::Cow;

/// The text file.
pub(super) const CSV: Exporter = Exporter {
    name: "csv",
    extension: "csv",
    summary: "a text file that Anki imports and spreadsheets open",
    manual: include_str!("csv.md"),
    usual: true,
    export: |job, out| export(job, out, COMMA),
};

/// The text file with tabs.
pub(super) const TSV: Exporter = Exporter {
    name: "tsv",
    extension: "tsv",
    summary: "the same text file with tabs between the cells",
    manual: include_str!("tsv.md"),
    usual: false,
    export: |job, out| export(job, out, TAB),
};

/// A separator, and what Anki's header calls it.
type Separator = (u8, &'static str);

const COMMA: Separator = (b',', "Comma");
const TAB: Separator = (b'\t', "Tab");

/// The columns before the fields, in Anki's own order.
const LEADING: [&str; 3] = ["guid", "notetype", "deck"];

fn export(job: &Job, out: &mut dyn Sink, separator: Separator) -> Result<(), ExportError> {
    let failed = |error: &dyn std::fmt::Display| ExportError::new("write the text file", error);
    out.write_all(header(separator).as_bytes()).map_err(|e| failed(&e))?;
    let mut writer = csv::WriterBuilder::new().comment(Some(b'#')).delimiter(separator.0).from_writer(out);
    for note in note::notes(job.deck) {
        for cell in row(&note) {
            let cell = if job.defuse { defused(cell) } else { Cow::Borrowed(cell) };
            writer.write_field(cell.as_bytes()).map_err(|e| failed(&e))?;
        }
        writer.write_record(None::<&[u8]>).map_err(|e| failed(&e))?;
    }
    writer.flush().map_err(|e| failed(&e))
}

/// The lines that tell Anki how to read the rest; the separator comes first, for it splits `#columns`.
fn header((separator, name): Separator) -> String {
    let fields = (1..=note::most_fields()).map(|n| format!("field {n}"));
    let columns: Vec<String> =
        LEADING.map(str::to_owned).into_iter().chain(fields).chain(["tags".to_owned()]).collect();
    format!(
        "#separator:{name}\n#html:true\n#columns:{}\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:{}\n",
        columns.join(&char::from(separator).to_string()),
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

/// A cell that no spreadsheet calculates: a mark that begins a formula is written as HTML's name for
/// it, which Anki shows as before.
fn defused(cell: &str) -> Cow<'_, str> {
    let first = cell.trim_start().chars().next();
    match first.filter(|c| "=+-@|%".contains(*c)) {
        Some(mark) => Cow::Owned(cell.replacen(mark, &format!("&#{};", u32::from(mark)), 1)),
        None => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{Body, CardId, Content};
    use crate::export::samples;
    use std::io::Cursor;

    fn text(job: &Job, exporter: &Exporter) -> String {
        let mut out = Cursor::new(Vec::new());
        (exporter.export)(job, &mut out).expect("a file");
        String::from_utf8(out.into_inner()).expect("UTF-8")
    }

    #[test]
    fn rows_are_equally_wide_and_none_is_a_comment() {
        let mut deck = samples::deck();
        deck.cards[0].id = CardId("#1".to_owned());
        for (exporter, cut) in [(CSV, b','), (TSV, b'\t')] {
            let text = text(&Job::new(&deck), &exporter);
            assert!(text.starts_with(if cut == b',' { "#separator:Comma\n#html:true\n" } else { "#separator:Tab\n" }));
            let rows = text.lines().skip_while(|line| line.starts_with('#')).collect::<Vec<_>>().join("\n");
            assert!(rows.starts_with("\"#1\""));
            let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(cut).from_reader(rows.as_bytes());
            let widths: Vec<usize> = reader.records().map(|r| r.expect("a row").len()).collect();
            assert_eq!(widths, [16; 4]);
        }
    }

    #[test]
    fn formulas_are_defused_on_request() {
        let mut deck = samples::deck();
        for (card, front) in deck.cards.iter_mut().zip(["=1+1", " -2", "@SUM(A1)"]) {
            card.body = Body::Question { question: Content::words(front), answer: Content::words("+3") };
        }
        assert!(text(&Job::new(&deck), &CSV).contains(",=1+1,+3,"));
        let defused = text(&Job { defuse: true, ..Job::new(&deck) }, &CSV).replace('"', "");
        for cells in [",&#61;1+1,&#43;3,", ", &#45;2,", ",&#64;SUM(A1),"] {
            assert!(defused.contains(cells), "{cells} is not in {defused}");
        }
    }
}
