//! Cards that say the same to the letter, put together before anything is compared.

use std::collections::BTreeSet;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::face::Face;
use super::group::Links;
use super::text::{hash, mix};

/// The classes of a deck.
#[derive(Debug)]
pub struct Classes {
    /// The places of the cards of each class; the first stands for all.
    pub members: Vec<Vec<usize>>,
    /// The class of each card.
    class: Vec<usize>,
}

impl Classes {
    /// Puts together cards of equal words, but for those that a label keeps apart.
    pub fn of(faces: &[Face], links: &Links) -> Classes {
        let apart: BTreeSet<usize> = links.cannot.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let mut keyed: Vec<(u64, usize)> = faces.par_iter().map(key).zip(0..faces.len()).collect();
        keyed.par_sort_unstable();
        let mut members: Vec<Vec<usize>> = Vec::with_capacity(faces.len());
        for run in keyed.chunk_by(|a, b| a.0 == b.0) {
            let begin = members.len();
            for (_, place) in run {
                let same = |known: &&mut Vec<usize>| equal(&faces[known[0]], &faces[*place]);
                match members[begin..].iter_mut().find(same).filter(|_| !apart.contains(place)) {
                    Some(known) => known.push(*place),
                    None => members.push(vec![*place]),
                }
            }
        }
        // Which card stands for a class follows from what is known of it, not from its place in the deck.
        for class in &mut members {
            class.sort_by(|a, b| faces[*a].place.cmp(&faces[*b].place).then(a.cmp(b)));
        }
        members.sort_unstable();
        let mut class = vec![0; faces.len()];
        for (number, members) in members.iter().enumerate() {
            for place in members {
                class[*place] = number;
            }
        }
        Classes { members, class }
    }

    /// Links between cards as links between classes.
    pub fn links(&self, links: &Links) -> Links {
        let between = |pairs: &[(usize, usize)]| {
            let pairs = pairs.iter().map(|(a, b)| (self.class[*a], self.class[*b])).filter(|(a, b)| a != b);
            let set: BTreeSet<(usize, usize)> = pairs.map(|(a, b)| (a.min(b), a.max(b))).collect();
            set.into_iter().collect()
        };
        Links { must: between(&links.must), cannot: between(&links.cannot) }
    }

    /// The cards of some classes, ascending.
    pub fn all(&self, classes: &[usize]) -> Vec<usize> {
        let mut out: Vec<usize> = classes.iter().flat_map(|class| &self.members[*class]).copied().collect();
        out.sort_unstable();
        out
    }

    /// The classes of several cards that are in none of the groups.
    pub fn alone(&self, groups: &[Vec<usize>]) -> Vec<Vec<usize>> {
        let taken: BTreeSet<usize> = groups.iter().flatten().copied().collect();
        let several = self.members.iter().enumerate().filter(|(_, members)| members.len() > 1);
        several.map(|(class, _)| class).filter(|class| !taken.contains(class)).map(|class| vec![class]).collect()
    }
}

fn key(face: &Face) -> u64 {
    let options = face.options.iter().fold(0, |state, option| mix(state ^ hash(option)));
    [hash(&face.ask), hash(&face.answer), hash(&face.filled), options]
        .into_iter()
        .fold(1, |state, part| mix(state.rotate_left(9) ^ part))
}

fn equal(a: &Face, b: &Face) -> bool {
    (&a.ask, &a.answer, &a.filled, &a.options, a.cloze) == (&b.ask, &b.answer, &b.filled, &b.options, b.cloze)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_cards_are_one_class_unless_a_label_parts_them() {
        let face = |front: &str, place: &str| Face::of_sides(front, "x", place.to_owned());
        let faces = [face("a", "2"), face("b", "3"), face("a", "1")];
        let classes = Classes::of(&faces, &Links::default());
        assert_eq!((classes.members.len(), classes.all(&[1])), (2, vec![0, 2]));
        let parted = Links { cannot: vec![(0, 2)], ..Links::default() };
        assert_eq!(Classes::of(&faces, &parted).members.len(), 3);
    }
}
