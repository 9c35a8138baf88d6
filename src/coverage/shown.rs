//! Which bytes of the notes stand on which card.
//!
//! Each stretch of a card's text knows the byte of the note that it was taken from. A choice card says
//! all that its question, options and key say; a card without a word of its own passage stands for the
//! passage that made its rule fire.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::State;
use super::statements::Raw;
use crate::card::{Body, Card, Content, Part};
use crate::diagnostic::codes::cards::DUPLICATE;
use crate::diagnostic::{Finding, Place};
use crate::markdown::Document;
use crate::markdown::block::BlockKind;
use crate::markdown::text::Text;
use crate::source::{FileId, Span};

/// The bytes that cards show, for each note in order of their beginning, with the card's position.
#[derive(Debug)]
pub(super) struct Shown {
    files: Vec<Ranges>,
    makers: Vec<Maker>,
}

/// What a card was made of, by its position.
#[derive(Debug)]
struct Maker {
    anchor: Span,
    /// The passages that would have made the same card, which show only words that it has.
    again: Vec<Span>,
    /// All its words in lower case: a label may stand in a question in words of the rule's own.
    words: BTreeSet<String>,
}

/// The stretches of one note.
#[derive(Debug, Default)]
struct Ranges {
    /// Each with the position of its card, in order.
    all: Vec<(Range<usize>, usize)>,
    /// How far each stretch and those before it reach.
    reach: Vec<usize>,
}

impl Shown {
    /// Gathers what cards show.
    pub(super) fn new<'a>(documents: &[Document], cards: &[Card], found: impl Iterator<Item = &'a Finding>) -> Shown {
        let mut files: Vec<Ranges> = documents.iter().map(|_| Ranges::default()).collect();
        let mut add = |file: FileId, range: Range<usize>, card: usize| {
            if let Some(ranges) = files.get_mut(file.0 as usize).filter(|_| !range.is_empty()) {
                ranges.all.push((range, card));
            }
        };
        let code: Vec<Vec<Span>> = documents.iter().map(code_blocks).collect();
        for (index, card) in cards.iter().enumerate() {
            let Some(code) = code.get(card.span.file.0 as usize) else { continue };
            for range in ranges_of(card, code) {
                add(card.span.file, range, index);
            }
        }
        let mut makers: Vec<Maker> = cards.iter().map(Maker::new).collect();
        let mut by_anchor: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
        for (index, card) in cards.iter().enumerate() {
            by_anchor.entry(card.anchor).or_default().push(index);
        }
        for (place, stays) in found.filter_map(merged) {
            let passage = documents.get(place.file.0 as usize).map_or(place, |document| document.file.stanza(place));
            for index in by_anchor.get(&stays).into_iter().flatten() {
                add(place.file, passage.start..passage.end, *index);
                makers[*index].again.push(passage);
            }
        }
        files.iter_mut().for_each(Ranges::settle);
        Shown { files, makers }
    }

    /// The stretches of a note.
    pub(super) fn in_file(&self, file: FileId) -> &[(Range<usize>, usize)] {
        self.files.get(file.0 as usize).map_or(&[], |ranges| &ranges.all)
    }

    /// How much of a statement stands on cards, and on which.
    pub(super) fn judge(&self, statement: &Raw) -> (State, Vec<usize>) {
        let hulls = self.hulls(statement.span);
        let on_card = |(place, word): &&(Range<usize>, String)| {
            hulls.iter().any(|(card, hull)| {
                let maker = &self.makers[*card];
                let again = maker.again.iter().any(|passage| meet(*passage, statement.span));
                let own = again || meet(maker.anchor, statement.span);
                let shown = hull.start < place.end && place.start < hull.end;
                !again && shown || own && maker.words.contains(word)
            })
        };
        let covered = statement.words.iter().filter(on_card).count();
        let state = match covered {
            0 => State::Missed,
            _ if covered * 2 >= statement.words.len() => State::Covered,
            _ => State::Partly,
        };
        (state, hulls.into_keys().collect())
    }

    /// What each card shows of a span: from the first word to the last, since verbs change their form
    /// in questions.
    fn hulls(&self, span: Span) -> BTreeMap<usize, Range<usize>> {
        let mut hulls: BTreeMap<usize, Range<usize>> = BTreeMap::new();
        for (range, card) in self.files.get(span.file.0 as usize).into_iter().flat_map(|ranges| ranges.near(span)) {
            let hull = hulls.entry(*card).or_insert_with(|| range.clone());
            *hull = hull.start.min(range.start)..hull.end.max(range.end);
        }
        hulls
    }
}

impl Maker {
    fn new(card: &Card) -> Maker {
        let contents = contents(card);
        let texts = contents.iter().flat_map(|content| content.texts());
        let words = texts.flat_map(|text| text.plain().unicode_words()).map(str::to_lowercase).collect();
        Maker { anchor: card.anchor, again: Vec::new(), words }
    }
}

impl Ranges {
    fn settle(&mut self) {
        self.all.sort_by_key(|(range, card)| (range.start, range.end, *card));
        self.all.dedup();
        let mut reach = 0;
        for (range, _) in &self.all {
            reach = reach.max(range.end);
            self.reach.push(reach);
        }
    }

    /// The stretches that meet a span.
    fn near(&self, span: Span) -> impl Iterator<Item = &(Range<usize>, usize)> {
        let end = self.all.partition_point(|(range, _)| range.start < span.end);
        let start = self.reach[..end].partition_point(|reach| *reach <= span.start);
        self.all[start..end].iter().filter(move |(range, _)| range.end > span.start)
    }
}

fn meet(one: Span, other: Span) -> bool {
    one.file == other.file && one.start < other.end && other.start < one.end
}

/// The places of two cards that were one: the one left out, and the one that stays.
fn merged(finding: &Finding) -> Option<(Span, Span)> {
    let Place::Span(place) = finding.place else { return None };
    let stays = finding.related.first().filter(|_| finding.code == DUPLICATE.name)?;
    Some((place, stays.0))
}

/// The code blocks of a note, in order.
fn code_blocks(document: &Document) -> Vec<Span> {
    let code = document.walk().filter(|site| matches!(site.block.kind, BlockKind::Code { .. }));
    code.map(|site| site.block.span).collect()
}

/// The bytes of its note that a card shows; `code` are the note's code blocks.
fn ranges_of(card: &Card, code: &[Span]) -> Vec<Range<usize>> {
    let anchor = card.anchor.start..card.anchor.end;
    if matches!(card.body, Body::Choice { .. }) {
        return vec![anchor];
    }
    let contents = contents(card);
    let runs = contents.iter().flat_map(|content| content.texts()).flat_map(Text::runs);
    let mut out: Vec<Range<usize>> =
        runs.filter_map(|run| Some(run.source?..run.source? + (run.end - run.start))).collect();
    if contents.iter().any(|content| holds_code(content)) {
        let first = code.partition_point(|block| block.start < card.span.start);
        let inside = code[first..].iter().take_while(|block| block.end <= card.span.end);
        out.extend(inside.map(|block| block.start..block.end));
    }
    if !out.iter().any(|range| range.start < anchor.end && anchor.start < range.end) {
        out.push(anchor);
    }
    out
}

/// All that a card shows.
fn contents(card: &Card) -> Vec<&Content> {
    let body = match &card.body {
        Body::Question { question, answer } => vec![question, answer],
        Body::Reversible { front, back } => vec![front, back],
        Body::Cloze { text } => vec![text],
        Body::Choice { stem, .. } => vec![stem],
    };
    body.into_iter().chain(&card.why).collect()
}

fn holds_code(content: &Content) -> bool {
    content.0.iter().any(|part| match part {
        Part::Code { .. } => true,
        Part::List { items, .. } => items.iter().any(holds_code),
        Part::Quote(quoted) => holds_code(quoted),
        Part::Paragraph(_) | Part::Math(_) | Part::Table { .. } => false,
    })
}
