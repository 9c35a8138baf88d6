//! Faults injected for real: programs killed at work, full discs, folders that cannot be written to, files that
//! vanish while they are read, two programs at once, and files that were damaged. `docs/faults.md` has the table.

use crate::schedule::Dice;
use crate::support::{self, Outcome, ensure, printed};
use libtest_mimic::{Failed, Trial};
use recto::store::Store;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A test in a folder of its own.
type Check = fn(&Path) -> Outcome;

const CHECKS: &[(&str, Check)] = &[
    ("a build that is killed leaves every file old or new, and no answer is lost", killed_builds),
    ("an import that is killed leaves nothing half done", killed_imports),
    ("a migration that is killed leaves the old version or the new", killed_migrations),
    ("a full disc is named, and what was there stays", full_discs),
    ("a folder that cannot be written to is named before a session begins", read_only_folders),
    ("notes that vanish and change while they are read are findings", vanishing_notes),
    ("two builds at once leave one sound result", two_builds),
    ("a build beside an open session waits for its turn", build_beside_session),
    ("a damaged database is refused or read, never believed", damaged_databases),
    ("a damaged identity file stops the build, and nothing starts anew", damaged_locks),
    ("a damaged package is refused as a whole", damaged_packages),
];

/// One test for each line of [`CHECKS`].
pub(crate) fn trials() -> Vec<Trial> {
    let trial = |(name, check): &'static (&str, Check)| {
        Trial::test(format!("faults: {name}"), || {
            let folder = support::temporary()?;
            check(folder.path())
        })
    };
    let mut trials: Vec<Trial> = CHECKS.iter().map(trial).collect();
    trials.push(Trial::test("faults: docs/faults.md names only tests that there are", page_is_true));
    trials
}

/// How often each thing is tried; `RECTO_KILLS` asks for more.
fn times(usual: u32) -> u32 {
    std::env::var("RECTO_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(usual)
}

/// Prints what was counted, where more than the usual was asked for.
fn tell(words: &str) -> Outcome {
    if std::env::var_os("RECTO_KILLS").is_some() {
        std::io::stdout().write_all(format!("{words}\n").as_bytes())?;
    }
    Ok(())
}

/// A note of questions; another edition has other answers.
fn note(questions: u32, edition: u32) -> String {
    let question = |number| format!("Q: What is the word for {number}?\nA: word {number} of edition {edition}\n\n");
    format!("# Words\n\n{}", (0..questions).map(question).collect::<String>())
}

fn recto(folder: &Path, arguments: &[&str]) -> Result<Output, Failed> {
    support::run(support::recto(folder).args(arguments))
}

fn succeeds(folder: &Path, arguments: &[&str]) -> Outcome {
    let output = recto(folder, arguments)?;
    ensure(output.status.success(), || format!("{arguments:?}\n{}", printed(&output)))
}

/// Runs the program and kills it after so many microseconds; whether it was still at work.
fn killed(folder: &Path, arguments: &[&str], after: u64) -> Result<bool, Failed> {
    let mut command = support::recto(folder);
    let mut child = command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    std::thread::sleep(Duration::from_micros(after));
    let at_work = child.try_wait()?.is_none();
    child.kill()?;
    child.wait()?;
    Ok(at_work)
}

/// How long the program takes when nobody disturbs it, in microseconds.
fn whole(folder: &Path, arguments: &[&str]) -> Result<u64, Failed> {
    let start = Instant::now();
    succeeds(folder, arguments)?;
    Ok(u64::try_from(start.elapsed().as_micros())?)
}

fn moment(dice: &mut Dice, whole: u64) -> u64 {
    whole * u64::from(dice.roll(1_100)) / 1_000
}

/// The files of a folder with their bytes, but the database, copies, drafts and what is kept to save work.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failed> {
    let names = support::files_below(folder).into_iter().map(|path| support::slashed(&path));
    let kept = names.filter(|name| !name.contains("recto.db") && !name.starts_with(".recto"));
    kept.map(|name| Ok((name.clone(), fs::read(folder.join(&name))?))).collect()
}

/// Opens the database, lets everything be verified, and counts the answers that count.
fn answers(folder: &Path) -> Result<i64, Failed> {
    let path = folder.join("decks/recto.db");
    let verdict = Store::open(&path)?.verify(false)?;
    ensure(verdict.is_clean(), || format!("{verdict:?}"))?;
    Ok(Connection::open(path)?.query_row("SELECT count(*) FROM answers", [], |row| row.get(0))?)
}

/// Answers so many new cards in a plain session.
fn review(folder: &Path, cards: usize) -> Outcome {
    let mut command = support::recto(folder);
    let input = folder.join("typed");
    fs::write(&input, "\n4\n".repeat(cards) + "q\n")?;
    let output = support::run(command.args(["review", "--plain", "--new", "40"]).stdin(fs::File::open(&input)?))?;
    ensure(output.status.success(), || printed(&output))
}

fn killed_builds(folder: &Path) -> Outcome {
    let edition = |round: u32| fs::write(folder.join("notes.md"), note(300, round));
    let decks = folder.join("decks");
    edition(0)?;
    succeeds(folder, &["build", "notes.md"])?;
    edition(1)?;
    let time = whole(folder, &["build", "notes.md"])?;
    review(folder, 20)?;
    let (mut dice, mut at_work) = (Dice(21), 0);
    for round in 2..2 + times(8) {
        let before = files(&decks)?;
        edition(round)?;
        at_work += u32::from(killed(folder, &["build", "notes.md"], moment(&mut dice, time))?);
        let left = files(&decks)?;
        let kept = answers(folder)?;
        ensure(kept == 20, || format!("{kept} answers after kill {round}"))?;
        // What the killed build has written already, the next one leaves as it is.
        succeeds(folder, &["build", "notes.md"])?;
        let after = files(&decks)?;
        for (name, bytes) in &left {
            let whole = [&before, &after].iter().any(|files| files.get(name) == Some(bytes));
            ensure(whole, || format!("{name} is neither old nor new after kill {round}"))?;
        }
        ensure(left.len() == before.len(), || format!("{} files in place of {}", left.len(), before.len()))?;
    }
    tell(&format!("builds: killed {at_work} times at work; 20 answers kept each time, every file old or new"))
}

fn killed_imports(folder: &Path) -> Outcome {
    fs::create_dir(folder.join("source-notes"))?;
    fs::write(folder.join("source-notes/own.md"), "Q: Own?\nA: Yes\n")?;
    succeeds(folder, &["build"])?;
    review(folder, 1)?;
    let table: Vec<String> = (0..400).map(|number| format!("front {number},back {number}\n")).collect();
    fs::write(folder.join("table.csv"), table.concat())?;
    let place = folder.join("source-notes/table");
    let time = whole(folder, &["import", "table.csv"])?;
    let all = files(&place)?;
    let (mut dice, mut at_work) = (Dice(22), 0);
    for round in 0..times(6) {
        fs::remove_dir_all(&place)?;
        at_work += u32::from(killed(folder, &["import", "table.csv"], moment(&mut dice, time))?);
        let there = files(&place)?;
        ensure(there.is_empty() || there == all, || format!("{} notes are half there", there.len()))?;
        ensure(answers(folder)? == 1, || format!("answers are lost after kill {round}"))?;
        let again = recto(folder, &["import", "table.csv"])?;
        ensure(files(&place)? == all, || format!("not brought in after kill {round}: {}", printed(&again)))?;
    }
    tell(&format!("imports: killed {at_work} times at work; the notes were all there or none"))
}

fn killed_migrations(folder: &Path) -> Outcome {
    fs::create_dir(folder.join("decks"))?;
    let path = folder.join("decks/recto.db");
    let old = folder.join("old.db");
    fs::copy(support::root().join("tests/databases/v1.db"), &old)?;
    Connection::open(&old)?.execute_batch(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
         INSERT INTO reviews (face, at, utc_offset, day, kind, grade, taken, scheduler)
         SELECT 1, 1767258000000 + i * 86400000, 60, 20460 + i, 'review', 4, 900, 'sm2' FROM n;",
    )?;
    let count = |path: &Path| -> Result<i64, Failed> {
        Ok(Connection::open(path)?.query_row("SELECT count(*) FROM reviews", [], |row| row.get(0))?)
    };
    let rows = count(&old)?;
    fs::copy(&old, &path)?;
    let time = whole(folder, &["db", "verify"])?;
    let (mut dice, mut at_work, mut unmoved) = (Dice(23), 0, 0);
    for round in 0..times(8) {
        for file in support::files_below(&folder.join("decks")) {
            fs::remove_file(folder.join("decks").join(file))?;
        }
        fs::copy(&old, &path)?;
        at_work += u32::from(killed(folder, &["db", "verify"], moment(&mut dice, time))?);
        let version: u32 = Connection::open(&path)?.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        ensure(version == 1 || version as usize == recto::store::VERSION, || {
            format!("version {version} after kill {round}")
        })?;
        unmoved += u32::from(version == 1);
        ensure(count(&path)? == rows, || format!("rows are lost after kill {round}"))?;
        succeeds(folder, &["db", "verify"])?;
    }
    tell(&format!(
        "migrations: killed {at_work} times at work, {unmoved} before they were done; {rows} rows kept each time"
    ))
}

/// Runs a script with a disc of so many kilobytes mounted at `small`; none where that is not allowed.
fn on_small_disc(folder: &Path, kilobytes: u32, script: &str) -> Result<Option<String>, Failed> {
    let mount = format!("mount -t tmpfs -o size={kilobytes}k none small");
    let shell = |words: &str| {
        let mut command = Command::new("unshare");
        support::quiet(&mut command, folder);
        command.args(["--map-root-user", "--mount", "sh", "-c", words]).env("RECTO", support::RECTO);
        support::run(&mut command)
    };
    fs::create_dir_all(folder.join("small"))?;
    if !shell(&mount).is_ok_and(|output| output.status.success()) {
        return Ok(None);
    }
    Ok(Some(printed(&shell(&format!("{mount} && {{ {script}\n}}"))?)))
}

fn full_discs(folder: &Path) -> Outcome {
    fs::write(folder.join("notes.md"), note(30, 0))?;
    fs::write(folder.join("more.md"), note(3_000, 1))?;
    let built = on_small_disc(
        folder,
        700,
        "$RECTO build notes.md -o small --quiet; echo first $?
         cp -r small before; $RECTO build more.md notes.md -o small --quiet; echo second $?
         for file in before/*; do case $file in *recto.db) ;; *) cmp $file small/${file#before/} ;; esac; done
         $RECTO db verify -o small; echo verified $?",
    )?;
    let Some(built) = built else { return Ok(()) };
    let said = |words: &str| built.contains(words);
    ensure(said("first 0") && said("second 2") && said("verified 0"), || built.clone())?;
    ensure(said("cannot write small/") && built.to_lowercase().contains("no space left"), || built.clone())?;
    ensure(!said("differ") && !said("panicked"), || built.clone())?;
    let sat = on_small_disc(
        folder,
        700,
        "$RECTO build notes.md -o small --quiet --format db
         printf '\\n4\\n\\n4\\nq\\n' | $RECTO review --plain -o small >/dev/null
         dd if=/dev/zero of=small/filler bs=1k 2>/dev/null
         printf '\\n4\\n4\\nq\\n' | $RECTO review --plain -o small; echo ended $?
         rm small/filler; $RECTO db verify -o small; echo verified $?",
    )?;
    let sat = sat.unwrap_or_default();
    let said = |words: &str| sat.contains(words);
    ensure(said("verified 0") && said("2 rows of the log") && !said("panicked"), || sat.clone())?;
    ensure(said("small/recto.db") && said("full"), || sat.clone())
}

fn read_only_folders(folder: &Path) -> Outcome {
    let Some(prefix) = crate::cli::ordinary_user() else { return Ok(()) };
    fs::write(folder.join("notes.md"), note(3, 0))?;
    succeeds(folder, &["build", "notes.md"])?;
    let before = files(&folder.join("decks"))?;
    crate::cli::set_mode(folder, 0o777)?;
    for arguments in [&["review", "--plain"][..], &["build", "notes.md"], &["db", "backup"], &["import", "notes.csv"]] {
        fs::write(folder.join("notes.csv"), "front,back\na,b\n")?;
        crate::cli::set_mode(&folder.join("decks"), 0o555)?;
        crate::cli::set_mode(&folder.join("decks/recto.db"), 0o444)?;
        let output = crate::cli::run(folder, &prefix, arguments);
        crate::cli::set_mode(&folder.join("decks"), 0o755)?;
        let output = output?;
        let text = printed(&output);
        // A build that finds nothing new has nothing to write.
        let fine = output.status.success() && (arguments[0] == "build" || arguments[0] == "import");
        let named = output.status.code() == Some(2) && text.contains("decks/");
        ensure((fine || named) && !text.contains("panicked"), || format!("{arguments:?}: {}\n{text}", output.status))?;
    }
    ensure(files(&folder.join("decks"))? == before, || "something was written".to_owned())
}

fn vanishing_notes(folder: &Path) -> Outcome {
    let notes = folder.join("notes");
    fs::create_dir(&notes)?;
    fs::write(notes.join("stays.md"), note(20, 0))?;
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let meddle = || {
            let mut dice = Dice(24);
            while !done.load(Ordering::Relaxed) {
                let path = notes.join(format!("{}.md", dice.roll(12)));
                // Whatever of this fails is one more thing that happens to the file.
                let _ = match dice.roll(4) {
                    0 => fs::remove_file(&path),
                    1 => fs::rename(&path, notes.join("moved.md")),
                    2 => fs::write(&path, note(dice.roll(200), 1)),
                    _ => fs::OpenOptions::new().write(true).open(&path).and_then(|file| file.set_len(11)),
                };
            }
        };
        scope.spawn(meddle);
        let work = || -> Outcome {
            for _ in 0..times(6).min(100) {
                let output = recto(folder, &["build", "notes", "--quiet"])?;
                let text = printed(&output);
                let fine = matches!(output.status.code(), Some(0 | 1)) && !text.contains("panicked");
                ensure(fine, || format!("{}\n{text}", output.status))?;
            }
            Ok(())
        };
        let built = work();
        done.store(true, Ordering::Relaxed);
        built
    })?;
    answers(folder).map(drop)
}

fn two_builds(folder: &Path) -> Outcome {
    fs::write(folder.join("notes.md"), note(200, 0))?;
    succeeds(folder, &["build", "notes.md", "-o", "alone"])?;
    for round in 0..times(3).min(100) {
        let start = || support::recto(folder).args(["build", "notes.md"]).stdout(Stdio::null()).spawn();
        let mut children = [start()?, start()?];
        for child in &mut children {
            let status = child.wait()?;
            ensure(status.success(), || format!("{status} in round {round}"))?;
        }
        ensure(files(&folder.join("decks"))? == files(&folder.join("alone"))?, || {
            format!("other files in round {round}")
        })?;
        answers(folder)?;
        fs::remove_dir_all(folder.join("decks"))?;
    }
    Ok(())
}

fn build_beside_session(folder: &Path) -> Outcome {
    fs::write(folder.join("notes.md"), note(30, 0))?;
    succeeds(folder, &["build", "notes.md"])?;
    let mut command = support::recto(folder);
    let mut session = command.args(["review", "--plain"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut input = session.stdin.take().ok_or("no input")?;
    for edition in 1..6 {
        input.write_all(b"\n4\n")?;
        input.flush()?;
        fs::write(folder.join("notes.md"), note(30, edition))?;
        succeeds(folder, &["build", "notes.md"])?;
    }
    input.write_all(b"q\n")?;
    drop(input);
    let output = session.wait_with_output()?;
    ensure(output.status.success(), || printed(&output))?;
    let kept = answers(folder)?;
    ensure(kept == 5, || format!("{kept} of 5 answers are kept\n{}", printed(&output)))
}

/// Bytes that were damaged: cut short, with a flipped bit, a hole of zeros, or something appended; and whether it
/// was one bit.
fn damaged(bytes: &[u8], dice: &mut Dice) -> (Vec<u8>, bool) {
    let mut out = bytes.to_vec();
    let at = dice.roll(u32::try_from(out.len()).unwrap_or(u32::MAX)) as usize;
    let kind = dice.roll(4);
    match kind {
        0 => out.truncate(at),
        1 => out[at] ^= 1 << dice.roll(8),
        2 => {
            let end = out.len().min(at + 512);
            out[at..end].fill(0);
        }
        _ => out.extend_from_slice(&bytes[at..bytes.len().min(at + 100)]),
    }
    (out, kind == 1)
}

fn damaged_databases(folder: &Path) -> Outcome {
    fs::write(folder.join("notes.md"), note(40, 0))?;
    succeeds(folder, &["build", "notes.md"])?;
    review(folder, 15)?;
    let path = folder.join("decks/recto.db");
    let sound = fs::read(&path)?;
    let (mut dice, mut refused, mut mended, mut harmless) = (Dice(25), 0, 0, 0);
    for round in 0..times(30) {
        fs::write(&path, damaged(&sound, &mut dice).0)?;
        let verified = recto(folder, &["db", "verify"])?;
        let text = printed(&verified);
        ensure(!text.contains("panicked"), || text.clone())?;
        match verified.status.code() {
            Some(0) => {
                let rows: i64 = Connection::open(&path)?.query_row("SELECT count(*) FROM answers", [], |r| r.get(0))?;
                ensure(rows == 15, || format!("{rows} answers, and all is said to be well, in round {round}"))?;
                harmless += 1;
            }
            Some(1) if text.contains("and is mended") => mended += 1,
            Some(1 | 2) => refused += 1,
            code => return Err(format!("{code:?}: {text}").into()),
        }
        let sat = recto(folder, &["review", "--plain"])?;
        ensure(!printed(&sat).contains("panicked"), || printed(&sat))?;
    }
    tell(&format!("databases: {refused} refused or reported, {mended} mended, {harmless} unharmed; none believed"))
}

fn damaged_locks(folder: &Path) -> Outcome {
    // The cards of the second edition have the ids of the first, which the identity file alone knows.
    for edition in 0..2 {
        fs::write(folder.join("notes.md"), note(40, edition))?;
        succeeds(folder, &["build", "notes.md"])?;
    }
    let path = folder.join("decks/notes.lock");
    let sound = fs::read(&path)?;
    let ids = |folder: &Path| -> Result<Vec<String>, Failed> {
        let database = Connection::open(folder.join("decks/recto.db"))?;
        crate::database::rows(&database, "SELECT id FROM cards WHERE retired_at IS NULL ORDER BY position")
    };
    let known = ids(folder)?;
    let (mut dice, mut refused) = (Dice(26), 0);
    for round in 0..times(12) {
        let (bad, bit) = damaged(&sound, &mut dice);
        fs::write(&path, &bad)?;
        let output = recto(folder, &["build", "notes.md"])?;
        let text = printed(&output);
        ensure(!text.contains("panicked"), || text.clone())?;
        if output.status.code() == Some(2) {
            refused += 1;
            ensure(text.contains("notes.lock"), || text.clone())?;
            ensure(fs::read(&path)? == bad, || "a lock that is not understood was written over".to_owned())?;
        }
        let differing = ids(folder)?.iter().zip(&known).filter(|(now, then)| now != then).count();
        // One bit of an id makes another id; the file has no checksums, so that git can merge it.
        ensure(differing <= usize::from(bit), || {
            format!("{differing} cards have other ids after round {round}\n{text}")
        })?;
        if differing > 0 {
            ensure(text.contains("1 new"), || format!("nothing was said of it in round {round}\n{text}"))?;
            fs::write(&path, &sound)?;
            succeeds(folder, &["build", "notes.md"])?;
        }
    }
    ensure(refused > 0, || "nothing was refused".to_owned())?;
    tell(&format!(
        "identity files: {refused} refused, the others read; every card kept its id, but where a bit of the id itself was flipped"
    ))
}

fn damaged_packages(folder: &Path) -> Outcome {
    fs::create_dir(folder.join("source-notes"))?;
    fs::write(folder.join("source-notes/notes.md"), note(20, 0))?;
    succeeds(folder, &["build", "--with-scheduling"])?;
    review(folder, 3)?;
    let package = support::files_below(&folder.join("decks"))
        .into_iter()
        .find(|file| file.extension().is_some_and(|ending| ending == "apkg"));
    let sound = fs::read(folder.join("decks").join(package.ok_or("no package")?))?;
    let before = files(&folder.join("source-notes"))?;
    let (mut dice, mut refused) = (Dice(27), 0);
    for _ in 0..times(12) {
        fs::write(folder.join("bad.apkg"), damaged(&sound, &mut dice).0)?;
        let output = recto(folder, &["import", "bad.apkg"])?;
        let text = printed(&output);
        ensure(!text.contains("panicked"), || text.clone())?;
        refused += i32::from(output.status.code() == Some(2));
        ensure(output.status.success() || text.contains("bad.apkg"), || text.clone())?;
        ensure(files(&folder.join("source-notes"))? == before, || "notes were written".to_owned())?;
        ensure(answers(folder)? == 3, || "answers are lost".to_owned())?;
    }
    tell(&format!("packages: {refused} refused, the others read; nothing written"))
}

fn page_is_true() -> Outcome {
    let page = fs::read_to_string(support::root().join("docs/faults.md"))?;
    let names = support::run(Command::new(std::env::current_exe()?).arg("--list"))?;
    let names = String::from_utf8_lossy(&names.stdout).into_owned();
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    for name in rows.filter_map(|line| line.rsplit('`').nth(1)) {
        ensure(names.contains(name), || format!("there is no test `{name}`"))?;
    }
    for (name, _) in CHECKS {
        ensure(page.contains(name), || format!("the page lacks `{name}`"))?;
    }
    Ok(())
}
