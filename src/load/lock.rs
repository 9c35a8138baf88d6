//! Reading the identity file beside the decks.

#![expect(clippy::disallowed_methods, reason = "load is the one room that reads what was built before")]

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

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

/// The text of the identity file in a folder whose cards all come from notes that `is_own` knows, as where a deck got
/// another name; of several the one with the most cards.
pub fn lock_of_notes(folder: &Path, is_own: &impl Fn(&str) -> bool) -> Option<String> {
    let paths = fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|ending| ending == "lock")).collect();
    paths.sort();
    let locks = paths.iter().filter_map(|path| {
        let text = lock(path).ok()??;
        let mut live = Lock::parse(&text).ok()?.entries.into_iter().filter(|entry| !entry.gone).peekable();
        live.peek()?;
        let cards = live.try_fold(0_usize, |cards, entry| is_own(&unescaped(entry.file)).then_some(cards + 1))?;
        Some((cards, text))
    });
    locks.max_by_key(|(cards, _)| *cards).map(|(_, text)| text)
}
