//! Block elements of HTML that hold nothing but text (`<p>`, `<div>`, `<h2>`, `<li>`) give way to
//! what they mean in Markdown; otherwise the parser would take their words for markup.

use super::lines::{self, Line};
use crate::markdown::html::Tag;
use crate::markdown::view::{View, Weaver};
use std::ops::Range;

/// Elements that only group.
const GROUPS: &[&str] = &[
    "address", "article", "aside", "center", "div", "figcaption", "figure", "footer", "header", "main", "nav", "ol",
    "p", "section", "ul",
];

/// What takes the place of a tag.
enum Stand {
    /// The border of a paragraph.
    Border,
    /// A border, and then these characters.
    Begin(&'static str),
}

/// Rewrites lines that begin with such an element, and those after them up to a blank line.
pub(super) fn unwrap<'n>(view: &View<'n>) -> Option<View<'n>> {
    if !view.text.lines().any(|line| line.trim_start_matches([' ', '\t', '>']).starts_with('<')) {
        return None;
    }
    let mut weaver = Weaver::new(view);
    let mut inside = false;
    for line in lines::read(&view.text) {
        let words = line.words(&view.text);
        inside = !line.raw && !line.blank() && (inside || (!line.code && words.starts_with('<') && first(words)));
        if inside {
            rewrite(&mut weaver, &view.text, &line);
        }
    }
    Some(weaver.finish())
}

/// Whether the words begin with a tag that gives way.
fn first(words: &str) -> bool {
    let end = words.find('>').map_or(words.len(), |n| n + 1);
    Tag::parse(&words[..end]).is_some_and(|tag| stand(&tag).is_some())
}

fn stand(tag: &Tag) -> Option<Stand> {
    const HASHES: &str = "###### ";
    let name = tag.name.as_str();
    if GROUPS.contains(&name) {
        return Some(Stand::Border);
    }
    let begin = match name {
        "li" => "- ",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => &HASHES[6 - usize::from(name.as_bytes()[1] - b'0')..],
        _ => return None,
    };
    Some(if tag.closing { Stand::Border } else { Stand::Begin(begin) })
}

fn rewrite(weaver: &mut Weaver, text: &str, line: &Line) {
    let before = format!("{}{}", line.marks(text), " ".repeat(line.room));
    weaver.keep_to(line.inner);
    weaver.skip_to(line.body);
    weaver.add(&before[line.marks(text).len()..]);
    for (range, stand) in tags(text, line) {
        weaver.keep_to(range.start);
        weaver.add(&format!("\n{}\n{before}", before.trim_end()));
        if let Stand::Begin(mark) = stand {
            weaver.add(mark);
        }
        // What is indented behind a tag is not code.
        weaver.skip_to(line.end - text[range.end..line.end].trim_start().len());
    }
    weaver.keep_to(line.next);
}

fn tags(text: &str, line: &Line) -> Vec<(Range<usize>, Stand)> {
    let words = line.words(text);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = words[at..].find('<').map(|n| at + n) {
        let Some(end) = words[start..].find('>').map(|n| start + n + 1) else { break };
        at = start + 1;
        if let Some(stand) = Tag::parse(&words[start..end]).and_then(|tag| stand(&tag)) {
            out.push((line.body + start..line.body + end, stand));
            at = end;
        }
    }
    out
}
