//! Card sides as plain text: words without marks, code in backticks, formulas in dollar signs, gaps
//! as `{{c1::gap::hint}}`.

use super::clean;
use crate::card::{Content, Part, is_played};
use crate::markdown::text::{Atom, Run, Text};

/// One side of a card; its parts begin on lines of their own.
pub fn content(content: &Content) -> String {
    content.0.iter().map(part).collect::<Vec<_>>().join("\n")
}

/// One side of a card on a single line, for logs and expected results.
pub fn line(side: &Content) -> String {
    let text = content(side);
    let lines = text.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" / ")
}

/// Running text.
pub fn text(text: &Text) -> String {
    let gaps = text.runs().chunk_by(|a, b| gap_number(a) == gap_number(b));
    gaps.map(|runs| gap(text.plain(), runs)).collect()
}

fn part(part: &Part) -> String {
    match part {
        Part::Paragraph(paragraph) => text(paragraph),
        Part::Code { language, code } => fenced(language, code),
        Part::Math(formula) => format!("$${}$$", text(&formula.restyle(|s| s.atom = Atom::Words))),
        Part::List { start, items } => list(*start, items),
        Part::Table { head, rows } => table(head, rows),
        Part::Quote(quoted) => indent(&content(quoted), "> ", "> "),
    }
}

fn gap_number(run: &Run) -> Option<u16> {
    run.style.gap.as_ref().map(|gap| gap.number)
}

/// Neighbouring runs in one gap, or in none. Inside, `}}` and `::` are broken up: they would end the gap.
fn gap(plain: &str, runs: &[Run]) -> String {
    let words: String = runs.iter().map(|run| atom(&author(&plain[run.start..run.end]), run)).collect();
    let Some(gap) = runs.first().and_then(|run| run.style.gap.as_ref()) else { return words };
    let hint = gap.hint.as_deref().filter(|h| !h.is_empty()).map(|h| format!("::{}", inside_gap(&clean(h))));
    format!("{{{{c{}::{}{}}}}}", gap.number, inside_gap(&words), hint.unwrap_or_default())
}

/// Characters of the author's, clean; what would read as the beginning of a gap is broken up.
fn author(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if c == '{' && out.ends_with('{') && is_gap_number(&text[at + 1..]) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

fn is_gap_number(text: &str) -> bool {
    text.strip_prefix('c').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn inside_gap(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        if matches!(c, '}' | ':') && out.ends_with(c) {
            out.push(' ');
        }
        out.push(c);
    }
    if out.ends_with(['}', ':']) {
        out.push(' ');
    }
    out
}

fn atom(characters: &str, run: &Run) -> String {
    match &run.style.atom {
        // Without its mark, ten to the sixth would read 106.
        Atom::Words if run.style.superscript => format!("^{characters}"),
        Atom::Words | Atom::Break => characters.to_owned(),
        Atom::Code => inline_code(characters),
        Atom::Math { display: true } => format!("$${characters}$$"),
        Atom::Math { display: false } => format!("${characters}$"),
        Atom::Image { src } => image(src, characters),
    }
}

/// An image or a sound, described.
pub(crate) fn image(src: &str, alt: &str) -> String {
    let what = if is_played(src) { "sound" } else { "image" };
    if alt.trim().is_empty() { format!("[{what}]") } else { format!("[{what}: {alt}]") }
}

fn inline_code(code: &str) -> String {
    if code.contains('`') { format!("`` {code} ``") } else { format!("`{code}`") }
}

fn fenced(language: &str, code: &str) -> String {
    let fence = if code.contains("```") { "````" } else { "```" };
    format!("{fence}{}\n{}\n{fence}", clean(language), author(code.trim_end_matches('\n')))
}

fn list(start: Option<u64>, items: &[Content]) -> String {
    let item = |(index, item): (u64, &Content)| {
        let marker = start.map_or("- ".to_owned(), |first| format!("{}. ", first.saturating_add(index)));
        indent(&content(item), &marker, &" ".repeat(marker.len()))
    };
    (0..).zip(items).map(item).collect::<Vec<_>>().join("\n")
}

fn table(head: &[Text], rows: &[Vec<Text>]) -> String {
    let row = |cells: &[Text]| cells.iter().map(text).collect::<Vec<_>>().join(" | ");
    let head = (!head.iter().all(Text::is_blank)).then(|| row(head));
    head.into_iter().chain(rows.iter().map(|cells| row(cells))).collect::<Vec<_>>().join("\n")
}

fn indent(text: &str, first: &str, others: &str) -> String {
    format!("{first}{}", text.replace('\n', &format!("\n{others}")))
}

#[cfg(test)]
#[path = "plain_tests.rs"]
mod tests;
