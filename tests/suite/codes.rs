//! Every finding has a registered code, and every code is described, named well and shown by its example.

use crate::cases::case_names;
use crate::rules::well_named;
use crate::support::{self, Outcome, ensure, slashed};
use libtest_mimic::Trial;
use recto::diagnostic::codes::{self, CODES, Code, Stage};
use recto::lint::{LINTS, Lint};
use std::fs;

/// Codes that no note is known to bring about, since the rule finds another fault first.
const UNSHOWN: &[&str] = &["choice-key-unknown"];

/// A test for each code, and for the codes that stand in the source.
pub(crate) fn trials() -> Vec<Trial> {
    let trial = |code: &&'static Code| {
        let code = *code;
        Trial::test(format!("codes/{}: is described and shown by its example", code.name), move || check(code))
    };
    let mut trials: Vec<Trial> = CODES.iter().map(trial).collect();
    trials.extend([
        Trial::test("codes: names are unique and in kebab case", || well_named(CODES.iter().map(|code| code.name))),
        Trial::test("codes: every lint has a case", every_lint_has_a_case),
        Trial::test("codes: every code in the source is registered", every_code_is_registered),
    ]);
    trials
}

fn check(code: &Code) -> Outcome {
    let described = !code.summary.is_empty() && !code.summary.contains('\n') && !code.manual.trim().is_empty();
    ensure(described, || "summary or manual page is missing".to_owned())?;
    match (code.example, code.stage) {
        (Some(note), Stage::Compiling) => compiles_to(code, note),
        // A browser has fonts of its own; only the press knows what has none.
        (Some(_), Stage::Printing) if code.name == "glyph-missing" && !cfg!(feature = "print") => Ok(()),
        (Some(note), Stage::Printing) => is_found_by(&["print", "sheet"], code, note),
        (Some(note), _) => is_found_by(&["check"], code, note),
        (None, Stage::Compiling) => ensure(UNSHOWN.contains(&code.name), || "there is no example".to_owned()),
        (None, _) => Ok(()),
    }
}

fn compiles_to(code: &Code, note: &str) -> Outcome {
    let (_, out) = support::compile_note("example.md", note);
    let found: Vec<_> = out.findings.iter().map(|finding| (finding.code, finding.severity)).collect();
    ensure(found == [(code.name, code.level)], || format!("the example has {found:?}"))
}

/// Whether a command says it of the example on the disc.
fn is_found_by(command: &[&str], code: &Code, note: &str) -> Outcome {
    let folder = support::temporary()?;
    fs::write(folder.path().join("example.md"), note)?;
    let output = support::run(support::recto(folder.path()).args(command).arg("example.md"))?;
    let expected = format!("{}[{}]", code.level.name(), code.name);
    let printed = support::printed(&output);
    ensure(printed.contains(&expected), || format!("`{expected}` is not said\n{printed}"))
}

fn every_lint_has_a_case() -> Outcome {
    let cases = case_names(&support::root().join("tests/cases"));
    let has_case = |lint: &&Lint| cases.iter().any(|case| case.starts_with(&format!("lints/{}/", lint.code.name)));
    let without: Vec<&str> = LINTS.iter().filter(|lint| !has_case(lint)).map(|lint| lint.code.name).collect();
    ensure(without.is_empty(), || format!("no case below tests/cases/lints for {}", without.join(", ")))
}

/// What stands before a code in the source, spaces and line breaks aside.
const BEFORE: &[&str] =
    &["Finding::error(\"", "Finding::warning(\"", "Finding::note(\"", "Finding::file(\"", "self.refuse(\""];

fn every_code_is_registered() -> Outcome {
    let mut wrong = Vec::new();
    for file in support::files_below(&support::root().join("src")) {
        let text = fs::read_to_string(support::root().join("src").join(&file)).unwrap_or_default();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let joined: String = code.split_whitespace().collect();
        for before in BEFORE {
            let found = joined.split(before).skip(1).filter_map(|rest| rest.split('"').next());
            wrong.extend(found.filter(|code| codes::find(code).is_none()).map(|c| format!("{}: {c}", slashed(&file))));
        }
    }
    ensure(wrong.is_empty(), || format!("not in CODES of src/diagnostic/codes/mod.rs:\n{}", wrong.join("\n")))
}
