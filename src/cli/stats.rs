//! `recto stats`: what has been learnt and what is to come.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::error::Error;
use super::report;
use super::screen::Screen;
use super::{Outcome, clock, notes, number, output};
use crate::load;
use crate::review::agenda::Agenda;
use crate::schedule::Day;
use crate::stats::{self, Material, page};
use crate::store::{Store, StoreError};

const AFTER_HELP: &str = "\
Examples:
  recto stats                        bars and a heat map in the terminal
  recto stats --html stats.html      a page with charts for the browser
  recto stats --json | jq .due_today for other programs";

const LONG_ABOUT: &str = "\
Shows what is due today and in the next 30 days, how much was known when it was asked, the work it takes, and, where \
an exam has a date, how ready you are for it, domain by domain.

Known when asked counts answers to cards that had been learnt, on a later day; the two numbers behind a share are \
its 95 % interval. Nothing is changed.";

/// Shows what has been learnt and what is to come
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The folder that `recto build` wrote to
    #[arg(short, long, value_name = "DIR", default_value = notes::OUTPUT)]
    output: PathBuf,
    /// Print one JSON object for other programs
    #[arg(long)]
    json: bool,
    /// Write a page with charts, one file that needs no network
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    html: Option<PathBuf>,
    /// How often a card must have been forgotten to be listed for rewording [default: `leech` of recto.toml]
    #[arg(long, value_name = "NUMBER", value_parser = number::<u32>)]
    leeches: Option<u32>,
    /// The day to look from, as 2026-01-31: what is answered later does not count [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    day: Option<Day>,
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "not a date as 2026-01-31".to_owned())
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let stats = stats::compute(&material(args)?);
    if args.json {
        screen.out(&report::json(&stats)?)?;
    } else if let Some(path) = &args.html {
        if !output::is_free_for(path, page::BEGINNING) {
            return Err(Error::Page(path.clone(), std::io::ErrorKind::AlreadyExists.into()));
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            output::folder(folder)?;
        }
        output::write(path, page::page(&stats).as_bytes())?;
        screen.out(&format!("wrote {}\n", load::shown(path)))?;
    } else {
        let width = screen.out_look().width;
        screen.out(&stats::text::draw(&stats, width))?;
    }
    Ok(Outcome::Clean)
}

/// All that statistics are made of.
fn material(args: &Args) -> Result<Material, Error> {
    let store = Store::open(&args.output.join(notes::DATABASE)).map_err(Error::Store)?;
    let settings = notes::settings(&store)?;
    let day = args.day.unwrap_or_else(|| clock::moment_by(&settings).day);
    let settings = settings.review;
    // None at all where the settings want none.
    let leech_after = args.leeches.unwrap_or(if settings.leech == 0 { u32::MAX } else { settings.leech });
    let read = || -> Result<Material, StoreError> {
        let decks = store.decks()?;
        let schedulers = decks.iter().map(|deck| Ok((deck.name.clone(), store.scheduler_of_deck(&deck.name)?)));
        let schedulers: BTreeMap<_, _> = schedulers.collect::<Result<_, StoreError>>()?;
        let today = Agenda::of(&store, &settings.wanted(), (day, &settings.waits()))?.today();
        let (faces, mut given, exams_over) = (store.states()?, store.all_given()?, store.exams_over(day)?);
        given.retain(|answer| answer.day <= day);
        Ok(Material { day, today, spread: settings.catch_up, faces, given, decks, schedulers, exams_over, leech_after })
    };
    read().map_err(Error::Store)
}
