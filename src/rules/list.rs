//! Things that belong together: the members of a class, and short items behind a line that ends with a colon.

mod loose;
mod riddle;

use self::loose::{are_aspects, holds_example, is_tied, tells_otherwise};
use super::arrow::lowered;
use super::draft::{Draft, Drafts, Made, capitalised, question};
use super::fact::Subject;
use super::head::{head, remark};
use super::label::ask_aspect;
use super::native;
use super::opening::Opening;
use super::scene::{Scene, Site};
use super::term::{bare, is_aspect, is_plain_aspect};
use super::timeline::is_time;
use super::topic::{clean_heading, is_action};
use super::{Example, Rule};
use crate::card::{Body, Content, Kind, Part};
use crate::language::english::ask::inside;
use crate::language::english::clause::{Word, may_be_clause, parse, words};
use crate::language::english::noun::{head_noun, is_plural, is_plural_phrase, is_preposition, singular};
use crate::language::english::phrase::is_light;
use crate::language::english::{base_verb, is_adjective, third_person};
use crate::language::is_emoji;
use crate::markdown::block::{Block, BlockKind, Item, Marker};
use crate::markdown::text::{Atom, Text};

/// The rule.
pub const RULE: Rule = Rule {
    name: "list",
    summary: "members of a class, and short items behind a colon",
    manual: "\
Under a heading that names a class in the plural (`Storage classes`), the terms of the bullets are its
members: one card asks for all of them, if there are two to seven.

Behind a short line that ends with a colon (`Azure services:`) the items below, if they are short and
no sentences, are one list that says something of the heading's subject. Of characteristics, features and the
like nobody could say which are on the list: if several things of the note have them, the list stands on the
front and the thing is asked for; else only short items make a card.",
    example: Example {
        note: "\
## Message queues

### Delivery modes

- At most once: may lose payments
- At least once: may repeat payments
- Exactly once: neither

### Kafka

- Client languages:
  - Java
  - Go
",
        cards: "\
[list] list  Message queues › Delivery modes  @ 5-7
Q: What are the three Delivery modes?
A: - At most once
   - At least once
   - Exactly once

[fact] term  Message queues › Delivery modes  @ 5
Q: What may at most once lose?
A: payments

[fact] term  Message queues › Delivery modes  @ 6
Q: What may at least once repeat?
A: payments

[list] list  Message queues › Kafka  @ 11-13
Q: What are the client languages of Kafka?
A: - Java
   - Go
",
    },
    extract,
};

/// The most items that are learnt as a whole.
const MOST: usize = 7;

fn extract(scene: &Scene, out: &mut Drafts) {
    if !scene.is_english() {
        out.cards.extend(scene.sites.iter().filter_map(|site| native::aspect::lists(scene, &RULE, site)));
        return;
    }
    for site in &scene.sites {
        match &site.block.kind {
            BlockKind::List { items, .. } => {
                out.cards.extend(members(scene, site, items));
                out.cards.extend(qualities(scene, site, items));
            }
            BlockKind::Paragraph(text) => out.cards.extend(behind_colon(scene, site, text)),
            BlockKind::Heading { text, .. } => {
                out.cards.extend(sections(scene, site));
                out.cards.extend(below(scene, site, text));
            }
            _ => {}
        }
    }
}

/// The terms of a list under a class heading.
fn members(scene: &Scene, site: &Site, items: &[Item]) -> Option<Draft> {
    let topic = scene.topic(site);
    let ordered = site.heading().is_some_and(|h| is_action(&clean_heading(h).plain().to_lowercase()));
    let heading = topic.category_heading.as_ref().filter(|h| !ordered && !is_titled(h) && !is_led(site, h))?;
    let heads: Vec<_> = items.iter().filter_map(|i| i.text().and_then(|t| head(t).map(|h| (t, h)))).collect();
    let lists = || site.siblings.iter().filter(|b| matches!(b.kind, BlockKind::List { .. }));
    let only_list = directly_below(site) || lists().nth(1).is_none();
    let fits = heads.len() == items.len() && (2..=MOST).contains(&items.len()) && site.item().is_none() && only_list;
    let command = |(text, head): &(&Text, super::head::Head)| {
        let term = text.slice(head.term.clone());
        is_time(&head.name) || head.name.contains(' ') && term.runs().iter().all(|r| r.style.atom == Atom::Code)
    };
    if !fits || heads.iter().any(|(_, h)| h.remark) || heads.iter().any(command) {
        return None;
    }
    let names: Vec<Text> = heads.iter().map(|(t, h)| bare(&t.slice(h.term.clone()))).collect();
    let mut front = Text::words(format!("What are the {}", numbered(scene, names.len(), heading)));
    if let Some(thing) = thing_above(scene, site, heading) {
        front = front.then(" of ").join(&inside(&thing, &scene.lower));
    }
    let span = site.block.span;
    Some(Draft::new(&RULE, Kind::List, listed(front.then("?"), &names)).at(span, span).under(site).aside())
}

/// What the heading above `Key characteristics` names, of which they are the characteristics.
fn thing_above(scene: &Scene, site: &Site, heading: &str) -> Option<Text> {
    const OWNED: &[&str] = &[
        "characteristics", "features", "components", "benefits", "advantages", "disadvantages", "drawbacks",
        "limitations", "properties", "principles", "requirements", "goals", "functions", "parts", "capabilities",
        "responsibilities", "elements",
    ];
    let last = heading.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let trail = site.trail();
    let above = clean_heading(trail.get(trail.len().checked_sub(2)?)?.text);
    let named = words(above.plain()).len() <= 5
        && !above.plain().ends_with('?')
        && !scene.is_remark(&above)
        && parse(&above.mask()).is_none();
    (OWNED.contains(&last.as_str()) && !heading.contains(" of ") && named).then_some(above)
}

/// Whether a heading is none of one class: `Operations, consistency and performance` names three matters, and of `Computer networks: transport layer` the second part is what stands below.
fn is_titled(heading: &str) -> bool {
    const DONE: &[&str] = &[
        "finding", "managing", "creating", "killing", "using", "adding", "removing", "listing", "making", "handling",
        "choosing", "deleting", "terminating", "starting", "stopping", "viewing", "installing", "configuring",
        "understanding", "deploying", "connecting", "setting", "writing", "comparing", "defining", "selecting",
        "identifying", "avoiding", "solving", "detecting", "reducing", "improving", "evaluating", "analyzing",
        "measuring", "preventing", "querying", "monitoring", "securing", "sending", "accessing", "controlling",
        "inspecting", "checking",
    ];
    // `Finding processes` names no processes.
    let acts = words(heading).first().is_some_and(|w| DONE.contains(&&*w.lower)) && heading.contains(' ');
    acts || [": ", ", ", " and "].iter().any(|joint| heading.contains(joint))
}

/// Whether a line right above announces the list as something else: `Factors that affect the rate:` below `Enzymes`.
fn is_led(site: &Site, heading: &str) -> bool {
    let Some(BlockKind::Paragraph(lead)) = site.before().map(|b| &b.kind) else { return false };
    let noun = singular(head_noun(heading)).to_lowercase();
    let kinds = ["type", "kind", "form", "following"];
    let names = |w: &Word| singular(&w.lower) == noun || kinds.contains(&singular(&w.lower).as_str());
    lead.plain().trim_end().ends_with(':') && !words(lead.plain()).iter().any(names)
}

/// Whether the chapters of a note are what its title names, by their own words: each in the plural as the title is, each
/// an acronym, or most with its noun (`Bus topology`).
fn are_members(heading: &str, names: &[Text]) -> bool {
    let noun = singular(head_noun(heading)).to_lowercase();
    let with_noun = |name: &&Text| name.plain().to_lowercase().contains(&noun);
    let acronym = |name: &Text| name.plain().len() > 1 && !name.plain().contains(char::is_lowercase);
    names.iter().filter(with_noun).count() * 2 > names.len()
        || names.iter().all(|name| is_plural(head_noun(name.plain())))
        || names.iter().all(acronym)
}

fn directly_below(site: &Site) -> bool {
    site.before().is_some_and(|b| matches!(b.kind, BlockKind::Heading { .. } | BlockKind::Paragraph(_)))
}

fn lower_first(scene: &Scene, heading: &str) -> String {
    crate::language::english::noun::decapitalise(heading, &scene.lower)
}

/// What a heading announces, with the number of its members where it does not tell it: `two states of water`.
fn numbered(scene: &Scene, count: usize, heading: &str) -> String {
    let heading = heading.strip_prefix("The ").unwrap_or(heading);
    let number = number_word(count);
    let told = heading.split(' ').next().is_some_and(|first| first.eq_ignore_ascii_case(number));
    let rest = if told { heading[number.len()..].trim_start() } else { heading };
    format!("{number} {}", lower_first(scene, rest))
}

fn number_word(count: usize) -> &'static str {
    ["", "", "two", "three", "four", "five", "six", "seven"].get(count).copied().unwrap_or_default()
}

fn listed(front: Text, names: &[Text]) -> Made {
    let items = names.iter().map(|n| Content::text(capitalised(n))).collect();
    let answer = Content(vec![Part::List { start: None, items }]);
    Made { body: Body::Question { question: Content::text(front), answer }, fallback: None }
}

/// The headings directly below a heading that names a class.
fn sections(scene: &Scene, site: &Site) -> Option<Draft> {
    let BlockKind::Heading { text, level } = &site.block.kind else { return None };
    let own = scene.topic_of(&[text]);
    let heading = own.category_heading.filter(|h| !is_titled(h))?;
    let below = site.section();
    let next = below.iter().filter_map(|b| match &b.kind {
        BlockKind::Heading { level, text } => Some((*level, text)),
        _ => None,
    });
    let deeper: Vec<(u8, &Text)> = next.collect();
    let shallowest = deeper.iter().map(|(l, _)| *l).min().filter(|l| l > level)?;
    let names: Vec<Text> = deeper.iter().filter(|(l, _)| *l == shallowest).map(|(_, t)| clean_heading(t)).collect();
    // `Other uses` is none of the uses.
    let other = |n: &Text| ["Other ", "More ", "Further "].iter().any(|lead| n.plain().starts_with(lead));
    let telling = names
        .iter()
        .all(|n| !other(n) && !scene.is_remark(n) && !n.plain().ends_with(['?', '？']) && words(n.plain()).len() <= 6);
    let one_sort = deeper.iter().all(|(_, t)| {
        scene.topic_of(&[t]).category.is_none_or(|_| own.category.as_ref().is_some_and(|c| c.starts_with("type of")))
    });
    let things = deeper.iter().filter(|(l, _)| *l == shallowest).all(|(_, t)| scene.topic_of(&[t]).name().is_some());
    let enumerates = one_sort && things && (*level > 1 || are_members(&heading, &names));
    let (anchor, fits) = (scene.span_of(text)?, enumerates && (2..=MOST).contains(&names.len()));
    if !fits || !telling {
        return None;
    }
    let front = Text::words(format!("What are the {}?", numbered(scene, names.len(), &heading)));
    let draft = Draft::new(&RULE, Kind::List, listed(front, &names)).at(anchor, site.block.span.to(anchor));
    Some(draft.under(site).aside())
}

/// `Azure services:` and the short items below it.
fn behind_colon(scene: &Scene, site: &Site, text: &Text) -> Option<Draft> {
    let trimmed = text.trim_matches(|c| c.is_whitespace() || is_emoji(c));
    let label = trimmed.plain().strip_suffix(':').or_else(|| bold_only(&trimmed))?;
    let label = bare(&trimmed.slice(0..label.len()));
    let topic = scene.topic(site);
    let nested = || site.outer_item().is_some_and(|item| item.text().and_then(bold_only).is_some());
    let name = enclosing(scene, site).or_else(|| topic.name().filter(|_| !nested())).filter(|n| !scene.is_remark(n))?;
    said_of(scene, site, &label, name)
}

/// `## Benefits` and the short items below it, said of what the heading above names.
fn below(scene: &Scene, site: &Site, text: &Text) -> Option<Draft> {
    let label = clean_heading(text);
    let members = || match site.after().first().map(|b| &b.kind) {
        Some(BlockKind::List { items, .. }) => items.iter().filter_map(Item::text).all(|t| head(t).is_some()),
        _ => false,
    };
    if counts(label.plain()) && (scene.topic_of(&[text]).category.is_none() || !members()) {
        return said_of(scene, site, &label, label.clone());
    }
    let orders =
        |b: &Block| matches!(&b.kind, BlockKind::List { items, .. } if ordered(scene, &label, items).is_some());
    if site.after().first().is_some_and(orders) {
        return said_of(scene, site, &label, label.clone());
    }
    let name = scene.topic(site).subject.clone().filter(|n| !scene.is_remark(n))?;
    let titled = scene.topic_of(&[text]).category.is_none() && label.plain().split(' ').count() <= 4;
    let aspect = is_plain_aspect(scene, label.plain()) && is_plural_phrase(label.plain());
    let aspect = aspect && !is_loose_part(label.plain());
    if titled && aspect { said_of(scene, site, &label, name) } else { None }
}

/// Whether a heading names a part of the page whose items are no such parts of its thing: `Connections`, `Worked examples`.
fn is_loose_part(heading: &str) -> bool {
    const PARTS: &[&str] = &["connections", "parameters", "derivations", "intuition", "checks", "answers", "notes"];
    let lower = heading.to_lowercase();
    let mut parts = lower.split([' ', '&']);
    lower.ends_with("examples") || parts.any(|word| PARTS.contains(&word))
}

/// The card of a list that says something of a thing under a label.
fn said_of(scene: &Scene, site: &Site, label: &Text, name: Text) -> Option<Draft> {
    let Some(Block { kind: BlockKind::List { items, marker }, span }) = site.after().first() else { return None };
    // Numbered steps are a sequence.
    if matches!(marker, Marker::Number(_)) && label.plain().to_lowercase().ends_with("steps") {
        return None;
    }
    let short_label = is_label(scene, label, items);
    let texts = || items.iter().filter_map(Item::text);
    let terms = || texts().filter_map(|t| head(t).filter(|h| !h.remark).map(|h| bare(&t.slice(h.term))));
    let explained = texts().filter_map(|t| head(t).map(|h| words(&t.plain()[h.rest]).len())).any(|count| count > 3);
    let all_terms = terms().count() == items.len();
    if all_terms && label.plain().to_lowercase().ends_with("examples") {
        return None;
    }
    let termed = all_terms && explained && is_plural_phrase(label.plain());
    let names: Vec<Text> = if termed {
        terms().collect()
    } else {
        texts().map(|t| bare(&t.trim_matches(|c| c == '.' || c.is_whitespace()))).collect()
    };
    let flat = names.len() == items.len() && items.iter().all(|i| i.rest().is_empty());
    let terse = names.iter().all(is_short);
    let brief = names.iter().map(|n| n.plain().len()).sum::<usize>() < 200 && names.len() < MOST;
    let plain_aspect = is_plain_aspect(scene, label.plain());
    let describing = !plain_aspect && describes(items);
    let sayings = is_aspect(scene, label.plain()) && brief;
    let asked = ordered(scene, label, items).filter(|_| names.len() < MOST);
    let sayings = sayings || asked.is_some() && names.iter().all(|n| n.plain().len() <= 160);
    let fits = flat && (2..=MOST).contains(&names.len()) && ((terse && is_plural_phrase(label.plain())) || sayings);
    let loose = holds_example(items)
        || termed && are_aspects(scene, &names)
        || asked.is_none() && tells_otherwise(&names, plain_aspect, termed);
    if !short_label || !fits || describing || loose || names.iter().any(is_doubled) {
        return None;
    }
    let anchor = site.block.span.to(*span);
    if asked.is_none() && riddle::is_loose(label.plain()) && (!terse || riddle::is_shared(scene, label)) {
        let made = riddle::asked_back(scene, &name, label, &names)?;
        return Some(Draft::new(&RULE, Kind::List, made).at(anchor, anchor).under(site).aside());
    }
    let subject = Subject { name: owner(scene, site, label, name), ..Subject::default() };
    let front = front_of(scene, &subject, label, asked)?;
    let draft = Draft::new(&RULE, Kind::List, listed(front, &names)).at(anchor, anchor).under(site);
    Some(if terse && !termed { draft } else { draft.aside() })
}

/// Whether a line is a short label, and neither a sentence nor an order.
fn is_label(scene: &Scene, label: &Text, items: &[Item]) -> bool {
    // `Use internal tables` names nothing of which there are several.
    let acts = |w: &Word| w.lower == "use" || base_verb(&w.lower).is_some_and(|v| !v.noun_too);
    let orders = words(label.plain()).first().is_some_and(acts);
    !states(label.plain())
        && (!orders || ordered(scene, label, items).is_some())
        && !may_be_clause(label.plain())
        && !holds_verb(label.plain())
        && words(label.plain()).len() <= if counts(label.plain()) { 9 } else { 5 }
        && parse(&label.mask()).is_none()
        && remark(label.plain()).is_none()
        && !Opening::points(&label.plain().to_lowercase())
        && words(label.plain())
            .last()
            .is_none_or(|w| !matches!(&*w.lower, "include" | "includes" | "including" | "are"))
}

/// The question of such a list.
fn front_of(scene: &Scene, subject: &Subject, label: &Text, asked: Option<Text>) -> Option<Text> {
    let own = is_tied(label.plain()) && is_plural_phrase(label.plain());
    if names_nothing(label.plain(), subject.name.plain(), own) {
        return None;
    }
    if asked.is_some() {
        return asked;
    }
    if own || counts(label.plain()) {
        let the = if label.plain().to_lowercase().starts_with("the ") { "the ".len() } else { 0 };
        return Some(Text::words("What are the ").join(&lowered(&label.slice(the..label.plain().len()))).then("?"));
    }
    ask_aspect(scene, subject, label, true)
}

/// `Causes of Issues`, `Variables` of `Evaluating estimates`: of what, nobody could tell.
fn names_nothing(label: &str, thing: &str, own: bool) -> bool {
    let object = label.rsplit_once(" of ").map(|(_, object)| object.to_lowercase());
    object.is_some_and(|object| is_light(&object)) || is_titled(thing) && !own
}

/// The thing whose aspect a label is: below `Qualifications and Oath` the qualifications are those of the thing above.
fn owner(scene: &Scene, site: &Site, label: &Text, name: Text) -> Text {
    if !name.plain().to_lowercase().contains(&label.plain().to_lowercase()) {
        return name;
    }
    let above = site.trail().iter().rev().skip(1).find_map(|heading| scene.topic_of(&[heading.text]).name());
    above.unwrap_or(name)
}

/// `Supports all resources`: a verb and what it is about.
fn states(label: &str) -> bool {
    matches!(words(label).as_slice(), [first, second, _, ..]
        if third_person(&first.lower).is_some() && !is_preposition(&second.lower))
}

/// `Original jurisdiction covers disputes`, `Size compared to others`: a longer label with a verb inside.
fn holds_verb(label: &str) -> bool {
    let found = words(label);
    let inner = found.get(1..found.len().saturating_sub(1)).unwrap_or_default();
    let acts = |w: &Word| third_person(&w.lower).is_some() && !w.capital && w.depth == 0;
    let compares = found.iter().any(|w| matches!(&*w.lower, "compared" | "according" | "versus"));
    compares || found.len() > 3 && inner.iter().any(acts) && found.last().is_some_and(|w| is_plural(&w.lower))
}

/// `Use internal tables:` and items that all say when.
fn ordered(scene: &Scene, label: &Text, items: &[Item]) -> Option<Text> {
    let found = words(label.plain());
    let [first, second, ..] = found.as_slice() else { return None };
    let when = |item: &Item| {
        item.text().is_some_and(|t| words(t.plain()).first().is_some_and(|w| matches!(&*w.lower, "when" | "if")))
    };
    let named = first.lower == "use" && !is_preposition(&second.lower) && !second.lower.starts_with("case");
    let thing = inside(&label.slice(second.start..label.plain().len()), &scene.lower);
    (named && items.iter().all(when)).then(|| Text::words("When do you use ").join(&thing).then("?"))
}

/// `Stateful`, `Allow rules only`, …: what a nested list says of the item around it, where an item is
/// one word that is no card by itself.
fn qualities(scene: &Scene, site: &Site, items: &[Item]) -> Option<Draft> {
    let around = site.item()?.text()?;
    let label = bare(&around.trim_matches(|c| c.is_whitespace() || c == ':'));
    let quality = |text: &&Text| {
        let found = words(text.plain());
        found.len() == 1 && is_adjective(&found[0].lower)
    };
    let texts: Vec<&Text> = items.iter().filter_map(Item::text).collect();
    let short = |text: &&Text| words(text.plain()).len() <= 8 && head(text).is_none();
    let flat = texts.len() == items.len() && items.iter().all(|i| i.rest().is_empty()) && texts.iter().all(short);
    let named = words(label.plain()).len() <= 4 && head(around).is_none() && parse(&label.mask()).is_none();
    let aspect = is_plain_aspect(scene, label.plain()) || scene.is_remark(&label);
    if !(2..=MOST - 1).contains(&items.len()) || !flat || !named || aspect || !texts.iter().any(quality) {
        return None;
    }
    let said: Vec<Text> = texts.iter().map(|t| t.trim_matches(|c| c == '.' || c.is_whitespace())).collect();
    let made = riddle::of(&Text::words("characteristics"), &label, &said)?;
    let span = site.block.span;
    Some(Draft::new(&RULE, Kind::List, made).at(span, span).under(site))
}

/// Whether a label says by itself what is listed: `The three main vessels`, `Types of joints`.
pub fn counts(label: &str) -> bool {
    const NUMBERS: &[&str] = &["two", "three", "four", "five", "six", "seven"];
    let lower = label.to_lowercase();
    let mut words =
        lower.strip_prefix("the ").unwrap_or(&lower).split(' ').filter(|w| !matches!(*w, "main" | "different"));
    let first = words.next().unwrap_or_default();
    let second = words.next();
    let plain = !lower.contains([':', ',', '–', '(']) && !matches!(first, "examples" | "lots" | "uses");
    let timed =
        ["minutes", "minute", "hours", "hour", "days", "seconds", "weeks", "years"].iter().any(|u| lower.ends_with(u));
    !timed && NUMBERS.contains(&first)
        || !timed && first.len() == 1 && first.starts_with(|c: char| c.is_ascii_digit())
        || second == Some("of") && plain && is_plural(first)
}

/// Whether some item says something of a thing (`Stateful`, `Support allow rules only`) rather than
/// naming one, so that the words above the list are the thing that it speaks of.
pub fn describes(items: &[Item]) -> bool {
    items.iter().take(MOST + 5).filter_map(Item::text).any(|text| {
        let mask = text.mask();
        let found = words(&mask);
        let Some(first) = found.first() else { return false };
        let acts = third_person(&first.lower).or_else(|| base_verb(&first.lower)).is_some_and(|v| !v.noun_too);
        let quality = found.len() == 1 && is_adjective(&first.lower);
        head(text).is_none() && (acts && found.len() > 1 || quality)
    })
}

fn bold_only(text: &Text) -> Option<&str> {
    let bold = !text.runs().is_empty() && text.runs().iter().all(|r| r.style.strong);
    bold.then(|| text.plain().trim_end_matches(':'))
}

/// The term of the item around a nested label.
fn enclosing(scene: &Scene, site: &Site) -> Option<Text> {
    let text = site.outer_item()?.text()?;
    let alone = || {
        let name = bare(&text.slice(0..bold_only(text)?.len()));
        scene.topic_of(&[&name]).subject
    };
    head(text).filter(|h| !h.remark).map(|h| bare(&text.slice(h.term))).or_else(alone)
}

/// Whether an item says two things: `Votes were few; rights lapsed`.
fn is_doubled(text: &Text) -> bool {
    text.plain().contains("; ")
}

fn is_short(text: &Text) -> bool {
    let count = words(text.plain()).len();
    (1..=6).contains(&count) && parse(&text.mask()).is_none() && head(text).is_none()
}

/// A question that asks for items; shared with tables.
pub fn items_question(front: Text, names: &[Text]) -> Body {
    if let [one] = names {
        return question(front, one.clone());
    }
    listed(front, names).body
}
