//! Which cards about a term may stand: a label that is an order, a condition or a quality is no thing of which one could
//! ask what it is or does.

use super::draft::Made;
use super::head::{Head, head};
use super::scene::Site;
use crate::card::Body;
use crate::language::english::clause::words;
use crate::language::english::noun::head_noun;
use crate::language::english::{base_verb, is_adjective, is_participle};
use crate::markdown::block::BlockKind;
use crate::markdown::text::Text;

/// How the cards about a term are to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// As they are.
    All,
    /// Only those that say under which condition it is so: `For linear models`.
    Bound,
    /// Only those that do not ask what it is or does: an order, or a choice.
    Told,
    /// In their other way, where they ask about it: a quality, or a use.
    Beside,
}

impl Taken {
    /// How those about the label of a list's item are, with the headings above it and what is told of it.
    pub(super) fn of(site: &Site, trail: &[String], label: (&Text, &str)) -> Taken {
        let (name, told) = label;
        let heading = trail.last().map(|h| h.to_lowercase()).unwrap_or_default();
        match () {
            () if name.plain().to_lowercase().starts_with("for ") => Taken::Bound,
            () if CHOICES.iter().any(|lead| heading.starts_with(lead)) || is_ordered(site, name.plain()) => Taken::Told,
            () if is_loose(trail, name, told) => Taken::Beside,
            () => Taken::All,
        }
    }

    /// A card about the label, if it may stand.
    pub(super) fn kept(self, made: Made, name: &Text) -> Option<Made> {
        match self {
            Taken::All => Some(made),
            Taken::Bound => bound_to(made, name),
            Taken::Told => Some(made).filter(|made| !asks_of(&made.body, name)),
            Taken::Beside => told_beside(made, name),
        }
    }
}

/// Beginnings of headings below which stands when to take what, so that nothing there says what a thing is.
const CHOICES: &[&str] = &["choose ", "choosing ", "pick ", "picking ", "select ", "selecting ", "when to ", "which "];

/// Whether a label is one of a list of orders (`Limit the count: …`, `Follow the rule: …`), of which one is surely so.
fn is_ordered(site: &Site, label: &str) -> bool {
    let verb = |name: &str| words(name).first().and_then(|w| base_verb(&w.lower)).filter(|_| name.contains(' '));
    let Some(BlockKind::List { items, .. }) = site.parent.map(|p| &p.kind).filter(|_| verb(label).is_some()) else {
        return false;
    };
    let heads: Vec<Head> = items.iter().take(12).filter_map(|item| head(item.text()?)).collect();
    let acting = heads.iter().filter_map(|h| verb(&h.name)).count();
    acting > 2 && acting * 4 >= heads.len() * 3 && heads.iter().filter_map(|h| verb(&h.name)).any(|v| !v.noun_too)
}

/// Whether a question asks what the thing of a name is or does.
fn asks_of(body: &Body, name: &Text) -> bool {
    let Body::Question { question, .. } = body else { return false };
    let front = question.texts().iter().map(|t| t.plain().to_lowercase()).collect::<String>();
    front.contains(&name.plain().to_lowercase()) && !front.ends_with("” mean?")
}

/// A card of what holds `For linear models` alone: it has to say so.
fn bound_to(made: Made, name: &Text) -> Option<Made> {
    let label = name.plain().to_lowercase();
    let says = |body: &Body| {
        let (Body::Question { question: shown, .. } | Body::Cloze { text: shown }) = body else { return false };
        shown.texts().iter().any(|t| t.plain().to_lowercase().contains(&label))
    };
    let Made { body, fallback } = made;
    let fallback = fallback.filter(|body| matches!(body, Body::Cloze { .. }) && says(body));
    if matches!(body, Body::Cloze { .. }) && says(&body) {
        return Some(Made { body, fallback: None });
    }
    fallback.map(|body| Made { body, fallback: None })
}

/// Whether a term is no thing of which one could ask what it is or does: a quality of something that is not named
/// (`Liberal`), or a use (below `Applications of coins`) behind which stands what is done by that of which it is a use.
fn is_loose(trail: &[String], name: &Text, told: &str) -> bool {
    let lower = name.plain().to_lowercase();
    let quality = !lower.contains(' ') && is_adjective(&lower) && words(told).len() > 2;
    let uses = |heading: &String| {
        let noun = head_noun(heading).to_lowercase();
        matches!(&*noun, "applications" | "uses" | "cases" | "usages")
    };
    let first = words(told).first().map(|w| w.lower.to_string()).unwrap_or_default();
    let acts = base_verb(&first).is_some_and(|v| !v.noun_too) || is_participle(&first) && !first.contains('-');
    quality || trail.iter().any(uses) && acts
}

/// A card about such a term in its other way.
fn told_beside(made: Made, name: &Text) -> Option<Made> {
    const JUDGED: &[&str] = &["bad", "good", "better", "best", "worst", "strong", "weak", "poor", "right", "wrong"];
    if JUDGED.contains(&&*name.plain().to_lowercase()) {
        return None;
    }
    let Body::Question { question: front, .. } = &made.body else { return Some(made) };
    let about = front.texts().iter().any(|t| t.plain().to_lowercase().contains(&name.plain().to_lowercase()));
    if about { made.fallback.map(|body| Made { body, fallback: None }) } else { Some(made) }
}

/// `First field`, `Simple to implement`: a place in an order or a quality.
pub(super) fn is_no_name(label: &str) -> bool {
    const PLACES: &[&str] = &["first", "second", "third", "next", "last", "subsequent", "previous", "final"];
    let found = words(label);
    let [first, second, ..] = found.as_slice() else { return false };
    let placed = found.len() == 2 && !second.capital && PLACES.contains(&&*first.lower);
    placed || is_adjective(&first.lower) && second.lower == "to"
}
