//! The answer is yes or no.

use super::{Asked, Lint, code};
use crate::card::{Body, Content, Kind};
use crate::diagnostic::Severity;
use crate::diagnostic::codes::Code;

/// The lint.
pub const LINT: Lint = Lint {
    code: Code {
        manual: "\
The answer is yes or no, or the options are. Half of all guesses are right, and the question itself often tells
which: it would not be asked otherwise.

Ask what, why or how instead: not `Is UDP reliable?` but `What does UDP not guarantee?`",
        example: Some("Q: Is UDP reliable?\nA: No, it loses packets.\n"),
        ..code("yes-no-question", Severity::Note, "a question that is answered by yes or no")
    },
    help: "ask what, why or how instead",
    check,
};

/// What such questions are answered by, in lower case.
const ANSWERS: &str = "yes no true false ja nein doch wahr falsch sí verdadero falso oui non vrai faux 是 否 对 错 不是 \
    正确 错误";

fn check(asked: &Asked) -> Option<String> {
    match &asked.card.body {
        // A cell of a table that says yes is no question of the author's.
        Body::Question { answer, .. } if asked.card.kind == Kind::Question => {
            begins(answer).map(|word| format!("the answer is `{word}`, which half of all guesses are"))
        }
        Body::Choice { options, .. } => {
            let all = options.len() == 2 && options.iter().all(|option| begins(&option.content).is_some());
            all.then(|| "the options are yes and no".to_owned())
        }
        Body::Question { .. } | Body::Reversible { .. } | Body::Cloze { .. } => None,
    }
}

/// Yes or no at the beginning, with nothing or a mark behind it.
fn begins(answer: &Content) -> Option<String> {
    let text = *answer.texts().first()?;
    let plain = text.plain().trim();
    let end = plain.find(|c: char| !c.is_alphabetic()).unwrap_or(plain.len());
    let (word, rest) = plain.split_at(end);
    let listed = ANSWERS.split_ascii_whitespace().any(|answer| answer == word.to_lowercase());
    let apart = rest.trim_start().chars().next().is_none_or(|c| !c.is_alphanumeric() && !"`\"“'".contains(c));
    let apart = apart && !rest.starts_with(['-', '\'', '’']);
    (listed && apart).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::codes_of;

    #[test]
    fn yes_and_no_are_found_and_words_like_them_are_not() {
        let found = |answer: &str| codes_of(&format!("Q: What of UDP?\nA: {answer}\n")) == ["yes-no-question"];
        assert!(["No", "Yes, always.", "nein – nie", "是", "False."].iter().all(|answer| found(answer)));
        assert!(
            ["No handshake", "non-relational", "None", "True colour", "Nothing"].iter().all(|answer| !found(answer))
        );
    }
}
