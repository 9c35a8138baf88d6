//! Case folders: `tests/cases/<area>/<subject>/<case>/` holds notes and, beside them, what they become.

use crate::support::{self, Outcome, ensure, same_text, slashed};
use crate::{findings, invariants, own, session};
use libtest_mimic::{Failed, Trial};
use recto::Compilation;
use recto::card::listing;
use recto::config::{Config, Settings};
use recto::rules::RULES;
use recto::source::SourceFile;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A file of a case folder that says what is expected.
struct Expectation {
    file: &'static str,
    /// Whether a case without the file must yield nothing of its sort.
    required: bool,
    /// What there is; `None` where this machine cannot tell.
    actual: fn(&Case) -> Result<Option<String>, Failed>,
}

const EXPECTATIONS: &[Expectation] = &[
    Expectation { file: "cards.txt", required: true, actual: |case| Ok(Some(cards(case))) },
    Expectation { file: "findings.txt", required: true, actual: |case| Ok(Some(found(case))) },
    Expectation { file: "out.csv", required: false, actual: |case| exported(case, "csv").map(Some) },
    Expectation { file: "out.jsonl", required: false, actual: |case| exported(case, "jsonl").map(Some) },
    Expectation { file: "anki.txt", required: false, actual: |case| own::verdict(&case.out.deck) },
    Expectation { file: "screens.txt", required: true, actual: screens },
    Expectation { file: "out.txt", required: true, actual: |case| command(case).map(Some) },
];

/// Files of a case folder that are input.
const INPUTS: &[&str] = &["input.md", "recto.toml", "cmd", "keys"];

/// A case folder and what the compiler made of it.
struct Case {
    folder: PathBuf,
    files: Vec<SourceFile>,
    out: Compilation,
    several: bool,
}

/// One test for each case folder, and some for the runner itself.
pub(crate) fn trials() -> Vec<Trial> {
    let update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let below = support::root().join("tests/cases");
    let case = |name: String| {
        let folder = below.join(&name);
        Trial::test(format!("cases/{name}"), move || check(&folder, update))
    };
    let mut trials: Vec<Trial> = case_names(&below).into_iter().map(case).collect();
    trials.extend([
        Trial::test("cases: an unknown file fails", an_unknown_file_fails),
        Trial::test("cases: a difference fails and UPDATE=1 mends it", update_mends_a_difference),
    ]);
    trials
}

/// The folders three levels down that hold anything, so that a misplaced file is found too.
pub(crate) fn case_names(below: &Path) -> BTreeSet<String> {
    let name = |file: PathBuf| file.parent().map(|folder| folder.iter().take(3).collect::<PathBuf>());
    support::files_below(below).into_iter().filter_map(name).map(|folder| slashed(&folder)).collect()
}

fn check(folder: &Path, update: bool) -> Outcome {
    claimed(folder)?;
    let files = support::numbered(notes(folder)?);
    let config = config(folder, files.len() > 1)?;
    let out = recto::compile(&files, &config);
    invariants::check(&files, &config, &out)?;
    let case = Case { folder: folder.to_path_buf(), files, out, several: folder.join("input").is_dir() };
    for expectation in EXPECTATIONS {
        compare(&case, expectation, update)?;
    }
    Ok(())
}

/// Fails where a file of the folder is neither input nor expectation, or there is no note.
fn claimed(folder: &Path) -> Outcome {
    let known = |file: &Path| {
        let name = slashed(file);
        file.starts_with("input") || INPUTS.contains(&&*name) || EXPECTATIONS.iter().any(|e| e.file == name)
    };
    let files = support::files_below(folder);
    if let Some(stranger) = files.iter().find(|file| !known(file)) {
        return Err(
            format!("`{}` means nothing in a case folder; tests/README.md lists what does", slashed(stranger)).into()
        );
    }
    let single = files.iter().any(|file| file == Path::new("input.md"));
    let several = files.iter().any(|file| file.parent().is_some_and(|parent| parent.starts_with("input")));
    ensure(single != several, || "a case has either `input.md` or a folder `input`".to_owned())
}

/// The settings in `recto.toml`, understood as the program does.
fn config(folder: &Path, several: bool) -> Result<Config, Failed> {
    Ok(Config::new(settings(folder)?, support::default_config().deck_name, several))
}

fn settings(folder: &Path) -> Result<Settings, Failed> {
    let path = folder.join("recto.toml");
    let text = if path.is_file() { fs::read_to_string(path)? } else { String::new() };
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    Settings::parse(&text, &rules)
        .map_err(|mistake| format!("recto.toml:{}:{}: {}", mistake.line, mistake.column, mistake.message).into())
}

fn notes(folder: &Path) -> Result<Vec<(String, String)>, Failed> {
    let single = folder.join("input.md");
    if single.is_file() {
        return Ok(vec![("input.md".to_owned(), fs::read_to_string(single)?)]);
    }
    let below = folder.join("input");
    let notes = support::files_below(&below).into_iter().filter(|file| file.extension().is_some_and(|e| e == "md"));
    notes.map(|file| Ok((slashed(&file), fs::read_to_string(below.join(file))?))).collect()
}

fn cards(case: &Case) -> String {
    let list = if case.several { listing::listing_with_paths } else { listing::listing };
    list(&case.out.deck.cards)
}

fn found(case: &Case) -> String {
    findings::listing(&case.out.findings, &case.files, case.several)
}

fn exported(case: &Case, format: &str) -> Result<String, Failed> {
    Ok(String::from_utf8(own::export(&case.out.deck, format)?)?)
}

/// What a review shows on the screen, where the case has a script for one.
fn screens(case: &Case) -> Result<Option<String>, Failed> {
    session::screens(&case.folder, &case.out.deck, &settings(&case.folder)?).map(Some)
}

/// What the program prints when run with the arguments in `cmd`, in a copy of the case folder.
fn command(case: &Case) -> Result<String, Failed> {
    let path = case.folder.join("cmd");
    if !path.is_file() {
        return Ok(String::new());
    }
    let folder = support::temporary()?;
    let mut inputs = support::files_below(&case.folder);
    inputs.retain(|file| file.starts_with("input") || file == Path::new("input.md") || file == Path::new("recto.toml"));
    support::copy(&case.folder, &inputs, folder.path())?;
    let arguments = fs::read_to_string(path)?;
    let output = support::run(support::recto(folder.path()).args(arguments.split_whitespace()))?;
    let code = output.status.code().map_or("by a signal".to_owned(), |code| code.to_string());
    Ok(format!("{}exit {code}\n", support::printed(&output)))
}

fn compare(case: &Case, expectation: &Expectation, update: bool) -> Outcome {
    let path = case.folder.join(expectation.file);
    let present = path.is_file();
    if !present && !expectation.required {
        return Ok(());
    }
    let Some(actual) = (expectation.actual)(case)? else { return Ok(()) };
    match (update, actual.is_empty()) {
        (true, true) if present => Ok(fs::remove_file(path)?),
        (true, false) => Ok(fs::write(path, actual)?),
        _ => {
            let expected = if present { fs::read_to_string(path)? } else { String::new() };
            ensure(!(present && expected.is_empty()), || format!("{}: delete it, it is empty", expectation.file))?;
            same_text(expectation.file, &expected, &actual)
        }
    }
}

fn an_unknown_file_fails() -> Outcome {
    let folder = support::temporary()?;
    fs::write(folder.path().join("input.md"), "A note.\n")?;
    claimed(folder.path())?;
    fs::write(folder.path().join("crads.txt"), "")?;
    ensure(claimed(folder.path()).is_err(), || "`crads.txt` was overlooked".to_owned())
}

fn update_mends_a_difference() -> Outcome {
    let folder = support::temporary()?;
    let (note, cards) = (folder.path().join("input.md"), folder.path().join("cards.txt"));
    fs::write(note, "Nothing to learn.\n")?;
    fs::write(&cards, "[fact] nonsense  @ 1\n")?;
    ensure(check(folder.path(), false).is_err(), || "a card that is not made was overlooked".to_owned())?;
    check(folder.path(), true)?;
    ensure(!cards.exists(), || "the expected file of nothing was left".to_owned())?;
    check(folder.path(), false)
}
