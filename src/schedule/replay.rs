//! From the log of one face to its memory: the rows in their order, without those that were taken back.

use super::{Answer, Memory, Scheduler};

/// What one row of the log does to a memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event {
    /// An answer that counts for the schedule.
    Answer(Answer),
    /// The memory was set to this, or to none: it came from another program, or was reset by hand.
    Set(Option<Memory>),
    /// A row that leaves the memory as it is.
    Aside,
}

/// The memory after all events.
pub fn replay(scheduler: &Scheduler, events: impl IntoIterator<Item = Event>) -> Option<Memory> {
    events.into_iter().fold(None, |memory, event| apply(scheduler, memory, event))
}

/// The memory after one more event.
pub fn apply(scheduler: &Scheduler, memory: Option<Memory>, event: Event) -> Option<Memory> {
    match event {
        Event::Answer(answer) => Some(scheduler.answer(memory.as_ref(), answer)),
        Event::Set(to) => to,
        Event::Aside => memory,
    }
}
