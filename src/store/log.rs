//! The log of answers: each is one transaction, on the disc before it is confirmed, and none is ever
//! changed; what is taken back is taken back by a further row.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params_from_iter};

use super::{FaceId, Store, StoreError, memory};
use crate::schedule::{Answer, Day, Grade, Memory, Moment};

/// Why a face was asked, which decides what the answer counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// It was new or due, or wanted ahead of time: the answer counts for the schedule.
    Review,
    /// It was asked once more on the same day after a low grade.
    Drill,
    /// It was asked for exercise: the schedule does not notice.
    Cram,
    /// It was answered on paper and entered afterwards; counts as a review.
    Paper,
    /// It was answered in another program; counts as a review.
    Import,
}

impl AnswerKind {
    /// The word in the log.
    pub fn name(self) -> &'static str {
        match self {
            AnswerKind::Review => "review",
            AnswerKind::Drill => "drill",
            AnswerKind::Cram => "cram",
            AnswerKind::Paper => "paper",
            AnswerKind::Import => "import",
        }
    }

    fn counts(self) -> bool {
        self != AnswerKind::Cram
    }
}

/// What a learner answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Response {
    /// The face that was asked.
    pub face: FaceId,
    /// How well it was known.
    pub grade: Grade,
    /// Milliseconds from seeing the front to the grade.
    pub taken: u32,
    /// Why it was asked.
    pub kind: AnswerKind,
}

/// An answer that is on the disc.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recorded {
    /// Its number in the log.
    pub seq: i64,
    /// What the scheduler knew before.
    pub before: Option<Memory>,
    /// What it knows now; none only where a new face was crammed.
    pub after: Option<Memory>,
}

/// An answer that was entered from paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// Its number in the log.
    seq: i64,
    /// How well it was known.
    pub grade: Grade,
}

/// An answer that was taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    /// The face.
    pub face: FaceId,
    /// The grade that no longer counts.
    pub grade: Grade,
    /// The word of the log for why it had been asked.
    pub kind: String,
    /// What the scheduler knows of the face now.
    pub memory: Option<Memory>,
}

/// One row on its way into the log.
pub(super) struct Entry<'a> {
    pub(super) face: FaceId,
    pub(super) moment: &'a Moment,
    pub(super) kind: &'a str,
    pub(super) grade: Option<Grade>,
    pub(super) undoes: Option<i64>,
    pub(super) taken: u32,
    pub(super) scheduler: &'a str,
    pub(super) before: Option<Memory>,
}

impl Store {
    /// Records an answer in one transaction; it is on the disc when this returns.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written; nothing of the answer is in it then.
    pub fn record(&mut self, response: &Response, moment: &Moment) -> Result<Recorded, StoreError> {
        self.write(|transaction| record(transaction, response, moment))
    }

    /// Takes the last answer back that still counts, whenever it was given; none where there is no more.
    /// Answers from other programs stay.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written.
    pub fn undo(&mut self, moment: &Moment) -> Result<Option<Undone>, StoreError> {
        self.write(|transaction| undo(transaction, moment))
    }

    /// What was entered from paper for a face and a day, where that is its last answer.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn on_paper(&self, face: FaceId, day: Day) -> Result<Option<Entered>, StoreError> {
        let read = |row: &Row| Ok((row.get(0)?, row.get::<_, u8>(1)?));
        let mut statement =
            self.database.prepare_cached(include_str!("on_paper.sql")).map_err(|error| self.sqlite(error))?;
        let found = statement.query_row((face.0, day.0), read).optional().map_err(|error| self.sqlite(error))?;
        Ok(found.and_then(|(seq, grade)| Grade::new(grade).map(|grade| Entered { seq, grade })))
    }

    /// Takes an answer from paper back and records another in its place, in one transaction.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written; nothing has changed then.
    pub fn replace(&mut self, entered: &Entered, by: &Response, moment: &Moment) -> Result<Recorded, StoreError> {
        self.write(|transaction| {
            undo_row(transaction, (entered.seq, by.face), moment)?;
            record(transaction, by, moment)
        })
    }

    /// Sets what the scheduler knows of a face, as a row of the log: to what another program knew, or
    /// to nothing, so that the face is new again.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written.
    pub fn set_memory(&mut self, face: FaceId, memory: Option<Memory>, moment: &Moment) -> Result<(), StoreError> {
        self.write(|transaction| set(transaction, face, memory.as_ref(), moment).map(drop))
    }

    /// Does something in one transaction that begins with the right to write.
    pub(super) fn write<T>(&mut self, work: impl FnOnce(&Transaction) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let path = self.path.clone();
        let sqlite = |error| StoreError::from_sqlite(&path, error);
        let transaction = self.database.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite)?;
        let done = work(&transaction).map_err(sqlite)?;
        transaction.commit().map_err(sqlite)?;
        Ok(done)
    }
}

fn record(transaction: &Transaction, response: &Response, moment: &Moment) -> rusqlite::Result<Recorded> {
    let scheduler = memory::scheduler_of(transaction, response.face)?;
    let before = memory::kept(transaction, response.face)?;
    let name = scheduler.algorithm.name;
    let entry = Entry {
        face: response.face,
        moment,
        kind: response.kind.name(),
        grade: Some(response.grade),
        undoes: None,
        taken: response.taken,
        scheduler: name,
        before,
    };
    let seq = append(transaction, &entry)?;
    if !response.kind.counts() {
        return Ok(Recorded { seq, before, after: before });
    }
    let drill = response.kind == AnswerKind::Drill;
    let after = scheduler.answer(before.as_ref(), Answer { grade: response.grade, day: moment.day, drill });
    memory::keep(transaction, response.face, Some((&after, name, seq)))?;
    Ok(Recorded { seq, before, after: Some(after) })
}

fn undo(transaction: &Transaction, moment: &Moment) -> rusqlite::Result<Option<Undone>> {
    let mut statement = transaction.prepare_cached(include_str!("last_answer.sql"))?;
    let found = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).optional()?;
    let Some((seq, face, grade, kind)): Option<(i64, i64, u8, String)> = found else { return Ok(None) };
    let face = FaceId(face);
    let memory = undo_row(transaction, (seq, face), moment)?;
    Ok(Grade::new(grade).map(|grade| Undone { face, grade, kind, memory }))
}

/// Takes back the row of the log with a number; gives what the scheduler knows of its face then.
fn undo_row(
    transaction: &Transaction,
    (seq, face): (i64, FaceId),
    moment: &Moment,
) -> rusqlite::Result<Option<Memory>> {
    let scheduler = memory::scheduler_of(transaction, face)?;
    let before = memory::kept(transaction, face)?;
    let name = scheduler.algorithm.name;
    let entry = Entry { face, moment, kind: "undo", grade: None, undoes: Some(seq), taken: 0, scheduler: name, before };
    append(transaction, &entry)?;
    memory::refresh(transaction, face)
}

/// Writes a row that gives a face a memory, or takes it away; gives its number.
pub(super) fn set(
    transaction: &Transaction,
    face: FaceId,
    to: Option<&Memory>,
    moment: &Moment,
) -> rusqlite::Result<i64> {
    let scheduler = memory::scheduler_of(transaction, face)?;
    let before = memory::kept(transaction, face)?;
    let name = scheduler.algorithm.name;
    let entry = Entry { face, moment, kind: "set", grade: None, undoes: None, taken: 0, scheduler: name, before };
    let seq = append(transaction, &entry)?;
    if let Some(memory) = to {
        let mut statement =
            transaction.prepare_cached("INSERT INTO placements VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
        statement.execute((
            seq,
            memory.ease,
            memory.interval,
            memory.repetitions,
            memory.lapses,
            memory.answered.0,
            memory.due.0,
            f64::from(memory.trace.stability),
            f64::from(memory.trace.difficulty),
        ))?;
    }
    memory::refresh(transaction, face)?;
    Ok(seq)
}

/// Writes a row and gives its number.
pub(super) fn append(transaction: &Transaction, entry: &Entry) -> rusqlite::Result<i64> {
    let stamp = stamp(transaction, entry.moment.at)?;
    let said = entry.said(identity(transaction, entry, stamp)?, stamp);
    let further = [entry.face.0.into(), entry.undoes.into(), checksum(said.iter().map(ValueRef::from)).into()];
    insert(transaction, said, further)?;
    Ok(transaction.last_insert_rowid())
}

/// Takes a row back by another that follows from it alone; `said` are the values of [`SAID`], and the pair
/// is its number and its face.
pub(super) fn take_back(
    transaction: &Transaction,
    mut said: Vec<Value>,
    (seq, face): (i64, i64),
) -> rusqlite::Result<()> {
    let text = format!("undo {:?}", said[0]);
    said[0] = blake3::hash(text.as_bytes()).to_hex()[..20].to_owned().into();
    (said[5], said[6]) = ("undo".to_owned().into(), Value::Null);
    let further = [face.into(), seq.into(), checksum(said.iter().map(ValueRef::from)).into()];
    insert(transaction, said, further)
}

fn insert(transaction: &Transaction, said: Vec<Value>, further: [Value; 3]) -> rusqlite::Result<()> {
    let sql = format!("INSERT INTO reviews ({SAID}, face, undoes, checksum) VALUES ({})", vec!["?"; 20].join(", "));
    transaction.prepare_cached(&sql)?.execute(params_from_iter(said.into_iter().chain(further))).map(drop)
}

/// What a row says, whatever database it stands in.
pub(super) const SAID: &str = "id, at, stamp, utc_offset, day, kind, grade, taken, scheduler, ease_before, \
    interval_before, repetitions_before, lapses_before, answered_before, due_before, stability_before, \
    difficulty_before";

impl Entry<'_> {
    /// The values of [`SAID`].
    fn said(&self, id: String, stamp: i64) -> Vec<Value> {
        let before = self.before.as_ref();
        let number = |of: fn(&Memory) -> i64| Value::from(before.map(of));
        let real = |of: fn(&Memory) -> f32| Value::from(before.map(|memory| f64::from(of(memory))));
        vec![
            id.into(),
            self.moment.at.into(),
            stamp.into(),
            self.moment.utc_offset.into(),
            self.moment.day.0.into(),
            self.kind.to_owned().into(),
            self.grade.map(|grade| i64::from(grade.number())).into(),
            self.taken.into(),
            self.scheduler.to_owned().into(),
            number(|memory| memory.ease.into()),
            number(|memory| memory.interval.into()),
            number(|memory| memory.repetitions.into()),
            number(|memory| memory.lapses.into()),
            number(|memory| memory.answered.0.into()),
            number(|memory| memory.due.0.into()),
            real(|memory| memory.trace.stability),
            real(|memory| memory.trace.difficulty),
        ]
    }
}

/// A number that changes when anything does that a row says.
pub(super) fn checksum<'a>(said: impl Iterator<Item = ValueRef<'a>>) -> i64 {
    let mut hasher = blake3::Hasher::new();
    for value in said {
        match value {
            ValueRef::Null => hasher.update(b"n"),
            ValueRef::Integer(number) => hasher.update(b"i").update(&number.to_le_bytes()),
            ValueRef::Real(number) => hasher.update(b"r").update(&number.to_bits().to_le_bytes()),
            ValueRef::Text(text) => hasher.update(b"t").update(&(text.len() as u64).to_le_bytes()).update(text),
            ValueRef::Blob(bytes) => hasher.update(b"b").update(&(bytes.len() as u64).to_le_bytes()).update(bytes),
        };
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    i64::from_le_bytes(first)
}

/// The place of a new row in the order of the log: its instant, or, where the clock was set back,
/// just behind the last row.
fn stamp(database: &Connection, at: i64) -> rusqlite::Result<i64> {
    let last: Option<i64> =
        database.prepare_cached("SELECT max(stamp) FROM reviews")?.query_row([], |row| row.get(0))?;
    Ok(last.map_or(at, |last| at.max(last.saturating_add(1))))
}

/// A name for a row that is the same in every copy of the database. It is made of what the row says,
/// so that the same answer, brought in twice, is one.
fn identity(transaction: &Transaction, entry: &Entry, stamp: i64) -> rusqlite::Result<String> {
    let mut statement = transaction.prepare_cached("SELECT card, key FROM faces WHERE id = ?")?;
    let (card, key): (String, String) = statement.query_row([entry.face.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let moment = entry.moment;
    let grade = entry.grade.map_or(-1, |grade| i64::from(grade.number()));
    let text = format!(
        "{card} {} {key} {} {} {} {grade} {} {stamp} {}",
        key.len(),
        entry.kind,
        moment.at,
        moment.day.0,
        entry.taken,
        entry.undoes.unwrap_or(0),
    );
    Ok(blake3::hash(text.as_bytes()).to_hex()[..20].to_owned())
}
