//! A card as Anki's note: its note type, its fields, its tags and its deck.

use super::notetypes::{self, NoteType};
use super::{options, script};
use crate::card::{Body, Card, Choice, Deck};
use crate::render::clean;
use crate::render::html::Html;
use std::collections::BTreeSet;

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

/// The notes of a deck, in its order.
pub(in crate::export) fn notes(deck: &Deck) -> Vec<Note> {
    let media = deck.media.iter().map(|m| clean(&m.name).into_owned()).collect();
    let mut names = super::decks::Names::default();
    let languages = script::of_files(deck);
    let mut note = |card: &Card| {
        let deck = names.spelling(&[card.deck.as_str(), deck.name.as_str()]);
        let language = languages.get(card.source.file.as_str()).copied().unwrap_or_default();
        Note { deck, ..note(card, &media, language) }
    };
    deck.cards.iter().map(&mut note).collect()
}

fn note(card: &Card, media: &BTreeSet<String>, language: &str) -> Note {
    let html = Html { media, gaps: false };
    let (notetype, mut fields) = match &card.body {
        Body::Question { question, answer } => (&notetypes::BASIC, vec![html.content(question), html.content(answer)]),
        Body::Reversible { front, back } => (&notetypes::REVERSIBLE, vec![html.content(front), html.content(back)]),
        Body::Cloze { text } => (&notetypes::CLOZE, vec![Html { media, gaps: true }.content(text)]),
        Body::Choice { stem, options } => {
            let right: Vec<&Choice> = options.iter().filter(|o| o.correct).collect();
            let all: Vec<&Choice> = options.iter().collect();
            (&notetypes::CHOICE, vec![html.content(stem), options::list(&html, &all), options::list(&html, &right)])
        }
    };
    fields.extend(tail(card, &html));
    fields.push(language.to_owned());
    fields.resize(notetype.fields.len(), String::new());
    let card_numbers = notetype.card_numbers(&card.body.gaps());
    Note {
        guid: card.id.0.clone(),
        notetype,
        deck: String::new(),
        file: card.source.file.clone(),
        fields,
        tags: tags(card),
        card_numbers,
    }
}

/// The fields that every note type has behind its own, but for the language and the spare ones.
fn tail(card: &Card, html: &Html) -> [String; 5] {
    let trail: Vec<String> = card.trail.iter().map(|heading| html.words(heading)).collect();
    [
        card.why.as_ref().map(|why| html.content(why)).unwrap_or_default(),
        trail.join(" › "),
        html.words(&source(card)),
        card.kind.name().to_owned(),
        html.words(&card.id.0),
    ]
}

fn source(card: &Card) -> String {
    let place = &card.source;
    match (place.file.is_empty(), place.end_line > place.line) {
        (true, _) => String::new(),
        (false, false) => format!("{}:{}", place.file, place.line),
        (false, true) => format!("{}:{}–{}", place.file, place.line, place.end_line),
    }
}

/// The card's tags and one for its kind, each as Anki would write it, none twice.
fn tags(card: &Card) -> String {
    let mut seen = BTreeSet::new();
    let all = card.tags.iter().map(|tag| tidy_tag(tag)).chain([format!("recto::{}", card.kind.name())]);
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
