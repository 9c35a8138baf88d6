//! How decks are learnt: what `recto.toml` and front matter say of it, and what that means for each deck.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::card::{Card, levels};
use crate::config::near;
use crate::schedule::{ALGORITHMS, Algorithm, Calendar, Day, Scheduler, algorithm, exam};

/// New faces a day, where nothing else is said.
pub const NEW_PER_DAY: u32 = 20;

/// What is said of how one deck is learnt; what is open is none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Study {
    /// How it is scheduled.
    pub scheduler: Option<&'static Algorithm>,
    /// The share of faces that FSRS means to be known when they are due.
    pub retention: Option<f32>,
    /// No interval is longer, in days.
    pub longest_interval: Option<u32>,
    /// New faces a day, of the deck and those below it.
    pub new_per_day: Option<u32>,
    /// Other faces a day, likewise.
    pub reviews_per_day: Option<u32>,
    /// The day of the exam.
    pub exam_day: Option<Day>,
    /// Its share of the exam: of 1, or of 100 where a deck of the same exam has more than 1.
    pub exam_weight: Option<f32>,
    /// How many questions of the exam are about it.
    pub exam_questions: Option<u32>,
}

/// A deck, and how it is learnt.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeckPlan {
    /// Its name, levels joined by `::`.
    pub name: String,
    /// How it is learnt.
    pub study: Study,
}

/// How the learner's days go, for all decks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routine {
    /// The hour at which a study day begins.
    pub day_starts: i8,
}

impl Default for Routine {
    fn default() -> Self {
        Routine { day_starts: Calendar::STARTS }
    }
}

/// A value as it may be typed.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Typed {
    Integer(i64),
    Number(f64),
    Date(toml::value::Datetime),
    Words(String),
    Other(IgnoredAny),
}

/// The fields of a study as they may be typed, in front matter and in `recto.toml` alike.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(crate) struct Fields {
    pub(crate) scheduler: Option<Typed>,
    pub(crate) retention: Option<Typed>,
    #[serde(alias = "longest-interval")]
    pub(crate) longest_interval: Option<Typed>,
    #[serde(alias = "new-per-day")]
    pub(crate) new_per_day: Option<Typed>,
    #[serde(alias = "reviews-per-day")]
    pub(crate) reviews_per_day: Option<Typed>,
    #[serde(alias = "exam-date")]
    pub(crate) exam_date: Option<Typed>,
    #[serde(alias = "exam-weight")]
    pub(crate) exam_weight: Option<Typed>,
    #[serde(alias = "exam-questions")]
    pub(crate) exam_questions: Option<Typed>,
}

/// A value that cannot be meant, and what it could be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unfit {
    /// The key.
    pub(crate) key: &'static str,
    /// What it may hold.
    pub(crate) expected: String,
}

impl Fields {
    /// What the fields mean, and which mean nothing.
    pub(crate) fn meaning(&self) -> (Study, Vec<Unfit>) {
        let mut reader = Reader::default();
        let schedulers: Vec<&str> = ALGORITHMS.iter().map(|algorithm| algorithm.name).collect();
        let count = |least: u32| move |typed: &Typed| integer(typed).filter(|count| *count >= least);
        let share = |typed: &Typed| portion(typed).filter(|share| (0.5..=0.99).contains(share));
        let weight = |typed: &Typed| portion(typed).filter(|weight| *weight > 0.0 && weight.is_finite());
        let (days, whole, some) =
            ("a number of days, 1 or more", "a whole number, 0 or more", "a whole number, 1 or more");
        let study = Study {
            scheduler: reader.read("scheduler", self.scheduler.as_ref(), (named, &schedulers.join(", "))),
            retention: reader.read("retention", self.retention.as_ref(), (share, "a number from 0.5 to 0.99")),
            longest_interval: reader.read("longest_interval", self.longest_interval.as_ref(), (count(1), days)),
            new_per_day: reader.read("new_per_day", self.new_per_day.as_ref(), (count(0), whole)),
            reviews_per_day: reader.read("reviews_per_day", self.reviews_per_day.as_ref(), (count(0), whole)),
            exam_day: reader.read("exam_date", self.exam_date.as_ref(), (date, "a date as 2026-06-30")),
            exam_weight: reader.read("exam_weight", self.exam_weight.as_ref(), (weight, "a share as 0.2 or 20 %")),
            exam_questions: reader.read("exam_questions", self.exam_questions.as_ref(), (count(1), some)),
        };
        (study, reader.unfit)
    }
}

/// Reads values and remembers which were unfit.
#[derive(Default)]
struct Reader {
    unfit: Vec<Unfit>,
}

impl Reader {
    /// Reads the value of a key; the second part of `meaning` says in words what it may be.
    fn read<T>(
        &mut self,
        key: &'static str,
        typed: Option<&Typed>,
        (meaning, expected): (impl Fn(&Typed) -> Option<T>, &str),
    ) -> Option<T> {
        let value = meaning(typed?);
        if value.is_none() {
            self.unfit.push(Unfit { key, expected: expected.to_owned() });
        }
        value
    }
}

fn named(typed: &Typed) -> Option<&'static Algorithm> {
    let Typed::Words(name) = typed else { return None };
    algorithm(&name.trim().to_lowercase())
}

fn integer(typed: &Typed) -> Option<u32> {
    match typed {
        Typed::Integer(number) => u32::try_from(*number).ok(),
        Typed::Words(words) => words.trim().parse().ok(),
        _ => None,
    }
}

fn date(typed: &Typed) -> Option<Day> {
    match typed {
        Typed::Date(date) => Day::parse(&date.date?.to_string()),
        Typed::Words(words) => Day::parse(words),
        _ => None,
    }
}

/// A number, or one in percent.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "shares need few digits")]
fn portion(typed: &Typed) -> Option<f32> {
    match typed {
        Typed::Integer(number) => Some(*number as f32),
        Typed::Number(number) => Some(*number as f32),
        Typed::Words(words) => match words.trim().strip_suffix('%') {
            Some(percent) => percent.trim().parse::<f32>().ok().map(|percent| percent / 100.0),
            None => words.trim().parse().ok(),
        },
        _ => None,
    }
}

impl Study {
    /// This, and where it says nothing, what the other says.
    #[must_use]
    pub fn or(&self, other: &Study) -> Study {
        Study {
            scheduler: self.scheduler.or(other.scheduler),
            retention: self.retention.or(other.retention),
            longest_interval: self.longest_interval.or(other.longest_interval),
            new_per_day: self.new_per_day.or(other.new_per_day),
            reviews_per_day: self.reviews_per_day.or(other.reviews_per_day),
            exam_day: self.exam_day.or(other.exam_day),
            exam_weight: self.exam_weight.or(other.exam_weight),
            exam_questions: self.exam_questions.or(other.exam_questions),
        }
    }

    /// What decks below take over: not what counts for them and this one together.
    fn inherited(&self) -> Study {
        Study { new_per_day: None, reviews_per_day: None, exam_weight: None, exam_questions: None, ..self.clone() }
    }

    /// The name of the algorithm.
    pub fn scheduler_name(&self) -> &'static str {
        self.scheduler.map_or(ALGORITHMS[0].name, |algorithm| algorithm.name)
    }

    /// The retention that is wanted.
    pub fn wanted_retention(&self) -> f32 {
        self.retention.unwrap_or(Scheduler::RETENTION)
    }

    /// The longest interval.
    pub fn interval_limit(&self) -> u32 {
        self.longest_interval.unwrap_or(Scheduler::LONGEST_INTERVAL)
    }
}

/// What settings say of decks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Studies {
    /// Of all decks.
    pub all: Study,
    /// Of single decks and those below them, by name; the root deck may be left out of a name.
    pub decks: BTreeMap<String, Study>,
    /// Line and column of what is said of each of these.
    pub places: BTreeMap<String, (usize, usize)>,
}

impl Studies {
    /// What the settings say of the deck itself.
    fn own(&self, deck: &str, root: &str) -> Option<&Study> {
        let below_root = deck.strip_prefix(root).and_then(|rest| rest.strip_prefix("::"));
        self.decks.get(deck).or_else(|| self.decks.get(below_root?))
    }

    /// What the settings say of a deck by itself or by a deck above it.
    fn of(&self, deck: &str, root: &str) -> Study {
        let own = self.own(deck, root).cloned().unwrap_or_default();
        let above = deck.rmatch_indices("::").filter_map(|(at, _)| self.own(&deck[..at], root));
        above.fold(own, |study, above| study.or(&above.inherited())).or(&self.all.inherited())
    }
}

/// How each deck of the cards is learnt, by name. `fronts` is what the note of each file says; where notes
/// of one deck differ, the first counts. Limits for all decks are those of the decks at the top.
pub fn plans(cards: &[Card], fronts: &[Study], studies: &Studies, root: &str) -> Vec<DeckPlan> {
    let mut plans: BTreeMap<String, Study> = BTreeMap::new();
    let mut seen = None;
    for card in cards {
        let file = card.span.file.0;
        if seen == Some((file, card.deck.as_str())) {
            continue;
        }
        seen = Some((file, &card.deck));
        let front = usize::try_from(file).ok().and_then(|file| fronts.get(file)).cloned().unwrap_or_default();
        let plan = plans.entry(card.deck.clone()).or_default();
        *plan = plan.or(&front);
    }
    for deck in plans.keys().cloned().collect::<Vec<_>>() {
        let levels = deck.match_indices("::").map(|(at, _)| &deck[..at]);
        for level in levels.filter(|level| studies.own(level, root).is_some() || *level == top(&deck, root)) {
            plans.entry(level.to_owned()).or_default();
        }
    }
    let whole = |(name, study): (String, Study)| {
        let mut study = study.or(&studies.of(&name, root));
        if top(&name, root) == name {
            study = study.or(&studies.all);
            study.new_per_day = study.new_per_day.or(Some(NEW_PER_DAY));
        }
        DeckPlan { name, study }
    };
    plans.into_iter().map(whole).collect()
}

/// What is said of an exam whose day has come or gone: nothing is planned for it any more.
pub fn exam_over(exam: Day, today: Day) -> String {
    let when = if exam == today { format!("The exam is today, {exam}") } else { format!("The exam of {exam} is over") };
    format!("{when}: its cards come when they are due, as without one. `exam_date` may name the next day, or go.")
}

/// A deck that settings name and that there is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// As it is named.
    pub name: String,
    /// Where in the settings.
    pub place: Option<(usize, usize)>,
    /// The deck that was probably meant.
    pub near: Option<String>,
    /// All decks.
    pub known: Vec<String>,
}

/// The decks that settings name and that are none of those with plans, the root deck left out of names or not.
pub fn strangers(plans: &[DeckPlan], studies: &Studies, root: &str) -> Vec<Stranger> {
    let mut known: Vec<String> = plans.iter().flat_map(|plan| levels(&plan.name)).map(str::to_owned).collect();
    known.sort();
    known.dedup();
    let below = format!("{root}::");
    let is_known = |name: &str| known.iter().any(|deck| deck == name || deck.strip_prefix(&below) == Some(name));
    let near = |name: &str| {
        let name = name.strip_prefix(&below).unwrap_or(name);
        let short: Vec<String> =
            known.iter().map(|deck| deck.strip_prefix(&below).unwrap_or(deck).to_lowercase()).collect();
        let last = |deck: &String| deck.rsplit("::").next() == Some(name.to_lowercase().as_str());
        let spelt = || {
            let names: Vec<&str> = short.iter().map(String::as_str).collect();
            near(name, &names).and_then(|near| short.iter().position(|deck| deck == near))
        };
        short
            .iter()
            .position(last)
            .or_else(spelt)
            .map(|at| known[at].strip_prefix(&below).unwrap_or(&known[at]).to_owned())
    };
    let strange = studies.decks.keys().filter(|name| !is_known(name));
    let stranger = |name: &String| Stranger {
        name: name.clone(),
        place: studies.places.get(name).copied(),
        near: near(name),
        known: known.clone(),
    };
    strange.map(stranger).collect()
}

/// Weights of the domains of one exam that cannot all be meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// The day of the exam.
    pub exam: Day,
    /// The decks with weights, the heaviest first.
    pub weights: Vec<(String, f32)>,
    /// Of what they are shares.
    pub whole: f64,
    /// What they add up to, where that is more than the whole; otherwise some look like shares of 1 and some of 100.
    pub sum: Option<f64>,
}

/// The exams whose weights add up to more than the whole, or are shares of 1 here and of 100 there.
pub fn doubts(plans: &[DeckPlan]) -> Vec<Doubt> {
    let mut exams: BTreeMap<Day, Vec<(String, f32)>> = BTreeMap::new();
    for DeckPlan { name, study } in plans {
        if let Some((exam, weight)) = study.exam_day.zip(study.exam_weight) {
            exams.entry(exam).or_default().push((name.clone(), weight));
        }
    }
    let doubt = |(exam, mut weights): (Day, Vec<(String, f32)>)| {
        weights.sort_by(|a, b| b.1.total_cmp(&a.1));
        let whole = exam::whole(weights.iter().map(|(_, weight)| f64::from(*weight)));
        let sum: f64 = weights.iter().map(|(_, weight)| f64::from(*weight)).sum();
        let sum = Some(sum).filter(|sum| *sum > whole * 1.001);
        let mixed = whole > 1.0 && weights.iter().any(|(_, weight)| *weight < 1.0);
        (sum.is_some() || mixed).then_some(Doubt { exam, weights, whole, sum })
    };
    exams.into_iter().filter_map(doubt).collect()
}

/// The deck at the top: the root deck, or the first level of a deck that is not below it.
fn top<'a>(deck: &'a str, root: &'a str) -> &'a str {
    let below = deck.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    if below { root } else { deck.split("::").next().unwrap_or(deck) }
}
