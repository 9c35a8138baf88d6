//! Anki's packages (`.apkg`, `.colpkg`) of all three formats, read as what they hold: notes, cards,
//! answers and media. Whatever is broken, too large or out of place is refused as a whole, within
//! fixed limits, before anything of it is used.

mod archive;
mod collection;
mod notetypes;

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

pub use archive::Archive;
pub use notetypes::{Field, NoteType, Template};

/// What a package holds, beside its media.
#[derive(Debug, Default)]
pub struct Package {
    /// Its note types by their ids.
    pub notetypes: BTreeMap<i64, NoteType>,
    /// The names of its decks by their ids, levels joined by `::`.
    pub decks: BTreeMap<i64, String>,
    /// Its notes, in the order of their ids.
    pub notes: Vec<Note>,
    /// Its cards, in the order of their notes and numbers.
    pub cards: Vec<Card>,
    /// Its answers, oldest first.
    pub answers: Vec<Answer>,
    /// The day from which it counts, as whole days since 1970.
    pub day_zero: i64,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its id in the collection.
    pub id: i64,
    /// Its name for ever.
    pub guid: String,
    /// The id of its note type.
    pub notetype: i64,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its fields, as HTML.
    pub fields: Vec<String>,
}

/// A card of a note; what recto calls a face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its id in the collection.
    pub id: i64,
    /// The id of its note.
    pub note: i64,
    /// The id of its deck; of one that is in a filtered deck, that of its home.
    pub deck: i64,
    /// The number of its template, or of its gap less one.
    pub number: i64,
    /// 0 new, 1 learning, 2 review, 3 relearning.
    pub stage: i64,
    /// −1 suspended, −2 and −3 buried; else where it waits.
    pub queue: i64,
    /// A place among new cards, a day since day zero, or a second since 1970.
    pub due: i64,
    /// Days from the last answer to the next.
    pub interval: i64,
    /// The ease factor in thousandths.
    pub ease: i64,
    /// How often it was answered.
    pub repetitions: i64,
    /// How often it was forgotten after it had been known.
    pub lapses: i64,
    /// Learning steps that remain.
    pub remaining: i64,
    /// A flag from 1 to 7, 0 if none.
    pub flag: i64,
    /// What else Anki keeps, as JSON.
    pub data: String,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The id of the card.
    pub card: i64,
    /// The button: 1 again, 2 hard, 3 good, 4 easy; 0 where Anki noted something of its own.
    pub button: i64,
    /// Milliseconds that it took.
    pub taken: i64,
    /// The interval after it: days, or seconds as a negative number.
    pub interval: i64,
    /// The interval before it.
    pub last_interval: i64,
    /// The ease after it, in thousandths.
    pub ease: i64,
    /// 0 learning, 1 review, 2 relearning, 3 out of turn, 4 put off or reset by hand, 5 scheduled anew.
    pub stage: i64,
}

/// Why a package is refused, in words that follow its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub String);

impl Refused {
    fn new(words: impl Into<String>) -> Refused {
        Refused(words.into())
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Refused {
        Refused(format!("cannot be read: {}", super::reason(&error)))
    }
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Refused {
        Refused(format!("holds a broken database: {error}"))
    }
}

/// Opens a package and reads all but its media.
///
/// # Errors
///
/// Where it is no package, is broken, or exceeds a limit.
pub fn open(path: &Path) -> Result<(Package, Archive), Refused> {
    let mut archive = Archive::open(path)?;
    let package = collection::read(&archive.collection()?)?;
    Ok((package, archive))
}

/// Reads at most `limit` bytes; more are refused.
fn read_at_most(source: impl Read, limit: u64, what: &str) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    let broken = |error: io::Error| Refused(format!("is damaged: {what} cannot be unpacked ({error})"));
    source.take(limit + 1).read_to_end(&mut bytes).map_err(broken)?;
    if bytes.len() as u64 > limit {
        return Err(Refused(format!("is refused: {what} unpacks to more than {} MiB", limit >> 20)));
    }
    Ok(bytes)
}
