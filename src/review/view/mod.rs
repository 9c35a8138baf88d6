//! The session on the screen: a header with what is left, the page, and at the bottom what the keys do.
//!
//! Nothing is kept here; the same session on the same screen is drawn the same.

mod card;
mod foot;
mod pages;

pub(super) use foot::label;

use super::pictures::Pictures;
use super::queue::Left;
use super::session::{Screen, Seen, Session};
use crate::render::clean;
use crate::render::terminal::Look;
use crate::render::theme::{Role, Theme};
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Lines of words are not longer than this: the eye would lose them.
const WIDEST: u16 = 92;

/// What a session is drawn with.
#[derive(Default)]
pub struct Canvas {
    /// The colours.
    pub theme: Theme,
    /// What draws pictures.
    pub pictures: Pictures,
}

impl Canvas {
    /// Words alone, in these colours.
    pub fn plain(theme: Theme) -> Canvas {
        Canvas { theme, pictures: Pictures::default() }
    }
}

/// A picture on a page.
struct Placed {
    /// Its name.
    name: String,
    /// The first of the lines that are left free for it.
    line: usize,
    /// The columns before it.
    indent: u16,
    /// The columns and lines that it takes.
    size: Size,
}

/// A page of lines, and the line from which on it is best seen.
struct Page {
    lines: Vec<Line<'static>>,
    pictures: Vec<Placed>,
    /// The line that should be on the screen with all that follows, as far as there is room.
    focus: usize,
}

impl Page {
    /// A page that is read from its top.
    fn top(lines: Vec<Line<'static>>) -> Page {
        Page { lines, pictures: Vec::new(), focus: 0 }
    }
}

/// Draws the session; returns what of the page is on the screen.
pub fn draw(frame: &mut Frame, session: &Session, canvas: &mut Canvas) -> Seen {
    canvas.pictures.begin();
    let area = column(frame.area());
    let look = Look { width: usize::from(area.width), theme: canvas.theme };
    let mut foot = foot::lines(session, look);
    // On a very low screen the page comes first.
    foot.truncate(usize::from(area.height).saturating_sub(3).max(1));
    let head = vec![header(session, look), Line::default()];
    let room = usize::from(area.height).saturating_sub(head.len() + foot.len()).max(1);
    let page = match session.screen() {
        Screen::Card => card::page(session, look, (&mut canvas.pictures, room)),
        Screen::Help => Page::top(pages::help(session, look)),
        Screen::Source(lines) => pages::source(session, lines, look),
        Screen::Timebox => Page::top(pages::timebox(session, look)),
        Screen::Summary => Page::top(pages::summary(session, look)),
    };
    let below = head.len();
    let (page, seen) = cut(page, session.scroll(), (room, look));
    put(frame, area, 0, head);
    put(frame, area, below, page.lines);
    for placed in page.pictures {
        let line = u16::try_from(below + placed.line).unwrap_or(u16::MAX);
        let (x, y) = (area.x.saturating_add(placed.indent), area.y.saturating_add(line));
        let place = Rect { x, y, width: placed.size.width, height: placed.size.height };
        canvas.pictures.place(placed.name, place.intersection(area));
    }
    put(frame, area, usize::from(area.height).saturating_sub(foot.len()), foot);
    seen
}

/// The part of the screen that is used: all of a narrow one, the middle of a wide one.
fn column(screen: Rect) -> Rect {
    let margin = if screen.width > 50 { 2 } else { 0 };
    let width = screen.width.saturating_sub(2 * margin).min(WIDEST);
    Rect { x: screen.x + (screen.width - width) / 2, width, ..screen }
}

fn put(frame: &mut Frame, area: Rect, from: usize, lines: Vec<Line<'static>>) {
    let from = u16::try_from(from).unwrap_or(u16::MAX);
    for (row, line) in (area.y.saturating_add(from)..area.bottom()).zip(lines) {
        frame.render_widget(line, Rect { y: row, height: 1, ..area });
    }
}

/// What of a page is on the screen, with a sign where more is above or below. A picture is on it whole or
/// not at all.
fn cut(page: Page, scroll: Option<usize>, (room, look): (usize, Look)) -> (Page, Seen) {
    let all = page.lines.len();
    if all <= room {
        return (page, Seen { top: 0, most: 0, page: room });
    }
    // One line is for the sign.
    let rows = room.saturating_sub(1).max(1);
    let most = all - rows;
    let top = scroll.unwrap_or(page.focus).min(most);
    let mut lines: Vec<_> = page.lines.into_iter().skip(top).take(rows).collect();
    let below = all - top - rows;
    let sign = match (top, below) {
        (0, _) => format!("↓ {below} more (j)"),
        (_, 0) => format!("↑ {top} above (k)"),
        _ => format!("↑ {top} above (k) · ↓ {below} more (j)"),
    };
    lines.push(Line::from(Span::styled(sign, look.theme.style(Role::Remark))));
    let seen = |placed: Placed| {
        let line = placed.line.checked_sub(top)?;
        (line + usize::from(placed.size.height) <= rows).then_some(Placed { line, ..placed })
    };
    let pictures = page.pictures.into_iter().filter_map(seen).collect();
    (Page { lines, pictures, focus: 0 }, Seen { top, most, page: rows })
}

/// The deck at the left, what is left at the right.
fn header(session: &Session, look: Look) -> Line<'static> {
    let counts = counts(session.left());
    let deck = session.turn().map(|turn| turn.entry.deck.replace("::", " › ")).unwrap_or_default();
    let room = look.width.saturating_sub(counts.width() + 2);
    let deck = clipped(&clean(&deck), room);
    let gap = look.width.saturating_sub(deck.width() + counts.width());
    let quiet = look.theme.style(Role::Quiet);
    Line::from(vec![Span::styled(deck, quiet), Span::raw(" ".repeat(gap)), Span::styled(counts, quiet)])
}

/// What is left, in words.
pub(crate) fn counts(left: Left) -> String {
    let parts =
        [(left.due, "due"), (left.early, "early"), (left.new, "new"), (left.again, "again"), (left.cram, "to repeat")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}")).collect();
    if parts.is_empty() { "nothing left".to_owned() } else { parts.join(" · ") }
}

/// The end of a text, where all of it has no room: the last level of a deck tells most.
fn clipped(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for part in text.graphemes(true).rev() {
        if kept.width() + part.width() + 1 > room {
            break;
        }
        kept.insert_str(0, part);
    }
    if room == 0 { kept } else { format!("…{kept}") }
}
