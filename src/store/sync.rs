//! Bringing a compiled deck into the database: one transaction, and not a byte where nothing changed.

use super::record::CardRecord;
use super::sync_faces::FaceSync;
use super::{Beside, Origin, Update, decks, origins};
use crate::card::Deck;
use rusqlite::{Connection, Transaction, TransactionBehavior, named_params};
use std::collections::BTreeMap;

/// What the database holds of a card.
struct Known {
    hash: String,
    deck: String,
    retired: bool,
    /// File, line, last line, position in the deck.
    place: (String, i64, i64, i64),
    /// The last change in substance that the database has heard of.
    was_at: Option<i64>,
}

/// Makes the database say what the deck says, and what the decks `beside` it say stay; `now` is the instant that is
/// written where something changed.
pub(super) fn run(
    database: &mut Connection,
    (origin, deck): (&Origin, &Deck),
    beside: &Beside,
    now: i64,
) -> rusqlite::Result<Update> {
    let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut known = known_cards(&transaction)?;
    let mut update = Update::default();
    let replanned = decks::write(&transaction, &deck.plans)?;
    let mut moved: Vec<&str> = Vec::new();
    for (position, card) in deck.cards.iter().enumerate() {
        let sync = CardSync { transaction: &transaction, record: &CardRecord::new(card), position, now };
        let before = known.remove(&card.id.0);
        if before.as_ref().is_some_and(|before| before.deck != card.deck || replanned.contains(&card.deck)) {
            moved.push(&card.id.0);
        }
        sync.run(before, &mut update)?;
    }
    for (id, _) in known.iter().filter(|(id, card)| !card.retired && !beside.cards.contains(*id)) {
        transaction
            .prepare_cached("UPDATE cards SET retired_at = :now WHERE id = :id")?
            .execute(named_params! { ":id": id, ":now": now })?;
        update.retired += 1;
    }
    for (id, _) in known.iter().filter(|(_, card)| replanned.contains(&card.deck)) {
        moved.push(id);
    }
    decks::replay(&transaction, &moved)?;
    origins::keep(&transaction, origin, beside)?;
    transaction.commit()?;
    Ok(update)
}

fn known_cards(transaction: &Transaction) -> rusqlite::Result<BTreeMap<String, Known>> {
    let mut statement = transaction.prepare(
        "SELECT id, hash, retired_at IS NOT NULL, file, line, end_line, position, deck, was_at FROM cards ORDER BY id",
    )?;
    let rows = statement.query_map([], |row| {
        let place = (row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?);
        let (hash, deck, was_at) = (row.get(1)?, row.get(7)?, row.get(8)?);
        Ok((row.get(0)?, Known { hash, deck, retired: row.get(2)?, place, was_at }))
    })?;
    rows.collect()
}

/// One card on its way into the database.
struct CardSync<'a> {
    transaction: &'a Transaction<'a>,
    record: &'a CardRecord<'a>,
    position: usize,
    now: i64,
}

impl CardSync<'_> {
    fn run(&self, known: Option<Known>, update: &mut Update) -> rusqlite::Result<()> {
        let Some(known) = known else {
            update.added += 1;
            return self.write_all(None);
        };
        let same = known.hash == self.record.hash;
        let count = match (known.retired, same) {
            (true, _) => &mut update.revived,
            (false, false) => &mut update.changed,
            (false, true) => &mut update.unchanged,
        };
        *count += 1;
        if !same {
            return self.write_all(known.was_at);
        }
        if known.retired || known.place != self.place() { self.write_place() } else { Ok(()) }
    }

    /// File, line, last line, position in the deck.
    fn place(&self) -> (String, i64, i64, i64) {
        let source = &self.record.card.source;
        (source.file.clone(), integer(source.line), integer(source.end_line), integer(self.position))
    }

    /// `was_at` is the last change in substance that the database has heard of.
    fn write_all(&self, was_at: Option<i64>) -> rusqlite::Result<()> {
        let (file, line, end_line, position) = self.place();
        let (record, card) = (self.record, self.record.card);
        self.transaction.prepare_cached(include_str!("write_card.sql"))?.execute(named_params! {
            ":id": card.id.0,
            ":position": position,
            ":deck": card.deck,
            ":kind": card.kind.name(),
            ":rule": card.rule,
            ":trail": record.trail,
            ":tags": record.tags,
            ":why": record.why,
            ":file": file,
            ":line": line,
            ":end_line": end_line,
            ":content": record.content,
            ":hash": record.hash,
            ":was_at": card.lineage.was.as_ref().map(|was| was.at),
            ":now": self.now,
        })?;
        let substance = card.lineage.was.as_ref().is_some_and(|was| Some(was.at) != was_at);
        FaceSync { transaction: self.transaction, record, now: self.now, substance }.run()
    }

    fn write_place(&self) -> rusqlite::Result<()> {
        let (file, line, end_line, position) = self.place();
        self.transaction.prepare_cached(include_str!("write_place.sql"))?.execute(named_params! {
            ":id": self.record.card.id.0,
            ":position": position,
            ":file": file,
            ":line": line,
            ":end_line": end_line,
        })?;
        Ok(())
    }
}

/// A count as the database stores it.
fn integer(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
