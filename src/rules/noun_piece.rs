//! Pieces that are a noun phrase (`Columnar format`, `Managed ETL service`): they say what the subject
//! is, or what holds of it alone; where neither is sure, a part of them becomes a gap.

use super::draft::{Made, capitalised, one_gap, question};
use super::fact::{Subject, gap_with_prefix, prefixed};
use super::fragment::joined;
use super::torn::says_change;
use crate::card::Body;
use crate::language::english::clause::{Number, Word, is_adverb, is_determiner, is_relative, words};
use crate::language::english::noun::{head_noun, head_phrase, is_plural, is_preposition, singular};
use crate::language::english::person::names_person;
use crate::language::english::{
    base_verb, is_adjective, is_class_noun, is_common, is_gerund, is_participle, past_tense, third_person,
};
use crate::language::gap;
use crate::language::sentence::items;
use crate::markdown::text::Text;

/// Nouns that end a line which only announces what follows.
const PAGE: &[&str] = &[
    "concepts", "points", "features", "topics", "notes", "facts", "tips", "examples", "details", "basics", "overview",
];

/// `Columnar format`, `Central metadata repository`, `Sliding window aggregations for time-series analysis`.
pub fn noun_phrase(subject: &Subject, piece: &Text, found: &[Word], name: &Text) -> Option<Made> {
    let mask = piece.mask();
    let first = &found[0];
    let measured = !gap::quantities(piece).is_empty();
    let imperative = base_verb(&first.lower).is_some_and(|v| !v.noun_too) || first.lower == "split";
    let page = found.last().is_some_and(|w| PAGE.contains(&w.lower.as_str()));
    let every = matches!(&*first.lower, "every" | "each" | "all" | "any" | "only");
    // The first word has its capital for its place: `Phishing via SMS`.
    let doing = subject.from_term && first.lower.ends_with("ing");
    let telling = found.len() > 1 && (doing || found.iter().any(|w| !w.capital && !is_preposition(&w.lower)));
    let pointing = matches!(&*first.lower, "it" | "they" | "this" | "these" | "he" | "she" | "you" | "we" | "there");
    // `thinner and denser`, `the more people`, `as a result of …` are no nouns.
    let second = found.get(1).map_or("", |w| &*w.lower);
    let compared = |w: &str| w.ends_with("er") && w.len() > 5 || is_adjective(w);
    let tied = found.iter().skip(1).any(|w| is_preposition(&w.lower) || is_determiner(&w.lower));
    let describing = compared(&first.lower) && matches!(second, "and" | "or") && !tied
        || first.lower == "the"
            && (matches!(second, "more" | "less") || second.ends_with("er") && is_adjective(second))
        || is_preposition(&first.lower);
    if pointing || describing || imperative && !measured || page || every || mask.contains([':', '=']) || !telling {
        return None;
    }
    let gapped = || gap_with_prefix(subject, piece, 0).or_else(|| leading_gap(subject, piece, head_phrase(&mask)));
    if let Some(body) = person(subject, piece, found, name) {
        return Some(Made { body, fallback: gapped().map(|m| m.body) });
    }
    let noun = singular(head_noun(&mask)).to_lowercase();
    let own_noun = singular(head_noun(subject.name.plain())).to_lowercase() == noun;
    let is_class = own_noun
        || is_class_noun(&noun)
        || KINDS.contains(&noun.as_str())
        || subject.category.as_deref().is_some_and(|class| class.to_lowercase().ends_with(&noun));
    let told_of_term = subject.from_term && subject.defined_here;
    // `Temporary solutions when others fail`: behind a noun it tells of which.
    let when = told_of_term && found.get(2).is_some_and(|w| w.lower == "when") && is_adjective(&first.lower);
    let joins =
        |w: &Word| w.depth == 0 && (matches!(&*w.lower, "but" | "because" | "if") || w.lower == "when" && !when);
    let several = items(&mask);
    // `Fast, small, temporary storage`: a noun behind its adjectives.
    let ends = told_of_term && several.last().is_some_and(|r| r.end == mask.len() && ends_in_noun(&mask[r.clone()]));
    let several_adjectives = is_adjective(&first.lower) && first.stop_after && !ends;
    let members = several.len() > 2 && several.iter().all(|r| words(&mask[r.clone()]).len() <= 4);
    let listed = !is_class && lists_qualities(&mask) || members && is_adjective(&subject.name.plain().to_lowercase());
    if found.iter().any(joins) || several_adjectives || imperative || listed {
        return gapped();
    }
    if is_no_definition(subject, found, &mask) {
        return gapped();
    }
    if !may_define(subject, first, &mask, is_class) {
        return if subject.in_prose { None } else { gapped() };
    }
    // One thing is not several: `IPv4` is not `different ways`.
    let several = is_plural(head_noun(&mask)) && !subject.from_term && number(subject) == Some(Number::One);
    let members = !subject.from_term && !is_determiner(&first.lower) && names_several(subject.name.plain());
    let defines = !members && (subject.defined_here || own_noun && mask.contains(" that ")) && !measured && !several;
    let body =
        unique_property(subject, piece, found).or_else(|| defines.then(|| definition(subject, piece, name, is_class)));
    match body {
        Some(body) => Some(Made { body, fallback: gapped().map(|m| m.body) }),
        None => gapped(),
    }
}

/// Whether the subject takes `is` or `are`; `None` where a capitalised plural may be a name.
pub fn number(subject: &Subject) -> Option<Number> {
    let noun = head_noun(subject.name.plain());
    match (is_plural(noun), noun.chars().next().is_some_and(char::is_uppercase)) {
        (false, _) => Some(Number::One),
        (true, false) => Some(Number::Many),
        // `Technical Controls`: words that are no names.
        (true, true) if is_described_class(subject.name.plain()) => Some(Number::Many),
        (true, true) => None,
    }
}

/// Whether a name is a class noun in the plural behind nothing but adjectives: `Physical Controls`.
fn is_described_class(name: &str) -> bool {
    let lower = name.to_lowercase();
    let Some((described, noun)) = lower.rsplit_once(' ') else { return false };
    let one = singular(noun);
    described.split(' ').all(is_adjective) && (is_class_noun(&one) || is_common(&one))
}

/// The first word that is no adverb, and joins none: `motivated` of `politically or socially motivated`.
pub fn first_telling(found: &[Word]) -> Option<usize> {
    let adverb = |at: usize| found.get(at).is_some_and(|w| is_adverb(&w.lower));
    let links = |at: usize| at > 0 && matches!(&*found[at].lower, "or" | "and") && adverb(at - 1) && adverb(at + 1);
    (0..found.len()).find(|at| !adverb(*at) && !links(*at))
}

/// A piece whose first words alone tell how it is to be read: `Devices or measures that bar the way`, and behind a term
/// `Collects and analyses logs`.
pub fn plain_reading(subject: &Subject, piece: &Text, found: &[Word], name: &Text) -> Option<Made> {
    let [one, link, two, next, ..] = found else { return None };
    let joined = matches!(&*link.lower, "and" | "or") && !one.stop_after && !two.stop_after;
    if !joined || !subject.from_term || !subject.defined_here || piece.plain().len() > 160 {
        return None;
    }
    let verb = |w: &Word| third_person(&w.lower);
    let acts = verb(one).zip(verb(two)).is_some_and(|(a, b)| !a.noun_too || !b.noun_too);
    if acts && number(subject) == Some(Number::One) {
        let front = Text::words("What does ").join(name).then(" do?");
        return Some(Made { body: question(front, capitalised(piece)), fallback: None });
    }
    // `activities carried out by people`, but not `embankments created scars`
    let tied = found.get(4).is_some_and(|w| is_preposition(&w.lower) || matches!(&*w.lower, "out" | "to" | "up"));
    let told = is_relative(&next.lower) || is_participle(&next.lower) && tied;
    let nouns = is_plural(&one.lower) && is_plural(&two.lower) && told;
    if nouns { noun_phrase(subject, piece, found, name) } else { None }
}

/// Whether words are a noun behind an adjective.
fn ends_in_noun(part: &str) -> bool {
    let found = words(part);
    let known = |one: &str| is_class_noun(one) || is_common(one);
    let noun = |w: &Word| !is_adjective(&w.lower) && (is_plural(&w.lower) || known(&singular(&w.lower)));
    let quality = |w: &Word| is_adjective(&w.lower) || is_participle(&w.lower);
    matches!(found.as_slice(), [.., first, last] if quality(first) && noun(last)) && found.len() < 4
}

/// `Ada Lovelace: English mathematician who wrote the first program`
fn person(subject: &Subject, piece: &Text, found: &[Word], name: &Text) -> Option<Body> {
    let named = words(subject.name.plain());
    let person = subject.from_term && named.iter().all(|w| w.capital) && named.len() > 1 && names_person(found);
    let told = |w: &Word| past_tense(&w.lower).is_some() || w.lower == "was" || w.lower.ends_with("ed");
    let past = found.windows(2).any(|pair| is_relative(&pair[0].lower) && told(&pair[1]));
    let lead = if past { "Who was " } else { "Who is " };
    person.then(|| question(Text::words(lead).join(name).then("?"), piece.clone()))
}

/// Whether a phrase says no more of a term than that: a quality, what is done, what changes or what it is used with.
fn is_no_definition(subject: &Subject, found: &[Word], mask: &str) -> bool {
    let own = subject.name.plain().to_lowercase();
    let repeats = !own.contains(' ') && found.iter().any(|w| *w.lower == *own) && own.len() > 2;
    // `First line`, `user assigned`: a quality, of which the words behind it are no definition.
    let quality = |name: &str| {
        let found = words(name);
        found.last().is_some_and(|w| {
            is_participle(&w.lower) && !w.capital && w.lower.ends_with("ed") && (found.len() > 1 || subject.from_term)
        }) || matches!(name, "first line" | "second line" | "third line" | "before" | "after" | "default" | "indicated")
    };
    // `insert or update`: two things that are done.
    let done = matches!(found, [one, link, two, ..] if matches!(&*link.lower, "or" | "and")
        && base_verb(&one.lower).is_some() && base_verb(&two.lower).is_some());
    // `lung compliance increases`, `fact tables, large tables` of a hash: no definitions either.
    let changes = found.iter().skip(1).take_while(|w| w.depth == 0).last().is_some_and(|w| says_change(&w.lower));
    let parts = items(mask);
    let plurals = parts.len() > 1
        && mask.contains(", ")
        && !mask.contains(" and ")
        && parts.iter().all(|r| is_plural(head_noun(&mask[r.clone()])))
        && !is_plural(head_noun(subject.name.plain()))
        && subject.from_term
        && !relative(mask);
    // `Anti-patterns`: `Shipping without tests` is one of them.
    let member = !subject.from_term && is_gerund(&found[0].lower) && is_plural(head_noun(subject.name.plain()));
    done || changes
        || member
        || acts_often(found)
        || plurals
        || holds_auxiliary(found)
        || quality(&own)
        || repeats && !relative(mask)
        || own.chars().count() < 2
}

/// `Most pixels barely change`, `very low scores flag …`: what is so often, or hardly, is told in a clause.
fn acts_often(found: &[Word]) -> bool {
    const OFTEN: &[&str] = &[
        "barely", "hardly", "rarely", "usually", "often", "always", "never", "mostly", "typically", "sometimes",
        "frequently", "seldom", "generally",
    ];
    let acts = |pair: &[Word]| OFTEN.contains(&&*pair[0].lower) && base_verb(&pair[1].lower).is_some();
    found[0].lower == "very" || found.windows(2).skip(1).any(acts)
}

/// Whether a phrase holds the verb of a clause: `The constitution has deviated …` says what no heading is.
fn holds_auxiliary(found: &[Word]) -> bool {
    let end = found.iter().position(|w| is_relative(&w.lower) || w.stop_after).unwrap_or(found.len());
    found[..end].iter().skip(1).any(|w| {
        let lists = matches!(&*w.lower, "include" | "includes" | "included");
        let verb =
            matches!(&*w.lower, "has" | "have" | "had" | "is" | "are" | "was" | "were" | "will" | "must" | "should");
        (lists || verb) && w.depth == 0 && !w.capital
    })
}

/// Whether a heading announces several things by everyday words (`Control Measures`, `Consequences`), so that
/// what stands below it is one of them.
fn names_several(name: &str) -> bool {
    let noun = head_noun(name);
    let one = singular(noun).to_lowercase();
    let common = |w: &str| is_common(w) || is_class_noun(w) || is_adjective(w);
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    is_plural(noun) && common(&one) && common(&singular(&first))
}

/// Whether a phrase lists what is good about a thing (`Disaster recovery, global availability`) and
/// does not say what it is.
fn lists_qualities(phrase: &str) -> bool {
    const ENDS: &[&str] = &["ery", "ity", "ance", "ence", "tion", "failover", "ness"];
    let parts: Vec<&str> = phrase.split(", ").collect();
    let quality = |part: &&str| ENDS.iter().any(|end| head_noun(part).ends_with(end));
    parts.len() > 1 && !phrase.contains(" of ") && !phrase.contains(" that ") && parts.iter().all(quality)
}

/// Whether something is said of a noun by a clause.
fn relative(mask: &str) -> bool {
    [" that ", " which ", " who ", " where ", " used to ", " used for ", " designed "].iter().any(|w| mask.contains(w))
}

/// Nouns of definitions that are no headings' classes.
const KINDS: &[&str] = &[
    "abstraction", "agreement", "alternative", "authority", "body", "branch", "certificate", "channel", "circuit",
    "compound", "condition", "contract", "controller", "copy", "cycle", "definition", "description", "doctrine",
    "entity", "exchange", "firewall", "hub", "identifier", "illness", "implementation", "infection", "inflammation",
    "interval", "measure", "measurement", "message", "molecule", "movement", "option", "organisation", "organization",
    "organism", "package", "parameter", "party", "period", "person", "philosophy", "primitive", "processor",
    "programme", "proposal", "reaction", "record", "representation", "republic", "router", "school", "sequence",
    "site", "specification", "statement", "statute", "substance", "suite", "switch", "symbol", "syndrome",
    "technology", "treaty", "union", "version", "virus", "war", "worker", "ability", "collection", "combination",
    "amount", "number", "rate", "ratio", "capacity", "thinking", "set", "pursuit", "degree", "extent", "tendency",
    "willingness", "percentage", "language", "engine", "place", "point", "path", "unit", "study", "science", "art",
    "theory", "belief", "idea", "notion", "concept",
];

/// Whether a noun phrase may say what its subject is.
fn may_define(subject: &Subject, first: &Word, mask: &str, is_class: bool) -> bool {
    let opens = is_determiner(&first.lower)
        || is_adjective(&first.lower)
        || is_participle(&first.lower)
        || is_adverb(&first.lower);
    let from_term = subject.defined_here && subject.from_term;
    let explains = relative(mask) || words(mask).len() >= 5;
    (from_term || number(subject) != Some(Number::Many))
        && (!subject.in_prose || is_class)
        && (is_class || is_determiner(&first.lower) || from_term || opens && explains)
}

/// `What is X?`; where the phrase names no class of things, but X is one of several: `What is X for?`
fn definition(subject: &Subject, piece: &Text, name: &Text, is_class: bool) -> Body {
    let mask = piece.mask();
    // `Messages encrypted for one reader`: the noun stands before what is done with it.
    let told = words(&mask);
    let noun = told
        .iter()
        .take_while(|w| !is_participle(&w.lower) && !is_gerund(&w.lower) && !is_preposition(&w.lower))
        .last();
    let several = is_plural(head_noun(&mask)) || noun.is_some_and(|w| is_plural(&w.lower) && w.depth == 0);
    // One word with a capital, as at the head of a bullet, is seldom a name in the plural.
    let single = !subject.name.plain().contains(' ');
    let own = head_noun(subject.name.plain());
    let everyday = |w: &str| is_common(w) || is_adjective(w) || is_class_noun(&singular(w));
    let common = is_plural(own)
        && subject.name.plain().contains(' ')
        && subject.name.plain().to_lowercase().split(' ').all(everyday);
    let many = common || number(subject) == Some(Number::Many) || (number(subject).is_none() && (several || single));
    let one_thing = !several && !head_noun(&mask).eq_ignore_ascii_case("data");
    let found = words(&mask);
    // `money paid to compensate`: the noun is one that something is said of, so it defines.
    let paid = found.get(1).zip(found.get(2)).is_some_and(|(second, third)| {
        is_participle(&second.lower) && (is_preposition(&third.lower) || third.lower == "to") && !found[0].capital
    });
    let relative = one_thing && (paid || [" that ", " which ", " who "].iter().any(|w| mask.contains(w)));
    let purpose = !is_class && subject.category.as_deref().is_some_and(serves) && !relative;
    let form = if many { "are" } else { "is" };
    let front = Text::words(format!("What {form} ")).join(name).then(if purpose { " for?" } else { "?" });
    question(front, piece.clone())
}

/// Whether members of a class are told apart by what they are for: storage classes are, forms of contract
/// and regions of the brain are not.
fn serves(class: &str) -> bool {
    const TOOLS: &[&str] = &[
        "class", "tier", "service", "tool", "mode", "format", "option", "plan", "instance", "database", "policy",
        "strategy", "algorithm", "pattern", "command", "store", "storage", "volume", "gateway", "framework", "library",
        "language", "engine", "device", "instrument", "drug", "medication", "application", "edition", "model",
    ];
    let sort = class.split(" of ").next().unwrap_or(class).rsplit(' ').next().unwrap_or(class);
    TOOLS.contains(&sort)
}

/// `Default choice for ML datasets` holds of one member of its class: ask which.
fn unique_property(subject: &Subject, piece: &Text, found: &[Word]) -> Option<Body> {
    let category = subject.category.as_ref()?;
    let first = found.first()?;
    let possessive = found.iter().take(3).any(|w| w.lower.ends_with("'s")) && !is_plural(head_noun(&piece.mask()));
    let unique = matches!(
        first.lower.as_str(),
        "default" | "only" | "cheapest" | "fastest" | "main" | "first" | "preferred" | "native"
    ) || (first.lower.ends_with("est") && first.lower.len() > 4 && is_adjective(&first.lower));
    if !unique && !possessive {
        return None;
    }
    let article = if possessive { "" } else { "the " };
    let described = joined(&Subject::default(), "", piece);
    let described = if possessive { piece.clone() } else { described };
    let front = Text::words(format!("Which {category} is {article}")).join(&described).then("?");
    Some(question(front, subject.name.clone()))
}

/// The head of a noun phrase as the gap, where a phrase behind it is cue enough.
fn leading_gap(subject: &Subject, piece: &Text, head: &str) -> Option<Made> {
    let mask = piece.mask();
    let tail_words = words(&mask[head.len()..]).len();
    let head_words = head.split(' ').count();
    let acts = |w: &Word| base_verb(&w.lower).is_some_and(|v| !v.noun_too) && !w.capital;
    let clause = words(head).iter().skip(1).any(acts) || head.ends_with(" such");
    let lists = words(&mask[head.len()..])
        .iter()
        .any(|w| w.depth == 0 && matches!(&*w.lower, "include" | "includes" | "are" | "is"));
    let torn = clause
        || lists
        || words(head).first().is_some_and(|w| is_determiner(&w.lower))
        || words(head).last().is_some_and(|w| is_participle(&w.lower) && !w.capital);
    if torn || tail_words < 3 || !(2..=6).contains(&head_words) {
        return None;
    }
    let text = prefixed(subject, piece);
    let shift = text.plain().len() - piece.plain().len();
    // `Handle {{schema evolution}} as sources change`: the verb stays.
    let orders = |w: &&Word| {
        base_verb(&w.lower).is_some_and(|v| {
            !v.noun_too || matches!(v.base, "handle" | "find" | "run" | "join" | "build" | "make" | "keep" | "get")
        })
    };
    let verb = words(head).first().filter(orders).map(|w| w.end + 1);
    let (start, head) = (mask.find(head)?, head.get(verb.unwrap_or(0)..)?);
    let start = start + verb.unwrap_or(0);
    Some(Made { body: one_gap(&text, start + shift..start + head.len() + shift)?, fallback: None })
}
