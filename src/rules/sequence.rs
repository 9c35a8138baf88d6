//! Steps in order: `A → B → C`, and numbered steps of a process.

use std::collections::BTreeMap;
use std::ops::Range;

use super::arrow::{lowered, parts, with_arrows};
use super::draft::{Draft, Drafts, Made, capitalised, question};
use super::head::head;
use super::native;
use super::opening::Opening;
use super::scene::{Scene, Site};
use super::term::bare;
use super::timeline::is_time;
use super::topic::{clean_heading, is_action};
use super::{Example, Rule};
use crate::card::{Body, Content, Kind, Part};
use crate::language::english::ask::inside;
use crate::language::english::clause::{Word, is_determiner, words};
use crate::language::english::noun::{head_noun, is_plural, is_preposition};
use crate::language::english::{base_verb, is_gerund, is_meta_heading, third_person};
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
    /// More is said of each step behind it, for other rules to read.
    termed: bool,
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
            let draft = Draft::new(&RULE, kind, made).at(process.anchor, process.span).under(site);
            out.push(if process.termed { draft.aside() } else { draft });
        }
    }
}

fn chain(scene: &Scene, site: &Site, text: &Text) -> Option<Process> {
    text.plain().find(['→', '>', '⟶', '➔', '➜', '⇒', '⟹', '\\'])?;
    let text = &*with_arrows(text);
    let labelled = head(text).filter(|h| !h.dash && !h.remark);
    let start = labelled.as_ref().map_or(0, |h| h.rest.start);
    let body = text.slice(start..text.plain().len()).trim_matches(|c| c.is_whitespace() || c == '.');
    let mask = body.mask();
    let parts = parts(&mask);
    let too_long = parts.iter().any(|r| words(&mask[r.clone()]).len() > 12);
    if parts.len() < 3 || too_long || mask.contains('?') || holds_pairs(&mask, &parts) {
        return None;
    }
    let name = match labelled {
        Some(head) => text.slice(head.term),
        None => scene.topic(site).subject.clone().filter(|name| !is_meta(scene, name))?,
    };
    let span = scene.span_of(text)?;
    let steps = parts.into_iter().map(|r| body.slice(r)).collect();
    Some(Process { name, steps, anchor: span, span: site.block.span.to(span), termed: false })
}

/// `likelihood → forward, decoding → Viterbi, learning → EM`: several arrows, of which none goes on from another; or a
/// condition and what follows from it.
fn holds_pairs(mask: &str, parts: &[Range<usize>]) -> bool {
    let inner = &parts[1..parts.len() - 1];
    let pairs = inner.len() > 1 && inner.iter().all(|part| mask[part.clone()].contains(", "));
    let condition = ["If ", "if ", "When ", "when "].iter().any(|lead| mask[parts[0].clone()].starts_with(lead));
    let goes_on = parts.last().is_some_and(|last| mask[last.clone()].contains(". "));
    pairs || condition || goes_on
}

fn numbered(scene: &Scene, site: &Site, items: &[Item]) -> Option<Process> {
    const WORDS: &[&str] = &[
        "step", "steps", "phase", "phases", "process", "workflow", "procedure", "pipeline", "order", "sequence",
        "stages", "flow", "algorithm", "lifecycle", "cycle", "handshake", "cascade", "pathway",
    ];
    let before = site.before().filter(|b| !b.is_heading()).and_then(|b| b.text());
    let lead = before.map(|t| t.plain().to_lowercase()).unwrap_or_default();
    let heading = site.heading().map(|t| clean_heading(t).plain().to_lowercase()).unwrap_or_default();
    let speaks = |text: &str| {
        words(text).iter().any(|w| WORDS.contains(&w.lower.as_str())) || native::steps::announce(scene.language, text)
    };
    let introduced = lead.ends_with([':', '：']) && speaks(&lead);
    let orders = site.heading().is_some_and(|h| is_order(&clean_heading(h))) && before.is_none();
    let titled = speaks(&heading) && words(&heading).len() <= 10 || heading.starts_with("how to ") || orders;
    let (steps, termed) = steps(items).filter(|(_, termed)| scene.is_english() || !termed)?;
    if items.len() < 3
        || scene.is_english() && is_enumeration(&lead)
        || !introduced && (!titled || scene.is_english() && lead.ends_with(':'))
    {
        return None;
    }
    let topic = scene.topic(site);
    let asks = |t: &Text| !scene.is_english() && t.plain().ends_with(['?', '？']);
    let from_heading = || {
        site.heading()
            .map(|h| without_list(&without_steps(&clean_heading(h))))
            .filter(|h| !is_meta(scene, h) && !asks(h))
    };
    let from_lead = before.filter(|_| introduced && scene.is_english()).and_then(of_lead);
    let name = match from_lead {
        // A longer line may speak of another thing than the heading.
        None if scene.is_english()
            && introduced
            && !speaks(&heading)
            && words(&lead).len() > 5
            && !shares(&lead, &heading) =>
        {
            return None;
        }
        own => own.or_else(from_heading).or_else(|| topic.name())?,
    };
    let name = if scene.is_english() { name } else { native::steps::process(scene.language, &name) };
    Some(Process { name, steps, anchor: site.block.span, span: site.block.span, termed })
}

/// Whether a line announces members of something and no steps: `The states in a diagram typically include:`.
fn is_enumeration(lead: &str) -> bool {
    const SORTS: &[&str] = &[
        "states", "types", "kinds", "concepts", "components", "features", "reasons", "examples", "advantages",
        "disadvantages", "benefits", "characteristics", "principles", "properties", "methods", "algorithms", "factors",
        "challenges", "causes", "problems", "issues", "difficulties", "effects", "consequences", "objectives", "goals",
        "functions", "duties", "measures", "criteria", "elements", "tools",
    ];
    let found = words(lead);
    let includes = found.last().is_some_and(|w| matches!(&*w.lower, "include" | "includes" | "including"));
    let faces = found.last().is_some_and(|w| SORTS.contains(&&*w.lower));
    lead.ends_with(':') && (faces || includes && found.iter().any(|w| SORTS.contains(&&*w.lower)))
}

/// Whether two lines (lower case) have a telling word in common.
fn shares(one: &str, other: &str) -> bool {
    let telling = |w: &&Word| w.lower.len() > 2 && !is_preposition(&w.lower) && !is_determiner(&w.lower);
    let others = words(other);
    words(one).iter().filter(telling).any(|w| others.iter().any(|o| o.lower == w.lower))
}

/// The steps that the items of a list name, and whether more is said of each behind it.
fn steps(items: &[Item]) -> Option<(Vec<Text>, bool)> {
    let texts: Vec<&Text> = items.iter().filter_map(Item::text).filter(|t| t.plain().len() < 400).collect();
    let heads: Vec<Text> = texts
        .iter()
        .filter_map(|t| head(t).filter(|h| !h.remark).map(|h| bare(&t.slice(h.term))))
        .filter(|t| !is_time(t.plain()))
        .collect();
    let closing = |c: char| matches!(c, '.' | '。' | '；') || c.is_whitespace();
    if texts.len() == items.len() && heads.len() == items.len() {
        return Some((heads, true));
    }
    let code = |i: &Item| !i.rest().is_empty() && i.rest().iter().all(|b| matches!(b.kind, BlockKind::Code { .. }));
    let short = |i: &Item| {
        i.text().is_some_and(|t| t.plain().len() < 160 && head(t).is_none()) && (i.rest().is_empty() || code(i))
    };
    // Code below a step is the other rules' to read, and the colon before it says nothing.
    let coded = items.iter().any(code);
    let closing = |c: char| closing(c) || coded && matches!(c, ':' | '：');
    items.iter().all(short).then(|| (texts.iter().map(|t| bare(&t.trim_matches(closing))).collect(), coded))
}

/// Whether a heading names a part of the page.
fn is_meta(scene: &Scene, heading: &Text) -> bool {
    let lower = heading.plain().to_lowercase();
    is_meta_heading(&lower) || scene.language.table().is_some_and(|table| table.is_meta(&lower))
}

/// `mitosis` of `The phases of mitosis are:`, `renew a certificate` of `Steps to renew a certificate:`.
fn of_lead(lead: &Text) -> Option<Text> {
    const WORDS: &[&str] =
        &["steps", "phases", "stages", "order", "process", "procedure", "sequence", "cycle", "flow", "workflow"];
    let lead = lead.trim_matches(|c| c.is_whitespace() || c == ':');
    let lower = lead.plain().to_lowercase();
    let end = [" are", " is", " as follows", " are as follows", " are these"];
    let end = end.iter().filter_map(|e| lower.strip_suffix(e)).map(str::len).min().unwrap_or(lower.len());
    let found = words(&lower[..end]);
    let at = found
        .windows(2)
        .position(|pair| WORDS.contains(&&*pair[0].lower) && matches!(&*pair[1].lower, "of" | "in" | "to" | "for"))?;
    let start = found.get(at + 2)?.start;
    let named = found.len() - at <= 8 && !lower[..end].contains(['.', ',', ';']) && lower.len() == lead.plain().len();
    named.then(|| lead.slice(start..end).trim()).filter(|n| !Opening::points(&n.plain().to_lowercase()))
}

/// `ESR rule (Equality, Sort, Range)` without the bracket that lists the steps.
fn without_list(heading: &Text) -> Text {
    let plain = heading.plain();
    let open = plain.rfind(" (").filter(|at| plain.ends_with(')') && plain[*at..].contains(", "));
    open.map_or(heading.clone(), |at| heading.slice(0..at))
}

/// `Steps of X` as `X`.
fn without_steps(heading: &Text) -> Text {
    let lower = heading.plain().to_lowercase();
    let lead =
        ["how to ", "steps of ", "steps in ", "steps for ", "steps to ", "the steps of ", "stages of ", "phases of "]
            .iter()
            .find(|l| lower.starts_with(**l));
    heading.slice(lead.map_or(0, |l| l.len())..heading.plain().len())
}

fn cards(scene: &Scene, process: &Process) -> Vec<(Kind, Body)> {
    let mut out = Vec::new();
    let english = scene.is_english();
    let name = if english { inside(&process.name, &scene.lower) } else { process.name.clone() };
    if process.steps.len() <= 7 {
        let front = if english && is_order(&name) {
            Text::words("What are the steps to ").join(&lowered(&name)).then(", in order?")
        } else if english && is_action(&name.plain().to_lowercase()) {
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
            let front = if english && is_order(&name) {
                let order = Text::words("To ").join(&lowered(&name));
                order.then(", what comes directly after “").join(&pair[0]).then("”?")
            } else if english && is_action(&name.plain().to_lowercase()) {
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

/// Whether a name is something to do: `Renew a certificate`.
fn is_order(name: &Text) -> bool {
    let lower = name.plain().to_lowercase();
    let mut words = lower.split(' ');
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let object = matches!(second, "a" | "an" | "the" | "your");
    let unknown = object && !first.ends_with("ing") && !is_preposition(first) && !is_determiner(first);
    !second.is_empty() && (unknown || base_verb(first).is_some_and(|v| !v.noun_too))
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
    let last = head_noun(name.plain()).to_lowercase();
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
