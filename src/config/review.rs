//! The `[review]` table of `recto.toml`: how a session goes.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer};

use crate::review::grade::Keys;
use crate::store::{Order, Wanted};

/// How a session goes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct Session {
    /// Four keys that grade, or six.
    pub keys: Keys,
    /// After how long a card comes back that was not known, step by step.
    pub steps: Vec<Span>,
    /// In which order due cards are asked.
    pub order: Order,
    /// So many lapses make a card a leech; 0 for never.
    pub leech: u32,
    /// After so long the session asks whether to go on.
    pub timebox: Option<Span>,
    /// Whether every answer is typed.
    #[serde(rename = "type")]
    pub typing: bool,
    /// Over how many days cards are spread that were left undone; 1 for all at once.
    #[serde(alias = "catch-up")]
    pub catch_up: u32,
    /// The colours.
    pub theme: Colors,
    /// How the terminal shows pictures.
    pub images: Images,
}

impl Default for Session {
    fn default() -> Self {
        Session {
            keys: Keys::Four,
            steps: vec![Span(60_000), Span(600_000)],
            order: Order::default(),
            leech: 8,
            timebox: None,
            typing: false,
            catch_up: 7,
            theme: Colors::Auto,
            images: Images::Auto,
        }
    }
}

impl Session {
    /// After how many milliseconds a card comes back that was not known, step by step.
    pub fn waits(&self) -> Vec<i64> {
        self.steps.iter().map(|step| step.0).collect()
    }

    /// What a session asks where nothing else is wanted.
    pub fn wanted(&self) -> Wanted {
        Wanted { order: self.order, spread: self.catch_up, ..Wanted::default() }
    }
}

/// The colours of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Colors {
    /// The terminal is asked.
    #[default]
    Auto,
    /// For a dark ground.
    Dark,
    /// For a light ground.
    Light,
    /// None.
    None,
}

/// How the terminal shows pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Images {
    /// As its name says that it can.
    #[default]
    Auto,
    /// As kitty does.
    Kitty,
    /// As iTerm2 does.
    Iterm,
    /// As sixels.
    Sixel,
    /// Not at all; their words stand for them.
    None,
}

/// A span of time in milliseconds, written `90s`, `10m` or `1h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span(pub i64);

impl Span {
    /// The span that is written; none where it is not understood.
    pub fn parse(text: &str) -> Option<Span> {
        let text = text.trim();
        let unit = text.chars().next_back()?;
        let per = match unit {
            's' => 1_000,
            'm' => 60_000,
            'h' => 3_600_000,
            _ => return None,
        };
        let number: i64 = text[..text.len() - 1].trim().parse().ok().filter(|number| (1..=10_000).contains(number))?;
        Some(Span(number * per))
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(SpanVisitor)
    }
}

struct SpanVisitor;

impl Visitor<'_> for SpanVisitor {
    type Value = Span;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a time such as \"90s\", \"10m\" or \"1h\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Span, E> {
        Span::parse(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read() {
        let spans = ["90s", "10m", " 1 h", "0m", "m", "10", "-1m", "999999999h", "5ü"].map(Span::parse);
        let known = [90_000, 600_000, 3_600_000].map(|time| Some(Span(time)));
        assert_eq!(spans[..3], known);
        assert!(spans[3..].iter().all(Option::is_none));
    }
}
