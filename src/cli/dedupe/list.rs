//! `recto dedupe` itself and `recto dedupe explain`: the groups of a deck, and why two cards are or are not one.

use std::path::PathBuf;

use serde::Serialize;

use super::super::error::Error;
use super::super::screen::{Look, Screen};
use super::super::{Outcome, report};
use super::source::{Known, Source};
use super::{against, teach};
use crate::dedupe::block::Effort;
use crate::dedupe::face::{Face, GAP};
use crate::dedupe::group::{self, Found, Links};
use crate::dedupe::judge::{Judge, Relation, Verdict, shared_words};

/// What `recto dedupe` takes.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Notes, or folders of notes [default: source-notes if there is one, else the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    source: Source,
    /// Set the cards against those of this deck in place of each other: only what is new is compared. An index of the
    /// deck is kept beside it (FILE.matches); it may be deleted at any time
    #[arg(long, value_name = "FILE", conflicts_with_all = ["labels", "accuracy_cost"])]
    against: Option<PathBuf>,
    /// Labels that the groups abide by [default: DECK.labels.csv beside the deck, where `recto dedupe label` puts them]
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// How thoroughly to search, from 0, the quickest, to 1
    #[arg(long, value_name = "DIAL", default_value_t = 0.7)]
    accuracy_cost: f64,
    /// Show reverse cards, siblings and conflicts, too
    #[arg(long)]
    related: bool,
    /// Print the groups as JSON
    #[arg(long)]
    json: bool,
}

/// Says why two cards are or are not one
///
/// A card is named by some of its words, by its place as `recto dedupe` shows it, or by its number.
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// One card
    #[arg(value_name = "CARD")]
    one: String,
    /// The other
    #[arg(value_name = "CARD")]
    other: String,
    #[command(flatten)]
    source: Source,
}

#[derive(Serialize)]
struct GroupRecord<'a> {
    match_id: &'a str,
    weakest: f64,
    guards: &'a [String],
    cards: Vec<CardRecord<'a>>,
}

#[derive(Serialize)]
pub(super) struct CardRecord<'a> {
    place: &'a str,
    front: String,
    back: &'a str,
}

#[derive(Serialize)]
struct RelatedRecord<'a> {
    relation: &'static str,
    cards: [CardRecord<'a>; 2],
}

#[derive(Serialize)]
struct Listing<'a> {
    cards: usize,
    compared: usize,
    /// Of the pairs that labels call the same, those that the search found; left out without such labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocking_recall: Option<f64>,
    groups: Vec<GroupRecord<'a>>,
    related: Vec<RelatedRecord<'a>>,
}

/// Lists the groups.
pub(super) fn list(args: &ListArgs, screen: &mut Screen) -> Result<Outcome, Error> {
    let Known { faces, model, labels, .. } = args.source.known(&args.paths)?;
    if let Some(deck) = &args.against {
        let wanted = against::Wanted { related: args.related, json: args.json };
        return against::run(&faces, (deck, model.as_ref()), wanted, screen);
    }
    let labels = args.labels.as_deref().map_or(Ok(labels), teach::read)?;
    let links = Links::of(&faces, &labels);
    let effort = Effort { related: args.related, ..Effort::of(args.accuracy_cost) };
    let mut found = group::find(&faces, model.as_ref(), effort, &links);
    found.related.retain(|(_, _, verdict)| args.related || verdict.relation == Relation::Conflict);
    let text = if args.json { json(&faces, &found)? } else { drawn(&faces, &found, screen.out_look()) };
    screen.out(&text)?;
    Ok(Outcome::Clean)
}

/// A card for JSON.
pub(super) fn record(face: &Face) -> CardRecord<'_> {
    CardRecord { place: &face.place, front: front(face), back: &face.answer }
}

fn front(face: &Face) -> String {
    face.ask.replace(GAP, "[…]").trim().replace('\n', " / ")
}

fn json(faces: &[Face], found: &Found) -> Result<String, Error> {
    let groups = found.groups.iter().map(|group| GroupRecord {
        match_id: &group.id,
        weakest: group.weakest,
        guards: &group.guards,
        cards: group.members.iter().map(|member| record(&faces[*member])).collect(),
    });
    let related = found.related.iter().map(|(a, b, verdict)| RelatedRecord {
        relation: verdict.relation.name(),
        cards: [record(&faces[*a]), record(&faces[*b])],
    });
    let (groups, related) = (groups.collect(), related.collect());
    let (met, all) = found.searched;
    let blocking_recall = (all > 0).then(|| crate::dedupe::metrics::ratio(met, all));
    report::json(&Listing { cards: faces.len(), compared: found.compared, blocking_recall, groups, related })
}

/// A card on a line.
pub(super) fn line(face: &Face, look: Look) -> String {
    let answer = face.answer.replace('\n', " / ");
    format!("  {}  {} → {answer}\n", look.dim(&face.place), front(face))
}

fn drawn(faces: &[Face], found: &Found, look: Look) -> String {
    let mut out = String::new();
    for group in &found.groups {
        let guards = if group.guards.is_empty() { String::new() } else { format!("; but {}", group.guards.join(", ")) };
        let head = format!("{}  {:.0} %{guards}", group.id, group.weakest * 100.0);
        out.push_str(&[&look.bold(&head), "\n"].concat());
        out.extend(group.members.iter().map(|member| line(&faces[*member], look)));
        out.push('\n');
    }
    for (a, b, verdict) in &found.related {
        out.push_str(
            &[&look.bold(verdict.relation.name()), "\n", &line(&faces[*a], look), &line(&faces[*b], look), "\n"]
                .concat(),
        );
    }
    let groups = report::plural(found.groups.len(), "group");
    let known = match found.searched {
        (_, 0) => String::new(),
        (met, all) => format!("; the search met {met} of {all} pairs that labels call the same"),
    };
    out + &format!("{groups} among {}{known}\n", report::plural(faces.len(), "card"))
}

/// Explains a pair.
pub(super) fn explain(args: &ExplainArgs, screen: &mut Screen) -> Result<Outcome, Error> {
    let Known { faces, model, .. } = args.source.known(&[])?;
    let judge = Judge::new(&faces, model.as_ref());
    let (one, other) = (named(&faces, &args.one)?, named(&faces, &args.other)?);
    let (a, b) = (judge.know(one), judge.know(other));
    let verdict = judge.verdict(&a, &b);
    let look = screen.out_look();
    let mut out = String::new();
    for face in [one, other] {
        let answer = face.answer.replace('\n', " / ");
        out.extend([look.dim(&face.place), "  ".into(), front(face), " → ".into(), answer, "\n".into()]);
    }
    out.push_str(&told(&verdict, &judge.evidence(&a, &b), &shared_words(&a, &b), look));
    screen.out(&out)?;
    Ok(Outcome::Clean)
}

fn told(verdict: &Verdict, evidence: &[(String, f64)], words: &[Vec<String>; 3], look: Look) -> String {
    let head = format!("{}, {:.0} %", verdict.relation.name(), verdict.probability * 100.0);
    let mut out = format!("\n{}\n", look.bold(&head));
    out.extend(evidence.iter().map(|(words, weight)| format!("  {weight:+5.1}  {words}\n")));
    out.extend(verdict.guards.iter().map(|guard| format!("   ask   {guard}\n")));
    let labels = ["both have", "only the first has", "only the second has"];
    let some = labels.iter().zip(words).filter(|(_, words)| !words.is_empty());
    out.extend(some.map(|(label, words)| format!("  {label}: {}\n", words.join(", "))));
    out
}

/// The card that is meant: by number, by place, or by its words.
fn named<'a>(faces: &'a [Face], name: &str) -> Result<&'a Face, Error> {
    let number = name.parse::<usize>().ok().and_then(|number| faces.get(number.checked_sub(1)?));
    let folded = name.to_lowercase();
    let place = || faces.iter().find(|face| face.place == name || face.place.ends_with(&format!("/{name}")));
    let words = || faces.iter().find(|face| front(face).to_lowercase().contains(&folded));
    number.or_else(place).or_else(words).ok_or_else(|| Error::NoFace(name.to_owned()))
}
