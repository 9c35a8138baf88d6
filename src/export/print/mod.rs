//! Paper: cards to be cut out, review sheets, a quiz and a cheat sheet, as HTML to be printed.
//!
//! A deck and some options go in. `cards` and `flow` arrange the cards, `blocks` and `face` make
//! plain data of what they hold, and `html` sets it.

mod blocks;
mod cards;
mod chemistry;
mod data;
mod face;
mod findings;
mod flow;
mod html;
mod macros;
mod math;
mod outline;
mod words;

use crate::card::{Card, Deck};
use std::collections::BTreeSet;

pub use data::Form as FlowForm;
pub use html::html;

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
        summary: "flashcards to cut out, each with its back beside it to be folded behind",
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
}

/// The positions of the cards that a kind prints.
pub fn chosen(deck: &Deck, kind: &Kind) -> Vec<usize> {
    let wanted = |card: &Card| kind.form != Form::Flow(FlowForm::Cheat) || flow::is_for_cheat_sheet(card);
    (0..deck.cards.len()).filter(|at| wanted(&deck.cards[*at])).collect()
}

fn media(deck: &Deck) -> BTreeSet<String> {
    deck.media.iter().map(|file| file.name.clone()).collect()
}
