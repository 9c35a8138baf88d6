//! A view of a note: its text with some lines rewritten, and for every byte of it the place in the
//! note that it stands for.
//!
//! Mending pasted text means handing the Markdown parser a slightly different text than the author
//! wrote. Views keep that honest: each pass weaves a new view out of the last one, and places are
//! always told in bytes of the note.

use std::borrow::Cow;
use std::ops::Range;

/// A stretch of a view, up to where the next begins.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// First byte in the view.
    at: usize,
    /// The byte of the note it stands for.
    origin: usize,
    /// Copied from the note; otherwise it was put in, and stands for a point.
    verbatim: bool,
}

/// A text made of a note, with the way back.
#[derive(Debug)]
pub(super) struct View<'n> {
    /// What the parser is to see.
    pub(super) text: Cow<'n, str>,
    pieces: Vec<Piece>,
}

impl<'n> View<'n> {
    /// The note from the byte `base` on, as it is.
    pub(super) fn of(note: &'n str, base: usize) -> Self {
        View { text: Cow::Borrowed(&note[base..]), pieces: vec![Piece { at: 0, origin: base, verbatim: true }] }
    }

    /// The byte of the note that the byte `at` stands for.
    pub(super) fn origin(&self, at: usize) -> usize {
        let piece = self.pieces[self.piece(at)];
        if piece.verbatim { piece.origin + (at - piece.at) } else { piece.origin }
    }

    /// The bytes of the note that a range stands for.
    pub(super) fn origins(&self, range: Range<usize>) -> Range<usize> {
        let start = self.origin(range.start);
        if range.is_empty() {
            return start..start;
        }
        let last = self.pieces[self.piece(range.end - 1)];
        let end = if last.verbatim { last.origin + (range.end - last.at) } else { last.origin };
        start..end.max(start)
    }

    /// A range cut where the note has something else in between: each part with its place in the
    /// note, or `None` if it was put in.
    pub(super) fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Option<usize>)> + '_ {
        let first = self.piece(range.start);
        self.pieces[first..]
            .iter()
            .enumerate()
            .take_while({
                let end = range.end;
                move |(_, piece)| piece.at < end
            })
            .map(move |(i, piece)| {
                let next = self.pieces.get(first + i + 1).map_or(range.end, |p| p.at);
                let part = piece.at.max(range.start)..next.min(range.end);
                let origin = piece.verbatim.then(|| piece.origin + (part.start - piece.at));
                (part, origin)
            })
    }

    fn piece(&self, at: usize) -> usize {
        self.pieces.partition_point(|p| p.at <= at).saturating_sub(1)
    }
}

/// Makes a view out of another, from its first byte to its last.
#[derive(Debug)]
pub(super) struct Weaver<'v, 'n> {
    from: &'v View<'n>,
    cursor: usize,
    text: String,
    pieces: Vec<Piece>,
}

impl<'v, 'n> Weaver<'v, 'n> {
    /// Begins at the first byte of `from`.
    pub(super) fn new(from: &'v View<'n>) -> Self {
        Weaver { from, cursor: 0, text: String::with_capacity(from.text.len() + 64), pieces: Vec::new() }
    }

    /// Takes over everything up to a byte.
    pub(super) fn keep_to(&mut self, end: usize) {
        if end <= self.cursor {
            return;
        }
        for (part, origin) in self.from.parts(self.cursor..end) {
            let place = origin.unwrap_or_else(|| self.from.origin(part.start));
            self.piece(place, origin.is_some());
            self.text.push_str(&self.from.text[part]);
        }
        self.cursor = end;
    }

    /// Leaves out everything up to a byte.
    pub(super) fn skip_to(&mut self, end: usize) {
        self.cursor = self.cursor.max(end);
    }

    /// Puts in something that the note does not have.
    pub(super) fn add(&mut self, text: &str) {
        if !text.is_empty() {
            self.piece(self.from.origin(self.cursor), false);
            self.text.push_str(text);
        }
    }

    /// Takes over the rest.
    pub(super) fn finish(mut self) -> View<'n> {
        self.keep_to(self.from.text.len());
        if self.pieces.is_empty() {
            self.piece(self.from.origin(0), true);
        }
        View { text: Cow::Owned(self.text), pieces: self.pieces }
    }

    fn piece(&mut self, origin: usize, verbatim: bool) {
        let at = self.text.len();
        if let Some(last) = self.pieces.last() {
            let follows = last.verbatim && verbatim && last.origin + (at - last.at) == origin;
            if follows || (!last.verbatim && !verbatim && last.origin == origin) {
                return;
            }
        }
        self.pieces.push(Piece { at, origin, verbatim });
    }
}
