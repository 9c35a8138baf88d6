//! The house in order: module docs, sizes, listings and words that do not belong in the project.

use crate::support::{self, Outcome, ensure, slashed};
use libtest_mimic::{Failed, Trial};
use recto::rules::RULES;
use std::fs;
use std::path::{Path, PathBuf};

/// Files in `src/rules` that help rules and are none.
const RULE_HELPERS: &[&str] = &[
    "against", "allowed", "alternatives", "answer_key", "around", "article", "people", "value", "content", "context",
    "decks", "beside", "behind_term", "bundle", "dangling", "defining", "definite", "divider", "draft", "exemplified",
    "explained", "fact", "filing", "finish", "fragment", "gaps", "head", "key", "mod", "naming", "narrow", "native",
    "noun_piece", "open", "opening", "options", "recite", "scene", "second", "split", "stem", "topic", "torn",
    "wh_label", "worth", "written",
];

/// The most lines a file of `src` may have, its test modules not counted.
const MOST_LINES: usize = 500;

/// Folders whose text is a user's or was taken from users, and may say anything.
const NOTES: &[&str] = &["source-notes", "decks", "tests/cases"];

/// Beginnings of paths that exist on one machine only; put together so that this file does not hold them.
const MACHINE_PATHS: &[&str] =
    &[concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/tm", "p/"), concat!("/Us", "ers/")];

/// Paths that stand for anybody's.
const PLACEHOLDERS: &[&str] =
    &[concat!("/ho", "me/me/"), concat!("/ho", "me/you/"), concat!("/tm", "p/x"), concat!("/tm", "p/./x")];

/// Marks of unfinished work, allowed only with the number of an issue behind.
const MARKS: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

/// One test for each matter of order.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("tidy: every source file says in 1 to 6 sentences what it is for", module_docs_are_present),
        Trial::test("tidy: no source file is too long", files_are_short),
        Trial::test("tidy: every rule file is listed in RULES", rule_files_are_listed),
        Trial::test("tidy: no text names a path of one machine", no_machine_paths),
        Trial::test("tidy: unfinished work names its issue", no_stray_marks),
    ]
}

/// Collects what is wrong and fails with all of it.
fn all_good(wrong: impl IntoIterator<Item = String>) -> Outcome {
    let wrong: Vec<String> = wrong.into_iter().collect();
    ensure(wrong.is_empty(), || wrong.join("\n"))
}

fn sources() -> Result<Vec<(String, String)>, Failed> {
    let rust = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "rs");
    let files = support::files_below(&support::root().join("src")).into_iter().filter(rust);
    files
        .map(|file| {
            Ok((format!("src/{}", slashed(&file)), fs::read_to_string(support::root().join("src").join(file))?))
        })
        .collect()
}

fn module_docs_are_present() -> Outcome {
    let sound = |text: &str| (1..=6).contains(&sentences(&module_doc(text)));
    let wrong = sources()?.into_iter().filter(|(_, text)| !sound(text));
    all_good(wrong.map(|(path, text)| format!("{path}: {} sentences", sentences(&module_doc(&text)))))
}

/// The lines at the very beginning that start with `//!`, joined.
fn module_doc(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

fn sentences(text: &str) -> usize {
    let ends = |word: &&str| word.trim_end_matches([')', '`', '"', '*']).ends_with(['.', '!', '?']);
    let abbreviation = |word: &&str| matches!(*word, "e.g." | "i.e." | "etc.");
    text.split_whitespace().filter(|word| ends(word) && !abbreviation(word)).count()
}

fn files_are_short() -> Outcome {
    let lengths = sources()?.into_iter().map(|(path, text)| (path, lines_without_tests(&text)));
    all_good(lengths.filter(|(_, lines)| *lines > MOST_LINES).map(|(path, lines)| format!("{path}: {lines} lines")))
}

/// The number of lines outside modules behind `#[cfg(test)]`; rustfmt puts their closing brace at the margin.
fn lines_without_tests(text: &str) -> usize {
    let mut count = 0;
    let mut in_tests = false;
    for line in text.lines() {
        in_tests |= line == "#[cfg(test)]";
        count += usize::from(!in_tests);
        in_tests &= line != "}";
    }
    count
}

fn rule_files_are_listed() -> Outcome {
    let folder = support::root().join("src/rules");
    let name = |file: &PathBuf| file.iter().next().map(|first| Path::new(first).with_extension(""));
    let names = support::files_below(&folder).iter().filter_map(name).map(|name| slashed(&name)).collect::<Vec<_>>();
    let listed = |name: &str| RULES.iter().any(|rule| rule.name == name.replace('_', "-"));
    let wrong = names.iter().filter(|name| !RULE_HELPERS.contains(&name.as_str()) && !listed(name));
    all_good(wrong.map(|name| format!("src/rules/{name}: not in RULES, and not a helper named in tests/suite/tidy.rs")))
}

/// The project's own texts: not the notes, not what is no text.
fn texts() -> Vec<(PathBuf, String)> {
    let own = |path: &PathBuf| NOTES.iter().all(|folder| !path.starts_with(folder));
    let files = support::project_files().into_iter().filter(own);
    files.filter_map(|path| fs::read_to_string(support::root().join(&path)).ok().map(|text| (path, text))).collect()
}

/// Every line of the project's own texts of which something is to be said.
fn lines_with(is_wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, text) in texts() {
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| is_wrong(line)) {
            wrong.push(format!("{}:{number}: {}", slashed(&path), line.trim()));
        }
    }
    wrong
}

fn no_machine_paths() -> Outcome {
    all_good(lines_with(|line| {
        let line = PLACEHOLDERS.iter().fold(line.to_owned(), |line, anybody| line.replace(anybody, ""));
        MACHINE_PATHS.iter().any(|path| line.contains(path))
    }))
}

fn no_stray_marks() -> Outcome {
    all_good(lines_with(|line| MARKS.iter().any(|mark| has_stray_mark(line, mark))))
}

fn has_stray_mark(line: &str, mark: &str) -> bool {
    let inside_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    line.match_indices(mark).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + mark.len()..]);
        let word = !inside_word(before.chars().next_back()) && !inside_word(after.chars().next());
        let issue = after.trim_start_matches(['(', ' ']).strip_prefix('#').and_then(|rest| rest.chars().next());
        word && !issue.is_some_and(|c| c.is_ascii_digit())
    })
}
