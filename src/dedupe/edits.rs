//! The edit that makes one text of another: how many places differ, and what sort of words stand there.

use super::compare::{MISSING, real};
use super::entry::Side;
use super::text::{Shape, Token};
use super::words::Class;

/// The names of what [`edits`] measures.
pub const NAMES: [&str; 8] = [
    "places-changed", "words-changed-least", "words-changed-most", "content-changed-least", "content-changed-most",
    "single-small-word", "single-content-word", "words-moved",
];

/// The most tokens of a text that are aligned.
const MOST: usize = 48;

/// What either side has at one place where the texts differ.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// The tokens of the left text.
    pub left: Vec<Token>,
    /// The tokens of the right text.
    pub right: Vec<Token>,
}

/// The features of the edit, in the order of [`NAMES`]; the same for either order of the texts.
pub fn edits(a: &Side, b: &Side, out: &mut Vec<f32>) {
    if a.tokens.is_empty() || b.tokens.is_empty() {
        out.extend([MISSING; NAMES.len()]);
        return;
    }
    let places = places(&a.tokens, &b.tokens);
    let count = |of: &dyn Fn(&Place) -> usize| places.iter().map(of).sum::<usize>();
    let content = |tokens: &[Token]| tokens.iter().filter(|token| token.class.is_none()).count();
    let (left, right) = (count(&|p| p.left.len()), count(&|p| p.right.len()));
    let (content_left, content_right) = (count(&|p| content(&p.left)), count(&|p| content(&p.right)));
    let moved = |token: &Token| places.iter().any(|p| p.right.iter().any(|other| other.stem == token.stem));
    out.extend([
        real(places.len()),
        real(left.min(right)),
        real(left.max(right)),
        real(content_left.min(content_right)),
        real(content_left.max(content_right)),
        single(&places).map_or(0.0, small),
        f32::from(u8::from(
            single(&places).is_some_and(|place| content(&place.left) == 1 && content(&place.right) == 1),
        )),
        real(places.iter().flat_map(|p| &p.left).filter(|token| token.class.is_none() && moved(token)).count()),
    ]);
}

/// The only place that differs, if it is a short one.
fn single(places: &[Place]) -> Option<&Place> {
    match places {
        [place] if place.left.len() <= 3 && place.right.len() <= 3 => Some(place),
        _ => None,
    }
}

/// The class of the weightiest small word at a place, from one; nought where a word of content stands there.
fn small(place: &Place) -> f32 {
    let mut classes: Vec<Class> = Vec::new();
    for token in place.left.iter().chain(&place.right) {
        match token.class {
            Some(class) if token.shape == Shape::Word => classes.push(class),
            _ => return 0.0,
        }
    }
    let least = classes.iter().min().and_then(|least| Class::ALL.iter().position(|class| class == least));
    least.map_or(0.0, |index| real(Class::ALL.len() - index))
}

/// The places where two texts differ, by the longest common subsequence of their stems.
pub fn places(a: &[Token], b: &[Token]) -> Vec<Place> {
    let (a, b) = (&a[..a.len().min(MOST)], &b[..b.len().min(MOST)]);
    let width = b.len() + 1;
    let mut lengths = vec![0_u8; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i * width + j] = if a[i].stem == b[j].stem {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut out, mut open) = (0, 0, Vec::new(), Place::default());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i].stem == b[j].stem {
            if open != Place::default() {
                out.push(std::mem::take(&mut open));
            }
            i += 1;
            j += 1;
        } else if j == b.len() || (i < a.len() && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
            open.left.push(a[i]);
            i += 1;
        } else {
            open.right.push(b[j]);
            j += 1;
        }
    }
    if open != Place::default() {
        out.push(open);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::text::{fold, tokens};
    use super::*;

    #[test]
    fn places_that_differ_are_found() {
        let of = |text: &str| tokens(&fold(text));
        let found = places(&of("is it safe before noon today"), &of("is it safe after noon"));
        assert_eq!(found.iter().map(|p| (p.left.len(), p.right.len())).collect::<Vec<_>>(), [(1, 1), (1, 0)]);
        assert!(places(&of("same words"), &of("same words")).is_empty());
    }
}
