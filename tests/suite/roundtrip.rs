//! There and back: what recto builds is studied in the real Anki, exported by it in each of its
//! formats, imported, built again with its scheduling, and compared in Anki, card by card.

use crate::judge::{self, Judge};
use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use std::fs;
use std::path::Path;
use std::process::Command;

/// One test for each format that Anki exports.
pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("anki: nothing is lost on the way there and back", nothing_is_lost)]
}

fn nothing_is_lost() -> Outcome {
    let python = match judge::prepare() {
        Judge::Ready(python) => python,
        Judge::Skipped(reason) => return judge::absent(reason).map_err(Failed::from),
    };
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

fn python_runs(python: &Path, folder: &Path, arguments: &[&str]) -> Outcome {
    let script = support::root().join("tests/anki/roundtrip.py");
    let output = support::run(Command::new(python).arg("-B").arg(script).args(arguments).current_dir(folder))?;
    ensure(output.status.success(), || support::printed(&output))
}
