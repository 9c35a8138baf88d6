//! Opening the review database: durable settings, a check that the file is sound and ours, and
//! migration to the version that this recto knows.

#![expect(clippy::disallowed_methods, reason = "store is one of the rooms that touch the disc")]

use super::StoreError;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::Path;

/// "rcto", written into the header of each database so that it can be told from other programs' files.
const APPLICATION_ID: i64 = 0x7263_746f;

/// The scripts that lead from nothing to the present version, which is their number.
/// A script that was released is never changed; a new version is a new script at the end.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrate_1.sql"),
    include_str!("migrate_2.sql"),
    include_str!("migrate_3.sql"),
    include_str!("migrate_4.sql"),
    include_str!("migrate_5.sql"),
    include_str!("migrate_6.sql"),
];

/// With `DELETE` and `EXTRA` the one file is complete whenever no answer is being written, even
/// when a cloud drive copies it or the power fails; `fullfsync` is what that takes on macOS.
const SETTINGS: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA trusted_schema = OFF;
    PRAGMA journal_mode = DELETE;
    PRAGMA synchronous = EXTRA;
    PRAGMA fullfsync = ON;
    PRAGMA foreign_keys = ON;
";

/// Opens the database at `path`, which must be there, and brings it to the present version.
pub(super) fn existing(path: &Path) -> Result<Connection, StoreError> {
    if path.exists() { open(path) } else { Err(StoreError::Missing { path: path.to_path_buf() }) }
}

/// Opens the database at `path`, makes it if there is none, and brings it to the present version.
pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let sqlite = |error| StoreError::from_sqlite(path, error);
    let broken_off = super::backup::journal(path).exists();
    let mut database = Connection::open_with_flags(path, flags).map_err(sqlite)?;
    let version = version(&database, path)?;
    database.execute_batch(SETTINGS).map_err(sqlite)?;
    if broken_off || small(path) {
        check(&database, path)?;
    }
    if version < MIGRATIONS.len() {
        if version > 0 {
            super::backup::before_migration(&database, path, MIGRATIONS.len())?;
        }
        migrate(&mut database).map_err(sqlite)?;
    }
    Ok(database)
}

/// Whether a copy is a sound review database that this recto knows; it is only read.
pub(super) fn check_copy(path: &Path) -> Result<(), StoreError> {
    if !path.exists() {
        return Err(StoreError::Missing { path: path.to_path_buf() });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags).map_err(|e| StoreError::from_sqlite(path, e))?;
    if version(&database, path)? == 0 {
        return Err(StoreError::NotADatabase { path: path.to_path_buf() });
    }
    check(&database, path)
}

/// The version of the database, 0 for an empty one. Reads only, so that a file that is not ours stays as it is.
fn version(database: &Connection, path: &Path) -> Result<usize, StoreError> {
    let read = |sql: &str| {
        database.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(|e| StoreError::from_sqlite(path, e))
    };
    let tables = read("SELECT count(*) FROM sqlite_schema")?;
    let application = read("PRAGMA application_id")?;
    let version = read("PRAGMA user_version")?;
    let empty = tables == 0 && application == 0 && version == 0;
    if application != APPLICATION_ID && !empty {
        return Err(StoreError::Foreign { path: path.to_path_buf() });
    }
    usize::try_from(version).ok().filter(|version| *version <= MIGRATIONS.len()).ok_or_else(|| StoreError::Newer {
        path: path.to_path_buf(),
        version,
        known: i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX),
    })
}

/// Whether a check takes no time that anybody would notice. A large file is checked after a session
/// that was broken off, and with each copy, for which all of it is read.
fn small(path: &Path) -> bool {
    /// Some ten thousand cards.
    const SMALL: u64 = 8 << 20;
    std::fs::metadata(path).map_or(true, |found| found.len() <= SMALL)
}

fn check(database: &Connection, path: &Path) -> Result<(), StoreError> {
    let verdict = database.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    match verdict.map_err(|e| StoreError::from_sqlite(path, e))? {
        ok if ok == "ok" => Ok(()),
        cause => Err(StoreError::Corrupt { path: path.to_path_buf(), cause }),
    }
}

/// All missing scripts in one transaction: the database has the old version or the new one, nothing between.
fn migrate(database: &mut Connection) -> rusqlite::Result<()> {
    let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have done it since the version was looked at.
    let from: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    if from >= MIGRATIONS.len() {
        return transaction.commit();
    }
    for script in &MIGRATIONS[from..] {
        transaction.execute_batch(script)?;
    }
    super::memory::refresh_all(&transaction)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX))?;
    transaction.commit()
}
