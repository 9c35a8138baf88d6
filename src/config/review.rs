//! The tables of `recto.toml` that say how decks are learnt: `[review]` for all, `[decks."NAME"]` for one.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{Mistake, Settings, position};
use crate::study::{Fields, Routine, Studies, Typed, Unfit};

/// The `[review]` table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct ReviewTable {
    scheduler: Option<Typed>,
    retention: Option<Typed>,
    longest_interval: Option<Typed>,
    new_per_day: Option<Typed>,
    reviews_per_day: Option<Typed>,
    exam_date: Option<Typed>,
    exam_weight: Option<Typed>,
    exam_questions: Option<Typed>,
    /// The hour at which a study day begins.
    day_starts: Option<i8>,
    /// A face that was forgotten so often is a leech.
    leech_after: Option<u32>,
    /// Over how many days faces that were left undone are spread.
    spread: Option<u32>,
}

/// A `[decks."NAME"]` table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct DeckTable(Fields);

impl ReviewTable {
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
        let usual = Routine::default();
        Routine {
            day_starts: self.day_starts.unwrap_or(usual.day_starts),
            leech_after: self.leech_after.unwrap_or(usual.leech_after),
            spread: self.spread.unwrap_or(usual.spread),
        }
    }

    fn unfit(&self) -> Option<Unfit> {
        if self.day_starts.is_some_and(|hour| !(0..24).contains(&hour)) {
            return Some(Unfit { key: "day_starts", expected: "an hour from 0 to 23".to_owned() });
        }
        if self.leech_after == Some(0) {
            return Some(Unfit { key: "leech_after", expected: "a whole number from 1 on".to_owned() });
        }
        self.fields().meaning().1.pop()
    }
}

/// Finds the first value that cannot be meant.
pub(super) fn check(text: &str, settings: &Settings) -> Result<(), Mistake> {
    let review = settings.review.iter().filter_map(|table| Some((table.span().start, table.get_ref().unfit()?)));
    let decks = settings.decks.values().filter_map(|table| {
        let unfit = table.get_ref().0.meaning().1.pop()?;
        Some((table.span().start, unfit))
    });
    review.chain(decks).next().map_or(Ok(()), |(start, unfit)| Err(misfit(text, start, &unfit)))
}

fn misfit(text: &str, table: usize, unfit: &Unfit) -> Mistake {
    let rest = text.get(table..).unwrap_or_default();
    let (line, column) = position(text, table + rest.find(unfit.key).unwrap_or(0));
    let message = format!("`{}` cannot be this", unfit.key);
    Mistake { line, column, message, help: Some(format!("what it may be: {}", unfit.expected)) }
}

/// What the tables mean.
pub(super) fn meaning(
    review: Option<Spanned<ReviewTable>>,
    decks: BTreeMap<String, Spanned<DeckTable>>,
) -> (Studies, Routine) {
    let review = review.map(Spanned::into_inner).unwrap_or_default();
    let decks = decks.into_iter().map(|(name, table)| (name, table.into_inner().0.meaning().0)).collect();
    (Studies { all: review.fields().meaning().0, decks }, review.routine())
}
