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
pub(super) const LONGEST: usize = 1_000;

/// A formula nested deeper than this is shown as its author wrote it.
pub(super) const DEEPEST: usize = 24;

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

/// Whether there is a fraction without braces, such as `\frac12`.
fn has_bare_fraction(latex: &str) -> bool {
    latex.match_indices("frac").any(|(at, name)| !latex[at + name.len()..].trim_start().starts_with('{'))
}

/// Braces that are meant to be seen, as in `\{1, 2\}`.
fn is_set(latex: &str, row: &str) -> bool {
    !row.contains('\\') && (latex.contains("\\{") || latex.contains("matrix"))
}

/// How deep a formula may be nested at most, going by whatever may open something.
pub(super) fn depth(latex: &str) -> usize {
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
    fn what_cannot_be_drawn_is_left_to_its_source() {
        for latex in ["", "\\ce{H2O}", "\\nosuchcommand{x}", "\\boxed{x}", "\\frac12", "\\|x\\|"] {
            assert_eq!(drawn(latex), "none", "{latex}");
        }
        assert_eq!(drawn(&"{".repeat(100_000)), "none");
        assert_eq!(drawn(&"\\frac{1}{".repeat(200)), "none");
        assert_eq!(drawn(&"\\sqrt ".repeat(150)), "none");
    }
}
