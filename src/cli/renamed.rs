//! Other decks in the folder: those of other notes, and the deck itself under a name that it had before: its identities
//! are those of the old one, whose files nobody deletes unasked.

#![expect(clippy::disallowed_methods, reason = "cli looks which files of the old deck are still there")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::card::Card;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::identity::DECK_RENAMED;
use crate::export::EXPORTERS;
use crate::load::{LABELS, MODEL, OtherLock, shown};
use crate::source::SourceFile;

/// The endings of what its user made beside a deck.
const OWN: [&str; 3] = [LABELS, MODEL, "audit.csv"];

/// Whether all cards of a deck come from the notes at these paths.
pub(super) fn is_of(other: &OtherLock, paths: &BTreeSet<&str>) -> bool {
    other.notes.iter().all(|note| paths.contains(note.as_str()))
}

/// The identity file of a deck under an earlier name, of those beside its own: one whose cards all come from these
/// notes; of several the one with the most cards.
pub(super) fn earlier<'a>(others: &'a [OtherLock], paths: &BTreeSet<&str>) -> Option<&'a OtherLock> {
    others.iter().filter(|other| is_of(other, paths)).max_by_key(|other| other.cards.len())
}

/// What is to be said of decks that are the one at `own` under another name: of the same notes, and with most of its
/// cards.
pub(super) fn findings(own: &Path, others: &[OtherLock], cards: &[Card], notes: &[SourceFile]) -> Vec<Finding> {
    let mut out = Vec::new();
    if others.is_empty() {
        return out;
    }
    let ids: BTreeSet<&str> = cards.iter().map(|card| card.id.0.as_str()).collect();
    let path = |card: &Card| notes.get(usize::try_from(card.span.file.0).ok()?).map(|note| note.path.clone());
    let told: BTreeSet<String> = cards.iter().filter_map(path).collect();
    for other in others {
        let shared = other.cards.iter().filter(|id| ids.contains(id.as_str())).count();
        if other.notes == told && shared * 2 > other.cards.len().max(ids.len()) {
            out.push(finding(own, &other.path));
        }
    }
    out
}

/// Says that the files of a deck are those of one that had another name.
pub(super) fn finding(own: &Path, other: &Path) -> Finding {
    let made = ["lock", "retired.txt"].into_iter().chain(EXPORTERS.iter().map(|exporter| exporter.extension));
    let there = |ending: &str| Some(called(other, ending)).filter(|path| path.is_file());
    let name = |path: PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let files: Vec<String> = made.filter_map(there).map(name).collect();
    let mut help = "delete them, unless you want both decks".to_owned();
    for ending in OWN.iter().filter(|ending| there(ending).is_some()) {
        let (old, new) = (name(called(other, ending)), name(called(own, ending)));
        _ = write!(help, "; `{old}` is your own work: call it `{new}` to go on with it");
    }
    let message = format!("these notes made another deck before, whose files are still here: {}", files.join(", "));
    let finding = Finding::file(DECK_RENAMED.name, message, shown(other), None).help(help);
    Finding { severity: DECK_RENAMED.level, ..finding }
}

/// The file beside an identity file that has its stem and another ending.
fn called(lock: &Path, ending: &str) -> PathBuf {
    lock.with_extension(ending)
}
