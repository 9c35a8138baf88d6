//! Tables that are laid out with blanks and rulers of dashes, as Pandoc writes them, become tables with
//! bars. One whose cells run over several lines is fenced instead, so that nobody reads its lines as prose.

use super::lines::{self, Line};
use crate::markdown::view::{View, Weaver};
use std::ops::Range;

/// A table: its lines, and where its columns begin.
struct Table {
    head: usize,
    rows: Vec<usize>,
    starts: Vec<usize>,
    /// The first line and the one behind the last.
    all: Range<usize>,
    /// Every row stands on one line.
    flat: bool,
}

/// Rewrites the tables of a view.
pub(super) fn bars<'n>(view: &View<'n>) -> Option<View<'n>> {
    if !view.text.contains("--- ---") && !view.text.contains("---  ---") {
        return None;
    }
    let lines = lines::read(&view.text);
    let mut weaver = Weaver::new(view);
    let (mut at, mut woven) = (0, false);
    while at < lines.len() {
        let Some(table) = table(&lines, at, &view.text) else {
            at += 1;
            continue;
        };
        let indent = " ".repeat(lines[table.head].indent.min(3));
        weaver.keep_to(lines[table.all.start].start);
        if table.flat {
            row(&mut weaver, &lines[table.head], &table.starts, &view.text);
            weaver.add(&format!("|{}\n", "---|".repeat(table.starts.len())));
            for each in &table.rows {
                row(&mut weaver, &lines[*each], &table.starts, &view.text);
            }
        } else {
            weaver.add(&format!("{indent}```\n"));
            weaver.keep_to(lines[table.all.end - 1].next);
            weaver.add(&format!("{indent}```\n"));
        }
        weaver.skip_to(lines[table.all.end - 1].next);
        weaver.add("\n");
        woven = true;
        at = table.all.end;
    }
    woven.then(|| weaver.finish())
}

/// The table whose head or upper ruler stands on a line.
fn table(lines: &[Line], at: usize, text: &str) -> Option<Table> {
    let line = &lines[at];
    let before = at.checked_sub(1).map(|above| &lines[above]);
    let framed = is_line(line, text);
    let free = line.quotes == 0 && !line.raw && before.is_none_or(|b| b.blank() || b.words(text).starts_with('#'));
    let head = at + usize::from(framed);
    // The words of a head may stand on several lines in a frame.
    let tall =
        (1..=if framed { 4 } else { 1 }).find(|n| lines.get(head + n).is_some_and(|l| !columns(l, text).is_empty()))?;
    let starts = columns(&lines[head + tall], text);
    if !free || starts.len() < 2 || lines[head].blank() || lines::marker(lines[head].words(text)).is_some() {
        return None;
    }
    let body = head + tall + 1;
    let ends =
        |l: &Line| if framed { is_line(l, text) } else { l.blank() || is_line(l, text) || columns(l, text).len() > 1 };
    let length = lines[body..].iter().take(500).position(ends).or_else(|| (!framed).then_some(lines.len() - body))?;
    let rows: Vec<usize> = (body..body + length).filter(|n| !lines[*n].blank()).collect();
    let closed = lines.get(body + length).is_some_and(|l| !l.blank());
    let barred = rows.iter().chain([&head]).any(|n| lines[*n].words(text).contains('|'));
    let apart = !framed || rows.windows(2).all(|pair| pair[1] > pair[0] + 1);
    let fits = rows.iter().chain([&head]).all(|n| fits(&lines[*n], &starts, text));
    let all = at..body + length + usize::from(closed);
    Some(Table { head, flat: tall == 1 && apart && fits && !barred && !rows.is_empty(), rows, starts, all })
}

/// Whether a line is one long ruler.
fn is_line(line: &Line, text: &str) -> bool {
    let words = line.words(text);
    words.len() > 9 && words.bytes().all(|b| b == b'-')
}

/// Where the columns begin of which a line rules the width, in characters.
fn columns(line: &Line, text: &str) -> Vec<usize> {
    let words = line.words(text);
    if line.blank() || !words.bytes().all(|b| matches!(b, b'-' | b' ')) {
        return Vec::new();
    }
    let groups: Vec<&str> = words.split(' ').filter(|g| !g.is_empty()).collect();
    if groups.iter().any(|g| g.len() < 3) {
        return Vec::new();
    }
    let begins = words.match_indices('-').map(|(at, _)| at);
    begins.filter(|at| *at == 0 || words.as_bytes()[at - 1] == b' ').map(|at| line.indent + at).collect()
}

/// The bytes of each cell of a line.
fn cells(line: &Line, starts: &[usize], text: &str) -> Vec<Range<usize>> {
    let whole = &text[line.inner..line.end.max(line.inner)];
    let byte =
        |column: usize| whole.char_indices().nth(column).map_or(line.end.max(line.inner), |(at, _)| line.inner + at);
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
    let trimmed = |range: Range<usize>| {
        let part = &text[range.clone()];
        let start = range.start + part.len() - part.trim_start().len();
        start..(start + part.trim().len())
    };
    starts.iter().zip(ends).map(|(start, end)| trimmed(byte(*start)..byte(end).max(byte(*start)))).collect()
}

/// Whether no word of a line stands across the border of two columns.
fn fits(line: &Line, starts: &[usize], text: &str) -> bool {
    let characters: Vec<char> = text[line.inner..line.end.max(line.inner)].chars().collect();
    let blank = |at: usize| characters.get(at).is_none_or(|c| c.is_whitespace());
    starts.iter().skip(1).all(|start| blank(start - 1)) && characters.iter().take(starts[0]).all(|c| c.is_whitespace())
}

fn row(weaver: &mut Weaver, line: &Line, starts: &[usize], text: &str) {
    weaver.skip_to(line.inner);
    for cell in cells(line, starts, text) {
        weaver.add("| ");
        weaver.skip_to(cell.start);
        weaver.keep_to(cell.end);
        weaver.add(" ");
    }
    weaver.add("|\n");
}
