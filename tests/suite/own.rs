//! The project's own notes: they keep every invariant, and Anki takes the deck they become.

use crate::support::{self, Outcome, ensure};
use crate::{invariants, judge};
use libtest_mimic::{Failed, Trial};
use recto::card::Deck;
use recto::export::EXPORTERS;
use recto::load::{self, Loaded, Request};
use std::fs;

/// Two tests over `source-notes/`.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("own notes: keep every invariant", invariants_hold),
        Trial::test("own notes: Anki takes their deck", anki_takes_them),
    ]
}

/// The notes and settings, read as the program does.
fn loaded() -> Result<Loaded, Failed> {
    let root = support::root();
    let request =
        Request { paths: vec![root.join(load::SOURCE)], output: root.join("decks"), here: root.to_path_buf() };
    let loaded = load::load(&request).map_err(|error| format!("{error:?}"))?;
    ensure(!loaded.files.is_empty(), || "there are no notes".to_owned())?;
    Ok(loaded)
}

fn invariants_hold() -> Outcome {
    let loaded = loaded()?;
    invariants::check(&loaded.files, &loaded.config, &recto::compile(&loaded.files, &loaded.config))
}

fn anki_takes_them() -> Outcome {
    let loaded = loaded()?;
    let mut deck = recto::compile(&loaded.files, &loaded.config).deck;
    let missing = load::attach_media(&mut deck, &loaded, None);
    ensure(missing.is_empty(), || missing[0].message.clone())?;
    verdict(&deck).map(drop)
}

/// What Anki says of a deck's package and text file, or nothing where there is no Anki to ask; an
/// error if it finds anything broken.
pub(crate) fn verdict(deck: &Deck) -> Result<Option<String>, Failed> {
    let folder = support::temporary()?;
    let write = |format: &str| {
        let path = folder.path().join(format!("deck.{format}"));
        fs::write(&path, export(deck, format)?)?;
        Ok::<_, Failed>(path)
    };
    let report = judge::judge(&write("apkg")?, Some(&write("csv")?), &["--quiet", "--strict", "--graded"])?;
    // A later Anki that says the same is no difference.
    let lines: Vec<&str> = report.lines().map(|line| line.split(" (anki ").next().unwrap_or_default()).collect();
    Ok(if report.starts_with("SKIPPED") { None } else { Some(lines.join("\n") + "\n") })
}

/// A deck in a format.
pub(crate) fn export(deck: &Deck, format: &str) -> Result<Vec<u8>, Failed> {
    let exporter = EXPORTERS.iter().find(|exporter| exporter.name == format);
    let exporter = exporter.ok_or_else(|| format!("there is no exporter `{format}`"))?;
    exporter.bytes(deck).map_err(|error| error.0.into())
}
