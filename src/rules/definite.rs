//! Whether an answer is one that those who know give and nobody guesses: a quantity, a name that is not
//! the note's own matter, a technical word, an enumeration, or what the words around set it against.

use super::draft::cloze;
use super::scene::Scene;
use super::worth::is_anchored;
use super::worth::{gaps, single};
use crate::card::{Body, Content};
use crate::language::english::clause::{Word, is_adverb, is_determiner, parse, words};
use crate::language::english::noun::{is_preposition, singular};
use crate::language::english::phrase::{is_auxiliary, is_light};
use crate::language::english::{base_verb, is_common, is_gerund, is_participle, past_tense, third_person};
use crate::markdown::text::{Atom, Run, Text};

/// Verbs of which anything may be the object, so that only a telling answer is the one.
const OPEN: &[&str] = &[
    "support", "provide", "have", "include", "offer", "allow", "need", "require", "use", "contain", "see", "get",
    "make", "take", "involve", "give", "show", "find", "create", "help", "handle", "want", "own", "add", "ask",
];

/// A card that a rule made of a sentence, if it asks for something definite; without those of several gaps
/// that do not. `term` tells that the text says something of a term in front of it.
pub(super) fn definite(scene: &Scene, body: &Body, term: bool) -> Option<Body> {
    match body {
        Body::Question { question, answer } => match (single(question), single(answer)) {
            (Some(question), Some(answer)) => answers(scene, question, answer).then(|| body.clone()),
            _ => Some(body.clone()),
        },
        Body::Cloze { text } => match single(text) {
            Some(text) => filled(scene, text, term).map(|text| Body::Cloze { text: Content::text(text) }),
            None => Some(body.clone()),
        },
        _ => Some(body.clone()),
    }
}

/// A text with those gaps that are definite, numbered anew; `None` without any.
fn filled(scene: &Scene, text: &Text, term: bool) -> Option<Text> {
    let all = gaps(text);
    let kept: Vec<&(usize, usize)> = all.iter().filter(|gap| fills(scene, text, **gap, term)).collect();
    if kept.len() == all.len() {
        return Some(text.clone());
    }
    let ranges: Vec<_> = kept.into_iter().map(|(start, end)| *start..*end).collect();
    match cloze(&text.restyle(|style| style.gap = None), &ranges)? {
        Body::Cloze { text } => single(&text).cloned(),
        _ => None,
    }
}

/// Whether an author set words apart: in bold, as code or as a formula.
fn is_marked(run: &Run) -> bool {
    run.style.strong || run.style.highlight || run.style.atom != Atom::Words
}

/// Whether a question has a telling answer; one of definitions, reasons, ways and times has.
fn answers(scene: &Scene, question: &Text, answer: &Text) -> bool {
    let front = question.plain().to_lowercase();
    let auxiliaries = ["does", "do", "did", "can", "could", "must", "may", "might", "should", "will", "would"];
    let found = words(&front);
    let [what, auxiliary, .., last] = found.as_slice() else { return true };
    let mask = answer.mask();
    let told = words(&mask).iter().filter(|w| is_telling(w)).count();
    let named = || answer.runs().iter().any(is_marked) || is_named(scene, &mask, 0) || is_listed(&mask);
    if matches!(&*what.lower, "when" | "why" | "how") && (is_auxiliary(&auxiliary.lower)) {
        return told >= 2 && !mask.ends_with("'s") || named();
    }
    let does = auxiliaries.contains(&&*auxiliary.lower);
    let passive = matches!(&*auxiliary.lower, "is" | "are" | "was" | "were") && is_preposition(&last.lower);
    if what.lower != "what" || !does && !passive {
        return true;
    }
    // The more a question says, the fewer answers it has.
    let asked = found.iter().filter(|w| is_telling(w)).count();
    let open = OPEN.contains(&&*last.lower);
    let several = match asked {
        0..5 if open => 4,
        5..6 if open => 3,
        6..9 if open => 2,
        0..5 if passive => 2,
        _ => 1,
    };
    let vague = is_vague(&mask) || names_anything(&found);
    told >= several && !vague
        || told >= 3 && !open && !vague
        || named() && !vague
        || counts(&mask) && !vague
        || technical(scene, &mask) > 0
}

/// Whether a question is about a thing that many are: `What is data only stored in?`
fn names_anything(found: &[Word]) -> bool {
    let [_, _, subject, next, ..] = found else { return false };
    let bare = is_adverb(&next.lower) || is_participle(&next.lower) || base_verb(&next.lower).is_some();
    bare && is_light(&subject.lower) && !is_determiner(&subject.lower) && !matches!(&*subject.lower, "you" | "people")
}

/// Whether only those who know what stands in a gap fill it, and its text is whole.
fn fills(scene: &Scene, text: &Text, gap: (usize, usize), term: bool) -> bool {
    let (start, end) = gap;
    let plain = text.plain();
    let (before, hidden, behind) = (&plain[..start], &plain[start..end], &plain[end..]);
    let marked = text.runs().iter().any(|r| r.start >= start && r.end <= end && is_marked(r));
    let measured = measures(hidden) || counts(hidden);
    let pictured =
        text.runs().iter().any(|r| r.start < end && start < r.end && matches!(r.style.atom, Atom::Image { .. }));
    if pictured || is_torn(before, hidden, behind) && !marked {
        return false;
    }
    let figures = |text: &str| {
        words(text).iter().any(|w| {
            w.lower.len() > 2
                && w.lower.contains(|c: char| c.is_ascii_digit())
                && words(hidden).iter().any(|h| h.lower == w.lower)
        })
    };
    if figures(before) || figures(behind) {
        return false;
    }
    let anchored = is_anchored(before, behind);
    let lead = if measured || marked { 0 } else { lead_end(before) };
    if measures(hidden) && !marked && !term && words(before).len() + words(behind).len() < 3 {
        return false;
    }
    let cues = words(&before[lead..]).iter().chain(&words(behind)).filter(|w| is_telling(w)).count();
    let found = words(hidden);
    let told = found.iter().filter(|w| is_telling(w)).count();
    let exact = found.iter().filter(|w| is_telling(w) && !is_slight(w)).count();
    let wordy = |w: &Word| w.lower.len() > 1 && w.lower.contains(char::is_alphabetic);
    let letters = |text: &str| words(text).iter().any(|w| is_telling(w) && wordy(w));
    let labelled = term || before.contains(" – ") || !letters(before) || lead_end(before) == 0;
    if measured && !labelled && !letters(&before[lead_end(before)..]) && !letters(behind) {
        return false;
    }
    let several = hidden.matches(", ").count() + usize::from(hidden.contains(" and ")) > 1;
    let named = is_named(scene, hidden, start);
    let closes = behind.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    let quality = closes && [" is ", " are "].iter().any(|be| before.ends_with(be));
    let sure = quality && technical(scene, hidden) > 0
        || measured
        || marked
        || anchored
        || several
        || named
        || tells_who(hidden);
    if cues + usize::from(lead > 0 && technical(scene, hidden) > 0) < if sure { 1 } else { 2 } {
        return false;
    }
    marked
        || measured
        || anchored
        || told >= 3 && !is_vague(hidden)
        || told >= 2 && tells_who(hidden)
        || exact >= 2 && (cues >= 5 || cues >= 3 && !is_vague(hidden))
        || named
        || told >= 2 && is_listed(hidden)
        || technical(scene, hidden) > 0
}

/// Whether a phrase alone is telling: a name, an enumeration or a technical word.
pub(super) fn says(scene: &Scene, phrase: &str) -> bool {
    let told = words(phrase).iter().filter(|w| is_telling(w)).count();
    is_named(scene, phrase, 1) || told >= 2 && is_listed(phrase) || technical(scene, phrase) > 0
}

/// `who can access it`: words that a clause of its own stands in for.
fn tells_who(hidden: &str) -> bool {
    let first = words(hidden).first().map(|w| w.lower.to_string()).unwrap_or_default();
    matches!(&*first, "who" | "what" | "how" | "where" | "which" | "whether" | "why")
}

/// Where the words begin that stand behind the thing in front: `Redis: Keeps …`.
fn lead_end(before: &str) -> usize {
    let name = |at: &usize| words(&before[..*at]).len() <= 10 && parse(&before[..*at]).is_none();
    before.find(": ").filter(name).map_or(0, |at| at + 2)
}

/// Whether a word is a noun that many things are: `account`, `objects`.
fn is_slight(word: &Word) -> bool {
    is_light(&word.lower) || is_light(&singular(&word.lower))
}

/// Whether a word says something of the matter.
fn is_telling(word: &Word) -> bool {
    !is_determiner(&word.lower)
        && !is_preposition(&word.lower)
        && !is_auxiliary(&word.lower)
        && !is_adverb(&word.lower)
        && !matches!(&*word.lower, "and" | "or" | "but" | "it" | "they" | "this" | "you" | "we" | "not" | "them")
}

/// Whether words hold a number, and not only a name with one in it.
fn measures(hidden: &str) -> bool {
    let number =
        |w: &Word| w.lower.trim_start_matches(['$', '€', '£', '~', '<', '>']).starts_with(|c: char| c.is_ascii_digit());
    words(hidden).iter().any(number)
}

/// Whether words say how many.
fn counts(hidden: &str) -> bool {
    let found = words(hidden);
    found.len() <= 3
        && found.first().is_some_and(|w| {
            matches!(
                &*w.lower,
                "one"
                    | "two"
                    | "three"
                    | "four"
                    | "five"
                    | "six"
                    | "seven"
                    | "eight"
                    | "nine"
                    | "ten"
                    | "multiple"
                    | "several"
                    | "per"
                    | "no"
            )
        })
}

/// Whether words name something that is not named all over the note.
fn is_named(scene: &Scene, hidden: &str, start: usize) -> bool {
    let found = words(hidden);
    found.iter().enumerate().any(|(i, w)| {
        let written = &hidden[w.start..w.end];
        let inner = written.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
        let opens = i == 0 && start == 0 && !inner;
        let usual = written.split('-').all(|part| scene.usual.contains(part.trim_end_matches("'s")));
        let lettered = w.lower.contains(|c: char| c.is_ascii_digit());
        (w.capital || lettered) && !usual && !(opens && is_common(&singular(&w.lower)))
    })
}

/// Whether words begin with one that many things are: `smaller parts`, `the same format`.
fn is_vague(hidden: &str) -> bool {
    const VAGUE: &[&str] = &[
        "same", "different", "other", "own", "new", "specific", "particular", "certain", "various", "some", "large",
        "small", "big", "good", "high", "low", "more", "less", "many", "several", "multiple", "better", "best",
        "separate", "single", "special", "main", "great", "recent", "common", "general", "following",
    ];
    let mut found = words(hidden);
    found.retain(|w| !is_determiner(&w.lower));
    let compared = |w: &Word| w.lower.len() > 4 && w.lower.ends_with("er") && found.len() > 1;
    found.first().is_some_and(|w| VAGUE.contains(&&*w.lower) || compared(w))
}

/// Whether words enumerate.
fn is_listed(hidden: &str) -> bool {
    hidden.contains([',', '/']) || [" and ", " or "].iter().any(|w| hidden.contains(w))
}

/// How many words are not of everyday English and not used all over the note.
fn technical(scene: &Scene, hidden: &str) -> usize {
    let everyday = |w: &Word| {
        let one = singular(&w.lower);
        let form = base_verb(&w.lower).or_else(|| third_person(&w.lower)).or_else(|| past_tense(&w.lower));
        let verb = form.is_some_and(|v| !v.noun_too) || is_gerund(&w.lower);
        is_common(&w.lower) || is_common(&one) || is_light(&w.lower) || is_light(&one) || verb || w.lower.len() < 3
    };
    let known = |w: &Word| scene.frequent.contains(&*w.lower) || scene.frequent.contains(&singular(&w.lower));
    words(hidden).iter().filter(|w| is_telling(w) && !w.capital && !everyday(w) && !known(w)).count()
}

/// Whether a gap is cut out across the grain of its sentence.
fn is_torn(before: &str, hidden: &str, behind: &str) -> bool {
    let found = words(hidden);
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return true };
    let small = matches!(
        &*first.lower,
        "with"
            | "in"
            | "when"
            | "called"
            | "like"
            | "named"
            | "however"
            | "over"
            | "about"
            | "depending"
            | "at"
            | "on"
            | "aka"
            | "also"
            | "see"
    );
    let later = matches!(&*first.lower, "anymore" | "again" | "later" | "soon" | "either" | "both" | "neither");
    let tied = is_preposition(&first.lower) && !matches!(&*first.lower, "who" | "which" | "where" | "per" | "than");
    let small = small || tied || later && found.len() == 1;
    let adverb = found.len() == 1 && is_adverb(&first.lower);
    let owner = hidden.ends_with("'s") || hidden.ends_with('’') || hidden.ends_with("’s");
    let next = words(behind).first().map(|w| w.lower.to_string()).unwrap_or_default();
    let acts = found.len() > 1
        && third_person(&last.lower).is_some()
        && !last.capital
        && (is_preposition(&next) || is_determiner(&next))
        && next != "of";
    let prior = words(before).pop().map(|w| w.lower.to_string()).unwrap_or_default();
    let object = found.get(1).is_some_and(|w| found.len() == 2 || is_determiner(&w.lower));
    let doing = is_gerund(&first.lower)
        && object
        && !is_participle(&first.lower)
        && (before.is_empty() || before.ends_with(": ") || before.ends_with(", "));
    let idiom = prior == "at" && first.lower == "rest";
    let counted = idiom || matches!(&*prior, "one" | "two" | "three" | "a few" | "or") && first.lower == "way";
    // One of several that are enumerated, or some of them.
    let listed = behind.starts_with(", ") && [", and ", ", or "].iter().any(|w| behind.contains(w));
    let cut = behind.starts_with(", ") && !behind.starts_with(", etc") && hidden.contains(", ")
        || listed && !before.ends_with("is ");
    let rest_of_list = before.ends_with(", ") && (hidden.contains(" and ") || hidden.contains(" or "));
    let part = cut || rest_of_list || behind.starts_with(" and a half") || behind.starts_with(" and a quarter");
    let joined = [" because ", " if ", " although "].iter().any(|w| hidden.contains(w));
    let balance = hidden.matches('(').count() > hidden.matches(')').count();
    let debris = balance
        || hidden.contains("**")
        || hidden.contains(" - ") && !measures(hidden)
        || hidden.starts_with(['\'', '’', ')', '/']);
    let among = before.ends_with(", ") && [", and ", ", or "].iter().any(|w| behind.contains(w));
    debris || among || joined || small || adverb || owner || acts || doing || counted || part
}
