//! Anki packages (`.apkg`) in the form that every client reads: an uncompressed database of schema
//! 11 in a zip archive, with the media beside it. [`notetypes`] says what notes look like, [`note`]
//! and [`shape`] turn a card into one ([`options`] of a question among it, [`script`] for its language), [`decks`] names
//! their decks, [`collection`] writes the database, with what [`schedule`] says of each card's progress.

mod collection;
mod decks;
pub(super) mod note;
mod notetypes;
mod options;
mod schedule;
mod script;
mod shape;
mod sort_field;

use super::{ExportError, Exporter, Job, Sink};
use crate::card::{Blob, Deck};
use crate::load;
use crate::render::clean;
use std::collections::BTreeMap;
use std::io::Write as _;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

/// The Anki package.
pub(super) const APKG: Exporter = Exporter {
    name: "apkg",
    extension: "apkg",
    summary: "an Anki package, for desktop, Android and iPhone",
    manual: include_str!("manual.md"),
    usual: true,
    export,
};

/// The second at which notes, note types and decks count as made. Anki asks only which of two is
/// later, so a fixed time keeps the same deck the same bytes.
const MADE_AT: i64 = 1_735_689_600;

/// A note as a collection shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnkiNote {
    /// The card's id, which is also the note's GUID.
    pub id: String,
    /// Names and values of its fields, in order.
    pub fields: Vec<(&'static str, String)>,
    /// Its tags, with blanks between them.
    pub tags: String,
}

impl AnkiNote {
    /// Whether this note and one whose field `Source` is this come from one file.
    pub fn shares(&self, source: &str) -> bool {
        let file = |source: &str| source.rsplit_once(':').map(|(file, _)| file.to_owned());
        let own = self.fields.iter().find(|(name, _)| *name == "Source").and_then(|(_, source)| file(source));
        own.is_some() && own == file(source)
    }
}

/// The notes of a deck as a collection would show them.
pub fn anki_notes(deck: &Deck) -> Vec<AnkiNote> {
    let shown = |note: note::Note| {
        let names = note.field_names();
        AnkiNote { id: note.guid, fields: names.iter().copied().zip(note.fields).collect(), tags: note.tags }
    };
    note::notes(deck).map(shown).collect()
}

fn export(job: &Job, out: &mut dyn Sink) -> Result<(), ExportError> {
    let notes: Vec<note::Note> = note::notes(job.deck).collect();
    let database = collection::database(&notes, job.progress)
        .map_err(|e| ExportError::new("write the database of the Anki package", e))?;
    archive(job.deck, &database, out).map_err(|e| ExportError::new("pack the Anki package", e))
}

fn archive(deck: &Deck, database: &[u8], out: &mut dyn Sink) -> Result<(), zip::result::ZipError> {
    let media: BTreeMap<String, &Blob> = deck.media.iter().map(|m| (clean(&m.name).into_owned(), &m.content)).collect();
    let names: BTreeMap<usize, &String> = media.keys().enumerate().collect();
    let names = serde_json::to_vec(&names).map_err(std::io::Error::from)?;

    let packed = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let packed = packed.compression_method(CompressionMethod::Deflated).unix_permissions(0o644);
    let mut zip = ZipWriter::new(out);
    let members = [("collection.anki2", database), ("media", &names)];
    for (name, bytes) in members {
        zip.start_file(name, packed)?;
        zip.write_all(bytes)?;
    }
    // Pictures and sounds are compressed already.
    let stored = packed.compression_method(CompressionMethod::Stored);
    for (number, blob) in media.values().enumerate() {
        zip.start_file(number.to_string(), stored)?;
        match blob {
            Blob::Bytes(bytes) => zip.write_all(bytes)?,
            Blob::File(path, size) => _ = std::io::copy(&mut load::open_media(path, *size)?, &mut zip)?,
        }
    }
    zip.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::samples;

    #[test]
    fn the_same_deck_gives_the_same_bytes() {
        let first = APKG.bytes(&samples::deck()).expect("a package");
        let second = APKG.bytes(&samples::deck()).expect("a package");
        assert!(first == second);
        assert!(first.starts_with(b"PK"));
    }

    #[test]
    fn an_empty_deck_is_a_package_too() {
        assert!(APKG.bytes(&Deck::default()).is_ok());
    }
}
