//! The words around the cards, in the languages that recto reads.

use super::data::Labels;
use crate::language::Language;

/// The words of one language: the column to cover, traps, a trap, name, date, score, key.
const ENGLISH: [&str; 7] = ["cover or fold back this column", "Traps", "Trap", "Name", "Date", "Score", "Key"];
const GERMAN: [&str; 7] =
    ["diese Spalte abdecken oder umfalten", "Fallen", "Falle", "Name", "Datum", "Punkte", "Lösungen"];
const SPANISH: [&str; 7] =
    ["cubre o dobla esta columna", "Trampas", "Trampa", "Nombre", "Fecha", "Puntos", "Soluciones"];
const FRENCH: [&str; 7] = ["couvrez ou repliez cette colonne", "Pièges", "Piège", "Nom", "Date", "Note", "Corrigé"];
const CHINESE: [&str; 7] = ["遮住或折起此栏", "易错点", "易错点", "姓名", "日期", "得分", "答案"];

/// The words around the cards in a language that settings name.
pub(super) fn labels(language: Option<&str>) -> Labels {
    let words = match language.map(Language::named) {
        Some(Language::German) => GERMAN,
        Some(Language::Spanish) => SPANISH,
        Some(Language::French) => FRENCH,
        Some(Language::Chinese) => CHINESE,
        Some(Language::English | Language::Other) | None => ENGLISH,
    };
    let [cover, traps, trap, name, date, score, key] = words.map(str::to_owned);
    let (grades, proof) = spoken(language);
    let (grades, proof) = (grades.map(str::to_owned), proof.map(str::to_owned));
    Labels { cover, traps, trap, name, date, score, key, grades, proof }
}

/// The grades, and what stands on a sheet to adjust the printer by.
fn spoken(language: Option<&str>) -> ([&'static str; 4], [&'static str; 2]) {
    match language.map(Language::named) {
        Some(Language::German) => (
            ["nochmal", "schwer", "gut", "leicht"],
            [
                "Probebogen",
                "Beidseitig in Originalgröße drucken und gegen das Licht halten. Liegen die Kreuze der Rückseite nicht \
                 in der Mitte der Lineale, lies an einem Kreuz zwei Zahlen ab, nach rechts und nach unten, und drucke \
                 mit --back-offset ZAHL,ZAHL.",
            ],
        ),
        Some(Language::Spanish) => (
            ["otra vez", "difícil", "bien", "fácil"],
            [
                "Hoja de prueba",
                "Imprime a doble cara y a tamaño real, y mira al trasluz. Si las cruces del reverso no están en el \
                 centro de las reglas, lee en una cruz dos números, a la derecha y hacia abajo, e imprime con \
                 --back-offset NÚMERO,NÚMERO.",
            ],
        ),
        Some(Language::French) => (
            ["à revoir", "difficile", "bien", "facile"],
            [
                "Feuille d’essai",
                "Imprimez en recto verso à la taille réelle et regardez à contre-jour. Si les croix du verso ne sont \
                 pas au milieu des règles, lisez deux nombres sur une croix, vers la droite et vers le bas, et \
                 imprimez avec --back-offset NOMBRE,NOMBRE.",
            ],
        ),
        Some(Language::Chinese) => (
            ["重来", "困难", "良好", "简单"],
            [
                "校准页",
                "请按实际大小双面打印并对着光看。若背面的十字不在标尺中心，请在一个十字处读出向右和向下的两个数字，\
                 并用 --back-offset 数字,数字 打印。",
            ],
        ),
        Some(Language::English | Language::Other) | None => (
            ["again", "hard", "good", "easy"],
            [
                "Calibration sheet",
                "Print on both sides at actual size, and hold it against the light. If the crosses of the back are not \
                 in the middle of the rulers, read two numbers at one cross, to the right and down, and print with \
                 --back-offset NUMBER,NUMBER.",
            ],
        ),
    }
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
