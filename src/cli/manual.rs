//! Manual pages for the terminal: Markdown to wrapped, indented plain text.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::screen::Look;

/// The widest line that is easy to read.
const WIDEST: usize = 88;

/// Sets a manual page; ends with a line feed.
pub(super) fn render(markdown: &str, look: Look) -> String {
    let mut page = Page { look, out: String::new(), words: String::new(), indent: 0, bullets: Vec::new(), code: false };
    for event in Parser::new(markdown) {
        page.take(event);
    }
    page.flush("");
    page.out.trim_end().to_owned() + "\n"
}

/// Each line of a text behind blanks; ends with a line feed.
pub(super) fn indented(text: &str, blanks: usize) -> String {
    let line = |line: &str| format!("{:blanks$}{line}", "").trim_end().to_owned() + "\n";
    text.trim_matches('\n').lines().map(line).collect()
}

/// A page being set.
struct Page {
    look: Look,
    out: String,
    /// The paragraph, heading, item or code block being read.
    words: String,
    indent: usize,
    /// The number of the next item of each open list; none for bullets.
    bullets: Vec<Option<u64>>,
    code: bool,
}

impl Page {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.words.push_str(&text),
            Event::Code(code) => self.words.push_str(&format!("`{code}`")),
            Event::SoftBreak => self.words.push(' '),
            Event::HardBreak => self.words.push('\n'),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag {
            Tag::CodeBlock(_) => {
                self.flush("");
                self.code = true;
            }
            Tag::List(start) => {
                self.flush("\n");
                self.bullets.push(*start);
            }
            Tag::Item => {
                let marker = match self.bullets.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.out.push_str(&format!("{:1$}{marker}", "", self.indent));
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
                self.out.push_str(&format!("{}\n\n", self.look.bold(&heading)));
            }
            TagEnd::CodeBlock => {
                self.code = false;
                let code = std::mem::take(&mut self.words);
                self.out.push_str(&indented(&code, self.indent + 4));
                self.out.push('\n');
            }
            TagEnd::Paragraph => self.flush("\n\n"),
            TagEnd::Item => {
                self.flush("\n");
                self.indent -= 2;
            }
            TagEnd::List(_) => {
                self.bullets.pop();
                self.out.push('\n');
            }
            TagEnd::BlockQuote(_) => self.indent -= 2,
            _ => {}
        }
    }

    /// Wraps what has been read, then adds `end`; nothing where nothing has been read.
    fn flush(&mut self, end: &str) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let width = self.look.width.min(WIDEST);
        let start = self.out.rfind('\n').map_or(0, |at| at + 1);
        let mut column = self.out[start..].chars().count();
        if column == 0 {
            self.out.push_str(&" ".repeat(self.indent));
            column = self.indent;
        }
        let mut first = true;
        for word in words.split_whitespace() {
            let length = word.chars().count();
            if !first && column + 1 + length > width {
                self.out.push_str(&format!("\n{:1$}", "", self.indent));
                column = self.indent;
            } else if !first {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(word);
            column += length;
            first = false;
        }
        self.out.push_str(end);
    }
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
        let expected = "- one two three four five six seven eight\n  nine\n- ten\n\nEnd.\n";
        assert_eq!(plain("- one two three four five six seven eight nine\n- ten\n\nEnd."), expected);
        assert_eq!(plain("1. a\n2. b\n   - c\n"), "1. a\n2. b\n  - c\n");
    }
}
