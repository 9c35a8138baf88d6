//! `recto dedupe label`: asks for a person's judgement of pairs, and keeps it in a table.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, stdin};
use std::path::{Path, PathBuf};

use super::super::error::Error;
use super::super::screen::Screen;
use super::super::{Outcome, output, report};
use super::list::line;
use super::source::{Known, Source};
use super::teach;
use crate::dedupe::ask::{self, Question};
use crate::dedupe::audit::{self, Drawn, Stratum};
use crate::dedupe::entry::Entry;
use crate::dedupe::face::Face;
use crate::dedupe::pairs::{self, Pair};
use crate::dedupe::sets;

const AFTER_HELP: &str = "\
Examples:
  recto dedupe label                    asks for 20 pairs of the notes' cards
  recto dedupe label --cards deck.apkg  of any deck; labels go to deck.labels.csv
  recto dedupe train                    then learn from them
  recto dedupe label --audit            asks for a fair sample, to measure

Answers: y the same, n not the same, s skip, u undo the last answer, q stop";

/// Asks which cards are the same, the most telling pairs first
///
/// Each answer is written at once, so you may stop at any time and go on later. The table is what
/// `recto dedupe train` learns from and what `build` and `recto dedupe` abide by.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct LabelArgs {
    /// Notes, or folders of notes [default: source-notes if there is one, else the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    source: Source,
    /// The table of labels; what it holds already is kept and not asked again [default: DECK.labels.csv beside the
    /// deck, where `build` and `recto dedupe` look for it]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write labelling sets as AWS Glue's FindMatches has them
    #[arg(long)]
    sets: bool,
    /// How many pairs to ask for [default: 20; of an audit 200]
    #[arg(long, value_name = "NUMBER", value_parser = crate::cli::number::<usize>)]
    count: Option<usize>,
    /// Ask for a fair sample in place of the most telling pairs: `recto dedupe eval` tells from it how good recto is
    #[arg(long, conflicts_with = "sets")]
    audit: bool,
}

/// What a person typed.
enum Answer {
    Same(bool),
    Skip,
    Undo,
    Stop,
    Unclear,
}

/// Runs the command.
pub(super) fn label(args: &LabelArgs, screen: &mut Screen) -> Result<Outcome, Error> {
    let known = args.source.known(&args.paths)?;
    if args.audit {
        return audit(args, &known, screen);
    }
    let (faces, path) = (known.faces, args.output.as_ref().unwrap_or(&known.labels_at));
    let mut labels = if output::size(path) > 0 { teach::read(path)? } else { Vec::new() };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        output::folder(folder)?;
    }
    let before = labels.len();
    let questions = ask::questions(&faces, known.model.as_ref(), &labels, args.count.unwrap_or(20));
    let keep = |labels: &[Pair]| save(path, labels, args.sets);
    ask_all(&keep, (&faces, &questions), &mut labels, screen)?;
    let new = report::plural(labels.len().saturating_sub(before), "label");
    screen.out(&format!("\n{new} added, {} in {}\n", labels.len(), path.display()))?;
    Ok(Outcome::Clean)
}

/// Asks for the labels of an audit. Those of an earlier deck or model are dropped, since they stand for other pairs.
fn audit(args: &LabelArgs, known: &Known, screen: &mut Screen) -> Result<Outcome, Error> {
    let path = args.output.as_ref().unwrap_or(&known.audit_at);
    let drawn = ask::audit(&known.faces, known.model.as_ref(), args.count.unwrap_or(200));
    let asked = |question: &Question| ask::pair(&known.faces[question.left], &known.faces[question.right], true);
    let strata: BTreeMap<(Entry, Entry), Stratum> =
        drawn.iter().map(|(question, stratum)| (audit::key(&asked(question)), *stratum)).collect();
    let before = if output::size(path) > 0 { teach::audited(path)? } else { Vec::new() };
    let valid = before.iter().map(|drawn| drawn.pair.clone()).filter(|pair| strata.contains_key(&audit::key(pair)));
    let mut labels: Vec<Pair> = valid.collect();
    let done: BTreeSet<(Entry, Entry)> = labels.iter().map(audit::key).collect();
    let open = drawn.into_iter().map(|(question, _)| question);
    let questions: Vec<Question> = open.filter(|question| !done.contains(&audit::key(&asked(question)))).collect();
    let keep = |labels: &[Pair]| {
        let row = |pair: &Pair| Some(Drawn { stratum: *strata.get(&audit::key(pair))?, pair: pair.clone() });
        let rows: Vec<Drawn> = labels.iter().filter_map(row).collect();
        let text = audit::print(&rows).map_err(|why| Error::Misread(path.clone(), why))?;
        output::write(path, text.as_bytes()).map(|_| ())
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        output::folder(folder)?;
    }
    ask_all(&keep, (&known.faces, &questions), &mut labels, screen)?;
    let (all, asked_for) = (report::plural(labels.len(), "label"), strata.len());
    screen.out(&format!("\n{all} of {asked_for} in {}; `recto dedupe eval` tells what they say\n", path.display()))?;
    Ok(Outcome::Clean)
}

fn ask_all(
    keep: &dyn Fn(&[Pair]) -> Result<(), Error>,
    (faces, questions): (&[Face], &[Question]),
    labels: &mut Vec<Pair>,
    screen: &mut Screen,
) -> Result<(), Error> {
    let mut lines = stdin().lock().lines();
    // The questions that were answered, so that an answer can be taken back.
    let mut given: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(question) = questions.get(at) {
        screen.out(&asked((at + 1, questions.len()), faces, question, screen.out_look()))?;
        let Some(Ok(typed)) = lines.next() else { break };
        match answer(&typed) {
            Answer::Same(same) => {
                labels.push(ask::pair(&faces[question.left], &faces[question.right], same));
                keep(labels)?;
                given.push(at);
                at += 1;
            }
            Answer::Skip => at += 1,
            Answer::Undo => {
                if let Some(last) = given.pop() {
                    labels.pop();
                    keep(labels)?;
                    at = last;
                }
            }
            Answer::Stop => break,
            Answer::Unclear => screen.out("y the same, n not the same, s skip, u undo, q stop\n")?,
        }
    }
    Ok(())
}

fn asked(
    (number, all): (usize, usize),
    faces: &[Face],
    question: &Question,
    look: super::super::screen::Look,
) -> String {
    let verdict = &question.verdict;
    let guards = if verdict.guards.is_empty() { String::new() } else { format!("; but {}", verdict.guards.join(", ")) };
    let head = format!("{number}/{all}  {:.0} %{guards}", verdict.probability * 100.0);
    let cards = [question.left, question.right].map(|card| line(&faces[card], look));
    format!("\n{}\n{}{}the same? [y/n/s/u/q] ", look.bold(&head), cards[0], cards[1])
}

fn answer(typed: &str) -> Answer {
    match typed.trim().to_lowercase().as_str() {
        "y" | "yes" => Answer::Same(true),
        "n" | "no" => Answer::Same(false),
        "s" | "skip" => Answer::Skip,
        "u" | "undo" => Answer::Undo,
        "q" | "quit" => Answer::Stop,
        _ => Answer::Unclear,
    }
}

fn save(path: &Path, labels: &[Pair], as_sets: bool) -> Result<(), Error> {
    let text = if as_sets { sets::print(labels) } else { pairs::print(labels) };
    let text = text.map_err(|why| Error::Misread(path.to_owned(), why))?;
    output::write(path, text.as_bytes()).map(|_| ())
}
