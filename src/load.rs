//! The only reader of notes, settings and media.
//!
//! Whatever goes wrong with one file is a finding; the others are read all the same. Only settings
//! that cannot be understood stop the program, since going on would ignore what the user asked for.

#![expect(clippy::disallowed_methods, reason = "load is the one room that reads notes")]

mod built;
mod cache;
mod cards;
mod fetch;
mod gallery;
mod index;
mod locate;
mod lock;
mod matching;
mod media;
mod name;
mod pack;
pub mod package;
mod read;
mod settings;
mod table;
mod walk;

pub use built::package as read_package;
pub use cache::Cache;
pub use cards::read_deck;
pub use fetch::Fetcher;
pub use gallery::Gallery;
pub use index::index_of;
pub use lock::{OtherLock, lock as read_lock, other_locks};
pub use matching::{LABELS, MODEL, REVIEWS};
pub use media::attach as attach_media;
pub use name::{shown, slug};
pub use pack::{hold_media, open_media};
pub use read::reason;
pub use settings::{SettingsError, Trouble};
pub use table::{Table, read_table};

use std::path::{Path, PathBuf};

use crate::config::{Config, Settings};
use crate::diagnostic::Finding;
use crate::source::{FileId, SourceFile};
use crate::study::Routine;

/// The usual folder of notes, which gives its name to no deck.
pub const SOURCE: &str = "source-notes";

/// What the user asked for.
#[derive(Debug)]
pub struct Request {
    /// Files and folders of notes.
    pub paths: Vec<PathBuf>,
    /// The folder to be written to, which is not read.
    pub output: PathBuf,
    /// The current folder, whole and without links.
    pub here: PathBuf,
}

/// Where a note lies on the disc.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The note, whole and without links.
    pub path: PathBuf,
    /// The folder that the user named, or that holds the file the user named.
    pub root: PathBuf,
}

/// What was read.
#[derive(Debug)]
pub struct Loaded {
    /// The notes, numbered by their position, sorted by path.
    pub files: Vec<SourceFile>,
    /// Where each of them lies.
    pub origins: Vec<Origin>,
    /// The folder of the settings file, where there is one.
    pub project: Option<PathBuf>,
    /// The settings file as it is shown, where all notes were read that it can speak of.
    pub all_of: Option<String>,
    /// What the settings mean.
    pub config: Config,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

/// Reads the notes and settings that a request means.
///
/// # Errors
///
/// Where there are settings that cannot be read or understood.
pub fn load(request: &Request) -> Result<Loaded, SettingsError> {
    let first = request.paths.first().map_or(request.here.as_path(), PathBuf::as_path);
    let project = settings::find(first, &request.here)?;
    let found = walk::find(&request.paths, &request.output);
    let (mut files, mut origins, mut findings) = (Vec::new(), Vec::new(), found.findings);
    for note in found.notes {
        match read::note(&note.path, &note.shown) {
            Ok(text) if read::is_ours(&text) => {}
            Ok(text) => {
                // A count of files beyond 32 bits cannot be held in memory as paths.
                let id = FileId(u32::try_from(files.len()).unwrap_or(u32::MAX));
                files.push(SourceFile::new(id, note.shown, text));
                origins.push(Origin { path: note.path, root: note.root });
            }
            Err(finding) => findings.push(*finding),
        }
    }
    let mut config = Config::new(project.settings, deck_name(request), files.len() > 1);
    config.decks.below = common_folder(&files);
    matching::read(&request.output, &slug(&config.deck_name), &mut config.matching)?;
    let all_of = project.folder.as_ref().filter(|folder| is_whole(request, folder)).map(|_| project.shown);
    Ok(Loaded { files, origins, project: project.folder, all_of, config, findings })
}

/// Whether a request means the whole of a project: its folder, or a folder of notes in it.
fn is_whole(request: &Request, project: &Path) -> bool {
    let mut folders = request.paths.iter().filter_map(|path| path.canonicalize().ok()).filter(|path| path.is_dir());
    folders.any(|folder| folder == project || folder.parent() == Some(project))
}

/// The folder, as it is shown, that all notes lie in.
fn common_folder(files: &[SourceFile]) -> String {
    let folder = |file: &SourceFile| file.path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let mut folders = files.iter().map(folder);
    let first = folders.next().unwrap_or_default();
    folders.fold(first, |common, folder| {
        let shared = common.split('/').zip(folder.split('/')).take_while(|(a, b)| a == b).map(|(part, _)| part);
        shared.collect::<Vec<_>>().join("/")
    })
}

/// Reads the settings that hold for notes below `paths`, without reading the notes; `here` is the current folder.
///
/// # Errors
///
/// Where there are settings that cannot be read or understood.
pub fn settings(paths: &[PathBuf], here: &Path) -> Result<Settings, SettingsError> {
    let first = paths.first().map_or(here, PathBuf::as_path);
    settings::find(first, here).map(|project| project.settings)
}

/// How the learner's days go, by the settings that hold for notes at `first`; `here` is the current folder.
///
/// # Errors
///
/// Where there are settings that cannot be read or understood.
pub fn routine(first: &Path, here: &Path) -> Result<Routine, SettingsError> {
    let project = settings::find(first, here)?;
    Ok(Config::new(project.settings, String::new(), false).routine)
}

/// The name of a deck that has none in the settings: that of the one folder or file that was named.
fn deck_name(request: &Request) -> String {
    let name = match request.paths.as_slice() {
        [path] => own_name(path).unwrap_or_default(),
        _ => String::new(),
    };
    if name.is_empty() { "Recto".to_owned() } else { name }
}

/// The title-cased name of a path; for the usual folder of notes, that of the project it belongs to.
fn own_name(path: &Path) -> Option<String> {
    let whole = path.canonicalize().ok()?;
    // `.` and `..` have a name only when they are whole.
    let named = if path.file_name().is_some() { path } else { &whole };
    let named = if named.file_name()? == SOURCE { whole.parent()? } else { named };
    let stem = if named.is_dir() { named.file_name() } else { named.file_stem() };
    Some(name::title(&stem?.to_string_lossy()))
}
