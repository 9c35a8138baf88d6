//! Decks of other programs as notes: Markdown that recto compiles to the same cards.

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub use super::markdown::MEDIA;
use super::markdown::{self, Converter};
use super::template::{self, Fields};
use crate::load::package::{Card, Note, NoteType, Package};

/// How many cards a file of notes has at most; larger ones are no pleasure to edit.
const MOST_CARDS: usize = 1_000;

/// A card of another program, in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sides {
    /// A front and a back, as HTML.
    Pair(String, String),
    /// A text with gaps as Anki has them.
    Gaps(String),
}

/// A card to be written into a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The number of the note in its package, and of its faces in it; of a table, the row.
    pub origin: (i64, Vec<i64>),
    /// Its deck, levels joined by `::`.
    pub deck: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// What it asks and answers.
    pub sides: Sides,
}

/// A file of notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name without folders, made of the deck's.
    pub name: String,
    /// What it holds.
    pub text: String,
    /// Its cards: the line on which each begins, and where it comes from.
    pub cards: Vec<(usize, (i64, Vec<i64>))>,
}

/// The cards of a package that recto did not make; empty sides are left out.
pub fn of_package(package: &Package) -> Vec<Foreign> {
    let mut cards: BTreeMap<i64, Vec<&Card>> = BTreeMap::new();
    for card in &package.cards {
        cards.entry(card.note).or_default().push(card);
    }
    let foreign = |note: &Note| {
        let notetype = package.notetypes.get(&note.notetype)?;
        let cards = cards.get(&note.id)?;
        Some(of_note(package, (note, notetype), cards))
    };
    package.notes.iter().filter_map(foreign).flatten().collect()
}

fn of_note(package: &Package, (note, notetype): (&Note, &NoteType), cards: &[&Card]) -> Vec<Foreign> {
    let names = notetype.fields.iter().map(|field| field.name.as_str());
    let mut fields: Fields = names.zip(note.fields.iter().map(String::as_str)).collect();
    let tags = note.tags.join(" ");
    let deck = |card: &Card| package.decks.get(&card.deck).cloned().unwrap_or_default();
    let first = cards.first().map(|card| deck(card)).unwrap_or_default();
    fields.extend([("Tags", tags.as_str()), ("Deck", first.as_str()), ("Type", notetype.name.as_str())]);
    let foreign = |deck, numbers, sides| Foreign { origin: (note.id, numbers), deck, tags: note.tags.clone(), sides };
    if notetype.cloze {
        let text = note.fields.iter().find(|field| field.contains("{{c")).cloned().unwrap_or_default();
        let numbers = cards.iter().map(|card| card.number).collect();
        return vec![foreign(first.clone(), numbers, Sides::Gaps(text))];
    }
    let side = |card: &&&Card| {
        let template = notetype.templates.get(usize::try_from(card.number).ok()?)?;
        let sides = Sides::Pair(template::fill(&template.front, &fields), template::answer(&template.back, &fields));
        Some(foreign(deck(card), vec![card.number], sides))
    };
    cards.iter().filter_map(|card| side(&card)).collect()
}

/// What the cards of one file share: the deck, the tags, and whether they have gaps.
type Group<'a> = (&'a str, &'a [String], bool);

/// Files of notes that hold these cards, one for each deck and set of tags, and how many cards were
/// left out because a side is empty.
pub fn write(cards: &[Foreign]) -> (Vec<Written>, usize) {
    let converter = Converter::new();
    let mut groups: BTreeMap<Group, Vec<(&Foreign, String)>> = BTreeMap::new();
    let mut empty = 0;
    for card in cards {
        let Some(text) = block(&converter, &card.sides) else {
            empty += 1;
            continue;
        };
        let gaps = matches!(card.sides, Sides::Gaps(_));
        groups.entry((&card.deck, &card.tags, gaps)).or_default().push((card, text));
    }
    let mut files = Vec::new();
    for ((deck, tags, _), cards) in groups {
        for cards in cards.chunks(MOST_CARDS) {
            files.push(file(deck, tags, cards));
        }
    }
    (files, empty)
}

fn file(deck: &str, tags: &[String], cards: &[(&Foreign, String)]) -> Written {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut text = String::from("---\n");
    if !deck.is_empty() {
        _ = writeln!(text, "deck: {}", quoted(deck));
    }
    if !tags.is_empty() {
        let tags: Vec<String> = tags.iter().map(|tag| quoted(tag)).collect();
        _ = writeln!(text, "tags: [{}]", tags.join(", "));
    }
    text.push_str("---\n");
    let mut places = Vec::new();
    for (card, block) in cards {
        text.push('\n');
        places.push((text.matches('\n').count() + 1, card.origin.clone()));
        text.push_str(block);
        text.push('\n');
    }
    let name = deck.rsplit("::").next().unwrap_or_default().to_owned();
    Written { name, text, cards: places }
}

/// A card in recto's markup; none where a side is empty.
fn block(converter: &Converter, sides: &Sides) -> Option<String> {
    match sides {
        Sides::Pair(front, back) => {
            let (front, back) = (converter.markdown(front, false), converter.markdown(back, false));
            let full = !front.is_empty() && !back.is_empty();
            full.then(|| format!("{}\n{}", labelled("Q:", &front), labelled("A:", &back)))
        }
        Sides::Gaps(text) => {
            // One card is one paragraph.
            let text = converter.markdown(text, true);
            let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            let text = lines.join("\\\n");
            text.contains("{{c").then_some(text)
        }
    }
}

/// A side behind its label. What must begin a line of its own, such as a list, stands below it.
fn labelled(label: &str, side: &str) -> String {
    let own_line = ["- ", "* ", "1. ", "|", "```", "#", "> ", "$$"].iter().any(|mark| side.starts_with(mark));
    format!("{label}{}{side}", if own_line { "\n\n" } else { " " })
}

/// The names of the files that a card shows or plays.
pub fn media(card: &Foreign) -> Vec<String> {
    match &card.sides {
        Sides::Pair(front, back) => [markdown::files(front), markdown::files(back)].concat(),
        Sides::Gaps(text) => markdown::files(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(front: &str, back: &str) -> Foreign {
        let sides = Sides::Pair(front.into(), back.into());
        Foreign { origin: (1, vec![0]), deck: "A::B".into(), tags: vec!["x".into()], sides }
    }

    #[test]
    fn cards_become_notes() {
        let cards =
            [pair("What is <b>S3</b>?", "a store"), pair("Which?", "<ul><li>a</li><li>b</li></ul>"), pair("", "x")];
        let (files, empty) = write(&cards);
        assert_eq!((files.len(), empty), (1, 1));
        assert!(files[0].text.starts_with(
            "---\ndeck: \"A::B\"\ntags: [\"x\"]\n---\n\nQ: What is **S3**?\nA: a store\n\nQ: Which?\nA:\n\n"
        ));
        assert_eq!(files[0].cards.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [6, 9]);
    }
}
