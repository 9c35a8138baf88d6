//! `recto dedupe --against DECK`: what a deck has of new cards already.

use std::path::Path;

use serde::Serialize;

use super::super::error::Error;
use super::super::screen::Screen;
use super::super::{Outcome, report};
use super::list::{CardRecord, line, record};
use crate::dedupe::face::Face;
use crate::dedupe::index::Match;
use crate::dedupe::judge::Relation;
use crate::dedupe::model::Model;
use crate::load;

/// What is to be shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// Reverse cards and siblings, too.
    pub(super) related: bool,
    /// As JSON.
    pub(super) json: bool,
}

#[derive(Serialize)]
struct Listing<'a> {
    cards: usize,
    against: usize,
    matches: Vec<MatchRecord<'a>>,
}

#[derive(Serialize)]
struct MatchRecord<'a> {
    card: CardRecord<'a>,
    relation: &'static str,
    probability: f64,
    guards: &'a [String],
    known: CardRecord<'a>,
}

/// Sets cards against a deck.
pub(super) fn run(
    faces: &[Face],
    (deck, model): (&Path, Option<&Model>),
    wanted: Wanted,
    screen: &mut Screen,
) -> Result<Outcome, Error> {
    let mut index = load::index_of(deck).map_err(|why| Error::Misread(deck.to_owned(), why))?;
    let mut found = index.matches(faces, model).map_err(|error| Error::Read(deck.to_owned(), error))?;
    let telling = |found: &Match| matches!(found.verdict.relation, Relation::Duplicate | Relation::Conflict);
    found.retain(|found| wanted.related || telling(found));
    let text = if wanted.json { json(faces, index.len(), &found)? } else { drawn(faces, index.len(), &found, screen) };
    screen.out(&text)?;
    Ok(Outcome::Clean)
}

fn json(faces: &[Face], against: usize, found: &[Match]) -> Result<String, Error> {
    let matches = found.iter().map(|found| MatchRecord {
        card: record(&faces[found.new]),
        relation: found.verdict.relation.name(),
        probability: found.verdict.probability,
        guards: &found.verdict.guards,
        known: record(&found.old),
    });
    report::json(&Listing { cards: faces.len(), against, matches: matches.collect() })
}

fn drawn(faces: &[Face], against: usize, found: &[Match], screen: &Screen) -> String {
    let look = screen.out_look();
    let mut out = String::new();
    for of_one in found.chunk_by(|a, b| a.new == b.new) {
        out.push_str(&line(&faces[of_one[0].new], look));
        for Match { old, verdict, .. } in of_one {
            let guards =
                if verdict.guards.is_empty() { String::new() } else { format!("; but {}", verdict.guards.join(", ")) };
            let head = format!("{}  {:.0} %{guards}", verdict.relation.name(), verdict.probability * 100.0);
            out.extend(["    ", &look.bold(&head), "\n  ", &line(old, look)]);
        }
        out.push('\n');
    }
    let known = found
        .chunk_by(|a, b| a.new == b.new)
        .filter(|of_one| of_one.iter().any(|found| found.verdict.relation == Relation::Duplicate));
    let (known, new) = (known.count(), report::plural(faces.len(), "card"));
    out + &format!("{known} of {new} are among the {against} of the deck already\n")
}
