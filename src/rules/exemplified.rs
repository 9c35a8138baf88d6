//! Labels that announce examples: what is given as one is asked back, `Redis, Memcached are examples of what?`

use super::draft::{capitalised, question};
use super::fact::Subject;
use super::head::head;
use super::scene::{Scene, Site};
use super::term::bare;
use super::worth::told_share;
use crate::card::Body;
use crate::language::english::clause::{parse, words};
use crate::language::english::noun::is_plural;
use crate::language::sentence::{items, sentences};
use crate::markdown::block::BlockKind;
use crate::markdown::text::{Atom, Text};

/// The term in the paragraph right above the list of a labelled item: `Preventive controls: …` and `- Examples: …`.
pub(super) fn term_above(scene: &Scene, site: &Site) -> Option<Text> {
    let above = scene.above_list(site)?;
    let BlockKind::Paragraph(text) = &above.kind else { return None };
    let head = head(text).filter(|head| head.bold && !head.remark)?;
    Some(bare(&text.slice(head.term)))
}

/// Whether a label announces an example, of which there could be others: `Example use cases`.
pub(super) fn is_example(label: &str) -> bool {
    let lower = label.to_lowercase();
    ["example", "e.g"].iter().any(|lead| lower.starts_with(lead))
        || lower.ends_with(" example")
        || lower.ends_with(" examples")
}

/// What is given as an example, and the thing as the answer: `Redis, Memcached are examples of what?`
pub(super) fn exemplified(subject: &Subject, label: &Text, value: &Text) -> Option<Body> {
    let mask = value.mask();
    let words_only = value.runs().iter().all(|r| r.style.atom == Atom::Words) && !mask.contains(['=', '→', ':']);
    let whole = sentences(&mask).len() == 1 && parse(&mask).is_none() && value.plain().len() <= 130;
    let told = told_share(value.plain(), subject.name.plain()) > 0.5;
    let short = (1..=4).contains(&words(label.plain()).len());
    let several = items(&mask).len() > 2 || is_plural(label.plain());
    let one = label.plain().to_lowercase();
    let one = one.trim_end_matches('s');
    let asks = if several { format!(" are {one}s of what?") } else { format!(" is an {one} of what?") };
    let fits = one.starts_with("example") && !told && short && whole && words_only;
    fits.then(|| question(value.trim_matches(|c| c == '.').then(&asks), capitalised(&subject.name)))
}
