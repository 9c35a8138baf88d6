//! Cuts a sentence into the parts that say something each, where its grammar is plain.

use super::fact::Subject;
use super::opening::Opening;
use crate::language::english::clause::{self, Verb, Word, is_determiner, words};
use crate::language::english::noun::{is_plural, is_preposition};
use crate::language::english::third_person;
use crate::language::sentence;
use crate::markdown::text::Text;

/// The parts of a sentence that say something each: cut at semicolons, at `, but` before a verb, and
/// at a dash between two pieces without a subject.
pub fn pieces(subject: Option<&Subject>, sentence: Text) -> Vec<Text> {
    let mask = sentence.mask();
    let cut = |separator: &'static str| {
        if !mask.contains(separator) {
            return Vec::new();
        }
        let ranges = sentence::split_outside(&mask, |rest| rest.starts_with(separator).then_some(separator.len()));
        ranges.into_iter().map(|r| sentence.slice(r)).collect::<Vec<_>>()
    };
    let by_semicolon = cut("; ");
    if by_semicolon.len() > 1 {
        return by_semicolon;
    }
    let by_but = cut(", but ");
    if let [_, second] = by_but.as_slice() {
        let mask = second.mask();
        let own = clause::parse(&mask).map(|c| Opening::of(mask[c.subject].trim()));
        if clause::parse_without_subject(&mask).is_some() || matches!(own, Some(Opening::Named | Opening::You)) {
            return by_but;
        }
    }
    let by_and = cut(" and ");
    if let [first, second] = by_and.as_slice() {
        let verb = |part: &Text| {
            let mask = part.mask();
            let clause = clause::parse(&mask)?;
            matches!(Opening::of(mask[clause.subject].trim()), Opening::Named).then_some(clause.verb)
        };
        if verb(first).is_some_and(|own| verb(second) == Some(own)) {
            return by_and;
        }
    }
    let by_plain_but = cut(" but ");
    if let [first, second] = by_plain_but.as_slice() {
        // `The king attempted to flee but was caught`: who was caught stands in the first part, its verb known or not.
        let bare = !clause::may_be_clause(&first.mask()) && clause::parse_without_subject(&second.mask()).is_some();
        if subject.is_some() && bare {
            return by_plain_but;
        }
    }
    if let Some(parts) = by_verbs(&sentence) {
        return parts;
    }
    let by_dash = [" — ", " – ", " - "].into_iter().map(cut).find(|parts| parts.len() == 2).unwrap_or_default();
    // `600 MHz - 900 MHz` is one range, and so is what stands in `on - premises`.
    let figure = |part: &Text| {
        part.plain().trim_start_matches(['~', '₹', '$', '€', '<', '>']).starts_with(|c: char| c.is_ascii_digit())
    };
    let hanging =
        |part: &Text| words(part.plain()).last().is_some_and(|w| is_preposition(&w.lower) || is_determiner(&w.lower));
    if by_dash.iter().all(figure) || by_dash.first().is_some_and(hanging) {
        return vec![sentence];
    }
    let adverb = by_dash.first().is_some_and(|first| clause::is_adverb(&first.plain().trim().to_lowercase()));
    let fragments = !by_dash.is_empty() && !adverb && by_dash.iter().all(|p| clause::parse(&p.mask()).is_none());
    if subject.is_some() && fragments { by_dash } else { vec![sentence] }
}

/// `Glaciers carve valleys and leave moraines`: two verbs of one subject, each with its object.
fn by_verbs(sentence: &Text) -> Option<Vec<Text>> {
    let mask = sentence.mask();
    let (clause, own) = match clause::parse(&mask) {
        Some(clause) => {
            let own = sentence.slice(clause.subject.clone()).trim();
            (matches!(Opening::of(own.plain()), Opening::Named)).then_some((clause, Some(own)))?
        }
        None => (clause::parse_without_subject(&mask)?, None),
    };
    let third = matches!(&clause.verb, Verb::Present(_, clause::Number::One)) && !clause.negated;
    let rest = &mask[clause.rest.clone()];
    let found = words(rest);
    let and = (1..found.len().checked_sub(2)?).find(|i| begins_second(&found, *i))?;
    let plain = found[..and].iter().all(|w| !leads_on(w)) && !rest[..found[and].start].contains([',', '(', ':', ';']);
    if !third || !plain {
        return None;
    }
    let cut = clause.rest.start + found[and - 1].end;
    let second = sentence.slice(clause.rest.start + found[and + 1].start..mask.len());
    let second = own.map_or_else(|| second.clone(), |own| own.then(" ").join(&second));
    Some(vec![sentence.slice(0..cut), second])
}

/// Whether a word is the `and` before a verb with an object of its own.
fn begins_second(found: &[Word], at: usize) -> bool {
    let [and, verb, object] = [&found[at], &found[at + 1], &found[at + 2]];
    let form = third_person(&verb.lower).filter(|_| !verb.capital && !verb.stop_after);
    let behind = is_determiner(&object.lower) || object.capital || is_plural(&object.lower);
    let sure = form.is_some_and(|v| !v.noun_too || behind);
    and.lower == "and" && and.depth == 0 && !found[at - 1].stop_after && sure && object.lower != "of"
}

/// Whether a word begins something that what follows may belong to.
fn leads_on(word: &Word) -> bool {
    matches!(&*word.lower, "that" | "which" | "who" | "when" | "if" | "because" | "so" | "where" | "how" | "what")
        || matches!(&*word.lower, "while" | "using")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_verbs_of_one_subject_come_apart() {
        let parts = |plain: &str| {
            by_verbs(&Text::words(plain)).map(|p| p.iter().map(|t| t.plain().to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(
            parts("The liver stores glucose and produces bile").as_deref(),
            Some(&["The liver stores glucose".to_owned(), "The liver produces bile".to_owned()][..])
        );
        assert_eq!(parts("Stores tables and supports joins").map(|p| p.len()), Some(2));
        assert_eq!(parts("The liver makes a fluid that breaks up fat and enters the gut"), None);
        assert_eq!(parts("It stores reads and writes of files"), None);
    }
}
