//! `recto check --explain`: the codes of findings, and the page of each with its example.

use super::error::Error;
use super::manual;
use super::report;
use super::screen::Look;
use crate::config::{Config, near};
use crate::diagnostic::codes::{self, CODES, Code};
use crate::source::{FileId, SourceFile};

/// The page of a code, or the list of all where none is named.
pub(super) fn text(name: &str, look: Look) -> Result<String, Error> {
    if name.is_empty() {
        return Ok(overview(look));
    }
    match codes::find(name) {
        Some(code) => Ok(page(code, look)),
        None => Err(Error::NoCode(name.to_owned(), near(name, &codes::names()))),
    }
}

fn overview(look: Look) -> String {
    let widest = CODES.iter().map(|code| code.name.len()).max().unwrap_or_default();
    let line = |code: &&Code| {
        let gap = " ".repeat(widest - code.name.len() + 2);
        format!("{}{gap}{:<7}  {}\n", look.bold(code.name), code.level.name(), code.summary)
    };
    let mut out: String = CODES.iter().map(line).collect();
    out.push_str("\n`recto check --explain CODE` tells more. A level is changed in recto.toml, below [lints].\n");
    out
}

/// What a code means and what to do, with a note that has it.
fn page(code: &Code, look: Look) -> String {
    let mut out = format!("{} - {} ({})\n\n", look.bold(code.name), code.summary, code.level.name());
    out.push_str(&manual::render(code.manual, look));
    if let Some(note) = code.example {
        out.push_str(&section("For example", &manual::indented(&note.replace('\0', "␀"), 4), look));
        let found = findings(code, note, look);
        if !found.is_empty() {
            out.push_str(&section("What is said of it", &manual::indented(&found, 4), look));
        }
    }
    let settings = format!("[lints]\n{} = \"allow\"    # or \"note\", \"warning\", \"error\"", code.name);
    out.push_str(&section("In recto.toml", &manual::indented(&settings, 4), look));
    if code.stage != codes::Stage::Reading {
        let comment = format!("<!-- recto: allow({}) -->", code.name);
        out.push_str(&section("In a note, above the block that may have it", &manual::indented(&comment, 4), look));
    }
    out
}

fn section(heading: &str, text: &str, look: Look) -> String {
    ["\n", &look.bold(heading), "\n\n", text].concat()
}

/// What compiling the example finds, drawn as everywhere.
fn findings(code: &Code, note: &str, look: Look) -> String {
    let files = [SourceFile::new(FileId(0), "example.md", note)];
    let found = crate::compile(&files, &Config::default()).findings;
    let plain = Look { color: false, ..look };
    report::draw(found.iter().filter(|finding| finding.code == code.name), &files, plain)
}
