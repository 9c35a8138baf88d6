//! From the text of a note to its block tree. Never fails: whatever cannot be understood is a paragraph.

pub mod block;
mod bold;
mod front;
mod highlight;
mod html;
mod inline;
mod labels;
mod letters;
mod mend;
mod remarks;
mod sections;
mod sound;
mod tags;
pub mod text;
mod tree;
mod view;
pub mod walk;

#[cfg(test)]
mod tests;

use crate::diagnostic::Finding;
use crate::source::SourceFile;
use crate::study::Study;
use block::{Block, BlockKind};
use view::View;

/// What the front matter of a note says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrontMatter {
    /// The note's title.
    pub title: Option<String>,
    /// The deck of its cards.
    pub deck: Option<String>,
    /// Tags for its cards.
    pub tags: Vec<String>,
    /// Its language.
    pub language: Option<String>,
    /// The name of its one card, for ever.
    pub pin: Option<String>,
    /// The size of paper it is printed on.
    pub paper: Option<String>,
    /// How its cards are learnt.
    pub study: Study,
}

/// A note and its block tree.
#[derive(Debug)]
pub struct Document<'a> {
    /// The note.
    pub file: &'a SourceFile,
    /// What its front matter says.
    pub front: FrontMatter,
    /// The blocks, in order; the front matter is one of them.
    pub blocks: Vec<Block>,
    /// What was wrong with the note's form.
    pub findings: Vec<Finding>,
}

/// Parses a note.
pub fn parse(file: &SourceFile) -> Document<'_> {
    let front = front::read(file);
    let (view, unclosed) = mend::mend(View::of(&file.text, front.end), file);
    let (parsed, fences) = tree::parse(&view, file);
    let mut blocks: Vec<Block> =
        front.span.map(|span| Block { kind: BlockKind::FrontMatter, span }).into_iter().collect();
    blocks.extend(remarks::find(parsed));
    letters::find(&mut blocks);
    sections::find(&mut blocks, &file.text);
    bold::find(&mut blocks, &file.text);
    let findings = front.findings.into_iter().chain(unclosed).chain(fences).collect();
    Document { file, front: front.fields, blocks, findings }
}
