//! Exporters: from a deck to bytes.

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

/// Every format, in the order of `--help`.
pub const EXPORTERS: &[Exporter] = &[];
