//! What follows from what was carried out: the next card, an undone answer, a mark.

use super::super::grade::KNOWN;
use super::super::queue::{Cause, Entry};
use super::super::tally::{Column, Counted, Place};
use super::super::turn::{Stage, Turn};
use super::{Answer, Command, Mark, Past, PastMark, Saved, Screen, Session, refetch};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What can be undone.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    Answer(Option<Counted>),
    Mark { entry: Entry, front: String, mark: Mark, on: bool, dropped: Vec<Entry> },
    Later(Entry),
}

/// What earlier sessions of the day did, in its order.
pub(super) fn deeds(past: Past) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let mut marks = past.marks.into_iter().peekable();
    for answers in 0..=past.answers {
        while let Some(PastMark { entry, mark, .. }) = marks.next_if(|mark| mark.behind <= answers) {
            deeds.push(Deed::Mark { entry, front: String::new(), mark, on: true, dropped: Vec::new() });
        }
        deeds.extend((answers < past.answers).then_some(Deed::Answer(None)));
    }
    deeds
}

/// What a report is waited for.
#[derive(Debug, Clone)]
pub(super) enum Pending {
    Save(Counted),
    Undo(Option<Counted>),
    Mark { mark: Mark, on: bool },
    Unmark { entry: Entry, front: String, mark: Mark, on: bool, dropped: Vec<Entry> },
}

impl Session {
    pub(super) fn grade(&mut self, grade: u8, now: i64) -> Option<Command> {
        let turn = self.turn.as_mut()?;
        let taken = (now - turn.since).max(0);
        turn.stage = Stage::Saving(grade);
        let column = match turn.entry.cause {
            Cause::New => Column::New,
            Cause::Due => Column::Due,
            Cause::Ahead => Column::Early,
            Cause::Again | Cause::Cram => Column::Again,
        };
        self.pending = Some(Pending::Save(Counted { grade, taken, column }));
        let (entry, standing) = (&turn.entry, turn.standing);
        let (last, changed) = (standing.last, standing.changed);
        Some(Command::Save(Answer { face: entry.face, cause: entry.cause, grade, taken, last, changed }))
    }

    pub(super) fn saved(&mut self, saved: Saved, now: i64) -> Option<Command> {
        let Some(Pending::Save(counted)) = self.pending.take() else { return None };
        self.tally.add(counted);
        self.deeds.push(Deed::Answer(Some(counted)));
        let turn = self.turn.take()?;
        if let Some(again) = saved.again {
            self.queue.put_again(again);
        }
        let command = self.advance(now);
        let lapsed = counted.grade < KNOWN && saved.lapses > turn.standing.lapses;
        if lapsed && is_leech(saved.lapses, self.rules.leech) {
            self.leech(&turn, saved.lapses);
        } else if saved.changed {
            self.say("the note was changed meanwhile: this is the card that you have just answered, as it is now");
        } else if saved.day > self.rules.day {
            self.rules.day = saved.day;
            self.say("a new study day has begun; what is due on it comes in your next session");
        }
        command
    }

    pub(super) fn leech(&mut self, turn: &Turn, lapses: i64) {
        let about = &turn.shown.about;
        let place = Place {
            card: turn.entry.card.clone(),
            file: about.file.clone(),
            line: about.line,
            front: turn.shown.question(),
        };
        self.say(format!("the last card was forgotten {lapses} times: reword it, {}:{}", place.file, place.line));
        self.tally.leeches.push(place);
    }

    pub(super) fn outdated(&mut self, now: i64) -> Option<Command> {
        self.pending = None;
        let command = self.advance(now);
        self.warn("that card was answered in another session meanwhile; this answer was not counted");
        command
    }

    pub(super) fn undo(&mut self, now: i64) -> Option<Command> {
        match self.deeds.last().cloned() {
            None => {
                self.say("there is nothing to undo today");
                None
            }
            Some(Deed::Later(entry)) => {
                self.deeds.pop();
                let command = self.back_to(entry, now);
                self.say("undone: this card is asked now");
                command
            }
            Some(Deed::Answer(counted)) => {
                self.pending = Some(Pending::Undo(counted));
                Some(Command::Undo)
            }
            Some(Deed::Mark { entry, front, mark, on, dropped }) => {
                let card = entry.card.clone();
                self.pending = Some(Pending::Unmark { entry, front, mark, on, dropped });
                Some(Command::Mark(card, mark, !on))
            }
        }
    }

    pub(super) fn undone(&mut self, entry: Option<Entry>, now: i64) -> Option<Command> {
        let Some(Pending::Undo(counted)) = self.pending.take() else { return None };
        self.deeds.pop();
        if let Some(counted) = counted {
            self.tally.remove(counted);
        }
        let Some(entry) = entry else {
            self.say("the last answer is taken back; its card has left the notes");
            return None;
        };
        self.tally.leeches.retain(|place| place.card != entry.card);
        let command = self.back_to(entry, now);
        self.say("the answer to this card is taken back: answer it again");
        command
    }

    /// Puts a card on the screen in place of the one that is there, which comes next.
    pub(super) fn back_to(&mut self, entry: Entry, now: i64) -> Option<Command> {
        if let Some(turn) = self.turn.take().filter(|turn| turn.entry.face != entry.face) {
            self.queue.put_first(turn.entry);
        }
        self.queue.drop_face(entry.face);
        self.queue.put_first(entry);
        // The card that was undone comes at once, before any whose time has come.
        let entry = self.queue.take_first();
        self.screen = Screen::Card;
        self.boxed_since = self.boxed_since.min(now);
        self.turn = entry.map(Turn::new);
        self.turn.as_mut().map(refetch)
    }

    pub(super) fn mark(&mut self, mark: Mark, on: bool) -> Option<Command> {
        let card = self.turn.as_ref()?.entry.card.clone();
        self.pending = Some(Pending::Mark { mark, on });
        Some(Command::Mark(card, mark, on))
    }

    pub(super) fn marked(&mut self, now: i64) -> Option<Command> {
        match self.pending.take()? {
            Pending::Mark { mark, on } => self.mark_set(mark, on, now),
            Pending::Unmark { entry, front, mark, on, dropped } => {
                self.deeds.pop();
                self.set(&entry.card, mark, !on);
                for entry in dropped.into_iter().rev() {
                    self.queue.put_first(entry);
                }
                let here = self.turn.as_ref().is_some_and(|turn| turn.entry.card == entry.card);
                let which = if here { "this card".to_owned() } else { format!("“{front}”") };
                let command = if mark == Mark::Flagged { None } else { self.back_to(entry, now) };
                self.say(match mark {
                    Mark::Flagged if on => format!("undone: {which} is no longer flagged"),
                    Mark::Flagged => format!("undone: {which} is flagged again"),
                    Mark::Buried => "undone: this card is asked today".to_owned(),
                    Mark::Suspended if on => "undone: this card is no longer suspended".to_owned(),
                    Mark::Suspended => "undone: this card is suspended again".to_owned(),
                });
                command
            }
            Pending::Save(_) | Pending::Undo(_) => None,
        }
    }

    pub(super) fn mark_set(&mut self, mark: Mark, on: bool, now: i64) -> Option<Command> {
        let turn = self.turn.as_ref()?;
        let (entry, front) = (turn.entry.clone(), brief(turn));
        let leaves = mark != Mark::Flagged;
        let dropped = if leaves { self.queue.drop_card(&entry.card) } else { Vec::new() };
        self.set(&entry.card, mark, on);
        self.deeds.push(Deed::Mark { entry, front: front.clone(), mark, on, dropped });
        let command = if leaves { self.advance(now) } else { None };
        self.say(match (mark, on) {
            (Mark::Buried, _) => format!("put off until tomorrow: “{front}” (u:\u{a0}undo)"),
            (Mark::Suspended, true) => format!("suspended, not asked any more: “{front}” (u:\u{a0}undo)"),
            (Mark::Suspended, false) => format!("no longer suspended: “{front}” (u:\u{a0}undo)"),
            (Mark::Flagged, true) => "this card is flagged; f takes the flag away".to_owned(),
            (Mark::Flagged, false) => "this card is no longer flagged".to_owned(),
        });
        command
    }

    /// Lets the card on the screen know its mark.
    pub(super) fn set(&mut self, card: &str, mark: Mark, on: bool) {
        if let Some(turn) = self.turn.as_mut().filter(|turn| turn.entry.card == card) {
            match mark {
                Mark::Flagged => turn.standing.flagged = on,
                Mark::Suspended => turn.standing.suspended = on,
                Mark::Buried => {}
            }
        }
    }

    pub(super) fn failed(&mut self, why: String) -> Option<Command> {
        self.pending = None;
        if let Some(turn) = self.turn.as_mut().filter(|turn| matches!(turn.stage, Stage::Saving(_))) {
            turn.stage = Stage::Answered;
            self.warn(format!("{why}; this answer is not kept yet: grade again once that is mended"));
            return None;
        }
        self.warn(why);
        None
    }
}

/// What a card that is no more on the screen is called: the beginning of its question.
fn brief(turn: &Turn) -> String {
    const ROOM: usize = 36;
    let front = turn.shown.question();
    let mut kept = String::new();
    for part in front.graphemes(true) {
        if kept.width() + part.width() > ROOM {
            return format!("{}…", kept.trim_end());
        }
        kept.push_str(part);
    }
    kept
}

/// Whether a card that was forgotten so often is a leech now: at the threshold, and each half of it later.
fn is_leech(lapses: i64, threshold: i64) -> bool {
    threshold > 0 && lapses >= threshold && (lapses - threshold) % (threshold / 2).max(1) == 0
}
