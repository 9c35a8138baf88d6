//! Gives each card its id: a name for ever, made from what the card says. What a card says and what
//! it asks are told here, for all that compare cards.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::card::{Body, Card, CardId, Content, Part};
use crate::markdown::text::Text;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Gives every card an id that follows from its content alone; cards of equal content are numbered.
pub fn assign(cards: &mut [Card]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for card in cards {
        let mut content = fingerprint(&card.body);
        let count = seen.entry(content.clone()).or_default();
        *count += 1;
        if *count > 1 {
            let _ = write!(content, "\u{1}{count}");
        }
        card.id = CardId(short_hash(&content));
    }
}

/// What a card says, as one string in which no two different bodies agree.
pub fn fingerprint(body: &Body) -> String {
    let mut out = String::new();
    match body {
        Body::Question { question, answer } => sides("q", &[question, answer], &mut out),
        Body::Reversible { front, back } => sides("r", &[front, back], &mut out),
        Body::Cloze { text } => sides("c", &[text], &mut out),
        Body::Choice { stem, options } => {
            sides("m", &[stem], &mut out);
            for option in options {
                out.push(if option.correct { '+' } else { '-' });
                write_content(&option.content, &mut out);
            }
        }
    }
    out
}

fn sides(tag: &str, contents: &[&Content], out: &mut String) {
    out.push_str(tag);
    for content in contents {
        out.push('\u{2}');
        write_content(content, out);
    }
}

fn write_content(content: &Content, out: &mut String) {
    for part in &content.0 {
        out.push('\u{3}');
        if let Part::Code { code, .. } = part {
            out.push_str(code);
        }
    }
    for text in content.texts() {
        out.push('\u{4}');
        let mut open = None;
        for run in text.runs() {
            let gap = run.style.gap.as_ref().map(|gap| gap.number);
            if gap != open {
                let _ = write!(out, "\u{5}{}", gap.unwrap_or_default());
            }
            open = gap;
            out.push_str(&text.plain()[run.start..run.end]);
        }
    }
}

/// Twelve characters of `[0-9A-Za-z]` from a BLAKE3 hash: 71 bits.
fn short_hash(content: &str) -> String {
    let hash = blake3::hash(content.as_bytes());
    let mut number = u128::from_le_bytes(hash.as_bytes()[..16].try_into().unwrap_or_default());
    let mut out = String::with_capacity(12);
    for _ in 0..12 {
        let index = usize::try_from(number % 62).unwrap_or_default();
        out.push(char::from(ALPHABET[index]));
        number /= 62;
    }
    out
}

/// Words in lower case with single blanks between them.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.is_ascii() {
        out.make_ascii_lowercase();
        return out;
    }
    out.to_lowercase()
}

/// The front of a card as a learner compares it: folded words, gaps hidden, options included.
pub fn front_key(body: &Body) -> String {
    let plain = |content: &Content| {
        let joined: Vec<&str> = content.texts().iter().map(|t| t.plain()).collect();
        folded(&joined.join("\n"))
    };
    match body {
        Body::Question { question, .. } => plain(question),
        Body::Reversible { front, .. } => plain(front),
        Body::Cloze { text } => plain(&text.map_texts(&hidden)),
        Body::Choice { stem, options } => {
            let options: Vec<String> = options.iter().map(|o| plain(&o.content)).collect();
            format!("{}\n{}", plain(stem), options.join("\n"))
        }
    }
}

/// A text with each gap shown as such.
fn hidden(text: &Text) -> Text {
    let mut out = Text::default();
    let mut open = None;
    for run in text.runs() {
        let gap = run.style.gap.as_ref().map(|gap| gap.number);
        let shown = match gap {
            Some(_) if gap == open => "",
            Some(_) => "[…]",
            None => &text.plain()[run.start..run.end],
        };
        out.push(shown, run.style.clone(), None);
        open = gap;
    }
    out
}
