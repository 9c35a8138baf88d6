//! The tables of `recto.toml` that say how decks are learnt: `[schedule]` for all, `[decks."NAME"]` for one.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{Mistake, Settings, position};
use crate::study::{Fields, Routine, Studies, Typed, Unfit};

/// The `[schedule]` table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct ScheduleTable {
    scheduler: Option<Typed>,
    retention: Option<Typed>,
    #[serde(alias = "longest-interval")]
    longest_interval: Option<Typed>,
    #[serde(alias = "new-per-day")]
    new_per_day: Option<Typed>,
    #[serde(alias = "reviews-per-day")]
    reviews_per_day: Option<Typed>,
    #[serde(alias = "exam-date")]
    exam_date: Option<Typed>,
    #[serde(alias = "exam-weight")]
    exam_weight: Option<Typed>,
    #[serde(alias = "exam-questions")]
    exam_questions: Option<Typed>,
    /// The hour at which a study day begins.
    #[serde(alias = "day-starts")]
    day_starts: Option<i8>,
}

/// A `[decks."NAME"]` table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct DeckTable(Fields);

impl ScheduleTable {
    fn fields(&self) -> Fields {
        Fields {
            scheduler: self.scheduler.clone(),
            retention: self.retention.clone(),
            longest_interval: self.longest_interval.clone(),
            new_per_day: self.new_per_day.clone(),
            reviews_per_day: self.reviews_per_day.clone(),
            exam_date: self.exam_date.clone(),
            exam_weight: self.exam_weight.clone(),
            exam_questions: self.exam_questions.clone(),
        }
    }

    fn routine(&self) -> Routine {
        Routine { day_starts: self.day_starts.unwrap_or(Routine::default().day_starts) }
    }

    fn unfit(&self) -> Option<Unfit> {
        if self.day_starts.is_some_and(|hour| !(0..24).contains(&hour)) {
            return Some(Unfit { key: "day_starts", expected: "an hour from 0 to 23".to_owned() });
        }
        self.fields().meaning().1.pop()
    }
}

/// Finds the first value that cannot be meant.
pub(super) fn check(text: &str, settings: &Settings) -> Result<(), Mistake> {
    let all = settings.schedule.iter().filter_map(|table| Some((table.span().start, table.get_ref().unfit()?)));
    let decks = settings.decks.values().filter_map(|table| {
        let unfit = table.get_ref().0.meaning().1.pop()?;
        Some((table.span().start, unfit))
    });
    all.chain(decks).next().map_or(Ok(()), |(start, unfit)| Err(misfit(text, start, &unfit)))
}

fn misfit(text: &str, table: usize, unfit: &Unfit) -> Mistake {
    let rest = text.get(table..).unwrap_or_default();
    let (line, column) = position(text, table + place(rest, unfit.key));
    let message = format!("`{}` cannot be this", unfit.key);
    Mistake { line, column, message, help: Some(format!("what it may be: {}", unfit.expected)) }
}

/// Where the key stands, whichever way it is written.
fn place(rest: &str, key: &str) -> usize {
    rest.find(key).or_else(|| rest.find(&key.replace('_', "-"))).unwrap_or(0)
}

/// What the tables mean.
pub(super) fn meaning(
    all: Option<Spanned<ScheduleTable>>,
    decks: BTreeMap<String, Spanned<DeckTable>>,
) -> (Studies, Routine) {
    let all = all.map(Spanned::into_inner).unwrap_or_default();
    let decks = decks.into_iter().map(|(name, table)| (name, table.into_inner().0.meaning().0)).collect();
    (Studies { all: all.fields().meaning().0, decks, ..Studies::default() }, all.routine())
}
