//! What other programs know, brought home: the progress of recto's own cards ([`progress`]), and whole
//! decks of others as [`notes`] in Markdown. Pure functions of what was read.

mod markdown;
pub mod notes;
pub mod progress;
pub mod table;
mod template;

pub use markdown::plain;
