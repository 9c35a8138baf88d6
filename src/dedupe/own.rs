//! How well the untaught judge tells labelled pairs of cards, as a deck of their own.

use super::block::Effort;
use super::face::{Face, GAP};
use super::judge::{Judge, Relation};
use super::metrics::{self, Report};
use super::pairs::{Pair, Pairs};

/// What the judge makes of labelled pairs.
#[derive(Debug, Clone, Copy)]
pub struct Marks {
    /// How it tells duplicates.
    pub report: Report,
    /// The greatest recall at a precision of at least .95.
    pub recall_at_95: f64,
    /// How many pairs a build would merge.
    pub certain: usize,
    /// How many of those are no duplicates.
    pub wrong: usize,
}

/// The marks of the untaught judge; a gap is written `…` in the pairs.
pub fn marks(pairs: &[Pair]) -> Marks {
    let faces: Vec<[Face; 2]> = pairs.iter().map(|pair| [&pair.left, &pair.right].map(face)).collect();
    let judge = Judge::new(&faces.concat(), None);
    let verdict = |[a, b]: &[Face; 2]| judge.verdict(&judge.know(a), &judge.know(b));
    let verdicts: Vec<_> = faces.iter().map(verdict).collect();
    let scores: Vec<f64> = verdicts.iter().map(|verdict| verdict.probability).collect();
    let labels: Vec<bool> = pairs.iter().map(|pair| pair.same).collect();
    let certain = verdicts.iter().zip(&labels).filter(|(verdict, _)| {
        let sure = verdict.plain && verdict.probability >= judge.certain();
        sure && verdict.relation == Relation::Duplicate
    });
    let certain: Vec<bool> = certain.map(|(_, same)| *same).collect();
    let report = metrics::report(&scores, &labels, judge.threshold());
    let strict = metrics::threshold_for_precision(&scores, &labels, 0.95);
    let recall_at_95 = strict.map_or(0.0, |threshold| metrics::report(&scores, &labels, threshold).recall);
    Marks { report, recall_at_95, certain: certain.len(), wrong: certain.iter().filter(|same| !**same).count() }
}

/// Of the pairs that are the same, how many a search through all their cards meets, and how many there are.
pub fn searched(pairs: &[Pair], effort: Effort) -> (usize, usize) {
    let all = Pairs::new(pairs);
    let faces: Vec<Face> = all.entries.iter().map(face).collect();
    let same: Vec<(usize, usize)> =
        all.pairs.iter().filter(|(a, b, same)| *same && a != b).map(|(a, b, _)| (*a, *b)).collect();
    (Judge::new(&faces, None).meets(effort, &same), same.len())
}

fn face(entry: &super::entry::Entry) -> Face {
    let mut face = Face::of_sides(&entry.front.replace('…', GAP), &entry.back, String::new());
    if face.ask.contains(GAP) {
        face.cloze = true;
        face.filled = face.ask.replace(GAP, &entry.back);
    }
    face
}
