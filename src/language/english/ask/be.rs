//! Questions for clauses with *be*: `S is a Y`, `S is used for X`, `S is the only Y that …`.

use std::ops::Range;

use super::compound::compound;
use super::{Asked, Statement, adverb, answer_from, is_date, is_reflexive, question};
use crate::language::english::clause::{Word, has_finite_verb, is_adverb, is_determiner, is_relative, words};
use crate::language::english::noun::{head_noun, is_plural, is_plural_phrase, is_preposition, singular};
use crate::language::english::person::names_person;
use crate::language::english::{base_verb, is_adjective, is_class_noun, is_gerund, is_participle, third_person};
use crate::markdown::text::Text;

/// `S is …`.
pub(super) fn ask_be(statement: &Statement, form: &str, rest: &Range<usize>) -> Option<Asked> {
    let not = if statement.clause.negated { " not" } else { "" };
    let plain = statement.text.mask();
    let after = words(&plain[rest.clone()]);
    let skip = after.iter().take_while(|w| is_adverb(&w.lower)).count();
    let first = after.get(skip)?;
    let adverbs = after[..skip].iter().filter(|w| w.lower != "only").fold(String::new(), |out, w| out + " " + &w.lower);
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
    if is_judged(&whole) {
        return None;
    }
    // `The only requirement is the key needs to be unique`: a clause and no noun.
    let person = whole.plain().find(" you ").or_else(|| whole.plain().find(" we ")).unwrap_or(whole.plain().len());
    if is_determiner(&first.lower) && has_finite_verb(&whole.plain()[..person]) {
        return None;
    }
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
    if statement.clause.negated || first.lower == "like" || is_preposition(&first.lower) {
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
        return ask_which(statement, (form, &adverbs), &after[skip..], &whole);
    }
    let head = head_noun(whole.plain());
    let bare = is_determiner(&first.lower)
        || if form == "are" || form == "were" {
            is_plural(head)
        } else {
            is_class_noun(&singular(head).to_lowercase())
        };
    // `Russia were allies` is said of people.
    let own = statement.subject.plain();
    let several = form == "were" && !is_plural_phrase(own) && own.starts_with(char::is_uppercase);
    (skip == 0 && bare && !several && !is_sample(whole.plain()) && names_its_class(&after))
        .then(|| ask_class(statement, form, &after, whole))
}

/// `a special case of MAP`, `an instance of a stack`: one of several, which says not what a thing is.
fn is_sample(whole: &str) -> bool {
    const NOUNS: &[&str] = &["special case of ", "instance of ", "case of "];
    const LEADS: &[&str] =
        &["a ", "an ", "the ", "one ", "a classic ", "a good ", "a typical ", "an extreme ", "a simple "];
    let relative = [" that ", " which ", " where ", " in which "].iter().any(|link| whole.contains(link));
    let led = |lead: &&&str| whole.strip_prefix(**lead).is_some_and(|rest| NOUNS.iter().any(|n| rest.starts_with(n)));
    !relative && LEADS.iter().find(led).is_some()
}

/// What a thing, or who a person is.
fn ask_class(statement: &Statement, form: &str, after: &[Word], whole: Text) -> Asked {
    let person = names_person(after) && statement.subject.plain().starts_with(char::is_uppercase);
    let who = if person { "Who" } else { "What" };
    Asked { question: question(statement, &format!("{who} {form}"), "?"), answer: whole }
}

/// `the perfect use case`, `a serious issue`: what one thinks of it, and not what it is.
fn is_judged(whole: &Text) -> bool {
    const OPINIONS: &[&str] = &[
        "case", "choice", "fit", "thing", "issue", "problem", "challenge", "concern", "matter", "topic", "advantage",
        "benefit", "aspect", "cause", "factor", "reason", "disadvantage", "drawback", "success", "mistake",
        "requirement", "must", "win", "idea", "deal",
    ];
    const PRAISED: &[&str] = &[
        "important", "vital", "fundamental", "crucial", "essential", "integral", "seminal", "key", "critical",
        "complex", "common",
    ];
    const PARTS: &[&str] =
        &["part", "aspect", "role", "tool", "step", "component", "experiment", "area", "process", "practice"];
    let found = words(whole.plain());
    let last = found.last().map(|w| singular(&w.lower)).unwrap_or_default();
    // `a problem for both`, `a more accurate description`
    let troubles = ["problem", "issue", "concern", "challenge"];
    let trouble = found.windows(2).any(|w| troubles.contains(&&*w[0].lower) && matches!(&*w[1].lower, "for" | "with"));
    // `an important part of the cycle`, `a vital aspect of the subject`
    let praised = found.get(1).is_some_and(|w| PRAISED.contains(&&*w.lower));
    let of = found.iter().position(|w| is_preposition(&w.lower) || is_relative(&w.lower)).unwrap_or(found.len());
    let part = of > 0 && PARTS.contains(&&*found[of - 1].lower);
    if praised && part && matches!(&*found[0].lower, "a" | "an") {
        return true;
    }
    let compared = found.get(1).is_some_and(|w| matches!(&*w.lower, "more" | "less" | "better" | "worse"));
    if trouble || compared && matches!(&*found[0].lower, "a" | "an") {
        return true;
    }
    let told = found.iter().any(|w| is_preposition(&w.lower) || is_relative(&w.lower));
    OPINIONS.contains(&last.as_str()) && !told
}

/// `S is the first Y that …`: asks for S.
fn ask_which(statement: &Statement, verb: (&str, &str), after: &[Word], whole: &Text) -> Option<Asked> {
    let (form, adverbs) = verb;
    if whole.plain().contains(['"', '“']) && whole.plain().contains(": ") {
        return None;
    }
    let described = whole.plain().split([',']).next().unwrap_or_default();
    let described = [" that ", " which ", " who ", " you ", " where "]
        .iter()
        .fold(described, |d, w| d.split(w).next().unwrap_or(d));
    let several = is_plural_phrase(described.trim_start_matches("the "));
    if several && matches!(form, "is" | "was") {
        return None;
    }
    let number = match (several, matches!(form, "was" | "were")) {
        (true, false) => "are",
        (false, false) => "is",
        (true, true) => "were",
        (false, true) => "was",
    };
    let who = if names_person(after) { "Who" } else { "What" };
    // `the source of oil | and play a role in trade`
    let mask = whole.mask();
    let found = words(&mask);
    let second = found.windows(3).find(|three| {
        let acts = base_verb(&three[1].lower).is_some() || third_person(&three[1].lower).is_some();
        three[0].lower == "and" && acts && is_determiner(&three[2].lower)
    });
    let whole = whole.slice(0..second.map_or(mask.len(), |three| three[0].start)).trim();
    let front = Text::words(format!("{who} {number}{adverbs} ")).join(&whole).then("?");
    Some(Asked { question: front, answer: statement.subject.clone() })
}

/// Whether what follows *be* is a noun phrase that says what something is.
fn names_its_class(after: &[Word]) -> bool {
    let Some(first) = after.first().map(|w| w.lower.as_str()) else { return false };
    let pointing = matches!(
        first,
        "that"
            | "this"
            | "what"
            | "why"
            | "how"
            | "where"
            | "when"
            | "all"
            | "each"
            | "one"
            | "just"
            | "no"
            | "its"
            | "your"
            | "our"
            | "my"
            | "their"
            | "his"
            | "her"
            | "both"
            | "either"
            | "also"
            | "only"
    );
    let describes = is_adjective(first) || is_participle(first) || is_gerund(first);
    let ends = |w: &Word| is_preposition(&w.lower) || matches!(w.lower.as_str(), "and" | "or" | "but");
    let noun_behind = after.get(1).is_some_and(|w| !ends(w)) && !after[0].stop_after && !is_participle(first);
    after.len() > 1 && !pointing && (is_determiner(first) || !describes || noun_behind)
}

/// `S can be …`: only with a participle and its preposition.
pub(super) fn ask_be_behind(statement: &Statement, modal: &str, rest: &Range<usize>) -> Option<Asked> {
    let plain = statement.text.mask();
    let after = words(&plain[rest.clone()]);
    let (first, next) = (after.first()?, after.get(1)?);
    let not = if statement.clause.negated { " not" } else { "" };
    if matches!(modal, "may" | "might") && matches!(&*first.lower, "a" | "an") && after.len() > 3 {
        let front = question(statement, &format!("What {modal}"), &format!("{} be?", adverb(statement)));
        let whole = statement.text.slice(rest.clone()).trim();
        return (!statement.clause.negated).then_some(Asked { question: front, answer: whole });
    }
    (is_participle(&first.lower) && is_preposition(&next.lower)).then_some(())?;
    let lead = format!("{not}{} be {}", adverb(statement), first.lower);
    ask_described(statement, (modal, &lead), (next, rest))
}

/// `S is used for X`, `S is charged per X`, `S is best for X`.
fn ask_described(statement: &Statement, lead: (&str, &str), tail: (&Word, &Range<usize>)) -> Option<Asked> {
    let (form, words_before) = lead;
    let (preposition, rest) = tail;
    let answer = statement.text.slice(rest.start + preposition.end..rest.end).trim();
    let whole = statement.text.slice(rest.start + preposition.start..rest.end).trim();
    let asked = |lead: &str, tail: String, answer: Text| {
        let says = !answer.is_blank() && !is_reflexive(answer.plain());
        says.then(|| Asked { question: question(statement, &format!("{lead} {form}"), &tail), answer })
    };
    let plain = statement.text.mask();
    let from = rest.start + preposition.start;
    let behind = words(&plain[from..rest.end]);
    if let Some(found) = compound(&behind) {
        let last = behind.get(found.length()? - 1)?;
        let answer = statement.text.slice(from + last.end..rest.end).trim();
        return asked("What", format!("{words_before} {}?", &plain[from..from + last.end]), answer);
    }
    match preposition.lower.as_str() {
        "in" | "on" | "at" | "around" if is_date(answer.plain()) => asked("When", format!("{words_before}?"), answer),
        "per" | "via" | "through" | "using" | "without" => asked("How", format!("{words_before}?"), whole),
        "when" | "after" | "before" | "during" | "if" | "while" => asked("When", format!("{words_before}?"), whole),
        "to" if serves(words_before)
            && words(answer.plain()).first().is_some_and(|w| base_verb(&w.lower).is_some()) =>
        {
            asked("What", format!("{words_before} for?"), whole)
        }
        // `It is easier to scale`: said of scaling.
        "to" if is_impersonal(words_before) => None,
        "to" if expects(words_before)
            || ["have ", "be ", "do "].iter().any(|verb| answer.plain().starts_with(verb))
            || words(answer.plain()).first().is_some_and(|w| base_verb(&w.lower).is_some()) =>
        {
            asked("What", format!("{words_before} to do?"), answer)
        }
        "that" | "which" | "who" | "than" | "where" | "since" | "over" | "above" | "until" => None,
        "up" | "out" | "down" | "along" | "together" => {
            let next = words(answer.plain()).first().filter(|w| is_preposition(&w.lower)).cloned()?;
            let tail = format!("{words_before} {} {}?", preposition.lower, next.lower);
            asked("What", tail, answer.slice(next.end..answer.plain().len()).trim())
        }
        "by" if is_deed(words_before) && answer.plain().starts_with(char::is_uppercase) => {
            asked("Who", format!("{words_before} by?"), answer)
        }
        word => asked("What", format!("{words_before} {word}?"), answer),
    }
}

/// Whether a participle tells what people do: `assassinated`, `composed`.
fn is_deed(described: &str) -> bool {
    const DEEDS: &[&str] = &[
        "assassinated", "killed", "murdered", "executed", "written", "composed", "painted", "invented", "discovered",
        "founded", "led", "proposed", "formulated", "coined", "signed", "succeeded", "defeated", "elected",
        "appointed", "ruled", "crowned", "drafted", "commissioned", "conquered", "overthrown", "deposed",
    ];
    described.rsplit(' ').next().is_some_and(|word| DEEDS.contains(&word))
}

/// Whether a description is one of the action behind it: `easier`.
fn is_impersonal(described: &str) -> bool {
    let word = described.rsplit(' ').next().unwrap_or_default();
    matches!(word, "easy" | "easier" | "hard" | "harder" | "difficult" | "better" | "best" | "important" | "necessary")
}

/// Whether an infinitive follows a description: `expected`, `required`.
fn expects(described: &str) -> bool {
    let word = described.rsplit(' ').next().unwrap_or_default();
    matches!(
        word,
        "expected" | "required" | "allowed" | "able" | "supposed" | "obliged" | "permitted" | "likely" | "possible"
    )
}

/// Whether a description tells a purpose: `used`, `designed`, `good`.
fn serves(described: &str) -> bool {
    const PURPOSES: &[&str] =
        &["used", "designed", "built", "intended", "meant", "made", "good", "useful", "ideal", "best", "suitable"];
    described.rsplit(' ').next().is_some_and(|word| PURPOSES.contains(&word))
}

/// Whether a phrase with `the` can hold of one thing only: `the default …`, `the backbone of …`.
fn is_unique(after: &[Word]) -> bool {
    if after.get(1).is_some_and(|w| w.lower == "same") {
        return false;
    }
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
