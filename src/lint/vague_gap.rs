//! A gap that any word fits.

use std::collections::BTreeSet;

use super::words::{is_telling, is_vague, words};
use super::{Asked, Lint, code};
use crate::card::Body;
use crate::diagnostic::Severity;
use crate::diagnostic::codes::Code;
use crate::markdown::text::{Atom, Text};

/// The lint.
pub const LINT: Lint = Lint {
    code: Code {
        manual: "\
The gap is a small word (`the`, `often`, `important`), or so little is left around it that many words fit. Who
is asked has to guess what the author meant.

Put the gap over a term, a name or a quantity, and leave enough of the sentence to tell which one is meant.",
        example: Some("Kafka keeps records ==very== long by default.\n"),
        ..code("vague-gap", Severity::Warning, "a gap that any word fits")
    },
    help: "put the gap over a term, a name or a quantity, and say enough around it",
    check,
};

fn check(asked: &Asked) -> Option<String> {
    let Body::Cloze { text } = &asked.card.body else { return None };
    let texts = text.texts();
    let numbers: BTreeSet<u16> = asked.card.body.gaps().into_iter().collect();
    let whole = numbers.into_iter().find_map(|number| vague(&texts, number));
    whole.filter(|_| text.0.len() == 1)
}

/// What is wrong with the gap of a number.
fn vague(texts: &[&Text], number: u16) -> Option<String> {
    let (mut gap, mut rest) = (String::new(), String::new());
    for text in texts {
        for run in text.runs() {
            let own = run.style.gap.as_ref().is_some_and(|gap| gap.number == number);
            let hinted = own && run.style.gap.as_ref().is_some_and(|gap| gap.hint.is_some());
            // Code, formulas and hints tell by themselves what is meant.
            if hinted || !matches!(run.style.atom, Atom::Words | Atom::Break) {
                return None;
            }
            let side = if own { &mut gap } else { &mut rest };
            side.extend([&text.plain()[run.start..run.end], " "]);
        }
    }
    let (inside, around) = (words(&gap), words(&rest));
    if !inside.is_empty() && inside.iter().all(|word| is_vague(word)) {
        return Some(format!("any word fits the gap `{}`", gap.trim()));
    }
    let telling = around.iter().any(|word| is_telling(word));
    (!telling).then(|| format!("nothing tells what belongs in the gap `{}`", gap.trim()))
}

#[cfg(test)]
mod tests {
    use super::super::codes_of;

    #[test]
    fn small_words_and_bare_sentences_are_found() {
        assert_eq!(codes_of("Kafka keeps records ==very often== for long.\n"), ["vague-gap"]);
        assert_eq!(codes_of("There is ==replication==.\n"), ["vague-gap"]);
    }

    #[test]
    fn terms_quantities_and_hints_are_not() {
        for note in ["Kafka keeps ==seven days== of records.\n", "It is {{c1::hot::or cold}}.\n", "$x$ is ==all==.\n"] {
            assert!(!codes_of(note).contains(&"vague-gap"), "{note}");
        }
    }
}
