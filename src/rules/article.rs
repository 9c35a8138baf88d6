//! The article that notes leave out: `What is discount rate?` is asked as `What is a discount rate?`.

use super::arrow::lowered;
use super::draft::question as asked;
use super::worth::single;
use crate::card::Body;
use crate::language::english::clause::{Word, is_determiner, words};
use crate::language::english::noun::{is_plural, is_preposition};
use crate::language::english::{is_adjective, is_class_noun, is_common, is_gerund, is_participle};
use crate::markdown::text::{Atom, Text};

/// Class nouns that are also what fills no number: `software`, `contract law`.
const MASS: &[&str] = &[
    "analysis", "architecture", "code", "language", "law", "software", "storage", "structure", "style", "technology",
    "theory", "material",
];

/// A question for what a thing is or does, with an article in front of the thing where it is one of many.
pub(super) fn with_article(body: Body) -> Body {
    let Body::Question { question, answer } = &body else { return body };
    let (Some(front), Some(back)) = (single(question), single(answer)) else { return body };
    let plain = front.plain();
    if let Some(at) = unique_at(plain) {
        let named = front.slice(0..at).then("the ").join(&front.slice(at..plain.len()));
        return asked(named, back.clone());
    }
    let frames = [("What is ", "?"), ("What does ", " do?")];
    let found = frames.iter().find_map(|(lead, tail)| {
        let name = plain.strip_prefix(lead)?.strip_suffix(tail)?;
        is_one_of_many(name).then_some((lead.len(), name))
    });
    let words_only = front.runs().iter().all(|r| r.style.atom == Atom::Words);
    let Some((at, name)) = found.filter(|_| words_only) else { return body };
    let written = front.slice(at..plain.len());
    let written = if name.starts_with(char::is_uppercase) { lowered(&written) } else { written };
    let name = name.to_lowercase();
    let article = if sounds_open(&name) { "an " } else { "a " };
    let named = front.slice(0..at).join(&Text::words(article)).join(&written);
    asked(named, back.clone())
}

/// Where the name of a law, a body or an event begins in a question that asks for it without an article: `What did
/// Tennis Court Oath do?`, `What are the key actions of Consulate (1799-1804)?`
fn unique_at(front: &str) -> Option<usize> {
    let frames = [("What is ", "?"), ("What was ", "?"), ("What does ", " do?"), ("What did ", " do?")];
    let whole = frames.iter().filter(|(lead, tail)| front.starts_with(lead) && front.ends_with(tail));
    let whole = whole.map(|(lead, tail)| (lead.len(), front.len() - tail.len()));
    let of = front.strip_suffix('?').filter(|asked| asked.starts_with("What ")).and_then(|asked| asked.rfind(" of "));
    let mut places = whole.chain(of.map(|of| (of + " of ".len(), front.len() - 1)));
    let name = |(at, end): &(usize, usize)| front.get(*at..*end).and_then(|name| name.split(" (").next());
    places.find(|place| name(place).is_some_and(is_unique)).map(|(at, _)| at)
}

/// Nouns of laws, bodies and events, whose names have the article.
const UNIQUE: &[&str] = &[
    "act", "agreement", "amendment", "assembly", "bill", "coalition", "commission", "committee", "conference",
    "congress", "constitution", "consulate", "convention", "council", "coup", "crisis", "decree", "directory", "edict",
    "empire", "estates-general", "massacre", "massacres", "monarchy", "movement", "oath", "pact", "parliament", "plan",
    "programme", "reaction", "rebellion", "reform", "republic", "revolt", "revolution", "scheme", "treaty", "tribunal",
    "uprising", "war", "wars",
];

/// Nouns of what happens, behind which `of` tells to what.
const HAPPENS: &[&str] = &[
    "abolition", "adoption", "appointment", "arrival", "battle", "birth", "building", "calling", "capture", "closing",
    "collapse", "construction", "creation", "death", "declaration", "defeat", "discovery", "end", "execution",
    "expansion", "fall", "formation", "foundation", "founding", "influence", "introduction", "invention", "loss",
    "opening", "passage", "reign", "rise", "siege", "signing", "spread", "start", "storming", "treaty", "unification",
];

/// Whether a name without an article is one of those.
fn is_unique(name: &str) -> bool {
    let found = words(name);
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return false };
    let of = found.get(1).is_some_and(|w| w.lower == "of");
    let counts = |w: &Word| w.lower.starts_with(|c: char| c.is_ascii_digit());
    let named = found.iter().all(|w| w.capital || counts(w) || is_preposition(&w.lower) || is_determiner(&w.lower));
    let owned = first.lower.ends_with("'s") || first.lower.ends_with("’s");
    let head = found.iter().take_while(|w| w.lower != "of").last().unwrap_or(last);
    let free = named && (first.capital || counts(first)) && !owned && !is_determiner(&first.lower);
    free && (of && HAPPENS.contains(&&*first.lower)
        || (found.len() > 1 || first.lower == "consulate") && UNIQUE.contains(&&*head.lower))
}

/// Whether a name is one to three small words that end with a noun of which there are many.
fn is_one_of_many(name: &str) -> bool {
    let found = words(name);
    let Some(last) = found.last() else { return false };
    // `Discount rate` at the head of a line is no name, other than `Markov chain`.
    let first = &found[0].lower;
    let everyday = is_common(first) || is_adjective(first) || is_class_noun(first) || is_participle(first);
    let small = name.chars().enumerate().all(|(at, c)| {
        c.is_lowercase() || matches!(c, ' ' | '-') || at == 0 && c.is_uppercase() && everyday && found.len() > 1
    });
    let plain = found.iter().all(|w| !is_determiner(&w.lower) && !is_preposition(&w.lower));
    let verbal = found[..found.len() - 1].iter().any(|w| is_gerund(&w.lower) && is_participle(&w.lower));
    let noun = is_class_noun(&last.lower) && !MASS.contains(&&*last.lower) && !is_plural(&last.lower);
    small && plain && !verbal && noun && found.len() <= 3
}

/// Whether a word begins with the sound of a vowel.
fn sounds_open(word: &str) -> bool {
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiou".contains(c));
    let mut letters = word.chars();
    let first = letters.next();
    // `unit`, `user`, `utility`, but `umbrella`
    let long = first == Some('u') && !vowel(letters.next()) && vowel(letters.next());
    vowel(first) && !long && !word.starts_with("eu") && !word.starts_with("one")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_of_which_there_are_many_have_an_article() {
        for (front, want) in [
            ("What is event queue?", "What is an event queue?"),
            ("What is hash function?", "What is a hash function?"),
            ("What does scheduler unit do?", "What does a scheduler unit do?"),
            ("What is contract law?", "What is contract law?"),
            ("What is Event Queue?", "What is Event Queue?"),
            ("What is the event queue?", "What is the event queue?"),
            ("What did Tennis Court Oath (June 1789) do?", "What did the Tennis Court Oath (June 1789) do?"),
            ("What is the significance of Sugar Act?", "What is the significance of the Sugar Act?"),
            ("What did 44th Amendment Act of 1978 do?", "What did the 44th Amendment Act of 1978 do?"),
            ("What did Rise of Napoleon do?", "What did the Rise of Napoleon do?"),
        ] {
            let body = with_article(asked(Text::words(front), Text::words("something")));
            let Body::Question { question, .. } = body else { panic!("no question") };
            assert_eq!(question.texts()[0].plain(), want);
        }
    }
}
