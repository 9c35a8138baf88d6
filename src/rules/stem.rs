//! The words of a question of choice: the blocks before its options, without what only numbers it.

use super::markup_question::{QUESTION, marked};
use super::scene::Site;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::card::{Choice, Part};
use crate::markdown::block::{Block, BlockKind, Marker};
use crate::markdown::text::{Atom, Text};

/// The blocks of the question before the options; the heading above them where only that one asks.
pub fn stem<'d>(site: &Site<'d>) -> Vec<&'d Block> {
    let mut blocks: Vec<&Block> = Vec::new();
    let mut bounded = false;
    for block in site.siblings[..site.index].iter().rev() {
        let part_of_stem = match &block.kind {
            BlockKind::Paragraph(text) => is_picture(text) || !is_number_line(text.plain()) && !is_key(text.plain()),
            BlockKind::Code { .. } | BlockKind::Math(_) => true,
            BlockKind::Table { .. } | BlockKind::Callout { .. } => is_below_question(site),
            _ => false,
        };
        if !part_of_stem || blocks.len() >= 5 {
            bounded = !part_of_stem;
            break;
        }
        blocks.push(block);
    }
    if !bounded && site.siblings[..site.index].len() > blocks.len() || (blocks.len() > 3 && site.item().is_none()) {
        blocks.truncate(1);
    }
    let above = site.index.checked_sub(blocks.len() + 1).map(|at| &site.siblings[at]);
    if let Some(question) = above.and_then(|list| in_list(list)).filter(|_| !blocks.iter().any(|b| asks(b))) {
        blocks.push(question);
    } else if let Some(heading) = above.filter(|b| b.is_heading())
        && heading.text().is_some_and(|t| !is_number_line(t.plain()))
        && (is_numbered(heading)
            || !blocks.iter().any(|b| asks(b)) && (asks(heading) || blocks.iter().all(|b| is_aside(b))))
    {
        blocks.push(heading);
    }
    blocks.reverse();
    blocks
}

/// The question without what stands before it and states the right option: that was written of the matter, not for the
/// question.
pub fn unspoilt<'s, 'd>(stem: &'s [&'d Block], options: &[Choice]) -> &'s [&'d Block] {
    let words_of = |option: &Choice| option.content.texts().iter().map(|text| spaced(text.plain())).collect();
    let right: Vec<String> = options.iter().filter(|o| o.correct).map(words_of).collect();
    let states = |block: &Block| {
        let asks = |text: &&Text| text.plain().trim_end().ends_with(['?', '？', ':', '：']);
        let words = block.text().filter(|text| !asks(text)).map(|text| spaced(text.plain()));
        words.is_some_and(|words| right.iter().any(|right| right.len() > 2 && words.contains(right.as_str())))
    };
    let before = stem.len().saturating_sub(1);
    let spoilt = stem[..before].iter().rposition(|block| states(block));
    &stem[spoilt.map_or(0, |at| at + 1)..]
}

/// The words of a text in lower case, a blank before and after each.
fn spaced(text: &str) -> String {
    let words: Vec<String> = text.unicode_words().map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

/// The question that a list ends with, where what belongs to it is not indented: `3. Which …?`.
fn in_list(list: &Block) -> Option<&Block> {
    let BlockKind::List { marker: Marker::Number(_), items } = &list.kind else { return None };
    items.last().and_then(|item| item.blocks.last()).filter(|b| matches!(b.kind, BlockKind::Paragraph(_)) && asks(b))
}

/// Whether a block asks; the address of a picture does not.
fn asks(block: &Block) -> bool {
    let asks = |t: &Text| !is_picture(t) && (t.plain().contains(['?', '？']) || t.plain().ends_with([':', '：']));
    block.text().is_some_and(asks)
}

/// Whether a heading is a question with its number: `Q12. Consider this query`.
fn is_numbered(heading: &Block) -> bool {
    let numbered = |t: &Text| {
        let rest = t.plain().trim_start_matches("Question ").trim_start_matches('Q');
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        rest.len() < t.plain().len() && (1..=4).contains(&digits) && rest[digits..].starts_with(['.', ')', ':'])
    };
    heading.text().is_some_and(numbered)
}

/// Whether a heading that asks stands above options, so that a table between them belongs to the question.
fn is_below_question(site: &Site) -> bool {
    site.siblings[..site.index].iter().rev().find(|b| b.is_heading()).is_some_and(|b| asks(b) || is_numbered(b))
}

/// Whether a line gives an answer rather than asks for one.
fn is_key(line: &str) -> bool {
    super::key::is_answer(line) && !line.contains(['?', '？']) && !line.trim_end().ends_with([':', '：'])
}

/// `(Choose two.)`, or code and pictures to look at.
fn is_aside(block: &Block) -> bool {
    block
        .text()
        .is_none_or(|t| is_picture(t) || t.plain().starts_with('(') && t.plain().trim_end_matches('.').ends_with(')'))
}

/// Whether a line only numbers the question: `Q1`, `Question 3:`.
pub fn is_number_line(line: &str) -> bool {
    let lower = line.trim().trim_end_matches([':', '.', ')']).to_lowercase();
    let number = lower
        .trim_start_matches("question")
        .trim_start_matches("frage")
        .trim_start_matches('q')
        .trim_start_matches(['#', ' ']);
    !number.is_empty() && number.len() < 5 && number.chars().all(|c| c.is_ascii_digit())
}

/// A part of a question without its number.
pub fn without_number(part: Part) -> Part {
    match part {
        Part::Paragraph(text) => Part::Paragraph(unnumbered(&text)),
        other => other,
    }
}

/// A question without `Q1.`, `2)`, `Q:` or `Question 3:` in front.
pub fn unnumbered(text: &Text) -> Text {
    if let Some(question) = marked(text, QUESTION).filter(|q| !q.is_blank()) {
        return question;
    }
    let plain = text.plain();
    let lead =
        ["Question ", "question ", "Frage ", "Q", "q", "#"].iter().find_map(|l| plain.strip_prefix(l)).unwrap_or(plain);
    let rest = lead.trim_start_matches(|c: char| c.is_ascii_digit());
    let wide = rest.starts_with(['、', '．', '）', '：']);
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    let stops = wide || rest.starts_with([')', '.', ':']) && rest[1..].starts_with(' ');
    let start = if rest.len() < lead.len() && stops { plain.len() - rest.len() + sign } else { 0 };
    text.slice(start..plain.len()).trim()
}

/// Whether a text is a picture and nothing else.
pub fn is_picture(text: &Text) -> bool {
    text.runs()
        .iter()
        .all(|r| matches!(r.style.atom, Atom::Image { .. }) || text.plain()[r.start..r.end].trim().is_empty())
}
