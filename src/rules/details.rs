//! Answers folded away in `<details>`.

use super::content::content;
use super::draft::{Draft, Drafts, Made};
use super::key::{ANSWERS, is_answer};
use super::options::is_options;
use super::scene::{Scene, Site};
use super::stem::unnumbered;
use super::term::bare;
use super::written::site_of;
use super::{Example, Rule};
use crate::card::{Body, Content, Kind};
use crate::diagnostic::Finding;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::Text;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "details",
    summary: "an answer folded away in `<details>`",
    manual: "\
If the summary of a `<details>` block is a question, the block is its answer. If the summary only says
`Answer` or `Solution`, the question is the paragraph or heading before it, which has to end with a question
mark. A fold that has no end, ends with the list item or section that it stands in. A remark whose title is a
question (`> [!faq]- Why …?`, `??? question \"Why …?\"`) is one, too.",
    example: Example {
        note: "\
Why does ice float?

<details><summary>Answer</summary>

It is less dense than water.

</details>
",
        cards: "\
[question] details  @ 1-5
Q: Why does ice float?
A: It is less dense than water.
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    for site in &scene.sites {
        if let BlockKind::Callout { title: Some(title), blocks, .. } = &site.block.kind {
            out.cards.extend(titled(site, title, blocks));
        }
        let BlockKind::Details { summary, blocks } = &site.block.kind else { continue };
        let answer = content(blocks);
        let Some((front, span)) = question(scene, site, summary.as_ref()) else { continue };
        if answer.is_blank() {
            let help = "write the answer between `</summary>` and `</details>`";
            out.findings.push(Finding::warning("answer-empty", "question without an answer", span).help(help));
            continue;
        }
        let made = Made {
            body: Body::Question { question: Content::text(unnumbered(&bare(&front))), answer },
            fallback: None,
        };
        let whole = span.to(site.block.span);
        let heading = site.before().filter(|b| b.is_heading() && b.span == span);
        let section = heading.and_then(|heading| site_of(scene, heading)).unwrap_or(site);
        out.push(Draft::new(&RULE, Kind::Question, made).at(whole, whole).under(section));
        out.silenced.push(whole);
    }
}

/// `> [!faq] What is …?` with the answer below, perhaps in a remark of its own.
fn titled(site: &Site, title: &Text, blocks: &[Block]) -> Option<Draft> {
    let own = match blocks {
        [Block { kind: BlockKind::Callout { blocks: inner, .. }, .. }] => inner,
        _ => blocks,
    };
    let answer = content(own);
    let asks = title.plain().trim_end().ends_with(['?', '？']) && !blocks.iter().any(is_options);
    (asks && !answer.is_blank()).then_some(())?;
    let body = Body::Question { question: Content::text(unnumbered(&bare(title))), answer };
    let span = site.block.span;
    Some(Draft::new(&RULE, Kind::Question, Made { body, fallback: None }).at(span, span).under(site))
}

/// `Answer`, `Click to see the solution`.
fn says_answer(summary: &str) -> bool {
    let lower = summary.to_lowercase();
    is_answer(&format!("{summary}:")) || ANSWERS.iter().any(|word| lower.ends_with(word))
}

/// The question and its bytes: the summary, or the paragraph or heading before it.
fn question(scene: &Scene, site: &Site, summary: Option<&Text>) -> Option<(Text, Span)> {
    let asks = |text: &Text| text.plain().trim_end().ends_with(['?', '？']);
    if let Some(summary) = summary.filter(|s| asks(s)) {
        return Some((summary.clone(), scene.span_of(summary).unwrap_or(site.block.span)));
    }
    let generic = summary.is_none_or(|s| says_answer(s.plain()) || s.plain().split_whitespace().count() <= 3);
    match site.before().map(|b| (&b.kind, b.span)) {
        Some((BlockKind::Paragraph(text) | BlockKind::Heading { text, .. }, span)) if generic && asks(text) => {
            Some((text.clone(), span))
        }
        _ => None,
    }
}
