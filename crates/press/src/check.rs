//! What is to be seen on finished frames: characters without a glyph, and how far the ink reaches.

use std::collections::BTreeSet;

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};

/// The box that holds all ink of a frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ink {
    left: Abs,
    top: Abs,
    right: Abs,
    bottom: Abs,
}

impl Ink {
    fn none() -> Ink {
        Ink { left: Abs::inf(), top: Abs::inf(), right: -Abs::inf(), bottom: -Abs::inf() }
    }

    fn add(&mut self, a: Point, b: Point) {
        self.left = self.left.min(a.x).min(b.x);
        self.top = self.top.min(a.y).min(b.y);
        self.right = self.right.max(a.x).max(b.x);
        self.bottom = self.bottom.max(a.y).max(b.y);
    }

    /// Whether it stays within a frame of some size, but for a border.
    pub(crate) fn is_within(&self, frame: &Frame, border: Abs) -> bool {
        self.left >= border
            && self.top >= border
            && self.right <= frame.width() - border
            && self.bottom <= frame.height() - border
    }
}

/// How far the ink of a frame reaches.
pub(crate) fn ink(frame: &Frame) -> Ink {
    let mut ink = Ink::none();
    reach(frame, Transform::identity(), &mut ink);
    ink
}

fn reach(frame: &Frame, placed: Transform, ink: &mut Ink) {
    for (at, item) in frame.items() {
        let here = placed.pre_concat(Transform::translate(at.x, at.y));
        let mut add = |a: Point, b: Point| ink.add(a.transform(here), b.transform(here));
        match item {
            FrameItem::Group(group) => reach(&group.frame, here.pre_concat(group.transform), ink),
            // The advance, not the drawn shape: letters may lean a little out of their place.
            FrameItem::Text(text) => {
                let ascent = text.size * 0.6;
                add(Point::new(Abs::zero(), -ascent), Point::new(text.width(), Abs::zero()));
            }
            FrameItem::Shape(shape, _) => {
                let bounds = shape.geometry.bbox(None);
                add(bounds.min, bounds.max);
            }
            FrameItem::Image(_, size, _) => add(Point::zero(), size.to_point()),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

/// Adds the characters of a frame for which no font has a glyph.
pub(crate) fn missing(frame: &Frame, out: &mut BTreeSet<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => missing(&group.frame, out),
            FrameItem::Text(text) => {
                let lacking = text.glyphs.iter().filter(|glyph| glyph.id == 0);
                out.extend(lacking.filter_map(|glyph| text.text.get(glyph.range())).map(str::to_owned));
            }
            _ => {}
        }
    }
}
