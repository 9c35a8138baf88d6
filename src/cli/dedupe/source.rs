//! Where the cards of `recto dedupe` come from, and what lies beside them: labels and a model, found by the deck's name.

use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::super::error::Error;
use super::super::{notes, output};
use super::teach;
use crate::dedupe::face::Face;
use crate::dedupe::model::Model;
use crate::dedupe::pairs::Pair;
use crate::load;

/// Where cards come from, and how they are weighed.
#[derive(Debug, clap::Args)]
pub(super) struct Source {
    /// A deck in place of the notes: .apkg, .csv, .tsv or .jsonl
    #[arg(long, value_name = "FILE")]
    cards: Option<PathBuf>,
    /// A model that `recto dedupe train` made [default: DECK.model.json beside the deck; else recto judges untaught]
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

/// What stands behind the deck's name in the name of the file of its audit.
pub(super) const AUDIT: &str = "audit.csv";

/// Cards, and what is known of them.
pub(super) struct Known {
    /// The cards, before a build merges any.
    pub(super) faces: Vec<Face>,
    /// What was learnt from labels.
    pub(super) model: Option<Model>,
    /// The labels beside the deck.
    pub(super) labels: Vec<Pair>,
    /// Where the labels lie, or would.
    pub(super) labels_at: PathBuf,
    /// Where the labels of an audit lie, or would.
    pub(super) audit_at: PathBuf,
}

impl Source {
    /// Reads the cards that were asked for, with model and labels.
    pub(super) fn known(&self, paths: &[PathBuf]) -> Result<Known, Error> {
        let (faces, stem) = match &self.cards {
            Some(path) => {
                let faces = load::read_deck(path).map_err(|why| Error::Misread(path.clone(), why))?;
                (faces, path.with_extension(""))
            }
            None => compiled(paths)?,
        };
        let beside = |ending: &str| Some(besides(&stem, ending)).filter(|path| output::size(path) > 0);
        let model = self.model.clone().or_else(|| beside(load::MODEL));
        let model = model.as_deref().map(teach::model).transpose()?;
        let labels = beside(load::LABELS).as_deref().map_or_else(|| Ok(Vec::new()), teach::read)?;
        Ok(Known { faces, model, labels, labels_at: besides(&stem, load::LABELS), audit_at: besides(&stem, AUDIT) })
    }
}

/// The file of a deck: its path without ending, and another ending.
fn besides(stem: &Path, ending: &str) -> PathBuf {
    let mut name = stem.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// The usual file of labels or model of the notes in the current folder.
pub(super) fn usual(ending: &str) -> Result<PathBuf, Error> {
    Ok(besides(&stem(&notes::deck_name(&[])?), ending))
}

fn stem(deck: &str) -> PathBuf {
    Path::new(notes::OUTPUT).join(load::slug(deck))
}

fn compiled(paths: &[PathBuf]) -> Result<(Vec<Face>, PathBuf), Error> {
    let work = notes::compile_apart(paths, Path::new(notes::OUTPUT))?;
    if work.files.is_empty() {
        return Err(Error::NothingRead);
    }
    Ok((work.deck.cards.par_iter().map(Face::of).collect(), stem(&work.deck.name)))
}
