//! Codes of findings about cards that are left out, merged or never made; those about the quality of
//! a card stand with the lint that finds them, in `src/lint/`.

use super::{Code, Stage};
use crate::diagnostic::Severity;

/// Two cards of the author's share a front.
pub const SAME_FRONT: Code = Code {
    name: "same-front",
    level: Severity::Warning,
    summary: "two cards that you wrote ask the same and answer differently",
    manual: "\
Both cards stay, since both are yours, but who is asked cannot know which answer is wanted. Headings and
decks do not count: they are small print, and are not there when cards are mixed.

Say in each question what sets it apart, or make one card of the two.",
    example: Some("Q: What is the default port?\nA: 6379\n\nQ: What is the default port?\nA: 5432\n"),
    stage: Stage::Compiling,
};

/// A generated card was left out because of its front.
pub const AMBIGUOUS_FRONT: Code = Code {
    name: "ambiguous-front",
    level: Severity::Note,
    summary: "a card was left out because another asks the same and answers differently",
    manual: "\
Two statements became the same question with different answers. Nobody could answer both, so only the
first is a card.

Name in the sentence what sets the two apart.",
    example: Some("# Redis\n\n- **Port:** 6379\n\nText between.\n\n- **Port:** 6380\n"),
    stage: Stage::Compiling,
};

/// A card was made twice.
pub const DUPLICATE: Code = Code {
    name: "duplicate",
    level: Severity::Note,
    summary: "two cards ask the same, and one of them stays",
    manual: "\
The notes say the same thing in two places, in the same words or in others that leave no doubt. One card is
made of both; explanation, tags and place of the other are added to it. Which one stays, and whether cards of
other words are merged at all, is set under `[dedupe]` in `recto.toml`. Nothing needs to be done.

To keep both, answer `n` for them in `recto dedupe label`.",
    example: Some("Q: What does NAT rewrite?\nA: Addresses\n\nQ: What does NAT rewrite?\nA: Addresses\n"),
    stage: Stage::Compiling,
};

/// Two cards ask the same in nearly the same words and answer differently.
pub const CONFLICT: Code = Code {
    name: "conflict",
    level: Severity::Note,
    summary: "two cards ask the same in nearly the same words and answer differently",
    manual: "\
Two fronts are the same but for marks, letter case, articles or the name of the deck, and their answers
differ. Either one of them is wrong, or something that sets them apart is missing.

Settle which of the two is right, or say in one of the questions what sets it apart.",
    example: Some(
        "Q: How long does the queue keep a message?\nA: 4 days\n\nQ: How long does a queue keep a message?\nA: 14 days\n",
    ),
    stage: Stage::Compiling,
};

/// A remark became no card.
pub const REMARK_WITHOUT_CARD: Code = Code {
    name: "remark-without-card",
    level: Severity::Note,
    summary: "an exam trap, tip or warning that makes no card",
    manual: "\
Somebody thought this worth a label, but no rule could read it: it has no subject of its own, points to
something elsewhere, or is too long to be one fact.

Write a short sentence that names its subject, or mark the gap with `==…==`.",
    example: Some("> [!WARNING]\n> This is what they always get wrong there.\n"),
    stage: Stage::Compiling,
};
