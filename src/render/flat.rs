//! Formulas in one row of characters: fractions with a slash, roots and sums with their signs and limits behind them,
//! scripts as `x²` where there is a character for them, else as `A^T`.

use super::math::{DEEPEST, LONGEST, depth, draw};

/// Characters that the drawing library takes for something else, and those that stand for them meanwhile.
const HELD: [(&str, &str); 3] = [("/", "∕"), ("^", "ˆ"), ("_", "ˍ")];

/// Operators whose limits stand above and below them, with their signs.
const TALL: [(&str, &str); 6] =
    [("\\sum", "∑"), ("\\prod", "∏"), ("\\int", "∫"), ("\\lim", "\\lim"), ("\\max", "\\max"), ("\\min", "\\min")];

/// Accents, with their names.
const ACCENTS: [(&str, &str); 6] = [
    ("\\hat", "hat"),
    ("\\bar", "bar"),
    ("\\vec", "vec"),
    ("\\tilde", "tilde"),
    ("\\overline", "bar"),
    ("\\dot", "dot"),
];

/// What there are raised and lowered characters for.
const RAISED: &str = "0123456789+-ni";
const LOWERED: &str = "0123456789+-aehijklmnoprstuvx";

/// A formula in one row; `None` where it takes more or cannot be drawn.
pub(super) fn row(latex: &str) -> Option<String> {
    if latex.len() > LONGEST || depth(latex) > DEEPEST {
        return None;
    }
    let held = HELD[..1].iter().fold(flat(latex), |row, (plain, held)| row.replace(plain, held));
    let drawing = draw(&held).filter(|drawing| drawing.rows.len() == 1)?;
    let row = drawing.rows[0].trim().to_owned();
    Some(HELD.iter().fold(row, |row, (plain, held)| row.replace(held, plain)))
}

/// The formula with all that would be stacked on one line.
fn flat(latex: &str) -> String {
    let mut out = String::new();
    let mut rest = latex;
    while let Some(at) = rest.find(['\\', '^', '_']) {
        out.push_str(&rest[..at]);
        let (name, behind) = command(&rest[at..]);
        let (flat, behind) = flat_command(name, behind).unwrap_or_else(|| (name.to_owned(), behind));
        out.push_str(&flat);
        rest = behind;
    }
    out + rest
}

/// A command with what it takes on one line, and the rest; none where it is so already.
fn flat_command<'a>(name: &str, behind: &'a str) -> Option<(String, &'a str)> {
    match name {
        "\\frac" | "\\dfrac" | "\\tfrac" => {
            let (above, behind) = group(behind)?;
            let (below, behind) = group(behind)?;
            Some((format!("{}/{}", kept_whole(above).trim_end(), kept_whole(below)), behind))
        }
        "\\sqrt" => group(behind).map(|(root, behind)| (format!("√{}", kept_whole(root)), behind)),
        "\\boldsymbol" => group(behind).map(|(bold, behind)| (flat(bold), behind)),
        "\\|" => Some(("‖".to_owned(), behind)),
        "^" => script(behind, ('ˆ', RAISED)),
        "_" => script(behind, ('ˍ', LOWERED)),
        _ => {
            if let Some((_, accent)) = ACCENTS.iter().find(|(own, _)| *own == name) {
                let (under, behind) = argument(behind)?;
                return Some((format!("\\mathrm{{{accent}}}({})", flat(under)), behind));
            }
            let (_, sign) = TALL.iter().find(|(own, _)| *own == name)?;
            Some(limited(sign, behind))
        }
    }
}

/// A script for which there are no raised or lowered characters, behind its sign; none where there are.
fn script<'a>(behind: &'a str, (sign, known): (char, &str)) -> Option<(String, &'a str)> {
    let (script, behind) = argument(behind)?;
    let is_known = script.chars().all(|c| known.contains(c));
    let script = flat(script);
    let script = if script.chars().count() == 1 { script } else { kept_whole(&script) };
    (!is_known).then(|| (format!("{sign}{script}"), behind))
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

/// What a script takes: what stands in braces, a command with its braces, or a character; and the rest.
fn argument(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    match text.chars().next()? {
        '{' => group(text),
        '\\' => {
            let (name, behind) = command(text);
            let taken = group(behind).map_or(name.len(), |(_, rest)| text.len() - rest.len());
            Some(text.split_at(taken))
        }
        c => Some(text.split_at(c.len_utf8())),
    }
}

/// A sign of scripts, or a backslash with the letters, or the one other character, behind it; and the rest.
fn command(text: &str) -> (&str, &str) {
    if !text.starts_with('\\') {
        return text.split_at(1);
    }
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

/// A part of a fraction, root or script, in parentheses where it would come apart.
fn kept_whole(part: &str) -> String {
    let part = flat(part);
    let bare = part.strip_prefix('\\').unwrap_or(&part);
    let number = part.chars().all(|c| c.is_ascii_digit());
    let one = part.chars().count() == 1 || number || bare.len() < part.len();
    if one && bare.chars().all(char::is_alphanumeric) { part + " " } else { format!("({part})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(latex: &str) -> String {
        row(latex).unwrap_or("none".to_owned())
    }

    #[test]
    fn a_row_holds_what_others_stack() {
        assert_eq!(shown("x^2 + y^2"), "x² + y²");
        assert_eq!(shown("\\frac{a}{b}"), "a/b");
        assert_eq!(shown("\\frac{a + 1}{\\pi}"), "(a + 1)/π");
        assert_eq!(shown("\\frac{1}{\\sqrt{2 x}}"), "1/(√(2 x))");
        let rows = ["\\sum_{i=1}^{n} i", "\\int_0^1 f", "\\lim_{x \\to 0} x", "\\sum x"].map(shown);
        assert_eq!(rows, ["∑(i = 1…n) i", "∫(0…1) f", "lim(x → 0) x", "∑ x"]);
    }

    #[test]
    fn scripts_without_characters_stand_behind_their_sign() {
        let rows = [
            "(AB)^T = B^T A^T",
            "\\|A\\|_F = \\sqrt{\\sum_{i,j} a_{ij}^2}",
            "\\hat{\\mathbf{v}} = \\frac{\\mathbf{v}}{\\|\\mathbf{v}\\|}",
            "\\mathbf{X}_{:,j} + e^{-x_1}",
            "\\boldsymbol{\\Sigma} = \\frac{1}{n-1}\\mathbf{X}_c^T \\mathbf{X}_c",
            "\\text{trace}(AB) \\neq 2^{10}",
        ];
        assert_eq!(
            rows.map(shown),
            [
                "(AB)^T = B^T A^T", "‖A‖_F = √(∑(i,j) a²ᵢⱼ)", "hat(𝐯) = (𝐯)/(‖𝐯‖)", "𝐗_(:,j) + e^( - x₁)",
                "Σ = 1/(n - 1)𝐗_c^T 𝐗_c", "trace(AB) ≠ 2¹⁰"
            ]
        );
    }

    #[test]
    fn what_has_no_row_is_none() {
        assert_eq!([shown("\\ce{H2O}"), shown("\\frac{a}"), shown(&"\\frac{1}{".repeat(200))], ["none"; 3]);
        assert_eq!([shown("x^"), shown("\\"), shown("")].map(|row| row.len() < 5), [true; 3]);
    }
}
