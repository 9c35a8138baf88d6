//! Files that are either the old or the new, whole: written beside their place, then moved there.

#![expect(clippy::disallowed_methods, reason = "cli is one of the rooms that write to the disc")]

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::error::Error;

/// Makes a folder with all above it.
pub(super) fn folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|error| Error::Folder(path.to_owned(), error))
}

/// Writes a file unless it holds these bytes already; says whether it was written.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<bool, Error> {
    if same(path, bytes) {
        return Ok(false);
    }
    replace(path, bytes).map_err(|error| Error::Write(path.to_owned(), error))?;
    Ok(true)
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

fn same(path: &Path, bytes: &[u8]) -> bool {
    size(path) == bytes.len() as u64 && fs::read(path).is_ok_and(|old| old == bytes)
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".recto-");
    readable(&mut builder);
    let mut file = builder.tempfile_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.flush()?;
    file.as_file().sync_all()?;
    if let Ok(old) = fs::metadata(path) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
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
