//! What stands on paper, as plain data: words are words whatever they look like, and formulas are LaTeX,
//! with the tree that it means for those who read no LaTeX.

use serde::{Serialize, Serializer};

use super::math;

/// A piece of a card's side.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A code block.
    Code {
        /// Its lines, each in stretches of one colour: what they are, and the words.
        lines: Vec<Vec<(&'static str, String)>>,
    },
    /// A formula on a line of its own.
    Formula(Formula),
    /// A list.
    List {
        /// The first number, where items are numbered.
        start: Option<u64>,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table {
        /// The first row; empty where there is none.
        head: Vec<Paragraph>,
        /// The others.
        rows: Vec<Vec<Paragraph>>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// The options of a question.
    Options {
        /// The options, in order.
        options: Vec<Choice>,
    },
    /// An explanation below an answer.
    Note {
        /// What it says.
        blocks: Vec<Block>,
    },
}

/// Running text.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(super) struct Paragraph {
    /// Its runs, in reading order.
    pub(super) runs: Vec<Run>,
    /// Whether it reads from right to left.
    pub(super) rtl: bool,
}

/// A stretch of one look.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Run {
    /// What it is.
    #[serde(flatten)]
    pub(super) atom: Atom,
    /// One letter for each mark: `b`old, `i`talic, `s`truck, `h`ighlighted, s`u`perscript, subscript
    /// (`d`), filled `g`ap.
    pub(super) marks: String,
    /// Where it leads.
    pub(super) link: Option<String>,
}

/// What a run is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Atom {
    /// Words; a space without width is a place to break.
    Words {
        /// The words.
        text: String,
    },
    /// Code.
    Code {
        /// The code.
        text: String,
    },
    /// A formula.
    Formula(Formula),
    /// A picture.
    Image(Picture),
    /// The end of a line.
    Break,
    /// A gap to be filled in.
    Blank {
        /// The hint shown in it; may be empty.
        text: String,
        /// How wide it is, in widths of an `m`.
        room: usize,
    },
}

/// A formula.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Formula {
    /// As its author wrote it, in LaTeX.
    pub(super) latex: String,
    /// Set on a line of its own.
    pub(super) display: bool,
}

impl Serialize for Formula {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        /// What a typesetter needs of a formula.
        #[derive(Serialize)]
        struct Set<'a> {
            tree: Option<serde_json::Value>,
            latex: &'a str,
            shown: String,
            display: bool,
        }
        let (tree, shown) = (math::tree(&self.latex).ok(), super::blocks::breakable(&self.latex));
        Set { tree, latex: &self.latex, shown, display: self.display }.serialize(to)
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub(super) struct Picture {
    /// The name of its file among the media of the deck.
    pub(super) file: String,
    /// What it shows, in words.
    pub(super) words: String,
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Choice {
    /// Its letter.
    pub(super) letter: String,
    /// What it says.
    pub(super) blocks: Vec<Block>,
    /// Whether it is marked as right.
    pub(super) right: bool,
    /// Whether there is a box to tick before it.
    pub(super) boxed: bool,
}

/// One side of a card.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(super) struct Leaf {
    /// Printed small above.
    pub(super) above: String,
    /// Printed before that where the card is a trap: the word for it.
    pub(super) trap: String,
    /// The number of the card and the boxes to tick how well it was known, where it is to be graded.
    pub(super) ticks: Option<Ticks>,
    /// Printed small below, on the left: where the card comes from.
    pub(super) source: String,
    /// Where that leads.
    pub(super) link: Option<String>,
    /// Printed small below, on the right.
    pub(super) id: String,
    /// What it says.
    pub(super) blocks: Vec<Block>,
    /// Whether that is but a few words.
    pub(super) short: bool,
    /// About how many characters there are to set.
    pub(super) weight: usize,
}

/// A number, and the grades to be ticked behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Ticks {
    /// The number on the list of grades.
    pub(super) number: String,
    /// The grades from worst to best.
    pub(super) grades: [String; 4],
}

/// A card with its two sides.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Card {
    /// The id of the card, and which of its faces this is.
    pub(super) face: (String, usize),
    /// The front.
    pub(super) front: Leaf,
    /// The back.
    pub(super) back: Leaf,
}

/// A question of a flowing document, with its answer.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(super) struct Row {
    /// The number shown.
    pub(super) number: String,
    /// The id of the card, and which of its faces this is.
    #[serde(skip)]
    pub(super) face: (String, usize),
    /// The question.
    pub(super) front: Vec<Block>,
    /// The answer.
    pub(super) back: Vec<Block>,
    /// Whether it is a trap.
    pub(super) trap: bool,
    /// How many lines are left to write on.
    pub(super) lines: usize,
    /// Whether it may take more than a good part of a page.
    pub(super) long: bool,
    /// Whether there are boxes to tick how well it was known.
    pub(super) ticks: bool,
}

/// Rows under a heading.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(super) struct Section {
    /// The heading; may be empty.
    pub(super) title: String,
    /// Its level, from 1.
    pub(super) level: usize,
    /// Its rows.
    pub(super) rows: Vec<Row>,
    /// Those that are set apart.
    pub(super) traps: Vec<Row>,
}

/// The words around the cards.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Labels {
    /// Above the column of answers.
    pub(super) cover: String,
    /// Above traps.
    pub(super) traps: String,
    /// On a single trap.
    pub(super) trap: String,
    /// Before the line for a name.
    pub(super) name: String,
    /// Before the line for a date.
    pub(super) date: String,
    /// Before the line for a score.
    pub(super) score: String,
    /// Above the answers of a quiz.
    pub(super) key: String,
    /// The grades from worst to best.
    pub(super) grades: [String; 4],
    /// The heading of a sheet to adjust the printer by, and what is to be done with it.
    pub(super) proof: [String; 2],
}

/// Which document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Questions, and answers that can be covered.
    Sheet,
    /// Questions with room to write, and a key.
    Quiz,
    /// As much as a page takes.
    Cheat,
}

/// A flowing document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Flow {
    /// Which.
    pub(super) form: Form,
    /// Printed small below the title.
    pub(super) subtitle: String,
    /// The words around the cards.
    pub(super) labels: Labels,
    /// The questions.
    pub(super) sections: Vec<Section>,
    /// The answers that are printed at the end.
    pub(super) key: Vec<Row>,
}
