//! Card sides as HTML: what Anki's fields hold, and what can be printed.

use super::escape::{self, Place};
use super::inline;
use super::syntax::{self, Piece};
use crate::card::{Content, Part};
use crate::markdown::text::Text;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How card text becomes HTML.
#[derive(Debug, Clone, Copy)]
pub struct Html<'a> {
    /// The names of the files that travel with the deck; other images appear as their description.
    pub media: &'a BTreeSet<String>,
    /// Whether gaps are written as Anki's clozes; else they look like any other text.
    pub gaps: bool,
}

impl Html<'_> {
    /// One side of a card. A single paragraph stands without a block around it.
    pub fn content(&self, content: &Content) -> String {
        let html = match &content.0[..] {
            [Part::Paragraph(text)] => self.text(text),
            parts => each(parts, |part| self.part(part)),
        };
        super::clean(&html).into_owned()
    }

    /// Running text.
    pub fn text(&self, text: &Text) -> String {
        inline::text(self, text)
    }

    /// Words without marks.
    pub fn words(&self, words: &str) -> String {
        let mut out = String::new();
        escape::words(&mut out, words, self.place());
        out
    }

    fn place(&self) -> Place {
        if self.gaps { Place::ClozeField } else { Place::Field }
    }

    fn part(&self, part: &Part) -> String {
        match part {
            Part::Paragraph(text) => format!("<p>{}</p>", self.text(text)),
            Part::Code { language, code } => self.code(language, code),
            Part::Math(text) => format!("<div class=\"formula\">{}</div>", inline::formula(self, text)),
            Part::List { start, items } => self.list(*start, items),
            Part::Table { head, rows } => self.table(head, rows),
            Part::Quote(content) => format!("<blockquote>{}</blockquote>", self.content(content)),
        }
    }

    fn code(&self, language: &str, code: &str) -> String {
        let mut out = String::from("<pre><code");
        let language = language_class(language);
        if !language.is_empty() {
            _ = write!(out, " class=\"language-{language}\"");
        }
        out.push('>');
        for (piece, part) in syntax::pieces(&language, code.trim_end_matches('\n')) {
            let class = class(piece);
            if !class.is_empty() {
                _ = write!(out, "<span class=\"{class}\">");
            }
            escape::code(&mut out, part, self.place());
            if !class.is_empty() {
                out.push_str("</span>");
            }
        }
        out + "</code></pre>"
    }

    fn list(&self, start: Option<u64>, items: &[Content]) -> String {
        let (open, close) = match start {
            None => ("<ul>".to_owned(), "</ul>"),
            Some(1) => ("<ol>".to_owned(), "</ol>"),
            Some(n) => (format!("<ol start=\"{n}\">"), "</ol>"),
        };
        let items = each(items, |item| format!("<li>{}</li>", self.content(item)));
        open + &items + close
    }

    fn table(&self, head: &[Text], rows: &[Vec<Text>]) -> String {
        let row = |cells: &[Text], tag: &str| {
            format!("<tr>{}</tr>", each(cells, |cell| format!("<{tag}>{}</{tag}>", self.text(cell))))
        };
        let head = if head.iter().all(Text::is_blank) { String::new() } else { row(head, "th") };
        let rows = each(rows, |cells| row(cells, "td"));
        // The box around it scrolls where the table is wider than the screen.
        format!("<div class=\"table\"><table>{head}{rows}</table></div>")
    }
}

fn each<T>(all: &[T], html: impl Fn(&T) -> String) -> String {
    all.iter().map(html).collect()
}

/// The class by which a style sheet colours a piece of code; plain ones have none.
fn class(piece: Piece) -> &'static str {
    match piece {
        Piece::Plain => "",
        Piece::Comment => "c",
        Piece::Quoted => "s",
        Piece::Constant => "n",
        Piece::Keyword => "k",
        Piece::Function => "f",
        Piece::Type => "t",
    }
}

/// The part of a fence's words that names a language, safe in an attribute.
fn language_class(language: &str) -> String {
    let word = language.split([' ', '\t', ',', '{']).next().unwrap_or_default();
    word.chars().filter(|c| c.is_ascii_alphanumeric() || "+-#._".contains(*c)).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
