//! Subjects with a relative clause inside: `A person who hires a contractor is not liable`.

use super::clause::{Word, is_adverb, is_determiner, verb_at};
use super::is_participle;
use super::noun::is_preposition;
use super::third_person;

/// The farthest word at which the main verb may stand.
const FARTHEST: usize = 24;

/// The word of the main verb behind a relative clause in the subject; `None` where no verb is surely the
/// main one.
pub(super) fn subject_end(words: &[Word]) -> Option<usize> {
    let words = &words[..words.len().min(FARTHEST)];
    let at = words.iter().position(|w| matches!(&*w.lower, "that" | "which" | "who") && w.depth == 0)?;
    let before = words[..at].last()?;
    let noun = !is_preposition(&before.lower) && !is_determiner(&before.lower) && !before.stop_after;
    let finite_before = (1..at).any(|i| words[i].depth == 0 && verb_at(words, i).is_some());
    let opens = at + 1 + words[at + 1..].iter().take_while(|w| is_adverb(&w.lower)).count();
    let own = verb_behind(words, opens)?;
    if !noun || finite_before || words[..at].iter().any(|w| w.stop_after) {
        return None;
    }
    for i in own + 1..words.len().saturating_sub(1) {
        if is_unsure(words, i) {
            return None;
        }
        if is_main_verb(words, i) {
            return Some(i);
        }
    }
    None
}

/// The last word of the verb of the relative clause itself.
fn verb_behind(words: &[Word], at: usize) -> Option<usize> {
    let known = |i: usize| words.get(i).is_some_and(|w| third_person(&w.lower).is_some() || is_participle(&w.lower));
    let person = words.get(at).is_some_and(|w| matches!(&*w.lower, "you" | "we" | "they" | "it"));
    let from = if person { at + 1 } else { at };
    // `the keys that the tenant makes`
    if words.get(from).is_some_and(|w| is_determiner(&w.lower)) {
        return (from + 2..words.len().min(from + 4)).find(|i| known(*i) || verb_at(words, *i).is_some());
    }
    words.get(from)?;
    match verb_at(words, from) {
        Some((_, _, last)) => Some(last),
        _ if person => words.get(from).map(|_| from),
        _ => known(from).then_some(from),
    }
}

/// Whether it cannot be told behind a word which verb is the main one.
fn is_unsure(words: &[Word], at: usize) -> bool {
    let joins = matches!(
        &*words[at].lower,
        "when"
            | "if"
            | "because"
            | "while"
            | "so"
            | "unless"
            | "but"
            | "whereas"
            | "how"
            | "what"
            | "that"
            | "which"
            | "who"
            | "where"
            | "whether"
    );
    joins || words[at - 1].stop_after
}

/// Whether a word is surely a verb that begins the main clause.
fn is_main_verb(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let joined = matches!(&*words[at - 1].lower, "and" | "or" | "to" | "not");
    let finite = matches!(
        &*word.lower,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "can"
            | "cannot"
            | "must"
            | "may"
            | "will"
            | "should"
            | "does"
            | "do"
    );
    let acts = third_person(&word.lower).is_some_and(|v| !v.noun_too) && !word.capital;
    (finite || acts) && !joined && word.depth == 0 && verb_at(words, at).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::clause::parse;

    #[test]
    fn the_main_verb_stands_behind_the_relative_clause() {
        let verb = |text: &str| parse(text).map(|c| text[c.subject].to_owned());
        for (text, subject) in [
            (
                "A person who hires an independent contractor is not liable",
                "A person who hires an independent contractor",
            ),
            ("The keys that you create are kept in the vault", "The keys that you create"),
            ("A device that is lost can be wiped", "A device that is lost"),
        ] {
            assert_eq!(verb(text).as_deref(), Some(subject), "{text}");
        }
        for none in ["A service that stores files", "The time that a packet takes when it is lost is long"] {
            assert_eq!(verb(none), None, "{none}");
        }
    }
}
