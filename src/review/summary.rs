//! The end of a session in words: what was done, what is to be reworded, what is to come.

use super::agenda::Today;
use super::grade::Keys;
use super::tally::{Place, Tally};
use crate::schedule::Day;
use crate::store::Haste;
use crate::study;

/// What is to come, as of the end of a session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outlook {
    /// What is left of the day, whatever the session was narrowed down to.
    pub today: Today,
    /// Faces that will be due tomorrow, with the share of those that wait.
    pub tomorrow: usize,
    /// Days until the next face is due; `None` where none ever is.
    pub next: Option<i64>,
    /// Faces that were never asked.
    pub new: usize,
    /// Those of them that no day lets come, since their deck's limit is nothing.
    pub barred: usize,
    /// Faces that were never asked and are put off until tomorrow.
    pub put_off: usize,
    /// Faces that may be asked at all.
    pub all: usize,
    /// Cards that are suspended.
    pub suspended: usize,
    /// The exam for which the new faces of a day are too few.
    pub haste: Option<Haste>,
    /// Days of exams that have come or gone, each with the day that it is.
    pub exams_over: Vec<(Day, Day)>,
}

/// A count with its noun.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// The summary, one line of words each; an empty one divides.
pub fn lines(tally: &Tally, keys: Keys, outlook: &Outlook) -> Vec<String> {
    let mut lines = done(tally, keys);
    if !tally.leeches.is_empty() {
        lines.push(String::new());
        lines.push("Forgotten again and again; reword these in the notes:".to_owned());
        lines.extend(tally.leeches.iter().map(leech));
    }
    lines.push(String::new());
    lines.extend(to_come(outlook));
    lines
}

fn done(tally: &Tally, keys: Keys) -> Vec<String> {
    let Some(known) = tally.known() else { return vec!["Nothing was answered.".to_owned()] };
    let answers = tally.answers();
    let parts = [(tally.due, "due"), (tally.early, "early"), (tally.new, "new"), (tally.again, "once more")];
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let seconds = tally.taken / 1_000;
    let each = seconds / i64::try_from(answers).unwrap_or(1).max(1);
    let grades = keys.all().iter().map(|key| (key.name, tally.grades[usize::from(key.grade)]));
    let grades: Vec<String> = grades.filter(|(_, n)| *n > 0).map(|(name, n)| format!("{n} {name}")).collect();
    vec![
        format!("{} in {}, {each} s each: {}.", count(answers, "answer"), span(seconds), parts.join(", ")),
        format!("{known} % known: {}.", grades.join(", ")),
    ]
}

fn leech(place: &Place) -> String {
    format!("  {}:{}  {}", place.file, place.line, place.front)
}

/// What there is to do later, and how to do it now.
pub fn to_come(outlook: &Outlook) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(left(&outlook.today));
    match (outlook.tomorrow, outlook.next) {
        (0, Some(days)) if days > 1 && outlook.today.later == 0 => {
            lines.push(format!("Next: a card is due in {days} days."));
        }
        (0, _) => {}
        (tomorrow, _) => lines.push(format!("Tomorrow: {} due.", count(tomorrow, "card"))),
    }
    if outlook.barred > 0 {
        let (cards, wait) = (count(outlook.barred, "new card"), if outlook.barred == 1 { "waits" } else { "wait" });
        lines.push(format!("{cards} {wait}: `new_per_day = 0` lets none come; `--new N` brings some today."));
    }
    if outlook.new > outlook.today.new + outlook.barred {
        let later = outlook.new - outlook.today.new - outlook.barred;
        lines.push(format!("{} to come on later days; `--new N` brings more today.", count(later, "new card")));
    }
    if outlook.put_off > 0 {
        lines.push(format!("{} put off until tomorrow.", count(outlook.put_off, "new card")));
    }
    if let Some(haste) = &outlook.haste {
        let Haste { exam, pace, limit } = haste;
        lines.push(format!(
            "For the exam on {exam} it takes {} a day to see all in time, and {limit} come: `new_per_day = {pace}` in \
             recto.toml brings them from the next `recto build` on.",
            count(*pace, "new card")
        ));
    }
    lines.extend(outlook.exams_over.iter().map(|(exam, today)| study::exam_over(*exam, *today)));
    if outlook.suspended > 0 {
        let (cards, them) = (count(outlook.suspended, "card"), if outlook.suspended == 1 { "it" } else { "them" });
        lines.push(format!("{cards} suspended; `recto review --suspended` shows {them}."));
    }
    lines
}

/// What is left of a day, and what of it waits for another.
fn left(today: &Today) -> Vec<String> {
    let mut lines = Vec::new();
    if today.due > 0 {
        lines.push(format!("{} still due today.", count(today.due, "card")));
    }
    if today.later > 0 {
        let (cards, all) = (count(today.later, "overdue card"), today.due + today.later + today.limited);
        let are = if today.later == 1 { "is" } else { "are" };
        lines.push(format!("{cards} {are} spread over the next days; `--limit {all}` asks them all today."));
    }
    if today.limited > 0 {
        let (cards, are) = (count(today.limited, "due card"), if today.limited == 1 { "is" } else { "are" });
        lines.push(format!("{cards} {are} more than `reviews_per_day` lets come today."));
    }
    match today.again {
        0 => {}
        1 => lines.push("1 card is still to come back today.".to_owned()),
        again => lines.push(format!("{again} cards are still to come back today.")),
    }
    if today.new > 0 {
        lines.push(format!("{} may still come today.", count(today.new, "new card")));
    }
    lines
}

/// A span of time in words.
fn span(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min {:02} s", seconds / 60, seconds % 60),
        _ => format!("{} h {:02} min", seconds / 3_600, seconds / 60 % 60),
    }
}
