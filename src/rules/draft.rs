//! What rules hand in: cards without identity, each with the bytes that made its rule fire.

use super::Rule;
use super::around::around;
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
    /// What the list items around it name, the outermost first.
    pub around: Vec<String>,
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
    /// The bytes of which no later rule is to make any card, not even one that shares its anchor.
    pub left_out: Vec<Span>,
    taken: Taken,
    barred: Taken,
}

/// The bytes that earlier rules have: each span's start, in order, and how far it and those before reach.
#[derive(Debug, Default)]
struct Taken(Vec<(usize, usize)>);

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
    // `Passes through: Dungarpur`
    let back = back.trim_matches(char::is_whitespace);
    let colon = back.plain().len() - back.plain().trim_start_matches([':', ' ']).len();
    let back = if colon > 0 { back.slice(colon..back.plain().len()) } else { back };
    Body::Question { question: Content::text(capitalised(&front.trim())), answer: Content::text(back) }
}

/// A text with gaps numbered in order of the ranges, equal words under one number; `None` without a range.
pub fn cloze(text: &Text, gaps: &[std::ops::Range<usize>]) -> Option<Body> {
    if gaps.is_empty() || gaps.iter().any(|gap| is_torn(&text.plain()[gap.clone()])) {
        return None;
    }
    let mut out = text.clone();
    let mut hidden: Vec<&str> = Vec::new();
    for range in gaps {
        let words = text.plain()[range.clone()].trim_end_matches([',', ';']);
        let range = range.start..range.start + words.len();
        let known = hidden.iter().position(|h| *h == words);
        let index = known.unwrap_or(hidden.len());
        if known.is_none() {
            hidden.push(words);
        }
        out = out.with_gap(range.clone(), u16::try_from(index + 1).unwrap_or(u16::MAX));
    }
    Some(Body::Cloze { text: Content::text(capitalised(&out)) })
}

/// Whether words are no phrase: they hold the end of a sentence, or one bracket of two.
fn is_torn(words: &str) -> bool {
    let ends = words.match_indices(". ").any(|(at, _)| {
        let lower = words[..at].ends_with(char::is_lowercase);
        lower && words[at + 2..].starts_with(char::is_uppercase)
    });
    let (open, closed) = (words.matches('(').count(), words.matches(')').count());
    // `a) tokens and b) grammar` has no brackets.
    let counts = words
        .match_indices(')')
        .filter(|(at, _)| words[..*at].rsplit(' ').next().is_some_and(|before| before.chars().count() == 1));
    ends || open > closed || closed - counts.count().min(closed) > open
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
            around: Vec::new(),
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

    /// The same card in the section and the items of a block.
    #[must_use]
    pub fn under(mut self, site: &Site) -> Self {
        self.section = site.section_number();
        self.around = around(site);
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

    /// An empty sheet for the next rule, which knows what earlier rules have.
    #[must_use]
    pub fn next(&self) -> Drafts {
        let cards = self.cards.iter().filter(|c| !c.aside).map(|c| c.anchor);
        let read = self.silenced.iter().chain(&self.left_out).copied();
        let (taken, barred) = (Taken::new(cards.chain(read)), Taken::new(self.left_out.iter().copied()));
        Drafts { taken, barred, ..Drafts::default() }
    }

    /// Whether an earlier rule has all of a span, so that no card of it would be admitted.
    pub fn is_taken(&self, span: Span) -> bool {
        self.taken.holds(span)
    }

    /// Takes in what the next rule made, except cards whose anchor an earlier rule has.
    pub fn admit(&mut self, next: Drafts) {
        let Drafts { cards, findings, silenced, left_out, taken, barred } = next;
        let free = |c: &Draft| if c.aside { !barred.touches(c.anchor) } else { !taken.touches(c.anchor) };
        self.cards.extend(cards.into_iter().filter(free));
        self.silenced.extend(silenced);
        self.left_out.extend(left_out);
        self.findings.extend(findings);
    }
}

impl Taken {
    fn new(spans: impl Iterator<Item = Span>) -> Taken {
        let mut spans: Vec<(usize, usize)> = spans.map(|s| (s.start, s.end)).collect();
        spans.sort_unstable();
        let mut reach = 0;
        for (_, end) in &mut spans {
            reach = reach.max(*end);
            *end = reach;
        }
        Taken(spans)
    }

    /// How far the spans reach that begin before a byte.
    fn reach(&self, before: usize) -> usize {
        let count = self.0.partition_point(|(start, _)| *start < before);
        count.checked_sub(1).map_or(0, |last| self.0[last].1)
    }

    fn touches(&self, span: Span) -> bool {
        self.reach(span.end) > span.start
    }

    fn holds(&self, span: Span) -> bool {
        span.start < span.end && self.reach(span.start + 1) >= span.end
    }
}
