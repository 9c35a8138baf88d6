//! One face as a session shows it, and what the learner wants of it beside learning it.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::{FaceId, Store, StoreError, memory};
use crate::schedule::{Day, Memory, Scheduler};

/// A face with all that is shown of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// Its number.
    pub id: FaceId,
    /// The card's id.
    pub card: String,
    /// Which face of the card: `front`, `back`, or `gap:` and the words of the gap.
    pub key: String,
    /// What is asked, as plain text with code in backticks and formulas in `$…$`.
    pub front: String,
    /// The answer, in the same form.
    pub back: String,
    /// The card's deck.
    pub deck: String,
    /// The card's kind.
    pub kind: String,
    /// The headings above the source, largest first.
    pub trail: Vec<String>,
    /// The card's tags.
    pub tags: Vec<String>,
    /// An explanation, shown after the answer.
    pub why: Option<String>,
    /// The note's path.
    pub file: String,
    /// The first line in the note.
    pub line: u32,
    /// What the scheduler knows; none of a new face.
    pub memory: Option<Memory>,
    /// What the learner wants of it.
    pub marks: Marks,
}

/// What the learner wants of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// It is not asked until this is taken back.
    pub suspended: bool,
    /// It is not asked before this day.
    pub buried_until: Option<Day>,
    /// A flag from 1 to 7; 0 is none.
    pub flag: u8,
}

impl Store {
    /// All that is shown of a face; none where there is no such face.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn face(&self, face: FaceId) -> Result<Option<Face>, StoreError> {
        self.read_face(face).map_err(|error| self.sqlite(error))
    }

    fn read_face(&self, face: FaceId) -> rusqlite::Result<Option<Face>> {
        let mut statement = self.database.prepare_cached(include_str!("face.sql"))?;
        let mut rows = statement.query([face.0])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let words = |column: usize| -> rusqlite::Result<Vec<String>> {
            // The table lets nothing in but arrays; a word that is none is left out.
            Ok(serde_json::from_str(&row.get::<_, String>(column)?).unwrap_or_default())
        };
        Ok(Some(Face {
            id: face,
            card: row.get(0)?,
            key: row.get(1)?,
            front: row.get(2)?,
            back: row.get(3)?,
            deck: row.get(4)?,
            kind: row.get(5)?,
            trail: words(6)?,
            tags: words(7)?,
            why: row.get(8)?,
            file: row.get(9)?,
            line: row.get(10)?,
            marks: Marks {
                suspended: row.get(11)?,
                buried_until: row.get::<_, Option<i32>>(12)?.map(Day),
                flag: row.get(13)?,
            },
            memory: memory::read(row, 14)?,
        }))
    }

    /// The scheduler of a face's deck.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn scheduler(&self, face: FaceId) -> Result<Scheduler, StoreError> {
        memory::scheduler_of(&self.database, face).map_err(|error| self.sqlite(error))
    }

    /// The interval in days that each grade from 0 to 5 would give.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn preview(&self, face: FaceId, today: Day) -> Result<[u32; 6], StoreError> {
        let read = || Ok((memory::scheduler_of(&self.database, face)?, memory::kept(&self.database, face)?));
        let (scheduler, before) = read().map_err(|error| self.sqlite(error))?;
        Ok(scheduler.preview(before.as_ref(), today))
    }

    /// All faces of a card that may be asked, in the order of the card.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn faces_of(&self, card: &str) -> Result<Vec<FaceId>, StoreError> {
        let read = || -> rusqlite::Result<Vec<FaceId>> {
            let sql = "SELECT id FROM faces WHERE card = ? AND retired_at IS NULL ORDER BY position, id";
            let mut statement = self.database.prepare_cached(sql)?;
            statement.query_map([card], |row| row.get(0).map(FaceId))?.collect()
        };
        read().map_err(|error| self.sqlite(error))
    }

    /// Changes what the learner wants of a face; `now` is in milliseconds since 1970 (UTC).
    ///
    /// # Errors
    ///
    /// Where the database cannot be written.
    pub fn mark(&mut self, face: FaceId, marks: Marks, now: i64) -> Result<(), StoreError> {
        self.write(|transaction| write_marks(transaction, face, marks, now))
    }
}

/// What the learner wants of a face.
pub(super) fn marks(database: &Connection, face: FaceId) -> rusqlite::Result<Marks> {
    let mut statement = database.prepare_cached("SELECT suspended, buried_until, flag FROM marks WHERE face = ?")?;
    let read = |row: &rusqlite::Row| {
        let buried_until = row.get::<_, Option<i32>>(1)?.map(Day);
        Ok(Marks { suspended: row.get(0)?, buried_until, flag: row.get(2)? })
    };
    Ok(statement.query_row([face.0], read).optional()?.unwrap_or_default())
}

/// Writes what the learner wants of a face.
pub(super) fn write_marks(database: &Connection, face: FaceId, marks: Marks, now: i64) -> rusqlite::Result<()> {
    database.prepare_cached(include_str!("write_marks.sql"))?.execute(named_params! {
        ":face": face.0,
        ":suspended": marks.suspended,
        ":buried_until": marks.buried_until.map(|day| day.0),
        ":flag": marks.flag.min(7),
        ":now": now,
    })?;
    Ok(())
}
