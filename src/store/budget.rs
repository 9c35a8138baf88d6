//! The daily limits of decks, and how much of them the answers of the day have used up.

use std::collections::BTreeMap;

use crate::card::levels;
use crate::schedule::Day;

/// What the decks' limits still allow today. A limit counts for a deck and all decks below it.
#[derive(Default)]
pub(super) struct Budget {
    new: BTreeMap<String, u32>,
    reviews: BTreeMap<String, u32>,
    /// New faces that were asked today, by deck.
    pub(super) new_done: BTreeMap<String, usize>,
    /// How many faces that were left undone have been asked today.
    pub(super) overdue_done: usize,
}

impl Budget {
    /// What is left on a day.
    pub(super) fn read(database: &rusqlite::Connection, today: Day) -> rusqlite::Result<Budget> {
        let mut budget = Budget::default();
        let mut limits = database.prepare_cached("SELECT name, new_per_day, reviews_per_day FROM decks")?;
        let mut rows = limits.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            if let Some(most) = row.get::<_, Option<u32>>(1)? {
                budget.new.insert(name.clone(), most);
            }
            if let Some(most) = row.get::<_, Option<u32>>(2)? {
                budget.reviews.insert(name, most);
            }
        }
        let mut done = database.prepare_cached(include_str!("done_today.sql"))?;
        let mut rows = done.query([today.0])?;
        while let Some(row) = rows.next()? {
            let deck: String = row.get(0)?;
            let (new, reviews, overdue): (u32, u32, u32) = (row.get(1)?, row.get(2)?, row.get(3)?);
            budget.new_done.insert(deck.clone(), usize::try_from(new).unwrap_or(usize::MAX));
            spend(&mut budget.new, &deck, new);
            spend(&mut budget.reviews, &deck, reviews);
            budget.overdue_done += usize::try_from(overdue).unwrap_or(usize::MAX);
        }
        Ok(budget)
    }

    /// Takes a new face of a deck, if it may have one more.
    pub(super) fn take_new(&mut self, deck: &str) -> bool {
        take(&mut self.new, deck)
    }

    /// Takes a due face of a deck, if it may have one more.
    pub(super) fn take_review(&mut self, deck: &str) -> bool {
        take(&mut self.reviews, deck)
    }

    /// Whether there are limits for new faces and all of them are reached.
    pub(super) fn is_spent(&self) -> bool {
        !self.new.is_empty() && self.new.values().all(|left| *left == 0)
    }
}

fn spend(left: &mut BTreeMap<String, u32>, deck: &str, count: u32) {
    for level in levels(deck) {
        if let Some(left) = left.get_mut(level) {
            *left = left.saturating_sub(count);
        }
    }
}

fn take(left: &mut BTreeMap<String, u32>, deck: &str) -> bool {
    let free = levels(deck).all(|level| left.get(level).is_none_or(|left| *left > 0));
    if free {
        spend(left, deck, 1);
    }
    free
}
