//! From the target of an image, as its author wrote it, to a file that may be packed.
//!
//! A target is looked for beside the note, then below the folder of notes and the project's, and a
//! bare name, as Obsidian writes it, anywhere in the folder of notes, nearest to the note first. Only files inside these folders
//! are given out, so that a note from elsewhere cannot carry off files it knows the path of.

#![expect(clippy::disallowed_methods, reason = "load is the one room that reads media")]

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use super::Origin;
use super::walk::walk;

/// What the target of an image is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Located {
    /// The image itself, written into the note.
    Inline,
    /// Somewhere on the web.
    Remote,
    /// A file that may be packed.
    File(PathBuf),
    /// A file outside the folders of the notes.
    Outside,
    /// No file.
    Missing,
}

/// The folder of notes that a note belongs to, and the files in it by name.
#[derive(Debug)]
pub(super) struct Shelf {
    root: PathBuf,
    project: Option<PathBuf>,
    names: OnceCell<BTreeMap<String, Vec<PathBuf>>>,
}

impl Shelf {
    /// The shelf of the folder `root` within the folder of the settings file.
    pub(super) fn new(root: &Path, project: Option<&Path>) -> Shelf {
        Shelf { root: root.to_owned(), project: project.map(Path::to_owned), names: OnceCell::new() }
    }

    /// Finds the target `src` of an image in a note.
    pub(super) fn locate(&self, note: &Origin, src: &str) -> Located {
        let scheme = scheme(src);
        match scheme.as_deref() {
            Some("data") => return Located::Inline,
            Some("http" | "https") => return Located::Remote,
            None if src.starts_with("//") => return Located::Remote,
            _ => {}
        }
        let target = if scheme.as_deref() == Some("file") { local_url(src) } else { src };
        let spellings = spellings(target);
        let beside = note.path.parent().unwrap_or(&self.root);
        let mut outside = false;
        for path in spellings.iter().flat_map(|spelling| self.places(beside, spelling)) {
            let Ok(path) = fs::canonicalize(path) else { continue };
            if path.is_file() && self.holds(&path) {
                return Located::File(path);
            }
            outside |= path.is_file();
        }
        match spellings.iter().find_map(|spelling| self.by_name(beside, spelling)) {
            Some(path) => Located::File(path),
            None if outside => Located::Outside,
            None => Located::Missing,
        }
    }

    fn holds(&self, path: &Path) -> bool {
        path.starts_with(&self.root) || self.project.as_ref().is_some_and(|project| path.starts_with(project))
    }

    /// Where a file of that spelling may be, likeliest first.
    fn places(&self, beside: &Path, spelling: &str) -> Vec<PathBuf> {
        let below = spelling.trim_start_matches('/');
        let mut places = vec![beside.join(spelling), self.root.join(below)];
        places.extend(self.project.as_ref().map(|project| project.join(below)));
        places
    }

    /// The file of a bare name, wherever it lies in the folder of notes, or of a path in another letter
    /// case or normal form. Of several, the one nearest to the note.
    fn by_name(&self, beside: &Path, spelling: &str) -> Option<PathBuf> {
        let wanted: Vec<String> = spelling.split('/').filter(|p| !matches!(*p, "" | "." | "..")).map(folded).collect();
        let files = self.names.get_or_init(|| names(&self.root)).get(wanted.last()?)?;
        let fits = |path: &&PathBuf| {
            let parts: Vec<String> = path.iter().map(|part| folded(&part.to_string_lossy())).collect();
            parts.ends_with(&wanted)
        };
        let shared = |path: &&PathBuf| beside.iter().zip(path.iter()).take_while(|(a, b)| a == b).count();
        // `max_by_key` takes the last of equals, and the first in order of paths is wanted.
        files.iter().rev().filter(fits).max_by_key(shared).cloned()
    }
}

/// A part of a path without regard to letter case and normal form.
fn folded(part: &str) -> String {
    part.nfc().collect::<String>().to_lowercase()
}

/// The files below a folder by their folded names, each list in order of paths.
fn names(root: &Path) -> BTreeMap<String, Vec<PathBuf>> {
    let files = walk(root).build().flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    let mut paths: Vec<PathBuf> = files.map(ignore::DirEntry::into_path).collect();
    paths.sort();
    let mut names: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        let name = folded(&path.file_name().unwrap_or_default().to_string_lossy());
        names.entry(name).or_default().push(path);
    }
    names
}

/// The scheme of an address in lower case; one letter is a drive.
fn scheme(src: &str) -> Option<String> {
    let (scheme, _) = src.split_once(':')?;
    let word = scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    word.then(|| scheme.to_ascii_lowercase())
}

fn local_url(src: &str) -> &str {
    let path = &src["file:".len()..];
    let path = path.strip_prefix("//").unwrap_or(path);
    path.strip_prefix("localhost").unwrap_or(path)
}

/// The spellings under which a target may be found: as written, without `%20`, and without `?v=2` or `#top`.
fn spellings(target: &str) -> Vec<String> {
    let plain = target.trim().replace('\\', "/");
    let bare = plain.split(['?', '#']).next().unwrap_or_default().to_owned();
    let decode = |text: &str| percent_decode_str(text).decode_utf8().ok().map(std::borrow::Cow::into_owned);
    let mut all = vec![plain.clone()];
    all.extend(decode(&plain));
    all.extend(decode(&bare));
    all.push(bare);
    all.dedup();
    all.retain(|spelling| !spelling.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_told_from_drives_and_names() {
        assert_eq!(scheme("HTTPS://a/b.png").as_deref(), Some("https"));
        assert_eq!(scheme("data:image/png;base64,AA").as_deref(), Some("data"));
        assert_eq!(scheme("C:\\a.png"), None);
        assert_eq!(scheme("a b: c.png"), None);
        assert_eq!(scheme("a.png"), None);
    }

    #[test]
    fn a_target_is_tried_as_written_first() {
        assert_eq!(spellings("a%20b.png?x#y"), ["a%20b.png?x#y", "a b.png?x#y", "a b.png", "a%20b.png"]);
        assert_eq!(spellings("img\\a.png"), ["img/a.png"]);
        assert_eq!(local_url("file:///x/a.png"), "/x/a.png");
    }
}
