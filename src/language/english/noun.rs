//! English noun phrases: number, head noun, lower case inside a sentence.

use std::collections::BTreeSet;

use super::{is_class_noun, is_gerund};
use crate::language::lower::lower;

/// Whether `word` (lower case) is a preposition or a conjunction of time.
pub fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "about"
            | "above"
            | "across"
            | "after"
            | "against"
            | "around"
            | "as"
            | "at"
            | "before"
            | "behind"
            | "below"
            | "between"
            | "by"
            | "during"
            | "for"
            | "from"
            | "in"
            | "inside"
            | "into"
            | "of"
            | "on"
            | "onto"
            | "over"
            | "per"
            | "since"
            | "upon"
            | "toward"
            | "towards"
            | "among"
            | "amongst"
            | "beyond"
            | "despite"
            | "throughout"
            | "along"
            | "near"
            | "except"
            | "through"
            | "to"
            | "under"
            | "until"
            | "up"
            | "via"
            | "when"
            | "with"
            | "without"
            | "using"
            | "while"
            | "where"
            | "if"
            | "within"
            | "than"
            | "that"
            | "which"
            | "who"
    )
}

/// The singular of a noun; unchanged where it is none or cannot be told.
pub fn singular(word: &str) -> String {
    const SAME: &[&str] = &[
        "analysis", "basis", "bus", "class", "access", "process", "series", "species", "status", "always", "kinesis",
        "address", "business", "redis",
    ];
    const LATIN: [(&str, &str); 6] = [
        ("analyses", "analysis"),
        ("bases", "base"),
        ("criteria", "criterion"),
        ("indices", "index"),
        ("vertices", "vertex"),
        ("matrices", "matrix"),
    ];
    let lower = lower(word);
    if let Some((_, one)) = LATIN.iter().find(|(many, _)| lower == *many) {
        return (*one).to_owned();
    }
    if SAME.contains(&lower.as_str()) || !is_plural(word) {
        return word.to_owned();
    }
    let cut = |n: usize| word[..word.len() - n].to_owned();
    if lower.ends_with("ies") && lower.len() > 4 {
        return cut(3) + "y";
    }
    if ["sses", "xes", "ches", "shes", "zes"].iter().any(|e| lower.ends_with(e)) {
        return cut(2);
    }
    cut(1)
}

/// Whether a noun looks like a plural.
pub fn is_plural(word: &str) -> bool {
    const NOT: &[&str] = &[
        "analysis", "basis", "series", "always", "kinesis", "redis", "status", "address", "access", "process", "https",
        "aws", "kubernetes", "jenkins", "postgres", "windows", "diabetes", "rickets", "measles", "mumps", "rabies",
        "herpes", "physics", "mathematics", "economics", "statistics", "politics", "ethics", "genetics", "mechanics",
        "thermodynamics", "dynamics", "kinetics", "news", "bias", "gas", "atlas", "canvas", "alias", "pancreas",
        "texas", "lens", "chaos", "cosmos", "ethos", "pathos", "onwards", "afterwards", "towards", "backwards",
        "forwards", "upwards", "downwards", "besides", "whereas",
    ];
    let lower = lower(word);
    word.is_ascii()
        && lower.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|e| lower.ends_with(e))
        && !NOT.contains(&lower.as_str())
}

/// The words of a phrase up to its first preposition, bracket or comma: `Storage Classes` of
/// `Storage Classes for ML`.
pub fn head_phrase(phrase: &str) -> &str {
    let mut end = phrase.len();
    let mut at = 0;
    for word in phrase.split_inclusive(' ') {
        let bare = word.trim();
        let stop = at > 0 && (is_preposition(&lower(bare)) || bare.starts_with(['(', '—', '–', '-', '→', '&']));
        if stop {
            end = at;
            break;
        }
        at += word.len();
        if bare.ends_with([',', ';', ':']) {
            end = at;
            break;
        }
    }
    phrase[..end].trim().trim_end_matches([',', ';', ':'])
}

/// The last word of the head of a phrase: its head noun.
pub fn head_noun(phrase: &str) -> &str {
    head_phrase(phrase).rsplit(' ').next().unwrap_or_default()
}

/// Lower-cases those words of a title-cased phrase that the note itself writes in lower case
/// elsewhere; names and acronyms keep their capitals.
pub fn decapitalise(phrase: &str, known_lower: &BTreeSet<String>) -> String {
    let word = |w: &str| {
        let lower = w.to_lowercase();
        let titled = w.chars().next().is_some_and(char::is_uppercase) && w.chars().skip(1).all(|c| !c.is_uppercase());
        if titled
            && (known_lower.contains(&lower)
                || is_abstract(&lower)
                || is_gerund(&lower)
                || is_class_noun(&singular(&lower)))
        {
            lower
        } else {
            w.to_owned()
        }
    };
    phrase.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Whether an ending shows a common noun: `digestion`, `management`, `hardness`.
fn is_abstract(lower: &str) -> bool {
    lower.len() > 6
        && ["tion", "sion", "ment", "ness", "ship", "ance", "ence", "ity"].iter().any(|e| lower.ends_with(e))
}

/// Whether a phrase is a noun phrase that names things in the plural, judged by its head noun.
pub fn is_plural_phrase(phrase: &str) -> bool {
    is_plural(head_noun(phrase)) || head_phrase(phrase).contains(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_and_numbers() {
        assert_eq!(head_phrase("S3 Storage Classes for ML"), "S3 Storage Classes");
        assert_eq!(head_noun("Central metadata repository"), "repository");
        for (many, one) in [("classes", "class"), ("Formats", "Format"), ("queries", "query"), ("Kinesis", "Kinesis")] {
            assert_eq!(singular(many), one);
        }
    }
}
