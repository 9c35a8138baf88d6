//! The head of a bullet or paragraph: the words before a dash or a colon.

use std::ops::Range;

use crate::card::Kind;
use crate::language::english::clause::{is_adverb, words};
use crate::language::is_emoji;
use crate::markdown::text::Text;

/// A term or label in front of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The bytes of the term, without marks of separation.
    pub term: Range<usize>,
    /// The bytes behind the separator.
    pub rest: Range<usize>,
    /// The term's characters.
    pub name: String,
    /// Whether a dash separates, not a colon.
    pub dash: bool,
    /// Whether the term is bold.
    pub bold: bool,
    /// Whether it is a remark's label (`Exam tip`, `Note`).
    pub remark: bool,
}

/// The head of a text, if it has one.
pub fn head(text: &Text) -> Option<Head> {
    text.plain().find([':', '：', '—', '–', '-'])?;
    let mask = text.mask();
    let lead = mask.len() - mask.trim_start_matches(|c: char| c.is_whitespace() || is_emoji(c)).len();
    let (at, length, dash) = separator(&mask, lead)?;
    let lead = lead + numbering(&mask[lead..at]);
    let term = trim(text.plain(), lead..at);
    let rest = trim(text.plain(), at + length..mask.len());
    let dashes = mask[rest.clone()].len() - mask[rest.clone()].trim_start_matches("- ").len();
    let rest = without_inner(&mask, rest.start + dashes..rest.end);
    let name = text.plain()[term.clone()].to_owned();
    let runs = || text.runs().iter().filter(|r| r.start < term.end && term.start < r.end);
    let bold = runs().all(|r| r.style.strong);
    let wordy = name.split_whitespace().count() > if bold { 10 } else { 7 }
        || name.chars().count() > 70
        || name.chars().filter(|c| !c.is_ascii()).count() > 24;
    if wordy || name.is_empty() || rest.is_empty() {
        return None;
    }
    let sentence = name.contains(['?', '!', ';', '→', '|', '，', '。', '；', '？', '！', '='])
        || name.contains(". ")
        || (!bold && has_verb(&name));
    let image = runs().any(|r| matches!(r.style.atom, crate::markdown::text::Atom::Image { .. }));
    let adverb = is_adverb(&name.to_lowercase());
    let range = name.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | '—'))
        && name.contains(['-', '–', '—', ' ']);
    let span = dash
        && !name.contains(' ')
        && text.plain()[rest.clone()].split(' ').nth(1).is_some_and(|w| matches!(w, "are" | "were"));
    if adverb || range || span || sentence || image {
        return None;
    }
    let remark = remark(&name).is_some();
    Some(Head { term, rest, name, dash, bold, remark })
}

/// The bytes of `9) ` or `1. ` in front of a term.
fn numbering(term: &str) -> usize {
    let rest = term.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = rest.strip_prefix([')', '.']).filter(|_| rest.len() < term.len() && term.len() - rest.len() < 3);
    let named = behind.and_then(|behind| behind.strip_prefix(' ')).map(str::trim_start);
    named.filter(|name| name.starts_with(char::is_uppercase)).map_or(0, |name| term.len() - name.len())
}

/// Place and length of the first separator outside brackets, and whether it is a dash.
fn separator(mask: &str, from: usize) -> Option<(usize, usize, bool)> {
    const DASHES: &[&str] = &[" — ", " – ", " - ", "—", " -- "];
    let mut depth = 0usize;
    let mut quoted = false;
    let telling =
        |c: &char| matches!(c, ':' | '：' | ' ' | '—' | '(' | '[' | '（' | ')' | ']' | '）' | '"' | '“' | '”');
    for (at, c) in mask[from..].char_indices().filter(|(_, c)| telling(c)) {
        let at = from + at;
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            '"' => quoted = !quoted,
            '“' => quoted = true,
            '”' => quoted = false,
            _ => {}
        }
        if depth > 0
            || quoted && mask[at..].contains(['"', '”'])
            || c == ' ' && mask.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
        {
            continue;
        }
        let rest = &mask[at..];
        if c == '：' {
            return Some((at, c.len_utf8(), false));
        }
        if c == ':' && (rest.starts_with("::") || mask[..at].ends_with(':')) {
            return None;
        }
        if c == ':' && rest[1..].starts_with(|n: char| n.is_whitespace() || is_emoji(n)) {
            return Some((at, 1, false));
        }
        let between_numbers = mask[..at].ends_with(|d: char| d.is_ascii_digit())
            && rest
                .trim_start_matches([' ', '-', '—', '–', '₹', '$', '€', '£'])
                .starts_with(|d: char| d.is_ascii_digit());
        if between_numbers || rest.starts_with("——") || mask[..at].ends_with('—') {
            continue;
        }
        if let Some(dash) = DASHES.iter().find(|d| rest.starts_with(**d)) {
            return Some((at, dash.len(), true));
        }
    }
    None
}

/// What stands behind a second label which only says that the first is explained: `Peace of 1648: Significance: it …`.
fn without_inner(mask: &str, rest: Range<usize>) -> Range<usize> {
    const EXPLAINS: &[&str] = &["significance", "definition", "meaning", "description", "explanation", "summary"];
    let label = mask[rest.clone()].split_once(": ").map(|(label, _)| label);
    let inner = label.filter(|label| EXPLAINS.iter().any(|word| label.eq_ignore_ascii_case(word)));
    inner.map_or(rest.clone(), |label| trim(mask, rest.start + label.len() + 1..rest.end))
}

fn trim(plain: &str, range: Range<usize>) -> Range<usize> {
    let part = &plain[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..(range.start + part.trim_end().len()).max(start)
}

/// Whether words hold a finite verb, so that they are a clause and no term.
fn has_verb(name: &str) -> bool {
    words(name).iter().any(|w| {
        matches!(
            w.lower.as_str(),
            "is" | "are" | "was" | "were" | "has" | "have" | "can" | "must" | "will" | "should" | "does" | "do"
        )
    })
}

/// What kind of remark a label announces; `None` for any other label.
pub fn remark(label: &str) -> Option<Kind> {
    const TRAPS: &[&str] = &[
        "trap", "traps", "pitfall", "pitfalls", "gotcha", "gotchas", "warning", "caution", "danger", "careful",
        "beware", "mistake", "mistakes", "achtung", "vorsicht", "falle", "attention", "piège", "cuidado", "atención",
        "trampa", "陷阱", "警告", "注意", "ojo", "易错", "易错点",
    ];
    const TIPS: &[&str] = &[
        "tip", "tips", "hint", "hints", "favorite", "favourite", "advice", "tipp", "hinweis", "merke", "astuce",
        "conseil", "consejo", "提示", "技巧", "prüfungstipp", "klausurtipp", "tipps", "truco", "考点",
    ];
    const NOTES: &[&str] = &[
        "note", "notes", "nb", "n.b", "info", "important", "remember", "remark", "remarks", "takeaway", "takeaways",
        "wichtig", "remarque", "nota", "importante", "important!", "重要", "总结", "重点", "记住", "merksatz",
        "retenir", "recuerda",
    ];
    let lower = label.to_lowercase();
    let telling: Vec<&str> = lower.split([' ', '-', '/', '!']).filter(|w| !w.is_empty()).collect();
    let of = |table: &[&str]| telling.len() <= 4 && telling.iter().any(|w| table.contains(w));
    let first_or_last = |table: &[&str]| {
        telling.len() <= 3
            && (telling.first().is_some_and(|w| table.contains(w)) || telling.last().is_some_and(|w| table.contains(w)))
    };
    if of(TRAPS) {
        Some(Kind::Trap)
    } else if first_or_last(TIPS) || lower == "exam" {
        Some(Kind::Tip)
    } else if first_or_last(NOTES) {
        Some(Kind::Fact)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(plain: &str) -> Option<(String, String)> {
        let text = Text::words(plain);
        head(&text).map(|h| (h.name.clone(), plain[h.rest].to_owned()))
    }

    #[test]
    fn heads_are_short_and_have_no_verb() {
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(of("S3 Standard — Active data"), pair("S3 Standard", "Active data"));
        assert_eq!(of("端口号：HTTP 默认是 80"), pair("端口号", "HTTP 默认是 80"));
        assert_eq!(of("Port (TCP: any): 80"), pair("Port (TCP: any)", "80"));
        assert_eq!(of("The limit is this: 5"), None);
        assert_eq!(of("It starts at 12:30 today"), None);
        assert!(head(&Text::words("Exam tip: Use Parquet")).is_some_and(|h| h.remark));
    }
}
