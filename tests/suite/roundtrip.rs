//! There and back: what recto builds is studied in the real Anki, exported by it in each of its
//! formats, imported, built again with its scheduling, and compared in Anki, card by card.

use crate::judge;
use crate::review::{DAY, moment};
use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use recto::schedule::Grade;
use recto::store::{AnswerKind, Filter, Response, Store};
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use std::process::Command;

/// With Anki, and for what is no matter of Anki's without it.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("anki: nothing is lost on the roundtrip", || judge::asked(nothing_is_lost)),
        Trial::test("anki: looks of a later package replace those of an earlier one", || {
            judge::asked(looks_are_updated)
        }),
        Trial::test("roundtrip: cards whose shape changed keep their progress", shapes_change),
    ]
}

fn nothing_is_lost(python: &Path) -> Outcome {
    let folder = support::temporary()?;
    let gallery = support::root().join("tests/anki/gallery");
    support::copy(&gallery, &support::files_below(&gallery), folder.path())?;
    let recto = |arguments: &[&str]| -> Result<String, Failed> {
        let output = support::run(support::recto(folder.path()).args(arguments))?;
        ensure(output.status.success(), || format!("{arguments:?}\n{}", support::printed(&output)))?;
        Ok(support::printed(&output))
    };
    recto(&["build", "."])?;
    python_runs(python, folder.path(), &["study", "decks/gallery.apkg", "studied"])?;
    let new = fs::read(folder.path().join("decks/recto.db"))?;
    for format in ["legacy.apkg", "latest.apkg", "whole.colpkg"] {
        fs::write(folder.path().join("decks/recto.db"), &new)?;
        let file = format!("studied/{format}");
        let said = recto(&["import", &file])?;
        ensure(!said.contains("not in the review database"), || format!("{format}: {said}"))?;
        recto(&["build", ".", "--with-scheduling"])?;
        python_runs(python, folder.path(), &["compare", "studied/state.json", "decks/gallery.apkg"])
            .map_err(|error| Failed::from(format!("{format}: {}", error.message().unwrap_or_default())))?;
        let again = recto(&["import", &file])?;
        ensure(again.contains(" 0 new answers, 0 schedules changed"), || format!("{format}, twice: {again}"))?;
    }
    Ok(())
}

fn looks_are_updated(python: &Path) -> Outcome {
    let folder = support::temporary()?;
    let gallery = support::root().join("tests/anki/gallery");
    let built =
        support::run(support::recto(&gallery).args(["build", ".", "--format", "apkg", "-o"]).arg(folder.path()))?;
    ensure(built.status.success(), || support::printed(&built))?;
    let script = support::root().join("tests/anki/update.py");
    let package = folder.path().join("gallery.apkg");
    let output = support::run(Command::new(python).arg("-B").arg(script).arg(package))?;
    let said = support::printed(&output);
    ensure(output.status.success() && said.contains("4 note types"), || said.clone())
}

fn python_runs(python: &Path, folder: &Path, arguments: &[&str]) -> Outcome {
    let script = support::root().join("tests/anki/roundtrip.py");
    let output = support::run(Command::new(python).arg("-B").arg(script).args(arguments).current_dir(folder))?;
    ensure(output.status.success(), || support::printed(&output))
}

/// Notes, and the same after edits that turn questions into gaps and pairs, gaps into questions, and a pair round.
const SHAPES: [&str; 2] = [
    "Q: What does the Tarn index store?\nA: postings\n\nThe Kestrel queue holds messages for ==14 days==.\n\n\
     der Hund ::: the dog\n\nQ: die Katze\nA: the cat\n",
    "The Tarn index stores ==postings== in ==sorted runs==.\n\n\
     Q: For how long does the Kestrel queue hold messages?\nA: 14 days\n\n\
     the hound ::: der Hund\n\ndie Katze ::: the cat\n",
];

fn shapes_change() -> Outcome {
    let folder = support::temporary()?;
    let recto = |arguments: &[&str]| -> Result<String, Failed> {
        let output = support::run(support::recto(folder.path()).args(arguments))?;
        ensure(output.status.success(), || format!("{arguments:?}\n{}", support::printed(&output)))?;
        Ok(support::printed(&output))
    };
    let database = folder.path().join("decks/recto.db");
    for (step, text) in (0..).zip(SHAPES) {
        fs::write(folder.path().join("note.md"), text)?;
        recto(&["build", "note.md"])?;
        let mut store = Store::open(&database)?;
        for (minute, queued) in (0..).zip(store.faces(&Filter::default(), DAY.plus(40 * step))?) {
            let mut moment = moment(DAY.plus(40 * step));
            moment.at += minute * 60_000;
            let grade = if minute % 2 == 0 { Grade::GOOD } else { Grade::EASY };
            store.record(&Response { face: queued.face, grade, taken: 900, kind: AnswerKind::Review }, &moment)?;
        }
    }
    let before = known(&database)?;
    let twice = before.iter().filter(|line| line.matches(" answered ").count() == 2).count();
    ensure((before.len(), twice) == (7, 5), || format!("the edits were not followed: {before:#?}"))?;
    recto(&["build", "note.md", "--with-scheduling"])?;
    fs::copy(folder.path().join("decks/note.apkg"), folder.path().join("out.apkg"))?;
    fs::remove_file(&database)?;
    recto(&["build", "note.md"])?;
    let said = recto(&["import", "out.apkg"])?;
    ensure(!said.contains("not in the review database"), || said.clone())?;
    let after = known(&database)?;
    ensure(before == after, || format!("{before:#?}\n{after:#?}\n{said}"))?;
    let again = recto(&["import", "out.apkg"])?;
    ensure(again.contains(" 0 new answers, 0 schedules changed"), || again.clone())
}

/// Of each face the card, its number, its schedule and its answers.
fn known(database: &Path) -> Result<Vec<String>, Failed> {
    let sql = "SELECT card || ' ' || number || ': ' || interval || ' ' || ease || ' ' || due || (SELECT
               group_concat(' answered ' || at || ' ' || grade, '') FROM answers WHERE face = faces.id ORDER BY at)
               FROM faces LEFT JOIN memories ON face = faces.id WHERE retired_at IS NULL ORDER BY card, number";
    let database = Connection::open(database)?;
    let mut statement = database.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok(row.get::<_, Option<String>>(0)?.unwrap_or_default()))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
