//! From the paths the user named to the notes to be read, in the order of their shown paths.
//!
//! In a folder, hidden files and what `.gitignore` names are left out, and so is what is no note by
//! its ending; a file named by itself is taken whatever it is called. Links are not followed: what a
//! link inside the folder points to is met anyway, and what lies outside was not asked for.

#![expect(clippy::disallowed_methods, reason = "load is the one room that reads notes")]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::name::shown;
use super::read::{not_a_file, unreadable};
use crate::diagnostic::{Finding, Severity};

/// Endings of notes in a folder.
const ENDINGS: [&str; 4] = ["md", "markdown", "mdown", "txt"];

/// A note to be read.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    /// Its path as shown to the user.
    pub(super) shown: String,
    /// Where it really is.
    pub(super) path: PathBuf,
    /// The real folder that the user named, or that holds the file the user named.
    pub(super) root: PathBuf,
}

/// What the paths led to.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Each note once.
    pub(super) notes: Vec<Candidate>,
    /// What could not be taken.
    pub(super) findings: Vec<Finding>,
}

/// Finds the notes below `paths`; the folder `output` is passed over unless it is one of them.
pub(super) fn find(paths: &[PathBuf], output: &Path) -> Found {
    let mut found = Found::default();
    let output = fs::canonicalize(output).ok();
    for path in paths {
        found.add(path, output.as_deref());
    }
    found.notes.sort();
    let mut seen = BTreeSet::new();
    found.notes.retain(|note| seen.insert(note.path.clone()));
    found
}

/// A builder of walks that leave out hidden files and what `.gitignore` files name, whatever this
/// machine's own settings of git say.
pub(super) fn walk(root: &Path) -> WalkBuilder {
    let mut builder = WalkBuilder::new(root);
    builder.ignore(false).git_global(false).git_exclude(false).require_git(false);
    builder
}

/// Whether a name ends as one of `endings`, in upper or lower case.
pub(super) fn ends_in(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

impl Found {
    fn add(&mut self, typed: &Path, output: Option<&Path>) {
        let name = shown(typed);
        let (metadata, path) = match fs::metadata(typed).and_then(|m| Ok((m, fs::canonicalize(typed)?))) {
            Ok(both) => both,
            Err(error) => return self.findings.push(missing(&name, &error)),
        };
        if metadata.is_dir() {
            self.add_folder(&path, &name, output);
        } else if metadata.is_file() {
            let root = path.parent().unwrap_or(&path).to_owned();
            self.notes.push(Candidate { shown: name, path, root });
        } else {
            self.findings.push(not_a_file(&name));
        }
    }

    fn add_folder(&mut self, root: &Path, typed: &str, output: Option<&Path>) {
        let before = (self.notes.len(), self.findings.len());
        let output = output.filter(|output| *output != root).map(Path::to_owned);
        let mut builder = walk(root);
        builder.filter_entry(move |entry| output.as_deref() != Some(entry.path()));
        for entry in builder.build() {
            match entry {
                Ok(entry) => self.add_entry(&entry, root, typed),
                Err(error) => self.findings.push(unlisted(&error, root, typed)),
            }
        }
        if before == (self.notes.len(), self.findings.len()) {
            let mut finding = Finding::file("no-notes", format!("no notes found in `{typed}`"), typed, None).help(
                "notes end in .md, .markdown, .mdown or .txt; hidden files and what .gitignore names are left out",
            );
            finding.severity = Severity::Warning;
            self.findings.push(finding);
        }
    }

    fn add_entry(&mut self, entry: &DirEntry, root: &Path, typed: &str) {
        let path = entry.path();
        let Some(kind) = entry.file_type() else { return };
        if kind.is_symlink() {
            self.findings.extend(link(path, root, typed));
        } else if !kind.is_dir() && ends_in(path, &ENDINGS) {
            let shown = below(typed, path, root);
            if kind.is_file() {
                self.notes.push(Candidate { shown, path: path.to_owned(), root: root.to_owned() });
            } else {
                self.findings.push(not_a_file(&shown));
            }
        }
    }
}

/// The path of an entry of the folder `root`, which the user typed as `typed`.
fn below(typed: &str, path: &Path, root: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(rest) if rest.as_os_str().is_empty() => typed.to_owned(),
        Ok(rest) => shown(&Path::new(typed).join(rest)),
        Err(_) => shown(path),
    }
}

fn missing(name: &str, error: &io::Error) -> Finding {
    if error.kind() != io::ErrorKind::NotFound {
        return unreadable(name, error);
    }
    Finding::file("missing-path", format!("there is no file or folder `{name}`"), name, None)
        .help("check the spelling; a path is looked up from the current folder")
}

/// What to say of a link: nothing where its target is met anyway or would be no note.
fn link(path: &Path, root: &Path, typed: &str) -> Option<Finding> {
    let name = below(typed, path, root);
    let (message, help) = match fs::canonicalize(path) {
        Ok(target) if target.starts_with(root) => return None,
        Ok(target) if !target.is_dir() && !ends_in(path, &ENDINGS) => return None,
        Ok(_) => ("a link out of the folder is not followed", "name its target as a further path to read it, too"),
        Err(_) if !ends_in(path, &ENDINGS) => return None,
        Err(_) => ("a link that leads nowhere is passed over", "remove the link, or mend its target"),
    };
    let mut finding = Finding::file("link-skipped", message, name, None).help(help);
    finding.severity = Severity::Note;
    Some(finding)
}

fn unlisted(error: &ignore::Error, root: &Path, typed: &str) -> Finding {
    let name = culprit(error).map_or_else(|| typed.to_owned(), |path| below(typed, path, root));
    match error.io_error() {
        Some(error) => unreadable(&name, error),
        None => Finding::file("unreadable", "cannot be read", name, None),
    }
}

fn culprit(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => culprit(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_shown_below_what_was_typed() {
        let root = Path::new("/home/me/notes");
        assert_eq!(below("notes", Path::new("/home/me/notes/a/b.md"), root), "notes/a/b.md");
        assert_eq!(below(".", Path::new("/home/me/notes/a.md"), root), "a.md");
        assert_eq!(below(".", root, root), ".");
    }

    #[test]
    fn a_folder_gives_its_notes_once_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in [".hidden", "out", "drafts", "b"] {
            fs::create_dir(at(name)).unwrap();
        }
        fs::write(at(".gitignore"), "drafts/\n").unwrap();
        for name in ["z.md", "b/a.TXT", ".hidden/h.md", "out/o.md", "drafts/d.md", "b/picture.png"] {
            fs::write(at(name), "x").unwrap();
        }
        let found = find(&[at("z.md"), folder.path().to_owned(), at("nosuch")], &at("out"));
        let names: Vec<&str> = found.notes.iter().filter_map(|note| note.shown.rsplit('/').next()).collect();
        assert_eq!(names, ["a.TXT", "z.md"]);
        let codes: Vec<&str> = found.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["missing-path"]);
    }

    #[test]
    fn endings_count_in_any_case() {
        assert!(ends_in(Path::new("A.MD"), &ENDINGS));
        assert!(!ends_in(Path::new("md"), &ENDINGS));
        assert!(!ends_in(Path::new("a.md.bak"), &ENDINGS));
    }
}
