//! Decision rules: `Need X? Y.`, `X? → Y`, `A for …; B for …`, `When to use A vs B: …`.

use super::alternatives::alternatives;
use super::draft::{Draft, Drafts, Made, question};
use super::head::head;
use super::remark::{CONDITIONS, exam_answer};
use super::scene::{Scene, Site};
use super::term::item_span;
use super::{Example, Rule};
use crate::card::{Body, Kind};
use crate::language::english::ask::inside;
use crate::language::english::clause::{may_be_clause, words};
use crate::language::is_emoji;
use crate::language::sentence::sentences;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    name: "decision",
    summary: "what to choose when",
    manual: "\
Five forms are read as decisions:

- a need as a question, and the choice behind it: `Need SQL on files? Athena.` or `Need SQL on files? → Athena`;
- two things set against each other: `When to use EMR vs Glue: EMR for custom code. Glue for serverless ETL.`;
- a bullet `When a question says …, the answer is …`;
- a line such as `Redis or Memcached:` above a list of the two, with `If you need …` or `Caching …` below each:
  what there is to choose from stands on the card as options;
- a bullet `If …:`, `When …` or `Need …?` with the choice in the one bullet below it.

The need stands on the front, the choice on the back.",
    example: Example {
        note: "\
## Databases

Need joins and transactions? A relational database. Just need lookups by key? A key-value store.

- When to use Redis vs Memcached: Redis for persistence and data structures. Memcached for a plain cache.
",
        cards: "\
[decision] decision  Databases  @ 3
Q: What do you choose if you need joins and transactions?
A: A relational database

[decision] decision  Databases  @ 3
Q: What do you choose if you just need lookups by key?
A: A key-value store

[decision] decision  Databases  @ 5
Q: When do you use Redis rather than Memcached?
A: persistence and data structures

[decision] decision  Databases  @ 5
Q: When do you use Memcached rather than Redis?
A: a plain cache
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    if !scene.is_english() {
        return;
    }
    for (site, text) in scene.paragraphs() {
        let mut made = needs(text);
        if made.is_empty() {
            made = versus(text);
        }
        let remarked = site.parent.is_some_and(|p| matches!(p.kind, BlockKind::Callout { .. }));
        if made.is_empty() && !remarked {
            made = answers(text);
        }
        for (card, sentence, item) in alternatives(scene, site, text) {
            let Some(anchor) = scene.span_of(&sentence) else { continue };
            out.push(Draft::new(&RULE, Kind::Decision, card).at(anchor, item.span.to(anchor)).under(site));
        }
        if made.is_empty() {
            made = nested(scene, site, text).into_iter().collect();
        }
        let anchor = scene.span_of(text).unwrap_or(site.block.span);
        for body in made {
            let card = Made { body, fallback: None };
            out.push(Draft::new(&RULE, Kind::Decision, card).at(anchor, item_span(site)).under(site));
        }
    }
}

/// `If …:` and the choice in the one bullet below it, with or without an arrow.
fn nested(scene: &Scene, site: &Site, text: &Text) -> Option<Body> {
    let [Block { kind: BlockKind::List { items, .. }, .. }] = site.item().filter(|_| site.index == 0)?.rest() else {
        return None;
    };
    let [only] = items.as_slice() else { return None };
    let said = only.text().filter(|_| only.rest().is_empty())?.trim();
    let choice = said.trim_matches(|c| closing(c) || matches!(c, '→' | '⇒' | '➜' | '-' | '>' | '='));
    let arrow = choice.plain().len() + 1 < said.plain().trim_end_matches(closing).len();
    let need = text.trim_matches(|c| c.is_whitespace() || matches!(c, ':' | ',') || is_emoji(c));
    let plain = choice.plain();
    let named = arrow || text.plain().trim_end().ends_with([':', '?']) && plain.starts_with(char::is_uppercase);
    let count = words(plain).len();
    let limit = if arrow { 9 } else { 4 };
    if !named || !(1..=limit).contains(&count) || may_be_clause(&choice.mask()) || plain.ends_with(['?', ':']) {
        return None;
    }
    let front = need_question(&need).or_else(|| condition_question(scene, &need))?;
    Some(question(front, choice))
}

/// `If data is relational` as `What do you choose if data is relational?`
fn condition_question(scene: &Scene, need: &Text) -> Option<Text> {
    let mask = need.mask();
    let found = words(&mask);
    let opens = found.first().is_some_and(|w| matches!(&*w.lower, "if" | "when"));
    let points =
        found.iter().any(|w| matches!(&*w.lower, "it" | "this" | "that" | "they" | "these" | "those" | "them"));
    let sized = (3..=20).contains(&found.len()) && need.plain().len() < 160;
    if !opens || points || !sized || mask.contains(['?', ':', '→']) || sentences(&mask).len() != 1 {
        return None;
    }
    let first = found[0].end;
    let behind = inside(&need.slice(first..mask.len()).trim(), &scene.lower);
    Some(Text::words(format!("What do you choose {} ", found[0].lower)).join(&behind).then("?"))
}

fn closing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ';')
}

/// `Need X? Y.` and `Need X? → Y`, one after the other.
fn needs(text: &Text) -> Vec<Body> {
    if !text.plain().contains('?') {
        return Vec::new();
    }
    let start = head(text).filter(|h| !h.dash).map_or(0, |h| h.rest.start);
    let body = text.slice(start..text.plain().len()).trim_matches(|c| c.is_whitespace() || is_emoji(c));
    let mask = body.mask();
    let pieces = sentences(&mask);
    let mut out = Vec::new();
    for pair in pieces.windows(2) {
        let (need, choice) = (body.slice(pair[0].clone()), body.slice(pair[1].clone()));
        let choice = choice.trim_matches(|c| closing(c) || matches!(c, '→' | '-' | '>' | '=' | ':'));
        let vague = ["maybe", "yes", "no", "perhaps", "it depends", "not sure"]
            .iter()
            .any(|w| choice.plain().to_lowercase().starts_with(w));
        let short = !vague && words(choice.plain()).len() <= 9 && !choice.plain().ends_with('?') && !choice.is_blank();
        if let (true, Some(front)) = (short, need_question(&need)) {
            out.push(question(front, choice));
        }
    }
    out
}

/// `Need to manage shards?` as a question that names what is asked for.
fn need_question(need: &Text) -> Option<Text> {
    const LEADS: &[(&str, &str)] = &[
        ("just need ", "just need "),
        ("only need ", "only need "),
        ("need ", "need "),
        ("want ", "want "),
        ("have ", "have "),
        ("looking for ", "are looking for "),
        ("require ", "require "),
        ("do you need ", "need "),
        ("do you want ", "want "),
        ("do you have ", "have "),
        ("must ", "must "),
    ];
    let plain = need.plain();
    if !plain.ends_with('?') {
        return None;
    }
    let lower = plain.to_lowercase();
    let (lead, verb) = LEADS.iter().find(|(lead, _)| lower.starts_with(lead))?;
    let rest = need.slice(lead.len()..plain.len() - 1).trim();
    Some(Text::words(format!("What do you choose if you {verb}")).join(&rest).then("?"))
}

/// `When to use A vs B: A for …. B for ….` and `A for …; B for …`.
fn versus(text: &Text) -> Vec<Body> {
    let mask = text.mask();
    let Some(colon) = mask.find(": ") else { return Vec::new() };
    let title = &mask[..colon];
    let Some((left, right)) = rivals(title) else { return Vec::new() };
    let body = text.slice(colon + 2..mask.len());
    let body_mask = body.mask();
    let pieces: Vec<_> = sentences(&body_mask)
        .into_iter()
        .flat_map(|r| {
            body_mask[r.clone()]
                .split_inclusive("; ")
                .scan(r.start, |at, part| {
                    let start = *at;
                    *at += part.len();
                    Some(start..start + part.len())
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let mut out = Vec::new();
    for range in pieces {
        let piece = body.slice(range).trim_matches(closing);
        for (one, other) in [(&left, &right), (&right, &left)] {
            let plain = piece.plain();
            let Some(rest) = plain.strip_prefix(one.as_str()) else { continue };
            let skip = [" for ", " when ", " if ", ": ", " is for ", " = "].iter().find(|s| rest.starts_with(**s));
            if let Some(skip) = skip {
                let keep = if skip.contains("when") || skip.contains("if") { 1 } else { skip.len() };
                let front = Text::words(format!("When do you use {one} rather than {other}?"));
                out.push(question(front, piece.slice(one.len() + keep..plain.len())));
            }
        }
    }
    out
}

/// The two things of `When to use A vs B`.
fn rivals(title: &str) -> Option<(String, String)> {
    let lower = title.to_lowercase();
    let start =
        ["when to use ", "when to choose "].iter().find_map(|l| lower.find(l).map(|at| at + l.len())).unwrap_or(0);
    let rest = title.get(start..)?;
    let (left, right) = [" vs. ", " vs ", " versus ", " or "].iter().find_map(|s| rest.split_once(s))?;
    let clean = |s: &str| s.trim().trim_matches('*').to_owned();
    let short = |s: &str| !s.is_empty() && s.split(' ').count() <= 5;
    (short(left) && short(right) && (start > 0 || lower.contains(" vs"))).then(|| (clean(left), clean(right)))
}

/// `Exam favorite: When the question says …, the answer is …` in a bullet of its own.
fn answers(text: &Text) -> Vec<Body> {
    let opening: String = text.plain().trim_start().chars().take(9).flat_map(char::to_lowercase).collect();
    if !CONDITIONS.iter().any(|word| opening.starts_with(word)) {
        return Vec::new();
    }
    let start = head(text).filter(|h| !h.dash && !h.remark).map_or(0, |h| h.rest.start);
    if start > 0 {
        return Vec::new();
    }
    match sentences(&text.mask()).first() {
        Some(range) => exam_answer(&text.slice(range.clone())).map(|(q, a)| question(q, a)).into_iter().collect(),
        None => Vec::new(),
    }
}
