//! Exporters: from a deck to bytes.

mod anki;
mod csv;
mod jsonl;
pub mod print;

pub use jsonl::record;
#[cfg(test)]
mod samples;

use crate::card::Deck;

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
    /// Turns a deck into the bytes of the file. Fails only where the format's writer does.
    pub export: fn(&Deck) -> Result<Vec<u8>, ExportError>,
}

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
pub const EXPORTERS: &[Exporter] = &[anki::APKG, csv::CSV, jsonl::JSONL];
