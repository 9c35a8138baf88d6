//! Admonitions as Material for `MkDocs` writes them: `!!! note "Title"` or `??? tip`, with what they say
//! indented below, become quotes that begin with `[!label]`.

use super::lines::{self, Line};
use crate::markdown::view::{View, Weaver};
use std::ops::Range;

/// How deep admonitions may stand in each other.
const DEPTH: usize = 4;

/// How far in the body stands, in columns.
const INDENT: usize = 4;

/// Rewrites the admonitions of a view.
pub(super) fn fold(mut view: View<'_>) -> View<'_> {
    for _ in 0..DEPTH {
        match once(&view) {
            Some(woven) => view = woven,
            None => break,
        }
    }
    view
}

fn once<'n>(view: &View<'n>) -> Option<View<'n>> {
    if !view.text.contains("!!! ") && !view.text.contains("???") {
        return None;
    }
    let lines = lines::read(&view.text);
    let mut weaver = Weaver::new(view);
    let (mut at, mut woven) = (0, false);
    while at < lines.len() {
        let line = &lines[at];
        let head = opening(line, &view.text).filter(|_| line.plain());
        let Some((name, title)) = head.filter(|_| lines.get(at + 1).is_some_and(|next| inside(line, next, &view.text)))
        else {
            at += 1;
            continue;
        };
        woven = true;
        weaver.keep_to(line.body);
        weaver.add("> [!");
        take(&mut weaver, name);
        weaver.add("] ");
        take(&mut weaver, title);
        let lead = format!("{}{}> ", line.marks(&view.text), " ".repeat(line.indent));
        weaver.skip_to(line.next);
        weaver.add(&format!("\n{}\n", lead.trim_end()));
        let body = lines[at + 1..].iter().take_while(|next| next.blank() || inside(line, next, &view.text)).count();
        let last = (1..=body).rev().find(|n| !lines[at + n].blank()).unwrap_or(0);
        for next in &lines[at + 1..=at + last] {
            weaver.skip_to(stripped(line, next, &view.text));
            weaver.add(&lead);
            weaver.keep_to(next.next);
        }
        weaver.add(&format!("\n{}\n", line.marks(&view.text).trim_end()));
        at += last + 1;
    }
    woven.then(|| weaver.finish())
}

fn take(weaver: &mut Weaver, range: Range<usize>) {
    weaver.skip_to(range.start);
    weaver.keep_to(range.end);
}

/// Whether a line belongs to the admonition of another.
fn inside(opening: &Line, line: &Line, text: &str) -> bool {
    // A quotation at the margin stands behind it, not in it.
    let margin = text[line.start..line.end].len() - text[line.start..line.end].trim_start().len();
    let quoted = line.quotes > opening.quotes && (opening.quotes > 0 || margin >= opening.indent + INDENT);
    !line.blank() && line.quotes >= opening.quotes && (quoted || line.indent >= opening.indent + INDENT)
}

/// The byte behind the indentation of a line of the body.
fn stripped(opening: &Line, line: &Line, text: &str) -> usize {
    if line.blank() || line.quotes > opening.quotes {
        return line.inner.min(line.body);
    }
    let blanks = &text[line.inner..line.body];
    let ends = blanks.char_indices().map(|(at, c)| at + c.len_utf8());
    line.inner + ends.take_while(|end| lines::columns(&blanks[..*end]) <= opening.indent + INDENT).last().unwrap_or(0)
}

/// The bytes of name and title of `!!! name "Title"`, also of `???` and `???+`.
fn opening(line: &Line, text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let words = line.words(text);
    let rest = ["!!!", "???+", "???"].iter().find_map(|mark| words.strip_prefix(mark))?;
    let named = rest.trim_start();
    let end = named.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(named.len());
    let start = line.end - named.len();
    let tail = named[end..].split('"').nth(1).unwrap_or_default();
    let title = match named[end..].find('"') {
        Some(quote) => start + end + quote + 1..start + end + quote + 1 + tail.len(),
        None => start + end..start + end,
    };
    (end > 0 && rest.starts_with(' ')).then_some((start..start + end, title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_and_titles() {
        let read = |text: &'static str| {
            let (name, title) = opening(&lines::read(text)[0], text)?;
            Some((&text[name], &text[title]))
        };
        assert_eq!(read("!!! note \"A title\"\n"), Some(("note", "A title")));
        assert_eq!(read("???+ tip"), Some(("tip", "")));
        assert_eq!(read("!!!"), None);
        assert_eq!(read("??? really"), Some(("really", "")));
    }
}
