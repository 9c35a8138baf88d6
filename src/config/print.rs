//! The `[print]` table of `recto.toml`: what a project always wants on paper.

use serde::Deserialize;

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct PrintSettings {
    /// The title on the paper; otherwise that of the deck.
    pub title: Option<String>,
    /// The size of paper.
    pub paper: Option<PaperName>,
    /// How many cards are on a page: 4, 8 or 10.
    pub per_page: Option<usize>,
    /// How backs come behind their fronts: `long`, `short` or `fold`.
    pub backs: Option<BacksName>,
    /// How far the printer's backs have to be moved to the right and down, in millimetres.
    pub back_offset: Option<(f64, f64)>,
}

/// How backs come behind their fronts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BacksName {
    /// The sheet is turned over its long edge.
    Long,
    /// The sheet is turned over its short edge.
    Short,
    /// The back is beside the front.
    Fold,
}

impl BacksName {
    /// The name as it is typed.
    pub fn name(self) -> &'static str {
        match self {
            BacksName::Long => "long",
            BacksName::Short => "short",
            BacksName::Fold => "fold",
        }
    }
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
