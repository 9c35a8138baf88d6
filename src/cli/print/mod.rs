//! `recto print`: cards, sheets, quizzes and cheat sheets on paper.

mod choose;
mod make;
mod wishes;

use std::path::PathBuf;

use super::error::Error;
use super::notes::{self, Work};
use super::screen::Screen;
use super::{Outcome, output, report};
use crate::diagnostic::{self, Finding, Severity};
use crate::export::print::{FlowForm, Form, KINDS, Kind};
use crate::load;

const AFTER_HELP: &str = "\
Examples:
  recto print sheet                       a review sheet, with a column of answers to cover
  recto print cards notes/ -o out         flashcards to cut out, eight to a page
  recto print cards --backs fold          the same for a printer that prints on one side
  recto print cards --calibrate           with a sheet that shows how well fronts meet backs
  recto print quiz --limit 20 --seed 7    twenty questions, shuffled alike whenever the seed is 7
  recto print sheet,cheat --tag s3        two at once, of the cards with a tag
  recto print sheet --due                 what is due today, with boxes to tick, for a day without a screen
                                          (`--due --new`: with the new cards of today);
                                          enter the grades with `recto review --from-paper`

Print cards on both sides at actual size, turned over the long edge.

Exit codes:
  0  done; there may be warnings and notes
  1  done as far as possible; something in the notes is in error
  2  could not run";

const LONG_ABOUT: &str = "\
Prints the cards of the notes: to be cut out, as a review sheet, as a quiz with its key, or as a cheat sheet, as \
PDF or as one HTML file that holds its style, formulas and pictures.

Equal notes, options and date give equal bytes.";

/// Prints flashcards to cut out, review sheets, quizzes and cheat sheets
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// What to print: cards, sheet, quiz or cheat; several, with commas between
    #[arg(value_name = "WHAT", required = true, value_parser = kinds)]
    what: Kinds,
    /// Notes, or folders of notes [default: source-notes if there is one, else the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "paper")]
    output: PathBuf,
    /// Print nothing but errors
    #[arg(short, long)]
    quiet: bool,
    /// Print a sheet, too, by which it can be seen how well the printer meets fronts with backs
    #[cfg(feature = "print")]
    #[arg(long)]
    calibrate: bool,
    #[command(flatten)]
    choice: choose::Choosing,
    #[command(flatten)]
    wishes: wishes::Wishes,
}

/// Kinds of paper, as they are typed.
#[derive(Debug, Clone)]
struct Kinds(Vec<&'static Kind>);

/// Reads `sheet,cheat`; the order is that of [`KINDS`].
fn kinds(typed: &str) -> Result<Kinds, String> {
    let names: Vec<&str> = typed.split(',').map(str::trim).collect();
    match names.iter().find(|name| KINDS.iter().all(|kind| kind.name != **name)) {
        Some(unknown) => Err(format!("there is no kind of paper `{unknown}`; there are cards, sheet, quiz and cheat")),
        None => Ok(Kinds(KINDS.iter().filter(|kind| names.contains(&kind.name)).collect())),
    }
}

/// Runs the command. All bytes are made before the first is written.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let mut work = notes::compile(&args.paths, args.choice.decks())?;
    load::hold_media(&mut work.deck.media).map_err(|(path, error)| Error::Read(path, error))?;
    let mut choosing = args.choice.clone();
    choosing.find_names(&work.deck)?;
    let choice = choosing.read()?;
    let (mut made, mut findings) = (Vec::new(), Vec::new());
    let maker = make::Maker::new(&work, &args.wishes, &args.output, choice.today())?;
    for kind in &args.what.0 {
        let chosen = choice.positions(&work.deck, kind);
        if !chosen.is_empty() {
            made.push(maker.make(kind, &chosen, &mut findings)?);
            // A cheat sheet asks nothing.
            if choice.today().is_some() && kind.form != Form::Flow(FlowForm::Cheat) {
                made.push(maker.form(kind, &chosen));
            }
        }
    }
    #[cfg(feature = "print")]
    if args.calibrate {
        made.push(maker.proof()?);
    }
    add(&mut work, findings);
    let least = if args.quiet { Severity::Error } else { Severity::Warning };
    let shown = work.findings.iter().filter(|finding| finding.severity <= least);
    let drawn = report::draw(shown, &work.files, screen.err_look());
    screen.err(&drawn);
    if work.files.is_empty() {
        return Err(Error::NothingRead);
    }
    if made.is_empty() {
        screen.err(&format!("{}\n", choice.nothing(&work.deck)));
    } else {
        write(args, made, screen)?;
    }
    Ok(Outcome::of(&work.findings))
}

fn write(args: &Args, made: Vec<make::Made>, screen: &mut Screen) -> Result<(), Error> {
    output::folder(&args.output)?;
    for file in made {
        let changed = output::write(&file.path, &file.bytes)?;
        if !args.quiet {
            screen.out(&file.line(changed, screen.out_look()))?;
        }
    }
    Ok(())
}

/// Adds what printing found to what is known, as settings and comments in the notes want it.
fn add(work: &mut Work, findings: Vec<Finding>) {
    let sifted = work.allows.sift(findings);
    let mut kept = work.config.levels.settle(sifted.kept).kept;
    work.findings.append(&mut kept);
    diagnostic::sort(&mut work.findings, &work.files);
}
