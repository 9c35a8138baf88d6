//! What belongs to a figure: its power of ten, and the figures beside it.

use std::ops::Range;

use super::gap::is_unit;

/// `{{3.0 × 10⁸ m/s}}`: a figure with its power of ten.
pub(super) fn with_power(mask: &str, figure: Range<usize>) -> Range<usize> {
    let behind = &mask[figure.end..];
    let Some(power) = [" × 10", " x 10", " * 10"].iter().find(|sign| behind.starts_with(**sign)) else {
        return figure;
    };
    let rest = &behind[power.len()..];
    let raised = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ')' | ';')).unwrap_or(rest.len());
    let end = figure.end + power.len() + raised;
    let unit =
        mask[end..].strip_prefix(' ').map_or("", |tail| tail.split([' ', ',', ')', ';']).next().unwrap_or_default());
    if is_unit(&unit.to_lowercase()) { figure.start..end + 1 + unit.len() } else { figure.start..end }
}

/// Quantities of one unit with nothing but a comma or a dash between them as one: `{{900 MHz, 1800 MHz}}`.
pub(super) fn side_by_side(mask: &str, ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let unit =
        |range: &Range<usize>| mask[range.clone()].rsplit(' ').next().filter(|w| w.starts_with(char::is_alphabetic));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if unit(last).is_some() && goes_on(&mask[last.end..range.start], unit(last), unit(&range)) => {
                last.end = range.end;
            }
            _ => out.push(range),
        }
    }
    out
}

/// Whether a quantity goes on in the next one: `900 MHz, 1800 MHz`, `13 hours 27 minutes`.
fn goes_on(between: &str, unit: Option<&str>, next: Option<&str>) -> bool {
    match between {
        " " => next.is_some() && unit != next,
        ", " | " to " | " - " | " – " => unit == next,
        _ => false,
    }
}
