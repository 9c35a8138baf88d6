//! Codes of findings about the marks of cards: what looks like a card that its author wrote and is none.

use super::{Code, Stage};
use crate::diagnostic::Severity;

/// A code about the marks of cards.
const fn code(name: &'static str, level: Severity, summary: &'static str) -> Code {
    Code { name, level, summary, manual: "", example: None, stage: Stage::Compiling }
}

/// An answer that no question stands before.
pub const QUESTION_MISSING: Code = Code {
    manual: "\
In a note with cards written as `Q:` and `A:`, a paragraph begins with `A:` and no question stands before it.
Write the question above it, on a line that begins with `Q:`.",
    example: Some("Q: What does NAT rewrite?\nA: Addresses.\n\n## Ports\n\nA: It rewrites ports, too.\n"),
    ..code("question-missing", Severity::Warning, "an answer that no question stands before")
};

/// A card of two sides that has one.
pub const PAIR_INCOMPLETE: Code = Code {
    manual: "\
A line with `::`, or one that holds only `?`, divides a card, and nothing stands on one side of it. Both
sides of `::` stand in one line; those of `?` touch it, without a blank line between.",
    example: Some("What does NAT rewrite?\n?\n\nAddresses.\n"),
    ..code("pair-incomplete", Severity::Warning, "a card of two sides that has only one")
};

/// A line with `::` that may be a card.
pub const PAIR_UNSURE: Code = Code {
    manual: "\
`::` glued to words on both sides may divide a card, or a name such as `std::vector`. It is taken for a card
only in a note that says that it holds some. Write blanks on both sides of `::`, or a tag `#flashcards`
into the note; if it is a name, set it as code.",
    example: Some("Longest river of Africa::The Nile\n"),
    ..code("pair-unsure", Severity::Note, "a line with `::` that may be a card")
};

/// A tagged card that nothing stands below.
pub const CARD_WITHOUT_ANSWER: Code = Code {
    manual: "\
A tag such as `#card` makes a card of a bullet, line or heading, and nothing stands below it that could be
the answer. Write the answer below it, further in for a bullet, mark a gap in it, or take the tag away.",
    example: Some("- What does NAT rewrite? #card\n"),
    ..code("card-without-answer", Severity::Warning, "a tagged card that nothing stands below")
};

/// A gap that has no end.
pub const GAP_UNCLOSED: Code = Code {
    manual: "A gap begins with `{{c1::` and has no `}}` in the same paragraph, so it is no gap. Write `}}` behind it.",
    example: Some("NAT rewrites {{c1::addresses.\n"),
    ..code("gap-unclosed", Severity::Warning, "a gap that has no end")
};

/// A gap that hides nothing.
pub const GAP_EMPTY: Code = Code {
    manual: "A gap has no words between `::` and its end, so there is nothing to ask. Write what it hides.",
    example: Some("NAT rewrites {{c1::}}.\n"),
    ..code("gap-empty", Severity::Warning, "a gap that hides nothing")
};

/// A gap inside a formula.
pub const GAP_IN_FORMULA: Code = Code {
    manual: "\
Formulas are kept whole, so a gap inside one is not seen. Put the whole formula into the gap, or divide it
into two formulas: `$F =$ {{c1::$m a$}}`.",
    example: Some("The law is $F = {{c1::m}} a$.\n"),
    ..code("gap-in-formula", Severity::Warning, "a gap inside a formula")
};

/// A `C:` line without a gap.
pub const GAP_MISSING: Code = Code {
    manual: "\
In a note with cards written as `Q:` or `C:`, a line begins with `C:` and has no brackets to be asked. Put
brackets around a part of it; links, footnotes and escaped brackets are none.",
    example: Some("C: NAT rewrites [addresses].\n\nC: It keeps a table.\n"),
    ..code("gap-missing", Severity::Warning, "a `C:` line without a gap")
};

/// Options in one line.
pub const CHOICE_IN_LINE: Code = Code {
    manual: "\
A question has its options behind it in the same line, and nobody can tell surely where one of them ends, as
with `A.` and `B.` alone. Write each option on a line of its own.",
    example: Some("Which port does SSH use? A. 21 B. 22\n"),
    ..code("choice-in-line", Severity::Warning, "options in one line")
};
