//! The everyday part of `\ce{…}`: formulas of substances, charges, states and arrows, as LaTeX.

use std::fmt::Write as _;

/// Arrows, the longest first.
const ARROWS: [(&str, &str); 6] = [
    ("<=>", "\\rightleftharpoons "),
    ("<->", "\\leftrightarrow "),
    ("->", "\\longrightarrow "),
    ("<-", "\\longleftarrow "),
    ("=>", "\\Rightarrow "),
    ("=", "="),
];

/// A reaction as LaTeX.
pub(super) fn latex(reaction: &str) -> String {
    let mut out = String::new();
    for word in reaction.split_whitespace() {
        match ARROWS.iter().find(|(arrow, _)| word.starts_with(arrow)) {
            Some((arrow, sign)) if word.len() == arrow.len() => out.push_str(sign),
            Some((arrow, _)) if word[arrow.len()..].starts_with('[') => {
                let label = word[arrow.len()..].trim_matches(['[', ']']);
                _ = write!(out, "\\xrightarrow{{{}}} ", substance(label));
            }
            _ if word == "+" => out.push_str(" + "),
            _ if word == "^" => out.push_str("\\uparrow "),
            _ if word == "v" => out.push_str("\\downarrow "),
            _ => out.push_str(&substance(word)),
        }
    }
    out
}

/// One substance: numbers behind letters sink, charges rise.
fn substance(word: &str) -> String {
    let mut out = String::new();
    let mut last = ' ';
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '0'..='9' => {
                let mut number = c.to_string();
                while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                    number.push(digit);
                }
                let sinks = last.is_alphabetic() || matches!(last, ')' | ']');
                if sinks {
                    _ = write!(out, "_{{{number}}}");
                } else {
                    out.push_str(&number);
                }
            }
            '^' => _ = write!(out, "^{{{}}}", raised(&mut chars)),
            '+' | '-' if chars.peek().is_none() => _ = write!(out, "^{{{c}}}"),
            'A'..='Z' | 'a'..='z' => _ = write!(out, "\\mathrm{{{c}}}"),
            _ => out.push(c),
        }
        last = c;
    }
    out
}

/// What stands behind a caret: in braces, or digits and a sign.
fn raised(chars: &mut std::iter::Peekable<std::str::Chars>) -> String {
    if chars.next_if_eq(&'{').is_some() {
        return chars.by_ref().take_while(|c| *c != '}').collect();
    }
    let mut out = String::new();
    while let Some(c) = chars.next_if(|c| c.is_ascii_digit() || matches!(c, '+' | '-')) {
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::latex;

    #[test]
    fn reactions_are_set() {
        assert_eq!(
            latex("2H2 + O2 -> 2H2O"),
            r"2\mathrm{H}_{2} + \mathrm{O}_{2}\longrightarrow 2\mathrm{H}_{2}\mathrm{O}"
        );
        assert_eq!(latex("SO4^2-"), r"\mathrm{S}\mathrm{O}_{4}^{2-}");
        assert_eq!(latex("Na+"), r"\mathrm{N}\mathrm{a}^{+}");
    }
}
