//! Learning for a day: which faces are asked before they are due so that they are known on the day of
//! the exam, and how it will go if learning goes on as it does.

use super::{Answer, Day, Grade, Memory, Scheduler};

/// Days before the exam in which what would have been forgotten by then is brought up.
pub const WINDOW: u32 = 14;

/// No new face is planned for the last days, since it would be asked too seldom to stay.
pub const QUIET: u32 = 7;

/// Whether a face that is not due is asked today for the sake of the exam: it would not be known well
/// enough on the day, and this is its day among those that are left. `number` spreads faces over days.
pub fn wanted(scheduler: &Scheduler, memory: &Memory, number: u64, (today, exam): (Day, Day)) -> bool {
    let left = exam.since(today);
    if today >= exam || left > WINDOW || memory.answered >= today || memory.due <= today {
        return false;
    }
    // Faces that are asked in time anyway need no further turn.
    let asked_anyway = memory.due < exam && exam.since(memory.due) <= WINDOW / 2;
    let weak = scheduler.model.recall_on(memory, exam) < scheduler.retention;
    weak && !asked_anyway && number.is_multiple_of(u64::from(left))
}

/// New faces a day that it takes to see all of them before the quiet days.
pub fn pace(new: usize, (today, exam): (Day, Day)) -> usize {
    let left = exam.since(today);
    let quiet = QUIET.min(left / 4);
    new.div_ceil(usize::try_from(left - quiet).unwrap_or(1).max(1))
}

/// What is known of a face on its way to the exam.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// A number of its own, from which its chances follow.
    pub number: u64,
    /// What the scheduler knows; none of a new face.
    pub memory: Option<Memory>,
    /// The day on which a new face is first asked; none if never before the exam.
    pub first: Option<Day>,
}

/// How a face will fare.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The chance that it is known on the day of the exam.
    pub recall: f32,
    /// The days on which it will be asked.
    pub asked: Vec<Day>,
}

/// Follows a face to the exam: asked when it is due, known or not as the model has it.
pub fn follow(scheduler: &Scheduler, candidate: &Candidate, (today, exam): (Day, Day)) -> Course {
    /// More answers than anybody gives to one face.
    const MOST: usize = 200;
    let mut course = Course { recall: 0.0, asked: Vec::new() };
    let mut memory = candidate.memory;
    let mut chance = candidate.number ^ 0x9e37_79b9_7f4a_7c15;
    while course.asked.len() < MOST {
        let next = memory.map_or(candidate.first, |memory| Some(brought_forward(scheduler, &memory, candidate, exam)));
        let Some(day) = next.map(|day| day.max(today)).filter(|day| *day < exam) else { break };
        let day = course.asked.last().map_or(day, |last| day.max(last.plus(1)));
        if day >= exam {
            break;
        }
        let recall = memory.map_or(0.0, |memory| scheduler.model.recall_on(&memory, day));
        let first_time = memory.is_none();
        let grade = if first_time || draw(&mut chance) < recall { Grade::GOOD } else { Grade::AGAIN };
        memory = Some(scheduler.answer(memory.as_ref(), Answer { grade, day, drill: false }));
        course.asked.push(day);
    }
    course.recall = memory.map_or(0.0, |memory| scheduler.model.recall_on(&memory, exam));
    course
}

/// The day on which a face is asked next, which may be earlier than due when the exam is near.
fn brought_forward(scheduler: &Scheduler, memory: &Memory, candidate: &Candidate, exam: Day) -> Day {
    let from = exam.minus(WINDOW).max(memory.answered.plus(1));
    let early = (0..exam.since(from)).map(|days| from.plus(days));
    let mut early = early.take_while(|day| *day < memory.due);
    early.find(|day| wanted(scheduler, memory, candidate.number, (*day, exam))).unwrap_or(memory.due)
}

/// A number from 0 to 1 that looks like chance.
fn draw(state: &mut u64) -> f32 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    f32::from(u16::try_from(*state >> 48).unwrap_or(0)) / 65_536.0
}
