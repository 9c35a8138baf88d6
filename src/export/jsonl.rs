//! JSON Lines: each card as one JSON object on a line of its own, in plain text, for other programs.

use super::{ExportError, Exporter, Job, Sink};
use crate::card::{Body, Card, Choice};
use crate::render::{clean, plain};
use serde::Serialize;
use std::io::{BufWriter, Write as _};

/// The file of JSON objects.
pub(super) const JSONL: Exporter = Exporter {
    name: "jsonl",
    extension: "jsonl",
    summary: "one JSON object a line for each card, for other programs",
    manual: include_str!("jsonl.md"),
    usual: true,
    export,
};

/// A card; the keys stand in this order, and those without a value are left out.
#[derive(Debug, Default, Serialize)]
struct Line<'a> {
    id: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    front: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    back: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answer: Vec<char>,
    #[serde(skip_serializing_if = "is_false")]
    reversible: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    trail: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    deck: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    rule: &'a str,
    source: Source<'a>,
}

#[derive(Debug, Default, Serialize)]
struct Source<'a> {
    file: &'a str,
    line: usize,
    end_line: usize,
}

fn export(job: &Job, out: &mut dyn Sink) -> Result<(), ExportError> {
    let failed = |error: std::io::Error| ExportError::new("write the JSON file", error);
    let mut out = BufWriter::new(out);
    for card in &job.deck.cards {
        serde_json::to_writer(&mut out, &line(card)).map_err(|e| failed(e.into()))?;
        out.write_all(b"\n").map_err(failed)?;
    }
    out.flush().map_err(failed)
}

/// A card as other programs read it: the same fields as on a line of the file.
pub fn record(card: &Card) -> impl Serialize {
    line(card)
}

fn line(card: &Card) -> Line<'_> {
    let about = Line {
        id: &card.id.0,
        kind: card.kind.name(),
        why: card.why.as_ref().map(plain::content),
        trail: clean(&card.trail.join(" > ")).into_owned(),
        deck: &card.deck,
        tags: &card.tags,
        rule: card.rule,
        source: Source { file: &card.source.file, line: card.source.line, end_line: card.source.end_line },
        ..Line::default()
    };
    match &card.body {
        Body::Question { question: front, answer: back } => {
            Line { front: Some(plain::content(front)), back: Some(plain::content(back)), ..about }
        }
        Body::Reversible { front, back } => {
            Line { front: Some(plain::content(front)), back: Some(plain::content(back)), reversible: true, ..about }
        }
        Body::Cloze { text } => Line { text: Some(plain::content(text)), ..about },
        Body::Choice { stem, options } => {
            let right: Vec<&Choice> = options.iter().filter(|o| o.correct).collect();
            let back: Vec<String> = right.iter().map(|o| stated(&plain::content(&o.content), right.len())).collect();
            Line {
                front: Some(plain::content(stem)),
                back: Some(back.join("; ")),
                options: options.iter().map(|o| format!("{}) {}", o.letter, plain::content(&o.content))).collect(),
                answer: right.iter().map(|o| o.letter).collect(),
                ..about
            }
        }
    }
}

/// A right option; one of several goes without its full stop.
fn stated(option: &str, count: usize) -> String {
    if count > 1 { option.trim_end_matches('.').to_owned() } else { option.to_owned() }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use super::JSONL;
    use crate::export::samples;

    #[test]
    fn a_line_for_each_card() {
        let text = String::from_utf8(JSONL.bytes(&samples::deck()).expect("a file")).expect("UTF-8");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            r#"{"id":"AAAAAAAAAAA1","kind":"fact","front":"q","back":"a, \"b\"","why":"because","trail":"Streams > Limits","deck":"Exam::Streams","tags":["aws"],"rule":"sample","source":{"file":"streams.md","line":3,"end_line":4}}"#
        );
        assert!(lines[1].contains(r#""back":"b","reversible":true"#));
        assert!(lines[2].contains(r#""text":"one {{c1::two}}""#));
        assert!(lines[3].contains(r#""back":"x; z","options":["A) x","B) y","C) z"],"answer":["A","C"]"#));
    }
}
