//! Exam traps, tips and other remarks: callouts, and bullets that begin with a remark's label.

use std::ops::Range;

use super::context::Context;
use super::draft::{Draft, Drafts, Made, capitalised, question};
use super::fact::{Subject, fact};
use super::filing::is_of_exam;
use super::head::{head, remark};
use super::page::is_warning;
use super::recite::recalled;
use super::scene::{Scene, Site};
use super::term::item_span;
use super::{Example, Rule, is_written};
use crate::card::{Body, Content, Kind};
use crate::diagnostic::Finding;
use crate::language::english::ask::{Statement, ask, inside};
use crate::language::english::clause::words;
use crate::language::english::{base_verb, clause};
use crate::language::is_emoji;
use crate::language::sentence::sentences;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::Text;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "remark",
    summary: "exam traps, tips and warnings",
    manual: "\
A callout (`> [!WARNING]`, `::: tip`), a paragraph or a bullet that begins with a remark's label
(`**Exam trap:**`, `Tip:`, `💡 Exam weight:`) becomes cards of the kind trap, tip or fact.

- `When a question asks …, the answer is …` asks for the answer.
- `Use X to …` asks what to use; words in brackets at the end become the explanation.
- `Look for scenarios with …` asks what such scenarios point to: the heading's subject.
- Any other sentence is read as elsewhere. What cannot stand alone is kept as the explanation.

What is written as a card in a callout keeps its words and is of the callout's kind.",
    example: Example {
        note: "\
## Storage

> [!WARNING]
> When a question asks for the cheapest archive, the answer is Deep Archive.

**Exam tip:** Use lifecycle rules to move old objects (no code needed).
",
        cards: "\
[trap] remark  Storage  @ 3-4
Q: When a question asks for the cheapest archive, what is the answer?
A: Deep Archive

[tip] remark  Storage  @ 6
Q: What should you use to move old objects?
A: lifecycle rules
why: No code needed

[tip] remark  Storage  @ 6
Q: Why should you use lifecycle rules to move old objects?
A: No code needed
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    for site in &scene.sites {
        match &site.block.kind {
            BlockKind::Callout { label, blocks, .. } => callout(scene, out, (site, label), blocks),
            BlockKind::Paragraph(text) if !scene.is_dialogue(text) => labelled(scene, out, site, text),
            _ => {}
        }
    }
}

/// Cards that the author wrote inside a callout for traps or tips are of its kind; options tell their kind themselves.
pub(super) fn mark_written(scene: &Scene, cards: &mut [Draft]) {
    let callouts: Vec<(Span, Kind)> = scene.sites.iter().filter_map(|site| kind_of(site.block)).collect();
    if callouts.is_empty() {
        return;
    }
    let written = |card: &&mut Draft| is_written(card.rule, card.kind) && card.kind != Kind::Choice;
    for card in cards.iter_mut().filter(written) {
        let around = callouts.iter().rfind(|(span, _)| span.start <= card.anchor.start && card.anchor.end <= span.end);
        card.kind = around.map_or(card.kind, |(_, kind)| *kind);
    }
}

/// The kind of what a callout for traps or tips holds, and its bytes.
fn kind_of(block: &Block) -> Option<(Span, Kind)> {
    let BlockKind::Callout { label, .. } = &block.kind else { return None };
    let kind = remark(label).filter(|kind| *kind != Kind::Fact)?;
    Some((block.span, kind))
}

fn callout(scene: &Scene, out: &mut Drafts, at: (&Site, &str), blocks: &[Block]) {
    let (site, label) = at;
    if is_warning(label) {
        out.left_out.push(site.block.span);
        return;
    }
    if matches!(label.to_lowercase().as_str(), "quote" | "cite" | "example" | "todo" | "bug" | "question") {
        return;
    }
    let kind = remark(label).unwrap_or(Kind::Fact);
    let before = out.cards.len();
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) if !scene.is_dialogue(text) => {
                let span = scene.span_of(text).unwrap_or(block.span);
                remarks(scene, out, (site, kind), (text, site.block.span.to(span), span));
            }
            BlockKind::List { items, .. } => {
                for (item, text) in items.iter().filter_map(|item| Some((item, item.text()?))) {
                    let span = scene.span_of(text).unwrap_or(item.span);
                    if head(text).is_none() {
                        remarks(scene, out, (site, kind), (text, item.span.to(span), span));
                    }
                }
            }
            _ => {}
        }
    }
    let says = blocks.iter().any(|b| matches!(b.kind, BlockKind::Paragraph(_)) && !out.is_taken(b.span));
    if out.cards.len() == before && says && remark(label).is_some() {
        let message = format!("the remark `{label}` makes no card");
        let help = "write a short sentence that names its subject, or mark the gap with ==…==";
        out.findings.push(Finding::note("remark-without-card", message, site.block.span).help(help));
    }
}

fn labelled(scene: &Scene, out: &mut Drafts, site: &Site, text: &Text) {
    let Some(head) = head(text) else { return };
    let Some(kind) = remark(&head.name) else { return };
    let span = scene.span_of(text).unwrap_or(site.block.span);
    remarks(scene, out, (site, kind), (&text.slice(head.rest), item_span(site).to(span), span));
}

/// The cards of a remark's text; `place` is the text, the whole span and the anchor.
fn remarks(scene: &Scene, out: &mut Drafts, at: (&Site, Kind), place: (&Text, Span, Span)) {
    let (site, kind) = at;
    let (text, span, anchor) = place;
    let topic = scene.topic(site);
    let mut subject = topic.thing().map(|name| Subject { name, ..Subject::default() });
    let mut why = Text::default();
    let mut made: Vec<(Made, Option<Text>)> = Vec::new();
    for range in sentences(&text.mask()) {
        let sentence = text.slice(range).trim_matches(|c| c.is_whitespace() || is_emoji(c));
        if scene.is_english() && is_of_exam(sentence.plain()) {
            continue;
        }
        if !scene.is_english() {
            made.extend(fact(scene, subject.as_ref(), &sentence).map(|m| (m, None)));
            continue;
        }
        match remark_card(scene, subject.as_ref(), &sentence) {
            Some((card, reason, answer)) => {
                let because = reason.as_ref().and_then(|reason| why_card(&card, reason));
                made.push((card, reason));
                made.extend(because.map(|card| (card, None)));
                if let Some(name) = answer {
                    subject = Some(Subject { name, ..Subject::default() });
                }
            }
            None => why = if why.is_blank() { sentence } else { why.then(" ").join(&sentence) },
        }
    }
    if made.is_empty() && scene.is_english() {
        why = Text::default();
        made.extend(in_own_words(scene, subject.as_ref(), text).into_iter().map(|card| (card, None)));
    }
    for (index, (card, reason)) in made.into_iter().enumerate() {
        let rest = if index == 0 { why.clone() } else { Text::default() };
        let why = match reason {
            Some(reason) if rest.is_blank() => capitalised(&reason),
            Some(reason) => capitalised(&reason).then(". ").join(&rest),
            None => rest,
        };
        out.push(Draft::new(&RULE, kind, card).at(anchor, span).under(site).because(Content::text(why)));
    }
}

/// The sentences of a remark that advises nothing, with gaps.
fn in_own_words(scene: &Scene, subject: Option<&Subject>, text: &Text) -> Vec<Made> {
    let mut context = Context::default();
    let mut out = Vec::new();
    for range in sentences(&text.mask()) {
        let sentence = text.slice(range);
        if is_of_exam(sentence.plain()) {
            continue;
        }
        out.extend(recalled(scene, subject, &context, &sentence));
        context.read(&sentence);
    }
    out
}

/// The card that asks for the reason of an advice: `Why should you use … to …?`
fn why_card(card: &Made, reason: &Text) -> Option<Made> {
    let Body::Question { question: front, answer } = &card.body else { return None };
    let (front, answer) = (front.texts().first().copied()?, answer.texts().first().copied()?);
    let orders = words(reason.plain()).first().is_some_and(|w| base_verb(&w.lower).is_some());
    let tail = front.plain().strip_prefix("What should you ").filter(|_| !orders)?;
    let verb = tail.split(' ').next()?;
    let rest = front.slice(front.plain().len() - tail.len() + verb.len()..front.plain().len());
    let words = Text::words(format!("Why should you {verb} ")).join(answer).join(&rest);
    Some(Made { body: question(words, capitalised(reason)), fallback: None })
}

/// A card, words that explain it, and the answer where the next sentence may speak of it.
type Remark = (Made, Option<Text>, Option<Text>);

fn remark_card(scene: &Scene, subject: Option<&Subject>, sentence: &Text) -> Option<Remark> {
    if let Some((front, answer)) = exam_answer(sentence) {
        let body = question(front, answer.clone());
        return Some((Made { body, fallback: None }, None, Some(answer)));
    }
    if let Some(made) = points_to(scene, subject, sentence) {
        return Some((made, None, None));
    }
    if let Some((made, why)) = advice(scene, subject, sentence) {
        return Some((made, why, None));
    }
    fact(scene, subject, sentence).map(|made| (made, None, None))
}

/// Words that open a condition, in lower case.
pub const CONDITIONS: &[&str] = &["when ", "if ", "whenever "];

/// `When a question asks about X, the answer is Y`, also with `If` and `X is the answer`.
pub fn exam_answer(sentence: &Text) -> Option<(Text, Text)> {
    let mask = sentence.mask();
    let lower = mask.to_lowercase();
    if lower.len() != mask.len() || !CONDITIONS.iter().any(|w| lower.starts_with(w)) {
        return None;
    }
    let comma = condition_end(&mask)?;
    let condition = without_inner_comma(&sentence.slice(0..comma)).trim_matches(|c| c.is_whitespace() || c == ',');
    let quoted_end = sentence.plain()[comma..].len() - sentence.plain()[comma..].trim_start_matches([',', ' ']).len();
    let main = sentence.slice(comma + quoted_end..mask.len()).trim_matches(|c| c.is_whitespace() || c == '.');
    let plain = main.plain();
    let answer_is =
        ["the answer is ", "the answer will be ", "answer is "].iter().find(|w| plain.to_lowercase().starts_with(**w));
    if let Some(lead) = answer_is {
        let rest = &plain[lead.len()..];
        let adverbs = [
            "almost always ", "always ", "usually ", "often ", "typically ", "most likely ", "probably ",
            "nearly always ",
        ];
        let adverb = adverbs.iter().find(|a| rest.starts_with(**a)).map_or("", |a| *a);
        let answer = main.slice(lead.len() + adverb.len()..plain.len());
        return Some((condition.then(", what is ").then(adverb).then("the answer?"), answer));
    }
    let ends = [
        " is usually the best answer", " is usually the answer", " is the best answer", " is the answer",
        " is the right answer", " is often the answer", " is almost always the answer",
    ];
    let tail = ends.iter().find(|t| plain.ends_with(**t))?;
    let answer = main.slice(0..plain.len() - tail.len());
    let adverb = tail.trim_start_matches(" is ").trim_end_matches("answer");
    let front =
        if adverb.contains("the") { format!(", what is {adverb}answer?") } else { ", what is the answer?".to_owned() };
    Some((condition.then(&front), answer))
}

/// `"… into S3,"` as `"… into S3"`: the comma that American typesetting puts inside the quotes.
fn without_inner_comma(condition: &Text) -> Text {
    let trimmed = condition.trim();
    let plain = trimmed.plain();
    for (quote, length) in [(",\"", 1), (",”", 3), (",'", 1)] {
        if let Some(before) = plain.strip_suffix(quote) {
            return trimmed.slice(0..before.len()).join(&trimmed.slice(plain.len() - length..plain.len()));
        }
    }
    trimmed
}

/// The comma behind a condition: the last one before `the answer`, else the first outside quotes.
fn condition_end(mask: &str) -> Option<usize> {
    let lower = mask.to_lowercase();
    for lead in [", the answer", ",\" the answer", ",” the answer", ", answer"] {
        if let Some(at) = lower.find(lead) {
            return Some(at + lead.find("the answer").or_else(|| lead.find("answer")).map_or(0, |i| i - 1));
        }
    }
    lower.rfind(", ")
}

/// `Look for scenarios involving X`: what X points to is the subject.
fn points_to(scene: &Scene, subject: Option<&Subject>, sentence: &Text) -> Option<Made> {
    const LEADS: &[&str] = &["look for ", "watch for ", "watch out for ", "think of this for "];
    let plain = sentence.plain().to_lowercase();
    let lead = LEADS.iter().find(|l| plain.starts_with(**l))?;
    let cue = sentence.slice(lead.len()..sentence.plain().len()).trim_matches(|c| c.is_whitespace() || c == '.');
    let subject = subject?;
    let front = Text::words("What do ").join(&cue).then(" point to?");
    let plural = plain[lead.len()..].split(' ').next().is_some_and(|w| w.ends_with('s'));
    let name = inside(&subject.name, &scene.lower);
    (plural && front.plain().len() < 200).then(|| Made { body: question(front, capitalised(&name)), fallback: None })
}

/// `Use X to Y (because Z)`.
fn advice(scene: &Scene, subject: Option<&Subject>, sentence: &Text) -> Option<(Made, Option<Text>)> {
    let mask = sentence.mask();
    let first = mask.split(' ').next()?.to_lowercase();
    if !matches!(first.as_str(), "use" | "choose" | "prefer" | "avoid" | "enable" | "pick" | "select") {
        return None;
    }
    base_verb(&first)?;
    let (cut, why) = trailing_bracket(&mask);
    let core = sentence.slice(first.len()..cut).trim_matches(|c| c.is_whitespace() || c == '.');
    let stated = Text::words(format!("You should {first} ")).join(&core);
    let clause = clause::parse(&stated.mask())?;
    let asked = ask(&Statement { text: &stated, clause: &clause, subject: &Text::words("you") })?;
    let reason = why.map(|range: Range<usize>| sentence.slice(range));
    let mut front = asked.question;
    let bare = front.plain().split(' ').count() <= 4;
    if bare {
        let name = inside(&subject?.name, &scene.lower);
        front = front.trim_matches(|c| c == '?').then(" with ").join(&name).then("?");
    }
    Some((Made { body: question(front, asked.answer), fallback: None }, reason))
}

/// Where a sentence ends without its last bracket, and what stands in the bracket.
fn trailing_bracket(mask: &str) -> (usize, Option<Range<usize>>) {
    let trimmed = mask.trim_end_matches(['.', ' ']);
    match (trimmed.ends_with(')'), trimmed.rfind('(')) {
        (true, Some(open)) if open > 0 => (open, Some(open + 1..trimmed.len() - 1)),
        _ => (mask.len(), None),
    }
}
