//! `recto check`: the findings, and nothing is written.

use std::io;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::error::Error;
use super::explain;
use super::notes::{self, Work};
use super::screen::Screen;
use super::{coverage, output, report};
use crate::coverage::page;
use crate::diagnostic::json::record;

const AFTER_HELP: &str = "\
Examples:
  recto check                   the notes in source-notes/, or else in the current folder
  recto check chapter-2/ a.md   these notes
  recto check --json | jq .     one JSON object a line
  recto check --coverage        how much of the notes became cards
  recto check --explain         what can be found, a line a finding
  recto check --explain CODE    what a finding means, and what to do

Exit codes:
  0  no errors; there may be warnings and notes
  1  something in the notes is in error
  2  could not run";

const LONG_ABOUT: &str = "\
Lists all that is wrong or thin in the notes, sorted by place, each with its remedy; or how much of \
them became cards. Nothing is written but the page that you name.";

/// Lists what is wrong or thin in the notes
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Notes, or folders of notes [default: source-notes if there is one, else the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print JSON: an object a line for each finding, or one for coverage
    #[arg(long)]
    json: bool,
    /// Print how much of the notes became cards, and what did not, in place of the findings
    #[arg(long)]
    coverage: bool,
    /// Write a page that shows the notes with their cards beside them, for a browser
    #[arg(long, value_name = "FILE")]
    coverage_html: Option<PathBuf>,
    /// Print the page of a finding; without CODE, the list of all
    #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["paths", "json", "coverage", "coverage_html"])]
    explain: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    if let Some(code) = &args.explain {
        screen.out(&explain::text(code, screen.out_look())?)?;
        return Ok(Outcome::Clean);
    }
    let work = notes::compile(&args.paths, Path::new(notes::OUTPUT))?;
    if (args.coverage || args.coverage_html.is_some()) && !work.files.is_empty() {
        cover(args, &work, screen)?;
    } else {
        screen.out(&if args.json { records(&work)? } else { drawn(&work, screen) })?;
    }
    if work.files.is_empty() { Err(Error::NothingRead) } else { Ok(Outcome::of(&work.findings)) }
}

/// Prints coverage, and writes its page if one is wanted; without `--coverage` only the whole is printed.
fn cover(args: &Args, work: &Work, screen: &mut Screen) -> Result<(), Error> {
    let coverage = work.coverage();
    if let Some(path) = &args.coverage_html {
        write_page(path, &page::page(&coverage, &work.files, &work.deck))?;
    }
    let look = screen.out_look();
    let mut out = match (args.json, args.coverage) {
        (true, _) => coverage::json(&coverage, work)?,
        (false, true) => coverage::text(&coverage, work, look),
        (false, false) => coverage::total(&coverage, work, look),
    };
    if report::has_errors(&work.findings) && !args.json {
        let count = report::count(&work.findings);
        out.push_str(&["\n", &count, "; `recto check` lists them all\n"].concat());
    }
    screen.out(&out)
}

/// A mistyped name must not cost a note, so only a page is written over.
fn write_page(path: &Path, page: &str) -> Result<(), Error> {
    if !output::is_free_for(path, page::BEGINNING) {
        return Err(Error::Page(path.to_owned(), io::ErrorKind::AlreadyExists.into()));
    }
    let written = match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => output::folder(folder).and_then(|()| output::write(path, page.as_bytes())),
        None => output::write(path, page.as_bytes()),
    };
    written.map(drop).map_err(|error| match error {
        Error::Folder(path, why) | Error::Write(path, why) => Error::Page(path, why),
        other => other,
    })
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
