//! Grades from 0 to 5, as SM-2 has them, and the four buttons that stand for some of them.

/// How well a face was known: 0 (nothing came to mind) to 5 (perfect); 3 and more is a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade(u8);

impl Grade {
    /// All grades, ascending.
    pub const ALL: [Grade; 6] = [Grade(0), Grade(1), Grade(2), Grade(3), Grade(4), Grade(5)];
    /// The button for what was not known; the answer was recognised when it was shown.
    pub const AGAIN: Grade = Grade(1);
    /// The button for what was known with serious difficulty.
    pub const HARD: Grade = Grade(3);
    /// The button for what was known after a moment.
    pub const GOOD: Grade = Grade(4);
    /// The button for what was known at once.
    pub const EASY: Grade = Grade(5);
    /// The four buttons.
    pub const BUTTONS: [Grade; 4] = [Grade::AGAIN, Grade::HARD, Grade::GOOD, Grade::EASY];

    /// The grade of that number, if there is one.
    pub fn new(number: u8) -> Option<Grade> {
        (number <= 5).then_some(Grade(number))
    }

    /// The number.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Whether the face was known.
    pub fn passed(self) -> bool {
        self.0 >= 3
    }

    /// The rating of FSRS and of Anki: 1 again, 2 hard, 3 good, 4 easy.
    pub fn rating(self) -> u32 {
        u32::from(self.0.saturating_sub(1).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_those_of_the_four_buttons() {
        assert_eq!(Grade::ALL.map(Grade::rating), [1, 1, 1, 2, 3, 4]);
        assert_eq!(Grade::BUTTONS.map(Grade::rating), [1, 2, 3, 4]);
        assert_eq!(Grade::new(6), None);
    }
}
