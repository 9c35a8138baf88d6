//! Bullets that were typed or pasted as characters (`•`, `▪`, `–`) become Markdown list items.
//!
//! An item lies deeper than the one before if it is indented further, or if it has another sign at
//! the same indentation. Signs that prose uses too count only where two lines begin with them.

use super::paste::{Fix, ITEM, Page};
use super::{breaks, lines, options};
use crate::markdown::view::{View, Weaver};

/// Signs that mean a bullet wherever a line begins with them; the last are those of word processors.
const SURE: &[char] = &[
    '•', '◦', '▪', '▫', '●', '○', '■', '□', '◆', '◇', '‣', '⁃', '∙', '⦁', '⦿', '►', '▶', '▸', '➢', '➤', '❖',
    '\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '\u{f0fc}', '\u{f076}',
];

/// Signs that prose uses too; they need a blank behind them and a second line.
const WEAK: &[char] = &['–', '·', '・', '∗', '⁎', '＊', '✱', '»', '›'];

/// How deep typed bullets may lie.
const DEPTH: usize = 8;

/// The sign of a typed bullet and the bytes up to its text.
fn bullet(words: &str) -> Option<(char, usize)> {
    let sign = words.chars().next()?;
    let rest = words[sign.len_utf8()..].trim_start_matches('\u{fe0f}');
    let text = rest.trim_start();
    let blank = text.len() < rest.len() || text.is_empty();
    let typed = SURE.contains(&sign) || (blank && WEAK.contains(&sign)) || (sign == 'o' && rest.starts_with('\t'));
    (typed && !text.starts_with(sign)).then_some((sign, words.len() - text.len()))
}

/// Puts bullets that share a line (`• a • b`, `Pros: • a • b`) on lines of their own.
pub(super) fn apart<'n>(view: &View<'n>) -> Option<View<'n>> {
    if !view.text.contains(" • ") {
        return None;
    }
    let mut weaver = Weaver::new(view);
    let mut woven = false;
    for line in lines::read(&view.text).iter().filter(|line| line.plain()) {
        let words = line.words(&view.text);
        let first = words.find('•').unwrap_or(words.len());
        let led = first == 0 || words[..first].trim_end().ends_with([':', '：']);
        let linked = words.contains("](") || words.starts_with('|');
        if !led || linked || words.matches('•').count() < 2 {
            continue;
        }
        for (at, _) in words.match_indices(" • ") {
            weaver.keep_to(line.body + at);
            weaver.skip_to(line.body + at + 1);
            let blanks = " ".repeat(line.indent);
            weaver.add(&format!("\n{}{blanks}", line.marks(&view.text)));
            woven = true;
        }
    }
    woven.then(|| weaver.finish())
}

/// The bullets that are open at a line: the indentation and the sign of each.
struct Levels {
    /// The column where the outermost begins.
    base: usize,
    open: Vec<(usize, char)>,
}

impl Levels {
    /// Goes to the level of a bullet and says where its marker stands.
    fn enter(&mut self, indent: usize, sign: char) -> usize {
        while self.open.last().is_some_and(|(i, _)| *i > indent) {
            self.open.pop();
        }
        match self.open.iter().position(|o| *o == (indent, sign)) {
            Some(level) => self.open.truncate(level + 1),
            None if self.open.len() < DEPTH => self.open.push((indent, sign)),
            None => {}
        }
        self.base + 2 * (self.open.len() - 1)
    }

    fn column(&self) -> usize {
        self.base + 2 * self.open.len()
    }
}

/// Mends the typed list that begins on a line; says where it ends.
pub(super) fn run(page: &mut Page, start: usize) -> Option<usize> {
    let (sign, _) = bullet(page.words(start))?;
    let first = page.lines[start];
    if !is_list(page, start, sign) {
        return None;
    }
    // Right below a numbered line, bullets belong to it however far in they stand.
    let base = if first.numbered { first.lazy } else { first.room };
    let mut levels = Levels { base, open: Vec::new() };
    let (mut at, mut last) = (start, start);
    while at < page.lines.len() {
        let line = page.lines[at];
        if line.raw || (!line.blank() && line.quotes != first.quotes) {
            break;
        }
        if line.blank() {
            at += 1;
        } else if let Some((sign, text)) = bullet(page.words(at)) {
            let pad = levels.enter(line.indent, sign);
            at = item(page, at, text, pad);
            last = at - 1;
        } else if last + 1 == at && continues(page, last, at) {
            page.fixes[at].lead = Some((line.body, " ".repeat(levels.column())));
            last = at;
            at += 1;
        } else {
            break;
        }
    }
    page.end_after(last);
    Some(last + 1)
}

/// Writes one item; its text may stand on the next line. Says where to go on.
fn item(page: &mut Page, at: usize, text: usize, pad: usize) -> usize {
    let line = page.lines[at];
    let empty = line.body + text >= line.end;
    let lead = format!("{}{ITEM}", " ".repeat(pad));
    if !empty {
        page.fixes[at] = Fix { lead: Some((line.body + text, lead)), ..Fix::default() };
        return at + 1;
    }
    let Some(below) = page.below(at).filter(|below| bullet(page.words(*below)).is_none()) else {
        page.fixes[at].lead = Some((line.end, String::new()));
        return at + 1;
    };
    page.fixes[at] = Fix { lead: Some((line.end, lead)), joined: true, ..Fix::default() };
    below + 1
}

/// Whether a list begins here: a sure sign, or a second line with the same one.
fn is_list(page: &Page, start: usize, sign: char) -> bool {
    if SURE.contains(&sign) {
        return true;
    }
    let second = (start + 1..page.lines.len()).take(4).find(|at| !page.lines[*at].blank());
    second.is_some_and(|at| !page.lines[at].raw && bullet(page.words(at)).is_some_and(|(s, _)| s == sign))
}

/// Whether a line without a bullet goes on with the item above it.
fn continues(page: &Page, above: usize, at: usize) -> bool {
    let (words, line) = (page.words(at), &page.lines[at]);
    if lines::marker(words).is_some() || words.starts_with(['#', '|', '<']) {
        return false;
    }
    if breaks::stands_alone(page, at) || options::letter(words).is_some() {
        return false;
    }
    let indent = page.lines[above].indent;
    if line.indent > indent {
        return true;
    }
    // Pasted lines are not wrapped; a line that goes on is as far in and does not begin like a sentence.
    let ended = page.words(above).ends_with(['.', '!', '?', ':', '。', '！', '？']);
    line.indent == indent && !ended && words.starts_with(|c: char| !c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_bullets() {
        assert_eq!(bullet("• a"), Some(('•', 4)));
        assert_eq!(bullet("•a"), Some(('•', 3)));
        assert_eq!(bullet("–a"), None);
        assert_eq!(bullet("o\tword"), Some(('o', 2)));
    }

    #[test]
    fn levels_by_indentation_and_sign() {
        let mut levels = Levels { base: 0, open: Vec::new() };
        let pads: Vec<usize> =
            [(2, '•'), (2, '◦'), (2, '•'), (4, '•'), (2, '•')].map(|(i, s)| levels.enter(i, s)).into();
        assert_eq!(pads, [0, 2, 0, 2, 0]);
    }
}
