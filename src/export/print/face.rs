//! What of a card is asked on paper. A cloze is asked once for each gap where cards are cut out, and
//! all gaps at once where they stand on a sheet; a card for both directions is one slip of paper.

use crate::card::{Body, Card, Choice, Content};
use std::collections::BTreeSet;

use super::blocks::{Gaps, Setting, filled};
use super::data::{self, Atom, Block, Paragraph, Run};

/// A question and its answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Face {
    /// The position of the card in the deck.
    pub(super) card: usize,
    /// The gap that is asked, if it is one among several.
    pub(super) gap: Option<u16>,
    /// Which face of the card it is, counted as a review counts them.
    pub(super) position: usize,
    /// The question.
    pub(super) front: Vec<Block>,
    /// The answer.
    pub(super) back: Vec<Block>,
}

/// How a text with gaps is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// By the whole text.
    Whole,
    /// By what belongs into the gaps, for the question stands beside it.
    Brief,
    /// It is not asked: the whole text is told.
    Told,
}

/// How faces are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Faces<'a> {
    /// The names of the files that travel with the deck.
    pub(super) media: &'a BTreeSet<String>,
    /// Whether each gap is asked by itself.
    pub(super) each_gap: bool,
    /// How a text with gaps is answered.
    pub(super) answer: Answer,
    /// Whether there is to be room to write and to tick.
    pub(super) written: bool,
    /// Whether a card for both directions is asked in both.
    pub(super) both_ways: bool,
}

impl<'a> Faces<'a> {
    /// The faces of the card at a position of the deck.
    pub(super) fn of(&self, position: usize, card: &Card) -> Vec<Face> {
        let plain = self.setting(Gaps::AllFilled);
        let face = |front, back| Face { card: position, gap: None, position: 0, front, back };
        let mut faces = match &card.body {
            Body::Question { question, answer } => vec![face(plain.content(question), plain.content(answer))],
            Body::Reversible { front, back } => {
                let there = face(plain.content(front), plain.content(back));
                let back_again = Face { position: 1, ..face(plain.content(back), plain.content(front)) };
                if self.both_ways { vec![there, back_again] } else { vec![there] }
            }
            Body::Cloze { text } => self.cloze(position, text, &card.body.gaps()),
            Body::Choice { stem, options } => {
                let mut front = plain.content(stem);
                front.push(plain.options(options.iter(), self.written));
                vec![face(front, right(&plain, options))]
            }
        };
        if let Some(why) = card.why.as_ref().filter(|why| !why.is_blank()) {
            let note = Block::Note { blocks: plain.content(why) };
            for face in &mut faces {
                face.back.push(note.clone());
            }
        }
        faces
    }

    fn setting(&self, gaps: Gaps) -> Setting<'a> {
        Setting { media: self.media, gaps, written: self.written }
    }

    /// The answer to a text of which some gaps were asked.
    fn answer(&self, text: &Content, gaps: Gaps) -> Vec<Block> {
        let whole = self.setting(gaps).content(text);
        match whole.as_slice() {
            [Block::Paragraph(paragraph)] if self.answer == Answer::Brief => vec![Block::Paragraph(filled(paragraph))],
            _ => whole,
        }
    }

    fn cloze(&self, position: usize, text: &Content, gaps: &[u16]) -> Vec<Face> {
        if !self.each_gap || gaps.len() < 2 {
            let back = self.answer(text, Gaps::AllFilled);
            let told = self.answer == Answer::Told;
            let front = if told { Vec::new() } else { self.setting(Gaps::AllOpen).content(text) };
            return vec![Face { card: position, gap: None, position: 0, front, back }];
        }
        let each = |(at, gap): (usize, &u16)| Face {
            card: position,
            gap: Some(*gap),
            position: at,
            front: self.setting(Gaps::Open(*gap)).content(text),
            back: self.answer(text, Gaps::Filled(*gap)),
        };
        gaps.iter().enumerate().map(each).collect()
    }
}

/// The options that are right, with their letters.
fn right(setting: &Setting, options: &[Choice]) -> Vec<Block> {
    let right = options.iter().filter(|option| option.correct);
    let option = |option: &Choice| data::Choice {
        letter: option.letter.to_string(),
        blocks: setting.content(&option.content),
        right: true,
        boxed: false,
    };
    vec![Block::Options { options: right.map(option).collect() }]
}

/// How many characters are read, and whether there is anything but words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Weight {
    /// Characters.
    pub(super) characters: usize,
    /// Lists, tables, code, pictures and the like.
    pub(super) pieces: usize,
}

/// How much there is to set in some blocks.
pub(super) fn weight(blocks: &[Block]) -> Weight {
    let mut sum = Weight::default();
    for block in blocks {
        sum.pieces += usize::from(!matches!(block, Block::Paragraph(_)));
        match block {
            Block::Paragraph(paragraph) => add(&mut sum, paragraph),
            Block::Code { lines } => {
                sum.characters +=
                    60 * lines.len() + lines.iter().flatten().map(|(_, words)| words.len()).sum::<usize>();
            }
            Block::Formula(formula) => sum.characters += 60 + formula.latex.len() / 2,
            Block::List { items, .. } => items.iter().for_each(|item| join(&mut sum, item)),
            Block::Table { head, rows } => {
                sum.characters += 40 * rows.len();
                head.iter().chain(rows.iter().flatten()).for_each(|cell| add(&mut sum, cell));
            }
            Block::Quote { blocks } | Block::Note { blocks } => join(&mut sum, blocks),
            Block::Options { options } => options.iter().for_each(|option| join(&mut sum, &option.blocks)),
        }
    }
    sum
}

fn join(sum: &mut Weight, blocks: &[Block]) {
    let more = weight(blocks);
    sum.characters += more.characters + 30;
    sum.pieces += more.pieces;
}

fn add(sum: &mut Weight, paragraph: &Paragraph) {
    let runs: usize = paragraph.runs.iter().map(|run| length(sum, run)).sum();
    sum.characters += runs;
}

fn length(sum: &mut Weight, run: &Run) -> usize {
    match &run.atom {
        Atom::Words { text } | Atom::Code { text } => text.chars().map(|c| 1 + usize::from(c > '\u{2e80}')).sum(),
        Atom::Formula(formula) => formula.latex.len() / 2,
        Atom::Image(_) => {
            sum.pieces += 1;
            600
        }
        Atom::Break => 40,
        Atom::Blank { text, .. } => 8 + text.chars().count(),
    }
}
