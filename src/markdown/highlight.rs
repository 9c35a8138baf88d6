//! `==marked==` words, which the parser does not know.

use super::inline::is_wide;
use super::text::Text;
use std::ops::Range;

/// The text with `==…==` turned into a mark; operators, code and formulas are left alone.
pub(super) fn mark(text: &Text) -> Text {
    let mask = text.mask();
    let fences = fences(&mask);
    let mut out = Text::default();
    let (mut done, mut next) = (0, 0);
    while next + 1 < fences.len() {
        let (open, close) = (fences[next], fences[next + 1]);
        if !encloses(&mask, open..close) {
            next += 1;
            continue;
        }
        out.append(&text.slice(done..open));
        let end = open + 2 + mask[open + 2..close].trim_end().len();
        out.append(&text.slice(open + 2..end).restyle(|style| style.highlight = true));
        out.append(&text.slice(end..close));
        done = close + 2;
        next += 2;
    }
    if done == 0 { text.clone() } else { out.join(&text.slice(done..mask.len())) }
}

/// Where exactly two `=` stand together.
fn fences(mask: &str) -> Vec<usize> {
    let lone = |at: &usize| !mask[..*at].ends_with('=') && !mask[at + 2..].starts_with('=');
    mask.match_indices("==").map(|(at, _)| at).filter(lone).collect()
}

/// Whether two pairs of `=` hold words between them rather than compare things.
fn encloses(mask: &str, pair: Range<usize>) -> bool {
    let inside = &mask[pair.start + 2..pair.end];
    // `a ==file-level store ==that`: a blank that slipped in before the end.
    let wordy = inside.split_whitespace().filter(|w| w.chars().count() > 1).count() > 1;
    let glued = mask[pair.end + 2..].starts_with(char::is_alphabetic);
    let slipped = inside.ends_with(char::is_whitespace) && !(wordy && glued);
    let loose = inside.is_empty() || inside.starts_with(char::is_whitespace) || slipped;
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_wide(c));
    let before = word(mask[..pair.start].chars().next_back());
    let after = word(mask[pair.end + 2..].chars().next());
    !(loose || (before && after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(plain: &str) -> String {
        let text = mark(&Text::words(plain));
        let show = |r: &super::super::text::Run| {
            let words = &text.plain()[r.start..r.end];
            if r.style.highlight { format!("[{words}]") } else { words.to_owned() }
        };
        text.runs().iter().map(show).collect()
    }

    #[test]
    fn marks_words_but_no_comparisons() {
        assert_eq!(marked("a ==b c== d"), "a [b c] d");
        assert_eq!(marked("这是==重点==。"), "这是[重点]。");
        assert_eq!(marked("x == y and z == w"), "x == y and z == w");
        assert_eq!(marked("if x==y or z==w"), "if x==y or z==w");
        assert_eq!(marked("a === b ==c=="), "a === b [c]");
        assert_eq!(marked("a ==file store ==that holds"), "a [file store] that holds");
        assert_eq!(marked("if x ==y and z ==w"), "if x ==y and z ==w");
    }
}
