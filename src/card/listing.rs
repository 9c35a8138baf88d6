//! Cards as people read and compare them: `cards.txt` of the tests, the examples of the rules'
//! manual pages, and the texts of the review database. Marks that carry meaning are shown as
//! Markdown would write them, bold and other looks are not. The format is fixed; `tests/README.md`
//! describes it.

use super::{Body, Card, Choice, Content, Part};
use crate::markdown::text::{Atom, Gap, Run, Text};

/// How far the second and later lines of an entry are set in.
const INDENT: &str = "   ";

/// The cards of one note, with a blank line between cards; empty if there are none.
pub fn listing(cards: &[Card]) -> String {
    join(cards, &|card| lines(card))
}

/// The cards of several notes: as [`listing`], with each note's path before its lines.
pub fn listing_with_paths(cards: &[Card]) -> String {
    join(cards, &|card| format!("{}:{}", card.source.file, lines(card)))
}

fn join(cards: &[Card], place: &dyn Fn(&Card) -> String) -> String {
    let entries: Vec<String> = cards.iter().map(|card| entry(card, &place(card))).collect();
    entries.join("\n")
}

fn lines(card: &Card) -> String {
    let (line, end) = (card.source.line, card.source.end_line);
    if line == end { line.to_string() } else { format!("{line}-{end}") }
}

fn entry(card: &Card, place: &str) -> String {
    let mut out = format!("[{}] {}", card.kind.name(), card.rule);
    if !card.trail.is_empty() {
        out.push_str("  ");
        out.push_str(&card.trail.join(" › "));
    }
    out.push_str("  @ ");
    out.push_str(place);
    out.push('\n');
    for (label, text) in body(&card.body) {
        push_entry(&mut out, label, &text);
    }
    if let Some(why) = &card.why {
        push_entry(&mut out, "why: ", &content(why));
    }
    out
}

fn push_entry(out: &mut String, label: &str, text: &str) {
    let text = text.replace('\n', &format!("\n{INDENT}"));
    out.push_str(format!("{label}{text}").trim_end());
    out.push('\n');
}

fn body(body: &Body) -> Vec<(&'static str, String)> {
    match body {
        Body::Question { question, answer } => vec![("Q: ", content(question)), ("A: ", content(answer))],
        Body::Reversible { front, back } => {
            vec![("Q: ", content(front)), ("A: ", content(back)), ("reversible", String::new())]
        }
        Body::Cloze { text } => vec![("C: ", content(text))],
        Body::Choice { stem, options } => {
            let mut entries = vec![("Q: ", content(stem))];
            entries.extend(options.iter().map(option));
            entries
        }
    }
}

fn option(option: &Choice) -> (&'static str, String) {
    let mark = if option.correct { "(x) " } else { "( ) " };
    (mark, format!("{}) {}", option.letter, content(&option.content)))
}

/// One side of a card as Markdown-like plain text, a line for each paragraph.
pub fn content(content: &Content) -> String {
    let parts: Vec<String> = content.0.iter().map(part).collect();
    parts.join("\n")
}

fn part(part: &Part) -> String {
    match part {
        Part::Paragraph(paragraph) => text(paragraph),
        Part::Code { language, code } => format!("```{language}\n{}\n```", code.trim_end_matches('\n')),
        Part::Math(formula) if has_gap(formula) => text(formula),
        Part::Math(formula) => format!("$${}$$", formula.plain()),
        Part::List { start, items } => list(*start, items),
        Part::Table { head, rows } => {
            let rows: Vec<String> = std::iter::once(head).chain(rows).map(|row| table_row(row)).collect();
            rows.join("\n")
        }
        Part::Quote(quoted) => set_in(&content(quoted), "> ", "> "),
    }
}

fn list(start: Option<u64>, items: &[Content]) -> String {
    let marker = |index: u64| start.map_or("- ".to_owned(), |first| format!("{}. ", first.saturating_add(index)));
    let items: Vec<String> = (0..)
        .zip(items)
        .map(|(index, item)| {
            let marker = marker(index);
            set_in(&content(item), &marker, &" ".repeat(marker.len()))
        })
        .collect();
    items.join("\n")
}

fn set_in(text: &str, first: &str, others: &str) -> String {
    format!("{first}{}", text.replace('\n', &format!("\n{others}")))
}

fn table_row(cells: &[Text]) -> String {
    let cells: Vec<String> = cells.iter().map(text).collect();
    format!("| {} |", cells.join(" | "))
}

fn has_gap(text: &Text) -> bool {
    text.runs().iter().any(|run| run.style.gap.is_some())
}

/// Running text with code in backticks, formulas in `$…$` and gaps as `{{c1::…}}`.
pub fn text(text: &Text) -> String {
    let mut out = String::new();
    let mut open: Option<&Gap> = None;
    for run in text.runs() {
        let gap = run.style.gap.as_ref();
        if gap != open {
            out.push_str(&open.map_or_else(String::new, gap_end));
            out.push_str(&gap.map_or_else(String::new, gap_start));
            open = gap;
        }
        out.push_str(&marked(&text.plain()[run.start..run.end], run));
    }
    out.push_str(&open.map_or_else(String::new, gap_end));
    out
}

fn gap_start(gap: &Gap) -> String {
    format!("{{{{c{}::", gap.number)
}

fn gap_end(gap: &Gap) -> String {
    let hint = gap.hint.as_ref().map_or_else(String::new, |hint| format!("::{hint}"));
    format!("{hint}}}}}")
}

fn marked(plain: &str, run: &Run) -> String {
    match &run.style.atom {
        Atom::Words | Atom::Break => plain.to_owned(),
        Atom::Code => code(plain),
        Atom::Math { display: false } => format!("${plain}$"),
        Atom::Math { display: true } => format!("$${plain}$$"),
        Atom::Image { src } => format!("![{plain}]({src})"),
    }
}

/// Inline code in as many backticks as it needs.
fn code(plain: &str) -> String {
    let fence = "`".repeat(longest_backticks(plain) + 1);
    let pad = if plain.starts_with('`') || plain.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{plain}{pad}{fence}")
}

fn longest_backticks(plain: &str) -> usize {
    plain.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
