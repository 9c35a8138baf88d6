//! `recto dedupe`: cards that ask the same, and how recto learns to tell them.

mod teach;

use clap::Subcommand;

use super::Outcome;
use super::error::Error;
use super::screen::Screen;

const AFTER_HELP: &str = "\
Examples:
  recto dedupe train --pairs train.csv --valid valid.csv -o model.json
  recto dedupe eval --model model.json --pairs test.csv
  recto dedupe eval --pairs test.csv --json    what recto knows untaught";

const LONG_ABOUT: &str = "\
Teaches recto which cards ask the same, and measures how well it tells them.

Pairs come as a table with the columns left_front, left_back, right_front, right_back and label (1 the same, \
0 different). Everything is computed on this machine.";

/// Teaches which cards ask the same, and measures it
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Train(teach::TrainArgs),
    Eval(teach::EvalArgs),
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    match &args.command {
        Task::Train(args) => teach::train(args, screen),
        Task::Eval(args) => teach::eval(args, screen),
    }
}
