//! Headings without marks, as pasted web pages have them: short lines between the blocks.
//!
//! Only a note without a single Markdown heading is read this way. A line can be a heading if it is
//! a paragraph of its own, short, begins like a title and ends like one, and if something stands
//! below it; up to three such lines may follow each other, more are a list of things.
//!
//! Levels: the line before everything else is 1 (a lone word above it, such as the difficulty of a
//! course, stays a paragraph). A line is 3 if its first word names what the heading of level 2
//! above is about (`S3 Data Formats` under `Amazon S3 for ML Data`); if it comes straight after
//! that heading; or if it goes on with such a group, sharing its first or last word with a member
//! or holding, as all of them do, a single paragraph. Every other line is 2.

use super::block::{Block, BlockKind};
use super::labels;
use super::letters;
use super::text::{Atom, Text};
use std::collections::BTreeSet;

/// The longest heading, in characters.
const LENGTH: usize = 80;

/// The longest heading, in words.
const WORDS: usize = 12;

/// Words that make a sentence of a line even where its full stop is missing.
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "can", "will", "should", "must", "does", "ist", "sind", "war", "hat",
    "kann", "wird", "muss", "est", "sont", "était", "peut", "es", "son", "era", "puede", "é", "são", "è", "sono",
];

/// How many headings may stand together.
const ROW: usize = 3;

/// Turns lines into headings, if the note has none.
pub(super) fn find(blocks: &mut [Block], note: &str) {
    if blocks.iter().any(|b| matches!(b.kind, BlockKind::Heading { .. })) {
        return;
    }
    if begins_with_cards(blocks) {
        return;
    }
    let lines = candidates(blocks, note);
    let mut levels = Levels { top: first_block(blocks) + 1, ..Levels::default() };
    for (i, at) in lines.iter().enumerate() {
        let next = lines.get(i + 1).copied().unwrap_or(blocks.len());
        let Some(text) = blocks[*at].text().cloned() else { continue };
        let level = levels.of(&text, *at, next - at - 1);
        blocks[*at].kind = BlockKind::Heading { level, text };
    }
}

/// Whether a note is a deck of written cards from its first words on, whose short lines are parts of their sides.
fn begins_with_cards(blocks: &[Block]) -> bool {
    let card = |text: &&Text| ["Q:", "C:"].iter().any(|mark| text.plain().starts_with(mark));
    let mut texts = blocks.iter().filter_map(Block::text).enumerate().filter(|(_, text)| card(text));
    texts.next().is_some_and(|(at, _)| at == 0) && texts.next().is_some()
}

/// The index of the first block that is text.
fn first_block(blocks: &[Block]) -> usize {
    let hidden = |b: &Block| matches!(b.kind, BlockKind::FrontMatter | BlockKind::Html(_));
    blocks.iter().position(|b| !hidden(b)).unwrap_or(0)
}

/// The lines that become headings.
fn candidates(blocks: &[Block], note: &str) -> Vec<usize> {
    let divides = |block: &Block| block.text().is_some_and(|t| matches!(t.plain(), "?" | "??" | "？" | "？？"));
    let side = |i: usize| i > 0 && divides(&blocks[i - 1]);
    let asked = |i: usize| blocks.get(i + 1).is_some_and(divides);
    let likely: Vec<bool> =
        blocks.iter().enumerate().map(|(i, b)| is_title(b, note) && !side(i) && !asked(i)).collect();
    let top = first_block(blocks);
    // A lone word above the title.
    let lone = blocks.get(top).and_then(Block::text).is_some_and(|t| t.plain().split_whitespace().count() == 1);
    let first = if lone && likely.get(top + 1) == Some(&true) { top + 1 } else { top };
    let mut out = Vec::new();
    let mut at = first;
    while at < blocks.len() {
        let row = likely[at..].iter().take_while(|l| **l).count();
        if (1..=ROW).contains(&row) && at + row < blocks.len() {
            out.extend(at..at + row);
        }
        at += row.max(1);
    }
    out
}

/// Whether a block could be a heading, seen by itself.
fn is_title(block: &Block, note: &str) -> bool {
    let BlockKind::Paragraph(text) = &block.kind else { return false };
    let plain = text.plain();
    let one_line = !note[block.span.start..block.span.end].contains(['\n', '\r']);
    let words_only =
        text.runs().iter().all(|r| r.style.atom == Atom::Words && r.style.link.is_none() && !r.style.highlight);
    let bold = text.runs().iter().any(|r| r.style.strong);
    let short = plain.chars().count() <= LENGTH && plain.split_whitespace().count() <= WORDS;
    let begins =
        plain.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase()));
    one_line && words_only && !bold && short && begins && !is_statement(plain)
}

/// Whether words say something by themselves: a sentence, a definition, an option, a chain, a question's number.
fn is_statement(plain: &str) -> bool {
    let ends = plain.ends_with(['.', ',', ';', '!', '?', ':', '…', '。', '，', '；', '！', '？', '：']);
    let inner =
        [" = ", "::", " — ", " – ", " - ", " → ", "->", "=>", "\t", ". "].iter().any(|mark| plain.contains(mark));
    let numbered = plain.trim_start_matches(|c: char| c.is_ascii_digit() || ". )".contains(c));
    let inner = inner && !(numbered.len() < plain.len() && !numbered.contains(". ") && !numbered.contains(" — "));
    let verb = plain.split_whitespace().any(|w| VERBS.contains(&w));
    let says = |(label, _): (&str, usize)| labels::is_answer(label) || label.chars().count() == 1;
    let labelled = labels::label(plain).is_some_and(says);
    ends || inner || verb || labelled || letters::letter(plain).is_some() || labels::question_number(plain).is_some()
}

/// What the headings so far say about the next.
#[derive(Default)]
struct Levels {
    /// The last place at which the title of the note may stand.
    top: usize,
    /// The words of the heading of level 2, in lower case, and its place.
    current: Vec<String>,
    place: Option<usize>,
    /// The first and last words of the group below it, if it came straight after.
    group: BTreeSet<String>,
    /// Every member of the group holds one block.
    uniform: bool,
}

impl Levels {
    /// The level of a heading at a place that holds so many blocks.
    fn of(&mut self, text: &Text, at: usize, held: usize) -> u8 {
        let words = words(text);
        let edges: Vec<String> = [words.first(), words.last()].into_iter().flatten().cloned().collect();
        if self.place.is_none() && at <= self.top {
            self.place = Some(usize::MAX);
            return 1;
        }
        let below = at.checked_sub(1) == self.place;
        let names = words.first().is_some_and(|w| self.is_about(w)) || self.continues(&words);
        let fellow = !self.group.is_empty()
            && held > 0
            && (edges.iter().any(|e| self.group.contains(e)) || (self.uniform && held == 1));
        if !self.current.is_empty() && (below || names || fellow) {
            if below || fellow {
                self.uniform = held == 1 && (below || self.uniform);
                self.group.extend(edges);
            }
            return 3;
        }
        *self = Levels { top: self.top, current: words, place: Some(at), ..Levels::default() };
        2
    }

    /// Whether a word stands in the heading of level 2, but not as its first.
    fn is_about(&self, word: &str) -> bool {
        self.current.iter().skip(1).any(|w| w == word)
    }

    /// Whether the heading of level 2 is the beginning of these words.
    fn continues(&self, words: &[String]) -> bool {
        words.len() > self.current.len() && words.starts_with(&self.current)
    }
}

fn words(text: &Text) -> Vec<String> {
    let words = text.plain().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect()
}
