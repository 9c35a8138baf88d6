//! From a package to what it knows of recto's own cards.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::card::Form;
use crate::card::slot::Slot;
use crate::identity::companion;
use crate::load::package::{Answer, Card, Note, NoteType, Package};
use crate::schedule::{Calendar, Day, Grade, Memory, Trace};
use crate::store::{AnkiState, Arrival, ArrivedAnswer, ArrivedFace};

/// How the names of recto's own note types begin.
const OWN: &str = "Recto ";

/// Whether notes of this type were made by recto: their GUIDs are the ids of cards.
pub fn is_own(notetype: &NoteType) -> bool {
    notetype.name.starts_with(OWN) && notetype.fields.iter().any(|field| field.name == "Id")
}

/// What a package knows of the cards that recto made.
pub fn own(package: &Package, reader: &Reader) -> Vec<Arrival> {
    let mut arrivals: BTreeMap<&str, Vec<ArrivedFace>> = BTreeMap::new();
    for note in &package.notes {
        let Some(notetype) = package.notetypes.get(&note.notetype).filter(|notetype| is_own(notetype)) else {
            continue;
        };
        let (card, beside) = shown(note, notetype);
        let slot = |number| Slot { beside, form: form(notetype), number };
        let faces = reader
            .cards(note.id)
            .map(|card| ArrivedFace { slot: u16::try_from(card.number).ok().map(slot), ..reader.face(card) });
        arrivals.entry(card).or_default().extend(faces);
    }
    arrivals.into_iter().map(|(card, faces)| Arrival { card: card.to_owned(), faces }).collect()
}

/// The id of the card that a note shows, and whether the note is the one beside the card's own.
fn shown<'n>(note: &'n Note, notetype: &NoteType) -> (&'n str, bool) {
    let mut fields = notetype.fields.iter().zip(&note.fields);
    let id = fields.find(|(field, _)| field.name == "Id").map(|(_, id)| id.trim());
    match id {
        Some(id) if companion(id) == note.guid => (id, true),
        _ => (&note.guid, false),
    }
}

fn form(notetype: &NoteType) -> Form {
    match (notetype.cloze, notetype.templates.len()) {
        (true, _) => Form::Cloze,
        (_, 2..) => Form::Reversible,
        _ => Form::Basic,
    }
}

/// Reads what a package knows of cards.
#[derive(Debug)]
pub struct Reader<'a> {
    package: &'a Package,
    calendar: &'a Calendar,
    cards: BTreeMap<i64, Vec<&'a Card>>,
    answers: BTreeMap<i64, Vec<&'a Answer>>,
}

impl<'a> Reader<'a> {
    /// A reader; the calendar tells on which day an answer was given.
    pub fn new(package: &'a Package, calendar: &'a Calendar) -> Reader<'a> {
        let mut answers: BTreeMap<i64, Vec<&Answer>> = BTreeMap::new();
        for answer in &package.answers {
            answers.entry(answer.card).or_default().push(answer);
        }
        let mut cards: BTreeMap<i64, Vec<&Card>> = BTreeMap::new();
        for card in &package.cards {
            cards.entry(card.note).or_default().push(card);
        }
        Reader { package, calendar, cards, answers }
    }

    /// What is known of the cards of a note with these numbers, in their order.
    pub fn faces(&self, note: i64, numbers: &[i64]) -> Vec<ArrivedFace> {
        self.cards(note).filter(|card| numbers.contains(&card.number)).map(|card| self.face(card)).collect()
    }

    fn cards(&self, note: i64) -> impl Iterator<Item = &'a Card> {
        self.cards.get(&note).into_iter().flatten().copied()
    }

    fn face(&self, card: &Card) -> ArrivedFace {
        let answers: Vec<ArrivedAnswer> =
            self.answers.get(&card.id).into_iter().flatten().filter_map(|answer| self.answer(answer)).collect();
        ArrivedFace {
            slot: None,
            memory: self.memory(card, &answers),
            suspended: card.queue == -1,
            buried: card.queue < -1,
            flag: u8::try_from(card.flag).unwrap_or(0),
            state: self.state(card),
            answers,
        }
    }

    fn answer(&self, answer: &Answer) -> Option<ArrivedAnswer> {
        let grade = match answer.button {
            // No button was pressed: the card was put off or reset by hand.
            0 => None,
            1 => Some(Grade::AGAIN),
            2 => Some(Grade::HARD),
            3 => Some(Grade::GOOD),
            4 => Some(Grade::EASY),
            _ => return None,
        };
        Some(ArrivedAnswer {
            moment: self.calendar.moment(answer.at),
            grade,
            taken: u32::try_from(answer.taken).unwrap_or(0),
            row: [answer.interval, answer.last_interval, answer.ease, answer.stage],
        })
    }

    fn state(&self, card: &Card) -> AnkiState {
        AnkiState {
            day_zero: self.package.day_zero,
            stage: card.stage,
            queue: card.queue,
            due: card.due,
            interval: card.interval,
            ease: card.ease,
            repetitions: card.repetitions,
            lapses: card.lapses,
            remaining: card.remaining,
            data: card.data.clone(),
        }
    }

    /// The memory in recto's terms. A card that is being learnt is due on the day of its next step.
    fn memory(&self, card: &Card, answers: &[ArrivedAnswer]) -> Option<Memory> {
        if !(1..=3).contains(&card.stage) {
            return None;
        }
        let interval = u32::try_from(card.interval.max(0)).unwrap_or(0);
        let due = self.due(card);
        let mut graded = answers.iter().rev().filter_map(|answer| Some((answer.moment.day, answer.grade?)));
        let answered = graded.clone().next().map_or(due.minus(interval), |(day, _)| day);
        let passed = graded.by_ref().take_while(|(_, grade)| grade.passed()).count();
        let repetitions = match card.stage {
            // A card whose answers are not in the package was known at least so often.
            2 => u32::try_from(passed).unwrap_or(u32::MAX).max(1 + u32::from(interval > 1)),
            _ => 0,
        };
        // A card that is being learnt has no ease yet; 2.5 is what it will begin with.
        let ease = if card.ease == 0 { 250 } else { u32::try_from(card.ease / 10).unwrap_or(250).max(130) };
        Some(Memory {
            ease,
            interval: if card.stage == 1 { 0 } else { interval },
            repetitions,
            lapses: u32::try_from(card.lapses).unwrap_or(0),
            answered,
            due,
            trace: trace(card, interval),
        })
    }

    fn due(&self, card: &Card) -> Day {
        // Seconds since 1970 where it waits within the day, else days since day zero.
        if card.due > 1_000_000_000 {
            self.calendar.moment(card.due.saturating_mul(1000)).day
        } else {
            let day = self.package.day_zero.saturating_add(card.due).clamp(-1_000_000, 10_000_000);
            Day(i32::try_from(day).unwrap_or(i32::MAX))
        }
    }
}

/// What FSRS knew of it there; else what the interval tells.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "memories hold single numbers")]
fn trace(card: &Card, interval: u32) -> Trace {
    let data: Value = serde_json::from_str(&card.data).unwrap_or_default();
    let number = |key: &str| data[key].as_f64().filter(|n| *n > 0.0 && *n < 1e6).map(|n| n as f32);
    Trace {
        stability: number("s").unwrap_or_else(|| (interval as f32).max(0.5)),
        difficulty: number("d").unwrap_or(5.0).clamp(1.0, 10.0),
    }
}
