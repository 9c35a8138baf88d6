//! Running text as glyphs: marks become styles, atoms what a terminal can show of them.

use super::Look;
use super::wrap::{self, Glyph};
use crate::markdown::text::{Atom, Run, Text};
use crate::render::theme::Role;
use crate::render::{clean, math, plain};
use ratatui::style::{Modifier, Style};

/// Text as glyphs.
pub(super) fn glyphs(text: &Text, look: Look) -> Vec<Glyph> {
    text.runs().iter().flat_map(|run| atom(&text.plain()[run.start..run.end], run, look)).collect()
}

fn atom(characters: &str, run: &Run, look: Look) -> Vec<Glyph> {
    let characters = clean(characters);
    let style = style(run, look);
    match &run.style.atom {
        Atom::Words if run.style.superscript => wrap::glyphs(&raised(&characters, SUPERSCRIPT, '^'), style),
        Atom::Words if run.style.subscript => wrap::glyphs(&raised(&characters, SUBSCRIPT, '_'), style),
        Atom::Code if look.theme.is_mono() => wrap::glyphs(&format!("`{characters}`"), style),
        Atom::Words | Atom::Break | Atom::Code => wrap::glyphs(&characters, style),
        Atom::Math { .. } => formula(&characters, style, look),
        Atom::Image { .. } => wrap::glyphs(&plain::image(&characters), style),
    }
}

/// A formula among words: a row of characters, a drawing, or its source.
fn formula(latex: &str, style: Style, look: Look) -> Vec<Glyph> {
    match math::draw(latex) {
        Some(drawing) if drawing.rows.len() > 1 && drawing.width <= look.width => vec![Glyph::drawn(drawing, style)],
        Some(drawing) if drawing.rows.len() == 1 => {
            let row = drawing.rows[0].trim();
            // A short formula is not broken at its blanks.
            let row = if drawing.width * 2 <= look.width { row.replace(' ', "\u{a0}") } else { row.to_owned() };
            wrap::glyphs(&row, style)
        }
        _ => wrap::glyphs(&format!("${latex}$"), style),
    }
}

fn style(run: &Run, look: Look) -> Style {
    let role = match &run.style.atom {
        _ if run.style.gap.is_some() => Role::Gap,
        Atom::Code => Role::Code,
        Atom::Math { .. } => Role::Math,
        Atom::Image { .. } => Role::Quiet,
        Atom::Words | Atom::Break => Role::Plain,
    };
    let marks = [
        (run.style.strong, Modifier::BOLD),
        (run.style.emphasis, Modifier::ITALIC),
        (run.style.strike, Modifier::CROSSED_OUT),
        (run.style.highlight || run.style.link.is_some(), Modifier::UNDERLINED),
    ];
    let marks = marks.iter().filter(|(on, _)| *on).fold(Modifier::empty(), |all, (_, mark)| all | *mark);
    look.style(role).add_modifier(marks)
}

const SUPERSCRIPT: &[(&str, &str)] = &[("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")];
const SUBSCRIPT: &[(&str, &str)] = &[("0123456789+-=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓ")];

/// Raised or lowered characters, where Unicode has all of them; else with a mark before.
fn raised(words: &str, tables: &[(&str, &str)], mark: char) -> String {
    let find = |c: char| {
        let pairs = tables.iter().flat_map(|(from, to)| from.chars().zip(to.chars()));
        pairs.into_iter().find(|(from, _)| *from == c).map(|(_, to)| to)
    };
    let all: Option<String> = words.chars().map(find).collect();
    all.unwrap_or_else(|| if words.chars().count() > 1 { format!("{mark}({words})") } else { format!("{mark}{words}") })
}
