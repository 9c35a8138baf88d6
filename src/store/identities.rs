//! What the review database knows of cards that an identity file knew, for one that was lost.

use super::{StoreError, open};
use crate::card::Form;
use crate::identity::repair::Known;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;

/// All cards of the database at `path`, in the order of the notes.
///
/// # Errors
///
/// Where the database cannot be opened or read.
pub fn identities(path: &Path) -> Result<Vec<Known>, StoreError> {
    let database = open::existing(path)?;
    read(&database).map_err(|error| StoreError::from_sqlite(path, error))
}

/// The number, the key and the sides of each face of a card.
type Faces = BTreeMap<String, Vec<(u16, String, String, String)>>;

fn read(database: &Connection) -> rusqlite::Result<Vec<Known>> {
    let mut faces: Faces = BTreeMap::new();
    let sql = "SELECT card, coalesce(number, position), key, front, back FROM faces WHERE retired_at IS NULL
               ORDER BY card, position";
    let mut statement = database.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let face = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        faces.entry(row.get(0)?).or_default().push(face);
    }
    let sql = "SELECT id, retired_at IS NOT NULL, CASE WHEN changed_at > added_at THEN changed_at / 1000 END, rule,
                      file, trail, kind, deck
                 FROM cards ORDER BY retired_at IS NOT NULL, position, id";
    let mut statement = database.prepare(sql)?;
    let rows = statement.query_map([], |row| {
        let trail: Vec<String> = serde_json::from_str(&row.get::<_, String>(5)?).unwrap_or_default();
        let own = faces.get(&row.get::<_, String>(0)?).map(Vec::as_slice).unwrap_or_default();
        let form = form(own, &row.get::<_, String>(6)?);
        let sides: Vec<(u16, String, String)> =
            own.iter().map(|(number, _, front, back)| (*number, front.clone(), back.clone())).collect();
        let Some(sides) = Known::sides_of(form, &sides) else { return Ok(None) };
        Ok(Some(Known {
            id: row.get(0)?,
            gone: row.get(1)?,
            changed: row.get(2)?,
            deck: row.get(7)?,
            rule: row.get(3)?,
            file: row.get(4)?,
            trail: trail.join(" › "),
            form,
            sides,
        }))
    })?;
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

fn form(faces: &[(u16, String, String, String)], kind: &str) -> Form {
    let has = |start: &str| faces.iter().any(|(_, key, ..)| key.starts_with(start));
    if has("gap:") {
        Form::Cloze
    } else if has("back") {
        Form::Reversible
    } else if kind == "choice" {
        Form::Choice
    } else {
        Form::Basic
    }
}
