//! stub of page.

use super::Coverage;
use crate::card::Deck;
use crate::source::SourceFile;

/// The page.
pub fn page(_: &Coverage, _: &[SourceFile], _: &Deck) -> String {
    String::new()
}
