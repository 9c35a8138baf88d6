//! From chosen cards to the bytes of a file, and the line that tells of it.

use std::path::{Component, Path, PathBuf};

use super::wishes;
use crate::cli::error::Error;
use crate::cli::notes::Work;
use crate::cli::report::{plural, size};
use crate::cli::screen::Look;
use crate::diagnostic::Finding;
use crate::export::print::{self, Kind, Options};
use crate::load::{shown, slug};

/// A file that was made and is to be written.
#[derive(Debug)]
pub(super) struct Made {
    /// Where.
    pub(super) path: PathBuf,
    /// What.
    pub(super) bytes: Vec<u8>,
    cards: usize,
}

impl Made {
    /// What is said of it once it is written.
    pub(super) fn line(&self, changed: bool, look: Look) -> String {
        let about = [plural(self.cards, "card").as_str(), if changed { "" } else { ", unchanged" }].concat();
        format!("{}  {}  {}\n", look.bold(&shown(&self.path)), size(self.bytes.len() as u64), look.dim(&about))
    }
}

/// Makes files of one deck.
pub(super) struct Maker<'a> {
    work: &'a Work,
    options: Options,
    output: &'a Path,
}

impl<'a> Maker<'a> {
    /// A maker for what was compiled.
    pub(super) fn new(work: &'a Work, wishes: &wishes::Wishes, output: &'a Path) -> Result<Self, Error> {
        Ok(Maker { work, options: wishes.options(work, way_back(output))?, output })
    }

    /// Makes one file.
    pub(super) fn make(&self, kind: &Kind, chosen: &[usize], findings: &mut Vec<Finding>) -> Made {
        let path = self.output.join(format!("{}-{}.html", slug(&self.work.deck.name), kind.name));
        let (page, found) = print::html(&self.work.deck, chosen, kind, &self.options);
        findings.extend(found);
        Made { path, bytes: page.into_bytes(), cards: chosen.len() }
    }
}

/// What leads from a folder below the current one back to it; nothing elsewhere.
fn way_back(folder: &Path) -> String {
    let parts: Vec<Component> = folder.components().filter(|part| *part != Component::CurDir).collect();
    let below = parts.iter().all(|part| matches!(part, Component::Normal(_)));
    if below { "../".repeat(parts.len()) } else { String::new() }
}
