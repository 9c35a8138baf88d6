//! `::: tip` containers and `<details>` become quotes that begin with `[!label]`, so that the
//! parser reads what they hold as blocks.

use super::folder::{Folder, Sign};
use super::lines::{self, Line};
use super::{details, folder};
use crate::diagnostic::Finding;
use crate::markdown::view::View;
use crate::source::{SourceFile, Span};
use std::ops::Range;

/// Containers that only lay out what they hold.
const LAYOUT: &[&str] = &[
    "card", "cards", "center", "code-group", "column", "columns", "container", "div", "grid", "left", "right", "row",
    "steps", "tab", "tab-item", "tab-set", "tabs",
];

/// Rewrites the containers of a view; reports those that have no end.
pub(super) fn fold<'n>(view: View<'n>, file: &SourceFile) -> (View<'n>, Vec<Finding>) {
    if !view.text.contains(":::") && !details::any(&view.text) {
        return (view, Vec::new());
    }
    let lines = lines::read(&view.text);
    let mut folder = Folder::new(&view, details::endless(&view.text, &lines));
    for each in &lines {
        line(&mut folder, each);
    }
    let (woven, unclosed) = folder.finish();
    let place = |range: Range<usize>| {
        let origins = view.origins(range);
        Span::new(file.id, origins.start, origins.end)
    };
    let findings = unclosed.into_iter().map(|(sign, range)| complain(sign, place(range))).collect();
    (woven, findings)
}

fn complain(sign: Sign, span: Span) -> Finding {
    match sign {
        Sign::Details => Finding::note("unclosed-details", "`<details>` has no end", span)
            .help("write `</details>` on a line of its own where the folded text ends"),
        Sign::Colons(n) => Finding::warning("unclosed-container", "this container has no end", span)
            .help(format!("write `{}` on a line of its own where it ends", ":".repeat(n))),
    }
}

fn line(folder: &mut Folder, line: &Line) {
    folder.end_unclosed(line);
    let rewritten = line.plain() && (colons(folder, line) || details::line(folder, line));
    if !rewritten {
        folder.content(line);
    }
}

/// A line of colons opens or closes a container; whether it does.
fn colons(folder: &mut Folder, line: &Line) -> bool {
    let words = line.words(folder.text);
    let name = words.trim_start_matches(':');
    let count = words.len() - name.len();
    if count < 3 {
        return false;
    }
    if name.is_empty() {
        folder.close(Sign::Colons(count), line);
        folder.skip_to(line.next);
        return true;
    }
    let named = name.trim_start().starts_with(|c: char| c.is_alphabetic() || c == '{');
    if named {
        open(folder, line, count);
    }
    named
}

/// `:::name Title`, `:::name[Title]`, `::: {.name title="Title"}`.
fn open(folder: &mut Folder, line: &Line, count: usize) {
    let head = line.body + count..line.end;
    let name = name(&folder.text[head.clone()]);
    let name = head.start + name.start..head.start + name.end;
    let opening = folder::Opening { sign: Sign::Colons(count), bytes: line.body..line.end, column: line.indent };
    let label = &folder.text[name.clone()];
    if label.is_empty() || LAYOUT.contains(&label.to_lowercase().as_str()) {
        folder.open_layout(line, opening);
    } else if folder.open(line, opening) {
        let title = title(folder.text, name.end..head.end);
        folder.add("[!");
        folder.take(name);
        folder.add("] ");
        folder.take(title);
        folder.blank_line(line);
    }
    folder.skip_to(line.next);
}

/// The bytes of a container's name at the start of its heading line; Quarto writes `callout-tip`.
fn name(head: &str) -> Range<usize> {
    let start = head.len() - head.trim_start_matches(['{', '.', ' ', '\t']).len();
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let end = head[start..].find(|c| !part(c)).map_or(head.len(), |n| start + n);
    let name = &head[start..end];
    end - name.strip_prefix("callout-").unwrap_or(name).len()..end
}

/// The bytes of a container's title, without brackets and attributes.
fn title(text: &str, tail: Range<usize>) -> Range<usize> {
    let words = &text[tail.clone()];
    if let Some(at) = words.find("title=\"") {
        let start = tail.start + at + "title=\"".len();
        let end = text[start..tail.end].find('"').map_or(tail.end, |n| start + n);
        return start..end;
    }
    let attributes = words.find('{').unwrap_or(words.len());
    let words = words[..attributes].trim_end_matches([' ', '\t', ']', '}']);
    let start = tail.start + words.len() - words.trim_start_matches([' ', '\t', '[', '}']).len();
    start..tail.start + words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_and_titles() {
        let read = |head: &'static str| {
            let name = name(head);
            (&head[name.clone()], &head[title(head, name.end..head.len())])
        };
        assert_eq!(read(" tip Mind the gap"), ("tip", "Mind the gap"));
        assert_eq!(read("note[A title]{#id}"), ("note", "A title"));
        assert_eq!(read(" {.callout-tip title=\"T\"}"), ("tip", "T"));
        assert_eq!(read("{note}"), ("note", ""));
    }
}
