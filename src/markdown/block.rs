//! The block tree of a note: what headings, paragraphs, lists, tables and the rest say, each with
//! the bytes it came from.

use super::text::Text;
use crate::source::Span;

/// How the items of a list are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number; the list begins with it.
    Number(u64),
    /// A letter, as the options of a question are (`A)`, `b.`); each item's own letter is in [`Item::letter`].
    Letter,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The whole item, its marker included.
    pub span: Span,
    /// The upper-case letter of a lettered item.
    pub letter: Option<char>,
    /// The state of the item's check box, where it has one.
    pub checked: Option<bool>,
    /// What it holds; its own words are the first paragraph.
    pub blocks: Vec<Block>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The row's bytes.
    pub span: Span,
    /// Its cells.
    pub cells: Vec<Text>,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading {
        /// 1 is the largest.
        level: u8,
        /// Its words.
        text: Text,
    },
    /// A paragraph; soft line breaks are blanks.
    Paragraph(Text),
    /// A list.
    List {
        /// How items are marked.
        marker: Marker,
        /// The items.
        items: Vec<Item>,
    },
    /// A table.
    Table {
        /// The first row; cells may be empty.
        head: Row,
        /// The others.
        rows: Vec<Row>,
    },
    /// A block quote without a label.
    Quote(Vec<Block>),
    /// A set-apart remark with a label: `> [!WARNING]`, `:::tip`, `**Exam trap:** …`, `💡 Exam weight: …`.
    Callout {
        /// The label as written, without marks, emoji, brackets and colon (`Exam trap`, `WARNING`, `tip`).
        label: String,
        /// Words beside the label where a title stands there.
        title: Option<Text>,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// A code block.
    Code {
        /// The language named behind the fence; empty if none.
        language: String,
        /// The code, without fence and indentation.
        code: String,
    },
    /// A formula on lines of its own.
    Math(Text),
    /// HTML's `<details>`.
    Details {
        /// The words of `<summary>`.
        summary: Option<Text>,
        /// What is folded away.
        blocks: Vec<Block>,
    },
    /// The definition of a footnote.
    Footnote {
        /// Its label.
        label: String,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// Other HTML, a comment among it; shown nowhere.
    Html(String),
    /// A thematic break.
    Rule,
    /// The front matter.
    FrontMatter,
}

/// A block and the bytes it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
}

impl Block {
    /// Whether this is a heading.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading { .. })
    }

    /// The words of a heading, paragraph or formula.
    pub fn text(&self) -> Option<&Text> {
        match &self.kind {
            BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) | BlockKind::Math(text) => Some(text),
            _ => None,
        }
    }
}

impl Item {
    /// The item's own words: its first paragraph, where it begins with one.
    pub fn text(&self) -> Option<&Text> {
        match self.blocks.first().map(|b| &b.kind) {
            Some(BlockKind::Paragraph(text)) => Some(text),
            _ => None,
        }
    }

    /// What follows the item's own words.
    pub fn rest(&self) -> &[Block] {
        if self.text().is_some() { &self.blocks[1..] } else { &self.blocks }
    }
}
