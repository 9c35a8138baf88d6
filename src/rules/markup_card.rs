//! Cards that a tag makes: `Question #card`, with the answer in the bullets, lines or section below.

use std::cell::Cell;

use super::draft::{Draft, Drafts, Made};
use super::gaps;
use super::scene::{Scene, Site};
use super::written::{card_tag, side, span_of, tags, touching_after, untagged};
use super::{Example, Rule};
use crate::card::{Body, Content, Kind};
use crate::diagnostic::Finding;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::Text;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "markup-card",
    summary: "bullets, lines and headings that a tag `#card` makes a card",
    manual: "\
What a tag `#card`, `#flashcard` or `[[card]]` stands in is the front of a card. The back is what a bullet
has below it, as in Logseq; the rest of the paragraph, or else the next one with what touches it; or the
section below a heading. `prompt : response #card` is both sides in one line. With `#card-reverse` or
`#card/reverse` both directions are asked. If the block has gaps such as `{{cloze gap}}`, `{{c1::gap}}` or
`==gap==`, it is a card with gaps instead. Tags and properties (`id:: …`) are no part of a card.",
    example: Example {
        note: "\
- What does a router forward? #card
  id:: 6345f1c0-8a0e-4a7e-9b0a-0d6a5f6c7d11
    - Packets
- A switch forwards {{cloze frames}}. #card
",
        cards: "\
[question] markup-card  @ 1-3
Q: What does a router forward?
A: Packets

[fact] markup-card  @ 4
C: A switch forwards {{c1::frames}}.
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    let note = &scene.document.file.text;
    let linked = ["[[card]]", "[[Card]]", "[[flashcard"].iter().any(|link| note.contains(link));
    for site in &scene.sites {
        let Some(text) = site.block.text().filter(|t| linked || t.plain().contains('#')) else { continue };
        let Some((end, both)) = tags(text, note).iter().find_map(|tag| Some((tag.range.end, card_tag(&tag.name)?)))
        else {
            continue;
        };
        // A tag by itself says something of the note, not of a card.
        if !untagged(text, note).is_blank() {
            read(scene, out, site, &Marked { text, end, both });
        }
    }
}

/// A text with a card's tag.
struct Marked<'d> {
    text: &'d Text,
    /// Where the tag ends.
    end: usize,
    both: bool,
}

fn read(scene: &Scene, out: &mut Drafts, site: &Site, marked: &Marked) {
    let (front, back, below) = sides(scene, site, marked);
    let span = below.map_or(site.block.span, |below| site.block.span.to(below));
    let mut whole = front.clone();
    whole.0.extend(back.0.iter().cloned());
    let marked_gaps = || {
        let gapped = whole.map_texts(&|text| gaps::highlights(text, &Cell::new(1)));
        Some(gapped).filter(|gapped| back.is_blank() && gaps::has_gap(gapped))
    };
    let (kind, body) = if let Some(text) = gaps::in_braces(&whole, false).or_else(marked_gaps) {
        (Kind::Fact, Body::Cloze { text })
    } else if back.is_blank() {
        out.silenced.push(span);
        out.findings.push(
            Finding::warning("card-without-answer", "a card without an answer", span)
                .label("nothing stands below it")
                .help("write the answer below it, further in, or take the tag away"),
        );
        return;
    } else if marked.both {
        (Kind::Question, Body::Reversible { front, back })
    } else {
        (Kind::Question, Body::Question { question: front, answer: back })
    };
    out.silenced.push(span);
    out.push(Draft::new(&RULE, kind, Made { body, fallback: None }).at(span, span).under(site));
}

/// Front and back of a card, and the bytes of what is below its text.
fn sides(scene: &Scene, site: &Site, marked: &Marked) -> (Content, Content, Option<Span>) {
    let note = &scene.document.file.text;
    let own_words = site.item().filter(|_| site.index == 0);
    if site.block.is_heading() {
        let section = site.section();
        let end = section.iter().position(|b| b.is_heading() || is_card(scene, b)).unwrap_or(section.len());
        return (front(marked.text, note), side(scene, &section[..end]), span_of(&section[..end]));
    }
    let plain = marked.text.plain();
    let (head, rest) = (marked.text.slice(0..marked.end), marked.text.slice(marked.end..plain.len()));
    let rest_is_tags = untagged(&Text::words("#card ").join(&rest.trim()), note).is_blank();
    let ends = |b: &Block| is_card(scene, b);
    let below = match own_words {
        Some(_) => site.after(),
        None => touching_after(scene, site, ends),
    };
    if !rest_is_tags && untagged(&head, note).is_blank() {
        // The tag stands before the words.
        return (front(marked.text, note), side(scene, below), span_of(below));
    }
    if !rest_is_tags {
        let mut back = Content::text(untagged(&rest.trim(), note));
        back.0.extend(side(scene, below).0);
        return (Content::text(untagged(&head, note)), back, span_of(below));
    }
    let words = untagged(marked.text, note);
    if below.is_empty() {
        if let Some(at) = words.mask().find(" : ") {
            let response = words.slice(at + 3..words.plain().len()).trim();
            return (Content::text(words.slice(0..at).trim()), Content::text(response), None);
        }
        if own_words.is_none() {
            let next = next_group(scene, site);
            return (Content::text(words), side(scene, next), span_of(next));
        }
    }
    (Content::text(words), side(scene, below), span_of(below))
}

fn front(text: &Text, note: &str) -> Content {
    Content::text(untagged(text, note))
}

/// Whether a block is a card by itself.
fn is_card(scene: &Scene, block: &Block) -> bool {
    let note = &scene.document.file.text;
    block.text().is_some_and(|t| tags(t, note).iter().any(|tag| card_tag(&tag.name).is_some()))
}

/// The next block behind a blank line and what touches it; up to a rule across the page, all.
fn next_group<'d>(scene: &Scene, site: &Site<'d>) -> &'d [Block] {
    let after = site.after();
    let ends = |b: &Block| b.is_heading() || is_card(scene, b) || matches!(b.kind, BlockKind::Rule);
    let end = after.iter().position(ends).unwrap_or(after.len());
    if after.get(end).is_some_and(|b| matches!(b.kind, BlockKind::Rule)) {
        return &after[..end];
    }
    let touching =
        after[..end].windows(2).take_while(|pair| super::written::touches(scene, pair[0].span, pair[1].span));
    &after[..end.min(1 + touching.count())]
}
