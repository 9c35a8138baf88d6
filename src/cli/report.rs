//! What is said of findings: drawn one by one, and counted in a line.

use serde::Serialize;

use super::error::Error;
use super::screen::Look;
use crate::diagnostic::render::render;
use crate::diagnostic::{Finding, Severity};
use crate::source::SourceFile;

/// Draws findings, an empty line behind each.
pub(super) fn draw<'a>(findings: impl Iterator<Item = &'a Finding>, files: &[SourceFile], look: Look) -> String {
    findings.map(|finding| render(finding, files, look.color, look.width) + "\n").collect()
}

/// A value as JSON on a line of its own.
pub(super) fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map(|json| json + "\n").map_err(|error| Error::Stdout(error.into()))
}

/// How many of each severity there are: `2 errors, 1 warning`; empty for none.
pub(super) fn count(findings: &[Finding]) -> String {
    let counted = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
        let number = findings.iter().filter(|finding| finding.severity == severity).count();
        (number > 0).then(|| plural(number, severity.name()))
    });
    counted.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Whether something in the notes is in error.
pub(super) fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// A number with its noun: `1 card`, `1 204 cards`.
pub(super) fn plural(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A number with its thousands set apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<String> =
        digits.as_bytes().rchunks(3).rev().map(|g| String::from_utf8_lossy(g).into_owned()).collect();
    groups.join(" ")
}

/// The size of a file in the largest unit that leaves a whole number in front.
pub(super) fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1_000 => return format!("{bytes} B"),
        1_000..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn findings_are_counted_by_severity() {
        let span = Span::default();
        let findings = [Finding::warning("a", "a", span), Finding::note("b", "b", span), Finding::note("c", "c", span)];
        assert_eq!(count(&findings), "1 warning, 2 notes");
        assert_eq!(count(&[]), "");
    }

    #[test]
    fn numbers_are_easy_to_read() {
        assert_eq!(plural(1, "card"), "1 card");
        assert_eq!(plural(1_234_567, "card"), "1 234 567 cards");
        assert_eq!([size(999), size(48_250), size(1_000_000)], ["999 B", "48.2 kB", "1.0 MB"]);
    }
}
