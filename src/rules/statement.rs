//! Plain sentences: in paragraphs, and in bullets that no other rule reads.

use super::bundle::is_bundle;
use super::context::Context;
use super::defining::is_page_word;
use super::draft::{Draft, Drafts};
use super::fact::{Subject, facts_after};
use super::head::{Head, head};
use super::list::describes;
use super::naming::{aspect_of, names_thing};
use super::opening::Opening;
use super::scene::{Scene, Site};
use super::term::{bare, is_aspect, is_plain_aspect, is_term, item_span};
use super::topic::{Topic, clean_heading};
use super::{Example, Rule};
use crate::card::Kind;
use crate::language::english::clause::{self, has_fewer_words, words};
use crate::language::english::noun::{head_noun, is_plural, is_preposition, singular};
use crate::language::english::{
    base_verb, is_adjective, is_class_noun, is_gerund, is_meta_heading, is_participle, third_person,
};
use crate::language::gap;
use crate::language::is_emoji;
use crate::language::sentence::sentences;
use crate::markdown::block::{Block, BlockKind, Item};
use crate::markdown::text::Text;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "statement",
    summary: "plain sentences of prose and bullets",
    manual: "\
A sentence becomes a card if its grammar is plain. `Glue is a managed ETL service` asks what Glue is;
`Firehose delivers to S3` asks what it delivers to. Where no question reads well, and in a sentence about
a common noun (`The public key is sent to the client`), a quantity, a marked term, a name or the last
phrase becomes a gap, and the rest stays as it is; a single everyday word does not. An open object is asked
for narrowly (`What kind of structures can documents contain?`), why, how and when something is so is a card
of its own, and a sentence with two verbs is read as two. What a thing is good for is asked the other way
round (`What is a great choice for backups?`); what several answers fit makes no card. A bullet without a subject speaks of the heading's
thing, and so does a sentence that begins with its verb; `it` is replaced where its meaning is plain. A
sentence that points back (`This is done by …`) is shown behind the one before it. One that points
elsewhere makes no card.",
    example: Example {
        note: "\
# Streaming

## Kafka

- Keeps records for 7 days by default.
- Supports exactly-once delivery.

A consumer group reads each partition only once. Zookeeper stores the metadata of old clusters.
",
        cards: "\
[fact] statement  Streaming › Kafka  @ 5
Q: What does Kafka do?
A: Keeps records for 7 days by default

[fact] statement  Streaming › Kafka  @ 6
Q: What does Kafka support?
A: exactly-once delivery

[fact] statement  Streaming › Kafka  @ 8
C: A consumer group reads {{c1::each partition only once}}

[fact] statement  Streaming › Kafka  @ 8
Q: What does Zookeeper store?
A: the metadata of old clusters
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    let mut context = Context::default();
    let mut section = None;
    for (site, text) in scene.paragraphs() {
        let here = site.items().is_empty().then(|| site.section_number());
        if here.is_none() || here != section {
            context = Context::default();
        }
        section = here;
        if scene.span_of(text).is_some_and(|span| out.is_taken(span)) {
            continue;
        }
        let Some((subject, text)) = passage(scene, site, text) else { continue };
        for (made, range) in facts_after(scene, subject.as_ref(), &text, &mut context) {
            let piece = text.slice(range);
            let Some(anchor) = scene.span_of(&piece) else { continue };
            let whole: Span = if site.item().is_none() { anchor } else { item_span(site).to(anchor) };
            out.push(Draft::new(&RULE, Kind::Fact, made).at(anchor, whole).under(site));
        }
    }
}

/// Whether an item begins with a pronoun behind an item about something of its own, so that it may speak of
/// that and not of the heading's thing.
fn follows_another(scene: &Scene, site: &Site, text: &Text) -> bool {
    let pronoun =
        words(text.plain()).first().is_some_and(|w| matches!(&*w.lower, "it" | "they" | "this" | "he" | "she"));
    let (Some(item), Some(BlockKind::List { items, .. })) = (site.item(), site.parent.map(|p| &p.kind)) else {
        return false;
    };
    let at = if pronoun { items.iter().position(|i| std::ptr::eq(i, item)) } else { None };
    let before = at.and_then(|at| items[at.checked_sub(1)?].text());
    before.is_some_and(|before| {
        let mask = before.mask();
        let own = clause::parse(&mask).map(|c| mask[c.subject].trim().to_owned());
        own.is_some_and(|own| {
            let topic = scene.topic(site).subject.as_ref().map(|t| t.plain().to_lowercase()).unwrap_or_default();
            matches!(Opening::of(&own), Opening::Named) && !topic.contains(&own.to_lowercase())
        })
    })
}

/// The text to read and what it speaks of; `None` where nothing should be read.
fn passage(scene: &Scene, site: &Site, text: &Text) -> Option<(Option<Subject>, Text)> {
    let clean = unnumbered(&text.trim_matches(|c| c.is_whitespace() || is_emoji(c)));
    let clean = without_meta(&without_bullet(&clean));
    if inside_answer(site) || clean.is_blank() || clean.plain().starts_with("!!!") || is_running_head(scene, &clean) {
        return None;
    }
    if scene.is_english() && scene.above_list(site).and_then(Block::text).is_some_and(points_on) {
        return None;
    }
    if scene.is_english() && is_practice_of(site, &clean) {
        return None;
    }
    let in_example = |list: &Block| scene.example_lists.contains(&list.span.start);
    if site.parent.is_some_and(in_example) {
        return None;
    }
    if is_listed_noun(site, &clean) {
        return None;
    }
    let topic = scene.topic(site);
    let set_off = |h: &Head| h.bold || h.dash && scene.is_english();
    let names = |h: &Head| set_off(h) && !is_adjective(&h.name.to_lowercase()) && is_term(scene, site, topic, h);
    // Below `Key challenges` a label is a challenge, and what stands behind it is told of that alone.
    let gathered = || scene.is_english() && topic.name().is_some_and(|name| is_bundle(name.plain()));
    if head(&clean).is_some_and(|h| names(&h) || is_page_word(&h.name) || h.bold && !h.remark && gathered()) {
        return None;
    }
    let items = site.items();
    let bold = clean.runs().iter().all(|r| r.style.strong);
    let names_what_follows = bold || clean.plain().ends_with([':', '：']) || has_fewer_words(clean.plain(), 5);
    let holds_more = names_what_follows && site.item().is_some_and(|i| !i.rest().is_empty());
    // A further paragraph of an item speaks of the item's own words.
    let above = items.len() - usize::from(site.item().is_some() && site.index == 0);
    let name = match above.checked_sub(1).filter(|_| site.item().is_some()) {
        Some(at) => items[at].text().and_then(|around| named_by(scene, (items[at], around), topic)).filter(names_thing),
        None if items.is_empty() => topic.thing(),
        None => topic.thing().filter(|_| (topic.aspect.is_none() || says_of_thing(&clean)) && !holds_more),
    };
    let below = above.checked_sub(1).and_then(|at| items[at].text()).is_some_and(|around| is_labelled(scene, around));
    let led = site.parent.filter(|_| items.len() == 1 && site.index == 0);
    let led = led.and_then(|list| scene.led_lists.get(&list.span.start)).copied();
    // Below a line further down only that line tells of what its list speaks.
    let of_another = led == Some(false) || (below || led.is_some()) && !speaks(&clean);
    let name = name.filter(|n| !scene.is_remark(n) && !of_another);
    let subject = name.map(|name| Subject {
        name,
        category: None,
        defined_here: topic.aspect.is_none() && (items.is_empty() || first_item(scene, site))
            || first_inside(site, &items) && may_define(site, &clean),
        in_prose: items.is_empty() && !is_definition(site, &clean),
        distant: items.is_empty() && !first_below_heading(site) || follows_another(scene, site, &clean),
        from_term: false,
        unseen: above > 0 && site.item().is_some(),
    });
    Some((subject, clean))
}

/// Whether an item begins with a noun that may be a verb, among others that are names of things: `Appeals to the court`
/// beside `Trial of petitions`.
fn is_listed_noun(site: &Site, text: &Text) -> bool {
    let mask = text.mask();
    let found = words(&mask);
    let [first, to, next, ..] = found.as_slice() else { return false };
    // `Aims to promote …` is a verb.
    let tied = to.lower == "to" && base_verb(&next.lower).is_none();
    let noun = third_person(&first.lower).is_some_and(|v| v.noun_too) && tied;
    let phrase = |text: &&Text| {
        let mask = text.mask();
        clause::parse(&mask).is_none() && clause::parse_without_subject(&mask).is_none()
    };
    let others = || match site.parent.map(|list| &list.kind) {
        Some(BlockKind::List { items, .. }) => {
            let phrases = items.iter().filter_map(Item::text).filter(phrase).count();
            phrases > 1 && phrases * 3 >= items.len() * 2
        }
        _ => false,
    };
    noun && site.item().is_some() && others()
}

/// Whether a line is a short name that stands several times in the note, as those do that head every page.
fn is_running_head(scene: &Scene, text: &Text) -> bool {
    let mask = text.mask();
    let found = words(&mask);
    let named = (1..=6).contains(&found.len()) && found.iter().any(|w| w.capital) && !speaks(text);
    named && found[0].capital && scene.repeated_lines.contains(&text.plain().trim().to_lowercase())
}

/// `Shipping without tests` below `Anti-patterns`: one of the things that the heading names, of which nothing is said; and a
/// line that names what is listed below it (`key traits (4)`).
fn is_practice_of(site: &Site, text: &Text) -> bool {
    let mask = text.mask();
    let found = words(&mask);
    let Some(first) = found.first().filter(|_| site.item().is_some() && clause::parse(&mask).is_none()) else {
        return false;
    };
    let sort = |h: &Text| {
        let noun = head_noun(clean_heading(h).plain()).to_lowercase();
        is_plural(&noun) && is_class_noun(&singular(noun.rsplit('-').next().unwrap_or(&noun)))
    };
    let several = || site.heading().is_some_and(sort);
    let lists = site.item().is_some_and(|item| item.rest().iter().any(|b| matches!(b.kind, BlockKind::List { .. })));
    let names = clause::parse_without_subject(&mask).is_none() && mask.contains('(') && !mask.ends_with('.');
    is_gerund(&first.lower) && !first.stop_after && found.len() > 4 && several()
        || lists && names && head(text).is_none()
}

/// Whether a line says of what is listed below it that it follows from something, or is given: `That means:`.
fn points_on(line: &Text) -> bool {
    let mask = line.mask();
    let Some(last) = sentences(&mask).pop() else { return false };
    let last = mask[last].to_lowercase();
    last.ends_with(':') && ["that means", "this means", "it means", "so:", "given "].iter().any(|w| last.starts_with(w))
}

/// Whether an item is the label of an aspect, so that phrases below it name something of that: `Problems:`.
fn is_labelled(scene: &Scene, around: &Text) -> bool {
    let plain = around.plain().trim();
    let label = plain.trim_end_matches(':');
    plain.ends_with(':') && words(label).len() <= 3 && is_aspect(scene, label)
}

/// Whether a piece without a subject says something by its verb, its quality or a quantity, and does not name
/// something.
fn speaks(text: &Text) -> bool {
    let mask = text.mask();
    let found = words(&mask);
    let tied = found.get(1).is_some_and(|w| is_preposition(&w.lower) || matches!(&*w.lower, "and" | "but" | "or"));
    let described = found.first().is_some_and(|w| is_adjective(&w.lower) || is_participle(&w.lower));
    clause::parse(&mask).is_some() || says_of_thing(text) || described && tied || !gap::quantities(text).is_empty()
}

/// `Reduces the risk`, `Can be queried`: below an aspect (`Benefits`), too, a verb speaks of the thing.
fn says_of_thing(text: &Text) -> bool {
    let mask = text.mask();
    clause::parse_without_subject(&mask).is_some() && clause::parse(&mask).is_none()
}

/// A text without a bold word for its part of the page in front: `**Introduction** The revolt …`.
fn without_meta(text: &Text) -> Text {
    let bold = text.runs().iter().take_while(|r| r.style.strong).map(|r| r.end).last().unwrap_or_default();
    let (lead, rest) = text.plain().split_at(bold);
    let sentence = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let meta = !lead.is_empty() && sentence && is_meta_heading(lead.trim());
    if meta { text.slice(bold..text.plain().len()).trim() } else { text.clone() }
}

/// A text without the bullet that stands behind another in its line: `- *   Protected by bone`.
fn without_bullet(text: &Text) -> Text {
    let rest = text.plain().trim_start_matches(['*', '•', '▪', '◦']);
    let bullet = text.plain().len() - rest.len();
    if bullet == 1 && rest.starts_with(' ') { text.slice(bullet..text.plain().len()).trim() } else { text.clone() }
}

/// `Contractual requirements` of `1.4.1 Contractual requirements`: the number of a section is no part of it.
fn unnumbered(text: &Text) -> Text {
    let plain = text.plain();
    let lettered = plain.split_once([')', '.']).filter(|(mark, rest)| {
        let mark = mark.trim_start_matches('(');
        let roman = !mark.is_empty() && mark.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        (roman || mark.len() == 1 && mark.starts_with(char::is_lowercase)) && rest.starts_with(' ')
    });
    if let Some((_, rest)) = lettered {
        return text.slice(plain.len() - rest.len()..plain.len()).trim();
    }
    let rest = plain.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &plain[..plain.len() - rest.len()];
    let words = rest.trim_start();
    let section = number.trim_end_matches('.').contains('.') && words.len() < rest.len();
    let titled = words.starts_with(|c: char| c.is_uppercase() || c == '(');
    if section && titled { text.slice(plain.len() - words.len()..plain.len()) } else { text.clone() }
}

/// The thing that the item around a nested one names: its term, or itself if it is a short name.
fn named_by(scene: &Scene, around: (&Item, &Text), topic: &Topic) -> Option<Text> {
    let (item, around) = around;
    let described = item.rest().iter().any(|b| matches!(&b.kind, BlockKind::List { items, .. } if describes(items)));
    let around = &around.trim_matches(|c| c.is_whitespace() || is_emoji(c));
    let plain = around.plain();
    let label = plain.trim_end_matches(':');
    let aspect = if described { is_plain_aspect(scene, label) } else { is_aspect(scene, label) };
    if plain.ends_with(':') && words(label).len() <= 3 && aspect {
        return topic.thing();
    }
    // `Benefits of accountability:`
    if let Some((thing, _)) = plain.strip_suffix(':').and_then(|label| aspect_of(&bare(&around.slice(0..label.len()))))
    {
        return if thing.is_blank() { topic.thing() } else { Some(thing) };
    }
    if let Some(head) = head(around) {
        // `Child: Below 14. Work is forbidden except for:`: the items go on with that sentence.
        let goes_on = plain.ends_with(':') && words(&plain[head.rest.clone()]).len() > 3;
        if goes_on {
            return None;
        }
        return (!head.remark).then(|| bare(&around.slice(head.term)));
    }
    let short = words(label).len() <= 4 && !label.ends_with(['.', '?']) && (described || label == plain);
    let thing = short && clause::parse(&around.mask()).is_none() && !aspect;
    thing.then(|| bare(&unnumbered(around)).trim_matches(|c| c.is_whitespace() || c == ':'))
}

/// Whether a paragraph is the first text below its heading, so that it says what the heading names.
fn first_below_heading(site: &Site) -> bool {
    site.before().is_some_and(|b| matches!(b.kind, BlockKind::Heading { .. }))
}

/// Whether an item is the first of a list that follows a heading at once.
fn first_item(scene: &Scene, site: &Site) -> bool {
    let Some(item) = site.item() else { return false };
    let Some(list) = site.parent.filter(|p| scene.opening_lists.contains(&p.span.start)) else { return false };
    match &list.kind {
        BlockKind::List { items, .. } => {
            let named = items.iter().filter_map(Item::text).filter(|t| head(t).is_some()).count();
            let defines = !enumerates(items) && named * 2 < items.len();
            items.first().is_some_and(|first| std::ptr::eq(first, item)) && defines
        }
        _ => false,
    }
}

/// Whether the items of a list are short phrases side by side, so that none of them says what the thing is.
fn enumerates(items: &[Item]) -> bool {
    let phrase = |text: &&Text| {
        let mask = text.mask();
        let (count, relative) = (words(&mask).len(), [" that ", " which ", " of "].iter().any(|w| mask.contains(w)));
        (1..=6).contains(&count)
            && !relative
            && !["A ", "An ", "The "].iter().any(|article| mask.starts_with(article))
            && clause::parse(&mask).is_none()
            && clause::parse_without_subject(&mask).is_none()
    };
    let phrases = items.iter().filter_map(Item::text).filter(phrase).count();
    phrases >= 3 && phrases * 3 >= items.len() * 2
}

/// Whether a block is the first thing that stands in an item behind the item's own words.
fn first_inside(site: &Site, items: &[&Item]) -> bool {
    let list = |item: &Item| match item.rest().first().map(|b| &b.kind) {
        Some(BlockKind::List { items, .. }) => {
            items.first().is_some_and(|first| site.item().is_some_and(|i| std::ptr::eq(i, first)))
        }
        _ => false,
    };
    site.item().is_some() && site.index == 1 || site.index == 0 && items.len() > 1 && list(items[items.len() - 2])
}

/// Whether a text can say what the item around it is: one in a list has to begin with an article.
fn may_define(site: &Site, text: &Text) -> bool {
    const NEVER: &[&str] = &[
        "has", "have", "had", "is", "are", "was", "were", "many", "most", "some", "several", "few", "there", "it",
        "they",
    ];
    let found = words(text.plain());
    let first = found.first().map(|w| w.lower.to_string()).unwrap_or_default();
    !NEVER.contains(&&*first) && (site.index == 1 || matches!(&*first, "a" | "an" | "the"))
}

/// Whether a paragraph is one phrase with an article, directly below a heading: it says what the heading names.
fn is_definition(site: &Site, text: &Text) -> bool {
    let whole = text.mask();
    let Some(first) = sentences(&whole).into_iter().next() else { return false };
    let mask = whole[first].trim_end().to_owned();
    let found = words(&mask);
    let opens = found.first().is_some_and(|w| matches!(&*w.lower, "a" | "an" | "the"));
    // A word in -s may be a verb that is not known: `The series converges`.
    let Some(link) = found.iter().position(|w| is_preposition(&w.lower)) else { return false };
    let noun = link >= 2 && found[2..link].iter().all(|w| !w.lower.ends_with('s'));
    first_below_heading(site) && opens && noun && !clause::may_be_clause(&mask)
}

/// Whether the block is folded away as an answer.
fn inside_answer(site: &Site) -> bool {
    site.parent.is_some_and(|p| matches!(p.kind, BlockKind::Details { .. } | BlockKind::Footnote { .. }))
}
