//! Files that are either the old or the new, whole: written beside their place, then moved there.

#![expect(clippy::disallowed_methods, reason = "cli is one of the rooms that write to the disc")]

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::error::Error;

/// Makes a folder with all above it.
pub(super) fn folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|error| Error::Folder(path.to_owned(), error))
}

/// Writes a file unless it holds these bytes already; says whether it was written.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<bool, Error> {
    let mut draft = Draft::new(path)?;
    draft.file().write_all(bytes).map_err(|error| Error::Write(path.to_owned(), error))?;
    draft.settle()
}

/// Removes a file that nothing is to be said in any more, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::Write(path.to_owned(), error)),
        _ => Ok(()),
    }
}

/// Whether there is no file yet, or one that begins as what is to be written does.
pub(super) fn is_free_for(path: &Path, beginning: &str) -> bool {
    let begins = |bytes: Vec<u8>| bytes.is_empty() || bytes.starts_with(beginning.as_bytes());
    // A pipe or a terminal would be waited for.
    fs::metadata(path).map_or(true, |there| there.is_file() && fs::read(path).is_ok_and(begins))
}

/// The size of a file; 0 where there is none.
pub(super) fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// A file that is being written beside its place.
#[derive(Debug)]
pub(super) struct Draft {
    path: PathBuf,
    file: NamedTempFile,
}

impl Draft {
    /// Begins a file that is to be called `path`; its folder is there.
    pub(super) fn new(path: &Path) -> Result<Draft, Error> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".recto-");
        readable(&mut builder);
        let file = builder.tempfile_in(path.parent().unwrap_or(Path::new(".")));
        let file = file.map_err(|error| Error::Write(path.to_owned(), error))?;
        Ok(Draft { path: path.to_owned(), file })
    }

    /// Where the file will be.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What is written to.
    pub(super) fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Puts the file in its place unless it says what is there already; says whether it did.
    pub(super) fn settle(self) -> Result<bool, Error> {
        let path = self.path.clone();
        self.place().map_err(|error| Error::Write(path, error))
    }

    fn place(mut self) -> io::Result<bool> {
        self.file.flush()?;
        if same(self.file.path(), &self.path) {
            return Ok(false);
        }
        self.file.as_file().sync_all()?;
        if let Ok(old) = fs::metadata(&self.path) {
            self.file.as_file().set_permissions(old.permissions())?;
        }
        self.file.persist(&self.path).map_err(|error| error.error)?;
        Ok(true)
    }
}

/// Whether two files hold the same bytes; read piece by piece, for they may be large.
fn same(new: &Path, old: &Path) -> bool {
    if !fs::metadata(old).is_ok_and(|there| there.is_file()) || size(new) != size(old) {
        return false;
    }
    let digest =
        |path: &Path| -> io::Result<_> { Ok(blake3::Hasher::new().update_reader(File::open(path)?)?.finalize()) };
    matches!((digest(new), digest(old)), (Ok(new), Ok(old)) if new == old)
}

/// Temporary files are for their owner alone; a deck is an ordinary file.
#[cfg(unix)]
fn readable(builder: &mut tempfile::Builder) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn readable(_: &mut tempfile::Builder) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_are_not_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        assert!(write(&path, b"one").unwrap());
        assert!(!write(&path, b"one").unwrap());
        assert!(write(&path, b"two").unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_replaced_stays() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("a.csv");
        fs::create_dir(&taken).unwrap();
        let error = write(&taken, b"x").unwrap_err().to_string();
        assert!(error.starts_with("cannot write ") && error.ends_with(": is a directory"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
