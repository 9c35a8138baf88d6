//! A walk over all blocks of a note in document order, each with what stands around it.

use super::Document;
use super::block::{Block, BlockKind, Item};
use super::text::Text;
use std::rc::Rc;

/// A list that grows at one end and shares the rest, so that a walk costs the same at any depth.
#[derive(Debug)]
struct Chain<T> {
    value: T,
    above: Link<T>,
}

type Link<T> = Option<Rc<Chain<T>>>;

fn values<T: Copy>(link: Option<&Chain<T>>) -> Vec<T> {
    let mut out: Vec<T> = std::iter::successors(link, |c| c.above.as_deref()).map(|c| c.value).collect();
    out.reverse();
    out
}

/// A heading above a block.
#[derive(Debug, Clone, Copy)]
pub struct Above<'d> {
    /// 1 is the largest.
    pub level: u8,
    /// Its words.
    pub text: &'d Text,
    /// How many containers it stands in; only headings of one container end each other.
    depth: usize,
    /// How many headings the walk had met with it.
    number: usize,
}

/// A block and its surroundings.
#[derive(Debug, Clone)]
pub struct Visit<'d> {
    /// The block.
    pub block: &'d Block,
    /// The blocks beside it, itself among them.
    pub siblings: &'d [Block],
    /// Its index among them.
    pub index: usize,
    /// The block that it stands in: a list, quote, remark, …
    pub parent: Option<&'d Block>,
    trail: Link<Above<'d>>,
    items: Link<&'d Item>,
}

impl<'d> Visit<'d> {
    /// The headings above it, the largest first; a heading is not above itself.
    pub fn trail(&self) -> Vec<Above<'d>> {
        values(self.trail.as_deref())
    }

    /// The number of the section it stands in: how many headings the walk had met when it came to the
    /// nearest heading above; 0 where there is none. Blocks of one section have one trail.
    pub fn section_number(&self) -> usize {
        self.trail.as_ref().map_or(0, |c| c.value.number)
    }

    /// The nearest heading above it.
    pub fn heading(&self) -> Option<&'d Text> {
        self.trail.as_ref().map(|c| c.value.text)
    }

    /// The list items it stands in, the outermost first.
    pub fn items(&self) -> Vec<&'d Item> {
        values(self.items.as_deref())
    }

    /// The innermost list item it stands in.
    pub fn item(&self) -> Option<&'d Item> {
        self.items.as_ref().map(|c| c.value)
    }

    /// The list item around the innermost one it stands in.
    pub fn outer_item(&self) -> Option<&'d Item> {
        self.items.as_ref()?.above.as_ref().map(|c| c.value)
    }

    /// The sibling before it.
    pub fn before(&self) -> Option<&'d Block> {
        self.index.checked_sub(1).and_then(|i| self.siblings.get(i))
    }

    /// The siblings after it.
    pub fn after(&self) -> &'d [Block] {
        &self.siblings[self.index + 1..]
    }

    /// The siblings after a heading that belong to its section: up to the next heading as large.
    pub fn section(&self) -> &'d [Block] {
        let rank = |block: &Block| match block.kind {
            BlockKind::Heading { level, .. } => level,
            _ => u8::MAX,
        };
        let own = rank(self.block);
        let rest = self.after();
        let end = rest.iter().position(|b| matches!(b.kind, BlockKind::Heading { .. }) && rank(b) <= own);
        &rest[..end.unwrap_or(rest.len())]
    }
}

/// Blocks beside each other that are being walked.
struct Level<'d> {
    siblings: &'d [Block],
    next: usize,
    depth: usize,
    parent: Option<&'d Block>,
    trail: Link<Above<'d>>,
    items: Link<&'d Item>,
}

/// The walk; see [`Document::walk`].
pub struct Walk<'d> {
    levels: Vec<Level<'d>>,
    headings: usize,
}

impl Document<'_> {
    /// All blocks in document order; a block comes before those inside it.
    pub fn walk(&self) -> Walk<'_> {
        walk(&self.blocks)
    }
}

/// All of these blocks and those inside them, in document order.
pub fn walk(blocks: &[Block]) -> Walk<'_> {
    let top = Level { siblings: blocks, next: 0, depth: 0, parent: None, trail: None, items: None };
    Walk { levels: vec![top], headings: 0 }
}

impl<'d> Iterator for Walk<'d> {
    type Item = Visit<'d>;

    fn next(&mut self) -> Option<Visit<'d>> {
        loop {
            let level = self.levels.last_mut()?;
            let Some(block) = level.siblings.get(level.next) else {
                self.levels.pop();
                continue;
            };
            level.next += 1;
            level.leave_sections(block);
            let visit = Visit {
                block,
                siblings: level.siblings,
                index: level.next - 1,
                parent: level.parent,
                trail: level.trail.clone(),
                items: level.items.clone(),
            };
            self.headings += usize::from(level.enter_section(block, self.headings + 1));
            self.descend(block, &visit);
            return Some(visit);
        }
    }
}

impl<'d> Level<'d> {
    /// A heading ends the sections of its container that are not larger.
    fn leave_sections(&mut self, block: &'d Block) {
        if let BlockKind::Heading { level, .. } = block.kind {
            while let Some(last) = self.trail.as_ref().filter(|c| c.value.depth == self.depth && c.value.level >= level)
            {
                self.trail = last.above.clone();
            }
        }
    }

    /// Enters the section of a heading; whether the block is one.
    fn enter_section(&mut self, block: &'d Block, number: usize) -> bool {
        let BlockKind::Heading { level, text } = &block.kind else { return false };
        let value = Above { level: *level, text, depth: self.depth, number };
        self.trail = Some(Rc::new(Chain { value, above: self.trail.take() }));
        true
    }
}

impl<'d> Walk<'d> {
    fn descend(&mut self, block: &'d Block, visit: &Visit<'d>) {
        let depth = self.levels.len();
        let inside = |siblings, items| {
            let trail = visit.trail.clone();
            Level { siblings, next: 0, depth, parent: Some(block), trail, items }
        };
        match &block.kind {
            BlockKind::List { items, .. } => {
                for item in items.iter().rev() {
                    let chain = Rc::new(Chain { value: item, above: visit.items.clone() });
                    self.levels.push(inside(&item.blocks, Some(chain)));
                }
            }
            BlockKind::Quote(blocks)
            | BlockKind::Callout { blocks, .. }
            | BlockKind::Details { blocks, .. }
            | BlockKind::Footnote { blocks, .. } => self.levels.push(inside(blocks, visit.items.clone())),
            _ => {}
        }
    }
}
