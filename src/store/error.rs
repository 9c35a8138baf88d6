//! Why the review database could not be used, in words and with its path.

use rusqlite::ErrorCode;
use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong with a review database; nothing of it was changed.
#[derive(Debug)]
pub enum StoreError {
    /// The file cannot be opened or made.
    Open {
        /// The database.
        path: PathBuf,
        /// What `SQLite` said.
        cause: String,
    },
    /// The file is something else than a database.
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The file is a database, but of another program.
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The database is damaged.
    Corrupt {
        /// The database.
        path: PathBuf,
        /// What `SQLite` found.
        cause: String,
    },
    /// A later recto made the database.
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        version: i64,
        /// The latest version that this recto knows.
        known: i64,
    },
    /// A copy cannot be written.
    Copy {
        /// The copy.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// There is no database.
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// Another session reviews the cards of the database.
    InSession {
        /// The database.
        path: PathBuf,
    },
    /// Another program holds the database.
    Busy {
        /// The database.
        path: PathBuf,
    },
    /// The database may be read but not written.
    ReadOnly {
        /// The database.
        path: PathBuf,
    },
    /// The disc is full.
    Full {
        /// The database.
        path: PathBuf,
    },
    /// Anything else that `SQLite` refused.
    Failed {
        /// The database.
        path: PathBuf,
        /// What `SQLite` said.
        cause: rusqlite::Error,
    },
}

impl StoreError {
    /// Sorts out what `SQLite` said of the database at `path`.
    pub(super) fn from_sqlite(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_path_buf();
        match error.sqlite_error_code() {
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                StoreError::Open { path, cause: words(&error) }
            }
            Some(ErrorCode::NotADatabase) => StoreError::NotADatabase { path },
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Corrupt { path, cause: words(&error) },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy { path },
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly { path },
            Some(ErrorCode::DiskFull) => StoreError::Full { path },
            _ => StoreError::Failed { path, cause: error },
        }
    }

    /// The database that could not be used.
    pub fn path(&self) -> &Path {
        match self {
            StoreError::Open { path, .. }
            | StoreError::NotADatabase { path }
            | StoreError::Foreign { path }
            | StoreError::Corrupt { path, .. }
            | StoreError::Newer { path, .. }
            | StoreError::Copy { path, .. }
            | StoreError::Missing { path }
            | StoreError::InSession { path }
            | StoreError::Busy { path }
            | StoreError::ReadOnly { path }
            | StoreError::Full { path }
            | StoreError::Failed { path, .. } => path,
        }
    }
}

/// `SQLite`'s own sentence, without the path that rusqlite may add.
fn words(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(code, _) => code.to_string(),
        other => other.to_string(),
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path().display();
        match self {
            StoreError::Open { cause, .. } => write!(f, "cannot open the review database `{path}`: {cause}"),
            StoreError::NotADatabase { .. } => write!(
                f,
                "`{path}` is not a review database and was left as it is; move it away or choose another folder"
            ),
            StoreError::Foreign { .. } => write!(
                f,
                "`{path}` is the database of another program and was left as it is; move it away or choose another \
                 folder"
            ),
            StoreError::Corrupt { cause, .. } => write!(
                f,
                "the review database `{path}` is damaged and was left as it is ({cause}); put back a copy of it"
            ),
            StoreError::Newer { version, known, .. } => write!(
                f,
                "the review database `{path}` has version {version}, and this recto knows versions up to {known}; use \
                 the recto that made it or a later one"
            ),
            StoreError::Copy { cause, .. } => write!(f, "cannot write the copy `{path}`: {cause}"),
            StoreError::Missing { .. } => {
                write!(f, "there is no review database `{path}`; `recto build` makes it")
            }
            StoreError::InSession { .. } => {
                write!(f, "the cards of `{path}` are being reviewed in another window; end that session first")
            }
            StoreError::Busy { .. } => write!(f, "the review database `{path}` is in use by another program"),
            StoreError::ReadOnly { .. } => write!(f, "the review database `{path}` cannot be written"),
            StoreError::Full { .. } => write!(f, "the disc is full; the review database `{path}` was left as it was"),
            StoreError::Failed { cause, .. } => write!(f, "the review database `{path}` cannot be used: {cause}"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StoreError::Failed { cause, .. } => cause.source(),
            _ => None,
        }
    }
}
