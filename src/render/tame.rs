//! Formulas without the commands by which a page would do more than show them: links, styles, classes and
//! attributes of HTML, by which `MathJax` loads what is elsewhere or runs what it is given.

use std::borrow::Cow;

/// Commands of `MathJax` that reach out of a formula.
const REACHING: &[&str] = &["href", "style", "class", "cssId", "data", "mmlToken", "bbox", "require", "csname"];

/// LaTeX in which what such a command shows stands alone.
pub(super) fn tame(latex: &str) -> Cow<'_, str> {
    if !REACHING.iter().any(|name| latex.contains(name)) {
        return Cow::Borrowed(latex);
    }
    let mut out = String::with_capacity(latex.len());
    let mut rest = latex;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let letters = behind.bytes().take_while(u8::is_ascii_alphabetic).count();
        if letters > 0 && REACHING.contains(&&behind[..letters]) {
            // What stood before and what comes may not grow together to another command.
            out.push_str("{}");
            rest = without_arguments(&behind[letters..], &behind[..letters]);
        } else {
            let length = letters.max(behind.chars().next().map_or(0, char::len_utf8));
            out.push_str(&rest[at..=at + length]);
            rest = &behind[length..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What follows the arguments of a command that are not shown.
fn without_arguments<'t>(text: &'t str, name: &str) -> &'t str {
    let text = if name == "bbox" { text } else { group(text, ['{', '}']) };
    if matches!(name, "bbox" | "mmlToken") { group(text, ['[', ']']) } else { text }
}

/// What follows a group in such brackets; all of it where none begins or it has no end.
fn group(text: &str, [open, close]: [char; 2]) -> &str {
    let trimmed = text.trim_start();
    if !trimmed.starts_with(open) {
        return text;
    }
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, c) in trimmed.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == open => depth += 1,
            _ if c == close => {
                depth -= 1;
                if depth == 0 {
                    return &trimmed[at + c.len_utf8()..];
                }
            }
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::tame;

    #[test]
    fn commands_that_reach_out_are_left_out() {
        assert_eq!(tame(r"\frac{a}{b}"), r"\frac{a}{b}");
        assert_eq!(tame(r"\href{javascript:alert(1)}{x} + y"), r"{}{x} + y");
        assert_eq!(tame(r"\style{background: url({x})}{z}"), r"{}{z}");
        assert_eq!(tame(r"\bbox[background: url(//x)]{z}"), r"{}{z}");
        assert_eq!(tame(r#"\mmlToken{mi}[href="x"]{z}"#), r"{}{z}");
        assert_eq!(tame(r"\hr\href{a}ef{b}{c}"), r"\hr{}ef{b}{c}");
        assert_eq!(tame(r"\let\h\href \h{a}{b}"), r"\let\h{} \h{a}{b}");
        assert_eq!(tame(r"\mathclass \\data \text{class}"), r"\mathclass \\data \text{class}");
        assert_eq!(tame(r"\href"), "{}");
        assert_eq!(tame(r"\class ü \"), r"{} ü \");
        assert_eq!(tame(r"\href{open"), "{}{open");
    }
}
