//! The bottom of the screen: a remark if there is one, the grades with their intervals, and what other
//! keys do, as far as there is room.

use super::super::grade::{GradeKey, KNOWN, interval};
use super::super::keys::{Action, hint};
use super::super::queue::Cause;
use super::super::session::{Screen, Session};
use super::super::turn::{Stage, Turn};
use crate::render::terminal::{self, Look};
use crate::render::theme::Role;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// What can be done before the answer is shown; where there is little room, the last but two go first.
const ASKING: [Action; 7] =
    [Action::Go, Action::Undo, Action::Edit, Action::Bury, Action::Type, Action::Help, Action::Quit];

/// Columns between two grades.
const GAP: usize = 2;

/// The lines at the bottom, from the top down.
pub(super) fn lines(session: &Session, look: Look) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    if let Some(notice) = session.notice() {
        let (sign, role) = if notice.bad { ("! ", Role::Wrong) } else { ("", Role::Remark) };
        lines.extend(terminal::words(&format!("{sign}{}", notice.text), role, look));
    }
    match session.screen() {
        Screen::Card => lines.extend(card(session, look)),
        Screen::Help | Screen::Source(_) => lines.push(hints(&[("any key", "back to the card")], look)),
        Screen::Timebox => lines.push(hints(&[("space", "go on"), ("q", "stop here")], look)),
        Screen::Summary => lines.push(hints(&[("space", "done"), ("u", "undo")], look)),
    }
    lines
}

fn card(session: &Session, look: Look) -> Vec<Line<'static>> {
    let Some(turn) = session.turn() else { return Vec::new() };
    if session.is_typing() {
        return vec![hints(&[("Enter", "show the answer"), ("Esc", "other keys")], look)];
    }
    match turn.stage {
        Stage::Answered | Stage::Saving(_) => {
            let mut lines = grades(session, turn, look);
            let chosen = !turn.shown.options.is_empty();
            let kept = [Action::Undo, Action::Edit, Action::Source];
            let bury = chosen.then_some(Action::Bury);
            let named: Vec<Action> = kept.into_iter().chain(bury).chain([Action::Help, Action::Quit]).collect();
            lines.push(others(&named, look));
            lines
        }
        Stage::Asking if !turn.shown.options.is_empty() => {
            let keys: Vec<String> = turn.shown.options.iter().map(|(key, _)| key.to_string()).collect();
            let span = format!("{}–{}", keys[0], keys[keys.len() - 1]);
            let bury = if turn.is_option('b') { ("then b", "bury") } else { hint(Action::Bury) };
            vec![hints(&[(&span, "choose"), ("space", "answer"), bury, ("?", "help"), ("q", "quit")], look)]
        }
        _ => vec![others(&ASKING, look)],
    }
}

fn others(actions: &[Action], look: Look) -> Line<'static> {
    let named: Vec<(&str, &str)> = actions.iter().map(|action| hint(*action)).collect();
    hints(&named, look)
}

/// Keys and what they do, as many as there is room for; the last two always.
fn hints(named: &[(&str, &str)], look: Look) -> Line<'static> {
    let size = |(key, word): &(&str, &str)| key.width() + word.width() + 3;
    let mut shown: Vec<&(&str, &str)> = named.iter().collect();
    while shown.len() > 2 && shown.iter().map(|pair| size(pair)).sum::<usize>() > look.width + 2 {
        shown.remove(shown.len().saturating_sub(3).max(1));
    }
    let mut spans = Vec::new();
    for (key, word) in shown {
        let key = Span::styled((*key).to_owned(), look.theme.style(Role::Strong));
        spans.extend([key, Span::styled(format!(" {word}  "), look.theme.style(Role::Quiet))]);
    }
    Line::from(spans)
}

/// The grades side by side, or below each other where the screen is narrow.
fn grades(session: &Session, turn: &Turn, look: Look) -> Vec<Line<'static>> {
    let fair = turn.suggestion(session.rules().keys).map(|key| key.key);
    let cell = |key: &GradeKey| Cell {
        name: format!("{} {}", key.key, key.name),
        next: label(turn, key),
        fair: Some(key.key) == fair,
    };
    let cells: Vec<Cell> = session.rules().keys.all().iter().map(cell).collect();
    let columns = columns(&cells.iter().map(Cell::width).collect::<Vec<_>>(), look.width);
    let rows = cells.chunks(columns.len());
    let spans = |(cell, width): (&Cell, &usize)| cell.spans(*width, look);
    rows.map(|row| Line::from(row.iter().zip(&columns).flat_map(spans).collect::<Vec<_>>())).collect()
}

/// One grade: its key and name, when the card comes next, and whether it is marked as fair.
struct Cell {
    name: String,
    next: String,
    fair: bool,
}

impl Cell {
    fn width(&self) -> usize {
        self.name.width() + self.next.width() + 2
    }

    fn spans(&self, width: usize, look: Look) -> [Span<'static>; 2] {
        let (mark, role) = if self.fair { ("›", Role::Right) } else { (" ", Role::Strong) };
        let pad = " ".repeat(width.saturating_sub(self.width()));
        [
            Span::styled(format!("{mark}{}", self.name), look.theme.style(role)),
            Span::styled(format!(" {}{pad}", self.next), look.theme.style(Role::Quiet)),
        ]
    }
}

/// The widths of columns for cells of these widths: as few rows as there is room for, of even length.
fn columns(cells: &[usize], room: usize) -> Vec<usize> {
    let of = |count: usize| -> Vec<usize> {
        (0..count).map(|at| cells.iter().skip(at).step_by(count).max().copied().unwrap_or(0) + GAP).collect()
    };
    let counts = (1..=cells.len()).map(|rows| cells.len().div_ceil(rows));
    let fits = counts.map(of).find(|widths| widths.iter().sum::<usize>() <= room + GAP);
    fits.unwrap_or_else(|| vec![room])
}

/// When the card comes next after a grade: today once more, or after so many days.
pub(in super::super) fn label(turn: &Turn, key: &GradeKey) -> String {
    let outcome = turn.outcomes[usize::from(key.grade.min(5))];
    let days = interval(outcome.days);
    match (turn.entry.cause, outcome.wait) {
        // What is asked outside its schedule does not move it.
        (Cause::Cram, None) => "done".to_owned(),
        (Cause::Cram | Cause::Again, Some(wait)) => minutes(wait),
        (_, Some(wait)) if key.grade < KNOWN => minutes(wait),
        (_, Some(wait)) => format!("{}, {days}", minutes(wait)),
        (_, None) => days,
    }
}

fn minutes(wait: i64) -> String {
    match wait / 1_000 {
        seconds @ ..60 => format!("{seconds} s"),
        seconds @ 60..3_600 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3_600),
    }
}
