//! The review database: what a build writes into it, what it keeps, and what it refuses to touch.

use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use recto::card::{Body, Card, CardId, Content, Deck, Kind, SourcePlace, Was};
use recto::markdown::text::Text;
use recto::source::Span;
use recto::store::{self, StoreError, Update};
use rusqlite::{Connection, OptionalExtension, types::FromSql};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A test of the database in a folder of its own.
type Check = fn(&Scratch) -> Outcome;

const CHECKS: &[(&str, Check)] = &[
    ("a new database has the settings that keep it whole", a_new_database_is_durable),
    ("a build brings cards and faces in", cards_come_in),
    ("nothing changes in the file when nothing changed in the notes", nothing_new_writes_nothing),
    ("a card that only moved is unchanged, and its place follows", a_move_is_no_change),
    ("memories outlive change, retirement and return", memories_are_kept),
    ("a gap keeps its memory when it is renumbered or reworded", gaps_keep_their_memory),
    ("a face goes by its number, and numbers may exchange words", faces_go_by_number),
    ("an answer that changed in substance is due at once", changed_answers_are_due),
    ("equal gaps of one card have keys of their own", equal_gaps_are_told_apart),
    ("the review log cannot be changed", the_log_is_append_only),
    ("a failed update leaves all as it was", a_failure_changes_nothing),
    ("an empty file becomes a database", an_empty_file_is_filled),
    ("a file that is no database is refused and left", no_database_is_refused),
    ("a database of another program is refused and left", foreign_is_refused),
    ("a newer version is refused and left", newer_is_refused),
    ("a damaged database is refused and left", damage_is_refused),
    ("a locked database is named", a_lock_is_named),
    ("a folder that is not there is named", a_missing_folder_is_named),
];

/// One test for each line of [`CHECKS`].
pub(crate) fn trials() -> Vec<Trial> {
    let trial = |(name, check): &'static (&str, Check)| {
        Trial::test(format!("store: {name}"), || check(&Scratch { folder: support::temporary()? }))
    };
    CHECKS.iter().map(trial).collect()
}

/// A folder for one database.
pub(crate) struct Scratch {
    folder: TempDir,
}

impl Scratch {
    fn path(&self) -> PathBuf {
        self.folder.path().join("recto.db")
    }

    fn update(&self, cards: &[Card], now: i64) -> Result<Update, StoreError> {
        store::update(&self.path(), &deck(cards), now)
    }

    fn get<T: FromSql>(&self, sql: &str) -> Result<Option<T>, Failed> {
        Ok(Connection::open(self.path())?.query_row(sql, [], |row| row.get(0)).optional()?)
    }

    fn expect<T: FromSql + PartialEq + std::fmt::Debug>(&self, sql: &str, expected: T) -> Outcome {
        let (actual, expected) = (self.get::<T>(sql)?, Some(expected));
        ensure(actual == expected, || format!("{sql}\nexpected {expected:?}, got {actual:?}"))
    }

    /// Lets somebody have answered a face once.
    fn remember(&self, face: &str, ease: i64) -> Outcome {
        answer(&Connection::open(self.path())?, face, ease)
    }

    fn expect_refusal(&self, phrase: &str) -> Outcome {
        let before = fs::read(self.path())?;
        let error = match self.update(&[fact(1, "S3", "storage")], 1) {
            Ok(update) => return Err(format!("was let in: {update:?}").into()),
            Err(error) => error.to_string(),
        };
        let path = self.path().display().to_string();
        ensure(error.contains(phrase) && error.contains(&path), || format!("no `{phrase}` or path in: {error}"))?;
        ensure(fs::read(self.path())? == before, || "the file was written to".to_owned())
    }
}

pub(crate) fn deck(cards: &[Card]) -> Deck {
    Deck { name: "Case".to_owned(), cards: cards.to_vec(), ..Deck::default() }
}

/// A card with an id made of its number.
pub(crate) fn card(number: usize, body: Body) -> Card {
    Card {
        id: CardId(format!("card{number:08}")),
        lineage: recto::card::Lineage::default(),
        kind: Kind::Fact,
        body,
        trail: vec!["Exam".to_owned(), "S3 & \"co\"".to_owned()],
        deck: "Cloud::Storage".to_owned(),
        tags: vec!["aws".to_owned()],
        why: None,
        rule: "term",
        anchor: Span::default(),
        span: Span::default(),
        source: SourcePlace { file: "s3.md".to_owned(), line: number + 1, end_line: number + 2 },
        also: Vec::new(),
    }
}

pub(crate) fn fact(number: usize, question: &str, answer: &str) -> Card {
    card(number, Body::Question { question: Content::words(question), answer: Content::words(answer) })
}

/// A cloze card; each gap is the first place of its words.
pub(crate) fn cloze(number: usize, text: &str, gaps: &[(u16, &str)]) -> Card {
    let mut cloze = Text::words(text);
    for (gap, words) in gaps {
        if let Some(at) = text.find(words) {
            cloze = cloze.with_gap(at..at + words.len(), *gap);
        }
    }
    card(number, Body::Cloze { text: Content::text(cloze) })
}

/// Writes one answer and what the scheduler made of it, as a review does.
pub(crate) fn answer(database: &Connection, face: &str, ease: i64) -> Outcome {
    let id: i64 = database.query_row("SELECT id FROM faces WHERE key = ?", [face], |row| row.get(0))?;
    database.execute(
        "INSERT INTO reviews (id, face, at, stamp, utc_offset, day, kind, grade, taken, scheduler)
         VALUES (?1, ?1, 1767258000000, 1767258000000, 60, 20454, 'review', 4, 3200, 'sm2')",
        [id],
    )?;
    let sql = "INSERT INTO memories VALUES (?1, 'sm2', ?2, 1, 1, 0, 20454, 20455, 2.5, 5.0, last_insert_rowid())";
    database.execute(sql, [id, ease])?;
    Ok(())
}

fn a_new_database_is_durable(scratch: &Scratch) -> Outcome {
    scratch.update(&[], 1)?;
    scratch.expect("PRAGMA journal_mode", "delete".to_owned())?;
    scratch.expect("PRAGMA user_version", 6)?;
    scratch.expect("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'", 0)?;
    let left: Vec<_> = support::files_below(scratch.folder.path());
    ensure(left == [Path::new("recto.db")], || format!("more than one file: {left:?}"))
}

fn cards_come_in(scratch: &Scratch) -> Outcome {
    let both = Body::Reversible { front: Content::words("NaCl"), back: Content::words("salt") };
    let cards = [fact(1, "S3", "storage"), card(2, both), cloze(3, "S3 holds 11 nines", &[(1, "S3"), (2, "11 nines")])];
    let update = scratch.update(&cards, 77)?;
    ensure(update == Update { added: 3, ..Update::default() }, || format!("{update:?}"))?;
    scratch.expect(
        "SELECT group_concat(key, ' ') FROM (SELECT key FROM live_faces ORDER BY card_position, face_position)",
        "front front back gap:S3 gap:11 nines".to_owned(),
    )?;
    scratch.expect("SELECT front || ' = ' || back FROM faces WHERE key = 'back'", "salt = NaCl".to_owned())?;
    scratch.expect(
        "SELECT front || ' = ' || back FROM faces WHERE key = 'gap:11 nines'",
        "S3 holds […] = 11 nines".to_owned(),
    )?;
    scratch.expect("SELECT trail ->> 1 FROM cards WHERE position = 0", "S3 & \"co\"".to_owned())?;
    scratch.expect("SELECT added_at FROM cards WHERE file = 's3.md' AND line = 2 AND end_line = 3", 77)
}

fn nothing_new_writes_nothing(scratch: &Scratch) -> Outcome {
    let cards = [fact(1, "S3", "storage"), cloze(2, "a b", &[(1, "a")])];
    scratch.update(&cards, 1)?;
    scratch.update(&cards[..1], 2)?;
    let (before, changed) = (fs::read(scratch.path())?, fs::metadata(scratch.path())?.modified()?);
    let update = scratch.update(&cards[..1], 3)?;
    ensure(update == Update { unchanged: 1, ..Update::default() }, || format!("{update:?}"))?;
    let same = fs::read(scratch.path())? == before && fs::metadata(scratch.path())?.modified()? == changed;
    ensure(same, || "the file was written to".to_owned())
}

fn a_move_is_no_change(scratch: &Scratch) -> Outcome {
    let mut moved = fact(1, "S3", "storage");
    scratch.update(std::slice::from_ref(&moved), 1)?;
    moved.source = SourcePlace { file: "other.md".to_owned(), line: 40, end_line: 41 };
    let update = scratch.update(&[moved], 2)?;
    ensure(update == Update { unchanged: 1, ..Update::default() }, || format!("{update:?}"))?;
    scratch.expect("SELECT line FROM cards WHERE file = 'other.md' AND changed_at = 1", 40)
}

fn memories_are_kept(scratch: &Scratch) -> Outcome {
    let memory = |scratch: &Scratch| scratch.expect("SELECT ease FROM live_faces JOIN memories ON face = id", 260);
    scratch.update(&[fact(1, "S3", "storage")], 1)?;
    scratch.remember("front", 260)?;
    let update = scratch.update(&[fact(1, "S3", "object storage")], 2)?;
    ensure(update == Update { changed: 1, ..Update::default() }, || format!("{update:?}"))?;
    memory(scratch)?;
    let update = scratch.update(&[], 3)?;
    ensure(update == Update { retired: 1, ..Update::default() }, || format!("{update:?}"))?;
    scratch.expect("SELECT count(*) FROM live_faces", 0)?;
    scratch.expect("SELECT retired_at FROM cards", 3)?;
    scratch.expect("SELECT count(*) FROM memories", 1)?;
    let update = scratch.update(&[fact(1, "S3", "object storage")], 4)?;
    ensure(update == Update { revived: 1, ..Update::default() }, || format!("{update:?}"))?;
    memory(scratch)
}

fn gaps_keep_their_memory(scratch: &Scratch) -> Outcome {
    let memory = |key: &str| {
        let sql = format!("SELECT ease FROM live_faces JOIN memories ON face = id WHERE key = '{key}'");
        scratch.expect(&sql, 260)
    };
    scratch.update(&[cloze(1, "buffers for 60 seconds", &[(1, "60 seconds")])], 1)?;
    scratch.remember("gap:60 seconds", 260)?;
    scratch.update(&[cloze(1, "Firehose buffers for 60 seconds", &[(2, "Firehose"), (1, "60 seconds")])], 2)?;
    memory("gap:60 seconds")?;
    scratch.update(&[cloze(1, "Firehose buffers for 60 s", &[(2, "Firehose"), (1, "60 s")])], 3)?;
    memory("gap:60 s")?;
    scratch.update(&[cloze(1, "Firehose buffers for 60 s", &[(2, "Firehose")])], 4)?;
    scratch.expect("SELECT count(*) FROM live_faces", 1)?;
    scratch.update(&[cloze(1, "Firehose buffers for 60 s", &[(2, "Firehose"), (1, "60 s")])], 5)?;
    memory("gap:60 s")
}

fn faces_go_by_number(scratch: &Scratch) -> Outcome {
    let eased = |key: &str| {
        let sql = format!("SELECT ease FROM live_faces JOIN memories ON face = id WHERE key = '{key}'");
        scratch.expect(&sql, 260)
    };
    scratch.update(&[cloze(1, "one two", &[(1, "one"), (2, "two")])], 1)?;
    scratch.remember("gap:one", 260)?;
    scratch.update(&[cloze(1, "eins zwei", &[(1, "eins"), (2, "zwei")])], 2)?;
    eased("gap:eins")?;
    scratch.update(&[cloze(1, "zwei eins", &[(1, "zwei"), (2, "eins")])], 3)?;
    eased("gap:zwei")?;
    let mut question = fact(1, "What comes first?", "zwei");
    scratch.update(std::slice::from_ref(&question), 4)?;
    eased("front")?;
    question.lineage.faces = vec![5];
    scratch.update(&[question], 5)?;
    scratch.expect("SELECT count(*) FROM live_faces", 1)?;
    scratch.expect("SELECT count(*) FROM live_faces JOIN memories ON face = id", 0)
}

fn changed_answers_are_due(scratch: &Scratch) -> Outcome {
    let with = |answer: &str, was: Option<(&str, i64)>| {
        let mut card = fact(1, "How long does it wait?", answer);
        card.lineage.was = was.map(|(answer, at)| Was { answer: answer.to_owned(), at });
        [card]
    };
    let pending = |number: i64| scratch.expect("SELECT count(*) FROM changed_faces", number);
    scratch.update(&with("60 seconds", None), 1)?;
    scratch.remember("front", 260)?;
    // The answer was given in January 2026; what changes must change later.
    let later = 1_800_000_000_000;
    scratch.update(&with("90 seconds", Some(("60 seconds", 1))), later)?;
    pending(1)?;
    scratch.expect("SELECT was FROM changed_faces", "60 seconds".to_owned())?;
    scratch.update(&with("95 seconds", Some(("90 seconds", 2))), later + 1)?;
    scratch.expect("SELECT was FROM changed_faces", "60 seconds".to_owned())?;
    scratch.update(&with("60 s", None), later + 2)?;
    pending(0)
}

fn equal_gaps_are_told_apart(scratch: &Scratch) -> Outcome {
    let text = Text::words("x = x").with_gap(0..1, 1).with_gap(4..5, 2);
    scratch.update(&[card(1, Body::Cloze { text: Content::text(text) })], 1)?;
    scratch.expect(
        "SELECT group_concat(key || ': ' || front, ', ') FROM faces ORDER BY position",
        "gap:x: […] = x, gap:x#2: x = […]".to_owned(),
    )
}

fn the_log_is_append_only(scratch: &Scratch) -> Outcome {
    scratch.update(&[fact(1, "S3", "storage")], 1)?;
    scratch.remember("front", 260)?;
    let database = Connection::open(scratch.path())?;
    for sql in ["UPDATE reviews SET grade = 5", "DELETE FROM reviews"] {
        let refused = database.execute(sql, []).err().map(|error| error.to_string()).unwrap_or_default();
        ensure(refused.contains("append-only"), || format!("{sql}: {refused}"))?;
    }
    Ok(())
}

fn a_failure_changes_nothing(scratch: &Scratch) -> Outcome {
    scratch.update(&[fact(1, "S3", "storage")], 1)?;
    let mut nameless = fact(3, "x", "y");
    nameless.id = CardId("?".to_owned());
    ensure(scratch.update(&[fact(2, "a", "b"), nameless], 2).is_err(), || "a bad id was let in".to_owned())?;
    scratch.expect("SELECT count(*) FROM cards WHERE retired_at IS NULL", 1)
}

fn an_empty_file_is_filled(scratch: &Scratch) -> Outcome {
    fs::write(scratch.path(), "")?;
    scratch.update(&[fact(1, "S3", "storage")], 1)?;
    scratch.expect("SELECT count(*) FROM cards", 1)
}

fn no_database_is_refused(scratch: &Scratch) -> Outcome {
    fs::write(scratch.path(), "my precious notes, longer than the header of a database: ".repeat(40))?;
    scratch.expect_refusal("is not a review database")
}

fn foreign_is_refused(scratch: &Scratch) -> Outcome {
    Connection::open(scratch.path())?.execute_batch("CREATE TABLE songs (title TEXT)")?;
    scratch.expect_refusal("of another program")
}

fn newer_is_refused(scratch: &Scratch) -> Outcome {
    scratch.update(&[], 1)?;
    Connection::open(scratch.path())?.execute_batch("PRAGMA user_version = 99")?;
    scratch.expect_refusal("has version 99")
}

fn damage_is_refused(scratch: &Scratch) -> Outcome {
    let cards: Vec<Card> = (0..400).map(|number| fact(number, "S3", &"storage ".repeat(20))).collect();
    scratch.update(&cards, 1)?;
    let whole = fs::read(scratch.path())?;
    fs::write(scratch.path(), &whole[..whole.len() / 2])?;
    scratch.expect_refusal("is damaged")?;
    let mut torn = whole;
    torn[8192..16384].fill(0x5a);
    fs::write(scratch.path(), torn)?;
    scratch.expect_refusal("is damaged")
}

fn a_lock_is_named(scratch: &Scratch) -> Outcome {
    scratch.update(&[], 1)?;
    let other = Connection::open(scratch.path())?;
    other.execute_batch("BEGIN EXCLUSIVE")?;
    scratch.expect_refusal("is in use by another program")
}

fn a_missing_folder_is_named(scratch: &Scratch) -> Outcome {
    let path = scratch.folder.path().join("nowhere/recto.db");
    let error = store::update(&path, &deck(&[]), 1).err().map(|error| error.to_string()).unwrap_or_default();
    ensure(error.contains("cannot open") && error.contains("nowhere"), || error.clone())
}
