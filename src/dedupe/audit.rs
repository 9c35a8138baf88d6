//! An audit: how good recto's verdicts are, told from few labels that were drawn by score for this alone.
//!
//! Labels that were chosen because they teach most are no fair sample. An audit cuts all pairs that were weighed into
//! strata by their score, draws more where the score is less certain, and weighs each label by what it stands for.
//! Its labels teach nothing, so that the marks stay honest.

use std::collections::BTreeMap;

use serde::Serialize;

use super::entry::Entry;
use super::pairs::Pair;
use super::trees::Chance;

/// Strata on either side of the threshold.
const STRATA: usize = 6;

/// The fewest pairs that are drawn from a stratum that has them.
const FEWEST: usize = 3;

/// The part of all pairs that a drawn one stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum {
    /// Its number.
    pub number: usize,
    /// How many pairs it has.
    pub size: usize,
    /// Whether its pairs are called the same.
    pub called: bool,
    /// The mean probability of its pairs.
    pub chance: f64,
}

/// A labelled pair of an audit.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The pair.
    pub pair: Pair,
    /// What it was drawn from.
    pub stratum: Stratum,
}

/// A share, and where it lies with 95 % certainty.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ranged {
    /// The share.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What an audit tells.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// How many labels there are.
    pub labels: usize,
    /// How many pairs they stand for.
    pub pairs: usize,
    /// Of the pairs that are called the same, the share that is.
    pub precision: Ranged,
    /// Of the pairs that are the same, the share that is called so.
    pub recall: Ranged,
}

/// Draws about `count` pairs from all that were weighed: their places, each with its stratum, in an order that may be
/// broken off anywhere.
pub fn draw(scores: &[f64], threshold: f64, count: usize, seed: u64) -> Vec<(usize, Stratum)> {
    let mut luck = Chance(seed);
    let strata = strata(scores, threshold);
    let spread = |places: &[usize]| places.iter().map(|place| doubt(scores[*place])).sum::<f64>();
    let all: f64 = strata.iter().map(|(_, places)| spread(places)).sum::<f64>().max(f64::MIN_POSITIVE);
    let mut out = Vec::new();
    for (stratum, mut places) in strata {
        let wanted = share_of(count, spread(&places) / all).max(FEWEST).min(places.len());
        for turn in 0..wanted {
            let other = turn + luck.below(places.len() - turn);
            places.swap(turn, other);
        }
        out.extend(places.into_iter().take(wanted).map(|place| (luck.next(), place, stratum)));
    }
    out.sort_unstable_by_key(|(order, place, _)| (*order, *place));
    out.into_iter().map(|(_, place, stratum)| (place, stratum)).collect()
}

/// How uncertain a pair is; a little even where the score is sure, for scores may be wrong.
fn doubt(score: f64) -> f64 {
    (score * (1.0 - score)).sqrt() + 0.02
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "small counts"
)]
fn share_of(count: usize, share: f64) -> usize {
    (count as f64 * share).round() as usize
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

/// All pairs in strata of about equal doubt, those that are called the same apart from the others.
fn strata(scores: &[f64], threshold: f64) -> Vec<(Stratum, Vec<usize>)> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(a.cmp(b)));
    let border = order.partition_point(|place| scores[*place] < threshold);
    let mut out = Vec::new();
    for (called, places) in [(false, &order[..border]), (true, &order[border..])] {
        let all: f64 = places.iter().map(|place| doubt(scores[*place])).sum();
        let (mut sum, mut parts) = (0.0, BTreeMap::<usize, Vec<usize>>::new());
        for place in places {
            let part = share_of(STRATA, sum / all * 0.999_999 - 0.5 / real(STRATA));
            parts.entry(part).or_default().push(*place);
            sum += doubt(scores[*place]);
        }
        for places in parts.into_values() {
            let chance = places.iter().map(|place| scores[*place]).sum::<f64>() / real(places.len());
            out.push((Stratum { number: out.len(), size: places.len(), called, chance }, places));
        }
    }
    out
}

/// What the labels of an audit tell of all pairs; nothing without labels.
pub fn estimate(drawn: &[(bool, Stratum)]) -> Option<Estimate> {
    let mut strata: BTreeMap<usize, (Stratum, usize, usize)> = BTreeMap::new();
    for (same, stratum) in drawn {
        let entry = strata.entry(stratum.number).or_insert((*stratum, 0, 0));
        entry.1 += usize::from(*same);
        entry.2 += 1;
    }
    let called: usize = strata.values().filter(|(stratum, ..)| stratum.called).map(|(stratum, ..)| stratum.size).sum();
    // Pairs that are the same, above the threshold and below it: how many, and how uncertain that is.
    let mut same = [(0.0, 0.0), (0.0, 0.0)];
    for (stratum, hits, labels) in strata.values() {
        let (size, labels) = (real(stratum.size), real(*labels));
        // Half a label's worth of what the scores say keeps a few equal labels from looking certain.
        let share = (real(*hits) + 0.5 * stratum.chance.clamp(0.01, 0.99)) / (labels + 0.5);
        let unseen = ((size - labels) / size.max(1.0)).max(0.0);
        let part = &mut same[usize::from(stratum.called)];
        part.0 += size * share;
        part.1 += size * size * share * (1.0 - share) / labels.max(1.0) * unseen;
    }
    let [(below, below_spread), (above, above_spread)] = same;
    let all = (above + below).max(f64::MIN_POSITIVE);
    let precision = above / real(called).max(1.0);
    let recall = above / all;
    let recall_spread = ((1.0 - recall).powi(2) * above_spread + recall.powi(2) * below_spread) / (all * all);
    (!drawn.is_empty()).then(|| Estimate {
        labels: drawn.len(),
        pairs: strata.values().map(|(stratum, ..)| stratum.size).sum(),
        precision: ranged(precision, above_spread / real(called).max(1.0).powi(2)),
        recall: ranged(recall, recall_spread),
    })
}

/// The interval of a share with this variance, on the scale of log odds so that it stays within 0 and 1.
fn ranged(value: f64, variance: f64) -> Ranged {
    const Z: f64 = 1.96;
    let value = value.clamp(1e-6, 1.0 - 1e-6);
    let odds = (value / (1.0 - value)).ln();
    let reach = Z * variance.sqrt() / (value * (1.0 - value));
    let [low, high] = [odds - reach, odds + reach].map(super::trees::chance);
    // What is certain has no width, and rounding must not turn its ends round.
    Ranged { value, low: low.min(value), high: high.max(value) }
}

/// The columns behind those of a pair.
const COLUMNS: [&str; 4] = ["stratum", "size", "called", "chance"];

/// An audit as a table, which also reads as a table of pairs.
///
/// # Errors
/// Says why it cannot be written; that does not happen in memory.
pub fn print(drawn: &[Drawn]) -> Result<String, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| error.to_string();
    let head = ["left_front", "left_back", "right_front", "right_back", "label"];
    writer.write_record(head.iter().chain(&COLUMNS)).map_err(failed)?;
    for Drawn { pair, stratum } in drawn {
        let flag = |is: bool| if is { "1" } else { "0" };
        let (number, size, chance) =
            (stratum.number.to_string(), stratum.size.to_string(), format!("{:.6}", stratum.chance));
        let Pair { left, right, same } = pair;
        let sides = [&left.front, &left.back, &right.front, &right.back].map(String::as_str);
        let rest = [flag(*same), &number, &size, flag(stratum.called), &chance];
        writer.write_record(sides.iter().chain(&rest)).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// Reads the table of an audit.
///
/// # Errors
/// Says which line cannot be read and why.
pub fn read(text: &str) -> Result<Vec<Drawn>, String> {
    let pairs = super::pairs::read(text)?;
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let names = reader.headers().map_err(|error| error.to_string())?.clone();
    let place =
        |name: &str| names.iter().position(|known| known == name).ok_or_else(|| format!("there is no column `{name}`"));
    let [number, size, called, chance] = COLUMNS.map(place);
    let (number, size, called, chance) = (number?, size?, called?, chance?);
    let mut out = Vec::new();
    for (line, (pair, record)) in (2..).zip(pairs.into_iter().zip(reader.records())) {
        let record = record.map_err(|error| error.to_string())?;
        let wrong = |column: &str| format!("record {line}: `{column}` is no number");
        let cell = |place: usize| record.get(place).unwrap_or_default();
        let stratum = Stratum {
            number: cell(number).parse().map_err(|_| wrong("stratum"))?,
            size: cell(size).parse().map_err(|_| wrong("size"))?,
            called: cell(called) == "1",
            chance: cell(chance).parse().map_err(|_| wrong("chance"))?,
        };
        out.push(Drawn { pair, stratum });
    }
    Ok(out)
}

/// The two cards of a pair in one order, to find its stratum again.
pub fn key(pair: &Pair) -> (Entry, Entry) {
    let (left, right) = (pair.left.clone(), pair.right.clone());
    if left <= right { (left, right) } else { (right, left) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs as a deck has them: few are the same, and scores are honest but for chance.
    fn population(luck: &mut Chance) -> (Vec<f64>, Vec<bool>) {
        let score =
            |luck: &mut Chance| if luck.below(8) == 0 { 1.0 - luck.unit().powi(3) } else { luck.unit().powi(6) };
        let scores: Vec<f64> = (0..2000).map(|_| score(luck)).collect();
        let labels = scores.iter().map(|score| luck.unit() < *score).collect();
        (scores, labels)
    }

    #[test]
    fn intervals_hold_the_truth_and_errors_are_small() {
        let mut luck = Chance(3);
        let (mut held, mut errors, rounds) = ([0, 0], [0.0, 0.0], 400);
        for seed in 0..rounds {
            let (scores, labels) = population(&mut luck);
            let drawn: Vec<(bool, Stratum)> =
                draw(&scores, 0.5, 200, seed).into_iter().map(|(place, stratum)| (labels[place], stratum)).collect();
            let told = estimate(&drawn).unwrap();
            let truth = super::super::metrics::report(&scores, &labels, 0.5);
            for (which, (told, truth)) in
                [(told.precision, truth.precision), (told.recall, truth.recall)].into_iter().enumerate()
            {
                held[which] += usize::from(told.low <= truth && truth <= told.high);
                errors[which] += (told.value - truth).powi(2);
            }
        }
        let [precision, recall] = errors.map(|sum: f64| (sum / real(usize::try_from(rounds).unwrap())).sqrt());
        assert!(held.iter().all(|held| (365..=397).contains(held)), "{held:?} of {rounds}");
        assert!(precision <= 0.04 && recall <= 0.06, "{precision} {recall}");
    }

    #[test]
    fn a_table_reads_back() {
        let entry = |front: &str| Entry { front: front.to_owned(), back: "x".to_owned() };
        let pair = Pair { left: entry("a"), right: entry("b"), same: true };
        let stratum = Stratum { number: 2, size: 40, called: true, chance: 0.75 };
        let drawn = [Drawn { pair, stratum }];
        assert_eq!(read(&print(&drawn).unwrap()).unwrap(), drawn);
    }
}
