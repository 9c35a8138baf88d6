//! A card's body and explanation as JSON, with all marks: how the review database keeps them.
//! `docs/database.md` describes the form. Places in the note are left out, so that a card which only
//! moved stays the same.

use super::{Body, Card, Choice, Content, Part};
use crate::markdown::text::{Atom, Gap, Run, Style, Text};
use serde::{Deserialize, Serialize};

/// What a card shows: its body and its explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// What it asks and answers.
    pub body: Body,
    /// The explanation.
    pub why: Option<Content>,
}

/// The JSON of a card.
pub fn write(card: &Card) -> String {
    let why = card.why.as_ref().map(content_out);
    // Strings and numbers can always be written.
    serde_json::to_string(&CardJson { body: body_out(&card.body), why }).unwrap_or_default()
}

/// What the JSON of a card says; `None` where it is something else.
pub fn read(json: &str) -> Option<Face> {
    let card: CardJson = serde_json::from_str(json).ok()?;
    Some(Face { body: body_in(card.body), why: card.why.map(content_in) })
}

#[derive(Serialize, Deserialize)]
struct CardJson {
    #[serde(flatten)]
    body: BodyJson,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    why: Option<Vec<PartJson>>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum BodyJson {
    Question { question: Vec<PartJson>, answer: Vec<PartJson> },
    Reversible { front: Vec<PartJson>, back: Vec<PartJson> },
    Cloze { text: Vec<PartJson> },
    Choice { stem: Vec<PartJson>, options: Vec<OptionJson> },
}

#[derive(Serialize, Deserialize)]
struct OptionJson {
    letter: char,
    content: Vec<PartJson>,
    #[serde(skip_serializing_if = "is_not", default)]
    correct: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum PartJson {
    Paragraph {
        p: Vec<RunJson>,
    },
    Code {
        code: String,
        #[serde(skip_serializing_if = "String::is_empty", default)]
        language: String,
    },
    Math {
        math: Vec<RunJson>,
    },
    List {
        list: Vec<Vec<PartJson>>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        start: Option<u64>,
    },
    Table {
        head: Vec<Vec<RunJson>>,
        rows: Vec<Vec<Vec<RunJson>>>,
    },
    Quote {
        quote: Vec<PartJson>,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum RunJson {
    Words(String),
    Marked(Box<MarkedJson>),
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one mark, as in Style")]
struct MarkedJson {
    t: String,
    #[serde(skip_serializing_if = "is_not")]
    b: bool,
    #[serde(skip_serializing_if = "is_not")]
    i: bool,
    #[serde(skip_serializing_if = "is_not")]
    s: bool,
    #[serde(skip_serializing_if = "is_not")]
    mark: bool,
    #[serde(skip_serializing_if = "is_not")]
    sup: bool,
    #[serde(skip_serializing_if = "is_not")]
    sub: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    atom: Option<AtomJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    src: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gap: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum AtomJson {
    Code,
    Math,
    Display,
    Image,
    Break,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_not(flag: &bool) -> bool {
    !flag
}

fn body_out(body: &Body) -> BodyJson {
    match body {
        Body::Question { question, answer } => {
            BodyJson::Question { question: content_out(question), answer: content_out(answer) }
        }
        Body::Reversible { front, back } => BodyJson::Reversible { front: content_out(front), back: content_out(back) },
        Body::Cloze { text } => BodyJson::Cloze { text: content_out(text) },
        Body::Choice { stem, options } => {
            let option =
                |o: &Choice| OptionJson { letter: o.letter, content: content_out(&o.content), correct: o.correct };
            BodyJson::Choice { stem: content_out(stem), options: options.iter().map(option).collect() }
        }
    }
}

fn body_in(body: BodyJson) -> Body {
    match body {
        BodyJson::Question { question, answer } => {
            Body::Question { question: content_in(question), answer: content_in(answer) }
        }
        BodyJson::Reversible { front, back } => Body::Reversible { front: content_in(front), back: content_in(back) },
        BodyJson::Cloze { text } => Body::Cloze { text: content_in(text) },
        BodyJson::Choice { stem, options } => {
            let option =
                |o: OptionJson| Choice { letter: o.letter, content: content_in(o.content), correct: o.correct };
            Body::Choice { stem: content_in(stem), options: options.into_iter().map(option).collect() }
        }
    }
}

fn content_out(content: &Content) -> Vec<PartJson> {
    let part = |part: &Part| match part {
        Part::Paragraph(text) => PartJson::Paragraph { p: text_out(text) },
        Part::Code { language, code } => PartJson::Code { code: code.clone(), language: language.clone() },
        Part::Math(text) => PartJson::Math { math: text_out(text) },
        Part::List { start, items } => PartJson::List { list: items.iter().map(content_out).collect(), start: *start },
        Part::Table { head, rows } => PartJson::Table {
            head: head.iter().map(text_out).collect(),
            rows: rows.iter().map(|row| row.iter().map(text_out).collect()).collect(),
        },
        Part::Quote(content) => PartJson::Quote { quote: content_out(content) },
    };
    content.0.iter().map(part).collect()
}

fn content_in(parts: Vec<PartJson>) -> Content {
    let part = |part: PartJson| match part {
        PartJson::Paragraph { p } => Part::Paragraph(text_in(p)),
        PartJson::Code { code, language } => Part::Code { language, code },
        PartJson::Math { math } => Part::Math(text_in(math)),
        PartJson::List { list, start } => Part::List { start, items: list.into_iter().map(content_in).collect() },
        PartJson::Table { head, rows } => Part::Table {
            head: head.into_iter().map(text_in).collect(),
            rows: rows.into_iter().map(|row| row.into_iter().map(text_in).collect()).collect(),
        },
        PartJson::Quote { quote } => Part::Quote(content_in(quote)),
    };
    Content(parts.into_iter().map(part).collect())
}

fn text_out(text: &Text) -> Vec<RunJson> {
    // Runs that differ only in their place in the note are one.
    let runs = text.runs().chunk_by(|a, b| a.style == b.style && a.style.atom == Atom::Words);
    runs.map(|runs| run_out(&text.plain()[runs[0].start..runs[runs.len() - 1].end], &runs[0])).collect()
}

fn run_out(words: &str, run: &Run) -> RunJson {
    let style = &run.style;
    if *style == Style::default() {
        return RunJson::Words(words.to_owned());
    }
    let (atom, src) = match &style.atom {
        Atom::Words => (None, None),
        Atom::Code => (Some(AtomJson::Code), None),
        Atom::Math { display: false } => (Some(AtomJson::Math), None),
        Atom::Math { display: true } => (Some(AtomJson::Display), None),
        Atom::Image { src } => (Some(AtomJson::Image), Some(src.to_string())),
        Atom::Break => (Some(AtomJson::Break), None),
    };
    RunJson::Marked(Box::new(MarkedJson {
        t: words.to_owned(),
        b: style.strong,
        i: style.emphasis,
        s: style.strike,
        mark: style.highlight,
        sup: style.superscript,
        sub: style.subscript,
        atom,
        src,
        link: style.link.as_ref().map(ToString::to_string),
        gap: style.gap.as_ref().map(|gap| gap.number),
        hint: style.gap.as_ref().and_then(|gap| gap.hint.as_ref().map(ToString::to_string)),
    }))
}

fn text_in(runs: Vec<RunJson>) -> Text {
    let mut text = Text::default();
    for run in runs {
        match run {
            RunJson::Words(words) => text.push(&words, Style::default(), None),
            RunJson::Marked(marked) => text.push(&marked.t, style_in(&marked), None),
        }
    }
    text
}

fn style_in(marked: &MarkedJson) -> Style {
    let atom = match marked.atom {
        None => Atom::Words,
        Some(AtomJson::Code) => Atom::Code,
        Some(AtomJson::Math) => Atom::Math { display: false },
        Some(AtomJson::Display) => Atom::Math { display: true },
        Some(AtomJson::Image) => Atom::Image { src: marked.src.as_deref().unwrap_or_default().into() },
        Some(AtomJson::Break) => Atom::Break,
    };
    let hint = || marked.hint.as_deref().map(Into::into);
    Style {
        strong: marked.b,
        emphasis: marked.i,
        strike: marked.s,
        highlight: marked.mark,
        superscript: marked.sup,
        subscript: marked.sub,
        atom,
        link: marked.link.as_deref().map(Into::into),
        gap: marked.gap.map(|number| Gap { number, hint: hint() }),
    }
}
