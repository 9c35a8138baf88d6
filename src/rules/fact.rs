//! From a sentence, and the thing it speaks of, to a card: the engine that most rules share.
//!
//! A sentence with a named subject of its own stands alone. One that begins with its verb, a
//! participle, an adjective or a noun is completed by the subject from term or heading. A pronoun
//! is replaced where it is plain what it means; else there is no card.

use std::ops::Range;

use super::draft::{Made, cloze, question};
use super::scene::Scene;
use crate::language::english::ask::{Asked, Statement, ask, inside};
use crate::language::english::clause::{self, Clause, Number, Verb, Word, is_adverb, is_determiner, words};
use crate::language::english::noun::{head_noun, head_phrase, is_plural, is_preposition, singular};
use crate::language::english::{base_verb, is_adjective, is_class_noun, is_participle};
use crate::language::{gap, sentence};
use crate::markdown::text::Text;

/// What a piece of a note speaks of.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    /// Its name.
    pub name: Text,
    /// The class it is a member of, in the singular.
    pub category: Option<String>,
    /// Whether the piece defines the subject, as the text behind a term does.
    pub defined_here: bool,
}

/// The longest sentence, in bytes, that is made into a card.
const LONGEST: usize = 320;

/// The cards of the sentences of a text, with the bytes of each sentence in it.
pub fn facts(scene: &Scene, subject: Option<&Subject>, text: &Text) -> Vec<(Made, Range<usize>)> {
    let mut out = Vec::new();
    let mut subject = subject.cloned();
    for range in sentence::sentences(&text.mask()) {
        let piece = text.slice(range.clone());
        if let Some(made) = fact(scene, subject.as_ref(), &piece) {
            out.push((made, range));
        }
        if let Some(subject) = &mut subject {
            subject.defined_here = false;
        }
    }
    out
}

/// The card of one sentence.
pub fn fact(scene: &Scene, subject: Option<&Subject>, sentence: &Text) -> Option<Made> {
    let sentence = without_lead(sentence);
    let plain = sentence.plain().trim_end();
    if plain.ends_with([':', '?', '？', '：', '…'])
        || plain.ends_with("...")
        || plain.len() > LONGEST
        || plain.len() < 4
    {
        return None;
    }
    let sentence = sentence.trim_matches(|c| c.is_whitespace() || matches!(c, '.' | ';' | '。'));
    if !scene.is_english() {
        return foreign(subject?, &sentence);
    }
    let mask = sentence.mask();
    match clause::parse(&mask) {
        Some(clause) => whole_sentence(scene, subject, &sentence, &clause),
        None => subject.and_then(|subject| fragment(scene, subject, &sentence)),
    }
}

/// In a language without a table: the note's own words with a gap, and nothing added.
fn foreign(subject: &Subject, sentence: &Text) -> Option<Made> {
    let gaps = gap::quantities(sentence);
    let gaps = if gaps.is_empty() { gap::marked(sentence).into_iter().take(1).collect() } else { gaps };
    let gaps: Vec<_> = gaps.into_iter().filter(|g| g.end - g.start < sentence.plain().len()).take(4).collect();
    let text = prefixed(subject, sentence);
    let shift = text.plain().len() - sentence.plain().len();
    let gaps: Vec<_> = gaps.into_iter().map(|g| g.start + shift..g.end + shift).collect();
    Some(Made { body: cloze(&text, &gaps)?, fallback: None })
}

/// A sentence without words that tie it to the one before it.
fn without_lead(sentence: &Text) -> Text {
    const LEADS: &[&str] = &[
        "However, ", "Also, ", "In addition, ", "Additionally, ", "Moreover, ", "Furthermore, ", "Therefore, ",
        "Thus, ", "Hence, ", "Note that ", "Remember that ", "Remember: ", "In general, ", "Generally, ",
        "Basically, ", "In short, ", "Typically, ", "Usually, ", "Finally, ", "Note: ", "Of course, ", "In fact, ",
    ];
    let trimmed = sentence.trim_matches(|c: char| c.is_whitespace() || is_emoji(c));
    let plain = trimmed.plain();
    match LEADS.iter().find(|lead| plain.starts_with(**lead)) {
        Some(lead) => trimmed.slice(lead.len()..plain.len()),
        None => trimmed,
    }
}

/// Whether a character is a pictograph, as notes use them for bullets.
pub fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x1F000..=0x1FAFF | 0xFE0F | 0x200D)
}

/// A sentence with a subject and a verb of its own.
fn whole_sentence(scene: &Scene, subject: Option<&Subject>, sentence: &Text, clause: &Clause) -> Option<Made> {
    let own = sentence.slice(clause.subject.clone()).trim();
    match Opening::of(own.plain()) {
        Opening::Named => {
            let name = inside(&own, &scene.lower);
            made(sentence, clause, &name, sentence, 0)
        }
        Opening::Pronoun => {
            let subject = subject?;
            let stated = subject.name.clone().join(&sentence.slice(clause.subject.end..sentence.plain().len()));
            let clause = clause::parse(&stated.mask())?;
            (clause.subject.end == subject.name.plain().len()).then_some(())?;
            made(&stated, &clause, &inside(&subject.name, &scene.lower), &stated, 0)
        }
        Opening::You => gap_with_prefix(subject?, sentence, clause.rest.start),
        Opening::Elsewhere => None,
    }
}

/// How a subject names its thing.
enum Opening {
    /// By a name or a noun phrase.
    Named,
    /// By a pronoun that stands for the subject of the passage.
    Pronoun,
    /// The reader, or people at large.
    You,
    /// By pointing at another sentence.
    Elsewhere,
}

impl Opening {
    fn of(subject: &str) -> Opening {
        let lower = subject.to_lowercase();
        let first = lower.split(' ').next().unwrap_or_default();
        match lower.as_str() {
            "it" | "they" | "this service" | "the service" | "this tool" | "this" => return Opening::Pronoun,
            "you" | "we" | "one" | "users" | "people" | "customers" => return Opening::You,
            _ => {}
        }
        let pointing = matches!(
            first,
            "it" | "its"
                | "they"
                | "their"
                | "this"
                | "that"
                | "these"
                | "those"
                | "he"
                | "she"
                | "his"
                | "her"
                | "him"
                | "i"
                | "my"
                | "such"
                | "another"
                | "other"
                | "others"
                | "both"
                | "there"
                | "here"
                | "which"
                | "who"
                | "what"
                | "each"
                | "all"
                | "some"
                | "many"
                | "most"
                | "none"
                | "either"
                | "neither"
                | "same"
                | "everything"
                | "nothing"
                | "we"
                | "you"
                | "our"
                | "your"
                | "one"
        ) || [
            "the former", "the latter", "the following", "the above", "the same", "the other", "the question",
            "the rest",
        ]
        .iter()
        .any(|p| lower.starts_with(p));
        if pointing { Opening::Elsewhere } else { Opening::Named }
    }
}

/// The card of a complete statement: a question where the grammar is plain, with a gap in reserve.
fn made(text: &Text, clause: &Clause, name: &Text, shown: &Text, shift: usize) -> Option<Made> {
    let gapped = cloze(shown, &shifted(gap::choose(text, clause.rest.start), shift));
    let measured = !gap::quantities(&text.slice(clause.rest.clone())).is_empty();
    let asked =
        ask(&Statement { text, clause, subject: name }).map(|Asked { question: q, answer }| question(q, answer));
    match (asked, gapped) {
        (Some(asked), Some(gapped)) if measured => Some(Made { body: gapped, fallback: Some(asked) }),
        (Some(asked), gapped) => Some(Made { body: asked, fallback: gapped }),
        (None, gapped) => gapped.map(|body| Made { body, fallback: None }),
    }
}

fn shifted(ranges: Vec<Range<usize>>, by: usize) -> Vec<Range<usize>> {
    ranges.into_iter().map(|r| r.start + by..r.end + by).collect()
}

/// `Subject: sentence`.
fn prefixed(subject: &Subject, sentence: &Text) -> Text {
    subject.name.clone().then(": ").join(sentence)
}

/// The sentence behind its subject, with a gap chosen from byte `from` of the sentence on.
fn gap_with_prefix(subject: &Subject, sentence: &Text, from: usize) -> Option<Made> {
    let text = prefixed(subject, sentence);
    let shift = text.plain().len() - sentence.plain().len();
    let body = cloze(&text, &shifted(gap::choose(sentence, from), shift))?;
    Some(Made { body, fallback: None })
}

/// A piece without a subject: it is completed by the subject of the passage.
fn fragment(scene: &Scene, subject: &Subject, piece: &Text) -> Option<Made> {
    let mask = piece.mask();
    let found = words(&mask);
    let first = found.iter().find(|w| !is_adverb(&w.lower))?;
    let next = found.iter().find(|w| w.start > first.start);
    let name = inside(&subject.name, &scene.lower);
    if let Some(clause) = clause::parse_without_subject(&mask) {
        return completed(subject, piece, clause, &name);
    }
    let described = is_participle(&first.lower) || is_adjective(&first.lower);
    let after = next.is_some_and(|n| is_preposition(&n.lower)) && !first.stop_after;
    if (described && after) || first.lower == "not" {
        return described_as(subject, piece, &name);
    }
    if first.lower == "no" || first.lower == "without" {
        return without(subject, piece, first);
    }
    if let (Some(verb), Some(next)) = (base_verb(&first.lower), next) {
        let object = is_determiner(&next.lower) || !verb.noun_too || next.capital || is_plural(&next.lower);
        if object && !is_preposition(&next.lower) && !first.stop_after {
            return action(subject, piece, &found, &name);
        }
    }
    noun_phrase(subject, piece, &found, &name)
}

fn joined(subject: &Subject, link: &str, piece: &Text) -> Text {
    let lowered = match piece.plain().chars().next() {
        Some(c) if c.is_uppercase() && piece.plain().chars().nth(1).is_some_and(char::is_lowercase) => {
            Text::words(c.to_lowercase().to_string()).join(&piece.slice(c.len_utf8()..piece.plain().len()))
        }
        _ => piece.clone(),
    };
    subject.name.clone().then(link).join(&lowered)
}

/// `Supports pipe mode …`, `Can transform data …`.
fn completed(subject: &Subject, piece: &Text, clause: Clause, name: &Text) -> Option<Made> {
    let singular_verb = matches!(&clause.verb, Verb::Present(_, Number::One));
    let common_plural =
        is_plural(head_noun(subject.name.plain())) && !subject.name.plain().chars().any(char::is_uppercase);
    if singular_verb && common_plural {
        return gap_with_prefix(subject, piece, clause.rest.start);
    }
    let stated = joined(subject, " ", piece);
    let shift = stated.plain().len() - piece.plain().len();
    let moved = |r: Range<usize>| r.start + shift..r.end + shift;
    let clause = Clause {
        subject: 0..subject.name.plain().len(),
        adverb: moved(clause.adverb.clone()),
        rest: moved(clause.rest.clone()),
        ..clause
    };
    made(&stated, &clause, name, &stated, 0)
}

/// Whether the subject takes `is` or `are`; `None` where a capitalised plural may be a name.
fn number(subject: &Subject) -> Option<Number> {
    let noun = head_noun(subject.name.plain());
    match (is_plural(noun), noun.chars().next().is_some_and(char::is_uppercase)) {
        (false, _) => Some(Number::One),
        (true, false) => Some(Number::Many),
        (true, true) => None,
    }
}

/// `Used by Athena`, `Best for analytics`, `Not for active training`.
fn described_as(subject: &Subject, piece: &Text, name: &Text) -> Option<Made> {
    let link = match number(subject) {
        Some(Number::One) => " is ",
        Some(Number::Many) => " are ",
        None => return gap_with_prefix(subject, piece, 0),
    };
    let stated = joined(subject, link, piece);
    let clause = clause::parse(&stated.mask())?;
    made(&stated, &clause, name, &stated, 0).or_else(|| gap_with_prefix(subject, piece, 0))
}

/// `No schema enforcement`.
fn without(subject: &Subject, piece: &Text, no: &Word) -> Option<Made> {
    let text = prefixed(subject, piece);
    let shift = text.plain().len() - piece.plain().len();
    let mask = piece.mask();
    let rest = &mask[no.end..];
    let start = no.end + rest.len() - rest.trim_start().len();
    let end = start + head_phrase(&mask[start..]).len();
    let body = cloze(&text, &[start + shift..end + shift])?;
    (end > start && end - start < 60).then_some(Made { body, fallback: None })
}

/// `Run SQL queries on streaming data`, `Automatically discover schemas`.
fn action(subject: &Subject, piece: &Text, found: &[Word], name: &Text) -> Option<Made> {
    let first = found.iter().find(|w| !is_adverb(&w.lower))?;
    let advice = matches!(
        first.lower.as_str(),
        "use" | "choose" | "prefer" | "avoid" | "enable" | "remember" | "consider" | "check" | "pick" | "know" | "see"
    );
    let speaker = if advice { "You should " } else { "You can " };
    if matches!(first.lower.as_str(), "know" | "see" | "remember" | "check" | "consider") {
        return None;
    }
    let stated = Text::words(speaker).join(&joined(&Subject::default(), "", piece));
    let clause = clause::parse(&stated.mask())?;
    let asked = ask(&Statement { text: &stated, clause: &clause, subject: &Text::words("you") })?;
    let stem = asked.question.trim_matches(|c| c == '?');
    let question_text =
        if advice { stem.then(" (").join(name).then(")?") } else { stem.then(" with ").join(name).then("?") };
    let fallback = gap_with_prefix(subject, piece, first.end).map(|m| m.body);
    Some(Made { body: question(question_text, asked.answer), fallback })
}

/// `Columnar format`, `Central metadata repository`, `Sliding window aggregations for time-series analysis`.
fn noun_phrase(subject: &Subject, piece: &Text, found: &[Word], name: &Text) -> Option<Made> {
    let mask = piece.mask();
    let head = head_phrase(&mask);
    let noun = singular(head_noun(&mask)).to_lowercase();
    let same_class = |class: &str| class.to_lowercase().ends_with(&noun);
    let is_class = is_class_noun(&noun)
        || subject.category.as_deref().is_some_and(same_class)
        || singular(head_noun(subject.name.plain())).to_lowercase() == noun;
    let gapped = || {
        let chosen = gap_with_prefix(subject, piece, 0);
        chosen.or_else(|| leading_gap(subject, piece, head))
    };
    let measured = !gap::quantities(piece).is_empty();
    if found.iter().any(|w| matches!(w.lower.as_str(), "but" | "because" | "if" | "when") && w.depth == 0)
        && !subject.defined_here
    {
        return gapped();
    }
    if subject.defined_here && !measured {
        if let Some(unique) = unique_property(subject, piece, found) {
            return Some(Made { body: unique, fallback: gapped().map(|m| m.body) });
        }
        let form =
            if number(subject) == Some(Number::Many) || (number(subject).is_none() && is_plural(head_noun(&mask))) {
                "are"
            } else {
                "is"
            };
        let purpose = !is_class && subject.category.is_some();
        let tail = if purpose { " for?" } else { "?" };
        let front = Text::words(format!("What {form} ")).join(name).then(tail);
        return Some(Made { body: question(front, piece.clone()), fallback: gapped().map(|m| m.body) });
    }
    if let Some(unique) = unique_property(subject, piece, found) {
        return Some(Made { body: unique, fallback: gapped().map(|m| m.body) });
    }
    gapped()
}

/// `Default choice for ML datasets` holds of one member of its class: ask which.
fn unique_property(subject: &Subject, piece: &Text, found: &[Word]) -> Option<crate::card::Body> {
    let category = subject.category.as_ref()?;
    let first = found.first()?;
    let possessive = found.iter().take(3).any(|w| w.lower.ends_with("'s"));
    let unique = matches!(
        first.lower.as_str(),
        "default" | "only" | "cheapest" | "fastest" | "main" | "first" | "preferred" | "native"
    ) || (first.lower.ends_with("est") && first.lower.len() > 4 && is_adjective(&first.lower));
    if !unique && !possessive {
        return None;
    }
    let article = if possessive { "" } else { "the " };
    let described = joined(&Subject::default(), "", piece);
    let described = if possessive { piece.clone() } else { described };
    let front = Text::words(format!("Which {category} is {article}")).join(&described).then("?");
    Some(question(front, subject.name.clone()))
}

/// The head of a noun phrase as the gap, where a phrase behind it is cue enough.
fn leading_gap(subject: &Subject, piece: &Text, head: &str) -> Option<Made> {
    let mask = piece.mask();
    let tail_words = words(&mask[head.len()..]).len();
    let head_words = head.split(' ').count();
    if tail_words < 3 || head_words < 2 || head_words > 6 {
        return None;
    }
    let text = prefixed(subject, piece);
    let shift = text.plain().len() - piece.plain().len();
    let start = mask.find(head)?;
    Some(Made { body: cloze(&text, &[start + shift..start + head.len() + shift])?, fallback: None })
}
