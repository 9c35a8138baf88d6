//! Codes of findings about the form of a note: markup that is begun and not finished.

use super::{Code, Stage};
use crate::diagnostic::Severity;

/// A code about the form of a note.
const fn code(name: &'static str, level: Severity, summary: &'static str) -> Code {
    Code { name, level, summary, manual: "", example: None, stage: Stage::Compiling }
}

/// An answer without a question.
pub const QUESTION_EMPTY: Code = Code {
    manual: "Nothing stands behind `Q:`, so there is no card. Write the question there.",
    example: Some("Q:\nA: It rewrites addresses.\n"),
    ..code("question-empty", Severity::Warning, "an answer without a question")
};

/// A question without an answer.
pub const ANSWER_EMPTY: Code = Code {
    manual: "\
A line begins with `Q:`, and no answer follows it, so there is no card. Write the answer on a line that
begins with `A:`.",
    example: Some("Q: What does NAT rewrite?\n"),
    ..code("answer-empty", Severity::Warning, "a question without an answer")
};

/// Multiple choice that lacks its key or its question.
pub const CHOICE_INCOMPLETE: Code = Code {
    manual: "\
Options were found, and either no question above them or no key below them. None of them is taken for a
fact, since most options are wrong. Write the question above the options and `Answer: B` below them.",
    example: Some("Which port does SSH use?\n\nA) 21\nB) 22\n"),
    ..code("choice-incomplete", Severity::Warning, "multiple choice without its question or its key")
};

/// A key that names no option.
pub const CHOICE_KEY_UNKNOWN: Code = Code {
    manual: "\
The key names a letter that none of the options has, so nobody can tell which one is right, and there is no
card. Mend the letter, or the options.",
    ..code("choice-key-unknown", Severity::Warning, "a key that names none of the options")
};

/// Front matter that cannot be read.
pub const FRONT_MATTER: Code = Code {
    manual: "\
The lines between `---` (YAML) or `+++` (TOML) at the top of the note cannot be read, so its title, deck,
tags and language are ignored. The note itself is read all the same.

Write one `key: value` a line, and put quotes around a value that holds `: ` or `#`.",
    example: Some("---\ntitle: Ports: the list\ntags: [net\n---\n\nQ: Which port does SSH use?\nA: 22\n"),
    ..code("front-matter", Severity::Warning, "front matter that cannot be read")
};

/// A code block without an end.
pub const UNCLOSED_FENCE: Code = Code {
    manual: "\
A code block is begun and never ended, so all that follows is code, and no cards are made of it. Write the
same fence on a line of its own where the code ends.",
    example: Some("```sh\nls -l\n\nNAT rewrites addresses.\n"),
    ..code("unclosed-fence", Severity::Warning, "a code block without an end")
};

/// Front matter without an end.
pub const UNCLOSED_FRONT_MATTER: Code = Code {
    manual: "\
A note begins with `---` and keys, and no second `---` ends them. The lines up to the first blank one are
taken for front matter. Write `---` on a line of its own below the last key.",
    example: Some("---\ntitle: NAT\n\nNAT rewrites addresses.\n"),
    ..code("unclosed-front-matter", Severity::Warning, "front matter without an end")
};

/// A container without an end.
pub const UNCLOSED_CONTAINER: Code = Code {
    manual: "\
A container (`:::tip`) is begun and never ended, so it is not clear how much belongs to it. Write as many
colons on a line of their own where it ends.",
    example: Some(":::tip\nNAT rewrites addresses.\n"),
    ..code("unclosed-container", Severity::Warning, "a `:::` container without an end")
};

/// A folded text without an end.
pub const UNCLOSED_DETAILS: Code = Code {
    manual: "\
`<details>` is begun and never ended. The folded text is taken to end where the next one begins, at the next
heading, or with the note. Write `</details>` on a line of its own where it ends.",
    example: Some("Why does ice float?\n\n<details><summary>Answer</summary>\n\nIt is less dense than water.\n"),
    ..code("unclosed-details", Severity::Note, "a `<details>` without an end")
};

/// An allow that is not understood.
pub const ALLOW_UNKNOWN: Code = Code {
    manual: "\
A comment that begins with `recto:` says something that is not understood, or names a finding that does not
exist, so it has no effect. Write `<!-- recto: allow(CODE) -->`, with commas between several codes;
`recto check --explain` lists them.",
    example: Some("Text.\n\n<!-- recto: allow(anser-too-long) -->\n\nQ: What does NAT rewrite?\nA: Addresses\n"),
    ..code("allow-unknown", Severity::Warning, "an allow comment that is not understood")
};

/// An allow that allows nothing.
pub const ALLOW_UNUSED: Code = Code {
    manual: "\
The place that an allow comment speaks for has no finding of that code: it was mended, or the comment stands
elsewhere than meant. Remove the code, so that nothing new hides behind it.

A comment on a line of its own speaks for the block below it, and before a heading for the heading's whole
section; as the first thing in a note it speaks for the whole note; behind other words it speaks for
their list item or paragraph.",
    example: Some("Text.\n\n<!-- recto: allow(answer-too-long) -->\n\nQ: What does NAT rewrite?\nA: Addresses\n"),
    ..code("allow-unused", Severity::Note, "an allow comment that allows nothing")
};
