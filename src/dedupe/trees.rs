//! Gradient-boosted trees: small trees grown leaf by leaf over binned features, each mending what those before got wrong.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::text::mix;

/// The most bins a feature is cut into.
const BINS: usize = 48;

/// How trees are grown.
#[derive(Debug, Clone, Copy)]
pub struct Growth {
    /// How many trees.
    pub trees: usize,
    /// How many leaves each has.
    pub leaves: usize,
    /// How much of its correction a tree contributes.
    pub rate: f64,
    /// The share of pairs that a tree sees.
    pub rows: f64,
    /// The share of features that a tree sees.
    pub columns: f64,
    /// The least weight of pairs in a leaf.
    pub least: f64,
    /// How strongly leaves are drawn to nought.
    pub ridge: f64,
    /// Where chance begins; equal seeds give equal trees.
    pub seed: u64,
}

impl Default for Growth {
    fn default() -> Self {
        Growth { trees: 100, leaves: 8, rate: 0.1, rows: 0.8, columns: 0.5, least: 2.0, ridge: 2.0, seed: 1 }
    }
}

/// One tree: splits that point to further splits or, negative, to leaves.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// Feature, and where to go on at or below the threshold and above it: `n` is split `n`, `-n` is leaf `n - 1`.
    pub splits: Vec<(u16, i16, i16)>,
    /// The threshold of each split.
    pub thresholds: Vec<f32>,
    /// The values of the leaves.
    pub leaves: Vec<f32>,
}

impl Tree {
    /// The value of the leaf that these features lead to.
    pub fn value(&self, features: &[f32]) -> f32 {
        let mut place: i16 = if self.splits.is_empty() { -1 } else { 0 };
        while let Ok(index) = usize::try_from(place) {
            let (feature, low, high) = self.splits[index];
            place = if features[usize::from(feature)] <= self.thresholds[index] { low } else { high };
        }
        self.leaves.get(usize::from((-place).unsigned_abs()) - 1).copied().unwrap_or_default()
    }
}

/// Features cut into bins, column by column.
#[derive(Debug)]
pub struct Binned {
    columns: Vec<Vec<u8>>,
    borders: Vec<Vec<f32>>,
    rows: usize,
}

impl Binned {
    /// Cuts each feature so that bins hold about equally many rows.
    pub fn new(rows: &[Vec<f32>]) -> Binned {
        let width = rows.first().map_or(0, Vec::len);
        let cut: Vec<(Vec<u8>, Vec<f32>)> = (0..width).into_par_iter().map(|column| bin(rows, column)).collect();
        let (columns, borders) = cut.into_iter().unzip();
        Binned { columns, borders, rows: rows.len() }
    }
}

fn bin(rows: &[Vec<f32>], column: usize) -> (Vec<u8>, Vec<f32>) {
    let mut values: Vec<f32> = rows.iter().map(|row| row[column]).collect();
    values.sort_by(f32::total_cmp);
    let mut distinct = values.clone();
    distinct.dedup();
    let mut borders: Vec<f32> = if distinct.len() <= BINS {
        distinct.windows(2).map(|pair| round(f32::midpoint(pair[0], pair[1]))).collect()
    } else {
        (1..BINS).map(|n| round(values[n * values.len() / BINS])).collect()
    };
    borders.dedup();
    let place = |value: f32| u8::try_from(borders.partition_point(|border| *border < value)).unwrap_or(u8::MAX);
    (rows.iter().map(|row| place(row[column])).collect(), borders)
}

/// Four digits are enough for a threshold or a leaf, and keep the model small.
pub(super) fn round(value: f32) -> f32 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let scale = 10_f32.powf(3.0 - value.abs().log10().floor());
    (value * scale).round() / scale
}

/// Chance that is the same on every machine.
#[derive(Debug, Clone)]
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// The next number from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap_or_default()
    }
}

/// What is to be learnt: a label and a weight for each row, and what is believed before.
#[derive(Debug, Clone, Copy)]
pub struct Lesson<'a> {
    /// Whether the pair is the same.
    pub labels: &'a [bool],
    /// How much each pair counts.
    pub weights: &'a [f64],
    /// The log odds from which the trees start.
    pub start: &'a [f64],
}

/// The chance that belongs to log odds.
pub fn chance(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// Grows trees.
pub fn grow(data: &Binned, lesson: Lesson, growth: Growth) -> Vec<Tree> {
    let mut odds = lesson.start.to_vec();
    let mut luck = Chance(growth.seed);
    let mut out = Vec::with_capacity(growth.trees);
    for _ in 0..growth.trees {
        let slopes: Vec<(f64, f64)> = (0..data.rows)
            .map(|row| {
                let guess = chance(odds[row]);
                let label = f64::from(u8::from(lesson.labels[row]));
                ((guess - label) * lesson.weights[row], (guess * (1.0 - guess)).max(1e-6) * lesson.weights[row])
            })
            .collect();
        let rows: Vec<u32> =
            (0..u32::try_from(data.rows).unwrap_or(u32::MAX)).filter(|_| luck.unit() < growth.rows).collect();
        let columns: Vec<usize> = (0..data.columns.len()).filter(|_| luck.unit() < growth.columns).collect();
        let (tree, cuts) = Grower { data, slopes: &slopes, columns: &columns, growth }.tree(rows);
        for (row, odds) in odds.iter_mut().enumerate() {
            *odds += f64::from(place(&tree, &cuts, data, row));
        }
        out.push(tree);
    }
    out
}

/// The value of the leaf that a binned row leads to.
fn place(tree: &Tree, cuts: &[u8], data: &Binned, row: usize) -> f32 {
    let mut at: i16 = if tree.splits.is_empty() { -1 } else { 0 };
    while let Ok(index) = usize::try_from(at) {
        let (feature, low, high) = tree.splits[index];
        at = if data.columns[usize::from(feature)][row] <= cuts[index] { low } else { high };
    }
    tree.leaves.get(usize::from((-at).unsigned_abs()) - 1).copied().unwrap_or_default()
}

struct Grower<'a> {
    data: &'a Binned,
    slopes: &'a [(f64, f64)],
    columns: &'a [usize],
    growth: Growth,
}

/// A leaf that may still be split.
struct Open {
    rows: Vec<u32>,
    /// The split that leads here, and whether by its upper way.
    parent: Option<(usize, bool)>,
    slope: f64,
    curve: f64,
    best: Option<Split>,
}

#[derive(Clone, Copy)]
struct Split {
    gain: f64,
    column: usize,
    bin: u8,
}

impl Grower<'_> {
    fn tree(&self, rows: Vec<u32>) -> (Tree, Vec<u8>) {
        let (mut tree, mut cuts) = (Tree::default(), Vec::new());
        let mut open = vec![self.open(rows, None)];
        while open.len() < self.growth.leaves {
            let gain = |leaf: &Open| leaf.best.map_or(0.0, |split| split.gain);
            let (mut widest, mut most) = (None, 1e-9);
            for (index, leaf) in open.iter().enumerate() {
                if gain(leaf) > most {
                    (widest, most) = (Some(index), gain(leaf));
                }
            }
            let Some(index) = widest else { break };
            let leaf = open.swap_remove(index);
            let Some(split) = leaf.best else { break };
            let number = tree.splits.len();
            tree.splits.push((u16::try_from(split.column).unwrap_or_default(), -1, -1));
            tree.thresholds.push(self.data.borders[split.column][usize::from(split.bin)]);
            cuts.push(split.bin);
            link(&mut tree, leaf.parent, i16::try_from(number).unwrap_or_default());
            let column = &self.data.columns[split.column];
            let (low, high): (Vec<u32>, Vec<u32>) =
                leaf.rows.into_iter().partition(|row| column[*row as usize] <= split.bin);
            open.push(self.open(low, Some((number, false))));
            open.push(self.open(high, Some((number, true))));
        }
        for leaf in open {
            tree.leaves.push(round(self.step(&leaf)));
            let number = -i16::try_from(tree.leaves.len()).unwrap_or_default();
            link(&mut tree, leaf.parent, number);
        }
        (tree, cuts)
    }

    #[expect(clippy::cast_possible_truncation, reason = "leaves need few digits")]
    fn step(&self, leaf: &Open) -> f32 {
        (-leaf.slope / (leaf.curve + self.growth.ridge) * self.growth.rate) as f32
    }

    fn open(&self, rows: Vec<u32>, parent: Option<(usize, bool)>) -> Open {
        let (mut slope, mut curve) = (0.0, 0.0);
        for row in &rows {
            let (s, c) = self.slopes[*row as usize];
            slope += s;
            curve += c;
        }
        let columns = self.columns.to_vec();
        let splits: Vec<Option<Split>> =
            columns.into_par_iter().map(|column| self.split(&rows, column, (slope, curve))).collect();
        let mut best: Option<Split> = None;
        for split in splits.into_iter().flatten() {
            if best.is_none_or(|known| split.gain > known.gain) {
                best = Some(split);
            }
        }
        Open { rows, parent, slope, curve, best }
    }

    /// The best place to split a leaf by one feature.
    fn split(&self, rows: &[u32], column: usize, whole: (f64, f64)) -> Option<Split> {
        let bins = &self.data.columns[column];
        let mut sums = [(0.0_f64, 0.0_f64); BINS + 1];
        for row in rows {
            let (slope, curve) = self.slopes[*row as usize];
            let sum = &mut sums[usize::from(bins[*row as usize])];
            sum.0 += slope;
            sum.1 += curve;
        }
        let worth = |slope: f64, curve: f64| slope * slope / (curve + self.growth.ridge);
        let base = worth(whole.0, whole.1);
        let (mut slope, mut curve, mut best) = (0.0, 0.0, None::<Split>);
        for (bin, sum) in sums.iter().take(self.data.borders[column].len()).enumerate() {
            slope += sum.0;
            curve += sum.1;
            if curve < self.growth.least || whole.1 - curve < self.growth.least {
                continue;
            }
            let gain = worth(slope, curve) + worth(whole.0 - slope, whole.1 - curve) - base;
            if best.is_none_or(|known| gain > known.gain) {
                best = Some(Split { gain, column, bin: u8::try_from(bin).unwrap_or(u8::MAX) });
            }
        }
        best
    }
}

fn link(tree: &mut Tree, parent: Option<(usize, bool)>, to: i16) {
    match parent {
        Some((split, true)) => tree.splits[split].2 = to,
        Some((split, false)) => tree.splits[split].1 = to,
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_learn_what_no_line_can() {
        let rows: Vec<Vec<f32>> = (0..400_u16).map(|n| vec![f32::from(n % 20), f32::from(n / 20)]).collect();
        let labels: Vec<bool> = rows.iter().map(|row| (row[0] < 10.0) != (row[1] < 10.0)).collect();
        let data = Binned::new(&rows);
        let lesson = Lesson { labels: &labels, weights: &[1.0; 400], start: &[0.0; 400] };
        let growth = Growth { columns: 1.0, ..Growth::default() };
        let trees = grow(&data, lesson, growth);
        let odds = |row: &Vec<f32>| trees.iter().map(|tree| tree.value(row)).sum::<f32>();
        assert!(rows.iter().zip(&labels).all(|(row, label)| (odds(row) > 0.0) == *label));
        assert_eq!(trees, grow(&data, lesson, growth));
    }
}
