//! An exam trap that does not say why it is one.

use super::words::{words, words_of};
use super::{Asked, Lint, code};
use crate::card::Kind;
use crate::diagnostic::Severity;
use crate::diagnostic::codes::Code;

/// The lint.
pub const LINT: Lint = Lint {
    code: Code {
        manual: "\
A trap is a mistake that suggests itself. The note says that something is not so, which is easily learnt and
easily lost; what stays is the reason, and neither the card nor the passage that it is from gives one.
(`When a question asks for …, the answer is …` has its reason in the condition.)

Say in the note why it is wrong: `because …`, or a sentence more. It is shown after the answer.",
        example: Some("# Amazon S3\n\n> [!WARNING]\n> S3 Glacier is not for active training data.\n"),
        ..code("trap-without-reason", Severity::Note, "an exam trap without its reason")
    },
    help: "say why it is wrong: `because …`",
    check,
};

/// Words that begin or name a reason.
const REASONS: &str = "because since due reason reasons why therefore hence otherwise so as only instead but than \
    without unless requires require needs need takes causes cause \
    weil da denn wegen grund sonst deshalb daher nur sondern aber statt ohne \
    porque ya debido pues sino pero solo sin parce car puisque sinon mais seulement sans 因 由 只 而 但 需";

/// Words that deny what one might think; a warning that states a fact needs no reason.
const NEGATIONS: &str = "not never no none cannot don't doesn't isn't aren't can't won't mustn't shouldn't avoid nicht nie \
    niemals kein keine keinen no nunca ne pas jamais 不 没 非";

/// Words that begin a condition: what is then the answer has its reason there.
const CONDITIONS: &str = "when if whenever wenn falls si cuando quand 如果 当";

fn check(asked: &Asked) -> Option<String> {
    let card = asked.card;
    if card.kind != Kind::Trap || card.why.is_some() {
        return None;
    }
    let condition = asked.front().is_some_and(|front| {
        words_of(front).first().is_some_and(|first| CONDITIONS.split_ascii_whitespace().any(|word| word == first))
    });
    let passage = words(asked.file.slice(card.span));
    let says = |list: &str| passage.iter().any(|word| list.split_ascii_whitespace().any(|listed| listed == word));
    (says(NEGATIONS) && !says(REASONS) && !condition).then(|| "the trap does not say why it is one".to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::codes_of;

    #[test]
    fn a_reason_in_the_passage_is_enough() {
        let found =
            |words: &str| codes_of(&format!("# S3\n\n> [!WARNING]\n> {words}\n")).contains(&"trap-without-reason");
        assert!(found("S3 Glacier is not for training data."));
        assert!(!found("S3 Glacier is not for training data because it takes hours."));
        assert!(!found("S3 Glacier is not for training data. Retrieval takes hours."));
    }
}
