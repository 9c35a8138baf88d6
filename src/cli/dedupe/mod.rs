//! `recto dedupe`: cards that ask the same, and how recto learns to tell them.

mod against;
mod label;
mod list;
mod source;
mod teach;

use clap::Subcommand;

use super::Outcome;
use super::error::Error;
use super::screen::Screen;

const AFTER_HELP: &str = "\
Examples:
  recto dedupe                               groups of cards made of the notes
  recto dedupe --cards deck.apkg --related   groups in any deck, with what is related
  recto dedupe --cards new.csv --against deck.apkg   what the deck has of new cards already
  recto dedupe explain notes.md:4 notes.md:9 why two cards are or are not one
  recto dedupe label                         judge the pairs that tell most
  recto dedupe train --pairs train.csv --valid valid.csv -o model.json
  recto dedupe eval --model model.json --pairs test.csv";

const LONG_ABOUT: &str = "\
Lists cards that ask the same, with the probability of the least likely pair of each group, and pairs that ask the \
same and answer differently. Nothing is changed: a build merges only what is certain.

recto judges untaught, or with a model learnt from labelled pairs: a table with the columns left_front, left_back, \
right_front, right_back and label (1 the same, 0 different). Everything is computed on this machine.";

/// Lists cards that ask the same, and learns to tell them
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP, args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Task>,
    #[command(flatten)]
    list: list::ListArgs,
}

#[derive(Debug, Subcommand)]
enum Task {
    Explain(list::ExplainArgs),
    Label(label::LabelArgs),
    Train(teach::TrainArgs),
    Eval(teach::EvalArgs),
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    match &args.command {
        None => list::list(&args.list, screen),
        Some(Task::Explain(args)) => list::explain(args, screen),
        Some(Task::Label(args)) => label::label(args, screen),
        Some(Task::Train(args)) => teach::train(args, screen),
        Some(Task::Eval(args)) => teach::eval(args, screen),
    }
}
