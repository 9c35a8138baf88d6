//! Whether the database is what it should be: the file sound, the rows of the log as they were written,
//! and every memory what its log says. Memories can be mended, since they follow from the log.

use rusqlite::{Connection, Transaction};

use super::{FaceId, Store, StoreError, log, memory};

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Rows of the log that were read.
    pub rows: usize,
    /// Faces whose memory was computed anew.
    pub faces: usize,
    /// What SQLite found wrong with the file.
    pub faults: Vec<String>,
    /// Rows of the log that are not what was written, by number.
    pub damaged: Vec<i64>,
    /// Faces whose memory was not what the log says.
    pub stray: Vec<FaceId>,
}

impl Verdict {
    /// Whether all is well.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty() && self.damaged.is_empty() && self.stray.is_empty()
    }

    /// Whether something is wrong that cannot be computed from the rest.
    pub fn needs_backup(&self) -> bool {
        !self.faults.is_empty() || !self.damaged.is_empty()
    }
}

impl Store {
    /// Checks the whole database, and with `mend` puts memories right that are not what the log says.
    /// A file with faults or damaged rows is not written to.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read, or not be mended.
    pub fn verify(&mut self, mend: bool) -> Result<Verdict, StoreError> {
        self.write(|transaction| verify(transaction, mend))
    }
}

fn verify(transaction: &Transaction, mend: bool) -> rusqlite::Result<Verdict> {
    let mut verdict = Verdict { faults: faults(transaction)?, ..Verdict::default() };
    if !verdict.faults.is_empty() {
        return Ok(verdict);
    }
    rows(transaction, &mut verdict)?;
    memories(transaction, &mut verdict)?;
    if mend && !verdict.needs_backup() {
        for face in &verdict.stray {
            memory::refresh(transaction, *face)?;
        }
    }
    Ok(verdict)
}

fn faults(database: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut found: Vec<String> =
        database.prepare("PRAGMA integrity_check(20)")?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    found.retain(|line| line != "ok");
    let mut keys = database.prepare("PRAGMA foreign_key_check")?;
    let broken = keys.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    found.extend(broken.into_iter().map(|table| format!("a row of `{table}` belongs to nothing")));
    Ok(found)
}

fn rows(database: &Connection, verdict: &mut Verdict) -> rusqlite::Result<()> {
    let mut statement = database.prepare(&format!("SELECT {}, seq, checksum FROM reviews", log::SAID))?;
    let width = statement.column_count() - 2;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        verdict.rows += 1;
        let said = (0..width).map(|column| row.get_ref(column)).collect::<Result<Vec<_>, _>>()?;
        let written: Option<i64> = row.get(width + 1)?;
        if written.is_some_and(|written| written != log::checksum(said.into_iter())) {
            verdict.damaged.push(row.get(width)?);
        }
    }
    Ok(())
}

fn memories(database: &Connection, verdict: &mut Verdict) -> rusqlite::Result<()> {
    let sql = "SELECT count(*) FROM (SELECT face FROM reviews UNION SELECT face FROM memories)";
    verdict.faces = usize::try_from(database.query_row(sql, [], |row| row.get::<_, i64>(0))?).unwrap_or_default();
    let mut kept = memory::all_kept(database)?;
    memory::replay_all(database, &mut |face, expected| {
        let same = match (kept.remove(&face), expected) {
            (None, None) => true,
            (Some((memory, name, last)), Some(known)) => {
                memory == known.memory && name == known.scheduler && last == known.last
            }
            _ => false,
        };
        if !same {
            verdict.stray.push(face);
        }
        Ok(())
    })?;
    // What is kept of faces of which no answer counts.
    verdict.stray.extend(kept.keys());
    verdict.stray.sort_unstable();
    Ok(())
}
