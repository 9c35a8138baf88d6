//! The whole of what was learnt, for statistics and for fitting: every face, every answer, every deck.

use std::collections::BTreeMap;

use rusqlite::{Row, named_params};

use super::{FaceId, Marks, Store, StoreError, memory};
use crate::schedule::fit::Fit;
use crate::schedule::replay::Event;
use crate::schedule::{Day, Grade, Memory, Model, Scheduler};

/// A face that may be asked, as statistics see it.
#[derive(Debug, Clone, PartialEq)]
pub struct FaceState {
    /// The face.
    pub id: FaceId,
    /// Its card.
    pub card: String,
    /// Its deck.
    pub deck: String,
    /// Its kind.
    pub kind: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The first line of what is asked.
    pub front: String,
    /// The note's path.
    pub file: String,
    /// The line in the note.
    pub line: u32,
    /// What the scheduler knows; none of a new face.
    pub memory: Option<Memory>,
    /// What the learner wants of it.
    pub marks: Marks,
}

/// An answer that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PastAnswer {
    /// The face.
    pub face: FaceId,
    /// The study day.
    pub day: Day,
    /// How well it was known.
    pub grade: Grade,
    /// Milliseconds from seeing the front to the grade.
    pub taken: u32,
    /// Whether it counts for retention: neither a drill nor for exercise.
    pub scheduled: bool,
    /// What the scheduler knew before.
    pub before: Option<Memory>,
}

/// What the database says of a deck.
#[derive(Debug, Clone, PartialEq)]
pub struct DeckState {
    /// Its name.
    pub name: String,
    /// New faces a day.
    pub new_per_day: Option<u32>,
    /// Other faces a day.
    pub reviews_per_day: Option<u32>,
    /// The day of the exam.
    pub exam_day: Option<Day>,
    /// Its share of the exam.
    pub exam_weight: Option<f64>,
    /// How many questions of the exam are about it.
    pub exam_questions: Option<u32>,
}

impl Store {
    /// Every face that may be asked, in the order of the notes; suspended ones, too.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn states(&self) -> Result<Vec<FaceState>, StoreError> {
        self.collect(include_str!("states.sql"), state)
    }

    /// Every answer that counts, in the order of the log.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn all_given(&self) -> Result<Vec<PastAnswer>, StoreError> {
        let found = self.collect(include_str!("all_given.sql"), given)?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The decks, by name.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn decks(&self) -> Result<Vec<DeckState>, StoreError> {
        let sql = "SELECT name, new_per_day, reviews_per_day, exam_day, exam_weight, exam_questions
                     FROM decks ORDER BY name";
        self.collect(sql, |row| {
            Ok(DeckState {
                name: row.get(0)?,
                new_per_day: row.get(1)?,
                reviews_per_day: row.get(2)?,
                exam_day: row.get::<_, Option<i32>>(3)?.map(Day),
                exam_weight: row.get(4)?,
                exam_questions: row.get(5)?,
            })
        })
    }

    /// The days of exams that have come or gone, of decks with cards in the notes, the latest first.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn exams_over(&self, today: Day) -> Result<Vec<Day>, StoreError> {
        let sql = "SELECT DISTINCT exam_day FROM decks
                    WHERE exam_day IS NOT NULL AND name IN (SELECT deck FROM cards WHERE retired_at IS NULL)
                    ORDER BY exam_day DESC";
        let days: Vec<Day> = self.collect(sql, |row| row.get(0).map(Day))?;
        Ok(days.into_iter().filter(|exam| *exam <= today).collect())
    }

    /// The scheduler of a deck.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn scheduler_of_deck(&self, deck: &str) -> Result<Scheduler, StoreError> {
        memory::scheduler_of_deck(&self.database, deck).map_err(|error| self.sqlite(error))
    }

    /// FSRS with the weights that were fitted last.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn model(&self) -> Result<Model, StoreError> {
        memory::model(&self.database).map_err(|error| self.sqlite(error))
    }

    /// What happened to each face that was answered, in the order of the log.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn histories(&self) -> Result<BTreeMap<FaceId, Vec<Event>>, StoreError> {
        let rows =
            self.collect(include_str!("all_events.sql"), |row| Ok((FaceId(row.get(12)?), memory::event(row)?.1)))?;
        let mut histories: BTreeMap<FaceId, Vec<Event>> = BTreeMap::new();
        for (face, event) in rows {
            histories.entry(face).or_default().push(event);
        }
        Ok(histories)
    }

    /// Takes weights into use, and computes all memories anew; `now` is in milliseconds since 1970 (UTC).
    ///
    /// # Errors
    ///
    /// Where the database cannot be written.
    pub fn take_weights(&mut self, fit: &Fit, now: i64) -> Result<(), StoreError> {
        self.write(|transaction| {
            let weights: Vec<f64> = fit.weights.iter().map(|weight| f64::from(*weight)).collect();
            transaction.execute(
                "INSERT INTO fits VALUES (max(:now, 1 + coalesce((SELECT max(fitted_at) FROM fits), 0)), :answers,
                                          :before, :after, :weights)",
                named_params! {
                    ":now": now,
                    ":answers": i64::try_from(fit.answers).unwrap_or(i64::MAX),
                    ":before": f64::from(fit.loss_before),
                    ":after": f64::from(fit.loss_after),
                    ":weights": serde_json::Value::from(weights).to_string(),
                },
            )?;
            memory::refresh_all(transaction)
        })
    }

    fn collect<T>(&self, sql: &str, read: impl FnMut(&Row) -> rusqlite::Result<T>) -> Result<Vec<T>, StoreError> {
        let collect = || -> rusqlite::Result<Vec<T>> {
            let mut statement = self.database.prepare_cached(sql)?;
            statement.query_map([], read)?.collect()
        };
        collect().map_err(|error| self.sqlite(error))
    }
}

fn state(row: &Row) -> rusqlite::Result<FaceState> {
    let front: String = row.get(4)?;
    Ok(FaceState {
        id: FaceId(row.get(0)?),
        card: row.get(18)?,
        deck: row.get(1)?,
        kind: row.get(2)?,
        tags: serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default(),
        front: front.lines().next().unwrap_or_default().to_owned(),
        file: row.get(5)?,
        line: row.get(6)?,
        marks: Marks {
            suspended: row.get(7)?,
            buried_until: row.get::<_, Option<i32>>(8)?.map(Day),
            flag: row.get(9)?,
        },
        memory: memory::read(row, 10)?,
    })
}

fn given(row: &Row) -> rusqlite::Result<Option<PastAnswer>> {
    let kind: String = row.get(4)?;
    let grade = Grade::new(row.get(2)?);
    let (face, day, taken) = (FaceId(row.get(0)?), Day(row.get(1)?), row.get(3)?);
    let before = memory::read(row, 5)?;
    let scheduled = !matches!(kind.as_str(), "drill" | "cram");
    Ok(grade.map(|grade| PastAnswer { face, day, grade, taken, scheduled, before }))
}
