//! The database of a package: one collection row with note types, decks and settings as JSON, the
//! notes, and for each note exactly the cards that Anki would make of it.

use super::{MADE_AT, decks, notetypes, sort_field};
use crate::export::anki::note::Note;
use rusqlite::{Connection, Result, Statement, params};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The first id of notes and of cards, in milliseconds; the others follow it. They order notes and show
/// as the day of creation, so they must not lie in the future. Updates do not depend on them.
const FIRST_ID: i64 = MADE_AT * 1000;

/// Day zero of due dates, at four in the morning as Anki has it: 1 January 2020.
const DAY_ZERO: i64 = 1_577_851_200;

/// The last place in the queue of new cards that Anki allows.
const LAST_POSITION: i64 = 999_999;

/// The bytes of the database file.
pub(super) fn database(notes: &[Note]) -> Result<Vec<u8>> {
    let mut connection = Connection::open_in_memory()?;
    connection.execute_batch(include_str!("schema.sql"))?;
    let ids = decks::ids(notes.iter().map(|note| note.deck.as_str()));
    let transaction = connection.transaction()?;
    write_collection(&transaction, &ids)?;
    write_notes(&transaction, notes, &ids)?;
    transaction.commit()?;
    Ok(connection.serialize("main")?.to_vec())
}

fn write_collection(connection: &Connection, deck_ids: &BTreeMap<String, i64>) -> Result<()> {
    let models: Value = notetypes::ALL.iter().map(|t| (t.id.to_string(), t.json())).collect();
    connection.execute(
        "insert into col (id, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags)
         values (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')",
        params![
            DAY_ZERO,
            FIRST_ID,
            settings().to_string(),
            models.to_string(),
            decks::json(deck_ids).to_string(),
            presets().to_string()
        ],
    )?;
    Ok(())
}

fn write_notes(connection: &Connection, notes: &[Note], deck_ids: &BTreeMap<String, i64>) -> Result<()> {
    let mut insert_note = connection.prepare(
        "insert into notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)
         values (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, ?8, 0, '')",
    )?;
    let mut insert_card = connection.prepare(
        "insert into cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left,
                            odue, odid, flags, data)
         values (?1, ?2, ?3, ?4, ?5, -1, 0, 0, ?6, 0, 0, 0, 0, 0, 0, 0, 0, '{}')",
    )?;
    let mut position = 0;
    for (id, note) in (FIRST_ID..).zip(notes) {
        write_note(&mut insert_note, id, note)?;
        let deck = deck_ids.get(&note.deck).copied().unwrap_or(1);
        for number in &note.card_numbers {
            position += 1;
            let due = position.min(LAST_POSITION);
            insert_card.execute(params![FIRST_ID + position, id, deck, number, note.changed, due])?;
        }
    }
    Ok(())
}

fn write_note(insert: &mut Statement, id: i64, note: &Note) -> Result<()> {
    let first = note.fields.first().map(String::as_str).unwrap_or_default();
    insert.execute(params![
        id,
        note.guid,
        note.notetype_id(),
        note.changed,
        format!(" {} ", note.tags),
        note.fields.join("\u{1f}"),
        sort_field::text(first),
        sort_field::checksum(first)
    ])?;
    Ok(())
}

/// The collection's settings. `schedVer` and `creationOffset` make due dates exact in every time zone.
fn settings() -> Value {
    json!({
        "schedVer": 2, "sched2021": true, "creationOffset": 0, "curDeck": 1, "activeDecks": [1],
        "curModel": notetypes::BASIC.id, "nextPos": 1, "sortType": "noteFld", "sortBackwards": false,
        "addToCur": true, "collapseTime": 1200, "dueCounts": true, "estTimes": true, "newSpread": 0,
        "timeLim": 0, "dayLearnFirst": false,
    })
}

/// Anki's standard options; decks of the user's keep theirs.
fn presets() -> Value {
    json!({ "1": {
        "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "timer": 0, "autoplay": true,
        "replayq": true, "dyn": false,
        "new": { "delays": [1, 10], "ints": [1, 4, 0], "initialFactor": 2500, "order": 1, "perDay": 20,
                 "bury": false, "separate": true },
        "rev": { "perDay": 200, "ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36500, "minSpace": 1,
                 "bury": false, "hardFactor": 1.2 },
        "lapse": { "delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 0 },
    } })
}
