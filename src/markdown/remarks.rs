//! Remarks that are set apart: quotes that begin with `[!label]` or a bold label, and paragraphs
//! that begin with a label of [`super::labels`] or with an emoji and a label.

use super::block::{Block, BlockKind};
use super::labels;
use super::mend::DETAILS;
use super::text::{Atom, Text};
use crate::source::Span;

/// Turns quotes and paragraphs into remarks, all the way down.
pub(super) fn find(blocks: Vec<Block>) -> Vec<Block> {
    siblings(blocks, false)
}

/// `own` is set where the first paragraph is an item's own words, which stay what they are.
fn siblings(blocks: Vec<Block>, own: bool) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    // Only a label in a paragraph waits for what follows; an empty quote says nothing.
    let mut waits = false;
    for (i, block) in blocks.into_iter().enumerate() {
        let block = inside(block);
        let below_emoji = out.last().and_then(Block::text).is_some_and(is_emoji_alone);
        let remark = if own && i == 0 { None } else { paragraph(&block, below_emoji) };
        match remark {
            Some(remark) => {
                let emoji = if below_emoji { out.pop() } else { None };
                let span = emoji.map_or(remark.span, |e| e.span.to(remark.span));
                out.push(Block { span, ..remark });
                waits = true;
                continue;
            }
            None if waits && out.last().is_some_and(is_bare) && can_complete(&block) => absorb(&mut out, block),
            None => out.push(block),
        }
        waits = false;
    }
    out
}

fn is_emoji_alone(text: &Text) -> bool {
    let plain = text.plain();
    !plain.is_empty() && labels::emoji(plain) == plain.len()
}

/// Whether a block can be what a label on a line of its own speaks of.
fn can_complete(block: &Block) -> bool {
    let kind = &block.kind;
    matches!(kind, BlockKind::List { .. } | BlockKind::Paragraph(_) | BlockKind::Code { .. } | BlockKind::Math(_))
}

fn inside(mut block: Block) -> Block {
    block.kind = match block.kind {
        BlockKind::Quote(blocks) => quote(siblings(blocks, false)),
        BlockKind::Footnote { label, blocks } => BlockKind::Footnote { label, blocks: siblings(blocks, false) },
        BlockKind::List { marker, mut items } => {
            for item in &mut items {
                item.blocks = siblings(std::mem::take(&mut item.blocks), true);
            }
            BlockKind::List { marker, items }
        }
        other => other,
    };
    block
}

/// Whether a remark's label still waits for what it says.
fn is_bare(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Callout { blocks, title: None, .. } if blocks.is_empty())
}

fn absorb(out: &mut [Block], block: Block) {
    if let Some(Block { kind: BlockKind::Callout { blocks, .. }, span }) = out.last_mut() {
        *span = span.to(block.span);
        blocks.push(block);
    }
}

/// A quote, or the remark that it is.
fn quote(mut blocks: Vec<Block>) -> BlockKind {
    let head = match blocks.first().map(|b| &b.kind) {
        // A paragraph that was a remark by itself gives the whole quote its label.
        Some(BlockKind::Callout { .. }) => return adopt(blocks),
        Some(BlockKind::Paragraph(text)) => text.clone(),
        _ => return BlockKind::Quote(blocks),
    };
    if let Some((label, title)) = bracketed(&head) {
        blocks.remove(0);
        let title = Some(title).filter(|t| !t.is_blank());
        if label == DETAILS {
            return BlockKind::Details { summary: title, blocks };
        }
        return BlockKind::Callout { label, title, blocks };
    }
    let Some((label, rest)) = bold_label(&head, true) else { return BlockKind::Quote(blocks) };
    replace_first(&mut blocks, rest);
    BlockKind::Callout { label, title: None, blocks }
}

fn adopt(mut blocks: Vec<Block>) -> BlockKind {
    let rest = blocks.split_off(1);
    match blocks.pop().map(|b| b.kind) {
        Some(BlockKind::Callout { label, title, mut blocks }) => {
            blocks.extend(rest);
            BlockKind::Callout { label, title, blocks }
        }
        _ => BlockKind::Quote(rest),
    }
}

/// Puts the words behind a label in the place of the paragraph.
fn replace_first(blocks: &mut Vec<Block>, rest: Text) {
    if rest.is_blank() {
        blocks.remove(0);
    } else if let Some(first) = blocks.first_mut() {
        first.span = narrowed(first.span, &rest);
        first.kind = BlockKind::Paragraph(rest);
    }
}

/// The span from where the words begin.
fn narrowed(span: Span, words: &Text) -> Span {
    let start = words.source_range().map_or(span.start, |r| r.start.clamp(span.start, span.end));
    Span::new(span.file, start, span.end)
}

/// `[!label] Title`, with Obsidian's `+` or `-` behind the bracket.
fn bracketed(text: &Text) -> Option<(String, Text)> {
    let plain = text.plain();
    let inner = plain.strip_prefix("[!")?;
    let end = inner.find(']').filter(|n| *n > 0 && *n <= 40)?;
    let label = inner[..end].split('|').next().unwrap_or_default().trim();
    let rest = plain[end + 3..].trim_start_matches(['+', '-']);
    let title = text.slice(plain.len() - rest.len()..plain.len()).trim();
    (!label.is_empty() && !label.contains('\n')).then(|| (label.to_owned(), title))
}

/// A paragraph that is a remark; below an emoji any label will do.
fn paragraph(block: &Block, below_emoji: bool) -> Option<Block> {
    let BlockKind::Paragraph(text) = &block.kind else { return None };
    let (label, rest) = bold_label(text, below_emoji).or_else(|| plain_label(text, below_emoji))?;
    let mut blocks = Vec::new();
    if !rest.is_blank() {
        blocks.push(Block { span: narrowed(block.span, &rest), kind: BlockKind::Paragraph(rest) });
    }
    Some(Block { kind: BlockKind::Callout { label, title: None, blocks }, span: block.span })
}

/// `**Label:** …` or `**Label**: …`; where `any` label will do, the colon of a known one may be missing.
fn bold_label(text: &Text, any: bool) -> Option<(String, Text)> {
    let start = labels::emoji(text.plain());
    let bold = |r: &&super::text::Run| r.style.strong && r.style.atom == Atom::Words;
    let first = text.runs().iter().position(|r| r.end > start).filter(|i| text.runs()[*i].style.strong)?;
    let end = text.runs()[first..].iter().take_while(bold).last()?.end;
    let (words, rest) = (text.plain().get(start..end)?, &text.plain()[end..]);
    let label = words.trim().trim_end_matches([':', '：', '.', '!']).trim_end();
    let inside = words.trim_end().ends_with([':', '：']);
    let colon = rest.trim_start().starts_with([':', '：']);
    let short = label.split_whitespace().count() <= 5 && label.chars().count() <= 48;
    let telling = labels::tells_of_remark(label) || start > 0;
    let set_apart = inside || colon || (any && labels::tells_of_remark(label));
    if label.is_empty() || !short || !set_apart || !(telling || any) || labels::is_answer(label) {
        return None;
    }
    let behind = if inside { rest } else { rest.trim_start().trim_start_matches([':', '：']) };
    let from = text.plain().len() - behind.len();
    Some((label.to_owned(), text.slice(from..text.plain().len()).trim()))
}

/// `Exam trap: …`, `💡 Any label: …`.
fn plain_label(text: &Text, any: bool) -> Option<(String, Text)> {
    let plain = text.plain();
    let start = labels::emoji(plain);
    let mask = text.mask();
    let (label, end) = labels::label(mask.get(start..)?)?;
    let capital = !label.starts_with(char::is_lowercase);
    let known = capital && labels::is_remark(label);
    if !(known || any || start > 0) || labels::is_answer(label) {
        return None;
    }
    Some((label.to_owned(), text.slice(start + end..plain.len()).trim()))
}
