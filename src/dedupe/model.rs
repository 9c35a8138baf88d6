//! A taught matcher: a plain file of words' weights, trees and a threshold.

use serde::{Deserialize, Serialize};

use super::entry::{Entry, Prepared};
use super::features::features;
use super::lexicon::{Kept, Lexicon};
use super::linear::{self, Linear};
use super::metrics::Report;
use super::tokens::{TokenWeights, tokens};
use super::trees::{Tree, chance};

/// The first field of every model, raised when the meaning of the others changes.
pub const FORMAT: &str = "recto-matcher-1";

/// What decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decider {
    /// A weighted sum; untaught, or taught by few labels.
    Linear(Linear),
    /// Boosted trees over features and difference tokens.
    Trees {
        /// The log odds from which the trees start.
        start: f64,
        /// Several rows of trees, whose odds are averaged.
        rows: Vec<Vec<Tree>>,
        /// The weights of difference tokens.
        tokens: TokenWeights,
    },
}

/// A matcher as it stands in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// [`FORMAT`].
    pub format: String,
    /// The version of recto's features, as many as there were.
    pub features: usize,
    /// The fields of records that it looks at one by one.
    pub fields: Vec<String>,
    /// Slope and offset that make log odds honest.
    pub calibration: (f64, f64),
    /// The probability from which a pair is called the same.
    pub threshold: f64,
    /// The probability from which hardly one pair in a hundred is wrong; above 1 where the labels prove none.
    #[serde(default = "never")]
    pub certain: f64,
    /// How many labelled pairs taught it, and how many pairs were made for contrast.
    pub taught: (usize, usize),
    /// What it achieves on the pairs that chose the threshold.
    pub valid: Option<Report>,
    /// What decides.
    pub decider: Decider,
    /// How rare words are; without it they are counted in the cards at hand.
    pub lexicon: Option<Kept>,
}

/// A matcher ready to compare the cards at hand.
#[derive(Debug)]
pub struct Matcher<'a> {
    model: &'a Model,
    lexicon: Lexicon,
    places: Vec<usize>,
}

impl Default for Model {
    fn default() -> Self {
        Model {
            format: FORMAT.to_owned(),
            features: super::features::names(&[]).len(),
            fields: Vec::new(),
            calibration: (1.0, 0.0),
            threshold: 0.5,
            certain: never(),
            taught: (0, 0),
            valid: None,
            decider: Decider::Linear(Linear::default()),
            lexicon: None,
        }
    }
}

impl Model {
    /// Reads a model.
    ///
    /// # Errors
    /// Says why the text is no model that this recto can use.
    pub fn parse(text: &str) -> Result<Model, String> {
        let model: Model = serde_json::from_str(text).map_err(|error| format!("it is no model: {error}"))?;
        if model.format != FORMAT || model.features != super::features::names(&model.fields).len() {
            return Err("it was made by another version of recto; teach it again with `recto dedupe train`".to_owned());
        }
        Ok(model)
    }

    /// The model as text.
    ///
    /// # Errors
    /// Says why it cannot be written; that does not happen with numbers that are finite.
    pub fn print(&self) -> Result<String, String> {
        serde_json::to_string(self).map(|text| text + "\n").map_err(|error| error.to_string())
    }

    /// The matcher for these cards; words that the model does not know are counted among them.
    pub fn matcher(&self, entries: &[Entry]) -> Matcher<'_> {
        let lexicon = match &self.lexicon {
            Some(kept) => Lexicon::from_kept(kept),
            None => Lexicon::of_entries(entries),
        };
        Matcher { model: self, lexicon, places: linear::places(&super::features::names(&self.fields)) }
    }
}

impl Matcher<'_> {
    /// A card prepared for comparison.
    pub fn prepare(&self, entry: &Entry) -> Prepared {
        self.lexicon.prepare(entry, &self.model.fields)
    }

    /// How rare words are.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The probability that two cards are the same.
    pub fn probability(&self, a: &Prepared, b: &Prepared) -> f64 {
        let (slope, offset) = self.model.calibration;
        chance(self.odds(a, b) * slope + offset)
    }

    /// The log odds before calibration.
    pub(super) fn odds(&self, a: &Prepared, b: &Prepared) -> f64 {
        self.odds_of(&self.row(a, b))
    }

    /// All that is measured of a pair.
    pub(super) fn row(&self, a: &Prepared, b: &Prepared) -> Vec<f32> {
        let mut features = features(a, b);
        if let Decider::Trees { tokens: weights, .. } = &self.model.decider {
            features.push(narrow(weights.odds(&tokens(a, b))));
        }
        features
    }

    /// The log odds of a pair of which all is measured.
    pub(super) fn odds_of(&self, row: &[f32]) -> f64 {
        match &self.model.decider {
            Decider::Linear(linear) => linear.odds(&linear::inputs(row, &self.places)),
            Decider::Trees { start, rows, .. } => start + mean_odds(rows, row),
        }
    }

    /// The features that the model looks at, with their names: the `most` that it asks oftenest.
    pub(super) fn used(&self, most: usize) -> Vec<(usize, String)> {
        let mut names = super::features::names(&self.model.fields);
        names.push("words that differ".to_owned());
        let mut asked = vec![0_usize; names.len()];
        match &self.model.decider {
            Decider::Linear(_) => self.places.iter().for_each(|place| asked[*place] += 1),
            Decider::Trees { rows, .. } => {
                let splits = rows.iter().flatten().flat_map(|tree| &tree.splits);
                splits.for_each(|(feature, ..)| asked[usize::from(*feature)] += 1);
            }
        }
        let mut order: Vec<usize> = (0..names.len()).filter(|place| asked[*place] > 0).collect();
        order.sort_by_key(|place| (std::cmp::Reverse(asked[*place]), *place));
        order.truncate(most);
        order.into_iter().map(|place| (place, names[place].clone())).collect()
    }
}

/// A probability that no pair reaches.
fn never() -> f64 {
    2.0
}

/// The mean over rows of trees of the sums of their values.
pub(super) fn mean_odds(rows: &[Vec<Tree>], features: &[f32]) -> f64 {
    let sum: f32 = rows.iter().flatten().map(|tree| tree.value(features)).sum();
    f64::from(sum) / f64::from(u32::try_from(rows.len().max(1)).unwrap_or(1))
}

#[expect(clippy::cast_possible_truncation, reason = "log odds need few digits")]
pub(super) fn narrow(value: f64) -> f32 {
    value as f32
}
