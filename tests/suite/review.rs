//! Reviewing through the store: answers are kept and taken back, and the day's queue follows.

use crate::store::{card, cloze, deck, fact};
use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use recto::card::{Body, Card, Content, Kind};
use recto::schedule::{Day, Grade, Moment};
use recto::store::{
    self, AnswerKind, FaceId, Filter, Marks, Order, Queue, Queued, Recorded, Response, SessionLock, Store, StoreError,
    Wanted,
};
use std::path::PathBuf;
use tempfile::TempDir;

/// A test at a desk of its own.
type Check = fn(&mut Desk) -> Outcome;

const CHECKS: &[(&str, Check)] = &[
    ("an answer is kept, and the queue knows", an_answer_is_kept),
    ("answers are taken back one by one, to the very first", answers_are_taken_back),
    ("low grades of today are told until the day is over", low_grades_are_told),
    ("filters mean what they say", filters_hold),
    ("suspended and buried faces are not asked", marks_hold),
    ("a clock that is set back disorders nothing", clocks_may_jump),
    ("a memory can be set, and forgotten", memories_can_be_set),
    ("what was left undone is spread over days, not dumped", backlog_is_spread),
    ("cramming leaves the schedule alone", cramming_changes_nothing),
    ("two sessions at once are one too many", sessions_exclude_each_other),
];

/// One test for each line of [`CHECKS`].
pub(crate) fn trials() -> Vec<Trial> {
    let trial =
        |(name, check): &'static (&str, Check)| Trial::test(format!("review: {name}"), || check(&mut Desk::new()?));
    CHECKS.iter().map(trial).collect()
}

/// A database of a few cards, open for review.
pub(crate) struct Desk {
    folder: TempDir,
    store: Store,
}

pub(crate) fn cards() -> Vec<Card> {
    let both = Body::Reversible { front: Content::words("NaCl"), back: Content::words("salt") };
    let mut trap = fact(4, "What is Glacier not for?", "training data");
    trap.kind = Kind::Trap;
    trap.tags = vec!["aws::s3".to_owned()];
    "Cloud".clone_into(&mut trap.deck);
    vec![fact(1, "S3", "storage"), card(2, both), cloze(3, "S3 holds 11 nines", &[(1, "S3"), (2, "11 nines")]), trap]
}

impl Desk {
    fn new() -> Result<Desk, Failed> {
        let folder = support::temporary()?;
        let path = folder.path().join("recto.db");
        store::update(&path, &deck(&cards()), 1)?;
        Ok(Desk { store: Store::open(&path)?, folder })
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("recto.db")
    }

    fn all(&self) -> Result<Vec<Queued>, Failed> {
        Ok(self.store.faces(&Filter::default(), DAY)?)
    }

    fn face(&self, number: usize) -> Result<FaceId, Failed> {
        Ok(self.all()?.get(number).ok_or("no such face")?.face)
    }

    fn answer(&mut self, number: usize, grade: u8, day: Day) -> Result<Recorded, Failed> {
        self.answer_as(AnswerKind::Review, (number, grade), day)
    }

    fn answer_as(&mut self, kind: AnswerKind, (number, grade): (usize, u8), day: Day) -> Result<Recorded, Failed> {
        let grade = Grade::new(grade).ok_or("no grade")?;
        let response = Response { face: self.face(number)?, grade, taken: 1500, kind };
        Ok(self.store.record(&response, &moment(day))?)
    }

    fn queue(&self, day: Day) -> Result<Queue, Failed> {
        Ok(self.store.queue(&Wanted::default(), day)?)
    }
}

pub(crate) const DAY: Day = Day(20_454);

/// Noon of a day at Greenwich.
pub(crate) fn moment(day: Day) -> Moment {
    Moment { at: i64::from(day.0) * 86_400_000 + 43_200_000, utc_offset: 0, day }
}

fn counts(queue: &Queue) -> (usize, usize, usize) {
    (queue.due.len(), queue.new.len(), queue.drill.len())
}

fn expect_counts(queue: &Queue, expected: (usize, usize, usize)) -> Outcome {
    let got = counts(queue);
    ensure(got == expected, || format!("due, new, drill: expected {expected:?}, got {got:?}"))
}

fn an_answer_is_kept(desk: &mut Desk) -> Outcome {
    expect_counts(&desk.queue(DAY)?, (0, 6, 0))?;
    let preview = desk.store.preview(desk.face(0)?, DAY)?;
    ensure(preview == [1; 6], || format!("{preview:?}"))?;
    let recorded = desk.answer(0, 5, DAY)?;
    let after = recorded.after.ok_or("no memory")?;
    ensure(recorded.before.is_none() && after.ease == 260 && after.due == DAY.plus(1), || format!("{recorded:?}"))?;
    expect_counts(&desk.queue(DAY)?, (0, 5, 0))?;
    // Another process sees it at once.
    let other = Store::open(&desk.path())?;
    let face = other.face(desk.face(0)?)?.ok_or("no face")?;
    ensure(face.memory == Some(after) && face.front == "S3" && face.deck == "Cloud::Storage", || format!("{face:?}"))?;
    expect_counts(&desk.queue(DAY.plus(1))?, (1, 5, 0))
}

fn answers_are_taken_back(desk: &mut Desk) -> Outcome {
    let first = desk.answer(0, 4, DAY)?;
    let second = desk.answer(0, 4, DAY.plus(1))?;
    desk.answer(1, 2, DAY.plus(1))?;
    let undone = desk.store.undo(&moment(DAY.plus(1)))?.ok_or("nothing taken back")?;
    ensure(undone.face == desk.face(1)? && undone.grade.number() == 2 && undone.memory.is_none(), || {
        format!("{undone:?}")
    })?;
    let undone = desk.store.undo(&moment(DAY.plus(1)))?.ok_or("nothing taken back")?;
    ensure(undone.memory == first.after && second.before == first.after, || format!("{undone:?}"))?;
    let again = desk.answer(0, 4, DAY.plus(1))?;
    ensure(again.after == second.after, || format!("{again:?}"))?;
    for _ in 0..2 {
        desk.store.undo(&moment(DAY.plus(2)))?.ok_or("nothing taken back")?;
    }
    let rest = desk.store.undo(&moment(DAY.plus(2)))?;
    ensure(rest.is_none(), || format!("{rest:?}"))?;
    expect_counts(&desk.queue(DAY.plus(9))?, (0, 6, 0))
}

fn low_grades_are_told(desk: &mut Desk) -> Outcome {
    let before = desk.answer(0, 3, DAY)?.after;
    desk.answer(1, 1, DAY)?;
    desk.answer(2, 4, DAY)?;
    expect_counts(&desk.queue(DAY)?, (0, 3, 2))?;
    let drilled = desk.answer_as(AnswerKind::Drill, (0, 4), DAY)?;
    let schedule = |memory: Option<recto::schedule::Memory>| memory.map(|m| (m.ease, m.interval, m.repetitions, m.due));
    ensure(schedule(drilled.after) == schedule(before), || format!("{drilled:?}"))?;
    // How often each is asked again, the agenda reckons from its answers of today.
    expect_counts(&desk.queue(DAY)?, (0, 3, 2))?;
    desk.answer_as(AnswerKind::Drill, (1, 3), DAY)?;
    desk.answer_as(AnswerKind::Drill, (1, 5), DAY)?;
    expect_counts(&desk.queue(DAY)?, (0, 3, 2))?;
    // An answer that was taken back is none.
    desk.answer(2, 1, DAY)?;
    expect_counts(&desk.queue(DAY)?, (0, 3, 3))?;
    desk.store.undo(&moment(DAY))?;
    expect_counts(&desk.queue(DAY)?, (0, 3, 2))?;
    // A new day begins with a clean slate.
    expect_counts(&desk.queue(DAY.plus(1))?, (3, 3, 0))
}

fn filters_hold(desk: &mut Desk) -> Outcome {
    desk.answer(0, 4, DAY)?;
    desk.answer(1, 4, DAY)?;
    desk.answer(1, 1, DAY.plus(1))?;
    let expect = |filter: Filter, expected: &[usize]| -> Outcome {
        let got: Vec<FaceId> = desk.store.faces(&filter, DAY)?.iter().map(|face| face.face).collect();
        let wanted: Vec<FaceId> = expected.iter().map(|number| desk.face(*number)).collect::<Result<_, _>>()?;
        ensure(got == wanted, || format!("{filter:?}: expected {wanted:?}, got {got:?}"))
    };
    let word = |word: &str| Some(word.to_owned());
    expect(Filter { deck: word("Cloud"), ..Filter::default() }, &[0, 1, 2, 3, 4, 5])?;
    expect(Filter { deck: word("Cloud::Storage"), ..Filter::default() }, &[0, 1, 2, 3, 4])?;
    expect(Filter { deck: word("Clo%"), ..Filter::default() }, &[])?;
    expect(Filter { tags: vec!["AWS".to_owned()], limit: Some(2), ..Filter::default() }, &[0, 1])?;
    expect(Filter { tags: vec!["aws::s3".to_owned()], ..Filter::default() }, &[5])?;
    expect(Filter { tags: vec!["' OR 1 --".to_owned()], ..Filter::default() }, &[])?;
    expect(Filter { kinds: vec![Kind::Trap, Kind::Tip], ..Filter::default() }, &[5])?;
    expect(Filter { failed: true, ..Filter::default() }, &[1])?;
    expect(Filter { leeches: Some(1), ..Filter::default() }, &[1])?;
    expect(Filter { due: Some(DAY.plus(1)), ..Filter::default() }, &[0])
}

fn marks_hold(desk: &mut Desk) -> Outcome {
    let marks = |suspended, buried_until| Marks { suspended, buried_until, flag: 3 };
    desk.store.mark(desk.face(0)?, marks(true, None), 5)?;
    let buried = desk.face(0)?;
    desk.store.mark(buried, marks(false, Some(DAY.plus(1))), 6)?;
    expect_counts(&desk.queue(DAY)?, (0, 4, 0))?;
    expect_counts(&desk.queue(DAY.plus(1))?, (0, 5, 0))?;
    let everything = Filter { set_aside: true, ..Filter::default() };
    ensure(desk.store.faces(&everything, DAY)?.len() == 6, || "set aside for good".to_owned())?;
    let kept = desk.store.face(buried)?.ok_or("no face")?.marks;
    ensure(kept == marks(false, Some(DAY.plus(1))), || format!("{kept:?}"))
}

fn clocks_may_jump(desk: &mut Desk) -> Outcome {
    desk.answer(0, 4, DAY.plus(3000))?;
    let late = desk.answer(1, 4, DAY.plus(3001))?;
    let back = desk.answer(0, 4, DAY)?;
    ensure(back.seq > late.seq, || format!("{back:?}"))?;
    let undone = desk.store.undo(&moment(DAY))?.ok_or("nothing taken back")?;
    ensure(undone.face == desk.face(0)?, || format!("not the last answer: {undone:?}"))?;
    let memory = undone.memory.ok_or("no memory")?;
    ensure(memory.due == DAY.plus(3001), || format!("{memory:?}"))
}

fn memories_can_be_set(desk: &mut Desk) -> Outcome {
    let memory = desk.answer(0, 4, DAY)?.after.ok_or("no memory")?;
    let wanted = recto::schedule::Memory { ease: 210, interval: 40, due: DAY.plus(40), ..memory };
    desk.store.set_memory(desk.face(1)?, Some(wanted), &moment(DAY))?;
    desk.store.set_memory(desk.face(0)?, None, &moment(DAY))?;
    let kept = desk.store.face(desk.face(1)?)?.ok_or("no face")?.memory;
    ensure(kept == Some(wanted), || format!("{kept:?}"))?;
    expect_counts(&desk.queue(DAY.plus(40))?, (1, 5, 0))?;
    let next = desk.answer(1, 4, DAY.plus(40))?.after.ok_or("no memory")?;
    // One good answer in a row came with it, so this is the second.
    ensure((next.ease, next.interval) == (210, 6), || format!("{next:?}"))
}

fn backlog_is_spread(desk: &mut Desk) -> Outcome {
    let many: Vec<Card> = (100..200).map(|number| fact(number, &format!("Q{number}"), "a")).collect();
    store::update(&desk.path(), &deck(&many), 2)?;
    for number in 0..100 {
        desk.answer(number, 4, DAY)?;
    }
    let wanted = Wanted { spread: 4, order: Order::Oldest, ..Wanted::default() };
    let today = DAY.plus(3);
    let queue = desk.store.queue(&wanted, today)?;
    ensure(queue.due.len() == 25 && queue.later == 75, || format!("{} due, {} later", queue.due.len(), queue.later))?;
    for face in &queue.due[..10] {
        let response = Response { face: face.face, grade: Grade::GOOD, taken: 1, kind: AnswerKind::Review };
        desk.store.record(&response, &moment(today))?;
    }
    // The share of the day stays what it was when the session is taken up again.
    let rest = desk.store.queue(&wanted, today)?;
    ensure(rest.due == queue.due[10..], || format!("{} due", rest.due.len()))?;
    let all = desk.store.queue(&Wanted { spread: 0, ..wanted }, today)?;
    ensure(all.due.len() == 90, || format!("{} due", all.due.len()))
}

fn cramming_changes_nothing(desk: &mut Desk) -> Outcome {
    let before = desk.answer(0, 4, DAY)?.after;
    let after = desk.answer_as(AnswerKind::Cram, (0, 0), DAY)?.after;
    ensure(before == after, || format!("{after:?}"))?;
    let crammed = desk.store.queue(&Wanted { cram: true, ..Wanted::default() }, DAY)?;
    expect_counts(&crammed, (1, 0, 0))?;
    expect_counts(&desk.queue(DAY)?, (0, 5, 0))
}

fn sessions_exclude_each_other(desk: &mut Desk) -> Outcome {
    let lock = SessionLock::take(&desk.path())?;
    let second = SessionLock::take(&desk.path());
    ensure(matches!(second, Err(StoreError::InSession { .. })), || format!("{second:?}"))?;
    drop(lock);
    SessionLock::take(&desk.path()).map(drop)?;
    let missing = Store::open(&desk.folder.path().join("none.db")).err().map(|error| error.to_string());
    ensure(missing.is_some_and(|words| words.contains("recto build")), || "opened what is not there".to_owned())
}
