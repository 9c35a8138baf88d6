//! Copies of the database: one a day and one before each change of its form, the last ten days kept,
//! and the way back. A copy is written beside its place, flushed and renamed, so none is ever half done.

#![expect(clippy::disallowed_methods, reason = "store is one of the rooms that touch the disc")]

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::{SessionLock, Store, StoreError, open};
use crate::schedule::Day;

/// How many daily copies are kept.
const KEPT: usize = 10;

/// The folder of the copies, beside the database.
pub fn folder(database: &Path) -> PathBuf {
    let mut name = OsString::from(database);
    name.push("-backups");
    PathBuf::from(name)
}

/// The copies there are, the oldest first.
pub fn list(database: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(database)).into_iter().flatten().flatten();
    let mut copies: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_copy(path)).collect();
    copies.sort_by_cached_key(|path| (fs::metadata(path).and_then(|found| found.modified()).ok(), path.clone()));
    copies
}

/// How many answers a copy holds, those of other programs among them; none where it cannot be read.
pub fn answers(copy: &Path) -> Option<usize> {
    let database = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    let sql = "SELECT count(*) FROM reviews WHERE grade IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.undoes = reviews.seq)";
    let count: u32 = database.query_row(sql, [], |row| row.get(0)).ok()?;
    usize::try_from(count).ok()
}

/// The copy that is meant: a path, or the name of one among the copies.
pub fn named(database: &Path, typed: &Path) -> PathBuf {
    let among = folder(database).join(typed);
    if !typed.exists() && typed.components().count() == 1 && among.is_file() { among } else { typed.to_owned() }
}

fn is_copy(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "db")
}

impl Store {
    /// Makes the copy of a day unless there is one, and lets the oldest go; the copy that was made.
    ///
    /// # Errors
    ///
    /// Where the copy cannot be written; the database itself is as it was.
    pub fn back_up_daily(&self, today: Day) -> Result<Option<PathBuf>, StoreError> {
        let path = folder(&self.path).join(format!("{today}.db"));
        if path.exists() {
            return Ok(None);
        }
        copy(&self.database, &self.path, &path)?;
        let daily = |path: &PathBuf| path.file_stem().and_then(|stem| Day::parse(stem.to_str()?));
        let mut days: Vec<(Day, PathBuf)> =
            list(&self.path).into_iter().filter_map(|path| Some((daily(&path)?, path))).collect();
        days.sort();
        for (_, old) in days.iter().rev().skip(KEPT) {
            // A copy too many does no harm.
            let _ = fs::remove_file(old);
        }
        Ok(Some(path))
    }

    /// Writes a copy to a file, in place of what may be there.
    ///
    /// # Errors
    ///
    /// Where the copy cannot be written.
    pub fn back_up(&self, to: &Path) -> Result<(), StoreError> {
        copy(&self.database, &self.path, to)
    }
}

/// The copy that is made before the form of the database changes.
pub(super) fn before_migration(database: &Connection, path: &Path, version: usize) -> Result<(), StoreError> {
    copy(database, path, &folder(path).join(format!("before-version-{version}.db")))
}

fn copy(database: &Connection, of: &Path, to: &Path) -> Result<(), StoreError> {
    let failed = |error: &dyn std::fmt::Display| StoreError::Copy { path: to.to_owned(), cause: error.to_string() };
    let parent = parent(to);
    fs::create_dir_all(parent).map_err(|error| failed(&error))?;
    let spare = tempfile::Builder::new().prefix(".recto-").tempdir_in(parent).map_err(|error| failed(&error))?;
    let half = spare.path().join("copy.db");
    let name = half.to_str().ok_or_else(|| failed(&"its path is not Unicode"))?;
    database.execute("VACUUM INTO ?", [name]).map_err(|error| match StoreError::from_sqlite(of, error) {
        // What is full or closed to us is the place of the copy.
        StoreError::Full { .. } => failed(&"the disc is full"),
        StoreError::Open { cause, .. } => failed(&cause),
        other => other,
    })?;
    settle(&half, to).map_err(|error| failed(&error))
}

/// Flushes a file and moves it to its place.
fn settle(half: &Path, to: &Path) -> std::io::Result<()> {
    File::options().write(true).open(half)?.sync_all()?;
    fs::rename(half, to)?;
    // The name must be on the disc, too; where folders cannot be opened, the system sees to it.
    File::open(parent(to)).and_then(|folder| folder.sync_all()).or(Ok(()))
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Puts a copy in place of the database at `path`; what was there is kept among the copies, and its
/// path returned.
///
/// # Errors
///
/// Where a session is on, the copy is no sound review database, or files cannot be written.
pub fn restore(path: &Path, from: &Path) -> Result<Option<PathBuf>, StoreError> {
    let _lock = SessionLock::take(path)?;
    open::check_copy(from)?;
    let failed = |error: std::io::Error| StoreError::Copy { path: path.to_owned(), cause: error.to_string() };
    let spare = tempfile::Builder::new().prefix(".recto-").tempdir_in(parent(path)).map_err(failed)?;
    let half = spare.path().join("copy.db");
    fs::copy(from, &half).map_err(failed)?;
    let replaced = path.exists().then(|| set_aside(path)).transpose().map_err(failed)?;
    settle(&half, path).map_err(failed)?;
    Ok(replaced)
}

/// The journal that SQLite keeps beside a database while something is being written.
pub(super) fn journal(database: &Path) -> PathBuf {
    let mut name = OsString::from(database);
    name.push("-journal");
    PathBuf::from(name)
}

/// Keeps the database and what belongs to it among the copies. Its journal must not stay: it would be
/// taken for that of the restored one.
fn set_aside(path: &Path) -> std::io::Result<PathBuf> {
    fs::create_dir_all(folder(path))?;
    // Opening it lets SQLite end what was broken off; where that fails, the journal is kept with it.
    drop(open::existing(path));
    let free =
        (1..u16::MAX).map(|number| folder(path).join(format!("replaced-{number}.db"))).find(|path| !path.exists());
    let kept = free.unwrap_or_else(|| folder(path).join("replaced.db"));
    fs::copy(path, &kept)?;
    if journal(path).exists() {
        fs::copy(journal(path), journal(&kept))?;
        fs::remove_file(journal(path))?;
    }
    Ok(kept)
}
