//! The extraction rules: each turns one construct of a note into cards.

use crate::card::Card;
use crate::config::Config;
use crate::diagnostic::Finding;
use crate::markdown::Document;

/// A worked example of a manual page; the tests compile it.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// What stands in the note.
    pub note: &'static str,
    /// The cards it becomes, as `cards.txt` shows them.
    pub cards: &'static str,
}

/// An extraction rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name, as in `recto rules NAME` and in settings.
    pub name: &'static str,
    /// One line for the overview.
    pub summary: &'static str,
    /// The manual page, in Markdown.
    pub manual: &'static str,
    /// The worked example of the manual page.
    pub example: Example,
    /// Reads the note and pushes cards and findings.
    pub extract: fn(&Document, &mut Extraction),
}

/// Every rule. Where two claim one anchor, the earlier wins.
pub const RULES: &[Rule] = &[];

/// What the rules made of a note.
#[derive(Debug, Default)]
pub struct Extraction {
    /// The cards, in source order.
    pub cards: Vec<Card>,
    /// What there is to say.
    pub findings: Vec<Finding>,
}

/// Runs every rule that is not switched off over a note.
pub fn extract(document: &Document, config: &Config) -> Extraction {
    let _ = (document, config);
    Extraction::default()
}
