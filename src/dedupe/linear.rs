//! The linear model: fixed weights where nobody has labelled anything, and from a few labels on a logistic
//! regression that is drawn towards them.

use serde::{Deserialize, Serialize};

use super::trees::chance;

/// What the linear model looks at, by the names of features, each with the weight it has before any label.
const PRIOR: [(&str, f64); 12] = [
    ("whole: letters", 4.0),
    ("whole: words", 3.0),
    ("whole: soft-contained", 1.5),
    ("front: letters", 2.0),
    ("front: soft-contained", 1.0),
    ("whole: code-within", 0.3),
    ("whole: rarest-shared", 1.5),
    ("front: numbers-clash", -0.8),
    ("whole: codes-clash", -0.7),
    ("front: other-alone", -1.0),
    ("front: negation-parity", -1.0),
    ("front: opposite", -2.0),
];

/// The prior's log odds for a pair of which all features are nought.
const BIAS: f64 = -6.0;

/// How strongly weights are drawn to the prior.
const PULL: f64 = 4.0;

/// The most that a feature without limits counts.
const MOST: f64 = 6.0;

/// Weights of a logistic regression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Linear {
    /// The log odds where all is nought.
    pub bias: f64,
    /// A weight for each input of [`input_names`].
    pub weights: Vec<f64>,
}

impl Default for Linear {
    fn default() -> Self {
        Linear { bias: BIAS, weights: PRIOR.iter().map(|(_, weight)| *weight).collect() }
    }
}

/// The names of the inputs.
pub fn input_names() -> Vec<&'static str> {
    PRIOR.iter().map(|(name, _)| *name).collect()
}

/// Where the inputs stand among all features.
pub fn places(names: &[String]) -> Vec<usize> {
    PRIOR.iter().filter_map(|(wanted, _)| names.iter().position(|name| name == wanted)).collect()
}

/// The inputs of one pair; what is missing counts as nought.
pub fn inputs(features: &[f32], places: &[usize]) -> Vec<f64> {
    places.iter().map(|place| f64::from(features[*place]).clamp(0.0, MOST)).collect()
}

impl Linear {
    /// The log odds of a pair.
    pub fn odds(&self, inputs: &[f64]) -> f64 {
        self.bias + inputs.iter().zip(&self.weights).map(|(input, weight)| input * weight).sum::<f64>()
    }

    /// Learns weights near the prior by Newton's method.
    pub fn learn(rows: &[Vec<f64>], labels: &[bool], weights: &[f64]) -> Linear {
        let mut out = Linear::default();
        let prior = out.flat();
        for _ in 0..25 {
            let now = out.flat();
            let size = now.len();
            let mut slope: Vec<f64> = now.iter().zip(&prior).map(|(w, p)| PULL * (w - p)).collect();
            let mut curve = vec![vec![0.0; size]; size];
            for (at, row) in curve.iter_mut().enumerate() {
                row[at] = PULL;
            }
            // The bias is free to follow how common matches are.
            slope[0] *= 0.01;
            curve[0][0] *= 0.01;
            for ((row, label), weight) in rows.iter().zip(labels).zip(weights) {
                let guess = chance(out.odds(row));
                let x: Vec<f64> = std::iter::once(1.0).chain(row.iter().copied()).collect();
                let (miss, bend) = ((guess - f64::from(u8::from(*label))) * weight, guess * (1.0 - guess) * weight);
                for i in 0..size {
                    slope[i] += miss * x[i];
                    for j in 0..size {
                        curve[i][j] += bend * x[i] * x[j];
                    }
                }
            }
            let step = solve(curve, slope);
            out.bias -= step[0].clamp(-2.0, 2.0);
            for (weight, step) in out.weights.iter_mut().zip(&step[1..]) {
                *weight -= step.clamp(-2.0, 2.0);
            }
        }
        out
    }

    fn flat(&self) -> Vec<f64> {
        std::iter::once(self.bias).chain(self.weights.iter().copied()).collect()
    }
}

/// Solves a system of linear equations by elimination; the matrix is positive.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        let scale = matrix[pivot][pivot];
        for row in pivot + 1..size {
            let factor = matrix[row][pivot] / scale;
            let above = matrix[pivot].clone();
            for (cell, above) in matrix[row].iter_mut().zip(&above).skip(pivot) {
                *cell -= factor * above;
            }
            right[row] -= factor * right[pivot];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[row][column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_leaves_the_prior_and_many_move_it() {
        assert_eq!(Linear::learn(&[], &[], &[]).weights, Linear::default().weights);
        let row = |on: bool| (0..PRIOR.len()).map(|n| f64::from(u8::from(on && n == 9))).collect::<Vec<_>>();
        let rows: Vec<Vec<f64>> = (0..200).map(|n| row(n % 2 == 0)).collect();
        let labels: Vec<bool> = (0..200).map(|n| n % 2 == 0).collect();
        let taught = Linear::learn(&rows, &labels, &[1.0; 200]);
        assert!(taught.weights[9] > 1.0 && taught.odds(&rows[0]) > 0.0 && taught.odds(&rows[1]) < 0.0);
    }
}
