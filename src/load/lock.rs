//! Reading the identity file beside the decks.

#![expect(clippy::disallowed_methods, reason = "load is the one room that reads what was built before")]

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

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
