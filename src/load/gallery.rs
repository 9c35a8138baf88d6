//! From the name of a picture on a card back to its file, for whoever shows cards while the notes are at
//! hand. A packed name follows from the file's own and its content, so that the right file is known again
//! wherever it lies by now.

#![expect(clippy::disallowed_methods, reason = "load is the one room that reads media")]

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

use super::pack::{self, LARGEST};
use super::settings;
use super::walk::walk;

/// The pictures below the folders of notes and the project's.
#[derive(Debug)]
pub struct Gallery {
    roots: Vec<PathBuf>,
    files: OnceCell<Vec<PathBuf>>,
}

impl Gallery {
    /// The gallery of the notes at `paths`; `here` is the current folder.
    pub fn new(paths: &[PathBuf], here: &Path) -> Gallery {
        let folder = |path: &PathBuf| {
            let path = fs::canonicalize(path).ok()?;
            if path.is_dir() { Some(path) } else { path.parent().map(Path::to_owned) }
        };
        let mut roots: Vec<PathBuf> = paths.iter().filter_map(folder).collect();
        // Without settings there is no project beside the notes.
        let first = paths.first().map_or(here, PathBuf::as_path);
        roots.extend(settings::find(first, here).ok().and_then(|project| project.folder));
        Gallery { roots, files: OnceCell::new() }
    }

    /// The bytes of the picture that a card knows by this name; none where it is gone or has changed.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        let files = self.files.get_or_init(|| self.find());
        let own = |path: &&PathBuf| pack::may_be(path, name) && pack::is(path, name);
        let path = files.iter().find(own)?;
        let size = fs::metadata(path).ok()?.len();
        if size > LARGEST { None } else { fs::read(path).ok() }
    }

    fn find(&self) -> Vec<PathBuf> {
        let entries = self.roots.iter().flat_map(|root| walk(root).build().flatten());
        let files = entries.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
        let mut paths: Vec<PathBuf> =
            files.map(ignore::DirEntry::into_path).filter(|path| pack::is_image(path)).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}
