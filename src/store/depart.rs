//! Progress for Anki: what the database knows of every card, to be carried in a package.

use std::collections::BTreeMap;

use rusqlite::Row;

use super::arrive::AnkiState;
use super::{Marks, Store, StoreError, memory};
use crate::schedule::{Day, Grade, Memory};

/// What is known of all cards' faces, by the cards' ids; faces stand in the order of their card.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Progress(pub BTreeMap<String, Vec<Departing>>);

/// What is known of a face.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Departing {
    /// Its number, for ever; none in the databases of older versions.
    pub number: Option<u16>,
    /// What the scheduler knows; none of a new face.
    pub memory: Option<Memory>,
    /// What the learner wants of it.
    pub marks: Marks,
    /// Whether it is not asked again before tomorrow.
    pub buried: bool,
    /// The answers that count, oldest first, and between them what Anki noted of its own.
    pub answers: Vec<Given>,
    /// The state that Anki gave it, where it was not answered here since.
    pub state: Option<AnkiState>,
}

/// An answer of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// How well it was known; none where Anki noted that the card was put off or reset.
    pub grade: Option<Grade>,
    /// Milliseconds that it took.
    pub taken: i64,
    /// Whether it was asked out of turn.
    pub cram: bool,
    /// Interval in days and ease in hundredths before it; none of a new face.
    pub before: Option<(i64, i64)>,
    /// Interval, interval before, ease and stage, where it was given in Anki.
    pub row: Option<[i64; 4]>,
}

const FACES: &str = "SELECT faces.id, faces.card, ifnull(marks.suspended, 0), marks.buried_until, ifnull(marks.flag, 0), \
                     memories.ease, memories.interval, memories.repetitions, memories.lapses, memories.answered, \
                     memories.due, memories.stability, memories.difficulty, faces.number \
                     FROM faces LEFT JOIN marks ON marks.face = faces.id LEFT JOIN memories ON memories.face = faces.id \
                     WHERE faces.retired_at IS NULL ORDER BY faces.card, faces.position, faces.id";

const ANSWERS: &str = "SELECT log.face, at, grade, taken, kind = 'cram', interval_before, ease_before, \
                       there.interval, last_interval, there.ease, stage \
                       FROM reviews AS log LEFT JOIN anki_answers AS there ON there.review = log.seq \
                       WHERE (grade IS NOT NULL OR (kind = 'set' AND there.review IS NOT NULL)) \
                       AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.undoes = log.seq) ORDER BY at, seq";

const STATES: &str = "SELECT face, day_zero, stage, queue, due, interval, ease, repetitions, lapses, remaining, data \
                      FROM anki_cards WHERE last_review = \
                      (SELECT ifnull(max(seq), 0) FROM reviews WHERE reviews.face = anki_cards.face)";

impl Store {
    /// What is known of all faces that may be asked, on a day.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn progress(&self, today: Day) -> Result<Progress, StoreError> {
        self.read_progress(today).map_err(|error| self.sqlite(error))
    }

    fn read_progress(&self, today: Day) -> rusqlite::Result<Progress> {
        let mut faces: BTreeMap<i64, Departing> = BTreeMap::new();
        let mut cards: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        let mut statement = self.database.prepare(FACES)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            cards.entry(row.get(1)?).or_default().push(row.get(0)?);
            faces.insert(row.get(0)?, face(row, today)?);
        }
        let mut statement = self.database.prepare(ANSWERS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(face) = faces.get_mut(&row.get(0)?) {
                face.answers.push(given(row)?);
            }
        }
        let mut statement = self.database.prepare(STATES)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(face) = faces.get_mut(&row.get(0)?) {
                face.state = Some(state(row)?);
            }
        }
        let mut of_card = |ids: Vec<i64>| ids.iter().map(|id| faces.remove(id).unwrap_or_default()).collect();
        Ok(Progress(cards.into_iter().map(|(card, ids)| (card, of_card(ids))).collect()))
    }
}

fn face(row: &Row, today: Day) -> rusqlite::Result<Departing> {
    let marks =
        Marks { suspended: row.get(2)?, buried_until: row.get::<_, Option<i32>>(3)?.map(Day), flag: row.get(4)? };
    let buried = marks.buried_until.is_some_and(|until| until > today);
    Ok(Departing { buried, number: row.get(13)?, memory: memory::read(row, 5)?, marks, ..Departing::default() })
}

fn given(row: &Row) -> rusqlite::Result<Given> {
    let grade = row.get::<_, Option<u8>>(2)?.and_then(Grade::new);
    let before = row.get::<_, Option<i64>>(5)?.zip(row.get::<_, Option<i64>>(6)?);
    let row_of_anki = match row.get::<_, Option<i64>>(7)? {
        Some(interval) => Some([interval, row.get(8)?, row.get(9)?, row.get(10)?]),
        None => None,
    };
    Ok(Given { at: row.get(1)?, grade, taken: row.get(3)?, cram: row.get(4)?, before, row: row_of_anki })
}

fn state(row: &Row) -> rusqlite::Result<AnkiState> {
    Ok(AnkiState {
        day_zero: row.get(1)?,
        stage: row.get(2)?,
        queue: row.get(3)?,
        due: row.get(4)?,
        interval: row.get(5)?,
        ease: row.get(6)?,
        repetitions: row.get(7)?,
        lapses: row.get(8)?,
        remaining: row.get(9)?,
        data: row.get(10)?,
    })
}
