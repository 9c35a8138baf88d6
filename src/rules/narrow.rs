//! Gaps and answers cut to what is asked for: without the source in a bracket behind a gap, the verb in front of it or
//! the participle behind it, and without a second clause that an answer runs on to.

use std::ops::Range;

use super::draft::{cloze, question as asked};
use super::torn::acts_before;
use super::worth::{gaps, single};
use crate::card::Body;
use crate::language::english::clause::{Word, is_adverb, is_determiner, is_relative, words};
use crate::language::english::noun::{is_plural, is_preposition};
use crate::language::english::{
    base_verb, is_adjective, is_deed, is_gerund, is_participle, tells_outcome, third_person,
};
use crate::language::sentence::items;

/// A card with its gaps or its answer cut to what is asked for.
pub(super) fn narrowed(body: Body) -> Body {
    if let Body::Question { question, answer } = &body {
        let (Some(front), Some(back)) = (single(question), single(answer)) else { return body };
        let end = clause_end(&front.mask(), &back.mask());
        let whole = end == back.plain().len();
        return if whole { body } else { asked(front.clone(), back.slice(0..end)) };
    }
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

/// Where the first clause of an answer ends: `the President | and acts as an agent of the Centre`.
fn clause_end(front: &str, back: &str) -> usize {
    if let Some(at) = [" or else ", ", otherwise "].iter().find_map(|joint| back.find(joint)) {
        return at;
    }
    // `Vikram Sarabhai, it's a national centre …`: a name, and another sentence.
    if let Some(at) = [", it's ", ", it’s ", ", it is "].iter().find_map(|joint| back.find(joint))
        && words(&back[..at]).iter().all(|w| w.capital)
    {
        return at;
    }
    let found = words(back);
    // `the present system (justifies violence)`: what is done besides.
    let bracket = back.rfind(" (").filter(|at| *at > 0 && back.ends_with(')'));
    let done = |at: &usize| {
        words(&back[at + 2..]).first().is_some_and(|w| third_person(&w.lower).is_some_and(|v| !v.noun_too))
    };
    if let Some(at) = bracket.filter(done) {
        return at;
    }
    if let Some(end) = agent_end(front, back, &found) {
        return end;
    }
    if let Some(end) = deed_start(front, back, &found) {
        return end;
    }
    let about = words(front).first().is_some_and(|w| matches!(&*w.lower, "what" | "which" | "who" | "how"));
    let opens =
        |w: &Word| is_relative(&w.lower) || matches!(&*w.lower, "if" | "when" | "because" | "so" | "how" | "what");
    let first = found.first().is_some_and(|w| finite(&w.lower));
    let end = found.iter().position(opens).unwrap_or(found.len());
    // `a built-in function specifically designed`
    if let [.., noun, adverb, last] = found.as_slice()
        && adverb.lower.ends_with("ly")
        && is_adverb(&adverb.lower)
        && is_participle(&last.lower)
        && !noun.stop_after
        && !is_adverb(&noun.lower)
        && !is_adjective(&noun.lower)
        && third_person(&noun.lower).is_none_or(|v| v.noun_too)
        && found.len() > 3
    {
        return noun.end;
    }
    let runs_on = |at: usize| {
        let (before, word) = (&found[at - 1], &found[at]);
        let joined = before.lower == "and" || before.stop_after && back[before.end..].starts_with(", ");
        let role = found.get(at + 1).is_some_and(|w| w.lower == "as") && third_person(&word.lower).is_some();
        // `What are minerals good for?` `healthy bones | and play a role in …`
        let several = words(front).get(1).is_some_and(|w| matches!(&*w.lower, "are" | "do" | "were"));
        let object = found.get(at + 1).is_some_and(|w| is_determiner(&w.lower));
        let acts = several && object && base_verb(&word.lower).is_some();
        joined && before.depth == 0 && !word.capital && (finite(&word.lower) || role || acts)
    };
    let Some(at) = (2..end).find(|at| runs_on(*at)).filter(|_| about && !first && !back.ends_with('?')) else {
        return back.len();
    };
    let last = if found[at - 1].lower == "and" { at - 2 } else { at - 1 };
    found[last].end
}

/// Where an answer goes on to what was done besides: `Early leader | , pushed reforms`, `the network | and then checked by
/// all`, `digital money | , with a limited supply of coins`.
fn deed_start(front: &str, back: &str, found: &[Word]) -> Option<usize> {
    let defines = ["What is ", "What are ", "Who "].iter().any(|lead| front.starts_with(lead));
    let listed = items(back).len() > 2 || front.starts_with("What are the ");
    let at = (1..found.len().saturating_sub(1)).find(|at| {
        let (before, word, next) = (&found[at - 1], &found[*at], &found[at + 1]);
        let object = !is_preposition(&next.lower) && !is_adverb(&next.lower) && !matches!(&*next.lower, "and" | "or");
        let regular = word.lower.ends_with("ed") && !word.lower.contains('-');
        let acted = regular && is_participle(&word.lower) && !is_adjective(&word.lower) && !listed;
        // `a trusted, distributed ledger`: two qualities of one thing.
        let noun = !is_adjective(&before.lower)
            && !is_participle(&before.lower)
            && (*at > 2 || !is_determiner(&found[0].lower));
        let set_off = before.stop_after && noun;
        let deed = (acted || is_deed(&word.lower) && !listed) && object && !word.stop_after;
        let outcome = tells_outcome(&word.lower, &next.lower);
        let then = before.lower == "and" && word.lower == "then";
        let with = word.lower == "with" && !defines && *at > 3;
        before.depth == 0 && !word.capital && (set_off && (deed || outcome || with) || then)
    })?;
    let end = if found[at - 1].lower == "and" { found[at.checked_sub(2)?].end } else { found[at - 1].end };
    Some(back[..end].trim_end_matches([' ', ',', ';']).len())
}

/// Where those end by whom something is done: `Gregor Mendel | in the 19th century`, `wind and water | to spread the seed`.
fn agent_end(front: &str, back: &str, found: &[Word]) -> Option<usize> {
    if !front.ends_with(" by?") || found.first().is_some_and(|w| is_gerund(&w.lower)) {
        return None;
    }
    let time = |w: &Word| w.lower.starts_with(|c: char| c.is_ascii_digit());
    let at = found.windows(3).skip(1).position(|three| {
        let aim = three[0].lower == "to" && base_verb(&three[1].lower).is_some_and(|v| !v.noun_too || v.base == "help");
        let dated = three[0].lower == "in" && (time(&three[1]) || three[1].lower == "the" && time(&three[2]));
        three[0].depth == 0 && (aim || dated)
    })?;
    Some(back[..found[at + 1].start].trim_end_matches([' ', ',']).len())
}

/// Whether a word is surely the verb of a clause.
fn finite(lower: &str) -> bool {
    third_person(lower).is_some_and(|v| !v.noun_too)
        || matches!(
            lower,
            "is" | "are" | "was" | "were" | "can" | "cannot" | "must" | "may" | "has" | "doesn't" | "don't" | "does"
        )
}

/// `{{the data and defining}} how it looks`: what is done besides belongs to what follows.
fn without_second_act(mask: &str, gap: Range<usize>) -> Range<usize> {
    let found = words(&mask[gap.clone()]);
    match found.as_slice() {
        // `for a {{single key and aggregates}}`
        [.., noun, and, act]
            if and.lower == "and"
                && [" a ", " an "].iter().any(|article| mask[..gap.start].ends_with(article))
                && !is_plural(&noun.lower)
                && third_person(&act.lower).is_some() =>
        {
            gap.start..gap.start + noun.end
        }
        [.., noun, and, act] if and.lower == "and" && is_gerund(&act.lower) && !mask[gap.end..].trim().is_empty() => {
            gap.start..gap.start + noun.end
        }
        _ => gap,
    }
}

fn narrow(mask: &str, gap: Range<usize>) -> Range<usize> {
    let gap = without_second_act(mask, gap);
    let gap = without_source(mask, gap);
    let gap = without_contrast(mask, gap);
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

/// `{{security instead of a firewall}}`, `{{the cloud, a new way of thinking}}`: the first is what is asked for.
fn without_contrast(mask: &str, gap: Range<usize>) -> Range<usize> {
    let hidden = &mask[gap.clone()];
    let joint = [" instead of ", " rather than ", " as part of "].iter().filter_map(|joint| hidden.find(joint)).min();
    let comma = hidden.find(", ").filter(|at| {
        let rest = &hidden[at + 2..];
        let listed = rest.contains(", ") || rest.contains(" and ") || rest.contains(" or ") || rest.contains(" & ");
        let dated = rest.starts_with(|c: char| c.is_ascii_digit());
        let short = words(rest).len() == 1 || rest.starts_with("etc");
        !listed
            && !dated
            && !short
            && mask[gap.end..].trim_matches('.').is_empty()
            && !mask[..gap.start].ends_with(": ")
    });
    let at = [joint, comma].into_iter().flatten().min().filter(|at| *at > 2);
    at.map_or(gap.clone(), |at| gap.start..gap.start + at)
}

/// `{{logical links between processes running}} on hosts`: the participle belongs to what follows.
fn without_participle(mask: &str, gap: Range<usize>) -> Range<usize> {
    let found = words(&mask[gap.clone()]);
    let [.., noun, last] = found.as_slice() else { return gap };
    let behind = words(&mask[gap.end..]);
    let tied = mask[gap.end..].starts_with(' ') && behind.first().is_some_and(|w| is_preposition(&w.lower));
    let verbal = is_gerund(&last.lower) || is_participle(&last.lower);
    let of = behind.first().is_some_and(|w| w.lower == "of");
    let several = is_plural(&noun.lower) && !noun.capital;
    // `{{Morris Jones termed}} it`
    let to_whom = behind.first().is_some_and(|w| matches!(&*w.lower, "it" | "them" | "him" | "her" | "us"));
    let told = noun.capital && !last.capital && last.lower.ends_with("ed") && to_whom;
    let one = matches!(
        &*last.lower,
        "used"
            | "obtained"
            | "made"
            | "stored"
            | "located"
            | "held"
            | "needed"
            | "required"
            | "running"
            | "sent"
            | "written"
    );
    if told || tied && verbal && (several || one && !noun.stop_after) && !of {
        gap.start..gap.start + noun.end
    } else {
        gap
    }
}

/// `also {{blocks the receptors}}`: the verb stays, and what it acts on is asked for.
fn without_verb(mask: &str, gap: Range<usize>) -> Range<usize> {
    let (before, hidden) = (&mask[..gap.start], &mask[gap.clone()]);
    // What a label says as a whole stays whole: `Temperature: {{doubles the rate}}`.
    let whole = before.trim_end().ends_with(':') && mask[gap.end..].trim_matches('.').is_empty();
    let found = words(hidden);
    match found.as_slice() {
        _ if whole => gap,
        [verb, object, ..] if acts_before(before, verb, object) => gap.start + object.start..gap.end,
        _ => gap,
    }
}
