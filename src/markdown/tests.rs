//! What the parser makes of the main constructs, and what holds for every note.

mod dump;

use super::block::{Block, BlockKind};
use super::parse;
use super::text::{Atom, Text};
use crate::source::{FileId, SourceFile, Span};
use dump::dump;

fn note(text: &str) -> SourceFile {
    SourceFile::new(FileId(0), "note.md", text)
}

/// Compares the dump of a note, and checks what holds for every note.
#[track_caller]
fn expect(text: &str, tree: &str) {
    let file = note(text);
    let document = parse(&file);
    check(&file, &document.blocks);
    let lines = |s: &str| s.trim_matches('\n').lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    assert_eq!(lines(&dump(&document.blocks)), lines(tree), "of {text:?}");
}

/// Spans lie in their parents and on character borders; words stand where their runs say.
fn check(file: &SourceFile, blocks: &[Block]) {
    check_blocks(file, blocks, file.span());
}

fn check_blocks(file: &SourceFile, blocks: &[Block], parent: Span) {
    for block in blocks {
        check_span(file, block.span, parent);
        for text in block.text() {
            check_text(file, text);
        }
        match &block.kind {
            BlockKind::List { items, .. } => {
                for item in items {
                    check_span(file, item.span, block.span);
                    check_blocks(file, &item.blocks, item.span);
                }
            }
            BlockKind::Table { head, rows } => {
                for row in rows.iter().chain([head]) {
                    check_span(file, row.span, block.span);
                    row.cells.iter().for_each(|cell| check_text(file, cell));
                }
            }
            BlockKind::Quote(inner)
            | BlockKind::Callout { blocks: inner, .. }
            | BlockKind::Details { blocks: inner, .. }
            | BlockKind::Footnote { blocks: inner, .. } => check_blocks(file, inner, block.span),
            _ => {}
        }
    }
}

fn check_span(file: &SourceFile, span: Span, parent: Span) {
    assert!(parent.contains(span), "{span:?} is not within {parent:?}");
    assert!(file.text.get(span.start..span.end).is_some(), "{span:?} is not on character borders");
}

fn check_text(file: &SourceFile, text: &Text) {
    for run in text.runs().iter().filter(|r| r.style.atom == Atom::Words) {
        let words = &text.plain()[run.start..run.end];
        let source = run.source.map(|s| &file.text[s..]).unwrap_or_default();
        let same = words.chars().zip(source.chars()).all(|(a, b)| a == b || (a == ' ' && b.is_whitespace()));
        assert!(same || source.starts_with('&'), "{words:?} does not stand at {:?}", run.source);
    }
}

#[test]
fn plain_markdown() {
    expect(
        "# A *b*\n\nOne\ntwo `c` **d** ~~e~~.\n\n- x\n  - y\n- [x] z\n\n3. n\n\n> q\n\n```rs\nfn\n```\n\n---\n\n|a|b|\n|-|-|\n|1||\n",
        "h1 A /b/\np One two `c` *d* ~e~.\nlist\n  - x\n    list\n      - y\n  -[x] z\nlist 3\n  - n\nquote\n  p q\n\
         code rs \"fn\\n\"\nrule\ntable\n  a | b\n  1 |\n",
    );
}
