//! Where sentences and list items inside running text begin and end. Works on masked text
//! ([`crate::markdown::text::Text::mask`]), so code and formulas are never cut.

use std::ops::Range;

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "etc", "vs", "cf", "approx", "dr", "mr", "mrs", "ms", "prof", "st", "no", "fig", "eq", "inc", "ltd",
    "co", "z.b", "d.h", "bzw", "usw", "u.a", "ca", "nr", "p.ej", "ej", "p.ex", "ex", "al", "resp", "min", "max", "vol",
];

/// The sentences of a text, trimmed, as byte ranges.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut depth = 0usize;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let next = chars.peek().map(|(_, n)| *n);
        let ends = match c {
            '\n' => true,
            '。' | '！' | '？' => depth == 0 && !matches!(next, Some('”' | '」' | '"' | '）')),
            '.' | '!' | '?' => depth == 0 && next.is_none_or(char::is_whitespace) && !is_abbreviation(text, start, at),
            _ => false,
        };
        if ends {
            push_trimmed(text, start..at + c.len_utf8(), &mut out);
            start = at + c.len_utf8();
            depth = 0;
        }
    }
    push_trimmed(text, start..text.len(), &mut out);
    out
}

/// Whether the full stop at byte `at` belongs to an abbreviation, an initial or a number at the
/// start of a sentence.
fn is_abbreviation(text: &str, start: usize, at: usize) -> bool {
    const ALWAYS: &[&str] = &["e.g", "i.e", "vs", "dr", "mr", "prof", "z.b", "d.h", "cf"];
    const BEFORE_DATES: &[&str] = &["am", "vom", "bis", "zum", "der", "den", "dem", "die", "das", "im", "seit"];
    let before = &text[start..at];
    let mut words = before.rsplit([' ', '(', '\n', ',']);
    let word = words.next().unwrap_or_default().to_lowercase();
    let previous = words.next().unwrap_or_default();
    let follows_lower = text[at + 1..].trim_start().chars().next().is_some_and(char::is_lowercase);
    let digits = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    if ABBREVIATIONS.contains(&word.as_str()) {
        return follows_lower || ALWAYS.contains(&word.as_str());
    }
    if digits {
        return before.trim() == word || (word.len() < 3 && BEFORE_DATES.contains(&previous.to_lowercase().as_str()));
    }
    // `s. 12–14`, `pp. 3–7`: a place in a source.
    let numbered = text[at + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    if numbered && matches!(&*word, "s" | "ss" | "p" | "pp" | "sec" | "ch" | "art") {
        return true;
    }
    let single = word.chars().count() == 1 && word.chars().all(char::is_alphabetic) && before.trim().len() > 1;
    follows_lower && (single || word.contains('.'))
        || is_dotted(before, &text[at + 1..])
        || is_initial(before, &text[at + 1..])
}

/// Whether words end with a title in letters with points before a name: `A.G.G. George Lawrence`.
fn is_dotted(before: &str, behind: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default().trim_start_matches(['(', '"', '“']);
    let letters =
        last.contains('.') && last.split('.').all(|c| c.chars().count() == 1 && c.starts_with(char::is_uppercase));
    let mut next = behind.split_whitespace().map(|w| w.trim_end_matches([',', '.', ';', ')']));
    let named = |word: Option<&str>| {
        word.is_some_and(|w| w.starts_with(char::is_uppercase) && w.chars().nth(1).is_some_and(char::is_lowercase))
    };
    let (first, second) = (next.next(), next.next());
    // `by I.K. Gujral`, but not `in the U.S. Congress met later`.
    let person = !NO_INITIALS.contains(&last) && first.is_some_and(|w| !OPENINGS.contains(&w));
    letters && named(first) && (person || named(second))
}

/// Short forms in letters with points that are no initials of a person.
const NO_INITIALS: &[&str] =
    &["U.S", "U.K", "U.N", "E.U", "D.C", "B.C", "A.D", "A.M", "P.M", "U.S.A", "U.S.S.R", "C.E", "B.C.E"];

/// Words that open sentences.
const OPENINGS: &[&str] = &[
    "The", "A", "An", "It", "This", "That", "These", "They", "In", "If", "For", "When", "Each", "Its", "We", "You",
    "Der", "Die", "Das", "Es", "Ein", "Eine", "Le", "La", "Les", "El", "Los", "Las", "On", "At", "As", "But", "And",
    "He", "She", "His", "Her", "Their", "To", "By", "Also", "After", "Before", "However", "Such",
];

/// Whether words end with the initial of a person whose name goes on: `Markus F. X. J. Oberhumer`.
fn is_initial(before: &str, behind: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let mut words = before.split_whitespace().rev();
    let (last, previous) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut behind = behind.split_whitespace();
    let next = behind.next().unwrap_or_default();
    let single = |word: &str| word.chars().count() == 1 && capital(word);
    let another = next.strip_suffix('.').is_some_and(single);
    let surname = capital(next) && next.chars().nth(1).is_some_and(char::is_lowercase) && !OPENINGS.contains(&next);
    let named = capital(previous) && previous.chars().nth(1).is_some_and(|c| c.is_lowercase() || c == '.');
    let listed = previous.trim_end_matches(char::is_alphanumeric).is_empty() && previous == next;
    single(last) && (another || surname && named && !listed)
}

fn push_trimmed(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().len();
    if start < end {
        out.push(start..end);
    }
}

/// Cuts at separators that stand outside brackets; the pieces are trimmed and never empty.
/// `is_separator` sees the text from a position on and says how many bytes separate there.
pub fn split_outside(text: &str, is_separator: impl Fn(&str) -> Option<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut at, mut depth) = (0, 0, 0usize);
    while at < text.len() {
        let rest = &text[at..];
        let c = rest.chars().next().unwrap_or(' ');
        match c {
            '(' | '[' | '{' | '（' | '“' => depth += 1,
            ')' | ']' | '}' | '）' | '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match (depth == 0).then(|| is_separator(rest)).flatten() {
            Some(length) => {
                push_trimmed(text, start..at, &mut out);
                at += length;
                start = at;
            }
            None => at += c.len_utf8(),
        }
    }
    push_trimmed(text, start..text.len(), &mut out);
    out
}

/// The items of an enumeration `A, B, and C`; a single range if it is none.
pub fn items(text: &str) -> Vec<Range<usize>> {
    const ANDS: &[&str] = &[
        ", and ", ", or ", " and ", " or ", ", und ", " und ", " oder ", " y ", " e ", " et ", " ou ", "、", " & ",
        "以及",
    ];
    const COMMAS: &[&str] = &[", and ", ", or ", ", ", "; ", "、", "，"];
    // Nearly every byte is a letter, and none of these begins with one.
    let can_begin = |rest: &str| rest.bytes().next().is_some_and(|b| matches!(b, b' ' | b',' | b';') || !b.is_ascii());
    let one_of = |signs: &[&str], rest: &str| {
        let begins = || signs.iter().find(|s| rest.starts_with(**s)).map(|s| s.len());
        can_begin(rest).then(begins).flatten()
    };
    let comma = split_outside(text, |rest| one_of(COMMAS, rest));
    if comma.len() < 2 {
        return split_outside(text, |rest| one_of(ANDS, rest));
    }
    let Some(last) = comma.last().cloned() else { return comma };
    let tail = split_outside(&text[last.clone()], |rest| one_of(ANDS, rest));
    let mut out = comma[..comma.len() - 1].to_vec();
    out.extend(tail.into_iter().map(|r| last.start + r.start..last.start + r.end));
    for range in &mut out {
        for and in ["and ", "or "] {
            if text[range.clone()].starts_with(and) {
                range.start += and.len();
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        assert_eq!(cut("One. Two (a. b). Three"), ["One.", "Two (a. b).", "Three"]);
        assert_eq!(cut("Use e.g. Redis. It costs $0.5 per GB."), ["Use e.g. Redis.", "It costs $0.5 per GB."]);
        assert_eq!(
            cut("It is by Markus F. X. J. Oberhumer. It is fast."),
            ["It is by Markus F. X. J. Oberhumer.", "It is fast."]
        );
        assert_eq!(cut("Founded by J.R. Tolkien. It grew."), ["Founded by J.R. Tolkien.", "It grew."]);
        assert_eq!(cut("Of Group A. Group B is next."), ["Of Group A.", "Group B is next."]);
        assert_eq!(cut("It needs vitamin K. Blood clots."), ["It needs vitamin K.", "Blood clots."]);
        assert_eq!(cut("端口为 80。默认是明文！"), ["端口为 80。", "默认是明文！"]);
    }

    #[test]
    fn enumerations() {
        let text = "S3, Redshift, Elasticsearch, or Splunk";
        let got: Vec<&str> = items(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(got, ["S3", "Redshift", "Elasticsearch", "Splunk"]);
    }
}
