//! Multiple choice: a question, lettered options or check boxes, a key and an explanation.

use super::draft::{Draft, Drafts, Made, capitalised, question};
use super::fact::facts;
use super::key::{Key, find_key};
use super::scene::{Scene, Site};
use super::{Example, Rule};
use crate::card::{Body, Choice, Content, Kind, Part};
use crate::diagnostic::Finding;
use crate::markdown::block::{Block, BlockKind, Item, Marker};
use crate::markdown::text::Text;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "choice",
    summary: "multiple choice with options, key and explanation",
    manual: "\
A question followed by lettered options (`A)`, `b.`, `(C)`, in lines or as a list) and by its key
(`Answer: B`, `Correct answers: A, C`, also inside `<details>`) or by check boxes with the right ones
ticked becomes one choice card. What stands behind the key is the explanation, and a sentence of it that
says why an option is wrong becomes a card of its own.

Options without a key make no card, and none of them is taken for a fact.",
    example: Example {
        note: "\
Which protocol has no handshake?

A) TCP
B) UDP
C) QUIC

Answer: B — UDP sends at once. A needs three packets first.
",
        cards: "\
[choice] choice  @ 1-7
Q: Which protocol has no handshake?
( ) A) TCP
(x) B) UDP
( ) C) QUIC
why: UDP sends at once. A needs three packets first.

[question] choice  @ 1-7
Q: Why is “TCP” not the answer to: Which protocol has no handshake?
A: Needs three packets first
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    for site in &scene.sites {
        let BlockKind::List { marker, items } = &site.block.kind else { continue };
        let lettered = *marker == Marker::Letter && items.len() > 1;
        let boxed = items.len() > 1
            && items.iter().all(|i| i.checked.is_some())
            && items.iter().any(|i| i.checked == Some(true));
        if lettered || boxed {
            read(scene, out, site, items);
        }
    }
}

fn read(scene: &Scene, out: &mut Drafts, site: &Site, items: &[Item]) {
    let (stem, stem_span) = stem(site);
    let asks = stem.iter().any(|b| {
        b.text().is_some_and(|t| t.plain().contains(['?', '？']) || t.plain().trim_end().ends_with([':', '：']))
    });
    let key = find_key(scene, site, items);
    let boxed = items.iter().any(|i| i.checked.is_some());
    if boxed && !asks {
        return;
    }
    if key.is_none() && !(asks && items.iter().any(|i| i.letter.is_some())) {
        return;
    }
    let mut span = stem_span.map_or(site.block.span, |s| s.to(site.block.span));
    let Some(key) = key.filter(|_| !stem.is_empty()) else {
        out.silenced.push(span);
        let what = if stem.is_empty() {
            ("options without a question", "write the question above the options")
        } else {
            ("question without its answer", "add a line `Answer: B` below the options")
        };
        out.findings
            .push(Finding::warning("choice-incomplete", what.0, site.block.span).label("these options").help(what.1));
        return;
    };
    if let Some(used) = key.span {
        span = span.to(used);
    }
    let options = options(items, &key);
    if options.iter().all(|o| !o.correct) {
        out.silenced.push(span);
        let letters: String = key.letters.iter().collect();
        out.findings.push(
            Finding::warning(
                "choice-key-unknown",
                format!("no option has the letter `{letters}`"),
                key.span.unwrap_or(site.block.span),
            )
            .help("let the key name one of the options"),
        );
        return;
    }
    let stem_content =
        Content(stem.iter().filter_map(|b| crate::rules::content::part(b)).map(without_number).collect());
    let extra = against(scene, &stem, &options, &key);
    let body = Body::Choice { stem: stem_content, options };
    let why = key.why.clone();
    out.push(Draft::new(&RULE, Kind::Choice, Made { body, fallback: None }).at(span, span).under(site).because(why));
    for text in key.why.texts() {
        for made in explained(scene, text) {
            out.push(Draft::new(&RULE, Kind::Fact, made).at(span, span).under(site));
        }
    }
    for body in extra {
        let made = Made { body, fallback: None };
        out.push(Draft::new(&RULE, Kind::Question, made).at(span, span).under(site));
    }
}

/// The blocks of the question before the options.
fn stem<'d>(site: &Site<'d>) -> (Vec<&'d Block>, Option<Span>) {
    let mut blocks: Vec<&Block> = Vec::new();
    let mut bounded = false;
    for block in site.siblings[..site.index].iter().rev() {
        let part_of_stem = match &block.kind {
            BlockKind::Paragraph(text) => !is_number_line(text.plain()) && !super::key::is_answer(text.plain()),
            BlockKind::Code { .. } | BlockKind::Math(_) => true,
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
    blocks.reverse();
    let span = blocks.first().zip(blocks.last()).map(|(a, b)| a.span.to(b.span));
    (blocks, span)
}

/// Whether a line only numbers the question: `Q1`, `Question 3:`.
fn is_number_line(line: &str) -> bool {
    let lower = line.trim().trim_end_matches([':', '.', ')']).to_lowercase();
    let number = lower
        .trim_start_matches("question")
        .trim_start_matches("frage")
        .trim_start_matches('q')
        .trim_start_matches(['#', ' ']);
    !number.is_empty() && number.len() < 5 && number.chars().all(|c| c.is_ascii_digit())
}

fn without_number(part: Part) -> Part {
    match part {
        Part::Paragraph(text) => Part::Paragraph(unnumbered(&text)),
        other => other,
    }
}

/// A question without `Q1.`, `2)` or `Question 3:` in front.
pub fn unnumbered(text: &Text) -> Text {
    let plain = text.plain();
    let lead =
        ["Question ", "question ", "Frage ", "Q", "q", "#"].iter().find_map(|l| plain.strip_prefix(l)).unwrap_or(plain);
    let rest = lead.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < lead.len() && rest.starts_with([')', '.', ':']) && rest[1..].starts_with(' ');
    let start = if numbered { plain.len() - rest.len() + 1 } else { 0 };
    text.slice(start..plain.len()).trim()
}

fn options(items: &[Item], key: &Key) -> Vec<Choice> {
    items
        .iter()
        .zip('A'..='Z')
        .map(|(item, letter)| {
            let letter = item.letter.unwrap_or(letter);
            let correct =
                if key.letters.is_empty() { item.checked == Some(true) } else { key.letters.contains(&letter) };
            Choice { letter, content: crate::rules::content::content(&item.blocks), correct }
        })
        .collect()
}

/// The facts of an explanation that stand by themselves and speak of no option.
fn explained(scene: &Scene, text: &Text) -> Vec<Made> {
    let speaks_of_options = |sentence: &str| {
        let lower = sentence.to_lowercase();
        let mut words = sentence.split([' ', ',']);
        let lettered = words.next().is_some_and(|w| w.len() == 1)
            && words.any(|w| matches!(w, "and" | "or"))
            && sentence[1..].starts_with([' ', ','])
            && sentence.split(' ').nth(2).is_some_and(|w| w.trim_matches(',').len() == 1);
        !lettered
            && super::key::reasons(&Text::words(sentence)).is_empty()
            && !["question", "option", "answer", "solution", "distractor"].iter().any(|w| lower.contains(w))
    };
    facts(scene, None, text)
        .into_iter()
        .filter(|(_, r)| speaks_of_options(&text.plain()[r.clone()]))
        .map(|(m, _)| m)
        .collect()
}

/// The cards that say why an option is wrong, from the sentences of the explanation.
fn against(scene: &Scene, stem: &[&Block], options: &[Choice], key: &Key) -> Vec<Body> {
    let Some(asked) = stem.last().and_then(|b| b.text()).filter(|_| scene.is_english()) else { return Vec::new() };
    let mut out = Vec::new();
    for text in key.why.texts() {
        for (letter, reason) in super::key::reasons(text) {
            let Some(option) = options.iter().find(|o| o.letter == letter && !o.correct) else { continue };
            let Some(words) = option.content.texts().first().map(|t| t.trim_matches(|c| c == '.')) else { continue };
            let front = Text::words("Why is “").join(&words).then("” not the answer to: ").join(asked);
            if front.plain().len() <= 420 && reason.plain().len() <= 150 {
                out.push(question(front, capitalised(&reason)));
            }
        }
    }
    out
}
