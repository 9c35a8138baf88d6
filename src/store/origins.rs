//! What the decks of the database were built from, so that a session can build one of them again.

use super::{Store, StoreError};
use rusqlite::{Connection, Transaction};
use std::collections::BTreeSet;

/// What a deck was built from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The name that its files have, without an ending.
    pub deck: String,
    /// The paths that the build was given, as they were typed; none for the usual ones.
    pub paths: Vec<String>,
}

/// The decks of other notes that are kept in the same folder, and so in the same database.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beside {
    /// The names that their files have, without an ending.
    pub decks: BTreeSet<String>,
    /// The ids of their cards.
    pub cards: BTreeSet<String>,
}

impl Store {
    /// What each deck was built from, that of the last build first.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn origins(&self) -> Result<Vec<Origin>, StoreError> {
        all(&self.database).map_err(|error| self.sqlite(error))
    }
}

/// Keeps what a deck was built from, and forgets that of decks which are neither this one nor `beside` it. Nothing is
/// written where nothing changes.
pub(super) fn keep(transaction: &Transaction, own: &Origin, beside: &Beside) -> rusqlite::Result<()> {
    let known = all(transaction)?;
    let gone = |origin: &Origin| origin.deck != own.deck && !beside.decks.contains(&origin.deck);
    if known.first() == Some(own) && !known.iter().any(gone) {
        return Ok(());
    }
    for origin in known.iter().filter(|origin| origin.deck == own.deck || gone(origin)) {
        transaction.execute("DELETE FROM origins WHERE deck = ?", [&origin.deck])?;
    }
    let usual = [None];
    let paths: Vec<Option<&String>> = own.paths.iter().map(Some).collect();
    for (position, path) in (0_i64..).zip(if paths.is_empty() { &usual[..] } else { &paths }) {
        let sql = "INSERT INTO origins (deck, position, path) VALUES (?, ?, ?)";
        transaction.execute(sql, (&own.deck, position, path))?;
    }
    Ok(())
}

fn all(database: &Connection) -> rusqlite::Result<Vec<Origin>> {
    let sql = "SELECT deck, path FROM origins ORDER BY max(rowid) OVER (PARTITION BY deck) DESC, position";
    let mut statement = database.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut out: Vec<Origin> = Vec::new();
    while let Some(row) = rows.next()? {
        let (deck, path): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        if out.last().is_none_or(|last| last.deck != deck) {
            out.push(Origin { deck, paths: Vec::new() });
        }
        if let Some(last) = out.last_mut() {
            last.paths.extend(path);
        }
    }
    Ok(out)
}
