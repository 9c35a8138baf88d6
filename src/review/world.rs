//! Carries out what the session wants: reads and writes the review database, and hands notes to whoever
//! can open them. A call that writes returns when what it wrote is on the disc.

use super::agenda::{self, Agenda};
use super::drill::Given;
use super::face::{self, About, Shown};
use super::queue::{Cause, Entry};
use super::session::{Answer, Command, Event, Mark, Past, PastMark, Saved, Session};
use super::spread;
use super::summary::Outlook;
use super::turn::{Fetched, Outcome, Standing};
use crate::card::{Content, Part};
use crate::markdown::text::Text;
use crate::schedule::{Calendar, Day, Grade, Moment};
use crate::store::{AnswerKind, Face, FaceId, Marks, Queued, Response, Served, Store, StoreError, Wanted, caught_up};

/// What the session needs of the disc besides the database.
pub trait Desk {
    /// Opens a note at a line, waits, and brings the cards up to date; says what came of it, nothing where the note was
    /// left as it was.
    ///
    /// # Errors
    ///
    /// Why that could not be done, in words.
    fn edit(&mut self, file: &str, line: usize) -> Result<Option<String>, String>;

    /// The text of a note.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, in words.
    fn read(&mut self, file: &str) -> Result<String, String>;
}

/// The database and what belongs to a session over it.
pub struct World<'a> {
    /// The database.
    pub store: Store,
    /// When study days begin, and where.
    pub calendar: Calendar,
    /// Waits within a day, in milliseconds.
    pub steps: Vec<i64>,
    /// What was wanted of the queue.
    pub wanted: Wanted,
    /// Over how many days faces that were left undone are spread, unless something else is wanted.
    pub catch_up: u32,
    /// The notes.
    pub desk: &'a mut dyn Desk,
}

/// Lines of the note that are shown before and behind those of the card.
const AROUND: usize = 3;

impl World<'_> {
    /// Carries out what follows from a command until the session waits for a key; whether it has ended.
    pub fn settle(&mut self, session: &mut Session, command: Option<Command>, clock: &dyn Fn() -> i64) -> bool {
        let mut next = command;
        while let Some(command) = next {
            if command == Command::Quit {
                return true;
            }
            let event = self.run(&command, clock());
            next = session.handle(event, clock());
        }
        false
    }

    /// Carries out a command at an instant; what came of it.
    pub fn run(&mut self, command: &Command, now: i64) -> Event {
        let moment = self.calendar.moment(now);
        let done = match command {
            Command::Fetch(entry) => self.fetch(entry, &moment),
            Command::Save(answer) => self.save(answer, &moment),
            Command::Undo => self.undo(&moment),
            Command::Mark(card, mark, on) => self.mark(card, (*mark, *on), &moment),
            Command::Look => self.outlook(moment.day).map(Event::Outlook),
            Command::Edit(file, line) => return self.desk.edit(file, *line).map_or_else(Event::Failed, Event::Edited),
            Command::Read(file, line, end) => return self.source(file, *line, *end),
            Command::Quit => return Event::Paused(0),
        };
        done.unwrap_or_else(|error| Event::Failed(error.to_string()))
    }

    fn fetch(&self, entry: &Entry, moment: &Moment) -> Result<Event, StoreError> {
        let id = FaceId(entry.face);
        let (Some(face), Some(served)) = (self.store.face(id)?, self.store.served(id)?) else {
            // Who rewords a card altogether has made another one.
            let successor = self.store.successor(id)?;
            let entry = successor.map_or(Ok(None), |face| self.entry(face, Cause::New))?;
            return Ok(entry.map_or(Event::Fetched(None), Event::Replaced));
        };
        let standing = Standing {
            last: served.last,
            changed: served.changed,
            lapses: face.memory.map_or(0, |memory| i64::from(memory.lapses)),
            flagged: face.marks.flag > 0,
            suspended: face.marks.suspended,
        };
        let outcomes = self.outcomes(id, entry.cause, moment)?;
        Ok(Event::Fetched(Some(Box::new(Fetched { shown: shown(&face, &served), standing, outcomes }))))
    }

    /// What each grade would lead to. An answer that does not count leaves the day as it is.
    fn outcomes(&self, face: FaceId, cause: Cause, moment: &Moment) -> Result<[Outcome; 6], StoreError> {
        let days = self.store.preview(face, moment.day)?;
        let mut outcomes = [Outcome::default(); 6];
        for ((outcome, grade), days) in outcomes.iter_mut().zip(Grade::ALL).zip(days) {
            outcome.days = i64::from(days);
            let given = Given { at: moment.at, grade: grade.number() };
            outcome.wait = self.again(face, (cause, Some(given)), moment)?.map(|at| (at - moment.at).max(0));
        }
        let due = self.store.face(face)?.and_then(|face| face.memory).map(|memory| memory.due.since(moment.day));
        if let (Cause::Again, Some(due), false) = (cause, due, self.is_due_anew(face, moment)?) {
            for outcome in &mut outcomes {
                outcome.days = i64::from(due);
            }
        }
        Ok(outcomes)
    }

    /// Whether a face that was to come back is due on a day that has begun since.
    fn is_due_anew(&self, face: FaceId, moment: &Moment) -> Result<bool, StoreError> {
        let memory = self.store.face(face)?.and_then(|face| face.memory);
        let due = memory.is_some_and(|memory| memory.due <= moment.day);
        Ok(due && self.store.given(face, moment.day, false)?.is_empty())
    }

    /// When a face comes back today, after one more answer if there is one.
    fn again(
        &self,
        face: FaceId,
        (cause, given): (Cause, Option<Given>),
        moment: &Moment,
    ) -> Result<Option<i64>, StoreError> {
        agenda::back(&self.store, face, (moment.day, &self.steps), (cause, given))
    }

    fn save(&mut self, answer: &Answer, moment: &Moment) -> Result<Event, StoreError> {
        let face = FaceId(answer.face);
        let (known, changed) = self.store.served(face)?.map_or((0, None), |served| (served.last, served.changed));
        if known != answer.last {
            return Ok(Event::Outdated);
        }
        // What was answered is the text of the build before, so the card stays one that has changed.
        let stale = changed.filter(|_| changed != answer.changed && answer.cause != Cause::Cram);
        let given = stale.map_or(*moment, |build| Moment { at: moment.at.min(build - 1), ..*moment });
        let kind = match answer.cause {
            Cause::New | Cause::Due | Cause::Ahead => AnswerKind::Review,
            // Meanwhile a new day may have begun, on which the face is due.
            Cause::Again if self.is_due_anew(face, moment)? => AnswerKind::Review,
            Cause::Again => AnswerKind::Drill,
            Cause::Cram => AnswerKind::Cram,
        };
        let grade = Grade::new(answer.grade).unwrap_or(Grade::AGAIN);
        let taken = u32::try_from(answer.taken).unwrap_or(u32::MAX);
        let recorded = self.store.record(&Response { face, grade, taken, kind }, &given)?;
        let cause = if answer.cause == Cause::Cram { Cause::Cram } else { Cause::Again };
        let from = if stale.is_some() { Some(moment.at) } else { self.again(face, (cause, None), moment)? };
        let again = match from {
            Some(from) => self.entry(face, cause)?.map(|entry| Entry { from, ..entry }),
            None => None,
        };
        let lapses = recorded.after.map_or(0, |memory| i64::from(memory.lapses));
        Ok(Event::Saved(Saved { again, lapses, day: i64::from(moment.day.0), changed: stale.is_some() }))
    }

    fn undo(&mut self, moment: &Moment) -> Result<Event, StoreError> {
        let Some(undone) = self.store.undo(moment)? else { return Ok(Event::Undone(None)) };
        let cram = undone.kind == AnswerKind::Cram.name();
        let cause = if cram {
            Cause::Cram
        } else if undone.kind == AnswerKind::Drill.name() {
            Cause::Again
        } else {
            agenda::cause(&self.store, undone.face, undone.memory.as_ref(), moment.day)?
        };
        Ok(Event::Undone(self.entry(undone.face, cause)?))
    }

    fn mark(&mut self, card: &str, (mark, on): (Mark, bool), moment: &Moment) -> Result<Event, StoreError> {
        for face in self.store.faces_of(card)? {
            let Some(known) = self.store.face(face)? else { continue };
            let marks = match mark {
                Mark::Buried => Marks { buried_until: on.then(|| moment.day.plus(1)), ..known.marks },
                Mark::Suspended => Marks { suspended: on, ..known.marks },
                Mark::Flagged => Marks { flag: u8::from(on), ..known.marks },
            };
            self.store.mark(face, marks, moment.at)?;
        }
        Ok(Event::Marked)
    }

    fn source(&mut self, file: &str, line: usize, end: usize) -> Event {
        let text = match self.desk.read(file) {
            Ok(text) => text,
            Err(why) => return Event::Failed(why),
        };
        let from = line.saturating_sub(AROUND).max(1);
        let lines = (1..).zip(text.lines()).skip(from - 1).take(end + AROUND + 1 - from);
        Event::Read(lines.map(|(number, text)| (number, text.to_owned())).collect())
    }

    /// What earlier sessions of the day did and can be taken back.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn past(&self, moment: &Moment) -> Result<Past, StoreError> {
        let answers = self.store.answered_on(moment.day)?;
        let mut marks: Vec<PastMark> = Vec::new();
        for aside in self.store.set_aside(moment.day)? {
            let known = marks.iter().any(|mark| mark.entry.card == aside.card);
            if known || self.calendar.moment(aside.at).day != moment.day {
                continue;
            }
            let memory = self.store.face(aside.face)?.and_then(|face| face.memory);
            let cause = match memory {
                _ if self.wanted.cram => Cause::Cram,
                Some(_) if !self.store.given(aside.face, moment.day, false)?.is_empty() => Cause::Again,
                memory => agenda::cause(&self.store, aside.face, memory.as_ref(), moment.day)?,
            };
            let mark = if aside.suspended { Mark::Suspended } else { Mark::Buried };
            let behind = answers.iter().filter(|at| **at <= aside.at).count();
            marks.extend(self.entry(aside.face, cause)?.map(|entry| PastMark { entry, mark, behind }));
        }
        Ok(Past { answers: answers.len(), marks })
    }

    /// What is to come, whatever this session was narrowed down to.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn outlook(&self, today: Day) -> Result<Outlook, StoreError> {
        let usual = Wanted { spread: self.catch_up, order: self.wanted.order, ..Wanted::default() };
        let agenda = Agenda::of(&self.store, &usual, (today, &self.steps))?;
        let ahead = self.store.ahead(today)?;
        // Where today's new faces have been met, those that are left have the days from tomorrow on.
        let from = if agenda.queue.new.is_empty() { today.plus(1) } else { today };
        let counted = agenda.today();
        Ok(Outlook {
            today: counted,
            tomorrow: ahead.tomorrow + caught_up(counted.held_back(), self.catch_up),
            next: ahead.next,
            new: ahead.new,
            barred: self.store.barred()?.min(ahead.new),
            put_off: ahead.put_off,
            all: ahead.all,
            suspended: ahead.suspended,
            haste: self.store.haste(from)?,
            exams_over: self.store.exams_over(today)?.into_iter().map(|exam| (exam, today)).collect(),
        })
    }

    /// What the day asks of what is wanted: due and new faces mixed, and those that come back.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn entries(&self, moment: &Moment) -> Result<Vec<Entry>, StoreError> {
        let agenda = Agenda::of(&self.store, &self.wanted, (moment.day, &self.steps))?;
        let mut entries = Vec::new();
        for queued in agenda.queue.mixed() {
            let cause = if self.wanted.cram { Cause::Cram } else { agenda.cause(queued) };
            entries.push((queued.line.clone(), entry(queued, cause)));
        }
        let mut entries = spread::apart(entries);
        entries.extend(agenda.again.iter().map(|(queued, from)| Entry { from: *from, ..entry(queued, Cause::Again) }));
        Ok(entries)
    }

    fn entry(&self, face: FaceId, cause: Cause) -> Result<Option<Entry>, StoreError> {
        let found = self.store.face(face)?;
        Ok(found.map(|found| Entry { face: face.0, card: found.card, deck: found.deck, cause, from: 0 }))
    }
}

/// A face of a queue, as the session's queue has it.
pub fn entry(queued: &Queued, cause: Cause) -> Entry {
    Entry { face: queued.face.0, card: queued.card.clone(), deck: queued.deck.clone(), cause, from: 0 }
}

/// Right options as the database has them, without the letters of the note: on the screen these are others.
fn unlettered(options: &str) -> String {
    let bare = |option| str::split_once(option, ") ").map_or(option, |(_, words)| words);
    options.lines().map(bare).collect::<Vec<_>>().join(" · ")
}

/// What a face shows: all of it where the database has it, else its plain texts.
fn shown(face: &Face, served: &Served) -> Shown {
    let about = About {
        deck: face.deck.clone(),
        kind: face.kind.clone(),
        trail: face.trail.clone(),
        file: face.file.clone(),
        line: usize::try_from(face.line).unwrap_or(1),
        end_line: served.end_line,
        was: face.was.as_deref().map(|was| if face.kind == "choice" { unlettered(was) } else { was.to_owned() }),
    };
    let rich = served.content.as_ref().map(|content| {
        // Options come in another order each time, but in the same one until they are answered.
        let turn = format!("{} {}", face.id.0, served.last);
        face::show(&content.body, content.why.as_ref(), served.position, &turn)
    });
    let plain = || Shown {
        front: paragraphs(&face.front),
        back: paragraphs(&face.back),
        answer: face.back.clone(),
        why: face.why.as_deref().map(paragraphs),
        ..Shown::default()
    };
    Shown { about, ..rich.unwrap_or_else(plain) }
}

fn paragraphs(text: &str) -> Content {
    Content(text.lines().map(|line| Part::Paragraph(Text::words(line))).collect())
}
