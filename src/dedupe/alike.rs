//! How alike cards of two decks are: what follows cards from one build to the next asks here.
//!
//! The likeness of two cards is the chance that one is the other in new words. It differs from a verdict in that
//! nothing counts against it but rare words of the fronts: an edit may put another number or answer into a card.

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::block::{Effort, Outline, candidates};
use super::face::Face;
use super::judge::{Judge, Known};

/// Cards of an earlier and a later deck, ready to be compared.
#[derive(Debug)]
pub struct Alike<'a> {
    judge: Judge<'a>,
    faces: Vec<Face>,
    earlier: usize,
}

impl Alike<'_> {
    /// Both decks; words are counted over both, so that the result does not depend on which is which.
    pub fn new(earlier: Vec<Face>, later: Vec<Face>) -> Self {
        let (count, mut faces) = (earlier.len(), earlier);
        faces.extend(later);
        Alike { judge: Judge::new(&faces, None), faces, earlier: count }
    }

    /// How alike an earlier and a later card are, from 0 to 1, each by its place in its deck.
    pub fn likeness(&self, earlier: usize, later: usize) -> f64 {
        let known = |place: usize| self.faces.get(place).map(|face| self.judge.know(face));
        let (Some(a), Some(b)) = (known(earlier), known(self.earlier + later)) else { return 0.0 };
        self.judge.likeness(&a, &b)
    }

    /// The earlier and later cards that share rare words, each pair with its likeness, ascending by places.
    ///
    /// Cards of which neither front nor answer has a rare word in common are never listed.
    pub fn pairs(&self) -> Vec<(usize, usize, f64)> {
        let effort = Effort::of(1.0);
        let outline = |face: &Face| Outline::of(face, self.judge.lexicon(), effort);
        let outlines: Vec<Outline> = self.faces.par_iter().map(outline).collect();
        let across = candidates(&outlines, effort).into_iter().map(|(a, b)| (a as usize, b as usize));
        let across: Vec<(usize, usize)> = across.filter(|(a, b)| *a < self.earlier && *b >= self.earlier).collect();
        let runs: Vec<&[(usize, usize)]> = across.chunk_by(|x, y| x.0 == y.0).collect();
        let weigh = |run: &[(usize, usize)]| {
            let known = self.judge.know(&self.faces[run[0].0]);
            run.iter().map(|(a, b)| (*a, *b - self.earlier, self.weighed(&known, *b))).collect::<Vec<_>>()
        };
        runs.into_par_iter().flat_map_iter(weigh).collect()
    }

    fn weighed(&self, known: &Known, other: usize) -> f64 {
        self.judge.likeness(known, &self.judge.know(&self.faces[other]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faces(cards: &[(&str, &str)]) -> Vec<Face> {
        cards.iter().map(|(front, back)| Face::of_sides(front, back, String::new())).collect()
    }

    #[test]
    fn an_edited_card_is_most_alike_to_what_it_was() {
        let earlier =
            [("How long does the Kestrel queue keep messages?", "14 days"), ("Who may write to a shard?", "the owner")];
        let later = [
            ("Who may write to a shard?", "the owner alone"),
            ("How long does the Kestrel queue now keep messages?", "15 days"),
        ];
        let alike = Alike::new(faces(&earlier), faces(&later));
        let pairs = alike.pairs();
        let likeness = |a, b| alike.likeness(a, b);
        assert!(likeness(0, 1) > 0.4 && likeness(1, 0) > 0.8 && likeness(0, 0) < 0.2, "{pairs:?}");
        assert!(pairs.iter().any(|(a, b, p)| (*a, *b) == (0, 1) && (*p - likeness(0, 1)).abs() < 1e-9));
    }
}
