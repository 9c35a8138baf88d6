//! What `build` says when it is done: to people in a few lines, to programs in one JSON object.

use std::collections::BTreeMap;

use serde::Serialize;

use super::error::Error;
use super::report::{self, count, plural, size};
use super::screen::Look;
use super::told::{Moves, Told, Written};
use crate::diagnostic::json::{Record, record};
use crate::diagnostic::render::visible;
use crate::load::shown;
use crate::schedule::Day;
use crate::source::SourceFile;
use crate::store::Update;
use crate::study;

#[derive(Serialize)]
struct Summary<'a> {
    deck: &'a str,
    cards: usize,
    by_kind: BTreeMap<&'static str, usize>,
    notes: usize,
    media: usize,
    files: Vec<FileSummary>,
    identities: IdentitySummary<'a>,
    findings: Vec<Record<'a>>,
}

/// What became of cards since the last build.
#[derive(Serialize)]
struct IdentitySummary<'a> {
    same: usize,
    edited: usize,
    answer_changed: &'a [String],
    returned: &'a [String],
    new: usize,
    gone: Vec<&'a str>,
}

#[derive(Serialize)]
struct FileSummary {
    path: String,
    bytes: u64,
    changed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cards: Option<BTreeMap<&'static str, usize>>,
}

/// The summary as a JSON object on a line; `notes` are the notes that were compiled.
pub(super) fn json(told: &Told, notes: &[SourceFile]) -> Result<String, Error> {
    let file = |file: &Written| FileSummary {
        path: shown(&file.path),
        bytes: file.bytes,
        changed: file.changed,
        cards: file.update.map(|update| moves(update).into_iter().collect()),
    };
    let Moves { same, edited, answer_changed, returned, new, gone } = &told.moves;
    let summary = Summary {
        deck: &told.deck,
        cards: told.cards,
        by_kind: told.kinds.iter().map(|(kind, number)| (kind.name(), *number)).collect(),
        notes: notes.len(),
        media: told.media,
        files: told.files.iter().map(file).collect(),
        identities: IdentitySummary {
            same: *same,
            edited: *edited,
            answer_changed,
            returned,
            new: *new,
            gone: gone.iter().map(|card| card.id.as_str()).collect(),
        },
        findings: told.findings.iter().map(|finding| record(finding, notes)).collect(),
    };
    report::json(&summary)
}

/// The summary in a few lines; `notes` are the notes that were compiled.
pub(super) fn plain(told: &Told, notes: &[SourceFile], look: Look) -> String {
    let cards = plural(told.cards, "card");
    let notes = match notes {
        [file] => file.path.clone(),
        files => plural(files.len(), "note"),
    };
    let mut out = format!("{}  {cards} from {notes}\n", look.bold(&told.deck));
    out.push_str(&kinds(told, look));
    if told.cards == 0 {
        out.push_str("  nothing in the notes is written in a way that makes a card, so no file was written\n");
        out.push_str("  help: `recto rules` lists what is looked for\n");
    }
    out.push_str(&table(&told.files, look));
    out.push_str(&changes(told, look));
    let count = count(&told.findings);
    if !count.is_empty() {
        out.push_str(&["\n  ", &count, "; `recto check` lists them all\n"].concat());
    }
    out
}

/// What is said of exams that have come or gone.
pub(super) fn exams_over(told: &Told, today: Day) -> String {
    let over = told.exams.iter().filter(|exam| **exam <= today);
    over.flat_map(|exam| ["\n  ".to_owned(), study::exam_over(*exam, today), "\n".to_owned()]).collect()
}

/// How many cards that have gone are named one by one.
const NAMED: usize = 10;

/// What became of cards since the last build, where anything did.
fn changes(told: &Told, look: Look) -> String {
    let Moves { same, edited, answer_changed, returned, new, gone } = &told.moves;
    let kept = edited + answer_changed.len() + returned.len();
    // The first build says nothing, nor does one that found nothing new.
    if same + kept + gone.len() == 0 || kept + new + gone.len() == 0 {
        return String::new();
    }
    let counted = [
        (*edited, "edited"),
        (answer_changed.len(), "with another answer"),
        (returned.len(), "back"),
        (*new, "new"),
        (gone.len(), "gone"),
    ];
    let words: Vec<String> =
        counted.iter().filter(|(number, _)| *number > 0).map(|(number, word)| format!("{number} {word}")).collect();
    let mut out = format!("\n  since the last build: {}\n", words.join(", "));
    for card in gone.iter().take(NAMED) {
        out.push_str(&look.dim(&format!("  gone  {}  {}  {}\n", card.id, card.file, visible(&card.front))));
    }
    if gone.len() > NAMED {
        out.push_str(&look.dim(&format!("  and {} more\n", gone.len() - NAMED)));
    }
    if !gone.is_empty() {
        let list = shown(&told.lock.with_extension("retired.txt"));
        out.push_str(&["  ", &list, " finds them in Anki\n"].concat());
    }
    out
}

/// The number of cards of each kind that there is, commonest first.
fn kinds(told: &Told, look: Look) -> String {
    let mut kinds = told.kinds.clone();
    kinds.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    let words: Vec<String> = kinds.iter().map(|(kind, number)| format!("{number} {}", kind.name())).collect();
    if words.is_empty() { String::new() } else { format!("  {}\n", look.dim(&words.join(" · "))) }
}

/// The files, a line each.
fn table(written: &[Written], look: Look) -> String {
    let rows: Vec<(String, String, String)> =
        written.iter().map(|file| (shown(&file.path), size(file.bytes), remark(file))).collect();
    let wide = rows.iter().map(|row| row.0.chars().count()).max().unwrap_or_default();
    let narrow = rows.iter().map(|row| row.1.len()).max().unwrap_or_default();
    let row = |(path, size, remark): &(String, String, String)| {
        let line = format!("  {path:<wide$}  {size:>narrow$}");
        if remark.is_empty() { line + "\n" } else { format!("{line}  {}\n", look.dim(remark)) }
    };
    let table: String = rows.iter().map(row).collect();
    if table.is_empty() { table } else { format!("\n{table}") }
}

fn remark(file: &Written) -> String {
    if !file.changed {
        return "unchanged".to_owned();
    }
    let moves = file.update.map(moves).unwrap_or_default();
    let words = moves.iter().filter(|(_, number)| *number > 0).map(|(word, number)| format!("{number} {word}"));
    words.collect::<Vec<_>>().join(", ")
}

/// What became of the database's cards.
fn moves(update: Update) -> [(&'static str, usize); 5] {
    [
        ("added", update.added),
        ("changed", update.changed),
        ("retired", update.retired),
        ("revived", update.revived),
        ("unchanged", update.unchanged),
    ]
}
