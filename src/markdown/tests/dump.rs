//! A block tree as compact text, for tests.

use crate::markdown::block::{Block, BlockKind, Item, Marker, Row};
use crate::markdown::text::{Atom, Style, Text};

/// The blocks, one a line, those inside indented.
pub(crate) fn dump(blocks: &[Block]) -> String {
    let mut out = String::new();
    write_blocks(&mut out, blocks, 0);
    out
}

fn write_blocks(out: &mut String, blocks: &[Block], depth: usize) {
    for block in blocks {
        write_block(out, block, depth);
    }
}

fn line(out: &mut String, depth: usize, words: &str) {
    out.push_str(&"  ".repeat(depth));
    out.push_str(words.trim_end());
    out.push('\n');
}

fn write_block(out: &mut String, block: &Block, depth: usize) {
    let title = |text: &Option<Text>| text.as_ref().map(show).unwrap_or_default();
    let (head, inner): (String, &[Block]) = match &block.kind {
        BlockKind::Heading { level, text } => (format!("h{level} {}", show(text)), &[]),
        BlockKind::Paragraph(text) => (format!("p {}", show(text)), &[]),
        BlockKind::Math(text) => (format!("math {}", show(text)), &[]),
        BlockKind::Quote(blocks) => ("quote".into(), blocks),
        BlockKind::Callout { label, title: t, blocks } => (format!("callout <{label}> {}", title(t)), blocks),
        BlockKind::Details { summary, blocks } => (format!("details {}", title(summary)), blocks),
        BlockKind::Footnote { label, blocks } => (format!("footnote {label}"), blocks),
        BlockKind::Code { language, code } => (format!("code {language} {code:?}"), &[]),
        BlockKind::Html(html) => (format!("html {html:?}"), &[]),
        BlockKind::Rule => ("rule".into(), &[]),
        BlockKind::FrontMatter => ("front".into(), &[]),
        BlockKind::List { marker, items } => return write_list(out, *marker, items, depth),
        BlockKind::Table { head, rows } => return write_table(out, head, rows, depth),
    };
    line(out, depth, &head);
    write_blocks(out, inner, depth + 1);
}

fn write_list(out: &mut String, marker: Marker, items: &[Item], depth: usize) {
    let name = match marker {
        Marker::Bullet => "list".to_owned(),
        Marker::Number(first) => format!("list {first}"),
        Marker::Letter => "options".to_owned(),
    };
    line(out, depth, &name);
    for item in items {
        let box_ = item.checked.map_or("", |c| if c { "[x]" } else { "[ ]" });
        let letter = item.letter.map(String::from).unwrap_or_default();
        let words = item.text().map(show).unwrap_or_default();
        line(out, depth + 1, &format!("-{letter}{box_} {words}"));
        write_blocks(out, item.rest(), depth + 2);
    }
}

fn write_table(out: &mut String, head: &Row, rows: &[Row], depth: usize) {
    line(out, depth, "table");
    for row in std::iter::once(head).chain(rows) {
        let cells: Vec<String> = row.cells.iter().map(show).collect();
        line(out, depth + 1, &cells.join(" | "));
    }
}

/// Words with their marks.
pub(crate) fn show(text: &Text) -> String {
    text.runs().iter().map(|run| marked(&text.plain()[run.start..run.end], &run.style)).collect()
}

fn marked(words: &str, style: &Style) -> String {
    let mut out = match &style.atom {
        Atom::Words => words.to_owned(),
        Atom::Code => format!("`{words}`"),
        Atom::Math { display } => format!("${words}${}", if *display { "$" } else { "" }),
        Atom::Image { src } => format!("![{words}]({src})"),
        Atom::Break => "⏎".to_owned(),
    };
    let marks = [
        (style.strong, "*"),
        (style.emphasis, "/"),
        (style.strike, "~"),
        (style.highlight, "="),
        (style.superscript, "^"),
        (style.subscript, "_"),
        (style.link.is_some(), "@"),
    ];
    for (_, mark) in marks.iter().filter(|(on, _)| *on) {
        out = format!("{mark}{out}{mark}");
    }
    out
}
