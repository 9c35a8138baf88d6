//! Progress from Anki: its answers join the log, and its state of each face becomes the memory.
//! Bringing the same in twice changes nothing, and what was answered here later stays as it is.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::log::{self, Entry};
use super::{FaceId, Marks, Store, StoreError, memory, remark};
use crate::card::slot::Slot;
use crate::schedule::{Answer, Grade, Memory, Moment};

/// Two answers to one face with one grade are the same answer if they are no further apart, in
/// milliseconds: packages move answers that would share an instant.
pub(super) const SAME_INSTANT: i64 = 2;

/// What another program knows of one card of recto's.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// The card's id.
    pub card: String,
    /// Its faces; those without a slot stand in the order of the card.
    pub faces: Vec<ArrivedFace>,
}

/// What another program knows of a face.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrivedFace {
    /// The card that it is in Anki, where recto made the note.
    pub slot: Option<Slot>,
    /// The answers, oldest first.
    pub answers: Vec<ArrivedAnswer>,
    /// What its scheduler knows; none of a new face.
    pub memory: Option<Memory>,
    /// Whether it is suspended there.
    pub suspended: bool,
    /// Whether it is buried there: not asked again before tomorrow.
    pub buried: bool,
    /// Its flag, 0 if none.
    pub flag: u8,
    /// The state in Anki's terms.
    pub state: AnkiState,
}

/// An answer that was given in Anki.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrivedAnswer {
    /// When.
    pub moment: Moment,
    /// How well it was known; none where the card was put off or reset by hand.
    pub grade: Option<Grade>,
    /// Milliseconds from seeing the front to the grade.
    pub taken: u32,
    /// Interval, interval before, ease and stage, in Anki's terms.
    pub row: [i64; 4],
}

/// The state of a card in Anki's terms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnkiState {
    /// Day zero, as whole days since 1970.
    pub day_zero: i64,
    /// 0 new, 1 learning, 2 review, 3 relearning.
    pub stage: i64,
    /// Where it waits.
    pub queue: i64,
    /// A place, a day or a second, as the queue has it.
    pub due: i64,
    /// The interval.
    pub interval: i64,
    /// The ease in thousandths.
    pub ease: i64,
    /// How often it was answered.
    pub repetitions: i64,
    /// How often it was forgotten.
    pub lapses: i64,
    /// Learning steps that remain.
    pub remaining: i64,
    /// What else Anki keeps, as JSON.
    pub data: String,
}

/// What bringing in did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Welcome {
    /// Cards that the database knows.
    pub cards: usize,
    /// Answers that are new to it, with what was noted between them.
    pub answers: usize,
    /// Faces whose memory changed.
    pub memories: usize,
    /// Cards that the database does not know, or of which it knows none of these faces.
    pub unknown: usize,
}

impl Store {
    /// Brings progress in, in one transaction.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read or written; nothing is in it then.
    pub fn bring_in(&mut self, arrivals: &[Arrival], now: &Moment) -> Result<Welcome, StoreError> {
        let mut known = Vec::new();
        let mut welcome = Welcome::default();
        for arrival in arrivals {
            let met = self.meet(arrival)?;
            let count = if met.is_empty() { &mut welcome.unknown } else { &mut welcome.cards };
            *count += 1;
            known.extend(met);
        }
        self.write(|transaction| {
            let last: Vec<Option<i64>> =
                known.iter().map(|(face, _)| last_answer(transaction, *face)).collect::<Result<_, _>>()?;
            welcome.answers = write_answers(transaction, &known)?;
            for ((face, arrived), last) in known.iter().zip(last) {
                let settled = Settle { transaction, face: *face, arrived, now, last };
                welcome.memories += usize::from(settled.run()?);
            }
            Ok(welcome)
        })
    }
}

impl Store {
    /// The faces of a card, each with what has arrived of it: by their numbers, or where there are none by their
    /// places, if there are as many of the ones as of the others.
    fn meet<'a>(&self, arrival: &'a Arrival) -> Result<Vec<(FaceId, &'a ArrivedFace)>, StoreError> {
        let faces = self.faces_of(&arrival.card)?;
        let numbers = self.numbers_of(&arrival.card)?;
        let slots: Option<Vec<Slot>> = arrival.faces.iter().map(|face| face.slot).collect();
        let (Some(slots), Some(numbers)) = (slots, numbers) else {
            let alike = faces.len() == arrival.faces.len();
            return Ok(if alike { faces.into_iter().zip(&arrival.faces).collect() } else { Vec::new() });
        };
        let met = slots.iter().zip(&arrival.faces).filter_map(|(slot, face)| Some((faces[slot.face(&numbers)?], face)));
        Ok(met.collect())
    }

    /// The numbers of a card's faces, in its order; none where one has no number yet.
    fn numbers_of(&self, card: &str) -> Result<Option<Vec<u16>>, StoreError> {
        let read = || -> rusqlite::Result<Option<Vec<u16>>> {
            let sql = "SELECT number FROM faces WHERE card = ? AND retired_at IS NULL ORDER BY position, id";
            self.database.prepare_cached(sql)?.query_map([card], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.sqlite(error))
    }
}

/// The instant of the last answer of a face.
fn last_answer(database: &Connection, face: FaceId) -> rusqlite::Result<Option<i64>> {
    database.prepare_cached("SELECT max(at) FROM answers WHERE face = ?")?.query_row([face.0], |row| row.get(0))
}

/// Writes the answers that the log does not hold yet, oldest first over all faces; says how many.
fn write_answers(transaction: &Transaction, faces: &[(FaceId, &ArrivedFace)]) -> rusqlite::Result<usize> {
    let mut answers: Vec<(FaceId, &ArrivedAnswer)> =
        faces.iter().flat_map(|(face, arrived)| arrived.answers.iter().map(|answer| (*face, answer))).collect();
    answers.sort_by_key(|(face, answer)| (answer.moment.at, *face));
    let mut written = 0;
    for (face, answer) in answers {
        if !is_known(transaction, face, answer)? {
            write_answer(transaction, face, answer)?;
            written += 1;
        }
    }
    Ok(written)
}

fn is_known(database: &Connection, face: FaceId, answer: &ArrivedAnswer) -> rusqlite::Result<bool> {
    let Some(grade) = answer.grade else { return remark::is_known(database, face, answer) };
    let sql = "SELECT 1 FROM reviews WHERE face = :face AND abs(at - :at) <= :near \
               AND (kind <> 'import' OR grade = :grade) AND grade IS NOT NULL LIMIT 1";
    let mut statement = database.prepare_cached(sql)?;
    let near = named_params! {
        ":face": face.0,
        ":at": answer.moment.at,
        ":near": SAME_INSTANT,
        ":grade": grade.number(),
    };
    Ok(statement.query_row(near, |_| Ok(())).optional()?.is_some())
}

fn write_answer(transaction: &Transaction, face: FaceId, answer: &ArrivedAnswer) -> rusqlite::Result<()> {
    let Some(grade) = answer.grade else { return remark::write(transaction, face, answer) };
    let scheduler = memory::scheduler_of(transaction, face)?;
    let before = memory::kept(transaction, face)?;
    let name = scheduler.algorithm.name;
    let entry = Entry {
        face,
        moment: &answer.moment,
        kind: "import",
        grade: Some(grade),
        undoes: None,
        taken: answer.taken,
        scheduler: name,
        before,
    };
    let seq = log::append(transaction, &entry)?;
    keep_row(transaction, seq, answer.row)?;
    let day = answer.moment.day;
    let after = scheduler.answer(before.as_ref(), Answer { grade, day, drill: false });
    memory::keep(transaction, face, Some((&after, name, seq)))
}

/// Writes what Anki's log says beside a row of ours.
pub(super) fn keep_row(transaction: &Transaction, seq: i64, row: [i64; 4]) -> rusqlite::Result<()> {
    let [interval, last_interval, ease, stage] = row;
    let mut statement = transaction.prepare_cached("INSERT INTO anki_answers VALUES (?1, ?2, ?3, ?4, ?5)")?;
    statement.execute((seq, interval, last_interval, ease, stage)).map(drop)
}

/// One face whose answers are written, and whose memory is to be what it was where it was answered last.
struct Settle<'a> {
    transaction: &'a Transaction<'a>,
    face: FaceId,
    arrived: &'a ArrivedFace,
    now: &'a Moment,
    /// The instant of the last answer before anything was brought in.
    last: Option<i64>,
}

impl Settle<'_> {
    /// Says whether the memory was set.
    fn run(&self) -> rusqlite::Result<bool> {
        let there = self.arrived.answers.last().map(|answer| answer.moment.at);
        let ahead_here = self.last.is_some_and(|here| there.is_none_or(|there| here > there + SAME_INSTANT));
        let touched = there.is_some() || self.arrived.memory.is_some();
        if touched && !ahead_here {
            let set = self.set_memory()?;
            self.keep_state()?;
            self.mark()?;
            return Ok(set);
        }
        if !touched {
            self.mark()?;
        }
        Ok(false)
    }

    fn set_memory(&self) -> rusqlite::Result<bool> {
        let kept = memory::kept(self.transaction, self.face)?;
        let wanted = self.arrived.memory.map(|wanted| Memory {
            // What was replayed knows more of the strength than an interval tells.
            trace: kept.filter(|_| !self.arrived.answers.is_empty()).map_or(wanted.trace, |kept| kept.trace),
            ..wanted
        });
        let same =
            |a: &Memory, b: &Memory| (a.ease, a.interval, a.due, a.lapses) == (b.ease, b.interval, b.due, b.lapses);
        let unchanged = match (&kept, &wanted) {
            (None, None) => true,
            (Some(kept), Some(wanted)) => same(kept, wanted),
            _ => false,
        };
        if !unchanged {
            log::set(self.transaction, self.face, wanted.as_ref(), self.now)?;
        }
        Ok(!unchanged)
    }

    fn keep_state(&self) -> rusqlite::Result<()> {
        let state = &self.arrived.state;
        let sql = "INSERT OR REPLACE INTO anki_cards VALUES (:face, \
                   (SELECT ifnull(max(seq), 0) FROM reviews WHERE face = :face), :day_zero, :stage, :queue, :due, \
                   :interval, :ease, :repetitions, :lapses, :remaining, :data)";
        self.transaction.prepare_cached(sql)?.execute(named_params! {
            ":face": self.face.0,
            ":day_zero": state.day_zero,
            ":stage": state.stage,
            ":queue": state.queue,
            ":due": state.due,
            ":interval": state.interval,
            ":ease": state.ease,
            ":repetitions": state.repetitions,
            ":lapses": state.lapses,
            ":remaining": state.remaining,
            ":data": state.data,
        })?;
        Ok(())
    }

    /// Suspends and flags as it was there; where nothing was, what was wanted here stays.
    fn mark(&self) -> rusqlite::Result<()> {
        let kept = super::face::marks(self.transaction, self.face)?;
        let flag = if self.arrived.flag > 0 { self.arrived.flag } else { kept.flag };
        let tomorrow = self.now.day.plus(1);
        let until = if self.arrived.buried { kept.buried_until.max(Some(tomorrow)) } else { kept.buried_until };
        let marks = Marks { suspended: self.arrived.suspended || kept.suspended, buried_until: until, flag };
        if marks == kept { Ok(()) } else { super::face::write_marks(self.transaction, self.face, marks, self.now.at) }
    }
}
