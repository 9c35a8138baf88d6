//! Sheets, quizzes and cheat sheets: which cards they hold, in what order, and with how much room.

use crate::card::{Body, Card, Deck, Kind};
use crate::render::plain;
use std::collections::BTreeSet;

use super::data::{Flow, Form, Row, Section};
use super::face::{Answer, Face, Faces, Weight, weight};
use super::outline::{headings, outline};
use super::words::labels;
use super::{Options, media};

/// How many characters a hand writes on a line.
const WRITTEN: usize = 55;

/// The most lines left for an answer.
const MOST_LINES: usize = 9;

/// How many characters may take more than a good part of a page.
const LONG: usize = 900;

/// The document of some cards.
pub(super) fn flow(deck: &Deck, chosen: &[usize], form: Form, options: &Options) -> Flow {
    let media = media(deck);
    // What is told is not graded.
    let today = options.today.as_ref().filter(|_| form != Form::Cheat);
    let single = today.is_some();
    let answer = if form == Form::Cheat { Answer::Told } else { Answer::Brief };
    let faces = Faces { media: &media, each_gap: single, answer, written: form == Form::Quiz, both_ways: single };
    let maker = Maker { deck, faces, today };
    let (sections, key) = match form {
        Form::Quiz => maker.quiz(chosen, options.seed),
        Form::Sheet | Form::Cheat => (maker.sections(chosen, &options.title), Vec::new()),
    };
    let (year, month, day) = options.date;
    let seed = if form == Form::Quiz { format!(" · № {}", options.seed) } else { String::new() };
    Flow {
        form,
        subtitle: format!("{year:04}-{month:02}-{day:02}{seed}"),
        labels: labels(options.language.as_deref()),
        sections,
        key,
    }
}

/// Whether a cheat sheet has room for a card: traps, rules of choice, and what turns on a number.
pub(super) fn is_for_cheat_sheet(card: &Card) -> bool {
    let number = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let turns_on_number = match &card.body {
        Body::Question { answer, .. } => number(&plain::content(answer)),
        Body::Reversible { front, back } => number(&plain::content(back)) || number(&plain::content(front)),
        Body::Cloze { text } => {
            let runs = text.texts().into_iter().flat_map(|text| text.runs().iter().map(move |run| (text, run)));
            runs.filter(|(_, run)| run.style.gap.is_some()).any(|(text, run)| number(&text.plain()[run.start..run.end]))
        }
        Body::Choice { .. } => false,
    };
    matches!(card.kind, Kind::Trap | Kind::Decision) || turns_on_number
}

struct Maker<'a> {
    deck: &'a Deck,
    faces: Faces<'a>,
    /// The faces that are asked today, where only these are printed, with boxes to tick.
    today: Option<&'a BTreeSet<(String, usize)>>,
}

impl Maker<'_> {
    /// Rows under their headings, numbered through; the title is not said again.
    fn sections(&self, chosen: &[usize], title_of_all: &str) -> Vec<Section> {
        let root = outline(&self.deck.cards, chosen);
        let mut number = 0;
        let mut sections = Vec::new();
        for node in headings(&root) {
            let title = crate::render::clean(&node.title).into_owned();
            let title = if title == title_of_all { String::new() } else { title };
            let mut section = Section { title, level: node.level.max(1), ..Section::default() };
            let is_trap = |at: &&usize| self.deck.cards[**at].kind == Kind::Trap;
            let (traps, others): (Vec<usize>, Vec<usize>) = node.cards.iter().partition(is_trap);
            for (rows, cards) in [(&mut section.rows, others), (&mut section.traps, traps)] {
                for face in cards.into_iter().flat_map(|at| self.faces.of(at, &self.deck.cards[at])) {
                    if !self.is_wanted(&face) {
                        continue;
                    }
                    number += 1;
                    rows.push(self.row(number, face));
                }
            }
            sections.push(section);
        }
        with_something_below(sections)
    }

    /// The questions shuffled by the seed, and their key.
    fn quiz(&self, chosen: &[usize], seed: u64) -> (Vec<Section>, Vec<Row>) {
        let mut order: Vec<usize> = chosen.to_vec();
        order.sort_by_cached_key(|at| (lot(seed, &self.deck.cards[*at].id.0), *at));
        let (mut rows, mut key) = (Vec::new(), Vec::new());
        for at in order {
            let card = shuffled(&self.deck.cards[at], seed);
            for face in self.faces.of(at, &card).into_iter().filter(|face| self.is_wanted(face)) {
                let number = rows.len() + 1;
                let row = self.row(number, face);
                key.push(Row { front: Vec::new(), lines: 0, ..row.clone() });
                rows.push(Row { back: Vec::new(), lines: lines(&card, &row), ..row });
            }
        }
        (vec![Section { rows, level: 1, ..Section::default() }], key)
    }

    fn row(&self, number: usize, face: Face) -> Row {
        let trap = self.deck.cards[face.card].kind == Kind::Trap;
        let long = [&face.front, &face.back].into_iter().any(|side| weight(side).characters > LONG);
        let (number, ticks) = (number.to_string(), self.today.is_some());
        let face_of = (self.deck.cards[face.card].id.0.clone(), face.position);
        Row { number, face: face_of, front: face.front, back: face.back, trap, lines: 0, long, ticks }
    }

    fn is_wanted(&self, face: &Face) -> bool {
        self.today.is_none_or(|today| today.contains(&(self.deck.cards[face.card].id.0.clone(), face.position)))
    }
}

/// Sections without those that have neither rows nor a section below them with rows.
fn with_something_below(sections: Vec<Section>) -> Vec<Section> {
    let mut kept: Vec<Section> = Vec::new();
    let mut needed = usize::MAX;
    for section in sections.into_iter().rev() {
        let own = !section.rows.is_empty() || !section.traps.is_empty();
        if own || (section.level < needed && !section.title.is_empty() && !kept.is_empty()) {
            needed = section.level;
            kept.push(section);
        }
    }
    kept.reverse();
    kept
}

/// How many lines a quiz leaves to answer on.
fn lines(card: &Card, row: &Row) -> usize {
    match card.body {
        // Written into the gaps, or ticked.
        Body::Cloze { .. } | Body::Choice { .. } => 0,
        Body::Question { .. } | Body::Reversible { .. } => {
            let Weight { characters, pieces } = weight(&row.back);
            (characters.div_ceil(WRITTEN) + pieces).clamp(1, MOST_LINES)
        }
    }
}

/// A card with its options in an order that the seed gives, unless its words depend on the order.
fn shuffled(card: &Card, seed: u64) -> Card {
    let mut card = card.clone();
    let why = card.why.as_ref().map(plain::content).unwrap_or_default();
    if let Body::Choice { stem, options } = &mut card.body {
        let words: Vec<String> = options.iter().map(|option| plain::content(&option.content)).collect();
        let texts =
            words.iter().map(String::as_str).chain([plain::content(stem).as_str(), why.as_str()]).any(is_ordered);
        if texts {
            return card;
        }
        options.sort_by_cached_key(|option| (lot(seed, &format!("{}/{}", card.id.0, option.letter)), option.letter));
        for (option, letter) in options.iter_mut().zip('A'..='Z') {
            option.letter = letter;
        }
    }
    card
}

/// Whether a text speaks of options by their letters or their places.
fn is_ordered(text: &str) -> bool {
    const PLACES: [&str; 12] = [
        "above", "below", "both", "neither", "oben", "beide", "keine", "anteriores", "ninguna", "dessus", "aucune",
        "以上",
    ];
    let lower = text.to_lowercase();
    // A lone `A` may be the article; where options are called by letters, others are, too.
    let letter = |word: &str| word.len() == 1 && ("B"..="Z").contains(&word);
    PLACES.iter().any(|place| lower.contains(place)) || text.split(|c: char| !c.is_alphanumeric()).any(letter)
}

/// A number that depends on the seed and a name alone.
fn lot(seed: u64, name: &str) -> [u8; 32] {
    *blake3::hash(format!("{seed}:{name}").as_bytes()).as_bytes()
}
