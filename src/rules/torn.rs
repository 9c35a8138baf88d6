//! Whether a gap is cut out across the grain of its sentence: half of a term, the end of a verb, one of several
//! that are enumerated.

use super::definite::{is_telling, measures};
use crate::language::english::clause::{Word, has_finite_verb, is_adverb, is_determiner, words};
use crate::language::english::noun::{is_plural, is_preposition, singular};
use crate::language::english::phrase::is_auxiliary;
use crate::language::english::{
    VerbForm, base_verb, is_adjective, is_deed, is_gerund, is_participle, past_tense, third_person,
};

/// Words that no gap begins with.
const LEADING: &[&str] = &[
    "with", "in", "when", "called", "like", "named", "however", "hence", "thus", "therefore", "over", "about",
    "depending", "at", "on", "aka", "also", "see", "nothing", "something", "unless", "until", "this", "these", "those",
    "such", "itself", "themselves", "sure",
];

/// Words that no gap ends with.
const HANGING: &[&str] = &[
    "till", "until", "while", "when", "if", "than", "such", "be", "being", "because", "due", "instead", "according",
    "only", "also", "always", "usually", "not", "w.e.f", "else", "irrespective", "regardless", "somewhere",
];

/// Whether a gap is cut out across the grain of its sentence.
pub(super) fn is_torn(before: &str, hidden: &str, behind: &str) -> bool {
    let found = words(hidden);
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return true };
    let small = LEADING.contains(&&*first.lower);
    let later = matches!(&*first.lower, "anymore" | "again" | "later" | "soon" | "either" | "both" | "neither");
    let tied = is_preposition(&first.lower) && !matches!(&*first.lower, "who" | "which" | "where" | "per" | "than");
    let small = small || tied || later && found.len() == 1;
    // `not fault {{tolerant}}`, `a zombie {{process till}} the parent …`, `able to {{be changed}}`
    let halves = found.len() == 1 && !measures(hidden) && ends_in_noun(before);
    let pronoun = matches!(&*last.lower, "it" | "them" | "this" | "these" | "those") && found.len() < 5;
    let hangs = HANGING.contains(&&*last.lower) || pronoun;
    let passive =
        first.lower == "be" && !before.contains(" not ") || found.iter().any(|w| matches!(&*w.lower, "much" | "many"));
    let adverb = found.len() == 1 && is_adverb(&first.lower);
    let owner = hidden.ends_with("'s") || hidden.ends_with('’') || hidden.ends_with("’s");
    let next = words(behind).first().map(|w| w.lower.to_string()).unwrap_or_default();
    let clause = hidden.contains(", or ") && has_finite_verb(hidden) || leans(before, &found);
    let to_whom = matches!(&*next, "it" | "them" | "him" | "us" | "you");
    let verb = third_person(&last.lower).is_some() && (is_preposition(&next) || is_determiner(&next));
    let acts = found.len() > 1
        && !last.capital
        && next != "of"
        && (verb || to_whom && (is_plural(&last.lower) || past_tense(&last.lower).is_some()));
    let prior = words(before).pop().map(|w| w.lower.to_string()).unwrap_or_default();
    let object = found.get(1).is_some_and(|w| found.len() == 2 || is_determiner(&w.lower));
    let doing = is_gerund(&first.lower)
        && object
        && !is_participle(&first.lower)
        && (before.is_empty() || before.ends_with(": ") || before.ends_with(", "));
    let idiom = prior == "at" && first.lower == "rest";
    // `every {{time new document}} is written`, `{{latency similar}} to …`
    let every = prior == "every" && first.lower == "time";
    let likened = found.len() > 1
        && is_adjective(&last.lower)
        && !is_adjective(&found[found.len() - 2].lower)
        && is_preposition(&next)
        && matches!(&*last.lower, "similar" | "equal" | "different" | "due" | "close" | "available" | "responsible");
    let counted = every
        || likened
        || idiom
        || matches!(&*prior, "one" | "two" | "three" | "a few" | "or") && first.lower == "way";
    is_part(before, hidden, behind)
        || is_half(hidden, behind)
        || is_outcome(before, &found)
        || holds_verb(before, &found, behind)
        || halves
        || hangs
        || passive
        || clause
        || small
        || adverb
        || owner
        || acts
        || doing
        || counted
}

/// `a {{unique scientific}} name`, `in a {{particular area, and the relations}} between them`: a quality without its noun,
/// and the end of one phrase with the beginning of the next.
fn is_half(hidden: &str, behind: &str) -> bool {
    let found = words(hidden);
    let next = words(behind).into_iter().next().filter(|_| behind.starts_with(' '));
    let describes = |w: &Word| is_adjective(&w.lower) || w.lower.len() > 6 && w.lower.ends_with("ific");
    let noun = |w: &Word| {
        !is_preposition(&w.lower)
            && !is_adverb(&w.lower)
            && !is_auxiliary(&w.lower)
            && !matches!(&*w.lower, "and" | "or" | "but" | "that" | "which" | "to" | "than" | "as" | "if" | "when")
    };
    let quality = found.len() > 1 && !found.iter().any(|w| w.lower == "and" || w.lower == "or");
    let bare = quality && found.last().is_some_and(describes) && next.is_some_and(|w| noun(&w));
    let joined = hidden.matches(", ").count() == 1
        && [", and the ", ", and a ", ", and their "].iter().any(|joint| hidden.contains(joint));
    bare || joined
}

/// `drought and famine, {{worsening the unrest}}`, `Impacts: {{Fostered new ideas}}`: what comes of something, and a deed
/// with its verb, which others would put in other words.
fn is_outcome(before: &str, hidden: &[Word]) -> bool {
    let [first, _, ..] = hidden else { return false };
    let follows = before.ends_with(", ") && first.lower.len() > 5 && first.lower.ends_with("ing");
    let led = before.is_empty() || before.ends_with(": ");
    follows || led && is_deed(&first.lower) && first.capital
}

/// `{{one person can transfer}} at a time`, `{{population highest}} near the river`: a gap over subject and verb, or
/// over a noun and what is said of it. A clause of its own behind a colon is whole.
fn holds_verb(before: &str, hidden: &[Word], behind: &str) -> bool {
    let whole = (before.ends_with(": ") || before.is_empty()) && behind.trim_matches('.').is_empty();
    let opens =
        |w: &Word| matches!(&*w.lower, "that" | "which" | "who" | "whom" | "where" | "when" | "how" | "what" | "if");
    let end = hidden.iter().position(opens).unwrap_or(hidden.len());
    let finite = |w: &Word| {
        let modal = matches!(
            &*w.lower,
            "is" | "are"
                | "was"
                | "were"
                | "can"
                | "cannot"
                | "may"
                | "must"
                | "will"
                | "should"
                | "shall"
                | "could"
                | "would"
                | "has"
                | "does"
        );
        let modal = modal || w.lower.len() > 6 && w.lower.ends_with("ifies");
        modal && !w.capital && w.depth == 0 || third_person(&w.lower).is_some_and(|v| !v.noun_too) && w.depth == 0
    };
    // `{{RV increases}} (air trapping)`
    let changes = hidden.len() > 1 && hidden.last().is_some_and(|w| says_change(&w.lower));
    let changes = changes && !whole && behind.contains(char::is_alphanumeric);
    let best = hidden.last().is_some_and(|w| w.lower.ends_with("est") && is_adjective(&w.lower));
    let ranked = hidden.iter().any(|w| is_determiner(&w.lower) || matches!(&*w.lower, "most" | "and" | "or"));
    changes || !whole && (hidden.iter().take(end).skip(1).any(finite) || best && hidden.len() > 1 && !ranked)
}

/// Whether a word behind a noun tells that it changes, though it may be a noun elsewhere.
pub(super) fn says_change(lower: &str) -> bool {
    matches!(
        lower,
        "increases"
            | "decreases"
            | "rises"
            | "falls"
            | "drops"
            | "grows"
            | "shrinks"
            | "declines"
            | "increased"
            | "decreased"
    )
}

/// Whether a gap begins with a verb of the sentence, behind which stands what it acts on.
pub(super) fn acts_before(before: &str, verb: &Word, object: &Word) -> bool {
    let sure = |form: Option<VerbForm>| form.is_some_and(|v| !v.noun_too);
    let acts = sure(third_person(&verb.lower)) || sure(base_verb(&verb.lower));
    let before = before.trim_end();
    let labelled = before.ends_with(':') && sure(third_person(&verb.lower));
    let opens = before.is_empty() || !labelled && before.ends_with([':', '(', ',', '–', '-', '.']);
    let prior = words(before).pop().map(|w| w.lower.to_string()).unwrap_or_default();
    let noun = is_determiner(&prior) || is_adjective(&prior) || is_preposition(&prior) && prior != "to";
    let opens = opens || noun;
    let small =
        is_preposition(&object.lower) || is_adverb(&object.lower) || matches!(&*object.lower, "and" | "or" | "to");
    acts && !opens && !small && (!verb.capital || labelled) && !verb.stop_after
}

/// `any script the {{OS runs}}`: a clause that leans on the noun before it.
fn leans(before: &str, hidden: &[Word]) -> bool {
    let acts = hidden.len() > 1 && hidden.last().is_some_and(|w| third_person(&w.lower).is_some());
    let noun = words(before).into_iter().rev().nth(1);
    let named = |w: &Word| ends_in_noun(&format!("{} ", &before[w.start..w.end]));
    acts && before.ends_with(" the ") && noun.as_ref().is_some_and(named)
}

/// Whether a gap is a part of what belongs together: of an enumeration, of a bracket, of two clauses.
fn is_part(before: &str, hidden: &str, behind: &str) -> bool {
    // One of several that are enumerated, or some of them.
    let listed = behind.starts_with(", ") && [", and ", ", or "].iter().any(|w| behind.contains(w));
    let cut = behind.starts_with(", ") && !behind.starts_with(", etc") && hidden.contains(", ")
        || listed && !before.ends_with("is ");
    let rest_of_list = before.ends_with(", ") && (hidden.contains(" and ") || hidden.contains(" or "));
    let part = cut || rest_of_list || behind.starts_with(" and a half") || behind.starts_with(" and a quarter");
    let joined = [" because ", " if ", " although "].iter().any(|w| hidden.contains(w));
    let quotes = hidden.matches('"').count() % 2 == 1 || hidden.matches('“').count() != hidden.matches('”').count();
    let balance = hidden.matches('(').count() > hidden.matches(')').count() || quotes;
    let found = words(hidden);
    let data = found.iter().filter(|w| w.lower.starts_with(|c: char| c.is_ascii_digit()));
    let figures = words(hidden).iter().filter(|w| w.lower.bytes().all(|b| b.is_ascii_digit())).count();
    // `{{(1/2) covenant}}`, `if you use {{insert}} or delete`
    let numbered = hidden.starts_with('(') && hidden[1..].starts_with(|c: char| c.is_ascii_digit());
    let other = behind.strip_prefix(" or ").map_or(0, |rest| words(rest).len());
    let either = (1..3).contains(&other) && !measures(hidden) && words(hidden).len() < 3;
    let debris = balance
        || numbered
        || either
        || figures > 6
        || data.count() > 2
            && hidden.contains(", ")
            && hidden.starts_with(char::is_alphabetic)
            && !hidden.contains('(')
        || hidden.contains("**")
        || hidden.contains(" - ") && !measures(hidden)
        || hidden.contains("' ") && before.ends_with('\'')
        || hidden.starts_with(['\'', '’', ')', '/']);
    let among = before.ends_with(", ") && [", and ", ", or "].iter().any(|w| behind.contains(w));
    let halves = words(before).last().zip(words(hidden).first()).is_some_and(|(prior, first)| {
        let name = prior.capital && first.capital && prior.end + 1 == before.len() && before.ends_with(' ');
        let lower = &prior.lower;
        let small = is_determiner(lower) || is_preposition(lower) || is_adverb(lower) || is_adjective(lower);
        name && !small
            && base_verb(lower).is_none()
            && third_person(lower).is_none()
            && !matches!(&**lower, "and" | "or")
    });
    let case = [" v ", " v. "].iter().any(|sign| before.ends_with(sign));
    let bracketed = before.ends_with(" & ") && before.contains(", ");
    let bracketed = bracketed || is_member(before, hidden, behind) || is_aside(before, hidden);
    // `improves {{speed, content}} is cached`, `uniting {{body, mind}} with`: two clauses, or pairs side by side.
    let spliced = hidden.matches(", ").count() == 1
        && ![" and ", " or "].iter().any(|joint| hidden.contains(joint))
        && behind.starts_with(' ')
        && behind[1..].starts_with(char::is_lowercase);
    // `(Lambda, {{S3, SageMaker}}, etc.)`, `(Bentham, {{Mill}})`: some of those in a bracket.
    let open = before.rfind('(').filter(|at| !before[*at..].contains(')'));
    let some = open.is_some_and(|_| before.ends_with(", ") && behind.starts_with([')', ','])) && !measures(hidden);
    debris || spliced || some || among || joined || part || halves || case || bracketed
}

/// `email, websites, {{USB}} devices`, `memory and {{CPU}} overhead`: the first word of one of several, which the note
/// does not set apart from them.
fn is_member(before: &str, hidden: &str, behind: &str) -> bool {
    let noun = words(behind).first().is_some_and(|w| {
        behind.starts_with(' ')
            && !w.capital
            && is_telling(w)
            && third_person(&w.lower).is_none_or(|v| v.noun_too)
            && !is_participle(&w.lower)
            && !is_gerund(&w.lower)
    });
    let listed = before.ends_with(", ") && before.matches(", ").count() > 1
        || before.ends_with(" and ")
        || before.ends_with(" or ");
    noun && listed && !hidden.contains(' ') && !measures(hidden)
}

/// Whether a gap that is no figure stands in brackets, among several other words.
fn is_aside(before: &str, hidden: &str) -> bool {
    let Some(open) = before.rfind('(').filter(|open| !before[*open..].contains(')')) else { return false };
    words(&before[open..]).len() > 4 && !measures(hidden)
}

/// `not fault {{tolerant}}`: whether the words before a gap end in a noun that goes on in it.
fn ends_in_noun(before: &str) -> bool {
    let verbal = |w: &Word| {
        base_verb(&w.lower).is_some()
            || third_person(&w.lower).is_some()
            || past_tense(&w.lower).is_some()
            || is_gerund(&w.lower)
            || is_participle(&w.lower)
    };
    words(before).last().is_some_and(|w| {
        w.end + 1 == before.len()
            && before.ends_with(' ')
            && w.lower.chars().all(char::is_alphabetic)
            && !w.capital
            && is_telling(w)
            && !verbal(w)
            && !is_adjective(&w.lower)
            && singular(&w.lower) == *w.lower
            && !matches!(&*w.lower, "very" | "so" | "too" | "as" | "than" | "how" | "more")
    })
}
