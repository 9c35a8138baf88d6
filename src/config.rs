//! Settings: what `recto.toml` and front matter may say, and what it means once defaults are filled in.

use serde::Deserialize;

/// What was typed in `recto.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Name of the root deck.
    pub deck: Option<String>,
    /// Tags for every card.
    pub tags: Vec<String>,
    /// Language of notes that do not name theirs (`en`, `de`, …).
    pub language: Option<String>,
    /// Which rules run.
    pub rules: RuleSettings,
}

/// The `[rules]` table of `recto.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RuleSettings {
    /// Names of rules that stay silent.
    pub off: Vec<String>,
}

/// What the settings mean.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Name of the root deck; its plain form is the stem of the files written.
    pub deck_name: String,
    /// Whether each note gets a deck of its own below the root deck.
    pub deck_per_note: bool,
    /// Tags for every card.
    pub tags: Vec<String>,
    /// Language of notes that do not name theirs.
    pub language: Option<String>,
    /// Names of rules that stay silent.
    pub rules_off: Vec<String>,
}
