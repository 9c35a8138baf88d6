//! What recto knows of English: verb forms, adjectives, class nouns and headings that name no thing.
//! The tables are the `.txt` files beside this one; the grammar that uses them is in [`clause`].

pub mod ask;
pub mod circumstance;
pub mod clause;
mod done;
mod maybe;
pub mod noun;
mod opens;
pub mod person;
pub mod phrase;
mod relative;
mod small;
pub mod word;

pub use done::is_done_with_tools;
pub use maybe::{is_active, is_deed, tells_outcome};

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A form of a verb that stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerbForm {
    /// The base form: `store` for `stores`.
    pub base: &'static str,
    /// Whether the same letters are often a noun.
    pub noun_too: bool,
}

struct Verbs {
    base: HashMap<&'static str, bool>,
    third: HashMap<String, VerbForm>,
    past: HashMap<String, VerbForm>,
    participles: HashSet<String>,
}

static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    let mut verbs =
        Verbs { base: HashMap::new(), third: HashMap::new(), past: HashMap::new(), participles: HashSet::new() };
    for line in entries(include_str!("verbs.txt")) {
        let words: Vec<&str> = line.split(' ').collect();
        let base = words[0];
        let noun_too = words.contains(&"+n");
        let irregular: Vec<&str> = words[1..].iter().copied().filter(|w| *w != "+n").collect();
        let past = irregular.first().map_or_else(|| regular_past(base), |w| (*w).to_owned());
        let participle = irregular.get(1).map_or_else(|| past.clone(), |w| (*w).to_owned());
        let form = VerbForm { base, noun_too };
        verbs.base.insert(base, noun_too);
        verbs.third.insert(add_s(base), form);
        verbs.past.insert(past, form);
        verbs.participles.insert(participle);
    }
    verbs
});

static ADJECTIVES: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(include_str!("adjectives.txt")).collect());
static CLASSES: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(include_str!("classes.txt")).collect());
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("common.txt")).flat_map(|line| line.split(' ')).collect());
static META: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(include_str!("meta_headings.txt")).collect());

fn entries(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// The verb whose third person singular is `word` (lower case).
pub fn third_person(word: &str) -> Option<VerbForm> {
    VERBS.third.get(word).copied()
}

/// The third person singular of a verb's base form.
pub fn with_s(base: &str) -> String {
    add_s(base)
}

/// The verb whose base form is `word` (lower case).
pub fn base_verb(word: &str) -> Option<VerbForm> {
    VERBS.base.get_key_value(word).map(|(base, noun_too)| VerbForm { base, noun_too: *noun_too })
}

/// The verb whose past tense is `word` (lower case).
pub fn past_tense(word: &str) -> Option<VerbForm> {
    VERBS.past.get(word).copied()
}

/// Whether `word` (lower case) is a past participle.
pub fn is_participle(word: &str) -> bool {
    const NOT: &[&str] = &[
        "need", "speed", "seed", "feed", "breed", "weed", "hundred", "sacred", "naked", "indeed", "exceed", "succeed",
        "proceed", "bleed", "unused",
    ];
    let regular = word.len() > 4 && word.is_ascii() && word.ends_with("ed") && !NOT.contains(&word);
    VERBS.participles.contains(word) || regular
}

/// Whether `word` (lower case) is an `-ing` form of a verb in the table.
pub fn is_gerund(word: &str) -> bool {
    let Some(stem) = word.strip_suffix("ing") else { return false };
    let doubled = stem.len() > 2 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
    VERBS.base.contains_key(stem)
        || VERBS.base.contains_key(format!("{stem}e").as_str())
        || (doubled && VERBS.base.contains_key(&stem[..stem.len() - 1]))
}

/// Whether `word` (lower case) is an adjective: in the table or by its ending.
pub fn is_adjective(word: &str) -> bool {
    const ENDINGS: &[&str] = &["able", "ible", "ful", "less", "ous", "ive", "ical", "ary", "-based"];
    const NOUNS: &[&str] = &[
        "table", "variable", "cable", "archive", "library", "primary key", "dictionary", "summary", "binary",
        "directory", "directive", "drive",
    ];
    ADJECTIVES.contains(word) || (word.len() > 6 && ENDINGS.iter().any(|e| word.ends_with(e)) && !NOUNS.contains(&word))
}

/// Whether `word` (lower case) is a month.
pub fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ];
    MONTHS.contains(&word)
}

/// Whether `word` (lower case, singular) names a class of things.
pub fn is_class_noun(word: &str) -> bool {
    CLASSES.contains(word)
}

/// Whether `word` (lower case, singular) belongs to everyday English, so that it names nothing by itself.
pub fn is_common(word: &str) -> bool {
    COMMON.contains(word)
}

/// Whether a heading (lower case) names an aspect or a part of the page rather than a thing.
pub fn is_meta_heading(heading: &str) -> bool {
    META.contains(heading)
}

fn ends_in_consonant_y(word: &str) -> bool {
    let mut last = word.chars().rev();
    last.next() == Some('y') && last.next().is_some_and(|c| !"aeiou".contains(c))
}

fn add_s(base: &str) -> String {
    if ends_in_consonant_y(base) {
        format!("{}ies", &base[..base.len() - 1])
    } else if ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| base.ends_with(e)) {
        format!("{base}es")
    } else {
        format!("{base}s")
    }
}

/// Verbs that double their last letter before an ending (`stop`, `stopped`).
fn doubles(base: &str) -> bool {
    const LONG: &[&str] = &["prefer", "occur", "refer", "infer", "commit", "submit", "emit", "omit", "transmit"];
    const LONG_TOO: &[&str] = &["embed", "control", "permit", "transfer", "throttle", "cancel"];
    let letters: Vec<char> = base.chars().collect();
    let vowel = |c: char| "aeiou".contains(c);
    let [.., a, b, c] = letters[..] else { return false };
    let short = letters.iter().filter(|c| vowel(**c)).count() == 1 && !vowel(a) && vowel(b) && !"aeiouwxy".contains(c);
    short || LONG.contains(&base) || (LONG_TOO.contains(&base) && !vowel(c))
}

fn regular_past(base: &str) -> String {
    if base.ends_with('e') {
        format!("{base}d")
    } else if ends_in_consonant_y(base) {
        format!("{}ied", &base[..base.len() - 1])
    } else if doubles(base) {
        format!("{base}{}ed", base.chars().last().unwrap_or_default())
    } else {
        format!("{base}ed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_verb() {
        for (form, base) in [("stores", "store"), ("queries", "query"), ("catches", "catch"), ("runs", "run")] {
            assert_eq!(third_person(form).map(|v| v.base), Some(base));
        }
        for form in ["used", "preferred", "built", "stopped", "applied", "embedded", "written"] {
            assert!(is_participle(form), "{form}");
        }
        for form in ["running", "storing", "querying", "building"] {
            assert!(is_gerund(form), "{form}");
        }
        assert!(!is_gerund("king"));
    }
}
