//! Which of the languages that share characters a note is in: Chinese, Japanese and Korean draw one
//! character differently, and a browser asks the language to choose.

use crate::card::{Body, Card, Content, Deck};
use std::collections::BTreeMap;

/// How many letters of each script a note's cards have.
#[derive(Debug, Default)]
struct Letters {
    han: usize,
    kana: usize,
    hangul: usize,
    other: usize,
}

impl Letters {
    fn count(&mut self, words: &str) {
        for c in words.chars().filter(|c| c.is_alphabetic()) {
            *match u32::from(c) {
                0x3041..=0x30FF | 0xFF66..=0xFF9F => &mut self.kana,
                0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7A3 => &mut self.hangul,
                0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => {
                    &mut self.han
                }
                _ => &mut self.other,
            } += 1;
        }
    }

    /// The code of the language; empty where the characters are no matter of language. A few foreign
    /// words do not make a note Japanese, but a few kana tell it from a Chinese one.
    fn language(&self) -> &'static str {
        let eastern = self.han + self.kana + self.hangul;
        if eastern * 4 < self.other {
            ""
        } else if self.hangul * 5 > eastern {
            "ko"
        } else if self.kana * 10 > eastern {
            "ja"
        } else if self.han > 0 {
            "zh"
        } else {
            ""
        }
    }
}

/// The language of the cards of each file of notes, where it decides how characters are drawn.
pub(super) fn of_files(deck: &Deck) -> BTreeMap<&str, &'static str> {
    let mut letters: BTreeMap<&str, Letters> = BTreeMap::new();
    for card in &deck.cards {
        let count = letters.entry(card.source.file.as_str()).or_default();
        let texts = contents(card).into_iter().flat_map(Content::texts);
        texts.for_each(|text| count.count(text.plain()));
    }
    letters.into_iter().map(|(file, letters)| (file, letters.language())).collect()
}

fn contents(card: &Card) -> Vec<&Content> {
    let mut all: Vec<&Content> = match &card.body {
        Body::Question { question, answer } => vec![question, answer],
        Body::Reversible { front, back } => vec![front, back],
        Body::Cloze { text } => vec![text],
        Body::Choice { stem, options } => std::iter::once(stem).chain(options.iter().map(|o| &o.content)).collect(),
    };
    all.extend(&card.why);
    all
}

#[cfg(test)]
mod tests {
    use super::Letters;

    #[test]
    fn languages_that_share_characters_are_told_apart() {
        let language = |words: &str| {
            let mut letters = Letters::default();
            letters.count(words);
            letters.language()
        };
        assert_eq!(language("東京は日本の首都ですか。"), "ja");
        assert_eq!(language("HTTP 以 TCP 作为底层协议，默认端口为 80。"), "zh");
        assert_eq!(language("대한민국의 수도는 서울이다 (首都)"), "ko");
        assert_eq!(language("The kanji 日 means sun, and 月 means moon."), "");
        assert_eq!(language("Straße, القاهرة, 42"), "");
    }
}
