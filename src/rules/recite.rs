//! Gaps in whole sentences of prose, which keep the note's own words: of a sentence about a common
//! noun, of one that no question fits, and of one that points back, which is shown behind the
//! sentence that it points at.

use std::ops::Range;
use std::sync::LazyLock;

use super::context::{Context, begins_with_pronoun, is_pronoun};
use super::definite::{exact, is_genus, says};
use super::draft::{Made, cloze, one_gap};
use super::fact::{Subject, prefixed, tells, uncontracted};
use super::filing::is_of_exam;
use super::opening::Opening;
use super::scene::Scene;
use super::worth::{gaps as found_gaps, holds_statement, single};
use crate::card::{Body, Content};
use crate::language::english::ask::inside;
use crate::language::english::circumstance::circumstance;
use crate::language::english::clause::{self, Clause, Verb, Word, is_adverb, is_determiner, words};
use crate::language::english::noun::{is_plural, is_preposition, singular};
use crate::language::english::phrase::{first_phrase, is_light, last_phrase, phrase_before};
use crate::language::english::{is_adjective, is_class_noun, is_common as is_everyday, is_participle};
use crate::language::gap;
use crate::language::phrases::Phrases;
use crate::markdown::text::{Atom, Run, Text};

/// The longest answer, in words, that is left out of its sentence.
const LONGEST_GAP: usize = 8;

/// The longest sentence, in bytes, that is shown with a gap.
const LONGEST_SENTENCE: usize = 260;

/// The longest name of a thing, in bytes, that stands in front of a sentence.
const LONGEST_NAME: usize = 80;

/// Where the words are that a sentence needs in front of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Points {
    /// It stands alone.
    Nowhere,
    /// It speaks of something that belongs to the thing of the passage.
    AtThing,
    /// It points at the sentence before.
    Back,
}

/// How a sentence is to be shown and what may be left out of it.
struct Reading {
    points: Points,
    /// The first byte that a phrase may be left out from.
    from: usize,
    /// What is best left out, where the shape of the sentence tells.
    gap: Option<Range<usize>>,
    /// Whether a phrase of it is worth leaving out, and not only a quantity, a mark or a name.
    phrase: bool,
}

/// A sentence of which no question reads well, in its own words with a gap: behind the thing that it
/// stands below, and behind the sentence before it where it points back.
pub fn recalled(scene: &Scene, subject: Option<&Subject>, context: &Context, sentence: &Text) -> Option<Made> {
    let sentence = uncontracted(sentence.trim());
    let plain = sentence.plain();
    let ends = plain.ends_with([':', '?', '…', ',']) || plain.ends_with("...");
    let loose = !context.is_meant_by(plain);
    let leaning = words(plain).first().is_some_and(|w| matches!(&*w.lower, "which" | "who" | "whose"));
    if leaning || !scene.is_english() || plain.len() > LONGEST_SENTENCE || ends || loose || TALK.stand_in(plain) {
        return None;
    }
    let elsewhere = context.addresses(subject, &sentence);
    let subject = subject.filter(|s| !is_member(s));
    let mask = sentence.mask();
    let mut reading = read(&mask, &sentence)?;
    // `For large files, this takes long`: what takes long was said before, unless a term stands in front.
    let main = circumstance(&mask).map(|(_, main)| &mask[main..]);
    let this = |main: &str| clause::parse(main).is_some_and(|clause| back(&main[clause.subject]));
    if main.is_some_and(this) && !subject.is_some_and(|s| s.from_term) {
        return None;
    }
    if elsewhere {
        reading.points = Points::Back;
    }
    let before = match reading.points {
        Points::Nowhere => None,
        Points::AtThing => {
            subject?;
            None
        }
        Points::Back if context.before.is_some() => context.before.as_ref(),
        Points::Back => {
            subject.filter(|s| !s.distant && !context.begun)?;
            None
        }
    };
    // What stands in front stays: gaps are counted from there.
    let alone = || sentence.slice(0..plain.trim_end_matches(['.', ';', ' ']).len());
    let shown = before.map_or_else(alone, |b| b.clone().then(" ").join(&sentence));
    let shift = before.map_or(0, |b| b.plain().len() + 1);
    let mut gaps = gaps(scene, &sentence, &reading);
    gaps.retain(|gap| !is_common(scene, &sentence.plain()[gap.clone()]));
    if before.is_some() && begins_with_pronoun(plain) {
        gaps.retain(|gap| exact(scene, &sentence, gap));
    }
    // Two sentences back nobody remembers what the gap is about, unless it holds a figure or a quality.
    if context.chained && begins_with_pronoun(plain) {
        let told = |gap: &Range<usize>| !plain[gap.clone()].contains(' ') || plain[gap.clone()].starts_with("be ");
        gaps.retain(|gap| told(gap) || gap::quantities(&sentence).contains(gap));
    }
    let end = shown.plain().len();
    let gaps: Vec<_> = gaps.into_iter().map(|g| g.start + shift..(g.end + shift).min(end)).collect();
    let itself = || clause::parse(&mask).is_some_and(|c| stands_alone(&mask[c.subject]));
    let alone = !subject.is_some_and(|s| s.from_term || s.unseen)
        && match reading.points {
            Points::Nowhere => itself(),
            Points::AtThing => false,
            Points::Back => before.is_some() && context.alone,
        };
    let body = in_context(subject.filter(|_| !alone), &shown, &gaps)?;
    Some(Made { body, fallback: None })
}

/// Words that open a remark on what a thing is good for: `Great choice for backups`.
const MERITS: &[&str] = &["good", "great", "best", "ideal", "perfect", "suitable", "excellent", "useful"];

/// Words of sentences that talk about the page.
static TALK: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(&[
        "we will", "chapter", "lesson", "article", "tutorial", "this section", "this page", "this post", "below",
        "above", "see also", "click", "as mentioned", "as we", "we have seen", "we saw", "next section", "remember",
        "screenshot", "diagram", "for example", "e.g.", "todo",
    ])
});

/// Words of sentences by which an author addresses readers.
static ADDRESSES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(&[
        "we'll", "we’ll", "let's", "let’s", "let us", "i'm", "i’m", "i've", "i’ve", "i'll", "i’ll", "join me",
        "welcome", "stay tuned", "read more", "subscribe", "follow me", "thank you", "thanks", "in this lesson",
        "in this video", "in this article", "in this chapter", "in this section", "in this tutorial", "in this course",
        "in this post", "throughout the course", "throughout this course", "see you", "feel free", "don't worry",
        "don’t worry", "congratulations", "good luck", "this lesson", "this video", "this tutorial", "previous lesson",
        "next lesson", "previous discussion", "previous section", "understanding these", "understanding this",
        "commonly tested", "frequently tested", "often tested", "know it exists", "for now we", "we assume",
        "we start", "we begin by", "in conclusion", "in summary", "to summarize", "to summarise", "to sum up",
        "in this unit", "this unit", "important to understand", "important to note", "course focuses",
        "preceding screenshot", "screenshot below", "the lecture provides", "this lecture", "workshops may",
        "textbook", "mark breakdown", "assignments will", "office hours",
    ])
});

/// Whether a sentence is spoken to the reader and says nothing of the matter.
pub fn is_address(plain: &str) -> bool {
    ADDRESSES.stand_in(plain) || is_of_exam(plain)
}

/// Whether the thing names the class of a list's members and not one of them.
fn is_member(subject: &Subject) -> bool {
    subject.name.plain().starts_with("a ") || subject.name.plain().starts_with("an ")
}

/// Whether a subject says without the page what it means: no `the key`, no `each region`.
pub fn stands_alone(subject: &str) -> bool {
    words(subject)
        .first()
        .is_some_and(|w| matches!(&*w.lower, "a" | "an") || !is_determiner(&w.lower) && w.lower != "you")
        && !is_light(subject)
}

/// How a sentence is to be read; `None` where it has no plain shape.
fn read(mask: &str, sentence: &Text) -> Option<Reading> {
    if let Some((lead, main)) = circumstance(mask) {
        return under_circumstance(mask, lead, main);
    }
    let found = words(mask);
    let first = found.first()?;
    if first.lower == "there" && found.get(1).is_some_and(|w| matches!(&*w.lower, "is" | "are" | "was" | "were")) {
        let from = found[1].end;
        return Some(Reading { points: Points::AtThing, from, gap: first_phrase(mask, from), phrase: true });
    }
    if matches!(&*first.lower, "only" | "no" | "not" | "even") {
        return restricted(mask, &first.lower, first.end);
    }
    let Some(clause) = clause::parse(mask) else { return fragment(mask, sentence) };
    let own = &mask[clause.subject.clone()];
    // `Generalists' close association`: the noun stands behind.
    if own.trim_end().ends_with(['\'', '’']) {
        return None;
    }
    let gap =
        by_default(mask, &clause).or_else(|| told_of(mask, &clause)).or_else(|| contrasted(mask, clause.rest.start));
    let points = if back(&mask[clause.rest.clone()]) { Points::Back } else { subject_points(own) };
    Some(Reading { points, from: clause.rest.start, gap, phrase: true })
}

/// Where the subject of a clause points.
fn subject_points(own: &str) -> Points {
    match Opening::of(own.trim()) {
        Opening::Named => Points::Nowhere,
        Opening::You => Points::AtThing,
        _ if words(own).iter().any(|w| is_pronoun(&w.lower)) => Points::Back,
        _ => Points::AtThing,
    }
}

/// Whether words behind a verb point at another sentence.
fn back(rest: &str) -> bool {
    let found = words(rest);
    let that = |pair: &[Word]| is_preposition(&pair[0].lower) && pair[1].lower == "that";
    found.iter().any(|w| matches!(&*w.lower, "this" | "these" | "those" | "such" | "above" | "below"))
        || found.windows(2).any(that)
}

/// `When an object is added, S3 makes a key`: what is left out stands in the main clause.
fn under_circumstance(mask: &str, lead: Range<usize>, main: usize) -> Option<Reading> {
    let clause = clause::parse(&mask[main..])?;
    let own = &mask[main..][clause.subject.clone()];
    let opening = &mask[lead.clone()];
    let behind = opening.find(' ').map_or("", |at| &opening[at + 1..]);
    let lead_points = words(behind).iter().any(|w| is_pronoun(&w.lower))
        || Opening::points(&behind.to_lowercase()) && !behind.starts_with("you");
    let points = match subject_points(own) {
        _ if lead_points || back(&mask[main..][clause.rest.clone()]) => Points::Back,
        Points::Back if words(behind).len() > 1 => Points::AtThing,
        points => points,
    };
    let gap = told_of(&mask[main..], &clause).map(|gap| main + gap.start..main + gap.end);
    Some(Reading { points, from: main + clause.rest.start, gap, phrase: true })
}

/// `Only the private key can decrypt the data`: the subject is what counts. `Not every service …`.
fn restricted(mask: &str, first: &str, end: usize) -> Option<Reading> {
    let clause = clause::parse(mask[end..].trim_start())?;
    let start = end + (mask[end..].len() - mask[end..].trim_start().len());
    let subject = start + clause.subject.start..start + clause.subject.end;
    let own = words(&mask[subject.clone()]);
    if own.iter().any(|w| is_pronoun(&w.lower) || w.lower == "you") {
        return None;
    }
    let head = || phrase_before(mask, subject.start + mask[subject.clone()].find(" of ")?);
    let named = || last_phrase(&mask[..subject.end], subject.start).or_else(head);
    let gap = if matches!(first, "only" | "no") { Some(named()?) } else { None };
    Some(Reading { points: Points::AtThing, from: start + clause.rest.start, gap, phrase: true })
}

/// `S3 is private by default`: how it is.
fn by_default(mask: &str, clause: &Clause) -> Option<Range<usize>> {
    let Verb::Be(_) = &clause.verb else { return None };
    let measured = mask.contains(|c: char| c.is_ascii_digit());
    let rest = words(&mask[clause.rest.clone()]);
    let how = match rest.as_slice() {
        [how, by, default] if by.lower == "by" && default.lower == "default" => how,
        [always, how] if matches!(&*always.lower, "always" | "never") => how,
        [how] if is_telling_quality(how) && !measured => how,
        [how, and, _, _, ..] if matches!(&*and.lower, "and" | "but") && is_telling_quality(how) && !measured => how,
        _ => return None,
    };
    Some(clause.rest.start + how.start..clause.rest.start + how.end)
}

/// Whether a word is a quality by a term of the matter: `stateless`, `legacy`, `idempotent`.
fn is_telling_quality(word: &Word) -> bool {
    let everyday = is_everyday(&word.lower) || is_light(&word.lower) || is_preposition(&word.lower);
    let verbal = is_participle(&word.lower) || word.lower.ends_with("ing") || word.lower.ends_with("er");
    word.lower.len() > 4 && !everyday && !verbal && !word.capital && !is_adverb(&word.lower)
}

/// `attached to resources instead of identities`: what is set against something else.
fn contrasted(mask: &str, from: usize) -> Option<Range<usize>> {
    let joint = [" instead of ", " rather than "].iter().find_map(|joint| mask[from..].find(joint))? + from;
    phrase_before(mask, joint).filter(|phrase| phrase.start >= from)
}

/// `You control who can access it`, `It is easy to query`: what is told, asked or easy.
fn told_of(mask: &str, clause: &Clause) -> Option<Range<usize>> {
    let rest = words(&mask[clause.rest.clone()]);
    let asks = rest.first().is_some_and(|w| matches!(&*w.lower, "who" | "what" | "where" | "how" | "when" | "which"));
    let easy = matches!(rest.as_slice(), [how, to, _, ..] if is_adjective(&how.lower) && to.lower == "to");
    let skipped = if easy { rest[2].start } else { 0 };
    let range = clause.rest.start + skipped..clause.rest.end;
    ((asks || easy) && (3..=LONGEST_GAP).contains(&rest.len())).then_some(range)
}

/// A piece without a subject: `Designed for 99.5% availability`, `30 days minimum charge`.
fn fragment(mask: &str, sentence: &Text) -> Option<Reading> {
    let found = words(mask);
    let first = found.first()?;
    let verb = clause::parse_without_subject(mask).filter(|_| !back(mask)).map(|c| c.rest.start);
    if verb.is_none() && Opening::points(&mask.to_lowercase()) || found.len() < 3 {
        return None;
    }
    let tied = found.get(1).is_some_and(|w| is_preposition(&w.lower));
    let described =
        tied && (is_participle(&first.lower) || is_adjective(&first.lower)) || MERITS.contains(&&*first.lower);
    let measured = !gap::quantities(sentence).is_empty();
    match verb {
        Some(from) => Some(Reading { points: Points::AtThing, from, gap: None, phrase: true }),
        None if described || measured => Some(Reading {
            points: Points::AtThing,
            from: first.end,
            gap: None,
            phrase: described && !clause::has_finite_verb(mask),
        }),
        None => None,
    }
}

/// What is left out of a sentence: what its shape tells, up to three quantities, what is marked, a
/// name, or its last phrase.
fn gaps(scene: &Scene, sentence: &Text, reading: &Reading) -> Vec<Range<usize>> {
    let mask = &*sentence.mask();
    if let Some(gap) = &reading.gap {
        return vec![gap.clone()];
    }
    let mut out: Vec<_> = gap::quantities(sentence).into_iter().take(3).collect();
    let phrase = || last_phrase(mask, reading.from).filter(|_| reading.phrase);
    if !out.is_empty() {
        let apart = |p: &Range<usize>| out.iter().all(|q| p.end + 1 < q.start || q.end + 1 < p.start);
        let long = words(mask).len() >= 10;
        out.extend(phrase().filter(|p| long && apart(p) && mask[p.clone()].contains(' ')));
        out.sort_by_key(|gap| gap.start);
        return out;
    }
    let second = second_clause(mask, reading.from);
    let first = second.map_or(mask, |(at, _)| &mask[..at]);
    let mut choices = gap::choose(&sentence.slice(0..first.len()), reading.from);
    if reading.phrase {
        choices.extend(last_phrase(first, reading.from));
        choices.extend(first_phrase(first, reading.from));
    }
    choices.retain(|gap| {
        !holds_statement(&mask[gap.clone()])
            && !is_genus(scene, (&mask[..gap.start], &mask[gap.clone()], &mask[gap.end..]))
    });
    let chosen = choices.iter().find(|r| says(scene, &sentence.plain()[(*r).clone()])).or(choices.first());
    out.extend(chosen.cloned());
    out.extend(second.and_then(|(_, from)| last_phrase(mask, from)));
    // What a sentence points back at is shown in front of it and is cue as well.
    let least = if reading.points == Points::Back { 1 } else { 2 };
    out.retain(|gap| is_cued(mask, gap, least));
    out
}

/// Where a second main clause begins (`…, but it can have several`) and where its verb ends.
fn second_clause(mask: &str, from: usize) -> Option<(usize, usize)> {
    [", but ", ", and ", ", while ", "; "].iter().find_map(|joint| {
        let at = from + mask.get(from..)?.find(joint)?;
        let start = at + joint.len();
        let clause = clause::parse(&mask[start..])?;
        Some((at, start + clause.rest.start))
    })
}

/// Whether a gap is a single word that the note uses time and again.
fn is_common(scene: &Scene, gap: &str) -> bool {
    let bare = ["the ", "a ", "an "].iter().find_map(|article| gap.strip_prefix(article)).unwrap_or(gap);
    scene.frequent.contains(bare) || bare.strip_suffix('s').is_some_and(|one| scene.frequent.contains(one))
}

/// Whether the words around a gap are enough to tell what stands in it.
fn is_cued(mask: &str, gap: &Range<usize>, least: usize) -> bool {
    let telling = |w: &&Word| {
        (w.start < gap.start || w.start >= gap.end)
            && (w.lower.len() > 2 || w.capital)
            && !is_determiner(&w.lower)
            && !is_preposition(&w.lower)
    };
    let slight = !mask[gap.clone()].contains([' ', '-']) && mask[gap.clone()].chars().all(char::is_lowercase);
    words(mask).iter().filter(telling).count() >= least + usize::from(slight)
}

/// Whether a subject is a name, which says by itself what is asked about, and not a common noun.
pub fn is_name(subject: &Text) -> bool {
    let marked = |r: &Run| r.style.atom != Atom::Words || r.style.strong;
    let plain = subject.plain();
    let inner = plain.char_indices().skip(1).any(|(_, c)| c.is_uppercase() || c.is_ascii_digit());
    let single = plain.starts_with(char::is_uppercase) && !plain.contains(' ') && !is_plural(plain);
    inner || single && !is_class_noun(&plain.to_lowercase()) || subject.runs().iter().any(marked)
}

/// What a sentence says of a common noun is best asked for by a gap in the sentence itself, which
/// keeps all that it says around it; what the noun means is asked for.
pub fn recited(scene: &Scene, subject: Option<&Subject>, stated: (&Text, &Clause), made: Option<Made>) -> Option<Made> {
    let (sentence, clause) = stated;
    let answer = match &made {
        Some(Made { body: Body::Question { question, answer }, .. }) => {
            let count = |text: &str| words(text).len();
            let asked = question.texts().first().map_or(0, |t| count(t.plain()));
            let defines = asked == count(&sentence.plain()[clause.subject.clone()]) + 2;
            // `Mustard: Rajasthan is the largest producer`: of what, the term in front tells.
            let elsewhere = subject.is_some_and(|s| s.from_term && !mentions(sentence, s));
            if elsewhere && matches!(clause.verb, Verb::Be(_)) {
                let from = clause.rest.start;
                let reading = Reading { points: Points::Nowhere, from, gap: None, phrase: true };
                let body = in_context(subject, sentence, &gaps(scene, sentence, &reading));
                return body.map(|body| Made { body, fallback: None });
            }
            if defines && matches!(clause.verb, Verb::Be(_)) {
                return made;
            }
            let narrow = question.texts().first().is_some_and(|t| t.plain().starts_with("What kind of "));
            if narrow && stands_alone(&sentence.plain()[clause.subject.clone()]) {
                return made;
            }
            answer.texts().first().map(|t| (*t).clone())
        }
        Some(Made { body: Body::Cloze { text }, .. }) => return apart(scene, subject, stated, (text, &made)),
        Some(_) => return made,
        None => None,
    };
    let mask = sentence.mask();
    let gap = match answer {
        Some(answer) if is_light(answer.plain()) || is_common(scene, answer.plain()) => return None,
        Some(answer) if words(answer.plain()).len() > LONGEST_GAP => None,
        Some(answer) if holds_clause(answer.plain()) || begins_with_verb(answer.plain()) => {
            last_phrase(&mask, clause.rest.start)
        }
        Some(answer) => mask[clause.rest.clone()]
            .find(&*answer.mask())
            .map(|at| clause.rest.start + at..clause.rest.start + at + answer.plain().len())
            .map(|gap| gap.start + if mask[gap.clone()].starts_with("to ") { 3 } else { 0 }..gap.end),
        None => None,
    };
    let own = inside(&sentence.slice(clause.subject.clone()).trim(), &scene.lower);
    let alone = |s: &Subject| !s.from_term && !s.unseen && stands_alone(own.plain()) && !is_count(own.plain());
    let subject = subject.filter(|s| !is_member(s) && !alone(s));
    let reading = Reading { points: Points::Nowhere, from: clause.rest.start, gap: None, phrase: true };
    let gaps = match gap {
        Some(gap) => vec![gap],
        None if made.is_none() => gaps(scene, sentence, &reading),
        None => Vec::new(),
    };
    let lacks = subject.is_some() && is_count(own.plain());
    let made = made.filter(|made| !lacks || !asks_about(&made.body, own.plain()));
    match in_context(subject, sentence, &gaps) {
        Some(body) => Some(Made { body, fallback: made.map(|m| m.body) }),
        None => made,
    }
}

/// A gap in a sentence whose subject only the passage explains (`Retrievals take 5 hours` below `Bulk`), behind
/// the thing of the passage.
fn apart(
    scene: &Scene,
    subject: Option<&Subject>,
    stated: (&Text, &Clause),
    gapped: (&Content, &Option<Made>),
) -> Option<Made> {
    let (sentence, clause) = stated;
    let (content, made) = gapped;
    let own = inside(&sentence.slice(clause.subject.clone()).trim(), &scene.lower);
    let subject = subject.filter(|s| !is_member(s) && (s.from_term || s.unseen || is_count(own.plain())));
    // A text that has its thing in front already is no longer the sentence.
    let text = single(content).filter(|text| text.plain().len() == sentence.plain().len());
    let ranges: Vec<_> =
        text.map(|text| found_gaps(text).into_iter().map(|(start, end)| start..end).collect()).unwrap_or_default();
    let body = subject.and_then(|subject| in_context(Some(subject), sentence, &ranges));
    body.map(|body| Made { body, fallback: None }).or_else(|| made.clone())
}

/// Whether a question asks something about a noun, and does not ask for it.
fn asks_about(body: &Body, own: &str) -> bool {
    let asks = |question: &Content| question.texts().first().is_some_and(|t| t.plain().contains(own));
    matches!(body, Body::Question { question, .. } if asks(question))
}

/// Whether a subject is one countable noun without an article, as those are that the reader has to find
/// in the passage: `customer`, `algorithm`.
fn is_count(own: &str) -> bool {
    let one = !own.contains(' ') && own.chars().all(char::is_lowercase);
    let mass = ["water", "air", "blood", "light", "heat", "energy", "time", "money", "information", "data", "food"];
    one && !mass.contains(&own) && singular(own) == own && (is_class_noun(own) || is_everyday(own)) && !is_plural(own)
}

/// Whether an answer begins with the end of the verb: `be seen by AWS`, `to be seen`.
fn begins_with_verb(answer: &str) -> bool {
    let found = words(answer);
    found.iter().take(2).any(|w| w.lower == "be") || found.last().is_some_and(|w| w.lower == "based")
}

/// Whether an answer goes on with a clause of its own.
fn holds_clause(answer: &str) -> bool {
    let joins = |w: &Word| matches!(&*w.lower, "if" | "because" | "but" | "unless" | "although" | "though" | "so");
    words(answer).iter().skip(1).any(joins)
}

/// Whether a text names a thing.
pub fn mentions(text: &Text, subject: &Subject) -> bool {
    text.plain().to_lowercase().contains(&subject.name.plain().to_lowercase())
}

/// A text with gaps; behind the thing it stands below, where it does not name it.
pub fn in_context(subject: Option<&Subject>, text: &Text, gaps: &[Range<usize>]) -> Option<Body> {
    // A whole syllabus as a heading is no name to stand in front.
    let Some(subject) = subject.filter(|s| !mentions(text, s) && s.name.plain().len() <= LONGEST_NAME) else {
        return if let [gap] = gaps { one_gap(text, gap.clone()) } else { cloze(text, gaps) };
    };
    let gaps = gaps.iter().filter(|g| !tells(subject, &text.plain()[(*g).clone()]));
    let shown = prefixed(subject, text);
    let shift = shown.plain().len() - text.plain().len();
    cloze(&shown, &gaps.map(|g| g.start + shift..g.end + shift).collect::<Vec<_>>())
}
