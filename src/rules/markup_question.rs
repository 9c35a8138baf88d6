//! Cards that the author wrote as such: `Q:` and `A:`.

use std::slice;

use super::content::part;
use super::divider::is_sure;
use super::draft::{Draft, Drafts, Made};
use super::key::{announced, gives_reason, reason};
use super::options::is_options;
use super::scene::{Scene, Site};
use super::stem::is_number_line;
use super::written::{following, touches};
use super::{Example, Rule};
use crate::card::{Body, Content, Kind, Part};
use crate::diagnostic::Finding;
use crate::language::lower::in_place;
use crate::markdown::block::{Block, BlockKind, Item};
use crate::markdown::text::Text;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "markup-question",
    summary: "cards written as `Q:` and `A:`",
    manual: "\
A line that begins with `Q:` and a later one that begins with `A:` are a card, word for word; `Question:`,
`Frage:`, `Q1.`, `F:` with a question mark and the same in other languages will do, bold or not, in a heading, too. A question may have
several paragraphs. The answer ends at a blank line, except that lists, tables, code and formulas that
follow belong to it; if nothing stands behind `A:`, the next block is the answer. In a note that holds
nothing but such cards an answer ends where the next card begins. A paragraph `Why: …` or `Explanation: …`
behind it is shown below the answer. `Q:` inside code is code.",
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

/// Labels of a question, in lower case, without the colon.
pub const QUESTION: &[&str] = &[
    "q", "question", "frage", "pregunta", "pergunta", "domanda", "vraag", "pytanie", "вопрос", "问", "問", "问题",
    "問題", "질문",
];

/// Labels of its answer.
pub const ANSWER: &[&str] = &[
    "a", "ans", "answer", "antwort", "respuesta", "réponse", "resposta", "risposta", "antwoord", "odpowiedź", "ответ",
    "答", "答案", "回答", "답",
];

/// Letters that stand for a question only where one is asked with an answer below, not for a force: `Frage`, `Pregunta`.
const SHORT_QUESTION: &[&str] = &["f", "p"];

/// Letters that stand for an answer only below a question: `Réponse`, `Respuesta`.
const SHORT_ANSWER: &[&str] = &["r"];

/// Words that make a question of a statement, in lower case.
const TRUTH: &[&str] = &[
    "true or false", "true/false", "t/f", "wahr oder falsch", "richtig oder falsch", "vrai ou faux",
    "verdadero o falso", "vero o falso", "判断题", "判断",
];

/// How many characters of a line are looked at for a label.
const LABEL: usize = 24;

/// How many blocks a question may have before its answer.
const REACH: usize = 8;

fn extract(scene: &Scene, out: &mut Drafts) {
    let deck = is_deck(scene);
    let any = scene.sites.iter().any(|s| s.block.text().is_some_and(|t| t.plain().starts_with("Q: ")));
    // Where the last card ends; what stands before is a part of it.
    let mut done = 0;
    for site in &scene.sites {
        let text = match &site.block.kind {
            BlockKind::Paragraph(text) => text,
            BlockKind::Heading { text, .. } if is_asked(site, text) => text,
            _ => continue,
        };
        if site.block.span.start >= done && !out.is_taken(site.block.span) && !has_options(site, text) {
            read(scene, out, (site, text), deck);
            done = out.silenced.last().map_or(done, |span| span.end.max(done));
            if any
                && site.item().is_none()
                && site.block.span.start >= done
                && !site.block.is_heading()
                && text.plain().starts_with("A: ")
            {
                out.findings.push(lone_answer(site));
                out.silenced.push(site.block.span);
            }
        }
    }
}

/// Whether a heading is a question with a label; `Q1: Results` may be a quarter of a year.
fn is_asked(site: &Site, text: &Text) -> bool {
    let Some(question) = marked(text, QUESTION) else { return false };
    let label = &text.plain()[..text.plain().len() - question.plain().len()];
    let answered = || site.after().first().and_then(Block::text).is_some_and(|t| marked(t, ANSWER).is_some());
    !label.contains(|c: char| c.is_ascii_digit()) || question.plain().contains(['?', '？']) || answered()
}

/// An answer in a note with such cards that no question stands before.
fn lone_answer(site: &Site) -> Finding {
    Finding::warning("question-missing", "an answer without a question", site.block.span)
        .help("write the question above it, on a line that begins with `Q:`")
}

fn read(scene: &Scene, out: &mut Drafts, (site, text): (&Site, &Text), deck: bool) {
    let marks = text.plain().contains([':', '：', '.', ')']);
    let numbered = is_numbered(site);
    let mut cards = if marks { pairs(&text.lines(&scene.document.file.text), numbered) } else { Vec::new() };
    let Some(last) = cards.pop() else {
        if !scene.is_dialogue(text) {
            answered_below(scene, out, (site, text), numbered);
        }
        return;
    };
    for (q, a) in cards {
        let span = site.block.span;
        hand_in(scene, out, site, Written::new(Content::text(q), Content::text(a.unwrap_or_default()), span));
    }
    if last.1.is_none()
        && let Some((answer, rest, span)) = nested_answer(site).or_else(|| next_item(site))
    {
        let mut parts = vec![Part::Paragraph(answer)];
        parts.extend(rest);
        let span = site.block.span.to(span);
        hand_in(scene, out, site, Written::new(Content::text(last.0), Content(parts), span));
        return;
    }
    hand_in(scene, out, site, whole(scene, site, last, deck));
}

/// The answer of a question that has it in the only bullet below: `A: …`.
fn nested_answer(site: &Site) -> Option<(Text, Vec<Part>, Span)> {
    let block = site.after().first().filter(|_| site.item().is_some() && site.index == 0)?;
    let BlockKind::List { items, .. } = &block.kind else { return None };
    let [only] = items.as_slice() else { return None };
    answer_of(only).map(|(answer, rest)| (answer, rest, block.span))
}

/// The answer of a question that has it in the next bullet beside it.
fn next_item(site: &Site) -> Option<(Text, Vec<Part>, Span)> {
    let item = site.item().filter(|_| site.after().is_empty())?;
    let BlockKind::List { items, .. } = &site.parent?.kind else { return None };
    let next = items.get(items.iter().position(|i| std::ptr::eq(i, item))? + 1)?;
    answer_of(next).map(|(answer, rest)| (answer, rest, next.span))
}

/// What a bullet answers, and what stands below that.
fn answer_of(item: &Item) -> Option<(Text, Vec<Part>)> {
    let answer = marked(item.text()?, ANSWER).filter(|answer| !answer.is_blank())?;
    Some((answer, item.rest().iter().filter_map(part).collect()))
}

/// Whether options stand below a block, so that the question is one of choice.
fn has_options(site: &Site, text: &Text) -> bool {
    let answered = ["A:", "A：", "Answer:", "Antwort:"].iter().any(|label| text.mask().contains(label));
    let remark = |b: &Block| matches!(b.kind, BlockKind::Callout { .. });
    let after = site.after().iter().take(3).take_while(|b| (is_body(b) || remark(b)) && !asks(b) && !answers(b));
    !answered && after.into_iter().any(is_options)
}

/// Whether a note holds nothing but cards: it begins with one, and has several and no other headings between.
pub fn is_deck(scene: &Scene) -> bool {
    let top = scene.sites.iter().filter(|s| s.parent.is_none());
    let texts: Vec<&Text> = top.filter_map(|s| s.block.text().filter(|_| !s.block.is_heading())).collect();
    let begins = |text: &&&Text| marked(text, QUESTION).is_some() || text.plain().starts_with("C: ");
    let cards = texts.iter().filter(begins).count();
    texts.first().is_some_and(|first| begins(&first)) && cards > 2 && cards * 3 >= texts.len()
}

/// `Which …?` with `Answer: …` in the next line or paragraph.
fn answered_below(scene: &Scene, out: &mut Drafts, (site, text): (&Site, &Text), numbered: bool) {
    let front = text.trim();
    let Some(Block { kind: BlockKind::Paragraph(below), span }) = following(scene, site).first() else { return };
    let asks = front.plain().ends_with(['?', '？']) || asks_for_truth(front.plain());
    if front.plain().len() > 300 || !(asks || numbered) || is_number_line(front.plain()) {
        return;
    }
    let found = announced(&in_place(below.plain())).filter(|_| asks);
    let labelled = || marked(below, ANSWER).filter(|_| asks || numbered);
    let Some(answer) = found.map(|at| below.slice(at..below.plain().len()).trim()).or_else(labelled) else {
        return;
    };
    let letter =
        answer.plain().chars().nth(1).is_none_or(|c| !c.is_alphanumeric()) && answer.plain().chars().count() < 3;
    if answer.is_blank() || letter && answer.plain().starts_with(|c: char| c.is_ascii_alphabetic()) {
        return;
    }
    let span = site.block.span.to(*span);
    hand_in(scene, out, site, Written::new(Content::text(front), Content::text(answer), span));
}

/// Whether the number of a question stands above, so that any words ask.
fn is_numbered(site: &Site) -> bool {
    site.before().and_then(Block::text).is_some_and(|t| is_number_line(t.plain()))
}

/// `True or false: …`, `… (true/false)`.
fn asks_for_truth(plain: &str) -> bool {
    let lower = plain.to_lowercase();
    TRUTH.iter().any(|words| lower.starts_with(words) || lower.trim_end_matches([')', '.', ' ']).ends_with(words))
}

/// A card before it is handed in.
struct Written {
    question: Content,
    answer: Content,
    span: Span,
    why: Content,
}

impl Written {
    fn new(question: Content, answer: Content, span: Span) -> Written {
        Written { question, answer, span, why: Content::default() }
    }
}

/// The questions of a paragraph's lines, each with what stands behind its `A:`; below the number of a
/// question the first needs no mark.
fn pairs(lines: &[Text], numbered: bool) -> Vec<(Text, Option<Text>)> {
    let mut out: Vec<(Text, Option<Text>)> = Vec::new();
    let answered = |at: usize| {
        let mut below = lines.iter().skip(at + 1);
        below.any(|line| marked(line, ANSWER).or_else(|| marked(line, SHORT_ANSWER)).is_some())
    };
    for (at, line) in lines.iter().enumerate() {
        let unmarked = || Some(line.clone()).filter(|_| at == 0 && numbered && answered(at));
        let short = || marked(line, SHORT_QUESTION).filter(|q| q.plain().ends_with(['?', '？']) && answered(at));
        if let Some(q) = marked(line, QUESTION).or_else(short).or_else(unmarked) {
            out.push(in_one_line(&q).map_or((q, None), |(q, a)| (q, Some(a))));
        } else if let (Some(a), Some(last)) =
            (marked(line, ANSWER).or_else(|| marked(line, SHORT_ANSWER)), out.last_mut())
        {
            last.1 = Some(last.1.take().map_or_else(|| a.clone(), |before| before.then(" ").join(&a)));
        } else if let Some(last) = out.last_mut() {
            let side = last.1.as_mut().unwrap_or(&mut last.0);
            *side = std::mem::take(side).then(" ").join(line);
        }
    }
    out
}

/// `… A: …` behind a question in the same line.
fn in_one_line(question: &Text) -> Option<(Text, Text)> {
    let mask = question.mask();
    let at =
        ["? A: ", "？A：", "? Answer: ", "? Antwort: "].iter().find_map(|sign| Some((mask.find(sign)?, sign.len())))?;
    let asked = question.slice(0..at.0 + mask[at.0..].chars().next().map_or(1, char::len_utf8));
    Some((asked, question.slice(at.0 + at.1..mask.len()).trim()))
}

/// The text behind a label at the start of a line: `Q: …`, `Q3. …`, `Question : …`.
pub fn marked(line: &Text, labels: &[&str]) -> Option<Text> {
    let plain = line.plain();
    let near = plain.char_indices().nth(LABEL).map_or(plain.len(), |(at, _)| at);
    let mask = in_place(&line.slice(0..near).mask());
    let at = labels.iter().find_map(|label| behind(&mask, label))?;
    let rest = line.slice(at..plain.len());
    let wide = plain[..at].ends_with('：');
    (wide || rest.plain().is_empty() || rest.plain().starts_with(char::is_whitespace)).then(|| rest.trim())
}

/// Where the colon behind a label ends; a number may stand between, and then a full stop will do.
fn behind(lower: &str, label: &str) -> Option<usize> {
    let rest = lower.strip_prefix(label)?.trim_start_matches([' ', '\u{a0}']);
    let tail = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - tail.len();
    let tail = tail.trim_start_matches([' ', '\u{a0}']);
    let numbered = (1..=4).contains(&digits);
    let sign = tail.chars().next()?;
    let ends = matches!(sign, ':' | '：') || (numbered && matches!(sign, '.' | ')'));
    (ends && digits <= 4).then(|| lower.len() - tail.len() + sign.len_utf8())
}

/// The last card of a paragraph with the blocks behind that belong to it.
fn whole(scene: &Scene, site: &Site, (first, answer): (Text, Option<Text>), deck: bool) -> Written {
    let mut question = Content::text(first);
    let mut span = site.block.span;
    let mut after = site.after().iter().peekable();
    let mut answer = answer;
    if answer.is_none()
        && let Some(ahead) = answer_ahead(site, deck)
    {
        for block in after.by_ref().take(ahead) {
            question.0.extend(part(block));
        }
        if let Some(block) = after.next() {
            answer = block.text().and_then(|t| marked(t, ANSWER));
            span = span.to(block.span);
        }
    }
    let Some(answer) = answer.or_else(|| site.block.is_heading().then(Text::default)) else {
        return Written::new(question, Content::default(), span);
    };
    let mut parts: Vec<Part> = Vec::new();
    if !answer.is_blank() {
        parts.push(Part::Paragraph(answer));
    } else if let Some(block) = after.next_if(|b| is_body(b) && !asks(b)) {
        parts.extend(part(block));
        span = span.to(block.span);
    }
    let bound = if deck { next_card(scene, site) } else { 0 };
    let quoted = |b: &Block| deck && matches!(b.kind, BlockKind::Quote(_) | BlockKind::Callout { .. });
    let open = parts.last().is_none_or(|p| matches!(p, Part::Paragraph(t) if t.plain().trim_end().ends_with(':')));
    while let Some(block) = after.next_if(|b| {
        let list = matches!(b.kind, BlockKind::List { .. });
        let set_apart =
            is_body(b) && !matches!(b.kind, BlockKind::Paragraph(_)) && (!list || open || touches(scene, span, b.span));
        let own = is_body(b) || quoted(b);
        own && !asks(b) && !answers(b) && !gives_reason(b) && (set_apart || b.span.end <= bound)
    }) {
        parts.extend(part(block));
        span = span.to(block.span);
    }
    let why = after.next().and_then(|block| reason(slice::from_ref(block)));
    let (why, span) = why.map_or((Content::default(), span), |(why, at)| (why, span.to(at)));
    Written { why, ..Written::new(question, Content(parts), span) }
}

/// How many blocks of a question stand before the paragraph with its answer.
fn answer_ahead(site: &Site, deck: bool) -> Option<usize> {
    let reach = if deck || !site.block.is_heading() { REACH } else { 1 };
    let ahead = site.after().iter().take(reach).position(answers)?;
    let plain = |b: &Block| is_body(b) && !asks(b);
    site.after()[..ahead].iter().all(plain).then_some(ahead)
}

/// Where the next card among the siblings begins: paragraphs up to there belong to an answer of a deck,
/// unless they are cards in a way of their own. Where `C:` lines tell that the note is written for hashcards, the
/// last answer goes to its end.
fn next_card(scene: &Scene, site: &Site) -> usize {
    let written = |s: &Site| s.block.text().is_some_and(|t| t.plain().starts_with("C:"));
    let end = || if scene.sites.iter().any(written) { usize::MAX } else { 0 };
    site.after().iter().find(|b| ends_card(b)).map_or_else(end, |b| b.span.start)
}

/// Whether a block of a deck is no part of the card before it.
pub fn ends_card(block: &Block) -> bool {
    let own = |t: &Text| t.runs().iter().any(|r| r.style.highlight) || t.plain().contains("::") && is_sure(t);
    block.text().is_some_and(own) || block.is_heading() || matches!(block.kind, BlockKind::Rule) || asks(block)
}

/// Whether a block gives an answer.
fn answers(block: &Block) -> bool {
    block.text().is_some_and(|t| marked(t, ANSWER).is_some())
}

/// Whether a block begins another card.
fn asks(block: &Block) -> bool {
    block.text().is_some_and(|t| marked(t, QUESTION).is_some() || t.plain().starts_with("C:"))
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

fn hand_in(scene: &Scene, out: &mut Drafts, site: &Site, card: Written) {
    let Written { question, answer, span, why } = card;
    let anchor = question.texts().first().and_then(|q| scene.span_of(q)).unwrap_or(site.block.span);
    if question.is_blank() || answer.is_blank() {
        let (code, message, help) = if question.is_blank() {
            ("question-empty", "answer without a question", "write the question behind `Q:`")
        } else {
            ("answer-empty", "question without an answer", "write the answer on a line that begins with `A:`")
        };
        out.findings.push(Finding::warning(code, message, anchor).help(help));
        out.silenced.push(site.block.span);
        return;
    }
    let body = Body::Question { question, answer };
    let made = Made { body, fallback: None };
    out.push(Draft::new(&RULE, Kind::Question, made).at(anchor, span).under(site).because(why));
    out.silenced.push(span);
}
