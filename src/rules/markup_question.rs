//! Cards that the author wrote as such: `Q:` and `A:`.

use super::content::part;
use super::draft::{Draft, Drafts, Made};
use super::key::announced;
use super::scene::{Scene, Site};
use super::written::touches;
use super::{Example, Rule};
use crate::card::{Body, Content, Kind, Part};
use crate::diagnostic::Finding;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::Text;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "markup-question",
    summary: "cards written as `Q:` and `A:`",
    manual: "\
A line that begins with `Q:` and a later one that begins with `A:` are a card, word for word. Both may run
over several lines. The answer ends at a blank line, except that lists, tables, code and formulas that
follow belong to it; if nothing stands behind `A:`, the next block is the answer. `Q:` inside code is code.",
    example: Example {
        note: "\
Q: What does NAT do?
A: It rewrites addresses.
",
        cards: "\
[question] markup-question  @ 1-2
Q: What does NAT do?
A: It rewrites addresses.
",
    },
    extract,
};

const QUESTION: &[&str] = &["q:", "question:", "frage:", "pregunta:", "问：", "问:"];
const ANSWER: &[&str] = &["a:", "answer:", "antwort:", "respuesta:", "réponse:", "答：", "答:"];

fn extract(scene: &Scene, out: &mut Drafts) {
    for (site, text) in scene.paragraphs() {
        let marks = text.plain().contains([':', '：']);
        let mut cards = if marks { pairs(&text.lines(&scene.document.file.text)) } else { Vec::new() };
        let Some(last) = cards.pop() else {
            answered_below(scene, out, site, text);
            continue;
        };
        for (q, a) in cards {
            hand_in(scene, out, site, (q, Content::text(a.unwrap_or_default()), site.block.span));
        }
        let (answer, span) = whole_answer(scene, site, last.1);
        hand_in(scene, out, site, (last.0, answer, span));
    }
}

/// `Which …?` with `Answer: …` in the next line or paragraph.
fn answered_below(scene: &Scene, out: &mut Drafts, site: &Site, text: &Text) {
    if !text.plain().trim_end().ends_with(['?', '？']) {
        return;
    }
    let front = text.trim();
    let Some(Block { kind: BlockKind::Paragraph(below), span }) = site.after().first() else { return };
    if front.plain().len() > 300 {
        return;
    }
    let lower = below.plain().to_lowercase();
    let Some(start) = announced(&lower).filter(|_| lower.len() == below.plain().len()) else { return };
    let answer = below.slice(start..below.plain().len()).trim();
    let letter =
        answer.plain().chars().nth(1).is_none_or(|c| !c.is_alphanumeric()) && answer.plain().chars().count() < 3;
    if !answer.is_blank() && !letter {
        hand_in(scene, out, site, (front, Content::text(answer), site.block.span.to(*span)));
    }
}

/// The questions of a paragraph's lines, each with what stands behind its `A:`.
fn pairs(lines: &[Text]) -> Vec<(Text, Option<Text>)> {
    let mut out: Vec<(Text, Option<Text>)> = Vec::new();
    for line in lines {
        if let Some(q) = marked(line, QUESTION) {
            out.push((q, None));
        } else if let (Some(a), Some(last)) = (marked(line, ANSWER), out.last_mut()) {
            last.1 = Some(last.1.take().map_or_else(|| a.clone(), |before| before.then(" ").join(&a)));
        } else if let Some(last) = out.last_mut() {
            let side = last.1.as_mut().unwrap_or(&mut last.0);
            *side = std::mem::take(side).then(" ").join(line);
        }
    }
    out
}

/// The text behind a marker at the start of a line.
fn marked(line: &Text, markers: &[&str]) -> Option<Text> {
    let mask = line.mask();
    let lower = mask.to_lowercase();
    let marker = markers.iter().find(|m| lower.starts_with(**m))?;
    let rest = line.slice(marker.len()..mask.len());
    (rest.plain().is_empty() || rest.plain().starts_with(char::is_whitespace)).then(|| rest.trim())
}

/// The answer with the blocks behind the paragraph that belong to it.
fn whole_answer(scene: &Scene, site: &Site, first: Option<Text>) -> (Content, Span) {
    let mut parts: Vec<Part> = Vec::new();
    let mut span = site.block.span;
    let mut after = site.after().iter().peekable();
    let mut answer = first;
    if answer.is_none()
        && let Some(block) = after.next_if(|b| b.text().is_some_and(|t| marked(t, ANSWER).is_some()))
    {
        answer = block.text().and_then(|t| marked(t, ANSWER));
        span = span.to(block.span);
    }
    let Some(answer) = answer else { return (Content::default(), span) };
    let asks = |b: &Block| b.text().is_some_and(|t| marked(t, QUESTION).is_some());
    if !answer.is_blank() {
        parts.push(Part::Paragraph(answer));
    } else if let Some(block) = after.next_if(|b| is_body(b) && !asks(b)) {
        parts.extend(part(block));
        span = span.to(block.span);
    }
    let open = parts.last().is_none_or(|p| matches!(p, Part::Paragraph(t) if t.plain().trim_end().ends_with(':')));
    while let Some(block) = after.next_if(|b| {
        let list = matches!(b.kind, BlockKind::List { .. });
        is_body(b) && !matches!(b.kind, BlockKind::Paragraph(_)) && (!list || open || touches(scene, span, b.span))
    }) {
        parts.extend(part(block));
        span = span.to(block.span);
    }
    (Content(parts), span)
}

fn is_body(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Paragraph(_)
            | BlockKind::List { .. }
            | BlockKind::Table { .. }
            | BlockKind::Code { .. }
            | BlockKind::Math(_)
    )
}

fn hand_in(scene: &Scene, out: &mut Drafts, site: &Site, card: (Text, Content, Span)) {
    let (q, answer, span) = card;
    let anchor = scene.span_of(&q).unwrap_or(site.block.span);
    if q.is_blank() || answer.is_blank() {
        let (code, message, help) = if q.is_blank() {
            ("question-empty", "answer without a question", "write the question behind `Q:`")
        } else {
            ("answer-empty", "question without an answer", "write the answer on a line that begins with `A:`")
        };
        out.findings.push(Finding::warning(code, message, anchor).help(help));
        out.silenced.push(site.block.span);
        return;
    }
    let body = Body::Question { question: Content::text(q), answer };
    let made = Made { body, fallback: None };
    out.push(Draft::new(&RULE, Kind::Question, made).at(anchor, span).under(site));
    out.silenced.push(span);
}
