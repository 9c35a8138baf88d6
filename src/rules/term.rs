//! Terms with their meaning behind a dash or a colon: `Term — text`, `**Term**: text`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::allowed::{Taken, is_no_name};
use super::bundle;
use super::context::Context;
use super::defining::is_page_word;
use super::draft::{Draft, Drafts, Made, question};
use super::fact::{Subject, facts, leans};
use super::head::{Head, head};
use super::naming::names_thing;
use super::native;
use super::opening::Opening;
use super::people::{self, deeds, is_person};
use super::recite::recalled;
use super::scene::{Scene, Site};
use super::timeline::{is_clock, is_time};
use super::topic::Topic;
use super::value::weighs;
use super::wh_label::is_wh;
use super::{Example, Rule};
use crate::card::{Body, Kind};
use crate::language::english::ask::inside;
use crate::language::english::clause::{
    Word, is_adverb, is_determiner, may_be_clause, parse, parse_without_subject, words,
};
use crate::language::english::noun::{head_noun, is_plural, singular};
use crate::language::english::{base_verb, is_adjective, is_class_noun, is_participle};
use crate::language::sentence::{items, sentences};
use crate::markdown::block::BlockKind;
use crate::markdown::text::Text;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "term",
    summary: "a term and what is said of it behind a dash or a colon",
    manual: "\
A bullet or a paragraph that begins with a term and a dash or a colon makes one card for each sentence
behind it. The term is the subject of every sentence that has none: `Stores table definitions.` asks
what the term stores. The heading above, if it names a class in the plural, says what kind of thing the
term is, so that a property that only one member has asks for the member.

A label that names an aspect of the heading's subject (`**Limits:** …`) is the rule `label`'s.",
    example: Example {
        note: "\
## Data formats

- Avro — Row-based format. Supports schema evolution.
- **ORC**: Used by Hive and Presto.
",
        cards: "\
[list] list  Data formats  @ 3-4
Q: What are the two Data formats?
A: - Avro
   - ORC

[fact] term  Data formats  @ 3
Q: What is Avro?
A: Row-based format

[fact] term  Data formats  @ 3
Q: What does Avro support?
A: schema evolution

[fact] term  Data formats  @ 4
Q: What is ORC used by?
A: Hive and Presto
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    let counts = counts(scene);
    let people = people::sections(scene);
    for (site, text) in scene.paragraphs() {
        let topic = scene.topic(site);
        let Some(head) = head(text).filter(|h| is_term(scene, site, topic, h)) else { continue };
        if scene.is_english() && lists_aspect(site, topic, text, &head) {
            continue;
        }
        let name = bare(&text.slice(head.term.clone()));
        if scene.is_english() && !names_thing(&name) {
            continue;
        }
        let subject = Subject {
            name: of_class(name, topic.category.as_deref()),
            category: topic.category.clone(),
            defined_here: true,
            from_term: true,
            ..Subject::default()
        };
        let rest = text.slice(head.rest.clone());
        let anchor = scene.span_of(text).unwrap_or(site.block.span);
        let line = scene.line_lists.contains(&site.block.span.start);
        let span = if line { anchor } else { item_span(site) };
        if out.is_taken(anchor) || weighs(rest.plain()) {
            continue;
        }
        let spoken = people.contains(&site.section_number());
        let person = topic.subject.as_ref().filter(|name| scene.is_english() && is_person(name.plain(), spoken));
        if let Some(made) = person.and_then(|person| deeds(scene, person, &subject.name, &rest)) {
            let drafts = made.into_iter().map(|made| Draft::new(&RULE, Kind::Fact, made).at(anchor, span).under(site));
            out.cards.extend(drafts);
            continue;
        }
        let quality = scene.is_english() && is_quality(topic, &head.name, &rest.mask());
        if let Some(made) = bundle::shared_out(scene, site, &subject.name, &rest) {
            out.push(Draft::new(&RULE, Kind::Fact, made).at(anchor, span).under(site));
            continue;
        }
        let cards = if quality { merits(scene, topic, &subject, &rest) } else { facts(scene, Some(&subject), &rest) };
        let cards = if cards.is_empty() {
            whole(scene, site, &subject, &rest)
        } else {
            cards.into_iter().map(|(m, _)| m).collect()
        };
        let meant = || meaning(scene, &head, &subject, &rest).or_else(|| noun(scene, &subject, &rest));
        let cards = if cards.is_empty() { meant().into_iter().collect() } else { cards };
        let several = counts.get(&head.name).is_some_and(|n| *n > 1);
        let sure = |made: &Made| !several || matches!(made.body, Body::Cloze { .. });
        let people = scene.is_english() && gathers_people(scene.trail(site.section_number()));
        let trail = scene.trail(site.section_number());
        let taken = if scene.is_english() { Taken::of(site, trail, (&subject.name, &rest.mask())) } else { Taken::All };
        for made in cards.into_iter().filter(sure).filter_map(|made| taken.kept(made, &subject.name)) {
            let made = if people { asked_who(made) } else { made };
            out.push(Draft::new(&RULE, Kind::Fact, made).at(anchor, span).under(site));
        }
    }
}

/// Whether the heading right above says that people stand below it: `Key figures`.
fn gathers_people(trail: &[String]) -> bool {
    const PEOPLE: &[&str] = &[
        "figures", "people", "leaders", "personalities", "thinkers", "philosophers", "persons", "scientists",
        "reformers", "rulers", "kings", "presidents", "writers", "artists", "founders", "inventors",
    ];
    trail.last().is_some_and(|heading| words(heading).iter().any(|w| PEOPLE.contains(&&*w.lower)))
}

/// Whether a question is about one to three words with capitals: `What is Danton?`
fn names_one(front: &str) -> bool {
    let name = front.trim_start_matches("What is ").trim_end_matches('?');
    let named = |word: &str| word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit());
    (1..=3).contains(&name.split(' ').count()) && name.split(' ').all(named)
}

/// `What is Danton?` as `Who is Danton?`
fn asked_who(made: Made) -> Made {
    let Made { body, fallback } = made;
    let body = match body {
        Body::Question { question: front, answer } => match (front.texts().as_slice(), answer.texts().as_slice()) {
            ([front], [answer]) if front.plain().starts_with("What is ") && names_one(front.plain()) => {
                let rest = front.slice("What".len()..front.plain().len());
                question(Text::words("Who").join(&rest), (*answer).clone())
            }
            _ => Body::Question { question: front, answer },
        },
        body => body,
    };
    Made { body, fallback }
}

/// How often each name stands before a dash: what is said of it several times does not define it.
fn counts(scene: &Scene) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for (_, text) in scene.paragraphs() {
        if let Some(head) = head(text).filter(|h| h.dash) {
            *out.entry(head.name).or_default() += 1;
        }
    }
    out
}

/// Words for what is good about a thing.
const QUALITIES: &[&str] = &[
    "scalability", "availability", "durability", "reliability", "security", "flexibility", "performance",
    "high-performance", "portability", "agility", "simplicity", "compatibility", "tolerance", "resilience",
    "resiliency", "efficiency", "cost-effectiveness", "maintainability", "usability", "accessibility", "consistency",
];

/// Whether a label names a merit of the heading's thing, so that the words behind it speak of that thing:
/// `Scalability: designed to scale out`. What begins with an article or a verb speaks of the label.
fn is_quality(topic: &Topic, label: &str, rest: &str) -> bool {
    let lower = label.to_lowercase();
    let merits = ["benefit", "advantage", "feature", "characteristic", "drawback", "pro", "con", "strength", "why"];
    let aspect = topic.aspect.as_deref().unwrap_or_default();
    let listed = aspect.split(' ').any(|w| merits.contains(&w.trim_end_matches('s')));
    let found = words(&lower);
    let described = found.len() > 1
        && found.first().is_some_and(|w| is_adverb(&w.lower))
        && found.last().is_some_and(|w| is_adjective(&w.lower));
    let quality = described || QUALITIES.contains(&lower.rsplit(' ').next().unwrap_or_default());
    let first = words(rest).first().map(|w| w.lower.to_string()).unwrap_or_default();
    let defines =
        is_determiner(&first) || matches!(first.as_str(), "ability" | "to") || parse_without_subject(rest).is_some();
    topic.subject.is_some() && (quality || listed) && !defines
}

/// The sentences behind a merit's label, in their own words with gaps.
fn merits(scene: &Scene, topic: &Topic, label: &Subject, rest: &Text) -> Vec<(Made, Range<usize>)> {
    let Some(thing) = &topic.subject else { return Vec::new() };
    let name = thing.clone().then(" – ").join(&label.name);
    let subject = Subject { name, from_term: true, ..Subject::default() };
    let mut out = Vec::new();
    for range in sentences(&rest.mask()) {
        let made = recalled(scene, Some(&subject), &Context::default(), &rest.slice(range.clone()));
        out.extend(made.map(|made| (made, range)));
    }
    out
}

/// A term that only describes, with the class it belongs to: `the weighted routing policy`.
fn of_class(name: Text, category: Option<&str>) -> Text {
    let lower = name.plain().to_lowercase();
    let describes = !lower.contains(' ') && (is_adjective(&lower) || is_participle(&lower));
    match category.filter(|_| describes) {
        Some(category) => Text::words(format!("the {lower} {category}")),
        None => name,
    }
}

/// `Assume breach – Design systems as if attackers were inside`: what the words in bold stand for.
fn meaning(scene: &Scene, head: &Head, subject: &Subject, rest: &Text) -> Option<Made> {
    let rest = rest.trim_matches(|c| c == '.' || c.is_whitespace());
    let mask = rest.mask();
    let advises = words(&mask).first().is_some_and(|w| base_verb(&w.lower).is_some());
    let short = mask.len() <= 140 && sentences(&mask).len() == 1;
    let article = ["a ", "an ", "the "].iter().any(|a| subject.name.plain().to_lowercase().starts_with(a));
    if article || !scene.is_english() || !head.bold || !advises || !short || Opening::points(&mask.to_lowercase()) {
        return None;
    }
    let front = Text::words("What does “").join(&subject.name).then("” mean?");
    Some(Made { body: question(front, rest), fallback: None })
}

/// `The chords at the end of a phrase`, `the time a packet takes`: a noun that says what the term is.
fn noun(scene: &Scene, subject: &Subject, rest: &Text) -> Option<Made> {
    let mask = rest.mask();
    let first = words(&mask).first()?.lower.to_string();
    let opens = matches!(&*first, "the" | "a" | "an" | "how");
    let whole = scene.is_english() && opens && sentences(&mask).len() == 1 && rest.plain().len() < 240;
    let correlates = mask.starts_with("the more ") || mask.starts_with("the less ") || mask.contains(", the greater ");
    // `Marriage: a contract made upon consideration of marriage`
    let name = subject.name.plain().to_lowercase();
    let repeats = !name.contains(' ') && words(&mask).iter().any(|w| *w.lower == *name);
    if correlates || repeats {
        return None;
    }
    let noun = match parse(&mask) {
        _ if first == "how" => true,
        Some(clause) => leans(&mask[clause.subject]),
        None => !may_be_clause(&mask),
    };
    let front = Text::words("What is ").join(&inside(&subject.name, &scene.lower)).then("?");
    let answer = rest.trim_matches(|c| c == '.' || c.is_whitespace());
    (whole && noun).then(|| Made { body: question(front, answer), fallback: None })
}

/// In another language than English the whole meaning is asked for, or is the gap.
fn whole(scene: &Scene, site: &Site, subject: &Subject, rest: &Text) -> Vec<Made> {
    let rest = rest.trim_matches(|c| c.is_whitespace() || matches!(c, '.' | '。' | ';' | '；'));
    let fits = rest.plain().len() <= 200
        && rest.plain().chars().count() > 1
        && !rest.plain().ends_with([':', '：', '?', '？', '…']);
    if scene.is_english() || !fits {
        return Vec::new();
    }
    native::meaning(scene, site, (&subject.name, &rest)).into_iter().collect()
}

/// A term without bold.
pub fn bare(term: &Text) -> Text {
    term.restyle(|style| {
        style.strong = false;
        style.emphasis = false;
    })
}

/// The bytes of the whole item around a paragraph, or the paragraph's own.
pub fn item_span(site: &Site) -> Span {
    match site.item() {
        Some(item) if site.index == 0 => item.span,
        _ => site.block.span,
    }
}

/// Whether a head is a term of its own, not an aspect of the heading's subject.
pub fn is_term(scene: &Scene, site: &Site, topic: &Topic, head: &Head) -> bool {
    let first = words(&head.name).first().map(|w| w.lower.to_string()).unwrap_or_default();
    let announces =
        words(&head.name).last().is_some_and(|w| matches!(&*w.lower, "include" | "includes" | "including" | "are"));
    let asks = announces || is_wh(&head.name) && (topic.subject.is_some() || topic.category.is_some());
    let tied = matches!(first.as_str(), "in" | "on" | "with" | "by" | "of" | "to" | "from");
    let lone = matches!(&*head.name.to_lowercase(), "who" | "what" | "when" | "where" | "why" | "how");
    // `500 GiB - 16 TiB` is a range.
    let range = head.dash && head.name.starts_with(|c: char| c.is_ascii_digit()) && head.name.len() < 9;
    let page = scene.is_english() && is_page_word(&head.name);
    let plain = scene.is_english() && is_no_name(&head.name);
    if page || plain || range || head.remark || asks || tied || lone || is_time(&head.name) || is_clock(&head.name) {
        return false;
    }
    // `Deprecated - use AppSync`: a quality of the thing above.
    let quality = head.dash && !head.bold && is_participle(&head.name.to_lowercase()) && topic.subject.is_some();
    let in_item = site.item().is_some() && site.index == 0;
    if scene.is_english() && quality {
        return false;
    }
    if !scene.is_english() {
        if native::is_link(&head.name) {
            return false;
        }
        let label = topic.subject.is_some() && native::aspect::is_label(scene, site, &head.name);
        let quoted =
            site.parent.is_some_and(|p| matches!(p.kind, BlockKind::Quote(_))) && head.name.chars().count() <= 12;
        return (in_item || head.bold || quoted || head.dash && is_name(&head.name)) && !label;
    }
    let said_of_each = || {
        let class = topic.category.as_deref().unwrap_or_default();
        let of_the_kind = head.name.split(' ').any(|w| is_acronym(w) && class.contains(w));
        let bold_plural = head.bold && is_plural(head.name.rsplit(' ').next().unwrap_or_default());
        if of_the_kind || bold_plural && !has_acronym(&head.name) {
            is_plain_aspect(scene, &head.name)
        } else {
            is_aspect(scene, &head.name)
        }
    };
    let member = site.outer_item().is_none() && scene.section_labels.contains(&head.name.to_lowercase());
    let aspect = topic.category.is_some() && !head.dash && !member && said_of_each();
    if has_own_subject(scene, &head.name) || aspect {
        return false;
    }
    let own_aspect = topic.category.is_none() && topic.subject.is_some() && !head.dash && is_usual_aspect(&head.name);
    if own_aspect {
        return false;
    }
    if topic.category.is_some() || topic.aspect.is_some() || is_sort_of(topic, &head.name) {
        return in_item || head.bold || head.dash;
    }
    if head.dash {
        let short_name = is_name(&head.name) && (in_item || head.name.split(' ').count() < 5);
        let listed = most_have_heads(site) || scene.line_lists.contains(&site.block.span.start);
        return head.bold || short_name || listed;
    }
    let Some(_) = topic.subject else { return in_item || head.bold };
    let code = head.name.starts_with(char::is_lowercase) && head.name.contains(char::is_uppercase);
    let single_plural = !head.name.contains(' ') && is_plural(&head.name) && !head.bold && !code;
    if single_plural {
        return false;
    }
    !is_aspect(scene, &head.name) && (in_item || head.bold)
}

/// Whether a bold word in the plural lists what the thing of the heading has several of: `**Influences:** Brahms, Liszt
/// and Wagner`.
pub fn lists_aspect(site: &Site, topic: &Topic, text: &Text, head: &Head) -> bool {
    let rest = &text.mask()[head.rest.clone()];
    let listed = items(rest);
    let short = |r: &Range<usize>| words(&rest[r.clone()]).len() <= 5;
    let plural = head.bold && !head.dash && !head.name.contains(' ') && is_plural(&head.name);
    let named = plural
        && site.outer_item().is_none()
        && !has_acronym(&head.name)
        && topic.subject.is_some()
        && topic.category.is_none();
    named && sentences(rest).len() == 1 && listed.len() > 2 && listed.iter().all(short) && !may_be_clause(rest)
}

/// Whether a label names a sort of the heading's thing (`Consequential damages` below `Damages`).
fn is_sort_of(topic: &Topic, label: &str) -> bool {
    let noun = |phrase: &str| singular(head_noun(phrase)).to_lowercase();
    let name = topic.subject.as_ref().map(|thing| noun(thing.plain()));
    label.contains(' ') && name.is_some_and(|name| name == noun(label))
}

/// Whether a label names its own subject: `Price of Athena`, `Used by Glue`.
pub fn has_own_subject(scene: &Scene, label: &str) -> bool {
    let found = words(label);
    let Some(first) = found.first() else { return false };
    let owned = |of: usize| {
        let noun = singular(&found[of - 1].lower);
        is_class_noun(&noun) || matches!(&*noun, "source" | "price" | "cost" | "use" | "role" | "owner")
    };
    let common = scene.lower.contains(&*first.lower)
        || is_adjective(&first.lower)
        || is_participle(&first.lower)
        || is_plural(&first.lower)
        || found.iter().position(|w| w.lower == "of").filter(|of| *of > 0).is_some_and(owned);
    let relative = found.iter().skip(1).any(|w| w.lower == "that");
    let linked = |pair: &[Word]| matches!(pair[0].lower.as_str(), "of" | "by" | "for" | "in" | "to");
    let named = || found.last().is_some_and(|w| w.capital) && found.windows(2).skip(1).any(linked);
    !is_time(label) && (relative || common && named())
}

/// Whether every telling word is capitalised, as in a name.
fn is_name(words: &str) -> bool {
    words.split(' ').all(|w| w.starts_with(|c: char| !c.is_lowercase()) || w.len() <= 3)
}

/// Whether most items of the list around a paragraph begin with a term or label.
fn most_have_heads(site: &Site) -> bool {
    let Some(BlockKind::List { items, .. }) = site.parent.map(|p| &p.kind) else { return false };
    let with = items.iter().filter(|i| i.text().is_some_and(|t| head(t).is_some())).count();
    with * 2 > items.len()
}

/// Whether a label names an aspect (`Structure`, `Use cases`, `Best for`) that recurs or that the
/// note uses as a common noun.
pub fn is_aspect(scene: &Scene, label: &str) -> bool {
    let lower = label.to_lowercase();
    let last = lower.rsplit(' ').next().unwrap_or_default();
    is_plain_aspect(scene, label)
        || (is_plural(last)
            && (is_class_noun(&singular(last)) || scene.lower.contains(last))
            && !lower.contains(" and "))
}

/// Words that mean an aspect anywhere.
const ASPECTS: &[&str] = &[
    "action", "advantage", "adverse effects", "age", "antidote", "appearance", "aka", "also called", "also known as",
    "analogy", "anatomy", "antonym", "area", "arguments", "author", "availability", "assumption", "assumptions",
    "benefit", "best for", "billing", "blood supply", "boiling point", "born", "capacity", "capital", "cause",
    "causes", "caveat", "charge", "citation", "cofactor", "command", "complexity", "complications", "composer",
    "conjugation", "consequence", "consumers", "contraindications", "cost", "court", "currency", "date", "dates",
    "deadline", "default", "definition", "depth", "description", "diagnosis", "died", "disadvantage", "drawback",
    "diet", "density", "diameter", "domain", "dosage", "dose", "drugs", "durability", "duration", "effect", "effects",
    "elements", "encoding", "enzyme", "equipment", "etymology", "example", "exception", "exceptions", "exit code",
    "fee", "flags", "formula", "founded", "founder", "frequency", "function", "gender", "genre", "goal", "habitat",
    "half-life", "header", "headers", "height", "held", "holding", "idea", "importance", "incidence", "indication",
    "indications", "ingredients", "innervation", "inputs", "insertion", "instruments", "interpretation", "intuition",
    "issue", "key", "key figures", "key signature", "language", "languages", "latency", "layer", "length", "licence",
    "license", "lifespan", "limit", "location", "mass", "material", "materials", "meaning", "mechanism",
    "mechanism of action", "melting point", "method", "metric", "metrics", "moa", "motivation", "name", "notation",
    "note", "objective", "onset", "opposite", "origin", "output", "outputs", "owner", "parameters", "parties",
    "pattern", "penalty", "period", "phases", "place", "plural", "population", "port", "pressure", "prevalence",
    "problem", "price", "producers", "products", "prognosis", "pronunciation", "proof", "protocol", "range", "ratio",
    "ratio decidendi", "reactants", "reason", "requirements", "result", "results", "retention", "return value",
    "returns", "rfc", "risk factors", "role", "rule", "scope", "shape", "si unit", "side effects", "sign",
    "significance", "signs", "site", "size", "space complexity", "speed", "speed limit", "stages", "status", "statute",
    "steps", "substrate", "subtypes", "supports", "symbol", "symptom", "symptoms", "synonyms", "syntax", "temperature",
    "tempo", "throughput", "thickness", "time", "time complexity", "treatment", "trigger", "unit", "units", "use",
    "use case", "uses", "value", "vendor", "version", "voltage", "volume", "weight", "width", "when", "where", "who",
    "why", "year",
];

/// Whether a label is one of the usual aspects, word for word.
fn is_usual_aspect(label: &str) -> bool {
    let lower = label.to_lowercase();
    ASPECTS.contains(&&*lower) || crate::language::english::is_meta_heading(&lower)
}

/// The same, but judged by the words that mean an aspect anywhere, not by the note's own nouns.
pub fn is_plain_aspect(scene: &Scene, label: &str) -> bool {
    let lower = label.to_lowercase();
    let last = lower.rsplit(' ').next().unwrap_or_default();
    ASPECTS.contains(&lower.as_str())
        || crate::language::english::is_meta_heading(&lower)
        || scene.repeated_labels.contains(&lower)
        || matches!(
            last,
            "examples" | "cases" | "notes" | "benefits" | "advantages" | "features" | "tips" | "limitations"
        )
        || ASPECTS.contains(&last) && lower.split(' ').count() <= 3 && !lower.contains(" and ")
}

/// Whether a label holds a short name in capitals.
fn has_acronym(label: &str) -> bool {
    label.split(' ').any(is_acronym)
}

fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}
