//! Whether a card points at something that only the note around it tells: `protects against it`, `After that, …`,
//! `these two cases`. What stands in an earlier sentence of the card, or in front of its colon, is told.

use super::definite::lead_end;
use super::worth::single;
use crate::card::Body;
use crate::language::english::clause::{Word, is_adverb, is_determiner, words};
use crate::language::english::noun::{is_plural, is_preposition, singular};
use crate::language::english::phrase::is_auxiliary;
use crate::language::english::{base_verb, is_adjective, is_gerund, is_participle, past_tense, third_person};

/// Whether a card that a rule made of a sentence points at something that it does not tell.
pub(super) fn points_out(body: &Body) -> bool {
    match body {
        Body::Question { question, answer } => match (single(question), single(answer)) {
            (Some(question), Some(_)) if ranks_nothing(&question.mask()) => true,
            (Some(question), Some(answer)) => {
                let whole = format!("{} {}", question.mask(), first_sentence(&answer.mask()));
                points(&whole, 0)
            }
            _ => false,
        },
        Body::Cloze { text } => single(text).is_some_and(|text| {
            let mask = text.mask();
            let told = first_sentence(&mask);
            points(told, lead_end(told))
        }),
        _ => false,
    }
}

/// `What is the most potent?`: a rank among things that are not named.
fn ranks_nothing(front: &str) -> bool {
    let found = words(front);
    let rank = match found.as_slice() {
        [_, be, the, rank] if the.lower == "the" && is_auxiliary(&be.lower) => rank.lower.ends_with("est"),
        [_, be, the, most, _] if the.lower == "the" && is_auxiliary(&be.lower) => {
            matches!(&*most.lower, "most" | "least")
        }
        _ => false,
    };
    let noun = found.last().is_some_and(|w| is_plural(&w.lower));
    rank && !noun
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..end])
}

/// Whether words point out of themselves; `lead` is where the words behind the thing in front begin.
fn points(text: &str, lead: usize) -> bool {
    let found = words(text);
    (0..found.len()).any(|at| {
        let opens = found[at].start == lead;
        match &*found[at].lower {
            "this" | "these" | "those" => shows(&found, at, lead > 0),
            "that" => {
                let behind = at > 0 && is_preposition(&found[at - 1].lower) && found[at - 1].lower != "than";
                behind && (found[at].stop_after || at + 1 == found.len())
            }
            "then" => goes_on(&found, at, opens),
            "here" => at > 0 && found[at - 1].lower != "from",
            "above" | "below" => told_elsewhere(&found, at),
            "same" => opens_with_same(&found, at, opens),
            "it" if at > 0 && matches!(&*found[at - 1].lower, "requires" | "require" | "demands") => true,
            "it" | "them" => !is_empty_object(&found, at) && is_object(&found, at) && things(&found[..at - 1]) < 2,
            "former" | "latter" => at > 0 && found[at - 1].lower == "the" && things(&found[..at]) < 2,
            _ => false,
        }
    })
}

/// Whether `this` or `these` at a word is about nothing that was named before.
fn shows(found: &[Word], at: usize, behind_thing: bool) -> bool {
    let (word, next) = (&found[at], found.get(at + 1));
    let Some(next) = next.filter(|_| !word.stop_after) else { return !behind_thing };
    if word.lower == "those" && matches!(&*next.lower, "who" | "that" | "which" | "of" | "with" | "in" | "whose") {
        return false;
    }
    let counted = matches!(&*next.lower, "two" | "three" | "four" | "five" | "last" | "first");
    let noun = if counted { found.get(at + 2) } else { Some(next) };
    let alone = is_auxiliary(&next.lower) || is_preposition(&next.lower) || third_person(&next.lower).is_some();
    let named = |noun: &Word| {
        let one = singular(&noun.lower);
        found[..at].iter().any(|w| singular(&w.lower) == one || w.lower.starts_with(&one) && one.len() > 3)
    };
    let acts = is_auxiliary(&next.lower) || third_person(&next.lower).is_some();
    let ages = word.lower == "those" && matches!(&*next.lower, "days" | "years" | "times");
    if acts && behind_thing || ages { false } else { alone || !noun.is_some_and(named) }
}

/// Whether `then` goes on from what the card does not say.
fn goes_on(found: &[Word], at: usize, opens: bool) -> bool {
    let led = |w: &Word| {
        matches!(
            &*w.lower,
            "if" | "when" | "once" | "first" | "until" | "after" | "before" | "and" | "since" | "unless"
        )
    };
    let modal =
        at > 0 && (is_auxiliary(&found[at - 1].lower) || matches!(&*found[at - 1].lower, "we" | "you" | "they"));
    (opens || modal) && !found[..at].iter().any(|w| led(w) || w.stop_after && w.start > 0)
}

/// `as described above`, `the table below`, `see below`: words about the page.
fn told_elsewhere(found: &[Word], at: usize) -> bool {
    const TELLING: &[&str] =
        &["as", "described", "mentioned", "listed", "shown", "see", "stated", "defined", "given", "discussed", "table"];
    let prior = at.checked_sub(1).map(|before| &*found[before].lower);
    let alone = found.get(at + 1).is_none_or(|w| is_auxiliary(&w.lower)) || found[at].stop_after;
    prior.is_some_and(|w| TELLING.contains(&w) || w == "the" && alone)
}

/// `The same applies to …`.
fn opens_with_same(found: &[Word], at: usize, opens: bool) -> bool {
    let first = opens || at == 1 && found[0].lower == "the" || at > 1 && found[at - 2].stop_after;
    let next = found.get(at + 1).map_or("", |w| &*w.lower);
    first && matches!(next, "applies" | "apply" | "is" | "goes" | "holds" | "happens" | "was" | "can")
}

/// `makes it easy to …`, `find it hard`: a pronoun that stands for what follows.
fn is_empty_object(found: &[Word], at: usize) -> bool {
    found
        .get(at + 1)
        .is_some_and(|w| is_adjective(&w.lower) || matches!(&*w.lower, "possible" | "impossible" | "easier"))
}

/// Whether a pronoun is the object of the word before it, and no subject of the next.
fn is_object(found: &[Word], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &found[before]) else { return false };
    let led = at > 1 && (found[at - 2].lower == "to" || is_auxiliary(&found[at - 2].lower));
    let verb = led
        || base_verb(&before.lower).is_some()
        || third_person(&before.lower).is_some()
        || past_tense(&before.lower).is_some()
        || is_gerund(&before.lower);
    let subject = found.get(at + 1).is_some_and(|w| {
        !found[at].stop_after
            && (is_auxiliary(&w.lower) || third_person(&w.lower).is_some() || past_tense(&w.lower).is_some())
    });
    let that = matches!(&*before.lower, "that" | "than" | "as" | "after" | "before" | "until" | "since" | "like");
    (verb || is_preposition(&before.lower)) && !that && !subject && !before.stop_after
}

/// How many things words name, one for each run of words that may be nouns.
fn things(found: &[Word]) -> usize {
    let mut count = 0;
    let mut inside = false;
    for word in found {
        // `the liver store glucose`: what may be a verb stands between two things.
        let verb = inside && base_verb(&word.lower).is_some();
        let noun = may_be_noun(word) && !verb;
        count += usize::from(noun && !inside);
        inside = noun && !word.stop_after;
    }
    count
}

fn may_be_noun(word: &Word) -> bool {
    let lower = &*word.lower;
    let verb = [base_verb(lower), third_person(lower), past_tense(lower)].into_iter().flatten().next();
    let small = is_determiner(lower)
        || is_preposition(lower)
        || is_auxiliary(lower)
        || is_adverb(lower)
        || matches!(
            lower,
            "what"
                | "why"
                | "how"
                | "when"
                | "which"
                | "who"
                | "where"
                | "and"
                | "or"
                | "but"
                | "not"
                | "it"
                | "you"
                | "we"
                | "they"
                | "them"
                | "this"
                | "that"
                | "these"
                | "those"
                | "because"
                | "if"
                | "so"
                | "to"
        );
    let acts = verb.is_some_and(|v| !v.noun_too) || is_gerund(lower) || is_participle(lower) && !is_plural(lower);
    !small && (!acts || word.capital) && lower.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_card_does_not_tell_is_noticed() {
        for out in [
            "A SYN flood exploits this by sending many SYNs",
            "SYN cookies protect against it because the server keeps no state",
            "After that, what does the window grow by? one MSS",
            "What is the INR used for? to monitor it",
            "Offer: The same applies to advertisements",
            "TCP Tahoe doesn't distinguish between these two cases",
            "We could then change our DNS",
            "Adding more substrate does not help here",
            "What is the table below used for? nothing",
        ] {
            assert!(points(out, lead_end(out)), "{out}");
        }
        for told in [
            "How does the liver store glucose? by converting it to glycogen",
            "S3: This lets users read objects",
            "A client that sends a request must sign it",
            "If the pool is empty, then the thread waits",
            "Indexes make it easy to find rows",
            "Those who hold shares may vote",
            "The key has the same length as the block",
            "Water below 4 degrees expands",
        ] {
            assert!(!points(told, lead_end(told)), "{told}");
        }
    }
}
