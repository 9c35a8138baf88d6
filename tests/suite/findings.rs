//! Findings as `findings.txt` shows them: a line each, with label, further places and help below.

use recto::diagnostic::{Finding, Place};
use recto::source::{SourceFile, Span};

/// All findings; `with_paths` names the note of each, which a case of several notes needs.
pub(crate) fn listing(findings: &[Finding], files: &[SourceFile], with_paths: bool) -> String {
    findings.iter().map(|finding| entry(finding, files, with_paths)).collect()
}

fn entry(finding: &Finding, files: &[SourceFile], with_paths: bool) -> String {
    let place = match &finding.place {
        Place::Span(span) => span_place(*span, files, with_paths),
        Place::File { path, position } => match position {
            Some((line, column)) => format!("{path}:{line}:{column}"),
            None => path.clone(),
        },
    };
    let mut out = format!("{}[{}] {place} {}\n", finding.severity.name(), finding.code, finding.message);
    if !finding.label.is_empty() {
        out.push_str(&detail("label", &finding.label));
    }
    for (span, note) in &finding.related {
        out.push_str(&detail(&format!("also {}", span_place(*span, files, with_paths)), note));
    }
    if let Some(help) = &finding.help {
        out.push_str(&detail("help", help));
    }
    out
}

fn detail(name: &str, text: &str) -> String {
    format!("   {name}: {}\n", text.replace('\n', "\n      "))
}

/// `12:3-9` within a line, `12:3-14:2` over several; the end is the column after the last character.
fn span_place(span: Span, files: &[SourceFile], with_path: bool) -> String {
    let Some(file) = files.get(span.file.0 as usize) else { return format!("{span:?}") };
    if span.end > file.text.len() || !file.text.is_char_boundary(span.start) || !file.text.is_char_boundary(span.end) {
        return format!("{span:?}");
    }
    let (start, end) = (file.location(span.start), file.location(span.end));
    let path = if with_path { format!("{}:", file.path) } else { String::new() };
    let last = if start.line == end.line { end.column.to_string() } else { format!("{}:{}", end.line, end.column) };
    format!("{path}{}:{}-{last}", start.line, start.column)
}
