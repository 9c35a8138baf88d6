//! The review database: what the notes say, what was answered, and what the scheduler knows of each face.
//!
//! It is one file that may be copied at any moment; `docs/database.md` describes its tables.

mod arrive;
pub mod backup;
mod budget;
mod decks;
mod depart;
mod error;
mod face;
mod fresh;
mod history;
mod identities;
mod lock;
mod log;
mod memory;
mod merge;
mod open;
mod origins;
mod record;
mod remark;
mod reviewed;
mod select;
mod session;
mod sync;
mod sync_faces;
mod verify;

pub use arrive::{AnkiState, Arrival, ArrivedAnswer, ArrivedFace, Welcome};
pub use depart::{Departing, Given, Progress};
pub use error::StoreError;
pub use face::{Face, Marks};
pub use fresh::Haste;
pub use history::{DeckState, FaceState, PastAnswer};
pub use identities::identities;
pub use lock::SessionLock;
pub use log::{AnswerKind, Entered, Recorded, Response, Undone};
pub use merge::{Kinship, Merged};
pub use origins::{Beside, Origin};
pub use reviewed::{asked, reviewed};
pub use select::{Filter, Order, Queue, Queued, Wanted, caught_up};
pub use session::{Ahead, Served};
pub use verify::Verdict;

use crate::card::Deck;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// The version of the tables that this recto writes.
pub const VERSION: usize = open::MIGRATIONS.len();

/// The number of a face in one database; it is never given to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub i64);

/// An open review database.
///
/// Everything that is written is one transaction each, and on the disc when the call returns.
#[derive(Debug)]
pub struct Store {
    database: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the database at `path` for review; there must be one.
    ///
    /// # Errors
    ///
    /// Where there is none, or it cannot be used; it is left as it is then.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        Ok(Store { database: open::existing(path)?, path: path.to_owned() })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn sqlite(&self, error: rusqlite::Error) -> StoreError {
        StoreError::from_sqlite(&self.path, error)
    }
}

/// What bringing a deck in did, counted in cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
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
    update_beside(&Beside::default(), (&Origin::default(), deck), path, now)
}

/// As [`update`], and leaves cards of the decks `beside` this one as they are; keeps what the deck was built from, so
/// that a session can build it again.
///
/// # Errors
///
/// As [`update`].
pub fn update_beside(
    beside: &Beside,
    (origin, deck): (&Origin, &Deck),
    path: &Path,
    now: i64,
) -> Result<Update, StoreError> {
    let mut database = open::open(path)?;
    sync::run(&mut database, (origin, deck), beside, now).map_err(|error| StoreError::from_sqlite(path, error))
}
