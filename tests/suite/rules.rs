//! Every rule and exporter is described, named well, tested, and does what its manual page shows.

use crate::cases::case_names;
use crate::invariants;
use crate::support::{self, Outcome, ensure, same_text};
use libtest_mimic::Trial;
use recto::card::listing::listing;
use recto::export::EXPORTERS;
use recto::rules::{RULES, Rule};
use std::collections::BTreeSet;

/// Two tests for each rule, and the names of rules and exporters.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = RULES.iter().flat_map(rule_trials).collect();
    trials.extend([
        Trial::test("rules: names are unique and in kebab case", || well_named(RULES.iter().map(|rule| rule.name))),
        Trial::test("exporters: names are unique and in kebab case", || {
            well_named(EXPORTERS.iter().map(|exporter| exporter.name))
        }),
        Trial::test("exporters: each is described", exporters_are_described),
    ]);
    trials
}

fn rule_trials(rule: &'static Rule) -> [Trial; 2] {
    [
        Trial::test(format!("rules/{}: the example compiles to what the manual page says", rule.name), || {
            example_holds(rule)
        }),
        Trial::test(format!("rules/{}: is described and has a case", rule.name), || rule_is_complete(rule)),
    ]
}

fn example_holds(rule: &Rule) -> Outcome {
    let (files, out) = support::compile_note("example.md", rule.example.note);
    invariants::check(&files, &support::default_config(), &out)?;
    same_text("the example's cards", rule.example.cards.trim(), listing(&out.deck.cards).trim())?;
    let silent = rule.manual.contains("makes no cards");
    let own = silent || out.deck.cards.iter().any(|card| card.rule == rule.name);
    ensure(own, || "no card of the example is made by this rule".to_owned())
}

fn rule_is_complete(rule: &Rule) -> Outcome {
    let described = !rule.summary.trim().is_empty() && !rule.manual.trim().is_empty();
    ensure(described, || "summary or manual page is missing".to_owned())?;
    ensure(!rule.summary.contains('\n'), || "the summary is one line".to_owned())?;
    let folder = format!("rules/{}/", rule.name);
    let cases = case_names(&support::root().join("tests/cases"));
    ensure(cases.iter().any(|case| case.starts_with(&folder)), || format!("no case below tests/cases/{folder}"))
}

fn exporters_are_described() -> Outcome {
    EXPORTERS.iter().try_for_each(|exporter| {
        let texts = [exporter.summary, exporter.manual, exporter.extension];
        ensure(texts.iter().all(|text| !text.trim().is_empty()), || format!("`{}` lacks a text", exporter.name))
    })
}

/// Fails unless names are unique and in kebab case.
pub(crate) fn well_named<'a>(names: impl Iterator<Item = &'a str>) -> Outcome {
    let mut seen = BTreeSet::new();
    for name in names {
        let kebab = name
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9')));
        ensure(kebab, || format!("`{name}` is not in kebab case"))?;
        ensure(seen.insert(name), || format!("`{name}` is there twice"))?;
    }
    Ok(())
}
