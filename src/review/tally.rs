//! What happened in a session, counted.

use super::grade::KNOWN;

/// A card that is worth a look after the session, with its place in the notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The card.
    pub card: String,
    /// The note's path.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The front, on one line.
    pub front: String,
}

/// The counts.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Answers for each grade, 0 to 5.
    pub grades: [usize; 6],
    /// First answers to new faces.
    pub new: usize,
    /// Answers to faces that were due.
    pub due: usize,
    /// Answers to faces that were asked before their day.
    pub early: usize,
    /// Answers to faces that came back on the same day, or that were crammed.
    pub again: usize,
    /// Time spent with cards, in milliseconds.
    pub taken: i64,
    /// Cards that are forgotten again and again.
    pub leeches: Vec<Place>,
}

/// One answer, as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The grade.
    pub grade: u8,
    /// How long it took.
    pub taken: i64,
    /// What the face was.
    pub column: Column,
}

/// In which column an answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// It was new.
    New,
    /// It was due.
    Due,
    /// It was asked before its day.
    Early,
    /// It came back.
    Again,
}

impl Tally {
    /// Counts an answer.
    pub fn add(&mut self, counted: Counted) {
        let (cell, column) = self.cells(counted);
        *cell += 1;
        *column += 1;
        self.taken += counted.taken;
    }

    /// Takes an answer back.
    pub fn remove(&mut self, counted: Counted) {
        let (cell, column) = self.cells(counted);
        *cell = cell.saturating_sub(1);
        *column = column.saturating_sub(1);
        self.taken = (self.taken - counted.taken).max(0);
    }

    /// All answers.
    pub fn answers(&self) -> usize {
        self.grades.iter().sum()
    }

    /// How many in a hundred were known; `None` without an answer.
    pub fn known(&self) -> Option<usize> {
        let known: usize = self.grades[usize::from(KNOWN)..].iter().sum();
        (known * 100 + self.answers() / 2).checked_div(self.answers())
    }

    fn cells(&mut self, counted: Counted) -> (&mut usize, &mut usize) {
        let column = match counted.column {
            Column::New => &mut self.new,
            Column::Due => &mut self.due,
            Column::Early => &mut self.early,
            Column::Again => &mut self.again,
        };
        (&mut self.grades[usize::from(counted.grade.min(5))], column)
    }
}
