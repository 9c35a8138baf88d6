//! Cards to be cut out: each side is set on a page of its own size, and the pages are laid on sheets.
//!
//! A side that is full goes on on a further page, so on a further card; one that reaches out of its
//! page, because a formula or a picture is too wide, is set on a larger page and made smaller.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::{Value, json};
use typst::ecow::EcoVec;
use typst::layout::{Abs, Frame, Point, Size};
use typst::model::DocumentInfo;
use typst_layout::{Page, PagedDocument};

use crate::impose::{self, Backs, Pair, Sheet};
use crate::{Error, Press, Printed, check, export, world};

/// How many slips are laid out at once; the same everywhere, for the bytes depend on it.
const CHUNK: usize = 50;

/// How many chunks go into one file before it is joined with the others.
const CHUNKS: usize = 4;

/// How much larger the page is on which a side is set that does not keep to its own.
const LARGER: [f64; 6] = [1.0, 1.3, 1.7, 2.4, 3.5, 6.0];

/// The border that every side keeps clear, in millimetres.
const BORDER: f64 = 1.0;

/// A card with its two sides, as templates read them.
#[derive(Debug, Clone)]
pub struct Slip {
    /// The front.
    pub front: Value,
    /// The back.
    pub back: Value,
}

/// Cards and how they are cut.
#[derive(Debug)]
pub struct Slips<'a> {
    /// The paper.
    pub sheet: Sheet,
    /// The cards.
    pub slips: &'a [Slip],
    /// The title, the language and the date, as templates read them.
    pub about: &'a Value,
}

impl Press {
    /// Sets cards to be cut out.
    ///
    /// # Errors
    ///
    /// When a template is at fault.
    pub fn slips(&self, job: &Slips) -> Result<Printed, Error> {
        let mut printed = Printed::default();
        let mut files = Vec::new();
        let mut waiting: Vec<Pair> = Vec::new();
        let (marks, about) = (self.marks(job)?, export::info(job.about));
        let mut waves = job.slips.chunks(CHUNK * CHUNKS).peekable();
        let mut finished = EcoVec::new();
        let file = |pages: EcoVec<Page>| {
            let document = PagedDocument::new(pages, DocumentInfo::default());
            if document.pages().is_empty() { Ok(None) } else { export::pdf(document, &about, false).map(Some) }
        };
        // While one wave is laid out, the pages of that before it become a file.
        while let Some(wave) = waves.next() {
            let lay_out = || wave.par_chunks(CHUNK).map(|slips| self.pairs(job, slips)).collect();
            let (pairs, written): (Result<Vec<Vec<Pair>>, Error>, _) =
                rayon::join(lay_out, || file(std::mem::take(&mut finished)));
            files.extend(written?);
            waiting.extend(pairs?.into_iter().flatten());
            let last = waves.peek().is_none();
            let full = if last { waiting.len() } else { waiting.len() - waiting.len() % job.sheet.slips() };
            let ready: Vec<Pair> = waiting.drain(..full).collect();
            for pair in &ready {
                check::missing(&pair.front, &mut printed.missing);
                check::missing(&pair.back, &mut printed.missing);
            }
            finished = impose::impose(&job.sheet, &marks, &ready);
            printed.pages += finished.len();
            world::forget();
        }
        files.extend(file(finished)?);
        printed.pdf = export::joined(files)?;
        Ok(printed)
    }

    /// A sheet by which it can be seen how well a printer turns paper.
    ///
    /// # Errors
    ///
    /// When a template is at fault.
    pub fn proof(&self, sheet: &Sheet, about: &Value) -> Result<Printed, Error> {
        let data = json!({ "sheet": measures(sheet), "about": about });
        let laid = world::lay_out(&self.fonts, "proof.typ", &self.pictures, &data)?;
        // Where all is printed on one side, the other one may still be tried.
        let backs = if sheet.backs == Backs::ShortEdge { Backs::ShortEdge } else { Backs::LongEdge };
        let whole = Sheet { columns: 1, rows: 1, backs, ..*sheet };
        let frames: Vec<Frame> = laid.pages().iter().map(|page| page.frame.clone()).collect();
        let [front, back] = frames.as_slice() else { return Err(Error("a proof has two sides".to_owned())) };
        let none = Frame::soft(front.size());
        let pages = impose::impose(&whole, &none, &[Pair { front: front.clone(), back: back.clone() }]);
        let pdf = export::pdf(PagedDocument::new(pages, DocumentInfo::default()), &export::info(about), false)?;
        Ok(Printed { pdf, pages: 2, ..Printed::default() })
    }

    /// Where to cut and to fold.
    fn marks(&self, job: &Slips) -> Result<Frame, Error> {
        let data = json!({ "sheet": measures(&job.sheet) });
        let laid = world::lay_out(&self.fonts, "marks.typ", &self.pictures, &data)?;
        let first = laid.pages().first().map(|page| page.frame.clone());
        first.ok_or_else(|| Error("there are no marks".to_owned()))
    }

    /// Both sides of some cards, on as many slips as they need.
    fn pairs(&self, job: &Slips, slips: &[Slip]) -> Result<Vec<Pair>, Error> {
        let sides: Vec<&Value> = slips.iter().flat_map(|slip| [&slip.front, &slip.back]).collect();
        let mut laid = self.sides(job, &sides)?;
        let mut pairs = Vec::new();
        for slip in 0..slips.len() {
            let (fronts, backs) = (laid.remove(&(2 * slip)), laid.remove(&(2 * slip + 1)));
            let (Some(fronts), Some(backs)) = (fronts, backs) else {
                return Err(Error("a side of a card was lost".to_owned()));
            };
            let parts = fronts.len().max(backs.len());
            for part in 0..parts {
                let of = |pages: &[Frame]| pages[part.min(pages.len() - 1)].clone();
                let (mut front, mut back) = (of(&fronts), of(&backs));
                if parts > 1 {
                    let label = self.label(job, part + 1, parts)?;
                    for side in [&mut front, &mut back] {
                        side.push_frame(Point::new(side.width() - label.width(), Abs::zero()), label.clone());
                    }
                }
                pairs.push(Pair { front, back });
            }
        }
        Ok(pairs)
    }

    /// The pages of each side by its number, all of the size of a cell.
    fn sides(&self, job: &Slips, sides: &[&Value]) -> Result<BTreeMap<usize, Vec<Frame>>, Error> {
        let mut done: BTreeMap<usize, Vec<Frame>> = BTreeMap::new();
        let mut open: Vec<usize> = (0..sides.len()).collect();
        for larger in LARGER {
            if open.is_empty() {
                break;
            }
            let chosen: Vec<Value> =
                open.iter().map(|at| json!({ "number": at.to_string(), "side": sides[*at] })).collect();
            let data = json!({ "sheet": measures(&job.sheet), "about": job.about, "larger": larger, "sides": chosen });
            let laid = world::lay_out(&self.fonts, "slips.typ", &self.pictures, &data)?;
            let mut failed = Vec::new();
            for (at, frames) in by_number(&laid) {
                let fits = frames.iter().all(|frame| check::ink(frame).is_within(frame, Abs::mm(BORDER)));
                if !fits {
                    failed.push(at);
                }
                let (width, height) = job.sheet.cell();
                let cell = Size::new(Abs::mm(width), Abs::mm(height));
                let frames =
                    frames.into_iter().map(|frame| if larger > 1.0 { impose::scaled(frame, cell) } else { frame });
                done.insert(at, frames.collect());
            }
            open = failed;
        }
        Ok(done)
    }

    /// Which part of a card that goes on this is.
    fn label(&self, job: &Slips, part: usize, parts: usize) -> Result<Frame, Error> {
        let data = json!({ "sheet": measures(&job.sheet), "part": format!("{part} / {parts}") });
        let laid = world::lay_out(&self.fonts, "part.typ", &self.pictures, &data)?;
        let first = laid.pages().first().map(|page| page.frame.clone());
        first.ok_or_else(|| Error("there is no label".to_owned()))
    }
}

/// The pages of each side, by the number that the template gave them.
fn by_number(laid: &PagedDocument) -> BTreeMap<usize, Vec<Frame>> {
    let mut all: BTreeMap<usize, Vec<Frame>> = BTreeMap::new();
    for page in laid.pages() {
        if let Ok(number) = page.supplement.plain_text().parse() {
            all.entry(number).or_default().push(page.frame.clone());
        }
    }
    all
}

fn measures(sheet: &Sheet) -> Value {
    let (width, height) = sheet.cell();
    json!({
        "width": sheet.width,
        "height": sheet.height,
        "columns": sheet.columns,
        "rows": sheet.rows,
        "cell": [width, height],
        "backs": match sheet.backs {
            Backs::LongEdge => "long",
            Backs::ShortEdge => "short",
            Backs::Beside => "beside",
        },
    })
}
