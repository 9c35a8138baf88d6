//! The answers to all questions of a page, gathered behind them: a heading or line such as *Answers*
//! or *Answer key*, and below it `1. B`, `2) D, E` or a table of numbers and letters.

use std::collections::BTreeMap;

use super::key::letters;
use super::scene::{Scene, Site};
use crate::language::lower::in_place;
use crate::markdown::block::{Block, BlockKind, Item, Marker};
use crate::markdown::text::Text;
use crate::source::Span;

/// What such a part of a page is called, in lower case.
const NAMES: &[&str] = &[
    "answer key", "answers", "answer keys", "solutions", "answer sheet", "key", "answers key", "correct answers",
    "lösungen", "antworten", "lösungsschlüssel", "réponses", "corrigé", "solutions et réponses", "respuestas",
    "soluciones", "clave de respuestas", "答案", "参考答案",
];

/// The answers of one such part.
#[derive(Debug)]
pub struct AnswerKey {
    /// Its bytes.
    pub span: Span,
    /// The answer to each number; none where two are given.
    entries: BTreeMap<u64, Option<Entry>>,
}

impl AnswerKey {
    fn new(span: Span, entries: Vec<Entry>) -> Option<Self> {
        let mut of: BTreeMap<u64, Option<Entry>> = BTreeMap::new();
        for entry in entries {
            of.entry(entry.number).and_modify(|known| *known = None).or_insert(Some(entry));
        }
        (!of.is_empty()).then_some(AnswerKey { span, entries: of })
    }
}

/// The answer to one question.
#[derive(Debug, Clone)]
pub struct Entry {
    number: u64,
    /// The right letters, upper case.
    pub letters: Vec<char>,
    /// What else is said.
    pub why: Text,
    /// Where.
    pub span: Span,
}

/// The answer keys of a note, in order.
pub fn answer_keys(scene: &Scene) -> Vec<AnswerKey> {
    scene.sites.iter().filter_map(|site| read(scene, site)).collect()
}

/// The answer to the question of a number at a place: in the next key behind it.
pub fn look_up(keys: &[AnswerKey], number: u64, at: usize) -> Option<&Entry> {
    let key = &keys[keys.partition_point(|key| key.span.start <= at)..].first()?;
    key.entries.get(&number)?.as_ref()
}

fn read(scene: &Scene, site: &Site) -> Option<AnswerKey> {
    let text = site.block.text()?;
    let lower = in_place(text.plain());
    let name = |words: &str| NAMES.contains(&words.trim_matches(|c: char| !c.is_alphanumeric()));
    if let Some((_, rest)) =
        lower.split_once([':', '：']).filter(|(label, rest)| name(label) && !rest.trim().is_empty())
    {
        let rest = text.slice(lower.len() - rest.len()..lower.len()).trim();
        let lines = rest.lines(&scene.document.file.text);
        let found = lines.iter().flat_map(pieces).filter_map(|piece| of_text(&piece, site.block.span));
        return AnswerKey::new(site.block.span, found.collect());
    }
    if !name(&lower) {
        return None;
    }
    let below = if site.block.is_heading() { site.section() } else { site.after() };
    let end = below.iter().position(|b| matches!(b.kind, BlockKind::Heading { .. })).unwrap_or(below.len());
    let entries: Vec<Entry> = below[..end].iter().flat_map(|block| of_block(scene, block)).collect();
    let last = entries.iter().fold(site.block.span, |span, entry| span.to(entry.span));
    AnswerKey::new(last, entries)
}

fn of_block(scene: &Scene, block: &Block) -> Vec<Entry> {
    match &block.kind {
        BlockKind::List { marker: Marker::Number(start), items } => {
            let numbered = items.iter().zip(*start..);
            numbered.filter_map(|(item, number)| entry(number, item.text()?, item.span)).collect()
        }
        BlockKind::List { items, .. } => items.iter().filter_map(|i| of_text(i.text()?, i.span)).collect(),
        BlockKind::Paragraph(text) => {
            let lines = text.lines(&scene.document.file.text);
            lines.iter().flat_map(pieces).filter_map(|piece| of_text(&piece, block.span)).collect()
        }
        BlockKind::Table { rows, .. } => {
            let row = |cells: &[Text], span| {
                let entry = entry(cells.first()?.plain().trim().parse().ok()?, cells.get(1)?, span)?;
                let why = cells.get(2).cloned().unwrap_or_default();
                Some(if entry.why.is_blank() { Entry { why, ..entry } } else { entry })
            };
            rows.iter().filter_map(|r| row(&r.cells, r.span)).collect()
        }
        BlockKind::Details { blocks, .. } | BlockKind::Quote(blocks) => {
            blocks.iter().flat_map(|b| of_block(scene, b)).collect()
        }
        _ => Vec::new(),
    }
}

/// `1. B  2. D` in one line: a piece for each number.
fn pieces(line: &Text) -> Vec<Text> {
    let mask = line.mask();
    let mut starts: Vec<usize> = vec![0];
    for (at, _) in mask.match_indices([' ', ',', ';', '|']) {
        let rest = mask[at + 1..].trim_start();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 && rest[digits..].starts_with(['.', ')', ':', '-', '–', '=']) {
            starts.push(at + 1);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([mask.len()]);
    starts.iter().zip(ends).map(|(start, end)| line.slice(*start..end).trim()).collect()
}

/// `3. B`, `3) b`, `3 - D, E`, `Q3: B`.
fn of_text(text: &Text, span: Span) -> Option<Entry> {
    let plain = text.plain();
    let lead =
        plain.trim_start_matches(|c: char| c == '*' || c.is_alphabetic() && "QqUuEeSsTtIiOoNn".contains(c) || c == ' ');
    let digits = lead.len() - lead.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = lead[..digits].parse().ok()?;
    let tail = lead[digits..].trim_start_matches([' ', '.', ')', ':', '-', '–', '—', '=', '→', '*']);
    (tail.len() < lead.len() - digits)
        .then(|| entry(number, &text.slice(plain.len() - tail.len()..plain.len()), span))?
}

fn entry(number: u64, text: &Text, span: Span) -> Option<Entry> {
    let known: Vec<char> = ('A'..='J').collect();
    let trimmed = text.trim_matches(|c| c.is_whitespace() || matches!(c, '(' | '*' | '['));
    let (letters, end) = letters(trimmed.plain(), &known)?;
    let separators =
        |c: char| c.is_whitespace() || matches!(c, '—' | '–' | '-' | ':' | '：' | '.' | ')' | ']' | ',' | ';' | '|');
    let why = trimmed.slice(end..trimmed.plain().len()).trim_matches(separators);
    Some(Entry { number, letters, why, span })
}

/// The number that a question bears: as an item of a numbered list, or in front of its words.
pub fn number_of(site: &Site, stem: &[&Block]) -> Option<u64> {
    if let Some(item) = site.item()
        && let Some(Block { kind: BlockKind::List { marker: Marker::Number(start), items }, .. }) = site.parent
    {
        let at = items.partition_point(|i: &Item| i.span.start < item.span.start);
        return Some(start + at as u64);
    }
    let above = site.index.checked_sub(stem.len() + 1).map(|at| &site.siblings[at]);
    stem.first().into_iter().copied().chain(above).filter_map(Block::text).find_map(|text| {
        let plain = text.plain().trim_start_matches(|c: char| !c.is_alphanumeric());
        let words = plain.trim_start_matches(|c: char| c.is_alphabetic());
        let word = plain[..plain.len() - words.len()].to_lowercase();
        let known = ["", "q", "question", "frage", "pregunta", "题", "problem", "item"].contains(&word.as_str());
        let rest = words.trim_start_matches([' ', '#']);
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let tail = &rest[digits..];
        let ends =
            tail.is_empty() || tail.starts_with(['.', ')', ':', ' ']) && (!word.is_empty() || !tail.starts_with(' '));
        rest[..digits].parse().ok().filter(|_| known && ends)
    })
}
