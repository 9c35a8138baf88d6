//! How well scores tell pairs apart, and the threshold that does it best.

use serde::{Deserialize, Serialize};

/// What a threshold achieves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// How many pairs there are.
    pub pairs: usize,
    /// How many are the same.
    pub positives: usize,
    /// The threshold on the probability.
    pub threshold: f64,
    /// Of those called the same, the share that is.
    pub precision: f64,
    /// Of those that are the same, the share that was called so.
    pub recall: f64,
    /// Where the precision lies with 95 % certainty, as far as these pairs can tell.
    pub precision_interval: (f64, f64),
    /// Where the recall lies with 95 % certainty.
    pub recall_interval: (f64, f64),
    /// The harmonic mean of both.
    pub f1: f64,
    /// The share that was called rightly.
    pub accuracy: f64,
    /// The area under the curve of precision over recall.
    pub average_precision: f64,
    /// Called the same, and is.
    pub true_positives: usize,
    /// Called the same, and is not.
    pub false_positives: usize,
    /// Called different, and is the same.
    pub false_negatives: usize,
    /// Called different, and is.
    pub true_negatives: usize,
}

/// A part of a whole; nought of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What `threshold` achieves on scored pairs.
pub fn report(scores: &[f64], labels: &[bool], threshold: f64) -> Report {
    let count = |called: bool, same: bool| {
        scores.iter().zip(labels).filter(|(score, label)| (**score >= threshold) == called && **label == same).count()
    };
    let (hits, wrong, missed, right) = (count(true, true), count(true, false), count(false, true), count(false, false));
    Report {
        pairs: scores.len(),
        positives: hits + missed,
        threshold,
        precision: ratio(hits, hits + wrong),
        recall: ratio(hits, hits + missed),
        precision_interval: interval(hits, hits + wrong),
        recall_interval: interval(hits, hits + missed),
        f1: ratio(2 * hits, 2 * hits + wrong + missed),
        accuracy: ratio(hits + right, scores.len()),
        average_precision: average_precision(scores, labels),
        true_positives: hits,
        false_positives: wrong,
        false_negatives: missed,
        true_negatives: right,
    }
}

/// Wilson's interval of a share, which holds for small numbers, too.
fn interval(part: usize, whole: usize) -> (f64, f64) {
    const Z: f64 = 1.96;
    let Some(size) = std::num::NonZeroUsize::new(whole).map(|whole| 1.0 / ratio(1, whole.get())) else {
        return (0.0, 1.0);
    };
    let share = ratio(part, whole);
    let middle = (share + Z * Z / (2.0 * size)) / (1.0 + Z * Z / size);
    let half = Z / (1.0 + Z * Z / size) * (share * (1.0 - share) / size + Z * Z / (4.0 * size * size)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// The mean precision over the places of those that are the same; ties count by their mean.
pub fn average_precision(scores: &[f64], labels: &[bool]) -> f64 {
    let (mut sum, mut seen, mut hits) = (0.0, 0, 0);
    let positives = labels.iter().filter(|label| **label).count();
    for group in ranked(scores, labels) {
        seen += group.1 + group.2;
        hits += group.1;
        sum += ratio(group.1, positives) * ratio(hits, seen);
    }
    sum
}

/// Distinct scores, best first, each with the number that is the same and that is not.
fn ranked(scores: &[f64], labels: &[bool]) -> Vec<(f64, usize, usize)> {
    let mut order: Vec<(f64, bool)> = scores.iter().copied().zip(labels.iter().copied()).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut out: Vec<(f64, usize, usize)> = Vec::new();
    for (score, same) in order {
        match out.last_mut() {
            Some(last) if last.0.total_cmp(&score).is_eq() => {}
            _ => out.push((score, 0, 0)),
        }
        if let Some(last) = out.last_mut() {
            if same { last.1 += 1 } else { last.2 += 1 }
        }
    }
    out
}

/// The threshold at which F1 and accuracy together are greatest.
///
/// Where the same are rare, F1 decides; where both are common, accuracy counts for more.
pub fn best_threshold(scores: &[f64], labels: &[bool]) -> f64 {
    let groups = ranked(scores, labels);
    let positives = labels.iter().filter(|label| **label).count();
    let (mut hits, mut wrong) = (0, 0);
    let balance = 1.0 + 4.0 * ratio(positives, labels.len());
    let mut curve: Vec<(f64, f64)> = Vec::new();
    for (index, (score, same, different)) in groups.iter().enumerate() {
        hits += same;
        wrong += different;
        let below = groups.get(index + 1).map_or(*score - 1e-6, |next| next.0);
        let f1 = ratio(2 * hits, hits + wrong + positives);
        let accuracy = ratio(labels.len() - wrong - (positives - hits), labels.len());
        curve.push((f64::midpoint(*score, below), f1 + balance * accuracy));
    }
    smoothed_best(&curve, positives)
}

/// The best of a curve after each value is averaged with its neighbours, so that no lucky spike wins.
fn smoothed_best(curve: &[(f64, f64)], positives: usize) -> f64 {
    let reach = (positives / 40).min(50);
    let mut best = (0.5, f64::NEG_INFINITY);
    for index in 0..curve.len() {
        let near = &curve[index.saturating_sub(reach)..(index + reach + 1).min(curve.len())];
        let mean = near.iter().map(|(_, value)| value).sum::<f64>() * ratio(1, near.len());
        if mean > best.1 {
            best = (curve[index].0, mean);
        }
    }
    best.0
}

/// The lowest threshold whose precision is at least `target`; none if no threshold reaches it.
pub fn threshold_for_precision(scores: &[f64], labels: &[bool], target: f64) -> Option<f64> {
    let groups = ranked(scores, labels);
    let (mut hits, mut wrong) = (0, 0);
    let mut best = None;
    for (index, (score, same, different)) in groups.iter().enumerate() {
        hits += same;
        wrong += different;
        if hits > 0 && ratio(hits, hits + wrong) >= target {
            let below = groups.get(index + 1).map_or(*score - 1e-6, |next| next.0);
            best = Some(f64::midpoint(*score, below));
        }
    }
    best
}

/// The lowest threshold above which 99 in 100 pairs are the same, with at least `PROOF` pairs to show for it.
pub fn certain_threshold(scores: &[f64], labels: &[bool]) -> Option<f64> {
    let threshold = threshold_for_precision(scores, labels, 0.99)?;
    let proof = scores.iter().filter(|score| **score >= threshold).count();
    (proof >= PROOF).then_some(threshold)
}

/// How many pairs it takes to call a threshold certain.
const PROOF: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_order_has_full_marks() {
        let (scores, labels) = ([0.9, 0.8, 0.2, 0.1], [true, true, false, false]);
        let threshold = best_threshold(&scores, &labels);
        let report = report(&scores, &labels, threshold);
        assert!((report.f1 - 1.0).abs() < 1e-9 && (report.average_precision - 1.0).abs() < 1e-9);
    }

    #[test]
    fn intervals_hold_their_share_and_narrow_with_numbers() {
        let (low, high) = interval(8, 10);
        assert!((low - 0.490).abs() < 1e-3 && (high - 0.943).abs() < 1e-3);
        assert!(interval(80, 100).0 > low && interval(0, 0) == (0.0, 1.0));
    }

    #[test]
    fn a_target_precision_is_met_or_refused() {
        let (scores, labels) = ([0.9, 0.8, 0.7], [true, false, true]);
        assert!(threshold_for_precision(&scores, &labels, 0.6).is_some_and(|t| t < 0.7));
        assert!(threshold_for_precision(&scores, &[false; 3], 0.6).is_none());
    }
}
