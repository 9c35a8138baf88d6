//! The database of a package: one collection row with note types, decks and settings as JSON, the
//! notes, and for each note exactly the cards that Anki would make of it.

use super::schedule::{self, State};
use super::{MADE_AT, decks, notetypes, sort_field};
use crate::export::anki::note::{Note, Which};
use crate::store::{Departing, Progress};
use rusqlite::{Connection, Result, Statement, params};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The first id of notes and of cards, in milliseconds; the others follow it. They order notes and show
/// as the day of creation, so they must not lie in the future. Updates do not depend on them.
const FIRST_ID: i64 = MADE_AT * 1000;

/// Day zero of due dates, at four in the morning as Anki has it: 1 January 2020.
const DAY_ZERO: i64 = 1_577_851_200;

/// The last place in the queue of new cards that Anki allows.
const LAST_POSITION: i64 = 999_999;

/// The bytes of the database file; cards are new unless there is progress.
pub(super) fn database(notes: &[Note], progress: Option<&Progress>) -> Result<Vec<u8>> {
    let mut connection = Connection::open_in_memory()?;
    connection.execute_batch(include_str!("schema.sql"))?;
    let ids = decks::ids(notes.iter().map(|note| note.deck.as_str()));
    let transaction = connection.transaction()?;
    write_collection(&transaction, &ids, notes)?;
    write_notes(&transaction, notes, &ids, progress)?;
    transaction.commit()?;
    Ok(connection.serialize("main")?.to_vec())
}

fn write_collection(connection: &Connection, deck_ids: &BTreeMap<String, i64>, notes: &[Note]) -> Result<()> {
    let mut origins = decks::Origins::new();
    for note in notes {
        origins.entry(&note.deck).or_default().insert(&note.file);
    }
    let models: Value = notetypes::ALL.iter().map(|t| (t.id.to_string(), t.json())).collect();
    connection.execute(
        "insert into col (id, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags)
         values (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')",
        params![
            DAY_ZERO,
            FIRST_ID,
            settings().to_string(),
            models.to_string(),
            decks::json(deck_ids, &origins).to_string(),
            presets().to_string()
        ],
    )?;
    Ok(())
}

fn write_notes(
    connection: &Connection,
    notes: &[Note],
    deck_ids: &BTreeMap<String, i64>,
    progress: Option<&Progress>,
) -> Result<()> {
    let mut insert_note = connection.prepare(
        "insert into notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)
         values (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, ?8, 0, '')",
    )?;
    let mut writer = CardWriter::new(connection)?;
    let mut position = 0;
    for (id, note) in (FIRST_ID..).zip(notes) {
        write_note(&mut insert_note, id, note)?;
        let deck = deck_ids.get(&note.deck).copied().unwrap_or(1);
        let known = progress.and_then(|progress| progress.0.get(&note.card));
        for (number, which) in note.card_numbers.iter().zip(&note.faces) {
            position += 1;
            let place =
                Place { card: FIRST_ID + position, note: id, deck, number: *number, due: position.min(LAST_POSITION) };
            writer.write(&place, known.zip(*which).and_then(|(known, which)| find(known, which)))?;
        }
    }
    Ok(())
}

/// What is known of a face. Faces of older databases go by their places, where there are as many as the notes say.
fn find(known: &[Departing], which: Which) -> Option<&Departing> {
    if known.iter().all(|face| face.number.is_some()) {
        return known.iter().find(|face| face.number == Some(which.number));
    }
    let (place, all) = which.place;
    known.get(place).filter(|_| known.len() == all)
}

/// A card, and where it belongs.
struct Place {
    card: i64,
    note: i64,
    deck: i64,
    number: u16,
    /// Its place among new cards.
    due: i64,
}

/// Writes cards and their logs.
struct CardWriter<'c> {
    card: Statement<'c>,
    answer: Statement<'c>,
    /// The instants of the log that are taken.
    instants: BTreeSet<i64>,
}

impl<'c> CardWriter<'c> {
    fn new(connection: &'c Connection) -> Result<Self> {
        let card = connection.prepare(
            "insert into cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left,
                                odue, odid, flags, data)
             values (?1, ?2, ?3, ?4, ?5, -1, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, 0, ?14, ?15)",
        )?;
        let answer = connection.prepare(
            "insert into revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type)
             values (?1, ?2, -1, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        Ok(CardWriter { card, answer, instants: BTreeSet::new() })
    }

    fn write(&mut self, place: &Place, face: Option<&Departing>) -> Result<()> {
        let state = face.map_or_else(|| schedule::new(place.due), |face| schedule::state(face, place.due));
        let State { stage, queue, due, interval, ease, repetitions, lapses, remaining, flag, data } = state;
        self.card.execute(params![
            place.card, place.note, place.deck, place.number, MADE_AT, stage, queue, due, interval, ease, repetitions,
            lapses, remaining, flag, data
        ])?;
        let rows = face.map(|face| schedule::log(face, &mut self.instants)).unwrap_or_default();
        for [id, button, interval, last_interval, ease, time, stage] in rows {
            self.answer.execute(params![id, place.card, button, interval, last_interval, ease, time, stage])?;
        }
        Ok(())
    }
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
