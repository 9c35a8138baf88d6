//! Exporters: from a deck to bytes.

mod anki;
mod csv;
mod jsonl;
pub mod print;

pub use anki::{AnkiNote, anki_notes};
pub use jsonl::record;
#[cfg(test)]
mod samples;

use crate::card::Deck;
use crate::store::Progress;
use std::io::{Cursor, Seek, Write};

/// An output format.
#[derive(Debug, Clone, Copy)]
pub struct Exporter {
    /// Its name, as in `--format NAME`.
    pub name: &'static str,
    /// The ending of the file, without the dot.
    pub extension: &'static str,
    /// One line for the overview.
    pub summary: &'static str,
    /// The manual page, in Markdown.
    pub manual: &'static str,
    /// Whether it is written where no format is named.
    pub usual: bool,
    /// Writes a deck as a file of this format. Fails only where the format's writer, the file or the
    /// deck's media do.
    pub export: fn(&Job, &mut dyn Sink) -> Result<(), ExportError>,
}

impl Exporter {
    /// The bytes of the file.
    ///
    /// # Errors
    ///
    /// As [`Exporter::export`].
    pub fn bytes(&self, deck: &Deck) -> Result<Vec<u8>, ExportError> {
        let mut out = Cursor::new(Vec::new());
        (self.export)(&Job::new(deck), &mut out)?;
        Ok(out.into_inner())
    }
}

/// What is to be written, and how.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The deck.
    pub deck: &'a Deck,
    /// What is known of the cards, where it is to travel along.
    pub progress: Option<&'a Progress>,
    /// Whether cells that a spreadsheet would take for formulas are made plain text for it.
    pub defuse: bool,
}

impl<'a> Job<'a> {
    /// The usual way to write a deck.
    pub fn new(deck: &'a Deck) -> Self {
        Job { deck, progress: None, defuse: false }
    }
}

/// Where a file is written to.
pub trait Sink: Write + Seek {}

impl<T: Write + Seek> Sink for T {}

/// Why an exporter failed, in words.
#[derive(Debug)]
pub struct ExportError(pub String);

impl ExportError {
    /// The failure of a format's writer.
    fn new(doing: &str, error: impl std::fmt::Display) -> Self {
        ExportError(format!("cannot {doing}: {error}"))
    }
}

impl std::fmt::Display for ExportError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ExportError {}

/// Every format, in the order of `--help`.
pub const EXPORTERS: &[Exporter] = &[anki::APKG, csv::CSV, csv::TSV, jsonl::JSONL];
