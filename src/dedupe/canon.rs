//! The canonical form of what a card asks and answers: two cards of one form are merged without asking.
//!
//! It forgives case, marks, articles and the deck's own name, and nothing else: each number,
//! negation, comparison and question word and the order of words still count.

use crate::card::{Body, Card, Content, Part};
use crate::markdown::text::{Atom, Run};

use super::face::Face;
use super::text::{self, Shape, Token};

/// What a card asks and answers, reduced to what tells it from others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Canon {
    /// What sort of card it is: a merged card must ask in the same way.
    pub sort: u8,
    /// What is asked.
    pub ask: Vec<u64>,
    /// What is answered.
    pub answer: Vec<u64>,
    /// The options, ascending.
    pub options: Vec<Vec<u64>>,
    /// Formulas, code, pictures and signs, as they stand: there each mark counts.
    pub exact: Vec<String>,
}

impl Canon {
    /// The canonical form of a card; none where too little is left to be sure of.
    pub fn of(card: &Card, face: &Face) -> Option<Canon> {
        let (sort, ask) = asked(card, face)?;
        let answer = reduced(&face.answer, &[]);
        let mut options: Vec<Vec<u64>> = face.options.iter().map(|option| reduced(option, &[])).collect();
        options.sort_unstable();
        let sound = !answer.is_empty() && options.iter().all(|option| !option.is_empty());
        sound.then(|| Canon { sort, ask, answer, options, exact: exact(card, face) })
    }

    /// A hash of all of it.
    pub(super) fn digest(&self) -> u128 {
        let mut bytes = asked_bytes(self.sort, &self.ask);
        let mut list = |words: &[u64]| {
            bytes.extend(words.len().to_le_bytes());
            bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        };
        list(&self.answer);
        list(&[self.options.len() as u64]);
        self.options.iter().for_each(|option| list(option));
        for text in &self.exact {
            bytes.extend(text.len().to_le_bytes());
            bytes.extend(text.as_bytes());
        }
        digest(&bytes)
    }
}

/// The sort of a card and what it asks; none where too little is left to be sure of.
fn asked(card: &Card, face: &Face) -> Option<(u8, Vec<u64>)> {
    let sort = match card.body {
        Body::Question { .. } => 0,
        Body::Reversible { .. } => 1,
        Body::Cloze { .. } => 2,
        Body::Choice { .. } => 3,
    };
    let ask = reduced(&face.ask, &words(&text::fold(&face.deck)));
    (ask.len() >= 2).then_some((sort, ask))
}

/// A hash of what a card asks, in its canonical form, and of its sort.
pub(super) fn asked_digest(card: &Card, face: &Face) -> Option<u128> {
    asked(card, face).map(|(sort, ask)| digest(&asked_bytes(sort, &ask)))
}

fn asked_bytes(sort: u8, ask: &[u64]) -> Vec<u8> {
    let words = ask.iter().flat_map(|word| word.to_le_bytes());
    [sort].into_iter().chain(ask.len().to_le_bytes()).chain(words).collect()
}

/// A hash of so many bits that no two contents have the same.
pub(super) fn digest(bytes: &[u8]) -> u128 {
    u128::from_le_bytes(blake3::hash(bytes).as_bytes()[..16].try_into().unwrap_or_default())
}

/// The words of a text by hash, without articles; numbers by their value.
fn words(folded: &str) -> Vec<u64> {
    let word = |token: &Token| token.written(folded);
    let tokens = text::tokens(folded);
    let kept = tokens.iter().filter(|token| !matches!(word(token), "a" | "an" | "the" | "please"));
    kept.map(|token| if token.shape == Shape::Number { token.stem } else { text::hash(word(token)) }).collect()
}

/// The words of a text; those of the deck's name go where enough others are left.
fn reduced(text: &str, deck: &[u64]) -> Vec<u64> {
    let all = words(&text::fold(text));
    let without: Vec<u64> = all.iter().copied().filter(|word| !deck.contains(word)).collect();
    if without.len() >= 4 { without } else { all }
}

/// What is no running text: code, formulas and pictures, ascending.
pub(super) fn opaque(card: &Card) -> Vec<String> {
    let mut out = Vec::new();
    for side in sides(card) {
        out.extend(side.0.iter().filter_map(|part| match part {
            Part::Code { code, .. } => Some(code.clone()),
            Part::Math(formula) => Some(formula.plain().to_owned()),
            _ => None,
        }));
        for text in side.texts() {
            let opaque = |run: &&Run| !matches!(run.style.atom, Atom::Words | Atom::Break) || run.style.superscript;
            let runs = text.runs().iter().filter(opaque);
            out.extend(runs.map(|run| format!("{:?} {}", run.style.atom, &text.plain()[run.start..run.end])));
        }
    }
    out.sort_unstable();
    out
}

/// All that must agree to the last mark: code, formulas, pictures, signs, and capitals within a word.
fn exact(card: &Card, face: &Face) -> Vec<String> {
    let mut out = opaque(card);
    let texts = sides(card).into_iter().flat_map(Content::texts).collect::<Vec<_>>();
    out.extend(texts.iter().flat_map(|text| text.plain().split_whitespace()).filter_map(signed));
    let deck: Vec<&str> = face.deck.split_whitespace().collect();
    let shouted = |word: &&str| word.chars().skip(1).any(char::is_uppercase) && !deck.contains(word);
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    out.extend(face.full().split_whitespace().map(bare).filter(|word| shouted(&word.as_str())));
    out.sort_unstable();
    out
}

/// A word with a sign that is no mark of punctuation: `C++`, `-5`.
fn signed(word: &str) -> Option<String> {
    let sign = |c: char| !(c.is_alphanumeric() || ",.;:!?\"'’“”()-–—…".contains(c));
    let negative = word.starts_with(['-', '−', '–']) && word.chars().nth(1).is_some_and(char::is_numeric);
    (negative || word.contains(sign)).then(|| word.trim_end_matches([',', '.', ';', ':', '!', '?']).to_owned())
}

/// Every side and option of a card.
pub(super) fn sides(card: &Card) -> Vec<&Content> {
    match &card.body {
        Body::Question { question, answer } => vec![question, answer],
        Body::Reversible { front, back } => vec![front, back],
        Body::Cloze { text } => vec![text],
        Body::Choice { stem, options } => std::iter::once(stem).chain(options.iter().map(|o| &o.content)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::text::Text;

    fn canon(ask: &str, answer: &str) -> Option<Canon> {
        let (question, answer) = (Content::words(ask), Content::words(answer));
        let card = Card { body: Body::Question { question, answer }, deck: "AWS notes".into(), ..sample() };
        Canon::of(&card, &Face::of(&card))
    }

    fn sample() -> Card {
        Card {
            id: crate::card::CardId::default(),
            lineage: crate::card::Lineage::default(),
            kind: crate::card::Kind::Fact,
            body: Body::Cloze { text: Content::text(Text::default()) },
            trail: Vec::new(),
            deck: String::new(),
            tags: Vec::new(),
            why: None,
            rule: "statement",
            anchor: crate::source::Span::default(),
            span: crate::source::Span::default(),
            source: crate::card::SourcePlace::default(),
            also: Vec::new(),
        }
    }

    #[test]
    fn marks_articles_and_the_deck_are_forgiven() {
        let one = canon("Where are the objects of a data lake on AWS kept?", "in S3");
        assert!(one.is_some());
        assert_eq!(one, canon("where are objects of a data lake on kept", "In S3."));
    }

    #[test]
    fn what_tells_cards_apart_is_not() {
        let pairs = [
            (("Which tool reads C++ code?", "clang"), ("Which tool reads C code?", "clang")),
            (("What comes after step 2 of it?", "step 3"), ("What comes after step 2 of IT?", "step 3")),
            (("Which value is above -5 here?", "x"), ("Which value is above 5 here?", "x")),
            (("Which university is old in Rome?", "x"), ("Which universe is old in Rome?", "x")),
            (("Is it safe before noon?", "yes"), ("Is it safe after noon?", "yes")),
            (("Who met the king of Rome?", "x"), ("Whom met the king of Rome?", "x")),
        ];
        for ((a, b), (c, d)) in pairs {
            assert_ne!(canon(a, b), canon(c, d), "{a}");
        }
    }
}
