//! Turns a plain English clause into one question with one answer. Where the grammar is not plain
//! the answer is `None`, and the caller makes a gap instead, or nothing.

mod action;
mod adjunct;
mod be;
mod compound;
mod kind;

use std::collections::BTreeSet;
use std::ops::Range;

use action::ask_main;
pub use adjunct::ask_adjunct;
use be::{ask_be, ask_be_behind};

use super::clause::{Clause, Number, Verb, Word, has_finite_verb, is_adverb, is_determiner, is_relative, words};
use super::noun::{decapitalise, is_preposition};
use super::phrase::{is_auxiliary, is_light};
use super::{base_verb, is_gerund, is_month, third_person};
use crate::language::lower::Lower;
use crate::language::sentence::items;
use crate::markdown::text::{Atom, Text};

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
    let enables = matches!(&statement.clause.verb, Verb::Present(base, _) | Verb::Modal(_, base) if matches!(base.as_str(), "let" | "allow" | "enable"));
    let modal = matches!(&statement.clause.verb, Verb::Modal(..));
    let several = matches!(&statement.clause.verb, Verb::Present(_, Number::Many));
    let defines = matches!(&statement.clause.verb, Verb::Be(_))
        && words_behind.starts_with(['a', 't', 'A', 'T'])
        && words(words_behind).first().is_some_and(|w| matches!(&*w.lower, "a" | "an" | "the"));
    if rest.is_empty()
        || !enables
            && (has_second_clause(words_behind, defines)
                || modal && has_second_verb(words_behind, true)
                || several && has_second_verb(words_behind, false))
        || points_back(words_behind)
    {
        return None;
    }
    let asked = match &statement.clause.verb {
        Verb::Be(form) => ask_be(statement, form, &rest),
        Verb::Modal(modal, base) if base == "be" => ask_be_behind(statement, modal, &rest),
        Verb::Modal(modal, base) => ask_main(statement, [modal, base], &rest),
        Verb::Present(base, Number::One) => ask_main(statement, ["does", base], &rest),
        Verb::Present(base, Number::Many) => ask_main(statement, ["do", base], &rest),
        Verb::Past(base) => ask_main(statement, ["did", base], &rest),
    }?;
    let asked = by_measure(without_consequence(restricted(statement, asked)));
    let answer = asked.answer.plain();
    let alternative = answer.find(", or ").is_some_and(|at| has_finite_verb(&answer[at..]));
    if begins_idly(answer) || alternative || ends_open(&asked) {
        return None;
    }
    let fits = asked.question.plain().len() <= LONGEST.0 && asked.answer.plain().len() <= LONGEST.1;
    (fits && !gives_away(&asked)).then_some(asked)
}

/// `What does a retrieval take?` with a time as its answer asks how long.
fn by_measure(asked: Asked) -> Asked {
    const UNITS: &[&str] = &["second", "minute", "min", "hour", "hr", "day", "week", "month", "year", "ms", "decade"];
    let (front, answer) = (asked.question.plain(), asked.answer.plain());
    let least = answer.starts_with("at least a") || answer.starts_with("at most a");
    let figure = least || words(answer).iter().take(3).any(|w| w.lower.starts_with(|c: char| c.is_ascii_digit()));
    let unit = words(answer).iter().any(|w| UNITS.contains(&w.lower.trim_end_matches('s')));
    let how = match () {
        () if figure && unit && [" take?", " last?"].iter().any(|end| front.ends_with(end)) => "How long",
        () if figure && !unit && front.ends_with(" cost?") => "How much",
        () => return asked,
    };
    match front.strip_prefix("What ") {
        Some(rest) => {
            let from = front.len() - rest.len() - 1;
            Asked { question: Text::words(how).join(&asked.question.slice(from..front.len())), ..asked }
        }
        None => asked,
    }
}

/// `only` belongs to what is answered: `What can a bucket have?` `only one policy`.
fn restricted(statement: &Statement, asked: Asked) -> Asked {
    let adverb = &statement.text.plain()[statement.clause.adverb.clone()];
    let rest = &statement.text.plain()[statement.clause.rest.clone()];
    let only = adverb.split(' ').any(|w| w == "only")
        || matches!(statement.clause.verb, Verb::Be(_)) && rest.starts_with("only ");
    if !only || asked.answer.plain().starts_with("only ") {
        return asked;
    }
    Asked { answer: Text::words("only ").join(&asked.answer), ..asked }
}

/// An answer without what follows from it or is said besides: `, making queries efficient`, `, which is rare`.
fn without_consequence(asked: Asked) -> Asked {
    if let Some(bare) = asked.answer.plain().strip_suffix(" itself") {
        return Asked { answer: asked.answer.slice(0..bare.len()), ..asked };
    }
    let plain = asked.answer.plain();
    let besides = |w: &Word| is_gerund(&w.lower) || matches!(&*w.lower, "which" | "who" | "where");
    let gerund = |at: &usize| words(&plain[at + 2..]).first().is_some_and(besides);
    // `a trusted history, enhancing auditing and reducing corruption`, but not `collecting, cleaning and storing data`
    let doing = words(plain).first().is_some_and(|w| is_gerund(&w.lower));
    let pair = |at: &usize| {
        let found = words(&plain[at + 2..]);
        found.windows(2).any(|two| two[0].lower == "and" && is_gerund(&two[1].lower)) && found.len() > 4
    };
    let cut = plain.match_indices(", ").map(|(at, _)| at).find(gerund);
    let cut = cut.filter(|at| items(plain).len() < 3 || !doing && pair(at));
    // `independent environments | — different systems, isolated programs —`: no half of what is set between dashes.
    let cut = cut.map(|at| plain[..at].find(" — ").unwrap_or(at));
    match cut {
        Some(at) => Asked { answer: asked.answer.slice(0..at), ..asked },
        None => asked,
    }
}

/// Whether a side ends in the middle of a phrase.
fn ends_open(asked: &Asked) -> bool {
    let last = |text: &Text| words(text.plain()).pop().map(|w| w.lower.to_string()).unwrap_or_default();
    let open = |word: &str| {
        word.ends_with("'s")
            || matches!(
                word,
                "and"
                    | "or"
                    | "but"
                    | "the"
                    | "a"
                    | "an"
                    | "of"
                    | "that"
                    | "which"
                    | "along"
                    | "why"
                    | "how"
                    | "if"
                    | "when"
                    | "unless"
            )
    };
    open(&last(&asked.answer)) || open(&last(&asked.question))
}

/// Whether a second verb with an object of its own follows: `change our DNS and move customers`.
fn has_second_verb(rest: &str, infinitive: bool) -> bool {
    let mut found = words(rest);
    found.retain(|w| !(w.lower.ends_with("ly") && is_adverb(&w.lower)));
    found.windows(3).enumerate().any(|(at, three)| {
        let [and, verb, object] = three else { return false };
        // `to store and query data`: both verbs belong to the purpose.
        let two_before = at.checked_sub(2).map(|i| &found[i]);
        if !infinitive && two_before.is_some_and(|w| w.lower == "to") {
            return false;
        }
        let verb = base_verb(&verb.lower).is_some() && !verb.stop_after && !verb.capital;
        let behind = !is_preposition(&object.lower) && !matches!(&*object.lower, "and" | "or");
        and.lower == "and" && and.depth == 0 && verb && behind
    })
}

/// Whether words speak of another sentence.
fn points_back(rest: &str) -> bool {
    let found = words(rest);
    let such = |i: usize| found[i].lower == "such" && found.get(i + 1).is_none_or(|w| w.lower != "as");
    let that = |i: usize| found[i].lower == "that" && i > 0 && is_preposition(&found[i - 1].lower);
    (0..found.len()).any(|i| matches!(found[i].lower.as_str(), "this" | "these" | "those") || such(i) || that(i))
}

/// Whether an answer begins with a word that only the page explains, or has no telling word.
fn begins_idly(answer: &str) -> bool {
    let found = words(answer);
    let first = found.first().map(|w| w.lower.clone()).unwrap_or_default();
    let joined = found.get(1).is_some_and(|w| matches!(&*w.lower, "and" | "or" | "but"));
    let asks = matches!(first.as_str(), "when" | "where" | "how" | "why" | "if" | "as");
    matches!(
        first.as_str(),
        "their"
            | "you"
            | "anywhere"
            | "either"
            | "neither"
            | "everywhere"
            | "it"
            | "its"
            | "them"
            | "above"
            | "below"
            | "and"
            | "or"
            | "but"
            | "so"
            | "is"
            | "are"
            | "was"
            | "were"
            | "can"
            | "will"
            | "has"
    ) || answer.starts_with('&')
        || answer.starts_with("an end")
        || answer.starts_with("the same")
        || is_light(answer)
        || (joined && asks)
}

/// Whether every telling word of the answer stands in the question.
pub fn gives_away(asked: &Asked) -> bool {
    telling_words(&asked.answer).is_subset(&telling_words(&asked.question))
}

fn telling_words(text: &Text) -> BTreeSet<Lower<'_>> {
    let telling = |w: &Word| w.lower.len() > 2 && !is_determiner(&w.lower) && !is_preposition(&w.lower);
    words(text.plain()).into_iter().filter(telling).map(|w| w.lower).collect()
}

/// The subject of a sentence as it stands inside a question.
pub fn inside(subject: &Text, known_lower: &BTreeSet<String>) -> Text {
    let plain = subject.plain();
    let Some(first) = plain.split(' ').next() else { return subject.clone() };
    if subject.runs().first().is_some_and(|r| r.style.atom != Atom::Words) {
        return subject.clone();
    }
    let lower = first.to_lowercase();
    let titled = plain.split(' ').skip(1).any(|w| w.starts_with(char::is_uppercase));
    // `Changing a map`: what is done begins no name.
    let doing = is_gerund(&lower) && plain.split(' ').nth(1).is_some_and(is_determiner);
    let small = doing || plain.contains(' ') && (is_determiner(&lower) || is_preposition(&lower));
    let anybody = matches!(&*lower, "anyone" | "everyone" | "someone" | "nobody" | "everybody" | "anybody");
    let lowered = if small || anybody || matches!(lower.as_str(), "both" | "only") {
        lower
    } else if titled {
        first.to_owned()
    } else {
        decapitalise(first, known_lower)
    };
    if lowered == first {
        return subject.clone();
    }
    Text::words(lowered).join(&subject.slice(first.len()..plain.len()))
}

/// `to write, the other endpoint is used to read`: a clause behind a comma and nothing that ties it.
fn splices(words: &[Word]) -> bool {
    let Some(comma) = words.iter().position(|w| w.stop_after && w.depth == 0) else { return false };
    let behind = &words[comma + 1..];
    let tied = |w: &Word| is_relative(&w.lower) || matches!(&*w.lower, "so" | "when" | "if" | "as" | "how" | "what");
    let verb = behind.iter().position(|w| matches!(&*w.lower, "is" | "are" | "was" | "were") && w.depth == 0);
    verb.is_some_and(|verb| verb > 0 && !words[..comma + 1 + verb].iter().any(tied))
}

/// Whether a second clause with a verb of its own follows, so that one answer would hold two facts.
fn has_second_clause(rest: &str, defines: bool) -> bool {
    let words = words(rest);
    if splices(&words) {
        return true;
    }
    words.iter().enumerate().skip(1).any(|(i, w)| {
        let adverb = matches!(words[i - 1].lower.as_str(), "only" | "then" | "also" | "never" | "not" | "always");
        let before = words[i - if adverb && i > 1 { 2 } else { 1 }].lower.as_str();
        if words[i - 1].stop_after && matches!(w.lower.as_str(), "it" | "they" | "you" | "we" | "this" | "that") {
            return true;
        }
        let finite_later = || {
            words[i..].iter().any(|v| is_auxiliary(&v.lower) && !matches!(&*v.lower, "be" | "been" | "being" | "not"))
        };
        let told =
            words.get(i + 1).is_some_and(|n| matches!(&*n.lower, "most" | "some" | "many" | "few" | "each" | "none"));
        if w.lower == "and" && words[i - 1].stop_after && w.depth == 0 && told && words.len() > i + 3 {
            return true;
        }
        if matches!(&*w.lower, "and" | "but" | "so") && words[i - 1].stop_after && w.depth == 0 && finite_later() {
            return true;
        }
        let joins = matches!(before, "and" | "but" | "or" | "so" | "because" | "while" | "then")
            || !defines && matches!(before, "which" | "who");
        let finite = matches!(
            w.lower.as_str(),
            "is" | "are" | "was" | "were" | "can" | "must" | "has" | "will" | "cannot" | "does"
        ) || third_person(&w.lower).is_some_and(|v| !v.noun_too)
            || (third_person(&w.lower).is_some()
                && words.get(i + 1).is_some_and(|n| {
                    let particle = matches!(&*n.lower, "up" | "down" | "out" | "off");
                    particle || !is_preposition(&n.lower) && !matches!(&*n.lower, "and" | "or")
                }))
            || base_verb(&w.lower).is_some_and(|v| !v.noun_too || adverb);
        let reason = w.lower == "as"
            && words.get(i + 1).is_some_and(|n| matches!(&*n.lower, "it" | "they" | "there" | "this" | "you" | "we"));
        reason
            || (joins && finite && w.depth == 0)
            || matches!(w.lower.as_str(), "but" | "because" | "although" | "whereas" | "while" | "unless")
                && w.depth == 0
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
    let kept =
        |w: &&str| !matches!(*w, "only" | "also" | "then" | "now" | "just" | "even" | "still" | "never" | "instead");
    adverb.split(' ').filter(kept).fold(String::new(), |out, w| if w.is_empty() { out } else { format!("{out} {w}") })
}

/// The words behind a first one, if they say anything.
fn answer_from(statement: &Statement, rest: &Range<usize>, skipped: &Word) -> Option<Text> {
    let answer = statement.text.slice(rest.start + skipped.end..rest.end).trim();
    let light = LIGHT.contains(&answer.plain().to_lowercase().as_str()) || is_reflexive(answer.plain());
    (!answer.is_blank() && !light).then_some(answer)
}

/// Whether an answer is a date: it begins with a month or a year.
fn is_date(answer: &str) -> bool {
    let first = answer.split_whitespace().next().unwrap_or_default().to_lowercase();
    let year = first.len() == 4 && first.chars().all(|c| c.is_ascii_digit()) && first.starts_with(['1', '2']);
    year && answer.split_whitespace().count() < 3 || is_month(&first)
}

/// Whether an answer says nothing: `itself`, `default`, `design`.
fn is_reflexive(answer: &str) -> bool {
    matches!(
        answer.trim(),
        "itself"
            | "once"
            | "all"
            | "least"
            | "last"
            | "first"
            | "present"
            | "free"
            | "good"
            | "example"
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
                "What does versioning let you to do?",
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
