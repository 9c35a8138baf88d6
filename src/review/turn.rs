//! One card on the screen: from its question to its grade.

use super::face::Shown;
use super::grade::{GradeKey, KNOWN, Keys};
use super::queue::Entry;
use super::typed::{self, Comparison};

/// How far a card has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is being fetched.
    Fetching,
    /// Its question is on the screen.
    Asking,
    /// Its answer is.
    Answered,
    /// Its grade is being written.
    Saving(u8),
}

/// What a grade would lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Days until the card is due.
    pub days: i64,
    /// Milliseconds until it comes back today, where it does.
    pub wait: Option<i64>,
}

/// What is known of a face besides what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The `seq` of its last row in the log, 0 if there is none.
    pub last: i64,
    /// The instant of the build that changed its answer in substance, where one did.
    pub changed: Option<i64>,
    /// How often it was forgotten.
    pub lapses: i64,
    /// Whether the learner flagged its card.
    pub flagged: bool,
    /// Whether its card is suspended.
    pub suspended: bool,
}

/// A face as it is fetched.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fetched {
    /// What it shows.
    pub shown: Shown,
    /// What is known of it.
    pub standing: Standing,
    /// What each grade from 0 to 5 would lead to.
    pub outcomes: [Outcome; 6],
}

/// A card on the screen.
#[derive(Debug, Clone)]
pub struct Turn {
    /// The face.
    pub entry: Entry,
    /// What is shown of it; empty while it is being fetched.
    pub shown: Shown,
    /// What is known of the face.
    pub standing: Standing,
    /// What each grade from 0 to 5 would lead to.
    pub outcomes: [Outcome; 6],
    /// How far it has come.
    pub stage: Stage,
    /// When its question appeared.
    pub since: i64,
    /// What has been typed, where the answer is typed.
    pub typed: Option<String>,
    /// The keys of the options that are chosen.
    pub chosen: Vec<char>,
    /// The first line on the screen, where the learner has scrolled.
    pub scroll: Option<usize>,
}

impl Turn {
    /// A card that is about to be fetched.
    pub fn new(entry: Entry) -> Turn {
        Turn {
            entry,
            shown: Shown::default(),
            standing: Standing::default(),
            outcomes: [Outcome::default(); 6],
            stage: Stage::Fetching,
            since: 0,
            typed: None,
            chosen: Vec::new(),
            scroll: None,
        }
    }

    /// The same card, fetched, with its question on the screen at an instant.
    #[must_use]
    pub fn asked(&self, fetched: Fetched, now: i64) -> Turn {
        let Fetched { shown, standing, outcomes } = fetched;
        Turn { shown, standing, outcomes, stage: Stage::Asking, since: now, ..Turn::new(self.entry.clone()) }
    }

    /// Shows the answer.
    pub fn show(&mut self) {
        self.stage = Stage::Answered;
        self.scroll = None;
    }

    /// Whether several options are right.
    pub fn has_several(&self) -> bool {
        self.shown.options.iter().filter(|(_, option)| option.correct).count() > 1
    }

    /// Chooses an option or takes the choice back; whether that shows the answer.
    pub fn choose(&mut self, key: char) -> bool {
        if let Some(at) = self.chosen.iter().position(|chosen| *chosen == key) {
            self.chosen.remove(at);
            return false;
        }
        self.chosen.push(key);
        !self.has_several()
    }

    /// Whether a key chooses an option.
    pub fn is_option(&self, key: char) -> bool {
        self.shown.options.iter().any(|(letter, _)| *letter == key)
    }

    /// What was typed, held against the answer.
    pub fn comparison(&self) -> Option<Comparison> {
        let typed = self.typed.as_ref().filter(|typed| !typed.trim().is_empty())?;
        Some(typed::compare(typed, &self.shown.answer))
    }

    /// The grade that what was typed or chosen deserves; good, where nothing was.
    pub fn fair(&self) -> u8 {
        if let Some(comparison) = self.comparison() {
            return comparison.grade;
        }
        let right = self.shown.options.iter().all(|(key, option)| option.correct == self.chosen.contains(key));
        if self.chosen.is_empty() || right { KNOWN + 1 } else { 1 }
    }

    /// The key that is marked as fair.
    pub fn suggestion(&self, keys: Keys) -> Option<&'static GradeKey> {
        keys.suggested(self.fair())
    }
}
