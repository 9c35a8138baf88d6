//! Anki packages (`.apkg`) in the form that every client reads: an uncompressed database of schema
//! 11 in a zip archive, with the media beside it. [`notetypes`] says what notes look like, [`note`]
//! and [`shape`] turn a card into one, [`decks`] names their decks, [`collection`] writes the database.

mod collection;
mod decks;
pub(super) mod note;
mod notetypes;
mod shape;
mod sort_field;

use super::{ExportError, Exporter};
use crate::card::Deck;
use crate::render::clean;
use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

/// The Anki package.
pub(super) const APKG: Exporter = Exporter {
    name: "apkg",
    extension: "apkg",
    summary: "an Anki package, for desktop, Android and iPhone",
    manual: include_str!("manual.md"),
    export,
};

/// The second at which notes, note types and decks count as made. Anki asks only which of two is
/// later, so a fixed time keeps the same deck the same bytes.
const MADE_AT: i64 = 1_735_689_600;

fn export(deck: &Deck) -> Result<Vec<u8>, ExportError> {
    let notes = note::notes(deck);
    let database =
        collection::database(&notes).map_err(|e| ExportError::new("write the database of the Anki package", e))?;
    archive(deck, &database).map_err(|e| ExportError::new("pack the Anki package", e))
}

fn archive(deck: &Deck, database: &[u8]) -> Result<Vec<u8>, zip::result::ZipError> {
    let media: BTreeMap<String, &[u8]> =
        deck.media.iter().map(|m| (clean(&m.name).into_owned(), m.bytes.as_slice())).collect();
    let names: BTreeMap<usize, &String> = media.keys().enumerate().collect();
    let names = serde_json::to_vec(&names).map_err(std::io::Error::from)?;

    let packed = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let packed = packed.compression_method(CompressionMethod::Deflated).unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let members = [("collection.anki2", database), ("media", &names)];
    for (name, bytes) in members {
        zip.start_file(name, packed)?;
        zip.write_all(bytes)?;
    }
    // Pictures and sounds are compressed already.
    let stored = packed.compression_method(CompressionMethod::Stored);
    for (number, bytes) in media.values().enumerate() {
        zip.start_file(number.to_string(), stored)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::samples;

    #[test]
    fn the_same_deck_gives_the_same_bytes() {
        let first = export(&samples::deck()).expect("a package");
        let second = export(&samples::deck()).expect("a package");
        assert!(first == second);
        assert!(first.starts_with(b"PK"));
    }

    #[test]
    fn an_empty_deck_is_a_package_too() {
        assert!(export(&Deck::default()).is_ok());
    }
}
