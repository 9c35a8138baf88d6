//! `recto trace`: which cards came of a line, and which lines a card came of.

#![expect(clippy::disallowed_methods, reason = "cli looks whether a note that is named lies on the disc")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::error::Error;
use super::notes::{self, Work};
use super::screen::{Look, Screen};
use super::{Outcome, report};
use crate::card::Card;
use crate::card::listing::listing;
use crate::coverage::{Coverage, State, What};
use crate::diagnostic::Finding;
use crate::diagnostic::json::{Record, record};
use crate::diagnostic::render::visible;
use crate::export;
use crate::rules::RULES;
use crate::trace::{self, CardTrace, LineTrace, NoCard, Target};

const AFTER_HELP: &str = "\
Examples:
  recto trace notes/s3.md:24     the cards that came of line 24, or why there is none
  recto trace s3.md:24           the same, if only one note is called so
  recto trace 3tU9GxDVNOjP       the lines that a card came of, and the rule that made it
  recto trace 3tU9               the same, if no other card's id begins so

A card's id is in the column `guid` of the CSV file and in the field `id` of the JSON Lines file.";

const LONG_ABOUT: &str = "\
Tells which cards came of a line of a note and through which rule, or why none did; and of a card the lines \
it came of. The notes are compiled anew, and nothing is written.";

/// Tells which cards came of a line, or which lines a card came of
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// A line of a note as `FILE:LINE`, or a card's id or the beginning of it
    #[arg(value_name = "TARGET")]
    target: String,
    /// Notes, or folders of notes [default: source-notes if there is one, else the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let target = Target::parse(&args.target).ok_or_else(|| Error::NoTarget(args.target.clone()))?;
    let work = notes::compile(&args.paths, Path::new(notes::OUTPUT))?;
    let look = screen.out_look();
    let text = match &target {
        Target::Line { path, line } => match trace::find_file(&work.files, path) {
            Some(_) => of_line(&work, (path, *line), args.json, look)?,
            // A note that is none of the usual ones is looked at by itself.
            None if args.paths.is_empty() && Path::new(path).is_file() => {
                let work = notes::compile(&[PathBuf::from(path)], Path::new(notes::OUTPUT))?;
                of_line(&work, (path, *line), args.json, look)?
            }
            None => return Err(Error::NoNote(path.clone())),
        },
        Target::Card(id) => of_card(&work, id, args.json, look)?,
    };
    screen.out(&text)?;
    Ok(Outcome::Clean)
}

fn of_line(work: &Work, (path, line): (&str, usize), json: bool, look: Look) -> Result<String, Error> {
    let file = trace::find_file(&work.files, path).ok_or_else(|| Error::NoNote(path.to_owned()))?;
    let coverage: Coverage = work.coverage();
    let found = work.findings.iter().chain(&work.allowed);
    let last = file.text.lines().count();
    let traced = trace::line((file, line), &coverage, &work.deck.cards, found).filter(|_| line <= last);
    let traced = traced.ok_or_else(|| Error::NoLine(file.path.clone(), line, last))?;
    if json { report::json(&line_record(&traced, work)) } else { Ok(line_text(&traced, work, look)) }
}

fn of_card(work: &Work, id: &str, json: bool, look: Look) -> Result<String, Error> {
    let card = trace::find_card(&work.deck.cards, id).map_err(|error| match error {
        NoCard::Unknown => Error::NoCard(id.to_owned()),
        NoCard::Several(ids) => Error::SeveralCards(id.to_owned(), ids),
    })?;
    let found = work.findings.iter().chain(&work.allowed);
    let traced = trace::card(card, &work.files, found).ok_or_else(|| Error::NoCard(id.to_owned()))?;
    if json { report::json(&card_record(&traced, work)) } else { Ok(card_text(&traced, work, look)) }
}

fn line_text(traced: &LineTrace, work: &Work, look: Look) -> String {
    let place = format!("{}:{}", visible(&traced.file.path), traced.line);
    let mut out = format!("{}  {}\n\n", look.bold(&place), traced.what.describe());
    out.push_str(&quoted(&[(traced.line, trace::line_of(traced.file, traced.line).unwrap_or_default())]));
    out.push_str(&["\n", &verdict(traced), "\n"].concat());
    for card in &traced.cards {
        let head = format!("{}  {}, from {}", look.bold(&card.id.0), card.rule, lines(card));
        out.push_str(&["\n", &head, "\n", &body(card)].concat());
    }
    let missed = traced.statements.iter().filter(|(_, state)| *state != State::Covered);
    for (text, state) in missed.filter(|_| traced.statements.len() > 1 || !traced.cards.is_empty()) {
        let how = if *state == State::Partly { "on cards in part" } else { "on no card" };
        let _ = write!(out, "\n{how}: {}\n", visible(text));
    }
    if !traced.findings.is_empty() {
        out.push('\n');
        out.push_str(&report::draw(traced.findings.iter().copied(), &work.files, look));
    }
    out
}

/// What became of a line, in a sentence.
fn verdict(traced: &LineTrace) -> String {
    let cards = match traced.cards.len() {
        0 => String::new(),
        1 => "one card shows words of it:".to_owned(),
        number => format!("{number} cards show words of it:"),
    };
    match (traced.cards.is_empty(), traced.what) {
        (false, _) => cards,
        (true, What::Statement) if traced.findings.is_empty() => "no card came of it: no rule reads it".to_owned(),
        (true, What::Statement) => "no card came of it:".to_owned(),
        (true, what) => format!("no card came of it: it is {}", what.describe()),
    }
}

fn card_text(traced: &CardTrace, work: &Work, look: Look) -> String {
    let card = traced.card;
    let mut out = format!("{}  {}\n\n{}\n", look.bold(&card.id.0), visible(&lines(card)), quoted(&traced.lines));
    let summary = RULES.iter().find(|rule| rule.name == card.rule).map_or("", |rule| rule.summary);
    let fields = [
        ("rule", format!("{}: {summary}", card.rule)),
        ("kind", card.kind.name().to_owned()),
        ("trail", card.trail.join(" › ")),
        ("deck", card.deck.clone()),
        ("tags", card.tags.join(" ")),
    ];
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "{}  {}", look.dim(&format!("{name:<5}")), visible(value));
    }
    out.push_str(&["\n", &body(card)].concat());
    if !traced.findings.is_empty() {
        out.push('\n');
        out.push_str(&report::draw(traced.findings.iter().copied(), &work.files, look));
    }
    out
}

/// The file and lines of a card.
fn lines(card: &Card) -> String {
    let source = &card.source;
    let end = if source.line == source.end_line { String::new() } else { format!("-{}", source.end_line) };
    format!("{}:{}{end}", source.file, source.line)
}

/// What a card says, without the line that says where it is from.
fn body(card: &Card) -> String {
    let listed = listing(std::slice::from_ref(card));
    let shown = listed.split_once('\n').map_or("", |(_, body)| body);
    shown.lines().map(|line| visible(line).into_owned() + "\n").collect()
}

/// Lines of a note behind their numbers.
fn quoted(lines: &[(usize, &str)]) -> String {
    let width = lines.last().map_or(1, |(number, _)| number.to_string().len());
    let line =
        |(number, text): &(usize, &str)| format!("{number:>width$} | {}", visible(text)).trim_end().to_owned() + "\n";
    lines.iter().map(line).collect()
}

#[derive(Serialize)]
struct LineRecord<'a, C: Serialize> {
    file: &'a str,
    line: usize,
    text: &'a str,
    what: &'static str,
    statements: Vec<StatementRecord<'a>>,
    cards: Vec<C>,
    findings: Vec<Record<'a>>,
}

#[derive(Serialize)]
struct StatementRecord<'a> {
    text: &'a str,
    /// `covered`, `partly` or `missed`.
    state: &'static str,
}

#[derive(Serialize)]
struct CardRecord<'a, C: Serialize> {
    card: C,
    lines: Vec<QuotedRecord<'a>>,
    findings: Vec<Record<'a>>,
}

#[derive(Serialize)]
struct QuotedRecord<'a> {
    line: usize,
    text: &'a str,
}

fn line_record<'a>(traced: &'a LineTrace, work: &'a Work) -> impl Serialize + 'a {
    let statement = |(text, state): &(&'a str, State)| StatementRecord {
        text,
        state: match state {
            State::Covered => "covered",
            State::Partly => "partly",
            State::Missed => "missed",
        },
    };
    LineRecord {
        file: &traced.file.path,
        line: traced.line,
        text: trace::line_of(traced.file, traced.line).unwrap_or_default(),
        what: traced.what.describe(),
        statements: traced.statements.iter().map(statement).collect(),
        cards: traced.cards.iter().map(|card| export::record(card)).collect(),
        findings: records(&traced.findings, work),
    }
}

fn card_record<'a>(traced: &'a CardTrace, work: &'a Work) -> impl Serialize + 'a {
    CardRecord {
        card: export::record(traced.card),
        lines: traced.lines.iter().map(|(line, text)| QuotedRecord { line: *line, text }).collect(),
        findings: records(&traced.findings, work),
    }
}

fn records<'a>(findings: &[&'a Finding], work: &'a Work) -> Vec<Record<'a>> {
    findings.iter().map(|finding| record(finding, &work.files)).collect()
}
