//! What recto knows of languages: sentences, clauses, word tables.

pub mod english;
pub mod gap;
pub mod lower;
pub mod sentence;

/// Whether a character is a pictograph, as notes use them for bullets.
pub fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x1F000..=0x1FAFF | 0xFE0F | 0x200D)
}

/// The language of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English: sentences are taken apart.
    English,
    /// Any other: cards keep the note's own words and add none.
    Other,
}

impl Language {
    /// The language that front matter or settings name, else what the texts look like. English is
    /// told by its function words, which no other language uses so often.
    pub fn of<'a>(named: Option<&str>, texts: impl Iterator<Item = &'a str>) -> Language {
        const FUNCTION_WORDS: &[&str] = &[
            "the", "of", "and", "to", "is", "for", "a", "in", "that", "are", "with", "it", "when", "which", "can",
            "by", "from", "not", "you",
        ];
        if let Some(name) = named {
            let english = name.eq_ignore_ascii_case("en")
                || name.to_lowercase().starts_with("en-")
                || name.eq_ignore_ascii_case("english");
            return if english { Language::English } else { Language::Other };
        }
        let (mut all, mut english, mut wide) = (0usize, 0usize, 0usize);
        for text in texts {
            wide += text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
            for word in text.split_whitespace().filter(|w| w.chars().all(char::is_alphabetic)) {
                all += 1;
                english += usize::from(FUNCTION_WORDS.contains(&word.to_lowercase().as_str()));
            }
            if all > 4000 {
                break;
            }
        }
        let few_words = all < 20 && wide * 4 < all.max(1) * 5;
        if few_words || (english * 12 > all && wide < all * 2) { Language::English } else { Language::Other }
    }
}
