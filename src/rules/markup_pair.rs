//! Cards of two sides as Obsidian's Spaced Repetition writes them: `front::back` and `front:::back`
//! in a line, `?` and `??` on a line between the sides.

use super::divider::{Divided, divide, is_sure};
use super::draft::{Draft, Drafts, Made};
use super::key::reason;
use super::markup_question::{ANSWER, QUESTION, marked};
use super::scene::{Scene, Site};
use super::written::{declares, is_side, side, site_of, span_of, touches, touching_after, untagged};
use super::{Example, Rule};
use crate::card::{Body, Content, Kind};
use crate::diagnostic::Finding;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::{Atom, Style, Text};
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "markup-pair",
    summary: "cards written as `front::back`, `front:::back`, or with `?` between the sides",
    manual: "\
A line `front::back` is a card, word for word, and `front:::back` one that is asked in both directions. For
longer sides, write a line that holds only `?` between them, or `??` for both directions; the sides touch
that line and end at a blank line, the back also at a line `+++` further down; a paragraph `Why: …` behind
it is shown below the answer. These are the marks of Obsidian's Spaced Repetition; its review comments
(`<!--SR:…-->`) are no text, and a tag `#flashcards/a/b` puts the cards below it into the deck `a::b`.

With blanks around it, or behind a question mark, `::` always divides a card. Glued to words it does so
only in a note that has a tag `#flashcards`, a review comment or other such cards, and never within a name such as
`std::vector`, an address such as `fe80::1`, or a property such as `status:: done`. There, `;;` counts as well.",
    example: Example {
        note: "\
What does NAT rewrite?::Addresses

die Brücke ::: bridge

Which layers does a switch know?
?
- Ethernet
- sometimes IP
",
        cards: "\
[question] markup-pair  @ 1
Q: What does NAT rewrite?
A: Addresses

[question] markup-pair  @ 3
Q: die Brücke
A: bridge
reversible

[question] markup-pair  @ 5-8
Q: Which layers does a switch know?
A: - Ethernet
   - sometimes IP
",
    },
    extract,
};

/// How many blocks are looked at for the end of a back.
const BACK: usize = 32;

/// The line that ends a back with blank lines.
const END: &str = "+++";

/// The longest line that is looked at for the sides of a card.
const LONGEST: usize = 4000;

fn extract(scene: &Scene, out: &mut Drafts) {
    let declared = is_declared(scene);
    for site in &scene.sites {
        let BlockKind::Paragraph(text) = &site.block.kind else { continue };
        if let Some(both) = separator(text) {
            around(scene, out, site, both);
        } else if text.plain().contains("::") || (declared && text.plain().contains(";;")) {
            in_lines(scene, out, (site, text), declared);
        }
    }
}

/// Whether a note says that it holds such cards: by a tag, a review comment, or two that are sure.
fn is_declared(scene: &Scene) -> bool {
    let note = &scene.document.file.text;
    let pairs = scene.sites.iter().filter_map(|s| s.block.text()).filter(|t| t.plain().contains("::"));
    let mut lines = pairs.flat_map(|t| t.lines(note)).filter(|l| l.plain().len() <= LONGEST && is_sure(l));
    declares(scene) || lines.nth(1).is_some()
}

/// Whether a paragraph is the line between two sides, and then whether it asks in both directions.
fn separator(text: &Text) -> Option<bool> {
    match text.plain() {
        "?" | "？" => Some(false),
        "??" | "？？" => Some(true),
        _ => None,
    }
}

/// The card around a line that holds only `?`.
fn around(scene: &Scene, out: &mut Drafts, site: &Site, both: bool) {
    let divides = |block: &Block| block.text().is_some_and(|t| separator(t).is_some());
    let mut first = site.index;
    while let Some(block) = first.checked_sub(1).map(|i| &site.siblings[i]) {
        let joined = touches(scene, block.span, site.siblings[first].span) && !divides(block);
        if !joined || !(is_side(block) || block.is_heading()) {
            break;
        }
        first -= 1;
        if block.is_heading() {
            break;
        }
    }
    let before = &site.siblings[first..site.index];
    let after = to_mark(site).unwrap_or_else(|| touching_after(scene, site, divides));
    let (front, back) = (side(scene, before), side(scene, after));
    let span = [span_of(before), span_of(after)].into_iter().flatten().fold(site.block.span, Span::to);
    if front.is_blank() && back.is_blank() {
        return;
    }
    let section = before.first().filter(|b| b.is_heading()).and_then(|heading| site_of(scene, heading)).unwrap_or(site);
    let behind = &site.after()[after.len()..];
    let marked = behind.first().is_some_and(|b| b.text().is_some_and(|t| t.plain() == END));
    let (why, span) =
        reason(&behind[usize::from(marked)..]).map_or((Content::default(), span), |(why, at)| (why, span.to(at)));
    hand_in(out, section, Pair { front, back, both, why }, span);
}

/// What stands behind a `?` up to a line `+++`, which ends a back that has blank lines.
fn to_mark<'d>(site: &Site<'d>) -> Option<&'d [Block]> {
    let after = site.after();
    let line = |mark: &str| after.iter().take(BACK).position(|b| b.text().is_some_and(|t| t.plain() == mark));
    let end = line(END).filter(|end| *end > 0 && after[..*end].iter().all(is_side))?;
    ["?", "??", "？", "？？"].iter().all(|mark| line(mark).is_none_or(|at| at > end)).then(|| &after[..end])
}

/// The cards of a paragraph's lines.
fn in_lines(scene: &Scene, out: &mut Drafts, (site, text): (&Site, &Text), declared: bool) {
    let note = &scene.document.file.text;
    let mut lines = written_lines(text, note).into_iter().peekable();
    while let Some(mut line) = lines.next() {
        // `Q:`, `A:` and `C:` are the marks of other cards.
        if line.plain().len() > LONGEST || begins_card(&line) {
            continue;
        }
        let Some(Divided { at, both }) = divide(&line, declared) else {
            if let Some(finding) = doubt(scene, &line).filter(|_| !declared) {
                out.findings.push(finding);
            }
            continue;
        };
        // A wrapped answer goes on with a small letter.
        while let Some(next) = lines.next_if(|next| {
            let stopped = line.plain().trim_end().ends_with(['.', '!', '?', ':', ';']);
            next.plain().starts_with(char::is_lowercase) && !stopped && divide(next, declared).is_none()
        }) {
            line = line.then(" ").join(&next);
        }
        let end = line.plain().len();
        let [front, back] =
            [0..at.start, at.end..end].map(|part| Content::text(untagged(&line.slice(part).trim(), note)));
        let span = scene.span_of(&line).unwrap_or(site.block.span);
        let why = if lines.peek().is_none() { reason(site.after()) } else { None };
        let (why, span) = why.map_or((Content::default(), span), |(why, at)| (why, span.to(at)));
        hand_in(out, site, Pair { front, back, both, why }, span);
    }
}

/// Whether a line begins with the letter of a question, an answer or a text with gaps.
fn begins_card(line: &Text) -> bool {
    marked(line, QUESTION).is_some() || marked(line, ANSWER).is_some() || line.plain().starts_with("C: ")
}

/// A line that would be a card if the note said that it holds cards.
fn doubt(scene: &Scene, line: &Text) -> Option<Finding> {
    let at = divide(line, true)?.at;
    let (front, back) = (line.plain()[..at.start].trim(), line.plain()[at.end..].trim());
    let sentence = back.ends_with(['.', '!', ':', ',']) || !front.starts_with(char::is_uppercase);
    let said = front.contains(' ') && !back.is_empty() && !sentence;
    let help = "write blanks on both sides of `::`, or a tag `#flashcards` into the note";
    let finding = |span| Finding::note("pair-unsure", "`::` glued to words divides no card here", span).help(help);
    scene.span_of(line).filter(|_| said).map(finding)
}

/// The lines as they stand in the note; `<br>` ends none.
fn written_lines(text: &Text, note: &str) -> Vec<Text> {
    let mut out: Vec<Text> = Vec::new();
    for line in text.lines(note) {
        let end = out.last().and_then(Text::source_range).map(|r| r.end);
        let between = end.zip(line.source_range()).and_then(|(end, next)| note.get(end..next.start));
        match out.last_mut().filter(|_| between.is_some_and(|b| !b.contains('\n'))) {
            Some(last) => {
                let mut whole = std::mem::take(last);
                whole.push("\n", Style { atom: Atom::Break, ..Style::default() }, None);
                *last = whole.join(&line);
            }
            None => out.push(line),
        }
    }
    out
}

/// A card before it is handed in.
struct Pair {
    front: Content,
    back: Content,
    both: bool,
    why: Content,
}

fn hand_in(out: &mut Drafts, site: &Site, Pair { front, back, both, why }: Pair, span: Span) {
    if out.is_taken(span) {
        return;
    }
    out.silenced.push(span);
    if front.is_blank() || back.is_blank() {
        let what = if front.is_blank() { "an answer without a question" } else { "a question without an answer" };
        out.findings.push(
            Finding::warning("pair-incomplete", what, span)
                .label("this card has one side")
                .help("write both sides beside the mark that divides them, without a blank line"),
        );
        return;
    }
    let body = if both { Body::Reversible { front, back } } else { Body::Question { question: front, answer: back } };
    out.push(Draft::new(&RULE, Kind::Question, Made { body, fallback: None }).at(span, span).under(site).because(why));
}
