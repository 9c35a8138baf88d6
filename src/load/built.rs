//! Reading back what was built: the cards of a package that recto wrote, for an identity file that was lost.

#![expect(clippy::disallowed_methods, reason = "load is one of the rooms that read the disc")]

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use rusqlite::{Connection, MAIN_DB};

use crate::identity::repair::Known;

/// No package of notes is larger than this when unpacked.
const MOST: u64 = 1 << 30;

/// The cards of the package at `path`, by their notes in Anki.
///
/// # Errors
/// Says why the package cannot be read.
pub fn package(path: &Path) -> Result<Vec<Known>, String> {
    let bytes = fs::read(path).map_err(|error| super::reason(&error))?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut file = archive.by_name("collection.anki2").map_err(|_| "recto did not write it".to_owned())?;
    let mut database = Vec::new();
    file.by_ref().take(MOST).read_to_end(&mut database).map_err(|error| error.to_string())?;
    drop(file);
    notes(&database).map_err(|error| error.to_string())
}

fn notes(database: &[u8]) -> rusqlite::Result<Vec<Known>> {
    let mut connection = Connection::open_in_memory()?;
    connection.deserialize_read_exact(MAIN_DB, database, database.len(), true)?;
    let mut statement = connection.prepare("SELECT guid, mod, flds FROM notes ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        let fields: String = row.get(2)?;
        let fields: Vec<String> = fields.split('\u{1f}').map(super::cards::plain).collect();
        Ok(Known::of_note(row.get(0)?, row.get(1)?, &fields))
    })?;
    rows.collect::<Result<Vec<_>, _>>().map(|known| known.into_iter().flatten().collect())
}
