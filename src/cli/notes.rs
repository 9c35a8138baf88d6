//! From the paths that were typed to a deck and its findings: what `build` and `check` have in common.

#![expect(clippy::disallowed_methods, reason = "cli looks up the current folder")]

use std::path::{Path, PathBuf};

use super::error::Error;
use super::progress::Progress;
use crate::allow::Allows;
use crate::card::Deck;
use crate::config::Config;
use crate::coverage::{self, Coverage};
use crate::diagnostic::{self, Finding};
use crate::load::{self, Request, SOURCE};
use crate::markdown;
use crate::source::SourceFile;

/// Where decks are written when no folder is typed.
pub(super) const OUTPUT: &str = "decks";

/// The file name of the review database.
pub(super) const DATABASE: &str = "recto.db";

/// Compiled notes.
#[derive(Debug)]
pub(super) struct Work {
    /// The notes.
    pub(super) files: Vec<SourceFile>,
    /// Their cards, with media.
    pub(super) deck: Deck,
    /// All there is to say about them, sorted by place.
    pub(super) findings: Vec<Finding>,
    /// What settings or comments in the notes want left unsaid.
    pub(super) allowed: Vec<Finding>,
    /// The allow comments of the notes, for what is found out later.
    pub(super) allows: Allows,
    /// What the settings mean.
    pub(super) config: Config,
}

impl Work {
    /// How much of the notes became cards.
    pub(super) fn coverage(&self) -> Coverage {
        let documents: Vec<_> = self.files.iter().map(markdown::parse).collect();
        coverage::of(&documents, &self.deck.cards, self.findings.iter().chain(&self.allowed))
    }
}

/// Reads and compiles the notes below `paths`, or the usual ones where there are none.
pub(super) fn compile(paths: &[PathBuf], output: &Path) -> Result<Work, Error> {
    let progress = Progress::start("reading the notes");
    let loaded = load::load(&request(paths, output)?).map_err(Error::Settings)?;
    progress.step("making cards");
    let mut compilation = crate::compile(&loaded.files, &loaded.config);
    progress.step("packing images");
    let images = load::attach_media(&mut compilation.deck, &loaded);
    let images = compilation.allows.sift(images);
    let late = images.kept.into_iter().chain(loaded.findings).collect();
    let mut findings = loaded.config.levels.settle(late).kept;
    findings.append(&mut compilation.findings);
    diagnostic::sort(&mut findings, &loaded.files);
    let crate::Compilation { deck, allowed, allows, .. } = compilation;
    Ok(Work { files: loaded.files, deck, findings, allowed, allows, config: loaded.config })
}

/// The paths that were typed, or the usual one where there are none.
pub(super) fn usual(paths: &[PathBuf]) -> Vec<PathBuf> {
    let usual = if Path::new(SOURCE).is_dir() { SOURCE } else { "." };
    if paths.is_empty() { vec![PathBuf::from(usual)] } else { paths.to_vec() }
}

fn request(paths: &[PathBuf], output: &Path) -> Result<Request, Error> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).map_err(Error::Here)?;
    Ok(Request { paths: usual(paths), output: output.to_owned(), here })
}
