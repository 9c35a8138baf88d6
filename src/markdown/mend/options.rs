//! Lettered options (`A) …`, `b. …`, `(C) …`) on lines of their own become list items; the letters
//! stay in the text and are read from the tree later, as those of Markdown lists are.

use super::breaks;
use super::lines;
use super::paste::{ITEM, Page};
use crate::markdown::letters;

/// How many lines of text an option may have.
const LINES: usize = 6;

/// The letter that a line begins with, from 0, and how it is written.
pub(super) fn letter(words: &str) -> Option<letters::Letter> {
    letters::letter(&words.replace('\\', "")[..])
}

/// Signs of right and wrong options.
const SIGNS: &[char] = &['✅', '❌', '✔', '✗', '✘', '☑', '☐', '☒'];

/// Mends the options that begin on a line, with A or with a sign; says where they end.
pub(super) fn run(page: &mut Page, start: usize) -> Option<usize> {
    let found = match own_letter(page, start) {
        Some(first) if first.index == 0 => sequence(page, start, &first),
        Some(_) => return None,
        None => signed(page, start),
    };
    let colon = own_letter(page, start).is_some_and(|l| matches!(l.style.1, ':' | '：'));
    if found.len() < 2 || colon && (found.len() < 3 || !asks_above(page, start)) {
        return None;
    }
    // Options right below a question in a list belong to its item.
    let pad = " ".repeat(page.lines[start].lazy);
    for at in &found {
        page.fixes[*at].lead = Some((page.lines[*at].body, format!("{pad}{ITEM}")));
    }
    found.last().map(|last| last + 1)
}

/// The lines with A, B, C, … written alike, from one on.
fn sequence(page: &Page, start: usize, first: &letters::Letter) -> Vec<usize> {
    let mut found = vec![start];
    let mut at = start + 1;
    let mut since = 0;
    while at < page.lines.len() && since <= LINES {
        let line = &page.lines[at];
        let next = own_letter(page, at).filter(|l| l.style == first.style);
        if line.raw || (!line.blank() && line.quotes != page.lines[start].quotes) {
            break;
        } else if next.as_ref().is_some_and(|l| l.index == found.len()) {
            found.push(at);
            since = 0;
        } else if !line.blank() && (breaks::stands_alone(page, at) || page.words(at).starts_with('#')) {
            break;
        } else {
            // Text behind an option's blank line belongs to no option.
            let after_blank = page.lines[at - 1].blank() && !line.blank();
            since += if after_blank { LINES + 1 } else { 1 };
        }
        at += 1;
    }
    found
}

/// The lines from one on that begin with signs of right and wrong.
fn signed(page: &Page, start: usize) -> Vec<usize> {
    let own = |at: &usize| {
        let line = &page.lines[*at];
        !line.raw && !line.blank() && line.quotes == page.lines[start].quotes && page.words(*at).starts_with(SIGNS)
    };
    (start..page.lines.len()).take_while(own).collect()
}

/// Whether the words above a line ask.
fn asks_above(page: &Page, start: usize) -> bool {
    let above = (0..start).rev().take(2).find(|at| !page.lines[*at].blank());
    above.is_some_and(|at| page.words(at).contains(['?', '？']))
}

/// The letter of a line that is no Markdown list item.
fn own_letter(page: &Page, at: usize) -> Option<letters::Letter> {
    let line = &page.lines[at];
    let words = page.words(at);
    let own = !line.raw && !line.blank() && lines::marker(words).is_none();
    own.then(|| letter(words).or_else(|| letters::with_colon(words))).flatten()
}
