//! A card as a lock writes it: its sides as text, and a hash of all that a learner sees.

use super::content::write_body;
use super::lock::escaped;
use crate::card::{Body, Card, Content, Form, Was, listing};

/// The letter of the body and its sides, a tab between: what the column of an entry holds.
pub(super) fn sides(body: &Body) -> String {
    let mut out = String::new();
    let mut push = |mark: &str, content: &Content| {
        out.push_str(mark);
        out.push_str(&escaped(listing::content(content).trim_end()));
    };
    match body {
        Body::Question { question, answer } => {
            push("q\t", question);
            push("\t", answer);
        }
        Body::Reversible { front, back } => {
            push("r\t", front);
            push("\t", back);
        }
        Body::Cloze { text } => push("c\t", text),
        Body::Choice { stem, options } => {
            push("m\t", stem);
            for option in options {
                push(if option.correct { "\t+ " } else { "\t- " }, &option.content);
            }
        }
    }
    out
}

/// The shape in Anki and the numbers of faces, where these are not those of the body.
pub(super) fn form(card: &Card) -> String {
    let numbers: Vec<String> = card.lineage.faces.iter().map(ToString::to_string).collect();
    let name = card.form().name();
    if numbers.is_empty() { name.to_owned() } else { format!("{name}:{}", numbers.join(",")) }
}

/// Hashes what a learner sees of cards, one after the other; the buffer is kept between them.
#[derive(Debug, Default)]
pub(super) struct Seer(Vec<u8>);

impl Seer {
    /// A hash of all that a learner sees of a card, its lines in the note left out, since these move with every
    /// edit above them; `was` is its answer before that changed in substance.
    pub(super) fn seen(&mut self, card: &Card, was: Option<&Was>) -> Seen {
        let buffer = &mut self.0;
        buffer.clear();
        let mut field = |text: &str| {
            buffer.extend_from_slice(text.as_bytes());
            buffer.push(0);
        };
        for text in [&*card.deck, card.kind.name(), card.rule, &card.source.file] {
            field(text);
        }
        for list in [&card.trail, &card.tags] {
            for text in list {
                field(text);
            }
            field("\u{1}");
        }
        if card.lineage.form.is_some() || !card.lineage.faces.is_empty() {
            field(&form(card));
        }
        if let Some(was) = was {
            field(&was.answer);
            field(&was.at.to_string());
        }
        write_body(&card.body, buffer);
        if let Some(why) = &card.why {
            super::content::write_styled(why, buffer);
        }
        Seen::of(u64::from_le_bytes(blake3::hash(buffer).as_bytes()[..8].try_into().unwrap_or_default()))
    }
}

/// A hash of what a learner sees, as a lock writes it: eleven digits for 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen([u8; 11]);

impl Seen {
    fn of(mut number: u64) -> Seen {
        const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let mut out = [0; 11];
        for digit in &mut out {
            *digit = DIGITS[usize::try_from(number % 62).unwrap_or_default()];
            number /= 62;
        }
        Seen(out)
    }

    /// Its digits.
    pub(super) fn digits(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// The answer of a card by the sides of its entry, as plain text.
pub(super) fn answer(sides: &str) -> String {
    use super::lock::unescaped;
    let mut parts = sides.split('\t');
    let letter = parts.next().unwrap_or_default();
    match letter {
        "c" => super::sketch::cut(&unescaped(parts.next().unwrap_or_default())).1.join(" · "),
        "m" => {
            let right = parts.skip(1).filter_map(|option| option.strip_prefix("+ ")).map(unescaped);
            right.collect::<Vec<_>>().join(" · ")
        }
        _ => unescaped(parts.nth(1).unwrap_or_default()).into_owned(),
    }
}

/// The shape of a body by the letter of its sides.
pub(super) fn shape(sides: &str) -> Form {
    match sides.as_bytes().first() {
        Some(b'c') => Form::Cloze,
        Some(b'm') => Form::Choice,
        Some(b'r') => Form::Reversible,
        _ => Form::Basic,
    }
}

/// What stands between two headings of a trail.
pub(super) const JOINT: &str = " › ";

/// The headings above a card in one line.
pub(super) fn trail(card: &Card) -> String {
    card.trail.join(JOINT)
}
