//! `recto review`: asks the cards that are due, and new ones, in the terminal.

#![expect(clippy::disallowed_methods, reason = "cli looks at the clock, the environment and the disc")]

mod edit;
mod nothing;
mod paper;
mod pick;

use clap::builder::PossibleValuesParser;
use jiff::tz::TimeZone;
use std::io::{IsTerminal, stdin, stdout};
use std::path::PathBuf;
use std::time::Duration;
use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use super::error::Error;
use super::screen::Screen;
use super::{Outcome, clock, notes, number};
use crate::card::Kind;
use crate::config::Config;
use crate::config::review::{Colors, Images, Session as Settings};
use crate::load::Gallery;
use crate::render::clean;
use crate::render::theme::Theme;
use crate::review::pictures::{self, Pictures, Protocol};
use crate::review::queue::Queue;
use crate::review::session::{Rules, Session};
use crate::review::summary;
use crate::review::view::Canvas;
use crate::review::world::World;
use crate::review::{plain, terminal};
use crate::schedule::{Calendar, Day};
use crate::store::{SessionLock, Store};

const AFTER_HELP: &str = "\
Examples:
  recto review                          what is due today, and new cards
  recto review --deck s3 --kind trap    the traps of one deck
  recto review --ahead 3d               what is due in the next three days, too
  recto review --cram --tag exam        everything under a tag, without moving its schedule
  recto review --failed                 what you forgot the last time you were asked
  recto review --plain                  line by line, for screen readers and pipes

Keys: space shows the answer, 1 to 4 grade it, u undoes, e edits the note, ? lists all, q ends.
Each answer is on the disc before the next card appears; stop whenever you like.";

/// Asks the cards that are due today, in the terminal
///
/// The cards are those of the last `recto build`; their memory is kept beside them in recto.db. A session that is
/// broken off goes on where it was.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(super) struct Args {
    /// The folder that `recto build` wrote to
    #[arg(short, long, value_name = "DIR", default_value = notes::OUTPUT)]
    output: PathBuf,
    /// Only this deck and those below it; a part of the name will do
    #[arg(long, value_name = "DECK")]
    deck: Option<String>,
    /// Only cards with this tag, or one below it; may be given several times
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Only cards of this kind; may be given several times
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    kind: Vec<String>,
    /// How many new cards at most, whatever the limits of the day say
    #[arg(long, value_name = "NUMBER", value_parser = number::<usize>)]
    new: Option<usize>,
    /// How many cards at most, new and due together
    #[arg(long, value_name = "NUMBER", value_parser = number::<usize>)]
    limit: Option<usize>,
    /// All cards that were learnt and not put off, due or not; their schedule stays as it is
    #[arg(long)]
    cram: bool,
    /// What is due within these days, too, as in `3d`
    #[arg(long, value_name = "DAYS", value_parser = days)]
    ahead: Option<u32>,
    /// Only cards that you forgot the last time; their schedule stays as it is
    #[arg(long)]
    failed: bool,
    /// Only cards that you flagged; their schedule stays as it is
    #[arg(long, conflicts_with = "suspended")]
    flagged: bool,
    /// Only cards that you suspended; `x` brings one back
    #[arg(long)]
    suspended: bool,
    /// Type every answer and see what differs
    #[arg(long)]
    r#type: bool,
    /// Enter the grades of what you learnt from a sheet of `recto print sheet --due`: the list that was written beside
    /// it, filled in, or numbers and grades typed line by line
    #[arg(long, value_name = "LIST")]
    from_paper: Option<PathBuf>,
    /// Line by line, without a screen of its own: for pipes and screen readers
    #[arg(long)]
    plain: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    if let Some(list) = &args.from_paper {
        return paper::run(args, list, screen);
    }
    let path = args.output.join(notes::DATABASE);
    let store = Store::open(&path).map_err(Error::Store)?;
    let _lock = SessionLock::take(&path).map_err(Error::Store)?;
    let (origins, settings) = (notes::origins(&store)?, notes::settings(&store)?);
    let routine = Config::new(settings.clone(), String::new(), false).routine;
    let settings = settings.review;
    let mut desk = edit::Notes { origins: origins.clone(), output: args.output.clone() };
    let mut world = World {
        wanted: pick::wanted(args, &settings, &store)?,
        store,
        calendar: Calendar { zone: TimeZone::system(), starts: routine.day_starts },
        steps: settings.waits(),
        catch_up: settings.catch_up,
        desk: &mut desk,
    };
    let moment = world.calendar.moment(clock::now());
    let entries = pick::entries(args, &world, &moment)?;
    if entries.is_empty() {
        return nothing::tell(args, &world, moment.day, screen);
    }
    let past = world.past(&moment).map_err(Error::Store)?;
    let mut session = Session::new(rules(args, &settings, moment.day), Queue::new(entries), past);
    sit(args, (&settings, &origins), (&mut session, &mut world), screen)?;
    let today = world.calendar.moment(clock::now()).day;
    let outlook = world.outlook(today).map_err(Error::Store)?;
    let lines = summary::lines(session.tally(), session.rules().keys, &outlook);
    screen.words(&lines.iter().map(|line| clean(line).into_owned()).collect::<Vec<_>>())?;
    if let Err(error) = world.store.back_up_daily(today) {
        // All answers are kept, copy or not.
        screen.err(&format!("recto: no copy of today was made: {}\n", clean(&error.to_string())));
    }
    Ok(Outcome::Clean)
}

/// Sits down in front of the session, on a whole screen where there is one.
fn sit(
    args: &Args,
    (settings, origins): (&Settings, &[Vec<PathBuf>]),
    (session, world): (&mut Session, &mut World),
    screen: &Screen,
) -> Result<(), Error> {
    let on_screen = stdin().is_terminal() && stdout().is_terminal() && !args.plain && !is_dumb();
    let done = if on_screen {
        let theme = theme(settings.theme, screen.out_look().color);
        let pictures = pictures(settings.images, origins)?;
        terminal::run(session, world, Canvas { theme, pictures }, &clock::now)
    } else {
        let (mut input, mut output) = (stdin().lock(), stdout().lock());
        plain::run(session, world, &mut plain::Lines { input: &mut input, output: &mut output, clock: &clock::now })
    };
    done.map_err(Error::Terminal)
}

fn rules(args: &Args, settings: &Settings, day: Day) -> Rules {
    Rules {
        keys: settings.keys,
        timebox: settings.timebox.map(|span| span.0),
        leech: i64::from(settings.leech),
        typing: args.r#type || settings.typing,
        day: i64::from(day.0),
    }
}

/// What shows the pictures of notes, as was chosen or as the terminal's name tells.
fn pictures(chosen: Images, origins: &[Vec<PathBuf>]) -> Result<Pictures, Error> {
    let protocol = match chosen {
        Images::Auto => pictures::by_name(|name| std::env::var(name).ok()),
        Images::Kitty => Some(Protocol::Kitty),
        Images::Iterm => Some(Protocol::Iterm),
        Images::Sixel => Some(Protocol::Sixel),
        Images::None => None,
    };
    let Some((protocol, cell)) = protocol.zip(terminal::cell()) else { return Ok(Pictures::default()) };
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).map_err(Error::Here)?;
    let paths: Vec<PathBuf> = origins.iter().flat_map(|paths| notes::usual(paths)).collect();
    let gallery = Gallery::new(&paths, &here);
    Ok(Pictures::new(protocol, cell, Box::new(move |name| gallery.read(name))))
}

/// The colours that were chosen, or those that the terminal says suit it.
fn theme(chosen: Colors, color: bool) -> Theme {
    match chosen {
        _ if !color => Theme::Mono,
        Colors::Dark => Theme::Dark,
        Colors::Light => Theme::Light,
        Colors::None => Theme::Mono,
        Colors::Auto => asked_theme(),
    }
}

fn asked_theme() -> Theme {
    let mut options = QueryOptions::default();
    // Over a slow line a wrong guess is better than a long wait.
    options.timeout = Duration::from_millis(250);
    match theme_mode(options) {
        Ok(ThemeMode::Light) => Theme::Light,
        _ => Theme::Dark,
    }
}

/// Whether the terminal can move its cursor at all.
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name))
}

/// Reads `3d` or `3`.
fn days(text: &str) -> Result<u32, String> {
    let number = text.trim().trim_end_matches(['d', 'D']);
    number.parse().ok().filter(|days| *days <= 36_500).ok_or_else(|| "write a number of days such as `3d`".to_owned())
}
