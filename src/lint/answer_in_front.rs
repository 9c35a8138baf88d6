//! The front says what is asked for.

use std::collections::BTreeSet;

use super::words::{holds, is_telling, says, words, words_of};
use super::{Asked, Lint, code};
use crate::card::{Body, Choice, Content, Kind};
use crate::diagnostic::Severity;
use crate::diagnostic::codes::Code;
use crate::markdown::text::{Atom, Run, Text};

/// The lint.
pub const LINT: Lint = Lint {
    code: Code {
        manual: "\
The words of the answer stand in the question, or the word of a gap stands elsewhere in the sentence. Such a
card is answered by reading, not by knowing. A question that offers the answer among others (`TCP or UDP?`) is
left alone.

Ask from the other side, say the question in other words, or make the gap wider.",
        example: Some("Q: Which port does a server that listens on the SSH port use?\nA: The SSH port\n"),
        ..code("answer-in-front", Severity::Warning, "the front gives the answer away")
    },
    help: "ask for it without its own words, or ask from the other side",
    check,
};

/// Words between things that a question offers to choose from.
const ALTERNATIVES: &[&str] =
    &["or", "vs", "versus", "between", "and", "oder", "zwischen", "und", "o", "y", "entre", "ou", "et", "还", "或"];

fn check(asked: &Asked) -> Option<String> {
    match &asked.card.body {
        // The front of a sequence names a step or what the steps lead to.
        Body::Question { .. } if asked.card.kind == Kind::Sequence => None,
        Body::Question { question, answer } => in_question(question, answer),
        Body::Reversible { front, back } => same(front, back),
        Body::Cloze { text } => text.texts().into_iter().find_map(in_sentence),
        Body::Choice { stem, options } => in_stem(stem, options),
    }
    .map(|words| format!("the front gives away the answer `{words}`"))
}

/// The answer as one line, where it is short enough to be given away as a whole.
fn answer_of(content: &Content) -> Option<(String, Vec<String>)> {
    let [text] = content.texts()[..] else { return None };
    let opaque = text.runs().iter().any(|run| matches!(run.style.atom, Atom::Math { .. } | Atom::Image { .. }));
    let found = words(text.plain());
    (!opaque && tells(&found)).then(|| (text.plain().trim().to_owned(), found))
}

/// All texts of a content, a line each.
fn plain(content: &Content) -> String {
    content.texts().iter().map(|text| text.plain()).collect::<Vec<_>>().join("\n")
}

/// Whether words are worth being asked for: more than small words and bare numbers.
fn tells(found: &[String]) -> bool {
    let letters: usize =
        found.iter().filter(|w| is_telling(w)).map(|w| w.chars().filter(|c| c.is_alphabetic()).count()).sum();
    let wide = found.iter().any(|w| w.chars().any(|c| u32::from(c) >= 0x2E80));
    letters >= if wide { 2 } else { 3 }
}

fn in_question(question: &Content, answer: &Content) -> Option<String> {
    may_say(&plain(question), answer).then_some(())?;
    let (shown, answer) = answer_of(answer)?;
    let front = words_of(question);
    let offered = front.iter().any(|word| ALTERNATIVES.contains(&word.as_str()) && !answer.contains(word));
    let listed = question.0.len() > 1;
    let enumerated = question.texts().iter().any(|text| text.plain().contains(['→', '/', ';', '；']));
    (!offered && !listed && !enumerated && says(&plain(question), &shown)).then_some(shown)
}

/// Whether the characters of an answer stand in what is shown: the cheapest test of all.
fn may_say(shown: &str, answer: &Content) -> bool {
    matches!(answer.texts()[..], [text] if holds(shown, text.plain()))
}

/// A pair that is learnt in both directions gives itself away only where both sides say the same.
fn same(front: &Content, back: &Content) -> Option<String> {
    let (shown, back) = answer_of(back)?;
    (words_of(front) == back).then_some(shown)
}

fn in_stem(stem: &Content, options: &[Choice]) -> Option<String> {
    let front = plain(stem);
    let given = |option: &Choice| {
        may_say(&front, &option.content).then_some(())?;
        let (shown, _) = answer_of(&option.content)?;
        says(&front, &shown).then_some(shown)
    };
    let wrong = options.iter().filter(|option| !option.correct).any(|option| given(option).is_some());
    let right: Vec<String> = options.iter().filter(|option| option.correct).filter_map(given).collect();
    right.into_iter().next().filter(|_| !wrong)
}

/// A gap whose words stand in the sentence outside all gaps of its number.
fn in_sentence(text: &Text) -> Option<String> {
    let numbers: BTreeSet<u16> = text.runs().iter().filter_map(|run| Some(run.style.gap.as_ref()?.number)).collect();
    let formula = text.runs().iter().any(|run| run.style.gap.is_some() && run.style.atom != Atom::Words);
    let shown = outside(text);
    let gap = |number: u16| -> String {
        let own = |run: &&Run| run.style.gap.as_ref().is_some_and(|gap| gap.number == number);
        text.runs().iter().filter(own).map(|run| &text.plain()[run.start..run.end]).collect()
    };
    numbers.into_iter().map(gap).find(|gap| !formula && holds(&shown, gap) && tells(&words(gap)) && says(&shown, gap))
}

/// What is seen whichever gap is asked for.
fn outside(text: &Text) -> String {
    let runs = text.runs().iter();
    runs.map(|run| if run.style.gap.is_some() { " \u{2026} " } else { &text.plain()[run.start..run.end] }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::codes_of;

    #[test]
    fn an_answer_in_the_question_is_found() {
        assert_eq!(codes_of("Q: Which port does the SSH port 22 daemon use?\nA: SSH port 22\n"), ["answer-in-front"]);
        assert_eq!(codes_of("The ==TCP== header is part of TCP itself.\n"), ["answer-in-front"]);
    }

    #[test]
    fn alternatives_and_short_words_are_no_gift() {
        for note in [
            "Q: Which has no handshake, TCP or UDP?\nA: UDP\n",
            "Q: Which is the symbol of a litre?\nA: l\n",
            "Q: What is 100 in Roman numerals, if 100 is C?\nA: 100\n",
            "Q: Which protocol underlies HTTP/2?\nA: TCP\n",
            "Q: What extends HumanEval with edge cases?\nA: HumanEval+\n",
        ] {
            assert_eq!(codes_of(note), [] as [&str; 0], "{note}");
        }
    }
}
