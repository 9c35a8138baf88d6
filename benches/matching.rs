//! What matching achieves and costs, as one table: `cargo bench --bench matching -- FOLDER`.
//!
//! The folder holds `NAME.train.csv`, `NAME.valid.csv` and `NAME.test.csv` of labelled pairs. A model is fitted to
//! the first, its threshold chosen on the second, and the third read once. Without a folder only the costs are shown.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench reads its data and prints what it measured"
)]

use recto::dedupe::block::Effort;
use recto::dedupe::face::Face;
use recto::dedupe::group::{self, Links};
use recto::dedupe::metrics::{self, Report};
use recto::dedupe::model::Model;
use recto::dedupe::pairs::{self, Pair, Pairs};
use recto::dedupe::train::train;
use std::fs;
use std::path::Path;
use std::time::Instant;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    if let Some(folder) = folder {
        println!(
            "pairs             model    seconds  precision  recall     F1  accuracy  average precision  (untaught)"
        );
        for name in names(Path::new(&folder)) {
            quality(Path::new(&folder), &name);
        }
        println!();
    }
    println!("own pairs         precision  recall  average precision   merged  wrongly");
    for half in ["develop", "release"] {
        own(half);
    }
    println!();
    println!("cards     seconds  groups");
    for count in [1_000, 10_000, 100_000] {
        cost(count);
    }
}

/// The untaught judge on the pairs of `tests/matching`.
fn own(half: &str) {
    let path = format!("{}/tests/matching/{half}.csv", env!("CARGO_MANIFEST_DIR"));
    let pairs = pairs::read(&fs::read_to_string(path).unwrap_or_default()).unwrap_or_default();
    let told = recto::dedupe::own::marks(&pairs);
    let [precision, recall, average] =
        [told.report.precision, told.report.recall, told.report.average_precision].map(|share| share * 100.0);
    println!("{half:16} {precision:>10.1} {recall:>7.1} {average:>18.1} {:>8} {:>8}", told.certain, told.wrong);
}

/// The sets of pairs in a folder.
fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let names = files.filter_map(|file| file.file_name().to_str()?.strip_suffix(".train.csv").map(str::to_owned));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn read(folder: &Path, name: &str, part: &str) -> Vec<Pair> {
    let text = fs::read_to_string(folder.join(format!("{name}.{part}.csv"))).unwrap_or_default();
    pairs::read(&text).unwrap_or_default()
}

fn marks(model: &Model, pairs: &[Pair]) -> Report {
    let pairs = Pairs::new(pairs);
    let matcher = model.matcher(&pairs.entries);
    let prepared: Vec<_> = pairs.entries.iter().map(|entry| matcher.prepare(entry)).collect();
    let scores = pairs.map(&prepared, |a, b| matcher.probability(a, b));
    metrics::report(&scores, &pairs.labels(), model.threshold)
}

fn quality(folder: &Path, name: &str) {
    let started = Instant::now();
    let model = train(&read(folder, name, "train"), &read(folder, name, "valid"));
    let (seconds, size) = (started.elapsed().as_secs_f64(), model.print().map_or(0, |text| text.len()));
    let test = read(folder, name, "test");
    let (taught, untaught) = (marks(&model, &test), marks(&Model::default(), &test));
    let percent = |value: f64| value * 100.0;
    println!(
        "{name:16} {:>4} kB {seconds:>9.1} {:>10.1} {:>7.1} {:>6.1} {:>9.1} {:>18.1} {:>11.1}",
        size / 1000,
        percent(taught.precision),
        percent(taught.recall),
        percent(taught.f1),
        percent(taught.accuracy),
        percent(taught.average_precision),
        percent(untaught.average_precision)
    );
}

/// Cards made of numbered words, every tenth one a rewording of that before it.
fn cards(count: usize) -> Vec<Face> {
    let word = |seed: usize| format!("w{}", seed.wrapping_mul(2_654_435_761) % 40_009);
    let card = |number: usize| {
        let (seed, again) = if number % 10 == 9 { (number - 1, true) } else { (number, false) };
        let words: Vec<String> = (0..6).map(|place| word(seed * 7 + place)).collect();
        let front = if again { format!("Please say what the {} is?", words.join(" ")) } else { words.join(" ") };
        Face::of_sides(&front, &word(seed * 7 + 6), format!("card {number}"))
    };
    (0..count).map(card).collect()
}

fn cost(count: usize) {
    let cards = cards(count);
    let started = Instant::now();
    let found = group::find(&cards, None, Effort::of(0.7), &Links::default());
    println!("{count:>7} {:>9.2} {:>7}", started.elapsed().as_secs_f64(), found.groups.len());
}
