//! How the subject of a sentence names its thing: by itself, or by pointing elsewhere.

use crate::language::english::clause::is_adverb;
use crate::language::english::is_class_noun;
use crate::language::english::noun::singular;
use crate::language::lower::lower;

/// How a subject names its thing.
pub enum Opening {
    /// By a name or a noun phrase.
    Named,
    /// By a pronoun that stands for the subject of the passage.
    Pronoun,
    /// The reader, or people at large.
    You,
    /// By pointing at another sentence.
    Elsewhere,
}

impl Opening {
    /// Tells how a subject names its thing.
    pub fn of(subject: &str) -> Opening {
        match lower(subject).as_str() {
            "it" | "they" | "this" | "this service" | "the service" | "this tool" | "this domain" | "this chapter"
            | "this module" | "this unit" | "this course" | "this topic" | "this exam" => Opening::Pronoun,
            "all" | "each" | "many" | "most" | "every" | "any" | "few" | "several" | "people who" => Opening::Elsewhere,
            lower if lower.starts_with("whereas ") || lower.starts_with("while ") => Opening::Elsewhere,
            "you" | "we" | "users" | "people" | "customers" => Opening::You,
            lower if Opening::points(lower) || is_bare_definite(subject) => Opening::Elsewhere,
            _ => Opening::Named,
        }
    }

    /// Whether words (lower case) point at something outside the sentence.
    pub fn points(lower: &str) -> bool {
        const FIRST: &[&str] = &[
            "its", "their", "that", "he", "she", "his", "her", "him", "i", "my", "such", "another", "other", "others",
            "both", "there", "here", "which", "who", "what", "some", "none", "either", "neither", "same", "everything",
            "nothing", "we", "you", "our", "your", "one",
        ];
        const ANYWHERE: &[&str] = &["it", "this", "these", "those", "they", "them"];
        const PHRASES: &[&str] = &[
            "the former", "the latter", "the following", "the above", "the same", "the other", "the question",
            "the rest",
        ];
        let mut words = lower.split(' ').map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
        let first = words.clone().next().unwrap_or_default();
        FIRST.contains(&first) || words.any(|w| ANYWHERE.contains(&w)) || PHRASES.iter().any(|p| lower.starts_with(p))
    }
}

/// Whether a sentence says of no thing that something is so: `It is possible to …`, `It is believed that …`.
pub fn is_impersonal(sentence: &str) -> bool {
    const QUALITIES: &[&str] = &[
        "possible", "impossible", "important", "necessary", "essential", "vital", "crucial", "common", "recommended",
        "advisable", "advised", "tempting", "usual", "customary", "normal", "rare", "worth", "clear", "unclear",
        "true",
    ];
    const SAYINGS: &[&str] = &[
        "believed", "thought", "known", "said", "argued", "assumed", "estimated", "likely", "unlikely", "clear",
        "possible", "true", "important", "reported", "claimed", "obvious",
    ];
    let lower = lower(sentence.trim_start());
    let words: Vec<&str> = lower.split(' ').collect();
    let be = |w: &str| matches!(w, "is" | "was" | "be" | "it's" | "it’s" | "became" | "becomes");
    let from = words.iter().take(4).position(|w| be(w)).map(|at| at + 1);
    let Some(rest) = from.filter(|_| words[0].starts_with("it")).and_then(|from| words.get(from..)) else {
        return false;
    };
    let rest = if rest.first().is_some_and(|w| is_adverb(w)) { &rest[1..] } else { rest };
    match rest {
        [quality, "to", ..] => QUALITIES.contains(quality),
        [quality, "that", ..] => SAYINGS.contains(quality),
        ["worth", ..] => true,
        _ => false,
    }
}

/// Whether a subject is `the` with one common noun, or a superlative of one: which one, only the page says.
fn is_bare_definite(subject: &str) -> bool {
    const VAGUE: &[&str] = &[
        "data", "file", "default", "user", "customer", "filtering", "url", "request", "thing", "company", "author",
        "first", "second", "third", "last", "next", "result", "idea", "goal", "point", "problem", "reason", "risk",
        "worst", "benefit", "downside", "catch", "trick", "difference", "advantage", "disadvantage",
    ];
    let words: Vec<&str> = subject.split(' ').collect();
    let common = |word: &&str| word.chars().all(|c| c.is_lowercase() || c == '-');
    match words.as_slice() {
        ["The" | "the", noun] => {
            let one = singular(noun);
            common(noun) && (is_class_noun(&one) || VAGUE.contains(&one.as_str()))
        }
        ["The" | "the", word, noun] => {
            let ranks = ["optimal", "main", "only", "big", "key", "usual", "negative", "general"].contains(word);
            let vague =
                ["way", "idea", "benefit", "thing", "point", "downside", "catch", "trick", "advantage", "problem"];
            let best = word.ends_with("est") || *noun == "one" || *word == "best" || *word == "other";
            common(noun) && (best || ranks && vague.contains(noun))
        }
        [.., "one" | "ones"] => true,
        _ => false,
    }
}
