//! What a day asks: the one answer to "what is due today?", for sessions, statistics and paper.
//!
//! It is made of due faces as far as the limits of the day and the catching up allow, of faces that were
//! not known today and come back, and of new ones.

use super::drill::{self, Given};
use super::queue::{Cause, Left};
use crate::schedule::{Day, Memory};
use crate::store::{FaceId, Queued, Store, StoreError, Wanted};
use std::collections::BTreeSet;

/// A day with the waits, in milliseconds, after which what was not known comes back.
pub type Course<'a> = (Day, &'a [i64]);

/// What is to be asked on a day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Agenda {
    /// Due and new faces.
    pub queue: crate::store::Queue,
    /// Faces that come back, each with the instant from which on it is asked.
    pub again: Vec<(Queued, i64)>,
    /// Those of the due faces that are asked before their day.
    early: BTreeSet<FaceId>,
}

/// The same in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Today {
    /// Faces that are due and asked.
    pub due: usize,
    /// How many of them are asked before their day.
    pub early: usize,
    /// New faces.
    pub new: usize,
    /// Faces that come back.
    pub again: usize,
    /// Faces that were due before and are spread over the next days.
    pub later: usize,
    /// Faces that are due, and more than the limits of their decks let come.
    pub limited: usize,
}

impl Agenda {
    /// What a day asks of what is wanted.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn of(store: &Store, wanted: &Wanted, course: Course) -> Result<Agenda, StoreError> {
        let mut queue = store.queue(wanted, course.0)?;
        let mut again = Vec::new();
        for queued in std::mem::take(&mut queue.drill) {
            if let Some(from) = back(store, queued.face, course, (Cause::Again, None))? {
                again.push((queued, from));
            }
        }
        // Asked before its day or once more today: not both.
        let ahead = |queued: &Queued| queued.memory.is_some_and(|memory| memory.due > course.0);
        queue.due.retain(|queued| !ahead(queued) || again.iter().all(|(back, _)| back.face != queued.face));
        let mut early: BTreeSet<FaceId> = queue.due.iter().filter(|q| ahead(q)).map(|queued| queued.face).collect();
        if !early.is_empty() {
            let changed = store.changed()?;
            early.retain(|face| !changed.contains(face));
        }
        Ok(Agenda { queue, again, early })
    }

    /// Why a face of the queue is asked.
    pub fn cause(&self, queued: &Queued) -> Cause {
        match queued.memory {
            None => Cause::New,
            Some(_) if self.early.contains(&queued.face) => Cause::Ahead,
            Some(_) => Cause::Due,
        }
    }

    /// The agenda in numbers.
    pub fn today(&self) -> Today {
        Today {
            due: self.queue.due.len(),
            early: self.early.len(),
            new: self.queue.new.len(),
            again: self.again.len(),
            later: self.queue.later,
            limited: self.queue.limited,
        }
    }
}

impl Today {
    /// What is asked, as the head of a session counts it.
    pub fn left(&self) -> Left {
        Left { new: self.new, due: self.due - self.early, early: self.early, again: self.again, cram: 0 }
    }

    /// Faces that are due and wait for another day.
    pub fn held_back(&self) -> usize {
        self.later + self.limited
    }
}

/// Why a single face is asked that was not asked today: one whose answer has changed in substance is due at once.
///
/// # Errors
///
/// Where the database cannot be read.
pub fn cause(store: &Store, face: FaceId, memory: Option<&Memory>, day: Day) -> Result<Cause, StoreError> {
    Ok(match memory {
        None => Cause::New,
        Some(memory) if memory.due <= day => Cause::Due,
        Some(_) if store.face(face)?.is_some_and(|face| face.was.is_some()) => Cause::Due,
        Some(_) => Cause::Ahead,
    })
}

/// When a face comes back on a day, after one more answer if there is one; none where it does not.
///
/// # Errors
///
/// Where the database cannot be read.
pub fn back(
    store: &Store,
    face: FaceId,
    (day, steps): Course,
    (cause, given): (Cause, Option<Given>),
) -> Result<Option<i64>, StoreError> {
    let firm = store.scheduler(face)?.algorithm.drill_until.number();
    let mut today = store.given(face, day, cause == Cause::Cram)?;
    today.extend(given);
    Ok(drill::again(&today, firm, steps))
}
