//! What recto knows of languages: sentences, clauses, word tables.

pub mod chinese;
pub mod detect;
pub mod english;
mod figure;
pub mod french;
pub mod gap;
pub mod german;
pub mod lower;
pub mod phrases;
pub mod sentence;
pub mod spanish;
pub mod table;
mod units;

use table::Table;

/// Whether a character is a pictograph, as notes use them for bullets.
pub fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x1F000..=0x1FAFF | 0xFE0F | 0x200D)
}

/// The language of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English: sentences are taken apart.
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Chinese, in simplified characters.
    Chinese,
    /// Any other: cards keep the note's own words and add none.
    Other,
}

impl Language {
    /// The language that front matter or settings name: a code such as `de` or `de-CH`, or its name.
    pub fn named(name: &str) -> Language {
        let lower = name.trim().to_lowercase().replace('_', "-");
        match lower.as_str() {
            "english" => Language::English,
            "german" | "deutsch" => Language::German,
            "spanish" | "español" | "castellano" => Language::Spanish,
            "french" | "français" => Language::French,
            "zh-tw" | "zh-hk" | "zh-mo" | "zh-hant" => Language::Other,
            "chinese" | "中文" | "简体中文" => Language::Chinese,
            code => match code.split('-').next() {
                Some("en" | "eng") => Language::English,
                Some("de" | "deu" | "ger") => Language::German,
                Some("es" | "spa") => Language::Spanish,
                Some("fr" | "fra" | "fre") => Language::French,
                Some("zh" | "zho" | "chi" | "cmn") => Language::Chinese,
                _ => Language::Other,
            },
        }
    }

    /// The words of a language that is read by its frames.
    pub fn table(self) -> Option<&'static Table> {
        match self {
            Language::German => Some(&german::TABLE),
            Language::Spanish => Some(&spanish::TABLE),
            Language::French => Some(&french::TABLE),
            Language::English | Language::Chinese | Language::Other => None,
        }
    }
}
