//! What the list items around a nested one name. Cards show it behind the headings, since below `Border` the line
//! `International: 1070 km` says nothing without it.

use super::head::head;
use super::scene::Site;
use super::term::bare;
use super::topic::clean_heading;
use crate::card::Body;
use crate::language::english::clause::{parse, words};
use crate::markdown::text::Text;

/// The most words of an item that names what stands below it.
const WORDS: usize = 7;

/// The names of the items around a block, the outermost first; its own item is none of them.
pub(super) fn around(site: &Site) -> Vec<String> {
    let own = |text: &&Text| site.block.text().is_some_and(|block| std::ptr::eq(block, *text));
    let items = site.items();
    items.iter().filter_map(|item| item.text()).filter(|text| !own(text)).filter_map(named).collect()
}

/// What an item names: its term or label, or itself if it is short and no sentence.
fn named(text: &Text) -> Option<String> {
    let name = match head(text) {
        Some(head) if head.remark => return None,
        Some(head) => text.slice(head.term),
        None => text.trim_matches(|c: char| c.is_whitespace() || c == ':'),
    };
    let name = clean_heading(&bare(&name));
    let plain = name.plain();
    let short = (1..=WORDS).contains(&words(plain).len());
    let phrase = !plain.ends_with(['.', '?', '!', ';', ',']) && parse(&name.mask()).is_none();
    (short && phrase).then(|| plain.to_owned())
}

/// Whether a card says on its front what an item around it names.
pub(super) fn is_said(body: &Body, name: &str) -> bool {
    let shown = match body {
        Body::Question { question, .. } => question.texts(),
        Body::Cloze { text } => text.texts(),
        _ => return false,
    };
    shown.iter().any(|text| text.plain().to_lowercase().contains(&name.to_lowercase()))
}
