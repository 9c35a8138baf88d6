//! Formulas in one row of characters, for those who read or hear text line by line: `$x^2$` as `x²`, a fraction with
//! a slash. What has no such row stays as its author wrote it.

use super::flat;
use crate::card::{Content, Part};
use crate::markdown::text::{Atom, Style, Text};

/// A side of a card with its formulas as words, where that is possible.
#[must_use]
pub fn content(side: &Content) -> Content {
    Content(side.0.iter().map(part).collect())
}

fn part(whole: &Part) -> Part {
    match whole {
        Part::Paragraph(paragraph) => Part::Paragraph(text(paragraph)),
        Part::Math(formula) => {
            flat::row(formula.plain()).map_or_else(|| whole.clone(), |row| Part::Paragraph(Text::words(row)))
        }
        Part::List { start, items } => Part::List { start: *start, items: items.iter().map(content).collect() },
        Part::Table { head, rows } => Part::Table {
            head: head.iter().map(text).collect(),
            rows: rows.iter().map(|row| row.iter().map(text).collect()).collect(),
        },
        Part::Quote(quoted) => Part::Quote(content(quoted)),
        Part::Code { .. } => whole.clone(),
    }
}

fn text(text: &Text) -> Text {
    let mut out = Text::default();
    for run in text.runs() {
        let row = match run.style.atom {
            Atom::Math { .. } => flat::row(&text.plain()[run.start..run.end]),
            _ => None,
        };
        match row {
            Some(row) => out.push(&row, Style { atom: Atom::Words, ..run.style.clone() }, None),
            None => out.append(&text.slice(run.start..run.end)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::plain;

    #[test]
    fn formulas_become_words_where_they_can() {
        let math = |latex: &str| {
            let mut text = Text::default();
            text.push(latex, Style { atom: Atom::Math { display: false }, ..Style::default() }, None);
            text
        };
        let inline = Text::words("so ").join(&math("x^2")).then(", not ").join(&math("\\ce{H2O}"));
        let items = vec![Content(vec![Part::Math(Text::words("\\frac{a}{b}"))])];
        let side = Content(vec![Part::Paragraph(inline), Part::List { start: None, items }]);
        assert_eq!(plain::content(&content(&side)), "so x², not $\\ce{H2O}$\n- a/b");
    }
}
