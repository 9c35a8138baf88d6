//! A card in the shape it has in Anki. There a note cannot change its type and keep its history, so a card that came
//! in as a gap and is a question by now stays a cloze note, and the other way round. Faces that the type has no
//! room for stand in a note of their own beside it.

use super::notetypes::{self, NoteType};
use super::options::list;
use crate::card::gaps::{asked, only, stretches};
use crate::card::slot::Slot;
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
    let form = card.form();
    let guid = card.id.0.clone();
    if form == Form::of(&card.body) {
        let (notetype, mut fields) = natural(&card.body, &html);
        // A pair that was turned round in the notes stays as it was, since its directions have histories.
        if form == Form::Reversible && card.faces() == [1, 0] {
            fields.swap(0, 1);
        }
        return vec![Shape { notetype, guid, fields, card_numbers: notetype.card_numbers(&card.body.gaps()) }];
    }
    let html = Html { media, gaps: form == Form::Cloze };
    let (front, back) = sides(&card.body, &html);
    let number = card.faces().first().copied().unwrap_or_default();
    let (notetype, fields, card_numbers) = match form {
        Form::Basic => (&notetypes::BASIC, vec![front, back], vec![0]),
        // Of a pair whose way back alone is left, that one keeps its side.
        Form::Reversible if number == 1 => (&notetypes::REVERSIBLE, vec![back, front], vec![0, 1]),
        Form::Reversible => (&notetypes::REVERSIBLE, vec![front, back], vec![0, 1]),
        Form::Cloze => (&notetypes::CLOZE, vec![format!("{front} {{{{c{}::{back}}}}}", number + 1)], vec![number]),
        Form::Choice => (&notetypes::CHOICE, vec![front, String::new(), back], vec![0]),
    };
    let own = Shape { notetype, guid, fields, card_numbers };
    [Some(own), beside(card, media)].into_iter().flatten().collect()
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

/// The two sides of the first face of a body.
fn sides(body: &Body, html: &Html) -> (String, String) {
    match body {
        Body::Question { question: front, answer: back } | Body::Reversible { front, back } => {
            (html.content(front), html.content(back))
        }
        Body::Cloze { text } => {
            let first = body.gaps().first().copied().unwrap_or(1);
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

/// The faces of a body behind its first one, in a note of their own.
fn beside(card: &Card, media: &BTreeSet<String>) -> Option<Shape> {
    let guid = companion(&card.id.0);
    match &card.body {
        Body::Reversible { front, back } if card.form() != Form::Reversible => {
            let html = Html { media, gaps: false };
            let fields = vec![html.content(back), html.content(front)];
            Some(Shape { notetype: &notetypes::BASIC, guid, fields, card_numbers: vec![0] })
        }
        Body::Cloze { text } => {
            let others: Vec<u16> = card.body.gaps().into_iter().skip(1).collect();
            let field = Html { media, gaps: true }.content(&only(text, |number| others.contains(&number)));
            let card_numbers = notetypes::CLOZE.card_numbers(&others);
            let shape = Shape { notetype: &notetypes::CLOZE, guid, fields: vec![field], card_numbers };
            (!others.is_empty()).then_some(shape)
        }
        _ => None,
    }
}
