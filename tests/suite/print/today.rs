//! Paper for a day without a screen: what is due, failed or a leech is printed, and grades come back.

use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use recto::schedule::{Day, Grade, Moment};
use recto::store::{AnswerKind, FaceId, Filter, Response, Store};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

pub(super) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("print/today: what is due, failed or a leech is printed, and nothing else", selections_hold),
        Trial::test("print/today: every kind that asks has boxes to tick and a list", every_kind_is_graded),
        #[cfg(feature = "print")]
        Trial::test("print/today: boxes are set on every kind and size of paper", boxes_are_set),
        Trial::test("print/today: grades are entered from the list, once", grades_are_entered),
        Trial::test("print/today: grades are entered as they are typed", grades_are_typed),
    ]
}

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

const NOTE: &str = "Q: Which card is due?\nA: The dueone\n\nQ: Which card is new?\nA: The newone\n\n\
    Q: Which card was failed?\nA: The failedone\n\nQ: Which card is a leech?\nA: The leechone\n\n\
    The capital of ==France== is ==Paris==.\n";

/// A project with a database in which some cards were reviewed.
fn project() -> Result<TempDir, Failed> {
    let folder = support::temporary()?;
    fs::write(folder.path().join("note.md"), NOTE)?;
    support::run(recto(folder.path()).args(["build", "note.md"]))?;
    let mut store = Store::open(&folder.path().join("decks/recto.db"))?;
    let asked = |store: &Store, words: &str| -> Result<FaceId, Failed> {
        for queued in store.faces(&Filter::default(), today())? {
            let face = store.face(queued.face)?.ok_or("a face is gone")?;
            if face.front.contains(words) {
                return Ok(face.id);
            }
        }
        Err(format!("no card asks for `{words}`").into())
    };
    let due = asked(&store, "is due")?;
    answer(&mut store, due, Grade::GOOD, 30)?;
    let failed = asked(&store, "was failed")?;
    answer(&mut store, failed, Grade::GOOD, 20)?;
    answer(&mut store, failed, Grade::AGAIN, 0)?;
    let leech = asked(&store, "a leech")?;
    for days in (1..=8).rev() {
        answer(&mut store, leech, Grade::GOOD, 20 * days + 10)?;
        answer(&mut store, leech, Grade::AGAIN, 20 * days)?;
    }
    // Of the two gaps one is due; the other was never asked.
    let gap = asked(&store, "The capital of […] is Paris")?;
    answer(&mut store, gap, Grade::GOOD, 30)?;
    Ok(folder)
}

fn recto(folder: &Path) -> Command {
    let mut command = support::recto(folder);
    command.env("TZ", "UTC");
    command
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0))
}

/// The study day, which begins at four.
fn today() -> Day {
    Day(i32::try_from((now() - DAY / 6).div_euclid(DAY)).unwrap_or_default())
}

fn answer(store: &mut Store, face: FaceId, grade: Grade, days_ago: u32) -> Outcome {
    let moment = Moment { at: now() - i64::from(days_ago) * DAY, utc_offset: 0, day: today().minus(days_ago) };
    store.record(&Response { face, grade, taken: 1000, kind: AnswerKind::Review }, &moment)?;
    Ok(())
}

fn printed(folder: &Path, options: &[&str]) -> Result<String, Failed> {
    kind_printed(folder, "sheet", options)
}

fn kind_printed(folder: &Path, kind: &str, options: &[&str]) -> Result<String, Failed> {
    let mut command = recto(folder);
    command.args(["print", kind, "note.md", "--format", "html"]).args(options);
    support::run(&mut command)?;
    Ok(fs::read_to_string(folder.join(format!("paper/note-{kind}.html"))).unwrap_or_default())
}

fn every_kind_is_graded() -> Outcome {
    let folder = project()?;
    for kind in ["cards", "sheet", "quiz"] {
        let page = kind_printed(folder.path(), kind, &["--due"])?;
        // Two cards and one of the gaps of a third are due.
        let boxes = page.matches("class=\"ticks\"").count();
        ensure(boxes == 3, || format!("{kind}: {boxes} rows of boxes"))?;
        ensure(!page.contains("The newone"), || format!("{kind}: a new card is there"))?;
        let list = fs::read_to_string(folder.path().join(list_of(kind, 1)))?;
        let numbers: Vec<&str> =
            list.lines().filter(|line| line.ends_with(':')).filter_map(|line| line.split(' ').next()).collect();
        ensure(numbers == ["1", "2", "3"], || format!("{kind}: {list}"))?;
        // The number on the list is the one on the paper.
        let at = list.find("Which card is due?").ok_or("the list has no question")?;
        let number = list[at..].lines().nth(1).and_then(|line| line.split(' ').next()).unwrap_or_default();
        let marked = if kind == "cards" { format!("<b>{number}</b>") } else { format!("\"number\">{number}</b>") };
        let asked = page.find("Which card is due?").ok_or("the page has no question")?;
        let near = if kind == "cards" { &page[asked..] } else { &page[..asked] };
        let near = if kind == "cards" {
            near.find("<p class=\"ticks\">").map(|at| &near[at..])
        } else {
            near.rfind("<article").map(|at| &near[at..])
        };
        ensure(near.is_some_and(|near| near.split("</p>").next().is_some_and(|near| near.contains(&marked))), || {
            format!("{kind}: number {number} stands elsewhere")
        })?;
    }
    let page = kind_printed(folder.path(), "cheat", &["--due"])?;
    ensure(!page.contains("class=\"ticks\""), || "a cheat sheet asks nothing".to_owned())
}

fn selections_hold() -> Outcome {
    let folder = project()?;
    let all = ["The dueone", "The newone", "The failedone", "The leechone"];
    for (option, wanted) in [
        (vec![], vec![0, 1, 2, 3]),
        (vec!["--due"], vec![0, 3]),
        (vec!["--failed"], vec![2, 3]),
        (vec!["--leeches"], vec![3]),
        (vec!["--due", "--failed"], vec![3]),
        (vec!["--due", "--limit", "1"], vec![0]),
    ] {
        let page = printed(folder.path(), &option)?;
        for (at, words) in all.iter().enumerate() {
            ensure(page.contains(words) == wanted.contains(&at), || format!("{option:?}: `{words}`"))?;
        }
    }
    let list = fs::read_to_string(folder.path().join(list_of("sheet", 1)))?;
    ensure(list.contains("/0:"), || list.clone())
}

/// The list that goes with what is due, and how it is called.
fn listed(folder: &Path) -> Result<(String, String), Failed> {
    printed(folder, &["--due"])?;
    let name = list_of("sheet", 1);
    let list = fs::read_to_string(folder.join(&name))?;
    let lines = list.lines().filter(|line| line.ends_with(':')).count();
    ensure(lines == 3, || format!("{lines} faces are listed:\n{list}"))?;
    ensure(list.contains("The capital of … is Paris"), || list.clone())?;
    Ok((name, list))
}

/// Where a list of today's lies, the first or a further one.
fn list_of(kind: &str, number: usize) -> String {
    let further = if number > 1 { format!("-{number}") } else { String::new() };
    format!("paper/note-{kind}-grades-{}{further}.txt", today())
}

fn entered(folder: &Path, list: &str, typed: &str) -> Result<String, Failed> {
    let mut command = recto(folder);
    command.args(["review", "--from-paper", list]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(typed.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    Ok(support::printed(&output))
}

/// What a plain session prints into which these lines are typed.
fn session(folder: &Path, typed: &str) -> Result<String, Failed> {
    let mut command = recto(folder);
    command.args(["review", "--plain"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(typed.as_bytes())?;
    }
    Ok(support::printed(&child.wait_with_output()?))
}

fn due(folder: &Path) -> Result<usize, Failed> {
    let store = Store::open(&folder.join("decks/recto.db"))?;
    let filter = Filter { due: Some(today()), ..Filter::default() };
    Ok(store.faces(&filter, today())?.len())
}

fn failed(folder: &Path) -> Result<usize, Failed> {
    let store = Store::open(&folder.join("decks/recto.db"))?;
    Ok(store.faces(&Filter { failed: true, ..Filter::default() }, today())?.len())
}

fn grades_are_entered() -> Outcome {
    let folder = project()?;
    let (name, list) = listed(folder.path())?;
    let path = folder.path().join(&name);
    fs::write(&path, list.replacen("/0:", "/0: 3", 1))?;
    let before = due(folder.path())?;
    let said = entered(folder.path(), &name, "")?;
    ensure(said.contains("1 answer entered"), || said.clone())?;
    ensure(due(folder.path())? + 1 == before, || "the answer did not count".to_owned())?;
    let again = entered(folder.path(), &name, "")?;
    ensure(again.contains("0 answers entered") && again.contains("1 answer left out"), || again.clone())?;
    // What was written down wrongly can be put right.
    fs::write(&path, list.replacen("/0:", "/0: 1", 1))?;
    let corrected = entered(folder.path(), &name, "")?;
    ensure(corrected.contains("1 answer corrected"), || corrected.clone())?;
    ensure(failed(folder.path())? == 3, || "the correction did not count".to_owned())?;
    // A list with grades in it is not written over.
    printed(folder.path(), &["--failed", "--due"])?;
    ensure(fs::read_to_string(&path)?.contains("/0: 1"), || "the grades are gone".to_owned())?;
    ensure(folder.path().join(list_of("sheet", 2)).is_file(), || "there is no second list".to_owned())?;
    // Nor is one in which something else stands.
    let doubtful = list.replacen("/0:", "/0: 3", 1).replacen("/0:\n", "/0: ?\n", 1);
    fs::write(&path, &doubtful)?;
    printed(folder.path(), &["--failed", "--due"])?;
    ensure(fs::read_to_string(&path)? == doubtful, || "what was entered is gone".to_owned())?;
    fs::write(&path, list.replacen("/0:", "/0: 9", 1))?;
    let wrong = entered(folder.path(), &name, "")?;
    ensure(wrong.contains("`9` is no grade") && wrong.contains("nothing was entered"), || wrong.clone())?;
    // A session takes back what was done last, on paper, too.
    let undone = session(folder.path(), "u\nq\n")?;
    ensure(undone.contains("the answer to this card is taken back"), || undone.clone())
}

/// Boxes to tick are set on every kind of paper, not only written into a page.
#[cfg(feature = "print")]
fn boxes_are_set() -> Outcome {
    let folder = project()?;
    for options in [&["--per-page", "4"][..], &["--per-page", "10"], &["--backs", "fold"]] {
        let mut command = recto(folder.path());
        let output = support::run(command.args(["print", "cards,sheet,quiz", "note.md", "--due"]).args(options))?;
        ensure(output.status.success(), || support::printed(&output))?;
    }
    Ok(())
}

fn grades_are_typed() -> Outcome {
    let folder = project()?;
    let (name, _) = listed(folder.path())?;
    let before = due(folder.path())?;
    let said = entered(folder.path(), &name, "1 3\n99 2\n2 4\n\n3 4\n")?;
    ensure(said.contains("2 answers entered") && said.contains("no number 99"), || said.clone())?;
    ensure(due(folder.path())? + 2 == before, || "the answers did not count".to_owned())
}
