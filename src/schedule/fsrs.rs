//! FSRS-6 by the crate of that name: a memory has a stability and a difficulty, and is asked again
//! when the chance to know it has fallen to the retention that is wanted.

use super::{Algorithm, Day, Grade, Memory, Scheduler, Step, counts, sm2};

/// FSRS-6. What was not known is asked again on the same day until it is.
pub const FSRS: Algorithm = Algorithm {
    name: "fsrs",
    summary: "FSRS-6, which predicts how likely each card is still known",
    drill_until: Grade::HARD,
    answer,
};

/// How strong a memory is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trace {
    /// The days after which the chance to know it has fallen to nine in ten.
    pub stability: f32,
    /// How hard it is to make it last, from 1 to 10.
    pub difficulty: f32,
}

/// The 21 numbers that FSRS knows a learner by.
pub type Weights = [f32; 21];

/// FSRS with the weights of one learner.
#[derive(Debug, Clone)]
pub struct Model {
    fsrs: ::fsrs::FSRS,
    weights: Weights,
}

impl Default for Model {
    /// The weights of the average learner.
    fn default() -> Self {
        Model { fsrs: ::fsrs::FSRS::default(), weights: ::fsrs::DEFAULT_PARAMETERS }
    }
}

impl Model {
    /// The model of a learner; none where the weights make no sense.
    pub fn new(weights: Weights) -> Option<Model> {
        let sound = weights.iter().all(|weight| weight.is_finite()) && weights[20] > 0.0;
        let fsrs = ::fsrs::FSRS::new(&weights).ok().filter(|_| sound)?;
        Some(Model { fsrs, weights })
    }

    /// The weights.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// The trace after an answer, `elapsed` days after the last one.
    pub fn step(&self, before: Option<Trace>, grade: Grade, elapsed: u32) -> Trace {
        let state = before.map(|t| ::fsrs::MemoryState { stability: t.stability, difficulty: t.difficulty });
        // Only weights or states that are no numbers are refused, and neither is ever made.
        let Ok(next) = self.fsrs.next_states(state, Scheduler::RETENTION, elapsed) else {
            return before.unwrap_or(Trace { stability: 1.0, difficulty: 5.0 });
        };
        let item = match grade.rating() {
            1 => next.again,
            2 => next.hard,
            3 => next.good,
            _ => next.easy,
        };
        Trace { stability: item.memory.stability, difficulty: item.memory.difficulty }
    }

    /// The chance, from 0 to 1, that a memory is there `days` after its last answer.
    pub fn recall(&self, trace: Trace, days: u32) -> f32 {
        let state = ::fsrs::MemoryState { stability: trace.stability, difficulty: trace.difficulty };
        ::fsrs::current_retrievability(state, days_as_f32(days), self.weights[20])
    }

    /// The chance that a memory is there on a day.
    pub fn recall_on(&self, memory: &Memory, day: Day) -> f32 {
        self.recall(memory.trace, day.since(memory.answered))
    }

    /// The days after which the chance has fallen to `retention`, at least one.
    pub fn interval(&self, trace: Trace, retention: f32) -> u32 {
        days(self.fsrs.next_interval(Some(trace.stability), retention, 0))
    }

    /// A trace for a memory that came from elsewhere with nothing but an ease and an interval.
    pub fn guess(&self, ease: u32, interval: u32) -> Trace {
        let factor = f32::from(u16::try_from(ease).unwrap_or(u16::MAX)) / 100.0;
        let made = self.fsrs.memory_state_from_sm2(factor, days_as_f32(interval.max(1)), Scheduler::RETENTION);
        made.map_or(Trace { stability: days_as_f32(interval.max(1)), difficulty: 5.0 }, |state| Trace {
            stability: state.stability,
            difficulty: state.difficulty,
        })
    }
}

/// The chance that a memory is there `days` after its last answer, for the average learner.
pub fn usual_recall(trace: Trace, days: u32) -> f32 {
    let state = ::fsrs::MemoryState { stability: trace.stability, difficulty: trace.difficulty };
    ::fsrs::current_retrievability(state, days_as_f32(days), ::fsrs::FSRS6_DEFAULT_DECAY)
}

#[expect(clippy::cast_precision_loss, reason = "days beyond 2^24 are beyond all schedules")]
fn days_as_f32(days: u32) -> f32 {
    days as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, at least 1; casts saturate")]
fn days(interval: f32) -> u32 {
    interval.round().max(1.0) as u32
}

fn answer(scheduler: &Scheduler, step: &Step) -> Memory {
    let day = step.answer.day;
    let (mut repetitions, mut lapses) = counts(step);
    if let Some(before) = step.before.filter(|_| step.answer.drill) {
        (repetitions, lapses) = (before.repetitions, before.lapses);
    }
    let interval = scheduler.model.interval(step.trace, scheduler.retention).min(scheduler.longest_interval.max(1));
    Memory {
        ease: step.before.map_or(sm2::FIRST_EASE, |memory| memory.ease),
        interval,
        repetitions,
        lapses,
        answered: day,
        due: day.plus(interval),
        trace: step.trace,
    }
}
