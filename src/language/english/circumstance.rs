//! Circumstances in front of a main clause: `With Parquet, Athena reads …`, `When a disk fails, …`.

use std::ops::Range;

use super::clause::{Word, end_with_bracket, is_determiner, start_with_quote};
use super::noun::is_preposition;
use super::word::{first_word, words};

/// A sentence that begins with a circumstance: the bytes of the circumstance, without its comma,
/// and the start of the main clause (`With Parquet`, `Athena reads …`).
pub fn circumstance(text: &str) -> Option<(Range<usize>, usize)> {
    let first = first_word(text)?;
    let opens = matches!(
        first.as_str(),
        "when"
            | "if"
            | "because"
            | "since"
            | "although"
            | "while"
            | "as"
            | "once"
            | "unless"
            | "until"
            | "to"
            | "whenever"
    ) || is_preposition(&first);
    if !opens {
        return None;
    }
    let words = words(text);
    let comma = words.iter().take(18).position(|w| {
        w.stop_after && w.depth == 0 && text[w.end..].trim_start_matches([')', '"', '”']).starts_with(',')
    });
    let last = comma.or_else(|| before_person(&words))?;
    let next = words.get(last + 1)?;
    (!words[0].stop_after)
        .then(|| (words[0].start..end_with_bracket(text, words[last].end), start_with_quote(text, next.start)))
}

/// The last word of a short circumstance that no comma ends: `With policies you control …`.
fn before_person(words: &[Word]) -> Option<usize> {
    let person = words.iter().take(6).position(|w| matches!(&*w.lower, "you" | "we"))?;
    let noun = |w: &Word| !is_preposition(&w.lower) && !is_determiner(&w.lower);
    let short = matches!(&*words[0].lower, "with" | "in" | "using" | "on" | "for" | "through" | "via" | "by");
    (person > 1 && short && noun(&words[person - 1])).then_some(person - 1)
}
