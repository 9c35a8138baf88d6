//! Sheets, quizzes and cheat sheets: documents that flow from page to page.
//!
//! A long one is laid out in chunks, each beginning a page, and joined; only one that is laid out in
//! one piece is tagged for those who have it read aloud.

use rayon::prelude::*;
use serde_json::{Value, json};
use typst::ecow::EcoVec;
use typst::layout::{Abs, Frame, Point};
use typst::model::DocumentInfo;
use typst_layout::{Page, PagedDocument};

use crate::{Error, Press, Printed, check, export, world};

/// How many chunks are laid out at once.
const CHUNKS: usize = 4;

/// A document, as templates read it.
#[derive(Debug)]
pub struct Flow<'a> {
    /// The title, the language and the date.
    pub about: &'a Value,
    /// The paper, the form and the words around the cards.
    pub look: &'a Value,
    /// What is printed, in pieces that may each begin a page.
    pub chunks: &'a [Value],
}

impl Press {
    /// Sets a document that flows.
    ///
    /// # Errors
    ///
    /// When a template is at fault.
    pub fn flow(&self, job: &Flow) -> Result<Printed, Error> {
        let about = export::info(job.about);
        if job.chunks.len() < 2 {
            let laid = self.chunk(job, 0)?;
            let mut printed = Printed { pages: laid.pages().len(), ..Printed::default() };
            missing(&laid, &mut printed);
            printed.pdf = export::pdf(laid, &about, true)?;
            return Ok(printed);
        }
        let mut printed = Printed::default();
        let mut files: Vec<Vec<u8>> = Vec::new();
        let mut finished: Vec<PagedDocument> = Vec::new();
        let write = |laid: Vec<PagedDocument>| -> Result<Vec<Vec<u8>>, Error> {
            laid.into_par_iter().map(|document| export::pdf(document, &about, false)).collect()
        };
        let places: Vec<usize> = (0..job.chunks.len()).collect();
        // While some chunks are laid out, those before them become files.
        for wave in places.chunks(CHUNKS) {
            let lay_out = || wave.par_iter().map(|at| self.chunk(job, *at)).collect();
            let (laid, written): (Result<Vec<PagedDocument>, Error>, _) =
                rayon::join(lay_out, || write(std::mem::take(&mut finished)));
            files.extend(written?);
            for document in laid? {
                missing(&document, &mut printed);
                finished.push(self.numbered(job, &document, printed.pages)?);
                printed.pages += document.pages().len();
            }
            world::forget();
        }
        files.extend(write(finished)?);
        printed.pdf = export::joined(files)?;
        Ok(printed)
    }

    /// Lays out the chunk at a place; the numbers of its pages are left out where there are several chunks.
    fn chunk(&self, job: &Flow, at: usize) -> Result<PagedDocument, Error> {
        let data = json!({
            "about": job.about,
            "look": job.look,
            "chunk": job.chunks.get(at),
            "first": at == 0,
            "alone": job.chunks.len() < 2,
        });
        world::lay_out(&self.fonts, "flow.typ", &self.pictures, &data)
    }

    /// A chunk with the numbers of its pages, with so many pages before it.
    fn numbered(&self, job: &Flow, chunk: &PagedDocument, before: usize) -> Result<PagedDocument, Error> {
        let to = before + chunk.pages().len();
        let data = json!({ "about": job.about, "look": job.look, "from": before, "to": to });
        let numbers = world::lay_out(&self.fonts, "numbers.typ", &self.pictures, &data)?;
        let numbered = |(page, number): (&Page, &Page)| {
            let mut page = page.clone();
            put_below(&mut page.frame, &number.frame);
            page
        };
        let pages: EcoVec<Page> = chunk.pages().iter().zip(numbers.pages()).map(numbered).collect();
        Ok(PagedDocument::new(pages, DocumentInfo::default()))
    }
}

/// Lays a frame along the lower edge of a page.
fn put_below(page: &mut Frame, strip: &Frame) {
    page.push_frame(Point::new(Abs::zero(), page.height() - strip.height()), strip.clone());
}

fn missing(document: &PagedDocument, printed: &mut Printed) {
    for page in document.pages() {
        check::missing(&page.frame, &mut printed.missing);
    }
}
