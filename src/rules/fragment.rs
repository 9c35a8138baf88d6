//! Pieces without a subject, as bullets have them (`Stores tables`, `Best for analytics`,
//! `Columnar format`): each is completed by the thing that term or heading names.

use std::ops::Range;

use super::behind_term::{clause_behind, deed, doer};
use super::draft::{Made, capitalised, one_gap, question};
use super::fact::{Subject, better, gap_with_prefix, made, prefixed};
use super::naming::{is_dated, is_order, is_past};
use super::noun_piece::{first_telling, noun_phrase, number, plain_reading};
use super::opening::{Opening, is_no_subject};
use super::recite::in_context;
use super::scene::Scene;
use crate::card::Body;
use crate::language::english::ask::{Statement, ask, inside};
use crate::language::english::clause::{self, Clause, Number, Verb, Word, is_adverb, is_determiner, words};
use crate::language::english::noun::{head_noun, head_phrase, is_plural, is_preposition, singular};
use crate::language::english::{
    base_verb, is_adjective, is_class_noun, is_common, is_done_with_tools, is_participle, tells_outcome, third_person,
};
use crate::language::gap;
use crate::markdown::text::{Atom, Text};

/// A piece without a subject: it is completed by the subject of the passage.
pub fn fragment(scene: &Scene, subject: &Subject, piece: &Text) -> Option<Made> {
    let mask = piece.mask();
    let found = words(&mask);
    let first = &found[first_telling(&found)?];
    if first.lower == "know" {
        return known_for(subject, piece);
    }
    if points_elsewhere(subject, &mask, first) {
        return None;
    }
    let next = found.iter().find(|w| w.start > first.start);
    if is_no_subject(subject, first, next) {
        return gap_with_prefix(subject, piece, first.end);
    }
    let name = inside(&subject.name, &scene.lower);
    if let Some(stated) = next.and_then(|next| enabling(piece, first, next)) {
        return fragment(scene, subject, &stated);
    }
    if mask.to_lowercase().starts_with("never") && found.get(1).is_none_or(|w| is_condition(&w.lower)) {
        let front = Text::words("When should you use ").join(&name).then("?");
        return Some(Made { body: question(front, piece.clone()), fallback: None });
    }
    if forbids(&found[0], first) {
        return gap_with_prefix(subject, piece, first.end);
    }
    let aims = first.lower == "to" && next.is_some_and(|n| base_verb(&n.lower).is_some());
    if subject.from_term && (aims || first.lower == "for" && subject.defined_here && found.len() > 3) {
        return meant_for(subject, piece, &name);
    }
    if let Some(made) = plain_reading(subject, piece, &found, &name) {
        return Some(made);
    }
    let verb = || unknown_verb(subject, piece, &found, &name);
    if let Some(body) = used(subject, piece, (first, next), &name).or_else(verb) {
        return Some(Made { body, fallback: gap_with_prefix(subject, piece, first.end).map(|m| m.body) });
    }
    let sure = third_person(&first.lower).is_some_and(|v| !v.noun_too);
    if let Some(clause) = clause::parse_without_subject(&mask).filter(|_| sure || !next.is_some_and(leads_on)) {
        return completed(subject, piece, clause, &name);
    }
    let tied = |n: &Word| is_preposition(&n.lower) && !tells_outcome(&first.lower, &n.lower);
    let described = describes(&first.lower) && next.is_some_and(tied) && !first.stop_after;
    if described || matches!(first.lower.as_str(), "not" | "being" | "called" | "named") {
        return described_as(subject, piece, &name);
    }
    if first.lower == "no" || first.lower == "without" {
        return without(subject, piece, first);
    }
    if clause::may_be_clause(&mask) {
        return clause_behind(subject, piece).or_else(|| doer(subject, piece));
    }
    if let Some(stated) = of_several(subject, piece, first) {
        return made(&stated, &clause::parse(&stated.mask())?, &name);
    }
    if let Some(made) = deed(subject, piece, (first, next)).or_else(|| said_of_many(subject, piece, first, &name)) {
        return Some(made);
    }
    if next.is_some_and(|next| opens_with_action(first, next, found.len())) {
        return action(subject, piece, &found, &name);
    }
    noun_phrase(subject, piece, &found, &name)
}

/// `Never give verapamil`: an order, and nothing that the thing does not do.
fn forbids(opening: &Word, first: &Word) -> bool {
    let order = opening.lower == "never" && base_verb(&first.lower).is_some() && third_person(&first.lower).is_none();
    order || matches!(first.lower.as_str(), "do" | "don't" | "never")
}

/// Whether a word (lower case) says how something is, and neither how many there are nor what one does.
fn describes(word: &str) -> bool {
    let counts = matches!(word, "most" | "more" | "many" | "some" | "half" | "several" | "first" | "last");
    (is_participle(word) && base_verb(word).is_none() || is_adjective(word)) && !counts
}

/// Whether a piece goes on from something else, is an example, or says nothing of its subject.
fn points_elsewhere(subject: &Subject, mask: &str, first: &Word) -> bool {
    let lower = mask.to_lowercase();
    let points = Opening::points(&lower.replace(" it", " "));
    let dangles =
        matches!(&*first.lower, "when" | "if" | "while" | "because" | "so" | "and" | "or" | "but" | "which" | "that");
    let example = ["e.g", "i.e", "for example", "such as", "like "].iter().any(|w| lower.starts_with(w));
    let name = subject.name.plain();
    name.trim().is_empty() || subject.distant || mask.starts_with(name) || points || example || dangles
}

/// `Micro-organisms that enter the body`: whether the word before is a noun, whatever its ending.
fn leads_on(next: &Word) -> bool {
    matches!(&*next.lower, "that" | "which" | "who" | "whose")
}

/// Whether a word opens a condition.
fn is_condition(lower: &str) -> bool {
    matches!(lower, "unless" | "except" | "if" | "when" | "only")
}

/// `Help you to group systems`, for which the author meant `Helps you …`: no reader is told to help.
fn enabling(piece: &Text, first: &Word, next: &Word) -> Option<Text> {
    let enables = matches!(first.lower.as_str(), "enable" | "help" | "allow" | "let" | "permit");
    let person = matches!(next.lower.as_str(), "you" | "us" | "users" | "your" | "customers");
    let verb = format!("{}s", &piece.plain()[first.start..first.end]);
    let rest = piece.slice(first.end..piece.plain().len());
    (enables && person).then(|| piece.slice(0..first.start).then(&verb).join(&rest))
}

/// `Archive tier: for data that is rarely read`, `Valve: to let air in`: what the term is for.
fn meant_for(subject: &Subject, piece: &Text, name: &Text) -> Option<Made> {
    let form = if number(subject) == Some(Number::Many) { "are" } else { "is" };
    let front = Text::words(format!("What {form} ")).join(name).then(" for?");
    if !piece.plain().to_lowercase().starts_with("for ") {
        return Some(Made { body: question(front, piece.clone()), fallback: None });
    }
    let answer = piece.slice("for ".len()..piece.plain().len());
    let gapped = gap_with_prefix(subject, piece, 0).map(|made| made.body);
    let measured = !gap::quantities(piece).is_empty();
    better(Some(question(front, answer)).filter(|_| piece.plain().len() < 150), gapped, measured)
}

/// Verbs that say what things do rather than what a reader should do.
const STATES: &[&str] = &[
    "support", "contain", "have", "consist", "operate", "require", "allow", "provide", "act", "live", "include",
    "produce", "cause", "cost", "need", "exist", "occur", "lack", "serve", "carry", "belong", "depend",
];

/// The same behind a term, where a capital tells nothing.
const TELLS: &[&str] = &[
    "represent", "describe", "define", "hold", "store", "act", "form", "transport", "convert", "regulate", "determine",
    "connect", "transmit", "absorb", "release", "carry", "receive", "detect", "break", "protect", "give", "contain",
    "work", "run", "appear", "begin", "end", "grow", "live", "move", "help", "control", "make", "show", "measure",
];

/// What several things do: `Red blood cells` and `carry oxygen`.
fn of_several(subject: &Subject, piece: &Text, first: &Word) -> Option<Text> {
    let states = !first.capital || STATES.contains(&first.lower.as_str());
    let plural = match number(subject) {
        // Lower case goes on with the term in front, which so is no name in the singular.
        None => subject.from_term && !first.capital,
        known => known == Some(Number::Many),
    };
    let several = base_verb(&first.lower).is_some() && plural && states;
    several.then(|| joined(subject, " ", piece))
}

/// `IAM users: Represent people`: behind a term in the plural the base form is the verb.
fn said_of_many(subject: &Subject, piece: &Text, first: &Word, name: &Text) -> Option<Made> {
    let many = subject.from_term && subject.defined_here && is_plural(head_noun(subject.name.plain()));
    // `Cost savings: Pay only for what you use` is an order to the reader.
    let tells = !first.capital || STATES.contains(&&*first.lower) || TELLS.contains(&&*first.lower);
    (many && tells && base_verb(&first.lower).is_some()).then_some(())?;
    let stated = joined(subject, " ", piece);
    let clause = clause::parse(&stated.mask()).filter(|c| c.subject.end == subject.name.plain().len())?;
    made(&stated, &clause, name)
}

/// Whether a piece begins with what one does: a verb in its base form and an object.
fn opens_with_action(first: &Word, next: &Word, count: usize) -> bool {
    let Some(verb) = base_verb(&first.lower) else { return false };
    let plain_object =
        matches!(next.lower.as_str(), "data" | "files" | "records" | "text" | "video" | "logs" | "objects");
    let used = first.lower == "use" && !next.lower.starts_with("case");
    // `access points`, `batch jobs`: two words of which the first may be a noun are a name.
    let several = is_plural(&next.lower) && (count > 2 || first.capital);
    let object = used || is_determiner(&next.lower) || !verb.noun_too || next.capital || several || plain_object;
    let titled = count < 4 && first.capital && next.capital && verb.noun_too && !is_plural(&next.lower);
    let quality = titled || MORE_OFTEN_ADJECTIVES.contains(&first.lower.as_str()) && !is_determiner(&next.lower);
    object && !quality && !is_preposition(&next.lower) && !first.stop_after
}

/// A piece behind the name of its subject and a link, its first letter small.
pub fn joined(subject: &Subject, link: &str, piece: &Text) -> Text {
    let words_first = piece.runs().first().is_some_and(|r| r.style.atom == Atom::Words);
    let lowered = match piece.plain().chars().next() {
        Some(c) if words_first && c.is_uppercase() && piece.plain().chars().nth(1).is_some_and(char::is_lowercase) => {
            Text::words(c.to_lowercase().to_string()).join(&piece.slice(c.len_utf8()..piece.plain().len()))
        }
        _ => piece.clone(),
    };
    subject.name.clone().then(link).join(&lowered)
}

/// `Supports pipe mode …`, `Can transform data …`.
fn completed(subject: &Subject, piece: &Text, clause: Clause, name: &Text) -> Option<Made> {
    let singular_verb = matches!(&clause.verb, Verb::Present(_, Number::One));
    let own = subject.name.plain();
    let title = !own.contains(' ') && !subject.from_term;
    let capitals = own.chars().skip(usize::from(title)).any(char::is_uppercase);
    let common = |noun: &str| is_class_noun(noun) || is_common(noun);
    let several = subject.from_term && !own.contains(' ') && common(&singular(own).to_lowercase());
    let common_plural = is_plural(head_noun(own)) && (!capitals || several);
    if singular_verb && common_plural || is_order(own) {
        return gap_with_prefix(subject, piece, clause.rest.start);
    }
    if let Some(body) = what_it_does(subject, piece, &clause, name) {
        let fallback = gap_with_prefix(subject, piece, clause.rest.start).map(|m| m.body);
        return Some(Made { body, fallback });
    }
    let noun = singular(head_noun(subject.name.plain()));
    let class = noun != head_noun(subject.name.plain()) && is_class_noun(&noun.to_lowercase());
    let many = |verb: Verb| match verb {
        Verb::Present(base, Number::One) if class => Verb::Present(base, Number::Many),
        verb => verb,
    };
    let stated = joined(subject, " ", piece);
    let shift = stated.plain().len() - piece.plain().len();
    let moved = |r: Range<usize>| r.start + shift..r.end + shift;
    let clause = Clause {
        subject: 0..subject.name.plain().len(),
        adverb: moved(clause.adverb.clone()),
        rest: moved(clause.rest.clone()),
        verb: many(clause.verb),
        ..clause
    };
    made(&stated, &clause, name)
}

/// `Use for temporary data`, `Use when data is shared`: an order to the reader, who uses the thing.
fn used(subject: &Subject, piece: &Text, (first, next): (&Word, Option<&Word>), name: &Text) -> Option<Body> {
    let next = next.filter(|_| first.lower == "use" && piece.plain().len() < 150)?;
    let plain_name = subject.from_term || subject.defined_here;
    let rest = |from: usize| piece.slice(from..piece.plain().len()).trim();
    match next.lower.as_str() {
        "for" if plain_name => Some(question(Text::words("What do you use ").join(name).then(" for?"), rest(next.end))),
        "when" | "if" if plain_name => {
            Some(question(Text::words("When do you use ").join(name).then("?"), capitalised(&rest(next.start))))
        }
        _ => None,
    }
}

/// `Hinge: bends in one plane`: behind a term a word in -s before a preposition or an article is a
/// verb, known or not.
fn unknown_verb(subject: &Subject, piece: &Text, found: &[Word], name: &Text) -> Option<Body> {
    let (first, next) = (found.first()?, found.get(1)?);
    // `44th Amendment: abolished the right to property`
    let acted = first.lower.ends_with("ed") && is_participle(&first.lower) && !first.stop_after;
    if acted && subject.from_term && matches!(&*next.lower, "the" | "a" | "an") && piece.plain().len() < 130 {
        return Some(question(Text::words("What did ").join(name).then(" do?"), capitalised(piece)));
    }
    let verb = is_plural(&first.lower) && third_person(&first.lower).is_none() && !first.capital;
    let behind = is_determiner(&next.lower) && !leads_on(next)
        || (is_preposition(&next.lower) && !matches!(next.lower.as_str(), "of" | "for" | "that" | "with"));
    (subject.from_term && subject.defined_here && verb && behind && piece.plain().len() < 130)
        .then(|| question(Text::words("What does ").join(name).then(" do?"), capitalised(piece)))
}

/// The first thing said of a subject, if it says what the subject does: `What does X do?`
fn what_it_does(subject: &Subject, piece: &Text, clause: &Clause, name: &Text) -> Option<Body> {
    let Verb::Present(base, _) = &clause.verb else { return None };
    let describes = matches!(
        base.as_str(),
        "have"
            | "use"
            | "support"
            | "consist"
            | "contain"
            | "include"
            | "mean"
            | "stand"
            | "refer"
            | "store"
            | "need"
            | "require"
            | "run"
            | "cost"
            | "encompass"
            | "comprise"
            | "involve"
            | "cover"
            | "represent"
            | "describe"
            | "allow"
            | "let"
            | "enable"
            | "help"
            | "provide"
            | "offer"
            | "give"
    );
    if !subject.defined_here || describes || clause.negated || piece.plain().len() > 130 {
        return None;
    }
    let front = Text::words("What does ").join(name).then(" do?");
    Some(question(front, capitalised(piece)))
}

/// `Know it for questions about X`, `Know X for Y`: what is to be known is asked for, since it may be for more.
fn known_for(subject: &Subject, piece: &Text) -> Option<Made> {
    let mask = piece.mask();
    let at = mask.find(" for ")?;
    let object = piece.slice("know ".len().min(at)..at).trim();
    let name = if matches!(object.plain(), "it" | "this" | "them") { subject.name.clone() } else { object };
    let answer = piece.slice(at + 5..mask.len());
    let front = Text::words("What should you know for ").join(&answer).then("?");
    let told = answer.plain().contains(name.plain()) || words(answer.plain()).len() < 2;
    let fits = !name.is_blank() && words(name.plain()).len() < 6 && !told;
    fits.then(|| Made { body: question(front, capitalised(&name)), fallback: None })
}

/// ` with Amazon Athena?`; a thing that is no tool by its name stands in brackets.
pub fn aided_by(name: &Text) -> Text {
    let plain = name.plain();
    if is_tool(plain) { Text::words(" with ").join(name).then("?") } else { Text::words(" (").join(name).then(")?") }
}

/// Whether a name sounds like a thing that one works with.
fn is_tool(name: &str) -> bool {
    let single = !name.contains(' ');
    !name.starts_with("the ") && (!single || name.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit()))
}

/// Whether a name is one of something done or striven for (`Input Validation`, `Minimal Base Images`): what
/// stands below it as an order is one of many things to do, which nobody could tell from the others.
fn is_practice(name: &str) -> bool {
    const ENDS: &[&str] = &["tion", "ment", "ity", "ing", "sis", "ance", "ence", "ness"];
    let noun = head_noun(name);
    let acronym = name.split(' ').any(|w| w.len() > 1 && w.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()));
    let one = singular(noun).to_lowercase();
    let several = is_plural(noun) && (is_class_noun(&one) || is_common(&one));
    !acronym && name.contains(' ') && (several || ENDS.iter().any(|end| noun.to_lowercase().ends_with(end)))
}

/// `Why convert CSV to Parquet with Glue?`
fn purpose(subject: &Subject, piece: &Text, name: &Text) -> Option<Body> {
    let mask = piece.mask();
    let found = words(&mask);
    let cut = found.windows(2).skip(1).find(|pair| {
        let aim = pair[0].lower == "to" && base_verb(&pair[1].lower).is_some_and(|v| !v.noun_too);
        pair[0].depth == 0 && (pair[0].lower == "for" || aim)
    })?;
    // `to expire after 90 days` is what a password is set to, `for privileged users` is whose, and neither is why.
    let behind = head_noun(&mask[cut[1].start..]);
    let for_whom = cut[0].lower == "for" && is_plural(behind) && !behind.ends_with("queries");
    let set =
        cut[0].lower == "to" && matches!(&*found[0].lower, "set" | "allow" | "cause" | "force" | "get" | "require");
    if for_whom || set {
        return None;
    }
    // `for users, devices, and services`: of whom, and not why.
    let listed = cut[0].lower == "for" && mask[cut[0].start..].contains(", ") && mask[cut[0].start..].contains(" and ");
    let coordinated =
        listed || found.iter().rfind(|w| w.end <= cut[0].start).is_some_and(|w| matches!(&*w.lower, "and" | "or"));
    if coordinated {
        return None;
    }
    let task = piece.slice(0..cut[0].start).trim();
    let answer = piece.slice(cut[0].start..mask.len());
    let lowered = joined(&Subject::default(), "", &task);
    let told = task.plain().contains(subject.name.plain()) || is_order(subject.name.plain());
    let tail = if told { Text::words("?") } else { aided_by(name) };
    let whole = !["having", "able", "how", "what", "need", "needs", "due", "up", "you", "users"]
        .contains(&words(task.plain()).last().map_or("", |w| &*w.lower));
    (whole && words(task.plain()).len() > 1).then(|| question(Text::words("Why ").join(&lowered).join(&tail), answer))
}

/// `Used by Athena`, `Best for analytics`, `Not for active training`.
fn described_as(subject: &Subject, piece: &Text, name: &Text) -> Option<Made> {
    let past = is_past(name.plain()) || is_dated(piece.plain());
    let link = match number(subject) {
        Some(Number::One) if past => " was ",
        Some(Number::Many) if past => " were ",
        Some(Number::One) => " is ",
        Some(Number::Many) => " are ",
        None => return gap_with_prefix(subject, piece, 0),
    };
    // `Led by X, thousands were executed`: what is told is not told of the thing.
    if piece.plain().contains(", ") && clause::has_finite_verb(&piece.mask()) {
        return None;
    }
    // What describes is in bold as a label is: `**Accessible** from …`.
    let labelled = piece.runs().first().is_some_and(|r| r.style.strong);
    let piece = &if labelled { piece.restyle(|style| style.strong = false) } else { piece.clone() };
    let stated = joined(subject, link, piece);
    let clause = clause::parse(&stated.mask())?;
    made(&stated, &clause, name).or_else(|| gap_with_prefix(subject, piece, 0))
}

/// `No schema enforcement`.
fn without(subject: &Subject, piece: &Text, no: &Word) -> Option<Made> {
    let text = prefixed(subject, piece);
    let shift = text.plain().len() - piece.plain().len();
    let mask = piece.mask();
    let rest = &mask[no.end..];
    if rest.trim_start().starts_with("one ") {
        return None;
    }
    let start = no.end + rest.len() - rest.trim_start().len();
    let end = start + head_phrase(&mask[start..]).len();
    let which = subject.category.as_ref().filter(|_| subject.from_term && end == mask.trim_end().len());
    let body = match which {
        Some(category) => {
            let front = Text::words(format!("Which {category} has no ")).join(&piece.slice(start..end)).then("?");
            question(front, subject.name.clone())
        }
        None => one_gap(&text, start + shift..end + shift)?,
    };
    (end > start && end - start < 60).then_some(Made { body, fallback: None })
}

/// Verbs that stand before a noun as adjectives: `double membrane`, `clean data`.
const MORE_OFTEN_ADJECTIVES: &[&str] = &[
    "double", "own", "equal", "clean", "dry", "open", "clear", "correct", "separate", "direct", "live", "free",
    "secure", "complete", "slow", "cool", "present", "select",
];

/// Verbs that tell the reader how to study; they say nothing of the subject.
const EXHORTS: &[&str] = &[
    "know", "see", "remember", "check", "consider", "master", "learn", "understand", "explore", "review", "study",
    "test", "practice", "focus", "read", "watch", "try", "note", "compare", "think", "look", "visit", "click",
];

/// `Run SQL queries on streaming data`, `Automatically discover schemas`.
fn action(subject: &Subject, piece: &Text, found: &[Word], name: &Text) -> Option<Made> {
    let first = found.iter().find(|w| !is_adverb(&w.lower))?;
    let advice = matches!(
        first.lower.as_str(),
        "use" | "choose" | "prefer" | "avoid" | "enable" | "remember" | "consider" | "check" | "pick" | "know" | "see"
    );
    let speaker = if advice { "You should " } else { "You can " };
    if EXHORTS.contains(&first.lower.as_str()) {
        return None;
    }
    let done = is_done_with_tools(&first.lower);
    if is_practice(subject.name.plain()) && !piece.plain().contains(|c: char| c.is_ascii_digit()) {
        return purpose(subject, piece, name).filter(|_| done).map(|body| Made { body, fallback: None });
    }
    let fallback = gap_with_prefix(subject, piece, first.end).or_else(|| goal_gap(subject, piece)).map(|m| m.body);
    if let Some(body) = purpose(subject, piece, name).filter(|_| done) {
        return Some(Made { body, fallback });
    }
    let stated = Text::words(speaker).join(&joined(&Subject::default(), "", piece));
    let clause = clause::parse(&stated.mask())?;
    let Some(asked) = ask(&Statement { text: &stated, clause: &clause, subject: &Text::words("you") }) else {
        return fallback.map(|body| Made { body, fallback: None });
    };
    if (!is_tool(name.plain()) || !done)
        && !advice
        && let Some(at) = piece.plain().find(asked.answer.plain())
        && let Some(body) =
            in_context(Some(subject), piece, std::slice::from_ref(&(at..at + asked.answer.plain().len())))
    {
        return Some(Made { body, fallback });
    }
    if !done && !advice {
        return fallback.map(|body| Made { body, fallback: None });
    }
    let stem = asked.question.trim_matches(|c| c == '?');
    if advice && words(stem.plain()).len() <= 4 {
        return fallback.map(|body| Made { body, fallback: None });
    }
    if is_order(name.plain()) {
        return fallback.map(|body| Made { body, fallback: None });
    }
    let question_text = if advice { stem.then(" (").join(name).then(")?") } else { stem.join(&aided_by(name)) };
    Some(Made { body: question(question_text, asked.answer), fallback })
}

/// `Join data from several sources into a {{unified dataset}}`.
fn goal_gap(subject: &Subject, piece: &Text) -> Option<Made> {
    let mask = piece.mask();
    let (at, lead) = [" into a ", " into an ", " into ", " as a ", " as an "]
        .iter()
        .find_map(|l| mask.find(l).map(|at| (at, l.len())))?;
    let text = prefixed(subject, piece);
    let shift = text.plain().len() - piece.plain().len();
    let start = at + lead;
    let end = start + head_phrase(&mask[start..]).len();
    let count = words(&mask[start..end]).len();
    (1..=4).contains(&count).then_some(())?;
    Some(Made { body: one_gap(&text, start + shift..end + shift)?, fallback: None })
}
