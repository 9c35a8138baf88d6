//! Findings for other programs to read: one flat record each.

use serde::Serialize;

use super::Finding;
use crate::source::SourceFile;

/// A finding with its places spelt out.
#[derive(Debug, Serialize)]
pub struct Record<'a> {
    /// The path of the note.
    pub file: &'a str,
    /// Line, from 1, where there is one.
    pub line: Option<usize>,
    /// Column in characters, from 1, where there is one.
    pub column: Option<usize>,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The stable name of the finding.
    pub code: &'static str,
    /// The fact.
    pub message: &'a str,
    /// The words at the place; may be empty.
    pub label: &'a str,
    /// The remedy.
    pub help: Option<&'a str>,
    /// Further places.
    pub related: Vec<Related<'a>>,
}

/// A further place of a finding.
#[derive(Debug, Serialize)]
pub struct Related<'a> {
    /// The path of the note.
    pub file: &'a str,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is to be seen there.
    pub message: &'a str,
}

/// The record of a finding; `files` are the notes of the compilation, by their numbers.
pub fn record<'a>(finding: &'a Finding, files: &'a [SourceFile]) -> Record<'a> {
    let (file, at) = finding.position(files);
    let related = finding.related.iter().map(|(span, message)| {
        let file = &files[span.file.0 as usize];
        let at = file.location(span.start);
        Related { file: &file.path, line: at.line, column: at.column, message }
    });
    Record {
        file,
        line: at.map(|at| at.0),
        column: at.map(|at| at.1),
        severity: finding.severity.name(),
        code: finding.code,
        message: &finding.message,
        label: &finding.label,
        help: finding.help.as_deref(),
        related: related.collect(),
    }
}
