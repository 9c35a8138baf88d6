//! The command line: what may be typed, and which file of this folder does it.
//!
//! Results go to standard output, findings and progress to standard error, except that findings are
//! what `check` is asked for.

mod build;
mod check;
mod clock;
mod completions;
mod coverage;
mod db;
mod decks;
mod dedupe;
mod error;
mod explain;
mod fresh;
mod gone;
mod identity;
mod import;
mod man;
mod manual;
mod notes;
mod optimize;
mod output;
mod print;
mod progress;
mod push;
mod renamed;
mod report;
mod review;
mod rules;
mod screen;
mod stats;
mod summary;
mod tags;
mod told;
mod trace;
mod watch;

use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Effects, Styles};
use clap::{ColorChoice, CommandFactory, Parser, Subcommand};

use error::Error;
use screen::Screen;

use crate::diagnostic::Finding;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .usage(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .literal(AnsiColor::Cyan.on_default().effects(Effects::BOLD))
    .placeholder(AnsiColor::Cyan.on_default());

const AFTER_HELP: &str = "\
Examples:
  recto build                        compile source-notes/ into decks/
  recto build lecture-3.md -o out    compile one note into out/
  recto review                       today's cards, in the terminal
  recto check                        what is wrong or thin in the notes
  recto print sheet                  a review sheet to print; also cards, quiz, cheat
  recto trace lecture-3.md:12        what became of a line, or where a card came from
  recto rules                        what makes a card
  recto identity                     which card is which, where only you can know

Exit codes:
  0  done; there may be warnings and notes
  1  done as far as possible; something in the notes is in error
  2  could not run";

const LONG_ABOUT: &str = "\
Compiles plain Markdown study notes into flashcards: an Anki package, tables for other programs, and a review database.

Your notes stay plain: no card markup is needed, and nothing is ever written into a note. \
Nothing needs configuring; a recto.toml beside the notes may name the deck, its tags and its language.";

/// Compiles plain Markdown study notes into flashcards
#[derive(Debug, Parser)]
#[command(name = "recto", version, long_about = LONG_ABOUT, after_help = AFTER_HELP, styles = STYLES)]
#[command(arg_required_else_help = true, max_term_width = 100, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colours; `auto` heeds `NO_COLOR` and `CLICOLOR_FORCE`
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Watch(watch::Args),
    Import(import::Args),
    Push(push::Args),
    Check(check::Args),
    Print(print::Args),
    Review(review::Args),
    Dedupe(dedupe::Args),
    Stats(stats::Args),
    Optimize(optimize::Args),
    Db(db::Args),
    Trace(trace::Args),
    Identity(identity::Args),
    Rules(rules::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs the program with the arguments it was started with.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let mut screen = Screen::new(cli.color);
    let done = match &cli.command {
        Command::Build(args) => build::run(args, &mut screen),
        Command::Watch(args) => watch::run(args, &mut screen),
        Command::Import(args) => import::run(args, &mut screen),
        Command::Push(args) => push::run(args, &mut screen),
        Command::Check(args) => check::run(args, &mut screen),
        Command::Print(args) => print::run(args, &mut screen),
        Command::Review(args) => review::run(args, &mut screen),
        Command::Dedupe(args) => dedupe::run(args, &mut screen),
        Command::Stats(args) => stats::run(args, &mut screen),
        Command::Optimize(args) => optimize::run(args, &mut screen),
        Command::Db(args) => db::run(args, &mut screen),
        Command::Trace(args) => trace::run(args, &mut screen),
        Command::Identity(args) => identity::run(args, &mut screen),
        Command::Rules(args) => rules::run(args, &mut screen),
        Command::Completions(args) => completions::run(args, &mut screen),
        Command::Man(args) => man::run(args, &mut screen),
    };
    match done {
        Ok(outcome) => outcome.into(),
        // Who closes a pipe has read enough.
        Err(Error::Stdout(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            screen.error(&error);
            ExitCode::from(2)
        }
    }
}

/// How a command ended that could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing in the notes is in error.
    Clean,
    /// Something is.
    Errors,
}

impl Outcome {
    fn of(findings: &[Finding]) -> Outcome {
        if report::has_errors(findings) { Outcome::Errors } else { Outcome::Clean }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        match outcome {
            Outcome::Clean => ExitCode::SUCCESS,
            Outcome::Errors => ExitCode::from(1),
        }
    }
}

/// Prints help, the version, or what is wrong with the arguments.
fn usage(error: &clap::Error) -> ExitCode {
    // Nobody is left to be told that this could not be printed.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// The whole command, for completions and manual pages.
fn command() -> clap::Command {
    Cli::command()
}
/// Reads a whole number that was typed.
fn number<T: std::str::FromStr>(typed: &str) -> Result<T, String> {
    typed.trim().parse().map_err(|_| "write a whole number such as 20".to_owned())
}
