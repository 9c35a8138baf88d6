//! What has been learnt and what is to come: a pure function of the faces, the answers and the day.
//!
//! [`compute`] gives [`Stats`], which is printed as JSON as it stands; `text` draws it for the
//! terminal and `page` for the browser.

mod exam;
mod heat;
pub mod page;
mod retention;
pub mod text;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::review::agenda::Today;
use crate::schedule::{Day, Memory, Scheduler};
use crate::store::{DeckState, FaceState, PastAnswer, caught_up};
use crate::study;

pub use exam::{Domain, Exam};
pub use retention::{Retention, Share};

/// All that statistics are made of.
#[derive(Debug)]
pub struct Material {
    /// The study day to look from.
    pub day: Day,
    /// What that day asks.
    pub today: Today,
    /// Over how many days faces that were left undone are spread.
    pub spread: u32,
    /// Every face that may be asked.
    pub faces: Vec<FaceState>,
    /// Every answer that counts, in order.
    pub given: Vec<PastAnswer>,
    /// The decks.
    pub decks: Vec<DeckState>,
    /// The scheduler of each deck, by its name.
    pub schedulers: BTreeMap<String, Scheduler>,
    /// Days of exams that have come or gone.
    pub exams_over: Vec<Day>,
    /// A face that was forgotten so often is a leech.
    pub leech_after: u32,
}

/// Statistics.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    /// The study day, as a date.
    pub today: String,
    /// Faces by how well they are known.
    pub faces: Faces,
    /// Faces that are due and asked today.
    pub due_today: usize,
    /// How many of them are asked before their day, for the sake of an exam.
    pub early_today: usize,
    /// New faces that come today.
    pub new_today: usize,
    /// Faces that were not known today and come back.
    pub again_today: usize,
    /// Faces that are due and wait for another day: spread, or over the limits of their decks.
    pub held_back: usize,
    /// How many faces are due on each of the next 30 days, today first, what is held back spread over those after it.
    pub forecast: Vec<usize>,
    /// Faces that will be asked a day, at the intervals they have.
    pub load: f64,
    /// What was done on each day that had answers.
    pub days: Vec<Done>,
    /// Days in a row with answers.
    pub streak: Streak,
    /// How much was known when it was asked.
    pub retention: Retention,
    /// Faces by ease, in steps of ten hundredths: the lowest ease of the step, and the number.
    pub ease: Vec<(u32, usize)>,
    /// Faces by interval: up to so many days, and the number.
    pub intervals: Vec<(u32, usize)>,
    /// Faces that do not stay, the worst first.
    pub leeches: Vec<Leech>,
    /// Time spent.
    pub time: Time,
    /// Where the decks of an exam stand, the nearest exam first.
    pub exams: Vec<Exam>,
    /// What is to be said of exams that have come or gone.
    pub exams_over: Vec<String>,
}

/// Faces by how well they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Faces {
    /// All that may be asked.
    pub total: usize,
    /// The cards whose faces they are.
    pub cards: usize,
    /// Never asked.
    pub new: usize,
    /// With an interval under 21 days.
    pub young: usize,
    /// With one of 21 days or more.
    pub mature: usize,
    /// Of all of these, those that are suspended.
    pub suspended: usize,
}

/// What was done on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Done {
    /// The date.
    pub day: String,
    /// Whole days since 1970.
    pub number: i32,
    /// Answers.
    pub answers: usize,
    /// Minutes.
    pub minutes: f64,
}

/// Days in a row with answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Streak {
    /// Up to today, or to yesterday where nothing was answered yet today.
    pub current: usize,
    /// The longest.
    pub longest: usize,
}

/// A face that does not stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leech {
    /// The note's path.
    pub file: String,
    /// The line, where it could be reworded.
    pub line: u32,
    /// What is asked.
    pub front: String,
    /// How often it was forgotten.
    pub lapses: u32,
}

/// Time spent.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Time {
    /// Minutes today.
    pub today: f64,
    /// Minutes in the last 30 days.
    pub month: f64,
    /// Minutes altogether.
    pub total: f64,
    /// Seconds an answer, on average.
    pub seconds_an_answer: f64,
}

/// Days for which the load is foretold.
const AHEAD: u32 = 30;

/// The upper borders of groups of intervals, in days.
const INTERVALS: [u32; 9] = [1, 3, 7, 14, 30, 90, 180, 365, u32::MAX];

/// Computes the statistics of a day.
pub fn compute(material: &Material) -> Stats {
    let today = material.day;
    let active = || material.faces.iter().filter(|face| !face.marks.suspended);
    let memories = || active().filter_map(|face| face.memory);
    let done = done(&material.given);
    Stats {
        today: today.to_string(),
        faces: faces(&material.faces),
        due_today: material.today.due,
        early_today: material.today.early,
        new_today: material.today.new,
        again_today: material.today.again,
        held_back: material.today.held_back(),
        load: memories().map(|memory| 1.0 / f64::from(memory.interval.max(1))).fold(0.0, |sum, part| sum + part),
        forecast: forecast(memories(), material),
        streak: streak(&done, today),
        time: time(&done, &material.given, today),
        days: done,
        retention: retention::compute(material, today),
        ease: ease(material),
        intervals: intervals(material),
        leeches: leeches(material),
        exams: exam::compute(material, today),
        exams_over: material.exams_over.iter().map(|exam| study::exam_over(*exam, today)).collect(),
    }
}

/// What falls due on each day, and what is left of the days before, as it is caught up with.
fn forecast(memories: impl Iterator<Item = Memory>, material: &Material) -> Vec<usize> {
    let mut forecast = vec![0_usize; AHEAD as usize];
    for memory in memories {
        if let Some(count) = forecast.get_mut(memory.due.since(material.day) as usize) {
            *count += 1;
        }
    }
    let today = material.today;
    let mut left = forecast[0].saturating_sub(today.due - today.early);
    forecast[0] = today.due;
    for day in &mut forecast[1..] {
        let share = caught_up(left, material.spread);
        *day += share;
        left -= share;
    }
    forecast
}

fn faces(all: &[FaceState]) -> Faces {
    let cards: BTreeSet<&str> = all.iter().map(|face| face.card.as_str()).collect();
    let mut faces = Faces { total: all.len(), cards: cards.len(), ..Faces::default() };
    for face in all {
        faces.suspended += usize::from(face.marks.suspended);
        let group = match face.memory {
            None => &mut faces.new,
            Some(memory) if memory.interval < 21 => &mut faces.young,
            Some(_) => &mut faces.mature,
        };
        *group += 1;
    }
    faces
}

fn done(given: &[PastAnswer]) -> Vec<Done> {
    let mut days: BTreeMap<Day, (usize, u64)> = BTreeMap::new();
    for answer in given {
        let (answers, taken) = days.entry(answer.day).or_default();
        *answers += 1;
        *taken += u64::from(answer.taken);
    }
    let shown = |(day, (answers, taken)): (Day, (usize, u64))| Done {
        day: day.to_string(),
        number: day.0,
        answers,
        minutes: minutes(taken),
    };
    days.into_iter().map(shown).collect()
}

#[expect(clippy::cast_precision_loss, reason = "minutes need few digits")]
fn minutes(milliseconds: u64) -> f64 {
    milliseconds as f64 / 60_000.0
}

/// A count as a number that can be divided.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

fn streak(done: &[Done], today: Day) -> Streak {
    let mut streak = Streak::default();
    let (mut run, mut last) = (0, None);
    for day in done {
        run = if last == Some(day.number - 1) { run + 1 } else { 1 };
        last = Some(day.number);
        streak.longest = streak.longest.max(run);
    }
    let goes_on = last.is_some_and(|last| last >= today.0 - 1);
    streak.current = if goes_on { run } else { 0 };
    streak
}

fn time(done: &[Done], given: &[PastAnswer], today: Day) -> Time {
    // The sum of nothing is a negative zero.
    let since = |first: i32| done.iter().filter(|day| day.number >= first).map(|day| day.minutes).sum::<f64>() + 0.0;
    let total = since(i32::MIN);
    // How long it took on paper nobody knows.
    let timed = given.iter().filter(|answer| answer.taken > 0).count();
    Time {
        today: since(today.0),
        month: since(today.minus(AHEAD - 1).0),
        total,
        seconds_an_answer: if timed == 0 { 0.0 } else { total * 60.0 / real(timed) },
    }
}

fn ease(material: &Material) -> Vec<(u32, usize)> {
    let mut steps: BTreeMap<u32, usize> = BTreeMap::new();
    for memory in material.faces.iter().filter_map(|face| face.memory) {
        *steps.entry(memory.ease / 10 * 10).or_default() += 1;
    }
    steps.into_iter().collect()
}

fn intervals(material: &Material) -> Vec<(u32, usize)> {
    let mut groups = INTERVALS.map(|most| (most, 0));
    for memory in material.faces.iter().filter_map(|face| face.memory) {
        if let Some((_, count)) = groups.iter_mut().find(|(most, _)| memory.interval <= *most) {
            *count += 1;
        }
    }
    groups.into()
}

fn leeches(material: &Material) -> Vec<Leech> {
    let leech = |face: &FaceState| {
        let lapses = face.memory.map_or(0, |memory| memory.lapses);
        let leech = Leech { file: face.file.clone(), line: face.line, front: face.front.clone(), lapses };
        (lapses >= material.leech_after.max(1)).then_some(leech)
    };
    let mut leeches: Vec<Leech> = material.faces.iter().filter_map(leech).collect();
    leeches.sort_by(|a, b| b.lapses.cmp(&a.lapses).then_with(|| (&a.file, a.line).cmp(&(&b.file, b.line))));
    leeches
}
