//! What only a session at the screen asks of the database: a face with all its marks, the answers of a
//! day, and what is to come.

use super::{FaceId, Store, StoreError};
use crate::card::json;
use crate::review::drill::Given;
use crate::schedule::Day;
use rusqlite::{OptionalExtension, Row, named_params};
use std::collections::BTreeSet;

/// What a session shows of a face besides its plain texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Served {
    /// The card with all its marks; none where an older recto wrote it.
    pub content: Option<json::Face>,
    /// The face's place within its card, from 0.
    pub position: usize,
    /// The last line in the note.
    pub end_line: usize,
    /// The `seq` of the last row of its log; 0 if there is none.
    pub last: i64,
    /// The instant of the last build that changed its answer in substance.
    pub changed: Option<i64>,
}

/// A face that the learner does not want to be asked now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The face.
    pub face: FaceId,
    /// Its card.
    pub card: String,
    /// Whether it is suspended, and not only put off.
    pub suspended: bool,
    /// When that was done.
    pub at: i64,
}

/// What is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ahead {
    /// Faces that may be asked at all.
    pub all: usize,
    /// Those that were never answered.
    pub new: usize,
    /// Those that are due tomorrow.
    pub tomorrow: usize,
    /// Days until the next is due, from tomorrow on; none where none ever is.
    pub next: Option<i64>,
    /// Cards that are suspended.
    pub suspended: usize,
    /// New faces that are put off until tomorrow.
    pub put_off: usize,
}

impl Store {
    /// What a session shows of a face; none where it has left the notes.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn served(&self, face: FaceId) -> Result<Option<Served>, StoreError> {
        let read = || {
            let mut statement = self.database.prepare_cached(include_str!("served.sql"))?;
            statement.query_row([face.0], served).optional()
        };
        read().map_err(|error| self.sqlite(error))
    }

    /// The face that stands where another has left the notes, in the same note since the same build; none
    /// where nothing came in its place.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn successor(&self, face: FaceId) -> Result<Option<FaceId>, StoreError> {
        let read = || {
            let mut statement = self.database.prepare_cached(include_str!("successor.sql"))?;
            statement.query_row([face.0], |row| row.get(0).map(FaceId)).optional()
        };
        read().map_err(|error| self.sqlite(error))
    }

    /// The answers that a face was given on a day, in their order: those that count, or those of cramming.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn given(&self, face: FaceId, day: Day, cram: bool) -> Result<Vec<Given>, StoreError> {
        let read = || -> rusqlite::Result<Vec<Given>> {
            let mut statement = self.database.prepare_cached(include_str!("given.sql"))?;
            let values = named_params! { ":face": face.0, ":day": day.0, ":cram": cram };
            statement.query_map(values, |row| Ok(Given { at: row.get(0)?, grade: row.get(1)? }))?.collect()
        };
        read().map_err(|error| self.sqlite(error))
    }

    /// The instants of the answers of a day that can be taken back, in their order.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn answered_on(&self, day: Day) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT at FROM answers WHERE day = ? AND kind IN ('review', 'drill', 'cram', 'paper')
                    ORDER BY stamp, id";
        let read = || -> rusqlite::Result<Vec<i64>> {
            self.database.prepare_cached(sql)?.query_map([day.0], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.sqlite(error))
    }

    /// The faces that are suspended, or put off beyond a day, in the order in which that was done.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn set_aside(&self, today: Day) -> Result<Vec<Aside>, StoreError> {
        let aside = |row: &Row| {
            Ok(Aside { face: FaceId(row.get(0)?), card: row.get(1)?, suspended: row.get(2)?, at: row.get(3)? })
        };
        let read = || -> rusqlite::Result<Vec<Aside>> {
            let mut statement = self.database.prepare_cached(include_str!("set_aside.sql"))?;
            statement.query_map([today.0], aside)?.collect()
        };
        read().map_err(|error| self.sqlite(error))
    }

    /// What is to come after a day.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn ahead(&self, today: Day) -> Result<Ahead, StoreError> {
        let read = || {
            let mut statement = self.database.prepare_cached(include_str!("ahead.sql"))?;
            statement.query_row([today.0], |row| {
                Ok(Ahead {
                    all: count(row, 0)?,
                    new: count(row, 1)?,
                    tomorrow: count(row, 2)?,
                    next: row.get(3)?,
                    suspended: count(row, 4)?,
                    put_off: count(row, 5)?,
                })
            })
        };
        read().map_err(|error| self.sqlite(error))
    }

    /// Faces whose answer has changed in substance since it was given.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn changed(&self) -> Result<BTreeSet<FaceId>, StoreError> {
        let read = || -> rusqlite::Result<BTreeSet<FaceId>> {
            let mut statement = self.database.prepare_cached("SELECT face FROM changed_faces")?;
            statement.query_map([], |row| row.get(0).map(FaceId))?.collect()
        };
        read().map_err(|error| self.sqlite(error))
    }

    /// The faces of cards that the learner flagged or suspended, in the order of the notes.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn marked(&self, suspended: bool) -> Result<Vec<FaceId>, StoreError> {
        let read = || -> rusqlite::Result<Vec<FaceId>> {
            let mut statement = self.database.prepare_cached(include_str!("marked.sql"))?;
            statement.query_map([suspended], |row| row.get(0).map(FaceId))?.collect()
        };
        read().map_err(|error| self.sqlite(error))
    }

    /// All tags of cards in the notes, in alphabetical order.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn tag_names(&self) -> Result<Vec<String>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let sql = "SELECT DISTINCT value FROM cards, json_each(cards.tags) WHERE retired_at IS NULL ORDER BY value";
            self.database.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.sqlite(error))
    }

    /// How many cards of each kind are in the notes, the commonest first.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn kinds(&self) -> Result<Vec<(String, usize)>, StoreError> {
        let read = || -> rusqlite::Result<Vec<(String, usize)>> {
            let sql = "SELECT kind, count(*) FROM cards WHERE retired_at IS NULL GROUP BY kind ORDER BY 2 DESC, 1";
            self.database.prepare_cached(sql)?.query_map([], |row| Ok((row.get(0)?, count(row, 1)?)))?.collect()
        };
        read().map_err(|error| self.sqlite(error))
    }

    /// The names of all decks with cards in the notes, in alphabetical order.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn deck_names(&self) -> Result<Vec<String>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let sql = "SELECT DISTINCT deck FROM cards WHERE retired_at IS NULL ORDER BY deck";
            self.database.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.sqlite(error))
    }
}

/// A number that cannot be negative.
fn count(row: &Row, column: usize) -> rusqlite::Result<usize> {
    row.get::<_, u32>(column).map(|number| usize::try_from(number).unwrap_or(usize::MAX))
}

fn served(row: &Row) -> rusqlite::Result<Served> {
    let content: Option<String> = row.get(0)?;
    Ok(Served {
        content: content.as_deref().and_then(json::read),
        position: count(row, 1)?,
        end_line: count(row, 2)?,
        last: row.get(3)?,
        changed: row.get(4)?,
    })
}
