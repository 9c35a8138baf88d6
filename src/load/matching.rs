//! What is known of cards that ask the same besides the notes: labels, a model, and what was reviewed.
//!
//! The files lie beside the deck and bear its name, so that nobody needs to name them.

#![expect(clippy::disallowed_methods, reason = "load is one of the rooms that read the disc")]

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::name::shown;
use super::read::reason;
use super::settings::{SettingsError, Trouble};
use crate::dedupe::merge::Matching;
use crate::dedupe::model::Model;
use crate::dedupe::pairs;
use crate::store;

/// What stands behind the deck's name in the name of the file of its labels.
pub const LABELS: &str = "labels.csv";

/// What stands behind the deck's name in the name of the file of its model.
pub const MODEL: &str = "model.json";

/// The name of the review database.
pub const REVIEWS: &str = "recto.db";

/// Reads what lies beside the deck named `stem` in `folder`.
///
/// # Errors
///
/// Where a file is there and cannot be understood: to go on would ignore what the user said.
pub(super) fn read(folder: &Path, stem: &str, matching: &mut Matching) -> Result<(), SettingsError> {
    if let Some(labels) = parsed(&folder.join(format!("{stem}.{LABELS}")), pairs::read)? {
        matching.labels = labels;
    }
    matching.model = parsed(&folder.join(format!("{stem}.{MODEL}")), Model::parse)?;
    matching.reviewed = store::reviewed(&folder.join(REVIEWS));
    Ok(())
}

/// What a file says; nothing where there is none.
fn parsed<T>(path: &Path, parse: fn(&str) -> Result<T, String>) -> Result<Option<T>, SettingsError> {
    let fail = |why| SettingsError { path: shown(path), trouble: Trouble::Unreadable(why) };
    match fs::read_to_string(path) {
        Ok(text) => parse(&text).map(Some).map_err(fail),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(fail(reason(&error))),
    }
}
