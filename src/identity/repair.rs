//! A lock made anew from what else knows of cards: the sound lines of the old one, the review database, and a
//! package that recto wrote. Texts come back as people read them, which is enough to know cards again.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::lock::{END, Lock, REMARK, TITLE, VERSION, escaped, is_id};
use super::time;
use crate::card::Form;

/// A card as something else than a lock knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// Whether it has left the notes.
    pub gone: bool,
    /// The second since 1970 at which it last changed; none where it never has, or nobody knows.
    pub changed: Option<i64>,
    /// Its deck, where that is known.
    pub deck: String,
    /// The rule that made it, where that is known.
    pub rule: String,
    /// The note's path, where that is known.
    pub file: String,
    /// The headings above it.
    pub trail: String,
    /// Its shape in Anki.
    pub form: Form,
    /// The letter of its body and its sides, as a lock has them.
    pub sides: String,
}

impl Known {
    /// A card by its faces, each with its number, what it asks and what it answers.
    pub fn sides_of(form: Form, faces: &[(u16, String, String)]) -> Option<String> {
        let (_, front, back) = faces.first()?;
        Some(match form {
            Form::Cloze => format!("c\t{}", escaped(&filled(faces))),
            Form::Reversible => format!("r\t{}\t{}", escaped(front), escaped(back)),
            Form::Choice => choice(front, back),
            Form::Basic => format!("q\t{}\t{}", escaped(front), escaped(back)),
        })
    }

    /// A card by the fields of its note in Anki, as plain text; none of a note that is none of recto's.
    pub fn of_note(guid: String, changed: i64, fields: &[String]) -> Option<Known> {
        // Behind its own fields a note has why, trail, source, kind and id, then what is of no account here. A note
        // beside another has the id of its card, and a GUID of its own.
        let id = fields.iter().rposition(|field| *field == guid).filter(|_| is_id(&guid))?;
        let own = id.checked_sub(4)?;
        let (trail, source) = (&fields[own + 1], &fields[own + 2]);
        let (form, sides) = match fields[..own].iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [text] => (Form::Cloze, format!("c\t{}", escaped(text))),
            [front, back] => (Form::Basic, format!("q\t{}\t{}", escaped(front), escaped(back))),
            [stem, _, answer] => (Form::Choice, format!("m\t{}\t+ {}", escaped(stem), escaped(answer))),
            _ => return None,
        };
        let file = source.rsplit_once(':').map_or(source.as_str(), |(file, _)| file).to_owned();
        let changed = (changed > super::write::FIRST).then_some(changed);
        Some(Known {
            id: guid,
            gone: false,
            changed,
            deck: String::new(),
            rule: String::new(),
            file,
            trail: trail.clone(),
            form,
            sides,
        })
    }
}

/// A text with its gaps marked, from its faces.
fn filled(faces: &[(u16, String, String)]) -> String {
    let Some((number, front, back)) = faces.first() else { return String::new() };
    let mark = |number: &u16, back: &str| format!("{{{{c{}::{back}}}}}", number + 1);
    let open = |text: &str| text.find('[').zip(text.find(']')).filter(|(from, to)| from < to);
    let Some((from, to)) = open(front) else { return mark(number, back) };
    let mut text = format!("{}{}{}", &front[..from], mark(number, back), &front[to + 1..]);
    for (number, _, back) in &faces[1..] {
        text = text.replacen(back.as_str(), &mark(number, back), 1);
    }
    text
}

/// A question with options: the front has one a line behind the question, the back those that are right.
fn choice(front: &str, back: &str) -> String {
    let is_option = |line: &&str| line.as_bytes().get(1) == Some(&b')') && line.as_bytes()[0].is_ascii_uppercase();
    let stem: Vec<&str> = front.lines().take_while(|line| !is_option(line)).collect();
    let mut out = format!("m\t{}", escaped(&stem.join("\n")));
    let right: Vec<&str> = back.lines().collect();
    for option in front.lines().filter(is_option) {
        let mark = if right.contains(&option) { '+' } else { '-' };
        _ = write!(out, "\t{mark} {}", escaped(option.get(3..).unwrap_or_default()));
    }
    out
}

/// The text of a lock with all that can be known: the lines of `lock` first, then cards that it lacks.
pub fn rebuilt(lock: &Lock, known: &[Known]) -> String {
    let mut cards: BTreeMap<&str, (bool, String)> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for entry in &lock.entries {
        order.push(entry.id);
        cards.insert(entry.id, (entry.gone, entry.line.to_owned()));
    }
    for card in known.iter().filter(|card| is_id(&card.id)) {
        if !cards.contains_key(card.id.as_str()) {
            order.push(&card.id);
            cards.insert(&card.id, (card.gone, line(card)));
        }
    }
    let mut out = format!("{TITLE}{VERSION}\n{REMARK}\n");
    for gone in [false, true] {
        for (state, line) in order.iter().filter_map(|id| cards.get(id)).filter(|(state, _)| *state == gone) {
            _ = writeln!(out, "{}\t{line}", if *state { "gone" } else { "card" });
        }
    }
    out.extend(super::write::kept(lock));
    out.push_str(END);
    out.push('\n');
    out
}

/// The line of a card without its first word. Nobody knows its hashes, so that the next build writes them.
fn line(card: &Known) -> String {
    let changed = card.changed.map_or_else(|| "-".to_owned(), time::write);
    let columns = [&*card.id, &changed, "-", "-", card.form.name(), &card.rule];
    format!("{}\t{}\t{}\t{}", columns.join("\t"), escaped(&card.file), escaped(&card.trail), card.sides)
}
