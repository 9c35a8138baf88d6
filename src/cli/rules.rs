//! `recto rules`: the extraction rules, and the manual page of each.

use super::Outcome;
use super::error::Error;
use super::manual;
use super::screen::{Look, Screen};
use crate::config::near;
use crate::rules::{RULES, Rule};

const AFTER_HELP: &str = "\
Examples:
  recto rules                what is looked for in notes, a line a rule
  recto rules NAME           the manual page of one, with a worked example
  recto rules NAME | less    the same, page by page

A rule is switched off in recto.toml:
  [rules]
  off = [\"NAME\"]";

/// Shows what makes a card: the extraction rules and their manual pages
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The rule whose manual page is wanted
    name: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let look = screen.out_look();
    let text = match &args.name {
        None => overview(look),
        Some(name) => match RULES.iter().find(|rule| rule.name == name.as_str()) {
            Some(rule) => page(rule, look),
            None => return Err(Error::NoRule(name.clone(), near(name, &names()))),
        },
    };
    screen.out(&text)?;
    Ok(Outcome::Clean)
}

fn names() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.name).collect()
}

fn overview(look: Look) -> String {
    let widest = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let line = |rule: &Rule| {
        let gap = " ".repeat(widest - rule.name.len() + 2);
        format!("{}{gap}{}\n", look.bold(rule.name), rule.summary)
    };
    let mut out: String = RULES.iter().map(line).collect();
    out.push_str("\nWhere two rules claim the same words, the upper one wins. `recto rules NAME` tells more.\n");
    out
}

/// The manual page of a rule with its worked example.
fn page(rule: &Rule, look: Look) -> String {
    let mut out = format!("{} - {}\n\n", look.bold(rule.name), rule.summary);
    out.push_str(&manual::render(rule.manual, look));
    for (heading, text) in [("In the notes", rule.example.note), ("On the cards", rule.example.cards)] {
        out.push_str(&["\n", &look.bold(heading), "\n\n", &manual::indented(text, 4)].concat());
    }
    out
}
