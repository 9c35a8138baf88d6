//! The database of a package, read as somebody else's: no trigger, view or function of its own runs.

use std::collections::BTreeMap;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Row};
use serde_json::Value;
use tempfile::NamedTempFile;

use super::{Answer, Card, Note, Package, Refused, notetypes};

/// The tables that every collection has.
const TABLES: [&str; 4] = ["col", "notes", "cards", "revlog"];

/// The largest number of rows of a table.
const MOST_ROWS: i64 = 20_000_000;

/// Reads the database in a file.
pub(super) fn read(file: &NamedTempFile) -> Result<Package, Refused> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(file.path(), flags)?;
    guard(&database)?;
    let (created, conf, models, decks): (i64, String, String, String) =
        database.query_row("SELECT crt, conf, models, decks FROM col", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    let tables = is_table(&database, "notetypes")?;
    let notetypes = if tables { notetypes::of_tables(&database)? } else { notetypes::of_json(&models)? };
    let decks = if tables { decks_of_tables(&database)? } else { decks_of_json(&decks)? };
    Ok(Package {
        notetypes,
        decks,
        notes: rows(&database, "SELECT id, guid, mid, tags, flds FROM notes ORDER BY id", note)?,
        cards: rows(&database, CARDS, card)?,
        answers: rows(&database, ANSWERS, answer)?,
        day_zero: day_zero(created, offset(&database, &conf, tables)?),
    })
}

const CARDS: &str = "SELECT id, nid, CASE WHEN odid = 0 THEN did ELSE odid END, ord, type, queue, \
                     CASE WHEN odid = 0 OR odue = 0 THEN due ELSE odue END, ivl, factor, reps, lapses, left, flags & 7, data \
                     FROM cards ORDER BY nid, ord, id";

const ANSWERS: &str = "SELECT id, cid, ease, time, type, ivl, lastIvl, factor FROM revlog \
                       WHERE (ease BETWEEN 1 AND 4 AND type BETWEEN 0 AND 3) OR (ease = 0 AND type BETWEEN 0 AND 5) \
                       ORDER BY id";

/// Sees to it that reading runs no code of the database's own, and that it is sound and not endless.
fn guard(database: &Connection) -> Result<(), Refused> {
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    database.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
    // The names of the latest format are compared without regard to letter case.
    database.create_collation("unicase", |a, b| a.to_lowercase().cmp(&b.to_lowercase()))?;
    for table in TABLES {
        if !is_table(database, table)? {
            return Err(Refused(format!("is no Anki package: its database has no table `{table}`")));
        }
        let count: i64 = database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
        if count > MOST_ROWS {
            return Err(Refused(format!("is refused: it has more than {MOST_ROWS} rows of `{table}`")));
        }
    }
    let verdict: String = database.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Refused(format!("holds a broken database: {verdict}"))) }
}

fn is_table(database: &Connection, name: &str) -> Result<bool, Refused> {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = ? AND type = 'table'";
    Ok(database.query_row(sql, [name], |row| row.get::<_, i64>(0))? == 1)
}

fn rows<T>(database: &Connection, sql: &str, read: fn(&Row) -> rusqlite::Result<T>) -> Result<Vec<T>, Refused> {
    Ok(database.prepare(sql)?.query_map([], read)?.collect::<Result<_, _>>()?)
}

fn note(row: &Row) -> rusqlite::Result<Note> {
    let (tags, fields): (String, String) = (row.get(3)?, row.get(4)?);
    Ok(Note {
        id: row.get(0)?,
        guid: row.get(1)?,
        notetype: row.get(2)?,
        tags: tags.split_whitespace().map(str::to_owned).collect(),
        fields: fields.split('\u{1f}').map(str::to_owned).collect(),
    })
}

fn card(row: &Row) -> rusqlite::Result<Card> {
    Ok(Card {
        id: row.get(0)?,
        note: row.get(1)?,
        deck: row.get(2)?,
        number: row.get(3)?,
        stage: row.get(4)?,
        queue: row.get(5)?,
        due: row.get(6)?,
        interval: row.get(7)?,
        ease: row.get(8)?,
        repetitions: row.get(9)?,
        lapses: row.get(10)?,
        remaining: row.get(11)?,
        flag: row.get(12)?,
        data: row.get(13)?,
    })
}

fn answer(row: &Row) -> rusqlite::Result<Answer> {
    Ok(Answer {
        at: row.get(0)?,
        card: row.get(1)?,
        button: row.get(2)?,
        taken: row.get(3)?,
        stage: row.get(4)?,
        interval: row.get(5)?,
        last_interval: row.get(6)?,
        ease: row.get(7)?,
    })
}

fn decks_of_json(decks: &str) -> Result<BTreeMap<i64, String>, Refused> {
    let broken = || Refused::new("is damaged: its decks cannot be read");
    let decks: BTreeMap<String, Value> = serde_json::from_str(decks).map_err(|_| broken())?;
    let name = |deck: &Value| deck["name"].as_str().unwrap_or_default().to_owned();
    decks.iter().map(|(id, deck)| Ok((id.parse().map_err(|_| broken())?, name(deck)))).collect()
}

fn decks_of_tables(database: &Connection) -> Result<BTreeMap<i64, String>, Refused> {
    let deck = |row: &Row| Ok((row.get(0)?, row.get::<_, String>(1)?.replace('\u{1f}', "::")));
    Ok(rows(database, "SELECT id, name FROM decks", deck)?.into_iter().collect())
}

/// Minutes west of Greenwich at which the collection was made, where it says so.
fn offset(database: &Connection, conf: &str, tables: bool) -> Result<Option<i64>, Refused> {
    let text = if tables {
        let kept =
            rows(database, "SELECT val FROM config WHERE key = 'creationOffset'", |row| row.get::<_, Vec<u8>>(0))?;
        kept.first().map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    } else {
        serde_json::from_str::<Value>(conf).ok().map(|conf| conf["creationOffset"].to_string())
    };
    Ok(text.and_then(|text| text.trim().parse().ok()).filter(|minutes: &i64| minutes.abs() <= 26 * 60))
}

/// Day zero: the day on which the collection was made, where it was made.
fn day_zero(created: i64, offset: Option<i64>) -> i64 {
    (created - offset.unwrap_or(0) * 60).div_euclid(86_400)
}
