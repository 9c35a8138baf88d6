//! Paper: cards to be cut out, review sheets, a quiz and a cheat sheet, as PDF or as HTML.
//!
//! A deck and some options go in. `cards` and `flow` arrange the cards, `blocks` and `face` make
//! plain data of what they hold, and `pdf` hands it to the press or `html` sets it.

mod blocks;
mod cards;
mod chemistry;
mod data;
mod face;
mod findings;
mod flow;
pub mod form;
mod html;
mod macros;
mod math;
mod outline;
#[cfg(feature = "print")]
mod pdf;
mod tree;
mod words;

use crate::card::{Card, Deck};
use std::collections::BTreeSet;

pub use data::Form as FlowForm;
pub use html::html;
#[cfg(feature = "print")]
pub use pdf::{Pdf, pdf, proof};

/// A kind of paper to learn from.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its name, as in `recto print NAME`.
    pub name: &'static str,
    /// One line for the overview.
    pub summary: &'static str,
    /// How it is set.
    pub form: Form,
}

/// How a kind is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Each card on a slip of paper.
    Slips,
    /// One below the other.
    Flow(FlowForm),
}

/// Every kind, in the order of `--help`.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "cards",
        summary: "flashcards to cut out, with their backs on the other side of the paper",
        form: Form::Slips,
    },
    Kind {
        name: "sheet",
        summary: "a review sheet: questions, and answers in a column to cover",
        form: Form::Flow(FlowForm::Sheet),
    },
    Kind {
        name: "quiz",
        summary: "a quiz: room to write, boxes to tick, the key at the end",
        form: Form::Flow(FlowForm::Quiz),
    },
    Kind {
        name: "cheat",
        summary: "a cheat sheet: only traps, decision rules and numbers, close together",
        form: Form::Flow(FlowForm::Cheat),
    },
];

/// The sizes of paper; the first is the usual one.
pub const PAPERS: [&str; 2] = ["a4", "letter"];

/// How the user wants it.
#[derive(Debug, Clone)]
pub struct Options {
    /// The title.
    pub title: String,
    /// The language of the words around the cards: a code or a name.
    pub language: Option<String>,
    /// The paper, one of [`PAPERS`].
    pub paper: &'static str,
    /// What a quiz is shuffled by.
    pub seed: u64,
    /// Year, month and day.
    pub date: (i16, u8, u8),
    /// What leads from the folder of the printed file to the folder that sources are named from.
    pub base: String,
    /// Faces of cards, by the card's id and their place in it, where a sheet is to hold these alone and to
    /// have boxes to tick how well each was known.
    pub today: Option<BTreeSet<(String, usize)>>,
    /// How many cards are on a page, one of [`PER_PAGE`].
    pub per_page: usize,
    /// How backs come behind their fronts.
    pub backs: Backs,
    /// How far backs are moved to the right and down, in millimetres.
    pub offset: (f64, f64),
    /// Fonts to be used besides those of the program, as their files are.
    pub fonts: Vec<Vec<u8>>,
}

/// How backs come behind their fronts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backs {
    /// On the other side of a sheet that the printer turns over its long edge.
    Long,
    /// On the other side of a sheet that the printer turns over its short edge.
    Short,
    /// Beside the front, to be folded behind it.
    Fold,
}

impl Backs {
    /// Every way, the usual one first.
    pub const ALL: [Backs; 3] = [Backs::Long, Backs::Short, Backs::Fold];

    /// The name as it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Backs::Long => "long",
            Backs::Short => "short",
            Backs::Fold => "fold",
        }
    }
}

/// How many cards may be on a page; the usual number is the second.
pub const PER_PAGE: [usize; 3] = [4, 8, 10];

/// The positions of the cards that a kind prints.
pub fn chosen(deck: &Deck, kind: &Kind) -> Vec<usize> {
    let wanted = |card: &Card| kind.form != Form::Flow(FlowForm::Cheat) || flow::is_for_cheat_sheet(card);
    (0..deck.cards.len()).filter(|at| wanted(&deck.cards[*at])).collect()
}

fn media(deck: &Deck) -> BTreeSet<String> {
    deck.media.iter().map(|file| file.name.clone()).collect()
}
