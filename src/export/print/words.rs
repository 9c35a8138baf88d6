//! The words around the cards, in the languages that recto reads.

use super::data::Labels;
use crate::language::Language;

/// The words of one language: the column to cover, traps, name, date, score, key.
const ENGLISH: [&str; 6] = ["cover or fold back this column", "Traps", "Name", "Date", "Score", "Key"];
const GERMAN: [&str; 6] = ["diese Spalte abdecken oder umfalten", "Fallen", "Name", "Datum", "Punkte", "Lösungen"];
const SPANISH: [&str; 6] = ["cubre o dobla esta columna", "Trampas", "Nombre", "Fecha", "Puntos", "Soluciones"];
const FRENCH: [&str; 6] = ["couvrez ou repliez cette colonne", "Pièges", "Nom", "Date", "Note", "Corrigé"];
const CHINESE: [&str; 6] = ["遮住或折起此栏", "易错点", "姓名", "日期", "得分", "答案"];

/// The words around the cards in a language that settings name.
pub(super) fn labels(language: Option<&str>) -> Labels {
    let words = match language.map(Language::named) {
        Some(Language::German) => GERMAN,
        Some(Language::Spanish) => SPANISH,
        Some(Language::French) => FRENCH,
        Some(Language::Chinese) => CHINESE,
        Some(Language::English | Language::Other) | None => ENGLISH,
    };
    let [cover, traps, name, date, score, key] = words.map(str::to_owned);
    Labels { cover, traps, name, date, score, key }
}

/// The code of a language that settings name, by which words are hyphenated; English where it is unknown.
pub(super) fn code(language: Option<&str>) -> String {
    let Some(name) = language else { return "en".to_owned() };
    match Language::named(name) {
        Language::English => "en".to_owned(),
        Language::German => "de".to_owned(),
        Language::Spanish => "es".to_owned(),
        Language::French => "fr".to_owned(),
        Language::Chinese => "zh".to_owned(),
        Language::Other => {
            let code = name.trim().to_lowercase();
            let code = code.split(['-', '_']).next().unwrap_or_default();
            let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase());
            if is_code { code.to_owned() } else { "en".to_owned() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_named_by_code_or_word() {
        assert_eq!(code(Some("Deutsch")), "de");
        assert_eq!(code(Some("it-CH")), "it");
        assert_eq!(code(Some("Klingon")), "en");
        assert_eq!(code(None), "en");
        assert_eq!(labels(Some("fr")).traps, "Pièges");
    }
}
