//! The list that goes with what was printed because it is due: each number on the paper, the face that
//! it is, and room for a grade. Whoever learnt from the paper fills it in, or types numbers and grades.

use super::data::{Block, Row, Section};
use super::{Form, Kind, Options, cards, flow};
use crate::card::Deck;
use crate::schedule::{Day, Grade};
use std::fmt::Write as _;

/// The first words of every list.
pub const TITLE: &str = "# recto: what was printed on ";

/// How many characters of a question are shown.
const SHOWN: usize = 70;

/// A number on the paper, the card and its face, and the question.
type Asked = (String, (String, usize), Vec<Block>);

/// A list without grades, and what to do with it; `path` is where it lies.
pub fn blank((deck, chosen): (&Deck, &[usize]), kind: &Kind, options: &Options, path: &str) -> String {
    let (year, month, day) = options.date;
    let mut out = format!(
        "{TITLE}{year:04}-{month:02}-{day:02}\n\
         # Write a grade behind each colon: 1 again, 2 hard, 3 good, 4 easy. Lines without one are left out.\n\
         # Then: recto review --from-paper {path}\n"
    );
    for (number, (card, at), front) in asked(deck, chosen, kind, options) {
        _ = writeln!(out, "\n# {}\n{number} {card}/{at}:", words(&front));
    }
    out
}

/// What is asked, numbered as it is on the paper.
fn asked(deck: &Deck, chosen: &[usize], kind: &Kind, options: &Options) -> Vec<Asked> {
    match kind.form {
        Form::Slips => {
            let numbered = (1..).zip(cards::cards(deck, chosen, options));
            numbered.map(|(number, card): (usize, _)| (number.to_string(), card.face, card.front.blocks)).collect()
        }
        Form::Flow(form) => {
            let sections = flow::flow(deck, chosen, form, options).sections.into_iter();
            let rows = sections.flat_map(|Section { rows, traps, .. }| rows.into_iter().chain(traps));
            rows.map(|Row { number, face, front, .. }| (number, face, front)).collect()
        }
    }
}

/// The beginning of a question.
fn words(front: &[Block]) -> String {
    use super::data::Atom;
    let mut out = String::new();
    for block in front {
        let Block::Paragraph(paragraph) = block else { continue };
        for run in &paragraph.runs {
            match &run.atom {
                Atom::Words { text } | Atom::Code { text } => out.push_str(text),
                Atom::Formula(formula) => out.push_str(&formula.latex),
                Atom::Blank { .. } => out.push('…'),
                Atom::Image(_) | Atom::Break => out.push(' '),
            }
        }
        out.push(' ');
    }
    let plain: Vec<&str> = out.split_whitespace().collect();
    let plain = plain.join(" ").replace('\u{200b}', "");
    if plain.chars().count() <= SHOWN {
        return plain;
    }
    plain.chars().take(SHOWN).chain(['…']).collect()
}

/// A list as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The day for which it was printed.
    pub day: Day,
    /// Every line.
    pub lines: Vec<Line>,
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number on the sheet.
    pub number: usize,
    /// The id of the card.
    pub card: String,
    /// Which of its faces.
    pub face: usize,
    /// The beginning of the question, as the remark above the line has it.
    pub question: String,
    /// How well it was known, if that was entered.
    pub grade: Option<Grade>,
}

/// Reads a list; what is wrong with it, where it cannot be read.
///
/// # Errors
///
/// With the number of the first line that is not understood, and why.
pub fn read(text: &str) -> Result<Filled, String> {
    let first = text.lines().next().unwrap_or_default();
    let day = first.strip_prefix(TITLE).and_then(Day::parse).ok_or("line 1: it is no list of what recto printed")?;
    let mut filled = Filled { day, lines: Vec::new() };
    let (mut added, mut question) = (Vec::new(), "");
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(remark) = line.strip_prefix('#') {
            question = remark.trim();
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let told = |why: String| format!("line {}: {why}", at + 1);
        if line.contains('/') {
            let line = read_line(line).map_err(told)?;
            filled.lines.push(Line { question: std::mem::take(&mut question).to_owned(), ..line });
        } else {
            added.push((line, at));
        }
    }
    for (line, at) in added {
        filled.enter(line).map_err(|why| format!("line {}: {why}", at + 1))?;
    }
    Ok(filled)
}

impl Filled {
    /// Enters a number on the paper and a grade, such as `3 2` or `3 good`; the line that it stands for.
    ///
    /// # Errors
    ///
    /// Where it is not that, or there is no such number.
    pub fn enter(&mut self, typed: &str) -> Result<&Line, String> {
        const FORM: &str = "a number and a grade are wanted, such as `3 2`";
        let (number, typed) = typed.trim().split_once([' ', ':']).ok_or(FORM)?;
        let number: usize = number.parse().map_err(|_| FORM)?;
        let grade = grade(typed)?;
        let line = self.lines.iter_mut().find(|line| line.number == number);
        let line = line.ok_or_else(|| format!("the sheet has no number {number}"))?;
        line.grade = Some(grade);
        Ok(line)
    }
}

/// Whether a list is as it was printed: nothing was entered in it, be it understood or not.
pub fn is_blank(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    lines.next().is_some_and(|first| first.starts_with(TITLE)) && lines.all(is_untouched)
}

/// Whether a line is a remark, or a number and a face with nothing before, between or behind.
fn is_untouched(line: &str) -> bool {
    let line = line.trim();
    let bare = || line.ends_with(':') && line.split_whitespace().count() == 2;
    line.is_empty() || line.starts_with('#') || (bare() && read_line(line).is_ok())
}

fn read_line(line: &str) -> Result<Line, String> {
    const FORM: &str = "it is not of the form `1 id/0: 3`";
    let (place, typed) = line.split_once(':').ok_or(FORM)?;
    let (number, face) = place.trim().split_once(' ').ok_or(FORM)?;
    let (card, face) = face.trim().rsplit_once('/').ok_or(FORM)?;
    let number = number.parse().map_err(|_| FORM)?;
    let face = face.parse().map_err(|_| FORM)?;
    let grade = if typed.trim().is_empty() { None } else { Some(grade(typed)?) };
    Ok(Line { number, card: card.to_owned(), face, question: String::new(), grade })
}

/// A grade as the number or the name of one of the four buttons.
///
/// # Errors
///
/// Where it is none.
pub fn grade(typed: &str) -> Result<Grade, String> {
    const NAMES: [&str; 4] = ["again", "hard", "good", "easy"];
    let typed = typed.trim_matches(|c: char| c.is_whitespace() || c == ':');
    let named = || NAMES.iter().position(|name| name.eq_ignore_ascii_case(typed));
    let at = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).or_else(named);
    let button = at.and_then(|at| Grade::BUTTONS.get(at));
    button.copied().ok_or_else(|| format!("`{typed}` is no grade; there are 1 again, 2 hard, 3 good and 4 easy"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_back() {
        let text = "# recto: what was printed on 2026-01-31\n3 easy\n# Where?\n1 ab·c/0:\n2 ab·c/1: Good\n3 ab·c/2:\n";
        let filled = read(text).unwrap();
        assert_eq!(filled.day, Day::parse("2026-01-31").unwrap());
        let line = |number: usize, question: &str, grade| Line {
            number,
            card: "ab·c".to_owned(),
            face: number - 1,
            question: question.to_owned(),
            grade,
        };
        let grades = [line(1, "Where?", None), line(2, "", Some(Grade::GOOD)), line(3, "", Some(Grade::EASY))];
        assert_eq!(filled.lines, grades);
    }

    #[test]
    fn whatever_was_entered_is_seen() {
        let list = |line: &str| format!("{TITLE}2026-01-31\n\n# Where?\n{line}\n2 ab·c/1:\n");
        assert!(is_blank(&list("1 ab·c/0:")) && is_blank(&list("1 ab·c/0: \r")));
        for entered in ["1 ab·c/0: 3", "1 ab·c/0: ?", "1 ab·c/0 3", "1 3 ab·c/0:", "1 ab·c/0:\nknown", "3"] {
            assert!(!is_blank(&list(entered)), "{entered}");
        }
        assert!(!is_blank("hello") && !is_blank(""));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        assert!(read("hello").unwrap_err().starts_with("line 1: "));
        let wrong = read("# recto: what was printed on 2026-01-31\n1 a/0: 7\n").unwrap_err();
        assert_eq!(wrong, "line 2: `7` is no grade; there are 1 again, 2 hard, 3 good and 4 easy");
    }
}
