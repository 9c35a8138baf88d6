//! The `[print]` table of `recto.toml`: what a project always wants on paper.

use serde::Deserialize;

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct PrintSettings {
    /// The title on the paper; otherwise that of the deck.
    pub title: Option<String>,
    /// The size of paper.
    pub paper: Option<PaperName>,
}

/// The sizes of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaperName {
    /// 210 × 297 mm.
    A4,
    /// 8½ × 11 inches.
    Letter,
}

impl PaperName {
    /// The name as it is typed.
    pub fn name(self) -> &'static str {
        match self {
            PaperName::A4 => "a4",
            PaperName::Letter => "letter",
        }
    }
}
