//! Things to choose from, each with the situations it is for below it: `Identity or bucket policy:`, then
//! `Bucket`, and below that `If you need anonymous access`.

use super::draft::Made;
use super::scene::{Scene, Site};
use super::term::bare;
use crate::card::{Body, Choice, Content};
use crate::language::english::clause::{may_be_clause, words};
use crate::language::english::is_gerund;
use crate::language::english::noun::is_preposition;
use crate::language::is_emoji;
use crate::language::sentence::sentences;
use crate::markdown::block::{BlockKind, Item};
use crate::markdown::text::Text;

/// The cards of a list of things to choose from, each with the sentence it comes from and its item.
pub(super) fn alternatives<'d>(scene: &Scene, site: &Site<'d>, lead: &Text) -> Vec<(Made, Text, &'d Item)> {
    let Some(BlockKind::List { items, .. }) = site.after().first().map(|b| &b.kind) else { return Vec::new() };
    if !scene.is_english() || !offers(lead, items) {
        return Vec::new();
    }
    let class = class_of(lead, items);
    let names: Vec<Text> = items.iter().filter_map(Item::text).map(|text| bare(&clean(text))).collect();
    let mut out = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let lists = item.rest().iter().filter_map(|block| match &block.kind {
            BlockKind::List { items, .. } => Some(items),
            _ => None,
        });
        for inner in lists.flatten() {
            let Some(text) = inner.text() else { continue };
            let Some(range) = sentences(&text.mask()).into_iter().next() else { continue };
            let sentence = text.slice(range);
            let stem = situation(&sentence, class.as_deref()).map(Content::text);
            let body = stem.map(|stem| Body::Choice { stem, options: options(&names, at) });
            out.extend(body.map(|body| (Made { body, fallback: None }, sentence, inner)));
        }
    }
    out
}

/// The things as options, one of them right.
fn options(names: &[Text], right: usize) -> Vec<Choice> {
    let lettered = ('A'..='Z').zip(names).enumerate();
    lettered
        .map(|(at, (letter, name))| Choice { letter, content: Content::text(name.clone()), correct: at == right })
        .collect()
}

fn clean(text: &Text) -> Text {
    text.trim_matches(|c| c.is_whitespace() || matches!(c, ':' | '.') || is_emoji(c))
}

/// Whether a line offers the items below it: it says `A or B`, `A vs B` or `When to use …`, and names one of
/// them; each has a list of its own.
fn offers(lead: &Text, items: &[Item]) -> bool {
    let plain = lead.plain().to_lowercase();
    let rivals = [" or ", " vs ", " vs. ", " versus ", "when to use", "when to choose", "which to"];
    let names: Vec<String> = items.iter().filter_map(Item::text).map(|t| clean(t).plain().to_lowercase()).collect();
    let short = names.iter().all(|n| (1..=4).contains(&words(n).len()) && !may_be_clause(n));
    let stem = |name: &str| name.trim_end_matches('s').to_owned();
    let told = names.iter().any(|n| plain.contains(&stem(n)));
    let nested = items.iter().filter(|i| !i.rest().is_empty()).count();
    let offered = rivals.iter().any(|w| plain.contains(w)) && words(&plain).len() <= 9;
    offered && told && short && names.len() == items.len() && names.len() >= 2 && nested >= 2
}

/// What the things are, where the line says so behind their names: `access` of `Identity or Bucket Access`.
fn class_of(lead: &Text, items: &[Item]) -> Option<String> {
    let lower = clean(lead).plain().to_lowercase();
    let last = words(&lower).last()?.lower.to_string();
    let stem = last.trim_end_matches('s');
    let named = items.iter().filter_map(Item::text).any(|t| t.plain().to_lowercase().contains(stem));
    (!named && last.chars().all(char::is_alphabetic) && lower.contains(" or ")).then_some(last)
}

/// The question for a situation: `If you need X`, `Managing X`.
fn situation(sentence: &Text, class: Option<&str>) -> Option<Text> {
    let sentence = sentence.trim_matches(|c| c.is_whitespace() || matches!(c, '.' | ';' | ','));
    let mask = sentence.mask();
    let found = words(&mask);
    let (first, second) = (found.first()?, found.get(1)?);
    let lowered = |from: usize| {
        let rest = sentence.slice(from..mask.len());
        let letter: String = rest.plain().chars().take(1).flat_map(char::to_lowercase).collect();
        Text::words(letter).join(&rest.slice(rest.plain().chars().next().map_or(0, char::len_utf8)..rest.plain().len()))
    };
    let condition = matches!(&*first.lower, "if" | "when" | "for" | "to") && !mask.contains(", ");
    let doing = is_gerund(&first.lower) && !is_preposition(&second.lower);
    let what = class.map_or_else(|| "What".to_owned(), |class| format!("Which {class}"));
    let link = if doing { " for " } else { " " };
    (found.len() >= 3 && (condition || doing))
        .then(|| Text::words(format!("{what} do you choose{link}")).join(&lowered(first.start)).then("?"))
}
