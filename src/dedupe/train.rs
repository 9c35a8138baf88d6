//! Teaching: from labelled pairs to a model, with contrast pairs made from the same cards.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::contrast::contrast;
use super::entry::Entry;
use super::features::{self, features};
use super::lexicon::Lexicon;
use super::linear::{self, Linear};
use super::metrics;
use super::model::{Decider, Model, mean_odds, narrow};
use super::pairs::{Pair, Pairs};
use super::text::{hash, mix};
use super::tokens::{Sparse, TokenWeights, tokens};
use super::trees::{Binned, Growth, Lesson, Tree, grow};

/// From how many labels the linear model learns at all.
pub const FEWEST: usize = 30;

/// From how many labels trees are grown.
pub const ENOUGH_FOR_TREES: usize = 100;

/// Contrast pairs for each labelled pair.
const CONTRAST_SHARE: (usize, usize) = (6, 10);

/// How much a contrast pair counts beside a labelled one.
const CONTRAST_WEIGHT: f64 = 0.3;

/// How often the difference tokens are gone through.
const ROUNDS: usize = 8;

/// In how many parts the pairs are cut so that difference tokens are scored by weights that never saw them.
const FOLDS: u64 = 5;

/// How many rows of trees are averaged.
const ROWS: u64 = 3;

/// Pairs with all that is measured of them.
struct Rows {
    features: Vec<Vec<f32>>,
    tokens: Vec<Sparse>,
    labels: Vec<bool>,
    weights: Vec<f64>,
    folds: Vec<u64>,
}

/// Of so many pairs one is kept back where no others are given to choose the threshold on.
const KEPT_BACK: u64 = 4;

/// Teaches a model from labelled pairs; the threshold and the calibration come from `valid`, or from pairs kept back.
pub fn train(taught: &[Pair], valid: &[Pair]) -> Model {
    let mut model = fit(taught);
    if valid.is_empty() && taught.len() >= FEWEST {
        // Trees know the pairs they were grown on too well to be measured by them.
        let kept = |pair: &&Pair| mix(hash(&pair.left.front) ^ 5).is_multiple_of(KEPT_BACK);
        let (back, rest): (Vec<&Pair>, Vec<&Pair>) = taught.iter().partition(kept);
        let [back, rest] = [back, rest].map(|pairs| pairs.into_iter().cloned().collect::<Vec<Pair>>());
        let mut other = fit(&rest);
        settle(&mut other, &back);
        (model.calibration, model.threshold, model.valid) = (other.calibration, other.threshold, other.valid);
        model.certain = other.certain;
    } else {
        settle(&mut model, if valid.is_empty() { taught } else { valid });
    }
    model
}

/// A model of pairs, without its threshold.
fn fit(taught: &[Pair]) -> Model {
    let pairs = Pairs::new(taught);
    let fields = fields(&pairs.entries);
    let kept = pairs.lexicon().kept();
    let lexicon = Lexicon::from_kept(&kept);
    let made = contrast(&pairs.entries, taught.len() * CONTRAST_SHARE.0 / CONTRAST_SHARE.1, 3);
    let all: Vec<Pair> = taught.iter().chain(&made).cloned().collect();
    let rows = rows(&all, taught.len(), &lexicon, &fields);
    let decider = if taught.len() < ENOUGH_FOR_TREES {
        Decider::Linear(learn_linear(&rows, taught.len(), &fields))
    } else {
        learn_trees(&rows)
    };
    Model {
        features: features::names(&fields).len(),
        fields,
        taught: (taught.len(), made.len()),
        decider,
        lexicon: Some(kept),
        ..Model::default()
    }
}

/// Chooses calibration and threshold on labelled pairs.
fn settle(model: &mut Model, valid: &[Pair]) {
    let pairs = Pairs::new(valid);
    let labels = pairs.labels();
    let matcher = model.matcher(&pairs.entries);
    let prepared: Vec<_> = (&pairs.entries).into_par_iter().map(|entry| matcher.prepare(entry)).collect();
    let odds = pairs.map(&prepared, |a, b| matcher.odds(a, b));
    model.calibration = calibrate(&odds, &labels);
    let scores: Vec<f64> =
        odds.iter().map(|odds| super::trees::chance(odds * model.calibration.0 + model.calibration.1)).collect();
    model.threshold = metrics::best_threshold(&scores, &labels);
    model.certain =
        metrics::certain_threshold(&scores, &labels).map_or(model.certain, |sure| sure.max(model.threshold));
    model.valid = Some(metrics::report(&scores, &labels, model.threshold));
}

/// Slope and offset that make log odds fit the labels (Platt), drawn towards no change.
fn calibrate(odds: &[f64], labels: &[bool]) -> (f64, f64) {
    let (mut slope, mut offset) = (1.0_f64, 0.0_f64);
    for _ in 0..30 {
        let (mut g, mut h) = ([(slope - 1.0) * 2.0, offset * 0.5], [2.0, 0.0, 0.5]);
        for (odds, label) in odds.iter().zip(labels) {
            let guess = super::trees::chance(slope * odds + offset);
            let (miss, bend) = (guess - f64::from(u8::from(*label)), guess * (1.0 - guess));
            g = [g[0] + miss * odds, g[1] + miss];
            h = [h[0] + bend * odds * odds, h[1] + bend * odds, h[2] + bend];
        }
        let size = h[0] * h[2] - h[1] * h[1];
        let step = ((g[0] * h[2] - g[1] * h[1]) / size, (g[1] * h[0] - g[0] * h[1]) / size);
        slope = (slope - step.0.clamp(-0.5, 0.5)).max(0.05);
        offset -= step.1.clamp(-1.0, 1.0);
    }
    (slope, offset)
}

/// The names of fields that at least a tenth of the entries have.
fn fields(entries: &[Entry]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in entries.iter().flat_map(Entry::fields) {
        *counts.entry(name).or_default() += 1;
    }
    let common = counts.into_iter().filter(|(_, count)| count * 10 > entries.len());
    let mut common: Vec<(&str, usize)> = common.collect();
    common.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    common.into_iter().take(8).map(|(name, _)| name.to_owned()).collect()
}

fn rows(all: &[Pair], real: usize, lexicon: &Lexicon, fields: &[String]) -> Rows {
    let pairs = Pairs::new(all);
    let prepared = pairs.prepared(lexicon, fields);
    let measured = pairs.map(&prepared, |a, b| (features(a, b), tokens(a, b)));
    let (features, tokens) = measured.into_iter().unzip();
    // Pairs of one card stay in one part.
    let folds = all.iter().map(|pair| mix(hash(&pair.left.front)) % FOLDS).collect();
    let weights = (0..all.len()).map(|row| if row < real { 1.0 } else { CONTRAST_WEIGHT }).collect();
    Rows { features, tokens, labels: pairs.labels(), weights, folds }
}

/// A share of the rows, for learning.
fn learn_tokens(rows: &Rows, wanted: impl Fn(usize) -> bool) -> TokenWeights {
    let chosen: Vec<usize> = (0..rows.labels.len()).filter(|row| wanted(*row)).collect();
    let tokens: Vec<&Sparse> = chosen.iter().map(|row| &rows.tokens[*row]).collect();
    let labels: Vec<bool> = chosen.iter().map(|row| rows.labels[*row]).collect();
    let weights: Vec<f64> = chosen.iter().map(|row| rows.weights[*row]).collect();
    TokenWeights::learn(&tokens, &labels, &weights, ROUNDS)
}

fn learn_linear(rows: &Rows, real: usize, fields: &[String]) -> Linear {
    if real < FEWEST {
        return Linear::default();
    }
    let places = linear::places(&features::names(fields));
    let inputs: Vec<Vec<f64>> = rows.features.iter().map(|features| linear::inputs(features, &places)).collect();
    Linear::learn(&inputs, &rows.labels, &rows.weights)
}

fn learn_trees(rows: &Rows) -> Decider {
    let parts: Vec<TokenWeights> =
        (0..FOLDS).into_par_iter().map(|fold| learn_tokens(rows, |row| rows.folds[row] != fold)).collect();
    let weights = learn_tokens(rows, |_| true);
    let mut wide = rows.features.clone();
    for (row, features) in wide.iter_mut().enumerate() {
        let unseen = usize::try_from(rows.folds[row]).unwrap_or_default();
        features.push(narrow(parts[unseen].odds(&rows.tokens[row])));
    }
    let same: f64 = rows.labels.iter().zip(&rows.weights).filter(|(label, _)| **label).map(|(_, weight)| weight).sum();
    let all: f64 = rows.weights.iter().sum();
    let start = (same.max(1.0) / (all - same).max(1.0)).ln();
    let starts = vec![start; rows.labels.len()];
    let lesson = Lesson { labels: &rows.labels, weights: &rows.weights, start: &starts };
    let data = Binned::new(&wide);
    let grown: Vec<Vec<Tree>> = (0..ROWS)
        .into_par_iter()
        .map(|seed| grow(&data, lesson, Growth { trees: 150, rate: 0.08, seed: seed + 1, ..Growth::default() }))
        .collect();
    debug_assert!(mean_odds(&grown, &wide[0]).is_finite(), "a tree has a leaf that is no number");
    Decider::Trees { start, rows: grown, tokens: weights }
}
