//! Manual pages for the terminal: Markdown to wrapped, indented plain text.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::screen::Look;

/// The widest line that is easy to read.
const WIDEST: usize = 88;

/// Sets a manual page; ends with a line feed.
pub(super) fn render(markdown: &str, look: Look) -> String {
    let mut page = Page { look, ..Page::default() };
    for event in Parser::new(markdown) {
        page.take(event);
    }
    page.out.trim_end().to_owned() + "\n"
}

/// Each line of a text behind blanks; ends with a line feed.
pub(super) fn indented(text: &str, blanks: usize) -> String {
    let line = |line: &str| format!("{:blanks$}{line}", "").trim_end().to_owned() + "\n";
    text.trim_matches('\n').lines().map(line).collect()
}

/// A page being set.
#[derive(Default)]
struct Page {
    look: Look,
    out: String,
    /// What has been read of the paragraph, heading, item or code block that is open.
    words: String,
    /// The bullet or number that the next line begins with.
    marker: String,
    indent: usize,
    /// The number of the next item of each open list; none for bullets.
    lists: Vec<Option<u64>>,
}

impl Page {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.words.push_str(&text),
            Event::Code(code) => self.words.extend(["`", &code, "`"]),
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag {
            Tag::List(first) => {
                self.paragraph("\n");
                self.lists.push(*first);
            }
            Tag::Item => {
                self.marker = self.next_marker();
                self.indent += 2;
            }
            Tag::BlockQuote(_) => self.indent += 2,
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let heading = std::mem::take(&mut self.words);
                self.out.push_str(&(self.look.bold(&heading) + "\n\n"));
            }
            TagEnd::CodeBlock => {
                let code = std::mem::take(&mut self.words);
                self.out.push_str(&(indented(&code, self.indent + 4) + "\n"));
            }
            TagEnd::Paragraph => self.paragraph("\n\n"),
            TagEnd::Item => {
                self.paragraph("\n");
                self.indent -= 2;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.out.push('\n');
                }
            }
            TagEnd::BlockQuote(_) => self.indent -= 2,
            _ => {}
        }
    }

    fn next_marker(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        }
    }

    /// Sets what has been read, then `end`; nothing where nothing has been read.
    fn paragraph(&mut self, end: &str) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let marker = std::mem::take(&mut self.marker);
        let first = " ".repeat(self.indent.saturating_sub(if marker.is_empty() { 0 } else { 2 })) + &marker;
        self.out.push_str(&wrap(&words, &first, self.indent, self.look.width.min(WIDEST)));
        self.out.push_str(end);
    }
}

/// Breaks words into lines: `first` begins the first one, `indent` blanks the others.
fn wrap(words: &str, first: &str, indent: usize, width: usize) -> String {
    let mut out = first.to_owned();
    let mut column = first.chars().count();
    let mut at_start = true;
    for word in words.split_whitespace() {
        let length = word.chars().count();
        if !at_start && column + 1 + length > width {
            out.extend(["\n", &" ".repeat(indent)]);
            (column, at_start) = (indent, true);
        }
        if !at_start {
            out.push(' ');
        }
        out.push_str(word);
        column += length + usize::from(!at_start);
        at_start = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(markdown: &str) -> String {
        render(markdown, Look { color: false, width: 40 })
    }

    #[test]
    fn paragraphs_are_wrapped_and_code_is_not() {
        let page = "## Fires\n\nOn a **label** such as `Exam trap:` at the\nbeginning of a line of the note.\n\n```md\na   b\n\nc\n```\n\nEnd.";
        let expected = "Fires\n\nOn a label such as `Exam trap:` at the\nbeginning of a line of the note.\n\n    a   b\n\n    c\n\nEnd.\n";
        assert_eq!(plain(page), expected);
    }

    #[test]
    fn items_hang_behind_their_markers() {
        let expected = "- one two three four five six seven\n  eight nine\n- ten\n\nEnd.\n";
        assert_eq!(plain("- one two three four five six seven eight nine\n- ten\n\nEnd."), expected);
        assert_eq!(plain("1. a\n2. b\n   - c\n"), "1. a\n2. b\n  - c\n");
    }
}
