//! Scheduling: from a memory, a grade and a day to the next memory. All of it is pure.
//!
//! A [`Scheduler`] is one of [`ALGORITHMS`] with its options. Whatever decides the day, every memory
//! also carries a [`Trace`], the strength that FSRS ascribes to it, so that recall can be predicted
//! for decks that are scheduled by SM-2, too. [`replay`] computes a memory from its log.

pub mod day;
pub mod fsrs;
mod grade;
pub mod replay;
pub mod sm2;

pub use day::{Calendar, Day, Moment};
pub use fsrs::{Model, Trace, Weights};
pub use grade::Grade;

/// What the scheduler knows of a face; a face that was never answered has none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// The ease factor in hundredths, at least 130.
    pub ease: u32,
    /// Days from the last scheduled answer to the next.
    pub interval: u32,
    /// Good answers in a row.
    pub repetitions: u32,
    /// How often it was forgotten after it had been known.
    pub lapses: u32,
    /// The day of the last answer that the schedule follows from.
    pub answered: Day,
    /// The day on which it is to be asked next.
    pub due: Day,
    /// How strong FSRS takes the memory to be.
    pub trace: Trace,
}

/// One answer as a scheduler sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// How well it was known.
    pub grade: Grade,
    /// The study day.
    pub day: Day,
    /// Whether it was asked once more on the same day, after a grade that was too low.
    pub drill: bool,
}

/// A way to decide when a face is asked again.
#[derive(Debug)]
pub struct Algorithm {
    /// The name in settings and in the log.
    pub name: &'static str,
    /// What it is, in a line.
    pub summary: &'static str,
    /// A face is asked again on the same day until its grade is at least this.
    pub drill_until: Grade,
    /// The memory after an answer; its trace has been brought up to date already.
    answer: fn(&Scheduler, &Step) -> Memory,
}

impl PartialEq for Algorithm {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// All algorithms; the first is the usual one.
pub const ALGORITHMS: &[Algorithm] = &[sm2::TEXT, sm2::CODE, fsrs::FSRS];

/// The algorithm of that name.
pub fn algorithm(name: &str) -> Option<&'static Algorithm> {
    ALGORITHMS.iter().find(|algorithm| algorithm.name == name)
}

/// An answer on its way into a memory.
struct Step<'a> {
    before: Option<&'a Memory>,
    answer: Answer,
    /// What FSRS makes of it.
    trace: Trace,
}

/// An algorithm with its options.
#[derive(Debug, Clone)]
pub struct Scheduler {
    /// The algorithm.
    pub algorithm: &'static Algorithm,
    /// The share of faces that FSRS means to be known when they are due.
    pub retention: f32,
    /// No interval is longer, in days.
    pub longest_interval: u32,
    /// What FSRS knows of the learner.
    pub model: Model,
}

impl Default for Scheduler {
    fn default() -> Self {
        Scheduler::new(&sm2::TEXT)
    }
}

impl Scheduler {
    /// The share of faces that are to be known when they are due, where nothing else is said.
    pub const RETENTION: f32 = 0.9;
    /// The longest interval in days, where nothing else is said: a hundred years.
    pub const LONGEST_INTERVAL: u32 = 36_500;

    /// The algorithm with the usual options.
    pub fn new(algorithm: &'static Algorithm) -> Self {
        Scheduler {
            algorithm,
            retention: Self::RETENTION,
            longest_interval: Self::LONGEST_INTERVAL,
            model: Model::default(),
        }
    }

    /// The memory after an answer. Days that lie before the last answer count as the same day.
    pub fn answer(&self, before: Option<&Memory>, answer: Answer) -> Memory {
        let elapsed = before.map_or(0, |memory| answer.day.since(memory.answered));
        let trace = self.model.step(before.map(|memory| memory.trace), answer.grade, elapsed);
        (self.algorithm.answer)(self, &Step { before, answer, trace })
    }

    /// The interval in days that each grade from 0 to 5 would give on `day`.
    pub fn preview(&self, before: Option<&Memory>, day: Day) -> [u32; 6] {
        Grade::ALL.map(|grade| {
            let after = self.answer(before, Answer { grade, day, drill: false });
            after.due.since(day)
        })
    }

    /// Whether a face is to be asked again on the same day after this grade.
    pub fn wants_drill(&self, grade: Grade) -> bool {
        grade < self.algorithm.drill_until
    }
}

/// Good answers in a row, and lapses, after an answer.
fn counts(step: &Step) -> (u32, u32) {
    let (repetitions, lapses) = step.before.map_or((0, 0), |memory| (memory.repetitions, memory.lapses));
    if step.answer.grade.passed() {
        (repetitions.saturating_add(1), lapses)
    } else {
        (0, lapses.saturating_add(u32::from(repetitions > 0)))
    }
}
