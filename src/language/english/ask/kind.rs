//! Narrow questions for open objects: `S supports flexible schemas` asks what kind of schemas, so that
//! no other object of the verb is an answer.

use crate::language::english::clause::{Word, is_adverb, is_determiner, words};
use crate::language::english::noun::{is_plural, is_preposition};
use crate::language::english::phrase::is_light;
use crate::language::english::{is_adjective, is_gerund, is_participle};
use crate::markdown::text::{Atom, Text};

/// The most words in front of the noun.
const MOST: usize = 3;

/// Words that say how much or how good, not of what kind.
const DEGREES: &[&str] = &[
    "high", "higher", "low", "lower", "large", "larger", "small", "smaller", "good", "better", "best", "full", "great",
    "greater", "fast", "faster", "strong", "stronger", "more", "less", "fewer", "other", "new", "own", "same",
    "different", "various", "certain", "such", "additional", "multiple", "several", "many", "some", "any", "most",
    "specific", "main", "major", "huge", "massive", "significant", "important", "possible", "necessary", "only",
    "entire", "whole", "total", "one", "two", "three", "four", "five", "correct", "existing", "sure", "extra", "first",
    "last", "next", "single", "enough", "further", "few", "increased", "reduced", "improved", "another", "every",
    "each", "all", "both", "no", "best", "worst",
];

/// Nouns of which no kind is asked.
const NEVER: &[&str] = &[
    "way", "ways", "amount", "amounts", "number", "numbers", "lot", "lots", "set", "sets", "group", "groups", "kind",
    "kinds", "type", "types", "part", "parts", "half", "majority", "place", "time", "times", "end", "case", "cases",
    "thing", "things", "point", "points", "control", "effect", "sense", "use", "care", "default", "cost", "costs",
    "price", "role", "roles", "chance", "name", "names", "year", "years", "day", "days", "line", "order", "space",
];

/// The noun of an object that a telling word or two describe: `structures` of `nested structures`; `None`
/// where the object is a name, has no such words, or is more than a plain noun phrase.
pub(super) fn kind_of(object: &Text) -> Option<String> {
    let plain = object.mask();
    let found = words(&plain);
    let article = usize::from(found.first().is_some_and(|w| matches!(&*w.lower, "a" | "an")));
    let ([.., noun], described) = (found.as_slice(), found.get(article..found.len().checked_sub(1)?)?) else {
        return None;
    };
    let ordinary = |w: &Word| !w.capital && w.depth == 0 && w.lower.chars().all(|c| c.is_alphabetic() || c == '-');
    let small = |w: &Word| {
        is_determiner(&w.lower)
            || is_preposition(&w.lower)
            || matches!(&*w.lower, "and" | "or" | "you" | "it" | "we" | "us" | "them" | "minus" | "plus" | "not")
    };
    let marked = object.runs().iter().any(|r| r.style.atom != Atom::Words);
    let whole = !marked && (1..=MOST).contains(&described.len()) && !plain.contains([',', '(', '/', '"', '“']);
    let plain_words = found[article..].iter().all(|w| ordinary(w) && !small(w));
    let telling =
        described.iter().any(|w| !DEGREES.contains(&&*w.lower) && !w.lower.ends_with("ly") && !is_light(&w.lower));
    let open = described.first().is_some_and(|w| DEGREES.contains(&&*w.lower));
    let names = !open && !NEVER.contains(&&*noun.lower) && !is_gerund(&noun.lower) && !is_verbal(&noun.lower);
    // `schema evolution` is one term.
    let term = !described.iter().any(|w| is_adjective(&w.lower) || is_participle(&w.lower));
    let bare = described.last().is_some_and(|w| is_adjective(&w.lower));
    let agrees = bare || article == 1 || is_plural(&noun.lower) || is_mass(&noun.lower) && !term;
    (whole && plain_words && telling && names && agrees).then(|| noun.lower.to_string())
}

/// Whether a word is no noun, so that the words before it are the object: `a desk online`.
fn is_verbal(word: &str) -> bool {
    is_participle(word) || is_adjective(word) || is_adverb(word) || word == "online"
}

/// Whether a noun stands without an article in the singular.
fn is_mass(noun: &str) -> bool {
    const ENDS: &[&str] = &["tion", "sion", "ment", "ance", "ence", "ity", "ing", "ship", "cy", "age", "ure", "ism"];
    const MASS: &[&str] = &[
        "access", "data", "memory", "hardware", "software", "energy", "information", "support", "traffic", "text",
        "power", "water", "code", "money", "capital", "research", "matter", "light", "heat", "acid", "tissue", "blood",
    ];
    MASS.contains(&noun) || ENDS.iter().any(|end| noun.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_described_noun_is_asked_for_its_kind() {
        for (object, noun) in [
            ("nested structures", Some("structures")),
            ("a flexible schema", Some("schema")),
            ("asynchronous replication", Some("replication")),
            ("Apache Spark", None),
            ("schema evolution", None),
            ("high availability", None),
            ("multiple keys", None),
            ("the network of edge locations", None),
            ("a large amount", None),
        ] {
            assert_eq!(kind_of(&Text::words(object)).as_deref(), noun, "{object}");
        }
    }
}
