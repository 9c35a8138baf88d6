//! Blocks of a note as the content of a card.

use crate::card::{Content, Part};
use crate::markdown::block::{Block, BlockKind, Marker};

/// The content of several blocks; what cannot stand on a card (headings, HTML) is left out.
pub fn content(blocks: &[Block]) -> Content {
    Content(blocks.iter().filter_map(part).collect())
}

/// A block as a part of a card.
pub fn part(block: &Block) -> Option<Part> {
    let part = match &block.kind {
        BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => Part::Paragraph(text.clone()),
        BlockKind::Math(text) => Part::Math(text.clone()),
        BlockKind::Code { language, code } => Part::Code { language: language.clone(), code: code.clone() },
        BlockKind::List { marker, items } => {
            let start = match marker {
                Marker::Number(start) => Some(*start),
                Marker::Bullet | Marker::Letter => None,
            };
            Part::List { start, items: items.iter().map(|i| content(&i.blocks)).collect() }
        }
        BlockKind::Table { head, rows } => {
            Part::Table { head: head.cells.clone(), rows: rows.iter().map(|r| r.cells.clone()).collect() }
        }
        BlockKind::Quote(blocks) | BlockKind::Callout { blocks, .. } => {
            Part::Quote(Some(content(blocks)).filter(|quoted| !quoted.is_blank())?)
        }
        BlockKind::Details { .. }
        | BlockKind::Footnote { .. }
        | BlockKind::Html(_)
        | BlockKind::Rule
        | BlockKind::FrontMatter => return None,
    };
    Some(part)
}
