//! Escaping for HTML that Anki reads: beside HTML itself, its clozes (`{{c1::…}}`), its own tags in
//! square brackets (`[sound:…]`) and MathJax's delimiters (`\(`) must not arise from an author's words.

use super::clean;
use super::tame::tame;
use std::fmt::Write as _;
use unicode_normalization::char::canonical_combining_class;

/// Where the characters stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a field that holds no clozes.
    Field,
    /// In a cloze field, outside its gaps.
    ClozeField,
    /// In a gap.
    Gap,
}

/// Adds ordinary words.
pub(super) fn words(out: &mut String, text: &str, place: Place) {
    literal(out, text, place, true);
}

/// Adds code, where MathJax looks for nothing.
pub(super) fn code(out: &mut String, text: &str, place: Place) {
    literal(out, text, place, false);
}

/// Adds the value of an attribute.
pub(super) fn attribute(out: &mut String, text: &str, place: Place) {
    literal(out, text, place, false);
}

fn literal(out: &mut String, text: &str, place: Place, math_is_read: bool) {
    let text = clean(text);
    let mut rest = &*text;
    while !rest.is_empty() {
        let (plain, behind) = rest.split_at(plain_length(rest));
        out.push_str(plain);
        let mut chars = behind.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match c {
            '{' if place != Place::Field || out.ends_with('{') => out.push_str("&#123;"),
            '}' if place != Place::Field => out.push_str("&#125;"),
            ':' if place == Place::Gap && out.ends_with(':') => out.push_str("&#58;"),
            '[' if opens_anki_tag(rest) => out.push_str("&#91;"),
            '\\' if math_is_read && rest.starts_with(['(', ')', '[', ']']) => out.push_str("\\<span></span>"),
            _ => character(out, c),
        }
    }
}

/// How many bytes at the beginning of a text stand for themselves wherever they stand.
fn plain_length(text: &str) -> usize {
    let special = |byte: &u8| !byte.is_ascii() || b"{}:[\\&<>\"".contains(byte);
    text.as_bytes().iter().position(special).unwrap_or(text.len())
}

/// Adds LaTeX. An inner `\(…\)`, as in `\text{\(x\)}`, becomes `$…$`, which MathJax reads alike there.
pub(super) fn math(out: &mut String, latex: &str, place: Place) {
    let latex = clean(latex);
    let latex = tame(&latex);
    let mut chars = latex.chars();
    while let Some(c) = chars.next() {
        match c {
            '[' if opens_anki_tag(chars.as_str()) => out.push_str("&#91;"),
            '\\' => match chars.next() {
                Some('(' | ')' | '[' | ']') => out.push('$'),
                Some(next) => {
                    out.push('\\');
                    character(out, next);
                }
                None => out.push_str("\\ "),
            },
            '{' if out.ends_with('{') => out.push_str("&#123;"),
            '}' if place == Place::Gap && out.ends_with('}') => out.push_str(" }"),
            ':' if place == Place::Gap && out.ends_with(':') => out.push_str("&#58;"),
            _ => character(out, c),
        }
    }
}

fn character(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        // Normalisation would join `>` of a tag with a mark that follows it.
        _ if out.ends_with('>') && canonical_combining_class(c) != 0 => {
            _ = write!(out, "&#{};", u32::from(c));
        }
        _ => out.push(c),
    }
}

/// Whether `[` and what follows would be one of Anki's own tags.
fn opens_anki_tag(rest: &str) -> bool {
    const TAGS: [&str; 8] = ["sound:", "anki:", "latex]", "/latex]", "$]", "/$]", "$$]", "/$$]"];
    TAGS.iter().any(|tag| rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(escape: fn(&mut String, &str, Place), text: &str, place: Place) -> String {
        let mut out = String::new();
        escape(&mut out, text, place);
        out
    }

    #[test]
    fn html_is_escaped() {
        assert_eq!(escaped(words, "a<b> & \"c\"", Place::Field), "a&lt;b&gt; &amp; &quot;c&quot;");
    }

    #[test]
    fn words_never_become_clozes_or_tags_or_math() {
        assert_eq!(escaped(words, "{{c1::x}}", Place::Field), "{&#123;c1::x}}");
        assert_eq!(escaped(words, "{{{c1::x", Place::Field), "{&#123;{c1::x");
        assert_eq!(escaped(words, "std::{a}}", Place::Gap), "std:&#58;&#123;a&#125;&#125;");
        assert_eq!(escaped(code, "[sound:a.mp3] [$] [x]", Place::Field), "&#91;sound:a.mp3] &#91;$] [x]");
        assert_eq!(escaped(words, r"\(a\)", Place::Field), r"\<span></span>(a\<span></span>)");
        assert_eq!(escaped(code, r"\(a\)", Place::Field), r"\(a\)");
    }

    #[test]
    fn math_stays_math() {
        assert_eq!(escaped(math, "a < b", Place::Field), "a &lt; b");
        assert_eq!(escaped(math, r"x [latex] [$] [a]", Place::Field), r"x &#91;latex] &#91;$] [a]");
        assert_eq!(escaped(math, r"\frac{a}{b_{c}}", Place::Gap), r"\frac{a}{b_{c} }");
        assert_eq!(escaped(math, r"\frac{a}{b_{c}}", Place::ClozeField), r"\frac{a}{b_{c}}");
        assert_eq!(escaped(math, r"f::x \\[2pt] \text{\(y\)}", Place::Gap), r"f:&#58;x \\[2pt] \text{$y$}");
    }

    #[test]
    fn a_combining_mark_does_not_eat_a_tag() {
        let mut out = String::from("<b>");
        words(&mut out, "\u{338}x", Place::Field);
        assert_eq!(out, "<b>&#824;x");
    }
}
