//! Which pairs are most worth a person's judgement: those that are least certain, with some of every probability.

use std::collections::BTreeSet;

use super::audit::Stratum;
use super::block::Effort;
use super::face::Face;
use super::judge::{Judge, Verdict};
use super::model::Model;
use super::pairs::Pair;
use super::text::{hash, mix};

/// A pair to be judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The place of one card.
    pub left: usize,
    /// The place of the other.
    pub right: usize,
    /// What recto thinks of them.
    pub verdict: Verdict,
}

/// A person is asked of unlikely pairs, too: that is how mistakes are found.
const WIDE: Effort = Effort { rarest: 8, single: 50, most: 120, best: 20, least: -5.0, related: true, plain: false };

/// Of so many questions one is taken whatever its probability, so that labels are not of one kind.
const SPREAD: usize = 5;

/// The pair of two faces as it is kept among labels.
pub fn pair(left: &Face, right: &Face, same: bool) -> Pair {
    Pair { left: super::judge::entry(left), right: super::judge::entry(right), same }
}

/// The pairs to ask for, the most telling first; those that have a label already are left out.
pub fn questions(faces: &[Face], model: Option<&Model>, labels: &[Pair], most: usize) -> Vec<Question> {
    let judge = Judge::new(faces, model);
    let done: BTreeSet<[String; 4]> = labels.iter().map(key).collect();
    let open = |left: usize, right: usize| !done.contains(&key(&pair(&faces[left], &faces[right], true)));
    let weighed = judge.weighed(faces, WIDE, &[]).pairs.into_iter();
    let weighed = weighed.map(|(left, right, verdict)| Question { left, right, verdict });
    let found: Vec<Question> = weighed.filter(|question| open(question.left, question.right)).collect();
    let draw = |question: &Question| mix(hash(&faces[question.left].full()) ^ hash(&faces[question.right].full()));
    let scores: Vec<(f64, u64)> = found.iter().map(|question| (question.verdict.probability, draw(question))).collect();
    let mut found: Vec<Option<Question>> = found.into_iter().map(Some).collect();
    let chosen = telling(&scores, judge.threshold(), most);
    chosen.into_iter().filter_map(|place| found[place].take()).collect()
}

/// The places of the pairs that tell most, the first the most: those nearest to the threshold, and every fifth from all
/// the others. Each pair comes with its probability and a number that decides where nothing else does.
pub fn telling(scores: &[(f64, u64)], threshold: f64, most: usize) -> Vec<usize> {
    let doubt = |place: &usize| (scores[*place].0 - threshold).abs();
    let draw = |place: &usize| scores[*place].1;
    let mut found: Vec<usize> = (0..scores.len()).collect();
    found.sort_by(|x, y| doubt(x).total_cmp(&doubt(y)).then_with(|| draw(x).cmp(&draw(y))));
    let certain = most - most / SPREAD;
    let mut others = found.split_off(found.len().min(certain));
    others.sort_by_key(draw);
    for (turn, place) in others.into_iter().take(most.saturating_sub(found.len())).enumerate() {
        found.insert(((turn + 1) * SPREAD - 1).min(found.len()), place);
    }
    found
}

/// Pairs for an audit, in an order that may be broken off anywhere, each with its stratum.
pub fn audit(faces: &[Face], model: Option<&Model>, count: usize) -> Vec<(Question, Stratum)> {
    let judge = Judge::new(faces, model);
    let weighed = judge.weighed(faces, WIDE, &[]).pairs;
    // What recto calls a sibling, a reverse or a conflict it does not call the same, however alike it is.
    let scores: Vec<f64> = weighed.iter().map(|(_, _, verdict)| verdict.probability).collect();
    let question = |(left, right, verdict): &(usize, usize, Verdict)| Question {
        left: *left,
        right: *right,
        verdict: verdict.clone(),
    };
    let drawn = super::audit::draw(&scores, judge.threshold(), count, AUDIT_SEED);
    drawn.into_iter().map(|(place, stratum)| (question(&weighed[place]), stratum)).collect()
}

/// Where the chance of audits begins: the same deck is always asked the same.
const AUDIT_SEED: u64 = 11;

/// What both cards say, in the order of the alphabet.
fn key(pair: &Pair) -> [String; 4] {
    let (first, second) = if pair.left <= pair.right { (&pair.left, &pair.right) } else { (&pair.right, &pair.left) };
    [&first.front, &first.back, &second.front, &second.back].map(Clone::clone)
}
