//! `recto.toml`: where it is looked for, and what is said when it cannot be understood.

#![expect(clippy::disallowed_methods, reason = "load is the one room that reads settings")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::name::shown;
use super::read::reason;
use crate::config::{Mistake, Settings};
use crate::rules::RULES;

/// The name of a settings file.
const NAME: &str = "recto.toml";

/// A settings file that cannot be used.
#[derive(Debug)]
pub struct SettingsError {
    /// The file as shown to the user.
    pub path: String,
    /// What is wrong with it.
    pub trouble: Trouble,
}

/// What can be wrong with a settings file.
#[derive(Debug)]
pub enum Trouble {
    /// The system does not let us read it, or it is no text; the words say why.
    Unreadable(String),
    /// Its text is not understood.
    Mistake(Mistake),
}

/// Settings, and the folder whose `recto.toml` they are from.
#[derive(Debug, Default)]
pub(super) struct Project {
    pub(super) settings: Settings,
    pub(super) folder: Option<PathBuf>,
    /// The file as it is shown.
    pub(super) shown: String,
}

/// Reads the nearest settings file: from the folder of `first` upwards to `here`, the current folder.
pub(super) fn find(first: &Path, here: &Path) -> Result<Project, SettingsError> {
    for folder in folders(first, here) {
        let path = folder.join(NAME);
        let shown = shown(path.strip_prefix(here).unwrap_or(&path));
        match fs::read(&path) {
            Ok(bytes) => return Ok(Project { settings: parse(bytes, &shown)?, folder: Some(folder), shown }),
            Err(error) if absent(&error) => {}
            Err(error) => return Err(SettingsError { path: shown, trouble: Trouble::Unreadable(reason(&error)) }),
        }
    }
    Ok(Project::default())
}

/// Whether there simply is no such file; a note named as a file is no folder to look in.
fn absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// The folders to look in, nearest first.
fn folders(first: &Path, here: &Path) -> Vec<PathBuf> {
    let Ok(first) = fs::canonicalize(first) else { return vec![here.to_owned()] };
    let start = if first.is_dir() { first.as_path() } else { first.parent().unwrap_or(&first) };
    let below = start.starts_with(here);
    let mut out: Vec<PathBuf> = start.ancestors().take_while(|f| f.starts_with(here)).map(Path::to_owned).collect();
    if !below {
        out.extend([start.to_owned(), here.to_owned()]);
    }
    out
}

fn parse(bytes: Vec<u8>, path: &str) -> Result<Settings, SettingsError> {
    let fail = |trouble| SettingsError { path: path.to_owned(), trouble };
    let text = String::from_utf8(bytes).map_err(|_| fail(Trouble::Unreadable("it is not UTF-8".to_owned())))?;
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    Settings::parse(&text, &names).map_err(|mistake| fail(Trouble::Mistake(mistake)))
}
