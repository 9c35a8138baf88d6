//! Gaps that the author marked: `{{c1::gap::hint}}`, `==gap==`, and `C:` lines with `[gaps]`.

use std::ops::Range;
use std::sync::Arc;

use super::draft::{Draft, Drafts, Made};
use super::scene::Scene;
use super::term::item_span;
use super::{Example, Rule};
use crate::card::{Body, Content, Kind};
use crate::markdown::text::{Gap, Text};

/// The rule.
pub const RULE: Rule = Rule {
    name: "markup-cloze",
    summary: "gaps written as `{{c1::…}}`, `==…==` or `C: … […]`",
    manual: "\
Anki's `{{c1::gap::hint}}` and a marked stretch `==gap==` become the gaps of one cloze card, word for
word. A line that begins with `C:` takes its `[brackets]` as gaps, unless they are links. Each marked
stretch or bracket is a gap of its own; Anki's numbers are kept. Nothing inside code or formulas counts.",
    example: Example {
        note: "The ==mitochondrion== makes most of a cell's ==ATP==.\n",
        cards: "\
[fact] markup-cloze  @ 1
C: The {{c1::mitochondrion}} makes most of a cell's {{c2::ATP}}.
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    for (site, text) in scene.paragraphs() {
        let Some(gapped) = gapped(text) else { continue };
        let span = scene.span_of(text).unwrap_or(site.block.span);
        let made = Made { body: Body::Cloze { text: Content::text(gapped) }, fallback: None };
        out.push(Draft::new(&RULE, Kind::Fact, made).at(span, item_span(site)).under(site));
    }
}

fn gapped(text: &Text) -> Option<Text> {
    let mask = text.mask();
    if mask.contains("{{c") {
        return anki(text, &mask);
    }
    if let Some(rest) = mask.strip_prefix("C:") {
        return brackets(&text.slice(mask.len() - rest.len()..mask.len()).trim());
    }
    highlights(text)
}

fn with_gap(text: &Text, number: u16, hint: Option<&str>) -> Text {
    text.restyle(|style| {
        style.highlight = false;
        style.gap = Some(Gap { number, hint: hint.map(Arc::from) });
    })
}

fn anki(text: &Text, mask: &str) -> Option<Text> {
    let mut out = Text::default();
    let mut at = 0;
    let mut found = false;
    while let Some(open) = mask[at..].find("{{c").map(|i| at + i) {
        let Some((number, inner, end)) = one_gap(mask, open) else {
            out = out.join(&text.slice(at..open + 3));
            at = open + 3;
            continue;
        };
        out = out.join(&text.slice(at..open));
        let (body, hint) = match mask[inner.clone()].find("::") {
            Some(i) => (inner.start..inner.start + i, Some(text.plain()[inner.start + i + 2..inner.end].to_owned())),
            None => (inner, None),
        };
        out = out.join(&with_gap(&text.slice(body), number, hint.as_deref()));
        at = end;
        found = true;
    }
    found.then(|| out.join(&text.slice(at..mask.len())))
}

/// Number, content and end of `{{cN::…}}` at a byte.
fn one_gap(mask: &str, open: usize) -> Option<(u16, Range<usize>, usize)> {
    let rest = &mask[open + 3..];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: u16 = rest[..digits].parse().ok().filter(|n| (1..=499).contains(n))?;
    let inner = rest[digits..].strip_prefix("::")?;
    let length = inner.find("}}")?;
    let start = open + 3 + digits + 2;
    (length > 0).then_some((number, start..start + length, start + length + 2))
}

fn brackets(text: &Text) -> Option<Text> {
    let mask = text.mask();
    let mut out = Text::default();
    let (mut at, mut number) = (0, 0u16);
    while let Some(open) = mask[at..].find('[').map(|i| at + i) {
        let Some(close) = mask[open..].find(']').map(|i| open + i) else { break };
        if close == open + 1 {
            out = out.join(&text.slice(at..close + 1));
            at = close + 1;
            continue;
        }
        number = number.saturating_add(1);
        out = out.join(&text.slice(at..open)).join(&with_gap(&text.slice(open + 1..close), number, None));
        at = close + 1;
    }
    (number > 0).then(|| out.join(&text.slice(at..mask.len())))
}

fn highlights(text: &Text) -> Option<Text> {
    text.runs().iter().find(|r| r.style.highlight)?;
    let mut number = 0u16;
    let mut out = Text::default();
    let mut previous_end = None;
    for run in text.runs() {
        let piece = text.slice(run.start..run.end);
        if run.style.highlight {
            if previous_end != Some(run.start) {
                number = number.saturating_add(1);
            }
            previous_end = Some(run.end);
            out = out.join(&with_gap(&piece, number, None));
        } else {
            out = out.join(&piece);
        }
    }
    let all = text.runs().iter().all(|r| r.style.highlight);
    (number > 0 && !all).then_some(out)
}
