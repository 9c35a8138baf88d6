//! Questions for clauses with a full verb: `S stores X`, `S runs on X`, `S lets you do X`.

use std::ops::Range;

use super::compound::compound;
use super::kind::kind_of;
use super::{Asked, LIGHT, Statement, adverb, answer_from, is_date, question, sentence_end};
use crate::language::english::clause::{Word, has_finite_verb, is_adverb, is_determiner, is_relative, parse, words};
use crate::language::english::noun::{is_plural, is_preposition};
use crate::language::english::{base_verb, is_adjective, is_gerund, is_participle, third_person};
use crate::language::sentence::items;
use crate::markdown::text::Text;

/// `S does (not) VERB …`; `verb` is auxiliary and base form.
pub(super) fn ask_main(statement: &Statement, verb: [&str; 2], rest: &Range<usize>) -> Option<Asked> {
    let not = if statement.clause.negated { " not" } else { "" };
    let base = format!("{not}{} {}", adverb(statement), verb[1]);
    let plain = statement.text.mask();
    let after = words(&plain[rest.clone()]);
    let first = after.first()?;
    if let Some((more, start)) = second_verb(&after) {
        let verbs = format!("{} {more}", verb[1]);
        return ask_main(statement, [verb[0], &verbs], &(rest.start + start..rest.end));
    }
    // `allows for you to roll back`
    let acts_for = first.lower == "for"
        && matches!(verb[1], "allow" | "enable" | "wait" | "ask" | "call")
        && after.iter().any(|w| w.lower == "to");
    if acts_for {
        return None;
    }
    let negated_any = statement.clause.negated && after.iter().take(2).any(|w| w.lower == "any");
    if negated_any {
        return None;
    }
    let lead = format!("What {}", verb[0]);
    let asked =
        |lead: &str, tail: &str, answer: Text| Some(Asked { question: question(statement, lead, tail), answer });
    let whole = || statement.text.slice(rest.clone()).trim();
    if let Some((whom, answer)) = enabled_thing(statement, verb[1], &after, rest.start) {
        return asked(&lead, &format!("{base} {whom} to do?"), answer);
    }
    if let Some(answer) = enabled_action(statement, verb[1], &after, rest.start) {
        let to = if verb[1] == "let" { "" } else { "to " };
        return asked(&lead, &format!("{base} you {to}do?"), answer);
    }
    match first.lower.as_str() {
        "every" if after.len() < 5 && is_period(&after) => {
            asked(&format!("How often {}", verb[0]), &format!("{base}?"), whole())
        }
        "to" => match after.get(1).map(|w| w.lower.as_str()) {
            Some("be") => {
                let be = after.get(1)?;
                asked(&lead, &format!("{base} to be?"), answer_from(statement, rest, be)?)
            }
            Some(word)
                if base_verb(word).is_some() && after.get(2).is_none_or(|w| w.lower != "of")
                    || WANTS.contains(&verb[1]) && third_person(word).is_none() =>
            {
                asked(&lead, &format!("{base} to do?"), answer_from(statement, rest, first)?)
            }
            _ => asked(&lead, &format!("{base} to?"), answer_from(statement, rest, first)?),
        },
        "every" | "that" | "whether" | "how" | "why" | "what" | "if" | "because" | "although" | "so" | "even" => None,
        word if is_preposition(word) => ask_preposition(statement, (verb[0], &base), (first, rest)),
        _ => ask_object(statement, (&lead, &base, verb[1]), rest),
    }
}

/// `or deny access`: a second verb for the same object, and where that begins; also an adverb
/// before a preposition (`neatly into`), which belongs to the verb.
fn second_verb(after: &[Word]) -> Option<(String, usize)> {
    let (first, second, third) = (after.first()?, after.get(1)?, after.get(2)?);
    if first.lower == "balance" {
        return Some((first.lower.to_string(), second.start));
    }
    let particle = matches!(first.lower.as_str(), "out" | "up" | "off" | "down" | "back" | "away");
    if particle && !is_preposition(&second.lower) && !first.stop_after {
        return Some((first.lower.to_string(), second.start));
    }
    let joins = matches!(first.lower.as_str(), "and" | "or") && base_verb(&second.lower).is_some();
    if joins && !third.stop_after {
        return Some((format!("{} {}", first.lower, second.lower), third.start));
    }
    (first.lower.ends_with("ly") && is_adverb(&first.lower) && is_preposition(&second.lower) && second.lower != "to")
        .then(|| (first.lower.to_string(), second.start))
}

/// Verbs that an infinitive follows.
const WANTS: &[&str] = &[
    "fail", "need", "want", "try", "seem", "tend", "continue", "aim", "choose", "begin", "start", "promise", "have",
    "agree", "attempt", "refuse", "appear", "intend",
];

/// Whether `every` counts a time: `every night`, `every 24 hours`.
fn is_period(after: &[Word]) -> bool {
    const PERIODS: &[&str] = &[
        "second", "minute", "hour", "day", "night", "week", "month", "quarter", "year", "decade", "century", "time",
        "other", "few", "two", "three", "four", "five", "six", "seven", "ten", "morning", "evening", "cycle",
    ];
    after.get(1).is_some_and(|w| PERIODS.contains(&&*w.lower) || w.lower.starts_with(|c: char| c.is_ascii_digit()))
}

/// Verbs behind which stands no object.
const LINKING: &[&str] = &[
    "look", "sound", "feel", "stand", "become", "remain", "stay", "seem", "appear", "go", "come", "get", "mean", "do",
    "end",
];

/// Nouns that make one verb with *take*, *make*, *give*: `take place`, `give rise to`.
const IDIOMS: &[&str] = &["place", "part", "effect", "care", "advantage", "account", "use", "rise", "sure", "sense"];

/// `S stores X for Y`; `verb` is the lead of the question, the verb with its adverbs, and its base form.
fn ask_object(statement: &Statement, verb: (&str, &str, &str), rest: &Range<usize>) -> Option<Asked> {
    let (lead, with_adverbs, base) = verb;
    let plain = statement.text.mask();
    let after = words(&plain[rest.clone()]);
    let first = after.first()?;
    let tied = after.get(1).is_some_and(|w| is_preposition(&w.lower));
    let no_object = is_adverb(&first.lower)
        || (is_participle(&first.lower)
            && (tied || first.lower.ends_with("ed") && after.get(1).is_none_or(|w| is_adverb(&w.lower))))
        || (is_adjective(&first.lower) && after.len() == 1);
    let bare_verb = || after.iter().skip(1).any(|w| base_verb(&w.lower).is_some_and(|v| !v.noun_too));
    let causes = matches!(base, "let" | "make" | "keep" | "have" | "help")
        && after.len() > 2
        && (!is_determiner(&first.lower) || bare_verb());
    let idiom = matches!(base, "take" | "make" | "give" | "play" | "have") && IDIOMS.contains(&first.lower.as_str());
    if no_object || causes || idiom || LINKING.contains(&base.split(' ').next().unwrap_or(base)) {
        return None;
    }
    let cut = object_end(&plain, rest.clone());
    let enumerated = items(&plain[rest.start..cut]).len() > 2;
    let consequence = plain[rest.start..cut].match_indices(", ").map(|(at, _)| rest.start + at).find(|at| {
        let first = words(&plain[at + 2..cut]).into_iter().next();
        first.is_some_and(|w| is_gerund(&w.lower) && !enumerated || matches!(&*w.lower, "so" | "which"))
    });
    let adverb = before_adverb(&plain[rest.start..cut]).map(|at| rest.start + at).filter(|_| consequence.is_none());
    let cut = adverb.unwrap_or(cut);
    let object = statement.text.slice(rest.start..consequence.unwrap_or(cut)).trim();
    let parts = words(object.plain());
    let scale =
        parts.len() > 1 && parts[0].lower == "the" && parts[1].lower.ends_with("er") && is_adjective(&parts[1].lower);
    let light = scale || parts.iter().all(|w| LIGHT.contains(&w.lower.as_str()) || is_determiner(&w.lower));
    // `play a vital role in …` is one verb.
    let light = light || base == "play" && parts.last().is_some_and(|w| matches!(&*w.lower, "role" | "part"));
    let torn = parts.last().is_some_and(|w| w.lower == "well")
        || object.plain().contains('(') != object.plain().contains(')')
        || cut < rest.end && object.plain().contains(" — ");
    // What follows an infinitive belongs to that: `no duty except to refrain | from injuring him`.
    let exception = cut < rest.end && parts.iter().any(|w| matches!(&*w.lower, "except" | "unless" | "to"));
    // So does what follows a clause: `the force that charge 1 exerts | on charge 2`.
    let exception = exception || cut < rest.end && parts.iter().any(|w| is_relative(&w.lower));
    let adjective = matches!(parts.as_slice(), [one] if is_adjective(&one.lower) && !one.capital && cut < rest.end);
    if light
        || breaks_off(&plain[cut..rest.end], &parts)
        || torn
        || exception
        || adjective
        || takes_two_objects(base, &parts)
        || has_finite_verb(object.plain())
    {
        return None;
    }
    if let Some((kind, list)) = kind_and_list(&object) {
        let aux = lead.strip_prefix("What ").unwrap_or(lead);
        let front = question(statement, &format!("Which {} {aux}", kind.plain()), with_adverbs).then("?");
        return Some(Asked { question: front, answer: list });
    }
    let tail = (cut < rest.end).then(|| statement.text.slice(cut..rest.end).trim());
    // A reason behind `as` makes the question no narrower.
    let tail = tail.filter(|tail| !(tail.plain().starts_with("as ") && has_finite_verb(tail.plain())));
    // A phrase behind the object makes the question narrow enough.
    if let Some(noun) = kind_of(&object).filter(|_| !statement.clause.negated && tail.is_none()) {
        let aux = lead.strip_prefix("What ").unwrap_or(lead);
        let front = question(statement, &format!("What kind of {noun} {aux}"), with_adverbs).then("?");
        return Some(Asked { question: front, answer: object });
    }
    Some(Asked { question: sentence_end(question(statement, lead, with_adverbs), tail.as_ref()), answer: object })
}

/// Whether an object stops in the middle of what it says: `uses hormones transported | by blood`, `spends time in
/// and out, hence …`, `the following`.
fn breaks_off(tail: &str, object: &[Word]) -> bool {
    let said_of = object.len() > 1 && object.last().is_some_and(|w| is_participle(&w.lower)) && tail.starts_with("by ");
    // `have the right | to frame laws`, `require joint action | by both`
    let led = tail.trim_start();
    let title = object.last().is_some_and(|w| {
        matches!(
            &*w.lower,
            "right" | "power" | "authority" | "ability" | "duty" | "option" | "chance" | "freedom" | "need"
        )
    });
    let of_noun = title && led.starts_with("to ")
        || object.last().is_some_and(|w| matches!(&*w.lower, "action" | "approval" | "consent" | "assent" | "review"))
            && led.starts_with("by ");
    // `the information required | to encode samples`, `a path ending | in state j`
    let turned = object.len() > 1
        && object.last().is_some_and(|w| {
            let done = is_participle(&w.lower) && led.starts_with("to ");
            done || matches!(&*w.lower, "ending" | "starting" | "beginning" | "leading" | "going" | "belonging")
        });
    let said_of = said_of || of_noun || turned;
    let announces =
        object.first().is_some_and(|w| w.lower == "following") || object.len() == 2 && object[0].lower == "only";
    said_of || announces || follows_on(tail)
}

/// Whether what stands behind an object goes on with what comes of it: `, preparing the body`, `, hence`.
fn follows_on(tail: &str) -> bool {
    let begins = |at: usize| words(&tail[at + 2..]).into_iter().next();
    let leads = |w: Word| is_gerund(&w.lower) || matches!(&*w.lower, "hence" | "thus" | "so" | "therefore" | "which");
    tail.match_indices(", ").any(|(at, _)| begins(at).is_some_and(leads))
}

/// The kind and the members of an object such as `various formats like CSV and JSON`.
fn kind_and_list(object: &Text) -> Option<(Text, Text)> {
    const VAGUE: &[&str] = &["various", "several", "multiple", "different", "many", "numerous", "some", "other"];
    let mask = object.mask();
    let (at, link) =
        [" such as ", " like ", " including "].iter().find_map(|l| mask.find(l).map(|at| (at, l.len())))?;
    let found = words(&mask[..at]);
    let start = found.iter().find(|w| !VAGUE.contains(&w.lower.as_str()))?.start;
    let kind = object.slice(start..at).trim_matches(|c| matches!(c, ',' | ' '));
    let list = object.slice(at + link..mask.len()).trim();
    let plain = is_plural(words(kind.plain()).last().map_or("", |w| &w.lower)) && words(kind.plain()).len() <= 4;
    (plain && mask[at + link..].contains([',', ' ']) && !kind.plain().contains([',', '('])).then_some((kind, list))
}

/// Where an adverb begins that ends an object: `the share simultaneously`.
fn before_adverb(object: &str) -> Option<usize> {
    let found = words(object);
    let [.., before, last] = found.as_slice() else { return None };
    (last.lower.ends_with("ly") && is_adverb(&last.lower) && !before.stop_after).then_some(last.start)
}

/// Whether a verb such as *give* stands before a receiver and a thing.
fn takes_two_objects(base: &str, object: &[Word]) -> bool {
    let gives =
        matches!(base, "give" | "send" | "show" | "grant" | "offer" | "tell" | "assign" | "cost" | "save" | "teach");
    gives && object.iter().skip(1).any(|w| is_determiner(&w.lower))
}

/// The thing and its action behind `allows your instances to …`.
fn enabled_thing(statement: &Statement, base: &str, after: &[Word], offset: usize) -> Option<(String, Text)> {
    const MOVES: &[&str] = &[
        "allow", "enable", "help", "permit", "require", "cause", "force", "warn", "tell", "ask", "order", "persuade",
        "encourage", "urge", "instruct", "expect", "convince", "invite", "advise", "compel",
    ];
    MOVES.contains(&base).then_some(())?;
    let person = matches!(after.first()?.lower.as_str(), "you" | "users" | "us" | "to" | "it" | "them");
    let to = after.iter().take(9).position(|w| w.lower == "to").filter(|to| *to > 0 && !person)?;
    base_verb(&after.get(to + 1)?.lower)?;
    let verb = base_verb(&after[0].lower).is_some_and(|v| !v.noun_too);
    let asks = |w: &Word| matches!(&*w.lower, "how" | "what" | "why" | "whether" | "you");
    let plain =
        !verb && after[..to].iter().all(|w| !is_preposition(&w.lower) && !asks(w) && !w.stop_after && w.depth == 0);
    let whom = &statement.text.plain()[offset..offset + after[to - 1].end];
    let answer = statement.text.slice(offset + after[to + 1].start..statement.clause.rest.end).trim();
    plain.then(|| (whom.trim().to_owned(), answer))
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

/// `S runs on X`, `S charges per X`, `S starts when X`.
fn ask_preposition(statement: &Statement, verb: (&str, &str), rest: (&Word, &Range<usize>)) -> Option<Asked> {
    let (auxiliary, base) = verb;
    let (first, range) = rest;
    let asked = |lead: &str, tail: &str, answer: Text| {
        Some(Asked { question: question(statement, &format!("{lead} {auxiliary}"), tail), answer })
    };
    let whole = statement.text.slice(range.clone()).trim();
    let plain = statement.text.mask();
    let behind = words(&plain[range.clone()]);
    if let Some(found) = compound(&behind) {
        let last = behind.get(found.length()? - 1)?;
        let preposition = &plain[range.start..range.start + last.end];
        let answer = statement.text.slice(range.start + last.end..range.end).trim();
        return asked("What", &format!("{base} {preposition}?"), answer).filter(|a| !has_finite_verb(a.answer.plain()));
    }
    let least = behind.get(1).is_some_and(|w| matches!(&*w.lower, "least" | "most" | "first" | "once"));
    match first.lower.as_str() {
        // `takes at least a month`
        "at" if least => asked("What", &format!("{base}?"), whole).filter(|_| behind[1].lower != "first"),
        _ if is_date(&statement.text.plain()[range.start + first.end..range.end]) => {
            asked("When", &format!("{base}?"), answer_from(statement, range, first)?)
        }
        "per" | "via" | "without" | "using" => asked("How", &format!("{base}?"), whole),
        "by" if words(&whole.plain()[2..]).first().is_some_and(|w| is_gerund(&w.lower)) => {
            asked("How", &format!("{base}?"), whole)
        }
        "when" | "before" | "after" | "during" => asked("When", &format!("{base}?"), whole),
        "to" | "from" | "with" | "on" | "for" | "in" | "of" | "as" | "into" | "through" | "upon" | "toward"
        | "against" | "about" | "by" | "at" | "over" => {
            let acts =
                |a: &Text| words(a.plain()).last().is_some_and(|w| third_person(&w.lower).is_some_and(|v| !v.noun_too));
            let grows = |a: &Text| {
                let found = words(a.plain());
                let tells = |w: &Word| third_person(&w.lower).is_some() || found.len() == 1 && is_participle(&w.lower);
                first.lower == "as" && found.last().is_some_and(tells)
            };
            let clause = |a: &Text| has_finite_verb(a.plain()) || parse(a.plain()).is_some() || acts(a) || grows(a);
            let answer = answer_from(statement, range, first)?;
            // What is done by something is done to a thing, which is the subject of no such sentence.
            if first.lower == "by" && !goes_by(base) {
                return None;
            }
            if clause(&answer) {
                return ask_before_purpose(statement, verb, (first, range));
            }
            asked("What", &format!("{base} {}?", first.lower), answer)
        }
        _ => None,
    }
}

/// Whether a verb without an object stands before *by*: `differ by`, `divide by`.
fn goes_by(verb: &str) -> bool {
    const VERBS: &[&str] = &[
        "abide", "begin", "bill", "change", "charge", "decrease", "differ", "divide", "drop", "fall", "grow", "group",
        "increase", "live", "multiply", "order", "partition", "pass", "rise", "run", "scale", "shift", "shrink",
        "sort", "stand", "start", "travel", "vary", "work", "reproduce", "spread", "move", "feed",
    ];
    verb.split(' ').any(|word| VERBS.contains(&word))
}

/// `S relies on keys to show which …`: what stands before the purpose is the answer.
fn ask_before_purpose(statement: &Statement, verb: (&str, &str), rest: (&Word, &Range<usize>)) -> Option<Asked> {
    let (auxiliary, base) = verb;
    let (first, range) = rest;
    let plain = statement.text.mask();
    let from = range.start + first.end;
    let cut = object_end(&plain, from..range.end);
    let answer = statement.text.slice(from..cut).trim();
    let purpose = plain[cut..].starts_with("to ") && !has_finite_verb(answer.plain());
    let says = (1..=5).contains(&words(answer.plain()).len());
    let lead = question(statement, &format!("What {auxiliary}"), &format!("{base} {}", first.lower));
    let tail = statement.text.slice(cut..range.end).trim();
    (purpose && says).then(|| Asked { question: sentence_end(lead, Some(&tail)), answer })
}

/// Nouns that a phrase with *for* belongs to.
const FOR_NOUNS: &[&str] = &[
    "motion", "reason", "reasons", "need", "request", "requests", "demand", "responsibility", "support", "basis",
    "evidence", "search", "claim", "claims", "cause", "liability", "grounds", "remedy", "price", "charge", "duty",
    "requirement", "requirements", "time", "room", "respect", "preference", "substitute", "alternative", "affinity",
];

/// Whether a noun is one of something done: `theft`, `infection`, `attack`.
fn is_deed(noun: &str) -> bool {
    const ENDS: &[&str] = &["tion", "sion", "ment", "ance", "ery", "theft", "loss", "death", "injury", "abuse"];
    ENDS.iter().any(|end| noun.ends_with(end)) || base_verb(noun).is_some_and(|v| v.noun_too)
}

/// Whether a word behind *by* is a plain noun: who does it, and not how or by how much it is done.
fn is_agent(word: &Word) -> bool {
    let measure =
        word.lower.contains(|c: char| c.is_ascii_digit()) || is_gerund(&word.lower) || word.lower == "default";
    is_plural(&word.lower) && !measure && !is_determiner(&word.lower)
}

/// Whether an infinitive behind a noun says what that is about, and no purpose: `the inclination to vote`.
fn completes(noun: &str) -> bool {
    const NOUNS: &[&str] = &[
        "inclination", "ability", "inability", "tendency", "desire", "willingness", "refusal", "failure", "attempt",
        "opportunity", "decision", "capacity", "authority", "incentive", "temptation", "motivation", "reluctance",
        "obligation", "intention", "permission", "pressure", "urge", "promise", "threat", "plan", "offer",
    ];
    NOUNS.contains(&noun)
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
        let before = &found[index - 1];
        // `the risk even if …`: the condition changes nothing.
        let concedes = matches!(&*before.lower, "even" | "only" | "just" | "especially");
        if concedes && TAILS.contains(&word.lower.as_str()) {
            return rest.start + before.start;
        }
        let relates = found.get(index + 1).is_some_and(|w| matches!(&*w.lower, "which" | "whom"));
        let tied = matches!(&*before.lower, "based" | "depending" | "according" | "due" | "focused");
        // `the risk of theft by rats`
        let agent = word.lower == "by" && is_deed(&before.lower) && found.get(index + 1).is_some_and(is_agent);
        if relates || tied || agent || word.lower == "for" && FOR_NOUNS.contains(&&*before.lower) {
            continue;
        }
        let purpose = word.lower == "to"
            && !completes(&before.lower)
            && found.get(index + 1).is_some_and(|w| base_verb(&w.lower).is_some());
        if word.depth == 0 && (purpose || TAILS.contains(&word.lower.as_str())) && !listed {
            return rest.start + word.start;
        }
    }
    rest.end
}
