//! Gaps that the author marked: `{{c1::gap::hint}}`, `==gap==`, and `C:` lines with `[gaps]`.

use std::cell::Cell;

use super::content::{content, part};
use super::divider::is_wide;
use super::draft::{Draft, Drafts, Made};
use super::gaps::{self, Flaw, brackets, has_gap, highlights};
use super::key::reason;
use super::markup_question::{ends_card, is_deck};
use super::scene::{Scene, Site};
use super::term::item_span;
use super::written::{declares, span_of, touching_after, untagged};
use super::{Example, Rule};
use crate::card::{Body, Content, Kind};
use crate::diagnostic::Finding;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::Text;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "markup-cloze",
    summary: "gaps written as `{{c1::…}}`, `==…==` or `C: … […]`",
    manual: "\
Anki's `{{c1::gap::hint}}`, Logseq's `{{cloze gap}}` and a marked stretch `==gap==` become the gaps of one
cloze card, word for word. Anki's numbers are kept; otherwise each gap is one of its own. Gaps inside a gap
are asked on a card of their own, with the outer one shown. A line that begins with `C:` takes its
`[brackets]` as gaps, unless they are links, footnotes or escaped (`\\[`); lists and tables that touch it
belong to it, and in a note that holds nothing but such cards all up to the next. `==1;;gap;;hint==` has a
number and a hint, as have `==gap==^[hint][^1]` and `{{1::gap::hint}}`. A table with such gaps is one card.
A paragraph `Why: …` or `Explanation: …` behind a text with gaps is shown after the answer.
In a note with a tag `#flashcards`, `{{gap}}` is a
gap too, and so is a whole sentence between `==`, which elsewhere is only marked as important. Nothing inside code or formulas counts, but a whole formula may be a gap.",
    example: Example {
        note: "\
The ==mitochondrion== makes most of a cell's ==ATP==.

{{c1::Glucose::a sugar}} is broken down by {{c2::glycolysis}}.

C: The [liver] stores [glycogen].
",
        cards: "\
[fact] markup-cloze  @ 1
C: The {{c1::mitochondrion}} makes most of a cell's {{c2::ATP}}.

[fact] markup-cloze  @ 3
C: {{c1::Glucose::a sugar}} is broken down by {{c2::glycolysis}}.

[fact] markup-cloze  @ 5
C: The {{c1::liver}} stores {{c2::glycogen}}.
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    let bare = declares(scene);
    let page = Page { among_cards: scene.sites.iter().any(|site| is_written(site.block)), deck: is_deck(scene) };
    for site in &scene.sites {
        if out.is_taken(site.block.span) {
            continue;
        }
        let text = match &site.block.kind {
            BlockKind::Paragraph(text) => text,
            BlockKind::Table { .. } => {
                in_table(out, site, bare);
                continue;
            }
            BlockKind::Math(formula) if gaps::in_formula(formula.plain()) => {
                out.findings.push(finding(Flaw::Inside, site.block.span));
                continue;
            }
            _ => continue,
        };
        if text.plain().starts_with("C:") && is_line_of_gaps(scene, out, (site, text), &page) {
            continue;
        }
        for line in numbered_alike(text, &scene.document.file.text) {
            in_braces(scene, out, (site, &line), bare);
        }
    }
    for (site, text) in scene.paragraphs() {
        let marked = text.runs().iter().filter(|r| r.style.highlight).count();
        if marked > 0
            && marked < text.runs().len()
            && !gaps::braces(text, bare).any()
            && !text.plain().starts_with("C:")
            && (bare || !is_emphasis(text))
        {
            hand_in(scene, out, (site, text), highlights(&untagged(text, &scene.document.file.text), &Cell::new(1)));
        }
    }
}

/// Whether a stretch that is marked is a sentence, as readers mark what they find important; nobody could give
/// that back.
fn is_emphasis(text: &Text) -> bool {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for run in text.runs().iter().filter(|r| r.style.highlight) {
        match stretches.last_mut() {
            Some((_, end)) if *end == run.start => *end = run.end,
            _ => stretches.push((run.start, run.end)),
        }
    }
    stretches.into_iter().any(|(start, end)| {
        let words = text.plain()[start..end].trim();
        let wide = words.chars().filter(|c| is_wide(Some(*c))).count();
        words.split_whitespace().count() > 10
            || wide > 30
            || words.ends_with(['.', ':', '。', '：']) && words.contains(' ')
    })
}

/// What the whole note says of its `C:` lines.
struct Page {
    /// There are such cards.
    among_cards: bool,
    /// It holds nothing else.
    deck: bool,
}

/// A table with gaps in its cells, as one card.
fn in_table(out: &mut Drafts, site: &Site, bare: bool) {
    let whole = Content(part(site.block).into_iter().collect());
    let marked = || {
        let next = Cell::new(1);
        let gapped = whole.map_texts(&|text| highlights(text, &next));
        Some(gapped).filter(|gapped| bare && has_gap(gapped))
    };
    let Some(text) = gaps::in_braces(&whole, bare).or_else(marked) else { return };
    let made = Made { body: Body::Cloze { text }, fallback: None };
    let span = site.block.span;
    out.push(Draft::new(&RULE, Kind::Fact, made).at(span, item_span(site)).under(site));
    out.silenced.push(span);
}

/// The lines of a text in which each line begins again with gap 1; otherwise the whole.
fn numbered_alike(text: &Text, note: &str) -> Vec<Text> {
    let own =
        |line: &Text| line.mask().contains("{{c1::") && line.plain().trim_end().ends_with(['.', '!', '?', '}', '。']);
    let lines = if text.plain().matches("{{c1::").count() > 1 { text.lines(note) } else { Vec::new() };
    if lines.len() > 1 && lines.iter().all(own) { lines } else { vec![text.clone()] }
}

fn in_braces(scene: &Scene, out: &mut Drafts, (site, text): (&Site, &Text), bare: bool) {
    if !text.plain().contains("{{") {
        return;
    }
    let text = untagged(text, &scene.document.file.text);
    let braces = gaps::braces(&text, bare);
    for (flaw, at) in &braces.flaws {
        let span = scene.span_of(&text.slice(at.clone())).unwrap_or(site.block.span);
        out.findings.push(finding(*flaw, span));
    }
    if braces.any() {
        for gapped in braces.texts(&text) {
            hand_in(scene, out, (site, &text), gapped);
        }
    } else if !braces.flaws.is_empty() {
        out.silenced.push(site.block.span);
    }
}

fn finding(flaw: Flaw, span: Span) -> Finding {
    let (code, message, help) = match flaw {
        Flaw::Unclosed => ("gap-unclosed", "this gap has no end", "write `}}` behind it, in the same paragraph"),
        Flaw::Empty => ("gap-empty", "this gap hides nothing", "write what it hides behind `::`"),
        Flaw::Inside => (
            "gap-in-formula",
            "a gap inside a formula is not seen",
            "put the whole formula into the gap: `{{c1::$…$}}`",
        ),
    };
    Finding::warning(code, message, span).help(help)
}

fn hand_in(scene: &Scene, out: &mut Drafts, (site, text): (&Site, &Text), gapped: Text) {
    let span = scene.span_of(text).unwrap_or(site.block.span);
    let made = Made { body: Body::Cloze { text: Content::text(gapped) }, fallback: None };
    let draft = Draft::new(&RULE, Kind::Fact, made).under(site);
    let Some((why, at)) = reason(site.after()) else {
        out.push(draft.at(span, item_span(site)));
        return;
    };
    out.push(draft.at(span, item_span(site).to(at)).because(why));
    out.silenced.push(at);
}

/// Hands in the card of a paragraph that begins with `C:`; whether it is one.
fn is_line_of_gaps(scene: &Scene, out: &mut Drafts, (site, text): (&Site, &Text), page: &Page) -> bool {
    let note = &scene.document.file.text;
    let own = site.after().iter().take_while(|b| !ends_card(b)).count();
    let near = || touching_after(scene, site, |b| matches!(b.kind, BlockKind::Paragraph(_)));
    let mut below = if page.deck { &site.after()[..own] } else { near() };
    let set_apart = |b: &Block| matches!(b.kind, BlockKind::List { .. } | BlockKind::Table { .. });
    if below.is_empty() && !has_gap(&Content::text(brackets(text, note, &Cell::new(1)))) {
        below = site.after().get(..1).filter(|b| set_apart(&b[0])).unwrap_or_default();
    }
    let mut whole = Content::text(text.slice(2..text.plain().len()).trim());
    whole.0.extend(content(below).0);
    let next = Cell::new(1);
    let gapped = whole.map_texts(&|text| brackets(text, note, &next));
    let span = span_of(below).map_or(site.block.span, |below| site.block.span.to(below));
    if has_gap(&gapped) {
        let made = Made { body: Body::Cloze { text: gapped }, fallback: None };
        out.push(Draft::new(&RULE, Kind::Fact, made).at(span, span.to(item_span(site))).under(site));
        out.silenced.push(span);
        return true;
    }
    if page.among_cards && !gaps::braces(text, false).any() {
        out.silenced.push(site.block.span);
        let help = "put brackets around what is to be asked: `C: The [liver] stores glycogen.`";
        out.findings.push(Finding::warning("gap-missing", "a `C:` line without a gap", site.block.span).help(help));
    }
    false
}

/// Whether a block is a card with a letter in front: `Q:`, or `C:` with brackets.
fn is_written(block: &Block) -> bool {
    let plain = block.text().map(Text::plain).unwrap_or_default();
    plain.starts_with("Q: ") || (plain.starts_with("C: ") && plain.contains('['))
}
