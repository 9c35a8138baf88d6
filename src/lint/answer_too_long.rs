//! The answer holds several facts.

use super::{Asked, Lint, code};
use crate::card::{Content, Part};
use crate::diagnostic::Severity;
use crate::diagnostic::codes::Code;
use crate::language::sentence::{sentences, split_outside};
use crate::markdown::text::Text;

/// The lint.
pub const LINT: Lint = Lint {
    code: Code {
        manual: "\
The answer has four sentences or more, or is longer than sixty words. Of such an answer some part is always
forgotten, so the card comes back again and again although most of it is known.

Split it into cards of one fact each. What is not to be known by heart, such as a reason or an example, is
better said in the note below the card.",
        example: Some(
            "Q: What is Kafka?\n\
             A: Kafka is a log. It keeps records for seven days. Each topic has partitions. Consumers keep an offset.\n",
        ),
        ..code("answer-too-long", Severity::Note, "several facts in one answer")
    },
    help: "split it into cards of one fact each",
    check,
};

/// The most sentences, or pieces between semicolons, of one answer.
const MOST_FACTS: usize = 3;

/// The most words of one answer.
const MOST_WORDS: usize = 60;

fn check(asked: &Asked) -> Option<String> {
    let (facts, words) = measure(asked.answer()?);
    if facts > MOST_FACTS {
        return Some(format!("the answer holds {facts} facts"));
    }
    (words > MOST_WORDS).then(|| format!("the answer is {words} words long"))
}

/// The facts and words of the running text of an answer; lists, tables and code are learnt in another way.
fn measure(answer: &Content) -> (usize, usize) {
    let texts = answer.0.iter().filter_map(|part| match part {
        Part::Paragraph(text) => Some(text),
        _ => None,
    });
    texts.fold((0, 0), |(facts, words), text| (facts + facts_of(text), words + words_in(text)))
}

fn facts_of(text: &Text) -> usize {
    let mask = text.mask();
    let semicolons = |range: &std::ops::Range<usize>| {
        let pieces = split_outside(&mask[range.clone()], |rest| {
            [';', '；'].into_iter().find(|mark| rest.starts_with(*mark)).map(char::len_utf8)
        });
        pieces.iter().filter(|piece| mask[range.clone()][(*piece).clone()].chars().count() > 2).count()
    };
    sentences(&mask).iter().map(semicolons).sum()
}

/// Words; of scripts that write none, two characters count as one.
fn words_in(text: &Text) -> usize {
    let wide = text.plain().chars().filter(|c| u32::from(*c) >= 0x2E80).count();
    text.plain().split_whitespace().count() + wide / 2
}

#[cfg(test)]
mod tests {
    use super::super::codes_of;

    #[test]
    fn three_sentences_are_learnt_and_four_are_not() {
        let note = |sentences: usize| format!("Q: What is Kafka?\nA: {}\n", "Kafka keeps it. ".repeat(sentences));
        assert_eq!(codes_of(&note(3)), [] as [&str; 0]);
        assert_eq!(codes_of(&note(4)), ["answer-too-long"]);
    }

    #[test]
    fn semicolons_of_any_width_divide() {
        assert_eq!(codes_of("Q: 什么是网络？\nA: 甲是一；乙是二；丙是三；丁是四\n"), ["answer-too-long"]);
    }

    #[test]
    fn code_is_not_counted() {
        assert_eq!(codes_of("Q: How?\nA: `a; b; c; d; e`\n"), [] as [&str; 0]);
    }
}
