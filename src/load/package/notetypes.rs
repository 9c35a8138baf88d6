//! Note types as packages describe them: JSON in the older formats, tables and protobuf in the latest.

use std::collections::BTreeMap;

use prost::Message;
use rusqlite::Connection;
use serde_json::Value;

use super::Refused;

/// What the notes of a type have, and which cards are made of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoteType {
    /// Its name.
    pub name: String,
    /// Whether its notes are clozes.
    pub cloze: bool,
    /// Its fields, in order.
    pub fields: Vec<Field>,
    /// What its cards look like.
    pub templates: Vec<Template>,
}

/// A field of a note type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
}

/// The two sides of a card, with the names of fields in double braces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    /// The question.
    pub front: String,
    /// The answer.
    pub back: String,
}

/// The blob of a note type in the latest format.
#[derive(Clone, PartialEq, Message)]
struct Kind {
    #[prost(int32, tag = "1")]
    kind: i32,
}

/// The blob of a template in the latest format.
#[derive(Clone, PartialEq, Message)]
struct Sides {
    #[prost(string, tag = "1")]
    front: String,
    #[prost(string, tag = "2")]
    back: String,
}

/// The note types of the older formats.
pub(super) fn of_json(models: &str) -> Result<BTreeMap<i64, NoteType>, Refused> {
    let broken = || Refused::new("is damaged: its note types cannot be read");
    let models: BTreeMap<String, Value> = serde_json::from_str(models).map_err(|_| broken())?;
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut types = BTreeMap::new();
    for (id, model) in models {
        let field = |field: &Value| Field { name: text(field, "name") };
        let template = |side: &Value| Template { front: text(side, "qfmt"), back: text(side, "afmt") };
        let notetype = NoteType {
            name: text(&model, "name"),
            cloze: model["type"].as_i64() == Some(1),
            fields: list(&model["flds"]).iter().map(field).collect(),
            templates: list(&model["tmpls"]).iter().map(template).collect(),
        };
        types.insert(id.parse().map_err(|_| broken())?, notetype);
    }
    Ok(types)
}

/// The note types of the latest format.
pub(super) fn of_tables(database: &Connection) -> Result<BTreeMap<i64, NoteType>, Refused> {
    let broken = |_| Refused::new("is damaged: its note types cannot be read");
    let mut types: BTreeMap<i64, NoteType> = BTreeMap::new();
    let mut statement = database.prepare("SELECT id, name, config FROM notetypes")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let kind = Kind::decode(row.get::<_, Vec<u8>>(2)?.as_slice()).map_err(broken)?;
        types.insert(row.get(0)?, NoteType { name: row.get(1)?, cloze: kind.kind == 1, ..NoteType::default() });
    }
    let mut statement = database.prepare("SELECT ntid, name FROM fields ORDER BY ntid, ord")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(notetype) = types.get_mut(&row.get(0)?) {
            notetype.fields.push(Field { name: row.get(1)? });
        }
    }
    let mut statement = database.prepare("SELECT ntid, config FROM templates ORDER BY ntid, ord")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let sides = Sides::decode(row.get::<_, Vec<u8>>(1)?.as_slice()).map_err(broken)?;
        if let Some(notetype) = types.get_mut(&row.get(0)?) {
            notetype.templates.push(Template { front: sides.front, back: sides.back });
        }
    }
    Ok(types)
}
