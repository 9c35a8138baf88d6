//! From chosen cards to the bytes of a file, and the line that tells of it.

#![expect(clippy::disallowed_methods, reason = "cli looks whether a list was filled in")]

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::{fs, iter};

use super::wishes;
use crate::card::Deck;
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
    cards: Option<usize>,
    pages: Option<usize>,
}

impl Made {
    /// What is said of it once it is written.
    pub(super) fn line(&self, changed: bool, look: Look) -> String {
        let counts = [(self.cards, "card"), (self.pages, "page")];
        let mut about: Vec<String> =
            counts.into_iter().filter_map(|(count, what)| Some(plural(count?, what))).collect();
        if !changed {
            about.push("unchanged".to_owned());
        }
        let about = about.join(", ");
        format!("{}  {}  {}\n", look.bold(&shown(&self.path)), size(self.bytes.len() as u64), look.dim(&about))
    }
}

/// Faces of cards: the card's id, and which of its faces.
pub(super) type Faces = BTreeSet<(String, usize)>;

/// Makes files of one deck.
pub(super) struct Maker<'a> {
    work: &'a Work,
    options: Options,
    output: &'a Path,
    format: Format,
}

impl<'a> Maker<'a> {
    /// A maker for what was compiled.
    pub(super) fn new(
        work: &'a Work,
        wishes: &wishes::Wishes,
        output: &'a Path,
        today: Option<Faces>,
    ) -> Result<Self, Error> {
        let options = Options { today, ..wishes.options(work, way_back(output))? };
        Ok(Maker { work, options, output, format: wishes.format })
    }

    /// Makes one file.
    pub(super) fn make(&self, kind: &Kind, chosen: &[usize], findings: &mut Vec<Finding>) -> Result<Made, Error> {
        let path = self.output.join(format!("{}-{}.{}", slug(&self.work.deck.name), kind.name, self.format.ending()));
        let (bytes, pages, found) = self
            .format
            .bytes((&self.work.deck, chosen), kind, &self.options)
            .map_err(|why| Error::Export(path.clone(), why))?;
        findings.extend(found);
        Ok(Made { path, bytes, cards: Some(chosen.len()), pages })
    }

    /// Makes the list on which grades are entered that were ticked on a kind of paper. Each day has its own, and one
    /// in which anything was entered, whether it can be read or not, stays.
    pub(super) fn form(&self, kind: &Kind, chosen: &[usize]) -> Made {
        let (year, month, day) = self.options.date;
        let stem = format!("{}-{}-grades-{year:04}-{month:02}-{day:02}", slug(&self.work.deck.name), kind.name);
        let further = (2..).map(|number: usize| format!("{stem}-{number}.txt"));
        let mut paths = iter::once(format!("{stem}.txt")).chain(further).map(|name| self.output.join(name));
        let path = paths.find(|path| !is_filled(path)).unwrap_or_default();
        let bytes = print::form::blank((&self.work.deck, chosen), kind, &self.options, &shown(&path)).into_bytes();
        Made { path, bytes, cards: None, pages: None }
    }

    /// Makes the sheet to adjust a printer by.
    #[cfg(feature = "print")]
    pub(super) fn proof(&self) -> Result<Made, Error> {
        let path = self.output.join("calibration.pdf");
        let bytes = print::proof(&self.options).map_err(|why| Error::Export(path.clone(), why))?;
        Ok(Made { path, bytes, cards: None, pages: None })
    }
}

/// Whether something was entered in a list already, or another thing lies in its place.
fn is_filled(path: &Path) -> bool {
    match fs::read(path) {
        Ok(bytes) => !std::str::from_utf8(&bytes).is_ok_and(print::form::is_blank),
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// To be printed as it is.
    #[cfg(feature = "print")]
    Pdf,
    /// To be printed from a browser, and to be restyled.
    Html,
}

/// The bytes of a file, its pages if it has any, and what is to be said of it.
type Bytes = (Vec<u8>, Option<usize>, Vec<Finding>);

impl Format {
    /// The usual one.
    #[cfg(feature = "print")]
    pub(super) const USUAL: Format = Format::Pdf;
    /// The only one.
    #[cfg(not(feature = "print"))]
    pub(super) const USUAL: Format = Format::Html;

    fn ending(self) -> &'static str {
        match self {
            #[cfg(feature = "print")]
            Format::Pdf => "pdf",
            Format::Html => "html",
        }
    }

    #[cfg_attr(not(feature = "print"), expect(clippy::unnecessary_wraps, reason = "a page always comes out"))]
    fn bytes(self, (deck, chosen): (&Deck, &[usize]), kind: &Kind, options: &Options) -> Result<Bytes, String> {
        match self {
            #[cfg(feature = "print")]
            Format::Pdf => {
                let pdf = print::pdf(deck, chosen, kind, options)?;
                Ok((pdf.bytes, Some(pdf.pages), pdf.findings))
            }
            Format::Html => {
                let (page, found) = print::html(deck, chosen, kind, options);
                Ok((page.into_bytes(), None, found))
            }
        }
    }
}

/// What leads from a folder below the current one back to it; nothing elsewhere.
fn way_back(folder: &Path) -> String {
    let parts: Vec<Component> = folder.components().filter(|part| *part != Component::CurDir).collect();
    let below = parts.iter().all(|part| matches!(part, Component::Normal(_)));
    if below { "../".repeat(parts.len()) } else { String::new() }
}
