//! The front does not say what it is about.

use unicode_segmentation::UnicodeSegmentation;

use super::words::words;
use super::{Asked, Lint, code};
use crate::card::{Body, Content, Part};
use crate::diagnostic::Severity;
use crate::diagnostic::codes::Code;
use crate::language::english::is_meta_heading;
use crate::markdown::text::{Atom, Text};

/// The lint.
pub const LINT: Lint = Lint {
    code: Code {
        manual: "\
The front speaks of `it` or `this`, or names nothing but an aspect (`Advantages?`). In the note the heading
above says what is meant; among a hundred other cards nobody can tell. The headings are shown small above the
front, but a card should be understood without them.

Name the thing.",
        example: Some("# Redis\n\nQ: What is its default port?\nA: 6379\n"),
        ..code("front-without-subject", Severity::Warning, "a front that does not say what it is about")
    },
    help: "name the thing that is asked about",
    check,
};

/// Words that may stand before a pronoun without naming anything.
const OPENERS: &str = "what which who whom whose when where why how is are was were do does did can could should would \
    will may must has have if for in of on with at to by from much many long often far and but so was wer wie wo wann \
    warum wozu welche welcher welches ist sind hat haben kann können wird werden wird macht machen tut";

/// Words that stand for a thing named elsewhere.
const PRONOUNS: &str = "it they its their this these he she es sie er ihr ihre dies diese dieser dieses";

/// Words behind a pronoun that show it to be none: `Is it true that …`, `How long does it take to …`.
const IMPERSONAL: &str = "that to for when if whether zu dass wenn ob um";

fn check(asked: &Asked) -> Option<String> {
    let front = match &asked.card.body {
        Body::Cloze { text } => text,
        Body::Reversible { .. } => return None,
        Body::Question { question, .. } => question,
        Body::Choice { stem, .. } => stem,
    };
    let text = only_words(front)?;
    let options = matches!(asked.card.body, Body::Choice { .. });
    // `Which of these …?` speaks of the options.
    if let Some(pronoun) = pronoun(text).filter(|pronoun| !(options && pronoun == "these")) {
        return Some(format!("the front says `{pronoun}` and not what it is about"));
    }
    let bare = text.plain().trim().trim_end_matches(['?', '？', ':', '.']).to_lowercase();
    let aspect = matches!(asked.card.body, Body::Question { .. }) && is_meta_heading(&bare);
    aspect.then(|| format!("the front says only `{}`", text.plain().trim()))
}

/// The text of a front that is one paragraph of words; code, a formula or a picture may be what is meant.
fn only_words(front: &Content) -> Option<&Text> {
    let [Part::Paragraph(text)] = front.0.as_slice() else { return None };
    text.runs().iter().all(|run| matches!(run.style.atom, Atom::Words | Atom::Break)).then_some(text)
}

/// The pronoun that a front begins with, before anything is named.
fn pronoun(text: &Text) -> Option<String> {
    let gap = text.runs().iter().find(|run| run.style.gap.is_some()).map_or(text.plain().len(), |run| run.start);
    let named = |word: &str| !is_among(OPENERS, &word.to_lowercase());
    let (at, word) = text.plain()[..gap].unicode_word_indices().find(|(_, word)| named(word))?;
    let (pronoun, rest) = (word.to_lowercase(), &text.plain()[at + word.len()..]);
    // What is set apart by a mark is spoken of, as in a table of pronouns.
    let used = rest.trim_start_matches(' ').starts_with(char::is_alphabetic) || rest.trim_start().starts_with('?');
    let impersonal = || words(rest).iter().rev().skip(1).any(|word| is_among(IMPERSONAL, word));
    (used && is_among(PRONOUNS, &pronoun) && !impersonal()).then_some(pronoun)
}

fn is_among(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

#[cfg(test)]
mod tests {
    use super::super::codes_of;

    fn found(question: &str) -> bool {
        codes_of(&format!("Q: {question}\nA: 42 kelvin\n")) == ["front-without-subject"]
    }

    #[test]
    fn a_pronoun_or_a_bare_aspect_is_no_subject() {
        for question in ["What is its default port?", "How does this work?", "Why are they so warm?", "Advantages?"] {
            assert!(found(question), "{question}");
        }
    }

    #[test]
    fn what_is_named_before_is_enough() {
        for question in [
            "When Redis starts, which port does it use?",
            "How long does it take to boot EC2?",
            "Is it true that ice floats?",
            "What does `it` mean in Kotlin?",
            "Redis: what is its port?",
        ] {
            assert!(!found(question), "{question}");
        }
    }
}
