//! Coverage as one HTML page that needs nothing else: the notes line by line, with the cards beside
//! the lines they came from. It has no script, and its policy lets a browser fetch nothing, whatever
//! stands in the notes.

mod card;
mod rows;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Count, Coverage, NoteCoverage, State, What};
use crate::card::Deck;
use crate::diagnostic::render::visible;
use crate::source::SourceFile;
use rows::Row;

/// What every page begins with.
pub const BEGINNING: &str = "<!DOCTYPE html>";

const STYLE: &str = include_str!("style.css");

/// What is on the page, and what it is made of.
struct Page<'a> {
    out: String,
    deck: &'a Deck,
    files: &'a [SourceFile],
}

/// The page; `files` are the notes by their numbers.
pub fn page(coverage: &Coverage, files: &[SourceFile], deck: &Deck) -> String {
    let mut page = Page { out: String::new(), deck, files };
    page.head();
    page.summary(coverage);
    page.out.push_str("<main>\n");
    coverage.notes.iter().for_each(|note| page.note(note));
    page.out.push_str("</main>\n<footer>made by recto</footer>\n</body>\n</html>\n");
    page.out
}

impl Page<'_> {
    fn head(&mut self) {
        let title = escaped(&self.deck.name);
        let _ = writeln!(
            self.out,
            "{BEGINNING}\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}: coverage</title>\n<style>\n{STYLE}</style>\n</head>\n<body>"
        );
    }

    fn summary(&mut self, coverage: &Coverage) {
        let count = coverage.count();
        let _ = writeln!(
            self.out,
            "<div class=\"top\">\n<h1>{}</h1>\n<p class=\"total\"><b>{} %</b><span>of what the notes say is on cards: \
             {} of {} statements, {} {}</span></p>",
            escaped(&self.deck.name),
            count.percent(),
            count.covered,
            count.all,
            self.deck.cards.len(),
            if self.deck.cards.len() == 1 { "card" } else { "cards" }
        );
        let statements = coverage.notes.iter().flat_map(|note| &note.statements);
        self.bar(statements.map(|statement| statement.state));
        self.out.push_str(
            "<ul class=\"legend\"><li class=\"good\">on cards</li><li class=\"part\">in part</li>\
             <li class=\"miss\">on no card</li><li>nothing to learn</li></ul>\n<table class=\"files\">\n",
        );
        if coverage.notes.len() > 1 {
            coverage.notes.iter().for_each(|note| self.file_row(note));
        }
        self.out.push_str(
            "</table>\n</div>\n<div class=\"switch\"><label><input type=\"checkbox\" id=\"missing\"> \
             Show only what is missing</label></div>\n",
        );
    }

    fn file_row(&mut self, note: &NoteCoverage) {
        let count = note.count();
        let _ = write!(
            self.out,
            "<tr><td><a href=\"#f{}\">{}</a></td><td class=\"bars\">",
            note.file.0,
            escaped(&self.files[note.file.0 as usize].path)
        );
        self.bar(note.statements.iter().map(|statement| statement.state));
        let _ = writeln!(self.out, "</td><td class=\"number\">{}</td></tr>", share(count));
    }

    /// A bar of how many are covered, in part and missed.
    fn bar(&mut self, states: impl Iterator<Item = State>) {
        let mut counts = [0usize; 3];
        states.for_each(|state| counts[state as usize] += 1);
        let void = if counts.iter().sum::<usize>() == 0 { " void" } else { "" };
        let _ = write!(self.out, "<div class=\"bar{void}\">");
        for (class, count) in ["good", "part", "miss"].iter().zip(counts).filter(|(_, count)| *count > 0) {
            let _ = write!(self.out, "<i class=\"{class}\" style=\"flex:{count}\"></i>");
        }
        self.out.push_str("</div>");
    }

    fn note(&mut self, note: &NoteCoverage) {
        let file = &self.files[note.file.0 as usize];
        let count = note.count();
        let lacks = if count.covered < count.all { " class=\"lacks\"" } else { "" };
        let _ = writeln!(
            self.out,
            "<section{lacks} id=\"f{}\">\n<h2>{}<span>{}</span></h2>",
            note.file.0,
            escaped(&file.path),
            share(count)
        );
        self.bar(note.statements.iter().map(|statement| statement.state));
        self.out.push_str("\n<div class=\"note\">\n");
        let texts: Vec<(usize, &str)> = lines(file);
        let counts = section_counts(note);
        for row in rows::rows(note, &self.deck.cards, file) {
            self.row(note, &row, (&texts, &counts));
        }
        self.out.push_str("</div>\n</section>\n");
    }

    fn row(&mut self, note: &NoteCoverage, row: &Row, (texts, counts): (&[(usize, &str)], &BTreeMap<usize, Count>)) {
        let lacks = row.lines.clone().any(|line| matches!(state(note, line), Some(State::Partly | State::Missed)));
        let lacks = if lacks { " lacks" } else { "" };
        let _ = write!(self.out, "<div class=\"row{lacks}\"><div class=\"lines\">");
        for line in row.lines.clone() {
            self.line(note, line, texts[line]);
        }
        self.out.push_str("</div><div class=\"cards\">");
        if let Some(count) = counts.get(&row.lines.start) {
            let _ = write!(self.out, "<div class=\"also\">{} of {} on cards</div>", count.covered, count.all);
        }
        for index in &row.cards {
            card::write(&mut self.out, &self.deck.cards[*index]);
        }
        for index in &row.also {
            card::refer(&mut self.out, &self.deck.cards[*index]);
        }
        self.out.push_str("</div></div>\n");
    }

    /// A line with its number; `line` counts from 0.
    fn line(&mut self, note: &NoteCoverage, line: usize, (start, text): (usize, &str)) {
        let look = match state(note, line) {
            Some(state) => class(state),
            None if note.lines[line].what == What::Heading => "none heading",
            None => "none",
        };
        let number = line + 1;
        let id = format!("f{}L{number}", note.file.0);
        let _ =
            write!(self.out, "<div class=\"l {look}\" id=\"{id}\"><a href=\"#{id}\">{number}</a><span dir=\"auto\">");
        let mut at = 0;
        for index in &note.lines[line].statements {
            let statement = &note.statements[*index];
            if statement.state == State::Covered {
                continue;
            }
            let from = statement.span.start.saturating_sub(start).clamp(at, text.len());
            let to = statement.span.end.saturating_sub(start).clamp(from, text.len());
            let (before, inside) = (&text[at..from], &text[from..to]);
            let class = class(statement.state);
            let _ = write!(self.out, "{}<mark class=\"{class}\">{}</mark>", escaped(before), escaped(inside));
            at = to;
        }
        let _ = write!(self.out, "{}</span></div>", escaped(&text[at..]));
    }
}

/// The lines of a note, each with its first byte.
fn lines(file: &SourceFile) -> Vec<(usize, &str)> {
    file.line_starts().iter().copied().zip(file.lines()).collect()
}

/// How much of each section is on cards, by the line of its heading, from 0.
fn section_counts(note: &NoteCoverage) -> BTreeMap<usize, Count> {
    let sections = note.by_section().into_iter().map(|(number, statements)| (&note.sections[number], statements));
    let headed = sections.filter(|(section, _)| section.level > 0);
    headed.map(|(section, statements)| (section.line - 1, Count::of(statements.into_iter()))).collect()
}

/// The worst state of a line's statements; `line` counts from 0.
fn state(note: &NoteCoverage, line: usize) -> Option<State> {
    let statements = note.lines[line].statements.iter();
    statements.map(|index| note.statements[*index].state).max_by_key(|state| *state as usize)
}

fn class(state: State) -> &'static str {
    match state {
        State::Covered => "good",
        State::Partly => "part",
        State::Missed => "miss",
    }
}

fn share(count: Count) -> String {
    if count.all == 0 {
        return "nothing to learn".to_owned();
    }
    format!("{} % · {} of {}", count.percent(), count.covered, count.all)
}

/// Text for HTML, within elements and attributes; characters that steer are shown as symbols.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A tab is a blank to the terminal, but here it is kept.
    for (index, piece) in text.split('\t').enumerate() {
        out.push_str(if index > 0 { "\t" } else { "" });
        for c in visible(piece).chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                _ => out.push(c),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown;
    use crate::source::FileId;

    fn page_of(note: &str) -> String {
        let files = [SourceFile::new(FileId(0), "a\"<b>.md", note)];
        let out = crate::compile(&files, &Config::default());
        let documents = [markdown::parse(&files[0])];
        let coverage = crate::coverage::of(&documents, &out.deck.cards, out.findings.iter());
        page(&coverage, &files, &out.deck)
    }

    #[test]
    fn nothing_in_a_note_becomes_markup() {
        let note = "# <script>a</script>\n\nQ: <img src=x onerror=\"b\"> `<b>`?\nA: ![p](http://x/y.png) [l](javascript:c)\n\n\
                    - </mark></article> is no ==<style>== of the text\n- \u{202e}hidden\u{1b}[31m words\n";
        let page = page_of(note);
        for tag in ["<script", "<img", "<style>==", "</article> is", "href=\"http", "href=\"java", "\u{1b}", "\u{202e}"]
        {
            assert!(!page.contains(tag), "{tag}");
        }
        assert_eq!(page.matches("<article").count(), page.matches("</article>").count());
        assert_eq!(page.matches("<mark").count(), page.matches("</mark>").count());
    }

    #[test]
    fn missed_words_are_marked_and_cards_stand_beside_their_lines() {
        let page = page_of("# NAT\n\nQ: What does NAT rewrite?\nA: Addresses\n\nNobody knows, sadly.\n");
        assert!(page.contains("<mark class=\"miss\">Nobody knows, sadly.</mark>"));
        let (before, _) = page.split_once("<article").expect("a card");
        assert!(before.contains("id=\"f0L4\"") && !before.contains("id=\"f0L6\""));
        assert!(page.contains("1 of 2 on cards"));
    }
}
