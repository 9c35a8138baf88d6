//! How the subject of a sentence names its thing: by itself, or by pointing elsewhere.

use super::fact::Subject;
use crate::language::english::clause::{Word, is_adverb, words};
use crate::language::english::noun::{head_noun, is_plural, singular};
use crate::language::english::{is_active, is_class_noun, is_participle, past_tense};
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
            "the rest", "the first option", "the second option", "the last option", "the first approach",
            "the second approach", "the first method", "the second method", "the first one",
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

/// Whether a piece cannot be said of the name above it: `By naturalisation` does nothing, and of a heading it is
/// unknown whether it `participated in a war` itself.
pub fn is_no_subject(subject: &Subject, first: &Word, next: Option<&Word>) -> bool {
    const HAPPENED: &[&str] = &[
        "participated", "emerged", "arrived", "occurred", "happened", "existed", "died", "appeared", "lived",
        "remained", "resulted", "travelled", "traveled", "fought", "fell", "rose", "grew", "began", "came", "went",
        "succeeded", "failed", "moved", "became", "led", "reached", "declined", "increased", "decreased",
    ];
    const MANNERS: &[&str] = &["by", "under", "during", "after", "before", "through", "without", "within"];
    let own = words(subject.name.plain());
    let tied = own.len() > 1 && own.first().is_some_and(|w| MANNERS.contains(&&*w.lower));
    // `Approval and duration`: two matters of the section, of which neither `must be approved by both houses`.
    let two = !subject.from_term && [" and ", " / ", " & "].iter().any(|joint| subject.name.plain().contains(joint));
    let told = two
        || !subject.from_term && names_matter(subject.name.plain())
        || !subject.from_term && HAPPENED.contains(&&*first.lower);
    let past = !subject.from_term
        && (matches!(&*first.lower, "did" | "didn't" | "was" | "were")
            || past_tense(&first.lower).is_some() && !is_participle(&first.lower));
    let by = next.is_some_and(|w| w.lower == "by");
    // `Refused to join`, `Advocated for reform`: no passive.
    let active = next.is_some_and(|w| is_active(&first.lower, &w.lower));
    tied || (told || past || active) && !by
}

/// Whether a heading names a matter of something else, which does nothing itself: `Executive Powers`, below which stands
/// what the president appoints; `Fat Effects`, below which stands what a hormone does.
pub(super) fn names_matter(name: &str) -> bool {
    const SEVERAL: &[&str] = &[
        "power", "effect", "duty", "right", "role", "condition", "qualification", "provision", "action", "consequence",
        "implication", "outcome", "symptom", "sign", "responsibility", "privilege", "limit", "restriction", "risk",
    ];
    const ONE: &[&str] = &[
        "treatment", "management", "presentation", "appointment", "removal", "composition", "election", "history",
        "impeachment", "tenure", "jurisdiction", "eligibility", "usage", "classification",
    ];
    // `Transfer of Judges`, but not `S3 Accelerated Transfer`.
    const OF_OTHERS: &[&str] = &["control", "transfer", "dismissal", "independence"];
    let head = head_noun(name).to_lowercase();
    let of_others = [" of ", " over "].iter().any(|link| name.contains(link)) && OF_OTHERS.contains(&head.as_str());
    of_others || is_plural(&head) && SEVERAL.contains(&singular(&head).as_str()) || ONE.contains(&head.as_str())
}

/// Whether a subject is `the` with one common noun, or a superlative of one: which one, only the page says.
fn is_bare_definite(subject: &str) -> bool {
    const VAGUE: &[&str] = &[
        "data", "file", "default", "user", "customer", "filtering", "url", "request", "thing", "company", "author",
        "first", "second", "third", "last", "next", "result", "idea", "goal", "point", "problem", "reason", "risk",
        "worst", "benefit", "project", "condition", "scheme", "lecture", "framework", "downside", "catch", "trick",
        "difference", "advantage", "disadvantage",
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
