//! The review as a pure state machine: events go in, at most one command comes out, and whoever carries
//! it out answers with another event.
//!
//! No card follows before the answer to the last is reported as saved. The time is passed in.

mod event;
mod outcome;
mod press;

pub use event::{Answer, Command, Event, Mark, Notice, Past, PastMark, Rules, Saved, Screen};

use super::queue::{Entry, Left, Queue};
use super::summary::Outlook;
use super::tally::Tally;
use super::turn::{Fetched, Stage, Turn};
use outcome::{Deed, Pending};

/// What the view made of the page: needed to scroll from where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// The first line that is on the screen.
    pub top: usize,
    /// The last line that could be.
    pub most: usize,
    /// The lines of a page.
    pub page: usize,
}

/// A session.
#[derive(Debug, Clone)]
pub struct Session {
    rules: Rules,
    queue: Queue,
    turn: Option<Turn>,
    deeds: Vec<Deed>,
    pending: Option<Pending>,
    screen: Screen,
    notice: Option<Notice>,
    tally: Tally,
    boxed_since: i64,
    overlay_scroll: Option<usize>,
    seen: Seen,
    outlook: Outlook,
}

impl Session {
    /// A session over a queue, with what was done earlier today.
    pub fn new(rules: Rules, queue: Queue, past: Past) -> Session {
        Session {
            rules,
            queue,
            turn: None,
            deeds: outcome::deeds(past),
            pending: None,
            screen: Screen::Card,
            notice: None,
            tally: Tally::default(),
            boxed_since: 0,
            overlay_scroll: None,
            seen: Seen::default(),
            outlook: Outlook::default(),
        }
    }

    /// Begins.
    pub fn start(&mut self, now: i64) -> Option<Command> {
        self.boxed_since = now;
        self.advance(now)
    }

    /// How the session goes.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The card on the screen.
    pub fn turn(&self) -> Option<&Turn> {
        self.turn.as_ref()
    }

    /// What stands on the screen.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// The remark at the bottom.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// What was done.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The first line of the page that is to be shown, where the learner has scrolled.
    pub fn scroll(&self) -> Option<usize> {
        match self.screen {
            Screen::Card => self.turn.as_ref().and_then(|turn| turn.scroll),
            _ => self.overlay_scroll,
        }
    }

    /// What is to come, once the session is at its end.
    pub fn outlook(&self) -> &Outlook {
        &self.outlook
    }

    /// Lets the session know what of the page is on the screen.
    pub fn saw(&mut self, seen: Seen) {
        self.seen = seen;
    }

    /// What is left, the card on the screen included.
    pub fn left(&self) -> Left {
        let mut left = self.queue.left();
        if let Some(turn) = &self.turn {
            left.count(turn.entry.cause);
        }
        left
    }

    /// Whether an answer is being typed.
    pub fn is_typing(&self) -> bool {
        let typing = |turn: &Turn| turn.stage == Stage::Asking && turn.typed.is_some();
        self.screen == Screen::Card && self.turn.as_ref().is_some_and(typing)
    }

    /// Takes in what happened at an instant; the command that follows from it.
    pub fn handle(&mut self, event: Event, now: i64) -> Option<Command> {
        match event {
            Event::Key(key) => self.key(key, now),
            Event::Do(action) => self.ordered(action, now),
            Event::Unknown(words) => {
                self.unknown(&words);
                None
            }
            Event::Typed(text) => self.typed(text),
            Event::Fetched(fetched) => self.fetched(fetched.map(|found| *found), now),
            Event::Replaced(entry) => self.replaced(entry, now),
            Event::Saved(saved) => self.saved(saved, now),
            Event::Outdated => self.outdated(now),
            Event::Undone(entry) => self.undone(entry, now),
            Event::Marked => self.marked(now),
            Event::Edited(None) => {
                self.say("the note is as it was");
                None
            }
            Event::Edited(Some(outcome)) => {
                self.say(outcome);
                self.turn.as_mut().map(refetch)
            }
            Event::Read(lines) => {
                (self.screen, self.overlay_scroll) = (Screen::Source(lines), None);
                None
            }
            Event::Outlook(outlook) => {
                self.outlook = outlook;
                None
            }
            Event::Paused(time) => {
                self.boxed_since += time;
                self.turn.iter_mut().for_each(|turn| turn.since += time);
                None
            }
            Event::Failed(why) => self.failed(why),
        }
    }

    fn say(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.notice = Some(Notice { text, bad: false }).filter(|notice| !notice.text.is_empty());
    }

    fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), bad: true });
    }

    /// The next card, or the end.
    fn advance(&mut self, now: i64) -> Option<Command> {
        self.turn = None;
        if self.rules.timebox.is_some_and(|time| now - self.boxed_since >= time) && self.queue.left().all() > 0 {
            self.screen = Screen::Timebox;
            return None;
        }
        let Some(entry) = self.queue.next(now) else {
            self.screen = Screen::Summary;
            return Some(Command::Look);
        };
        self.screen = Screen::Card;
        if entry.from > now {
            self.say("nothing else is left, so this one comes back early");
        }
        self.turn = Some(Turn::new(entry));
        self.turn.as_mut().map(refetch)
    }

    /// Goes on with the card that was made of the one on the screen, unless that is asked anyway.
    fn replaced(&mut self, entry: Entry, now: i64) -> Option<Command> {
        let before = self.notice.take().map_or_else(String::new, |notice| format!("{}; ", notice.text));
        self.queue.drop_face(entry.face);
        self.queue.put_first(entry);
        let command = self.advance(now);
        self.say(format!("{before}the card is another one now, and new"));
        command
    }

    fn fetched(&mut self, found: Option<Fetched>, now: i64) -> Option<Command> {
        let Some(found) = found else {
            const PASSED: &str = "a card that has left the notes is passed over";
            let text = match self.notice.take() {
                None => PASSED.to_owned(),
                Some(notice) if notice.text.ends_with(PASSED) => notice.text,
                Some(notice) => format!("{}; {PASSED}", notice.text),
            };
            let command = self.advance(now);
            self.say(text);
            return command;
        };
        let turn = self.turn.as_mut()?;
        *turn = turn.asked(found, now);
        turn.typed = Some(String::new()).filter(|_| self.rules.typing && turn.shown.options.is_empty());
        None
    }
}

fn refetch(turn: &mut Turn) -> Command {
    turn.stage = Stage::Fetching;
    Command::Fetch(turn.entry.clone())
}
