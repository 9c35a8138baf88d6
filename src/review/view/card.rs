//! The page of a card: its headings, its question, and once it is shown the answer.

use super::super::face::Shown;
use super::super::session::Session;
use super::super::turn::{Stage, Turn};
use super::super::typed::{Comparison, Mark};
use super::Page;
use crate::card::Content;
use crate::render::terminal::{self, Look};
use crate::render::theme::Role;
use ratatui::style::Stylize;
use ratatui::text::{Line, Span};

/// The card on the screen.
pub(super) fn page(session: &Session, look: Look) -> Page {
    let Some(turn) = session.turn() else { return Page::top(Vec::new()) };
    if turn.stage == Stage::Fetching {
        return Page::top(terminal::words("… (space to try again)", Role::Quiet, look));
    }
    let mut lines = context(turn, look);
    let answered = turn.stage != Stage::Asking;
    if !(answered && turn.shown.whole) {
        lines.extend(strong(terminal::content(&turn.shown.front, look), &turn.shown));
        lines.extend(options(turn, answered, look));
    }
    lines.extend(typing(turn, answered, look));
    let focus = lines.len();
    if answered {
        let says = !turn.shown.back.is_blank() || turn.shown.why.is_some();
        if !turn.shown.whole && says {
            lines.extend([Line::default(), rule(look)]);
        }
        if turn.shown.whole && turn.comparison().is_some() {
            lines.push(Line::default());
        }
        lines.extend(answer(turn, look));
    }
    // As much of the question as there is room for stays above the answer.
    Page { lines, focus: if answered { focus.saturating_sub(1) } else { 0 } }
}

/// Headings, kind, flag: what stands small above a front.
fn context(turn: &Turn, look: Look) -> Vec<Line<'static>> {
    let about = &turn.shown.about;
    let mut lines = terminal::words(&about.trail.join(" › "), Role::Quiet, look);
    lines.retain(|line| line.width() > 0);
    let signs = [
        (about.kind == "trap", "TRAP", Role::Wrong),
        (turn.standing.flagged, "⚑ flagged", Role::Remark),
        (turn.standing.suspended, "suspended", Role::Remark),
        (about.changed, "changed since you learnt it", Role::Remark),
    ];
    let mut spans = Vec::new();
    for (_, sign, role) in signs.iter().filter(|(on, _, _)| *on) {
        spans.extend([Span::styled(*sign, look.theme.style(*role)), Span::raw("  ")]);
    }
    if !spans.is_empty() {
        lines.push(Line::from(spans));
    }
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    lines
}

/// A question of one paragraph is set in bold.
fn strong(lines: Vec<Line<'static>>, shown: &Shown) -> Vec<Line<'static>> {
    let short = shown.front.0.len() == 1 && !shown.whole;
    if short { lines.into_iter().map(Stylize::bold).collect() } else { lines }
}

/// The options with their keys; once the answer is shown, right and wrong ones are marked.
fn options(turn: &Turn, answered: bool, look: Look) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (key, option) in &turn.shown.options {
        let chosen = turn.chosen.contains(key);
        let (sign, role) = match (answered, option.correct, chosen) {
            (true, true, _) => ("✓", Role::Right),
            (true, false, true) => ("✗", Role::Wrong),
            (false, _, true) => ("●", Role::Strong),
            _ => (" ", Role::Plain),
        };
        let mark = Span::styled(format!("{sign} {key}) "), look.theme.style(role));
        let inner = Look { width: look.width.saturating_sub(5), ..look };
        lines.extend(terminal::prefixed(terminal::content(&option.content, inner), &mark, &Span::raw("     ")));
    }
    let several = (turn.has_several() && !answered).then(|| terminal::words("several are right", Role::Quiet, look));
    if lines.is_empty() { lines } else { [vec![Line::default()], lines, several.unwrap_or_default()].concat() }
}

/// The line in which an answer is typed, or the comparison.
fn typing(turn: &Turn, answered: bool, look: Look) -> Vec<Line<'static>> {
    let Some(typed) = &turn.typed else { return Vec::new() };
    if !answered {
        let line = terminal::words(&format!("> {typed}▏"), Role::Strong, look);
        return [vec![Line::default()], line].concat();
    }
    turn.comparison().map_or_else(Vec::new, |comparison| compared(&comparison, look))
}

fn compared(comparison: &Comparison, look: Look) -> Vec<Line<'static>> {
    let verdict = match comparison.grade {
        4 => "✓ right",
        3 => "≈ nearly",
        _ => "✗ not what the note says",
    };
    let style = |mark: &Mark| match mark {
        Mark::Same => look.theme.style(Role::Plain),
        Mark::Extra => look.theme.style(Role::Wrong).crossed_out(),
        Mark::Missing => look.theme.style(Role::Right).underlined(),
    };
    let stretches = comparison.marked.iter().map(|(mark, words)| (words.as_str(), style(mark)));
    let role = if comparison.grade >= 3 { Role::Right } else { Role::Wrong };
    let mut lines = vec![Line::default()];
    lines.extend(terminal::styled(stretches, look));
    lines.extend(terminal::words(verdict, role, look));
    lines
}

fn answer(turn: &Turn, look: Look) -> Vec<Line<'static>> {
    let shown = &turn.shown;
    let mut lines = terminal::content(&shown.back, look);
    let blank = |content: &Content| content.is_blank();
    if let Some(why) = shown.why.as_ref().filter(|why| !blank(why)) {
        if !lines.is_empty() && !blank(&shown.back) {
            lines.push(Line::default());
        }
        lines.extend(
            terminal::content(why, look).into_iter().map(|line| line.patch_style(look.theme.style(Role::Plain))),
        );
    }
    lines.push(Line::default());
    let place = format!("{}:{}", shown.about.file, shown.about.line);
    lines.extend(terminal::words(&place, Role::Quiet, look));
    lines
}

fn rule(look: Look) -> Line<'static> {
    Line::from(Span::styled("─".repeat(look.width), look.theme.style(Role::Quiet)))
}
