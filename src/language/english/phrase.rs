//! Noun phrases behind a verb, as gaps of a cloze: English puts what is new at the end of a clause,
//! so the last whole phrase of the main clause is what a reader has to recall.

use std::ops::Range;

use super::clause::{Word, is_adverb, is_determiner, words};
use super::noun::is_preposition;
use super::{base_verb, is_adjective, is_gerund, is_participle, past_tense, third_person};

/// The longest phrase that is a gap, in words; an enumeration may be twice as long.
const LONGEST: usize = 5;

/// Nouns that many things are: alone they say nothing. In the order of the alphabet.
const LIGHT: &[&str] = &[
    "account", "action", "actions", "actual", "addition", "additional", "advantage", "advantages", "amount", "another",
    "anybody", "anyone", "anything", "app", "application", "applications", "approach", "approaches", "appropriate",
    "apps", "area", "areas", "attention", "available", "beginning", "benefit", "benefits", "best", "better", "big",
    "bit", "both", "bottom", "business", "case", "cases", "certain", "chance", "change", "changes", "characteristic",
    "characteristics", "child", "children", "clear", "client", "clients", "code", "comments", "company", "complete",
    "component", "components", "concept", "concepts", "condition", "conditions", "connection", "connections",
    "content", "context", "correct", "cost", "costs", "customer", "customers", "data", "day", "days", "decision",
    "decisions", "default", "detail", "details", "device", "devices", "difference", "differences", "different",
    "disadvantage", "disadvantages", "effect", "effects", "end", "entire", "environment", "environments", "error",
    "errors", "etc", "everyone", "everything", "exam", "example", "examples", "exams", "extra", "fact", "factor",
    "factors", "feature", "features", "field", "fields", "file", "files", "first", "form", "forms", "full", "function",
    "functions", "further", "general", "given", "goal", "goals", "good", "great", "group", "groups", "growth", "help",
    "here", "high", "idea", "ideas", "important", "information", "input", "instance", "instances", "issue", "issues",
    "it", "item", "items", "itself", "job", "jobs", "kind", "large", "last", "least", "less", "level", "life", "limit",
    "limits", "line", "lines", "list", "lists", "location", "locations", "lot", "low", "machine", "machines", "main",
    "man", "me", "message", "messages", "method", "methods", "middle", "model", "models", "module", "modules",
    "moment", "month", "more", "most", "name", "names", "necessary", "need", "needs", "new", "next", "nobody",
    "normal", "nothing", "number", "object", "objects", "old", "once", "operation", "operations", "option", "options",
    "order", "other", "others", "output", "page", "pages", "part", "particular", "parts", "people", "person", "piece",
    "pieces", "place", "plan", "plans", "point", "possible", "previous", "price", "problem", "problems", "process",
    "processes", "product", "products", "project", "projects", "proper", "properties", "property", "purpose",
    "purposes", "question", "questions", "rate", "rates", "reason", "reasons", "regular", "relevant", "report",
    "reports", "request", "requests", "resource", "resources", "response", "responses", "responsibility", "rest",
    "result", "results", "role", "roles", "room", "rule", "rules", "same", "second", "section", "sections", "sense",
    "server", "servers", "service", "services", "set", "side", "similar", "site", "situation", "situations", "size",
    "small", "solution", "solutions", "somebody", "someone", "something", "sort", "space", "special", "specific",
    "speed", "start", "state", "step", "steps", "stuff", "success", "such", "support", "system", "systems", "task",
    "tasks", "team", "teams", "term", "terms", "test", "tests", "them", "themselves", "there", "thing", "things",
    "third", "tight", "time", "times", "today", "tool", "tools", "top", "topic", "topics", "total", "traffic",
    "transit", "twice", "type", "us", "use", "useful", "user", "users", "value", "values", "various", "version",
    "versions", "way", "ways", "website", "week", "well", "while", "whole", "woman", "word", "words", "work", "works",
    "world", "year", "years", "you",
];

/// Adjectives that open a phrase and are no part of a name.
const VAGUE: &[&str] =
    &["other", "new", "own", "same", "more", "different", "various", "certain", "such", "additional"];

/// What a stretch of words is in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Part of a noun phrase.
    Noun,
    /// Joins two noun phrases to one: `of`.
    Of,
    /// Joins the members of an enumeration.
    And,
    /// Ends a phrase.
    Break,
    /// Ends the main clause.
    Stop,
}

/// The phrase of the main clause behind byte `from` that is best left out; `None` where every
/// phrase is too long or says too little.
pub fn last_phrase(text: &str, from: usize) -> Option<Range<usize>> {
    let all = words(text);
    let first = all.iter().position(|w| w.start >= from)?;
    let end = (first..all.len()).find(|i| ends_clause(&all, *i)).unwrap_or(all.len());
    let found = phrases(&all[..end], first, text);
    let best = found.into_iter().rev().map(|p| without_known_part(&all, p)).find(|phrase| tells(&all, phrase))?;
    Some(all[best.start].start..all[best.end - 1].end)
}

/// `listener` of `listener of the load balancer`, where the sentence has named the load balancer before.
fn without_known_part(all: &[Word], phrase: Range<usize>) -> Range<usize> {
    let of = phrase.clone().find(|i| role(&all[*i]) == Role::Of && *i > phrase.start);
    let known = |of: &usize| {
        let last = &all[phrase.end - 1].lower;
        all[..phrase.start].iter().any(|w| w.lower == *last) && *of + 1 < phrase.end
    };
    phrase.start..of.filter(known).unwrap_or(phrase.end)
}

/// The first phrase behind byte `from` that can be left out.
pub fn first_phrase(text: &str, from: usize) -> Option<Range<usize>> {
    let all = words(text);
    let first = all.iter().position(|w| w.start >= from)?;
    let end = (first..all.len()).find(|i| ends_clause(&all, *i)).unwrap_or(all.len());
    let best = phrases(&all[..end], first, text).into_iter().find(|phrase| tells(&all, phrase))?;
    Some(all[best.start].start..all[best.end - 1].end)
}

/// The noun phrase that ends where `end` is, however little it says.
pub fn phrase_before(text: &str, end: usize) -> Option<Range<usize>> {
    let all = words(&text[..end]);
    let last = phrases(&all, 0, text).pop().filter(|p| p.end == all.len() && p.len() <= LONGEST)?;
    Some(all[last.start].start..all[last.end - 1].end)
}

/// The whole noun phrase around a name in it (`EC2 instances` around `EC2`), if that is not too long.
pub fn phrase_around(text: &str, name: Range<usize>) -> Range<usize> {
    let all = words(text);
    let bytes = |phrase: &Range<usize>| all[phrase.start].start..all[phrase.end - 1].end;
    let around = phrases(&all, 0, text).into_iter().find(|p| bytes(p).start <= name.start && name.end <= bytes(p).end);
    let around = around.map(|p| {
        let vague = all[p.clone()].iter().take_while(|w| VAGUE.contains(&w.lower.as_str())).count();
        let acts = usize::from(p.start == 0 && base_verb(&all[0].lower).is_some());
        let turned = |w: &Word| past_tense(&w.lower).is_some_and(|v| !v.noun_too && !w.lower.starts_with(v.base));
        let hangs =
            all[p.clone()].iter().rev().take_while(|w| (is_adjective(&w.lower) || turned(w)) && !w.capital).count();
        p.start + vague.max(acts)..(p.end - hangs).max(p.start + vague.max(acts))
    });
    let short =
        around.filter(|p| (1..=LONGEST).contains(&p.len()) && all[p.clone()].iter().all(|w| role(w) == Role::Noun));
    short.map_or(name, |phrase| bytes(&phrase))
}

/// Whether words say too little to be asked for.
pub fn is_light(text: &str) -> bool {
    words(text).iter().all(|w| is_determiner(&w.lower) || LIGHT.binary_search(&w.lower.as_str()).is_ok())
}

/// Whether a clause of its own begins at a word.
fn ends_clause(all: &[Word], index: usize) -> bool {
    let before = index.checked_sub(1).map(|i| &*all[i].lower);
    let points = all[index].lower == "that" && before.is_some_and(is_preposition);
    let clause = matches!(&*all[index].lower, "before" | "after" | "since" | "as")
        && all[index + 1..].iter().take(6).take_while(|w| !w.stop_after).any(|w| is_finite(&w.lower));
    (role(&all[index]) == Role::Stop && !points) || clause
}

fn role(word: &Word) -> Role {
    let lower = word.lower.as_str();
    match lower {
        "of" => Role::Of,
        "and" | "or" => Role::And,
        "that" | "which" | "who" | "whose" | "whom" | "where" | "when" | "if" | "because" | "so" | "but" | "unless"
        | "while" | "although" | "though" | "instead" | "without" | "whereas" | "than" | "until" | "whether"
        | "how" | "why" | "what" | "such" | "like" | "e.g" | "i.e" => Role::Stop,
        "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten" | "twelve" => Role::Noun,
        _ if lower.contains(['\'', '’']) && !lower.ends_with("'s") && !lower.ends_with("’s") => Role::Break,
        _ if is_preposition(lower) || is_determiner(lower) || is_adverb(lower) || is_verb(word) => Role::Break,
        _ => Role::Noun,
    }
}

/// Whether a word (lower case) is an auxiliary verb or negates one.
pub fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "being"
            | "has"
            | "have"
            | "had"
            | "do"
            | "does"
            | "did"
            | "can"
            | "could"
            | "must"
            | "may"
            | "might"
            | "should"
            | "will"
            | "would"
            | "cannot"
            | "not"
    )
}

/// Whether a word (lower case) is a pronoun, an adverb or another small word that is no part of a noun phrase.
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "it" | "they"
            | "them"
            | "you"
            | "we"
            | "i"
            | "he"
            | "she"
            | "itself"
            | "themselves"
            | "as"
            | "then"
            | "too"
            | "either"
            | "neither"
            | "also"
            | "there"
            | "here"
            | "pretty"
            | "quite"
            | "rather"
            | "very"
            | "him"
            | "her"
            | "us"
            | "me"
            | "down"
            | "off"
            | "out"
            | "back"
            | "away"
            | "next"
            | "due"
            | "according"
            | "based"
            | "able"
            | "such"
    )
}

/// Whether a word is a verb or a pronoun and so no part of a noun phrase.
fn is_verb(word: &Word) -> bool {
    let lower = word.lower.as_str();
    let verb = base_verb(lower).is_some_and(|v| !v.noun_too) || third_person(lower).is_some_and(|v| !v.noun_too);
    is_auxiliary(lower) || is_small(lower) || (verb && !word.capital)
}

/// Whether a word is a verb because of the word before it: `they leave`, `be done`, `to index`.
fn is_bare_verb(before: &Word, word: &Word, next: Option<&Word>) -> bool {
    let object = || next.is_some_and(|n| is_determiner(&n.lower) || matches!(&*n.lower, "him" | "her" | "it" | "them"));
    match &*before.lower {
        "to" if object() => !word.capital,
        "this" | "that" | "it" | "which" if third_person(&word.lower).is_some() => !word.capital,
        "it" | "they" | "you" | "we" | "to" => base_verb(&word.lower).is_some() && !word.capital,
        "can" | "could" | "must" | "may" | "might" | "should" | "will" | "would" | "cannot" | "not" => !word.capital,
        "have" | "has" | "had" | "be" | "been" | "is" | "are" | "was" | "were" | "being" => is_participle(&word.lower),
        _ => false,
    }
}

/// The noun phrases of a clause from a word on, as ranges of words, each without its article;
/// `X of Y` and an enumeration are one.
fn phrases(all: &[Word], first: usize, text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for index in first..all.len() {
        let word = &all[index];
        let joins = open && all.get(index + 1).is_some_and(|next| continues(next, all.get(index + 2)));
        let article = open && is_determiner(&word.lower) && matches!(role(&all[index - 1]), Role::Of | Role::And);
        let before = all[..index].iter().rfind(|w| !is_adverb(&w.lower));
        let verb = !open && before.is_some_and(|before| is_bare_verb(before, word, all.get(index + 1)))
            || open && turns_verb(all, index);
        let goes_on = match role(word) {
            _ if word.depth > 0 || verb => false,
            Role::Noun => true,
            Role::Of | Role::And => joins,
            Role::Break | Role::Stop => article,
        };
        match out.last_mut().filter(|_| open) {
            Some(last) if goes_on => last.end = index + 1,
            _ if goes_on => out.push(index..index + 1),
            _ => {}
        }
        let doing = all.get(index + 1).is_some_and(|n| is_gerund(&n.lower));
        let listed = text[word.end..].starts_with(", ")
            && !doing
            && all.get(index + 1).is_some_and(|n| continues(n, all.get(index + 2)));
        open = goes_on && (!word.stop_after || listed);
    }
    out.into_iter().map(|phrase| without_next_clause(all, phrase)).collect()
}

/// A phrase without the subject of a clause that follows it: `legacy` of `legacy and AWS does …`.
fn without_next_clause(all: &[Word], phrase: Range<usize>) -> Range<usize> {
    let finite = all.get(phrase.end).is_some_and(|w| is_finite(&w.lower));
    // `the bucket and copy them`: a second verb with its object.
    let last = &all[phrase.end - 1];
    let next = all.get(phrase.end).map_or("", |w| &*w.lower);
    let acts = phrase.len() > 2
        && role(&all[phrase.end - 2]) == Role::And
        && base_verb(&last.lower).is_some()
        && (is_determiner(next) || matches!(next, "them" | "it"));
    let and = phrase.clone().rev().find(|i| role(&all[*i]) == Role::And).filter(|_| finite || acts);
    phrase.start..and.unwrap_or(phrase.end)
}

/// Whether a word (lower case) is an auxiliary verb that a sentence hangs on.
pub(super) fn is_finite(lower: &str) -> bool {
    matches!(
        lower,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "does"
            | "do"
            | "can"
            | "must"
            | "will"
            | "should"
            | "may"
            | "cannot"
    )
}

/// Whether a word that may be a noun is the verb behind the noun before it: `the key needs to be sent`.
fn turns_verb(all: &[Word], index: usize) -> bool {
    let verb = third_person(&all[index].lower).is_some() || base_verb(&all[index].lower).is_some();
    let next = all.get(index + 1).map_or("", |w| &*w.lower);
    verb && (matches!(next, "to" | "which" | "what" | "how" | "whether") || is_determiner(next))
        && !all[index].stop_after
}

/// Whether a word can go on with a phrase behind `of`, `and` or a comma.
fn continues(word: &Word, next: Option<&Word>) -> bool {
    match role(word) {
        Role::Noun => true,
        Role::And => next.is_some_and(|n| continues(n, None)),
        _ => matches!(&*word.lower, "the" | "a" | "an"),
    }
}

/// Whether a phrase says something that one cannot guess: neither too long nor made of light words.
fn tells(all: &[Word], phrase: &Range<usize>) -> bool {
    let members = &all[phrase.clone()];
    let nouns: Vec<&Word> = members.iter().filter(|w| role(w) == Role::Noun).collect();
    let listed = members.iter().any(|w| role(w) == Role::And) || members.iter().rev().skip(1).any(|w| w.stop_after);
    let limit = if listed { LONGEST * 2 } else { LONGEST };
    let Some(last) = members.last().filter(|w| role(w) == Role::Noun && !is_adverb(&w.lower)) else { return false };
    let describes = |w: &Word| {
        let lower = w.lower.as_str();
        is_adjective(lower) || is_participle(lower) || is_gerund(lower)
    };
    let light = |w: &Word| LIGHT.contains(&w.lower.as_str());
    let plain = |w: &Word| !w.capital && w.lower.chars().all(char::is_alphabetic);
    let pointed = phrase.start.checked_sub(1).is_some_and(|i| {
        matches!(&*all[i].lower, "that" | "this" | "these" | "those" | "such" | "same" | "other" | "another")
    });
    let says = nouns.iter().any(|w| !light(w) && (!describes(w) || w.capital));
    let slight = matches!(nouns.as_slice(), [one] if plain(one) && one.lower.len() < 7);
    let next = all.get(phrase.end).map_or("", |w| &*w.lower);
    let doing = members.len() > 1 && is_gerund(&last.lower) && is_determiner(next) || last.lower == "depending";
    let hangs = doing || !last.capital && (is_participle(&last.lower) || is_adjective(&last.lower));
    (1..=limit).contains(&members.len()) && says && !slight && !hangs && !pointed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_telling_phrase_is_left_out() {
        for (text, verb, want) in [
            ("Keys never leave KMS.", "leave", Some("KMS")),
            ("Data is broken up into smaller parts.", "is", None),
            ("Resource policies can allow access from different accounts.", "allow", Some("different accounts")),
            (
                "The endpoint follows from the bucket name and the region.",
                "follows",
                Some("bucket name and the region"),
            ),
            ("It is a form of resource policy that many know.", "is", Some("form of resource policy")),
            ("Each region is isolated.", "is", None),
            ("The key is stored next to the encrypted object.", "is", None),
            (
                "The lungs exchange oxygen, carbon dioxide and water vapour.",
                "exchange",
                Some("oxygen, carbon dioxide and water vapour"),
            ),
        ] {
            let from = text.find(verb).map_or(0, |at| at + verb.len());
            assert_eq!(last_phrase(text, from).map(|r| &text[r]), want, "{text}");
        }
    }
}
