//! A card as the review database keeps it: plain texts for each face, and a hash that tells whether
//! anything a learner sees has changed.
//!
//! A face is named by what it asks, never by its number, so that memories stay with their gap when
//! gaps are added, moved or renumbered.

use crate::card::{Body, Card, Choice, Content, json, listing};
use crate::markdown::text::{Gap, Style, Text};

/// One side to be asked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FaceRecord {
    /// `front`, `back`, or `gap:` and the gap's words; unique within the card.
    pub(super) key: String,
    /// What is asked.
    pub(super) front: String,
    /// What is to be answered.
    pub(super) back: String,
}

/// One card, ready to be written.
#[derive(Debug)]
pub(super) struct CardRecord<'a> {
    /// The card.
    pub(super) card: &'a Card,
    /// The trail as a JSON array.
    pub(super) trail: String,
    /// The tags as a JSON array.
    pub(super) tags: String,
    /// The explanation.
    pub(super) why: Option<String>,
    /// The card as JSON, with all its marks.
    pub(super) content: String,
    /// The faces, in the order of the card.
    pub(super) faces: Vec<FaceRecord>,
    /// Over all that is stored but the card's place.
    pub(super) hash: String,
}

impl<'a> CardRecord<'a> {
    pub(super) fn new(card: &'a Card) -> Self {
        let mut record = CardRecord {
            card,
            trail: serde_json::Value::from(card.trail.as_slice()).to_string(),
            tags: serde_json::Value::from(card.tags.as_slice()).to_string(),
            why: card.why.as_ref().map(listing::content),
            content: json::write(card),
            faces: faces(&card.body),
            hash: String::new(),
        };
        record.hash = record.hashed();
        record
    }

    fn hashed(&self) -> String {
        let card = self.card;
        let mut fields =
            vec![&*card.deck, card.kind.name(), card.rule, &self.trail, &self.tags, self.why.as_deref().unwrap_or("")];
        fields.push(&self.content);
        fields.extend(self.faces.iter().flat_map(|face| [&*face.key, &*face.front, &*face.back]));
        let mut hasher = blake3::Hasher::new();
        for field in fields {
            // The length keeps `ab`, `c` apart from `a`, `bc`.
            hasher.update(&(field.len() as u64).to_le_bytes());
            hasher.update(field.as_bytes());
        }
        hasher.finalize().to_hex()[..32].to_owned()
    }
}

fn faces(body: &Body) -> Vec<FaceRecord> {
    let face = |key: &str, front: String, back: String| FaceRecord { key: key.to_owned(), front, back };
    match body {
        Body::Question { question, answer } => {
            vec![face("front", listing::content(question), listing::content(answer))]
        }
        Body::Reversible { front, back } => {
            let (front, back) = (listing::content(front), listing::content(back));
            vec![face("front", front.clone(), back.clone()), face("back", back, front)]
        }
        Body::Cloze { text } => gap_faces(body, text),
        Body::Choice { stem, options } => {
            let asked = std::iter::once(listing::content(stem)).chain(options.iter().map(option));
            let right = options.iter().filter(|o| o.correct).map(option);
            vec![face("front", lines(asked), lines(right))]
        }
    }
}

fn option(option: &Choice) -> String {
    format!("{}) {}", option.letter, listing::content(&option.content))
}

fn lines(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("\n")
}

fn gap_faces(body: &Body, text: &Content) -> Vec<FaceRecord> {
    let mut faces: Vec<FaceRecord> = Vec::new();
    for number in body.gaps() {
        let stretches: Vec<Text> = text.texts().into_iter().flat_map(|t| stretches(t, number)).collect();
        let marked: Vec<String> = stretches.iter().map(listing::text).collect();
        let plain: Vec<&str> = stretches.iter().flat_map(|t| t.plain().split_whitespace()).collect();
        faces.push(FaceRecord {
            key: free_key(&faces, &format!("gap:{}", plain.join(" "))),
            front: listing::content(&text.map_texts(&|t| asked(t, number))),
            back: marked.join(" … "),
        });
    }
    faces
}

/// The key itself, or with the first free number where two gaps of a card have the same words.
fn free_key(faces: &[FaceRecord], key: &str) -> String {
    let numbered = (2..).map(|number: usize| format!("{key}#{number}"));
    let mut candidates = std::iter::once(key.to_owned()).chain(numbered);
    candidates.find(|candidate| faces.iter().all(|face| face.key != *candidate)).unwrap_or_default()
}

/// The stretches of a text that are gap `number`, without their gaps.
fn stretches(text: &Text, number: u16) -> Vec<Text> {
    let mut out: Vec<Text> = Vec::new();
    let mut inside = false;
    for run in text.runs() {
        let gap = is_gap(run.style.gap.as_ref(), number);
        if gap && !inside {
            out.push(Text::default());
        }
        if let (true, Some(last)) = (gap, out.last_mut()) {
            last.append(&without_gaps(&text.slice(run.start..run.end)));
        }
        inside = gap;
    }
    out
}

/// The text with gap `number` left open and the others filled.
fn asked(text: &Text, number: u16) -> Text {
    let mut out = Text::default();
    let mut inside = false;
    for run in text.runs() {
        let gap = is_gap(run.style.gap.as_ref(), number);
        if !gap {
            out.append(&without_gaps(&text.slice(run.start..run.end)));
        } else if !inside {
            let hint = run.style.gap.as_ref().and_then(|gap| gap.hint.as_deref());
            out.push(&format!("[{}]", hint.unwrap_or("…")), Style::default(), None);
        }
        inside = gap;
    }
    out
}

fn is_gap(gap: Option<&Gap>, number: u16) -> bool {
    gap.is_some_and(|gap| gap.number == number)
}

fn without_gaps(text: &Text) -> Text {
    text.restyle(|style| style.gap = None)
}
