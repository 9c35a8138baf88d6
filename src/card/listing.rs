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
    let text = set_in(text, label, INDENT);
    out.push_str(text.trim_end());
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

/// The text with `first` before its first line and `others` before the others, but not before empty ones.
fn set_in(text: &str, first: &str, others: &str) -> String {
    let mut out = first.to_owned();
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
            out.push_str(if line.is_empty() { others.trim_end() } else { others });
        }
        out.push_str(line);
    }
    out
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{CardId, Kind, SourcePlace};
    use crate::markdown::text::Style;
    use crate::source::Span;

    fn card(body: Body) -> Card {
        Card {
            id: CardId::default(),
            lineage: crate::card::Lineage::default(),
            kind: Kind::Trap,
            body,
            trail: vec!["Exam".to_owned(), "S3".to_owned()],
            deck: String::new(),
            tags: Vec::new(),
            why: Some(Content::words("because")),
            rule: "term",
            anchor: Span::default(),
            span: Span::default(),
            source: SourcePlace { file: "a.md".to_owned(), line: 3, end_line: 4 },
            also: Vec::new(),
        }
    }

    fn styled(plain: &str, change: impl Fn(&mut Style)) -> Text {
        Text::words(plain).restyle(change)
    }

    #[test]
    fn the_head_names_kind_rule_trail_and_lines() {
        let question = || Body::Question { question: Content::words("q"), answer: Content::words("a") };
        let expected = "[trap] term  Exam › S3  @ 3-4\nQ: q\nA: a\nwhy: because\n";
        assert_eq!(listing(&[card(question())]), expected);
        let mut one_line = card(question());
        (one_line.source.end_line, one_line.trail, one_line.why) = (3, Vec::new(), None);
        let both = [one_line.clone(), one_line];
        assert_eq!(
            listing_with_paths(&both),
            "[trap] term  @ a.md:3\nQ: q\nA: a\n\n[trap] term  @ a.md:3\nQ: q\nA: a\n"
        );
    }

    #[test]
    fn marks_that_carry_meaning_are_shown() {
        let marked = Text::words("is ")
            .join(&styled("a`b", |style| style.atom = Atom::Code))
            .then(" or ")
            .join(&styled("x^2", |style| style.atom = Atom::Math { display: false }))
            .join(&styled(" bold", |style| style.strong = true));
        assert_eq!(text(&marked), "is ``a`b`` or $x^2$ bold");
        let gap = |hint: Option<&str>| Some(Gap { number: 2, hint: hint.map(Into::into) });
        let bold_gap =
            styled("11 ", |s| s.gap = gap(None)).join(&styled("nines", |s| (s.gap, s.strong) = (gap(None), true)));
        assert_eq!(text(&bold_gap), "{{c2::11 nines}}");
        assert_eq!(text(&styled("S3", |style| style.gap = gap(Some("service")))), "{{c2::S3::service}}");
    }

    #[test]
    fn options_and_blocks_keep_their_form() {
        let option = |letter, words, correct| Choice { letter, content: Content::words(words), correct };
        let code = Part::Code { language: "sh".to_owned(), code: "ls\n\npwd\n".to_owned() };
        let list = Part::List { start: Some(9), items: vec![Content::words("x"), Content(vec![code])] };
        let stem = Content(vec![Part::Paragraph(Text::words("which?")), list]);
        let options = vec![option('A', "this", true), option('B', "that", false)];
        let expected = "[trap] term  Exam › S3  @ 3-4\nQ: which?\n   9. x\n   10. ```sh\n       ls\n\n       pwd\n       ```\n\
                        (x) A) this\n( ) B) that\nwhy: because\n";
        assert_eq!(listing(&[card(Body::Choice { stem, options })]), expected);
    }
}
