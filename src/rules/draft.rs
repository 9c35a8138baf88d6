//! What rules hand in: cards without identity, each with the bytes that made its rule fire.

use super::Rule;
use super::scene::Site;
use crate::card::{Body, Content, Kind};
use crate::diagnostic::Finding;
use crate::markdown::text::Text;
use crate::source::Span;

/// A card as a rule proposes it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The rule's name.
    pub rule: &'static str,
    /// What sort of knowledge it is.
    pub kind: Kind,
    /// What it asks.
    pub body: Body,
    /// Another way of asking, used when the first turns out to be ambiguous within the note.
    pub fallback: Option<Body>,
    /// An explanation.
    pub why: Option<Content>,
    /// The bytes that made the rule fire.
    pub anchor: Span,
    /// The bytes that the card says something of.
    pub span: Span,
    /// Words shown behind the headings, such as the two languages of a vocabulary.
    pub note: Option<String>,
    /// The section it stands in; see [`super::scene::Scene::trail`].
    pub section: usize,
    /// Whether it may share its anchor with cards of other rules.
    pub aside: bool,
}

/// What the rules have handed in for a note.
#[derive(Debug, Default)]
pub struct Drafts {
    /// The cards.
    pub cards: Vec<Draft>,
    /// What there is to say.
    pub findings: Vec<Finding>,
    /// The bytes of blocks that a rule has read and wants left alone by later rules, without a card.
    pub silenced: Vec<Span>,
}

/// A card's content before its place is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// What it asks.
    pub body: Body,
    /// Another way of asking.
    pub fallback: Option<Body>,
}

/// A question and an answer of running text.
#[expect(clippy::needless_pass_by_value, reason = "callers make both texts in place")]
pub fn question(front: Text, back: Text) -> Body {
    Body::Question { question: Content::text(capitalised(&front.trim())), answer: Content::text(back.trim()) }
}

/// A text with gaps numbered in order of the ranges; `None` without a range.
pub fn cloze(text: &Text, gaps: &[std::ops::Range<usize>]) -> Option<Body> {
    if gaps.is_empty() {
        return None;
    }
    let mut out = text.clone();
    for (number, range) in (1u16..).zip(gaps) {
        out = out.with_gap(range.clone(), number);
    }
    Some(Body::Cloze { text: Content::text(capitalised(&out)) })
}

/// A text with a single gap over a byte range.
pub fn one_gap(text: &Text, gap: std::ops::Range<usize>) -> Option<Body> {
    cloze(text, std::slice::from_ref(&gap))
}

/// The same text with its first letter as a capital, unless it is code or a name such as `iOS`.
pub fn capitalised(text: &Text) -> Text {
    let Some(first) = text.plain().chars().next() else { return text.clone() };
    let word = text.plain().split(' ').next().unwrap_or_default();
    let plain_word = word.chars().all(|c| c.is_lowercase() || matches!(c, '\'' | '’' | ',' | '-'));
    let mask_starts = text.mask().starts_with(first);
    if !first.is_lowercase() || !plain_word || !mask_starts {
        return text.clone();
    }
    let style = text.runs()[0].style.clone();
    let mut out = Text::default();
    out.push(&first.to_uppercase().to_string(), style, text.runs()[0].source);
    out.join(&text.slice(first.len_utf8()..text.plain().len()))
}

impl Draft {
    /// A card of a rule, without a place yet.
    pub fn new(rule: &Rule, kind: Kind, made: Made) -> Self {
        let nowhere = Span::default();
        let Made { body, fallback } = made;
        Draft {
            rule: rule.name,
            kind,
            body,
            fallback,
            why: None,
            anchor: nowhere,
            span: nowhere,
            note: None,
            section: 0,
            aside: false,
        }
    }

    /// The same card with its place.
    #[must_use]
    pub fn at(mut self, anchor: Span, span: Span) -> Self {
        self.span = span.to(anchor);
        self.anchor = anchor;
        self
    }

    /// The same card in the section of a block.
    #[must_use]
    pub fn under(mut self, site: &Site) -> Self {
        self.section = site.section_number();
        self
    }

    /// The same card with an explanation, unless it is blank.
    #[must_use]
    pub fn because(mut self, why: Content) -> Self {
        self.why = (!why.is_blank()).then_some(why);
        self
    }

    /// The same card, allowed to share its anchor with the cards of other rules.
    #[must_use]
    pub fn aside(mut self) -> Self {
        self.aside = true;
        self
    }
}

impl Drafts {
    /// Hands in a card.
    pub fn push(&mut self, draft: Draft) {
        self.cards.push(draft);
    }

    /// Takes in what the next rule made, except cards whose anchor an earlier rule has.
    pub fn admit(&mut self, next: Drafts) {
        let mut taken: Vec<(usize, usize)> =
            self.cards.iter().filter(|c| !c.aside).map(|c| (c.anchor.start, c.anchor.end)).collect();
        taken.extend(self.silenced.iter().map(|s| (s.start, s.end)));
        taken.sort_unstable();
        let mut reach = 0;
        let reached: Vec<usize> = taken
            .iter()
            .map(|(_, end)| {
                reach = reach.max(*end);
                reach
            })
            .collect();
        let free = |span: &Span| {
            let before = taken.partition_point(|(start, _)| *start < span.end);
            before == 0 || reached[before - 1] <= span.start
        };
        self.cards.extend(next.cards.into_iter().filter(|c| c.aside || free(&c.anchor)));
        self.silenced.extend(next.silenced);
        self.findings.extend(next.findings);
    }
}
