//! What a card says and what it asks, as strings and short hashes, for all that compare cards.

use std::fmt::Write as _;

use crate::card::{Body, Content, Part};
use crate::markdown::text::{Atom, Style, Text};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// What a card says, as one string in which no two different bodies agree.
pub fn fingerprint(body: &Body) -> String {
    let mut out = String::new();
    write_fingerprint(body, &mut out);
    out
}

/// Writes what a card says behind what stands there.
pub(super) fn write_fingerprint(body: &Body, out: &mut String) {
    match body {
        Body::Question { question, answer } => sides("q", &[question, answer], out),
        Body::Reversible { front, back } => sides("r", &[front, back], out),
        Body::Cloze { text } => sides("c", &[text], out),
        Body::Choice { stem, options } => {
            sides("m", &[stem], out);
            for option in options {
                out.push(if option.correct { '+' } else { '-' });
                write_content(&option.content, out);
            }
        }
    }
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
pub fn short_hash(content: &str) -> String {
    // Ten digits fit into 64 bits, where division is cheap.
    const TEN: u128 = 62_u128.pow(10);
    let hash = blake3::hash(content.as_bytes());
    let number = u128::from_le_bytes(hash.as_bytes()[..16].try_into().unwrap_or_default());
    let mut out = String::with_capacity(12);
    for (part, digits) in [(number % TEN, 10), (number / TEN % 62_u128.pow(2), 2)] {
        let mut part = u64::try_from(part).unwrap_or_default();
        for _ in 0..digits {
            let index = usize::try_from(part % 62).unwrap_or_default();
            out.push(char::from(ALPHABET[index]));
            part /= 62;
        }
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
        folded(&joined.join("\n")) + &exact(&[content])
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

/// The code in these contents, as it stands: there letter case counts, and `-r` is not `-R`.
pub fn exact(contents: &[&Content]) -> String {
    let mut out = String::new();
    for content in contents {
        for part in &content.0 {
            if let Part::Code { code, .. } = part {
                out.extend(["\u{6}", code]);
            }
        }
        for text in content.texts() {
            let code = text.runs().iter().filter(|run| run.style.atom == Atom::Code);
            let code = code.map(|run| &text.plain()[run.start..run.end]);
            out.extend(code.filter(|code| code.chars().any(char::is_uppercase)).flat_map(|code| ["\u{7}", code]));
        }
    }
    out
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

/// Writes all that a learner sees of a body, looks included.
pub(super) fn write_body(body: &Body, out: &mut Vec<u8>) {
    let contents: Vec<(u8, &Content)> = match body {
        Body::Question { question, answer } => vec![(b'q', question), (b'a', answer)],
        Body::Reversible { front, back } => vec![(b'r', front), (b'a', back)],
        Body::Cloze { text } => vec![(b'c', text)],
        Body::Choice { stem, options } => {
            let options = options.iter().map(|option| (if option.correct { b'+' } else { b'-' }, &option.content));
            std::iter::once((b'm', stem)).chain(options).collect()
        }
    };
    for (mark, content) in contents {
        out.extend([2, mark]);
        write_styled(content, out);
    }
}

/// Writes all that a learner sees of a side, looks included.
pub(super) fn write_styled(content: &Content, out: &mut Vec<u8>) {
    for part in &content.0 {
        match part {
            Part::Paragraph(text) => {
                out.push(b'p');
                styled(text, out);
            }
            Part::Math(text) => {
                out.push(b'f');
                styled(text, out);
            }
            Part::Code { language, code } => {
                for text in [language, code] {
                    out.extend_from_slice(text.as_bytes());
                    out.push(0);
                }
            }
            Part::List { start, items } => {
                out.push(b'l');
                out.extend(start.unwrap_or_default().to_le_bytes());
                for item in items {
                    write_styled(item, out);
                }
                out.push(3);
            }
            Part::Table { head, rows } => {
                out.push(b't');
                for row in std::iter::once(head).chain(rows) {
                    out.push(4);
                    for cell in row {
                        styled(cell, out);
                    }
                }
            }
            Part::Quote(quoted) => {
                out.push(b'>');
                write_styled(quoted, out);
                out.push(3);
            }
        }
    }
    out.push(5);
}

fn styled(text: &Text, out: &mut Vec<u8>) {
    let mut last: Option<&Style> = None;
    for run in text.runs() {
        // Where runs of one look are cut depends on how the note is laid out.
        if last != Some(&run.style) || run.style.atom != Atom::Words {
            looks(&run.style, out);
        }
        last = Some(&run.style);
        out.extend_from_slice(&text.plain().as_bytes()[run.start..run.end]);
    }
    out.push(0);
}

fn looks(style: &Style, out: &mut Vec<u8>) {
    let looks = [style.strong, style.emphasis, style.strike, style.highlight, style.superscript, style.subscript];
    let (atom, target) = match &style.atom {
        Atom::Words => (b'w', None),
        Atom::Code => (b'c', None),
        Atom::Math { display } => (if *display { b'd' } else { b'm' }, None),
        Atom::Image { src } => (b'i', Some(src)),
        Atom::Break => (b'b', None),
    };
    out.extend([6, looks.iter().fold(0, |bits, look| bits << 1 | u8::from(*look)), atom]);
    let hint = style.gap.as_ref().and_then(|gap| gap.hint.as_ref());
    for target in [target, style.link.as_ref(), hint].into_iter().flatten() {
        out.extend_from_slice(target.as_bytes());
        out.push(0);
    }
    if let Some(gap) = &style.gap {
        out.extend(gap.number.to_le_bytes());
    }
}
