//! One session at a time: whoever reviews holds a lock beside the database.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use super::StoreError;

/// The right to review; it is given back when this is dropped, and by the system when the program dies.
#[derive(Debug)]
pub struct SessionLock {
    _file: File,
}

impl SessionLock {
    /// Takes the right to review the database at `path`.
    ///
    /// # Errors
    ///
    /// Where another session has it, or no file can be made beside the database.
    pub fn take(path: &Path) -> Result<SessionLock, StoreError> {
        let failed = |error: &std::io::Error| StoreError::Open { path: path.to_owned(), cause: error.to_string() };
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(lock_path(path));
        let file = file.map_err(|error| failed(&error))?;
        match file.try_lock() {
            Ok(()) => Ok(SessionLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InSession { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => Err(failed(&error)),
        }
    }
}

/// The lock's file; it stays, empty, when the session has ended.
fn lock_path(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push("-session");
    PathBuf::from(name)
}
