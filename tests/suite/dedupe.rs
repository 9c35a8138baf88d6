//! Matching as a user meets it: taught from a file of pairs, measured, and the same on any number of threads.

use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Output;

/// Trials of matching.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("dedupe: a taught model tells pairs that it never saw", taught_models_tell_pairs),
        Trial::test("dedupe: one thread and four teach the same model", threads_do_not_matter),
        Trial::test("dedupe: groups do not depend on the order of cards", order_does_not_matter),
        Trial::test("dedupe: a deck has one set of groups in every format", formats_agree),
        Trial::test("dedupe: new cards are set against a deck, with its index and without", decks_are_searched),
        Trial::test("dedupe: a pair is explained", pairs_are_explained),
        Trial::test("dedupe: labels are asked for, taken back, kept and abided by", labels_are_kept),
        Trial::test("dedupe: an audit is asked for, gone on with, and tells how good recto is", audits_tell),
        Trial::test("dedupe: cards of the benchmark are told apart as well as ever", the_benchmark_holds),
        Trial::test(
            "dedupe: a build merges what is labelled the same and keeps apart what is not",
            builds_abide_by_labels,
        ),
        Trial::test("dedupe: which card of a group stays is a rule, and one that was reviewed comes first", one_stays),
        Trial::test("dedupe: files that are no pairs and no model are refused", foreign_files_are_refused),
    ]
}

const THINGS: [&str; 12] = [
    "the Kestrel queue", "the Merlin cache", "an Osprey table", "a Harrier bucket", "the Falcon stream",
    "a Kite index", "the Sparrow gateway", "a Heron volume", "the Plover registry", "a Curlew topic",
    "the Dunlin broker", "a Godwit shard",
];

const ASPECTS: [(&str, &str); 6] = [
    ("What is the largest size of an object in", "How large may an object be at most in"),
    ("How long are messages kept by", "For how long does one keep messages in"),
    ("Which port is used by", "What is the port of"),
    ("What does a request to", "What is the price of one request to"),
    ("Who may write to", "Which users are allowed to write to"),
    ("Before which step is data sent to", "Data is sent ahead of which step to"),
];

/// Pairs that rephrase, and pairs that ask another thing of the same.
fn pairs(from: usize) -> String {
    let mut out = String::from("left_front,left_back,right_front,right_back,label\n");
    for (number, thing) in THINGS.iter().enumerate() {
        for (index, (plain, other)) in ASPECTS.iter().enumerate() {
            let (next, _) = ASPECTS[(index + 1 + from) % ASPECTS.len()];
            let far = THINGS[(number + 1 + from) % THINGS.len()];
            let _ = writeln!(out, "{plain} {thing}?,,{other} {thing}?,,1");
            let _ = writeln!(out, "{plain} {thing}?,,{next} {thing}?,,0");
            let _ = writeln!(out, "{plain} {thing}?,,{other} {far}?,,0");
        }
    }
    out
}

fn dedupe(folder: &Path, arguments: &[&str], threads: &str) -> Result<Output, Failed> {
    support::run(support::recto(folder).env("RAYON_NUM_THREADS", threads).arg("dedupe").args(arguments))
}

const TRAIN: [&str; 7] = ["train", "--pairs", "train.csv", "--valid", "valid.csv", "-o", "model.json"];

fn taught_models_tell_pairs() -> Outcome {
    let folder = support::temporary()?;
    for (name, from) in [("train.csv", 0), ("valid.csv", 1), ("test.csv", 2)] {
        fs::write(folder.path().join(name), pairs(from))?;
    }
    let output = dedupe(folder.path(), &TRAIN, "2")?;
    ensure(output.status.success(), || support::printed(&output))?;
    let model = fs::metadata(folder.path().join("model.json"))?.len();
    ensure(model <= 200_000, || format!("the model has {model} bytes"))?;
    let marks = |arguments: &[&str]| -> Result<Value, Failed> {
        let output = dedupe(folder.path(), arguments, "2")?;
        Ok(serde_json::from_slice(&output.stdout)?)
    };
    let taught = marks(&["eval", "--model", "model.json", "--pairs", "test.csv", "--json"])?;
    let untaught = marks(&["eval", "--pairs", "test.csv", "--json"])?;
    for name in ["precision", "recall", "f1", "accuracy", "average_precision"] {
        ensure(untaught[name].is_f64(), || format!("no {name} in {untaught}"))?;
    }
    let f1 = taught["f1"].as_f64().unwrap_or_default();
    ensure(f1 > 0.9 && taught["f1"].as_f64() > untaught["f1"].as_f64(), || format!("{taught}\n{untaught}"))
}

fn threads_do_not_matter() -> Outcome {
    let folder = support::temporary()?;
    fs::write(folder.path().join("train.csv"), pairs(0))?;
    fs::write(folder.path().join("valid.csv"), pairs(1))?;
    let mut models = Vec::new();
    for threads in ["1", "4"] {
        let output = dedupe(folder.path(), &TRAIN, threads)?;
        ensure(output.status.success(), || support::printed(&output))?;
        models.push(fs::read(folder.path().join("model.json"))?);
    }
    ensure(models[0] == models[1], || "the models differ".to_owned())
}

fn foreign_files_are_refused() -> Outcome {
    let folder = support::temporary()?;
    fs::write(folder.path().join("train.csv"), "front,back\na,b\n")?;
    fs::write(folder.path().join("pairs.csv"), pairs(0))?;
    let cases: [(&[&str], &str); 3] = [
        (&["train", "--pairs", "train.csv", "-o", "model.json"], "no column `left_front`"),
        (&["eval", "--model", "train.csv", "--pairs", "pairs.csv"], "it is no model"),
        (&["eval", "--pairs", "nowhere.csv"], "cannot read nowhere.csv"),
    ];
    for (arguments, says) in cases {
        let output = dedupe(folder.path(), arguments, "1")?;
        let printed = support::printed(&output);
        ensure(output.status.code() == Some(2) && printed.contains(says), || printed.clone())?;
    }
    Ok(())
}

/// Cards of which some repeat others in other words.
const CARDS: [(&str, &str); 8] = [
    ("Which service stores the features of a model?", "the feature store"),
    ("What is the service that stores features of models?", "The feature store"),
    ("Which service stores the weights of a model?", "the model registry"),
    ("How long are messages kept in the Kestrel queue?", "14 days"),
    ("For how long does the Kestrel queue keep messages?", "14 days"),
    ("For how long does the Merlin queue keep messages?", "14 days"),
    ("How long are messages kept in the Osprey queue?", "4 days"),
    ("What is kept for 14 days in the Kestrel queue?", "messages"),
];

fn table<'a>(cards: impl Iterator<Item = &'a (&'a str, &'a str)>) -> String {
    let rows = cards.map(|(front, back)| format!("\"{front}\",\"{back}\"\n"));
    format!("front,back\n{}", rows.collect::<String>())
}

/// The groups of a deck, as the sorted fronts of each.
fn groups(folder: &Path, deck: &str) -> Result<Vec<Vec<String>>, Failed> {
    let output = dedupe(folder, &["--cards", deck, "--json"], "2")?;
    ensure(output.status.success(), || support::printed(&output))?;
    let listing: Value = serde_json::from_slice(&output.stdout)?;
    let fronts = |group: &Value| {
        let cards = group["cards"].as_array().into_iter().flatten();
        let mut fronts: Vec<String> = cards.map(|card| card["front"].to_string()).collect();
        fronts.sort();
        fronts.insert(0, group["match_id"].to_string());
        fronts
    };
    Ok(listing["groups"].as_array().into_iter().flatten().map(fronts).collect())
}

fn order_does_not_matter() -> Outcome {
    let folder = support::temporary()?;
    fs::write(folder.path().join("a.csv"), table(CARDS.iter()))?;
    fs::write(folder.path().join("b.csv"), table(CARDS.iter().rev()))?;
    let (one, other) = (groups(folder.path(), "a.csv")?, groups(folder.path(), "b.csv")?);
    ensure(one.len() == 2 && one.iter().all(|group| group.len() == 3), || format!("{one:#?}"))?;
    let apart = |group: &Vec<String>| !group.iter().any(|front| front.contains("Merlin") || front.contains("weights"));
    ensure(one.iter().all(apart), || format!("{one:#?}"))?;
    ensure(one == other, || format!("{one:#?}\n{other:#?}"))
}

fn formats_agree() -> Outcome {
    let folder = support::temporary()?;
    let notes: Vec<String> = CARDS.iter().map(|(front, back)| format!("Q: {front}\nA: {back}\n")).collect();
    fs::write(folder.path().join("notes.md"), notes.join("\n"))?;
    let built = support::run(support::recto(folder.path()).args(["build", "notes.md", "-o", "out"]))?;
    ensure(built.status.success(), || support::printed(&built))?;
    let expected = groups(folder.path(), "out/notes.jsonl")?;
    ensure(expected.len() == 2, || format!("{expected:#?}"))?;
    for deck in ["out/notes.csv", "out/notes.apkg"] {
        let found = groups(folder.path(), deck)?;
        ensure(found == expected, || format!("{deck}: {found:#?}\n{expected:#?}"))?;
    }
    Ok(())
}

fn decks_are_searched() -> Outcome {
    let folder = support::temporary()?;
    fs::write(folder.path().join("deck.csv"), table(CARDS[..5].iter()))?;
    fs::write(
        folder.path().join("new.csv"),
        table([("Which models' features are stored, and where?", "elsewhere"), CARDS[4], CARDS[5]].iter()),
    )?;
    let against = ["--cards", "new.csv", "--against", "deck.csv", "--json"];
    let mut first: Option<Vec<u8>> = None;
    let index = folder.path().join("deck.csv.matches");
    for made in [true, false, true] {
        let output = dedupe(folder.path(), &against, "2")?;
        ensure(output.status.success() && index.is_file(), || support::printed(&output))?;
        let told: Value = serde_json::from_slice(&output.stdout)?;
        let matches = told["matches"].as_array().map_or(&[][..], Vec::as_slice);
        let fronts = matches.iter().map(|found| (found["card"]["front"].as_str(), found["relation"].as_str()));
        let same = fronts.filter(|(front, _)| *front == Some(CARDS[4].0)).count();
        let other =
            matches.iter().any(|found| found["card"]["front"] == CARDS[5].0 && found["relation"] == "duplicate");
        ensure(told["against"] == 5 && same == 2 && !other, || format!("{told:#}"))?;
        let known = first.get_or_insert_with(|| output.stdout.clone());
        ensure(*known == output.stdout, || "the index made the output differ".to_owned())?;
        if made {
            fs::write(&index, b"nonsense")?;
        }
    }
    let output = dedupe(folder.path(), &["--cards", "new.csv", "--against", "deck.csv"], "1")?;
    let printed = support::printed(&output);
    ensure(printed.contains("1 of 3 cards are among the 5 of the deck already"), || printed.clone())
}

fn pairs_are_explained() -> Outcome {
    let folder = support::temporary()?;
    fs::write(folder.path().join("a.csv"), table(CARDS.iter()))?;
    for (one, other, says) in [("Kestrel queue?", "the Kestrel queue keep", "duplicate"), ("5", "6", "sibling")] {
        let output = dedupe(folder.path(), &["explain", one, other, "--cards", "a.csv"], "1")?;
        let printed = support::printed(&output);
        ensure(output.status.success() && printed.contains(says), || printed.clone())?;
    }
    let output = dedupe(folder.path(), &["explain", "nonsense", "6", "--cards", "a.csv"], "1")?;
    let printed = support::printed(&output);
    ensure(output.status.code() == Some(2) && printed.contains("there is no card `nonsense`"), || printed.clone())
}

/// Answers the questions of `label` with these lines.
fn label(folder: &Path, answers: &str, arguments: &[&str]) -> Result<String, Failed> {
    fs::write(folder.join("answers.txt"), answers)?;
    let mut command = support::recto(folder);
    command.args(["dedupe", "label", "--cards", "a.csv", "-o", "labels.csv"]).args(arguments);
    let output = support::run(command.stdin(fs::File::open(folder.join("answers.txt"))?))?;
    let printed = support::printed(&output);
    ensure(output.status.success(), || printed.clone())?;
    Ok(printed)
}

fn labels_are_kept() -> Outcome {
    let folder = support::temporary()?;
    fs::write(folder.path().join("a.csv"), table(CARDS.iter()))?;
    let read = || fs::read_to_string(folder.path().join("labels.csv"));
    label(folder.path(), "y\nn\nu\nwhat\nq\n", &[])?;
    let first = read()?;
    ensure(first.lines().count() == 2 && first.trim_end().ends_with(",1"), || first.clone())?;
    // What has a label is not asked again, and the end of the input is an end, too.
    let asked = label(folder.path(), "n\n", &["--count", "1"])?;
    let second = read()?;
    ensure(second.lines().count() == 3 && second.starts_with(&first), || format!("{second}\n{asked}"))?;
    label(folder.path(), "n\n", &["--sets", "--count", "1"])?;
    let sets = read()?;
    ensure(sets.starts_with("labeling_set_id,label,front,back\n1,A,") && sets.lines().count() == 7, || sets.clone())?;
    // Pairs that belong together and pairs that do not are kept so, whatever recto thinks.
    let [must, cannot] = [(0, 5, 1), (3, 4, 0)].map(|(a, b, label)| {
        let (left, right) = (CARDS[a], CARDS[b]);
        format!("\"{}\",\"{}\",\"{}\",\"{}\",{label}\n", left.0, left.1, right.0, right.1)
    });
    let pairs = format!("left_front,left_back,right_front,right_back,label\n{must}{cannot}");
    fs::write(folder.path().join("links.csv"), pairs)?;
    let output = dedupe(folder.path(), &["--cards", "a.csv", "--labels", "links.csv", "--json"], "2")?;
    let listing: Value = serde_json::from_slice(&output.stdout)?;
    let groups = listing["groups"].as_array().into_iter().flatten().map(ToString::to_string).collect::<Vec<_>>();
    let holds =
        |a: usize, b: usize| groups.iter().any(|group| group.contains(CARDS[a].0) && group.contains(CARDS[b].0));
    ensure(holds(0, 5) && !holds(3, 4), || groups.join("\n"))
}

/// Two notes of which the second says in other words what the first says.
fn notes(folder: &Path) -> Outcome {
    fs::create_dir_all(folder.join("notes"))?;
    let first = "---\ntags: [first]\n---\n# One\n\nThe symbol of the chemical element gold is Au.\n";
    let second = "---\ntags: [second]\n---\n# Two\n\nQ: Which metal element is yellow and heavy, and what is its symbol?\nA: Gold, Au\n";
    fs::write(folder.join("notes/a.md"), first)?;
    fs::write(folder.join("notes/b.md"), second)?;
    Ok(())
}

/// Builds, and gives the cards that were written.
fn built(folder: &Path) -> Result<Vec<Value>, Failed> {
    let output = support::run(support::recto(folder).args(["build", "notes", "-o", "out"]))?;
    ensure(output.status.success(), || support::printed(&output))?;
    let text = fs::read_to_string(folder.join("out/notes.jsonl"))?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn builds_abide_by_labels() -> Outcome {
    let folder = support::temporary()?;
    notes(folder.path())?;
    ensure(built(folder.path())?.len() == 2, || "merged without a label".to_owned())?;
    fs::write(folder.path().join("answers.txt"), "y\n")?;
    let mut command = support::recto(folder.path());
    command.args(["dedupe", "label", "notes", "-o", "out/notes.labels.csv"]);
    let output = support::run(command.stdin(fs::File::open(folder.path().join("answers.txt"))?))?;
    ensure(output.status.success(), || support::printed(&output))?;
    let cards = built(folder.path())?;
    let card = cards.first().map(ToString::to_string).unwrap_or_default();
    let kept = ["b.md", "a.md", "first", "second", "also"].iter().all(|part| card.contains(part));
    ensure(cards.len() == 1 && kept, || format!("{cards:#?}\n{}", support::printed(&output)))?;
    // What was merged is still asked of, so that the label can be taken back.
    let labels = fs::read_to_string(folder.path().join("out/notes.labels.csv"))?;
    fs::write(folder.path().join("out/notes.labels.csv"), labels.replace(",1\n", ",0\n"))?;
    ensure(built(folder.path())?.len() == 2, || "merged against the label".to_owned())?;
    fs::write(folder.path().join("out/notes.labels.csv"), "nonsense\n")?;
    let output = support::run(support::recto(folder.path()).args(["build", "notes", "-o", "out"]))?;
    let printed = support::printed(&output);
    ensure(output.status.code() == Some(2) && printed.contains("out/notes.labels.csv"), || printed.clone())
}

fn one_stays() -> Outcome {
    let folder = support::temporary()?;
    notes(folder.path())?;
    // Neither card was written as such, so that the rules of the settings decide.
    fs::write(
        folder.path().join("notes/b.md"),
        "# Two\n\nThe common short sign of the yellow and heavy metal gold is Au.\n",
    )?;
    let cards = built(folder.path())?;
    let sides: Vec<String> =
        cards.iter().map(|card| card["text"].as_str().unwrap_or_default().replace("{{c1::Au}}", "…")).collect();
    ensure(sides.len() == 2, || format!("{cards:#?}"))?;
    let pair =
        format!("left_front,left_back,right_front,right_back,label\n\"{}\",Au,\"{}\",Au,1\n", sides[0], sides[1]);
    fs::write(folder.path().join("out/notes.labels.csv"), pair)?;
    let stays = |file: &str| -> Outcome {
        let cards = built(folder.path())?;
        ensure(cards.len() == 1 && cards[0]["source"]["file"] == *file, || format!("not {file}: {cards:#?}"))
    };
    stays("notes/b.md")?;
    fs::write(folder.path().join("notes/recto.toml"), "[dedupe]\nkeep = [\"earlier\"]\n")?;
    stays("notes/a.md")?;
    let database = rusqlite::Connection::open(folder.path().join("out/recto.db"))?;
    // Only that there is a memory counts, not how it came about.
    let script = "PRAGMA foreign_keys = OFF;
        INSERT INTO memories (face, scheduler, ease, interval, repetitions, lapses, answered, due, stability,
                              difficulty, last_review)
        SELECT id, 'sm2', 250, 1, 1, 0, 0, 1, 1.0, 5.0, 1 FROM faces WHERE front LIKE '%heavy%';";
    database.execute_batch(script)?;
    drop(database);
    stays("notes/a.md")?;
    fs::write(folder.path().join("notes/recto.toml"), "[dedupe]\nkeep = [\"reviewed\", \"earlier\"]\n")?;
    stays("notes/b.md")
}

fn audits_tell() -> Outcome {
    let folder = support::temporary()?;
    fs::write(folder.path().join("a.csv"), table(CARDS.iter()))?;
    let ask = |answers: &str| -> Result<String, Failed> {
        fs::write(folder.path().join("answers.txt"), answers)?;
        let mut command = support::recto(folder.path());
        command.args(["dedupe", "label", "--audit", "--cards", "a.csv"]);
        let output = support::run(command.stdin(fs::File::open(folder.path().join("answers.txt"))?))?;
        ensure(output.status.success(), || support::printed(&output))?;
        Ok(fs::read_to_string(folder.path().join("a.audit.csv"))?)
    };
    let first = ask("y\nq\n")?;
    let second = ask("n\nn\nq\n")?;
    ensure(second.starts_with(&first) && second.lines().count() == 4, || format!("{first}\n{second}"))?;
    let output = dedupe(folder.path(), &["eval", "--audit", "a.audit.csv", "--json"], "1")?;
    let told: Value = serde_json::from_slice(&output.stdout)?;
    let inside = |name: &str| {
        let part = |end: &str| told[name][end].as_f64().unwrap_or(-1.0);
        (0.0..=1.0).contains(&part("low")) && part("low") <= part("value") && part("value") <= part("high")
    };
    ensure(told["labels"] == 3 && inside("precision") && inside("recall"), || told.to_string())
}

/// The half of the benchmark that is for development, by the untaught judge: what it calls the same, and what it is
/// certain of.
fn the_benchmark_holds() -> Outcome {
    let text = fs::read_to_string(support::root().join("tests/matching/develop.csv"))?;
    let told = recto::dedupe::own::marks(&recto::dedupe::pairs::read(&text)?);
    let sound = told.report.precision >= 0.85 && told.report.recall >= 0.80 && told.report.average_precision >= 0.92;
    ensure(sound && told.certain >= 15 && told.wrong == 0, || format!("{told:?}"))
}
