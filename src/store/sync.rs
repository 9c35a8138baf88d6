//! Bringing a compiled deck into the database: one transaction, and not a byte where nothing changed.

use super::record::{CardRecord, FaceRecord};
use super::{Update, decks};
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
}

/// What the database holds of a face.
struct KnownFace {
    id: i64,
    key: String,
    retired: bool,
}

/// Makes the database say what the deck says; `now` is the instant that is written where something changed.
pub(super) fn run(database: &mut Connection, deck: &Deck, now: i64) -> rusqlite::Result<Update> {
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
    for (id, _) in known.iter().filter(|(_, card)| !card.retired) {
        transaction
            .prepare_cached("UPDATE cards SET retired_at = :now WHERE id = :id")?
            .execute(named_params! { ":id": id, ":now": now })?;
        update.retired += 1;
    }
    for (id, _) in known.iter().filter(|(_, card)| replanned.contains(&card.deck)) {
        moved.push(id);
    }
    decks::replay(&transaction, &moved)?;
    transaction.commit()?;
    Ok(update)
}

fn known_cards(transaction: &Transaction) -> rusqlite::Result<BTreeMap<String, Known>> {
    let mut statement = transaction.prepare(
        "SELECT id, hash, retired_at IS NOT NULL, file, line, end_line, position, deck FROM cards ORDER BY id",
    )?;
    let rows = statement.query_map([], |row| {
        let place = (row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?);
        Ok((row.get(0)?, Known { hash: row.get(1)?, deck: row.get(7)?, retired: row.get(2)?, place }))
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
            return self.write_all();
        };
        let same = known.hash == self.record.hash;
        let count = match (known.retired, same) {
            (true, _) => &mut update.revived,
            (false, false) => &mut update.changed,
            (false, true) => &mut update.unchanged,
        };
        *count += 1;
        if !same {
            return self.write_all();
        }
        if known.retired || known.place != self.place() { self.write_place() } else { Ok(()) }
    }

    /// File, line, last line, position in the deck.
    fn place(&self) -> (String, i64, i64, i64) {
        let source = &self.record.card.source;
        (source.file.clone(), integer(source.line), integer(source.end_line), integer(self.position))
    }

    fn write_all(&self) -> rusqlite::Result<()> {
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
            ":now": self.now,
        })?;
        self.write_faces()
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

    /// Writes each face under the key it had before. A face that is gone while one is new is the
    /// same face reworded and keeps its memory; with more than one there is no telling which is which.
    fn write_faces(&self) -> rusqlite::Result<()> {
        let wanted = &self.record.faces;
        let known = self.known_faces()?;
        let vanished: Vec<&KnownFace> =
            known.iter().filter(|old| !old.retired && wanted.iter().all(|face| face.key != old.key)).collect();
        let fresh = wanted.iter().filter(|face| known.iter().all(|old| old.key != face.key)).count();
        let reworded = if let ([old], 1) = (&vanished[..], fresh) { Some(old.id) } else { None };
        for old in vanished.iter().filter(|old| reworded != Some(old.id)) {
            self.retire_face(old.id)?;
        }
        for (position, face) in wanted.iter().enumerate() {
            let same = known.iter().find(|old| old.key == face.key).map(|old| old.id);
            self.write_face(same.or(reworded), position, face)?;
        }
        Ok(())
    }

    fn known_faces(&self) -> rusqlite::Result<Vec<KnownFace>> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT id, key, retired_at IS NOT NULL FROM faces WHERE card = :card ORDER BY id")?;
        let rows = statement.query_map(named_params! { ":card": self.record.card.id.0 }, |row| {
            Ok(KnownFace { id: row.get(0)?, key: row.get(1)?, retired: row.get(2)? })
        })?;
        rows.collect()
    }

    fn retire_face(&self, id: i64) -> rusqlite::Result<()> {
        let mut statement = self.transaction.prepare_cached("UPDATE faces SET retired_at = :now WHERE id = :id")?;
        statement.execute(named_params! { ":id": id, ":now": self.now }).map(drop)
    }

    fn write_face(&self, id: Option<i64>, position: usize, face: &FaceRecord) -> rusqlite::Result<()> {
        self.transaction.prepare_cached(include_str!("write_face.sql"))?.execute(named_params! {
            ":id": id,
            ":card": self.record.card.id.0,
            ":key": face.key,
            ":position": integer(position),
            ":front": face.front,
            ":back": face.back,
        })?;
        Ok(())
    }
}

/// A count as the database stores it.
fn integer(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
