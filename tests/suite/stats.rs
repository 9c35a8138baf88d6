//! Statistics: what they count, that they fit the narrowest terminal, and that their page stands alone.

use crate::review::{DAY, cards, moment};
use crate::store::{deck, fact};
use crate::support::{self, Outcome, RECTO, ensure};
use libtest_mimic::{Failed, Trial};
use recto::card::Card;
use recto::schedule::{Day, Grade, fsrs};
use recto::store::{self, AnswerKind, FaceId, Response, Store};
use recto::study::{DeckPlan, Study};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Tests of statistics and of `recto optimize`.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("stats: what was answered is counted", counts_are_right),
        Trial::test("stats: what is due today is what a review asks and paper prints", today_is_one),
        Trial::test("stats: where paper has nothing to print, the reason is said", reasons_are_printed),
        Trial::test("stats: an exam that is over is told", exams_end),
        Trial::test("stats: what a nearer exam asks is reckoned with", nearer_exams_come_first),
        Trial::test("stats: an exam is weighed by domains, and warned of", exams_are_weighed),
        Trial::test("stats: text fits 40 columns, and the page needs nothing else", shapes_hold),
        Trial::test("stats: optimize fits the weights, and takes them into use", weights_are_fitted),
    ]
}

fn answer(store: &mut Store, face: i64, grade: u8, day: Day) -> Outcome {
    let grade = Grade::new(grade).ok_or("no grade")?;
    let response = Response { face: FaceId(face), grade, taken: 6000, kind: AnswerKind::Review };
    store.record(&response, &moment(day))?;
    Ok(())
}

fn stats(folder: &Path, day: Day, extra: &[&str]) -> Result<String, Failed> {
    let mut command = Command::new(RECTO);
    command.args(["stats", "-o"]).arg(folder).args(["--day", &day.to_string()]).args(extra);
    let output = support::run(&mut command)?;
    ensure(output.status.success(), || support::printed(&output))?;
    Ok(String::from_utf8(output.stdout)?)
}

fn json(folder: &Path, day: Day) -> Result<Value, Failed> {
    Ok(serde_json::from_str(&stats(folder, day, &["--json"])?)?)
}

fn expect(stats: &Value, path: &str, wanted: &Value) -> Outcome {
    let got = stats.pointer(path).unwrap_or(&Value::Null);
    ensure(got == wanted, || format!("{path}: expected {wanted}, got {got}"))
}

fn studied(folder: &Path) -> Outcome {
    let path = folder.join("recto.db");
    store::update(&path, &deck(&cards()), 1)?;
    let mut store = Store::open(&path)?;
    for (face, grade, day) in [(1, 4, 0), (2, 4, 0), (1, 4, 1), (2, 1, 1), (2, 4, 2), (2, 1, 3), (3, 5, 3)] {
        answer(&mut store, face, grade, DAY.plus(day))?;
    }
    answer(&mut store, 3, 1, DAY.plus(3))?;
    store.undo(&moment(DAY.plus(3)))?;
    Ok(())
}

fn counts_are_right() -> Outcome {
    let folder = support::temporary()?;
    studied(folder.path())?;
    let stats = json(folder.path(), DAY.plus(4))?;
    for (path, wanted) in [
        ("/faces/total", 6.into()),
        ("/faces/cards", 4.into()),
        ("/faces/new", 3.into()),
        ("/faces/young", 3.into()),
        // Faces 2 and 3 are due on this day, face 1 three days later.
        ("/due_today", 2.into()),
        ("/forecast/3", 1.into()),
        ("/streak/current", 4.into()),
        ("/streak/longest", 4.into()),
        ("/retention/all/answers", 4.into()),
        ("/retention/all/known", 2.into()),
        ("/retention/by_interval/0/1/answers", 4.into()),
        ("/retention/by_kind/fact/known", 2.into()),
        ("/retention/by_tag/aws/answers", 4.into()),
        ("/days/3/answers", 2.into()),
        ("/time/total", 0.7.into()),
        ("/exams", Value::Array(Vec::new())),
        ("/leeches", Value::Array(Vec::new())),
    ] {
        expect(&stats, path, &wanted)?;
    }
    let leeches: Value = serde_json::from_str(&self::stats(folder.path(), DAY, &["--json", "--leeches", "2"])?)?;
    expect(&leeches, "/leeches/0/lapses", &2.into())?;
    expect(&leeches, "/leeches/0/file", &"s3.md".into())?;
    let later = json(folder.path(), DAY.plus(9))?;
    expect(&later, "/streak/current", &0.into())
}

/// Sixty cards left undone on an earlier day, one that was not known today, and new ones.
fn behind(folder: &Path) -> Result<Store, Failed> {
    let path = folder.join("decks/recto.db");
    fs::create_dir_all(folder.join("source-notes"))?;
    let note = |number: usize| ["Q: Question ", &number.to_string(), "?\nA: ", &number.to_string(), "\n\n"].concat();
    let notes: Vec<String> = (0..70).map(note).collect();
    fs::write(folder.join("source-notes/a.md"), notes.concat())?;
    let built = support::run(support::recto(folder).args(["build", "--format", "db"]))?;
    ensure(built.status.success(), || support::printed(&built))?;
    let mut store = Store::open(&path)?;
    let now = i64::try_from(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_millis())?;
    let calendar = recto::schedule::Calendar { zone: jiff::tz::TimeZone::UTC, starts: 4 };
    let today = calendar.moment(now);
    for face in 1..=60 {
        answer(&mut store, face, 4, today.day.minus(9))?;
    }
    for face in 61..=62 {
        let response = Response { face: FaceId(face), grade: Grade::AGAIN, taken: 1, kind: AnswerKind::Review };
        store.record(&response, &today)?;
    }
    Ok(store)
}

fn today_is_one() -> Outcome {
    let folder = support::temporary()?;
    behind(folder.path())?;
    let run = |arguments: &[&str]| -> Result<String, Failed> {
        let mut command = support::recto(folder.path());
        let output = support::run(command.args(arguments).env("TZ", "UTC").stdin(std::process::Stdio::null()))?;
        Ok(support::printed(&output))
    };
    let session = run(&["review", "--plain"])?;
    // 60 cards were left undone, of which a day asks twenty; of 20 new ones two were met today.
    ensure(session.contains("[20 due · 8 new · 2 again]"), || session.clone())?;
    ensure(session.contains("Tomorrow: 22 cards due."), || session.clone())?;
    let stats: Value = serde_json::from_str(&run(&["stats", "--json"])?)?;
    for (field, wanted) in [("due_today", 20), ("new_today", 8), ("again_today", 2), ("held_back", 40)] {
        expect(&stats, &format!("/{field}"), &wanted.into())?;
    }
    // What is held back comes on the days after, twenty a day; the two that were not known are due tomorrow.
    let ahead: Vec<u64> = (0..4).filter_map(|day| stats["forecast"][day].as_u64()).collect();
    ensure(ahead == [20, 22, 20, 0], || format!("{ahead:?}"))?;
    let text = run(&["stats"])?;
    ensure(text.contains("20 due · 8 new · 2 again") && text.contains("40 due, for the next days"), || text.clone())?;
    let print = |extra: &[&str]| run(&[&["print", "sheet", "--due", "--format", "html"], extra].concat());
    let (due, all) = (print(&[])?, print(&["--new"])?);
    ensure(due.contains("20 cards") && all.contains("28 cards"), || format!("{due}\n{all}"))
}

fn reasons_are_printed() -> Outcome {
    let folder = support::temporary()?;
    fs::write(folder.path().join("a.md"), "Q: What is a?\nA: one\n\nQ: What is b?\nA: two\n")?;
    let run = |arguments: &[&str]| -> Result<String, Failed> {
        let mut command = support::recto(folder.path());
        Ok(support::printed(&support::run(command.args(arguments))?))
    };
    run(&["build", "a.md"])?;
    let print = |extra: &[&str]| run(&[&["print", "sheet", "a.md", "--format", "html"], extra].concat());
    for (extra, wanted) in [
        (
            &["--due"][..],
            "no card has been learnt yet\n  help: `recto review` begins; `--due --new` prints the 2 new cards",
        ),
        (&["--kind", "trap"], "help: the kinds of the cards are 2 question"),
        (&["--tag", "exam"], "no card has the tag `exam`\n  help: no card has a tag"),
        (&["--leeches"], "no such card has been forgotten 8 times"),
        (&["--due", "--new"], "2 cards"),
    ] {
        let said = print(extra)?;
        ensure(said.contains(wanted), || format!("{extra:?}: {said}"))?;
    }
    Ok(())
}

fn exams_end() -> Outcome {
    let folder = support::temporary()?;
    let note = "---\nexam_date: 2020-01-31\n---\n\nQ: What is a?\nA: one\n";
    fs::write(folder.path().join("a.md"), note)?;
    let built = support::printed(&support::run(support::recto(folder.path()).args(["build", "a.md"]))?);
    let again = support::printed(&support::run(support::recto(folder.path()).args(["build", "a.md"]))?);
    let stats = stats(&folder.path().join("decks"), DAY, &[])?;
    for said in [&built, &again, &stats] {
        ensure(said.contains("The exam of 2020-01-31 is over"), || said.clone())?;
    }
    let on_the_day = Day::parse("2020-01-31").ok_or("no day")?;
    let stats = self::stats(&folder.path().join("decks"), on_the_day, &[])?;
    ensure(stats.contains("The exam is today, 2020-01-31"), || stats.clone())
}

fn nearer_exams_come_first() -> Outcome {
    let folder = support::temporary()?;
    let mut all: Vec<Card> = (0..90).map(|number| fact(number, &format!("Question {number}"), "a")).collect();
    for (number, card) in all.iter_mut().enumerate() {
        card.deck = format!("Exams::{}", if number < 30 { "Far" } else { "Near" });
    }
    let mut planned = deck(&all);
    let plan = |name: &str, exam_day, new_per_day| DeckPlan {
        name: name.to_owned(),
        study: Study { exam_day, new_per_day, ..Study::default() },
    };
    planned.plans = vec![
        plan("Exams", None, Some(6)),
        plan("Exams::Far", Some(DAY.plus(10)), None),
        plan("Exams::Near", Some(DAY.plus(8)), None),
    ];
    store::update(&folder.path().join("recto.db"), &planned, 1)?;
    let stats = json(folder.path(), DAY)?;
    let foretold = |number: usize| stats["exams"][number]["on_the_day"].as_f64().unwrap_or(-1.0);
    // Of 60 cards 48 come before the first exam, and only then 12 of the 30 of the other.
    ensure((0.6..=0.8).contains(&foretold(0)) && (0.2..=0.4).contains(&foretold(1)), || stats["exams"].to_string())?;
    let warning = stats["exams"][1]["warnings"][0].as_str().unwrap_or_default();
    ensure(warning.contains("`new_per_day = 12`"), || warning.to_owned())
}

fn exams_are_weighed() -> Outcome {
    let folder = support::temporary()?;
    let path = folder.path().join("recto.db");
    let mut all: Vec<Card> = (0..60).map(|number| fact(number, &format!("Question {number}"), "a")).collect();
    for (number, card) in all.iter_mut().enumerate() {
        card.deck = format!("Exam::{}", ["A", "B", "C"][number % 3]);
    }
    let mut planned = deck(&all);
    let exam_day = Some(DAY.plus(10));
    let plan = |name: &str, exam_weight, new_per_day| DeckPlan {
        name: name.to_owned(),
        study: Study { exam_day, exam_weight, new_per_day, ..Study::default() },
    };
    planned.plans = vec![
        plan("Exam", None, Some(2)),
        plan("Exam::A", Some(0.5), None),
        plan("Exam::B", None, None),
        plan("Exam::C", Some(0.3), None),
    ];
    store::update(&path, &planned, 1)?;
    let stats = json(folder.path(), DAY)?;
    let exam = &stats["exams"][0];
    let shares: Vec<f64> =
        (0..3).filter_map(|number| exam["domains"][number]["weight"].as_f64()).map(|w| (w * 100.0).round()).collect();
    ensure(shares == [50.0, 20.0, 30.0], || format!("{exam:#}"))?;
    let warning = exam["warnings"][0].as_str().unwrap_or_default();
    // 60 cards in the 8 days before the quiet ones.
    ensure(warning.contains("`new_per_day = 8`"), || format!("{exam:#}"))?;
    let bounds = ["low", "on_the_day", "high"].map(|field| exam[field].as_f64().unwrap_or(-1.0));
    ensure(0.0 <= bounds[0] && bounds[0] <= bounds[1] && bounds[1] <= bounds[2], || format!("{bounds:?}"))?;
    let text = self::stats(folder.path(), DAY, &[])?;
    ensure(text.contains("in 10 days") && text.contains("new_per_day = 8"), || text.clone())
}

fn shapes_hold() -> Outcome {
    let folder = support::temporary()?;
    studied(folder.path())?;
    let page = folder.path().join("page.html");
    let html = [["--html"], [page.to_str().ok_or("no path")?]].concat();
    stats(folder.path(), DAY.plus(4), &html)?;
    stats(folder.path(), DAY.plus(4), &html)?;
    let text = fs::read_to_string(&page)?;
    for outside in ["src=", "href=", "@import", "url(", "sourceMappingURL"] {
        // The library and the page look up nothing anywhere.
        ensure(!text.contains(outside), || format!("the page holds `{outside}`"))?;
    }
    ensure(text.contains("\"due_today\":2") && !text.contains("{{"), || "the page lacks its data".to_owned())?;
    fs::write(&page, "my own words")?;
    let mut command = Command::new(RECTO);
    command.args(["stats", "-o"]).arg(folder.path()).args(&html);
    ensure(!support::run(&mut command)?.status.success(), || "a file of the user's was written over".to_owned())?;
    let store = Store::open(&folder.path().join("recto.db"))?;
    let decks = store.decks()?;
    let material = recto::stats::Material {
        faces: store.states()?,
        given: store.all_given()?,
        decks,
        day: DAY.plus(4),
        today: recto::review::agenda::Today { due: 2, ..recto::review::agenda::Today::default() },
        spread: 7,
        exams_over: Vec::new(),
        schedulers: std::collections::BTreeMap::new(),
        leech_after: 1,
    };
    let drawn = recto::stats::text::draw(&recto::stats::compute(&material), 40);
    ensure(
        drawn.contains("mature") && drawn.contains("an answer") && drawn.contains("none  ▒\u{a0}1  █\u{a0}2"),
        || drawn.clone(),
    )?;
    let long: Vec<&str> = drawn.lines().filter(|line| line.chars().count() > 40).collect();
    ensure(long.is_empty() && drawn.contains("Known when asked"), || format!("{long:?}\n{drawn}"))
}

fn weights_are_fitted() -> Outcome {
    let folder = support::temporary()?;
    let path = folder.path().join("recto.db");
    let all: Vec<Card> = (0..80).map(|number| fact(number, &format!("Question {number}"), "a")).collect();
    let mut planned = deck(&all);
    let study = Study { scheduler: Some(&fsrs::FSRS), ..Study::default() };
    planned.plans = vec![DeckPlan { name: "Cloud::Storage".to_owned(), study }];
    store::update(&path, &planned, 1)?;
    let mut command = Command::new(RECTO);
    let output = support::run(command.args(["optimize", "-o"]).arg(folder.path()))?;
    let few = String::from_utf8(output.stdout)?;
    ensure(few.contains("too few answers"), || few.clone())?;
    let mut store = Store::open(&path)?;
    for face in 1..=80 {
        // A learner who forgets half after a few days.
        for (turn, day) in [0, 2, 5, 9, 14, 20, 27].into_iter().enumerate() {
            let grade = if turn > 0 && (face + i64::try_from(turn)?) % 2 == 0 { 1 } else { 4 };
            answer(&mut store, face, grade, DAY.plus(day))?;
        }
    }
    let before = store.face(FaceId(1))?.and_then(|face| face.memory).ok_or("no memory")?;
    let mut command = Command::new(RECTO);
    let output = support::run(command.args(["optimize", "-o"]).arg(folder.path()))?;
    let told = String::from_utf8(output.stdout)?;
    ensure(told.contains("fitted to 480 answers") && told.contains("are in use"), || told.clone())?;
    let after = store.face(FaceId(1))?.and_then(|face| face.memory).ok_or("no memory")?;
    ensure(after.trace != before.trace, || format!("{after:?}"))?;
    let verdict = store.verify(false)?;
    ensure(verdict.is_clean(), || format!("{verdict:?}"))
}
