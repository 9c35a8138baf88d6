//! What one piece of a sentence becomes: its own card, and those of what it says besides in a bracket, with a
//! quantity or in an enumeration at its end.

use std::borrow::Cow;
use std::ops::Range;

use super::draft::{Made, one_gap};
use super::fact::{Subject, fact, prefixed};
use super::opening::{Opening, names_matter};
use super::scene::Scene;
use super::second::{circumstances, holds};
use super::worth::is_weak;
use crate::card::Body;
use crate::language::english::clause::{self, Word, words};
use crate::language::english::third_person;
use crate::language::sentence;
use crate::markdown::text::Text;

/// The cards of one piece: its own, what a bracket at its end adds, and an enumeration behind it.
pub(super) fn all(scene: &Scene, subject: Option<&Subject>, piece: &Text) -> Vec<Made> {
    let (core, bracket) = without_bracket(piece);
    let whole = fact(scene, subject, piece);
    let asks_bracket = |made: &Made| match (&made.body, &bracket) {
        (Body::Question { question, .. }, Some(b)) => question.texts().iter().any(|t| t.plain().contains(b.plain())),
        _ => false,
    };
    let main = match whole {
        Some(made) if !asks_bracket(&made) => Some(made),
        other if bracket.is_none() => other,
        other => fact(scene, subject, &core).or(other),
    };
    let mut out: Vec<Made> = main.into_iter().collect();
    let acting = subject.filter(|s| s.from_term || !names_matter(s.name.plain()));
    if let Some(second) = circumstances(scene, acting, &core) {
        out.retain(|made| !is_weak(&made.body));
        let told = out.iter().any(|made| holds(made, &second));
        out.extend(Some(second).filter(|_| !told));
    }
    if let Some(bracket) = bracket {
        let verb = words(bracket.plain()).first().is_some_and(|w| third_person(&w.lower).is_some_and(|v| !v.noun_too));
        let name = clause::parse(&core.mask()).map(|c| core.slice(c.subject));
        let named = name.filter(|n| matches!(Opening::of(n.plain()), Opening::Named));
        let of = named.map(|name| Subject { name, ..Subject::default() }).or_else(|| subject.cloned());
        if let (true, Some(of)) = (verb, of) {
            out.extend(fact(scene, Some(&of), &bracket));
        }
    }
    out.extend(listed_tail(subject, &core, out.first()));
    let beside = out.first().and_then(beside_quantity);
    out.extend(beside);
    out
}

/// Where a quantity became the gap of a sentence that says more: what it says besides.
fn beside_quantity(made: &Made) -> Option<Made> {
    let Some(Body::Question { question, answer }) = &made.fallback else { return None };
    let (front, back) = (question.texts().first().copied()?, answer.texts().first().copied()?);
    let found = words(back.plain());
    let number = found.iter().position(|w| w.lower.contains(|c: char| c.is_ascii_digit()))?;
    let described = front.plain().ends_with('?') && words(front.plain()).last()?.lower.len() <= 4;
    let (cloze, early) = (matches!(made.body, Body::Cloze { .. }), number < 4);
    let fits = cloze && !early && described && back.plain().len() <= 130;
    fits.then(|| Made { body: Body::Question { question: question.clone(), answer: answer.clone() }, fallback: None })
}

/// A piece without the bracket at its end, and the bracket's words.
fn without_bracket(piece: &Text) -> (Cow<'_, Text>, Option<Text>) {
    let mask = piece.mask();
    let trimmed = mask.trim_end_matches(['.', ' ']);
    match (trimmed.ends_with(')'), trimmed.rfind(" (")) {
        (true, Some(open)) if open > 0 => {
            (Cow::Owned(piece.slice(0..open)), Some(piece.slice(open + 2..trimmed.len() - 1)))
        }
        _ => (Cow::Borrowed(piece), None),
    }
}

/// An enumeration of names at the end of a sentence that the first card does not ask for: one gap.
fn listed_tail(subject: Option<&Subject>, piece: &Text, first: Option<&Made>) -> Option<Made> {
    let piece = piece.trim_matches(|c| c == '.' || c.is_whitespace());
    let mask = piece.mask();
    let start = first_name(&mask, mask.find(", ")?)?;
    let items = sentence::items(&mask[start..]);
    let name = |r: &Range<usize>| {
        mask[start + r.start..].starts_with(char::is_uppercase)
            && words(&mask[start + r.start..start + r.end]).len() <= 4
    };
    if items.len() < 3 || !items.iter().all(name) {
        return None;
    }
    let list = piece.slice(start..mask.len());
    let told = first.is_some_and(|made| match &made.body {
        Body::Question { answer, .. } => answer.texts().iter().any(|t| t.plain().contains(list.plain())),
        Body::Cloze { .. } => false,
        _ => true,
    });
    let subject = subject.filter(|_| clause::parse(&mask).is_none());
    let text = subject.map_or_else(|| piece.clone(), |s| prefixed(s, &piece));
    let shift = text.plain().len() - piece.plain().len();
    let standing = subject.is_some()
        || clause::parse(&mask).is_some_and(|c| matches!(Opening::of(&piece.plain()[c.subject]), Opening::Named));
    if told || !standing {
        return None;
    }
    Some(Made { body: one_gap(&text, start + shift..text.plain().len())?, fallback: None })
}

/// Where the name begins that ends at a comma: `Gateway Access` of `include Gateway Access, Dial-up, …`.
fn first_name(mask: &str, comma: usize) -> Option<usize> {
    let found = words(&mask[..comma]);
    let named = |w: &&Word| w.capital && !w.stop_after && w.start > 0;
    let before = found.iter().rev().skip(1).take_while(named).count();
    Some(found.get(found.len().checked_sub(1 + before)?)?.start)
}
