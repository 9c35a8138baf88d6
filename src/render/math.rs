//! Formulas drawn with the characters of a terminal: `\frac{a}{b}` as a fraction of three rows.

use std::iter::repeat_n;
use unicode_width::UnicodeWidthStr;

/// A formula drawn on a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Its rows, all of one width.
    pub rows: Vec<String>,
    /// Columns.
    pub width: usize,
    /// The row that stands on the line of the words around it.
    pub baseline: usize,
}

/// A formula longer than this is shown as its author wrote it.
const LONGEST: usize = 1_000;

/// A formula nested deeper than this is shown as its author wrote it.
const DEEPEST: usize = 24;

/// What the drawing library is known to draw wrongly.
const UNDRAWN: &[&str] = &[
    "\\ce", "\\newcommand", "\\boxed", "\\color", "\\def", "{aligned}", "{align}", "{cases}", "\\binom", "\\|",
    "\\sqrt[",
];

/// Commands that the library sets too close to what follows.
const CLOSE: &[&str] = &[
    "\\cdot", "\\cap", "\\cup", "\\sin", "\\cos", "\\tan", "\\log", "\\ln", "\\exp", "\\min", "\\max", "\\arg", "\\det",
];

/// Draws a formula; `None` where that would be wrong or is not possible.
pub fn draw(latex: &str) -> Option<Drawing> {
    let latex = super::clean(latex);
    let latex = latex.trim();
    let refused = latex.is_empty() || latex.len() > LONGEST || depth(latex) > DEEPEST;
    if refused || UNDRAWN.iter().any(|command| latex.contains(command)) || has_bare_fraction(latex) {
        return None;
    }
    let spaced =
        CLOSE.iter().fold(latex.to_owned(), |latex, op| latex.replace(&format!("{op} "), &format!("{op}\\, ")));
    let block = term_maths::render(&spaced);
    let rows: Vec<String> = block.cells().iter().map(|row| row.concat()).collect();
    // What is not understood comes back as it was.
    let understood =
        !rows.is_empty() && rows.iter().all(|row| !row.contains(['\\', '\n', '{', '}']) || is_set(latex, row));
    let width = rows.iter().map(|row| row.width()).max().filter(|width| *width > 0)?;
    let padded = |row: &String| row.chars().chain(repeat_n(' ', width - row.width())).collect();
    understood.then(|| Drawing {
        baseline: block.baseline().min(rows.len() - 1),
        rows: rows.iter().map(padded).collect(),
        width,
    })
}

/// A formula in one row of characters: fractions with a slash, roots and sums with their signs; `None` where it takes
/// more rows or cannot be drawn.
pub fn row(latex: &str) -> Option<String> {
    if latex.len() > LONGEST || depth(latex) > DEEPEST {
        return None;
    }
    // The library stacks what stands around a plain slash.
    let drawing = draw(&flat(latex).replace('/', SLASH)).filter(|drawing| drawing.rows.len() == 1)?;
    Some(drawing.rows[0].trim().replace(SLASH, "/"))
}

/// A slash that is not taken for a fraction.
const SLASH: &str = "∕";

/// Operators whose limits stand above and below them, with their signs.
const TALL: &[(&str, &str)] =
    &[("\\sum", "∑"), ("\\prod", "∏"), ("\\int", "∫"), ("\\lim", "\\lim"), ("\\max", "\\max"), ("\\min", "\\min")];

/// The formula with its fractions, roots and limits on one line.
fn flat(latex: &str) -> String {
    let mut out = String::new();
    let mut rest = latex;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let (command, behind) = command(&rest[at..]);
        let (flat, behind) = flat_command(command, behind).unwrap_or_else(|| (command.to_owned(), behind));
        out.push_str(&flat);
        rest = behind;
    }
    out + rest
}

/// A command with what it takes on one line, and the rest; none where it is so already.
fn flat_command<'a>(command: &str, behind: &'a str) -> Option<(String, &'a str)> {
    match command {
        "\\frac" | "\\dfrac" | "\\tfrac" => {
            let (above, behind) = group(behind)?;
            let (below, behind) = group(behind)?;
            Some((format!("{}/{}", held(above).trim_end(), held(below)), behind))
        }
        "\\sqrt" => group(behind).map(|(root, behind)| (format!("√{}", held(root)), behind)),
        _ => {
            let (_, sign) = TALL.iter().find(|(name, _)| *name == command)?;
            Some(limited(sign, behind))
        }
    }
}

/// An operator with its limits in parentheses behind it, as in `∑(i=1…n)`, and the rest.
fn limited<'a>(sign: &str, behind: &'a str) -> (String, &'a str) {
    let mut rest = behind.trim_start();
    rest = rest.strip_prefix("\\limits").unwrap_or(rest);
    let mut limits = [None, None];
    for _ in 0..2 {
        let place = match rest.trim_start().chars().next() {
            Some('_') => 0,
            Some('^') => 1,
            _ => break,
        };
        let Some((limit, behind)) = argument(&rest.trim_start()[1..]) else { break };
        limits[place] = Some(flat(limit));
        rest = behind;
    }
    match limits {
        [None, None] => (format!("{sign} "), rest),
        [Some(low), Some(high)] => (format!("{sign}({low}…{high}) "), rest),
        [Some(only), None] => (format!("{sign}({only}) "), rest),
        [None, Some(only)] => (format!("{sign}(…{only}) "), rest),
    }
}

/// What a script takes: what stands in braces, a command, or a character; and the rest.
fn argument(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    match text.chars().next()? {
        '{' => group(text),
        '\\' => Some(command(text)),
        c => Some(text.split_at(c.len_utf8())),
    }
}

/// A backslash with the letters, or the one other character, behind it; and the rest.
fn command(text: &str) -> (&str, &str) {
    let letters = text[1..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len() - 1);
    let one = || text[1..].chars().next().map_or(0, char::len_utf8);
    text.split_at(1 + if letters == 0 { one() } else { letters })
}

/// What stands in the braces at the beginning, and the rest.
fn group(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start().strip_prefix('{')?;
    let mut open = 1;
    for (at, c) in text.char_indices() {
        open += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        if open == 0 {
            return Some((&text[..at], &text[at + 1..]));
        }
    }
    None
}

/// A part of a fraction or root, in parentheses where it would come apart.
fn held(part: &str) -> String {
    let part = flat(part);
    let bare = part.strip_prefix('\\').unwrap_or(&part);
    let whole = bare.chars().all(char::is_alphanumeric)
        && (bare.len() < part.len() || part.chars().count() == 1 || part.chars().all(|c| c.is_ascii_digit()));
    if whole { part + " " } else { format!("({part})") }
}

/// Whether there is a fraction without braces, such as `\frac12`.
fn has_bare_fraction(latex: &str) -> bool {
    latex.match_indices("frac").any(|(at, name)| !latex[at + name.len()..].trim_start().starts_with('{'))
}

/// Braces that are meant to be seen, as in `\{1, 2\}`.
fn is_set(latex: &str, row: &str) -> bool {
    !row.contains('\\') && (latex.contains("\\{") || latex.contains("matrix"))
}

/// How deep a formula may be nested at most, going by whatever may open something.
fn depth(latex: &str) -> usize {
    let mut deepest = 0;
    let mut open: usize = 0;
    for c in latex.chars() {
        match c {
            '{' | '(' | '[' => open += 1,
            '}' | ')' | ']' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    ["\\left", "\\begin", "\\sqrt", "^", "_"]
        .iter()
        .map(|opening| latex.matches(opening).count())
        .max()
        .unwrap_or(0)
        .max(deepest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(latex: &str) -> String {
        draw(latex).map_or("none".to_owned(), |d| d.rows.iter().map(|r| r.trim_end()).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn formulas_are_drawn() {
        assert_eq!(drawn("x^2 + y^2 = z^2"), "x² + y² = z²");
        let fraction = draw("\\frac{a}{b}").unwrap();
        assert_eq!((fraction.rows.len(), fraction.baseline), (3, 1));
        assert_eq!(drawn("O(n \\log n)"), "O(n log n)");
        assert_eq!(drawn("A \\cap B \\subseteq C \\cup D"), "A ∩ B ⊆ C ∪ D");
    }

    #[test]
    fn a_row_holds_what_others_stack() {
        let row = |latex: &str| row(latex).unwrap_or("none".to_owned());
        assert_eq!(row("x^2 + y^2"), "x² + y²");
        assert_eq!(row("\\frac{a}{b}"), "a/b");
        assert_eq!(row("\\frac{a + 1}{\\pi}"), "(a + 1)/π");
        assert_eq!(row("\\frac{1}{\\sqrt{2 x}}"), "1/(√(2 x))");
        let rows = ["\\sum_{i=1}^{n} i", "\\int_0^1 f", "\\lim_{x \\to 0} x", "\\sum x"].map(row);
        assert_eq!(rows, ["∑(i = 1…n) i", "∫(0…1) f", "lim(x → 0) x", "∑ x"]);
        assert_eq!([row("\\ce{H2O}"), row("\\frac{a}"), row(&"\\frac{1}{".repeat(200))], ["none"; 3]);
    }

    #[test]
    fn what_cannot_be_drawn_is_left_to_its_source() {
        for latex in ["", "\\ce{H2O}", "\\nosuchcommand{x}", "\\boxed{x}", "\\frac12", "\\|x\\|"] {
            assert_eq!(drawn(latex), "none", "{latex}");
        }
        assert_eq!(drawn(&"{".repeat(100_000)), "none");
        assert_eq!(drawn(&"\\frac{1}{".repeat(200)), "none");
        assert_eq!(drawn(&"\\sqrt ".repeat(150)), "none");
    }
}
