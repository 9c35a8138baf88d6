//! What matching achieves and costs, as one table: `cargo bench --bench matching -- FOLDER`.
//!
//! The folder holds `NAME.train.csv`, `NAME.valid.csv` and `NAME.test.csv` of labelled pairs. A model is fitted to
//! the first, its threshold chosen on the second, and the third read once. Without a folder the tables that need one
//! are left out. `trivia.csv` (`category,front,back`) in the folder or above it, and the questions of `qqp`, are what
//! large decks are made of; else words are made up. `--quick` leaves out the deck of a million, `--final` reads the
//! half of `tests/matching` that is for releases.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench reads its data and prints what it measured"
)]

mod cards;
mod processor;

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::Instant;

use cards::{Luck, WAYS};
use recto::dedupe::ask::telling;
use recto::dedupe::audit::{self, Stratum};
use recto::dedupe::block::Effort;
use recto::dedupe::face::Face;
use recto::dedupe::group::{self, Found, Links};
use recto::dedupe::index::{self, Index};
use recto::dedupe::metrics::{self, Report};
use recto::dedupe::model::Model;
use recto::dedupe::pairs::{self, Pair, Pairs};
use recto::dedupe::text::{hash, mix};
use recto::dedupe::train::train;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let folder = arguments.iter().find(|argument| !argument.starts_with('-')).map(PathBuf::from);
    if let Some(folder) = &folder {
        qualities(folder);
        for (name, most) in [("abt-buy", 400)].into_iter().filter(|(name, _)| names(folder).iter().any(|n| n == name)) {
            few_labels(folder, name, most);
        }
    }
    println!("own pairs         precision  recall  recall at precision .95  average precision   merged  wrongly");
    own("develop");
    if has("--final") {
        own("release");
    }
    audits();
    let questions = folder.as_deref().map_or_else(Vec::new, questions);
    same_groups(&questions);
    println!("\ncards     seconds  of processor  peak memory  candidates a card  search meets  groups");
    for count in [10_000, 100_000, 1_000_000].into_iter().filter(|count| *count <= 100_000 || !has("--quick")) {
        cost(&questions, count);
    }
    println!("\nnew cards into    seconds, index opened   to make the index   its size   found");
    increments(&questions, if has("--quick") { 100_000 } else { 1_000_000 });
}

fn percent(share: f64) -> f64 {
    share * 100.0
}

/// Taught and untaught on every set of the folder.
fn qualities(folder: &Path) {
    println!("pairs             model    seconds  precision  recall     F1  accuracy  average precision  (untaught)");
    let mut untaught = Vec::new();
    for name in names(folder) {
        untaught.push(quality(folder, &name));
    }
    let mean = untaught.iter().sum::<f64>() / f64::from(u32::try_from(untaught.len().max(1)).unwrap_or(1));
    println!("mean average precision untaught: {:.1}\n", percent(mean));
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

fn scores(model: &Model, pairs: &[Pair]) -> Vec<f64> {
    let pairs = Pairs::new(pairs);
    let matcher = model.matcher(&pairs.entries);
    let prepared: Vec<_> = pairs.entries.iter().map(|entry| matcher.prepare(entry)).collect();
    pairs.map(&prepared, |a, b| matcher.probability(a, b))
}

fn marks(model: &Model, pairs: &[Pair]) -> Report {
    let labels: Vec<bool> = pairs.iter().map(|pair| pair.same).collect();
    metrics::report(&scores(model, pairs), &labels, model.threshold)
}

fn quality(folder: &Path, name: &str) -> f64 {
    let started = Instant::now();
    let model = train(&read(folder, name, "train"), &read(folder, name, "valid"));
    let (seconds, size) = (started.elapsed().as_secs_f64(), model.print().map_or(0, |text| text.len()));
    let test = read(folder, name, "test");
    let (taught, untaught) = (marks(&model, &test), marks(&Model::default(), &test));
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
    untaught.average_precision
}

/// How many labels are chosen before the next model is taught.
const ROUND: usize = 25;

/// F1 with few labels that are chosen as `recto dedupe label` chooses them; no other label chooses the threshold.
fn few_labels(folder: &Path, name: &str, most: usize) {
    let (mut pool, test) = (read(folder, name, "train"), read(folder, name, "test"));
    let (mut taught, mut model): (Vec<Pair>, _) = (Vec::new(), Model::default());
    println!("labels that `label` chose of {name}: F1");
    while taught.len() < most && !pool.is_empty() {
        let content = |pair: &Pair| mix(hash(&pair.left.front) ^ hash(&pair.right.front).rotate_left(7));
        let scored = scores(&model, &pool).into_iter().zip(pool.iter().map(content)).collect::<Vec<_>>();
        let mut chosen = telling(&scored, model.threshold, ROUND);
        chosen.sort_unstable();
        taught.extend(chosen.iter().rev().map(|place| pool.swap_remove(*place)));
        model = train(&taught, &[]);
        if taught.len() % 100 == 0 {
            println!("{:>16} {:>6.1}", taught.len(), percent(marks(&model, &test).f1));
        }
    }
    println!();
}

/// The untaught judge on the pairs of `tests/matching`.
fn own(half: &str) {
    let path = format!("{}/tests/matching/{half}.csv", env!("CARGO_MANIFEST_DIR"));
    let pairs = pairs::read(&fs::read_to_string(path).unwrap_or_default()).unwrap_or_default();
    let told = recto::dedupe::own::marks(&pairs);
    let shares = [told.report.precision, told.report.recall, told.recall_at_95, told.report.average_precision];
    let [precision, recall, at_95, average] = shares.map(percent);
    let (certain, wrong) = (told.certain, told.wrong);
    println!("{half:16} {precision:>10.1} {recall:>7.1} {at_95:>24.1} {average:>18.1} {certain:>8} {wrong:>8}");
}

/// Audits with 200 labels of pairs whose labels are all known.
fn audits() {
    let mut luck = Luck(3);
    let mut unit = || f64::from(u32::try_from(luck.below(1 << 30)).unwrap_or_default()) / f64::from(1 << 30);
    let (mut held, mut errors, rounds) = ([0; 2], [0.0; 2], 400_u32);
    for seed in 0..rounds {
        let score = |unit: &mut dyn FnMut() -> f64| if unit() < 0.125 { 1.0 - unit().powi(3) } else { unit().powi(6) };
        let scores: Vec<f64> = (0..2000).map(|_| score(&mut unit)).collect();
        let labels: Vec<bool> = scores.iter().map(|score| unit() < *score).collect();
        let drawn = audit::draw(&scores, 0.5, 200, u64::from(seed)).into_iter();
        let drawn: Vec<(bool, Stratum)> = drawn.map(|(place, stratum)| (labels[place], stratum)).collect();
        let (Some(told), truth) = (audit::estimate(&drawn), metrics::report(&scores, &labels, 0.5)) else { continue };
        for (which, (told, truth)) in
            [(told.precision, truth.precision), (told.recall, truth.recall)].into_iter().enumerate()
        {
            held[which] += u32::from(told.low <= truth && truth <= told.high);
            errors[which] += (told.value - truth).powi(2);
        }
    }
    let [precision, recall] = errors.map(|sum: f64| percent((sum / f64::from(rounds)).sqrt()));
    let [held_precision, held_recall] = held.map(|held| percent(f64::from(held) / f64::from(rounds)));
    println!(
        "\naudit, 200 labels, {rounds} times: standard error {precision:.1} points of precision, {recall:.1} of recall;"
    );
    println!("the interval holds the truth in {held_precision:.1} % and {held_recall:.1} %");
}

/// What large decks are made of.
fn questions(folder: &Path) -> Vec<(String, String)> {
    let mut trivia = [Some(folder), folder.parent()].into_iter().flatten().map(|at| at.join("trivia.csv"));
    let text = trivia.find_map(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let records = csv::Reader::from_reader(text.as_bytes()).into_records().filter_map(Result::ok);
    let cell = |record: &csv::StringRecord, at: usize| record.get(at).unwrap_or_default().to_owned();
    let mut out: Vec<(String, String)> = records.map(|record| (cell(&record, 1), cell(&record, 2))).collect();
    let answers: Vec<String> = out.iter().map(|(_, back)| back.clone()).collect();
    let asked = ["train", "valid", "test"].into_iter().flat_map(|part| read(folder, "qqp", part));
    let asked = asked.flat_map(|pair| [pair.left.front, pair.right.front]).filter(|_| !answers.is_empty());
    out.extend(asked.zip(answers.iter().cycle().cloned()));
    out
}

fn faces(cards: &[(String, String)]) -> Vec<Face> {
    let numbered = (1..).zip(cards);
    numbered.map(|(number, (front, back))| Face::of_sides(front, back, format!("card {number}"))).collect()
}

/// Whether groups are the same for any order of cards and any number of threads.
fn same_groups(questions: &[(String, String)]) {
    let deck = faces(&cards::deck(questions, 5_000, 11).cards);
    let mut turned = deck.clone();
    turned.reverse();
    let ids = |found: &Found| found.groups.iter().map(|group| group.id.clone()).collect::<Vec<_>>();
    let find = |deck: &[Face], threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.map(|pool| pool.install(|| ids(&group::find(deck, None, Effort::of(0.7), &Links::default()))))
    };
    let first = find(&deck, 1).unwrap_or_default();
    let others = [find(&deck, 4), find(&turned, 3), find(&deck, 1)];
    let same = others.iter().all(|found| found.as_ref().is_ok_and(|found| *found == first));
    println!(
        "\ngroups of 5,000 cards by 1, 3 and 4 threads, turned round and again: {}",
        if same { "the same" } else { "DIFFERENT" }
    );
}

/// A line of what the system says of this process, in kB.
fn memory(name: &str) -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}

fn cost(questions: &[(String, String)], count: usize) {
    let deck = cards::deck(questions, count, 7);
    let cards = faces(&deck.cards);
    drop(deck.cards);
    let wanted: Vec<(usize, usize)> = deck.same.iter().take(4_000).map(|(a, b, _)| (*a, *b)).collect();
    let (started, before) = (Instant::now(), processor::of_process());
    let found = group::find(&cards, None, Effort::of(0.7), &Links::default());
    let (seconds, busy) = (started.elapsed().as_secs_f64(), processor::of_process() - before);
    let peak = memory("VmHWM") / 1000;
    let judge = recto::dedupe::judge::Judge::new(&cards, None);
    let met = metrics::ratio(judge.meets(Effort::of(0.7), &wanted), wanted.len());
    let each = metrics::ratio(found.compared, count);
    let groups = found.groups.len();
    println!("{count:>9} {seconds:>7.2} {busy:>13.2} {peak:>9} MB {each:>18.1} {:>11.1} % {groups:>7}", percent(met));
}

/// A thousand new cards against a deck that has an index.
fn increments(questions: &[(String, String)], count: usize) {
    let deck = cards::deck(questions, count + 1_000, 7);
    let cards = faces(&deck.cards);
    let started = Instant::now();
    let mut bytes = Vec::new();
    if index::write(&cards[..count], 1, &mut bytes).is_err() {
        return;
    }
    let (made, size) = (started.elapsed().as_secs_f64(), bytes.len() / 1_000_000);
    let path = std::env::temp_dir().join(format!("recto-bench-{}.matches", std::process::id()));
    let on_disc = fs::write(&path, &bytes).and_then(|()| fs::File::open(&path));
    let started = Instant::now();
    let found = match on_disc {
        Ok(file) => matched(file, &cards[count..]),
        Err(_) => matched(Cursor::new(bytes), &cards[count..]),
    };
    let (opened, seconds) = (found.1, started.elapsed().as_secs_f64());
    drop(fs::remove_file(path));
    let known = deck.same.iter().filter(|(first, second, _)| *first < count && *second >= count);
    let place = |at: usize| &cards[at].place;
    let hit = |(first, second, _): &&(usize, usize, usize)| {
        found.0.iter().any(|(new, old)| new + count == *second && old == place(*first))
    };
    let (hits, all) = (known.clone().filter(hit).count(), known.count());
    println!(
        "{count:>9} {seconds:>13.2} {opened:>8.2} {made:>18.1} s {size:>8} MB {hits:>5} of {all}, in {} ways",
        WAYS.len()
    );
}

/// What new cards found, and how long it took to open the index.
fn matched(source: impl std::io::Read + std::io::Seek + Sync, new: &[Face]) -> (Vec<(usize, String)>, f64) {
    let started = Instant::now();
    let Ok(Some(mut index)) = Index::open(source, 1) else { return (Vec::new(), 0.0) };
    let opened = started.elapsed().as_secs_f64();
    let found = index.matches(new, None).unwrap_or_default();
    (found.into_iter().map(|found| (found.new, found.old.place)).collect(), opened)
}
