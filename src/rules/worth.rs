//! Whether a card that a rule made is worth asking: its answer must not stand on its front, and must
//! be more than a word that fits anywhere.

use crate::card::{Body, Content};
use crate::language::english::clause::{self, Word, is_adverb, is_determiner, words};
use crate::language::english::noun::{is_preposition, singular};
use crate::language::english::phrase::is_light;
use crate::language::english::{base_verb, is_adjective, is_common, is_participle};
use crate::markdown::text::{Atom, Run, Text};

/// Whether a generated card asks for something that is neither told nor guessed. Cards with lists and
/// options are taken as they are.
pub(super) fn is_worth_asking(body: &Body) -> bool {
    match body {
        Body::Question { question, answer } => match (single(question), single(answer)) {
            (Some(question), Some(answer)) if is_cut(question) || is_cut(answer) || is_half_verb(question, answer) => {
                false
            }
            (Some(question), Some(answer)) => {
                let (front, back) = (question.plain(), answer.plain());
                // What the author marked is what counts, even if its words are small ones.
                let marked = answer.runs().iter().any(|r| r.style.strong) && !repeats(front, back);
                let itself = front.ends_with(" do?") && names_itself(front, back) || is_circular(front, back);
                !itself && (marked || !tells(front, back)) && !is_slight(back) && !is_open(&answer.mask())
            }
            _ => true,
        },
        Body::Cloze { text } => {
            let word = |text: &Text| gaps(text).iter().all(|(start, end)| is_one_word(&text.plain()[*start..*end]));
            let good = |text: &Text| gaps(text).iter().all(|gap| is_good_gap(text, gap));
            single(text).is_none_or(|text| good(text) && !(word(text) && is_weak(body)))
        }
        _ => true,
    }
}

/// `What did the French Revolution do?` – `Inspired the French Revolution`: the heading was that of another thing.
fn names_itself(front: &str, back: &str) -> bool {
    let name = front.trim_end_matches(" do?").splitn(3, ' ').nth(2).unwrap_or_default();
    let bare = name.strip_prefix("the ").unwrap_or(name);
    bare.contains(' ') && back.contains(bare)
}

/// `What is Translate?` – `Language translation`: two words, of which the last is the name.
fn is_circular(front: &str, back: &str) -> bool {
    let found = words(back);
    let defines = ["What is ", "What are "].iter().any(|lead| front.starts_with(lead));
    let noun = found.last().map_or("", |w| &back[w.start..w.end]);
    defines && found.len() == 2 && told_share(front, noun) > 0.5
}

/// Whether a card is a text with one gap that holds everyday words alone, so that many others fit it.
pub(super) fn is_weak(body: &Body) -> bool {
    let Body::Cloze { text } = body else { return false };
    let Some(text) = single(text) else { return false };
    let [(start, end)] = gaps(text)[..] else { return false };
    let hidden = &text.plain()[start..end];
    let marked = |r: &Run| {
        r.start >= start && r.end <= end && (r.style.strong || r.style.highlight || r.style.atom != Atom::Words)
    };
    let told = hidden.contains([',', '/']) || [" and ", " or "].iter().any(|w| hidden.contains(w));
    let sign = |c: char| c.is_uppercase() || c.is_ascii_digit();
    let counted = |w: &Word| {
        matches!(&*w.lower, "no" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten")
    };
    let everyday = |w: &Word| {
        !counted(w)
            && (is_common(&w.lower)
                || is_common(&singular(&w.lower))
                || is_light(&w.lower)
                || is_preposition(&w.lower)
                || is_determiner(&w.lower))
    };
    let found = words(hidden);
    let few = found.iter().filter(|w| !is_determiner(&w.lower)).count() <= 3;
    few && !told
        && !hidden.contains(sign)
        && !text.runs().iter().any(marked)
        && !is_anchored(&text.plain()[..start], &text.plain()[end..])
        && found.iter().all(everyday)
}

/// `What can a timer trigger?` `be defined`: the end of a verb, that no question asks for.
fn is_half_verb(question: &Text, answer: &Text) -> bool {
    // `citizenship obtained` of `citizenship obtained in good faith`
    let cut = ["obtained", "located", "stored", "held", "made", "given"];
    let last = answer.plain().rsplit(' ').next().unwrap_or_default();
    answer.plain().starts_with("be ") && !question.plain().ends_with(" do?") || cut.contains(&last)
}

/// Whether a side opens a bracket or a quotation that it does not close.
fn is_cut(text: &Text) -> bool {
    let mask = text.mask();
    mask.starts_with("' ")
        || mask.ends_with(" such")
        || mask.starts_with("much as ")
        || mask.matches('(').count() > mask.matches(')').count()
        || mask.matches('"').count() % 2 == 1
}

fn is_one_word(hidden: &str) -> bool {
    words(hidden).iter().filter(|w| !is_determiner(&w.lower)).count() == 1
}

/// Whether the words around a gap set it against something, or tell of a default.
pub(super) fn is_anchored(before: &str, behind: &str) -> bool {
    let contrast = [" instead of ", " rather than ", ", not ", " and not ", " but "].iter().any(|w| behind.contains(w));
    let exception = ["Not every ", "Not all "].iter().any(|w| before.contains(w));
    contrast
        || exception
        || behind.starts_with(" by default")
        || ["always ", "never ", "always the ", "never the "].iter().any(|w| before.ends_with(w))
}

/// The one text of a content; none where there are more.
pub(super) fn single(content: &Content) -> Option<&Text> {
    match content.texts().as_slice() {
        [text] => Some(*text),
        _ => None,
    }
}

/// The gaps of a text, each with its first and last byte.
pub(super) fn gaps(text: &Text) -> Vec<(usize, usize)> {
    let mut out: Vec<(u16, usize, usize)> = Vec::new();
    for run in text.runs() {
        let Some(gap) = &run.style.gap else { continue };
        match out.last_mut() {
            Some((number, _, end)) if *number == gap.number && *end == run.start => *end = run.end,
            _ => out.push((gap.number, run.start, run.end)),
        }
    }
    out.into_iter().map(|(_, start, end)| (start, end)).collect()
}

fn is_good_gap(text: &Text, gap: &(usize, usize)) -> bool {
    let (start, end) = *gap;
    let plain = text.plain();
    let (before, hidden, behind) = (&plain[..start], &plain[start..end], &plain[end..]);
    let marked = |r: &Run| {
        r.start >= start && r.end <= end && (r.style.strong || r.style.highlight || r.style.atom != Atom::Words)
    };
    let counts = matches!(hidden, "one" | "two" | "three" | "four" | "five" | "multiple" | "several");
    let slight = is_slight(hidden) && !counts && !text.runs().iter().any(marked) && !is_anchored(before, behind);
    let bare_no = before.trim_end().rsplit(' ').next().is_some_and(|w| w.eq_ignore_ascii_case("no"));
    let around = words(behind).iter().filter(|w| w.lower.len() > 2).count();
    !(slight
        || is_address(hidden)
        || before.ends_with('[')
        || hidden.trim_end().ends_with("->")
        || runs_into(hidden, behind)
        || is_described(before, hidden, behind)
        || is_half(before, behind)
        || holds_statement(hidden)
        || is_open(hidden.trim()) && !hidden.starts_with('(')
        || is_torn(before, hidden)
        || tells(&format!("{before} {behind}"), hidden)
        || bare_no && around < 2)
}

/// `{{applications chain}} them`: a subject with its verb.
fn runs_into(hidden: &str, behind: &str) -> bool {
    let found = words(hidden);
    let before = |object: &str| behind.strip_prefix(object).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    let verb = found.last().is_some_and(|w| base_verb(&w.lower).is_some());
    found.len() > 1 && (before(" them") || verb && [" it", " him", " us"].into_iter().any(before))
}

/// `Pirates: highly skilled and armed {{robbers}}`: a noun of which nothing but qualities stands before it.
fn is_described(before: &str, hidden: &str, behind: &str) -> bool {
    let Some((_, own)) = before.rsplit_once(": ") else { return false };
    let quality = |w: &Word| {
        is_adjective(&w.lower) || is_participle(&w.lower) || is_adverb(&w.lower) || matches!(&*w.lower, "and" | "or")
    };
    let found = words(own);
    let closes = behind.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    closes
        && !hidden.contains(' ')
        && hidden.chars().all(char::is_lowercase)
        && found.len() > 1
        && found.iter().all(quality)
}

/// Whether words are an address of the web.
fn is_address(hidden: &str) -> bool {
    hidden.contains("www.")
        || hidden.contains("://")
        || [".com", ".org", ".net"].iter().any(|end| hidden.ends_with(end))
}

/// `Questions or {{confusions}}`, `both accurate and {{stable}}`: one of two that say nothing but each other.
fn is_half(before: &str, behind: &str) -> bool {
    let joined = before.ends_with(" and ") || before.ends_with(" or ");
    let closes = behind.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    let own = before.rsplit(": ").next().unwrap_or(before);
    joined && closes && (words(own).len() <= 2 || own.contains(" both "))
}

/// Whether a gap would hide who does something together with what is done: `Landowners had capital`.
pub(super) fn holds_statement(gap: &str) -> bool {
    let found = words(gap);
    let [first, .., last] = found.as_slice() else { return false };
    let asks =
        matches!(&*first.lower, "who" | "what" | "where" | "how" | "when" | "which" | "why" | "that" | "whether");
    // `Britain provided`, of which the object stands behind the gap.
    let broken = first.capital && found.len() == 2 && is_participle(&last.lower);
    // `industrialization relied heavily`
    let acted = found.len() > 2 && is_adverb(&last.lower) && is_participle(&found[found.len() - 2].lower);
    let has = |w: &Word| matches!(&*w.lower, "had" | "has" | "was" | "were" | "is" | "are");
    let found_verb = found.iter().skip(1).any(has);
    // `9 % annualized failure rate` is a quantity.
    let clause = found.len() > 2 && !gap.contains(|c: char| c.is_ascii_digit() || c == '%');
    !asks
        && (clause && clause::may_be_clause(gap)
            || broken
            || acted
            || found_verb
            || clause::parse(gap).is_some_and(|clause| !gap[clause.subject].trim().is_empty()))
}

/// Whether an answer announces something, asks, or is an aside.
fn is_open(answer: &str) -> bool {
    let aside = answer.starts_with('(') && answer.find(')') == Some(answer.len() - 1);
    aside || answer == "the following" || answer.trim_end().ends_with([':', '?'])
}

/// Whether a gap cuts a phrase in two: `one or {{more nodes}}`, `{{and out}}`.
fn is_torn(before: &str, hidden: &str) -> bool {
    let found = words(hidden);
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return true };
    let joins = |w: &Word| matches!(&*w.lower, "and" | "or" | "but" | "of" | "that" | "which");
    let compared = matches!(&*first.lower, "more" | "less" | "fewer") && before.trim_end().ends_with(" or");
    let points = &*first.lower == "following"
        || &*first.lower == "own" && before.ends_with("their ")
        || hidden.starts_with("the following");
    // `will come to {{you with questions}}`, `carried {{out by people}}`, `: {{need another}} to dominance`
    let person = matches!(&*first.lower, "you" | "it" | "them" | "they" | "us");
    let particle = matches!(&*first.lower, "out" | "up" | "off" | "down" | "away" | "back")
        && found.get(1).is_some_and(|w| is_preposition(&w.lower));
    let acts = before.ends_with(": ") && matches!(&*first.lower, "need" | "have" | "get" | "make" | "take" | "give");
    if !first.capital && found.len() > 1 && (person || particle || acts) {
        return true;
    }
    joins(first) && !first.capital || joins(last) && !last.capital || compared || points && found.len() < 4
}

/// Whether an answer is small words and words that fit anywhere.
fn is_slight(answer: &str) -> bool {
    answer.contains(char::is_lowercase) && is_light(answer)
}

/// Whether every word of an answer, in some form, stands on the front: `Azure Files` is no other name of `Azure
/// File Storage`.
fn repeats(front: &str, back: &str) -> bool {
    let front = front.to_lowercase();
    let shown = |word: &Word| {
        front.split(|c: char| !c.is_alphanumeric()).any(|w| w == singular(&word.lower) || w == &*word.lower)
    };
    words(back).iter().filter(|w| !is_determiner(&w.lower)).all(shown)
}

/// Whether every telling word of an answer stands in the words shown, in some form.
pub(super) fn tells(shown: &str, answer: &str) -> bool {
    let shown = shown.to_lowercase();
    let found = words(answer);
    let says = |w: &&Word| {
        let acts = matches!(&*w.lower, "performing" | "using" | "doing" | "making" | "providing" | "having" | "being");
        let small = acts || is_light(&w.lower) || is_preposition(&w.lower) || matches!(&*w.lower, "and" | "or" | "not");
        !small && w.lower.chars().any(char::is_alphabetic)
    };
    let mut telling = found.iter().filter(says).peekable();
    let named = |word: &str| {
        let stem: String = word.chars().take(if word.len() > 8 { 5 } else { 4 }).collect();
        word.len() > 3 && shown.split(|c: char| !c.is_alphanumeric()).any(|w| w.starts_with(&stem))
    };
    telling.peek().is_some() && telling.all(|w| named(&w.lower))
}

/// Which share of the telling words of an answer stands in other words, in some form, from 0 to 1.
pub(super) fn told_share(shown: &str, answer: &str) -> f64 {
    let shown = shown.to_lowercase();
    let found = words(answer);
    let telling: Vec<&Word> = found
        .iter()
        .filter(|w| !is_light(&w.lower) && !is_preposition(&w.lower) && !is_determiner(&w.lower))
        .filter(|w| !matches!(&*w.lower, "and" | "or" | "not") && w.lower.contains(char::is_alphabetic))
        .collect();
    let part = |word: &str| {
        let stem: String = word.chars().take(if word.len() > 8 { 6 } else { 4 }).collect();
        word.len() > 2 && shown.split(|c: char| !c.is_alphanumeric()).any(|w| w.starts_with(&stem))
    };
    let named = |word: &str| word.split('-').all(part);
    let told = telling.iter().filter(|w| named(&w.lower)).count();
    let (told, all) = (u32::try_from(told).unwrap_or(0), u32::try_from(telling.len()).unwrap_or(1));
    if all == 0 { 0.0 } else { f64::from(told) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::draft::one_gap;

    fn asks(front: &str, back: &str) -> bool {
        let content = |words: &str| Content::text(Text::words(words));
        is_worth_asking(&Body::Question { question: content(front), answer: content(back) })
    }

    #[test]
    fn answers_on_the_front_are_not_asked_for() {
        assert!(!asks("What is the Data Catalog?", "a catalog of datasets"));
        assert!(!asks("What does X appear on?", "the exam"));
        assert!(asks("What is the port of Redis?", "6379"));
        assert!(asks("What is a shard?", "a unit of capacity"));
    }

    #[test]
    fn gaps_that_any_word_fits_are_none() {
        let gap = |plain: &str, hidden: &str| {
            let at = plain.find(hidden).unwrap_or_default();
            one_gap(&Text::words(plain), at..at + hidden.len()).is_some_and(|body| is_worth_asking(&body))
        };
        assert!(!gap("Clients should not see errors", "errors"));
        assert!(!gap("CSV: No schema enforcement", "schema enforcement"));
        assert!(gap("S3 is private by default", "private"));
        assert!(gap("The charge is 30 days at least", "30 days"));
    }
}
