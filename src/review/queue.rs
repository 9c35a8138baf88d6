//! What is still to be asked in this session: those that wait for their first question today, and
//! those that come back.

use std::collections::VecDeque;

/// Why a face is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It was never asked before.
    New,
    /// It is due.
    Due,
    /// It will be due and is asked ahead.
    Ahead,
    /// It was asked today and comes back.
    Again,
    /// The learner wants it; its schedule stays as it is.
    Cram,
}

/// A face in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The face.
    pub face: i64,
    /// Its card.
    pub card: String,
    /// Its deck.
    pub deck: String,
    /// Why it is asked.
    pub cause: Cause,
    /// The instant from which it is asked; 0 for at once.
    pub from: i64,
}

/// How many faces are left, by why they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Left {
    /// New ones.
    pub new: usize,
    /// Due ones.
    pub due: usize,
    /// Those that are asked before their day.
    pub early: usize,
    /// Those that come back.
    pub again: usize,
    /// Those that are asked without moving their schedule.
    pub cram: usize,
}

impl Left {
    /// All of them.
    pub fn all(self) -> usize {
        self.new + self.due + self.early + self.again + self.cram
    }

    pub(super) fn count(&mut self, cause: Cause) {
        *match cause {
            Cause::New => &mut self.new,
            Cause::Due => &mut self.due,
            Cause::Ahead => &mut self.early,
            Cause::Again => &mut self.again,
            Cause::Cram => &mut self.cram,
        } += 1;
    }
}

/// The queue.
#[derive(Debug, Clone, Default)]
pub struct Queue {
    waiting: VecDeque<Entry>,
    again: Vec<Entry>,
}

impl Queue {
    /// A queue of entries in the order in which they are asked; those that come back wait for their time.
    pub fn new(entries: Vec<Entry>) -> Queue {
        let (again, waiting): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.from > 0);
        Queue { waiting: waiting.into(), again }
    }

    /// The next to ask: one whose time has come, else the first that waits, else the one whose time
    /// comes next, early.
    pub fn next(&mut self, now: i64) -> Option<Entry> {
        let soonest = (0..self.again.len()).min_by_key(|at| (self.again[*at].from, *at));
        let ready = soonest.filter(|at| self.again[*at].from <= now);
        if let Some(at) = ready {
            return Some(self.again.remove(at));
        }
        self.waiting.pop_front().or_else(|| soonest.map(|at| self.again.remove(at)))
    }

    /// Puts an entry where it is asked next.
    pub fn put_first(&mut self, entry: Entry) {
        self.waiting.push_front(entry);
    }

    /// Puts an entry where it is asked last.
    pub fn put_last(&mut self, entry: Entry) {
        self.waiting.push_back(entry);
    }

    /// Lets an entry come back at its time.
    pub fn put_again(&mut self, entry: Entry) {
        self.again.push(entry);
    }

    /// Takes out what would be asked if only those that wait were there.
    pub fn take_first(&mut self) -> Option<Entry> {
        self.waiting.pop_front()
    }

    /// Takes out every face of a card and returns them.
    pub fn drop_card(&mut self, card: &str) -> Vec<Entry> {
        let (dropped, kept): (Vec<_>, Vec<_>) = self.waiting.drain(..).partition(|entry| entry.card == card);
        self.waiting = kept.into();
        let (again, kept): (Vec<_>, Vec<_>) = self.again.drain(..).partition(|entry| entry.card == card);
        self.again = kept;
        [dropped, again].concat()
    }

    /// Takes out a face.
    pub fn drop_face(&mut self, face: i64) {
        self.waiting.retain(|entry| entry.face != face);
        self.again.retain(|entry| entry.face != face);
    }

    /// How many are left.
    pub fn left(&self) -> Left {
        let mut left = Left::default();
        self.waiting.iter().chain(&self.again).for_each(|entry| left.count(entry.cause));
        left
    }
}
