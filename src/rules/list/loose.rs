//! What stands below a label and is no list of what it names: sentences, deeds, examples, aspects of other things too.

use crate::language::english::clause::{parse, words};
use crate::language::english::noun::is_preposition;
use crate::language::english::{is_deed, is_participle};
use crate::markdown::block::Item;
use crate::markdown::text::Text;
use crate::rules::exemplified::is_example;
use crate::rules::head::head;
use crate::rules::scene::Scene;

/// Whether most names stand below other things as well (`Range`, `Production`), and so are no members of a class.
pub(super) fn are_aspects(scene: &Scene, names: &[Text]) -> bool {
    let recurs = |name: &&Text| scene.repeated_labels.contains(&name.plain().to_lowercase());
    names.iter().filter(recurs).count() * 2 > names.len()
}

/// Whether items are sentences or deeds and no members of what their label names, which an aspect may have.
pub(super) fn tells_otherwise(names: &[Text], aspect: bool, terms: bool) -> bool {
    let sentences = names.iter().filter(|n| parse(&n.mask()).is_some()).count();
    !aspect && (names.iter().any(tells_deed) || !terms && sentences > 0)
}

/// Whether an item tells what somebody did, and so is none of what its label names.
fn tells_deed(item: &Text) -> bool {
    let mask = item.mask();
    match words(&mask).as_slice() {
        [only] => only.capital && is_deed(&only.lower),
        [first, next, ..] => {
            let done = first.lower.ends_with("ed") && is_participle(&first.lower) && next.capital;
            first.capital && (is_deed(&first.lower) || done)
        }
        [] => false,
    }
}

/// Whether an item gives an example and is none of what a label names.
pub(super) fn holds_example(items: &[Item]) -> bool {
    items.iter().filter_map(Item::text).any(|text| head(text).is_some_and(|h| is_example(&h.name)))
}

/// Whether a label goes on behind a preposition: `Matters before the court`.
pub(super) fn is_tied(label: &str) -> bool {
    words(label).iter().skip(1).rev().skip(1).any(|w| is_preposition(&w.lower))
}
