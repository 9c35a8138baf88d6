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
