//! The index of a deck that new cards are set against. It lies beside the deck, may be deleted at any time, and is made
//! anew when the deck has changed; without a place for it, it is made and forgotten.

#![expect(clippy::disallowed_methods, reason = "load is one of the rooms that read the disc")]

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::cards::read_deck;
use super::read::reason;
use crate::dedupe::index::{self, Index};

/// What stands behind the deck's name in the name of its index.
const ENDING: &str = "matches";

/// Opens the index of a deck, and makes it first where there is none that fits.
///
/// # Errors
/// Says why the deck cannot be read.
pub fn index_of(deck: &Path) -> Result<Index<File>, String> {
    let digest = File::open(deck).and_then(|file| Ok(blake3::Hasher::new().update_reader(file)?.finalize()));
    let digest = digest.map_err(|error| reason(&error))?;
    let stamp = digest.as_bytes().iter().take(8).fold(0, |stamp, byte| stamp << 8 | u64::from(*byte));
    let path = path_of(deck);
    let known = File::open(&path).and_then(|file| Index::open(file, stamp));
    if let Ok(Some(index)) = known {
        return Ok(index);
    }
    let faces = read_deck(deck)?;
    let made = made(&faces, stamp, &path).map_err(|error| reason(&error))?;
    let opened = Index::open(made, stamp).map_err(|error| reason(&error))?;
    opened.ok_or_else(|| "its index could not be read back".to_owned())
}

/// Where the index of a deck lies.
fn path_of(deck: &Path) -> PathBuf {
    let mut name = deck.as_os_str().to_owned();
    name.push(".");
    name.push(ENDING);
    PathBuf::from(name)
}

/// Makes an index beside its deck; in a file that vanishes where that is not allowed.
fn made(faces: &[crate::dedupe::face::Face], stamp: u64, path: &Path) -> io::Result<File> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(beside) = NamedTempFile::new_in(folder) else {
        return filled(tempfile::tempfile()?, faces, stamp);
    };
    let file = filled(beside.reopen()?, faces, stamp)?;
    // Only the next run misses what could not be put in its place.
    drop(beside.persist(path));
    Ok(file)
}

fn filled(file: File, faces: &[crate::dedupe::face::Face], stamp: u64) -> io::Result<File> {
    let mut out = BufWriter::new(file);
    index::write(faces, stamp, &mut out)?;
    out.flush()?;
    let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn an_index_follows_its_deck_and_a_damaged_one_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let deck = folder.path().join("deck.csv");
        let write = |text: &str| fs::write(&deck, text).unwrap();
        write("front,back\nWhat is a shard?,a unit\n");
        assert_eq!(index_of(&deck).unwrap().len(), 1);
        let first = fs::read(path_of(&deck)).unwrap();
        write("front,back\nWhat is a shard?,a unit\nWhat is a lock?,a file\n");
        assert_eq!(index_of(&deck).unwrap().len(), 2);
        let second = fs::read(path_of(&deck)).unwrap();
        assert_ne!(first, second);
        fs::write(path_of(&deck), &second[..second.len() / 2]).unwrap();
        assert_eq!(index_of(&deck).unwrap().len(), 2);
        assert_eq!(fs::read(path_of(&deck)).unwrap(), second);
    }
}
