//! The second facts of a sentence: why, how or when its first is so.

use super::draft::{Made, question};
use super::fact::{Subject, leans, without_lead};
use super::fragment::joined;
use super::opening::Opening;
use super::recite::{is_name, mentions, stands_alone};
use super::scene::Scene;
use super::worth::gaps;
use crate::card::Body;
use crate::language::english::ask::{Statement, ask_adjunct, inside};
use crate::language::english::circumstance::circumstance;
use crate::language::english::clause::{self, Number, Verb};
use crate::language::english::noun::{head_noun, is_plural, singular};
use crate::markdown::text::Text;

/// `Why does the kidney filter blood?`: the card of what a sentence tells beside its main words.
pub fn circumstances(scene: &Scene, subject: Option<&Subject>, piece: &Text) -> Option<Made> {
    if !scene.is_english() {
        return None;
    }
    let sentence = without_lead(piece).trim_matches(|c| c.is_whitespace() || matches!(c, '.' | ';'));
    let mask = sentence.mask();
    if circumstance(&mask).is_some() {
        return None;
    }
    let (stated, own) = match clause::parse(&mask) {
        Some(clause) => (sentence.clone(), sentence.slice(clause.subject).trim()),
        None => completed(subject?, &sentence)?,
    };
    let clause = clause::parse(&stated.mask()).filter(|c| c.subject.end == own.plain().len())?;
    let named = matches!(Opening::of(own.plain()), Opening::Named) && !leans(own.plain());
    let elsewhere = subject.is_some_and(|s| s.from_term && !mentions(&stated, s));
    if !named || elsewhere {
        return None;
    }
    let asked = ask_adjunct(&Statement { text: &stated, clause: &clause, subject: &inside(&own, &scene.lower) })?;
    let front = within(asked.question, subject, &stated, &own)?;
    Some(Made { body: question(front, asked.answer), fallback: None })
}

/// A piece that begins with its verb, behind its subject, and that subject.
fn completed(subject: &Subject, piece: &Text) -> Option<(Text, Text)> {
    let clause = clause::parse_without_subject(&piece.mask())?;
    let plural = is_plural(head_noun(subject.name.plain()));
    let agrees = !plural || !matches!(clause.verb, Verb::Present(_, Number::One));
    (agrees && !subject.distant).then(|| (joined(subject, " ", piece), subject.name.clone()))
}

/// A question about a common noun (`the replica`) with the thing of the passage, without which nobody
/// could tell which is meant.
fn within(front: Text, subject: Option<&Subject>, stated: &Text, own: &Text) -> Option<Text> {
    if is_name(own) || stands_alone(own.plain()) || subject.is_some_and(|s| mentions(stated, s)) {
        return Some(front);
    }
    // `a network interface` names one of those that are meant, and none in particular.
    if subject.is_some_and(|s| ["a ", "an "].iter().any(|article| s.name.plain().starts_with(article))) {
        return Some(front);
    }
    // `How does a user start a transaction?` below `Transactions`
    let one = singular(&subject?.name.plain().to_lowercase());
    if front.plain().to_lowercase().contains(&one) {
        return Some(front);
    }
    let bare = front.trim_matches(|c| c == '?');
    Some(bare.then(" (").join(&subject?.name).then(")?"))
}

/// Whether a card, in either of its ways, asks for what another does.
pub fn holds(made: &Made, other: &Made) -> bool {
    let Body::Question { answer: part, .. } = &other.body else { return false };
    let part = part.texts().first().map_or("", |t| t.plain());
    let bare = part.strip_prefix("to ").unwrap_or(part);
    let asks = |body: &Body| match body {
        Body::Question { answer, .. } => answer.texts().iter().any(|t| t.plain().contains(part)),
        Body::Cloze { text } => text.texts().iter().any(|t| gap_holds(t, bare)),
        _ => false,
    };
    asks(&made.body) || made.fallback.as_ref().is_some_and(asks)
}

/// Whether a gap of a text holds most of some words.
fn gap_holds(text: &Text, words: &str) -> bool {
    let hidden = gaps(text).into_iter().map(|(start, end)| &text.plain()[start..end]);
    hidden.into_iter().any(|gap| gap.contains(words) || words.contains(gap) && gap.len() * 5 > words.len() * 2)
}
