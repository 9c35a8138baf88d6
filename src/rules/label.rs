//! Labels that name an aspect of the thing the heading names: `**Retention:** 24 hours`.

use std::ops::Range;

use super::allowed::is_no_name;
use super::arrow::lowered;
use super::behind_term::clause_behind;
use super::bundle::{self, is_bundle};
use super::defining::{asked_name, is_page_word};
use super::draft::{Draft, Drafts, Made, one_gap, question};
use super::exemplified::{exemplified, is_example, term_above};
use super::fact::{Subject, facts, leans, prefixed};
use super::head::{Head, head};
use super::list::{counts, items_question};
use super::naming::names_thing;
use super::native;
use super::people::{self, deeds, is_person};
use super::scene::{Scene, Site};
use super::term::{bare, has_own_subject, is_aspect, is_plain_aspect, is_term, item_span, lists_aspect};
use super::timeline::is_time;
use super::topic::clean_heading;
use super::value::{in_number, is_address, weighs};
use super::wh_label::{is_wh, wh_question};
use super::{Example, Rule};
use crate::card::{Body, Kind};
use crate::language::english::ask::inside;
use crate::language::english::circumstance::circumstance;
use crate::language::english::clause::{Word, may_be_clause, parse, parse_without_subject, words};
use crate::language::english::noun::{decapitalise, head_noun, is_plural, is_plural_phrase, is_preposition, singular};
use crate::language::english::person::names_person;
use crate::language::english::{base_verb, is_adjective, is_class_noun, is_participle, third_person};
use crate::language::sentence::{items, sentences};
use crate::markdown::block::BlockKind;
use crate::markdown::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    name: "label",
    summary: "a label that names an aspect of the heading's subject",
    manual: "\
A bullet or paragraph that begins with a label and a colon says something of the thing that the heading
names. A label is told from a term by its words: it recurs under other headings, is one of the usual
aspects (`Use case`, `Limits`, `Port`), or is a common noun that the note uses elsewhere.

The card asks for the aspect of the subject: the retention of a stream, the port of a protocol. Below a heading that
gathers several things (`Challenges`, `Applications of Radar`) it asks for one of these, and where the words behind
the colon speak of something of their own, they are shown with a gap. Examples are asked the
other way round (`… are examples of what?`), and only where several things have some.",
    example: Example {
        note: "\
## Redis

- **Port:** 6379
- **Use cases:** caching, sessions, leaderboards
",
        cards: "\
[fact] label  Redis  @ 3
Q: What is the port of Redis?
A: 6379

[list] label  Redis  @ 4
Q: What are the use cases of Redis?
A: caching, sessions, leaderboards
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    let people = people::sections(scene);
    for (site, text) in scene.paragraphs() {
        let topic = scene.topic(site);
        let Some(head) = head(text) else { continue };
        if let Some(made) = counted(scene, text, &head) {
            let anchor = scene.span_of(text).unwrap_or(site.block.span);
            out.push(Draft::new(&RULE, Kind::List, made).at(anchor, anchor).under(site));
            continue;
        }
        let aspect = scene.is_english() && lists_aspect(site, topic, text, &head);
        let term = !aspect && is_term(scene, site, topic, &head);
        let plain = scene.is_english() && is_no_name(&head.name);
        if plain || head.remark || is_time(&head.name) || term || !may_be_label(site, &head) {
            continue;
        }
        let lead = if scene.is_english() { None } else { native::aspect::lead_term(scene, site) };
        let Some(name) = lead.or_else(|| subject_of(scene, site, topic.name())) else { continue };
        let above = if is_example(&head.name) { term_above(scene, site) } else { None };
        let subject = Subject { name: above.unwrap_or(name), ..Subject::default() };
        let value = text.slice(head.rest.clone());
        let label = bare(&text.slice(head.term.clone()));
        // `If admitted, a committee looks into it:` is the beginning of a sentence.
        if scene.is_english()
            && words(label.plain()).first().is_some_and(|w| matches!(&*w.lower, "if" | "once" | "unless"))
        {
            continue;
        }
        if scene.is_english() && !is_wh(label.plain()) && !names_thing(&label) && !is_plain_aspect(scene, label.plain())
        {
            continue;
        }
        let anchor = scene.span_of(text).unwrap_or(site.block.span);
        if out.is_taken(anchor) {
            continue;
        }
        // Where a list goes on below, the value is only the first of several.
        let goes_on = site.item().is_some_and(|i| i.rest().iter().any(|b| matches!(b.kind, BlockKind::List { .. })));
        let spoken = people.contains(&site.section_number());
        let person = topic.subject.as_ref().filter(|name| scene.is_english() && is_person(name.plain(), spoken));
        let done = person.and_then(|person| deeds(scene, person, &label, &value));
        let made = if let Some(done) = done {
            done.into_iter().map(|made| (Kind::Fact, made)).collect()
        } else if scene.is_english() {
            if goes_on && words(value.plain()).len() < 6 {
                continue;
            }
            cards(scene, &subject, &label, &value)
        } else {
            native::aspect::labelled(scene, text, &subject.name)
        };
        for (kind, made) in made {
            out.push(Draft::new(&RULE, kind, made).at(anchor, item_span(site)).under(site));
        }
    }
}

/// `Four factors of production - labour, capital, enterprise and land`: the label says what is listed.
fn counted(scene: &Scene, text: &Text, head: &Head) -> Option<Made> {
    let value = text.slice(head.rest.clone()).trim_matches(|c| c.is_whitespace() || c == '.');
    let mask = value.mask();
    let listed = items(&mask);
    let short = listed.iter().all(|r| (1..=6).contains(&words(&mask[r.clone()]).len()));
    let fits = scene.is_english() && counts(&head.name) && !head.remark && (2..=7).contains(&listed.len()) && short;
    if !fits || sentences(&mask).len() > 1 || parse(&mask).is_some() {
        return None;
    }
    let label = lowered(&bare(&text.slice(head.term.clone())));
    let names: Vec<Text> = listed.into_iter().map(|r| value.slice(r)).collect();
    Some(Made { body: items_question(Text::words("What are the ").join(&label).then("?"), &names), fallback: None })
}

fn may_be_label(site: &Site, head: &Head) -> bool {
    // `enableDnsHostnames` is a name.
    let code = head.name.starts_with(char::is_lowercase) && head.name.contains(char::is_uppercase);
    if code && !head.name.contains(' ') {
        return false;
    }
    let tied =
        words(&head.name).first().is_some_and(|w| matches!(&*w.lower, "in" | "on" | "by" | "of" | "to" | "from"));
    let first = site.item().is_some() && site.index == 0;
    !tied && (head.bold || first && (!head.dash || is_page_word(&head.name)))
}

/// The thing that a label inside a list speaks of: the term of the item around it, else the heading's.
pub fn subject_of(scene: &Scene, site: &Site, topic: Option<Text>) -> Option<Text> {
    let around = site.outer_item();
    match around.and_then(|item| item.text()) {
        Some(text) => match head(text) {
            Some(head) if !head.remark => Some(bare(&text.slice(head.term))),
            // What heads every page of a book is no thing.
            None if scene.repeated_lines.contains(&text.plain().trim().to_lowercase()) => topic,
            _ if text.plain().split_whitespace().count() <= 5 => Some(clean_heading(&bare(text))),
            _ => None,
        },
        None => topic,
    }
    .filter(|name| !name.is_blank() && !scene.is_remark(name) && (!scene.is_english() || names_thing(name)))
}

/// The cards of a labelled value.
pub fn cards(scene: &Scene, subject: &Subject, label: &Text, value: &Text) -> Vec<(Kind, Made)> {
    let value = value.trim_matches(|c| c.is_whitespace() || c == '.');
    let mask = value.mask();
    let several = sentences(&mask).len() > 1;
    if mask.starts_with("as ") || weighs(&mask) || is_address(&value) {
        return Vec::new();
    }
    if let Some(cards) = apart(scene, subject, label, &value) {
        return cards;
    }
    let clause = parse(&mask).is_some() || circumstance(&mask).is_some();
    // `Functions: can be configured to …`: the thing can, not its functions.
    let first = words(&mask).first().map(|w| w.lower.to_string()).unwrap_or_default();
    if matches!(&*first, "can" | "must" | "may") && is_aspect(scene, label.plain()) {
        // `On-premises: must use a gateway`: what must, the label tells.
        let own = !is_plain_aspect(scene, label.plain()) && !is_class_noun(&singular(&label.plain().to_lowercase()));
        if own {
            let name = subject.name.clone().then(" – ").join(label);
            let subject = Subject { name, from_term: true, ..Subject::default() };
            let shown = prefixed(&subject, &value);
            let object = parse_without_subject(&mask).map(|clause| clause.rest);
            let shift = shown.plain().len() - value.plain().len();
            let body = object.and_then(|rest| one_gap(&shown, rest.start + shift..rest.end + shift));
            return body.map(|body| (Kind::Fact, Made { body, fallback: None })).into_iter().collect();
        }
        return told(scene, subject, &value);
    }
    if clause && !several {
        let labelled = Subject { name: label.clone(), from_term: true, ..Subject::default() };
        let of = if is_page_word(label.plain()) { subject } else { &labelled };
        let mut own = facts(scene, Some(of), &value);
        if own.is_empty() {
            own = facts(scene, Some(subject), &value);
        }
        if !own.is_empty() || !has_own_subject(scene, label.plain()) {
            return own.into_iter().map(|(made, _)| (Kind::Fact, made)).collect();
        }
    }
    let longest = if is_plain_aspect(scene, label.plain()) { 220 } else { 160 };
    if several || value.plain().len() > longest {
        // `Memory unit: The device that holds data. It …` says what the label is, and nothing of the heading's thing.
        let name = label.clone();
        let labelled = Subject { name, from_term: true, defined_here: true, ..Subject::default() };
        let defines = ["The ", "A ", "An "].iter().any(|w| mask.starts_with(w)) && label.plain().contains(' ');
        let aspect = is_wh(label.plain()) || is_plain_aspect(scene, label.plain()) && !defines;
        if aspect && several && opens_with_pronoun(&mask) {
            // `Cost: About 500 dollars. It falls each year.`: what falls is the cost.
            return cards(scene, subject, label, &value.slice(sentences(&mask)[0].clone()));
        }
        let of = if aspect { subject } else { &labelled };
        return told(scene, of, &value);
    }
    valued(scene, subject, label, &value)
}

/// The cards of a value that is short: the aspect of the subject, or what the label is where that cannot be asked.
fn valued(scene: &Scene, subject: &Subject, label: &Text, value: &Text) -> Vec<(Kind, Made)> {
    let mask = value.mask();
    let clause = parse(&mask).is_some() || circumstance(&mask).is_some();
    let labelled = || Subject { name: label.clone(), from_term: true, defined_here: true, ..Subject::default() };
    let named = subject.name.plain().to_lowercase().contains(&label.plain().to_lowercase());
    let own = if is_bundle(subject.name.plain()) || named && label.plain().contains(' ') {
        told(scene, &labelled(), value)
    } else {
        Vec::new()
    };
    if !own.is_empty() {
        return own;
    }
    let listed = items(&mask);
    let described = [" such as ", " that ", " which "].iter().any(|link| mask.contains(link));
    let short = |r: &Range<usize>| words(&mask[r.clone()]).len() <= 6;
    let enumeration = listed.len() > 2 && !clause && !described && listed.iter().all(short);
    if enumeration && listed.len() > 8 || mask.starts_with("* ") || mask.starts_with('•') {
        return Vec::new();
    }
    let kind = if enumeration { Kind::List } else { Kind::Fact };
    // `Influences: Brahms, Liszt and Wagner`
    let several = enumeration && !label.plain().contains(' ') && is_plural(label.plain()) && !subject.from_term;
    let gapped = named_gap(subject, label, value);
    let plain_label = is_wh(label.plain()) || !is_tied(&words(label.plain())) || has_own_subject(scene, label.plain());
    let asked = ask_aspect(scene, subject, label, enumeration)
        .filter(|_| plain_label && (is_asked(scene, subject, label) || several));
    if let Some(front) = asked {
        let body = question(in_number(front, value), value.clone());
        return vec![(kind, Made { body, fallback: gapped })];
    }
    let term = !enumeration && label.plain().contains(' ');
    let own = if term { told(scene, &labelled(), value) } else { Vec::new() };
    if own.iter().any(|(_, made)| defines(&made.body)) {
        return own;
    }
    gapped.map(|body| (kind, Made { body, fallback: None })).into_iter().collect()
}

/// The cards of a value that is no value of the label's: an example, a definition, or what is told of something else.
fn apart(scene: &Scene, subject: &Subject, label: &Text, value: &Text) -> Option<Vec<(Kind, Made)>> {
    let mask = value.mask();
    let found = words(&mask);
    let as_fact = |made: Made| (Kind::Fact, made);
    if found.len() > 4
        && parse(&mask).is_none()
        && may_be_clause(&mask)
        && (is_bundle(subject.name.plain()) || !is_plain_aspect(scene, label.plain()))
    {
        // What is said speaks of its own subject, which is neither the label nor the heading.
        let labelled = Subject { name: label.clone(), from_term: true, ..Subject::default() };
        return Some(clause_behind(&labelled, value).into_iter().map(as_fact).collect());
    }
    if is_example(label.plain()) {
        // Only where other things have examples too can it be told whose these are.
        let shared = scene.repeated_labels.contains(&label.plain().to_lowercase());
        let body = exemplified(subject, label, value).filter(|_| shared);
        return Some(body.map(|body| as_fact(Made { body, fallback: None })).into_iter().collect());
    }
    // `Context: Formed after the war`: what was formed is the thing.
    let led = found.first().is_some_and(|w| is_participle(&w.lower) || third_person(&w.lower).is_some());
    if led
        && matches!(
            &*label.plain().to_lowercase(),
            "context" | "background" | "basis" | "overview" | "description" | "source" | "origin" | "nature"
        )
    {
        return Some(told(scene, subject, value));
    }
    if let Some(made) = defined(scene, label, value) {
        return Some(vec![as_fact(made)]);
    }
    said_of_label(scene, label, value).map(|made| made.into_iter().map(as_fact).collect())
}

/// Whether a card asks what something is.
fn defines(body: &Body) -> bool {
    let Body::Question { question, .. } = body else { return false };
    question.texts().first().is_some_and(|text| asked_name(text).is_some())
}

/// What is told of a subject.
fn told(scene: &Scene, subject: &Subject, value: &Text) -> Vec<(Kind, Made)> {
    facts(scene, Some(subject), value).into_iter().map(|(made, _)| (Kind::Fact, made)).collect()
}

/// Whether a label is one that a question can name: an aspect, or words that are a question by themselves. Of
/// another noun it is unknown how it belongs to the thing: `What are the friendly aliens of aliens?`
fn is_asked(scene: &Scene, subject: &Subject, label: &Text) -> bool {
    let plain = label.plain();
    let found = words(plain);
    let Some(first) = found.first() else { return false };
    if matches!(&*first.lower, "no" | "without" | "any" | "every") {
        return false;
    }
    let acts = third_person(&first.lower).is_some() || base_verb(&first.lower).is_some_and(|v| !v.noun_too);
    let offered = found.last().is_some_and(|w| matches!(&*singular(&w.lower), "service" | "tool" | "command"));
    let frame = is_wh(plain) || acts || is_participle(&first.lower) || is_adjective(&first.lower) || is_tied(&found);
    let several = is_plural(head_noun(subject.name.plain())) && !subject.from_term && !subject.unseen;
    is_page_word(plain) && plain.contains(" of ")
        || is_plain_aspect(scene, plain) && !(several && is_bare_class(subject.name.plain()))
        || has_own_subject(scene, plain)
        || frame && found.last().is_some_and(|w| is_preposition(&w.lower) || found.len() == 1 && acts)
        || is_wh(plain)
        || offered
}

/// Whether a heading is one everyday word in the plural, which announces what stands below it: `Remedies`.
fn is_bare_class(name: &str) -> bool {
    !name.contains(' ') && is_class_noun(&singular(name).to_lowercase())
}

/// Whether the second sentence of a value begins with a pronoun, which stands for the label.
fn opens_with_pronoun(value: &str) -> bool {
    let second = sentences(value).into_iter().nth(1).map(|range| &value[range]);
    second
        .and_then(|text| words(text).into_iter().next())
        .is_some_and(|w| matches!(&*w.lower, "it" | "they" | "this" | "these"))
}

/// `Objectives: are closest to the ground`, `Asset owner: responsible for its class`: the label is what
/// the words behind it speak of, so they are read with it or not at all.
fn said_of_label(scene: &Scene, label: &Text, value: &Text) -> Option<Vec<Made>> {
    let mask = value.mask();
    let found = words(&mask);
    let (first, second) = (found.first()?, found.get(1)?);
    let modal = matches!(&*first.lower, "can" | "must" | "may");
    if modal && is_aspect(scene, label.plain()) {
        return None;
    }
    let verb = matches!(&*first.lower, "is" | "are" | "was" | "were" | "has" | "have" | "can" | "must" | "may");
    let quality = is_adjective(&first.lower) && is_preposition(&second.lower) && !is_plain_aspect(scene, label.plain());
    let subject = Subject { name: label.clone(), from_term: true, ..Subject::default() };
    (verb || quality).then(|| facts(scene, Some(&subject), value).into_iter().map(|(made, _)| made).collect())
}

/// `Latency: the time a packet takes`: the label is a term that is defined, not an aspect of a thing.
fn defined(scene: &Scene, label: &Text, value: &Text) -> Option<Made> {
    let mask = value.mask();
    let clause = parse(&mask).filter(|c| leans(&mask[c.subject.clone()]) && sentences(&mask).len() == 1);
    let front = Text::words("What is ").join(&inside(label, &scene.lower)).then("?");
    clause.map(|_| Made { body: question(front, value.clone()), fallback: None })
}

fn named_gap(subject: &Subject, label: &Text, value: &Text) -> Option<Body> {
    if subject.name.plain().eq_ignore_ascii_case(label.plain()) {
        return None;
    }
    let text = subject.name.clone().then(" – ").join(label).then(": ").join(value);
    let start = text.plain().len() - value.plain().len();
    one_gap(&text, start..text.plain().len())
}

/// A label without its article and the name of its thing: `Stress definition` below `Stress`.
fn bare_label(label: &Text, subject: &Subject) -> Text {
    let lower = label.plain().to_lowercase();
    let article = ["the ", "an ", "a "].iter().find(|a| lower.starts_with(**a)).map_or(0, |a| a.len());
    let own = format!("{} ", subject.name.plain().to_lowercase());
    let from = if lower[article..].starts_with(&own) { article + own.len() } else { article };
    label.slice(from..label.plain().len())
}

/// The question for an aspect of a subject: `What is the port of Redis?`, `What is Redis best for?`.
pub fn ask_aspect(scene: &Scene, subject: &Subject, label: &Text, enumeration: bool) -> Option<Text> {
    let name = inside(&subject.name, &scene.lower);
    if is_bundle(subject.name.plain()) && !is_wh(label.plain()) {
        return Some(bundle::asked(scene, &subject.name, label, enumeration));
    }
    if is_wh(label.plain()) {
        return wh_question(label.plain(), &name, is_plural_phrase(subject.name.plain()));
    }
    let label = bare_label(label, subject);
    let label = aspect_name(scene, &label.trim_matches(|c| c.is_whitespace() || matches!(c, '.' | '…' | ':' | '?')));
    let plain = label.plain().to_lowercase();
    let found = words(label.plain());
    let (first, last) = (found.first()?.lower.clone(), found.last()?.lower.clone());
    let be = if is_plural_phrase(subject.name.plain()) && !subject.name.plain().chars().any(char::is_uppercase) {
        "are"
    } else {
        "is"
    };
    // `Causes: …` tells of an earthquake what caused it, and of a germ what it causes; whether `When` is when a thing is
    // used or was, only those know who wrote it.
    let idle = matches!(plain.as_str(), "who" | "what" | "causes" | "when" | "why" | "how" | "where");
    let itself = label.plain().eq_ignore_ascii_case(subject.name.plain());
    if idle || itself || first == "according" || names_person(&found) {
        return None;
    }
    if has_own_subject(scene, label.plain()) || is_page_word(label.plain()) && plain.contains(" of ") {
        let form = if is_plural(head_noun(label.plain())) || is_plural(&first) { "are" } else { "is" };
        let article = if is_participle(&first) { "" } else { "the " };
        return Some(Text::words(format!("What {form} {article}")).join(&label).then("?"));
    }
    let what = |form: &str| Text::words(format!("What {form} "));
    if plain.starts_with("when to use") || plain == "use when" || plain == "use if" {
        return Some(Text::words("When do you use ").join(&name).then("?"));
    }
    let describes = is_participle(&first) || is_adjective(&first) || matches!(first.as_str(), "also");
    if describes && is_preposition(&last) {
        return Some(what(be).join(&name).then(" ").join(&label).then("?"));
    }
    if let Some(verb) = third_person(&first).filter(|v| !v.noun_too || found.len() == 1)
        && (found.len() == 1 && !is_plural(&first) || !verb.noun_too)
    {
        return Some(what("does").join(&name).then(&format!(" {}?", verb.base)));
    }
    if let Some(verb) = base_verb(&first).filter(|_| found.iter().any(|w| w.lower == "it")) {
        let behind = label.plain().split_whitespace().skip(1);
        let words: Vec<&str> = behind.map(|w| if w.eq_ignore_ascii_case("it") { name.plain() } else { w }).collect();
        return Some(Text::words(format!("What do you {} {}?", verb.base, words.join(" "))));
    }
    let named = label.plain().split(" (").next().unwrap_or_default();
    let plural = is_plural(named.split(" of ").next().unwrap_or_default().rsplit(' ').next().unwrap_or_default());
    if first == "example" && enumeration && !plural {
        return Some(Text::words("What are ").join(&label).then("s of ").join(&name).then("?"));
    }
    let article = if first == "example" { if starts_with_vowel(&plain) { "an " } else { "a " } } else { "the " };
    let form = match (plural, enumeration) {
        (true, _) => "are the ".to_owned(),
        (false, _) => format!("is {article}"),
    };
    let offered = matches!(&*last, "service" | "services" | "tool" | "tools" | "command" | "commands");
    let link = if is_tied(&found) || offered { " for " } else { " of " };
    Some(what(form.trim_end()).join(&label).then(link).join(&name).then("?"))
}

/// Whether a label has a second noun behind a preposition: `Support for new types`.
fn is_tied(label: &[Word]) -> bool {
    label.iter().skip(1).any(|w| matches!(&*w.lower, "in" | "for" | "on" | "to" | "with"))
        && label.last().is_some_and(|w| !is_preposition(&w.lower))
}

/// Whether a word is one for a people or their language, which keeps its capital: `British rule`.
fn is_people(scene: &Scene, word: &Word) -> bool {
    const ENDS: &[&str] = &["ish", "ian", "ean", "ese", "can"];
    word.capital && ENDS.iter().any(|end| word.lower.ends_with(end)) && !scene.lower.contains(&*word.lower)
}

/// A label as it stands inside a question.
fn aspect_name(scene: &Scene, label: &Text) -> Text {
    let plain = label.plain();
    let single = words(plain);
    let ordinary = |w: &str| w.chars().skip(1).enumerate().all(|(at, c)| c.is_lowercase() || c == '-' && at > 0);
    let first_only: String = match single.first() {
        Some(w) if ordinary(&plain[w.start..w.end]) && !is_people(scene, w) => plain[..w.end].to_lowercase(),
        Some(w) => plain[..w.end].to_owned(),
        None => return label.clone(),
    };
    let cut = single.first().map_or(0, |w| w.end);
    let rest =
        if has_own_subject(scene, plain) { plain[cut..].to_owned() } else { decapitalise(&plain[cut..], &scene.lower) };
    let small =
        |w: &str| if is_preposition(&w.to_lowercase()) && ordinary(w) { w.to_lowercase() } else { w.to_owned() };
    let rest = rest.split(' ').map(small).collect::<Vec<_>>().join(" ");
    let rest = if plain[cut..].split(' ').all(ordinary) && single.len() <= 3 && !has_own_subject(scene, plain) {
        rest.to_lowercase()
    } else {
        rest
    };
    if label.runs().len() > 1 { label.clone() } else { Text::words(format!("{first_only}{rest}")) }
}

fn starts_with_vowel(word: &str) -> bool {
    word.starts_with(['a', 'e', 'i', 'o', 'u'])
}
