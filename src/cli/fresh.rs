//! Whether everything is as the last build left it: then there is nothing to do but to tell the same again.
//!
//! A build leaves below its decks a mark of all that it followed from, and what it told. Notes count by their content,
//! the files beside the decks by size and time. What cannot be told so, such as images
//! that may turn up in another folder, leaves no mark, and neither does a build that a second one would not repeat.

#![expect(clippy::disallowed_methods, reason = "cli looks at the files that a build wrote")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::notes::{self, Work};
use super::told::Told;
use crate::config::Config;
use crate::diagnostic::codes::{self, Stage};
use crate::load::{self, Cache, LABELS, Loaded, MODEL};

/// The name under which the last build is kept.
const LAST: &str = "last-build";

/// The last build, as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Last {
    /// What it followed from.
    mark: String,
    /// The files that it made sure of, with their sizes and times.
    files: Vec<(PathBuf, Option<Look>)>,
    /// What it would tell if it ran again.
    told: Told,
}

/// A file's size, and when it was changed, in nanoseconds since 1970.
type Look = (u64, u128);

/// The build that is asked for, against the last.
#[derive(Debug)]
pub(super) struct Fresh {
    mark: String,
    cache: Cache,
    /// Files that a build follows from and may not write.
    beside: Vec<PathBuf>,
}

impl Fresh {
    /// A build of what was read into the folder `output`; `asked` is what was asked for, in any form that tells
    /// requests apart.
    pub(super) fn of(loaded: &Loaded, output: &Path, asked: &str) -> Fresh {
        let Loaded { files, origins, project, all_of, config, findings } = loaded;
        let mut hasher = blake3::Hasher::new();
        let mut add = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        };
        add(asked.as_bytes());
        add(format!("{:?}", (origins, project, all_of, findings, settings(config))).as_bytes());
        for file in files {
            add(file.path.as_bytes());
            add(file.text.as_bytes());
        }
        let stem = load::slug(&config.deck_name);
        let beside = [&format!("{stem}.{LABELS}"), &format!("{stem}.{MODEL}"), notes::DATABASE];
        let beside = beside.iter().map(|name| output.join(name)).collect();
        Fresh { mark: hasher.finalize().to_hex().to_string(), cache: Cache::below(output, true), beside }
    }

    /// What the last build would tell again, where all is as it left it.
    pub(super) fn told(&self) -> Option<Told> {
        let last: Last = postcard::from_bytes(&self.cache.other(LAST)?).ok()?;
        let untouched = last.files.iter().all(|(path, look)| *look == looked(path));
        (untouched && last.mark == self.mark).then_some(last.told)
    }

    /// Keeps what a build told, where another would tell the same.
    pub(super) fn keep(self, work: &Work, told: &Told) {
        if !repeats(work) || told.files.is_empty() {
            return;
        }
        let files = told.files.iter().map(|file| file.path.clone()).chain(self.beside);
        let looked_at = |path: PathBuf| {
            let look = looked(&path);
            (path, look)
        };
        let files = files.map(looked_at).collect();
        let last = Last { mark: self.mark, files, told: told.clone().again() };
        self.cache.keep_other(LAST, &postcard::to_stdvec(&last).unwrap_or_default());
    }
}

/// What settings mean, without what is read from beside the decks.
fn settings(config: &Config) -> String {
    let Config {
        deck_name,
        deck_per_note,
        decks,
        tags,
        language,
        rules_off,
        levels,
        matching,
        print,
        studies,
        routine,
    } = config;
    let first = (deck_name, deck_per_note, decks, tags, language, rules_off);
    format!("{:?}", (first, levels, matching.strictness, &matching.keep, print, studies, routine))
}

/// Whether a second build would find and tell the same.
fn repeats(work: &Work) -> bool {
    let packing = |code: &str| codes::find(code).is_none_or(|code| code.stage == Stage::Packing);
    let mut findings = work.findings.iter().chain(&work.allowed);
    work.deck.media.is_empty() && work.identities.settled_quietly && !findings.any(|finding| packing(finding.code))
}

fn looked(path: &Path) -> Option<Look> {
    let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let changed = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((metadata.len(), changed.as_nanos()))
}
