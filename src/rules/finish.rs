//! From the drafts that were admitted to the cards of a note: fronts that two cards share are told
//! apart or dropped, trails that give an answer away are cut, deck and tags are filled in.

use std::collections::BTreeMap;

use super::around::is_said;
use super::article::with_article;
use super::bundle::{as_field, gathers, without_change};
use super::dangling::points_out;
use super::decks::Decks;
use super::defining::fitting;
use super::definite::definite;
use super::draft::{Draft, Drafts};
use super::narrow::narrowed;
use super::native::zh_open;
use super::open::closed;
use super::scene::Scene;
use super::worth::{gaps as found_gaps, is_worth_asking, single, tells as told};
use super::{Extraction, is_written};
use crate::card::{Body, Card, CardId, Content, SourcePlace};
use crate::config::Config;
use crate::diagnostic::Finding;
use crate::identity::{fingerprint, front_key};
use crate::language::Language;
use crate::language::english::clause::{is_determiner, words};
use crate::language::english::noun::is_preposition;
use crate::language::english::{is_adjective, third_person};
use crate::markdown::text::{Atom, Text};

/// The cards of a note, in source order.
pub(super) fn finish(scene: &Scene, drafts: Drafts, config: &Config) -> Extraction {
    let mut findings = drafts.findings;
    findings.extend(scene.document.findings.iter().cloned());
    let mut cards = drafts.cards;
    cards.sort_by_key(|d| (d.anchor.start, d.span.start));
    cards.retain(is_whole);
    if scene.is_english() {
        for draft in &mut cards {
            name_subject(scene, draft);
        }
        cards.retain_mut(|draft| is_worth(scene, draft));
        drop_repeats(&mut cards);
    } else if scene.language == Language::Chinese {
        cards.retain_mut(|draft| {
            let body = if READERS.contains(&draft.rule) { zh_open::closed(scene, &draft.body) } else { return true };
            body.map(|body| draft.body = body).is_some()
        });
    }
    let ambiguous = use_fallbacks(scene, &mut cards);
    let cards = if ambiguous { drop_ambiguous(cards, &mut findings) } else { cards };
    let decks = Decks::new(scene, config);
    let cards = cards.into_iter().map(|draft| card(scene, draft, config, &decks)).collect();
    Extraction { cards, findings }
}

/// The rules that make questions of sentences; the others ask what the author asks.
const READERS: &[&str] = &["statement", "term", "label", "remark", "equation", "choice"];

/// Puts the nearest heading in front of a sentence with gaps that begins with its verb or quality, as labels that the
/// sentence names again leave it behind: `Includes a schema`.
fn name_subject(scene: &Scene, draft: &mut Draft) {
    if !READERS.contains(&draft.rule) {
        return;
    }
    let Body::Cloze { text } = &draft.body else { return };
    let [text] = text.texts()[..] else { return };
    let mask = text.mask();
    let found = words(&mask);
    let [first, second, ..] = found.as_slice() else { return };
    let acts = third_person(&first.lower).is_some_and(|v| !v.noun_too);
    let described = is_adjective(&first.lower) && second.lower == "to";
    if first.start > 0 || text.runs().first().is_some_and(|r| r.style.gap.is_some()) || !(acts || described) {
        return;
    }
    if let Some(heading) = scene.trail(draft.section).last() {
        let named = Text::words(heading.split(['(', '（']).next().unwrap_or(heading).trim()).then(": ").join(text);
        draft.body = Body::Cloze { text: Content::text(named) };
    }
}

/// Whether a card asks for something worth asking, if need be in its other way.
fn is_worth(scene: &Scene, draft: &mut Draft) -> bool {
    let told = matches!(draft.rule, "equation" | "choice");
    let term = matches!(draft.rule, "term" | "label");
    if !READERS.contains(&draft.rule) {
        return true;
    }
    let nearest = scene.trail(draft.section).last().filter(|_| draft.rule == "statement");
    let sound = |body: Body| {
        let body = narrowed(body);
        let body = if told { Some(body) } else { definite(scene, &body, term) };
        body.filter(|body| is_worth_asking(body) && (told || !points_out(body)))
    };
    let close = |body: Body| if draft.rule == "equation" { Some(body) } else { closed(scene, body, nearest) };
    // What is open in one way is so in another, unless that asks for its kind.
    let body = match sound(draft.body.clone()) {
        Some(body) => close(body).or_else(|| close(sound(draft.fallback.take().filter(asks_kind)?)?)),
        None => draft.fallback.take().and_then(sound).and_then(close).filter(|body| !shows(body)),
    };
    let heading = || scene.trail(draft.section).last();
    let above = draft.around.last().map_or_else(heading, |name| Some(name).filter(|name| gathers(name)));
    let above = above.filter(|_| term).map(String::as_str);
    let body = body.filter(|body| !above.is_some_and(|above| is_criterion(above, body)));
    let body = body.and_then(|body| fitting(as_field(scene, above, without_change(body))));
    body.map(|body| draft.body = with_article(body)).is_some()
}

/// Whether a card asks what one of those words means by which something is done or chosen: `Price` below `How to choose
/// a plan`.
fn is_criterion(above: &str, body: &Body) -> bool {
    let Body::Question { question, .. } = body else { return false };
    let asks = |front: &&Text| ["What is ", "What does “"].iter().any(|lead| front.plain().starts_with(lead));
    above.to_lowercase().starts_with("how ") && question.texts().first().is_some_and(asks)
}

/// Whether a question asks of what kind something is.
fn asks_kind(body: &Body) -> bool {
    let Body::Question { question, .. } = body else { return false };
    question.texts().first().is_some_and(|text| text.plain().starts_with("What kind of "))
}

/// Whether a text with gaps holds the words of one beside it.
fn shows(body: &Body) -> bool {
    matches!(body, Body::Cloze { text } if shows_its_gap(text))
}

/// Leaves out a text with a gap that the card before or behind it holds whole, behind its label, with the same gap.
fn drop_repeats(cards: &mut Vec<Draft>) {
    let shown = |draft: &Draft| match &draft.body {
        Body::Cloze { text } if READERS.contains(&draft.rule) => single(text).map(|text| {
            let gaps = found_gaps(text).into_iter().map(|(start, end)| text.plain()[start..end].to_owned());
            (text.plain().to_owned(), gaps.collect::<Vec<_>>())
        }),
        _ => None,
    };
    let all: Vec<_> = cards.iter().map(shown).collect();
    let within = |at: usize| {
        let Some((own, gaps)) = &all[at] else { return false };
        let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|near| all.get(near)?.as_ref());
        near.into_iter().any(|(other, others)| other.len() > own.len() && other.ends_with(own) && others == gaps)
    };
    let mut at = 0..;
    cards.retain(|_| !at.next().is_some_and(within));
}

/// Whether a card that a rule made holds the mark of a bullet, as of a list that is not indented as lists are.
fn holds_bullet(draft: &Draft) -> bool {
    let texts = match &draft.body {
        Body::Question { question, answer } => [question.texts(), answer.texts()].concat(),
        Body::Cloze { text } => text.texts(),
        _ => return false,
    };
    let bulleted = |text: &&Text| {
        let mask = text.mask();
        mask.contains(" *  ")
            || mask.contains(" * ") && mask.contains(':')
            || mask.starts_with("*  ")
            || mask.contains(": *(")
    };
    !is_written(draft.rule, draft.kind) && texts.iter().any(bulleted)
}

/// Whether both sides say something.
fn is_whole(draft: &Draft) -> bool {
    if holds_bullet(draft) {
        return false;
    }
    match &draft.body {
        Body::Question { question, answer } => !question.is_blank() && !answer.is_blank(),
        Body::Reversible { front, back } => !front.is_blank() && !back.is_blank(),
        Body::Cloze { text } => {
            let written = is_written(draft.rule, draft.kind);
            !text.is_blank() && !draft.body.gaps().is_empty() && (written || !shows_its_gap(text))
        }
        Body::Choice { stem, options } => !stem.is_blank() && options.len() > 1,
    }
}

/// Whether the words of a gap stand in the text beside it as well.
fn shows_its_gap(text: &Content) -> bool {
    text.texts().iter().any(|text| {
        let shown: String = text
            .runs()
            .iter()
            .map(|r| if r.style.gap.is_some() { "\u{0}" } else { &text.plain()[r.start..r.end] })
            .collect();
        let shown = shown.to_lowercase();
        let gaps = text
            .runs()
            .iter()
            .filter(|r| r.style.gap.is_some())
            .map(|r| text.plain()[r.start..r.end].trim().to_lowercase());
        gaps.filter(|g| g.chars().count() > 2 && g.chars().any(char::is_alphabetic)).any(|g| shown.contains(&g))
    })
}

/// The front of a card as far as it tells what is asked: with or without an article, or the word for its sort, a
/// thing is the same.
fn asked_key(body: &Body) -> String {
    let key = front_key(body);
    let Body::Question { question, .. } = body else { return key };
    let plain = question.texts().iter().map(|t| t.plain()).collect::<String>().to_lowercase().replace('’', "'");
    if let Some(name) = plain.strip_suffix("是什么？") {
        let sorts = ["协议", "算法", "技术", "服务"];
        let name = sorts.iter().find_map(|sort| name.trim_end().strip_suffix(sort)).unwrap_or(name).trim();
        return if name.is_ascii() && !name.is_empty() { format!("{name}是什么") } else { key };
    }
    let articles = ["que l'", "que la ", "que le ", "que les ", "que un ", "qu'un ", "qu'une ", "qu'"];
    let behind = plain.strip_prefix("qu'est-ce ");
    let thing = behind.and_then(|rest| articles.iter().find_map(|article| rest.strip_prefix(article)));
    thing.map_or(key, |thing| format!("qu'est-ce que {thing}"))
}

fn groups(cards: &[Draft]) -> BTreeMap<String, Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, card) in cards.iter().enumerate() {
        groups.entry(asked_key(&card.body)).or_default().push(index);
    }
    groups
}

/// Where two cards would share a front, those that can ask in another way do. Whether there are such.
fn use_fallbacks(scene: &Scene, cards: &mut [Draft]) -> bool {
    let shared: Vec<usize> = groups(cards).into_values().filter(|g| differs(cards, g)).flatten().collect();
    for index in &shared {
        let fallback = cards[*index].fallback.take();
        let good = |body: &Body| !scene.is_english() || is_worth_asking(body) && definite(scene, body, true).is_some();
        if let Some(fallback) = fallback.filter(good) {
            cards[*index].body = fallback;
        }
    }
    !shared.is_empty()
}

/// Whether the cards of one front have different answers.
fn differs(cards: &[Draft], group: &[usize]) -> bool {
    let Some((first, others)) = group.split_first().filter(|(_, others)| !others.is_empty()) else { return false };
    let first = fingerprint(&cards[*first].body);
    others.iter().any(|i| fingerprint(&cards[*i].body) != first)
}

/// Of generated cards that still share a front with another answer, the first stays; cards that the
/// author wrote all stay, with a warning.
fn drop_ambiguous(cards: Vec<Draft>, findings: &mut Vec<Finding>) -> Vec<Draft> {
    let mut dropped = vec![false; cards.len()];
    for group in groups(&cards).into_values().filter(|g| differs(&cards, g)) {
        let written = |index: &usize| is_written(cards[*index].rule, cards[*index].kind);
        // What the author wrote as a card is not left out for what was made of a sentence before it.
        let stays = group.iter().copied().find(written).unwrap_or(group[0]);
        let first = &cards[stays];
        for index in group.iter().filter(|index| **index != stays) {
            let card = &cards[*index];
            if fingerprint(&card.body) == fingerprint(&first.body) {
                continue;
            }
            let written = written(index) && written(&stays);
            dropped[*index] = !written;
            let finding = if written {
                Finding::warning("same-front", "two cards ask the same and answer differently", card.anchor)
                    .help("say in one of the questions what sets it apart")
            } else {
                Finding::note(
                    "ambiguous-front",
                    "left out: another card already asks this and has another answer",
                    card.anchor,
                )
                .help("name in the sentence what sets the two apart")
            };
            findings.push(finding.related(first.anchor, "the other card"));
        }
    }
    cards.into_iter().zip(dropped).filter(|(_, dropped)| !dropped).map(|(card, _)| card).collect()
}

fn card(scene: &Scene, draft: Draft, config: &Config, decks: &Decks) -> Card {
    let file = scene.document.file;
    let mut tags: Vec<String> = config
        .tags
        .iter()
        .chain(&scene.document.front.tags)
        .map(|t| t.replace(char::is_whitespace, "-").replace('/', "::"))
        .collect();
    tags.sort();
    tags.dedup();
    let end = draft.span.end.max(draft.span.start + 1) - 1;
    let end = (draft.span.start..=end.min(file.text.len().saturating_sub(1)))
        .rev()
        .find(|i| !file.text.as_bytes()[*i].is_ascii_whitespace());
    let source = SourcePlace {
        file: file.path.clone(),
        line: file.line(draft.span.start),
        end_line: file.line(end.unwrap_or(draft.span.start)),
    };
    let mut trail = shown_trail(&headings(scene, &draft), &draft.body);
    trail.extend(draft.note);
    Card {
        id: CardId::default(),
        lineage: crate::card::Lineage::default(),
        kind: draft.kind,
        body: draft.body,
        trail,
        deck: decks.of(draft.span.start, scene.trail(draft.section)),
        tags,
        why: draft.why,
        rule: draft.rule,
        anchor: draft.anchor,
        span: draft.span,
        source,
        also: Vec::new(),
    }
}

/// The headings above a card and, of one that a rule made, the items around it that its front does not name.
fn headings(scene: &Scene, draft: &Draft) -> Vec<String> {
    let mut out = scene.trail(draft.section).to_vec();
    if scene.is_english() && matches!(draft.rule, "statement" | "term" | "label" | "remark" | "equation" | "list") {
        let new = |name: &&String| !is_said(&draft.body, name) && !out.contains(name);
        let items: Vec<String> = draft.around.iter().filter(new).cloned().collect();
        out.extend(items);
    }
    out
}

/// The trail without headings that hold an answer; where only the bracket behind a name does, the name stays.
fn shown_trail(trail: &[String], body: &Body) -> Vec<String> {
    let lower = |text: &str| text.to_lowercase();
    // The name of a program in front of its command tells nothing.
    let command = |t: &&&Text| t.plain().contains(' ') && t.runs().iter().all(|r| r.style.atom == Atom::Code);
    let answers: Vec<String> = match body {
        Body::Question { answer, .. } => {
            answer.texts().iter().filter(|t| !command(t)).map(|t| lower(t.plain())).collect()
        }
        Body::Reversible { front, back } => {
            front.texts().iter().chain(&back.texts()).map(|t| lower(t.plain())).collect()
        }
        Body::Cloze { text } => text
            .texts()
            .iter()
            .flat_map(|t| t.runs().iter().filter(|r| r.style.gap.is_some()).map(|r| lower(&t.plain()[r.start..r.end])))
            .collect(),
        Body::Choice { options, .. } => {
            options.iter().filter(|o| o.correct).flat_map(|o| o.content.texts()).map(|t| lower(t.plain())).collect()
        }
    };
    let tells = |heading: &String| {
        let heading = lower(heading);
        answers.iter().any(|a| {
            told(&heading, a) && holds_all(&heading, a)
                || is_short_for(a, &heading)
                || a.chars().count() > 1
                    && (heading.contains(a.as_str())
                        || (heading.len() > 3 && heading.len() * 2 > a.len() && a.contains(&heading)))
        })
    };
    let shown = |heading: &String| {
        let named = heading.ends_with([')', '）']).then(|| heading.split(['(', '（']).next()).flatten();
        let name = named.unwrap_or_default().trim().to_owned();
        [heading.clone(), name].into_iter().find(|words| !words.is_empty() && !tells(words))
    };
    trail.iter().filter_map(shown).collect()
}

/// Whether an answer is the initials of a heading (both lower case): `the DEKs`, `Data Encryption Key`.
fn is_short_for(answer: &str, heading: &str) -> bool {
    let bare = ["the ", "a ", "an "].iter().find_map(|article| answer.strip_prefix(article)).unwrap_or(answer);
    let name = heading.split(['(', '（']).next().unwrap_or_default();
    let initials: String = name.split([' ', '-']).filter_map(|w| w.chars().find(|c| c.is_alphanumeric())).collect();
    initials.len() > 1 && (bare == initials || bare.strip_suffix('s') == Some(&*initials))
}

/// Whether a heading (lower case) holds every word of what an answer names, those of everyday use among them:
/// `messages to the queue` is not told by `Queue Storage`.
fn holds_all(heading: &str, answer: &str) -> bool {
    let found = words(answer);
    let named = found.iter().take_while(|w| !is_preposition(&w.lower) || w.start == 0);
    let small = |w: &str| is_preposition(w) || is_determiner(w) && w != "one" || matches!(w, "and" | "or" | "not");
    let stem = |w: &str| w.chars().take(4).collect::<String>();
    let mut shown = named.filter(|w| !small(&w.lower)).peekable();
    shown.peek().is_some() && shown.all(|w| heading.contains(&stem(&w.lower)))
}
