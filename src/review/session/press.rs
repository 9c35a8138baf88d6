//! What a key does where it is pressed.

use super::super::keys::{self, Action, Key, Scroll};
use super::super::queue::Entry;
use super::super::turn::Stage;
use super::outcome::Deed;
use super::{Command, Mark, Screen, Session, refetch};

impl Session {
    pub(super) fn key(&mut self, key: Key, now: i64) -> Option<Command> {
        self.notice = None;
        match self.screen {
            Screen::Help | Screen::Source(_) => self.overlay_key(key),
            Screen::Timebox => self.timebox_key(key, now),
            Screen::Summary => match keys::action(key) {
                Some(Action::Undo) => self.undo(now),
                Some(Action::Go | Action::Quit) => Some(Command::Quit),
                _ => None,
            },
            Screen::Card => self.card_key(key, now),
        }
    }

    pub(super) fn overlay_key(&mut self, key: Key) -> Option<Command> {
        match keys::action(key) {
            Some(Action::Scroll(by)) => self.overlay_scroll = Some(self.scrolled(by)),
            _ => self.screen = Screen::Card,
        }
        None
    }

    pub(super) fn timebox_key(&mut self, key: Key, now: i64) -> Option<Command> {
        match keys::action(key) {
            Some(Action::Go) => {
                self.boxed_since = now;
                self.advance(now)
            }
            Some(Action::Undo) => self.undo(now),
            Some(Action::Quit) => Some(Command::Quit),
            _ => None,
        }
    }

    pub(super) fn card_key(&mut self, key: Key, now: i64) -> Option<Command> {
        if self.is_typing() {
            return self.typing_key(key);
        }
        let stage = self.turn.as_ref()?.stage;
        if let (Key::Char(c), Stage::Asking) = (key, stage) {
            let turn = self.turn.as_mut()?;
            if turn.is_option(c.to_ascii_lowercase()) {
                let shows = turn.choose(c.to_ascii_lowercase());
                if shows {
                    turn.show();
                }
                return None;
            }
        }
        if let (Key::Char(c), Stage::Answered) = (key, stage)
            && let Some(grade) = self.rules.keys.grade(c)
        {
            return self.grade(grade, now);
        }
        match (keys::action(key), key) {
            // Who types answers leaves the typing by Escape, and would press it once too often.
            (_, Key::Escape) if self.rules.typing && stage == Stage::Asking => self.say("q ends the session"),
            (Some(action), _) => return self.act(action, now),
            (None, Key::Char(c)) if stage == Stage::Asking && self.rules.keys.grade(c).is_some() => {
                let chosen = self.turn.as_ref().is_some_and(|turn| !turn.shown.options.is_empty());
                let typed = if chosen { "" } else { "; t types an answer" };
                self.say(format!("the answer is not shown yet: Enter shows it, then {c} grades it{typed}"));
            }
            (None, Key::Char(c)) => self.unknown(&c.to_string()),
            _ => {}
        }
        None
    }

    /// Does what was named and not pressed, since its key means another thing on this card.
    pub(super) fn ordered(&mut self, action: Action, now: i64) -> Option<Command> {
        self.notice = None;
        if self.screen == Screen::Card { self.act(action, now) } else { None }
    }

    /// Says that what was typed means nothing.
    pub(super) fn unknown(&mut self, words: &str) {
        const SHOWN: usize = 30;
        let shown: String = words.chars().take(SHOWN).collect();
        let more = if words.chars().nth(SHOWN).is_some() { "…" } else { "" };
        self.say(format!("`{shown}{more}` means nothing here; ? lists what does"));
    }

    pub(super) fn typing_key(&mut self, key: Key) -> Option<Command> {
        let turn = self.turn.as_mut()?;
        let typed = turn.typed.get_or_insert_default();
        match key {
            Key::Char(c) => typed.push(c),
            Key::Backspace => _ = typed.pop(),
            Key::EraseWord => {
                let word = typed.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
                typed.truncate(word);
            }
            Key::EraseLine => typed.clear(),
            Key::Enter => turn.show(),
            Key::Escape => turn.typed = None,
            _ => {}
        }
        None
    }

    pub(super) fn typed(&mut self, text: String) -> Option<Command> {
        self.notice = None;
        let turn = self.turn.as_mut().filter(|turn| turn.stage == Stage::Asking)?;
        turn.typed = Some(text);
        turn.show();
        None
    }

    pub(super) fn act(&mut self, action: Action, now: i64) -> Option<Command> {
        let to = if let Action::Scroll(by) = action { self.scrolled(by) } else { 0 };
        let turn = self.turn.as_mut()?;
        let about = &turn.shown.about;
        match action {
            Action::Quit => return Some(Command::Quit),
            Action::Undo => return self.undo(now),
            Action::Help => (self.screen, self.overlay_scroll) = (Screen::Help, None),
            Action::Edit => return Some(Command::Edit(about.file.clone(), about.line)),
            Action::Source => return Some(Command::Read(about.file.clone(), about.line, about.end_line)),
            Action::Scroll(_) => turn.scroll = Some(to),
            Action::Go => return self.go(now),
            Action::Type => return self.type_in(),
            Action::Later => {
                let entry = turn.entry.clone();
                self.queue.put_last(Entry { from: 0, ..entry.clone() });
                self.deeds.push(Deed::Later(entry));
                let next = self.advance(now);
                self.say("asked at the end of the session");
                return next;
            }
            Action::Bury => return self.mark(Mark::Buried, true),
            Action::Suspend => {
                let on = !turn.standing.suspended;
                return self.mark(Mark::Suspended, on);
            }
            Action::Flag => {
                let on = !turn.standing.flagged;
                return self.mark(Mark::Flagged, on);
            }
        }
        None
    }

    /// Begins to type, where there is something to be typed.
    fn type_in(&mut self) -> Option<Command> {
        let turn = self.turn.as_mut()?;
        match turn.stage {
            Stage::Asking if turn.shown.options.is_empty() => turn.typed = Some(String::new()),
            Stage::Asking => self.say("this question is answered by the letters of its options"),
            Stage::Answered => self.say("the answer is shown already; t types it before it is shown"),
            Stage::Fetching | Stage::Saving(_) => {}
        }
        None
    }

    /// Shows the answer; once it is shown, accepts the grade that is marked.
    pub(super) fn go(&mut self, now: i64) -> Option<Command> {
        let turn = self.turn.as_mut()?;
        match turn.stage {
            Stage::Fetching => Some(refetch(turn)),
            Stage::Asking => {
                turn.show();
                None
            }
            Stage::Answered => {
                let grade = turn.suggestion(self.rules.keys)?.grade;
                self.grade(grade, now)
            }
            Stage::Saving(_) => None,
        }
    }

    /// The first line of the page after scrolling.
    fn scrolled(&self, by: Scroll) -> usize {
        let seen = self.seen;
        let page = seen.page.saturating_sub(1).max(1);
        let to = match by {
            Scroll::Up => seen.top.saturating_sub(1),
            Scroll::Down => seen.top + 1,
            Scroll::PageUp => seen.top.saturating_sub(page),
            Scroll::PageDown => seen.top + page,
        };
        to.min(seen.most)
    }
}
