//! Takes a plain English sentence apart: subject, verb and the rest. Only sentences of the shape
//! "noun phrase, verb, complement" are understood; anything else is `None`, and no card is guessed from it.

use std::ops::Range;

pub use super::maybe::{may_be_clause, verb_end};
use super::noun::{is_plural, is_preposition};
use super::opens::{lacks_subject, opens_otherwise, opens_with_verb};
use super::phrase::is_auxiliary;
use super::relative;
pub use super::small::{is_adverb, is_determiner, is_relative};
pub use super::word::{Word, first_word, has_fewer_words, words};
use super::{base_verb, is_adjective, is_gerund, is_participle, past_tense, third_person};

/// Singular or plural.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// One.
    One,
    /// Several.
    Many,
}

/// The verb of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// A form of *be*, as written.
    Be(String),
    /// A modal as written, and the base form behind it.
    Modal(String, String),
    /// A full verb in the present.
    Present(String, Number),
    /// A full verb in the past.
    Past(String),
}

/// A sentence taken apart; all ranges are bytes of the text that was parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The subject.
    pub subject: Range<usize>,
    /// Adverbs between subject and verb (`automatically`), *not* included.
    pub adverb: Range<usize>,
    /// The verb.
    pub verb: Verb,
    /// Whether the verb is negated.
    pub negated: bool,
    /// What follows the verb and its negation, without the final full stop.
    pub rest: Range<usize>,
}

/// Takes a sentence apart. `text` is masked text without a label; a final full stop is allowed.
pub fn parse(text: &str) -> Option<Clause> {
    let words = words(text);
    let first = &words.first()?.lower;
    // `You've found a project`: subject and half of the verb are one word.
    let contracted = ["'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m"].iter().any(|end| first.ends_with(end));
    if contracted || opens_otherwise(first) || opens_with_verb(&words) || lacks_subject(&words) {
        return None;
    }
    let limit = words.len().min(12);
    if let Some(at) = relative::subject_end(&words) {
        let (verb, negated, last) = verb_at(&words, at)?;
        return Some(build(text, &words, (at, last), (verb, negated)));
    }
    for index in 1..limit {
        let word = &words[index];
        if word.depth > 0 {
            continue;
        }
        let before = &words[index - 1];
        let circumstance = word.lower == "as" && before.lower != "such" && before.lower != "known"
            || opens_clause(&before.lower) && is_person(&word.lower);
        if (before.stop_after && before.depth == 0)
            || (matches!(before.lower.as_str(), "and" | "or" | "but") && verb_at(&words, index).is_some())
            || circumstance
            || is_relative(&word.lower)
            || is_subordinator(&word.lower)
        {
            return None;
        }
        let coordinated = words.get(index + 1).is_some_and(|w| matches!(w.lower.as_str(), "and" | "or" | "but"));
        if coordinated && third_person(&word.lower).is_some() && !word.capital {
            return None;
        }
        if let Some((verb, negated, last)) = verb_at(&words, index) {
            return Some(build(text, &words, (index, last), (verb, negated)));
        }
        // A perfect (`had achieved`) is no subject's part, and what follows no verb of its own.
        if matches!(&*word.lower, "has" | "have" | "had" | "did" | "does" | "do") {
            return None;
        }
    }
    None
}

/// Whether a word inside the first words is one behind which a clause of its own begins: `transparent since you see …`.
fn opens_clause(lower: &str) -> bool {
    matches!(lower, "before" | "after" | "since" | "until" | "as" | "once" | "where" | "than")
}

fn is_person(lower: &str) -> bool {
    matches!(lower, "you" | "we" | "they" | "i")
}

/// Takes apart a piece of a sentence that begins with its verb (`Stores tables.`, `Can read CSV`).
/// The subject range is empty.
pub fn parse_without_subject(text: &str) -> Option<Clause> {
    let words = words(text);
    let first = words.iter().position(|w| !is_adverb(&w.lower))?;
    let (verb, negated, last) = leading_modal_or_third(&words, first)?;
    Some(build(text, &words, (first, last), (verb, negated)))
}

fn leading_modal_or_third(words: &[Word], first: usize) -> Option<(Verb, bool, usize)> {
    let word = &words[first];
    if let Some(found) = modal_at(words, first).or_else(|| do_not_at(words, first)).or_else(|| be_at(words, first)) {
        return Some(found);
    }
    let form = third_person(&word.lower)?;
    let next = words.get(first + 1)?;
    // `Attempts at reform were blocked`
    let tied = form.noun_too && is_preposition(&next.lower);
    let until = words[first..]
        .iter()
        .position(|w| w.depth == 0 && (is_relative(&w.lower) || is_subordinator(&w.lower) || w.lower == "and"));
    let sentence = &words[first..first + until.unwrap_or(words.len() - first)];
    let finite = |w: &Word| {
        let be = matches!(&*w.lower, "is" | "are" | "was" | "were" | "has" | "have");
        be || matches!(&*w.lower, "will" | "must" | "may" | "can" | "should" | "shall" | "could" | "would" | "might")
    };
    let noun_like = word.stop_after
        || tied && sentence.iter().any(|w| w.depth == 0 && finite(w))
        || form.noun_too
            && base_verb(&next.lower).is_some()
            && words.get(first + 2).is_some_and(|w| {
                is_determiner(&w.lower) || w.lower.contains('-') || w.lower.starts_with(|c: char| c.is_ascii_digit())
            })
        || form.noun_too && is_relative(&next.lower)
        || matches!(
            next.lower.as_str(),
            "of" | "and"
                | "or"
                | "per"
                | "are"
                | "is"
                | "was"
                | "were"
                | "can"
                | "cannot"
                | "can't"
                | "don't"
                | "aren't"
                | "isn't"
                | "won't"
                | "could"
                | "may"
                | "might"
                | "must"
                | "have"
                | "will"
                | "would"
                | "do"
                | "should"
        );
    (!noun_like).then_some((Verb::Present(form.base.to_owned(), Number::One), false, first))
}

fn build(text: &str, words: &[Word], at: (usize, usize), verb: (Verb, bool)) -> Clause {
    let (index, last) = at;
    let mut first_adverb = index;
    // `Accounting Break Even is used`: with a capital it is part of a name.
    let named = |at: usize| at > 0 && words[at].capital && words[at - 1].capital;
    while first_adverb > 0
        && is_adverb(&words[first_adverb - 1].lower)
        && words[first_adverb - 1].depth == 0
        && !named(first_adverb - 1)
    {
        first_adverb -= 1;
    }
    let subject_end = if first_adverb == 0 { 0 } else { end_with_bracket(text, words[first_adverb - 1].end) };
    let subject_start = if first_adverb == 0 { 0 } else { start_with_quote(text, words[0].start) };
    let rest_start = words[last].end;
    let tail = text[rest_start..].trim_end().trim_end_matches(['.', ';', ':', '!']);
    let rest_end = rest_start + tail.len();
    let lead = text[rest_start..rest_end].len() - text[rest_start..rest_end].trim_start_matches([' ', ',']).len();
    let mut between = words[index..=last].iter().filter(|w| is_adverb(&w.lower));
    let first_behind = between.next();
    let behind = first_behind
        .map(|first| (first, between.next_back().unwrap_or(first)))
        .filter(|_| matches!(verb.0, Verb::Modal(..)));
    let (adverb_start, adverb_end) = match behind {
        Some((first, last)) => (first.start, last.end),
        None if first_adverb < index => (words[first_adverb].start, words[index - 1].end),
        None => (subject_end, subject_end),
    };
    Clause {
        subject: subject_start..subject_end,
        adverb: adverb_start..adverb_end,
        verb: verb.0,
        negated: verb.1 || text[adverb_start..adverb_end].to_lowercase().contains("never"),
        rest: rest_start + lead..rest_end.max(rest_start + lead),
    }
}

/// The end of a word with the brackets and quotes that close behind it.
pub(super) fn end_with_bracket(text: &str, end: usize) -> usize {
    let tail: String = text[end..].chars().take_while(|c| matches!(c, ')' | ']' | '"' | '”' | '»' | '\'')).collect();
    end + tail.len()
}

/// The start of a word with the quotes and brackets that open before it.
pub(super) fn start_with_quote(text: &str, start: usize) -> usize {
    let before = &text[..start];
    before.trim_end_matches(['"', '“', '«', '(']).len()
}

/// The finite verb that begins at a word: the verb, whether it is negated, and its last word.
pub(super) fn verb_at(words: &[Word], index: usize) -> Option<(Verb, bool, usize)> {
    be_at(words, index)
        .or_else(|| modal_at(words, index))
        .or_else(|| do_not_at(words, index))
        .or_else(|| have_at(words, index))
        .or_else(|| main_at(words, index))
}

fn negation_after(words: &[Word], index: usize) -> usize {
    usize::from(words.get(index + 1).is_some_and(|w| w.lower == "not"))
}

fn be_at(words: &[Word], index: usize) -> Option<(Verb, bool, usize)> {
    let lower = words[index].lower.as_str();
    let form = match lower {
        "is" | "are" | "was" | "were" => lower,
        "isn't" => "is",
        "aren't" => "are",
        "wasn't" => "was",
        "weren't" => "were",
        _ => return None,
    };
    let not = negation_after(words, index);
    Some((Verb::Be(form.to_owned()), lower.ends_with("n't") || not == 1, index + not))
}

fn modal_at(words: &[Word], index: usize) -> Option<(Verb, bool, usize)> {
    let lower = words[index].lower.as_str();
    let (form, negated) = match lower {
        "can" | "could" | "must" | "may" | "might" | "should" | "will" | "would" => (lower, false),
        "cannot" | "can't" => ("can", true),
        "couldn't" | "mustn't" | "shouldn't" | "wouldn't" => (lower.trim_end_matches("n't"), true),
        "won't" => ("will", true),
        _ => return None,
    };
    let mut last = index + negation_after(words, index);
    let negated = negated || last > index;
    while words.get(last + 1).is_some_and(|w| is_adverb(&w.lower)) {
        last += 1;
    }
    let base = words.get(last + 1)?;
    let adjective = is_adjective(&base.lower) && base_verb(&base.lower).is_none();
    let verb = base.lower.chars().all(|c| c.is_lowercase() || c == '-') && !is_determiner(&base.lower) && !adjective;
    // `will front load the costs`: two words are one verb.
    let pair = words.get(last + 2).zip(words.get(last + 3));
    let doubled = base_verb(&base.lower).is_none_or(|v| v.noun_too)
        && pair.is_some_and(|(verb, object)| base_verb(&verb.lower).is_some() && is_determiner(&object.lower));
    let (base, last) = match pair.filter(|_| doubled) {
        Some((second, _)) => (format!("{} {}", base.lower, second.lower), last + 2),
        None => (base.lower.to_string(), last + 1),
    };
    verb.then(|| (Verb::Modal(form.to_owned(), base), negated, last))
}

fn do_not_at(words: &[Word], index: usize) -> Option<(Verb, bool, usize)> {
    let lower = words[index].lower.as_str();
    let (auxiliary, step) = match lower {
        "does" | "do" | "did" if words.get(index + 1)?.lower == "not" => (lower, 2),
        "doesn't" | "don't" | "didn't" => (lower.trim_end_matches("n't"), 1),
        _ => return None,
    };
    let base = words.get(index + step)?;
    if base_verb(&base.lower).is_none() && base.lower != "have" {
        return None;
    }
    let verb = match auxiliary {
        "does" => Verb::Present(base.lower.to_string(), Number::One),
        "do" => Verb::Present(base.lower.to_string(), Number::Many),
        _ => Verb::Past(base.lower.to_string()),
    };
    Some((verb, true, index + step))
}

fn have_at(words: &[Word], index: usize) -> Option<(Verb, bool, usize)> {
    let number = match words[index].lower.as_str() {
        "has" => Number::One,
        "have" => Number::Many,
        _ => return None,
    };
    let next = words.get(index + 1)?;
    let perfect = is_participle(&next.lower) || next.lower == "been" || next.lower == "to" || next.lower == "not";
    (!perfect).then(|| (Verb::Present("have".to_owned(), number), false, index))
}

fn main_at(words: &[Word], index: usize) -> Option<(Verb, bool, usize)> {
    let word = &words[index];
    let before = words[..index].iter().rfind(|w| !is_adverb(&w.lower))?;
    let next = words.get(index + 1)?;
    let pronoun = index == 1 && matches!(&*before.lower, "this" | "these" | "those" | "all" | "both");
    // `Class A starts at …`
    let letter = index > 1 && before.lower == "a" && before.capital;
    if word.stop_after
        || word.capital
        || is_preposition(&before.lower)
        || is_determiner(&before.lower) && !pronoun && !letter
    {
        return None;
    }
    if let Some(form) = third_person(&word.lower) {
        let noun_follows =
            is_auxiliary(&next.lower) && next.lower != "not" || matches!(next.lower.as_str(), "of" | "and" | "or");
        // `Plan migration projects by …`: an order, and no plan that projects.
        let orders = index == 2 && base_verb(&words[0].lower).is_some() && is_preposition(&next.lower);
        let long_subject = index > 1 && form.noun_too && (!words[0].capital || orders);
        // `Knowing the limits helps you …`: the limits do not help.
        let many = is_plural(&before.lower) && !before.capital && !(index > 1 && is_gerund(&words[0].lower));
        let first = words[0].lower.as_str();
        let describes = is_adjective(first) || is_adverb(first) || is_participle(first);
        let closes = words.get(index + 2).is_none_or(|w| is_preposition(&w.lower));
        let verb_follows = base_verb(&next.lower).is_some_and(|v| form.noun_too || !v.noun_too && closes)
            && !is_determiner(&next.lower);
        let bare_noun_phrase = verb_follows || (form.noun_too && describes) || next.depth > word.depth;
        let clause_before =
            words[..index].windows(2).any(|w| w[1].lower == "as" && w[1].depth == 0 && w[0].lower != "such");
        let wants = matches!(form.base, "need" | "aim" | "help" | "work" | "start" | "plan" | "promise" | "force");
        let adrift = form.noun_too && next.lower == "to" && !wants || long_subject && is_preposition(&next.lower);
        // `Backup or improvised controls`: what is described is a noun.
        let noun = form.noun_too || form.base == "control";
        let quality = is_adjective(&before.lower) || before.lower.ends_with("ed") && is_participle(&before.lower);
        let qualified = noun && quality && !before.capital && index > 1;
        let no_verb = noun_follows || many || bare_noun_phrase || clause_before || adrift || qualified;
        return (!no_verb).then_some((Verb::Present(form.base.to_owned(), Number::One), false, index));
    }
    if let Some(form) = base_verb(&word.lower) {
        let plural = is_plural(&before.lower) || matches!(before.lower.as_str(), "you" | "we" | "they" | "people");
        let sure = !form.noun_too
            || is_determiner(&next.lower)
            || next.capital
            || matches!(before.lower.as_str(), "you" | "we" | "they");
        // `Knowing this helps you choose …`: who chooses is not who helps.
        let person = matches!(&*before.lower, "you" | "we" | "they");
        let helped = person
            && words[..index]
                .iter()
                .skip(1)
                .any(|w| third_person(&w.lower).is_some_and(|v| matches!(v.base, "help" | "let" | "make")));
        return (plural && sure && !helped).then_some((
            Verb::Present(form.base.to_owned(), Number::Many),
            false,
            index,
        ));
    }
    // `Articles 81 and 170 lay down …`
    if word.lower == "lay" && next.lower == "down" {
        return Some((Verb::Present("lay".to_owned(), Number::Many), false, index));
    }
    let form = past_tense(&word.lower)?;
    let object = is_determiner(&next.lower) || next.capital || next.lower.starts_with(|c: char| c.is_ascii_digit());
    // `gave goods`: no participle looks like it.
    let sure = !is_participle(&word.lower) && !is_preposition(&next.lower);
    (object || sure).then_some((Verb::Past(form.base.to_owned()), false, index))
}

/// Whether a word inside the first words shows that they are no subject.
fn is_subordinator(lower: &str) -> bool {
    matches!(
        lower,
        "when" | "if" | "because" | "while" | "so" | "than" | "then" | "unless" | "but" | "whereas" | "how" | "what"
    )
}

/// Whether a text holds a finite verb outside relative clauses and brackets, so that it is more
/// than a noun phrase.
pub fn has_finite_verb(text: &str) -> bool {
    let words = words(text);
    let end = words.iter().position(|w| is_relative(&w.lower) && w.depth == 0).unwrap_or(words.len());
    (1..end).any(|index| words[index].depth == 0 && verb_at(&words, index).is_some())
        || relative::subject_end(&words).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, Verb, bool, &str)> {
        let c = parse(text)?;
        Some((&text[c.subject.clone()], c.verb, c.negated, &text[c.rest.clone()]))
    }

    #[test]
    fn plain_sentences_come_apart() {
        let present = |base: &str| Verb::Present(base.to_owned(), Number::One);
        assert_eq!(
            parts("AWS Glue is a fully managed ETL service."),
            Some(("AWS Glue", Verb::Be("is".into()), false, "a fully managed ETL service"))
        );
        assert_eq!(
            parts("EMR (Elastic MapReduce) runs Hadoop clusters"),
            Some(("EMR (Elastic MapReduce)", present("run"), false, "Hadoop clusters"))
        );
        assert_eq!(
            parts("Athena charges per TB scanned."),
            Some(("Athena", present("charge"), false, "per TB scanned"))
        );
        assert_eq!(parts("KMS does not store the DEKs."), Some(("KMS", present("store"), true, "the DEKs")));
        assert_eq!(
            parts("You manage shards"),
            Some(("You", Verb::Present("manage".into(), Number::Many), false, "shards"))
        );
        assert_eq!(parts("Data retained for 24 hours"), None);
        assert_eq!(parts("If a stream fails, the whole upload fails."), None);
    }
}
