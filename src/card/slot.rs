//! Which face of a card stands behind which card of its notes in Anki. A card whose shape has changed keeps its
//! note there, and faces that the note has no room for stand in one beside it, so places alone do not tell.

use super::Form;

/// The first number of faces that the shape of a card in Anki has no room for.
pub const APART: u16 = 400;

/// A card in Anki, as one of the cards of a note of recto's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Whether its note is the one beside the card's own.
    pub beside: bool,
    /// The form of the note.
    pub form: Form,
    /// Its number in the note.
    pub number: u16,
}

impl Slot {
    /// The place of its face among the faces of a card with these numbers; none where it is no face any more.
    pub fn face(&self, numbers: &[u16]) -> Option<usize> {
        let known = numbers.iter().position(|number| *number == self.number);
        match (self.form, self.beside) {
            (Form::Cloze, _) => known,
            // A pair's directions go by their numbers; a face that came later stands where it is in the card.
            (Form::Reversible, _) => {
                let place = usize::from(self.number);
                known.or_else(|| numbers.get(place).filter(|number| **number > 1).map(|_| place))
            }
            (Form::Basic | Form::Choice, true) => {
                numbers.iter().position(|number| *number >= APART && self.number == 0)
            }
            (Form::Basic | Form::Choice, false) => {
                // Of a pair the way there stands in it, whatever its number.
                let pair = || numbers.len() == 2 && numbers[1] >= APART;
                known.or_else(|| pair().then_some(0)).filter(|_| self.number == 0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_found_by_the_form_that_a_note_keeps() {
        let slot = |form, beside, number| Slot { beside, form, number };
        // A gap that became a question keeps its number, a question that became gaps its first card.
        assert_eq!(slot(Form::Cloze, false, 3).face(&[3]), Some(0));
        assert_eq!(slot(Form::Cloze, false, 1).face(&[0, 2]), None);
        assert_eq!(slot(Form::Basic, false, 0).face(&[0, 1, 2]), Some(0));
        assert_eq!(slot(Form::Cloze, true, 2).face(&[0, 1, 2]), Some(2));
        // What took the place of a gap that a question had become is another face.
        assert_eq!(slot(Form::Basic, false, 0).face(&[1, 2]), None);
        // A question that became a pair has the way back beside it.
        assert_eq!(slot(Form::Basic, true, 0).face(&[0, 400]), Some(1));
        assert_eq!(slot(Form::Basic, false, 1).face(&[0, 400]), None);
        // A pair that was turned round, one that is a question by now, and one with a face of later.
        assert_eq!(slot(Form::Reversible, false, 0).face(&[1, 0]), Some(1));
        assert_eq!(slot(Form::Reversible, false, 0).face(&[1]), None);
        assert_eq!(slot(Form::Reversible, false, 1).face(&[1]), Some(0));
        assert_eq!(slot(Form::Reversible, false, 1).face(&[0, 2]), Some(1));
    }
}
