//! Headings that are set in bold instead of marked: `**S3 Standard**` alone on a line, with what is
//! said of it below. Each counts as one level below the heading above it.

use super::block::{Block, BlockKind};
use super::labels;
use super::text::{Atom, Text};

/// The most words of such a heading above a list, above anything else, and with a number in front.
const WORDS: (usize, usize, usize) = (8, 4, 14);

/// Turns bold lines into headings.
pub(super) fn find(blocks: &mut [Block], note: &str) {
    let mut level = 0;
    for at in 0..blocks.len() {
        if let BlockKind::Heading { level: own, .. } = blocks[at].kind {
            level = own;
            continue;
        }
        let Some(text) = heading(blocks, at, note) else { continue };
        blocks[at].kind = BlockKind::Heading { level: (level + 1).clamp(2, 6), text };
    }
}

/// The words of a bold line that heads what stands below it.
fn heading(blocks: &[Block], at: usize, note: &str) -> Option<Text> {
    let BlockKind::Paragraph(text) = &blocks[at].kind else { return None };
    let most = match &blocks.get(at + 1)?.kind {
        BlockKind::List { .. } => WORDS.0,
        BlockKind::Paragraph(below) if !is_bold(below) => WORDS.1,
        BlockKind::Table { .. } | BlockKind::Code { .. } | BlockKind::Math(_) => WORDS.1,
        _ => return None,
    };
    let one_line = !note[blocks[at].span.start..blocks[at].span.end].contains(['\n', '\r']);
    let words = text.plain().split_whitespace().count();
    let label = text.plain().trim().trim_end_matches([':', '：']).trim_end();
    let begins = label.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
    let says = label.ends_with(['.', '!', '?', ',', ';', '。', '！', '？'])
        || [" = ", "::", ": ", "→", "->", "=>"].iter().any(|mark| label.contains(mark));
    let role = labels::is_answer(label) || labels::is_remark(label) || labels::question_number(label).is_some();
    let single = label.chars().count() < 2 || is_page(label);
    let most = if label.starts_with(|c: char| c.is_ascii_digit()) { most.max(WORDS.2) } else { most };
    (one_line && is_bold(text) && words <= most && begins && !says && !role && !single).then(|| text.clone())
}

/// Whether a line only tells the page of what was copied: `Page 12`.
fn is_page(label: &str) -> bool {
    let number = label.strip_prefix("Page ").unwrap_or_default();
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text is bold from its first word to its last; a colon may stand behind.
fn is_bold(text: &Text) -> bool {
    let wordless = |plain: &str| plain.chars().all(|c| c.is_whitespace() || matches!(c, ':' | '：'));
    let mut runs = text.runs().iter().filter(|r| !wordless(&text.plain()[r.start..r.end])).peekable();
    runs.peek().is_some() && runs.all(|r| r.style.strong && r.style.atom == Atom::Words && r.style.link.is_none())
}
