//! What the compiler makes: cards, and the deck that an exporter sees.

pub mod gaps;
pub mod json;
pub mod listing;
pub mod slot;

use serde::{Deserialize, Serialize};

use crate::markdown::text::Text;
use crate::reading::Name;
use crate::source::Span;
use crate::study::DeckPlan;
use std::path::PathBuf;

/// A deck and all decks above it, from the top: `AWS` and `AWS::S3` of `AWS::S3`.
pub fn levels(deck: &str) -> impl Iterator<Item = &str> {
    deck.match_indices("::").map(|(end, _)| &deck[..end]).chain([deck])
}

/// A card's identity, kept for ever: 12 characters of `[0-9A-Za-z]`; Anki's GUID.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct CardId(pub String);

/// What sort of knowledge a card holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Something that is so.
    Fact,
    /// A mistake that an exam invites.
    Trap,
    /// Advice for the exam or for practice.
    Tip,
    /// Which to choose when.
    Decision,
    /// How two things differ.
    Comparison,
    /// Steps in order.
    Sequence,
    /// Things that belong together.
    List,
    /// A question its author wrote with the answer.
    Question,
    /// A question with options.
    Choice,
}

impl Kind {
    /// All kinds, in the order of this list.
    pub const ALL: [Kind; 9] = [
        Kind::Fact,
        Kind::Trap,
        Kind::Tip,
        Kind::Decision,
        Kind::Comparison,
        Kind::Sequence,
        Kind::List,
        Kind::Question,
        Kind::Choice,
    ];

    /// The word used in tags, columns and options.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Fact => "fact",
            Kind::Trap => "trap",
            Kind::Tip => "tip",
            Kind::Decision => "decision",
            Kind::Comparison => "comparison",
            Kind::Sequence => "sequence",
            Kind::List => "list",
            Kind::Question => "question",
            Kind::Choice => "choice",
        }
    }
}

/// A piece of a card's side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// A paragraph.
    Paragraph(Text),
    /// A code block.
    Code {
        /// The language; empty if none is named.
        language: String,
        /// The code.
        code: String,
    },
    /// A formula on a line of its own; the characters are LaTeX.
    Math(Text),
    /// A list.
    List {
        /// The first number, where items are numbered.
        start: Option<u64>,
        /// The items.
        items: Vec<Content>,
    },
    /// A table.
    Table {
        /// Its first row.
        head: Vec<Text>,
        /// The other rows.
        rows: Vec<Vec<Text>>,
    },
    /// A quotation.
    Quote(Content),
}

impl Part {
    /// Every text in it, in reading order; a code block has none.
    pub fn texts(&self) -> Vec<&Text> {
        match self {
            Part::Paragraph(text) | Part::Math(text) => vec![text],
            Part::Code { .. } => Vec::new(),
            Part::List { items, .. } => items.iter().flat_map(Content::texts).collect(),
            Part::Table { head, rows } => head.iter().chain(rows.iter().flatten()).collect(),
            Part::Quote(content) => content.texts(),
        }
    }
}

/// One side of a card, or one option.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Content(pub Vec<Part>);

impl Content {
    /// A single paragraph.
    pub fn text(text: Text) -> Self {
        Content(vec![Part::Paragraph(text)])
    }

    /// A single paragraph of plain words.
    pub fn words(words: impl AsRef<str>) -> Self {
        Content::text(Text::words(words))
    }

    /// Whether a learner would see nothing.
    pub fn is_blank(&self) -> bool {
        self.0.iter().all(|part| match part {
            Part::Paragraph(text) | Part::Math(text) => text.is_blank(),
            Part::Code { code, .. } => code.trim().is_empty(),
            Part::List { items, .. } => items.iter().all(Content::is_blank),
            Part::Table { head, rows } => head.iter().chain(rows.iter().flatten()).all(Text::is_blank),
            Part::Quote(content) => content.is_blank(),
        })
    }

    /// Every text in it, in reading order; code blocks have none.
    pub fn texts(&self) -> Vec<&Text> {
        self.0.iter().flat_map(Part::texts).collect()
    }

    /// The same content with every text changed.
    #[must_use]
    pub fn map_texts(&self, change: &dyn Fn(&Text) -> Text) -> Content {
        let part = |part: &Part| match part {
            Part::Paragraph(text) => Part::Paragraph(change(text)),
            Part::Math(text) => Part::Math(change(text)),
            Part::Code { .. } => part.clone(),
            Part::List { start, items } => {
                Part::List { start: *start, items: items.iter().map(|i| i.map_texts(change)).collect() }
            }
            Part::Table { head, rows } => Part::Table {
                head: head.iter().map(change).collect(),
                rows: rows.iter().map(|r| r.iter().map(change).collect()).collect(),
            },
            Part::Quote(content) => Part::Quote(content.map_texts(change)),
        };
        Content(self.0.iter().map(part).collect())
    }
}

/// One option of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The letter its author gave it, upper case.
    pub letter: char,
    /// What it says.
    pub content: Content,
    /// Whether it is right.
    pub correct: bool,
}

/// What a card asks and answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// A question and its answer; one face.
    Question {
        /// The front.
        question: Content,
        /// The back.
        answer: Content,
    },
    /// A pair that is learnt in both directions; two faces.
    Reversible {
        /// The first side.
        front: Content,
        /// The second side.
        back: Content,
    },
    /// Text with gaps; one face for each gap number.
    Cloze {
        /// The text; runs with [`crate::markdown::text::Style::gap`] are the gaps.
        text: Content,
    },
    /// A question with options; one face.
    Choice {
        /// The question.
        stem: Content,
        /// The options, in their author's order; at least one is right.
        options: Vec<Choice>,
    },
}

impl Body {
    /// The gap numbers of a cloze, ascending; empty for the others.
    pub fn gaps(&self) -> Vec<u16> {
        let Body::Cloze { text } = self else { return Vec::new() };
        let texts = text.texts();
        let runs = texts.iter().flat_map(|t| t.runs());
        let mut numbers: Vec<u16> = runs.filter_map(|r| r.style.gap.as_ref().map(|g| g.number)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

/// Where a card came from, as shown to the user.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct SourcePlace {
    /// The note's path.
    pub file: String,
    /// First line, from 1.
    pub line: usize,
    /// Last line.
    pub end_line: usize,
}

/// The shape that a card had when it came in, which it keeps in Anki: a note there cannot change its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Form {
    /// A question and its answer.
    Basic,
    /// A pair that is learnt in both directions.
    Reversible,
    /// Text with gaps.
    Cloze,
    /// A question with options.
    Choice,
}

impl Form {
    /// All forms, in the order of this list.
    pub const ALL: [Form; 4] = [Form::Basic, Form::Reversible, Form::Cloze, Form::Choice];

    /// The shape of a body.
    pub fn of(body: &Body) -> Form {
        match body {
            Body::Question { .. } => Form::Basic,
            Body::Reversible { .. } => Form::Reversible,
            Body::Cloze { .. } => Form::Cloze,
            Body::Choice { .. } => Form::Choice,
        }
    }

    /// The form in a word.
    pub fn name(self) -> &'static str {
        match self {
            Form::Basic => "basic",
            Form::Reversible => "reversible",
            Form::Cloze => "cloze",
            Form::Choice => "choice",
        }
    }
}

/// What an answer was before it changed in substance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was {
    /// The answer as plain text.
    pub answer: String,
    /// The second since 1970 at which it changed.
    pub at: i64,
}

/// What is known of a card from earlier builds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lineage {
    /// The second since 1970 at which what a learner sees last changed; none where it never has.
    pub changed: Option<i64>,
    /// The shape the card came in with, where it has another now.
    pub form: Option<Form>,
    /// The numbers of its faces in the order that rules gave them, where they are not those; see [`Card::faces`].
    /// Gaps bear theirs in the text as well.
    pub faces: Vec<u16>,
    /// What the answer was before it last changed in substance.
    pub was: Option<Was>,
}

/// One piece of knowledge to be learnt; a *note* in Anki's sense.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Its identity.
    pub id: CardId,
    /// What sort of knowledge it is.
    pub kind: Kind,
    /// What it asks and answers.
    pub body: Body,
    /// The headings above its source, largest first, as shown above the front.
    pub trail: Vec<String>,
    /// The deck, its levels joined by `::`.
    pub deck: String,
    /// Its tags, without blanks, levels joined by `::`.
    pub tags: Vec<String>,
    /// An explanation, shown after the answer.
    pub why: Option<Content>,
    /// The name of the rule that made it.
    #[serde(with = "crate::reading::rule")]
    pub rule: Name,
    /// The bytes that made the rule fire.
    pub anchor: Span,
    /// The bytes that the card says something of; `anchor` lies inside.
    pub span: Span,
    /// The same as path and lines.
    pub source: SourcePlace,
    /// Where else the notes say it: the sources of cards that this one stands for, ascending.
    pub also: Vec<SourcePlace>,
    /// What earlier builds tell of it.
    pub lineage: Lineage,
}

impl Card {
    /// The number of each face, for ever, in the order of the body: the number of the card in Anki's note. A gap's
    /// is one less than the gap's own.
    pub fn faces(&self) -> Vec<u16> {
        match &self.body {
            Body::Cloze { .. } => self.body.gaps().iter().map(|gap| gap.saturating_sub(1)).collect(),
            _ if !self.lineage.faces.is_empty() => self.lineage.faces.clone(),
            Body::Reversible { .. } => vec![0, 1],
            Body::Question { .. } | Body::Choice { .. } => vec![0],
        }
    }

    /// The shape that it has in Anki.
    pub fn form(&self) -> Form {
        self.lineage.form.unwrap_or(Form::of(&self.body))
    }
}

/// A file that cards refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Its name in the package: lower-case ASCII with a hash of its content.
    pub name: String,
    /// What it holds.
    pub content: Blob,
}

/// The bytes of a file, or where to read them: a deck may have more of them than fit in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blob {
    /// The bytes.
    Bytes(Vec<u8>),
    /// A file of that many bytes, read when the deck is written.
    File(PathBuf, u64),
}

/// Whether the name of a file is that of a sound or a film, which cards play rather than show.
pub fn is_played(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    PLAYED.contains(&ending.as_str())
}

/// Endings of sounds and films that flashcards can play.
pub const PLAYED: [&str; 15] =
    ["mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac", "3gp", "mp4", "webm", "mov", "mkv", "ogv", "m4v"];

/// What the compiler emits and all that an exporter sees.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Deck {
    /// The name of the root deck; also, made plain, the stem of the files written.
    pub name: String,
    /// The cards, in source order.
    pub cards: Vec<Card>,
    /// The files that cards refer to, by name.
    pub media: Vec<Media>,
    /// How each deck is learnt, by name.
    pub plans: Vec<DeckPlan>,
}
