//! How sure marks are, and which features they rest on: pairs are drawn again and again with chance that is always the
//! same, and the middle 95 % of what comes out is the interval.

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use super::metrics::{average_precision, ratio, report};
use super::model::Matcher;
use super::pairs::Pairs;
use super::trees::Chance;

/// How often pairs are drawn anew for an interval.
const DRAWS: u64 = 200;

/// How often for each feature.
const FEATURE_DRAWS: u64 = 20;

/// The most pairs by which features are weighed, and the most features that are told of.
const MOST: (usize, usize) = (1500, 12);

/// A mark and where it lies with 95 % certainty.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The mark on all pairs.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Marks that have no formula for their intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spreads {
    /// The harmonic mean of precision and recall.
    pub f1: Spread,
    /// The share that was called rightly.
    pub accuracy: Spread,
    /// The area under the curve of precision over recall.
    pub average_precision: Spread,
    /// The area under the curve of hits over false alarms.
    pub auc: Spread,
}

/// How much average precision is lost if a feature is mixed up among the pairs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Importance {
    /// The name of the feature.
    pub feature: String,
    /// The loss.
    pub loss: Spread,
}

/// Marks on scored pairs with their intervals.
pub fn spreads(scores: &[f64], labels: &[bool], threshold: f64) -> Spreads {
    let marks = |scores: &[f64], labels: &[bool]| {
        let told = report(scores, labels, threshold);
        [told.f1, told.accuracy, told.average_precision, auc(scores, labels)]
    };
    let whole = marks(scores, labels);
    let draws: Vec<[f64; 4]> = (0..DRAWS)
        .into_par_iter()
        .map(|seed| {
            let drawn = drawn(scores.len(), seed);
            let (scores, labels): (Vec<f64>, Vec<bool>) = drawn.into_iter().map(|at| (scores[at], labels[at])).unzip();
            marks(&scores, &labels)
        })
        .collect();
    let spread = |which: usize| spread(whole[which], draws.iter().map(|marks| marks[which]).collect());
    Spreads { f1: spread(0), accuracy: spread(1), average_precision: spread(2), auc: spread(3) }
}

/// So many places, drawn with putting back.
fn drawn(count: usize, seed: u64) -> Vec<usize> {
    let mut luck = Chance(seed + 1);
    (0..count).map(|_| luck.below(count)).collect()
}

fn spread(value: f64, mut draws: Vec<f64>) -> Spread {
    draws.sort_by(f64::total_cmp);
    let at = |share: usize| draws.get((draws.len() * share / 1000).min(draws.len().saturating_sub(1))).copied();
    Spread { value, low: at(25).unwrap_or(value), high: at(975).unwrap_or(value) }
}

/// How likely a pair that is the same has a higher score than one that is not.
fn auc(scores: &[f64], labels: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*a].total_cmp(&scores[*b]));
    let (mut below, mut sum) = (0, 0.0);
    for run in order.chunk_by(|a, b| scores[*a].total_cmp(&scores[*b]).is_eq()) {
        let same = run.iter().filter(|at| labels[**at]).count();
        let others = run.len() - same;
        sum += ratio(same, 1) * (ratio(below, 1) + ratio(others, 2));
        below += others;
    }
    let same = labels.iter().filter(|label| **label).count();
    if same * below == 0 { 0.5 } else { sum / ratio(same, 1) / ratio(below, 1) }
}

/// The features that matter most to a model, the first the most.
pub fn importances(matcher: &Matcher, pairs: &Pairs) -> Vec<Importance> {
    let mut chosen: Vec<usize> = (0..pairs.pairs.len()).collect();
    if chosen.len() > MOST.0 {
        let step = chosen.len().div_ceil(MOST.0);
        chosen.retain(|at| at % step == 0);
    }
    let rows: Vec<Vec<f32>> = chosen
        .par_iter()
        .map(|at| {
            let (left, right, _) = pairs.pairs[*at];
            matcher.row(&matcher.prepare(&pairs.entries[left]), &matcher.prepare(&pairs.entries[right]))
        })
        .collect();
    let labels: Vec<bool> = chosen.iter().map(|at| pairs.pairs[*at].2).collect();
    let loss = |feature: usize| {
        let draws: Vec<f64> = (0..FEATURE_DRAWS).map(|seed| lost(matcher, (&rows, &labels), feature, seed)).collect();
        let mean = draws.iter().sum::<f64>() * ratio(1, draws.len());
        spread(mean, draws)
    };
    let mut out: Vec<(usize, Importance)> = matcher
        .used(MOST.1)
        .into_par_iter()
        .map(|(feature, name)| (feature, Importance { feature: name, loss: loss(feature) }))
        .collect();
    out.sort_by(|x, y| y.1.loss.value.total_cmp(&x.1.loss.value).then(x.0.cmp(&y.0)));
    out.into_iter().map(|(_, importance)| importance).collect()
}

/// The average precision on drawn pairs, less what is left of it if one feature comes from other pairs.
fn lost(matcher: &Matcher, (rows, labels): (&[Vec<f32>], &[bool]), feature: usize, seed: u64) -> f64 {
    let (drawn, others) = (drawn(rows.len(), seed), drawn(rows.len(), seed + DRAWS));
    let told: Vec<bool> = drawn.iter().map(|at| labels[*at]).collect();
    let whole: Vec<f64> = drawn.iter().map(|at| matcher.odds_of(&rows[*at])).collect();
    let mixed = drawn.iter().zip(&others).map(|(at, other)| {
        let mut row = rows[*at].clone();
        row[feature] = rows[*other][feature];
        matcher.odds_of(&row)
    });
    average_precision(&whole, &told) - average_precision(&mixed.collect::<Vec<_>>(), &told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_hold_the_mark_and_narrow_with_numbers() {
        let scores = |count: u32| (0..count).map(|n| f64::from(n % 10) / 10.0).collect::<Vec<f64>>();
        let labels = |count: u32| (0..count).map(|n| n % 10 > 4 || n % 7 == 0).collect::<Vec<bool>>();
        let (few, many) = (spreads(&scores(60), &labels(60), 0.5), spreads(&scores(2000), &labels(2000), 0.5));
        for spread in [few.f1, few.auc, many.f1, many.average_precision, many.accuracy] {
            assert!(spread.low <= spread.value && spread.value <= spread.high, "{spread:?}");
        }
        assert!(many.f1.high - many.f1.low < few.f1.high - few.f1.low);
    }

    #[test]
    fn the_area_counts_pairs_in_the_right_order() {
        assert!((auc(&[0.1, 0.4, 0.35, 0.8], &[false, false, true, true]) - 0.75).abs() < 1e-9);
        assert!((auc(&[0.5, 0.5], &[true, false]) - 0.5).abs() < 1e-9);
    }
}
