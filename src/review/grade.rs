//! The keys that grade an answer, four or six of them, and the grades of SM-2 that they stand for.

use serde::Deserialize;

/// Which keys grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keys {
    /// `1` to `4`: again, hard, good, easy.
    #[default]
    Four,
    /// `0` to `5`, the grades of SM-2 themselves.
    Six,
}

/// One key that grades.
#[derive(Debug, PartialEq, Eq)]
pub struct GradeKey {
    /// What is pressed.
    pub key: char,
    /// What it is called.
    pub name: &'static str,
    /// The grade of SM-2, 0 to 5.
    pub grade: u8,
    /// When to press it.
    pub when: &'static str,
}

const fn key(key: char, name: &'static str, grade: u8, when: &'static str) -> GradeKey {
    GradeKey { key, name, grade, when }
}

const FOUR: &[GradeKey] = &[
    key('1', "again", 1, "not known, or wrong"),
    key('2', "hard", 3, "right, with serious difficulty"),
    key('3', "good", 4, "right, after some thought"),
    key('4', "easy", 5, "right at once"),
];

const SIX: &[GradeKey] = &[
    key('0', "blackout", 0, "nothing came to mind"),
    key('1', "wrong", 1, "wrong, but the answer was familiar"),
    key('2', "nearly", 2, "wrong, but the answer seemed easy then"),
    key('3', "hard", 3, "right, with serious difficulty"),
    key('4', "good", 4, "right, after some thought"),
    key('5', "easy", 5, "right at once"),
];

/// A grade from which an answer counts as known.
pub const KNOWN: u8 = 3;

impl Keys {
    /// The keys, in order.
    pub fn all(self) -> &'static [GradeKey] {
        match self {
            Keys::Four => FOUR,
            Keys::Six => SIX,
        }
    }

    /// The grade of a key.
    pub fn grade(self, typed: char) -> Option<u8> {
        self.all().iter().find(|key| key.key == typed).map(|key| key.grade)
    }

    /// The key that stands for an answer which was right, hesitant or wrong.
    pub fn suggested(self, grade: u8) -> Option<&'static GradeKey> {
        self.all().iter().rfind(|key| key.grade <= grade)
    }
}

/// Days to the next question, short: `6 d`, `3.4 mo`, `1.2 y`.
pub fn interval(days: i64) -> String {
    let tenths = |per: f64, unit: &str| {
        #[expect(clippy::cast_precision_loss, reason = "a rounded figure is shown")]
        let value = days as f64 / per;
        if value < 9.95 { format!("{value:.1} {unit}") } else { format!("{value:.0} {unit}") }
    };
    match days {
        ..=30 => format!("{days} d"),
        31..=364 => tenths(30.437, "mo"),
        _ => tenths(365.25, "y"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_short() {
        let shown: Vec<String> = [0, 1, 30, 31, 140, 364, 365, 420, 36_500].map(interval).to_vec();
        assert_eq!(shown, ["0 d", "1 d", "30 d", "1.0 mo", "4.6 mo", "12 mo", "1.0 y", "1.1 y", "100 y"]);
    }

    #[test]
    fn every_grade_has_a_key_that_says_no_more_than_it() {
        let names = |keys: Keys| (0..=5).map(|g| keys.suggested(g).map_or("-", |key| key.name)).collect::<Vec<_>>();
        assert_eq!(names(Keys::Four), ["-", "again", "again", "hard", "good", "easy"]);
        assert_eq!(names(Keys::Six), ["blackout", "wrong", "nearly", "hard", "good", "easy"]);
        assert_eq!(Keys::Four.grade('0'), None);
    }
}
