//! Formulas on lines of their own under a line or a heading that names them.

use super::draft::{Draft, Drafts, Made};
use super::head::head;
use super::opening::Opening;
use super::scene::{Scene, Site};
use super::term::{bare, item_span};
use super::topic::clean_heading;
use super::{Example, Rule};
use crate::card::{Body, Content, Kind, Part};
use crate::language::english::ask::inside;
use crate::language::english::clause::{has_finite_verb, is_determiner, words};
use crate::language::english::{is_adjective, is_meta_heading};
use crate::language::sentence::sentences;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::{Atom, Run, Text};
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "formula",
    summary: "a formula under the line or heading that names it",
    manual: "\
A formula on lines of its own is asked for by the line above that names it (`The quadratic formula:`, `The
sigmoid function is given by`) or, if it is the first thing below, by its heading. A bullet of a name, a
colon and nothing but a formula is read the same way. Formulas stay as they were written.",
    example: Example {
        note: "\
The quadratic formula:

$$x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}$$

- Area of a circle: $\\pi r^2$
",
        cards: "\
[fact] formula  @ 1-3
Q: What is the quadratic formula?
A: $$x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}$$

[fact] formula  @ 5
Q: What is the formula for the area of a circle?
A: $\\pi r^2$
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    for site in &scene.sites {
        match &site.block.kind {
            BlockKind::Math(formula) => display(scene, out, site, formula),
            BlockKind::Paragraph(text) => inline(scene, out, site, text),
            _ => {}
        }
    }
}

fn display(scene: &Scene, out: &mut Drafts, site: &Site, formula: &Text) {
    let Some((name, above)) = site.before().and_then(|before| named(scene, before)) else { return };
    let more = matches!(site.after().first().map(|b| &b.kind), Some(BlockKind::Math(_)));
    let Some(front) = front(scene, &name).filter(|_| !more && formula.plain().len() < 400) else { return };
    let answer = Content(vec![Part::Math(formula.clone())]);
    let made = Made { body: Body::Question { question: Content::text(front), answer }, fallback: None };
    let span = above.to(site.block.span);
    out.push(Draft::new(&RULE, Kind::Fact, made).at(span, span).under(site));
}

/// What the block above a formula names, and where.
fn named(scene: &Scene, before: &Block) -> Option<(Text, Span)> {
    match &before.kind {
        BlockKind::Heading { text, .. } => {
            let name = clean_heading(text);
            let telling = !is_meta_heading(&name.plain().to_lowercase()) && !name.plain().ends_with('?');
            let cut = name.plain().find(" (").unwrap_or(name.plain().len());
            telling.then(|| (name.slice(0..cut), before.span))
        }
        BlockKind::Paragraph(text) => {
            let mask = text.mask();
            let last = text.slice(sentences(&mask).pop()?);
            let name = without_verb(&last)?;
            Some((name, scene.span_of(&last).unwrap_or(before.span)))
        }
        _ => None,
    }
}

/// The subject of a line that leads up to a formula.
fn without_verb(line: &Text) -> Option<Text> {
    const VERBS: &[&str] = &[
        " is given by", " are given by", " is defined as", " is defined by", " is calculated as", " is computed as",
        " is calculated by", " is written as", " can be written as", " equals", " is equal to", " states that", " is",
        " reads", " states",
    ];
    let line = line.trim_matches(|c| c.is_whitespace() || matches!(c, ':' | ',' | '：'));
    let plain = line.plain();
    let end = VERBS.iter().find_map(|verb| plain.strip_suffix(verb)).map_or(plain.len(), str::len);
    let name = line.slice(0..end).trim();
    let wordy = words(name.plain());
    let first = wordy.first()?;
    let naming = first.capital && wordy.len() <= 12 && !name.plain().contains([',', ':', ';', '?']);
    (naming && !has_finite_verb(&name.mask())).then_some(name)
}

/// `What is the quadratic formula?`, `What is the formula for the area of a circle?`
fn front(scene: &Scene, name: &Text) -> Option<Text> {
    const FORMULAS: &[&str] = &[
        "formula", "equation", "identity", "rule", "law", "theorem", "inequality", "matrix", "series", "expansion",
        "definition", "derivative", "integral", "distribution",
    ];
    let name = bare(&name.trim_matches(|c| c.is_whitespace() || matches!(c, ':' | '.')));
    let mask = name.mask();
    let found = words(&mask);
    let (first, last) = (found.first()?, found.last()?);
    let points = Opening::points(&name.plain().to_lowercase())
        || matches!(
            &*first.lower,
            "where" | "then" | "so" | "thus" | "hence" | "if" | "for" | "let" | "proof" | "example" | "note" | "we"
        );
    if !scene.is_english() || points || found.len() > 12 || name.plain().chars().count() < 3 {
        return None;
    }
    let determined = is_determiner(&first.lower);
    // `Additive for independent events`: a quality.
    if is_adjective(&first.lower) && found.get(1).is_some_and(|w| w.lower == "for") {
        return None;
    }
    let name = inside(&name, &scene.lower);
    let head = name
        .plain()
        .split([' '])
        .take_while(|w| !matches!(*w, "of" | "for" | "in"))
        .last()
        .unwrap_or_default()
        .to_lowercase();
    let formula = FORMULAS.contains(&&*head) || FORMULAS.contains(&&*last.lower);
    let own = ["'s", "’s", "s'", "s’"].iter().any(|e| name.plain().split(' ').next().is_some_and(|w| w.ends_with(e)));
    let noun = name.plain().contains(" of ") || (found.len() > 1 && !last.capital) || FORMULAS.contains(&&*last.lower);
    let article = if determined || own || !noun { "" } else { "the " };
    let lead = if formula { "What is " } else { "What is the formula for " };
    let name = if article.is_empty() { name } else { lowered(&name, found.len() > 1) };
    Some(Text::words(format!("{lead}{article}")).join(&name).then("?"))
}

/// `Area of a circle` as `area of a circle`; a name such as `Euler identity` keeps its capital.
fn lowered(name: &Text, several: bool) -> Text {
    let plain = name.plain();
    let word = plain.split(' ').next().unwrap_or_default();
    let common = several && plain[word.len()..].starts_with(" of ") && word.chars().skip(1).all(char::is_lowercase);
    match plain.chars().next().filter(|_| common) {
        Some(c) => Text::words(c.to_lowercase().to_string()).join(&name.slice(c.len_utf8()..plain.len())),
        None => name.clone(),
    }
}

/// `**Binomial MLE**: $y$ heads in $n$ flips:` or `Define:`, and behind it a formula on lines of its own.
fn led(scene: &Scene, site: &Site, text: &Text) -> Option<Draft> {
    const DEFINES: &[&str] = &["define", "definition", "formula", "formally", "we define"];
    let shown = |r: &Run| matches!(r.style.atom, Atom::Math { display: true });
    let first = text.runs().iter().find(|r| shown(r))?;
    let formulas = text.runs().iter().filter(|r| shown(r)).count();
    let lead = text.slice(0..first.start).trim();
    let bare_lead = lead.plain().trim_end_matches(':').trim().to_lowercase();
    let name = if DEFINES.contains(&&*bare_lead) {
        named(scene, site.before().filter(|above| above.is_heading())?)?.0
    } else {
        let head = head(text).filter(|h| h.bold && !h.remark && h.rest.start <= first.start)?;
        let case = text.slice(head.rest.start..first.start).trim_matches(|c| c.is_whitespace() || c == ':');
        let mask = case.mask();
        let fits = lead.plain().ends_with(':') && sentences(&mask).len() < 2 && case.plain().len() < 90;
        if !fits || has_finite_verb(&mask) {
            return None;
        }
        let name = text.slice(head.term);
        if case.is_blank() { name } else { name.then(" (").join(&case).then(")") }
    };
    let front = front(scene, &name).filter(|_| formulas == 1)?;
    let answer = Content(vec![Part::Math(text.slice(first.start..first.end))]);
    let made = Made { body: Body::Question { question: Content::text(front), answer }, fallback: None };
    let anchor = scene.span_of(&text.slice(0..first.end))?;
    Some(Draft::new(&RULE, Kind::Fact, made).at(anchor, site.block.span).under(site))
}

/// `Area of a circle: $\pi r^2$`
fn inline(scene: &Scene, out: &mut Drafts, site: &Site, text: &Text) {
    if let Some(draft) = led(scene, site, text) {
        out.push(draft);
        return;
    }
    let Some(head) = head(text).filter(|h| !h.remark) else { return };
    let value = text.slice(head.rest.clone()).trim_matches(|c| c.is_whitespace() || matches!(c, '.' | ','));
    let math = |r: &Run| matches!(r.style.atom, Atom::Math { .. });
    let formula = !value.runs().is_empty() && value.runs().iter().all(math);
    let name = bare(&text.slice(head.term));
    let wordy = words(&name.mask()).len() > 1 && !name.runs().iter().any(math);
    if !formula || !wordy {
        return;
    }
    let Some(front) = front(scene, &name) else { return };
    let made = Made { body: super::draft::question(front, value), fallback: None };
    let anchor = scene.span_of(text).unwrap_or(site.block.span);
    out.push(Draft::new(&RULE, Kind::Fact, made).at(anchor, item_span(site)).under(site));
}
