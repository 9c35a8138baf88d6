//! Cards written with arrows as `RemNote` has them: `front >> back`, `front <> back`, and `front >>>` with
//! the answer in the bullets below.

use std::ops::Range;

use super::draft::{Draft, Drafts, Made};
use super::scene::{Scene, Site, is_command};
use super::term::item_span;
use super::written::{declares, side, untagged};
use super::{Example, Rule};
use crate::card::{Body, Content, Kind};
use crate::diagnostic::Finding;
use crate::markdown::block::BlockKind;
use crate::markdown::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    name: "markup-arrow",
    summary: "cards written as `front >> back`",
    manual: "\
A bullet or line `front >> back` is a card, word for word; `answer << question` is one the other way round, and
`front <> back` is asked in both directions. Where a bullet ends with `>>`, `>>>` or `>>1.`, the answer is the
bullets below it. These are the marks of RemNote.

As shells, shifts and quotations have the same signs, they count only with blanks on both sides, never in code or
on a command line, and only in a note that has two such lines or a tag `#flashcards`.",
    example: Example {
        note: "\
- What carries oxygen in the blood? >> Haemoglobin
- der Magen <> stomach
- Parts of an antibody >>>
    - heavy chains
    - light chains
",
        cards: "\
[question] markup-arrow  @ 1
Q: What carries oxygen in the blood?
A: Haemoglobin

[question] markup-arrow  @ 2
Q: der Magen
A: stomach
reversible

[question] markup-arrow  @ 3-5
Q: Parts of an antibody
A: - heavy chains
   - light chains
",
    },
    extract,
};

/// The longest line that is looked at.
const LONGEST: usize = 4000;

/// Which side of a mark asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forward,
    Backward,
    Both,
}

/// The mark of a line.
#[derive(Debug, PartialEq, Eq)]
struct Mark {
    at: Range<usize>,
    direction: Direction,
}

fn extract(scene: &Scene, out: &mut Drafts) {
    if ![">>", "<<", "<>"].iter().any(|mark| scene.document.file.text.contains(mark)) {
        return;
    }
    let found: Vec<(&Site, Text, Mark)> = scene.sites.iter().flat_map(|site| marked_lines(scene, site)).collect();
    if found.len() < 2 && !declares(scene) {
        return;
    }
    for (site, line, mark) in found {
        hand_in(scene, out, site, (&line, &mark));
    }
}

/// The lines of a block that have a mark.
fn marked_lines<'s, 'd>(scene: &'s Scene<'d>, site: &'s Site<'d>) -> Vec<(&'s Site<'d>, Text, Mark)> {
    let BlockKind::Paragraph(text) = &site.block.kind else { return Vec::new() };
    if !text.plain().contains(['>', '<']) || text.plain().len() > LONGEST {
        return Vec::new();
    }
    let lines = text.lines(&scene.document.file.text);
    let below = site.index == 0 && site.item().is_some_and(|item| !item.rest().is_empty());
    let last = lines.len().saturating_sub(1);
    let marked = |(at, line): (usize, Text)| {
        let mark = mark(&line, below && at == last)?;
        Some((site, line, mark))
    };
    lines.into_iter().enumerate().filter_map(marked).collect()
}

/// The mark of a line; one at its end needs something below.
fn mark(line: &Text, below: bool) -> Option<Mark> {
    let mask = line.mask();
    if is_command(line) {
        return None;
    }
    for sign in [">>>", ">>1.", ">>"] {
        if below && let Some(front) = mask.trim_end().strip_suffix(sign).filter(|front| !front.trim().is_empty()) {
            return Some(Mark { at: front.len()..mask.len(), direction: Direction::Forward });
        }
    }
    let signs = [(" >> ", Direction::Forward), (" << ", Direction::Backward), (" <> ", Direction::Both)];
    let (at, direction) = signs.iter().find_map(|(sign, direction)| Some((mask.find(sign)?, *direction)))?;
    let at = at..at + " >> ".len();
    let (front, back) = (mask[..at.start].trim(), mask[at.end..].trim());
    let single = signs.iter().map(|(sign, _)| mask.matches(sign).count()).sum::<usize>() == 1;
    (single && is_side(front) && is_side(back)).then_some(Mark { at, direction })
}

/// Whether words can be a side: no number that is shifted, and no file that something is written to.
fn is_side(words: &str) -> bool {
    let one = !words.contains(char::is_whitespace);
    let number = words.chars().all(|c| !c.is_alphabetic());
    let file = one && words.contains(['/', '.', '\\', '$', '_']) && words.is_ascii();
    let short = one && words.chars().count() < 2;
    !words.is_empty() && !number && !file && !short
}

fn hand_in(scene: &Scene, out: &mut Drafts, site: &Site, (line, mark): (&Text, &Mark)) {
    let note = &scene.document.file.text;
    let text = |range: Range<usize>| Content::text(untagged(&line.slice(range).trim(), note));
    let anchor = scene.span_of(line).unwrap_or(site.block.span);
    let (mut front, mut back) = (text(0..mark.at.start), text(mark.at.end..line.plain().len()));
    let nested = back.is_blank();
    if nested {
        back = site.item().map_or_else(Content::default, |item| side(scene, item.rest()));
    }
    if mark.direction == Direction::Backward {
        std::mem::swap(&mut front, &mut back);
    }
    let span = if nested { item_span(site).to(anchor) } else { anchor };
    if out.is_taken(anchor) {
        return;
    }
    out.silenced.push(span);
    if front.is_blank() || back.is_blank() {
        let help = "write both sides, with a blank before and behind the mark that divides them";
        let finding = Finding::warning("pair-incomplete", "a card with one side", span).label("this card has one side");
        out.findings.push(finding.help(help));
        return;
    }
    let body = match mark.direction {
        Direction::Both => Body::Reversible { front, back },
        _ => Body::Question { question: front, answer: back },
    };
    let made = Made { body, fallback: None };
    out.push(Draft::new(&RULE, Kind::Question, made).at(anchor, span).under(site));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_mark_of_a_card() {
        let found = |plain| mark(&Text::words(plain), false).map(|m| m.direction);
        assert_eq!(found("What is ATP? >> Energy"), Some(Direction::Forward));
        assert_eq!(found("der Hund <> the dog"), Some(Direction::Both));
        for other in ["cat file >> log.txt", "x >> 2 is a shift", "a >> b >> c", "if (a << 3)", "see >>> below"] {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
