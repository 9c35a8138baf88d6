//! What recto reads from outside, each as a function of bytes that must never panic, hang or believe what is not
//! so. The fuzzer calls them with whatever it thinks of, and the test suite with every file of `corpus/`.

use recto::Compilation;
use recto::card::{Body, Content};
use recto::config::{Config, Settings};
use recto::diagnostic::Place;
use recto::export::{EXPORTERS, Exporter, Job};
use recto::identity::{Past, lock::Lock, settle};
use recto::import::notes;
use recto::load::{package, read_table};
use recto::render::terminal::{self, Look};
use recto::render::theme::Theme;
use recto::rules::RULES;
use recto::schedule::Day;
use recto::source::{FileId, SourceFile, Span};
use recto::store::{Store, Wanted};
use std::collections::BTreeMap;
use std::path::PathBuf;
use tempfile::TempDir;

/// A kind of input: its name, which is that of its folder in `corpus/`, and what reads it.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All of them.
pub(crate) const TARGETS: &[Target] =
    &[("note", note), ("front", front), ("lock", lock), ("package", package), ("table", table), ("database", database)];

/// A note, and what is written and shown of its cards.
pub(crate) fn note(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (file, out) = compiled(text);
    for card in &out.deck.cards {
        sound(&file, card.span);
        sound(&file, card.anchor);
        assert!(card.span.start <= card.anchor.start && card.anchor.end <= card.span.end, "an anchor outside its span");
    }
    for finding in &out.findings {
        if let Place::Span(span) = finding.place {
            sound(&file, span);
        }
    }
    for exporter in EXPORTERS {
        written(exporter, &out);
    }
    let look = Look { width: 40, theme: Theme::Dark };
    for side in out.deck.cards.iter().flat_map(|card| sides(&card.body)) {
        for line in terminal::content(side, look) {
            let controls = line.spans.iter().any(|span| span.content.contains(char::is_control));
            assert!(!controls, "a note steers the terminal: {line:?}");
        }
    }
}

/// Front matter in both languages, and settings.
pub(crate) fn front(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for mark in ["---", "+++"] {
        compiled(&format!("{mark}\n{text}\n{mark}\n\n# Ports\n\nQ: Which port does SSH use?\nA: 22\n"));
    }
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    // Whether it is understood does not matter here.
    let _ = Settings::parse(text, &rules);
}

/// An identity file, and a build after it; what that writes is understood again.
pub(crate) fn lock(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (salvaged, _) = Lock::salvage(&text);
    let (_, mut out) =
        compiled("# Ports\n\nQ: Which port does SSH use?\nA: 22\n\nQ: Which port does DNS use?\nA: 53\n");
    let locks = Lock::parse(&text).into_iter().chain([salvaged]);
    for lock in locks {
        let past = Past { lock: &lock, now: 1_800_000_000, pins: &BTreeMap::new() };
        let settled = settle(&mut out.deck.cards, &past);
        assert!(Lock::parse(&settled.text).is_ok(), "a lock that is not understood was written:\n{}", settled.text);
        assert_ne!(out.deck.cards[0].id, out.deck.cards[1].id, "two cards have one id");
    }
}

/// A package of Anki, its notes and its files.
pub(crate) fn package(data: &[u8]) {
    let (_folder, path) = stored("deck.apkg", data);
    let Ok((package, mut archive)) = package::open(&path) else { return };
    notes::write(&notes::of_package(&package));
    let names: Vec<String> = archive.media().map(str::to_owned).collect();
    for name in names {
        let _ = archive.file(&name);
    }
}

/// A table of cards.
pub(crate) fn table(data: &[u8]) {
    for name in ["deck.csv", "deck.tsv", "deck.txt"] {
        let (_folder, path) = stored(name, data);
        if let Ok(table) = read_table(&path) {
            notes::write(&recto::import::table::of_table(&table));
        }
    }
}

/// A review database: it is refused with a reason, or serves a session.
pub(crate) fn database(data: &[u8]) {
    let (_folder, path) = stored("recto.db", data);
    let Ok(mut store) = Store::open(&path) else { return };
    let today = Day(20_460);
    if let Ok(queue) = store.queue(&Wanted::default(), today) {
        for queued in queue.mixed().into_iter().take(3) {
            let _ = (store.face(queued.face), store.served(queued.face), store.preview(queued.face, today));
        }
    }
    let _ = (store.states(), store.all_given(), store.histories(), store.ahead(today), store.haste(today));
    let _ = store.verify(true);
}

fn sides(body: &Body) -> Vec<&Content> {
    match body {
        Body::Question { question: front, answer: back } | Body::Reversible { front, back } => vec![front, back],
        Body::Cloze { text } => vec![text],
        Body::Choice { stem, options } => [stem].into_iter().chain(options.iter().map(|o| &o.content)).collect(),
    }
}

fn compiled(text: &str) -> (SourceFile, Compilation) {
    let file = SourceFile::new(FileId(0), "fuzz.md".to_owned(), text.to_owned());
    let out = recto::compile(std::slice::from_ref(&file), &Config::default());
    (file, out)
}

fn sound(file: &SourceFile, span: Span) {
    assert!(file.text.get(span.start..span.end).is_some(), "{span:?} is no piece of the note");
}

fn written(exporter: &Exporter, out: &Compilation) {
    let mut bytes = std::io::Cursor::new(Vec::new());
    if let Err(error) = (exporter.export)(&Job::new(&out.deck), &mut bytes) {
        panic!("{} was not written: {}", exporter.name, error.0);
    }
}

fn stored(name: &str, data: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder for one file");
    let path = folder.path().join(name);
    std::fs::write(&path, data).expect("room for one file");
    (folder, path)
}
