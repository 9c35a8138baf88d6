//! `recto dedupe train` and `recto dedupe eval`: labelled pairs in, a model or its marks out.

#![expect(clippy::disallowed_methods, reason = "cli reads the files that were named")]

use std::fs;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use super::super::error::Error;
use super::super::screen::Screen;
use super::super::{Outcome, output, report};
use super::source;
use crate::dedupe::audit::{self, Drawn, Ranged, Stratum};
use crate::dedupe::block::Effort;
use crate::dedupe::metrics::{self, Report};
use crate::dedupe::model::Model;
use crate::dedupe::own;
use crate::dedupe::pairs::{self, Pair, Pairs};
use crate::dedupe::spread::{self, Importance, Spread, Spreads};
use crate::dedupe::train::{ENOUGH_FOR_TREES, FEWEST};
use crate::load;

const TRAIN_HELP: &str = "\
Examples:
  recto dedupe train --pairs train.csv --valid valid.csv -o model.json
  recto dedupe train --pairs train.csv --valid valid.csv -o model.json --precision-recall 0.95";

const EVAL_HELP: &str = "\
Examples:
  recto dedupe eval --model model.json --pairs test.csv
  recto dedupe eval --pairs test.csv --json
  recto dedupe eval                          from the audit that `label --audit` made";

/// Learns from labelled pairs, with contrast pairs made from the same cards
///
/// Fewer than 30 pairs leave recto's own judgement as it is, fewer than 100 adjust its weights, and more grow trees.
/// The threshold is chosen on the pairs of --valid. Tables of FindMatches (`labeling_set_id,label,…`) are read, too.
#[derive(Debug, clap::Args)]
#[command(after_help = TRAIN_HELP)]
pub(super) struct TrainArgs {
    /// Labelled pairs to learn from [default: those that `recto dedupe label` wrote for the notes]
    #[arg(long, value_name = "FILE")]
    pairs: Option<PathBuf>,
    /// Labelled pairs to choose the threshold on [default: a quarter of the others, kept back]
    #[arg(long, value_name = "FILE")]
    valid: Option<PathBuf>,
    /// The model to write [default: DECK.model.json beside the deck, where `build` and `recto dedupe` look for it]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The precision to aim at on the pairs of --valid, from 0 to 1 [default: what makes F1 and accuracy greatest]
    #[arg(long, value_name = "PRECISION", requires = "valid")]
    precision_recall: Option<f64>,
    /// Print the marks as JSON
    #[arg(long)]
    json: bool,
}

/// Measures on labelled pairs how well recto tells them
///
/// Prints precision, recall, F1, accuracy, average precision and the area under the ROC curve, each with the interval
/// that holds it with 95 % certainty, how many of the pairs a search would meet, and which features count most. Without --model it is recto's untaught judgement. Without --pairs the audit is read that
/// `recto dedupe label --audit` made: it tells how good recto is on the deck itself.
#[derive(Debug, clap::Args)]
#[command(after_help = EVAL_HELP)]
pub(super) struct EvalArgs {
    /// The model; without it nothing has been taught
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Labelled pairs to measure on [default: none, but the audit of the deck]
    #[arg(long, value_name = "FILE")]
    pairs: Option<PathBuf>,
    /// The audit to read [default: DECK.audit.csv beside the deck]
    #[arg(long, value_name = "FILE", conflicts_with_all = ["pairs", "model"])]
    audit: Option<PathBuf>,
    /// How thoroughly the search looks of which it is told how many pairs it meets, from 0 to 1
    #[arg(long, value_name = "DIAL", default_value_t = 0.7)]
    accuracy_cost: f64,
    /// Print the marks as JSON
    #[arg(long)]
    json: bool,
}

/// Runs `train`.
pub(super) fn train(args: &TrainArgs, screen: &mut Screen) -> Result<Outcome, Error> {
    let usual = |path: &Option<PathBuf>, ending| path.clone().map_or_else(|| source::usual(ending), Ok);
    let (pairs, output) = (usual(&args.pairs, load::LABELS)?, usual(&args.output, load::MODEL)?);
    let taught = read(&pairs)?;
    let valid = args.valid.as_deref().map_or_else(|| Ok(Vec::new()), read)?;
    let mut model = crate::dedupe::train::train(&taught, &valid);
    if let (Some(target), false) = (args.precision_recall, valid.is_empty()) {
        let (scores, labels) = scored(&model, &valid);
        model.threshold = metrics::threshold_for_precision(&scores, &labels, target).unwrap_or(1.0);
        model.valid = Some(metrics::report(&scores, &labels, model.threshold));
    }
    let text = model.print().map_err(|why| Error::Misread(output.clone(), why))?;
    output::write(&output, text.as_bytes())?;
    let marks = model.valid.unwrap_or_else(|| metrics::report(&[], &[], model.threshold));
    if args.json {
        screen.out(&report::json(&marks)?)?;
    } else {
        let way = match taught.len() {
            0..FEWEST => "too few to learn from: recto judges as before",
            FEWEST..ENOUGH_FOR_TREES => "weights adjusted",
            _ => "trees grown",
        };
        let size = report::size(text.len() as u64);
        let words = format!("{} ({size}), from {}: {way}\n", output.display(), report::plural(taught.len(), "pair"));
        screen.out(&(words + &shown(&marks)))?;
    }
    Ok(Outcome::Clean)
}

/// Runs `eval`.
pub(super) fn eval(args: &EvalArgs, screen: &mut Screen) -> Result<Outcome, Error> {
    let Some(pairs) = &args.pairs else { return audit(args, screen) };
    let model = args.model.as_deref().map_or_else(|| Ok(Model::default()), model)?;
    let labelled = read(pairs)?;
    let (scores, labels) = scored(&model, &labelled);
    let searched = own::searched(&labelled, Effort::of(args.accuracy_cost));
    let pairs = Pairs::new(&labelled);
    let told = Told {
        marks: metrics::report(&scores, &labels, model.threshold),
        spreads: spread::spreads(&scores, &labels, model.threshold),
        blocking_recall: metrics::ratio(searched.0, searched.1),
        importances: spread::importances(&model.matcher(&pairs.entries), &pairs),
    };
    screen.out(&if args.json { report::json(&told)? } else { measured(&told, searched) })?;
    Ok(Outcome::Clean)
}

/// All that labelled pairs tell.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    marks: Report,
    #[serde(rename = "intervals")]
    spreads: Spreads,
    /// Of the pairs that are the same, the share that a search through all their cards meets.
    blocking_recall: f64,
    importances: Vec<Importance>,
}

fn measured(told: &Told, (met, same): (usize, usize)) -> String {
    let span = |s: Spread| format!("{:.1} % ({:.1} to {:.1})", s.value * 100.0, s.low * 100.0, s.high * 100.0);
    let Spreads { f1, accuracy, average_precision, auc } = told.spreads;
    let head = format!(
        "  F1 {}  accuracy {}\n  average precision {}  area under the ROC curve {}\n  \
         the search meets {met} of {same} pairs that are the same\n  \
         average precision lost if a feature is mixed up among the pairs:\n",
        span(f1),
        span(accuracy),
        span(average_precision),
        span(auc)
    );
    let line = |Importance { feature, loss }: &Importance| {
        let [value, low, high] = [loss.value, loss.low, loss.high].map(|share| share * 100.0);
        format!("    {value:5.1} ({low:.1} to {high:.1})  {feature}\n")
    };
    let lines: Vec<String> = told.importances.iter().map(line).collect();
    shown(&told.marks) + &head + &lines.concat()
}

/// Tells what an audit says.
fn audit(args: &EvalArgs, screen: &mut Screen) -> Result<Outcome, Error> {
    let path = args.audit.clone().map_or_else(|| source::usual(source::AUDIT), Ok)?;
    let drawn: Vec<(bool, Stratum)> =
        audited(&path)?.into_iter().map(|drawn| (drawn.pair.same, drawn.stratum)).collect();
    let none = || Error::Misread(path.clone(), "it holds no labels; `recto dedupe label --audit` asks for some".into());
    let told = audit::estimate(&drawn).ok_or_else(none)?;
    let span =
        |range: Ranged| format!("{:.1} % ({:.1} to {:.1})", range.value * 100.0, range.low * 100.0, range.high * 100.0);
    let words = format!(
        "  precision {}  recall {}\n  from {} that stand for {}; recall is of the pairs that the search met\n",
        span(told.precision),
        span(told.recall),
        report::plural(told.labels, "label"),
        report::plural(told.pairs, "pair"),
    );
    screen.out(&if args.json { report::json(&told)? } else { words })?;
    Ok(Outcome::Clean)
}

/// Reads the labels of an audit.
pub(super) fn audited(path: &Path) -> Result<Vec<Drawn>, Error> {
    audit::read(&text(path)?).map_err(|why| Error::Misread(path.to_owned(), why))
}

fn text(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|error| Error::Read(path.to_owned(), error))
}

/// Reads labelled pairs.
pub(super) fn read(path: &Path) -> Result<Vec<Pair>, Error> {
    pairs::read(&text(path)?).map_err(|why| Error::Misread(path.to_owned(), why))
}

/// Reads a model.
pub(super) fn model(path: &Path) -> Result<Model, Error> {
    Model::parse(&text(path)?).map_err(|why| Error::Misread(path.to_owned(), why))
}

/// The probability of each pair, and its label.
fn scored(model: &Model, pairs: &[Pair]) -> (Vec<f64>, Vec<bool>) {
    let pairs = Pairs::new(pairs);
    let matcher = model.matcher(&pairs.entries);
    let prepared: Vec<_> = pairs.entries.par_iter().map(|entry| matcher.prepare(entry)).collect();
    (pairs.map(&prepared, |a, b| matcher.probability(a, b)), pairs.labels())
}

/// The marks in a few lines.
fn shown(marks: &Report) -> String {
    let percent = |value: f64| format!("{:.1} %", value * 100.0);
    let span = |(low, high): (f64, f64)| format!("({:.1} to {:.1})", low * 100.0, high * 100.0);
    format!(
        "  precision {} {}  recall {} {}  F1 {}  accuracy {}  average precision {}\n  \
         {} rightly called the same, {} wrongly, {} missed, {} rightly called different; threshold {:.3}\n",
        percent(marks.precision),
        span(marks.precision_interval),
        percent(marks.recall),
        span(marks.recall_interval),
        percent(marks.f1),
        percent(marks.accuracy),
        percent(marks.average_precision),
        marks.true_positives,
        marks.false_positives,
        marks.false_negatives,
        marks.true_negatives,
        marks.threshold
    )
}
