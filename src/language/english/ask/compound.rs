//! Prepositions of several words: `in response to`, of which no word is an answer.

use crate::language::english::clause::Word;
use crate::language::english::noun::is_preposition;

/// Several words that are one preposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compound {
    /// So many words, which a question can end with.
    Whole(usize),
    /// Words that no question ends with: `in order to`, `in turn`.
    Idiom,
}

impl Compound {
    /// How many words a question ends with.
    pub(super) fn length(self) -> Option<usize> {
        match self {
            Compound::Whole(length) => Some(length),
            Compound::Idiom => None,
        }
    }
}

/// The preposition of several words that some words begin with.
pub(super) fn compound(words: &[Word]) -> Option<Compound> {
    const WHOLE: &[[&str; 3]] = &[
        ["in", "response", "to"],
        ["in", "conjunction", "with"],
        ["in", "addition", "to"],
        ["in", "accordance", "with"],
        ["in", "exchange", "for"],
        ["in", "front", "of"],
        ["on", "top", "of"],
        ["on", "behalf", "of"],
        ["by", "means", "of"],
        ["in", "terms", "of"],
        ["in", "favour", "of"],
        ["in", "favor", "of"],
        ["in", "charge", "of"],
        ["with", "respect", "to"],
        ["with", "regard", "to"],
        ["in", "contrast", "to"],
        ["in", "relation", "to"],
        ["in", "connection", "with"],
        ["in", "place", "of"],
        ["in", "need", "of"],
    ];
    const NEVER: &[&str] = &[
        "order", "case", "turn", "least", "most", "particular", "general", "addition", "fact", "practice", "theory",
        "parallel", "advance", "detail", "place", "time", "first", "once", "all", "full", "part", "total", "response",
        "conjunction", "person", "writing", "public", "line", "tandem", "isolation", "sequence", "progress",
    ];
    let [first, second, ..] = words else { return None };
    let third = words.get(2).map_or("", |w| &*w.lower);
    let whole = WHOLE.iter().any(|[a, b, c]| *first.lower == **a && *second.lower == **b && third == *c);
    if whole {
        return Some(Compound::Whole(3));
    }
    // `at rest encryption`
    if first.lower == "at" && second.lower == "rest" {
        return Some(Compound::Idiom);
    }
    let idiom = matches!(&*first.lower, "in" | "at" | "on" | "for" | "by") && NEVER.contains(&&*second.lower);
    let ends = words.len() == 2 || is_preposition(third) || matches!(third, "starting" | "and");
    (idiom && ends).then_some(Compound::Idiom)
}
