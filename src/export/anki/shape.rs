//! A card in the shape it has in Anki. There a note cannot change its type and keep its history, so a card that came
//! in as a gap and is a question by now stays a cloze note, and the other way round. Faces that the type has no
//! room for stand in a note of their own beside it.

use super::notetypes::{self, NoteType};
use super::options::list;
use crate::card::gaps::{asked, only, stretches};
use crate::card::slot::{APART, Slot};
use crate::card::{Body, Card, Choice, Form};
use crate::identity::companion;
use crate::render::html::Html;
use std::collections::BTreeSet;

/// What a note has of its own: the fields before those that every note type has.
pub(super) struct Shape {
    /// The note type.
    pub(super) notetype: &'static NoteType,
    /// Its GUID.
    pub(super) guid: String,
    /// Its own fields.
    pub(super) fields: Vec<String>,
    /// The numbers of its cards.
    pub(super) card_numbers: Vec<u16>,
}

impl Shape {
    /// For each of its cards the place of its face among those of the card.
    pub(super) fn places(&self, card: &Card) -> Vec<Option<usize>> {
        let numbers = card.faces();
        let (form, beside) = (self.notetype.form(), self.guid != card.id.0);
        self.card_numbers.iter().map(|number| Slot { beside, form, number: *number }.face(&numbers)).collect()
    }
}

/// The notes of a card: one, and where its shape has no room for all faces, one beside it.
pub(super) fn shapes(card: &Card, media: &BTreeSet<String>) -> Vec<Shape> {
    let html = Html { media, gaps: false };
    let (form, faces) = (card.form(), card.faces());
    let guid = card.id.0.clone();
    let has_own = !is_single(form) || faces.contains(&0) || matches!(card.body, Body::Reversible { .. });
    if form == Form::of(&card.body) && has_own {
        let (notetype, mut fields) = natural(&card.body, &html);
        // A pair that was turned round in the notes stays as it was, since its directions have histories.
        if form == Form::Reversible && faces == [1, 0] {
            fields.swap(0, 1);
        }
        return vec![Shape { notetype, guid, fields, card_numbers: notetype.card_numbers(&card.body.gaps()) }];
    }
    let html = Html { media, gaps: form == Form::Cloze };
    let (front, back) = sides(card, &html);
    let number = faces.first().copied().unwrap_or_default();
    let (notetype, fields, card_numbers) = match form {
        Form::Basic => (&notetypes::BASIC, vec![front, back], vec![0]),
        // Of a pair whose way back alone is left, that one keeps its side.
        Form::Reversible if number == 1 => (&notetypes::REVERSIBLE, vec![back, front], vec![0, 1]),
        Form::Reversible => (&notetypes::REVERSIBLE, vec![front, back], vec![0, 1]),
        Form::Cloze => (&notetypes::CLOZE, vec![format!("{front} {{{{c{}::{back}}}}}", number + 1)], vec![number]),
        Form::Choice => (&notetypes::CHOICE, vec![front, String::new(), back], vec![0]),
    };
    let own = has_own.then_some(Shape { notetype, guid, fields, card_numbers });
    [own, beside(card, media)].into_iter().flatten().collect()
}

/// Whether notes of a form have one card, which stays with the face that has number 0: where that is gone, no other
/// face may take over its history.
fn is_single(form: Form) -> bool {
    matches!(form, Form::Basic | Form::Choice)
}

/// A body in the note type that is made for it.
fn natural(body: &Body, html: &Html) -> (&'static NoteType, Vec<String>) {
    match body {
        Body::Question { question, answer } => (&notetypes::BASIC, vec![html.content(question), html.content(answer)]),
        Body::Reversible { front, back } => (&notetypes::REVERSIBLE, vec![html.content(front), html.content(back)]),
        Body::Cloze { text } => (&notetypes::CLOZE, vec![Html { gaps: true, ..*html }.content(text)]),
        Body::Choice { stem, options } => {
            let right: Vec<&Choice> = options.iter().filter(|o| o.correct).collect();
            let all: Vec<&Choice> = options.iter().collect();
            (&notetypes::CHOICE, vec![html.content(stem), list(html, &all), list(html, &right)])
        }
    }
}

/// The two sides of the face of a card that its own note asks.
fn sides(card: &Card, html: &Html) -> (String, String) {
    match &card.body {
        Body::Question { question: front, answer: back } | Body::Reversible { front, back } => {
            (html.content(front), html.content(back))
        }
        Body::Cloze { text } => {
            let first = if is_single(card.form()) { None } else { card.body.gaps().first().copied() }.unwrap_or(1);
            let words: Vec<String> = stretches(text, first).iter().map(|text| html.text(text)).collect();
            (html.content(&asked(text, first)), words.join(" … "))
        }
        Body::Choice { stem, options } => {
            let right: Vec<&Choice> = options.iter().filter(|o| o.correct).collect();
            let unmarked: Vec<Choice> = options.iter().map(|o| Choice { correct: false, ..o.clone() }).collect();
            (html.content(stem) + &list(html, &unmarked.iter().collect::<Vec<_>>()), list(html, &right))
        }
    }
}

/// The faces of a body that its own note has no room for, in a note of their own.
fn beside(card: &Card, media: &BTreeSet<String>) -> Option<Shape> {
    let guid = companion(&card.id.0);
    let single = is_single(card.form());
    match &card.body {
        Body::Reversible { front, back } if card.form() != Form::Reversible => {
            let html = Html { media, gaps: false };
            let fields = vec![html.content(back), html.content(front)];
            Some(Shape { notetype: &notetypes::BASIC, guid, fields, card_numbers: vec![0] })
        }
        Body::Question { .. } | Body::Choice { .. } if single => {
            let number = card.faces().first().copied().filter(|number| *number != 0)?;
            let (front, back) = sides(card, &Html { media, gaps: number < APART });
            let gap = || format!("{front} {{{{c{}::{back}}}}}", number + 1);
            let (notetype, fields, number) = if number < APART {
                (&notetypes::CLOZE, vec![gap()], number)
            } else {
                (&notetypes::BASIC, vec![front, back], 0)
            };
            Some(Shape { notetype, guid, fields, card_numbers: vec![number] })
        }
        Body::Cloze { text } => {
            let mut others = card.body.gaps();
            let own = if single { others.iter().position(|gap| *gap == 1) } else { Some(0) };
            if let Some(own) = own.filter(|own| *own < others.len()) {
                others.remove(own);
            }
            let field = Html { media, gaps: true }.content(&only(text, |number| others.contains(&number)));
            let card_numbers = notetypes::CLOZE.card_numbers(&others);
            let shape = Shape { notetype: &notetypes::CLOZE, guid, fields: vec![field], card_numbers };
            (!others.is_empty()).then_some(shape)
        }
        _ => None,
    }
}
