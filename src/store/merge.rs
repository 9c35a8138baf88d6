//! Uniting the logs of two copies of a database that went separate ways.
//!
//! Rows are one by their ids, so nothing comes in twice, and memories are replayed from the united log:
//! the result is the same in either order. How decks are learnt stays as it is here.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, Row, Transaction};

use super::{FaceId, Store, StoreError, log, memory, open};

/// What came in from another database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Merged {
    /// Rows of the log.
    pub rows: usize,
    /// Cards that were not here.
    pub cards: usize,
    /// Faces whose memory was computed anew.
    pub faces: usize,
}

/// What two databases have in common, in cards that ever were in the notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinship {
    /// Cards of this one.
    pub ours: u32,
    /// Cards of the other.
    pub theirs: u32,
    /// Cards of both.
    pub shared: u32,
    /// Whether an answer is in both.
    pub answers: bool,
}

impl Kinship {
    /// Whether they are likely to be of the same notes: copies of one share nearly all cards, others a few by chance.
    pub fn is_close(self) -> bool {
        self.answers || self.shared.saturating_mul(10) >= self.ours.min(self.theirs)
    }
}

impl Store {
    /// Brings in what the database at `other` knows and this one does not; the other is left as it is.
    ///
    /// # Errors
    ///
    /// Where one of them cannot be used; nothing has changed then.
    pub fn merge(&mut self, other: &Path) -> Result<Merged, StoreError> {
        self.beside(other, |store| store.write(merge))
    }

    /// What the database at `other` and this one have in common.
    ///
    /// # Errors
    ///
    /// Where one of them cannot be used.
    pub fn kinship(&mut self, other: &Path) -> Result<Kinship, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM main.cards), (SELECT count(*) FROM other.cards),
                          (SELECT count(*) FROM main.cards JOIN other.cards USING (id)),
                          EXISTS (SELECT 1 FROM main.reviews JOIN other.reviews USING (id))";
        let read = |row: &Row| {
            let [ours, theirs, shared] = [row.get(0)?, row.get(1)?, row.get(2)?];
            Ok(Kinship { ours, theirs, shared, answers: row.get(3)? })
        };
        self.beside(other, |store| store.database.query_row(sql, [], read).map_err(|error| store.sqlite(error)))
    }

    /// Does something with a copy of the database at `other` attached.
    fn beside<T>(
        &mut self,
        other: &Path,
        work: impl FnOnce(&mut Store) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        open::check_copy(other)?;
        // A copy is brought to this version, not the other itself.
        let failed = |error: std::io::Error| StoreError::Open { path: other.to_owned(), cause: error.to_string() };
        let spare = tempfile::tempdir().map_err(failed)?;
        let copy = spare.path().join("other.db");
        fs::copy(other, &copy).map_err(failed)?;
        let _ = fs::copy(called(other, "-journal"), called(&copy, "-journal"));
        drop(open::existing(&copy)?);
        let name = copy.to_string_lossy().into_owned();
        self.database.execute("ATTACH ? AS other", [name]).map_err(|error| self.sqlite(error))?;
        let done = work(self);
        self.database.execute_batch("DETACH other").map_err(|error| self.sqlite(error))?;
        done
    }
}

fn called(path: &Path, ending: &str) -> OsString {
    let mut name = OsString::from(path);
    name.push(ending);
    name
}

fn merge(transaction: &Transaction) -> rusqlite::Result<Merged> {
    let count = |sql: &str| transaction.query_row(sql, [], |row| row.get::<_, i64>(0));
    let cards = count("SELECT count(*) FROM other.cards WHERE id NOT IN (SELECT id FROM main.cards)")?;
    let weights = "SELECT coalesce(max(fitted_at), 0) FROM main.fits";
    let fitted = count(weights)?;
    transaction.execute_batch(include_str!("merge_cards.sql"))?;
    let rows = count("SELECT count(*) FROM other.reviews WHERE id NOT IN (SELECT id FROM main.reviews)")?;
    transaction.execute_batch(include_str!("merge_log.sql"))?;
    twice(transaction)?;
    let faces = if fitted == count(weights)? { changed(transaction)? } else { all(transaction)? };
    for face in &faces {
        memory::refresh(transaction, *face)?;
    }
    transaction.execute_batch("DROP TABLE temp.twins; DROP TABLE temp.changed; DROP TABLE temp.newer;")?;
    let whole = |number| usize::try_from(number).unwrap_or_default();
    Ok(Merged { rows: whole(rows), cards: whole(cards), faces: faces.len() })
}

/// Takes back what both devices brought in from Anki, each under an id of its own: of such answers the one
/// with the first id counts. The rows that say so follow from the others, so that either order agrees.
fn twice(transaction: &Transaction) -> rusqlite::Result<()> {
    let sql = format!("SELECT {}, seq, face FROM ({})", log::SAID, include_str!("merge_twice.sql"));
    let mut statement = transaction.prepare(&sql)?;
    let width = statement.column_count() - 2;
    let mut rows = statement.query([])?;
    let mut found: Vec<(Vec<Value>, i64, i64)> = Vec::new();
    while let Some(row) = rows.next()? {
        let said = (0..width).map(|column| row.get(column)).collect::<Result<_, _>>()?;
        found.push((said, row.get(width)?, row.get(width + 1)?));
    }
    found.into_iter().try_for_each(|(said, seq, face)| log::take_back(transaction, said, (seq, face)))
}

fn changed(database: &Connection) -> rusqlite::Result<Vec<FaceId>> {
    database
        .prepare("SELECT face FROM temp.changed ORDER BY face")?
        .query_map([], |row| row.get(0).map(FaceId))?
        .collect()
}

fn all(database: &Connection) -> rusqlite::Result<Vec<FaceId>> {
    let sql = "SELECT DISTINCT face FROM main.reviews ORDER BY face";
    database.prepare(sql)?.query_map([], |row| row.get(0).map(FaceId))?.collect()
}

#[cfg(test)]
mod tests {
    use super::Kinship;

    #[test]
    fn a_few_cards_by_chance_make_no_kin() {
        let close =
            |(ours, theirs, shared): (u32, u32, u32), answers| Kinship { ours, theirs, shared, answers }.is_close();
        assert!(close((224, 220, 218), false) && close((2_000, 224, 30), false));
        assert!(!close((423, 224, 2), false) && !close((2, 1, 0), false));
        // An answer is given once: who has it, too, has it from here.
        assert!(close((423, 224, 2), true) && close((0, 224, 0), false));
    }
}
