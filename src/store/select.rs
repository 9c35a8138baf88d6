//! Which faces to ask: filters by deck, tag, kind and trouble, and the day's queue under its limits.
//!
//! The queue follows from the day, the filters and the database alone, so that a session which was
//! broken off goes on where it was.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::budget::Budget;
use super::{FaceId, Store, StoreError, fresh, memory};
use crate::card::Kind;
use crate::schedule::{Day, Memory, exam};

/// Which faces are meant. All conditions must hold; the empty filter means every face that may be asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// A deck, with all decks below it.
    pub deck: Option<String>,
    /// Tags, of which a card must have all; a tag stands for all tags below it, too.
    pub tags: Vec<String>,
    /// Kinds, of which a card must have one; none means all.
    pub kinds: Vec<Kind>,
    /// Faces that are due on this day or before, or whose answer changed in substance since it was given.
    pub due: Option<Day>,
    /// Faces that have been forgotten at least so often.
    pub leeches: Option<u32>,
    /// Faces that were not known when they were last asked.
    pub failed: bool,
    /// No more than so many.
    pub limit: Option<usize>,
    /// Suspended and buried faces, too.
    pub set_aside: bool,
}

/// In which order due faces are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// By chance, another one each day.
    #[default]
    Random,
    /// Those that are least likely to be known come first.
    Hardest,
    /// Those that have waited longest come first.
    Oldest,
}

/// What is wanted of a day's queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The faces to draw from; `due` and `limit` of it are not heeded.
    pub filter: Filter,
    /// How many new faces at most, in place of the decks' own limits.
    pub new: Option<usize>,
    /// How many faces at most, new and due together.
    pub limit: Option<usize>,
    /// Faces that will be due within so many days, too.
    pub ahead: u32,
    /// Every face that was answered before, whether due or not, without the limits of the decks.
    pub cram: bool,
    /// The order of due faces.
    pub order: Order,
    /// Over how many days faces that were left undone are spread; 0 and 1 mean that all come at once.
    pub spread: u32,
}

/// A face as a queue knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// The face.
    pub face: FaceId,
    /// The card's id; faces of one card should not follow each other.
    pub card: String,
    /// The card's deck.
    pub deck: String,
    /// The note and the line that the card came of; cards of one line should not follow each other.
    pub line: String,
    /// What the scheduler knows; none of a new face.
    pub memory: Option<Memory>,
}

/// What is to be asked on a day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Queue {
    /// Faces that were asked before, in the order that was wanted.
    pub due: Vec<Queued>,
    /// New faces, in the order of the notes; before an exam, domain by domain in turn, by their weights.
    pub new: Vec<Queued>,
    /// Faces that were answered today with too low a grade, whatever came behind: those that are known since, the agenda
    /// leaves out.
    pub drill: Vec<Queued>,
    /// Faces that were due before and are left for another day, so that not all come at once.
    pub later: usize,
    /// Due faces for which the limits, those of the day and the one that is wanted, leave no room.
    pub limited: usize,
}

impl Queue {
    /// Due and new faces in one row, the new ones spread evenly among the others.
    pub fn mixed(&self) -> Vec<&Queued> {
        let (due, new) = (self.due.len(), self.new.len());
        let mut out = Vec::with_capacity(due + new);
        let (mut taken_due, mut taken_new) = (0, 0);
        while taken_due < due || taken_new < new {
            // The kind that is further behind its share goes next.
            let due_next = taken_new >= new || (taken_due < due && taken_due * (new + 1) <= (taken_new + 1) * due);
            let next = if due_next { &self.due[taken_due] } else { &self.new[taken_new] };
            *(if due_next { &mut taken_due } else { &mut taken_new }) += 1;
            out.push(next);
        }
        out
    }
}

/// A condition in SQL with the values of its question marks.
#[derive(Default)]
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
        self.values.extend(values);
    }
}

impl Filter {
    /// What must hold of `f` (faces), `c` (cards), `m` (memories) and `k` (marks).
    fn conditions(&self, today: Day) -> Conditions {
        let mut out = Conditions::default();
        if !self.set_aside {
            let sql = "coalesce(k.suspended, 0) = 0 AND (k.buried_until IS NULL OR k.buried_until <= ?)";
            out.and(sql, [Value::from(today.0)]);
        }
        if let Some(deck) = &self.deck {
            let below = format!("{deck}::");
            let sql = "(c.deck = ? OR substr(c.deck, 1, length(?)) = ?)";
            out.and(sql, [deck.clone().into(), below.clone().into(), below.into()]);
        }
        for tag in &self.tags {
            let sql = "EXISTS (SELECT 1 FROM json_each(c.tags)
                       WHERE lower(value) = lower(?) OR lower(substr(value, 1, length(?))) = lower(?))";
            let below = format!("{tag}::");
            out.and(sql, [tag.clone().into(), below.clone().into(), below.into()]);
        }
        if !self.kinds.is_empty() {
            let marks = vec!["?"; self.kinds.len()].join(", ");
            out.and(&format!("c.kind IN ({marks})"), self.kinds.iter().map(|kind| kind.name().to_owned().into()));
        }
        self.troubles(&mut out);
        out
    }

    fn troubles(&self, out: &mut Conditions) {
        if let Some(day) = self.due {
            // An answer that changed in substance is asked for again at once.
            out.and("(m.due <= ? OR m.face IN (SELECT face FROM changed_faces))", [day.0.into()]);
        }
        if let Some(lapses) = self.leeches {
            out.and("m.lapses >= ?", [lapses.into()]);
        }
        if self.failed {
            out.and(include_str!("failed.sql"), []);
        }
    }
}

/// What is read of each face, and from where; `cards` comes first where the order of the notes is wanted.
const OLD: &str = "
    SELECT f.id, f.card, c.deck, m.ease, m.interval, m.repetitions, m.lapses, m.answered, m.due, m.stability,
           m.difficulty, c.file || ':' || c.line
      FROM memories AS m JOIN faces AS f ON f.id = m.face JOIN cards AS c ON c.id = f.card
           LEFT JOIN marks AS k ON k.face = f.id
     WHERE f.retired_at IS NULL AND c.retired_at IS NULL";
const ANY: &str = "
    SELECT f.id, f.card, c.deck, m.ease, m.interval, m.repetitions, m.lapses, m.answered, m.due, m.stability,
           m.difficulty, c.file || ':' || c.line
      FROM cards AS c CROSS JOIN faces AS f ON f.card = c.id
           LEFT JOIN memories AS m ON m.face = f.id LEFT JOIN marks AS k ON k.face = f.id
     WHERE f.retired_at IS NULL AND c.retired_at IS NULL";
const IN_NOTES: &str = " ORDER BY c.position, f.position, f.id";

fn queued(row: &Row) -> rusqlite::Result<Queued> {
    let memory = memory::read(row, 3)?;
    Ok(Queued { face: FaceId(row.get(0)?), card: row.get(1)?, deck: row.get(2)?, memory, line: row.get(11)? })
}

impl Store {
    /// The faces that a filter means, in the order of the notes.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn faces(&self, filter: &Filter, today: Day) -> Result<Vec<Queued>, StoreError> {
        let limit = filter.limit.map_or(String::new(), |limit| format!(" LIMIT {limit}"));
        self.query(ANY, filter.conditions(today), &format!("{IN_NOTES}{limit}"))
    }

    /// What is to be asked on a day.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn queue(&self, wanted: &Wanted, today: Day) -> Result<Queue, StoreError> {
        let mut due = self.due(wanted, today)?;
        if !wanted.cram {
            due.extend(self.for_exams(&wanted.filter, today.plus(wanted.ahead))?);
        }
        order(&mut due, wanted.order, today);
        if wanted.cram {
            let limited = due.len().saturating_sub(wanted.limit.unwrap_or(usize::MAX));
            due.truncate(due.len() - limited);
            return Ok(Queue { due, limited, ..Queue::default() });
        }
        let mut budget = self.budget(today)?;
        let overdue = due.iter().filter(|face| is_overdue(face, today)).count();
        let mut share = caught_up(overdue + budget.overdue_done, wanted.spread).saturating_sub(budget.overdue_done);
        let (mut later, mut limited) = (0, 0);
        let mut room = wanted.limit.unwrap_or(usize::MAX);
        due.retain(|face| {
            let late = is_overdue(face, today);
            let timely = !late || share > 0;
            let fits = timely && room > 0 && budget.take_review(&face.deck);
            later += usize::from(!timely);
            limited += usize::from(timely && !fits);
            share -= usize::from(fits && late);
            room -= usize::from(fits);
            fits
        });
        let new = self.new_faces(wanted, today, &mut Room { budget, faces: room })?;
        Ok(Queue { due, new, drill: self.drill(&wanted.filter, today)?, later, limited })
    }

    fn due(&self, wanted: &Wanted, today: Day) -> Result<Vec<Queued>, StoreError> {
        let due = (!wanted.cram).then(|| today.plus(wanted.ahead));
        let conditions = Filter { due, ..wanted.filter.clone() }.conditions(today);
        self.query(OLD, conditions, " ORDER BY m.due, f.id")
    }

    /// Faces that are not due, and are asked for the sake of an exam.
    fn for_exams(&self, filter: &Filter, today: Day) -> Result<Vec<Queued>, StoreError> {
        let mut out = Vec::new();
        for deck in self.decks()? {
            let Some(exam) = deck.exam_day.filter(|exam| exam.since(today) <= exam::WINDOW && *exam > today) else {
                continue;
            };
            let scheduler = self.scheduler_of_deck(&deck.name)?;
            let mut conditions = Filter { due: None, ..filter.clone() }.conditions(today);
            conditions.and("c.deck = ? AND m.due > ?", [deck.name.into(), today.0.into()]);
            out.extend(self.query(OLD, conditions, " ORDER BY m.due, f.id")?.into_iter().filter(|face| {
                let number = face.face.0.unsigned_abs();
                face.memory.is_some_and(|memory| exam::wanted(&scheduler, &memory, number, (today, exam)))
            }));
        }
        Ok(out)
    }

    fn new_faces(&self, wanted: &Wanted, today: Day, room: &mut Room) -> Result<Vec<Queued>, StoreError> {
        let most = room.faces.min(wanted.new.unwrap_or(usize::MAX));
        let mut conditions = Filter { due: None, ..wanted.filter.clone() }.conditions(today);
        conditions.and("m.face IS NULL", []);
        let sql = format!("{ANY}{}{IN_NOTES}", conditions.sql);
        let decks = self.decks()?;
        let shared = fresh::are_shared(&decks, today);
        let read = || -> rusqlite::Result<Vec<Queued>> {
            let mut statement = self.database.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(conditions.values), queued)?;
            let mut picked = Picked { out: Vec::new(), most, counted: wanted.new.is_none() };
            if shared {
                let all: Vec<Queued> = rows.collect::<Result<_, _>>()?;
                for face in fresh::dealt(all, &decks, (today, &room.budget)) {
                    if picked.is_full(&room.budget) {
                        break;
                    }
                    picked.take(face, &mut room.budget);
                }
                return Ok(picked.out);
            }
            for face in rows {
                if picked.is_full(&room.budget) {
                    break;
                }
                picked.take(face?, &mut room.budget);
            }
            Ok(picked.out)
        };
        read().map_err(|error| self.sqlite(error))
    }

    /// Faces of which an answer of today was too low.
    fn drill(&self, filter: &Filter, today: Day) -> Result<Vec<Queued>, StoreError> {
        let mut conditions = Filter { due: None, failed: false, ..filter.clone() }.conditions(today);
        conditions.and(include_str!("drill.sql"), [today.0.into(), today.0.into()]);
        self.query(OLD, conditions, " ORDER BY m.last_review")
    }

    fn query(&self, select: &str, conditions: Conditions, order: &str) -> Result<Vec<Queued>, StoreError> {
        let sql = format!("{select}{}{order}", conditions.sql);
        let read = || -> rusqlite::Result<Vec<Queued>> {
            let mut statement = self.database.prepare_cached(&sql)?;
            statement.query_map(params_from_iter(conditions.values), queued)?.collect()
        };
        read().map_err(|error| self.sqlite(error))
    }

    fn budget(&self, today: Day) -> Result<Budget, StoreError> {
        Budget::read(&self.database, today).map_err(|error| self.sqlite(error))
    }
}

/// What may still be asked today.
struct Room {
    budget: Budget,
    faces: usize,
}

/// New faces that were picked, at most so many; `counted` where the limits of decks hold.
struct Picked {
    out: Vec<Queued>,
    most: usize,
    counted: bool,
}

impl Picked {
    fn is_full(&self, budget: &Budget) -> bool {
        self.out.len() >= self.most || (self.counted && budget.is_spent())
    }

    fn take(&mut self, face: Queued, budget: &mut Budget) {
        if !self.counted || budget.take_new(&face.deck) {
            self.out.push(face);
        }
    }
}

/// Whether a face was to be asked on a day before today.
fn is_overdue(face: &Queued, today: Day) -> bool {
    face.memory.is_some_and(|memory| memory.due < today)
}

/// How many of the faces that were left undone are asked on a day, where they are spread over so many.
pub fn caught_up(overdue: usize, spread: u32) -> usize {
    /// So few are no burden.
    const LIGHT: usize = 20;
    let days = usize::try_from(spread).unwrap_or(usize::MAX).max(1);
    overdue.div_ceil(days).max(LIGHT.min(overdue))
}

fn order(faces: &mut [Queued], order: Order, today: Day) {
    let shuffled = |face: &Queued| {
        let hash = blake3::hash(format!("{} {}", today.0, face.face.0).as_bytes());
        hash.as_bytes()[..8].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
    };
    match order {
        Order::Random => faces.sort_by_cached_key(shuffled),
        Order::Hardest => faces.sort_by(|a, b| strength(a, today).total_cmp(&strength(b, today))),
        // They come so from the database.
        Order::Oldest => {}
    }
}

/// The chance that a face is known, by the average learner's model: enough to put faces in order.
fn strength(face: &Queued, today: Day) -> f32 {
    face.memory.map_or(0.0, |memory| {
        let elapsed = today.since(memory.answered);
        crate::schedule::fsrs::usual_recall(memory.trace, elapsed)
    })
}
