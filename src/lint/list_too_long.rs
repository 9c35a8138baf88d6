//! The answer is a list that nobody learns as a whole.

use super::{Asked, Lint, code};
use crate::card::{Content, Part};
use crate::diagnostic::Severity;
use crate::diagnostic::codes::Code;
use crate::language::sentence::items;

/// The lint.
pub const LINT: Lint = Lint {
    code: Code {
        manual: "\
The answer has more than seven members, or more than ten steps in order. A list is known or not known as a
whole, and one of this length hardly ever is.

Group the members below headings of their own, ask for each by what sets it apart, or keep only those that
matter.",
        example: Some(
            "Q: Which services have free tiers?\nA:\n- Lambda\n- S3\n- EC2\n- RDS\n- SNS\n- SQS\n- ECR\n- EFS\n",
        ),
        ..code("list-too-long", Severity::Note, "a list too long to be learnt as a whole")
    },
    help: "group its members, or ask for each by what sets it apart",
    check,
};

/// The most members of a list.
const MOST_MEMBERS: usize = 7;

/// The most steps of a sequence, which lead from one to the next.
const MOST_STEPS: usize = 10;

fn check(asked: &Asked) -> Option<String> {
    let answer = asked.answer()?;
    let (members, steps) = answer.0.iter().map(size).fold((0, 0), |sum, part| (sum.0 + part.0, sum.1.max(part.1)));
    let members = members.max(enumerated(answer));
    if members > MOST_MEMBERS {
        return Some(format!("the answer is a list of {members}"));
    }
    (steps > MOST_STEPS).then(|| format!("the answer is a sequence of {steps} steps"))
}

/// The members of a bulleted list, and the steps of a numbered one.
fn size(part: &Part) -> (usize, usize) {
    match part {
        Part::List { start: None, items } => (items.len(), 0),
        Part::List { items, .. } => (0, items.len()),
        _ => (0, 0),
    }
}

/// The members of an enumeration within one sentence.
fn enumerated(answer: &Content) -> usize {
    let [Part::Paragraph(text)] = answer.0.as_slice() else { return 0 };
    let mask = text.mask();
    let ranges = items(&mask);
    let short = ranges.iter().all(|range| mask[range.clone()].chars().count() <= 40);
    if short { ranges.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::codes_of;

    fn list(marker: &str, number: usize) -> String {
        let items = format!("{marker} an item\n").repeat(number);
        format!("Q: Which are they, of all items?\nA:\n{items}")
    }

    #[test]
    fn seven_members_and_ten_steps_are_learnt() {
        assert_eq!(codes_of(&list("-", 7)), [] as [&str; 0]);
        assert_eq!(codes_of(&list("-", 8)), ["list-too-long"]);
        assert_eq!(codes_of(&list("1.", 10)), [] as [&str; 0]);
        assert_eq!(codes_of(&list("1.", 11)), ["list-too-long"]);
    }
}
