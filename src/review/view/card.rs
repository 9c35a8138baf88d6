//! The page of a card: its headings, its question, and once it is shown the answer.

use super::super::face::Shown;
use super::super::pictures::Pictures;
use super::super::session::Session;
use super::super::turn::{Stage, Turn};
use super::super::typed::{Comparison, Mark};
use super::{Page, Placed};
use crate::card::Content;
use crate::markdown::text::{Atom, Text};
use crate::render::terminal::{self, Look};
use crate::render::theme::Role;
use ratatui::layout::Size;
use ratatui::style::Stylize;
use ratatui::text::{Line, Span};

/// The card on the screen; `room` is how many lines of it can be seen at once.
pub(super) fn page(session: &Session, look: Look, (pictures, room): (&mut Pictures, usize)) -> Page {
    let Some(turn) = session.turn() else { return Page::top(Vec::new()) };
    if turn.stage == Stage::Fetching {
        return Page::top(terminal::words("… (space to try again)", Role::Quiet, look));
    }
    let lines = context(turn, look);
    let mut sheet = Sheet { page: Page::top(lines), pictures, look, room };
    let answered = turn.stage != Stage::Asking;
    if !(answered && turn.shown.whole) {
        sheet.front(&turn.shown);
        sheet.options(turn, answered);
    }
    let typed = typing(turn, answered, look);
    // What has nothing above it but headings stands apart already.
    let apart = sheet.page.lines.last().is_none_or(|line| line.width() == 0);
    sheet.page.lines.extend(typed.into_iter().skip(usize::from(apart)));
    let focus = sheet.page.lines.len();
    if answered {
        let says = !turn.shown.back.is_blank() || turn.shown.why.is_some();
        if !turn.shown.whole && says {
            sheet.page.lines.extend([Line::default(), rule(look)]);
        }
        if turn.shown.whole && turn.comparison().is_some() {
            sheet.page.lines.push(Line::default());
        }
        sheet.answer(turn);
        // As much of the question as there is room for stays above the answer.
        sheet.page.focus = focus.saturating_sub(1);
    }
    sheet.page
}

/// A page that is being written.
struct Sheet<'a> {
    page: Page,
    pictures: &'a mut Pictures,
    look: Look,
    room: usize,
}

impl Sheet<'_> {
    /// Adds one side of a card, each line changed by `change`; pictures follow the part that has them.
    fn side(&mut self, content: &Content, change: impl Fn(Line<'static>) -> Line<'static>) {
        for (part, lines) in terminal::parts(content, self.look) {
            self.page.lines.extend(lines.into_iter().map(&change));
            part.texts().into_iter().for_each(|text| self.draw(text, 0));
        }
    }

    /// Leaves room for the pictures of a text.
    fn draw(&mut self, text: &Text, indent: u16) {
        let width = u16::try_from(self.look.width).unwrap_or(u16::MAX).saturating_sub(indent);
        // A picture that fills the screen would leave none for the words.
        let room = Size { width, height: u16::try_from(self.room * 2 / 3).unwrap_or(u16::MAX) };
        let names = text.runs().iter().filter_map(|run| match &run.style.atom {
            Atom::Image { src } => Some(src),
            _ => None,
        });
        for name in names {
            let Some(size) = self.pictures.fitted(name, room) else { continue };
            let line = self.page.lines.len();
            self.page.pictures.push(Placed { name: name.to_string(), line, indent, size });
            self.page.lines.extend((0..size.height).map(|_| Line::default()));
        }
    }

    /// A question of one paragraph is set in bold.
    fn front(&mut self, shown: &Shown) {
        let short = shown.front.0.len() == 1 && !shown.whole;
        self.side(&shown.front, |line| if short { line.bold() } else { line });
    }

    /// The options with their keys; once the answer is shown, right and wrong ones are marked.
    fn options(&mut self, turn: &Turn, answered: bool) {
        let look = self.look;
        if !turn.shown.options.is_empty() {
            self.page.lines.push(Line::default());
        }
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
            let mut lines = terminal::content(&option.content, inner);
            if answered && option.correct && !chosen && turn.has_several() && !turn.chosen.is_empty() {
                missed(&mut lines, inner);
            }
            self.page.lines.extend(terminal::prefixed(lines, &mark, &Span::raw("     ")));
            option.content.texts().into_iter().for_each(|text| self.draw(text, 5));
        }
        if turn.has_several() && !answered {
            self.page.lines.extend(terminal::words("several are right", Role::Quiet, look));
        }
    }

    fn answer(&mut self, turn: &Turn) {
        let shown = &turn.shown;
        let plain = self.look.theme.style(Role::Plain);
        self.side(&shown.back, |line| line);
        if let Some(was) = &shown.about.was {
            self.page.lines.extend(terminal::words(&format!("it was: {was}"), Role::Remark, self.look));
        }
        if let Some(why) = shown.why.as_ref().filter(|why| !why.is_blank()) {
            if !shown.back.is_blank() {
                self.page.lines.push(Line::default());
            }
            self.side(why, |line| line.patch_style(plain));
        }
        self.page.lines.push(Line::default());
        let place = format!("{}:{}", shown.about.file, shown.about.line);
        self.page.lines.extend(terminal::words(&place, Role::Quiet, self.look));
    }
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
        (about.was.is_some(), "changed since you learnt it", Role::Remark),
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

/// Says of a right option that it was not chosen, behind its words or below them.
fn missed(lines: &mut Vec<Line<'static>>, look: Look) {
    let sign = Span::styled("not chosen", look.theme.style(Role::Remark));
    match lines.last_mut().filter(|line| line.width() + 2 + sign.width() <= look.width) {
        Some(line) => line.spans.extend([Span::raw("  "), sign]),
        None => lines.push(Line::from(sign)),
    }
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

fn rule(look: Look) -> Line<'static> {
    Line::from(Span::styled("─".repeat(look.width), look.theme.style(Role::Quiet)))
}
