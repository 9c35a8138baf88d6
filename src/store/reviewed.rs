//! Which faces were reviewed, known by their words: what merging cards asks before it lets one go.

use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeSet;
use std::path::Path;

use super::record;
use crate::card::Body;

/// The faces that were answered, also those of cards that have left the notes.
const REVIEWED: &str = "SELECT front, back FROM faces WHERE id IN (SELECT face FROM memories)";

/// What each face of a card asks and answers, as the database writes it.
pub fn asked(body: &Body) -> Vec<(String, String)> {
    record::sides(body).into_iter().map(|face| (face.front, face.back)).collect()
}

/// The faces, front and back, that the database at `path` has a memory of; none where it cannot be read.
///
/// Nothing is changed or made; what is wrong with the file is told when it is written.
pub fn reviewed(path: &Path) -> BTreeSet<(String, String)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read = || -> rusqlite::Result<BTreeSet<(String, String)>> {
        let database = Connection::open_with_flags(path, flags)?;
        let mut statement = database.prepare(REVIEWED)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    };
    read().unwrap_or_default()
}
