//! The schedulers against vectors that were computed elsewhere, and against what must hold of every history.

use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use recto::schedule::{Algorithm, Answer, Calendar, Day, Grade, Memory, Scheduler, algorithm, sm2};
use serde_json::Value;
use std::fs;

/// One test for each vector, and those of what always holds.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("schedule: SM-2 gives the published intervals, to the last digit", sm2_vectors),
        Trial::test("schedule: instants belong to the study days that they should", day_vectors),
    ];
    trials.extend(PROPERTIES.iter().map(|(name, check)| Trial::test(format!("schedule: {name}"), check)));
    trials
}

/// A test of what always holds.
type Check = fn() -> Outcome;

const PROPERTIES: &[(&str, Check)] = &[
    ("intervals stay within bounds whatever is answered, and a drill moves no date of SM-2", bounds_hold),
    ("a good answer before its day never shortens an interval", early_answers_lose_nothing),
    ("previews are what the answers then give", previews_come_true),
    ("every study day follows the last at its hour, in every zone, through leap days and clock changes", days_follow),
];

fn json(name: &str) -> Result<Value, Failed> {
    Ok(serde_json::from_str(&fs::read_to_string(support::root().join("tests/schedule").join(name))?)?)
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or(i64::MIN)
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn grade(value: &Value) -> Result<Grade, Failed> {
    u8::try_from(number(value)).ok().and_then(Grade::new).ok_or_else(|| format!("no grade: {value}").into())
}

fn day(text: &str) -> Result<Day, Failed> {
    Day::parse(text).ok_or_else(|| format!("no day: {text}").into())
}

/// A scheduler without a longest interval, as the vectors have none.
fn boundless(algorithm: &'static Algorithm) -> Scheduler {
    Scheduler { longest_interval: u32::MAX, ..Scheduler::new(algorithm) }
}

fn sm2_vectors() -> Outcome {
    let vectors = json("sm2-golden.json")?;
    let start = day(text(&vectors, "start"))?;
    ensure(list(&vectors["vectors"]).len() == 22, || "not 22 vectors".to_owned())?;
    for vector in list(&vectors["vectors"]) {
        for (profile, field) in [(&sm2::TEXT, "text"), (&sm2::CODE, "delphi")] {
            follow(&boundless(algorithm(profile.name).unwrap_or(&sm2::TEXT)), vector, field, start)?;
        }
    }
    Ok(())
}

/// Answers on each due day, and compares every step.
fn follow(scheduler: &Scheduler, vector: &Value, field: &str, start: Day) -> Outcome {
    let (grades, steps) = (list(&vector["grades"]), list(&vector[field]));
    ensure(grades.len() == steps.len() && !steps.is_empty(), || format!("{}: steps are missing", vector["name"]))?;
    let mut memory: Option<Memory> = None;
    for (given, expected) in grades.iter().zip(steps) {
        let today = memory.map_or(start, |memory| memory.due);
        let after = scheduler.answer(memory.as_ref(), Answer { grade: grade(given)?, day: today, drill: false });
        let got = (after.interval.into(), after.ease.into(), after.repetitions.into(), after.due.to_string());
        let due = text(expected, "due").to_owned();
        let wanted = (number(&expected["interval"]), number(&expected["ef100"]), number(&expected["n"]), due);
        ensure(got == wanted, || format!("{} as {field}: expected {wanted:?}, got {got:?}", vector["name"]))?;
        memory = Some(after);
    }
    Ok(())
}

fn day_vectors() -> Outcome {
    let vectors = json("day-golden.json")?;
    ensure(list(&vectors).len() == 21, || "not 21 vectors".to_owned())?;
    for vector in list(&vectors) {
        let instant: jiff::Timestamp = text(vector, "utc").parse()?;
        let zone = jiff::tz::TimeZone::get(text(vector, "zone"))?;
        let calendar = Calendar { zone, starts: i8::try_from(number(&vector["rollover"]))? };
        let moment = calendar.moment(instant.as_millisecond());
        let local = &text(vector, "local")[19..];
        let offset = if local == "Z" { 0 } else { minutes(local)? };
        let wanted = (text(vector, "study_day").to_owned(), offset);
        let got = (moment.day.to_string(), moment.utc_offset);
        ensure(got == wanted, || format!("{}: expected {wanted:?}, got {got:?}", vector["note"]))?;
    }
    Ok(())
}

/// `+05:30` as minutes.
fn minutes(offset: &str) -> Result<i32, Failed> {
    let (hours, minutes) = offset[1..].split_once(':').ok_or("no offset")?;
    let total = hours.parse::<i32>()? * 60 + minutes.parse::<i32>()?;
    Ok(if offset.starts_with('-') { -total } else { total })
}

/// Numbers that look like chance and are the same at each run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `limit`.
    pub(crate) fn roll(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let high = u32::try_from(self.0 >> 33).unwrap_or(0);
        high % limit.max(1)
    }

    /// A grade from 0 to 5.
    pub(crate) fn grade(&mut self) -> Grade {
        Grade::ALL[self.roll(6) as usize]
    }
}

fn each_scheduler() -> impl Iterator<Item = Scheduler> {
    recto::schedule::ALGORITHMS.iter().map(Scheduler::new)
}

fn bounds_hold() -> Outcome {
    let mut dice = Dice(1);
    for scheduler in each_scheduler() {
        for _ in 0..2000 {
            let mut memory: Option<Memory> = None;
            let mut today = Day(20_000);
            for _ in 0..12 {
                // A clock may be set back, so days may, too.
                today = if dice.roll(10) == 0 { today.minus(dice.roll(400)) } else { today.plus(dice.roll(60)) };
                let drill = memory.is_some() && dice.roll(4) == 0;
                let answer = Answer { grade: dice.grade(), day: today, drill };
                let after = scheduler.answer(memory.as_ref(), answer);
                check_bounds(&scheduler, memory.as_ref(), answer, &after)?;
                memory = Some(after);
            }
        }
    }
    Ok(())
}

fn check_bounds(scheduler: &Scheduler, before: Option<&Memory>, answer: Answer, after: &Memory) -> Outcome {
    let sound = after.ease >= sm2::LEAST_EASE
        && (1..=scheduler.longest_interval).contains(&after.interval)
        && after.due == after.answered.plus(after.interval)
        && after.trace.stability > 0.0
        && (1.0..=10.0).contains(&after.trace.difficulty)
        && before.is_none_or(|before| after.lapses >= before.lapses);
    let still = before.is_some_and(|before| Memory { trace: after.trace, ..*before } == *after);
    let drill = !answer.drill || scheduler.algorithm.name == "fsrs" || still;
    ensure(sound && drill, || format!("{}: {before:?} + {answer:?} = {after:?}", scheduler.algorithm.name))
}

fn early_answers_lose_nothing() -> Outcome {
    let mut dice = Dice(2);
    for profile in [&sm2::TEXT, &sm2::CODE].map(|profile| algorithm(profile.name).unwrap_or(&sm2::TEXT)) {
        let scheduler = Scheduler::new(profile);
        for _ in 0..2000 {
            let mut memory = scheduler.answer(None, Answer { grade: dice.grade(), day: Day(0), drill: false });
            for _ in 0..8 {
                let early = dice.roll(memory.interval + 1);
                let answer =
                    Answer { grade: Grade::ALL[3 + dice.roll(3) as usize], day: memory.due.minus(early), drill: false };
                let after = scheduler.answer(Some(&memory), answer);
                let kept = after.interval >= memory.interval && after.due >= memory.due.min(answer.day.plus(1));
                ensure(kept, || format!("{memory:?} + {answer:?} = {after:?}"))?;
                memory = after;
            }
        }
    }
    Ok(())
}

fn previews_come_true() -> Outcome {
    let mut dice = Dice(3);
    for scheduler in each_scheduler() {
        let mut memory = None;
        let mut today = Day(20_000);
        for _ in 0..500 {
            let preview = scheduler.preview(memory.as_ref(), today);
            let grade = dice.grade();
            let after = scheduler.answer(memory.as_ref(), Answer { grade, day: today, drill: false });
            let shown = preview[usize::from(grade.number())];
            ensure(after.due.since(today) == shown, || format!("{shown} was promised: {after:?}"))?;
            (memory, today) = (Some(after).filter(|_| dice.roll(20) > 0), today.plus(dice.roll(30)));
        }
    }
    Ok(())
}

/// Walks each zone in steps of half an hour, over years with leap days and clock changes.
fn days_follow() -> Outcome {
    let zones =
        ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns"];
    let first = "2023-12-20T00:00:00Z".parse::<jiff::Timestamp>()?.as_millisecond();
    for (zone, starts) in zones.iter().flat_map(|zone| [0, 2, 4, 23].map(|starts| (zone, starts))) {
        let calendar = Calendar { zone: jiff::tz::TimeZone::get(zone)?, starts };
        let mut last = calendar.moment(first);
        for step in 1..(440 * 48) {
            let moment = calendar.moment(first + step * 1_800_000);
            let gone = moment.day.0 - last.day.0;
            ensure((0..=1).contains(&gone), || format!("{zone} from {starts}: {last:?}, then {moment:?}"))?;
            last = moment;
        }
        let days = last.day.since(calendar.moment(first).day);
        ensure((439..=440).contains(&days), || format!("{zone}: {days} days in 440"))?;
    }
    let leap = day("2024-02-28")?;
    ensure(leap.plus(1).to_string() == "2024-02-29" && leap.plus(2).to_string() == "2024-03-01", || {
        "leap day".to_owned()
    })
}
