//! The end of a session in words: what was done, what is to be reworded, what is to come.

use super::grade::Keys;
use super::tally::{Place, Tally};
use crate::store::Haste;

/// What is to come, as of the end of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outlook {
    /// Faces due today that were not asked: limits, filters, or a session that was ended early.
    pub left_today: usize,
    /// How many of them were due before today and are spread over the next days.
    pub spread: usize,
    /// Faces that are still to come back today.
    pub again: usize,
    /// Faces that will be due tomorrow.
    pub tomorrow: usize,
    /// Days until the next face is due; `None` where none ever is.
    pub next: Option<i64>,
    /// Faces that were never asked.
    pub new: usize,
    /// How many of them today's limit still lets in.
    pub new_today: usize,
    /// Faces that may be asked at all.
    pub all: usize,
    /// Cards that are suspended.
    pub suspended: usize,
    /// The exam for which the new faces of a day are too few.
    pub haste: Option<Haste>,
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
    let parts = [(tally.due, "due"), (tally.new, "new"), (tally.again, "once more")];
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
    let today = outlook.left_today.saturating_sub(outlook.spread);
    if today > 0 {
        lines.push(format!("{} still due today.", count(today, "card")));
    }
    if outlook.spread > 0 {
        let cards = count(outlook.spread, "overdue card");
        let all = outlook.left_today;
        lines.push(format!("{cards} are spread over the next days; `--limit {all}` asks them all today."));
    }
    match outlook.again {
        0 => {}
        1 => lines.push("1 card is still to come back today.".to_owned()),
        again => lines.push(format!("{again} cards are still to come back today.")),
    }
    if outlook.new_today > 0 {
        lines.push(format!("{} may still come today.", count(outlook.new_today, "new card")));
    }
    match (outlook.tomorrow, outlook.next) {
        (0, Some(days)) if days > 1 && outlook.spread == 0 => {
            lines.push(format!("Next: a card is due in {days} days."));
        }
        (0, _) => {}
        (tomorrow, _) => lines.push(format!("Tomorrow: {} due.", count(tomorrow, "card"))),
    }
    if outlook.new > outlook.new_today {
        let later = outlook.new - outlook.new_today;
        lines.push(format!("{} to come on later days; `--new N` brings more today.", count(later, "new card")));
    }
    if let Some(haste) = &outlook.haste {
        let Haste { exam, pace, limit } = haste;
        lines.push(format!(
            "For the exam on {exam} it takes {} a day to see all in time, and {limit} come: `new_per_day = {pace}` in \
             recto.toml brings them.",
            count(*pace, "new card")
        ));
    }
    if outlook.suspended > 0 {
        let them = count(outlook.suspended, "card");
        lines.push(format!("{them} suspended; `recto review --suspended` shows them."));
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
