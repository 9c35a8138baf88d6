//! Which language a note is written in. A trigram model and the share of function words have to
//! agree; where they do not, no language is taken, so that no note is read by the wrong grammar.

use whatlang::Lang;

use super::Language;
use super::lower::lower;

/// How many characters of a note are looked at.
const SAMPLE: usize = 6000;

/// Function words of English that the other languages known here do not share.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "is", "for", "a", "in", "that", "are", "with", "it", "when", "which", "can", "by",
    "from", "not", "you",
];

/// The languages that are told by their function words.
const SPACED: &[Language] = &[Language::German, Language::Spanish, Language::French];

/// What was found in a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detected {
    /// The language of most of it.
    pub language: Language,
    /// Whether a good part of it is in another one.
    pub mixed: bool,
}

/// Characters and words by what they tell.
#[derive(Debug, Default)]
struct Counts {
    words: usize,
    english: usize,
    /// English function words that no neighbour of it has.
    strict: usize,
    spaced: [usize; SPACED.len()],
    wide: usize,
    han: usize,
    traditional: usize,
    kana: usize,
}

impl Counts {
    fn add(&mut self, text: &str) {
        if !text.is_ascii() {
            for c in text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()) {
                self.wide += 1;
                self.han += usize::from(is_han(c));
                self.kana += usize::from(matches!(c, '\u{3040}'..='\u{30ff}'));
                self.traditional += usize::from("個們這說時為與學國對應點種過還後會從沒該讓當發實現間問題".contains(c));
            }
        }
        for word in text.split(|c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '-' | '/')) {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if word.is_empty() || !word.chars().all(char::is_alphabetic) || word.chars().any(is_han) {
                continue;
            }
            let word = lower(word);
            self.words += 1;
            let english = ENGLISH.contains(&word.as_str());
            self.english += usize::from(english);
            self.strict += usize::from(english && !matches!(word.as_str(), "a" | "in" | "is" | "for"));
            for (count, language) in self.spaced.iter_mut().zip(SPACED) {
                let table = language.table().map_or(&[] as &[&str], |t| t.function_words);
                *count += usize::from(table.contains(&word.as_str()));
            }
        }
    }

    /// The language, of those told by function words, that has most of them.
    fn best(&self) -> (Language, usize) {
        let pairs = SPACED.iter().copied().zip(self.spaced);
        pairs.max_by_key(|(_, count)| *count).unwrap_or((Language::Other, 0))
    }
}

/// Whether a character is Chinese writing.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The language of a note's texts, of which only the beginning is read.
pub fn detect<'a>(texts: impl Iterator<Item = &'a str>) -> Detected {
    let mut counts = Counts::default();
    let mut sample = String::new();
    for text in texts {
        counts.add(text);
        sample.push_str(text);
        sample.push('\n');
        if sample.len() > SAMPLE {
            break;
        }
    }
    let (best, share) = counts.best();
    let language = language(&counts, &sample);
    let second = if language == Language::English { share } else { counts.english.max(runner_up(&counts, best)) };
    Detected { language, mixed: second * 30 > counts.words || (language != Language::Chinese && counts.han > 4) }
}

fn runner_up(counts: &Counts, best: Language) -> usize {
    SPACED.iter().zip(counts.spaced).filter(|(l, _)| **l != best).map(|(_, count)| count).max().unwrap_or(0)
}

fn language(counts: &Counts, sample: &str) -> Language {
    let (best, share) = counts.best();
    if counts.han > counts.words * 2 && counts.han > 4 {
        let chinese = counts.kana * 10 < counts.han && counts.traditional * 25 < counts.han && counts.han > 11;
        return if chinese { Language::Chinese } else { Language::Other };
    }
    // Notes in key words have few function words; then the model has to be sure by itself.
    let sure = || whatlang::detect(sample).is_some_and(|info| info.is_reliable());
    let usual = share * 8 > counts.words || (share * 24 > counts.words && counts.words >= 20 && sure());
    if share > 2 && share > counts.english * 3 && usual && guessed(sample) == best {
        return best;
    }
    let english = counts.english * 12 > counts.words && counts.strict * 3 > counts.english;
    if english && counts.wide < counts.words * 2 && counts.english > share {
        return Language::English;
    }
    let keywords = share * 50 < counts.words && counts.wide * 50 < counts.words && sure();
    if counts.words < 40 && !foreign(counts, sample) || keywords && guessed(sample) == Language::English {
        return Language::English;
    }
    Language::Other
}

/// Whether something speaks against English in a note of a few words, as most such notes are in English.
fn foreign(counts: &Counts, sample: &str) -> bool {
    let (_, share) = counts.best();
    let info = whatlang::detect(sample);
    share > counts.english
        || share > 0 && counts.strict == 0
        || counts.wide * 5 > counts.words + 10
        || counts.strict == 0 && info.is_some_and(|i| i.is_reliable() && i.lang() != Lang::Eng)
}

/// What the trigram model says.
fn guessed(sample: &str) -> Language {
    match whatlang::detect_lang(sample) {
        Some(Lang::Deu) => Language::German,
        Some(Lang::Spa) => Language::Spanish,
        Some(Lang::Fra) => Language::French,
        Some(Lang::Eng) => Language::English,
        _ => Language::Other,
    }
}

/// The language that a sentence of a mixed note is written in, as far as its function words tell.
pub fn of_sentence(sentence: &str) -> Option<Language> {
    let mut counts = Counts::default();
    counts.add(sentence);
    let (best, share) = counts.best();
    if counts.han > 1 {
        Some(Language::Chinese)
    } else if share > counts.english {
        Some(best)
    } else {
        (counts.english > share).then_some(Language::English)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Language {
        detect([text].into_iter()).language
    }

    #[test]
    fn prose_is_told_by_its_small_words() {
        let german = "Die Zelle ist die kleinste Einheit des Lebens und wird von einer Membran umgeben. Der Kern \
            enthält die Erbinformation, die bei der Teilung an die Tochterzellen weitergegeben wird.";
        let spanish = "La célula es la unidad más pequeña de los seres vivos y está rodeada por una membrana. El \
            núcleo contiene la información genética, que pasa a las células hijas durante la división.";
        let french = "La cellule est la plus petite unité du vivant et elle est entourée par une membrane. Le noyau \
            contient l'information génétique, qui est transmise aux cellules filles lors de la division.";
        assert_eq!(of(german), Language::German);
        assert_eq!(of(spanish), Language::Spanish);
        assert_eq!(of(french), Language::French);
        assert_eq!(of("细胞是生物体结构和功能的基本单位，由细胞膜、细胞质和细胞核组成。"), Language::Chinese);
        assert_eq!(of("A stream keeps records for 24 hours. Each shard is a unit of capacity."), Language::English);
    }

    #[test]
    fn relatives_are_not_taken_for_one_another() {
        let portuguese = "A célula é a menor unidade dos seres vivos e está rodeada por uma membrana. O núcleo contém \
            a informação genética, que passa para as células filhas durante a divisão e não se perde com o tempo.";
        let dutch = "De cel is de kleinste eenheid van het leven en wordt door een membraan omgeven. De kern bevat de \
            erfelijke informatie, die bij de deling aan de dochtercellen wordt doorgegeven.";
        let polish = "Komórka jest najmniejszą jednostką życia i jest otoczona błoną. Jądro zawiera informację \
            genetyczną, która podczas podziału jest przekazywana komórkom potomnym.";
        let japanese = "細胞は生物の構造と機能の基本単位であり、細胞膜に囲まれている。";
        for text in [portuguese, dutch, polish, japanese] {
            assert_eq!(of(text), Language::Other, "{text}");
        }
    }

    #[test]
    fn a_word_list_is_in_no_language() {
        assert_eq!(of("der Vorteil advantage die Ware goods das Amt office überraschen surprise"), Language::Other);
    }
}
