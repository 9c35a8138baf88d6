//! Findings: what the compiler has to say about a note, with a stable code, a place and a remedy.

pub mod codes;
pub mod json;
pub mod render;

use serde::{Deserialize, Serialize};

use crate::reading::Name;
use crate::source::{SourceFile, Span};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Something of the notes could not become what its author meant; the exit code is 1.
    Error,
    /// The author should look; cards are made all the same.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word shown to the user.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// Where a finding points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Place {
    /// A range of a note that was read.
    Span(Span),
    /// A file that could not be read as a note, with the line and column of the trouble, from 1, where known.
    File {
        /// The path as shown to the user.
        path: String,
        /// Line and column.
        position: Option<(usize, usize)>,
    },
}

/// One diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How grave it is.
    pub severity: Severity,
    /// A stable name to search for or to silence.
    #[serde(with = "crate::reading::code")]
    pub code: Name,
    /// The fact, in lower case, without a full stop, with the author's text in backticks.
    pub message: String,
    /// Where.
    pub place: Place,
    /// A few words drawn at the place; may be empty.
    pub label: String,
    /// Further places, each with a note.
    pub related: Vec<(Span, String)>,
    /// The remedy, as an imperative.
    pub help: Option<String>,
}

impl Finding {
    /// A finding at a span of a note.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Finding {
            severity,
            code,
            message: message.into(),
            place: Place::Span(span),
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// A warning at a span of a note.
    pub fn warning(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Finding::new(Severity::Warning, code, message, span)
    }

    /// An error at a span of a note.
    pub fn error(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Finding::new(Severity::Error, code, message, span)
    }

    /// A note at a span of a note.
    pub fn note(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Finding::new(Severity::Note, code, message, span)
    }

    /// An error about a file that could not be read as a note.
    pub fn file(
        code: &'static str,
        message: impl Into<String>,
        path: impl Into<String>,
        position: Option<(usize, usize)>,
    ) -> Self {
        Finding {
            severity: Severity::Error,
            code,
            message: message.into(),
            place: Place::File { path: path.into(), position },
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// The same finding with words at its place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same finding with a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with a further place.
    #[must_use]
    pub fn related(mut self, span: Span, note: impl Into<String>) -> Self {
        self.related.push((span, note.into()));
        self
    }

    /// Path, line and column of the finding; `files` are the notes of the compilation, by `FileId`.
    pub fn position<'a>(&'a self, files: &'a [SourceFile]) -> (&'a str, Option<(usize, usize)>) {
        match &self.place {
            Place::Span(span) => {
                let file = &files[span.file.0 as usize];
                let at = file.location(span.start);
                (&file.path, Some((at.line, at.column)))
            }
            Place::File { path, position } => (path, *position),
        }
    }
}

/// Sorts findings by path and place, then by code and message, and drops exact repetitions.
pub fn sort(findings: &mut Vec<Finding>, files: &[SourceFile]) {
    let path = |f: &Finding| match &f.place {
        Place::Span(span) => files[span.file.0 as usize].path.clone(),
        Place::File { path, .. } => path.clone(),
    };
    // Within one file a later byte is a later line and column, which take longer to find.
    let place = |f: &Finding| match f.place {
        Place::Span(span) => (None, Some(span.start)),
        Place::File { position, .. } => (position, None),
    };
    findings.sort_by_cached_key(|f| (path(f), place(f), f.severity, f.code, f.message.clone()));
    findings.dedup();
}
