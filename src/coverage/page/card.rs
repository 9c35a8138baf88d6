//! A card on the page of coverage.

use std::fmt::Write as _;

use super::escaped;
use crate::card::{Body, Card, Choice, Content, Part, listing};
use crate::markdown::text::{Atom, Run, Text};

/// The most characters of a front in a reference to its card.
const LONGEST_REFERENCE: usize = 70;

/// Writes a card.
pub(super) fn write(out: &mut String, card: &Card) {
    let id = escaped(&card.id.0);
    let _ = write!(
        out,
        "<article class=\"card\" id=\"c-{id}\"><header><span>{}</span><span>{}</span><code>{id}</code>",
        card.kind.name(),
        escaped(card.rule)
    );
    if !card.trail.is_empty() {
        let _ = write!(out, "<span class=\"trail\" dir=\"auto\">{}</span>", escaped(&card.trail.join(" › ")));
    }
    out.push_str("</header>");
    match &card.body {
        Body::Question { question, answer } => {
            side(out, "front", question);
            side(out, "back", answer);
        }
        Body::Reversible { front, back } => {
            side(out, "front", front);
            side(out, "back", back);
            out.push_str("<p class=\"also\">⇄ asked in both directions</p>");
        }
        Body::Cloze { text } => side(out, "back", text),
        Body::Choice { stem, options } => {
            side(out, "front", stem);
            out.push_str("<ul class=\"options\">");
            for option in options {
                choice(out, option);
            }
            out.push_str("</ul>");
        }
    }
    if let Some(why) = &card.why {
        side(out, "why", why);
    }
    out.push_str("</article>");
}

/// Writes a link to a card that stands beside other lines.
pub(super) fn refer(out: &mut String, card: &Card) {
    let front = match &card.body {
        Body::Question { question: front, .. } | Body::Reversible { front, .. } => front,
        Body::Cloze { text } => text,
        Body::Choice { stem, .. } => stem,
    };
    let words = front.texts().first().map_or("", |text| text.plain());
    let short: String = words.chars().take(LONGEST_REFERENCE).collect();
    let dots = if short.len() < words.len() { "…" } else { "" };
    let _ = write!(
        out,
        "<div class=\"also\" dir=\"auto\">on <a href=\"#c-{}\">{}{dots}</a></div>",
        escaped(&card.id.0),
        escaped(&short)
    );
}

fn side(out: &mut String, class: &str, content: &Content) {
    for part in &content.0 {
        match part {
            Part::Paragraph(text) | Part::Math(text) => {
                let _ = write!(out, "<p class=\"{class}\" dir=\"auto\">{}</p>", running(text));
            }
            Part::List { start, items } => list(out, (class, start.is_some()), items),
            Part::Code { .. } | Part::Table { .. } | Part::Quote(_) => {
                let shown = listing::content(&Content(vec![part.clone()]));
                let _ = write!(out, "<pre class=\"{class}\" dir=\"auto\">{}</pre>", lines(&shown));
            }
        }
    }
}

fn list(out: &mut String, (class, numbered): (&str, bool), items: &[Content]) {
    let tag = if numbered { "ol" } else { "ul" };
    let _ = write!(out, "<{tag} class=\"{class}\">");
    for item in items {
        let _ = write!(out, "<li dir=\"auto\">{}</li>", inner(item));
    }
    let _ = write!(out, "</{tag}>");
}

/// A content within another element: running text as such, all else as it is listed.
fn inner(content: &Content) -> String {
    match content.0.as_slice() {
        [Part::Paragraph(text)] => running(text),
        _ => format!("<pre>{}</pre>", lines(&listing::content(content))),
    }
}

fn choice(out: &mut String, option: &Choice) {
    let class = if option.correct { " class=\"right\"" } else { "" };
    let letter = escaped(&option.letter.to_string());
    let _ = write!(out, "<li{class} dir=\"auto\">{letter}) {}</li>", inner(&option.content));
}

/// Escaped text of several lines.
fn lines(text: &str) -> String {
    text.split('\n').map(escaped).collect::<Vec<_>>().join("\n")
}

/// Running text; links and pictures are their words.
fn running(text: &Text) -> String {
    text.runs().iter().map(|run| piece(run, &text.plain()[run.start..run.end])).collect()
}

fn piece(run: &Run, plain: &str) -> String {
    let words = match &run.style.atom {
        Atom::Words => escaped(plain),
        Atom::Code | Atom::Math { .. } => format!("<code>{}</code>", lines(plain)),
        Atom::Image { .. } => format!("[{}]", escaped(plain)),
        Atom::Break => "<br>".to_owned(),
    };
    let words = if run.style.strong { format!("<strong>{words}</strong>") } else { words };
    match &run.style.gap {
        Some(_) => format!("<span class=\"gap\">{words}</span>"),
        None => words,
    }
}
