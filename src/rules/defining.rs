//! `What is X?` asks for a definition: where the answer tells what X does, or what one is to do, it is asked for that.

use super::arrow::lowered;
use super::bundle::is_bundle;
use super::draft::{capitalised, one_gap, question};
use super::fact::leans;
use super::worth::single;
use crate::card::Body;
use crate::language::english::clause::{Word, is_adverb, is_determiner, parse, words};
use crate::language::english::noun::{head_noun, is_plural, is_preposition};
use crate::language::english::person::names_person;
use crate::language::english::{base_verb, is_active, is_adjective, is_deed, is_gerund, is_participle, third_person};
use crate::language::sentence::items;
use crate::markdown::text::{Atom, Text};

/// A question of which the answer says something else than what a thing is, asked for that; `None` for one that asks
/// what a part of the page is (`What is definition?`), or of which the answer is said of another thing.
pub(super) fn fitting(body: Body) -> Option<Body> {
    let Body::Question { question: front, answer } = &body else { return Some(body) };
    let (Some(front), Some(back)) = (single(front), single(answer)) else { return Some(body) };
    // What stands beside a thing, or where to read of it, is none of what it is or does.
    let aside = ["rather than ", "instead of ", "see ", "also "];
    let lower = back.plain().to_lowercase();
    if front.plain().starts_with("What ") && aside.iter().any(|lead| lower.starts_with(lead)) {
        return None;
    }
    if let Some(name) = front.plain().strip_prefix("What does “").and_then(|rest| rest.strip_suffix("” mean?")) {
        let several = is_plural(head_noun(name.split(" (").next().unwrap_or(name))) && !name.ends_with("ings");
        let acts = words(back.plain()).first().is_some_and(|w| base_verb(&w.lower).is_some());
        let name = front.slice("What does “".len().."What does “".len() + name.len());
        let asked = (several && acts).then(|| question(Text::words("What do ").join(&name).then(" do?"), back.clone()));
        return asked.or(Some(body));
    }
    let Some(name) = asked_name(front) else { return Some(body) };
    let plain = name.plain();
    let aspect = plain.contains(" of ") || plain.contains(" for ");
    let open = words(plain).last().is_some_and(|w| is_preposition(&w.lower) && !w.capital);
    let single = is_bundle(plain) && !plain.contains(' ');
    if aspect || open || single || plain.contains([',', '“', '?']) || plain.split(' ').count() > 8 {
        return Some(body);
    }
    if let Some(body) = example_of(&name, back).or_else(|| meant_for(&name, back)).or_else(|| counted(&name, back)) {
        return Some(body);
    }
    if is_described(back) || is_level(plain, back.plain()) {
        return told_of(&name, back);
    }
    if defines_nothing(plain, back) || is_mere_genus(back) {
        return None;
    }
    let bare = plain.split(" (").next().unwrap_or(plain);
    // `What is handled automatically by Firehose?` asks for no definition.
    let phrase = |w: &Word| is_preposition(&w.lower) || is_participle(&w.lower) && !w.capital;
    let one = front.plain().starts_with("What is ") && !is_plural(head_noun(bare)) && !words(bare).iter().any(phrase);
    if one && (lists_names(back) || is_named_whole(bare, back.plain())) {
        return hidden_whole(&name, back);
    }
    let several = front.plain().starts_with("What is ") && bare.contains(' ') && is_plural(head_noun(bare));
    let listed = items(&back.mask()).len() > 2;
    let several = several && (listed || is_plural(head_noun(&back.mask())) || plain.ends_with("s)"));
    Some(match said(&name, back) {
        Some(front) => question(front, back.clone()),
        None if several => question(Text::words("What are ").join(&name).then("?"), back.clone()),
        None => body,
    })
}

/// The name in `What is X?` or `What are X?`.
pub(super) fn asked_name(front: &Text) -> Option<Text> {
    let plain = front.plain();
    let lead =
        ["What is ", "What are "].iter().find(|lead| plain.starts_with(**lead)).filter(|_| plain.ends_with('?'))?;
    Some(front.slice(lead.len()..plain.len() - 1))
}

/// Whether an answer does not tell what a name means, or the name has no meaning to tell.
fn defines_nothing(name: &str, back: &Text) -> bool {
    let (plain, mask) = (back.plain(), back.mask());
    let told = words(plain).first().is_some_and(|w| is_deed(&w.lower) || third_person(&w.lower).is_some());
    let counts = name.split_once(' ').is_some_and(|(number, _)| number.len() < 3 && number.parse::<u8>().is_ok());
    counts
        || is_page_word(name)
        || POINTS.contains(&&*name.to_lowercase())
        || is_circular(name, plain)
        || plain.ends_with("etc")
        || name.starts_with("Other ")
        || words(plain).get(1).is_some_and(|w| w.lower == "according")
        || name.starts_with('(')
        || name.contains(": ")
        || [" need to be ", " needs to be "].iter().any(|verb| plain.contains(verb))
        || parse(&mask).is_some_and(|clause| !leans(&mask[clause.subject]))
        || is_bundle(name) && told
        || owned(plain)
        || is_deed_of_others(&mask)
}

/// `The island, known for its reefs, posed great risks`: a sentence about another thing, whose verb may be read as a participle
/// elsewhere but has an object here, or an adverb before it.
fn is_deed_of_others(mask: &str) -> bool {
    let found = words(mask);
    let opens = |w: &Word| is_determiner(&w.lower) || is_adjective(&w.lower);
    let act = |at: usize| {
        let (before, word, next) = (&found[at - 1], &found[at], &found[at + 1]);
        let joint =
            before.stop_after && at < 3 || matches!(&*before.lower, "and" | "or") || is_preposition(&before.lower);
        let subject = !joint && !is_determiner(&before.lower) && !is_adjective(&before.lower);
        let done = word.lower.ends_with("ed") && is_participle(&word.lower) && opens(next);
        let past = (done || is_active(&word.lower, &next.lower)) && !is_adverb(&before.lower) && subject;
        let stated = before.lower.ends_with("ly") && at > 1 && is_plural(&found[at - 2].lower);
        let present = stated && !word.lower.ends_with("ed") && is_determiner(&next.lower);
        word.depth == 0 && !word.stop_after && (past || present)
    };
    let relative = |w: &Word| matches!(&*w.lower, "that" | "which" | "who" | "whose" | "where" | "when" | "to");
    if found.first().is_none_or(|w| matches!(&*w.lower, "a" | "an")) {
        return false;
    }
    let first = (1..found.len().saturating_sub(1)).find(|at| act(*at));
    first.is_some_and(|at| !found[..at].iter().any(relative))
}

/// `an example of a Kharif crop`: asked for what it is an example of.
fn example_of(name: &Text, back: &Text) -> Option<Body> {
    let plain = back.plain();
    let lead = ["an example of ", "a classic example of ", "a good example of ", "example of "];
    let length = lead.iter().find(|lead| plain.to_lowercase().starts_with(**lead))?.len();
    Some(question(Text::words("What is ").join(name).then(" an example of?"), back.slice(length..plain.len())))
}

/// `for content delivery`: what a thing is for.
fn meant_for(name: &Text, back: &Text) -> Option<Body> {
    let plain = back.plain();
    plain.to_lowercase().starts_with("for ").then_some(())?;
    let form = if is_plural(head_noun(name.plain().split(" (").next().unwrap_or_default())) { "are" } else { "is" };
    let front = Text::words(format!("What {form} ")).join(name).then(" for?");
    Some(question(front, back.slice("for ".len()..plain.len())))
}

/// `What is two aspects?`, asked as `What are the two aspects?`
fn counted(name: &Text, back: &Text) -> Option<Body> {
    let plain = name.plain();
    let number = ["two ", "three ", "four ", "five ", "six ", "seven "];
    let counts = number.iter().any(|number| plain.to_lowercase().starts_with(number)) && is_plural(head_noun(plain));
    counts.then(|| question(Text::words("What are the ").join(&lowered(name)).then("?"), back.clone()))
}

/// Qualities in front of a preposition that the list of adjectives does not hold.
const QUALITIES: &[&str] = &[
    "dominant", "inherent", "prevalent", "abundant", "resistant", "integral", "endemic", "equivalent", "adjacent",
    "identical", "independent", "dependent", "relevant", "subordinate", "present", "absent",
];

/// Whether words tell how a thing is or what was done with it: `Grown mainly in dry areas`, `Dominant in the plains`.
fn is_described(back: &Text) -> bool {
    let mask = back.mask();
    let found = words(&mask);
    let mut telling = found.iter().skip_while(|w| is_adverb(&w.lower));
    let (Some(first), Some(next)) = (telling.next(), telling.next()) else { return false };
    let quality = is_adjective(&first.lower)
        || QUALITIES.contains(&&*first.lower)
        || is_participle(&first.lower) && base_verb(&first.lower).is_none();
    quality && !first.stop_after && (is_preposition(&next.lower) || is_adverb(&next.lower))
}

/// `Sub-division level`: where something stands, of which it is not told what it is.
fn is_level(name: &str, back: &str) -> bool {
    let last = back.rsplit(' ').next().unwrap_or_default();
    let does = words(back).first().is_some_and(|w| is_gerund(&w.lower));
    !does && matches!(last, "level" | "levels") && !name.to_lowercase().contains("level")
}

/// Whether an answer to what one thing is lists short names: `Rye: bread, porridge, beer`.
fn lists_names(back: &Text) -> bool {
    let mask = back.mask();
    let parts = items(&mask);
    let short = |part: &std::ops::Range<usize>| {
        let found = words(&mask[part.clone()]);
        (1..=3).contains(&found.len()) && !found.iter().any(|w| is_determiner(&w.lower) || is_preposition(&w.lower))
    };
    parts.len() > 2 && parts.iter().all(short)
}

/// Whether an answer holds nothing but names of other things, and does not spell out the name: `Barley station: Horn and
/// Retz`.
fn is_named_whole(name: &str, back: &str) -> bool {
    let found = words(back);
    let names = |w: &Word| w.capital && w.lower.chars().all(char::is_alphabetic) || matches!(&*w.lower, "and" | "or");
    let short = !name.chars().any(char::is_lowercase) || !name.contains(' ');
    (2..=8).contains(&found.len()) && found.iter().all(names) && !short && !names_person(&found)
}

/// A name and what stands behind it as the gap.
fn hidden_whole(name: &Text, back: &Text) -> Option<Body> {
    let lead = capitalised(name).then(": ");
    let from = lead.plain().len();
    let end = from + back.plain().trim_end_matches(['.', ' ']).len();
    one_gap(&lead.join(back), from..end)
}

/// What is told of a name, behind it, with what stands behind its first preposition as the gap, or all of it.
fn told_of(name: &Text, back: &Text) -> Option<Body> {
    let lead = capitalised(name).then(": ");
    let from = lead.plain().len();
    let mask = back.mask();
    let found = words(&mask);
    let link = found.iter().position(|w| is_preposition(&w.lower) && w.start > 0);
    let start = link.and_then(|at| found.get(at + 1)).map_or(0, |w| w.start);
    let end = mask.trim_end_matches(['.', ' ']).len();
    let short = words(&mask[start..end]).len() <= 9;
    short.then(|| one_gap(&lead.join(back), from + start..from + end)).flatten()
}

/// `Major source`, `an important factor`: what is said of very many things.
fn is_mere_genus(back: &Text) -> bool {
    const PRAISE: &[&str] = &[
        "major", "important", "key", "main", "common", "great", "vital", "classic", "good", "basic", "crucial",
        "essential", "significant", "popular", "powerful", "dynamic", "central", "special", "typical", "primary",
    ];
    let mask = back.mask();
    let found: Vec<Word> = words(&mask).into_iter().filter(|w| !is_determiner(&w.lower)).collect();
    let marked = back.runs().iter().any(|r| r.style.strong || r.style.atom != Atom::Words);
    matches!(found.as_slice(), [first, noun] if PRAISE.contains(&&*first.lower) && !noun.capital) && !marked
}

/// Words for parts of a page, of which a definition says nothing.
const PAGE: &[&str] = &[
    "definition", "basis", "example", "examples", "context", "meaning", "purpose", "significance", "origin", "reality",
    "structure", "importance", "overview", "background", "summary", "description", "conclusion", "note", "aim",
    "objective", "goal", "result", "reason", "impact", "source", "sources", "nature", "features", "composition",
    "textbook", "bonus", "grading", "criticism", "designation", "qualification", "qualifications", "tenure",
    "headquarters", "membership", "duration",
];

/// What points at something and names nothing.
const POINTS: &[&str] = &["he/she", "he", "she", "it", "they", "this", "these", "function", "functions"];

/// `District Level: District-level officers`: whether an answer says nothing but the name, or that and its kind.
fn is_circular(name: &str, back: &str) -> bool {
    const STEM: usize = 5;
    let telling = |text: &str| -> Vec<String> {
        let found = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3);
        found.map(|w| w.to_lowercase().chars().take(STEM).collect()).collect()
    };
    let (own, said) = (telling(name), telling(back));
    let new = said.iter().filter(|word| !own.contains(word)).count();
    !own.is_empty() && new <= 1 && said.len() - new >= own.len().max(2)
}

/// Whether a name is such a word.
pub(super) fn is_page_word(name: &str) -> bool {
    let lower = name.to_lowercase();
    let bare = lower.split(" of ").next().unwrap_or_default();
    // `Definition 2`
    PAGE.contains(&bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '))
}

/// `Louis XVI's weak leadership`: what somebody has is what no common thing is.
fn owned(back: &str) -> bool {
    let mut before = back.split(' ').take(3).take_while(|w| w.starts_with(char::is_uppercase));
    before.any(|w| w.ends_with("'s") || w.ends_with("’s"))
}

/// The question for what begins with a verb: `What do X do?`, `What does “X” mean?`.
fn said(name: &Text, back: &Text) -> Option<Text> {
    let mask = back.mask();
    let found = words(&mask);
    let mut telling = found.iter().skip_while(|w| is_adverb(&w.lower));
    let (first, next) = (telling.next()?, telling.next()?);
    let many = is_plural(head_noun(name.plain()));
    if first.stop_after || next.capital && found.len() < 4 {
        return None;
    }
    if third_person(&first.lower).is_some_and(|v| !v.noun_too) && !many {
        return Some(Text::words("What does ").join(name).then(" do?"));
    }
    if is_deed(&first.lower) && !is_preposition(&next.lower) && next.lower != "according" {
        return Some(Text::words("What did ").join(name).then(" do?"));
    }
    let verb = base_verb(&first.lower)?;
    let object = is_object(&next.lower) || is_adjective(&next.lower) || is_plural(&next.lower) && !next.capital;
    let orders = !verb.noun_too || object && first.capital;
    match (orders, many) {
        (true, true) => Some(Text::words("What do ").join(name).then(" do?")),
        (true, false) if first.capital && (!verb.noun_too || object || is_ideal(name.plain())) => {
            Some(Text::words("What does “").join(name).then("” mean?"))
        }
        _ => None,
    }
}

/// Whether one word names something striven for: `Accountability`, `Openness`.
fn is_ideal(name: &str) -> bool {
    const ENDS: &[&str] = &["ity", "ness", "ism", "ship", "ance", "ence", "tion", "ment", "esty"];
    !name.contains(' ') && ENDS.iter().any(|end| name.ends_with(end))
}

/// Whether a word opens what a verb is about.
fn is_object(word: &str) -> bool {
    is_determiner(word) || matches!(word, "in" | "on")
}
