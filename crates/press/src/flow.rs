//! Sheets, quizzes and cheat sheets: documents that flow from page to page.
//!
//! A long one is laid out in chunks, each beginning a page, and joined; only one that is laid out in
//! one piece is tagged for those who have it read aloud.

use serde_json::{Value, json};
use typst_layout::PagedDocument;

use crate::{Error, Press, Printed, check, export, world};

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
        let mut printed = Printed::default();
        let mut files = Vec::new();
        let whole = job.chunks.len() < 2;
        for at in 0..job.chunks.len() {
            let laid = self.chunk(job, at, printed.pages)?;
            for page in laid.pages() {
                check::missing(&page.frame, &mut printed.missing);
            }
            printed.pages += laid.pages().len();
            files.push(export::pdf(laid, &export::info(job.about), whole)?);
            if !whole {
                world::forget();
            }
        }
        printed.pdf = export::joined(files)?;
        Ok(printed)
    }

    /// Lays out the chunk at a place, with so many pages before it.
    fn chunk(&self, job: &Flow, at: usize, before: usize) -> Result<PagedDocument, Error> {
        let data = json!({
            "about": job.about, "look": job.look, "chunk": job.chunks[at], "first": at == 0, "before": before,
        });
        world::lay_out(&self.fonts, "flow.typ", &self.pictures, &data)
    }
}
