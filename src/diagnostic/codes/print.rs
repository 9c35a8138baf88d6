//! Codes of findings that are made when cards are printed.

use super::{Code, Stage};
use crate::diagnostic::Severity;

/// A formula that is printed as it was written.
pub const FORMULA_NOT_SET: Code = Code {
    name: "formula-not-set",
    level: Severity::Warning,
    summary: "a formula that is printed as it is written",
    manual: "\
A formula uses a command that is not known, or its braces do not match, so `recto print` shows it as it is
written, in the letters of a typewriter. Write it with commands of plain LaTeX; macros may be defined inside the
formula with `\\newcommand`.",
    example: Some("Q: What is $\\nosuchcommand{x}$?\nA: A mistake\n"),
    stage: Stage::Printing,
};

/// A character that is printed as an empty box.
pub const GLYPH_MISSING: Code = Code {
    name: "glyph-missing",
    level: Severity::Warning,
    summary: "a character that no font has",
    manual: "\
The fonts that travel with recto cover Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai, Chinese, Japanese
and Korean, emoji and many signs. A character beyond them is printed as an empty box; fonts of this machine are not
looked for, so that the same notes print alike everywhere. Name a font file that has it: `recto print sheet --font
FILE`.",
    example: Some("Q: Which sign is \u{12000}?\nA: The cuneiform sign A\n"),
    stage: Stage::Printing,
};

/// A picture that is not printed.
pub const PICTURE_NOT_PRINTED: Code = Code {
    name: "picture-not-printed",
    level: Severity::Warning,
    summary: "a picture that cannot be read, or is of a kind that cannot be printed",
    manual: "\
The file is damaged, or it is no PNG, JPEG, GIF, WebP or SVG picture, whatever its name says. The words that describe
it are printed in its place. Convert it, or print with `--format html`: browsers know more kinds.",
    example: None,
    stage: Stage::Printing,
};
