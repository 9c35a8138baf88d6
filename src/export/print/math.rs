//! Formulas, from LaTeX to what browsers and typesetters read: `MathML`, and trees of plain data.

use super::{macros, tree};
use pulldown_latex::config::DisplayMode;
use pulldown_latex::{Event, Parser, RenderConfig, Storage, push_mathml};

/// Longest formula, in bytes; whoever writes a longer one did not mean a formula.
const LONGEST: usize = 4000;

/// Deepest nesting of braces.
const DEEPEST: usize = 60;

/// A formula as `MathML`, or why it cannot be set.
pub(super) fn mathml(latex: &str, display: bool) -> Result<String, String> {
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    read(latex, |events| {
        let mut out = String::new();
        let sound = events.into_iter().map(Ok::<_, std::fmt::Error>);
        push_mathml(&mut out, sound, config).map_err(|error| error.to_string())?;
        Ok(out)
    })
}

/// A formula as a tree of plain data, or why it cannot be set.
pub(super) fn tree(latex: &str) -> Result<serde_json::Value, String> {
    read(latex, |events| Ok(tree::tree(&events)))
}

/// What becomes of the events of a formula.
fn read<T>(latex: &str, set: impl FnOnce(Vec<Event>) -> Result<T, String>) -> Result<T, String> {
    let deep = latex.bytes().scan(0_usize, |depth, byte| {
        *depth = (*depth + usize::from(byte == b'{')).saturating_sub(usize::from(byte == b'}'));
        Some(*depth)
    });
    if latex.len() > LONGEST || deep.max().unwrap_or_default() > DEEPEST {
        return Err("it is too long or too deep".to_owned());
    }
    let plain = infix(&macros::expand(latex)?);
    let storage = Storage::new();
    let events: Result<Vec<Event>, _> = Parser::new(&plain, &storage).collect();
    set(events.map_err(|error| shortened(&error.to_string()))?)
}

/// A formula with `{a \over b}` and `{n \choose k}` written as `\frac` and `\binom`.
fn infix(latex: &str) -> String {
    let mut out = latex.to_owned();
    for (sign, command) in [("\\over ", "\\frac"), ("\\choose ", "\\binom")] {
        while let Some(at) = out.find(sign) {
            let (Some(open), Some(close)) = (opening(&out[..at]), closing(&out[at..])) else { break };
            let (first, second) = (&out[open + 1..at], &out[at + sign.len()..at + close]);
            out = format!("{}{command}{{{first}}}{{{second}}}{}", &out[..open], &out[at + close + 1..]);
        }
    }
    out
}

/// The last brace that is still open at the end.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.bytes().enumerate().rev().find_map(|(at, byte)| {
        depth += i32::from(byte == b'}') - i32::from(byte == b'{');
        (depth < 0).then_some(at)
    })
}

/// The first brace that closes one opened before the beginning.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.bytes().enumerate().find_map(|(at, byte)| {
        depth += i32::from(byte == b'{') - i32::from(byte == b'}');
        (depth < 0).then_some(at)
    })
}

/// The first line of an error, without the drawing of its place.
fn shortened(error: &str) -> String {
    let line = error.lines().next().unwrap_or_default();
    line.trim_start_matches("parsing error: ").trim_end_matches(['.', ':']).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::mathml;

    #[test]
    fn formulas_are_set_and_words_stay_words() {
        let set = mathml(r"\frac{a}{b} < \text{<script>&}", false).unwrap();
        assert!(set.starts_with("<math") && set.contains("<mfrac") && set.contains("&lt;"), "{set}");
        assert!(!set.contains("<script"), "{set}");
    }

    #[test]
    fn fractions_may_stand_between() {
        assert_eq!(super::infix(r"x {a \over b} {n \choose {k}}"), r"x \frac{a }{b} \binom{n }{{k}}");
        assert_eq!(super::infix(r"a \over b"), r"a \over b");
    }

    #[test]
    fn what_cannot_be_set_says_why() {
        for latex in [r"\nosuchcommand{x}", r"\frac{a", r"\left( x", &"{".repeat(1000), &"x^".repeat(3000)] {
            assert!(mathml(latex, true).is_err_and(|why| !why.is_empty() && !why.contains('\n')), "{latex}");
        }
    }
}
