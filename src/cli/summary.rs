//! What `build` says when it is done: to people in a few lines, to programs in one JSON object.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use super::error::Error;
use super::notes::Work;
use super::report::{self, count, plural, size};
use super::screen::Look;
use crate::card::Kind;
use crate::diagnostic::json::{Record, record};
use crate::diagnostic::render::visible;
use crate::identity::Change;
use crate::load::shown;
use crate::store::Update;

/// A file that a build made sure of.
#[derive(Debug)]
pub(super) struct Written {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its size.
    pub(super) bytes: u64,
    /// Whether the build changed it.
    pub(super) changed: bool,
    /// What became of its cards, for the review database.
    pub(super) update: Option<Update>,
}

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
    answer_changed: Vec<&'a str>,
    returned: Vec<&'a str>,
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

/// The summary as a JSON object on a line.
pub(super) fn json(work: &Work, written: &[Written]) -> Result<String, Error> {
    let file = |file: &Written| FileSummary {
        path: shown(&file.path),
        bytes: file.bytes,
        changed: file.changed,
        cards: file.update.map(|update| moves(update).into_iter().collect()),
    };
    let summary = Summary {
        deck: &work.deck.name,
        cards: work.deck.cards.len(),
        by_kind: by_kind(work).into_iter().collect(),
        notes: work.files.len(),
        media: work.deck.media.len(),
        files: written.iter().map(file).collect(),
        identities: identities(work),
        findings: work.findings.iter().map(|finding| record(finding, &work.files)).collect(),
    };
    report::json(&summary)
}

/// The summary in a few lines.
pub(super) fn plain(work: &Work, written: &[Written], look: Look) -> String {
    let cards = plural(work.deck.cards.len(), "card");
    let notes = match work.files.as_slice() {
        [file] => file.path.clone(),
        files => plural(files.len(), "note"),
    };
    let mut out = format!("{}  {cards} from {notes}\n", look.bold(&work.deck.name));
    out.push_str(&kinds(work, look));
    if work.deck.cards.is_empty() {
        out.push_str("  nothing in the notes is written in a way that makes a card, so no file was written\n");
        out.push_str("  help: `recto rules` lists what is looked for\n");
    }
    out.push_str(&table(written, look));
    out.push_str(&changes(work, look));
    let count = count(&work.findings);
    if !count.is_empty() {
        out.push_str(&["\n  ", &count, "; `recto check` lists them all\n"].concat());
    }
    out
}

fn identities(work: &Work) -> IdentitySummary<'_> {
    let settled = &work.identities.settled;
    let of = |change: Change| {
        let cards = settled.changes.iter().zip(&work.deck.cards).filter(move |(own, _)| **own == change);
        cards.map(|(_, card)| card.id.0.as_str()).collect::<Vec<_>>()
    };
    IdentitySummary {
        same: of(Change::Same).len(),
        edited: of(Change::Edited).len(),
        answer_changed: of(Change::Substance),
        returned: of(Change::Returned),
        new: of(Change::New).len(),
        gone: settled.retired.iter().map(|card| card.id.as_str()).collect(),
    }
}

/// How many cards that have gone are named one by one.
const NAMED: usize = 10;

/// What became of cards since the last build, where anything did.
fn changes(work: &Work, look: Look) -> String {
    let IdentitySummary { same, edited, answer_changed, returned, new, gone } = identities(work);
    let kept = edited + answer_changed.len() + returned.len();
    // The first build says nothing, nor does one that found nothing new.
    if same + kept + gone.len() == 0 || kept + new + gone.len() == 0 {
        return String::new();
    }
    let counted = [
        (edited, "edited"),
        (answer_changed.len(), "with another answer"),
        (returned.len(), "back"),
        (new, "new"),
        (gone.len(), "gone"),
    ];
    let words: Vec<String> =
        counted.iter().filter(|(number, _)| *number > 0).map(|(number, word)| format!("{number} {word}")).collect();
    let mut out = format!("\n  since the last build: {}\n", words.join(", "));
    for card in work.identities.settled.retired.iter().take(NAMED) {
        out.push_str(&look.dim(&format!("  gone  {}  {}  {}\n", card.id, card.file, visible(&card.front))));
    }
    if gone.len() > NAMED {
        out.push_str(&look.dim(&format!("  and {} more\n", gone.len() - NAMED)));
    }
    if !gone.is_empty() {
        let list = shown(&work.identities.path.with_extension("retired.txt"));
        out.push_str(&["  ", &list, " finds them in Anki\n"].concat());
    }
    out
}

/// The number of cards of each kind that there is, commonest first.
fn kinds(work: &Work, look: Look) -> String {
    let mut kinds = by_kind(work);
    kinds.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    let words: Vec<String> = kinds.iter().map(|(kind, number)| format!("{number} {kind}")).collect();
    if words.is_empty() { String::new() } else { format!("  {}\n", look.dim(&words.join(" · "))) }
}

fn by_kind(work: &Work) -> Vec<(&'static str, usize)> {
    let number = |kind: Kind| work.deck.cards.iter().filter(|card| card.kind == kind).count();
    Kind::ALL.iter().map(|kind| (kind.name(), number(*kind))).filter(|(_, number)| *number > 0).collect()
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
