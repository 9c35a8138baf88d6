//! Mending: pasted text and the dialects of Markdown are rewritten, line by line, into what the
//! parser knows, each pass weaving a new view. Containers become quotes, typed bullets and lettered
//! options become list items, and lines that speak for themselves become paragraphs of their own.

mod admonitions;
mod bars;
mod breaks;
mod bullets;
mod columns;
mod containers;
mod definitions;
mod details;
mod elements;
mod folder;
mod inline_options;
mod lines;
mod options;
mod outline;
mod paste;
mod spans;
mod stacked;
mod templates;

use super::view::View;
use crate::diagnostic::Finding;
use crate::source::SourceFile;

/// The label that a folded block bears while it is a quote.
pub(super) const DETAILS: &str = "details";

/// Rewrites what the parser would misread, and says what could not be understood.
pub(super) fn mend<'n>(view: View<'n>, file: &SourceFile) -> (View<'n>, Vec<Finding>) {
    let view = lines::with_line_feeds(&view).unwrap_or(view);
    let view = admonitions::fold(view);
    let (mut view, findings) = containers::fold(view, file);
    for pass in [
        templates::drop,
        outline::mend,
        elements::unwrap,
        columns::bars,
        stacked::apart,
        bars::escape,
        definitions::list,
        bullets::apart,
        inline_options::apart,
        paste::mend,
        spans::mend,
    ] {
        view = pass(&view).unwrap_or(view);
    }
    (view, findings)
}
