//! The notes beside a session: opened in the user's editor at a line, read to be shown, and built
//! again once they were changed.

#![expect(clippy::disallowed_methods, reason = "cli looks at the environment and the disc")]

use std::io::{IsTerminal, stdin};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::build;
use super::super::notes::usual;
use super::super::report::plural;
use crate::load::reason;
use crate::review::world::Desk;

/// The notes of a session.
pub(super) struct Notes {
    /// The paths that each deck was built from; the last build comes first.
    pub(super) origins: Vec<Vec<PathBuf>>,
    /// The folder that they were written to.
    pub(super) output: PathBuf,
}

/// How editors are told the line; those that are not listed get the file alone.
const EDITORS: &[(&[&str], &str)] = &[
    (
        &[
            "vi", "vim", "nvim", "gvim", "view", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "jed",
            "mg", "ne", "ed", "less",
        ],
        "+",
    ),
    (&["code", "codium", "code-insiders", "cursor"], "-g"),
    (&["hx", "helix", "subl", "zed", "mate"], ":"),
];

impl Desk for Notes {
    fn edit(&mut self, file: &str, line: usize) -> Result<Option<String>, String> {
        let path = found(file)?;
        let before = stamp(&path);
        open(&path, line)?;
        if stamp(&path) == before {
            // There is nothing to build, and the card stays as it is shown.
            return Ok(None);
        }
        self.rebuild(&path).map(Some)
    }

    fn read(&mut self, file: &str) -> Result<String, String> {
        let path = found(file)?;
        let bytes = std::fs::read(&path).map_err(|error| format!("cannot read {file}: {}", reason(&error)))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Notes {
    /// Builds the deck that a note belongs to again; the session stays as it is where that fails.
    fn rebuild(&self, note: &Path) -> Result<String, String> {
        let own = self.origins.iter().find(|paths| holds(paths, note)).or(self.origins.first());
        let update = build::again(own.map_or(&[], Vec::as_slice), &self.output).map_err(|error| error.to_string())?;
        let parts =
            [(update.changed, "changed"), (update.added, "new"), (update.retired, "gone"), (update.revived, "back")];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{} {word}", plural(*count, "card")))
            .collect();
        Ok(if parts.is_empty() {
            "rebuilt: no card changed".to_owned()
        } else {
            let later = if update.added > 0 { "; what is new comes in a later session" } else { "" };
            format!("rebuilt: {}{later}", parts.join(", "))
        })
    }
}

fn found(file: &str) -> Result<PathBuf, String> {
    let path = Path::new(file);
    if path.is_file() {
        return Ok(path.to_owned());
    }
    Err(format!("there is no {file} here; start `recto review` in the folder where you ran `recto build`"))
}

/// Whether a note is among those below the paths of a build.
fn holds(paths: &[PathBuf], note: &Path) -> bool {
    let Ok(note) = note.canonicalize() else { return false };
    usual(paths).iter().any(|path| path.canonicalize().is_ok_and(|path| note.starts_with(path)))
}

/// Length and time of a file, to see whether it was saved.
fn stamp(path: &Path) -> Option<(u64, std::time::SystemTime)> {
    let data = std::fs::metadata(path).ok()?;
    Some((data.len(), data.modified().ok()?))
}

/// The user's editor; where none is set, the one that every system has, if there is somebody to use it.
fn editor() -> Result<String, String> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let usual = || stdin().is_terminal().then(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned());
    let found = set("VISUAL").or_else(|| set("EDITOR")).or_else(usual);
    found.ok_or_else(|| "no editor is set; set EDITOR to yours".to_owned())
}

/// Opens the editor and waits for it.
fn open(path: &Path, line: usize) -> Result<(), String> {
    let editor = editor()?;
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let name = Path::new(program).file_stem().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let mut command = Command::new(program);
    command.args(words).args(place(&name, path, line));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{editor}` failed ({status}); set EDITOR to another one")),
        Err(error) => Err(format!("cannot start `{editor}`: {}; set EDITOR to your editor", reason(&error))),
    }
}

/// The arguments that open a file at a line.
fn place(editor: &str, path: &Path, line: usize) -> Vec<String> {
    // A name that begins with a dash or plus is not an option.
    let path = path.to_string_lossy();
    let path = if path.starts_with(['-', '+']) { format!("./{path}") } else { path.into_owned() };
    match EDITORS.iter().find(|(names, _)| names.contains(&editor)).map(|(_, form)| *form) {
        Some("+") => vec![format!("+{line}"), path],
        Some("-g") => vec!["--wait".to_owned(), "-g".to_owned(), format!("{path}:{line}")],
        Some(_) => vec![format!("{path}:{line}")],
        None => vec![path],
    }
}

#[cfg(test)]
mod tests {
    use super::place;
    use std::path::Path;

    #[test]
    fn each_editor_is_told_the_line_its_own_way() {
        let shown = |editor: &str, path: &str| place(editor, Path::new(path), 7).join(" ");
        assert_eq!(shown("vim", "a b.md"), "+7 a b.md");
        assert_eq!(shown("code", "a.md"), "--wait -g a.md:7");
        assert_eq!(shown("hx", "a.md"), "a.md:7");
        assert_eq!(shown("typora", "-rf"), "./-rf");
    }
}
