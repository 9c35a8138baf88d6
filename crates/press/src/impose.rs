//! Slips on sheets: where each front lies, and its back so that both meet when the sheet is turned.

use typst::ecow::EcoVec;
use typst::foundations::{Content, Smart};
use typst::layout::{Abs, Angle, Frame, FrameItem, GroupItem, Point, Ratio, Sides, Size, Transform};
use typst_layout::Page;

/// How backs come behind their fronts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backs {
    /// On the other side of a sheet that the printer turns over its long edge.
    LongEdge,
    /// On the other side of a sheet that the printer turns over its short edge.
    ShortEdge,
    /// Beside the front on the same side, to be folded behind it.
    Beside,
}

/// A sheet of paper that is cut into cells of one size; all lengths in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Cells beside each other.
    pub columns: usize,
    /// Cells below each other.
    pub rows: usize,
    /// How backs come behind their fronts.
    pub backs: Backs,
    /// How far backs are moved to the right and down, for printers that do not meet the fronts.
    pub offset: (f64, f64),
}

impl Sheet {
    /// The width and height of a cell.
    pub fn cell(&self) -> (f64, f64) {
        (self.width / real(self.columns), self.height / real(self.rows))
    }

    /// How many slips a sheet has room for.
    pub fn slips(&self) -> usize {
        let cells = self.columns * self.rows;
        if self.backs == Backs::Beside { cells / 2 } else { cells }
    }

    /// Where the cell of a front begins, from the left and the top.
    pub fn front(&self, slip: usize) -> (f64, f64) {
        let cell = if self.backs == Backs::Beside { 2 * slip } else { slip };
        let (width, height) = self.cell();
        (real(cell % self.columns) * width, real(cell / self.columns) * height)
    }

    /// Where the cell of its back begins, on the page that it is printed on.
    pub fn back(&self, slip: usize) -> (f64, f64) {
        let (x, y) = self.front(slip);
        let (width, height) = self.cell();
        let (right, down) = self.offset;
        match self.backs {
            Backs::LongEdge => (self.width - x - width + right, y + down),
            Backs::ShortEdge => (x + right, self.height - y - height + down),
            Backs::Beside => (x + width, y),
        }
    }

    /// Whether backs stand on their heads, so that each card turns over like a page of a book.
    fn turned(&self) -> bool {
        self.backs == Backs::ShortEdge
    }

    fn page(&self) -> Frame {
        Frame::hard(Size::new(Abs::mm(self.width), Abs::mm(self.height)))
    }
}

/// One slip: what is printed on both of its sides.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    /// The front.
    pub(crate) front: Frame,
    /// The back.
    pub(crate) back: Frame,
}

/// The pages of some slips, in the order of printing; `marks` lie under the fronts.
pub(crate) fn impose(sheet: &Sheet, marks: &Frame, slips: &[Pair]) -> EcoVec<Page> {
    let mut pages = EcoVec::new();
    for slips in slips.chunks(sheet.slips()) {
        let (mut fronts, mut backs) = (sheet.page(), sheet.page());
        fronts.push_frame(Point::zero(), marks.clone());
        for (at, slip) in slips.iter().enumerate() {
            fronts.push_frame(point(sheet.front(at)), slip.front.clone());
            let back = if sheet.turned() { turned(slip.back.clone()) } else { slip.back.clone() };
            let page = if sheet.backs == Backs::Beside { &mut fronts } else { &mut backs };
            page.push_frame(point(sheet.back(at)), back);
        }
        pages.push(page(fronts));
        if sheet.backs != Backs::Beside {
            pages.push(page(backs));
        }
    }
    pages
}

/// A page that is nothing but a frame.
pub(crate) fn page(frame: Frame) -> Page {
    Page {
        frame,
        bleed: Sides::splat(Abs::zero()),
        fill: Smart::Auto,
        numbering: None,
        supplement: Content::empty(),
        number: 1,
    }
}

/// A frame of another size with the same content, made larger or smaller.
pub(crate) fn scaled(frame: Frame, size: Size) -> Frame {
    let ratio = Ratio::new(size.x / frame.width());
    let mut out = Frame::hard(size);
    let group = GroupItem { transform: Transform::scale(ratio, ratio), ..GroupItem::new(frame) };
    out.push(Point::zero(), FrameItem::Group(group));
    out
}

fn turned(frame: Frame) -> Frame {
    let size = frame.size();
    let mut out = Frame::hard(size);
    let transform = Transform::rotate_at(Angle::deg(180.0), size.x / 2.0, size.y / 2.0);
    out.push(Point::zero(), FrameItem::Group(GroupItem { transform, ..GroupItem::new(frame) }));
    out
}

/// A small number.
fn real(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

fn point((x, y): (f64, f64)) -> Point {
    Point::new(Abs::mm(x), Abs::mm(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(backs: Backs) -> Sheet {
        Sheet { width: 210.0, height: 297.0, columns: 2, rows: 4, backs, offset: (0.0, 0.0) }
    }

    #[test]
    fn backs_lie_behind_their_fronts() {
        for slip in 0..8 {
            let (x, y) = sheet(Backs::LongEdge).front(slip);
            let (width, height) = sheet(Backs::LongEdge).cell();
            assert_eq!(sheet(Backs::LongEdge).back(slip), (210.0 - x - width, y));
            assert_eq!(sheet(Backs::ShortEdge).back(slip), (x, 297.0 - y - height));
        }
        assert_eq!(sheet(Backs::Beside).front(1), (0.0, 74.25));
        assert_eq!(sheet(Backs::Beside).back(1), (105.0, 74.25));
    }

    #[test]
    fn backs_can_be_moved() {
        let moved = Sheet { offset: (1.5, -2.0), ..sheet(Backs::LongEdge) };
        assert_eq!(moved.back(0), (106.5, -2.0));
        assert_eq!(moved.front(0), (0.0, 0.0));
    }
}
