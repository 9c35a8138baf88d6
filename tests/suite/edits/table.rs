//! The table of edits: a hundred cards in two notes, each with an interval of its own; one edit, a build, and who has
//! which interval then, in `recto.db` and in the real Anki after it took the new package.

use super::kinds::{KINDS, World};
use super::notes::Notes;
use super::random::Random;
use super::shapes::{self, Met, Played};
use crate::judge::{self, Judge};
use crate::support::{self, Outcome, ensure};
use libtest_mimic::Failed;
use rusqlite::{Connection, Row, params};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A face of a fact: the card's id, the face's number, and its interval in the database, if it has a memory.
pub(super) type Face = (String, u16, Option<i64>);

/// What was found of one edit: facts that should be known, that are, and that have another's history.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Score {
    pub(super) facts: usize,
    pub(super) kept: usize,
    pub(super) wrong: usize,
}

impl Score {
    /// Two counts together.
    pub(super) fn and(self, other: Score) -> Score {
        Score { facts: self.facts + other.facts, kept: self.kept + other.kept, wrong: self.wrong + other.wrong }
    }

    fn is_bad(self) -> bool {
        self.wrong > 0 || self.kept < self.facts
    }

    fn cell(self) -> String {
        format!("{}/{} kept, {} wrong", self.kept, self.facts, self.wrong)
    }
}

/// A folder of notes and what was built of them.
pub(super) struct Folder {
    home: TempDir,
}

impl Folder {
    /// An empty one.
    pub(super) fn new() -> Result<Folder, Failed> {
        Ok(Folder { home: support::temporary()? })
    }

    /// Where the notes and the decks are.
    pub(super) fn root(&self) -> &Path {
        self.home.path()
    }

    /// Where what was built is.
    pub(super) fn decks(&self) -> PathBuf {
        self.home.path().join("decks")
    }

    /// The package that was built.
    pub(super) fn package(&self) -> PathBuf {
        self.decks().join("notes.apkg")
    }

    /// Writes the notes of a world and builds them.
    pub(super) fn build(&self, world: &World) -> Outcome {
        self.write(&world.notes.written().into_iter().map(|(path, text, _)| (path, text)).collect())
    }

    /// Writes notes, builds, and makes sure that no note was touched.
    pub(super) fn write(&self, written: &BTreeMap<String, String>) -> Outcome {
        let notes = self.home.path().join("notes");
        if notes.exists() {
            fs::remove_dir_all(&notes)?;
        }
        fs::create_dir_all(&notes)?;
        for (path, text) in written {
            fs::write(notes.join(path), text)?;
        }
        let output = support::run(support::recto(self.home.path()).args(["build", "notes"]))?;
        ensure(output.status.code().is_some_and(|code| code < 2), || support::printed(&output))?;
        for (path, text) in written {
            ensure(fs::read_to_string(notes.join(path))? == *text, || format!("{path} was written to"))?;
        }
        Ok(())
    }

    /// The same notes and decks in another place.
    pub(super) fn copy(&self) -> Result<Folder, Failed> {
        let home = support::temporary()?;
        support::copy(self.home.path(), &support::files_below(self.home.path()), home.path())?;
        Ok(Folder { home })
    }

    /// The faces of each fact, by the line that the fact stands on.
    pub(super) fn faces(&self, world: &World) -> Result<BTreeMap<usize, Vec<Face>>, Failed> {
        let database = Connection::open(self.decks().join("recto.db"))?;
        let sql = "SELECT c.file, c.line, c.id, f.number, m.interval FROM cards AS c JOIN faces AS f ON f.card = c.id
                     LEFT JOIN memories AS m ON m.face = f.id
                    WHERE c.retired_at IS NULL AND f.retired_at IS NULL ORDER BY c.position, f.position";
        let mut statement = database.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut out: BTreeMap<usize, Vec<Face>> = BTreeMap::new();
        let written = world.notes.written();
        while let Some(row) = rows.next()? {
            let (file, line): (String, i64) = (row.get(0)?, row.get(1)?);
            let note = written.iter().find(|(path, ..)| file.ends_with(path.as_str()));
            let line = usize::try_from(line)?;
            if let Some(fact) = note.and_then(|(_, _, lines)| lines.get(&line)) {
                out.entry(*fact).or_default().push((row.get(2)?, row.get(3)?, row.get(4)?));
            }
        }
        Ok(out)
    }

    /// All faces that are in the notes.
    pub(super) fn met(&self) -> Result<Vec<Met>, Failed> {
        let database = Connection::open(self.decks().join("recto.db"))?;
        let sql =
            "SELECT c.id, f.number, c.file, c.line, f.back, m.interval FROM cards AS c JOIN faces AS f ON f.card = c.id
                     LEFT JOIN memories AS m ON m.face = f.id
                    WHERE c.retired_at IS NULL AND f.retired_at IS NULL ORDER BY c.position, f.position";
        let mut statement = database.prepare(sql)?;
        let met = |row: &Row| {
            let (card, number, file) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (line, days): (i64, Option<i64>) = (row.get(3)?, row.get(5)?);
            let count = |number: i64| usize::try_from(number).unwrap_or_default();
            Ok(Met { card, number, file, line: count(line), back: row.get(4)?, days: days.map(count) })
        };
        Ok(statement.query_map([], met)?.collect::<Result<_, _>>()?)
    }

    /// Gives each fact's faces an interval of as many days as its number.
    pub(super) fn learn(&self, world: &World) -> Result<BTreeMap<usize, String>, Failed> {
        let mut cards = BTreeMap::new();
        for (fact, faces) in self.faces(world)? {
            let card = faces[0].0.clone();
            for (_, number, _) in faces.iter().filter(|(other, ..)| *other == card) {
                self.know(&card, *number, fact)?;
            }
            cards.insert(fact, card);
        }
        Ok(cards)
    }

    /// Gives a face an interval.
    pub(super) fn know(&self, card: &str, number: u16, days: usize) -> Outcome {
        let database = Connection::open(self.decks().join("recto.db"))?;
        // An answer, and behind it what was set by hand, since an interval of one's own follows from no answer.
        for (kind, grade) in [("review", Some(4)), ("set", None)] {
            let sql = "INSERT INTO reviews (id, face, at, stamp, utc_offset, day, kind, grade, taken, scheduler)
                       SELECT ?1 || ' ' || id, id, 1767258000000, id, 0, 20454, ?1, ?2, 900, 'sm2' FROM faces
                        WHERE card = ?3 AND number = ?4";
            database.execute(sql, params![kind, grade, card, number])?;
        }
        let sql = "INSERT INTO placements SELECT r.seq, 250, ?1, 3, 0, 20454, 30000, 5.0, 5.0
                     FROM faces AS f JOIN reviews AS r ON r.face = f.id AND r.kind = 'set'
                    WHERE f.card = ?2 AND f.number = ?3";
        database.execute(sql, params![i64::try_from(days)?, card, number])?;
        let sql =
            "INSERT INTO memories (face, scheduler, ease, interval, repetitions, lapses, answered, due, stability,
                                         difficulty, last_review)
                   SELECT f.id, 'sm2', 250, ?1, 3, 0, 20454, 30000, 5.0, 5.0, r.seq
                     FROM faces AS f JOIN reviews AS r ON r.face = f.id AND r.kind = 'set'
                    WHERE f.card = ?2 AND f.number = ?3";
        database.execute(sql, params![i64::try_from(days)?, card, number])?;
        Ok(())
    }
}

/// So many notes of so many facts.
pub(super) fn world(notes: usize, facts: usize) -> World {
    let mut random = Random::new(11);
    let notes = Notes::new(notes, facts, &mut random);
    World { before: notes.clone(), notes, removed: Vec::new(), heirs: BTreeMap::new(), random }
}

/// Runs all edits and prints the table where `EDITS` is set.
#[expect(clippy::print_stderr, reason = "the table is what one runs this for")]
pub(super) fn run() -> Outcome {
    let base = Folder { home: support::temporary()? };
    base.build(&world(2, 50))?;
    let cards = base.learn(&world(2, 50))?;
    ensure(cards.len() >= 95, || format!("only {} facts became cards", cards.len()))?;
    let mut done = Vec::new();
    for kind in KINDS {
        let mut world = world(2, 50);
        (kind.edit)(&mut world);
        let folder = base.copy()?;
        folder.build(&world)?;
        done.push((kind, world, folder));
    }
    let shapes = shapes::play()?;
    let intervals = cards.iter().map(|(fact, card)| (card.clone(), *fact)).collect();
    let plan = done.iter().map(|(kind, _, folder)| (kind.name.to_owned(), asked(&base, folder, &intervals)));
    let anki = ask_anki(&plan.chain(shapes.iter().map(Played::plan)).collect())?;
    let (mut table, mut bad) = (format!("{:<46} {:<22} Anki\n", "edit", "recto.db"), false);
    for (kind, world, folder) in &done {
        let faces = folder.faces(world)?;
        let here = score(world, &cards, |fact| faces.get(&fact)?.iter().find_map(|(_, _, days)| *days));
        let there = anki.get(kind.name).map(|found| {
            score(world, &cards, |fact| {
                let days = |(card, number, _): &Face| found[format!("{card}/{number}")][0].as_i64().filter(|d| *d > 0);
                faces.get(&fact)?.iter().find_map(days)
            })
        });
        bad |= row(&mut table, kind.name, here, there);
    }
    for played in &shapes {
        let there = anki.get(&played.name).map(|found| played.there(found)).transpose()?;
        bad |= row(&mut table, &played.name, played.here()?, there);
    }
    if std::env::var_os("EDITS").is_some() {
        eprintln!("\n{table}");
    }
    ensure(!bad, || table)
}

/// Adds a row to the table; says whether anything in it is amiss.
fn row(table: &mut String, name: &str, here: Score, there: Option<Score>) -> bool {
    let cell = there.map_or("not asked".to_owned(), Score::cell);
    _ = writeln!(table, "{name:<46} {:<22} {cell}", here.cell());
    [Some(here), there].into_iter().flatten().any(Score::is_bad)
}

/// How many facts that were known before have the interval that is theirs.
pub(super) fn score(world: &World, cards: &BTreeMap<usize, String>, days: impl Fn(usize) -> Option<i64>) -> Score {
    let mut score = Score::default();
    let facts = world.notes.notes.iter().flat_map(|note| &note.sections).flat_map(|(_, facts)| facts);
    for fact in facts {
        let found = days(fact.number).and_then(|days| usize::try_from(days).ok());
        let parents = world.heirs.get(&fact.number).cloned().unwrap_or_default();
        let old = cards.contains_key(&fact.number);
        score.facts += usize::from(old);
        score.kept += usize::from(old && found == Some(fact.number));
        score.wrong += usize::from(found.is_some_and(|days| days != fact.number && !parents.contains(&days)));
    }
    score
}

/// An edit for Anki: the package it has, the one it gets, and the days of all cards of a GUID, or of one where a
/// number stands behind it; and the search for what has gone, of which Anki must find just that.
pub(super) fn asked(base: &Folder, edited: &Folder, intervals: &BTreeMap<String, usize>) -> Value {
    let gone = fs::read_to_string(edited.decks().join("notes.retired.txt")).unwrap_or_default();
    let search = gone.lines().next().unwrap_or_default();
    json!({ "base": base.package(), "edited": edited.package(), "intervals": intervals, "search": search })
}

/// What Anki has after each edit: by edit, by `GUID/number`, the interval and the fields; nothing without Anki.
fn ask_anki(plan: &BTreeMap<String, Value>) -> Result<BTreeMap<String, Value>, Failed> {
    let python = match judge::prepare() {
        Judge::Ready(python) => python,
        Judge::Skipped(reason) => return judge::absent(reason).map(|()| BTreeMap::new()).map_err(Failed::from),
    };
    let folder = support::temporary()?;
    let file = folder.path().join("plan.json");
    fs::write(&file, json!(plan).to_string())?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/anki/history.py");
    let output = Command::new(python).arg("-B").arg(script).arg(&file).output()?;
    ensure(output.status.success(), || String::from_utf8_lossy(&output.stderr).into_owned())?;
    Ok(serde_json::from_slice(&output.stdout)?)
}
