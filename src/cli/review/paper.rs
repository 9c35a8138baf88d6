//! `recto review --from-paper`: grades of what was learnt from a printed sheet, from the list that
//! came with it or typed as `number grade`. Nothing counts twice, whatever is entered again.

#![expect(clippy::disallowed_methods, reason = "cli reads the list that is named")]

use std::fmt::Write as _;
use std::io::{BufRead, IsTerminal, stdin};
use std::path::Path;

use super::super::error::Error;
use super::super::report::plural;
use super::super::screen::Screen;
use super::super::{Outcome, clock};
use super::Args;
use crate::cli::notes;
use crate::export::print::form::{self, Filled, Line};
use crate::load::shown;
use crate::render::clean;
use crate::schedule::{Day, Moment};
use crate::store::{AnswerKind, Response, SessionLock, Store, StoreError};

/// What became of the lines of a list.
#[derive(Debug, Default)]
struct Tally {
    entered: usize,
    again: usize,
    corrected: usize,
    gone: Vec<usize>,
}

/// Enters the grades of a list.
pub(super) fn run(args: &Args, list: &Path, screen: &mut Screen) -> Result<Outcome, Error> {
    let text = std::fs::read_to_string(list).map_err(|error| Error::Read(list.to_owned(), error))?;
    let mut filled = form::read(&text).map_err(|why| Error::Form(list.to_owned(), why))?;
    let path = args.output.join(notes::DATABASE);
    let mut store = Store::open(&path).map_err(Error::Store)?;
    let _lock = SessionLock::take(&path).map_err(Error::Store)?;
    let moment = learnt(filled.day)?;
    let mut tally = Tally::default();
    if filled.lines.iter().all(|line| line.grade.is_none()) {
        ask(&mut filled, list, screen, &mut |line| enter(&mut store, line, &moment, &mut tally))?;
    } else {
        for line in &filled.lines {
            enter(&mut store, line, &moment, &mut tally).map_err(Error::Store)?;
        }
    }
    screen.out(&told(&tally, &filled, list))?;
    if let Err(error) = store.back_up_daily(moment.day) {
        screen.err(&format!("recto: no copy of today was made: {error}\n"));
    }
    Ok(Outcome::Clean)
}

/// When it was learnt: on the day of the sheet, at noon where that day is over.
fn learnt(day: Day) -> Result<Moment, Error> {
    let now = clock::moment()?;
    if day >= now.day {
        return Ok(now);
    }
    let calendar = clock::calendar()?;
    let noon = calendar.zone.to_timestamp(day.date().at(12, 0, 0, 0));
    Ok(noon.map_or(now, |noon| calendar.moment(noon.as_millisecond())))
}

/// Enters a line of the list; what became of it.
type Enter<'a> = dyn FnMut(&Line) -> Result<&'static str, StoreError> + 'a;

/// Reads lines such as `3 2`, up to an empty one, and enters each before the next is read.
fn ask(filled: &mut Filled, list: &Path, screen: &mut Screen, enter: &mut Enter) -> Result<(), Error> {
    let seen = stdin().is_terminal();
    if seen {
        screen.err(&format!(
            "There are no grades in {} yet. Type a number on the sheet and a grade\nfrom 1 to 4, such as `3 2` or \
             `3 good`; an empty line ends.\n",
            shown(list)
        ));
    }
    for typed in stdin().lock().lines().map_while(Result::ok) {
        if typed.trim().is_empty() {
            break;
        }
        match filled.enter(&typed) {
            Ok(line) => {
                let done = enter(line).map_err(Error::Store)?;
                if seen {
                    screen.err(&format!("  {done}: {}\n", clean(&line.question)));
                }
            }
            Err(why) => screen.err(&format!("recto: {}: {why}\n", clean(typed.trim()))),
        }
    }
    Ok(())
}

/// Enters one line, and says what became of it. What was entered for that day already is corrected where the grade is another; a face that was
/// answered in a session of that day, or later, is left as it is unless its answer has changed since.
fn enter(store: &mut Store, line: &Line, moment: &Moment, tally: &mut Tally) -> Result<&'static str, StoreError> {
    let Some(grade) = line.grade else { return Ok("left out") };
    let faces = store.faces_of(&line.card)?;
    let face = match faces.get(line.face) {
        Some(id) => store.face(*id)?,
        None => None,
    };
    let Some(face) = face else {
        tally.gone.push(line.number);
        return Ok("left out, for the card is gone");
    };
    let response = Response { face: face.id, grade, taken: 0, kind: AnswerKind::Paper };
    let answered = face.memory.filter(|memory| memory.answered >= moment.day && face.was.is_none());
    let Some(memory) = answered else {
        store.record(&response, moment)?;
        tally.entered += 1;
        return Ok("entered");
    };
    let entered = store.on_paper(face.id, moment.day)?.filter(|_| memory.answered == moment.day);
    if let Some(entered) = entered.filter(|entered| entered.grade != grade) {
        store.replace(&entered, &response, moment)?;
        tally.corrected += 1;
        return Ok("corrected");
    }
    tally.again += 1;
    Ok("left out, answered already")
}

fn told(tally: &Tally, filled: &Filled, list: &Path) -> String {
    let mut out = format!("{} entered for {}\n", plural(tally.entered, "answer"), filled.day);
    if tally.corrected > 0 {
        _ = writeln!(out, "{} corrected", plural(tally.corrected, "answer"));
    }
    if tally.again > 0 {
        let what = plural(tally.again, "answer");
        _ = writeln!(out, "{what} left out: answered on that day or later already");
    }
    if !tally.gone.is_empty() {
        let numbers: Vec<String> = tally.gone.iter().map(usize::to_string).collect();
        _ = writeln!(out, "left out, for the cards are gone: {}", numbers.join(", "));
    }
    if tally.entered + tally.corrected + tally.again + tally.gone.len() == 0 {
        _ = writeln!(out, "there are no grades in {}", shown(list));
    }
    out
}
