//! `recto stats`: what has been learnt and what is to come.

#![expect(clippy::disallowed_methods, reason = "cli looks at the current folder")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::error::Error;
use super::report;
use super::screen::Screen;
use super::{Outcome, clock, notes, output};
use crate::load;
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
    #[arg(long, value_name = "NUMBER")]
    leeches: Option<u32>,
    /// The day to look from, as 2026-01-31 [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    day: Option<Day>,
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "not a date as 2026-01-31".to_owned())
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let store = Store::open(&args.output.join(notes::DATABASE)).map_err(Error::Store)?;
    let leeches = args.leeches.map_or_else(|| leech(&store), Ok)?;
    let today = args.day.map_or_else(|| clock::moment().map(|moment| moment.day), Ok)?;
    let stats = stats::compute(&material(&store, leeches).map_err(Error::Store)?, today);
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

/// How often a card must have been forgotten, as the settings of its notes say.
fn leech(store: &Store) -> Result<u32, Error> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).map_err(Error::Here)?;
    let origins: Vec<PathBuf> = store.origins().map_err(Error::Store)?.into_iter().map(PathBuf::from).collect();
    let settings = load::settings(&notes::usual(&origins), &here).map_err(Error::Settings)?;
    // None at all where the settings want none.
    Ok(if settings.review.leech == 0 { u32::MAX } else { settings.review.leech })
}

/// All that statistics are made of.
fn material(store: &Store, leech_after: u32) -> Result<Material, StoreError> {
    let decks = store.decks()?;
    let schedulers = decks.iter().map(|deck| Ok((deck.name.clone(), store.scheduler_of_deck(&deck.name)?)));
    let schedulers: BTreeMap<_, _> = schedulers.collect::<Result<_, StoreError>>()?;
    Ok(Material { faces: store.states()?, given: store.all_given()?, decks, schedulers, leech_after })
}
