//! The review line by line, for pipes, screen readers and terminals that can do nothing else: what is
//! shown is printed, and each line that is typed is a key, a word, or an answer.

use super::grade::Keys;
use super::keys::{self, Action, BINDINGS, Key};
use super::session::{Event, Screen, Session};
use super::turn::{Stage, Turn};
use super::typed::Mark;
use super::view::{counts, label};
use super::world::World;
use crate::card::Content;
use crate::markdown::text::Text;
use crate::render::{clean, plain, rows};
use std::io::{self, BufRead, Write};

/// Where the plain review reads and writes, and the clock.
pub struct Lines<'a> {
    /// What is typed.
    pub input: &'a mut dyn BufRead,
    /// What is shown.
    pub output: &'a mut dyn Write,
    /// Milliseconds since 1970 (UTC).
    pub clock: &'a dyn Fn() -> i64,
}

/// Runs a session to its end, or to the end of the input.
///
/// # Errors
///
/// Where the input cannot be read or the output cannot be written.
pub fn run(session: &mut Session, world: &mut World, lines: &mut Lines) -> io::Result<()> {
    match talk(session, world, lines) {
        // Who reads no further has ended the session.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

fn talk(session: &mut Session, world: &mut World, lines: &mut Lines) -> io::Result<()> {
    let first = session.start((lines.clock)());
    let mut ended = world.settle(session, first, lines.clock);
    while !ended {
        write!(lines.output, "{}> ", page(session))?;
        lines.output.flush()?;
        let mut typed = String::new();
        if lines.input.read_line(&mut typed)? == 0 {
            writeln!(lines.output)?;
            break;
        }
        if matches!(session.screen(), Screen::Help | Screen::Source(_)) && !typed.trim().is_empty() {
            // What is typed below a page is meant for the card.
            session.handle(Event::Key(Key::Escape), (lines.clock)());
        }
        for event in events(session, typed.trim_end_matches(['\n', '\r'])) {
            let command = session.handle(event, (lines.clock)());
            ended = ended || world.settle(session, command, lines.clock);
        }
    }
    Ok(())
}

/// What a typed line means where the session is.
fn events(session: &Session, line: &str) -> Vec<Event> {
    let word = line.trim();
    if session.is_typing() {
        // A colon tells a command from an answer.
        return match word.strip_prefix(':') {
            Some(command) => [vec![Event::Key(Key::Escape)], keyed(command.trim(), session.rules().keys)].concat(),
            None => vec![Event::Typed(line.to_owned())],
        };
    }
    let turn = session.turn().filter(|_| *session.screen() == Screen::Card);
    let asking = turn.filter(|turn| turn.stage == Stage::Asking);
    let letters = || word.chars().filter(|c| !matches!(c, ' ' | ',' | ';'));
    if let Some(turn) = asking.filter(|turn| !turn.shown.options.is_empty())
        && letters().next().is_some()
        && letters().all(|c| turn.is_option(c.to_ascii_lowercase()))
    {
        let mut events: Vec<Event> = letters().map(|c| Event::Key(Key::Char(c))).collect();
        events.extend(turn.has_several().then_some(Event::Key(Key::Enter)));
        return events;
    }
    let name = word.strip_prefix(':').unwrap_or(word);
    if let Some(binding) = asking.and_then(|_| BINDINGS.iter().find(|binding| binding.word == name)) {
        // The letter of a key may be that of an option.
        return vec![Event::Do(binding.action)];
    }
    let known = keyed(name, session.rules().keys);
    let answer = asking.is_some_and(|turn| turn.shown.options.is_empty());
    match &known[..] {
        [] if answer => vec![Event::Typed(line.to_owned())],
        [] => vec![Event::Unknown(word.to_owned())],
        [Event::Key(key)] if answer && is_idle(*key, session.rules().keys) => vec![Event::Typed(line.to_owned())],
        _ => known,
    }
}

/// Whether a key neither grades nor does anything else.
fn is_idle(key: Key, grades: Keys) -> bool {
    let grades = matches!(key, Key::Char(c) if grades.grade(c).is_some());
    !grades && keys::action(key).is_none()
}

/// The keys that a line or a word stands for.
fn keyed(word: &str, grades: Keys) -> Vec<Event> {
    let mut letters = word.chars();
    let key = match (letters.next(), letters.next()) {
        (None, _) => Some(Key::Enter),
        (Some(c), None) => Some(Key::Char(c)),
        _ => {
            let grade = grades.all().iter().find(|key| key.name == word).map(|key| Key::Char(key.key));
            let named = || BINDINGS.iter().find(|binding| binding.word == word).map(|binding| binding.keys[0]);
            grade.or_else(named)
        }
    };
    key.into_iter().map(Event::Key).collect()
}

/// What is to be said where the session is.
fn page(session: &Session) -> String {
    let mut out = String::from("\n");
    if let Some(notice) = session.notice() {
        push(&mut out, if notice.bad { "Problem: " } else { "Note: " }, &notice.text);
    }
    match session.screen() {
        Screen::Card => session.turn().into_iter().for_each(|turn| card(session, turn, &mut out)),
        Screen::Help => help(session.rules().keys, &mut out),
        Screen::Source(lines) => {
            for (number, text) in lines {
                push(&mut out, &format!("{number}: "), text);
            }
            out.push_str("Enter: back to the card\n");
        }
        Screen::Timebox => out.push_str("The time is over. Enter: go on; q: stop\n"),
        Screen::Summary => out.push_str("Nothing is left. Enter: finish; u: undo\n"),
    }
    out
}

/// What stands in the gap of a text.
fn gap(whole: &Content) -> Content {
    let mut out = Text::default();
    for text in whole.texts() {
        let mut end = None;
        for run in text.runs().iter().filter(|run| run.style.gap.is_some()) {
            let apart = end != Some(run.start) && !out.is_blank();
            out = out.then(if apart { " " } else { "" });
            out.append(&text.slice(run.start..run.end));
            end = Some(run.end);
        }
    }
    Content::text(out)
}

/// Adds words of whatever origin, line by line.
fn push(out: &mut String, before: &str, words: &str) {
    out.push_str(before);
    out.push_str(clean(words).trim_end());
    out.push('\n');
}

/// A side in plain words, formulas in a row of characters where they have one; an open gap is `[…]` already.
fn words(side: &Content) -> String {
    let ungapped = side.map_texts(&|text| text.restyle(|style| style.gap = None));
    plain::content(&rows::content(&ungapped))
}

fn card(session: &Session, turn: &Turn, out: &mut String) {
    match turn.stage {
        Stage::Fetching => out.push_str("The card could not be read. Enter: try again; q: quit\n"),
        Stage::Asking => question(session, turn, out),
        Stage::Answered | Stage::Saving(_) => answer(session, turn, out),
    }
}

fn question(session: &Session, turn: &Turn, out: &mut String) {
    let shown = &turn.shown;
    push(out, "", &format!("[{}]", counts(session.left())));
    let mut about = shown.about.trail.join(" > ");
    let signs = [
        (shown.about.kind == "trap", "trap"),
        (turn.standing.flagged, "flagged"),
        (turn.standing.suspended, "suspended"),
        (shown.about.was.is_some(), "changed since you learnt it"),
    ];
    for (_, sign) in signs.iter().filter(|(on, _)| *on) {
        about.extend([" (", sign, ")"]);
    }
    if !about.is_empty() {
        push(out, "", about.trim());
    }
    push(out, "Question: ", &words(&shown.front));
    for (key, option) in &shown.options {
        let sign = if turn.chosen.contains(key) { "*" } else { "" };
        push(out, &format!("{sign}{key}) "), &words(&option.content));
    }
    out.push_str(match (session.is_typing(), shown.options.is_empty(), turn.has_several()) {
        (true, ..) => "Type the answer; :q quits, :? is help\n",
        (_, false, true) => "Letters: choose, such as ac; Enter: answer; other keys as words, such as bury; ?: help\n",
        (_, false, false) => "A letter: choose; Enter: answer; other keys as words, such as bury; ?: help\n",
        _ => "Enter: answer; or type it; ?: help\n",
    });
}

fn answer(session: &Session, turn: &Turn, out: &mut String) {
    let shown = &turn.shown;
    if let Some(comparison) = turn.comparison() {
        let stretch = |(mark, words): &(Mark, String)| match mark {
            Mark::Same => words.clone(),
            Mark::Extra => format!("[-{words}-]"),
            Mark::Missing => format!("{{+{words}+}}"),
        };
        let marked: String = comparison.marked.iter().map(stretch).collect();
        push(out, if comparison.grade >= 4 { "Right: " } else { "You typed: " }, &marked);
    }
    for (key, option) in &shown.options {
        let verdict = match (option.correct, turn.chosen.contains(key)) {
            (true, true) => "right, and chosen",
            (true, false) => "right",
            (false, true) => "wrong, and chosen",
            (false, false) => continue,
        };
        push(out, &format!("{key}) {verdict}: "), &words(&option.content));
    }
    if shown.whole {
        push(out, "Gap: ", &words(&gap(&shown.back)));
        push(out, "Answer: ", &words(&shown.back));
    } else if !shown.back.is_blank() {
        push(out, "Answer: ", &words(&shown.back));
    }
    if let Some(was) = &shown.about.was {
        push(out, "It was: ", was);
    }
    if let Some(why) = shown.why.as_ref().filter(|why| !why.is_blank()) {
        push(out, "Why: ", &words(why));
    }
    push(out, "Source: ", &format!("{}:{}", shown.about.file, shown.about.line));
    let keys = session.rules().keys.all().iter();
    let grades: Vec<String> = keys.map(|key| format!("{} {} ({})", key.key, key.name, label(turn, key))).collect();
    let fair = turn.suggestion(session.rules().keys).map_or("", |key| key.name);
    push(out, "", &format!("{}; Enter: {fair}", grades.join(", ")));
}

fn help(grades: Keys, out: &mut String) {
    for key in grades.all() {
        push(out, "", &format!("{} or {}: {}", key.key, key.name, key.when));
    }
    let scrolls = |action: Action| matches!(action, Action::Scroll(_));
    for binding in BINDINGS.iter().filter(|binding| !scrolls(binding.action)) {
        let name = if binding.action == Action::Go { "Enter" } else { binding.name };
        push(out, "", &format!("{name} or {}: {}", binding.word, binding.help));
    }
    out.push_str("Enter: back to the card\n");
}
