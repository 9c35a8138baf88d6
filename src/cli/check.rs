//! `recto check`: the findings, and nothing is written.

use std::path::{Path, PathBuf};

use super::Outcome;
use super::error::Error;
use super::notes::{self, Work};
use super::report;
use super::screen::Screen;
use crate::diagnostic::json::record;

const AFTER_HELP: &str = "\
Examples:
  recto check                   the notes in source-notes/, or else in the current folder
  recto check chapter-2/ a.md   these notes
  recto check --json | jq .     one JSON object a line

Exit codes:
  0  no errors; there may be warnings and notes
  1  something in the notes is in error
  2  could not run";

const LONG_ABOUT: &str = "\
Lists all that is wrong or thin in the notes, sorted by place, each with its remedy; writes nothing.";

/// Lists what is wrong or thin in the notes
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Notes, or folders of notes [default: source-notes if there is one, else the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print findings as JSON, one object a line
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let work = notes::compile(&args.paths, Path::new(notes::OUTPUT))?;
    screen.out(&if args.json { records(&work)? } else { drawn(&work, screen) })?;
    if work.files.is_empty() { Err(Error::NothingRead) } else { Ok(Outcome::of(&work.findings)) }
}

fn records(work: &Work) -> Result<String, Error> {
    work.findings.iter().map(|finding| report::json(&record(finding, &work.files))).collect()
}

fn drawn(work: &Work, screen: &Screen) -> String {
    let look = screen.out_look();
    let out = report::draw(work.findings.iter(), &work.files, look);
    let count = report::count(&work.findings);
    let count = if count.is_empty() { "no findings".to_owned() } else { count };
    let place = match work.files.as_slice() {
        [] => return out,
        [file] => file.path.clone(),
        files => report::plural(files.len(), "file"),
    };
    out + &format!("{} in {place}\n", look.bold(&count))
}
