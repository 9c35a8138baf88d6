//! How decks are learnt, as the last build left it, and what follows for memories when that changes.

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, named_params};

use super::{FaceId, memory};
use crate::study::DeckPlan;

/// Writes the plans that differ from what is kept, and names the decks whose memories have to be
/// computed anew. Decks that are gone stay, since retired cards belong to them.
pub(super) fn write(transaction: &Transaction, plans: &[DeckPlan]) -> rusqlite::Result<BTreeSet<String>> {
    let mut replanned = BTreeSet::new();
    for DeckPlan { name, study } in plans {
        let before = schedule(transaction, name)?;
        transaction.prepare_cached(include_str!("write_deck.sql"))?.execute(named_params! {
            ":name": name,
            ":scheduler": study.scheduler_name(),
            ":retention": f64::from(study.wanted_retention()),
            ":longest_interval": study.interval_limit(),
            ":new_per_day": study.new_per_day,
            ":reviews_per_day": study.reviews_per_day,
            ":exam_day": study.exam_day.map(|day| day.0),
            ":exam_weight": study.exam_weight.map(f64::from),
            ":exam_questions": study.exam_questions,
        })?;
        if before != schedule(transaction, name)? {
            replanned.insert(name.clone());
        }
    }
    Ok(replanned)
}

/// What the schedule of a deck depends on, in words.
fn schedule(database: &Connection, deck: &str) -> rusqlite::Result<String> {
    let scheduler = memory::scheduler_of_deck(database, deck)?;
    Ok(format!("{} {} {}", scheduler.algorithm.name, scheduler.retention, scheduler.longest_interval))
}

/// Computes anew what the scheduler knows of the faces of cards that have been answered.
pub(super) fn replay(database: &Connection, cards: &[&str]) -> rusqlite::Result<()> {
    for card in cards {
        let sql = "SELECT faces.id FROM faces JOIN memories ON memories.face = faces.id WHERE faces.card = ?";
        let mut statement = database.prepare_cached(sql)?;
        let faces: Vec<i64> = statement.query_map([card], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for face in faces {
            memory::refresh(database, FaceId(face))?;
        }
    }
    Ok(())
}
