//! What recto knows of a face, in the terms of Anki's scheduler: the state of a card and the rows of
//! its log. A state that came from Anki goes back as it came, unless the face was answered since.

use std::collections::BTreeSet;

use serde_json::json;

use crate::schedule::Grade;
use crate::store::{AnkiState, Departing, Given};

/// Day zero of our packages as whole days since 1970: 1 January 2020.
const DAY_ZERO: i64 = 18_262;

/// Seconds after its last answer at which a card that is being learnt is asked again.
const STEP: i64 = 600;

/// The queue of a card that is suspended; those below it hold buried ones.
const SUSPENDED: i64 = -1;

/// The queue of a card that the learner buried.
const BURIED: i64 = -3;

/// The least ease that Anki allows, in thousandths.
const LEAST_EASE: i64 = 1300;

/// The state of a card, in the order of the columns of Anki's table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct State {
    /// 0 new, 1 learning, 2 review, 3 relearning.
    pub(super) stage: i64,
    /// Where it waits; −1 if suspended, less if buried.
    pub(super) queue: i64,
    /// A place among new cards, a day since day zero, or a second since 1970.
    pub(super) due: i64,
    /// The interval in days.
    pub(super) interval: i64,
    /// The ease in thousandths.
    pub(super) ease: i64,
    /// How often it was answered.
    pub(super) repetitions: i64,
    /// How often it was forgotten.
    pub(super) lapses: i64,
    /// Learning steps that remain.
    pub(super) remaining: i64,
    /// The flag.
    pub(super) flag: i64,
    /// What else there is, as JSON.
    pub(super) data: String,
}

/// The state of a card that is new, at a place in the queue.
pub(super) fn new(place: i64) -> State {
    State {
        stage: 0,
        queue: 0,
        due: place,
        interval: 0,
        ease: 0,
        repetitions: 0,
        lapses: 0,
        remaining: 0,
        flag: 0,
        data: "{}".to_owned(),
    }
}

/// The state of a card; `place` is the one it has among new ones.
pub(super) fn state(face: &Departing, place: i64) -> State {
    let known = match &face.state {
        // A card that was reset is new, yet keeps its counts.
        Some(state) if state.stage > 0 || face.memory.is_none() => returned(state),
        _ => reckoned(face, place),
    };
    let set_aside = face.state.as_ref().map(|state| state.queue).filter(|queue| *queue < SUSPENDED);
    let queue = match (face.marks.suspended, face.buried) {
        (true, _) => SUSPENDED,
        (_, true) => set_aside.unwrap_or(BURIED),
        _ => known.queue,
    };
    State { queue, flag: face.marks.flag.into(), ..known }
}

/// A state that came from Anki, with its days counted from our day zero.
fn returned(state: &AnkiState) -> State {
    let seconds = matches!(state.stage, 1 | 3) && state.due > 1_000_000_000;
    let queue = match (state.stage, seconds) {
        (0, _) => 0,
        (2, _) => 2,
        (_, true) => 1,
        (_, false) => 3,
    };
    State {
        stage: state.stage,
        queue,
        due: if seconds || state.stage == 0 { state.due } else { state.due + state.day_zero - DAY_ZERO },
        interval: state.interval,
        ease: state.ease,
        repetitions: state.repetitions,
        lapses: state.lapses,
        remaining: state.remaining,
        flag: 0,
        data: state.data.clone(),
    }
}

/// The state that follows from recto's memory.
fn reckoned(face: &Departing, place: i64) -> State {
    let Some(memory) = &face.memory else { return new(place) };
    let last = face
        .answers
        .iter()
        .rev()
        .find(|given| !given.cram && given.grade.is_some())
        .map(|given| given.at.div_euclid(1000));
    let learning = memory.interval == 0;
    let day = i64::from(memory.due.0) - DAY_ZERO;
    let step = last.map_or((i64::from(memory.due.0)) * 86_400, |last| last + STEP);
    let mut data = json!({ "pos": place });
    let graded = || face.answers.iter().filter(|given| given.grade.is_some());
    if let Some(rated) = graded().next_back() {
        data["lrt"] = json!(rated.at.div_euclid(1000));
    }
    State {
        stage: if learning { 1 } else { 2 },
        queue: if learning { 1 } else { 2 },
        due: if learning { step } else { day },
        interval: i64::from(memory.interval),
        ease: if learning { 0 } else { i64::from(memory.ease).saturating_mul(10).max(LEAST_EASE) },
        repetitions: i64::try_from(graded().count()).unwrap_or(i64::MAX),
        lapses: memory.lapses.into(),
        remaining: i64::from(learning),
        flag: 0,
        data: data.to_string(),
    }
}

/// A row of Anki's log: id, button, interval, interval before, ease, time, stage.
pub(super) type LogRow = [i64; 7];

/// The rows of a card's log. Ids are instants, and no two rows of a package may share one.
pub(super) fn log(face: &Departing, taken: &mut BTreeSet<i64>) -> Vec<LogRow> {
    let after = |at: usize| -> (i64, i64) {
        let next = face.answers.get(at + 1).and_then(|next| next.before);
        let last = face.memory.as_ref().map(|memory| (memory.interval.into(), memory.ease.into()));
        next.or(last).unwrap_or_default()
    };
    let row = |(at, given): (usize, &Given)| {
        let mut id = given.at;
        while !taken.insert(id) {
            id += 1;
        }
        let [interval, last_interval, ease, stage] = given.row.unwrap_or_else(|| {
            let (interval, ease) = after(at);
            [interval, given.before.map_or(0, |(before, _)| before), ease * 10, stage(given)]
        });
        [id, given.grade.map_or(0, button), interval, last_interval, ease, given.taken, stage]
    };
    face.answers.iter().enumerate().map(row).collect()
}

fn stage(given: &Given) -> i64 {
    match (given.cram, given.before) {
        (true, _) => 3,
        (_, None) => 0,
        (_, Some(_)) => 1,
    }
}

fn button(grade: Grade) -> i64 {
    match grade.number() {
        0..=2 => 1,
        3 => 2,
        4 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{Day, Memory, Trace};

    fn face() -> Departing {
        let memory = Memory {
            ease: 236,
            interval: 6,
            repetitions: 2,
            lapses: 1,
            answered: Day(20_000),
            due: Day(20_006),
            trace: Trace { stability: 6.0, difficulty: 5.0 },
        };
        let given = |at, grade, before| Given { at, grade: Some(grade), taken: 1500, cram: false, before, row: None };
        let answers = vec![given(5_000, Grade::GOOD, None), given(5_000, Grade::HARD, Some((1, 250)))];
        Departing { memory: Some(memory), answers, ..Departing::default() }
    }

    #[test]
    fn a_memory_becomes_a_review_card() {
        let state = state(&face(), 7);
        assert_eq!((state.stage, state.queue, state.due), (2, 2, 20_006 - DAY_ZERO));
        assert_eq!((state.interval, state.ease, state.repetitions, state.lapses), (6, 2360, 2, 1));
        assert_eq!(state.data, r#"{"lrt":5,"pos":7}"#);
    }

    #[test]
    fn rows_of_one_instant_are_told_apart() {
        let rows = log(&face(), &mut BTreeSet::new());
        assert_eq!(rows, [[5_000, 3, 1, 0, 2500, 1500, 0], [5_001, 2, 6, 1, 2360, 1500, 1]]);
    }

    #[test]
    fn what_came_from_anki_goes_back_as_it_came() {
        let state = AnkiState {
            day_zero: DAY_ZERO + 100,
            stage: 2,
            queue: 2,
            due: 30,
            interval: 9,
            ease: 2150,
            ..AnkiState::default()
        };
        let mut face = Departing { state: Some(state), ..face() };
        let back = super::state(&face, 7);
        assert_eq!((back.due, back.interval, back.ease, back.queue), (130, 9, 2150, 2));
        face.marks.suspended = true;
        assert_eq!(super::state(&face, 7).queue, -1);
    }

    #[test]
    fn a_buried_card_stays_buried_and_a_reset_one_keeps_its_counts() {
        let buried = Departing { buried: true, ..face() };
        assert_eq!(state(&buried, 7).queue, BURIED);
        let by_anki = AnkiState { stage: 2, queue: -2, ..AnkiState::default() };
        assert_eq!(state(&Departing { state: Some(by_anki.clone()), ..buried }, 7).queue, -2);
        assert_eq!(state(&Departing { state: Some(by_anki), ..face() }, 7).queue, 2);
        let reset = AnkiState { due: 40, repetitions: 5, lapses: 2, ..AnkiState::default() };
        let back = state(&Departing { state: Some(reset), memory: None, ..face() }, 7);
        assert_eq!((back.stage, back.queue, back.due, back.repetitions, back.lapses), (0, 0, 40, 5, 2));
    }
}
