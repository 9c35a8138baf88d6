//! Gaps cut to what they ask for: without the source in a bracket behind it, the verb in front of it or the
//! participle behind it.

use std::ops::Range;

use super::draft::cloze;
use super::torn::acts_before;
use super::worth::{gaps, single};
use crate::card::Body;
use crate::language::english::clause::words;
use crate::language::english::noun::{is_plural, is_preposition};
use crate::language::english::{is_gerund, is_participle};

/// A text with its gaps cut to what they ask for; every other card as it is.
pub(super) fn narrowed(body: Body) -> Body {
    let Body::Cloze { text } = &body else { return body };
    let Some(text) = single(text) else { return body };
    let all = gaps(text);
    let mask = text.mask();
    let cut: Vec<Range<usize>> = all.iter().map(|(start, end)| narrow(&mask, *start..*end)).collect();
    if cut.iter().map(|gap| (gap.start, gap.end)).eq(all.iter().copied()) {
        return body;
    }
    cloze(&text.restyle(|style| style.gap = None), &cut).unwrap_or(body)
}

fn narrow(mask: &str, gap: Range<usize>) -> Range<usize> {
    let gap = without_source(mask, gap);
    let gap = without_participle(mask, gap);
    without_verb(mask, gap)
}

/// `{{the original offer (Hyde v Wrench [1840])}}`: the source is no part of what is asked for.
fn without_source(mask: &str, gap: Range<usize>) -> Range<usize> {
    let hidden = &mask[gap.clone()];
    let bracket = hidden.rfind(" (").filter(|at| *at > 0 && hidden.ends_with(')'));
    let cites = |inner: &str| {
        let case = [" v ", " v. ", "'s Case", "’s Case", " et al"].iter().any(|sign| inner.contains(sign));
        case || inner.contains('[')
    };
    match bracket {
        Some(at) if cites(&hidden[at..]) => gap.start..gap.start + at,
        _ => gap,
    }
}

/// `{{logical links between processes running}} on hosts`: the participle belongs to what follows.
fn without_participle(mask: &str, gap: Range<usize>) -> Range<usize> {
    let found = words(&mask[gap.clone()]);
    let [.., noun, last] = found.as_slice() else { return gap };
    let behind = words(&mask[gap.end..]);
    let tied = mask[gap.end..].starts_with(' ') && behind.first().is_some_and(|w| is_preposition(&w.lower));
    let verbal = is_gerund(&last.lower) || is_participle(&last.lower);
    let of = behind.first().is_some_and(|w| w.lower == "of");
    let several = is_plural(&noun.lower) && !noun.stop_after && !noun.capital;
    if tied && verbal && several && !of { gap.start..gap.start + noun.end } else { gap }
}

/// `also {{blocks the receptors}}`: the verb stays, and what it acts on is asked for.
fn without_verb(mask: &str, gap: Range<usize>) -> Range<usize> {
    let (before, hidden) = (&mask[..gap.start], &mask[gap.clone()]);
    let found = words(hidden);
    match found.as_slice() {
        [verb, object, ..] if acts_before(before, verb, object) => gap.start + object.start..gap.end,
        _ => gap,
    }
}
