//! The pages that are no card: help, source, timebox, summary.

use super::super::keys::BINDINGS;
use super::super::session::Session;
use super::super::summary;
use super::{Page, counts};
use crate::render::terminal::{self, Look, prefixed};
use crate::render::theme::Role;
use ratatui::text::{Line, Span};

/// Columns for the names of keys.
const NAMES: usize = 9;

/// What the keys do.
pub(super) fn help(session: &Session, look: Look) -> Vec<Line<'static>> {
    let mut lines = terminal::words("Once the answer is shown", Role::Strong, look);
    for key in session.rules().keys.all() {
        lines.extend(row(&key.key.to_string(), &format!("{}: {}", key.name, key.when), look));
    }
    let about =
        "Below each grade stands when the card comes next. What is not known is asked again in the same session.";
    lines.extend(terminal::words(about, Role::Quiet, look));
    lines.push(Line::default());
    lines.extend(terminal::words("At any time", Role::Strong, look));
    for binding in BINDINGS {
        let also = if binding.also.is_empty() { String::new() } else { format!(" (also: {})", binding.also) };
        lines.extend(row(binding.name, &format!("{}{also}", binding.help), look));
    }
    lines.extend(row("Ctrl-Z", "leave for the shell; `fg` brings you back", look));
    lines.push(Line::default());
    lines.extend(terminal::words(
        "A letter that stands before an option chooses it until the answer is shown.",
        Role::Plain,
        look,
    ));
    lines.extend(terminal::words("Each answer is on the disc before the next card appears.", Role::Plain, look));
    lines
}

fn row(name: &str, words: &str, look: Look) -> Vec<Line<'static>> {
    let first = Span::styled(format!("  {name:<width$}", width = NAMES - 2), look.theme.style(Role::Strong));
    let narrow = Look { width: look.width.saturating_sub(NAMES), ..look };
    prefixed(terminal::words(words, Role::Plain, narrow), &first, &Span::raw(" ".repeat(NAMES)))
}

/// Lines of the note, the card's own set off and on the screen from the first.
pub(super) fn source(session: &Session, lines: &[(usize, String)], look: Look) -> Page {
    let Some(turn) = session.turn() else { return Page::top(Vec::new()) };
    let about = &turn.shown.about;
    let mut out = terminal::words(&format!("{}:{}", about.file, about.line), Role::Strong, look);
    out.push(Line::default());
    let digits = lines.last().map_or(1, |(number, _)| number.to_string().len());
    let narrow = Look { width: look.width.saturating_sub(digits + 3), ..look };
    let mut focus = None;
    for (number, text) in lines {
        let own = (about.line..=about.end_line).contains(number);
        let (bar, role) = if own { ("┃", Role::Plain) } else { ("│", Role::Quiet) };
        let mark = Span::styled(format!("{number:>digits$} {bar} "), look.theme.style(Role::Quiet));
        let others = Span::styled(format!("{:digits$} {bar} ", ""), look.theme.style(Role::Quiet));
        focus = focus.or(own.then_some(out.len()));
        out.extend(prefixed(terminal::words(text, role, narrow), &mark, &others));
    }
    Page { focus: focus.unwrap_or_default(), ..Page::top(out) }
}

/// The question whether to go on.
pub(super) fn timebox(session: &Session, look: Look) -> Vec<Line<'static>> {
    let minutes = session.rules().timebox.unwrap_or_default() / 60_000;
    let head = format!("{minutes} minutes are over.");
    let answers = summary::count(session.tally().answers(), "answer");
    let rest = format!("{answers} so far, and {} to go.", counts(session.left()));
    [terminal::words(&head, Role::Strong, look), terminal::words(&rest, Role::Plain, look)].concat()
}

/// What was done.
pub(super) fn summary(session: &Session, look: Look) -> Vec<Line<'static>> {
    let mut lines = terminal::words("Done for now.", Role::Strong, look);
    lines.push(Line::default());
    for line in summary::lines(session.tally(), session.rules().keys, session.outlook()) {
        lines.extend(terminal::words(&line, Role::Plain, look));
    }
    lines
}
