//! How ready the learner is for an exam: domain by domain, today and on the day, with what it takes.
//!
//! A domain is a deck with a weight, with all decks below it that have none of their own; decks
//! without any weight above them share what the others leave, by their faces.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Material, real};
use crate::schedule::exam::{Candidate, Course, follow, pace};
use crate::schedule::{Day, Scheduler};
use crate::store::{DeckState, FaceState};

/// An exam.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exam {
    /// Its date.
    pub day: String,
    /// Days until then.
    pub days_left: u32,
    /// Its domains, by name.
    pub domains: Vec<Domain>,
    /// The share of the exam that would be known today.
    pub today: f64,
    /// The share that will be known on the day, if learning goes on within the daily limits.
    pub on_the_day: f64,
    /// The lower end of the 95 % interval of that.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Faces that will be asked a day until then, on average.
    pub load: f64,
    /// The most that one day will bring.
    pub heaviest: usize,
    /// Why the plan cannot be kept, in words; empty if it can.
    pub warnings: Vec<String>,
}

/// A part of an exam.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Domain {
    /// The deck.
    pub name: String,
    /// Its share of the exam; those of all domains add up to 1.
    pub weight: f64,
    /// How many questions of the exam are about it, where that is known.
    pub questions: Option<u32>,
    /// Its faces.
    pub faces: usize,
    /// Those that were never asked.
    pub new: usize,
    /// The share that would be known today.
    pub today: f64,
    /// The share that will be known on the day.
    pub on_the_day: f64,
    /// The lower end of the 95 % interval of that.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

pub(super) fn compute(material: &Material, today: Day) -> Vec<Exam> {
    let mut days: Vec<Day> = material.decks.iter().filter_map(|deck| deck.exam_day).collect();
    days.sort();
    days.dedup();
    let coming = days.into_iter().filter(|exam| *exam > today);
    coming.filter_map(|exam| of_day(material, (today, exam))).collect()
}

/// A face of the exam with its scheduler and its domain.
struct Entry<'a> {
    face: &'a FaceState,
    scheduler: &'a Scheduler,
    domain: String,
}

fn of_day(material: &Material, span: (Day, Day)) -> Option<Exam> {
    let decks: BTreeMap<&str, &DeckState> = material.decks.iter().map(|deck| (deck.name.as_str(), deck)).collect();
    let entry = |face| -> Option<Entry> {
        let face: &FaceState = face;
        let deck = decks.get(face.deck.as_str()).filter(|deck| deck.exam_day == Some(span.1))?;
        let scheduler = material.schedulers.get(&deck.name)?;
        Some(Entry { face, scheduler, domain: domain_of(&decks, &face.deck) })
    };
    let entries: Vec<Entry> = material.faces.iter().filter(|face| !face.marks.suspended).filter_map(entry).collect();
    let first = entries.first()?;
    let limits = limits(&decks, &first.face.deck);
    let courses = courses(&entries, limits.0, span);
    let error = model_error(material);
    let domains = domains(&entries, &courses, &decks, (span.0, error));
    let weighted = |of: fn(&Domain) -> f64| domains.iter().map(|domain| domain.weight * of(domain)).sum::<f64>();
    let (today, on_the_day) = (weighted(|domain| domain.today), weighted(|domain| domain.on_the_day));
    let chance = domains.iter().map(|domain| (domain.weight * (domain.high - domain.low) / 3.92).powi(2)).sum::<f64>();
    let half = 1.96 * chance.sqrt();
    let mut load: BTreeMap<Day, usize> = BTreeMap::new();
    courses.iter().flat_map(|course| &course.asked).for_each(|day| *load.entry(*day).or_default() += 1);
    let left = span.1.since(span.0);
    let new = entries.iter().filter(|entry| entry.face.memory.is_none()).count();
    let mut exam = Exam {
        day: span.1.to_string(),
        days_left: left,
        domains,
        today,
        on_the_day,
        low: (on_the_day - half).max(0.0),
        high: (on_the_day + half).min(1.0),
        load: real(load.values().sum()) / f64::from(left.max(1)),
        heaviest: load.values().copied().max().unwrap_or(0),
        warnings: Vec::new(),
    };
    exam.warnings = warnings(&exam, limits, pace(new, span), first.scheduler);
    Some(exam)
}

/// The nearest deck from this one upwards that has a weight; else the deck itself.
fn domain_of(decks: &BTreeMap<&str, &DeckState>, deck: &str) -> String {
    let levels = deck.rmatch_indices("::").map(|(at, _)| &deck[..at]);
    let weighty = |level: &&str| decks.get(level).is_some_and(|deck| deck.exam_weight.is_some());
    std::iter::once(deck).chain(levels).find(weighty).unwrap_or(deck).to_owned()
}

/// New faces and others a day, by the tightest of the limits that hold for a deck.
fn limits(decks: &BTreeMap<&str, &DeckState>, deck: &str) -> (Option<u32>, Option<u32>) {
    let levels = deck.match_indices("::").map(|(at, _)| &deck[..at]).chain([deck]);
    let states: Vec<&&DeckState> = levels.filter_map(|level| decks.get(level)).collect();
    let least = |of: fn(&DeckState) -> Option<u32>| states.iter().filter_map(|deck| of(deck)).min();
    // A deck below the top limits itself alone; what counts for the whole exam is said at the top.
    let top = |of: fn(&DeckState) -> Option<u32>| states.first().and_then(|deck| of(deck)).or_else(|| least(of));
    (top(|deck| deck.new_per_day), top(|deck| deck.reviews_per_day))
}

/// How each face will fare. New faces come in by the daily limit, in the order of the notes.
fn courses(entries: &[Entry], new_per_day: Option<u32>, span: (Day, Day)) -> Vec<Course> {
    let per_day = usize::try_from(new_per_day.unwrap_or(u32::MAX)).unwrap_or(usize::MAX);
    let mut introduced = 0;
    let mut first = || {
        introduced += 1;
        let day = (introduced - 1_usize).checked_div(per_day)?;
        u32::try_from(day).ok().map(|day| span.0.plus(day))
    };
    let course = |entry: &Entry| {
        let memory = entry.face.memory;
        let first = if memory.is_none() { first() } else { None };
        let candidate = Candidate { number: entry.face.id.0.unsigned_abs(), memory, first };
        follow(entry.scheduler, &candidate, span)
    };
    entries.iter().map(course).collect()
}

/// How far the model may be off on average: the standard error of what it foretold of past answers.
fn model_error(material: &Material) -> f64 {
    let told = material.given.iter().filter(|answer| super::retention::tells(answer)).count();
    // Half is the most that the spread of one answer can be.
    0.5 / real(told.max(1)).sqrt()
}

fn domains(
    entries: &[Entry],
    courses: &[Course],
    decks: &BTreeMap<&str, &DeckState>,
    (today, error): (Day, f64),
) -> Vec<Domain> {
    let mut grouped: BTreeMap<&str, Vec<(&Entry, &Course)>> = BTreeMap::new();
    for pair in entries.iter().zip(courses) {
        grouped.entry(&pair.0.domain).or_default().push(pair);
    }
    let said = |name: &str| decks.get(name).and_then(|deck| deck.exam_weight);
    let given: f64 = grouped.keys().filter_map(|name| said(name)).sum();
    let unsaid: usize = grouped.iter().filter(|(name, _)| said(name).is_none()).map(|(_, group)| group.len()).sum();
    // Weights are shares of 1 or of 100; decks without one have what is left.
    let rest = match unsaid {
        0 => 0.0,
        _ if given < 1.0 => 1.0 - given,
        _ => (100.0 - given).max(0.0),
    };
    let total = (given + rest).max(f64::MIN_POSITIVE);
    let one = |(name, group): (&str, Vec<(&Entry, &Course)>)| {
        let weight = said(name).unwrap_or_else(|| rest * real(group.len()) / real(unsaid.max(1)));
        let questions = decks.get(name).and_then(|deck| deck.exam_questions);
        domain(name, weight / total, &group, (questions, today, error))
    };
    grouped.into_iter().map(one).collect()
}

fn domain(
    name: &str,
    weight: f64,
    group: &[(&Entry, &Course)],
    (questions, today, error): (Option<u32>, Day, f64),
) -> Domain {
    let now = |entry: &Entry| {
        entry.face.memory.map_or(0.0, |memory| f64::from(entry.scheduler.model.recall_on(&memory, today)))
    };
    let faces = real(group.len().max(1));
    let then = group.iter().map(|(_, course)| f64::from(course.recall)).sum::<f64>() / faces;
    let spread: f64 = group.iter().map(|(_, course)| f64::from(course.recall * (1.0 - course.recall))).sum();
    let sampled = questions.map_or(0.0, |questions| then * (1.0 - then) / f64::from(questions));
    let half = 1.96 * (spread / (faces * faces) + error * error + sampled).sqrt();
    Domain {
        name: name.to_owned(),
        weight,
        questions,
        faces: group.len(),
        new: group.iter().filter(|(entry, _)| entry.face.memory.is_none()).count(),
        today: group.iter().map(|(entry, _)| now(entry)).sum::<f64>() / faces,
        on_the_day: then,
        low: (then - half).max(0.0),
        high: (then + half).min(1.0),
    }
}

fn warnings(exam: &Exam, limits: (Option<u32>, Option<u32>), pace: usize, scheduler: &Scheduler) -> Vec<String> {
    let mut out = Vec::new();
    let fits = |limit: Option<u32>, wanted: usize| limit.is_none_or(|limit| wanted <= limit as usize);
    if !fits(limits.0, pace) {
        let limit = limits.0.unwrap_or_default();
        out.push(format!(
            "{limit} new cards a day are too few to see all in time; it takes {pace}: `new_per_day = {pace}`"
        ));
    }
    if limits.1.is_some_and(|limit| exam.load > f64::from(limit)) {
        let (limit, load) = (limits.1.unwrap_or_default(), exam.load);
        out.push(format!("{limit} reviews a day are too few; until the exam it takes {load:.0} a day"));
    }
    if exam.on_the_day < f64::from(scheduler.retention) - 0.05 {
        out.push(format!(
            "{:.0} % will be known on the day, short of the {:.0} % that are wanted",
            exam.on_the_day * 100.0,
            scheduler.retention * 100.0
        ));
    }
    out
}
