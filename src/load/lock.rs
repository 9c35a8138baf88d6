//! Reading the identity file beside the decks.

#![expect(clippy::disallowed_methods, reason = "load is the one room that reads what was built before")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::identity::lock::{Lock, unescaped};

/// The text of the identity file at `path`; none where there is no such file. Bytes that are no text stay out of
/// place and so are found when the file is understood.
///
/// # Errors
/// Where there is a file that cannot be read.
pub fn lock(path: &Path) -> io::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// An identity file of another name beside the deck's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherLock {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// The ids of its cards that have not gone.
    pub cards: BTreeSet<String>,
    /// The notes that these came from, as they were shown.
    pub notes: BTreeSet<String>,
}

/// The sound identity files beside the one at `own` that hold any card, by name.
pub fn other_locks(own: &Path) -> Vec<OtherLock> {
    let folder = own.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let is_other =
        |path: &PathBuf| path.extension().is_some_and(|ending| ending == "lock") && path.file_name() != own.file_name();
    let mut paths: Vec<PathBuf> = entries.filter(is_other).collect();
    paths.sort();
    paths.into_iter().filter_map(other).collect()
}

fn other(path: PathBuf) -> Option<OtherLock> {
    let text = lock(&path).ok()??;
    let entries = Lock::parse(&text).ok()?.entries;
    let live = || entries.iter().filter(|entry| !entry.gone);
    let cards: BTreeSet<String> = live().map(|entry| entry.id.to_owned()).collect();
    let notes = live().map(|entry| unescaped(entry.file).to_string()).collect();
    (!cards.is_empty()).then_some(OtherLock { path, text, cards, notes })
}
