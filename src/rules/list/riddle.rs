//! Lists of which nobody could say what the author put on them (characteristics, examples): what is listed
//! stands on the front, and the thing is asked for.

use crate::card::{Body, Content, Part};
use crate::language::english::clause::{parse, words};
use crate::markdown::text::Text;
use crate::rules::draft::{Made, capitalised};
use crate::rules::exemplified::is_example;
use crate::rules::scene::Scene;
use crate::rules::worth::told_share;

/// Last words of labels below which all sorts of things may stand.
const LOOSE: &[&str] = &[
    "characteristics", "features", "properties", "attributes", "qualities", "traits", "aspects", "facts", "notes",
    "details", "points", "highlights", "remarks",
];

/// Whether a label says little of what stands below it.
pub(super) fn is_loose(label: &str) -> bool {
    let lower = label.to_lowercase();
    is_example(label) || words(&lower).last().is_some_and(|w| LOOSE.contains(&&*w.lower))
}

/// Whether the same label stands more than once in the note, so that the things below it can be told apart by it.
pub(super) fn is_shared(scene: &Scene, label: &Text) -> bool {
    scene.repeated_lines.contains(&label.plain().to_lowercase())
}

/// The list on the front, where the label is shared.
pub(super) fn asked_back(scene: &Scene, name: &Text, label: &Text, items: &[Text]) -> Option<Made> {
    is_shared(scene, label).then(|| of(label, name, items))?
}

/// `What has these characteristics?`, and the list.
pub(super) fn of(label: &Text, name: &Text, items: &[Text]) -> Option<Made> {
    let lower = label.plain().to_lowercase();
    let lower = lower.strip_prefix("key ").or_else(|| lower.strip_prefix("main ")).unwrap_or(&lower);
    let asks = if is_example(lower) {
        format!("What are these {}s of?", lower.trim_end_matches('s'))
    } else {
        format!("What has these {lower}?")
    };
    let shown: Vec<&str> = items.iter().map(Text::plain).collect();
    let told = told_share(&shown.join(" "), name.plain()) > 0.5;
    let plain =
        (1..=3).contains(&words(lower).len()) && words(name.plain()).len() <= 7 && parse(&name.mask()).is_none();
    if told || !plain || items.len() < 2 {
        return None;
    }
    let list = Part::List { start: None, items: items.iter().map(|t| Content::text(capitalised(t))).collect() };
    let front = Content(vec![Part::Paragraph(Text::words(asks)), list]);
    let body = Body::Question { question: front, answer: Content::text(capitalised(name)) };
    Some(Made { body, fallback: None })
}
