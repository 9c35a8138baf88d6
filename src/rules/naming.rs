//! Whether words name a thing that sentences can be about, and what a heading that names an aspect of a
//! thing (`ACID Trade-offs`, `Key features of Redis`) leaves of it.

use crate::language::english::clause::{self, Word, is_adverb, is_determiner, words};
use crate::language::english::noun::{is_preposition, singular};
use crate::language::english::{VerbForm, base_verb, is_gerund, is_participle, third_person};
use crate::markdown::text::Text;

/// Words that open no name.
const NEVER_FIRST: &[&str] = &[
    "can", "cannot", "can't", "could", "may", "might", "must", "should", "will", "would", "has", "have", "had", "is",
    "are", "was", "were", "does", "do", "don't", "did", "no", "not", "only", "when", "if", "because", "since", "so",
    "more", "less", "fewer", "better", "easier", "smaller", "larger", "bigger", "faster", "slower", "cheaper", "e.g",
    "i.e", "and", "or", "but", "also", "then", "it", "they", "this", "these", "there", "you", "we", "i", "exercise",
    "scenario", "think", "never", "always",
];

/// Words that end no name.
const NEVER_LAST: &[&str] = &[
    "because", "contains", "contain", "allows", "requires", "uses", "consists", "consist", "includes", "include",
    "including", "are", "is", "and", "or", "when", "if", "the", "a", "an",
];

/// Whether words are a name or a noun phrase, and neither the beginning of a sentence (`Allows each …`,
/// `Recommended because`) nor a comparison of things.
pub fn names_thing(name: &Text) -> bool {
    let mask = name.mask();
    let found = words(&mask);
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return false };
    if NEVER_FIRST.contains(&&*first.lower)
        && (found.len() > 1 || first.lower.len() < 5)
        && (first.lower == "not" || !is_acronym(name, first))
        || NEVER_LAST.contains(&&*last.lower) && !is_acronym(name, last)
        || is_preposition(&last.lower) && found.len() > 1 && !last.capital
        || counts(&found)
    {
        return false;
    }
    if is_preposition(&first.lower) && !first.capital && found.len() > 1 {
        return false;
    }
    let open = mask.trim_end().ends_with(['=', '"', '“', '\'', ',']) || mask.trim_start().starts_with(['"', '“', '=']);
    !open && !compares(&found) && !opens_with_verb(&found) && clause::parse(&mask).is_none()
}

fn is_acronym(name: &Text, word: &Word) -> bool {
    let written = &name.plain()[word.start..word.end];
    written.len() > 1 && written.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether a name is an order (`Rotate Credentials Regularly`): what it does, or what is done with it, nobody asks.
pub fn is_order(name: &str) -> bool {
    let found = words(name);
    let [first, second, ..] = found.as_slice() else { return false };
    let acts = base_verb(&first.lower).is_some_and(|v| !v.noun_too || is_determiner(&second.lower));
    acts && first.capital && !first.stop_after && !is_preposition(&second.lower)
}

/// `Step 2`, `Exercise 1`: a place in a sequence.
fn counts(found: &[Word]) -> bool {
    if found.first().is_some_and(|w| w.lower == "revision") {
        return true;
    }
    let [what, number, ..] = found else { return false };
    matches!(
        &*what.lower,
        "step"
            | "exercise"
            | "case"
            | "example"
            | "question"
            | "scenario"
            | "revision"
            | "option"
            | "unit"
            | "chapter"
            | "module"
            | "lesson"
            | "lecture"
            | "lectures"
            | "weeks"
            | "chapters"
            | "week"
            | "section"
            | "problem"
            | "mistake"
            | "assignment"
            | "tutorial"
            | "lab"
    ) && number.lower.starts_with(|c: char| c.is_ascii_digit())
}

/// `Public vs Private`: two things and no single one.
fn compares(found: &[Word]) -> bool {
    found.iter().any(|w| matches!(&*w.lower, "vs" | "versus" | "compared"))
}

/// `Enable MFA for everyone`, `Reduces cost`, `Used for`: a verb and what belongs to it.
fn opens_with_verb(found: &[Word]) -> bool {
    let [first, next, ..] = found else { return false };
    let behind = is_determiner(&next.lower) || is_preposition(&next.lower);
    let acts = base_verb(&first.lower).or_else(|| third_person(&first.lower));
    let article = is_determiner(&next.lower) && next.lower != "that";
    let noun_too = |v: VerbForm| v.noun_too || matches!(v.base, "write" | "read" | "send" | "receive" | "learn");
    let sure = acts.is_some_and(|v| !noun_too(v) || article) && !next.capital;
    let does = matches!(&*first.lower, "makes" | "handles" | "takes" | "gives" | "keeps" | "gets" | "needs" | "lets");
    let sure = sure || does && !first.capital;
    let doing = is_gerund(&first.lower) && is_determiner(&next.lower);
    // `automatically rotated - always valid`
    let turned = first.lower.ends_with("ly") && is_adverb(&first.lower) && is_participle(&next.lower);
    sure || turned || doing || is_participle(&first.lower) && behind
}

/// Whether a name holds a year that is over: `National Convention (1792-1795)`.
pub(super) fn is_past(name: &str) -> bool {
    let years = name.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    years.filter_map(|year| year.parse::<u16>().ok()).any(|year| (1000..2000).contains(&year))
}

/// Whether a piece tells in which year something was done: `Proposed in 1996 by …`.
pub(super) fn is_dated(piece: &str) -> bool {
    let found = words(piece);
    let year = |w: &Word| w.lower.len() == 4 && w.lower.parse::<u16>().is_ok_and(|year| (1000..2100).contains(&year));
    found.windows(2).any(|pair| pair[0].lower == "in" && year(&pair[1]))
}

/// Nouns for what is said of a thing, in the singular.
const ASPECTS: &[&str] = &[
    "advantage", "basic", "basics", "benefit", "best practice", "capability", "challenge", "characteristic", "con",
    "background", "consideration", "criticism", "critique", "detail", "evaluation", "history", "impact", "difference",
    "disadvantage", "drawback", "example", "fact", "feature", "guideline", "issue", "key point", "limitation", "note",
    "overview", "power up", "powerup", "practice", "pricing", "pro", "problem", "property", "pros and con", "reason",
    "requirement", "responsibility", "restriction", "similarity", "significance", "summary", "tip", "trade-off",
    "tradeoff", "use case", "use-case", "usage", "importance", "need", "necessity", "utility", "obstacle", "merit",
    "demerit",
];

/// Adjectives in front of such a noun.
const FRAMES: &[&str] = &[
    "key", "common", "core", "main", "important", "general", "basic", "typical", "other", "additional", "major",
    "primary", "essential", "example", "special", "exam", "more", "some", "few", "notable", "critical", "complete",
    "detailed", "short", "quick", "full", "comprehensive",
];

/// The thing and the aspect of a heading such as `ACID Trade-offs`, `Aurora - Use Cases` or `Key features
/// of Redis`; the thing is blank where the heading names the aspect alone.
pub fn aspect_of(heading: &Text) -> Option<(Text, String)> {
    let plain = heading.plain();
    if let Some(of) = [" of ", " for "].iter().find_map(|link| plain.find(link).map(|at| (at, link.len()))) {
        let thing = heading.slice(of.0 + of.1..plain.len()).trim();
        let (before, aspect) = split(&plain[..of.0])?;
        let article = ["a ", "an ", "the "].iter().find(|a| thing.plain().starts_with(**a)).map_or(0, |a| a.len());
        return before.is_empty().then(|| (thing.slice(article..thing.plain().len()), aspect));
    }
    let (before, aspect) = split(plain)?;
    let thing = heading.slice(0..before.len()).trim_matches(|c| matches!(c, '-' | '–' | '—' | ':' | ' '));
    Some((thing, aspect))
}

/// What stands before an aspect at the end of some words, without a frame, and the aspect in lower case.
fn split(words: &str) -> Option<(&str, String)> {
    let lower = words.to_lowercase();
    if lower.len() != words.len() {
        return None;
    }
    let tail = |count: usize| {
        let at = lower.rmatch_indices(' ').nth(count - 1).map_or(0, |(at, _)| at + 1);
        let noun = singular(&lower[at..]);
        noun.split('/').all(|part| ASPECTS.contains(&part)).then_some(at)
    };
    let at = tail(2).or_else(|| tail(1))?;
    let mut before = words[..at].trim_end();
    while let Some(word) = before.rsplit(' ').next().filter(|w| FRAMES.contains(&w.to_lowercase().as_str())) {
        before = before[..before.len() - word.len()].trim_end();
    }
    Some((before, lower[at..].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_beginnings() {
        for name in [
            "Kinesis Data Streams", "The public key", "Must-have", "Query engine", "Write throughput",
            "Sources that run", "Step Functions",
        ] {
            assert!(names_thing(&Text::words(name)), "{name}");
        }
        for none in [
            "Can manage storage", "Allows each team to", "Recommended because", "TCP vs UDP", "Smaller scope =",
            "Investment consists of", "Enable the encryption", "No translation",
        ] {
            assert!(!names_thing(&Text::words(none)), "{none}");
        }
    }

    #[test]
    fn aspects_leave_their_thing() {
        let of = |heading: &str| aspect_of(&Text::words(heading)).map(|(t, a)| format!("{}|{a}", t.plain()));
        for (heading, want) in [
            ("ACID Trade-offs", Some("ACID|trade-offs")),
            ("Aurora - Use Cases", Some("Aurora|use cases")),
            ("Key Features of an Offer", Some("Offer|features")),
            ("Best Practices", Some("|best practices")),
            ("Common Port Examples", Some("Common Port|examples")),
            ("Parquet", None),
            ("Principles of Least Privilege", None),
        ] {
            assert_eq!(of(heading).as_deref(), want, "{heading}");
        }
    }
}
