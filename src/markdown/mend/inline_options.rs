//! Options that stand behind their question in one line (`Which …? a) … b) … c) …`) get a line each.

use super::breaks;
use super::lines::{self, Line};
use super::options;
use crate::markdown::letters::Letter;
use crate::markdown::view::{View, Weaver};

/// How many lines behind the options may hold their key.
const REACH: usize = 4;

/// Rewrites the lines that hold a question with its options, or all options of a question.
pub(super) fn apart<'n>(view: &View<'n>) -> Option<View<'n>> {
    let lettered = |line: &str| ["B)", "b)", "B.", "b.", "B）", "B、"].iter().any(|sign| line.contains(sign));
    if !lettered(&view.text) {
        return None;
    }
    let lines = lines::read(&view.text);
    let mut weaver: Option<Weaver> = None;
    for (at, line) in lines.iter().enumerate().filter(|(_, l)| l.plain() && lettered(l.words(&view.text))) {
        let starts = starts(&view.text, &lines, at);
        for start in starts.into_iter().filter(|start| *start > line.body) {
            let weaver = weaver.get_or_insert_with(|| Weaver::new(view));
            weaver.keep_to(start);
            weaver.add(&format!("\n{}{}", line.marks(&view.text), " ".repeat(line.lazy)));
        }
    }
    weaver.map(Weaver::finish)
}

/// The first bytes of the options on a line, if it holds the options of a question.
fn starts(text: &str, lines: &[Line], at: usize) -> Vec<usize> {
    let line = &lines[at];
    let words = line.words(text);
    let Some((first, found)) = run(words) else { return Vec::new() };
    let stem = words[..first].trim_end_matches([' ', '\t', '*', '_']);
    let asks = |words: &str| words.ends_with(['?', '？']);
    let above = lines[..at].iter().rev().find(|l| !l.blank()).map_or("", |l| l.words(text));
    let answered =
        || lines[at + 1..].iter().filter(|l| !l.blank()).take(REACH).any(|l| breaks::is_answer(l.words(text)));
    let asked = if stem.is_empty() {
        found.len() > 2 && (asks(above) || answered())
    } else {
        asks(stem) || stem.ends_with([':', '：', '_', '…']) && answered()
    };
    if asked { found.into_iter().map(|start| line.body + start).collect() } else { Vec::new() }
}

/// The longest run of letters A, B, C, … written alike in words: where it begins, and each of its letters.
fn run(words: &str) -> Option<(usize, Vec<usize>)> {
    let mut found: Vec<(usize, Letter)> = Vec::new();
    for at in places(words) {
        let Some(letter) = options::letter(head(&words[at..])) else { continue };
        match found.first() {
            Some((_, first)) if first.style == letter.style && letter.index == found.len() => found.push((at, letter)),
            None if letter.index == 0 => found.push((at, letter)),
            _ => {}
        }
    }
    let (first, letter) = *found.first()?;
    // `A. B. Cooper` is a name: letters with a full stop are options from three on.
    let least = if letter.style.1 == '.' { 3 } else { 2 };
    let starts: Vec<usize> = found.iter().map(|(at, _)| *at).collect();
    let told =
        |pair: &[(usize, Letter)]| words[pair[0].0 + pair[0].1.end..pair[1].0].chars().any(char::is_alphanumeric);
    (starts.len() >= least && found.windows(2).all(told)).then_some((first, starts))
}

/// As many bytes as a letter with its signs can have, and a little more.
fn head(words: &str) -> &str {
    let end = words.char_indices().map(|(at, c)| at + c.len_utf8()).take(12).last();
    &words[..end.unwrap_or(0)]
}

/// Where words begin, outside of code.
fn places(words: &str) -> impl Iterator<Item = usize> {
    let mut code = false;
    let mut blank = true;
    words.char_indices().filter_map(move |(at, c)| {
        code ^= c == '`';
        let begins = blank && !c.is_whitespace() && !code;
        blank = c.is_whitespace();
        begins.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_runs_of_letters() {
        let found = |words: &str| run(words).map(|(_, starts)| starts.len());
        assert_eq!(found("Which? a) one b) two c) three"), Some(3));
        assert_eq!(found("(A) one (B) two"), Some(2));
        assert_eq!(found("Who wrote it? A. B. Cooper"), None);
        assert_eq!(found("`a) b)` are brackets"), None);
    }
}
