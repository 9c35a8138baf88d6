//! What stands behind a label, seen by itself: whether it says something of the thing, and of how many it tells.

use crate::language::english::is_month;
use crate::language::english::noun::is_plural_phrase;
use crate::language::sentence::items;
use crate::markdown::text::Text;

/// The question for one thing, put for several where the value names several: `What are the ports of …?`
pub(super) fn in_number(front: Text, value: &Text) -> Text {
    if let Some(front) = when(&front, value.plain()) {
        return front;
    }
    let mask = value.mask();
    let names = items(&mask);
    let several = names.len() > 1 && names.iter().all(|r| mask[r.clone()].starts_with(char::is_uppercase));
    let plain = front.plain();
    let link = plain.find(" of ").or_else(|| plain.find(" for "));
    let of = link.filter(|_| several && plain.starts_with("What is the "));
    let Some(of) = of.filter(|of| {
        plain[..*of].ends_with(|c: char| c.is_lowercase() && c != 's' && c != 'y') && !is_mass(&plain[..*of])
    }) else {
        return front;
    };
    let lead = "What is the ".len();
    let behind = front.slice(of..plain.len());
    Text::words("What are the ").join(&front.slice(lead..of)).then("s").join(&behind)
}

/// Whether the last of some words has no plural that people use: `checking`, `support`, `latency`.
fn is_mass(words: &str) -> bool {
    const NOUNS: &[&str] =
        &["feedback", "support", "equipment", "software", "hardware", "access", "evidence", "traffic", "behaviour"];
    let last = words.rsplit(' ').next().unwrap_or_default();
    NOUNS.contains(&last) || ["ing", "ness", "ance", "ence", "ment"].iter().any(|end| last.ends_with(end))
}

/// Whether a value only ranks things or sets two words against each other, and does not tell of what each is said: `Higher vs Lower`.
pub(super) fn weighs(value: &str) -> bool {
    let lower = value.to_lowercase();
    // `1st - Berlin, 2nd - Hamburg`: by what they are ranked, the label does not tell.
    let ranks = lower.starts_with("1st ");
    ranks
        || value.split_whitespace().count() <= 8
            && [" vs ", " vs. ", " versus "].iter().any(|sign| lower.contains(sign))
}

/// Whether a value is an address of the web and nothing else.
pub(super) fn is_address(value: &Text) -> bool {
    let plain = value.plain().trim_matches(['<', '>']);
    (plain.starts_with("http://") || plain.starts_with("https://")) && !plain.contains(' ')
}

/// What is done with a thing once, as a label.
const DONE: &[&str] = &[
    "founded", "established", "created", "released", "published", "introduced", "discovered", "invented", "signed",
    "enacted", "adopted", "launched", "opened", "completed", "built", "born", "ratified", "abolished", "formed",
    "inaugurated", "constructed", "declared", "premiered", "commissioned",
];

/// `What is the founded of the museum?`, answered by a date: `When was the museum founded?`
fn when(front: &Text, value: &str) -> Option<Text> {
    let lead = "What is the ";
    let (label, name) = front.plain().strip_prefix(lead)?.strip_suffix('?')?.split_once(" of ")?;
    let day =
        |word: &str| is_month(&word.to_lowercase()) || !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let mut parts = value.split([' ', ',', '.', '-', '/']).filter(|part| !part.is_empty()).peekable();
    let dated = parts.peek().is_some() && parts.all(day) && value.chars().any(|c| c.is_ascii_digit());
    if !dated || !DONE.contains(&label) {
        return None;
    }
    let be = if is_plural_phrase(name) { "were" } else { "was" };
    let start = lead.len() + label.len() + " of ".len();
    let name = front.slice(start..start + name.len());
    Some(Text::words(format!("When {be} ")).join(&name).then(&format!(" {label}?")))
}
