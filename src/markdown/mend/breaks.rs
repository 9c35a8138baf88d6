//! Lines that begin a block of their own even when they are glued to the line above: answers,
//! remarks, the numbers of questions, chains of arrows, and the heads of quoted remarks.

use super::lines;
use super::paste::Page;
use crate::markdown::labels;

/// The arrows of a chain.
const ARROWS: &[&str] = &["→", "⟶", "➔", "➜", "⇒", "->", "=>"];

/// The longest link of a chain, in characters.
const LINK: usize = 80;

/// How many lines an answer looks up for its question.
const REACH: usize = 64;

/// What a line is by itself.
enum Role {
    /// It begins a block.
    Begins,
    /// It is a block.
    Alone,
    /// It begins with the number of a question, whose own text comes after these bytes.
    Question { from: usize, number: usize, text: usize },
}

/// Whether a line begins a block of its own.
pub(super) fn stands_alone(page: &Page, at: usize) -> bool {
    role(page, at).is_some()
}

/// Sets a line apart where it is a block of its own.
pub(super) fn look(page: &mut Page, at: usize) {
    let Some(role) = role(page, at) else { return };
    let line = page.lines[at];
    page.fixes[at].apart = true;
    // The answer right below the options of a numbered question belongs to it.
    if line.numbered && line.lazy > line.indent && page.above(at).is_some() && is_answer(page.words(at)) {
        page.fixes[at].lead = Some((line.body, " ".repeat(line.lazy)));
    }
    match role {
        Role::Begins => {}
        Role::Alone => page.end_after(at),
        Role::Question { from, number, text } => {
            page.fixes[at].lead = Some((line.body + from, " ".repeat(line.indent)));
            page.fixes[at].cut = Some((line.body + number, line.body + text));
            if line.body + text >= line.end {
                page.end_after(at);
            }
        }
    }
}

fn role(page: &Page, at: usize) -> Option<Role> {
    let words = page.words(at);
    if lines::marker(words).is_some() || words.starts_with('#') {
        return None;
    }
    if let Some(question) = question(words) {
        return Some(question);
    }
    let emoji_above = page.above(at).is_some_and(|above| is_emoji_alone(page.words(above)));
    if is_emoji_alone(words) || (!emoji_above && begins(words)) {
        return Some(Role::Begins);
    }
    if ends_card(page, at) {
        return Some(Role::Alone);
    }
    if side(words).is_some_and(|side| side != 'A' || asks_above(page, at)) {
        return Some(Role::Begins);
    }
    if (page.lines[at].quotes > 0 && words.starts_with("[!")) || is_separator(words) || is_chain(page, at) {
        return Some(Role::Alone);
    }
    None
}

fn is_emoji_alone(words: &str) -> bool {
    !words.is_empty() && labels::emoji(words) == words.len()
}

/// Whether words begin with the label of an answer or remark, as its author set it apart.
fn begins(words: &str) -> bool {
    let emoji = labels::emoji(words);
    let rest = &words[emoji..];
    let bold = ["**", "__"].iter().find_map(|mark| rest.strip_prefix(mark));
    let Some((label, _)) = labels::label(bold.unwrap_or(rest)) else { return bold_label(bold) };
    let label = label.trim_end_matches(['*', '_']);
    let capital = !label.starts_with(char::is_lowercase);
    if bold.is_some() && labels::tells_of_remark(label) {
        return true;
    }
    emoji > 0 || ((capital || bold.is_some()) && (labels::is_remark(label) || labels::is_answer(label)))
}

/// Whether words begin with the label of an answer.
pub(super) fn is_answer(words: &str) -> bool {
    let bare = words.trim_start_matches(['*', '_']);
    labels::label(bare).is_some_and(|(label, _)| labels::is_answer(label.trim_end_matches(['*', '_'])))
}

/// `**Exam trap**: …`, where the colon comes behind the marks.
fn bold_label(bold: Option<&str>) -> bool {
    let Some((label, rest)) = bold.and_then(|b| b.split_once("**").or_else(|| b.split_once("__"))) else {
        return false;
    };
    let colon = rest.trim_start().starts_with([':', '：']);
    colon && (labels::tells_of_remark(label) || labels::is_answer(label))
}

/// `Q1` or `Question 3:`, alone or before the question.
fn question(words: &str) -> Option<Role> {
    let bare = words.trim_start_matches(['*', '_']);
    let from = words.len() - bare.len();
    let number = from + labels::question_number(bare)?;
    let rest = words[number..].trim_start_matches(['*', '_']);
    let text = rest.trim_start_matches(['.', ':', ')', '：', '、']).trim_start_matches(['*', '_']);
    let alone = text.trim().is_empty();
    let marked = text.len() < rest.len() && text.starts_with([' ', '\t']);
    // `**Q1: What …**` is one stretch of bold; cutting it would break the marks.
    let whole = from == 0 || alone || words[number..].len() > rest.len() || text.len() + 3 <= rest.len();
    (alone || (marked && whole)).then_some(Role::Question { from, number, text: words.len() - text.trim_start().len() })
}

/// `?` or `??` between the sides of a card, and `+++` behind them.
fn is_separator(words: &str) -> bool {
    matches!(words, "?" | "??" | "？" | "？？" | "+++")
}

/// Whether a line of dashes ends the card above it, of whose last line it would make a heading.
fn ends_card(page: &Page, at: usize) -> bool {
    let words = page.words(at);
    let dashes = words.len() >= 3 && words.bytes().all(|b| b == b'-');
    let mut above = std::iter::successors(page.above(at), |above| page.above(*above)).take(REACH);
    dashes && above.any(|line| side(page.words(line)).is_some())
}

/// The letter of `Q: …`, `A: …` or `C: …`, the sides of a card and a text with gaps.
fn side(words: &str) -> Option<char> {
    let bare = words.trim_start_matches(['*', '_']);
    let sign = bare.chars().next().filter(|c| matches!(c, 'Q' | 'A' | 'C'))?;
    let rest = bare[1..].trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['*', '_']);
    let text = rest.strip_prefix([':', '：'])?.trim_start_matches(['*', '_']);
    (text.is_empty() || text.starts_with([' ', '\t']) || rest.starts_with('：')).then_some(sign)
}

/// Whether a question stands above in the same paragraph; what holds for the answer before holds for the next.
fn asks_above(page: &Page, at: usize) -> bool {
    page.above(at).is_some_and(|_| asks_over_blanks(page, at)) || asks_in_paragraph(page, at)
}

/// Whether a question of several paragraphs stands above, the last of which the answer is glued to.
fn asks_over_blanks(page: &Page, at: usize) -> bool {
    let quotes = page.lines[at].quotes;
    let above = (at.saturating_sub(REACH)..at).rev().filter(|line| !page.lines[*line].raw);
    let first =
        above.map(|line| (line, page.words(line))).find(|(_, words)| side(words).is_some() || words.starts_with('#'));
    first.is_some_and(|(line, words)| side(words) == Some('Q') && page.lines[line].quotes == quotes)
}

fn asks_in_paragraph(page: &Page, at: usize) -> bool {
    let above = std::iter::successors(page.above(at), |above| page.above(*above)).take(REACH);
    for line in above {
        match side(page.words(line)) {
            Some('Q') => return true,
            Some('A') => return page.fixes[line].apart,
            _ if question(page.words(line)).is_some() => return true,
            _ => {}
        }
    }
    false
}

/// Whether a line is a chain of arrows rather than prose that has some.
fn is_chain(page: &Page, at: usize) -> bool {
    let words = page.words(at);
    if !is_chained(words) {
        return false;
    }
    let ends = |w: &str| w.ends_with(['.', ':', '!', '?', '。', '：']) || is_chained(w);
    let begins = |w: &str| !w.starts_with(char::is_lowercase);
    let open = |w: &str| ARROWS.iter().any(|a| w.ends_with(a));
    let above = page.above(at).map(|i| page.words(i));
    let below = page.below(at).map(|i| page.words(i));
    above.is_none_or(|w| ends(w) && !open(w)) && !open(words) && below.is_none_or(begins)
}

fn is_chained(words: &str) -> bool {
    if !ARROWS.iter().any(|arrow| words.contains(arrow)) {
        return false;
    }
    let links = ARROWS.iter().fold(words.to_owned(), |text, arrow| text.replace(arrow, "\u{0}"));
    let links: Vec<&str> = links.split('\u{0}').collect();
    let short = |link: &str| !link.trim().is_empty() && link.chars().count() <= LINK && !link.contains(". ");
    links.len() >= 3 && links.iter().all(|link| short(link)) && !words.starts_with(['|', '>', '`'])
}
