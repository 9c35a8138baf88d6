//! Asking again on the same day: SM-2 repeats what scored below four until it scores four, and the
//! learner's steps say after how long and how often.
//!
//! All of it follows from the day's answers, so that a session which was broken off goes on where it was.

use super::grade::KNOWN;

/// One answer of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The grade.
    pub grade: u8,
}

/// When a face is to be asked again today, after the answers of today in their order; `None` if it
/// is not. A grade below `firm` is not firm; `steps` are waits in milliseconds.
///
/// After a wrong answer all steps are gone through, one for each firm answer; after a hesitant one
/// only the last.
pub fn again(today: &[Given], firm: u8, steps: &[i64]) -> Option<i64> {
    let shaky = today.iter().rposition(|given| given.grade < firm)?;
    let passed = today.len() - 1 - shaky;
    let first = if today[shaky].grade < KNOWN { 0 } else { steps.len().saturating_sub(1) };
    let wait = steps.get(first + passed)?;
    today.last().map(|last| last.at.saturating_add(*wait))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: &[i64] = &[60, 600];

    fn after(grades: &[u8], steps: &[i64]) -> Option<i64> {
        let today: Vec<Given> = (0..).zip(grades).map(|(at, grade)| Given { at: at * 1_000, grade: *grade }).collect();
        again(&today, 4, steps)
    }

    #[test]
    fn a_wrong_answer_goes_through_all_steps() {
        assert_eq!(after(&[], STEPS), None);
        assert_eq!(after(&[4], STEPS), None);
        assert_eq!(after(&[1], STEPS), Some(60));
        assert_eq!(after(&[1, 4], STEPS), Some(1_600));
        assert_eq!(after(&[1, 4, 5], STEPS), None);
        assert_eq!(after(&[1, 4, 0], STEPS), Some(2_060));
    }

    #[test]
    fn a_hesitant_answer_goes_through_the_last() {
        assert_eq!(after(&[3], STEPS), Some(600));
        assert_eq!(after(&[3, 3], STEPS), Some(1_600));
        assert_eq!(after(&[3, 4], STEPS), None);
    }

    #[test]
    fn a_pass_may_be_enough() {
        let today = [Given { at: 0, grade: 3 }];
        assert_eq!(again(&today, 3, STEPS), None);
    }

    #[test]
    fn one_step_is_what_sm2_has() {
        assert_eq!(after(&[0, 3, 2], &[60]), Some(2_060));
        assert_eq!(after(&[0, 3, 2, 4], &[60]), None);
        assert_eq!(after(&[0], &[]), None);
    }
}
