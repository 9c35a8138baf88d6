//! The table of edits: a hundred cards in two notes, each with an interval of its own; one edit, a build, and who has
//! which interval then, in `recto.db` and in the real Anki after it took the new package.

use super::kinds::{KINDS, Kind, World};
use super::notes::Notes;
use super::random::Random;
use crate::judge::{self, Judge};
use crate::support::{self, Outcome, ensure};
use libtest_mimic::Failed;
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A face of a fact: the card's id, the face's number, and its interval in the database, if it has a memory.
type Face = (String, u16, Option<i64>);

/// What was found of one edit: facts that should be known, that are, and that have another's history.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Score {
    facts: usize,
    kept: usize,
    wrong: usize,
}

/// A folder of notes and what was built of them.
struct Folder {
    home: TempDir,
}

impl Folder {
    fn decks(&self) -> PathBuf {
        self.home.path().join("decks")
    }

    fn package(&self) -> PathBuf {
        self.decks().join("notes.apkg")
    }

    /// Writes notes, builds, and makes sure that no note was touched.
    fn build(&self, world: &World) -> Outcome {
        let notes = self.home.path().join("notes");
        if notes.exists() {
            fs::remove_dir_all(&notes)?;
        }
        fs::create_dir_all(&notes)?;
        let written = world.notes.written();
        for (path, text, _) in &written {
            fs::write(notes.join(path), text)?;
        }
        let output = support::run(support::recto(self.home.path()).args(["build", "notes"]))?;
        ensure(output.status.code().is_some_and(|code| code < 2), || support::printed(&output))?;
        for (path, text, _) in &written {
            ensure(fs::read_to_string(notes.join(path))? == *text, || format!("{path} was written to"))?;
        }
        Ok(())
    }

    fn copy(&self) -> Result<Folder, Failed> {
        let home = support::temporary()?;
        support::copy(self.home.path(), &support::files_below(self.home.path()), home.path())?;
        Ok(Folder { home })
    }

    /// The faces of each fact, by the line that the fact stands on.
    fn faces(&self, world: &World) -> Result<BTreeMap<usize, Vec<Face>>, Failed> {
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

    /// Gives each fact's faces an interval of as many days as its number.
    fn learn(&self, world: &World) -> Result<BTreeMap<usize, String>, Failed> {
        let database = Connection::open(self.decks().join("recto.db"))?;
        let mut cards = BTreeMap::new();
        for (fact, faces) in self.faces(world)? {
            let card = faces[0].0.clone();
            database.execute(
                "INSERT INTO reviews (id, face, at, stamp, utc_offset, day, kind, grade, taken, scheduler)
                 SELECT 'test ' || id, id, 1767258000000, id, 0, 20454, 'review', 4, 900, 'sm2' FROM faces WHERE card = ?",
                [&card],
            )?;
            database.execute(
                "INSERT INTO memories (face, scheduler, ease, interval, repetitions, lapses, answered, due, stability,
                                       difficulty, last_review)
                 SELECT f.id, 'sm2', 250, ?1, 3, 0, 20454, 30000, 5.0, 5.0, r.seq
                   FROM faces AS f JOIN reviews AS r ON r.face = f.id WHERE f.card = ?2",
                params![i64::try_from(fact)?, card],
            )?;
            cards.insert(fact, card);
        }
        Ok(cards)
    }
}

fn world() -> World {
    let mut random = Random::new(11);
    let notes = Notes::new(2, 50, &mut random);
    World { before: notes.clone(), notes, removed: Vec::new(), heirs: BTreeMap::new(), random }
}

/// Runs all edits and prints the table where `EDITS` is set.
#[expect(clippy::print_stderr, reason = "the table is what one runs this for")]
pub(super) fn run() -> Outcome {
    let base = Folder { home: support::temporary()? };
    base.build(&world())?;
    let cards = base.learn(&world())?;
    ensure(cards.len() >= 95, || format!("only {} facts became cards", cards.len()))?;
    let mut done = Vec::new();
    for kind in KINDS {
        let mut world = world();
        (kind.edit)(&mut world);
        let folder = base.copy()?;
        folder.build(&world)?;
        done.push((kind, world, folder));
    }
    let anki = ask_anki(&base, &cards, &done)?;
    let (mut table, mut bad) = (format!("{:<40} recto.db            Anki\n", "edit"), false);
    for (kind, world, folder) in &done {
        let faces = folder.faces(world)?;
        let here = score(world, &cards, |fact| faces.get(&fact)?.iter().find_map(|(_, _, days)| *days));
        let there = anki.get(kind.name).map(|found| {
            score(world, &cards, |fact| {
                let days = |(card, number, _): &Face| found[format!("{card}/{number}")][0].as_i64().filter(|d| *d > 0);
                faces.get(&fact)?.iter().find_map(days)
            })
        });
        let cell = |score: Score| format!("{}/{} kept, {} wrong", score.kept, score.facts, score.wrong);
        _ = writeln!(table, "{:<40} {:<19} {}", kind.name, cell(here), there.map_or("not asked".to_owned(), cell));
        bad |= [Some(here), there].into_iter().flatten().any(|score| score.wrong > 0 || score.kept < score.facts);
    }
    if std::env::var_os("EDITS").is_some() {
        eprintln!("\n{table}");
    }
    ensure(!bad, || table)
}

/// How many facts that were known before have the interval that is theirs.
fn score(world: &World, cards: &BTreeMap<usize, String>, days: impl Fn(usize) -> Option<i64>) -> Score {
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

/// What Anki has after each edit: by edit, by `GUID/number`, the interval and the fields; nothing without Anki.
fn ask_anki(
    base: &Folder,
    cards: &BTreeMap<usize, String>,
    done: &[(&Kind, World, Folder)],
) -> Result<BTreeMap<String, Value>, Failed> {
    let python = match judge::prepare() {
        Judge::Ready(python) => python,
        Judge::Skipped(reason) if std::env::var("CI").is_ok_and(|ci| ci == "true") => {
            return Err(reason.clone().into());
        }
        Judge::Skipped(_) => return Ok(BTreeMap::new()),
    };
    let intervals: BTreeMap<&String, usize> = cards.iter().map(|(fact, card)| (card, *fact)).collect();
    let edited: BTreeMap<&str, PathBuf> = done.iter().map(|(kind, _, folder)| (kind.name, folder.package())).collect();
    let plan = base.home.path().join("plan.json");
    fs::write(&plan, json!({ "intervals": intervals, "edited": edited }).to_string())?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/anki/history.py");
    let output = Command::new(python).arg(script).arg(base.package()).arg(&plan).output()?;
    ensure(output.status.success(), || String::from_utf8_lossy(&output.stderr).into_owned())?;
    Ok(serde_json::from_slice(&output.stdout)?)
}
