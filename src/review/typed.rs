//! A typed answer held against the right one: what is missing, what is too much, and the grade that
//! would be fair. The learner decides.

use similar::{ChangeTag, DiffTag, TextDiff};
use unicode_normalization::UnicodeNormalization;

/// What a stretch of the comparison is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// In both.
    Same,
    /// Typed, and not in the answer.
    Extra,
    /// In the answer, and not typed.
    Missing,
}

/// A typed answer beside the right one.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What was typed and what is missing, in reading order.
    pub marked: Vec<(Mark, String)>,
    /// The grade that would be fair.
    pub grade: u8,
}

/// From this likeness on an answer counts as a slip of the pen.
const NEARLY: f32 = 0.8;

/// Longer texts are not compared letter by letter.
const LONGEST: usize = 2_000;

/// Compares what was typed with the answer. Letter case, blanks, the forms of Unicode and marks at
/// the end make no difference to the grade.
pub fn compare(typed: &str, answer: &str) -> Comparison {
    let (typed, answer) = (tidy(typed), tidy(answer));
    let (low, right) = (core(&typed), core(&answer));
    let alike = TextDiff::from_graphemes(clip(&low), clip(&right)).ratio();
    let grade = if low == right && !low.is_empty() {
        4
    } else if alike >= NEARLY {
        3
    } else {
        1
    };
    Comparison { marked: marked(&typed, &answer, low == right), grade }
}

/// Letters are held against letters where nearly all is alike, and words against words where some are; else
/// both texts stand side by side.
fn marked(typed: &str, answer: &str, same: bool) -> Vec<(Mark, String)> {
    if same {
        return vec![(Mark::Same, typed.to_owned())];
    }
    let long = typed.len() > LONGEST || answer.len() > LONGEST;
    let letters = TextDiff::from_graphemes(clip(typed), clip(answer));
    if !long && letters.ratio() >= NEARLY {
        return stretches(&letters);
    }
    let by_word = if long { Vec::new() } else { words(typed, answer) };
    if by_word.iter().any(|(mark, words)| *mark == Mark::Same && words != " ") {
        return by_word;
    }
    let parts = [(Mark::Extra, typed), (Mark::Same, " "), (Mark::Missing, answer)];
    let parts = parts.into_iter().skip(if typed.is_empty() { 2 } else { 0 });
    parts.map(|(mark, words)| (mark, words.to_owned())).collect()
}

/// Words held against words, whatever their letter case, with a blank between any two.
fn words(typed: &str, answer: &str) -> Vec<(Mark, String)> {
    let split = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
    let (own, right) = (split(typed), split(answer));
    let (low, right_low) = (split(&typed.to_lowercase()), split(&answer.to_lowercase()));
    let mut out: Vec<(Mark, String)> = Vec::new();
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &low, &right_low) {
        let (tag, typed, wanted) = op.as_tag_tuple();
        let (typed, wanted) = (own[typed].join(" "), right[wanted].join(" "));
        let pieces = match tag {
            DiffTag::Equal => vec![(Mark::Same, typed)],
            DiffTag::Delete => vec![(Mark::Extra, typed)],
            DiffTag::Insert => vec![(Mark::Missing, wanted)],
            DiffTag::Replace => vec![(Mark::Extra, typed), (Mark::Missing, wanted)],
        };
        for piece in pieces {
            if !out.is_empty() {
                out.push((Mark::Same, " ".to_owned()));
            }
            out.push(piece);
        }
    }
    out
}

fn stretches(diff: &TextDiff<'_, '_, str>) -> Vec<(Mark, String)> {
    let mut out: Vec<(Mark, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        let mark = match change.tag() {
            ChangeTag::Equal => Mark::Same,
            ChangeTag::Delete => Mark::Extra,
            ChangeTag::Insert => Mark::Missing,
        };
        match out.last_mut() {
            Some((last, words)) if *last == mark => words.push_str(change.value()),
            _ => out.push((mark, change.value().to_owned())),
        }
    }
    out
}

/// In one form of Unicode, with single blanks.
fn tidy(text: &str) -> String {
    let text: String = text.nfc().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What counts of a text: without letter case, code marks and what stands at its end.
fn core(text: &str) -> String {
    let text: String = text.nfkc().filter(|c| !matches!(c, '`' | '$' | '"')).collect();
    text.to_lowercase().trim_matches(|c: char| c.is_whitespace() || ".,;:!?。，；：！？".contains(c)).to_owned()
}

fn clip(text: &str) -> &str {
    let end = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(typed: &str, answer: &str) -> String {
        let compared = compare(typed, answer);
        let stretch = |(mark, words): &(Mark, String)| match mark {
            Mark::Same => words.clone(),
            Mark::Extra => format!("-{words}-"),
            Mark::Missing => format!("+{words}+"),
        };
        format!("{} {}", compared.grade, compared.marked.iter().map(stretch).collect::<String>())
    }

    #[test]
    fn what_does_not_count_does_not_count() {
        assert_eq!(shown(" amazon  s3 ", "Amazon S3."), "4 amazon s3");
        assert_eq!(shown("u\u{308}ber", "über"), "4 über");
        assert_eq!(shown("ls -l", "`ls -l`"), "4 ls -l");
    }

    #[test]
    fn slips_are_marked_letter_by_letter_and_the_rest_by_words() {
        assert_eq!(shown("Kinesis Firehos", "Kinesis Firehose"), "3 Kinesis Firehos+e+");
        assert_eq!(shown("Kinesis Frehose", "Kinesis Firehose"), "3 Kinesis F+i+rehose");
        assert_eq!(shown("fewer data", "less data"), "1 -fewer- +less+ data");
        assert_eq!(shown("domain Names", "Puts names in"), "1 -domain- +Puts+ Names +in+");
        assert_eq!(shown("Glue", "Kinesis Firehose"), "1 -Glue- +Kinesis Firehose+");
        assert_eq!(shown("", "S3"), "1 +S3+");
    }

    #[test]
    fn long_answers_are_no_burden() {
        let long = "wörter ".repeat(5_000);
        assert_eq!(compare(&long, &long).grade, 4);
        assert_eq!(compare("x", &long).grade, 1);
    }
}
