//! What the compiler makes: cards, and the deck that an exporter sees.

pub mod json;
pub mod listing;

use crate::markdown::text::Text;
use crate::source::Span;
use crate::study::DeckPlan;

/// A card's identity, kept for ever: 12 characters of `[0-9A-Za-z]`; Anki's GUID.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CardId(pub String);

/// What sort of knowledge a card holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// One side of a card, or one option.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
        let mut out = Vec::new();
        for part in &self.0 {
            match part {
                Part::Paragraph(text) | Part::Math(text) => out.push(text),
                Part::Code { .. } => {}
                Part::List { items, .. } => out.extend(items.iter().flat_map(Content::texts)),
                Part::Table { head, rows } => out.extend(head.iter().chain(rows.iter().flatten())),
                Part::Quote(content) => out.extend(content.texts()),
            }
        }
        out
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The letter its author gave it, upper case.
    pub letter: char,
    /// What it says.
    pub content: Content,
    /// Whether it is right.
    pub correct: bool,
}

/// What a card asks and answers.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourcePlace {
    /// The note's path.
    pub file: String,
    /// First line, from 1.
    pub line: usize,
    /// Last line.
    pub end_line: usize,
}

/// One piece of knowledge to be learnt; a *note* in Anki's sense.
#[derive(Debug, Clone, PartialEq)]
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
    pub rule: &'static str,
    /// The bytes that made the rule fire.
    pub anchor: Span,
    /// The bytes that the card says something of; `anchor` lies inside.
    pub span: Span,
    /// The same as path and lines.
    pub source: SourcePlace,
}

/// A file that cards refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Its name in the package: lower-case ASCII with a hash of its content.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

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
