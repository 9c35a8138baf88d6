//! Readings of notes kept from build to build, in a folder of their own below the decks.
//!
//! A reading is found by what it follows from, the program included, and carries its checksum: one that is missing,
//! old or damaged is made anew, and the folder can be removed at any time. What cannot be kept is no trouble.

#![expect(clippy::disallowed_methods, reason = "load is one of the rooms that read the disc")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::UNIX_EPOCH;

use crate::config::Config;
use crate::reading::Reading;
use crate::source::SourceFile;

/// The folder's name, below that of the decks.
const FOLDER: &str = ".recto";

/// What tells programs that make backups that they need not keep a folder (bford.info/cachedir).
const TAG: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# What recto keeps to build faster; remove it freely.\n";

/// The length of a reading's name.
const KEY: usize = 2 * blake3::OUT_LEN;

/// The bytes of a checksum.
const SUM: usize = blake3::OUT_LEN;

/// The readings that were kept.
#[derive(Debug)]
pub struct Cache {
    /// The folder of this very program's readings.
    folder: PathBuf,
    /// Whether new readings are kept.
    keeps: bool,
    used: Mutex<BTreeSet<String>>,
}

impl Cache {
    /// The readings kept below `output`; new ones are kept where `keeps` says so.
    pub fn below(output: &Path, keeps: bool) -> Cache {
        Cache { folder: output.join(FOLDER).join(program()), keeps, used: Mutex::default() }
    }

    /// The reading of a note: the one that was kept, or a new one.
    pub fn reading(&self, file: &SourceFile, config: &Config) -> Reading {
        let key = Reading::key(file, config);
        let path = self.folder.join(&key);
        let kept = fs::read(&path).ok().and_then(|bytes| Reading::from_bytes(sound(&bytes)?, file.id));
        let reading = kept.unwrap_or_else(|| {
            let reading = Reading::of(file, config);
            // A note without cards may leave the decks' folder unmade.
            if self.keeps && !reading.cards.is_empty() {
                let _ = self.keep(&path, &reading.to_bytes());
            }
            reading
        });
        if let Ok(mut used) = self.used.lock() {
            used.insert(key);
        }
        reading
    }

    /// What is kept under a name that is no reading's.
    pub fn other(&self, name: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(self.folder.join(name)).ok()?;
        sound(&bytes).map(<[u8]>::to_vec)
    }

    /// Keeps something under a name that is no reading's.
    pub fn keep_other(&self, name: &str, bytes: &[u8]) {
        let _ = self.keep(&self.folder.join(name), bytes);
    }

    /// Removes what none of the notes led to, and what other versions of the program kept.
    pub fn sweep(&self) {
        let used = self.used.lock().map(|used| used.clone()).unwrap_or_default();
        let names = |folder: &Path| {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            entries.map(|entry| entry.path()).collect::<Vec<_>>()
        };
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        for path in names(&self.folder) {
            // A name that begins with a full stop is that of a file that was being written.
            let name = name(&path);
            if !used.contains(&name) && (name.len() == KEY || name.starts_with('.')) {
                let _ = fs::remove_file(path);
            }
        }
        for path in self.folder.parent().map(names).unwrap_or_default() {
            if path != self.folder && path.is_dir() {
                let _ = fs::remove_dir_all(path);
            }
        }
    }

    fn keep(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if !self.folder.is_dir() {
            fs::create_dir_all(&self.folder)?;
            let above = self.folder.parent().unwrap_or(&self.folder);
            fs::write(above.join(".gitignore"), "*\n")?;
            fs::write(above.join("CACHEDIR.TAG"), TAG)?;
        }
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(blake3::hash(bytes).as_bytes())?;
        file.write_all(bytes)?;
        file.persist(path).map(drop).map_err(|error| error.error)
    }
}

/// What stands behind the checksum, where that is right.
fn sound(bytes: &[u8]) -> Option<&[u8]> {
    let (sum, bytes) = bytes.split_at_checked(SUM)?;
    (blake3::hash(bytes).as_bytes() == sum).then_some(bytes)
}

/// A name for this very program: another build of it may read notes otherwise.
fn program() -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    if let Ok(file) = std::env::current_exe().and_then(fs::metadata) {
        let changed = file.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        hasher.update(&file.len().to_le_bytes());
        hasher.update(&changed.map_or(0, |at| at.as_nanos()).to_le_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn kept(cache: &Cache) -> Vec<PathBuf> {
        fs::read_dir(&cache.folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    }

    #[test]
    fn a_damaged_reading_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let (config, file) = (Config::default(), SourceFile::new(FileId(0), "a.md", "SSH uses port 22.\n"));
        let first = Cache::below(folder.path(), true).reading(&file, &config);
        let cache = Cache::below(folder.path(), true);
        let [path] = kept(&cache).try_into().unwrap();
        let whole = fs::read(&path).unwrap();
        for damaged in [&whole[..whole.len() - 1], &whole[..10], &[]] {
            fs::write(&path, damaged).unwrap();
            assert_eq!(cache.reading(&file, &config), first);
            assert_eq!(fs::read(&path).unwrap(), whole);
        }
    }

    #[test]
    fn what_no_note_led_to_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let (config, cache) = (Config::default(), Cache::below(folder.path(), true));
        let note = |text: &str| SourceFile::new(FileId(0), "a.md", text);
        cache.reading(&note("SSH uses port 22.\n"), &config);
        fs::create_dir(folder.path().join(FOLDER).join("older")).unwrap();
        let later = Cache::below(folder.path(), true);
        later.reading(&note("SSH uses port 2222.\n"), &config);
        assert_eq!(kept(&later).len(), 2);
        later.sweep();
        assert_eq!(kept(&later).len(), 1);
        assert!(!folder.path().join(FOLDER).join("older").exists());
    }

    #[test]
    fn a_note_without_cards_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        Cache::below(folder.path(), true).reading(&SourceFile::new(FileId(0), "a.md", "…\n"), &Config::default());
        assert!(!folder.path().join(FOLDER).exists());
    }
}
