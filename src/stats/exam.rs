//! How ready the learner is for an exam: domain by domain, today and on the day, with what it takes.
//!
//! A domain is a deck with a weight, with all decks below it that have none of their own; decks
//! without any weight above them share what the others leave, by their faces.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use super::{Material, real};
use crate::card::levels;
use crate::schedule::exam::{self, Candidate, Course, Waiting, follow, pace};
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
        let domain = exam::domain_of(&face.deck, |level| weight(&decks, level)).to_owned();
        Some(Entry { face, scheduler, domain })
    };
    let entries: Vec<Entry> = material.faces.iter().filter(|face| !face.marks.suspended).filter_map(entry).collect();
    let first = entries.first()?;
    let limits = limits(&decks, &first.face.deck);
    let firsts = first_days(material, first, limits.0, span);
    let courses = courses(&entries, &decks, &firsts.1, span);
    let error = model_error(material);
    let domains = domains(&entries, &courses, &decks, (span.0, error));
    let weighted = |of: fn(&Domain) -> f64| domains.iter().map(|domain| domain.weight * of(domain)).sum::<f64>();
    let (today, on_the_day) = (weighted(|domain| domain.today), weighted(|domain| domain.on_the_day));
    let chance = domains.iter().map(|domain| (domain.weight * (domain.high - domain.low) / 3.92).powi(2)).sum::<f64>();
    let half = 1.96 * chance.sqrt();
    let mut load: BTreeMap<Day, usize> = BTreeMap::new();
    courses.iter().flat_map(|course| &course.asked).for_each(|day| *load.entry(*day).or_default() += 1);
    let left = span.1.since(span.0);
    let mut plan = Exam {
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
    plan.warnings = warnings(&plan, limits, pace(firsts.0, span), first.scheduler);
    Some(plan)
}

/// New faces and others a day that the decks' limits let come.
fn limits(decks: &BTreeMap<&str, &DeckState>, deck: &str) -> (Option<u32>, Option<u32>) {
    let of = |read: fn(&DeckState) -> Option<u32>| exam::limit(deck, |level| decks.get(level).and_then(|d| read(d)));
    (of(|deck| deck.new_per_day), of(|deck| deck.reviews_per_day))
}

/// How many new faces come before an exam, those of nearer exams among them, and the days on which its own come. They
/// share the limit of the deck at the top with all that is below it.
fn first_days(material: &Material, first: &Entry, per_day: Option<u32>, span: (Day, Day)) -> (usize, Vec<Day>) {
    let top = levels(&first.face.deck).next();
    let exams: BTreeMap<&str, Option<Day>> =
        material.decks.iter().map(|deck| (deck.name.as_str(), deck.exam_day.filter(|exam| *exam > span.0))).collect();
    let mut waiting: BTreeMap<Option<Day>, usize> = BTreeMap::from([(Some(span.1), 0)]);
    let new = material.faces.iter().filter(|face| face.memory.is_none() && !face.marks.suspended);
    for face in new.filter(|face| levels(&face.deck).next() == top) {
        *waiting.entry(exams.get(face.deck.as_str()).copied().flatten()).or_default() += 1;
    }
    let groups: Vec<Waiting> = waiting.into_iter().map(|(exam, new)| Waiting { exam, new, done: 0 }).collect();
    let own = groups.iter().position(|group| group.exam == Some(span.1)).unwrap_or(0);
    let until =
        groups.iter().filter(|group| group.exam.is_some_and(|exam| exam <= span.1)).map(|group| group.new).sum();
    let per_day = per_day.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    (until, exam::first_days(&groups, own, per_day, span))
}

/// How each face will fare. New faces come in on `firsts`, domain by domain in turn by their shares.
fn courses(entries: &[Entry], decks: &BTreeMap<&str, &DeckState>, firsts: &[Day], span: (Day, Day)) -> Vec<Course> {
    let first = |rank: &usize| firsts.get(*rank).copied();
    let ranks = ranks(entries, decks);
    let course = |(at, entry): (usize, &Entry)| {
        let (memory, first) = (entry.face.memory, ranks.get(&at).and_then(first));
        let candidate = Candidate { number: entry.face.id.0.unsigned_abs(), memory, first };
        follow(entry.scheduler, &candidate, span)
    };
    entries.iter().enumerate().map(course).collect()
}

/// The place of each new face in the row in which they will be met: without weights that of the notes.
fn ranks(entries: &[Entry], decks: &BTreeMap<&str, &DeckState>) -> BTreeMap<usize, usize> {
    let weighed = entries.iter().any(|entry| weight(decks, &entry.domain).is_some());
    let mut piles: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.face.memory.is_none()) {
        piles.entry(if weighed { &entry.domain } else { "" }).or_default().push_back(at);
    }
    let sizes: Vec<usize> = piles.values().map(VecDeque::len).collect();
    let weighed: Vec<_> = piles.keys().map(|name| weight(decks, name)).zip(sizes.iter().copied()).collect();
    let dealt = vec![0; piles.len()];
    let mut piles: Vec<VecDeque<usize>> = piles.into_values().collect();
    let order = exam::Deal::new(exam::shares(&weighed), sizes, dealt).filter_map(|pile| piles[pile].pop_front());
    order.enumerate().map(|(rank, at)| (at, rank)).collect()
}

fn weight(decks: &BTreeMap<&str, &DeckState>, deck: &str) -> Option<f64> {
    decks.get(deck).and_then(|deck| deck.exam_weight)
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
    let weighed: Vec<_> = grouped.iter().map(|(name, group)| (weight(decks, name), group.len())).collect();
    let mut domains = Vec::new();
    for ((name, group), share) in grouped.iter().zip(exam::shares(&weighed)) {
        let questions = decks.get(name).and_then(|deck| deck.exam_questions);
        domains.push(domain(name, share, group, (questions, today, error)));
    }
    domains
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
            "{limit} new cards a day are too few to see all in time; it takes {pace}: `new_per_day = {pace}`, then `recto build`"
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
