//! Headings that ask, with their answer below.

use super::content::content;
use super::draft::{Draft, Drafts, Made};
use super::head::head;
use super::list::items_question;
use super::scene::{Scene, Site};
use super::stem::unnumbered;
use super::term::bare;
use super::topic::clean_heading;
use super::{Example, Rule};
use crate::card::{Body, Content, Kind};
use crate::language::is_emoji;
use crate::language::sentence::sentences;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    name: "heading-question",
    summary: "a heading that asks, with its answer below",
    manual: "\
A heading that ends with a question mark and has a short answer below it is a card: the heading in front,
the text behind. Short is one paragraph of at most two sentences, one list of at most seven items, a
formula or a block of code. Longer sections are read sentence by sentence instead.",
    example: Example {
        note: "## Why is the sky blue?\n\nAir scatters short waves more than long ones.\n",
        cards: "\
[question] heading-question  @ 1-3
Q: Why is the sky blue?
A: Air scatters short waves more than long ones.
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    for site in &scene.sites {
        let BlockKind::Heading { text, .. } = &site.block.kind else { continue };
        let front = unnumbered(&clean_heading(text));
        let body = below(site);
        if let Some(draft) = reasons(scene, site, &front, body) {
            out.silenced.push(site.block.span.to(draft.span));
            out.push(draft);
            continue;
        }
        if !front.plain().ends_with(['?', '？'])
            || front.plain().split_whitespace().count() < 3 && front.plain().is_ascii()
            || !is_short(body)
            || leads_elsewhere(body)
        {
            continue;
        }
        let answer = content(body);
        let (Some(anchor), Some(last)) = (scene.span_of(text), body.last()) else { continue };
        let made = Made { body: Body::Question { question: Content::text(front), answer }, fallback: None };
        let span = site.block.span.to(last.span);
        out.push(Draft::new(&RULE, Kind::Question, made).at(anchor, span).under(site));
        out.silenced.push(span);
    }
}

/// `Why use an index?` and bold words with what each means behind them: those words are the answer, and none of them is
/// a thing of its own.
fn reasons(scene: &Scene, site: &Site, front: &Text, body: &[Block]) -> Option<Draft> {
    let why = scene.is_english() && front.plain().to_lowercase().starts_with("why ") && front.plain().ends_with('?');
    let [Block { kind: BlockKind::List { items, .. }, span }] = body else { return None };
    let heads: Vec<Text> = items
        .iter()
        .filter_map(|item| item.text())
        .map(|text| text.trim_matches(|c| c.is_whitespace() || is_emoji(c)))
        .filter_map(|text| head(&text).filter(|h| h.bold && !h.remark).map(|h| bare(&text.slice(h.term))))
        .collect();
    let fits = why && heads.len() == items.len() && (2..=7).contains(&heads.len());
    let anchor = scene.span_of(site.block.text()?).filter(|_| fits)?;
    let made = Made { body: items_question(front.clone(), &heads), fallback: None };
    Some(Draft::new(&RULE, Kind::Question, made).at(anchor, site.block.span.to(*span)).under(site))
}

/// What stands below a heading, up to the next one of any level.
fn below<'d>(site: &Site<'d>) -> &'d [Block] {
    let after = site.after();
    let end = after.iter().position(|b| matches!(b.kind, BlockKind::Heading { .. } | BlockKind::Rule));
    &after[..end.unwrap_or(after.len())]
}

/// Whether the answer only says where to read on.
fn leads_elsewhere(body: &[Block]) -> bool {
    const WORDS: &[&str] = &["详见", "参见", "请参考", "siehe ", "véase ", "voir "];
    let lower = body.first().and_then(|b| b.text()).map(|t| t.plain().to_lowercase()).unwrap_or_default();
    let alone = |at: usize| !lower[..at].ends_with(|c: char| c.is_ascii_alphabetic());
    WORDS.iter().any(|w| lower.match_indices(w).any(|(at, _)| alone(at)))
}

fn is_short(body: &[Block]) -> bool {
    let [block] = body else { return false };
    match &block.kind {
        BlockKind::Paragraph(text) => {
            text.plain().len() <= 300 && sentences(&text.mask()).len() <= 2 && !text.plain().trim_end().ends_with(':')
        }
        BlockKind::List { items, .. } => {
            let length: usize = items.iter().filter_map(|i| i.text()).map(|t| t.plain().len()).sum();
            items.len() <= 6 && length <= 240 && items.iter().all(|i| i.rest().is_empty())
        }
        BlockKind::Code { .. } | BlockKind::Math(_) => true,
        _ => false,
    }
}
