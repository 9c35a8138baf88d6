//! What the first words of a sentence show: that they are its subject, its verb or something else.

use super::noun::{is_plural, is_preposition};
use super::phrase::is_finite;
use super::small::{is_determiner, is_relative};
use super::word::Word;
use super::{base_verb, is_participle, third_person};

/// Words that open a sentence whose first words are no subject.
pub(super) fn opens_otherwise(lower: &str) -> bool {
    matches!(
        lower,
        "when"
            | "if"
            | "because"
            | "since"
            | "although"
            | "though"
            | "while"
            | "as"
            | "after"
            | "before"
            | "once"
            | "unless"
            | "until"
            | "whether"
            | "to"
            | "there"
            | "here"
            | "what"
            | "which"
            | "who"
            | "how"
            | "why"
            | "where"
            | "and"
            | "but"
            | "or"
            | "so"
            | "then"
            | "like"
            | "unlike"
            | "please"
            | "let's"
            | "not"
            | "no"
            | "only"
            | "even"
    ) || is_preposition(lower)
}

/// Whether a sentence begins with an auxiliary or a participle: `Can be used …`, `Stored in S3 and …`.
pub(super) fn lacks_subject(words: &[Word]) -> bool {
    let first = &*words[0].lower;
    let auxiliary = is_finite(first) || first == "could";
    auxiliary || is_participle(first) && words.get(1).is_some_and(|w| is_preposition(&w.lower))
}

/// Whether the first word is the verb: `Finds matching records`, `Handle schema evolution`.
pub(super) fn opens_with_verb(words: &[Word]) -> bool {
    let (Some(first), Some(next)) = (words.first(), words.get(1)) else { return false };
    // `Make sure to ask`, `Find archives with recordings`: orders, though both words may be nouns.
    let sought =
        matches!(&*first.lower, "find" | "show" | "read" | "look" | "try" | "check" | "pick" | "keep" | "visit");
    let tied = words.get(2).is_some_and(|w| is_preposition(&w.lower));
    if first.lower == "make" && next.lower == "sure" || sought && is_plural(&next.lower) && tied {
        return true;
    }
    if let Some(form) = base_verb(&first.lower) {
        let object =
            is_determiner(&next.lower) || matches!(next.lower.as_str(), "data" | "files" | "records" | "objects");
        let object = object || counts(&words[1..]);
        return !form.noun_too || object;
    }
    let Some(form) = third_person(&first.lower) else { return false };
    let verb_follows = matches!(
        next.lower.as_str(),
        "is" | "are" | "can" | "must" | "may" | "will" | "should" | "of" | "and" | "have" | "do" | "in"
    ) || is_relative(&next.lower)
        || base_verb(&next.lower).is_some_and(|v| !v.noun_too);
    !form.noun_too || !verb_follows
}

/// Whether words are a number and what is counted, as in `Reserve 2+ ranges per region`, but not in `Phase 2 begins`.
fn counts(words: &[Word]) -> bool {
    let figure = words.first().is_some_and(|w| w.lower.starts_with(|c: char| c.is_ascii_digit()));
    let noun = words.iter().skip(1).take(3).position(|w| w.lower.ends_with('s')).map(|at| at + 1);
    let ends = |at: usize| words.get(at + 1).is_none_or(|next| is_preposition(&next.lower));
    figure && noun.is_some_and(|at| third_person(&words[at].lower).is_none_or(|verb| verb.noun_too && ends(at)))
}
