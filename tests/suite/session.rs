//! Review sessions played from a script: what is on the screen after which keys. `tests/README.md`
//! describes the script.

use crate::support;
use jiff::tz::TimeZone;
use libtest_mimic::Failed;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use recto::card::Deck;
use recto::config::Settings;
use recto::config::review::{Session as How, Span};
use recto::render::theme::Theme;
use recto::review::keys::Key;
use recto::review::queue::Queue;
use recto::review::session::{Command, Event, Rules, Session};
use recto::review::summary;
use recto::review::view::{self, Canvas};
use recto::review::world::{Desk, World};
use recto::schedule::Calendar;
use recto::store::{self, Store, Wanted};
use std::fmt::Write as _;
use std::path::Path;

/// 2026-01-01 09:00 UTC, when every script begins.
const BEGINNING: i64 = 1_767_258_000_000;

/// Notes that cannot be opened: scripts are about the screen.
struct NoNotes<'a> {
    text: &'a str,
}

impl Desk for NoNotes<'_> {
    fn edit(&mut self, file: &str, line: usize) -> Result<Option<String>, String> {
        Err(format!("there is no editor for {file}:{line} here"))
    }

    fn read(&mut self, _: &str) -> Result<String, String> {
        Ok(self.text.to_owned())
    }
}

/// A script on its way.
struct Play<'a> {
    world: World<'a>,
    how: How,
    now: i64,
    session: Option<Session>,
    ended: bool,
    out: String,
}

/// Plays the script in `keys`; the screens that it shows.
pub(crate) fn screens(folder: &Path, deck: &Deck, settings: &Settings) -> Result<String, Failed> {
    let script = folder.join("keys");
    if !script.is_file() {
        return Ok(String::new());
    }
    let temporary = support::temporary()?;
    let path = temporary.path().join("recto.db");
    store::update(&path, deck, BEGINNING)?;
    let text = std::fs::read_to_string(folder.join("input.md")).unwrap_or_default();
    let mut notes = NoNotes { text: &text };
    let how = settings.review.clone();
    let world = World {
        store: Store::open(&path)?,
        calendar: Calendar { zone: TimeZone::UTC, starts: 4 },
        steps: how.steps.iter().map(|step| step.0).collect(),
        wanted: Wanted { order: how.order, spread: how.catch_up, ..Wanted::default() },
        catch_up: how.catch_up,
        desk: &mut notes,
    };
    let mut play = Play { world, how, now: BEGINNING, session: None, ended: false, out: String::new() };
    for line in std::fs::read_to_string(script)?.lines().filter(|line| !line.trim().is_empty()) {
        play.line(line).map_err(|error| format!("{line}: {}", error.message().unwrap_or("failed")))?;
    }
    Ok(play.out)
}

impl Play<'_> {
    fn line(&mut self, line: &str) -> Result<(), Failed> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "#" => Ok(()),
            "start" => self.start(rest),
            "wait" => self.wait(rest),
            "show" => self.show(rest),
            "type" => rest.chars().try_for_each(|c| self.press(Key::Char(c))),
            "keys" => rest.split_whitespace().try_for_each(|name| self.press(key(name)?)),
            "end" => self.end(),
            _ => Err("a line begins with `start`, `keys`, `type`, `wait`, `show`, `end` or `#`".into()),
        }
    }

    /// Begins a session: `start`, `start cram`, `start new=3 limit=10 ahead=3`.
    fn start(&mut self, options: &str) -> Result<(), Failed> {
        let wanted = &mut self.world.wanted;
        *wanted = Wanted { order: wanted.order, spread: wanted.spread, ..Wanted::default() };
        for option in options.split_whitespace() {
            match option.split_once('=') {
                None if option == "cram" => wanted.cram = true,
                Some(("new", number)) => wanted.new = Some(number.parse()?),
                Some(("limit", number)) => wanted.limit = Some(number.parse()?),
                Some(("ahead", number)) => wanted.ahead = number.parse()?,
                _ => return Err(format!("`{option}` means nothing").into()),
            }
        }
        let moment = self.world.calendar.moment(self.now);
        let entries = self.world.entries(&moment)?;
        let rules = Rules {
            keys: self.how.keys,
            timebox: self.how.timebox.map(|span| span.0),
            leech: i64::from(self.how.leech),
            typing: self.how.typing,
            day: i64::from(moment.day.0),
        };
        let mut session = Session::new(rules, Queue::new(entries), self.world.past(&moment)?);
        let first = session.start(self.now);
        (self.session, self.ended) = (Some(session), false);
        self.settle(first)
    }

    fn wait(&mut self, span: &str) -> Result<(), Failed> {
        let days = span.strip_suffix('d').and_then(|days| days.parse::<i64>().ok());
        let time = days.map(|days| days * 86_400_000).or_else(|| Span::parse(span).map(|span| span.0));
        self.now += time.ok_or("a time is written `2d`, `3h`, `10m` or `20s`")?;
        Ok(())
    }

    /// Each key takes three seconds.
    fn press(&mut self, key: Key) -> Result<(), Failed> {
        self.now += 3_000;
        let session = self.session.as_mut().filter(|_| !self.ended).ok_or("no session is open")?;
        let command = session.handle(Event::Key(key), self.now);
        self.settle(command)
    }

    fn settle(&mut self, command: Option<Command>) -> Result<(), Failed> {
        let session = self.session.as_mut().ok_or("no session is open")?;
        let now = self.now;
        self.ended = self.world.settle(session, command, &|| now);
        Ok(())
    }

    /// Draws the screen at a size such as `80x24`.
    fn show(&mut self, size: &str) -> Result<(), Failed> {
        let session = self.session.as_mut().ok_or("no session is open")?;
        let (width, height) = size.split_once('x').ok_or("a size is written `80x24`")?;
        let mut terminal = Terminal::new(TestBackend::new(width.parse()?, height.parse()?))?;
        let (mut seen, mut canvas) = (None, Canvas::plain(Theme::Mono));
        terminal.draw(|frame| seen = Some(view::draw(frame, session, &mut canvas)))?;
        if let Some(seen) = seen {
            session.saw(seen);
        }
        writeln!(self.out, "{}", "=".repeat(width.parse()?))?;
        // Cells that a wide character covers are not shown again.
        for line in terminal.backend().to_string().lines().take(height.parse()?) {
            let line = line.split("\" Hidden by").next().unwrap_or_default();
            writeln!(self.out, "{}", line.trim_matches('"').trim_end())?;
        }
        Ok(())
    }

    /// What is printed after the session.
    fn end(&mut self) -> Result<(), Failed> {
        let session = self.session.as_ref().ok_or("no session is open")?;
        let outlook = self.world.outlook(self.world.calendar.moment(self.now).day)?;
        let lines = summary::lines(session.tally(), session.rules().keys, &outlook);
        writeln!(self.out, "{}\n{}", "-".repeat(20), lines.join("\n"))?;
        Ok(())
    }
}

fn key(name: &str) -> Result<Key, Failed> {
    let mut characters = name.chars();
    Ok(match (name, characters.next(), characters.next()) {
        ("space", ..) => Key::Char(' '),
        ("enter", ..) => Key::Enter,
        ("esc", ..) => Key::Escape,
        ("back", ..) => Key::Backspace,
        ("word", ..) => Key::EraseWord,
        ("line", ..) => Key::EraseLine,
        ("up", ..) => Key::Up,
        ("down", ..) => Key::Down,
        ("pgup", ..) => Key::PageUp,
        ("pgdn", ..) => Key::PageDown,
        (_, Some(c), None) => Key::Char(c),
        _ => return Err(format!("there is no key `{name}`").into()),
    })
}
