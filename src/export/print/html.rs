//! One HTML file that holds its own style and pictures, to be printed from a browser
//! and to be restyled. Formulas are `MathML`.

use crate::card::{Blob, Deck};
use crate::diagnostic::Finding;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::data::{self, Atom, Block, Choice, Formula, Labels, Paragraph, Picture, Row, Run, Section};
use super::findings::findings;
use super::{Form, Kind, Options, cards, flow, math, words};

/// How many characters of a formula fit on a line of the narrowest column.
const WIDEST: usize = 40;

/// The smallest size of a formula, in hundredths of the text's.
const SMALLEST: usize = 30;

/// The style of every kind.
const STYLE: &str = include_str!("style.css");

/// The cards at some positions of a deck as one HTML file, and what is to be said about them.
pub fn html(deck: &Deck, chosen: &[usize], kind: &Kind, options: &Options) -> (String, Vec<Finding>) {
    let writer = Writer {
        unset: RefCell::default(),
        media: deck.media.iter().filter_map(|file| held(&file.name, &file.content)).collect(),
    };
    let body = match kind.form {
        Form::Slips => writer.slips(&cards::cards(deck, chosen, options)),
        Form::Flow(form) => writer.flow(&flow::flow(deck, chosen, form, options)),
    };
    let title = escaped(&crate::render::clean(&options.title));
    let (lang, size) = (words::code(options.language.as_deref()), options.paper);
    let page = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"recto\">\n<title>{title}</title>\n\
         <style>\n@page {{ size: {size}; }}\n{STYLE}</style>\n</head>\n\
         <body class=\"{}\">\n<h1>{title}</h1>\n{body}</body>\n</html>\n",
        kind.name
    );
    (page, findings(deck, chosen, &writer.unset.into_inner()))
}

/// A picture whose bytes are at hand; `load::hold_media` sees to it that all are.
fn held<'a>(name: &'a str, content: &'a Blob) -> Option<(&'a str, &'a [u8])> {
    match content {
        Blob::Bytes(bytes) => Some((name, bytes.as_slice())),
        Blob::File(..) => None,
    }
}

struct Writer<'a> {
    /// Formulas that cannot be set, and why.
    unset: RefCell<BTreeMap<String, String>>,
    media: BTreeMap<&'a str, &'a [u8]>,
}

impl Writer<'_> {
    /// Fronts and backs side by side, to be cut out and folded.
    fn slips(&self, cards: &[data::Card]) -> String {
        let mut out = String::from("<main>\n");
        for card in cards {
            let (front, back) = (&card.front, &card.back);
            let source = match &back.link {
                Some(link) => format!("<a href=\"{}\">{}</a>", escaped(link), escaped(&back.source)),
                None => escaped(&back.source),
            };
            _ = writeln!(
                out,
                "<section class=\"card{}\" id=\"{}\">\n<div class=\"front\"><small>{}{}</small>{}</div>\n\
                 <div class=\"back\">{}{}<small>{source} <span>{}</span></small></div>\n</section>",
                if front.trap.is_empty() { "" } else { " trap" },
                escaped(&back.id),
                trap(&front.trap),
                escaped(&front.above),
                self.blocks(&front.blocks),
                self.blocks(&back.blocks),
                back.ticks.as_ref().map(|ticks| tick_boxes(&ticks.number, &ticks.grades)).unwrap_or_default(),
                escaped(&back.id),
            );
        }
        out + "</main>\n"
    }

    fn flow(&self, flow: &data::Flow) -> String {
        let labels = &flow.labels;
        let mut out = format!("<p class=\"subtitle\">{}</p>\n", escaped(&flow.subtitle));
        if flow.form == data::Form::Quiz {
            let blanks = [&labels.name, &labels.date, &labels.score].map(|label| format!("{} <i></i>", escaped(label)));
            _ = writeln!(out, "<p class=\"blanks\">{}</p>", blanks.join(" "));
        }
        out.push_str("<main>\n");
        for section in &flow.sections {
            self.section(section, labels, &mut out);
        }
        out.push_str("</main>\n");
        if !flow.key.is_empty() {
            _ = writeln!(out, "<section class=\"key\">\n<h2>{}</h2>", escaped(&labels.key));
            self.rows(&flow.key, &labels.grades, &mut out);
            out.push_str("</section>\n");
        }
        out
    }

    fn section(&self, section: &Section, labels: &Labels, out: &mut String) {
        let level = section.level.clamp(1, 5) + 1;
        if !section.title.is_empty() {
            _ = writeln!(out, "<h{level}>{}</h{level}>", escaped(&section.title));
        }
        self.rows(&section.rows, &labels.grades, out);
        if !section.traps.is_empty() {
            _ = writeln!(out, "<div class=\"traps\">\n<p class=\"label\">{}</p>", escaped(&labels.traps));
            self.rows(&section.traps, &labels.grades, out);
            out.push_str("</div>\n");
        }
    }

    fn rows(&self, rows: &[Row], grades: &[String; 4], out: &mut String) {
        for row in rows {
            let class = if row.trap { "row trap" } else { "row" };
            let lines = "<div class=\"line\"></div>".repeat(row.lines);
            let ticks = if row.ticks { tick_boxes("", grades) } else { String::new() };
            let behind = if row.back.is_empty() { "" } else { &ticks };
            _ = write!(out, "<article class=\"{class}\"><b class=\"number\">{}</b>", row.number);
            for (class, side) in [("front", &row.front), ("back", &row.back)] {
                if !side.is_empty() {
                    let more = if class == "front" { lines.as_str() } else { behind };
                    _ = write!(out, "<div class=\"{class}\">{}{more}</div>", self.blocks(side));
                }
            }
            out.push_str("</article>\n");
        }
    }

    fn blocks(&self, blocks: &[Block]) -> String {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> String {
        match block {
            Block::Paragraph(paragraph) => {
                let direction = if paragraph.rtl { " dir=\"rtl\"" } else { "" };
                format!("<p{direction}>{}</p>", self.runs(paragraph))
            }
            Block::Code { lines } => {
                let lines: Vec<String> = lines.iter().map(|line| each(line, stretch)).collect();
                format!("<pre><code>{}</code></pre>", lines.join("\n"))
            }
            Block::Formula(formula) => format!("<p class=\"formula\">{}</p>", self.formula(formula)),
            Block::List { start, items } => self.list(*start, items),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Quote { blocks } => format!("<blockquote>{}</blockquote>", self.blocks(blocks)),
            Block::Note { blocks } => format!("<div class=\"why\">{}</div>", self.blocks(blocks)),
            Block::Options { options } => {
                format!("<ul class=\"options\">{}</ul>", options.iter().map(|o| self.option(o)).collect::<String>())
            }
        }
    }

    fn option(&self, option: &Choice) -> String {
        let box_ = if option.boxed { "<i class=\"box\"></i>" } else { "" };
        let class = if option.right { " class=\"right\"" } else { "" };
        format!("<li{class}>{box_}<b>{})</b> <div>{}</div></li>", escaped(&option.letter), self.blocks(&option.blocks))
    }

    fn list(&self, start: Option<u64>, items: &[Vec<Block>]) -> String {
        let items = each(items, |item| format!("<li>{}</li>", self.blocks(item)));
        match start {
            None => format!("<ul>{items}</ul>"),
            Some(first) => format!("<ol start=\"{first}\">{items}</ol>"),
        }
    }

    fn table(&self, head: &[Paragraph], rows: &[Vec<Paragraph>]) -> String {
        let row = |cells: &[Paragraph], tag: &str| {
            let cells = each(cells, |cell| format!("<{tag}>{}</{tag}>", self.runs(cell)));
            format!("<tr>{cells}</tr>")
        };
        let head = if head.is_empty() { String::new() } else { format!("<thead>{}</thead>", row(head, "th")) };
        format!("<table>{head}<tbody>{}</tbody></table>", rows.iter().map(|cells| row(cells, "td")).collect::<String>())
    }

    fn runs(&self, paragraph: &Paragraph) -> String {
        paragraph.runs.iter().map(|run| self.run(run)).collect()
    }

    fn run(&self, run: &Run) -> String {
        let mut out = match &run.atom {
            Atom::Words { text } => with_breaks(text),
            Atom::Code { text } => format!("<code>{}</code>", with_breaks(text)),
            Atom::Formula(formula) => self.formula(formula),
            Atom::Image(picture) => self.picture(picture),
            Atom::Break => "<br>".to_owned(),
            Atom::Blank { text, room } => {
                format!("<i class=\"blank\" style=\"min-width: {room}em\">{}</i>", escaped(text))
            }
        };
        for mark in run.marks.chars() {
            let (open, close) = tags(mark);
            out = format!("{open}{out}{close}");
        }
        match &run.link {
            Some(target) => format!("<a href=\"{}\">{out}</a>", escaped(target)),
            None => out,
        }
    }

    /// A formula; as its author wrote it where it cannot be set. Browsers break none over lines, so one
    /// that is wider than a column is set smaller.
    fn formula(&self, formula: &Formula) -> String {
        match math::mathml(&formula.latex, formula.display) {
            Ok(mathml) => match WIDEST * 100 / visible(&mathml).max(1) {
                100.. => mathml,
                percent => format!("<span style=\"font-size: {}%\">{mathml}</span>", percent.max(SMALLEST)),
            },
            Err(why) => {
                self.unset.borrow_mut().insert(formula.latex.clone(), why);
                format!("<code class=\"latex\">{}</code>", escaped(&formula.latex))
            }
        }
    }

    /// A picture, inside the file.
    fn picture(&self, picture: &Picture) -> String {
        let Some(bytes) = self.media.get(picture.file.as_str()) else { return escaped(&picture.words) };
        let kind = match picture.file.rsplit('.').next().unwrap_or_default() {
            "jpg" | "jpeg" => "jpeg",
            "svg" => "svg+xml",
            other => other,
        };
        format!("<img src=\"data:image/{kind};base64,{}\" alt=\"{}\">", STANDARD.encode(bytes), escaped(&picture.words))
    }
}

/// A stretch of code in its colour.
fn stretch((token, words): &(&'static str, String)) -> String {
    let words = with_breaks(words);
    if *token == "plain" { words } else { format!("<span class=\"{token}\">{words}</span>") }
}

/// The word for a trap, before the headings above a card.
fn trap(word: &str) -> String {
    if word.is_empty() { String::new() } else { format!("<b>{}</b> ", escaped(word)) }
}

/// Boxes to tick how well it was known, behind a number.
fn tick_boxes(number: &str, grades: &[String; 4]) -> String {
    let boxes = each(grades, |grade| format!("<i class=\"box\"></i>{} ", escaped(grade)));
    format!("<p class=\"ticks\"><b>{}</b> {boxes}</p>", escaped(number))
}

fn each<T>(all: &[T], html: impl Fn(&T) -> String) -> String {
    all.iter().map(html).collect()
}

fn tags(mark: char) -> (&'static str, &'static str) {
    match mark {
        'b' => ("<b>", "</b>"),
        'i' => ("<em>", "</em>"),
        's' => ("<s>", "</s>"),
        'h' => ("<mark>", "</mark>"),
        'u' => ("<sup>", "</sup>"),
        'd' => ("<sub>", "</sub>"),
        _ => ("<b class=\"gap\">", "</b>"),
    }
}

/// How many characters of an element are seen.
fn visible(element: &str) -> usize {
    element.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, words)| words.chars().count()).sum()
}

/// Words, with their places to break as the browser wants them.
fn with_breaks(text: &str) -> String {
    escaped(text).replace('\u{200b}', "<wbr>")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}
