//! The list of cards that have left the notes, beside the decks: Anki keeps such cards until they are deleted there.

use std::fmt::Write as _;

use super::report::plural;
use crate::identity::lock::Lock;
use crate::identity::{RETIRED, Retired};

/// The list, by the text of the identity file; none where no card has gone. Its first line is a search for Anki.
pub(super) fn list(lock: &str) -> Option<String> {
    let lock = Lock::parse(lock).ok()?;
    let gone: Vec<Retired> = lock.entries.iter().filter(|entry| entry.gone).map(Retired::of).collect();
    if gone.is_empty() {
        return None;
    }
    let ids: Vec<&str> = gone.iter().map(|card| card.id.as_str()).collect();
    // Without quotes Anki takes the brackets for its own.
    let mut out = format!("{RETIRED}{})$\"\n\n", ids.join("|"));
    _ = writeln!(out, "{}: no more in the notes, and still in Anki if imported before.", plural(gone.len(), "card"));
    out.push_str("Paste the first line into the search of Anki's browser to find them all, and delete them or not.\n");
    out.push_str("A card that comes back into the notes has its history again, here and there.\n\n");
    for Retired { id, file, front } in &gone {
        _ = writeln!(out, "{id}  {file}  {front}");
    }
    Some(out)
}
