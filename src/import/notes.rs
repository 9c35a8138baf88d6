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
    /// Two sides that are asked in both directions.
    Both(String, String),
    /// A text with gaps as Anki has them.
    Gaps(String),
    /// A question and its options, each with whether it is right.
    Choice(String, Vec<(String, bool)>),
    /// A picture of which parts are covered.
    Covered,
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
    /// What is shown after the answer; may be empty.
    pub why: String,
    /// Whether it is a trap or a tip; no other kind can be told of a card that is written as one.
    pub remark: Option<Remark>,
}

/// What a callout around a card says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// A mistake that an exam invites.
    Trap,
    /// Advice.
    Tip,
}

impl Remark {
    /// The callout's label.
    fn label(self) -> &'static str {
        match self {
            Remark::Trap => "WARNING",
            Remark::Tip => "TIP",
        }
    }
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
    let foreign = |deck, numbers, sides, why| Foreign {
        origin: (note.id, numbers),
        deck,
        tags: note.tags.clone(),
        sides,
        why,
        remark: None,
    };
    if is_covered(note, notetype) {
        let numbers = cards.iter().map(|card| card.number).collect();
        return vec![foreign(first.clone(), numbers, Sides::Covered, String::new())];
    }
    if notetype.cloze {
        let text = note.fields.iter().find(|field| field.contains("{{c")).cloned().unwrap_or_default();
        let below = notetype.templates.first().map(|one| template::below(&one.front, &one.back, &fields));
        let numbers = cards.iter().map(|card| card.number).collect();
        return vec![foreign(first.clone(), numbers, Sides::Gaps(text), below.unwrap_or_default())];
    }
    let side = |card: &&&Card| {
        let template = notetype.templates.get(usize::try_from(card.number).ok()?)?;
        let sides =
            Sides::Pair(template::question(&template.front, &fields), template::answer(&template.back, &fields));
        Some(foreign(deck(card), vec![card.number], sides, String::new()))
    };
    cards.iter().filter_map(|card| side(&card)).collect()
}

/// Whether a note is a picture with covered parts: Anki's own kind, or that of the add-on.
fn is_covered(note: &Note, notetype: &NoteType) -> bool {
    let has = |name: &str| notetype.fields.iter().any(|field| field.name == name);
    let own = notetype.cloze && note.fields.iter().any(|field| field.contains("::image-occlusion:"));
    own || (has("Question Mask") && has("Answer Mask"))
}

/// What the cards of one file share: the deck, the tags, the callout, and how they are written, since an answer ends where
/// the next question begins and would take what is written otherwise for its own.
type Group<'a> = (&'a str, &'a [String], Option<Remark>, u8);

/// How many cards were left out, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// A side is empty.
    pub empty: usize,
    /// They ask for covered parts of a picture; a note is one.
    pub covered: usize,
}

/// Files of notes that hold these cards, one for each deck and set of tags, and what was left out.
pub fn write(cards: &[Foreign]) -> (Vec<Written>, Left) {
    let converter = Converter::new();
    let mut groups: BTreeMap<Group, Vec<(&Foreign, String)>> = BTreeMap::new();
    let mut left = Left::default();
    for card in cards {
        let Some(text) = block(&converter, card) else {
            let covered = card.sides == Sides::Covered;
            let count = if covered { &mut left.covered } else { &mut left.empty };
            *count += 1;
            continue;
        };
        let way = match card.sides {
            Sides::Pair(..) => 0,
            Sides::Gaps(..) => 1,
            Sides::Choice(..) | Sides::Covered => 2,
            Sides::Both(..) => 3,
        };
        groups.entry((&card.deck, &card.tags, card.remark, way)).or_default().push((card, text));
    }
    let mut files = Vec::new();
    for ((deck, tags, ..), cards) in groups {
        for cards in cards.chunks(MOST_CARDS) {
            files.push(file(deck, tags, cards));
        }
    }
    (files, left)
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
fn block(converter: &Converter, card: &Foreign) -> Option<String> {
    let written = match &card.sides {
        Sides::Pair(front, back) if card.remark.is_none() => {
            let (front, back) = (converter.markdown(front, false), converter.markdown(back, false));
            let full = !front.is_empty() && !back.is_empty();
            full.then(|| format!("{}\n{}", labelled("Q:", &front), labelled("A:", &back)))
        }
        Sides::Pair(front, back) => divided(converter, [front, back], "?"),
        Sides::Both(front, back) => divided(converter, [front, back], "??"),
        Sides::Gaps(text) => Some(one_paragraph(&converter.markdown(text, true))).filter(|text| text.contains("{{c")),
        Sides::Choice(stem, options) => choice(converter, stem, options),
        Sides::Covered => None,
    };
    let text = written? + &reason(converter, &card.why);
    Some(card.remark.map_or_else(|| text.clone(), |remark| quoted(&format!("[!{}]\n{text}", remark.label()))))
}

/// Two sides with a mark on a line between them.
fn divided(converter: &Converter, sides: [&str; 2], mark: &str) -> Option<String> {
    let [front, back] = sides.map(|side| converter.markdown(side, false));
    let end = if back.contains("\n\n") { "\n+++" } else { "" };
    let full = !front.is_empty() && !back.is_empty();
    full.then(|| format!("{}\n{mark}\n{back}{end}", one_paragraph(&front)))
}

/// A text inside a callout.
fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// A text as one paragraph, as a card with gaps is written.
fn one_paragraph(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\\\n")
}

/// What is shown after the answer, in a paragraph of its own.
fn reason(converter: &Converter, why: &str) -> String {
    let why = one_paragraph(&converter.markdown(why, false));
    if why.is_empty() { why } else { format!("\n\nWhy: {why}") }
}

/// A question with a box before each option.
fn choice(converter: &Converter, stem: &str, options: &[(String, bool)]) -> Option<String> {
    let stem = converter.markdown(stem, false);
    let option = |(text, right): &(String, bool)| {
        let text = converter.markdown(text, false).replace('\n', "\n  ");
        (!text.is_empty()).then(|| format!("- [{}] {text}", if *right { 'x' } else { ' ' }))
    };
    let options: Option<Vec<String>> = options.iter().map(option).collect();
    let options = options.filter(|options| !stem.is_empty() && !options.is_empty())?;
    Some(format!("{}\n\n{}", labelled("Q:", &stem), options.join("\n")))
}

/// A side behind its label. What must begin a line of its own, such as a list, stands below it.
fn labelled(label: &str, side: &str) -> String {
    let own_line = ["- ", "* ", "1. ", "|", "```", "#", "> ", "$$"].iter().any(|mark| side.starts_with(mark));
    format!("{label}{}{side}", if own_line { "\n\n" } else { " " })
}

/// The names of the files that a card shows or plays.
pub fn media(card: &Foreign) -> Vec<String> {
    let mut fields = vec![&card.why];
    match &card.sides {
        Sides::Pair(front, back) | Sides::Both(front, back) => fields.extend([front, back]),
        Sides::Gaps(text) => fields.push(text),
        Sides::Choice(stem, options) => fields.extend(options.iter().map(|(text, _)| text).chain([stem])),
        Sides::Covered => {}
    }
    fields.into_iter().flat_map(|html| markdown::files(html)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::package::Field;

    fn pair(front: &str, back: &str) -> Foreign {
        let sides = Sides::Pair(front.into(), back.into());
        let (deck, tags) = ("A::B".into(), vec!["x".into()]);
        Foreign { origin: (1, vec![0]), deck, tags, sides, why: String::new(), remark: None }
    }

    #[test]
    fn cards_become_notes() {
        let cards =
            [pair("What is <b>S3</b>?", "a store"), pair("Which?", "<ul><li>a</li><li>b</li></ul>"), pair("", "x")];
        let (files, left) = write(&cards);
        assert_eq!((files.len(), left), (1, Left { empty: 1, covered: 0 }));
        assert!(files[0].text.starts_with(
            "---\ndeck: \"A::B\"\ntags: [\"x\"]\n---\n\nQ: What is **S3**?\nA: a store\n\nQ: Which?\nA:\n\n"
        ));
        assert_eq!(files[0].cards.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [6, 9]);
    }

    #[test]
    fn covered_pictures_are_left_out() {
        let field = |name: &str| Field { name: name.into() };
        let note = |notetype, text: &str| Note {
            id: notetype,
            guid: "x".into(),
            notetype,
            tags: Vec::new(),
            fields: vec![text.into(), "<img src=\"a.png\">".into()],
        };
        let own = NoteType { cloze: true, fields: ["Occlusion", "Image"].map(field).to_vec(), ..NoteType::default() };
        let of_an_add_on = ["Image", "Question Mask", "Answer Mask"].map(field).to_vec();
        let of_an_add_on = NoteType { fields: of_an_add_on, ..NoteType::default() };
        let package = Package {
            notetypes: BTreeMap::from([(1, own), (2, of_an_add_on)]),
            notes: vec![note(1, "{{c1::image-occlusion:rect:left=.1:top=.2}}"), note(2, "<img src=\"a.png\">")],
            cards: [1, 2].map(|note| Card { note, ..card() }).to_vec(),
            ..Package::default()
        };
        let (files, left) = write(&of_package(&package));
        assert_eq!((files.len(), left), (0, Left { empty: 0, covered: 2 }));
    }

    fn card() -> Card {
        Card {
            id: 1,
            note: 1,
            deck: 1,
            number: 0,
            stage: 0,
            queue: 0,
            due: 0,
            interval: 0,
            ease: 0,
            repetitions: 0,
            lapses: 0,
            remaining: 0,
            flag: 0,
            data: String::new(),
        }
    }
}
