//! That nothing answered is ever lost: checks, copies, merges, older versions, and programs killed at work.

use crate::review::{DAY, cards, moment};
use crate::schedule::Dice;
use crate::store::{deck, fact};
use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use recto::card::Card;
use recto::schedule::{Day, Memory};
use recto::store::{
    self, AnswerKind, FaceId, Filter, Marks, Response, SessionLock, Store, StoreError, Verdict, backup,
};
use recto::study::{DeckPlan, Study};
use rusqlite::Connection;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A test in a folder of its own.
type Check = fn(&Path) -> Outcome;

const CHECKS: &[(&str, Check)] = &[
    ("a sound database is found sound", soundness_is_found),
    ("memories that stray are found and mended", strays_are_mended),
    ("a row of the log that was tampered with is named", tampering_is_named),
    ("another scheduler replays the log, and back again", schedulers_are_switched),
    ("copies are made once a day, and ten are kept", copies_are_kept),
    ("a copy is put back, and what it replaced is kept", copies_are_put_back),
    ("a copy that is no database is refused", bad_copies_are_refused),
    ("every older version opens, with a copy of it kept", older_versions_open),
    ("merging gives the same in either order, and twice is once", merging_commutes),
    ("a gap reworded on one device keeps the answers of both", merging_follows_rewording),
    ("what was confirmed survives kill -9", kills_lose_nothing),
    ("two programs that answer at once both get their say", two_programs_take_turns),
];

/// One test for each line of [`CHECKS`].
pub(crate) fn trials() -> Vec<Trial> {
    let trial = |(name, check): &'static (&str, Check)| {
        Trial::test(format!("keeping: {name}"), || {
            let folder: TempDir = support::temporary()?;
            check(folder.path())
        })
    };
    CHECKS.iter().map(trial).collect()
}

/// The variable that makes the test binary answer cards until it is killed.
const ANSWERER: &str = "RECTO_TEST_ANSWERER";

/// How often a program is killed; `RECTO_KILLS` asks for more.
const KILLS: usize = 12;

fn database(folder: &Path) -> PathBuf {
    folder.join("recto.db")
}

fn fresh(folder: &Path, cards: &[Card]) -> Result<Store, Failed> {
    store::update(&database(folder), &deck(cards), 1)?;
    Ok(Store::open(&database(folder))?)
}

fn many() -> Vec<Card> {
    (0..40).map(|number| fact(number, &format!("Question {number}"), "answer")).collect()
}

fn faces(store: &Store) -> Result<Vec<FaceId>, Failed> {
    Ok(store.faces(&Filter::default(), DAY)?.iter().map(|face| face.face).collect())
}

/// Answers faces by chance over some days, and now and then takes back, sets or marks.
fn study(store: &mut Store, dice: &mut Dice, (from, answers): (Day, usize)) -> Outcome {
    let faces = faces(store)?;
    let mut day = from;
    for _ in 0..answers {
        day = day.plus(dice.roll(3));
        let mut moment = moment(day);
        moment.at += i64::from(dice.roll(30_000_000));
        let face = faces[dice.roll(u32::try_from(faces.len())?) as usize];
        match dice.roll(12) {
            0 => drop(store.undo(&moment)?),
            1 => store.mark(face, Marks { suspended: dice.roll(2) == 0, buried_until: None, flag: 2 }, moment.at)?,
            2 => {
                let memory = store.face(face)?.and_then(|face| face.memory);
                let later = memory.map(|memory| Memory { interval: 30, due: day.plus(30), ..memory });
                store.set_memory(face, later, &moment)?;
            }
            roll => {
                let kind = [AnswerKind::Review, AnswerKind::Drill, AnswerKind::Cram]
                    [usize::from(roll > 8) * (roll as usize % 3)];
                store.record(&Response { face, grade: dice.grade(), taken: dice.roll(9000), kind }, &moment)?;
            }
        }
    }
    Ok(())
}

pub(crate) fn expect_clean(store: &mut Store) -> Result<Verdict, Failed> {
    let verdict = store.verify(false)?;
    ensure(verdict.is_clean(), || format!("{verdict:?}"))?;
    Ok(verdict)
}

fn soundness_is_found(folder: &Path) -> Outcome {
    let mut store = fresh(folder, &cards())?;
    study(&mut store, &mut Dice(7), (DAY, 200))?;
    let verdict = expect_clean(&mut store)?;
    ensure(verdict.rows > 150 && verdict.faces == 6, || format!("{verdict:?}"))
}

fn strays_are_mended(folder: &Path) -> Outcome {
    let mut store = fresh(folder, &cards())?;
    study(&mut store, &mut Dice(8), (DAY, 100))?;
    let before = dump(&database(folder))?;
    let other = Connection::open(database(folder))?;
    let last: i64 = other.query_row("SELECT max(face) FROM memories", [], |row| row.get(0))?;
    other.execute("UPDATE memories SET due = due + 1 WHERE face = 1", [])?;
    other.execute("DELETE FROM memories WHERE face = ?", [last])?;
    drop(other);
    let verdict = store.verify(false)?;
    ensure(verdict.stray == [FaceId(1), FaceId(last)] && !verdict.needs_backup(), || format!("{verdict:?}"))?;
    store.verify(true)?;
    expect_clean(&mut store)?;
    support::same_text("after mending", &before, &dump(&database(folder))?)
}

fn tampering_is_named(folder: &Path) -> Outcome {
    let mut store = fresh(folder, &cards())?;
    study(&mut store, &mut Dice(9), (DAY, 60))?;
    let other = Connection::open(database(folder))?;
    other.execute_batch(
        "DROP TRIGGER reviews_are_not_changed;
         UPDATE reviews SET grade = (grade + 1) % 6 WHERE seq = (SELECT min(seq) FROM reviews WHERE grade IS NOT NULL);",
    )?;
    let verdict = store.verify(true)?;
    ensure(verdict.damaged.len() == 1 && verdict.needs_backup(), || format!("{verdict:?}"))
}

fn schedulers_are_switched(folder: &Path) -> Outcome {
    let mut store = fresh(folder, &many())?;
    study(&mut store, &mut Dice(10), (DAY, 300))?;
    let before = dump(&database(folder))?;
    let switch = |name: &str| -> Outcome {
        let scheduler = recto::schedule::algorithm(name);
        let mut planned = deck(&many());
        let study = Study { scheduler, ..Study::default() };
        planned.plans = vec![DeckPlan { name: "Cloud::Storage".to_owned(), study }];
        store::update(&database(folder), &planned, 5)?;
        Ok(())
    };
    switch("fsrs")?;
    let names = format!("{:?}", schedulers(folder)?);
    ensure(names == "[\"fsrs\"]", || names)?;
    expect_clean(&mut Store::open(&database(folder))?)?;
    ensure(dump(&database(folder))? != before, || "FSRS gives the same days as SM-2".to_owned())?;
    switch("sm2")?;
    expect_clean(&mut Store::open(&database(folder))?)?;
    support::same_text("back with SM-2", &before, &dump(&database(folder))?)
}

fn schedulers(folder: &Path) -> Result<Vec<String>, Failed> {
    let database = Connection::open(database(folder))?;
    let mut statement = database.prepare("SELECT DISTINCT scheduler FROM memories")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn copies_are_kept(folder: &Path) -> Outcome {
    let mut store = fresh(folder, &cards())?;
    for day in 0..13 {
        study(&mut store, &mut Dice(day), (DAY, 3))?;
        let today = DAY.plus(u32::try_from(day)?);
        ensure(store.back_up_daily(today)?.is_some(), || "no copy was made".to_owned())?;
        ensure(store.back_up_daily(today)?.is_none(), || "a second copy on one day".to_owned())?;
    }
    let names: Vec<_> = fs::read_dir(backup::folder(&database(folder)))?.collect::<Result<_, _>>()?;
    ensure(names.len() == 10, || format!("{names:?}"))?;
    let copies = backup::list(&database(folder));
    let (last, first) = (copies.iter().max(), copies.iter().min());
    let is_of = |path: Option<&PathBuf>, day: Day| path.is_some_and(|path| path.ends_with(format!("{day}.db")));
    ensure(is_of(last, DAY.plus(12)) && is_of(first, DAY.plus(3)), || format!("{copies:?}"))?;
    let last = last.ok_or("no copy")?;
    support::same_text("the last copy", &dump(&database(folder))?, &dump(last)?)
}

fn copies_are_put_back(folder: &Path) -> Outcome {
    let mut store = fresh(folder, &cards())?;
    study(&mut store, &mut Dice(11), (DAY, 20))?;
    let copy = store.back_up_daily(DAY)?.ok_or("no copy")?;
    let then = dump(&database(folder))?;
    study(&mut store, &mut Dice(12), (DAY, 20))?;
    drop(store);
    // Whatever became of the database, and of a journal beside it.
    let whole = fs::read(database(folder))?;
    fs::write(database(folder), &whole[..whole.len() / 2])?;
    fs::write(folder.join("recto.db-journal"), "left behind")?;
    let lock = SessionLock::take(&database(folder))?;
    let refused = backup::restore(&database(folder), &copy);
    ensure(matches!(refused, Err(StoreError::InSession { .. })), || format!("{refused:?}"))?;
    drop(lock);
    let kept = backup::restore(&database(folder), &copy)?.ok_or("nothing was kept")?;
    support::same_text("put back", &then, &dump(&database(folder))?)?;
    ensure(fs::read(kept)? == whole[..whole.len() / 2], || "what was replaced is not what was kept".to_owned())?;
    expect_clean(&mut Store::open(&database(folder))?).map(drop)
}

fn bad_copies_are_refused(folder: &Path) -> Outcome {
    drop(fresh(folder, &cards())?);
    let before = fs::read(database(folder))?;
    let bad = folder.join("bad.db");
    for bytes in [&b"no database"[..], &before[..before.len() / 2], b""] {
        fs::write(&bad, bytes)?;
        let (restored, merged) =
            (backup::restore(&database(folder), &bad), Store::open(&database(folder))?.merge(&bad));
        ensure(restored.is_err() && merged.is_err(), || format!("{restored:?} {merged:?}"))?;
    }
    ensure(backup::restore(&database(folder), &folder.join("none.db")).is_err(), || "nothing was put back".to_owned())?;
    ensure(fs::read(database(folder))? == before, || "the database was written to".to_owned())
}

fn older_versions_open(folder: &Path) -> Outcome {
    let fixtures = support::root().join("tests/databases");
    let mut versions = 0;
    for entry in fs::read_dir(fixtures)? {
        let fixture = entry?.path();
        versions += 1;
        let place = folder.join(versions.to_string());
        fs::create_dir(&place)?;
        fs::copy(&fixture, database(&place))?;
        let mut store = Store::open(&database(&place))?;
        expect_clean(&mut store)?;
        let memory = store.face(FaceId(1))?.and_then(|face| face.memory).ok_or("no memory")?;
        let got = (memory.ease, memory.interval, memory.repetitions, memory.due, memory.answered);
        let wanted = (260, 6, 2, Day(20_461), Day(20_455));
        ensure(got == wanted, || format!("{}: {got:?}", fixture.display()))?;
        let undone = store.face(FaceId(2))?.and_then(|face| face.memory).ok_or("no memory")?;
        ensure((undone.lapses, undone.due) == (0, Day(20_456)), || format!("{undone:?}"))?;
        let copies = backup::list(&database(&place));
        let old = !fixture.ends_with(format!("v{}.db", store::VERSION));
        ensure(copies.len() == usize::from(old), || format!("{copies:?}"))?;
    }
    ensure(versions == store::VERSION, || format!("{versions} fixtures, of versions up to {}", store::VERSION))
}

/// All that a database says, in an order that does not depend on where it was written.
pub(crate) fn dump(path: &Path) -> Result<String, Failed> {
    let database = Connection::open(path)?;
    let queries = [
        "SELECT id, deck, kind, hash, added_at, changed_at, retired_at FROM cards ORDER BY id",
        "SELECT card, key, front, back, retired_at FROM faces ORDER BY card, key",
        "SELECT log.id, card, key, at, stamp, day, kind, grade, taken, undone.id, log.checksum
           FROM reviews AS log JOIN faces ON faces.id = log.face
                LEFT JOIN (SELECT seq, id FROM reviews) AS undone ON undone.seq = log.undoes
          ORDER BY log.id",
        "SELECT card, key, memories.scheduler, ease, interval, repetitions, lapses, answered, due, stability,
                difficulty, reviews.id
           FROM memories JOIN faces ON faces.id = memories.face JOIN reviews ON reviews.seq = last_review
          ORDER BY card, key",
        "SELECT card, key, suspended, buried_until, flag, marks.changed_at
           FROM marks JOIN faces ON faces.id = marks.face ORDER BY card, key",
        "SELECT * FROM fits ORDER BY fitted_at",
    ];
    let mut out = String::new();
    for query in queries {
        for row in crate::database::rows(&database, query)? {
            out.push_str(&row);
            out.push('\n');
        }
    }
    Ok(out)
}

fn merging_commutes(folder: &Path) -> Outcome {
    for seed in 0..6 {
        let place = folder.join(seed.to_string());
        fs::create_dir(&place)?;
        let mut first = fresh(&place, &cards())?;
        let mut dice = Dice(seed);
        study(&mut first, &mut dice, (DAY, 30))?;
        let paths = ["b.db", "ab.db", "ba.db"].map(|name| place.join(name));
        first.back_up(&paths[0])?;
        let mut second = Store::open(&paths[0])?;
        // Both go on, at the same time and with other notes.
        study(&mut first, &mut dice, (DAY.plus(9), 40))?;
        study(&mut second, &mut dice, (DAY.plus(9), 40))?;
        let mut more = cards();
        more.push(fact(9, "EBS", "blocks"));
        more.remove(1);
        store::update(&paths[0], &deck(&more), 900)?;
        study(&mut second, &mut dice, (DAY.plus(20), 10))?;
        first.back_up(&paths[1])?;
        second.back_up(&paths[2])?;
        let (mut ab, mut ba) = (Store::open(&paths[1])?, Store::open(&paths[2])?);
        let came = ab.merge(&paths[0])?;
        ensure(came.rows > 20 && came.cards == 1, || format!("{came:?}"))?;
        ba.merge(&database(&place))?;
        let united = dump(&paths[1])?;
        support::same_text("either order", &united, &dump(&paths[2])?)?;
        let again = (ab.merge(&paths[0])?, ab.merge(&paths[2])?, ba.merge(&paths[1])?);
        ensure(again.0.rows + again.1.rows + again.2.rows == 0, || format!("{again:?}"))?;
        support::same_text("once more", &united, &dump(&paths[1])?)?;
        expect_clean(&mut ab)?;
        expect_clean(&mut ba)?;
    }
    Ok(())
}

fn merging_follows_rewording(folder: &Path) -> Outcome {
    let gap = |words: &str| vec![crate::store::cloze(1, &format!("buffers for {words}"), &[(1, words)])];
    let mut first = fresh(folder, &gap("60 seconds"))?;
    let answer = |store: &mut Store, day: Day| -> Outcome {
        let face = faces(store)?[0];
        let response = Response { face, grade: recto::schedule::Grade::GOOD, taken: 1, kind: AnswerKind::Review };
        store.record(&response, &moment(day))?;
        Ok(())
    };
    answer(&mut first, DAY)?;
    let path = folder.join("b.db");
    first.back_up(&path)?;
    let mut second = Store::open(&path)?;
    store::update(&path, &deck(&gap("60 s")), 50)?;
    answer(&mut first, DAY.plus(1))?;
    answer(&mut second, DAY.plus(7))?;
    let aside = folder.join("a.db");
    first.back_up(&aside)?;
    first.merge(&path)?;
    second.merge(&aside)?;
    let memory = first.face(faces(&first)?[0])?.and_then(|face| face.memory).ok_or("no memory")?;
    ensure((memory.repetitions, faces(&first)?.len()) == (3, 1), || format!("{memory:?}"))?;
    support::same_text("either order", &dump(&database(folder))?, &dump(&path)?)
}

/// Answers cards for ever and says so, each time an answer is kept; does nothing where it was not asked to.
pub(crate) fn answer_until_killed() -> bool {
    let Some(path) = std::env::var_os(ANSWERER) else { return false };
    let work = || -> Outcome {
        let mut store = Store::open(Path::new(&path))?;
        let faces = faces(&store)?;
        let mut dice = Dice(u64::from(std::process::id()));
        let mut out = std::io::stdout().lock();
        for round in 0_u32.. {
            let face = faces[dice.roll(u32::try_from(faces.len())?) as usize];
            let response = Response { face, grade: dice.grade(), taken: 1, kind: AnswerKind::Review };
            let seq = store.record(&response, &moment(DAY.plus(round)))?.seq;
            writeln!(out, "{seq} {} {}", face.0, response.grade.number())?;
            out.flush()?;
        }
        Ok(())
    };
    // An answer that fails is missed by the one who counts.
    let _ = work();
    true
}

fn answerer(path: &Path) -> Result<std::process::Child, Failed> {
    let mut command = Command::new(std::env::current_exe()?);
    Ok(command.env(ANSWERER, path).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn()?)
}

fn kills_lose_nothing(folder: &Path) -> Outcome {
    let path = database(folder);
    drop(fresh(folder, &many())?);
    let kills = std::env::var("RECTO_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let (mut dice, mut confirmed) = (Dice(5), 0);
    for _ in 0..kills {
        let mut child = answerer(&path)?;
        std::thread::sleep(Duration::from_millis(u64::from(15 + dice.roll(120))));
        child.kill()?;
        child.wait()?;
        let said: Vec<String> =
            BufReader::new(child.stdout.take().ok_or("no output")?).lines().collect::<Result<_, _>>()?;
        // What was half said was not confirmed.
        let whole = said.iter().filter(|line| line.split(' ').count() == 3).count();
        confirmed += whole;
        check_confirmed(&path, &said[..whole])?;
    }
    let mut store = Store::open(&path)?;
    let verdict = expect_clean(&mut store)?;
    // A program may die between keeping an answer and saying so: once each, no more.
    let ahead = verdict.rows.saturating_sub(confirmed);
    ensure(verdict.rows >= confirmed && ahead <= kills && confirmed > 0, || format!("{confirmed}, {verdict:?}"))?;
    if kills > KILLS {
        let told =
            format!("{kills} kills: {confirmed} confirmed answers kept, {ahead} kept before they were confirmed\n");
        std::io::stdout().write_all(told.as_bytes())?;
    }
    Ok(())
}

/// Whether each confirmed answer is in the log, once, and at most one that was not confirmed yet.
fn check_confirmed(path: &Path, said: &[String]) -> Outcome {
    let database = Connection::open(path)?;
    for line in said {
        let numbers: Vec<i64> = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
        let sql = "SELECT count(*) FROM reviews WHERE seq = ?1 AND face = ?2 AND grade = ?3";
        let count: i64 = database.query_row(sql, (numbers[0], numbers[1], numbers[2]), |row| row.get(0))?;
        ensure(count == 1, || format!("`{line}` was confirmed and is not there"))?;
    }
    let Some(last) = said.last().and_then(|line| line.split(' ').next()) else { return Ok(()) };
    let sql = "SELECT count(*) FROM reviews WHERE seq > ?";
    let ahead: i64 = database.query_row(sql, [last.parse::<i64>()?], |row| row.get(0))?;
    ensure(ahead <= 1, || format!("{ahead} answers that nobody was told of"))
}

fn two_programs_take_turns(folder: &Path) -> Outcome {
    let path = database(folder);
    drop(fresh(folder, &many())?);
    let mut children = [answerer(&path)?, answerer(&path)?];
    std::thread::sleep(Duration::from_millis(700));
    let mut confirmed = 0;
    for child in &mut children {
        child.kill()?;
        child.wait()?;
        let said = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        confirmed += said.map_while(Result::ok).filter(|line| line.split(' ').count() == 3).count();
    }
    let verdict = expect_clean(&mut Store::open(&path)?)?;
    ensure((confirmed..=confirmed + 2).contains(&verdict.rows), || format!("{confirmed} confirmed, {verdict:?}"))
}
