//! The options of a question as a field: a lettered list in its author's order, which the templates'
//! script shuffles, unless an option speaks of the others.

use crate::card::{Choice, Content};
use crate::render::html::Html;
use std::fmt::Write as _;

/// Beginnings and endings of options that make sense in one place only, in lower case.
const OF_OTHERS: &[&str] = &[
    "all of the", "all the above", "none of the", "neither of the", "both of the", "any of the above", "of these",
    "alle oben", "alle genannten", "alle antworten", "keine der", "keines der", "beide antworten", "todas las",
    "ninguna de", "ambas", "toutes les réponses", "aucune de", "tutte le", "nessuna delle", "以上", "都对", "都不对",
    "都是", "上記",
];

/// Options as a lettered list. The right ones are marked in it; templates show that on the back only.
pub(super) fn list(html: &Html, options: &[&Choice]) -> String {
    let fixed = if options.iter().any(|option| speaks_of_others(option, options)) { " fixed" } else { "" };
    let mut out = format!("<div class=\"options{fixed}\">");
    for option in options {
        let right = if option.correct { " right" } else { "" };
        let letter = html.words(&option.letter.to_string());
        let text = html.content(&option.content);
        _ = write!(out, "<div class=\"option{right}\"><b>{letter}</b> <div dir=\"auto\">{text}</div></div>");
    }
    out + "</div>"
}

/// Whether an option is about other options, by their place or their letters.
fn speaks_of_others(option: &Choice, all: &[&Choice]) -> bool {
    let words = plain(&option.content);
    OF_OTHERS.iter().any(|mark| words.starts_with(mark) || words.contains("above")) || is_letters(&words, all)
}

/// Whether the words are nothing but letters of options: `A and C`, `both b & c`, `A、B`.
fn is_letters(words: &str, all: &[&Choice]) -> bool {
    let mut letters = 0;
    for word in words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let letter = all.iter().any(|o| word.chars().eq(o.letter.to_lowercase()));
        letters += usize::from(letter);
        if !letter && !["and", "or", "both", "only", "und", "oder", "nur", "y", "et", "e", "和"].contains(&word) {
            return false;
        }
    }
    letters > 1
}

fn plain(content: &Content) -> String {
    content.texts().iter().map(|text| text.plain().to_lowercase()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn is_fixed(options: &[&str]) -> bool {
        let choice = |(letter, words): (char, &&str)| Choice { letter, content: Content::words(words), correct: false };
        let options: Vec<Choice> = ('A'..).zip(options).map(choice).collect();
        let html = Html { media: &BTreeSet::new(), gaps: false };
        list(&html, &options.iter().collect::<Vec<_>>()).starts_with("<div class=\"options fixed\">")
    }

    #[test]
    fn options_that_speak_of_others_keep_their_place() {
        assert!(is_fixed(&["SSH", "FTP", "All of the above"]));
        assert!(is_fixed(&["SSH", "FTP", "Both A and B"]));
        assert!(is_fixed(&["SSH", "FTP", "以上都对"]));
        assert!(is_fixed(&["x", "y", "None of the above."]));
        assert!(!is_fixed(&["S3 and EMR", "Athena", "Glue"]));
        assert!(!is_fixed(&["a", "b", "c"]));
    }
}
