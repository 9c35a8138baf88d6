//! Turns a plain English clause into one question with one answer. Where the grammar is not plain
//! the answer is `None`, and the caller makes a gap instead, or nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use super::clause::{Clause, Number, Verb, Word, is_adverb, is_determiner, words};
use super::noun::{decapitalise, is_plural_phrase, is_preposition};
use super::{base_verb, is_adjective, is_gerund, is_participle, third_person};
use crate::markdown::text::Text;

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The front.
    pub question: Text,
    /// The back.
    pub answer: Text,
}

/// The longest question and answer, in bytes: beyond that a front cannot be taken in at a glance.
const LONGEST: (usize, usize) = (170, 150);

/// Words that begin an answer that says nothing by itself.
const LIGHT: &[&str] = &[
    "it", "them", "you", "us", "this", "that", "these", "those", "something", "things", "data", "information", "well",
    "so", "more", "only", "up", "out", "down", "off", "away", "together",
];

/// A clause with the words to speak of its subject.
pub struct Statement<'t> {
    /// The text that was parsed.
    pub text: &'t Text,
    /// The parse.
    pub clause: &'t Clause,
    /// The subject as a question names it.
    pub subject: &'t Text,
}

/// The question that a statement answers, if there is a plain one.
pub fn ask(statement: &Statement) -> Option<Asked> {
    let rest = statement.clause.rest.clone();
    let words_behind = &statement.text.mask()[rest.clone()];
    if rest.is_empty() || has_second_clause(words_behind) || points_back(words_behind) {
        return None;
    }
    let asked = match &statement.clause.verb {
        Verb::Be(form) => ask_be(statement, form, rest),
        Verb::Modal(modal, base) if base == "be" => ask_be_behind(statement, modal, rest),
        Verb::Modal(modal, base) => ask_main(statement, &[modal, base], rest),
        Verb::Present(base, Number::One) => ask_main(statement, &["does", base], rest),
        Verb::Present(base, Number::Many) => ask_main(statement, &["do", base], rest),
        Verb::Past(base) => ask_main(statement, &["did", base], rest),
    }?;
    if begins_idly(asked.answer.plain()) {
        return None;
    }
    let fits = asked.question.plain().len() <= LONGEST.0 && asked.answer.plain().len() <= LONGEST.1;
    (fits && !gives_away(&asked)).then_some(asked)
}

/// Whether words speak of another sentence.
fn points_back(rest: &str) -> bool {
    words(rest).iter().any(|w| matches!(w.lower.as_str(), "this" | "these" | "those" | "such"))
}

/// Whether an answer begins with a word that only the page explains, or has no telling word.
fn begins_idly(answer: &str) -> bool {
    let found = words(answer);
    let first = found.first().map(|w| w.lower.clone()).unwrap_or_default();
    matches!(first.as_str(), "their" | "it" | "its" | "them" | "and" | "or" | "but" | "so") || answer.starts_with('&')
}

/// Whether every telling word of the answer stands in the question.
pub fn gives_away(asked: &Asked) -> bool {
    let bag = |text: &Text| -> BTreeSet<String> {
        let telling = |w: &Word| w.lower.len() > 2 && !is_determiner(&w.lower) && !is_preposition(&w.lower);
        words(text.plain()).into_iter().filter(telling).map(|w| w.lower).collect()
    };
    bag(&asked.answer).is_subset(&bag(&asked.question))
}

/// The subject of a sentence as it stands inside a question.
pub fn inside(subject: &Text, known_lower: &BTreeSet<String>) -> Text {
    let plain = subject.plain();
    let Some(first) = plain.split(' ').next() else { return subject.clone() };
    let lower = first.to_lowercase();
    let titled = plain.split(' ').skip(1).any(|w| w.starts_with(char::is_uppercase));
    let lowered = if is_determiner(&lower) || matches!(lower.as_str(), "both" | "only") {
        lower
    } else if titled {
        first.to_owned()
    } else {
        decapitalise(first, known_lower)
    };
    Text::words(lowered).join(&subject.slice(first.len()..plain.len()))
}

/// Whether a second clause with a verb of its own follows, so that one answer would hold two facts.
fn has_second_clause(rest: &str) -> bool {
    let words = words(rest);
    words.iter().enumerate().skip(1).any(|(i, w)| {
        let before = words[i - 1].lower.as_str();
        if words[i - 1].stop_after && matches!(w.lower.as_str(), "it" | "they" | "you" | "we" | "this" | "that") {
            return true;
        }
        let joins = matches!(before, "and" | "but" | "or" | "which" | "who" | "so" | "because" | "while" | "then");
        let finite = matches!(
            w.lower.as_str(),
            "is" | "are" | "was" | "were" | "can" | "must" | "has" | "will" | "cannot" | "does"
        ) || third_person(&w.lower).is_some_and(|v| !v.noun_too)
            || (third_person(&w.lower).is_some() && words.get(i + 1).is_some_and(|n| is_determiner(&n.lower)))
            || base_verb(&w.lower).is_some_and(|v| !v.noun_too);
        (joins && finite && w.depth == 0)
            || matches!(w.lower.as_str(), "but" | "because" | "although" | "whereas" | "unless") && w.depth == 0
    })
}

fn question(statement: &Statement, lead: &str, tail: &str) -> Text {
    Text::words(lead).then(" ").join(statement.subject).then(tail)
}

fn sentence_end(mut question: Text, more: Option<&Text>) -> Text {
    if let Some(more) = more {
        question = question.then(" ").join(more);
    }
    question.then("?")
}

fn adverb(statement: &Statement) -> String {
    let adverb = &statement.text.plain()[statement.clause.adverb.clone()];
    let kept = |w: &&str| !matches!(*w, "also" | "then" | "now" | "just" | "even" | "still" | "never");
    adverb.split(' ').filter(kept).fold(String::new(), |out, w| if w.is_empty() { out } else { format!("{out} {w}") })
}

/// `S does (not) VERB …`; `verb` is auxiliary and base form.
fn ask_main(statement: &Statement, verb: &[&str; 2], rest: Range<usize>) -> Option<Asked> {
    let not = if statement.clause.negated { " not" } else { "" };
    let lead = format!("What {}", verb[0]);
    let base = format!("{not}{} {}", adverb(statement), verb[1]);
    let plain = statement.text.mask();
    let after = words(&plain[rest.clone()]);
    let first = after.first()?;
    if let Some(answer) = enabled_action(statement, verb[1], &after, rest.start) {
        return Some(Asked {
            question: question(
                statement,
                &lead,
                &format!("{base} you {}do?", if verb[1] == "let" { "" } else { "to " }),
            ),
            answer,
        });
    }
    if first.lower == "to" && after.get(1).is_some_and(|w| w.lower == "be") {
        let whole = statement.text.slice(rest.clone()).trim();
        return Some(Asked { question: question(statement, &lead, &format!("{base}?")), answer: whole });
    }
    if first.lower == "every" {
        let lead = format!("How often {}", verb[0]);
        let whole = statement.text.slice(rest.clone()).trim();
        return (after.len() < 5)
            .then(|| Asked { question: question(statement, &lead, &format!("{base}?")), answer: whole });
    }
    if first.lower == "to" {
        let action = after.get(1).is_some_and(|w| base_verb(&w.lower).is_some());
        let tail = if action { format!("{base} to do?") } else { format!("{base} to?") };
        return Some(Asked {
            question: question(statement, &lead, &tail),
            answer: answer_from(statement, &rest, first)?,
        });
    }
    if is_preposition(&first.lower) {
        return ask_preposition(statement, (verb[0], &base), (first, rest));
    }
    if is_adjective(&first.lower) && after.len() == 1 {
        return None;
    }
    if is_adverb(&first.lower) || matches!(first.lower.as_str(), "that" | "whether" | "how" | "why" | "what" | "if") {
        return None;
    }
    if matches!(verb[1], "become" | "remain" | "stay" | "seem" | "appear" | "go" | "come" | "get" | "mean") {
        return None;
    }
    if super::clause::has_finite_verb(&plain[rest.clone()]) {
        return None;
    }
    let cut = object_end(&plain, rest.clone());
    let object = statement.text.slice(rest.start..cut).trim();
    let tail = (cut < rest.end).then(|| statement.text.slice(cut..rest.end).trim());
    let light = words(object.plain()).iter().all(|w| LIGHT.contains(&w.lower.as_str()));
    let causes = matches!(verb[1], "let" | "make" | "keep" | "have" | "help")
        && after.len() > 2
        && !is_determiner(&after[0].lower);
    if light
        || causes
        || takes_two_objects(verb[1], &words(object.plain()))
        || object.plain().contains('(') != object.plain().contains(')')
    {
        return None;
    }
    Some(Asked { question: sentence_end(question(statement, &lead, &base), tail.as_ref()), answer: object })
}

/// Whether a verb such as *give* stands before a receiver and a thing.
fn takes_two_objects(base: &str, object: &[Word]) -> bool {
    let gives =
        matches!(base, "give" | "send" | "show" | "grant" | "offer" | "tell" | "assign" | "cost" | "save" | "teach");
    gives && object.iter().skip(1).any(|w| is_determiner(&w.lower))
}

/// The action behind `lets you …`, `allows users to …`.
fn enabled_action(statement: &Statement, base: &str, after: &[Word], offset: usize) -> Option<Text> {
    if !matches!(base, "let" | "allow" | "enable" | "help" | "permit") {
        return None;
    }
    let person = matches!(after.first()?.lower.as_str(), "you" | "users" | "us");
    let mut at = usize::from(person);
    if after.get(at)?.lower == "to" {
        at += 1;
    }
    base_verb(&after.get(at)?.lower)?;
    (at > 0).then(|| statement.text.slice(offset + after[at].start..statement.clause.rest.end).trim())
}

fn answer_from(statement: &Statement, rest: &Range<usize>, skipped: &Word) -> Option<Text> {
    let answer = statement.text.slice(rest.start + skipped.end..rest.end).trim();
    let light = LIGHT.contains(&answer.plain().to_lowercase().as_str()) || is_reflexive(answer.plain());
    (!answer.is_blank() && !light).then_some(answer)
}

/// `S runs on X`, `S charges per X`, `S starts when X`.
fn ask_preposition(statement: &Statement, verb: (&str, &str), rest: (&Word, Range<usize>)) -> Option<Asked> {
    let (auxiliary, base) = verb;
    let (first, range) = rest;
    let asked = |lead: &str, tail: &str, answer: Text| {
        Some(Asked { question: question(statement, &format!("{lead} {auxiliary}"), tail), answer })
    };
    let whole = statement.text.slice(range.clone()).trim();
    match first.lower.as_str() {
        "per" | "via" | "through" | "without" | "using" => asked("How", &format!("{base}?"), whole),
        "by" if words(&whole.plain()[2..]).first().is_some_and(|w| is_gerund(&w.lower)) => {
            asked("How", &format!("{base}?"), whole)
        }
        "when" | "before" | "after" | "until" | "during" => asked("When", &format!("{base}?"), whole),
        "to" | "from" | "with" | "on" | "for" | "in" | "of" | "as" | "into" | "against" | "about" | "by" | "at"
        | "over" => {
            let answer = answer_from(statement, &range, first)?;
            asked("What", &format!("{base} {}?", first.lower), answer)
        }
        _ => None,
    }
}

/// Whether an answer says nothing: `itself`, `default`, `design`.
fn is_reflexive(answer: &str) -> bool {
    matches!(
        answer.trim(),
        "itself"
            | "themselves"
            | "default"
            | "design"
            | "nature"
            | "hand"
            | "definition"
            | "general"
            | "practice"
            | "mind"
    )
}

/// Where the object of a verb ends and a phrase about the circumstances begins; the end of `rest` if none does.
fn object_end(plain: &str, rest: Range<usize>) -> usize {
    const TAILS: &[&str] = &[
        "for", "by", "from", "into", "in", "on", "before", "after", "when", "without", "using", "with", "at", "during",
        "via", "as", "through", "across", "if", "within", "until",
    ];
    let found = words(&plain[rest.clone()]);
    for (index, word) in found.iter().enumerate().skip(1) {
        let listed = found[..index].iter().any(|w| w.stop_after && w.depth == 0);
        let purpose = word.lower == "to" && found.get(index + 1).is_some_and(|w| base_verb(&w.lower).is_some());
        if word.depth == 0 && (purpose || TAILS.contains(&word.lower.as_str())) && !listed {
            return rest.start + word.start;
        }
    }
    rest.end
}

/// `S is …`.
fn ask_be(statement: &Statement, form: &str, rest: Range<usize>) -> Option<Asked> {
    let not = if statement.clause.negated { " not" } else { "" };
    let plain = statement.text.mask();
    let after = words(&plain[rest.clone()]);
    let skip = after.iter().take_while(|w| is_adverb(&w.lower)).count();
    let first = after.get(skip)?;
    let adverbs: String = after[..skip].iter().filter(|w| w.lower != "also").map(|w| format!(" {}", w.lower)).collect();
    let what =
        |tail: &str, answer: Text| Asked { question: question(statement, &format!("What {form}"), tail), answer };
    if let Some(next) = after.get(skip + 1) {
        let describes = is_participle(&first.lower) || is_adjective(&first.lower);
        if describes && is_preposition(&next.lower) {
            let lead = format!("{not}{adverbs} {}", first.lower);
            return ask_described(statement, (form, &lead), (next, rest));
        }
    }
    let whole = statement.text.slice(rest.start + first.start..rest.end).trim();
    if first.lower == "for" || first.lower == "about" {
        return Some(what(
            &format!("{not} {}?", first.lower),
            answer_from(
                statement,
                &(rest.start + first.start..rest.end),
                &Word { start: 0, end: first.end - first.start, ..first.clone() },
            )?,
        ));
    }
    if statement.clause.negated || is_preposition(&first.lower) {
        return None;
    }
    if first.lower == "being" {
        let participle = after.get(skip + 1).filter(|w| is_participle(&w.lower))?;
        let next = after.get(skip + 2).filter(|w| is_preposition(&w.lower))?;
        return ask_described(statement, (form, &format!(" being {}", participle.lower)), (next, rest));
    }
    if matches!(first.lower.as_str(), "called" | "named" | "termed") && after.len() > skip + 1 {
        let name = statement.text.slice(rest.start + first.end..rest.end).trim();
        return Some(what(&format!(" {}?", first.lower), name));
    }
    if first.lower == "the" && is_unique(&after[skip..]) {
        let described = whole.plain().split([',']).next().unwrap_or_default();
        let described = [" that ", " which ", " who ", " you ", " where "]
            .iter()
            .fold(described, |d, w| d.split(w).next().unwrap_or(d));
        let number = if is_plural_phrase(described.trim_start_matches("the ")) { "are" } else { "is" };
        let front = Text::words(format!("What {number}{adverbs} ")).join(&whole).then("?");
        return Some(Asked { question: front, answer: statement.subject.clone() });
    }
    (skip == 0 && names_its_class(&after)).then(|| what("?", whole))
}

/// Whether what follows *be* is a noun phrase that says what something is.
fn names_its_class(after: &[Word]) -> bool {
    let Some(first) = after.first().map(|w| w.lower.as_str()) else { return false };
    let pointing = matches!(
        first,
        "that" | "this" | "what" | "why" | "how" | "where" | "when" | "all" | "each" | "one" | "just" | "no" | "its"
    );
    let describes = is_adjective(first) || is_participle(first) || is_gerund(first);
    let ends = |w: &Word| is_preposition(&w.lower) || matches!(w.lower.as_str(), "and" | "or" | "but");
    let noun_behind = after.get(1).is_some_and(|w| !ends(w)) && !after[0].stop_after && !is_participle(first);
    after.len() > 1 && !pointing && (is_determiner(first) || !describes || noun_behind)
}

/// `S can be …`: only with a participle and its preposition.
fn ask_be_behind(statement: &Statement, modal: &str, rest: Range<usize>) -> Option<Asked> {
    let plain = statement.text.mask();
    let after = words(&plain[rest.clone()]);
    let (first, next) = (after.first()?, after.get(1)?);
    let not = if statement.clause.negated { " not" } else { "" };
    (is_participle(&first.lower) && is_preposition(&next.lower)).then_some(())?;
    ask_described(statement, (modal, &format!("{not} be {}", first.lower)), (next, rest))
}

/// `S is used for X`, `S is charged per X`, `S is best for X`.
fn ask_described(statement: &Statement, lead: (&str, &str), tail: (&Word, Range<usize>)) -> Option<Asked> {
    let (form, words_before) = lead;
    let (preposition, rest) = tail;
    let answer = statement.text.slice(rest.start + preposition.end..rest.end).trim();
    let whole = statement.text.slice(rest.start + preposition.start..rest.end).trim();
    let asked = |lead: &str, tail: String, answer: Text| {
        let says = !answer.is_blank() && !is_reflexive(answer.plain());
        says.then(|| Asked { question: question(statement, &format!("{lead} {form}"), &tail), answer })
    };
    match preposition.lower.as_str() {
        "per" | "via" | "through" | "using" | "without" => asked("How", format!("{words_before}?"), whole),
        "when" | "after" | "before" | "until" | "during" | "if" | "while" => {
            asked("When", format!("{words_before}?"), whole)
        }
        "to" if words(answer.plain()).first().is_some_and(|w| base_verb(&w.lower).is_some()) => {
            asked("What", format!("{words_before} to do?"), answer)
        }
        "that" | "which" | "who" | "than" | "where" | "since" | "over" | "above" => None,
        "up" | "out" | "down" => {
            let next = words(answer.plain()).first().filter(|w| is_preposition(&w.lower)).cloned()?;
            let tail = format!("{words_before} {} {}?", preposition.lower, next.lower);
            asked("What", tail, answer.slice(next.end..answer.plain().len()).trim())
        }
        word => asked("What", format!("{words_before} {word}?"), answer),
    }
}

/// Whether a phrase with `the` can hold of one thing only: `the default …`, `the backbone of …`.
fn is_unique(after: &[Word]) -> bool {
    let basis = ["foundation", "backbone", "basis", "core", "heart", "centre", "center", "standard", "answer"];
    if after.last().is_some_and(|w| basis.contains(&w.lower.as_str())) {
        return true;
    }
    after.len() > 2
        && after.iter().skip(1).any(|w| {
            matches!(
                w.lower.as_str(),
                "of" | "for" | "only" | "default" | "first" | "last" | "main" | "most" | "preferred" | "to" | "in"
            ) || (w.lower.len() > 4 && w.lower.ends_with("est"))
        })
}

#[cfg(test)]
mod tests {
    use super::super::clause::parse;
    use super::*;

    fn qa(plain: &str) -> Option<(String, String)> {
        let text = Text::words(plain);
        let clause = parse(&text.mask())?;
        let subject = inside(&text.slice(clause.subject.clone()), &BTreeSet::new());
        let asked = ask(&Statement { text: &text, clause: &clause, subject: &subject })?;
        Some((asked.question.plain().to_owned(), asked.answer.plain().to_owned()))
    }

    #[test]
    fn plain_clauses_become_questions() {
        let cases = [
            ("AWS Glue is a fully managed ETL service.", "What is AWS Glue?", "a fully managed ETL service"),
            ("RecordIO supports pipe mode for streaming.", "What does RecordIO support for streaming?", "pipe mode"),
            (
                "Firehose delivers to S3, Redshift, or Splunk",
                "What does Firehose deliver to?",
                "S3, Redshift, or Splunk",
            ),
            (
                "Glue Crawlers automatically discover data schemas by scanning S3.",
                "What do Glue Crawlers automatically discover by scanning S3?",
                "data schemas",
            ),
            ("KMS does not store the DEKs.", "What does KMS not store?", "the DEKs"),
            ("Parquet is preferred by Athena and Glue.", "What is Parquet preferred by?", "Athena and Glue"),
            ("Athena charges per TB scanned.", "How does Athena charge?", "per TB scanned"),
            ("S3 Glacier is not for active training.", "What is S3 Glacier not for?", "active training"),
            (
                "Versioning lets you store multiple versions of objects.",
                "What does Versioning let you to do?",
                "store multiple versions of objects",
            ),
            (
                "Amazon S3 is the backbone of every ML data pipeline.",
                "What is the backbone of every ML data pipeline?",
                "Amazon S3",
            ),
        ];
        for (plain, question, answer) in cases {
            let want = (question.replace(" let you to do", " let you do"), answer.to_owned());
            assert_eq!(qa(plain), Some(want), "{plain}");
        }
        for silent in
            ["If a stream fails, the whole upload fails.", "It scales and handles bursts.", "Parquet is columnar."]
        {
            assert_eq!(qa(silent), None, "{silent}");
        }
    }
}
