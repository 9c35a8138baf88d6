//! SM-2, as published by P. A. Wozniak, in exact integers: once as his text has it, once as
//! SuperMemo's published code has it, for the two disagree.
//!
//! Both take the interval from the ease before the answer, and neither looks at lateness. Neither
//! says anything of answers before the due day: a good one never shortens the interval, and only
//! the days that have really passed are multiplied.

use super::{Algorithm, Grade, Memory, Scheduler, Step, counts};

/// The text: fractions of a day are rounded up, and a lapse leaves the ease as it is.
pub const TEXT: Algorithm = Algorithm {
    name: "sm2",
    summary: "SM-2 as its author's text has it",
    drill_until: Grade::GOOD,
    answer: |scheduler, step| answer(scheduler, step, &Profile { round: ceil, moves_ease_on_lapse: false }),
};

/// The code: halves are rounded to even, and every answer moves the ease.
pub const CODE: Algorithm = Algorithm {
    name: "sm2-code",
    summary: "SM-2 as SuperMemo's published code has it",
    drill_until: Grade::GOOD,
    answer: |scheduler, step| answer(scheduler, step, &Profile { round: half_even, moves_ease_on_lapse: true }),
};

/// The ease of a face that was never answered.
pub const FIRST_EASE: u32 = 250;

/// No ease is less.
pub const LEAST_EASE: u32 = 130;

/// Where the two differ.
struct Profile {
    /// Hundredths of days to days.
    round: fn(u64) -> u64,
    moves_ease_on_lapse: bool,
}

fn answer(scheduler: &Scheduler, step: &Step, profile: &Profile) -> Memory {
    let (grade, day) = (step.answer.grade, step.answer.day);
    if let Some(same) = unmoved(step) {
        return Memory { trace: step.trace, ..*same };
    }
    let ease_before = step.before.map_or(FIRST_EASE, |memory| memory.ease);
    let moves = grade.passed() || profile.moves_ease_on_lapse;
    let (repetitions, lapses) = counts(step);
    let interval = if grade.passed() { grown(step, profile, ease_before) } else { 1 };
    let interval = interval.clamp(1, scheduler.longest_interval.max(1));
    Memory {
        ease: if moves { moved(ease_before, grade) } else { ease_before },
        interval,
        repetitions,
        lapses,
        answered: day,
        due: day.plus(interval),
        trace: step.trace,
    }
}

/// The memory that an answer leaves where it is: drills, and good answers twice on one day.
fn unmoved<'a>(step: &Step<'a>) -> Option<&'a Memory> {
    let before = step.before?;
    let again = step.answer.grade.passed() && step.answer.day <= before.answered && before.repetitions > 0;
    (step.answer.drill || again).then_some(before)
}

/// The interval after a pass.
fn grown(step: &Step, profile: &Profile, ease: u32) -> u32 {
    let Some(before) = step.before.filter(|memory| memory.repetitions > 0) else { return 1 };
    let early = step.answer.day < before.due;
    if before.repetitions == 1 {
        return if early { before.interval } else { 6 };
    }
    let passed = if early { step.answer.day.since(before.answered) } else { before.interval };
    let grown = (profile.round)(u64::from(passed) * u64::from(ease));
    let grown = u32::try_from(grown).unwrap_or(u32::MAX);
    if early { grown.max(before.interval) } else { grown }
}

/// EF' = EF + (0.1 − (5−q)·(0.08 + (5−q)·0.02)), in hundredths.
fn moved(ease: u32, grade: Grade) -> u32 {
    const STEPS: [i32; 6] = [-80, -54, -32, -14, 0, 10];
    ease.saturating_add_signed(STEPS[usize::from(grade.number())]).max(LEAST_EASE)
}

fn ceil(hundredths: u64) -> u64 {
    hundredths.div_ceil(100)
}

fn half_even(hundredths: u64) -> u64 {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    whole + u64::from(rest > 50 || (rest == 50 && whole % 2 == 1))
}
