//! Contrast pairs: the user's own cards with one word changed so that they ask something else, or hardly changed
//! so that they ask the same.
//!
//! Labels rarely hold such pairs, and without them a matcher learns that alike texts are always the same.

use super::entry::Entry;
use super::pairs::Pair;
use super::trees::Chance;
use super::words::{self, Class};

/// A way to change a front; none where the front gives no occasion.
type Change = fn(&[&str], &mut Chance) -> Option<Vec<String>>;

/// Ways that change what is asked.
const DIFFERENT: [Change; 8] = [negated, opposite, other_time, exchanged, turned, other_join, other_number, suffered];

/// Ways that do not.
const SAME: [Change; 5] = [misspelt, padded, evenly_turned, unchanged, passive];

/// How many cards a way to change one looks at before it gives up.
const PATIENCE: usize = 20;

/// Makes about `count` contrast pairs from entries; equal entries give equal pairs.
pub fn contrast(entries: &[Entry], count: usize, seed: u64) -> Vec<Pair> {
    let usable: Vec<&Entry> = entries.iter().filter(|entry| is_sentence(&entry.front)).collect();
    let count = count.min(usable.len() * 2);
    let mut luck = Chance(seed);
    let mut out = Vec::with_capacity(count);
    if usable.is_empty() {
        return out;
    }
    // Each way has its turn, and looks for an occasion for a while.
    for turn in 0..count.saturating_mul(2) {
        if out.len() >= count {
            break;
        }
        let same = luck.below(10) < 3;
        let change = if same { SAME[turn % SAME.len()] } else { DIFFERENT[turn % DIFFERENT.len()] };
        let found = (0..PATIENCE).find_map(|_| {
            let entry = usable[luck.below(usable.len())];
            let words: Vec<&str> = entry.front.split_whitespace().collect();
            change(&words, &mut luck).map(|front| (entry, front))
        });
        let Some((entry, front)) = found else { continue };
        let right = Entry { front: front.join(" "), back: entry.back.clone() };
        if same || right != *entry {
            out.push(Pair { left: entry.clone(), right, same });
        }
    }
    out
}

/// Whether the words make a sentence: in a bare name or title a word more or less may mean nothing.
fn is_sentence(front: &str) -> bool {
    let verb = |word: &str| matches!(class(word), Some(Class::Auxiliary | Class::Mode | Class::Asking));
    (3..=40).contains(&front.split_whitespace().count()) && front.split_whitespace().any(verb)
}

fn lower(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn class(word: &str) -> Option<Class> {
    words::class(&lower(word))
}

fn is_content(word: &str) -> bool {
    lower(word).chars().count() > 2 && class(word).is_none()
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// The words with the one at `at` replaced, its marks kept.
fn with(words: &[&str], at: usize, by: &str) -> Vec<String> {
    let mut out = owned(words);
    let bare = words[at].trim_matches(|c: char| !c.is_alphanumeric());
    out[at] = if bare.is_empty() { by.to_owned() } else { words[at].replacen(bare, by, 1) };
    out
}

/// The words with two of them exchanged, their marks left where they are.
fn swapped(words: &[&str], first: usize, second: usize) -> Vec<String> {
    let mut out = with(words, first, &lower(words[second]));
    let behind = with(words, second, &lower(words[first]));
    out[second].clone_from(&behind[second]);
    out
}

/// One of the places that satisfy a condition.
fn pick(words: &[&str], luck: &mut Chance, wanted: impl Fn(&str) -> bool) -> Option<usize> {
    let places: Vec<usize> = (0..words.len()).filter(|at| wanted(words[*at])).collect();
    (!places.is_empty()).then(|| places[luck.below(places.len())])
}

fn negated(words: &[&str], luck: &mut Chance) -> Option<Vec<String>> {
    let mut out = owned(words);
    if let Some(at) = words.iter().position(|word| lower(word) == "not") {
        out.remove(at);
        return Some(out);
    }
    // Before the infinitive, or behind the auxiliary and what follows it.
    if let Some(at) = words.iter().position(|word| lower(word) == "to").filter(|_| luck.below(2) == 0) {
        out.insert(at, "not".to_owned());
        return Some(out);
    }
    let at = pick(words, luck, |word| matches!(class(word), Some(Class::Auxiliary | Class::Mode)))?;
    let behind = at + 1 + if at == 0 { 1 + luck.below(2) } else { luck.below(3) };
    out.insert(behind.min(out.len() - 1), "not".to_owned());
    Some(out)
}

fn opposite(words: &[&str], luck: &mut Chance) -> Option<Vec<String>> {
    let at = pick(words, luck, |word| !words::opposites(&lower(word)).is_empty())?;
    let others = words::opposites(&lower(words[at]));
    Some(with(words, at, others[luck.below(others.len())]))
}

fn other_time(words: &[&str], luck: &mut Chance) -> Option<Vec<String>> {
    const FORMS: [&str; 5] = ["is becoming", "used to be", "was", "will be", "is no longer"];
    if words.len() > 3 && luck.below(3) == 0 {
        let mut out = owned(words);
        let at =
            pick(words, luck, |word| matches!(lower(word).as_str(), "in" | "at" | "on" | "during" | "while" | "when"))?;
        let times = ["before", "after", "until", "since"];
        times[luck.below(times.len())].clone_into(&mut out[at]);
        return Some(out);
    }
    let at = pick(words, luck, |word| matches!(lower(word).as_str(), "is" | "are"))?;
    if at == 0 && words.len() > 3 {
        let mut out = owned(words);
        let middle = 2 + luck.below(words.len() - 3);
        out.insert(middle, ["becoming", "still", "no longer", "formerly", "already"][luck.below(5)].to_owned());
        return Some(out);
    }
    Some(with(words, at, FORMS[luck.below(FORMS.len())]))
}

/// Persons exchanged: he and she.
fn exchanged(words: &[&str], luck: &mut Chance) -> Option<Vec<String>> {
    const PERSONS: [(&str, &str); 7] =
        [("he", "she"), ("she", "he"), ("his", "her"), ("him", "her"), ("her", "his"), ("my", "your"), ("your", "my")];
    let other = |word: &str| PERSONS.iter().find(|(known, _)| *known == lower(word)).map(|(_, other)| *other);
    let at = pick(words, luck, |word| other(word).is_some())?;
    Some(with(words, at, other(words[at])?))
}

/// Two words change places, so that the parts are turned round: names, or what stands on both sides of a word that
/// gives a direction.
fn turned(words: &[&str], luck: &mut Chance) -> Option<Vec<String>> {
    let directed =
        |word: &str| matches!(lower(word).as_str(), "than" | "to" | "from" | "by" | "into" | "over" | "against");
    let (first, second) = match pick(words, luck, directed).filter(|_| luck.below(2) == 0) {
        Some(at) => {
            let first = (0..at).rev().find(|place| is_content(words[*place]))?;
            (first, (at + 1..words.len()).find(|place| is_content(words[*place]))?)
        }
        None => names(words)?,
    };
    (lower(words[first]) != lower(words[second])).then(|| swapped(words, first, second))
}

/// The first two names that do not stand side by side and that no `and` joins.
fn names(words: &[&str]) -> Option<(usize, usize)> {
    let name = |at: &usize| is_content(words[*at]) && words[*at].starts_with(char::is_uppercase);
    let first = (1..words.len()).find(name)?;
    let second = (first + 2..words.len()).find(name)?;
    let between = &words[first + 1..second];
    let joined = between.iter().any(|word| class(word) == Some(Class::Join));
    (!joined && between.iter().any(|word| !word.starts_with(char::is_uppercase))).then_some((first, second))
}

/// The parts of a question such as `does X read Y`: who does it, the verb in the passive voice, and to whom.
fn parts<'a>(words: &[&'a str]) -> Option<(&'a str, String, Vec<&'a str>)> {
    let [aid, actor, verb, object @ ..] = words else { return None };
    let asks = matches!(lower(aid).as_str(), "do" | "does" | "did" | "can" | "will");
    let plain = |word: &str| is_content(word) && word.chars().all(char::is_alphabetic);
    let short =
        (1..=3).contains(&object.len()) && object.iter().all(|word| class(word).is_none_or(|c| c == Class::Filler));
    let done = if verb.ends_with('e') { format!("{verb}d") } else { format!("{verb}ed") };
    let object = object.iter().map(|word| word.trim_end_matches('?')).collect();
    (asks && short && plain(actor) && plain(verb)).then_some((*actor, done, object))
}

/// The passive voice with the parts turned round: who did it now suffers it.
fn suffered(words: &[&str], _: &mut Chance) -> Option<Vec<String>> {
    let (actor, done, object) = parts(words)?;
    Some(owned(&[&["Is", actor, &done, "by"], object.as_slice()].concat()))
}

/// The same in the passive voice.
fn passive(words: &[&str], _: &mut Chance) -> Option<Vec<String>> {
    let (actor, done, object) = parts(words)?;
    Some(owned(&[&["Is"], object.as_slice(), &[done.as_str(), "by", actor]].concat()))
}

fn other_join(words: &[&str], luck: &mut Chance) -> Option<Vec<String>> {
    let at = pick(words, luck, |word| matches!(lower(word).as_str(), "and" | "or"))?;
    Some(with(words, at, if lower(words[at]) == "and" { "or" } else { "and" }))
}

fn other_number(words: &[&str], luck: &mut Chance) -> Option<Vec<String>> {
    let at = pick(words, luck, |word| word.bytes().any(|b| b.is_ascii_digit()))?;
    let places: Vec<usize> = words[at].char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let place = places[luck.below(places.len())];
    let digit = words[at][place..=place].parse::<u8>().ok()?;
    let step = u8::try_from(1 + luck.below(8)).ok()?;
    let mut out = owned(words);
    out[at].replace_range(place..=place, &((digit + step) % 10).to_string());
    Some(out)
}

fn misspelt(words: &[&str], luck: &mut Chance) -> Option<Vec<String>> {
    let at = pick(words, luck, |word| word.len() > 5 && word.bytes().all(|b| b.is_ascii_alphabetic()))?;
    let mut letters: Vec<char> = words[at].chars().collect();
    let place = 1 + luck.below(letters.len() - 3);
    letters.swap(place, place + 1);
    let mut out = owned(words);
    out[at] = letters.into_iter().collect();
    Some(out)
}

fn padded(words: &[&str], luck: &mut Chance) -> Option<Vec<String>> {
    const PADS: [&str; 7] = ["actually", "please", "really", "indeed", "exactly", "in fact", "basically"];
    let mut out = owned(words);
    let room = words.len().checked_sub(1)?;
    out.insert(1 + luck.below(room), PADS[luck.below(PADS.len())].to_owned());
    Some(out)
}

/// What stands on both sides of `and` or `or` changes places.
fn evenly_turned(words: &[&str], luck: &mut Chance) -> Option<Vec<String>> {
    let joined =
        |at: &usize| class(words[*at]) == Some(Class::Join) && is_content(words[at - 1]) && is_content(words[at + 1]);
    let places: Vec<usize> = (1..words.len() - 1).filter(joined).collect();
    let at = *places.get(luck.below(places.len()))?;
    Some(swapped(words, at - 1, at + 1))
}

fn unchanged(words: &[&str], luck: &mut Chance) -> Option<Vec<String>> {
    let mut out = owned(words);
    let last = out.last_mut()?;
    if luck.below(2) == 0 {
        *last = last.trim_end_matches(['?', '.']).to_owned();
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_pairs_differ_from_their_card_and_are_the_same_again() {
        let front = "Is it cheaper to read before 10 am or after the backup of his data?".to_owned();
        let entries = [Entry { front, back: "yes".to_owned() }];
        let entries = vec![entries[0].clone(); 30];
        let pairs = contrast(&entries, 60, 5);
        assert_eq!(pairs.len(), 60);
        assert!(pairs.iter().filter(|pair| !pair.same).all(|pair| pair.left != pair.right));
        assert_eq!(pairs, contrast(&entries, 60, 5));
    }
}
