//! What a session waits for, with 100,000 cards and a million answers in the log: the first card, and
//! the next one with its answer on the disc.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use recto::schedule::{Day, Grade, Moment};
use recto::store::{self, AnswerKind, Response, Store, Wanted};
use rusqlite::Connection;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

const TODAY: Day = Day(20_784);

/// Cards, faces, ten answers each for the first 95 of 100, and memories of which 1 in 40 is due.
const FILL: &str = "
    PRAGMA synchronous = OFF;
    BEGIN;
    CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
    SELECT i FROM n;
    INSERT INTO cards (id, position, deck, kind, rule, trail, tags, why, file, line, end_line, hash, added_at,
        changed_at, retired_at) SELECT printf('c%011d', i), i, 'Exam::D' || (i % 50), 'fact', 'term', '[\"Exam\"]', '[\"aws\"]',
        NULL, 'notes.md', i + 1, i + 1, 'h', 1, 1, NULL FROM n;
    INSERT INTO faces (id, card, key, position, front, back, retired_at) SELECT i + 1, printf('c%011d', i), 'front', 0, 'Question ' || i, 'The answer', NULL FROM n;
    INSERT INTO decks VALUES ('Exam', 'sm2', 0.9, 36500, 20, NULL, NULL, NULL, NULL);
    INSERT INTO reviews (id, face, at, stamp, utc_offset, day, kind, grade, taken, scheduler)
    SELECT 'r' || (turn.i * 100000 + n.i), n.i + 1, (turn.i * 100000 + n.i) * 30000, turn.i * 100000 + n.i, 60,
           20000 + turn.i * 60, 'review', 4, 6000, 'sm2'
      FROM n AS turn JOIN n ON n.i < 95000 WHERE turn.i < 11 ORDER BY turn.i, n.i;
    INSERT INTO memories SELECT i + 1, 'sm2', 250, 200, 11, 0, 20600, 20784 + i % 200 - 5, 200.0, 5.0, 950000 + i + 1
      FROM n WHERE i < 95000;
    COMMIT;
    ANALYZE;";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let path = folder.path().join("recto.db");
    store::update(&path, &recto::card::Deck::default(), 1)?;
    Connection::open(&path)?.execute_batch(FILL)?;
    println!("a database of {} MB", std::fs::metadata(&path)?.len() >> 20);
    let mut first: Vec<f64> = (0..7).map(|_| first_card(&path)).collect::<Result<_, _>>()?;
    println!("first card: {:.0} ms (median of 7)", median(&mut first));
    let mut next = answers(&path)?;
    next.sort_by(f64::total_cmp);
    let (middle, slow) = (next[next.len() / 2], next[next.len() * 99 / 100]);
    println!("answer on the disc and next card: {middle:.1} ms, {slow:.1} ms at worst of 100");
    Ok(())
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// Opens the database and draws the day's queue, as `recto review` does.
fn first_card(path: &Path) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    let store = Store::open(path)?;
    let queue = store.queue(&Wanted { spread: 7, ..Wanted::default() }, TODAY)?;
    let face = queue.mixed()[0].face;
    store.face(face)?;
    store.preview(face, TODAY)?;
    let time = milliseconds(start);
    assert!(queue.due.len() > 400 && queue.new.len() == 20, "{} due, {} new", queue.due.len(), queue.new.len());
    Ok(time)
}

fn answers(path: &Path) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut store = Store::open(path)?;
    let queue = store.queue(&Wanted { spread: 1, ..Wanted::default() }, TODAY)?;
    let mut times = Vec::new();
    for (number, pair) in (0_i64..).zip(queue.due.windows(2).take(300)) {
        let start = Instant::now();
        let moment = Moment { at: 1_795_000_000_000 + number * 1000, utc_offset: 60, day: TODAY };
        let response = Response { face: pair[0].face, grade: Grade::GOOD, taken: 900, kind: AnswerKind::Review };
        store.record(&response, &moment)?;
        store.face(pair[1].face)?;
        store.preview(pair[1].face, TODAY)?;
        times.push(milliseconds(start));
    }
    Ok(times)
}
