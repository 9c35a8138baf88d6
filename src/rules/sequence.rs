//! Steps in order: `A → B → C`, and numbered steps of a process.

use std::collections::BTreeMap;

use super::draft::{Draft, Drafts, Made, capitalised, question};
use super::head::head;
use super::native;
use super::scene::{Scene, Site};
use super::topic::{clean_heading, is_action};
use super::{Example, Rule};
use crate::card::{Body, Content, Kind, Part};
use crate::language::english::ask::inside;
use crate::language::english::clause::{Word, words};
use crate::language::english::noun::is_plural;
use crate::language::english::{base_verb, is_gerund, third_person};
use crate::language::sentence::split_outside;
use crate::markdown::block::{BlockKind, Item, Marker};
use crate::markdown::text::Text;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sequence",
    summary: "pipelines with arrows and numbered steps",
    manual: "\
A line of at least three parts joined by arrows (`→`, `->`, `=>`) is a pipeline of the thing that the
heading or a label before it names. A numbered list is a sequence if its heading or the line before it
speaks of steps, phases, a process or a workflow.

Cards: the whole sequence, if it has at most seven steps; what comes directly after each step, where the
step is named once; and what a step does, where the note says so in brackets behind it.",
    example: Example {
        note: "## Build pipeline\n\nSource → Compile (rustc) → Link → Ship\n",
        cards: "\
[sequence] sequence  Build pipeline  @ 3
Q: What are the steps of the Build pipeline, in order?
A: 1. Source
   2. Compile (rustc)
   3. Link
   4. Ship

[sequence] sequence  Build pipeline  @ 3
Q: In the Build pipeline, what comes directly after “Source”?
A: Compile (rustc)

[sequence] sequence  Build pipeline  @ 3
Q: In the Build pipeline, what comes directly after “Compile (rustc)”?
A: Link

[sequence] sequence  Build pipeline  @ 3
Q: In the Build pipeline, what comes directly after “Link”?
A: Ship
",
    },
    extract,
};

struct Process {
    name: Text,
    steps: Vec<Text>,
    anchor: Span,
    span: Span,
}

fn extract(scene: &Scene, out: &mut Drafts) {
    for site in &scene.sites {
        let found = match &site.block.kind {
            BlockKind::Paragraph(text) => chain(scene, site, text),
            BlockKind::List { marker: Marker::Number(_), items } => numbered(scene, site, items),
            _ => None,
        };
        let Some(process) = found else { continue };
        for (kind, body) in cards(scene, &process) {
            let made = Made { body, fallback: None };
            out.push(Draft::new(&RULE, kind, made).at(process.anchor, process.span).under(site));
        }
    }
}

fn arrows(mask: &str) -> Vec<std::ops::Range<usize>> {
    split_outside(mask, |rest| ["→", "->", "=>", "⟶", "➔", "➜"].iter().find(|a| rest.starts_with(**a)).map(|a| a.len()))
}

fn chain(scene: &Scene, site: &Site, text: &Text) -> Option<Process> {
    text.plain().find(['→', '>', '⟶', '➔', '➜'])?;
    let labelled = head(text).filter(|h| !h.dash && !h.remark);
    let start = labelled.as_ref().map_or(0, |h| h.rest.start);
    let body = text.slice(start..text.plain().len()).trim_matches(|c| c.is_whitespace() || c == '.');
    let mask = body.mask();
    let parts = arrows(&mask);
    let too_long = parts.iter().any(|r| words(&mask[r.clone()]).len() > 12);
    if parts.len() < 3 || too_long || mask.contains('?') {
        return None;
    }
    let name = match labelled {
        Some(head) => text.slice(head.term),
        None => scene.topic(site).subject.clone()?,
    };
    let span = scene.span_of(text)?;
    let steps = parts.into_iter().map(|r| body.slice(r)).collect();
    Some(Process { name, steps, anchor: span, span: site.block.span.to(span) })
}

fn numbered(scene: &Scene, site: &Site, items: &[Item]) -> Option<Process> {
    const WORDS: &[&str] = &[
        "step", "steps", "phase", "phases", "process", "workflow", "procedure", "pipeline", "order", "sequence",
        "stages", "flow", "algorithm", "lifecycle",
    ];
    let lead = site.before().and_then(|b| b.text()).map(|t| t.plain().to_lowercase()).unwrap_or_default();
    let heading = site.heading().map(|t| t.plain().to_lowercase()).unwrap_or_default();
    let speaks = |text: &str| {
        words(text).iter().any(|w| WORDS.contains(&w.lower.as_str())) || native::steps::announce(scene.language, text)
    };
    let short = items
        .iter()
        .all(|i| i.text().is_some_and(|t| t.plain().len() < 160 && head(t).is_none() && i.rest().is_empty()));
    if items.len() < 3 || !short || !(speaks(&heading) || (lead.ends_with([':', '：']) && speaks(&lead))) {
        return None;
    }
    let topic = scene.topic(site);
    let asks = |t: &Text| !scene.is_english() && t.plain().ends_with(['?', '？']);
    let name =
        site.heading().map(|h| without_steps(&clean_heading(h))).filter(|h| !asks(h)).or_else(|| topic.name())?;
    let name = if scene.is_english() { name } else { native::steps::process(scene.language, &name) };
    let steps = items
        .iter()
        .filter_map(|i| i.text())
        .map(|t| t.trim_matches(|c| matches!(c, '.' | '。' | '；') || c.is_whitespace()))
        .collect();
    Some(Process { name, steps, anchor: site.block.span, span: site.block.span })
}

/// `Steps of X` as `X`.
fn without_steps(heading: &Text) -> Text {
    let lower = heading.plain().to_lowercase();
    let lead = ["steps of ", "steps in ", "steps for ", "steps to ", "the steps of ", "stages of ", "phases of "]
        .iter()
        .find(|l| lower.starts_with(**l));
    heading.slice(lead.map_or(0, |l| l.len())..heading.plain().len())
}

fn cards(scene: &Scene, process: &Process) -> Vec<(Kind, Body)> {
    let mut out = Vec::new();
    let english = scene.is_english();
    let name = if english { inside(&process.name, &scene.lower) } else { process.name.clone() };
    if process.steps.len() <= 7 {
        let front = if english && is_action(&name.plain().to_lowercase()) {
            name.clone().then(": what are the steps, in order?")
        } else if english {
            Text::words("What are the steps of ").join(&the(&name)).then(", in order?")
        } else {
            native::steps::all(scene.language, &name, process.steps.len())
        };
        out.push((Kind::Sequence, whole(front, &process.steps)));
    }
    let counts = counts(process.steps.iter());
    for pair in process.steps.windows(2) {
        if counts[pair[0].plain()] == 1 {
            let front = if english && is_action(&name.plain().to_lowercase()) {
                name.clone().then(": what comes directly after “").join(&pair[0]).then("”?")
            } else if english {
                Text::words("In ").join(&the(&name)).then(", what comes directly after “").join(&pair[0]).then("”?")
            } else {
                native::steps::next(scene.language, &name, &pair[0])
            };
            out.push((Kind::Sequence, question(front, capitalised(&pair[1]))));
        }
    }
    if english {
        out.extend(roles(&name, &process.steps));
    }
    out
}

/// How often each step is named.
fn counts<'t>(steps: impl Iterator<Item = &'t Text>) -> BTreeMap<&'t str, usize> {
    let mut counts = BTreeMap::new();
    for step in steps {
        *counts.entry(step.plain()).or_default() += 1;
    }
    counts
}

/// The name with an article, unless it is a name that takes none.
fn the(name: &Text) -> Text {
    let first = name.plain().split(' ').next().unwrap_or_default().to_lowercase();
    let last = name.plain().rsplit(' ').next().unwrap_or_default().to_lowercase();
    let common = matches!(
        last.as_str(),
        "pipeline"
            | "process"
            | "workflow"
            | "cycle"
            | "lifecycle"
            | "algorithm"
            | "flow"
            | "procedure"
            | "handshake"
            | "chain"
            | "sequence"
            | "path"
    ) || is_plural(&last);
    if common && first != "the" { Text::words("the ").join(name) } else { name.clone() }
}

fn whole(front: Text, steps: &[Text]) -> Body {
    let items = steps.iter().map(|s| Content::text(capitalised(s))).collect();
    Body::Question { question: Content::text(front), answer: Content(vec![Part::List { start: Some(1), items }]) }
}

/// What the brackets behind the steps say: `Lambda (transform)`.
fn roles(name: &Text, steps: &[Text]) -> Vec<(Kind, Body)> {
    let parts: Vec<(Text, Option<Text>)> = steps
        .iter()
        .flat_map(|step| {
            split_outside(&step.mask(), |r| r.starts_with(" + ").then_some(3)).into_iter().map(|r| step.slice(r))
        })
        .map(|part| bracketed(&part))
        .collect();
    let counts = counts(parts.iter().map(|(step, _)| step));
    let mut out = Vec::new();
    for (step, role) in &parts {
        let once = counts[step.plain()] == 1;
        let acts = |w: &Word| base_verb(&w.lower).is_some() || third_person(&w.lower).is_some() || is_gerund(&w.lower);
        let says = |role: &&Text| once && words(role.plain()).first().is_some_and(acts);
        let Some(role) = role.as_ref().filter(says) else { continue };
        let front = Text::words("What is the role of ").join(step).then(" in ").join(&the(name)).then("?");
        out.push((Kind::Fact, question(front, capitalised(role))));
    }
    out
}

fn bracketed(part: &Text) -> (Text, Option<Text>) {
    let mask = part.mask();
    let single = mask.matches('(').count() == 1;
    match (mask.find(" ("), mask.ends_with(')')) {
        (Some(open), true) if single => (part.slice(0..open), Some(part.slice(open + 2..mask.len() - 1))),
        _ => (part.clone(), None),
    }
}
