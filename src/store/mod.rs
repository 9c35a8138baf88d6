//! The review database: what the notes say, what was answered, and what the scheduler knows of each face.
//!
//! It is one file that may be copied at any moment; `docs/database.md` describes its tables.

mod error;
mod open;
mod record;
mod sync;

pub use error::StoreError;

use crate::card::{Body, Deck};
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeSet;
use std::path::Path;

/// What bringing a deck in did, counted in cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Update {
    /// Cards that are new.
    pub added: usize,
    /// Cards of which a learner sees something else than before.
    pub changed: usize,
    /// Cards that have left the notes.
    pub retired: usize,
    /// Cards that had left the notes and are back, with the memory they had.
    pub revived: usize,
    /// Cards that a learner sees as before, though they may have moved within the notes.
    pub unchanged: usize,
}

/// Makes the database at `path` hold the cards of `deck`, and creates it if there is none.
///
/// `deck` is all that the database is for: cards that it lacks are retired, and nothing is ever
/// forgotten. `now` is in milliseconds since 1970 (UTC). Everything happens in one transaction; a
/// deck that the database holds already leaves the file as it is, byte for byte.
///
/// # Errors
///
/// Where the database cannot be opened, made, read or written; it is then as it was.
pub fn update(path: &Path, deck: &Deck, now: i64) -> Result<Update, StoreError> {
    let mut database = open::open(path)?;
    sync::run(&mut database, deck, now).map_err(|error| StoreError::from_sqlite(path, error))
}

/// What each face of a card asks and answers, as the database writes it.
pub fn asked(body: &Body) -> Vec<(String, String)> {
    record::faces(body).into_iter().map(|face| (face.front, face.back)).collect()
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

/// The faces that were answered.
const REVIEWED: &str = "SELECT front, back FROM faces WHERE id IN (SELECT face FROM memories)";
