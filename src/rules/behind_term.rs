//! What stands behind a term or below a heading and is no phrase that says what that is: a whole clause, or what it did.

use super::draft::{Made, one_gap};
use super::fact::{Subject, gap_with_prefix, prefixed, tells};
use super::opening::Opening;
use crate::language::english::clause::{self, Word, is_adverb, is_determiner, words};
use crate::language::english::noun::is_preposition;
use crate::language::english::phrase::last_phrase;
use crate::language::english::{base_verb, is_deed, is_participle, tells_outcome};
use crate::markdown::text::Text;

/// The most words that a gap behind a verb may hide.
const LONGEST: usize = 9;

/// `Working conditions: Factory workers often faced long hours`: behind a term the whole clause is shown, with what the
/// verb is about as its gap.
pub(super) fn clause_behind(subject: &Subject, piece: &Text) -> Option<Made> {
    let mask = piece.mask();
    let verb = clause::verb_end(&mask).filter(|_| subject.from_term && !Opening::points(&mask.to_lowercase()))?;
    hidden(subject, piece, verb)
}

/// `Morris Jones termed it a bargaining federalism` below its heading: who did it.
pub(super) fn doer(subject: &Subject, piece: &Text) -> Option<Made> {
    let mask = piece.mask();
    let verb = clause::verb_end(&mask).filter(|_| !subject.from_term)?;
    let found = words(&mask);
    let before = || found.iter().filter(|w| w.end < verb);
    (before().count() > 1 && before().all(|w| w.capital)).then_some(())?;
    gap_with_prefix(subject, piece, 0)
}

/// `Liberalism: Emphasized individual rights`: what the term did, with what the verb is about as its gap.
pub(super) fn deed(subject: &Subject, piece: &Text, (first, next): (&Word, Option<&Word>)) -> Option<Made> {
    let next = next?;
    if subject.from_term && tells_outcome(&first.lower, &next.lower) {
        return hidden(subject, piece, next.end);
    }
    let object = !is_preposition(&next.lower)
        && !is_adverb(&next.lower)
        && !matches!(&*next.lower, "and" | "or" | "but" | "as" | "to")
        && !first.stop_after;
    let acts = is_deed(&first.lower) || is_participle(&first.lower) && is_determiner(&next.lower);
    let told = subject.from_term && subject.defined_here && acts && base_verb(&first.lower).is_none();
    if told && object { hidden(subject, piece, first.end) } else { None }
}

/// A piece behind its term, with what its verb is about left out: all that stands behind `verb`, or the last of it.
fn hidden(subject: &Subject, piece: &Text, verb: usize) -> Option<Made> {
    let mask = piece.mask();
    let behind = words(&mask).into_iter().find(|w| w.start >= verb && !is_preposition(&w.lower));
    let from = behind?.start;
    // `killed thousands | to crush the opposition`
    let found = words(&mask);
    let purpose = found.windows(2).find(|pair| {
        pair[0].start > from && pair[0].lower == "to" && base_verb(&pair[1].lower).is_some_and(|v| !v.noun_too)
    });
    let end = purpose.map_or(mask.len(), |pair| mask[..pair[0].start].trim_end().len());
    // `led to famine, | worsening the unrest`
    let outcome = found.windows(2).rfind(|pair| {
        let doing = pair[1].lower.len() > 5 && pair[1].lower.ends_with("ing") || is_deed(&pair[1].lower);
        pair[0].start >= from && pair[0].end < end && pair[0].stop_after && doing
    });
    let object = from..outcome.map_or(end, |pair| pair[0].end);
    let whole = words(&mask[object.clone()]).len() <= LONGEST && !clause::has_finite_verb(&mask[object.clone()]);
    let gap = if whole { object } else { last_phrase(&mask, verb)? };
    let told = tells(subject, &piece.plain()[gap.clone()]);
    let text = prefixed(subject, piece);
    let shift = text.plain().len() - piece.plain().len();
    let body = one_gap(&text, gap.start + shift..gap.end + shift).filter(|_| !told)?;
    Some(Made { body, fallback: None })
}
