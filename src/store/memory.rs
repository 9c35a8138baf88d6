//! Memories and how they are computed: the rows of a face's log, replayed with the scheduler of its deck.

use std::collections::BTreeMap;
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::FaceId;
use crate::schedule::replay::{self, Event};
use crate::schedule::{ALGORITHMS, Answer, Day, Grade, Memory, Model, Scheduler, Trace, algorithm};

/// The columns of a memory, in the order of [`read`].
pub(super) const COLUMNS: &str = "ease, interval, repetitions, lapses, answered, due, stability, difficulty";

/// A memory from eight columns, beginning with number `first`; none where they are null.
pub(super) fn read(row: &Row, first: usize) -> rusqlite::Result<Option<Memory>> {
    let Some(ease) = row.get(first)? else { return Ok(None) };
    let interval: u32 = row.get(first + 1)?;
    let due = row.get(first + 5)?;
    Ok(Some(Memory {
        ease,
        interval,
        repetitions: row.get(first + 2)?,
        lapses: row.get(first + 3)?,
        // Rows of the first version did not hold the last three.
        answered: Day(row.get::<_, Option<i32>>(first + 4)?.unwrap_or(Day(due).minus(interval).0)),
        due: Day(due),
        trace: Trace {
            stability: single(row.get::<_, Option<f64>>(first + 6)?.unwrap_or(1.0)),
            difficulty: single(row.get::<_, Option<f64>>(first + 7)?.unwrap_or(5.0)),
        },
    }))
}

#[expect(clippy::cast_possible_truncation, reason = "single numbers are stored as double ones")]
fn single(stored: f64) -> f32 {
    stored as f32
}

/// The scheduler of a deck, with the weights that were fitted last.
pub(super) fn scheduler_of_deck(database: &Connection, deck: &str) -> rusqlite::Result<Scheduler> {
    let mut statement =
        database.prepare_cached("SELECT scheduler, retention, longest_interval FROM decks WHERE name = ?")?;
    let settings = statement.query_row([deck], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    let (name, retention, longest): (String, f64, u32) = settings.unwrap_or_else(|| {
        let usual = Scheduler::default();
        (usual.algorithm.name.to_owned(), f64::from(usual.retention), usual.longest_interval)
    });
    Ok(Scheduler {
        // A name that a later recto wrote is scheduled as usual.
        algorithm: algorithm(&name).unwrap_or(&ALGORITHMS[0]),
        retention: single(retention),
        longest_interval: longest,
        model: model(database)?,
    })
}

/// The scheduler of a face's deck.
pub(super) fn scheduler_of(database: &Connection, face: FaceId) -> rusqlite::Result<Scheduler> {
    scheduler_of_deck(database, &deck_of(database, face)?)
}

fn deck_of(database: &Connection, face: FaceId) -> rusqlite::Result<String> {
    let sql = "SELECT deck FROM faces JOIN cards ON cards.id = faces.card WHERE faces.id = ?";
    database.prepare_cached(sql)?.query_row([face.0], |row| row.get(0))
}

/// FSRS with the weights that were fitted last; the average learner's where there are none.
pub(super) fn model(database: &Connection) -> rusqlite::Result<Model> {
    let mut statement = database.prepare_cached("SELECT weights FROM fits ORDER BY fitted_at DESC LIMIT 1")?;
    let text: Option<String> = statement.query_row([], |row| row.get(0)).optional()?;
    let weights = text.and_then(|text| serde_json::from_str(&text).ok());
    Ok(weights.and_then(Model::new).unwrap_or_default())
}

/// The memory that is kept of a face.
pub(super) fn kept(database: &Connection, face: FaceId) -> rusqlite::Result<Option<Memory>> {
    let sql = format!("SELECT {COLUMNS} FROM memories WHERE face = ?");
    let found = database.prepare_cached(&sql)?.query_row([face.0], |row| read(row, 0)).optional()?;
    Ok(found.flatten())
}

/// The memories that are kept, each with its scheduler and the row of the log that it follows from.
pub(super) fn all_kept(database: &Connection) -> rusqlite::Result<BTreeMap<FaceId, (Memory, String, i64)>> {
    let sql = format!("SELECT {COLUMNS}, scheduler, last_review, face FROM memories ORDER BY face");
    let mut statement = database.prepare(&sql)?;
    let rows = statement.query_map([], |row| Ok((FaceId(row.get(10)?), read(row, 0)?, row.get(8)?, row.get(9)?)))?;
    let mut kept = BTreeMap::new();
    for row in rows {
        let (face, memory, scheduler, last) = row?;
        if let Some(memory) = memory {
            kept.insert(face, (memory, scheduler, last));
        }
    }
    Ok(kept)
}

/// Writes what the scheduler knows of a face now; `last` is the row of the log that it follows from.
pub(super) fn keep(database: &Connection, face: FaceId, known: Option<(&Memory, &str, i64)>) -> rusqlite::Result<()> {
    let Some((memory, scheduler, last)) = known else {
        return database.prepare_cached("DELETE FROM memories WHERE face = ?")?.execute([face.0]).map(drop);
    };
    database.prepare_cached(include_str!("write_memory.sql"))?.execute(named_params! {
        ":face": face.0,
        ":scheduler": scheduler,
        ":ease": memory.ease,
        ":interval": memory.interval,
        ":repetitions": memory.repetitions,
        ":lapses": memory.lapses,
        ":answered": memory.answered.0,
        ":due": memory.due.0,
        ":stability": f64::from(memory.trace.stability),
        ":difficulty": f64::from(memory.trace.difficulty),
        ":last": last,
    })?;
    Ok(())
}

/// What the log says of a face: its memory, and the last row that counts.
pub(super) fn replayed(
    database: &Connection,
    face: FaceId,
    scheduler: &Scheduler,
) -> rusqlite::Result<Option<(Memory, i64)>> {
    let mut statement = database.prepare_cached(include_str!("events.sql"))?;
    let mut rows = statement.query([face.0])?;
    let (mut memory, mut last) = (None, 0);
    while let Some(row) = rows.next()? {
        let (seq, event) = event(row)?;
        memory = replay::apply(scheduler, memory, event);
        last = if event == Event::Aside { last } else { seq };
    }
    Ok(memory.map(|memory| (memory, last)))
}

/// The number of a row of `events.sql`, and what it does.
pub(super) fn event(row: &Row) -> rusqlite::Result<(i64, Event)> {
    let kind: String = row.get(1)?;
    let event = match kind.as_str() {
        "review" | "drill" | "paper" | "import" => {
            let grade = row.get::<_, Option<u8>>(2)?.and_then(Grade::new);
            let day = Day(row.get(3)?);
            grade.map_or(Event::Aside, |grade| Event::Answer(Answer { grade, day, drill: kind == "drill" }))
        }
        "set" => Event::Set(read(row, 4)?),
        _ => Event::Aside,
    };
    Ok((row.get(0)?, event))
}

/// Computes what the scheduler knows of a face anew and keeps it.
pub(super) fn refresh(database: &Connection, face: FaceId) -> rusqlite::Result<Option<Memory>> {
    let scheduler = scheduler_of(database, face)?;
    let known = replayed(database, face, &scheduler)?;
    keep(database, face, known.as_ref().map(|(memory, last)| (memory, scheduler.algorithm.name, *last)))?;
    Ok(known.map(|(memory, _)| memory))
}

/// What the log says of a face.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// What the scheduler knows.
    pub(super) memory: Memory,
    /// The name of the scheduler.
    pub(super) scheduler: &'static str,
    /// The last row that counts.
    pub(super) last: i64,
}

/// Reads the whole log once, and hands out what it says of each face with a row that counts, by number.
pub(super) fn replay_all(
    database: &Connection,
    take: &mut dyn FnMut(FaceId, Option<Known>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut schedulers = Schedulers::default();
    let mut statement = database.prepare(include_str!("all_events.sql"))?;
    let mut rows = statement.query([])?;
    let mut open: Option<Folding> = None;
    while let Some(row) = rows.next()? {
        let face = FaceId(row.get(12)?);
        if open.as_ref().is_none_or(|open| open.face != face) {
            if let Some(done) = open.take() {
                take(done.face, done.known())?;
            }
            open = Some(Folding { face, scheduler: schedulers.of(database, face)?, memory: None, last: 0 });
        }
        let (seq, event) = event(row)?;
        if let Some(open) = &mut open {
            open.memory = replay::apply(&open.scheduler, open.memory, event);
            open.last = if event == Event::Aside { open.last } else { seq };
        }
    }
    open.map_or(Ok(()), |done| take(done.face, done.known()))
}

/// The log of one face, read so far.
struct Folding {
    face: FaceId,
    scheduler: Rc<Scheduler>,
    memory: Option<Memory>,
    last: i64,
}

impl Folding {
    fn known(&self) -> Option<Known> {
        let (scheduler, last) = (self.scheduler.algorithm.name, self.last);
        self.memory.map(|memory| Known { memory, scheduler, last })
    }
}

/// The schedulers of decks that were met.
#[derive(Default)]
struct Schedulers {
    by_deck: BTreeMap<String, Rc<Scheduler>>,
}

impl Schedulers {
    fn of(&mut self, database: &Connection, face: FaceId) -> rusqlite::Result<Rc<Scheduler>> {
        let deck = deck_of(database, face)?;
        if let Some(known) = self.by_deck.get(&deck) {
            return Ok(known.clone());
        }
        let scheduler = Rc::new(scheduler_of_deck(database, &deck)?);
        self.by_deck.insert(deck, scheduler.clone());
        Ok(scheduler)
    }
}

/// Computes all memories anew.
pub(super) fn refresh_all(database: &Connection) -> rusqlite::Result<()> {
    let mut computed = Vec::new();
    replay_all(database, &mut |face, known| {
        computed.extend(known.map(|known| (face, known)));
        Ok(())
    })?;
    database.execute("DELETE FROM memories", [])?;
    computed
        .iter()
        .try_for_each(|(face, known)| keep(database, *face, Some((&known.memory, known.scheduler, known.last))))
}
