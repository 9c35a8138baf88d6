//! A card as Anki's note: its note type, its fields, its tags and its deck.

use super::notetypes::{self, NoteType};
use super::script;
use super::shape::{Shape, shapes};
use crate::card::{Card, Deck, SourcePlace};
use crate::identity::time;
use crate::render::clean;
use crate::render::html::Html;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A note, ready to be written to a package or a text file.
#[derive(Debug)]
pub(in crate::export) struct Note {
    /// Its GUID: the card's id.
    pub guid: String,
    /// Its note type.
    notetype: &'static NoteType,
    /// The name of its deck, levels joined by `::`.
    pub deck: String,
    /// The note of the user's that it comes from.
    pub file: String,
    /// Its fields, as many as its note type has.
    pub fields: Vec<String>,
    /// Its tags, with blanks between them.
    pub tags: String,
    /// The numbers of its cards.
    pub card_numbers: Vec<u16>,
    /// The id of the card that it shows.
    pub card: String,
    /// For each of its cards the face that it asks.
    pub faces: Vec<Option<Which>>,
    /// The second at which it last changed: Anki takes over a later one only.
    pub changed: i64,
}

/// One of the faces of a card.
#[derive(Debug, Clone, Copy)]
pub(in crate::export) struct Which {
    /// Its number, for ever.
    pub number: u16,
    /// Its place among the faces of the card, and how many there are.
    pub place: (usize, usize),
}

impl Note {
    /// The id of its note type.
    pub(super) fn notetype_id(&self) -> i64 {
        self.notetype.id
    }

    /// The names of its fields.
    pub(super) fn field_names(&self) -> &'static [&'static str] {
        self.notetype.fields
    }

    /// The name of its note type.
    pub(in crate::export) fn notetype_name(&self) -> &'static str {
        self.notetype.name
    }
}

/// The largest number of fields that a note can have.
pub(in crate::export) fn most_fields() -> usize {
    notetypes::most_fields()
}

/// The notes of a deck, in its order, made one by one.
pub(in crate::export) fn notes(deck: &Deck) -> impl Iterator<Item = Note> {
    let media: BTreeSet<String> = deck.media.iter().map(|m| clean(&m.name).into_owned()).collect();
    let mut names = super::decks::Names::default();
    let languages = script::of_files(deck);
    deck.cards.iter().flat_map(move |card| {
        let deck = names.spelling(&[card.deck.as_str(), deck.name.as_str()]);
        let language = languages.get(card.source.file.as_str()).copied().unwrap_or_default();
        notes_of(card, &media, &deck, language)
    })
}

fn notes_of(card: &Card, media: &BTreeSet<String>, deck: &str, language: &str) -> Vec<Note> {
    let html = Html { media, gaps: false };
    let note = |shape: Shape| {
        let numbers = card.faces();
        let which = |place: usize| Which { number: numbers[place], place: (place, numbers.len()) };
        let faces = shape.places(card).into_iter().map(|place| place.map(which)).collect();
        let Shape { notetype, guid, mut fields, card_numbers } = shape;
        fields.extend(tail(card, &html));
        fields.push(language.to_owned());
        fields.resize(notetype.fields.len(), String::new());
        let changed = card.lineage.changed.unwrap_or(super::MADE_AT);
        let (deck, file) = (deck.to_owned(), card.source.file.clone());
        let (tags, card) = (tags(card), card.id.0.clone());
        Note { guid, notetype, deck, file, fields, tags, card_numbers, card, faces, changed }
    };
    shapes(card, media).into_iter().map(note).collect()
}

/// The fields that every note type has behind its own, but for the language and the spare ones.
fn tail(card: &Card, html: &Html) -> [String; 5] {
    let trail: Vec<String> = card.trail.iter().map(|heading| html.words(heading)).collect();
    [
        why(card, html),
        trail.join(" › "),
        html.words(&sources(card)),
        card.kind.name().to_owned(),
        html.words(&card.id.0),
    ]
}

/// All places of the notes that say what the card says.
fn sources(card: &Card) -> String {
    let all: Vec<String> = std::iter::once(&card.source).chain(&card.also).map(source).collect();
    all.join("; ")
}

fn source(place: &SourcePlace) -> String {
    match (place.file.is_empty(), place.end_line > place.line) {
        (true, _) => String::new(),
        (false, false) => format!("{}:{}", place.file, place.line),
        (false, true) => format!("{}:{}–{}", place.file, place.line, place.end_line),
    }
}

/// The explanation, and what the answer was before it changed in substance.
fn why(card: &Card, html: &Html) -> String {
    let mut out = card.why.as_ref().map(|why| html.content(why)).unwrap_or_default();
    if let Some(was) = &card.lineage.was {
        let on = day(was.at);
        _ = write!(out, "<div class=\"was\">Changed on {on}; before: {}</div>", html.words(&was.answer));
    }
    out
}

fn day(second: i64) -> String {
    time::write(second).chars().take(10).collect()
}

/// The card's tags, one for its kind and one for the day of a change in substance, each as Anki would write it, none
/// twice.
fn tags(card: &Card) -> String {
    let mut seen = BTreeSet::new();
    let all = card.tags.iter().map(|tag| tidy_tag(tag)).chain([format!("recto::{}", card.kind.name())]);
    let all = all.chain(card.lineage.was.as_ref().map(|was| format!("recto::changed::{}", day(was.at))));
    let tags: Vec<String> = all.filter(|tag| !tag.is_empty() && seen.insert(tag.to_lowercase())).collect();
    tags.join(" ")
}

fn tidy_tag(tag: &str) -> String {
    let tag = clean(tag);
    let levels = tag.split("::").map(|level| level.split_whitespace().collect::<Vec<_>>().join("_"));
    levels.filter(|level| !level.is_empty()).collect::<Vec<_>>().join("::")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::samples;

    #[test]
    fn every_note_has_the_fields_of_its_type() {
        for note in notes(&samples::deck()) {
            assert_eq!(note.fields.len(), note.notetype.fields.len());
            assert!(!note.fields[0].is_empty());
            assert!(!note.card_numbers.is_empty());
        }
    }

    #[test]
    fn tags_are_tidy() {
        let mut card = samples::deck().cards.remove(0);
        card.tags = ["a b", "A_b", "x::::y", "", "\u{3000}"].map(str::to_owned).to_vec();
        assert_eq!(tags(&card), "a_b x::y recto::fact");
    }
}
