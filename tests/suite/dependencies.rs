//! What recto is built from: each crate named with its reason, its licence and source allowed, and no second
//! version of one that is not known of.

use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

/// One test for each matter.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("dependencies: docs/dependencies.md says of each why it is there", reasons_are_given),
        Trial::test("dependencies: licences and sources are those that deny.toml allows", licences_are_allowed),
        Trial::test("dependencies: no crate is there twice that deny.toml does not know of", none_is_there_twice),
    ]
}

fn settings() -> Result<toml::Table, Failed> {
    Ok(fs::read_to_string(support::root().join("deny.toml"))?.parse()?)
}

fn words(table: &toml::Table, section: &str, key: &str) -> Vec<String> {
    let list = table.get(section).and_then(|section| section.get(key)).and_then(toml::Value::as_array);
    let word = |value: &toml::Value| value.as_str().or_else(|| value.get("crate")?.as_str()).map(str::to_owned);
    list.into_iter().flatten().filter_map(word).collect()
}

fn reasons_are_given() -> Outcome {
    let manifest: toml::Table = fs::read_to_string(support::root().join("Cargo.toml"))?.parse()?;
    let mut used = BTreeSet::new();
    collect(&manifest, &mut used);
    let page = fs::read_to_string(support::root().join("docs/dependencies.md"))?;
    let row = |line: &str| {
        let (name, why) = line.strip_prefix("| `")?.split_once("` | ")?;
        (why.len() > 3).then(|| name.to_owned())
    };
    let named: BTreeSet<String> = page.lines().filter_map(row).collect();
    let differing: Vec<&String> = used.symmetric_difference(&named).collect();
    ensure(differing.is_empty(), || format!("only in one of Cargo.toml and docs/dependencies.md: {differing:?}"))
}

/// The names of all dependencies in a manifest, wherever they stand.
fn collect(table: &toml::Table, used: &mut BTreeSet<String>) {
    for (key, value) in table {
        let Some(inner) = value.as_table() else { continue };
        if key.ends_with("dependencies") { used.extend(inner.keys().cloned()) } else { collect(inner, used) }
    }
}

/// Every crate of the lock file, as cargo knows it; none where that cannot be had without a network.
fn packages() -> Result<Option<Vec<Value>>, Failed> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["metadata", "--format-version", "1", "--locked", "--offline"]).current_dir(support::root());
    let output = support::run(&mut command)?;
    if !output.status.success() {
        return Ok(None);
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    Ok(metadata["packages"].as_array().cloned())
}

fn licences_are_allowed() -> Outcome {
    let allowed = words(&settings()?, "licenses", "allow");
    let mut wrong = Vec::new();
    for package in packages()?.unwrap_or_default() {
        let (name, licence) = (&package["name"], package["license"].as_str().unwrap_or_default());
        if !holds(licence, &allowed) {
            wrong.push(format!("{name}: {licence}"));
        }
        let source = package["source"].as_str().unwrap_or("registry+ of our own");
        if !source.starts_with("registry+") {
            wrong.push(format!("{name} comes from {source}"));
        }
    }
    ensure(wrong.is_empty(), || wrong.join("\n"))
}

/// Whether a licence expression holds where only some licences do: one side of each OR, both of each AND.
fn holds(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (value, rest) = either(&words, allowed);
    value && rest.is_empty()
}

fn either<'w, 't>(words: &'w [&'t str], allowed: &[String]) -> (bool, &'w [&'t str]) {
    let (mut value, mut rest) = both(words, allowed);
    while rest.first() == Some(&"OR") {
        let (next, after) = both(&rest[1..], allowed);
        (value, rest) = (value || next, after);
    }
    (value, rest)
}

fn both<'w, 't>(words: &'w [&'t str], allowed: &[String]) -> (bool, &'w [&'t str]) {
    let (mut value, mut rest) = one(words, allowed);
    while rest.first() == Some(&"AND") {
        let (next, after) = one(&rest[1..], allowed);
        (value, rest) = (value && next, after);
    }
    (value, rest)
}

fn one<'w, 't>(words: &'w [&'t str], allowed: &[String]) -> (bool, &'w [&'t str]) {
    match words {
        ["(", inner @ ..] => {
            let (value, rest) = either(inner, allowed);
            (value, rest.strip_prefix(&[")"]).unwrap_or(rest))
        }
        [licence, "WITH", exception, rest @ ..] => (allowed.contains(&format!("{licence} WITH {exception}")), rest),
        [licence, rest @ ..] => (allowed.iter().any(|known| known == licence), rest),
        [] => (false, &[]),
    }
}

fn none_is_there_twice() -> Outcome {
    let lock: toml::Table = fs::read_to_string(support::root().join("Cargo.lock"))?.parse()?;
    let known = words(&settings()?, "bans", "skip");
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in lock.get("package").and_then(toml::Value::as_array).into_iter().flatten() {
        let text = |key: &str| package.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        versions.entry(text("name")).or_default().push(text("version"));
    }
    let names = |known: &str, name: &str| known.split(['@', ':']).next() == Some(name);
    let twice = versions.iter().filter(|(_, versions)| versions.len() > 1);
    let (mut wrong, mut met) = (Vec::new(), BTreeSet::new());
    for (name, versions) in twice {
        met.insert(name.as_str());
        if !known.iter().any(|known| names(known, name)) {
            wrong.push(format!("{name}: {}", versions.join(", ")));
        }
    }
    let stale = known.iter().filter(|known| !met.iter().any(|name| names(known, name)));
    wrong.extend(stale.map(|known| format!("{known} is skipped in deny.toml and is there once")));
    ensure(wrong.is_empty(), || wrong.join("\n"))
}
