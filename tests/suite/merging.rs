//! Uniting two devices that both know what Anki knows: its answers, its states, and what is answered since.

use crate::keeping::{dump, expect_clean};
use crate::review::{DAY, cards, moment};
use crate::store::deck;
use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use recto::schedule::{Answer, Day, Grade, Scheduler};
use recto::store::{self, AnkiState, AnswerKind, Arrival, ArrivedAnswer, ArrivedFace, Filter, Response, Store};
use rusqlite::Connection;
use std::path::Path;

/// One test for each of the ways.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("merging: what one device has from Anki comes to the other, in either order", from_one),
        Trial::test("merging: what both devices have from Anki counts once", from_both),
        Trial::test("merging: faces keep their numbers, and what changed in them", numbers_stay),
    ]
}

/// What Anki knows of the card of that number: three answers, and the state that follows.
fn arrival(card: usize, from: Day) -> Arrival {
    let scheduler = Scheduler::default();
    let mut memory = None;
    let mut day = from;
    let mut answers = Vec::new();
    for (number, grade) in (0_i64..).zip([Grade::GOOD, Grade::AGAIN, Grade::GOOD]) {
        let mut moment = moment(day);
        moment.at += i64::try_from(card).unwrap_or(0) * 1_000 + number;
        answers.push(ArrivedAnswer { moment, grade: Some(grade), taken: 4_000, row: [3, 1, 2_500, 1] });
        let after = scheduler.answer(memory.as_ref(), Answer { grade, day, drill: false });
        (memory, day) = (Some(after), after.due);
    }
    let state =
        AnkiState { day_zero: 20_000, stage: 2, queue: 2, due: 800, interval: 3, ease: 2_500, ..AnkiState::default() };
    let state = AnkiState { repetitions: 3, lapses: 1, data: format!("{{\"card\":{card}}}"), ..state };
    let face = ArrivedFace { slot: None, answers, memory, suspended: false, buried: false, flag: 3, state };
    Arrival { card: format!("card{card:08}"), faces: vec![face] }
}

fn open(folder: &Path, name: &str) -> Result<Store, Failed> {
    let path = folder.join(name);
    store::update(&path, &deck(&cards()), 1)?;
    Ok(Store::open(&path)?)
}

fn answer(store: &mut Store, day: Day) -> Outcome {
    let face = store.faces(&Filter::default(), day)?[1].face;
    store.record(&Response { face, grade: Grade::EASY, taken: 9, kind: AnswerKind::Review }, &moment(day))?;
    Ok(())
}

/// All that the database says, with what came from Anki.
fn told(path: &Path) -> Result<String, Failed> {
    let database = Connection::open(path)?;
    let mut out = dump(path)?;
    for sql in [
        "SELECT log.id, anki.interval, anki.last_interval, anki.ease, anki.stage
           FROM anki_answers AS anki JOIN reviews AS log ON log.seq = anki.review ORDER BY log.id",
        "SELECT card, key, log.id, day_zero, stage, queue, due, interval, anki.ease, repetitions, lapses, remaining, data
           FROM anki_cards AS anki JOIN faces ON faces.id = anki.face JOIN reviews AS log ON log.seq = anki.last_review
          ORDER BY card, key",
        "SELECT card, key, number, changed_from, changed_at FROM faces ORDER BY card, key",
    ] {
        out.push_str(&crate::database::rows(&database, sql)?.join("\n"));
        out.push('\n');
    }
    Ok(out)
}

/// Merges each into a copy of the other; what both then say, which must be the same, also a second time.
fn united(folder: &Path, [first, second]: [&str; 2]) -> Result<(String, Store), Failed> {
    let copy = |name: &str| -> Result<_, Failed> {
        let path = folder.join(format!("copy-{name}"));
        Store::open(&folder.join(name))?.back_up(&path)?;
        Ok(path)
    };
    let (ab, ba) = (copy(first)?, copy(second)?);
    let (mut into_first, mut into_second) = (Store::open(&ab)?, Store::open(&ba)?);
    into_first.merge(&folder.join(second))?;
    into_second.merge(&folder.join(first))?;
    let said = told(&ab)?;
    support::same_text("either order", &said, &told(&ba)?)?;
    let again = (into_first.merge(&ba)?, into_second.merge(&ab)?);
    ensure(again.0.rows + again.1.rows == 0, || format!("{again:?}"))?;
    support::same_text("once more", &said, &told(&ab)?)?;
    expect_clean(&mut into_first)?;
    expect_clean(&mut into_second)?;
    Ok((said, into_first))
}

fn from_one() -> Outcome {
    let folder = support::temporary()?;
    let (mut first, mut second) = (open(folder.path(), "a.db")?, open(folder.path(), "b.db")?);
    answer(&mut second, DAY)?;
    first.bring_in(&[arrival(1, DAY.minus(20)), arrival(4, DAY.minus(9))], &moment(DAY))?;
    answer(&mut second, DAY.plus(1))?;
    drop((first, second));
    let (said, store) = united(folder.path(), ["a.db", "b.db"])?;
    ensure(said.contains("{\"card\":1}") && said.contains("{\"card\":4}"), || said.clone())?;
    let progress = store.progress(DAY)?;
    ensure(format!("{progress:?}").contains("{\\\"card\\\":4}"), || format!("{progress:?}"))
}

fn from_both() -> Outcome {
    let folder = support::temporary()?;
    let (mut first, mut second) = (open(folder.path(), "a.db")?, open(folder.path(), "b.db")?);
    // On one of them something was answered here already, so that its rows have other places in the log.
    answer(&mut second, DAY)?;
    for (store, day) in [(&mut first, DAY), (&mut second, DAY.plus(2))] {
        let mut arrival = arrival(1, DAY.minus(20));
        let put_off = ArrivedAnswer { moment: moment(DAY.minus(1)), grade: None, taken: 0, row: [9, 3, 2_500, 4] };
        arrival.faces[0].answers.push(put_off);
        store.bring_in(&[arrival], &moment(day))?;
    }
    drop((first, second));
    let (_, store) = united(folder.path(), ["a.db", "b.db"])?;
    let database = Connection::open(store.path())?;
    let counts: (i64, i64) = database.query_row(
        "SELECT sum(kind = 'import'), (SELECT count(*) FROM answers WHERE kind = 'import') FROM reviews",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    ensure(counts == (6, 3), || format!("{counts:?}"))?;
    let progress = store.progress(DAY)?;
    let remarks = progress.0.values().flatten().flat_map(|face| &face.answers).filter(|given| given.grade.is_none());
    ensure(remarks.count() == 1, || "what Anki noted counts once".to_owned())
}

fn numbers_stay() -> Outcome {
    let folder = support::temporary()?;
    drop(open(folder.path(), "a.db")?);
    let path = folder.path().join("b.db");
    let mut more = cards();
    more.push(crate::store::cloze(7, "one two", &[(1, "one"), (2, "two")]));
    more[0].lineage.was = Some(recto::card::Was { answer: "was another".to_owned(), at: 5 });
    store::update(&path, &deck(&more), 50)?;
    let (said, _) = united(folder.path(), ["a.db", "b.db"])?;
    ensure(said.contains("card00000007 gap:two 2") || said.contains("card00000007 gap:two 1"), || said.clone())
}
