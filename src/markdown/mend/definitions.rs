//! Definition lists as Pandoc, PHP Markdown Extra and `MkDocs` have them, a term on a line and `: meaning`
//! below it, become items of a term, a dash and its meaning; further meanings become items below.

use super::lines::{self, Line};
use crate::markdown::view::{View, Weaver};

/// The longest term, in characters.
const TERM: usize = 80;

/// Rewrites the definition lists of a view.
pub(super) fn list<'n>(view: &View<'n>) -> Option<View<'n>> {
    if !view.text.contains("\n:") && !view.text.contains("\n :") && !view.text.contains("> :") {
        return None;
    }
    let lines = lines::read(&view.text);
    let mut weaver = Weaver::new(view);
    let (mut at, mut woven) = (0, false);
    while at < lines.len() {
        let Some(first) = meaning_below(&lines, at, &view.text) else {
            at += 1;
            continue;
        };
        woven = true;
        let term = &lines[at];
        weaver.keep_to(term.body);
        weaver.add("- ");
        weaver.keep_to(term.end);
        weaver.add(" — ");
        weaver.skip_to(meaning(&lines[first], &view.text).unwrap_or(lines[first].end));
        weaver.keep_to(lines[first].next);
        at = first + 1;
        while let Some(start) = lines.get(at).and_then(|line| meaning(line, &view.text)) {
            weaver.keep_to(lines[at].inner);
            weaver.skip_to(start);
            weaver.add(&format!("{}  - ", " ".repeat(term.indent)));
            weaver.keep_to(lines[at].next);
            at += 1;
        }
    }
    woven.then(|| weaver.finish())
}

/// The line of the first meaning of the term on a line, if it is one.
fn meaning_below(lines: &[Line], at: usize, text: &str) -> Option<usize> {
    let line = &lines[at];
    let words = line.words(text);
    let begins =
        at == 0 || lines[at - 1].blank() || meaning(&lines[at - 1], text).is_some() || is_heading(&lines[at - 1], text);
    let marked = lines::marker(words).is_some() || words.starts_with(['#', '|', '>', '<', ':', '!', '-']);
    let term =
        line.plain() && begins && !marked && words.chars().count() <= TERM && !words.ends_with(['.', ':', '?', '!']);
    let below = (at + 1..lines.len().min(at + 3)).find(|below| !lines[*below].blank())?;
    (term && lines[below].quotes == line.quotes && meaning(&lines[below], text).is_some()).then_some(below)
}

fn is_heading(line: &Line, text: &str) -> bool {
    line.words(text).starts_with('#')
}

/// The byte at which the meaning on a line begins, if it is one: `: …`, at most three columns in.
fn meaning(line: &Line, text: &str) -> Option<usize> {
    let rest = line.words(text).strip_prefix(':')?;
    let meaning = rest.trim_start();
    (line.indent < 4 && !line.raw && meaning.len() < rest.len() && !meaning.is_empty())
        .then(|| line.end - meaning.len())
}
