//! The program `recto review` itself: from a pipe, with an editor, and with databases that cannot be used.

use crate::support::{self, Outcome, ensure, printed};
use libtest_mimic::{Failed, Trial};
use rusqlite::Connection;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const NOTE: &str =
    "---\ntags: exam\n---\n\n# Ports\n\nQ: Which port does SSH use?\nA: 22\n\nQ: Which port does DNS use?\nA: 53\n";

/// A test in a folder where a note was built.
type Check = fn(&Desk) -> Outcome;

const CHECKS: &[(&str, Check)] = &[
    ("answers from a pipe are kept, and the next session goes on", a_pipe_will_do),
    ("the end of the input ends the session", the_input_may_end),
    ("a typed line is held against the answer", a_line_is_an_answer),
    ("a note that was edited is built again, and the session goes on", a_note_is_edited),
    ("another deck in the folder keeps the cards of the first", another_deck_comes_in),
    ("a former right option is told without the letter it had", former_options_have_no_letter),
    ("an answer counts for the text that it was given to", a_build_overtakes_an_answer),
    ("what is typed and means nothing is told", what_means_nothing_is_told),
    ("what was put off is fetched back in a later session", marks_are_undone_later),
    ("cards that are freed give way to the next", freed_cards_give_way),
    ("why nothing is asked is told", reasons_are_told),
    ("copies are listed with their answers and restored by their names", copies_are_named),
    ("formulas are read in a row of characters", formulas_are_read),
    ("databases of other notes are not merged unasked", strangers_are_refused),
    ("only what is asked for is asked", options_narrow_down),
    ("what cannot be used is said with its remedy", failures_have_remedies),
    ("a session that is killed has kept every answer that it confirmed", kills_lose_nothing),
    ("the screen is given back by the end, by signals and by the loss of the terminal", the_screen_is_given_back),
];

/// One test for each line of [`CHECKS`].
pub(crate) fn trials() -> Vec<Trial> {
    let trial =
        |(name, check): &'static (&str, Check)| Trial::test(format!("sitting: {name}"), || check(&Desk::new()?));
    CHECKS.iter().map(trial).collect()
}

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Result<Desk, Failed> {
        let desk = Desk { folder: support::temporary()? };
        fs::write(desk.path("ports.md"), NOTE)?;
        let built = support::run(support::recto(desk.folder.path()).args(["build", "ports.md"]))?;
        ensure(built.status.success(), || printed(&built))?;
        Ok(desk)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn review(&self, options: &[&str]) -> Command {
        let mut command = support::recto(self.folder.path());
        command.arg("review").args(options).env_remove("VISUAL").env_remove("EDITOR");
        command
    }

    /// A plain session into which lines are typed.
    fn typed(&self, options: &[&str], lines: &str) -> Result<Output, Failed> {
        let input = self.path("typed");
        fs::write(&input, lines)?;
        support::run(self.review(options).stdin(File::open(input)?))
    }

    fn count(&self, what: &str) -> Result<i64, Failed> {
        let database = Connection::open(self.path("decks/recto.db"))?;
        Ok(database.query_row(&format!("SELECT count(*) FROM {what}"), [], |row| row.get(0))?)
    }
}

fn says(output: &Output, words: &str) -> Outcome {
    let text = printed(output);
    ensure(text.contains(words), || format!("`{words}` is not in\n{text}"))
}

fn a_pipe_will_do(desk: &Desk) -> Outcome {
    let output = desk.typed(&[], "\n3\n\neasy\nq\n")?;
    ensure(output.status.success(), || printed(&output))?;
    says(&output, "Question: Which port does SSH use?")?;
    says(&output, "Answer: 22")?;
    says(&output, "2 answers")?;
    ensure(desk.count("answers")? == 2, || "two answers are kept".to_owned())?;
    let again = desk.typed(&[], "")?;
    says(&again, "Nothing is due today.")?;
    says(&again, "Tomorrow: 2 cards due.")?;
    // An undo reaches into the session before.
    let undone = desk.typed(&["--cram"], "undo\nquit\n")?;
    says(&undone, "the answer to this card is taken back")?;
    ensure(desk.count("answers")? == 1, || "one answer is left".to_owned())
}

fn the_input_may_end(desk: &Desk) -> Outcome {
    let output = desk.typed(&["--plain"], "\n")?;
    ensure(output.status.success(), || printed(&output))?;
    says(&output, "Nothing was answered.")?;
    ensure(desk.count("answers")? == 0, || "nothing is kept".to_owned())
}

fn a_line_is_an_answer(desk: &Desk) -> Outcome {
    let output = desk.typed(&[], "23 of course\n\nq\n")?;
    says(&output, "You typed: [-23 of course-] {+22+}")?;
    says(&output, "Enter: again")?;
    let output = desk.typed(&["--type", "--new", "2"], "53\n\n:u\n:q\n")?;
    says(&output, "Right: 53")
}

fn another_deck_comes_in(desk: &Desk) -> Outcome {
    fs::write(desk.path("gases.md"), "Q: What is the lightest gas?\nA: Hydrogen\n")?;
    let built = support::run(support::recto(desk.folder.path()).args(["build", "gases.md"]))?;
    ensure(built.status.success(), || printed(&built))?;
    let live = || desk.count("cards WHERE retired_at IS NULL");
    let all = live()?;
    ensure(all == desk.count("cards")? && all > 1, || format!("{} says\n{}", all, printed(&built)))?;
    a_note_is_edited(desk)?;
    ensure(live()? == all, || "the decks keep their cards".to_owned())?;
    for ending in ["lock", "apkg", "csv", "jsonl"] {
        fs::remove_file(desk.path(&format!("decks/gases.{ending}")))?;
    }
    support::run(support::recto(desk.folder.path()).args(["build", "ports.md"]))?;
    ensure(live()? == all - 1, || "a deck that was deleted goes".to_owned())
}

fn former_options_have_no_letter(desk: &Desk) -> Outcome {
    let note = "Q: Which river runs through Paris?\n\n- [x] A. The Seine\n- [ ] B. The Rhine\n- [ ] C. The Loire\n";
    let build = || support::run(support::recto(desk.folder.path()).args(["build", "rivers.md"]));
    fs::write(desk.path("rivers.md"), note)?;
    build()?;
    desk.typed(&["--plain", "--deck", "Rivers"], "\n3\nq\n")?;
    fs::write(desk.path("rivers.md"), note.replace("[x] A", "[ ] A").replace("[ ] B", "[x] B"))?;
    build()?;
    let output = desk.typed(&["--plain", "--deck", "Rivers"], "\nq\n")?;
    says(&output, "It was: The Seine")
}

fn a_note_is_edited(desk: &Desk) -> Outcome {
    let editor = desk.path("editor.sh");
    fs::write(&editor, "#!/bin/sh\nsed 's/^A: 22$/A: 22, over TCP/' ports.md > new && mv new ports.md\n")?;
    let mut command = desk.review(&["--plain"]);
    let input = desk.path("typed");
    fs::write(&input, "e\n\n3\n\n3\n\n3\nq\n")?;
    command.env("EDITOR", format!("sh {}", editor.display())).stdin(File::open(input)?);
    let output = support::run(&mut command)?;
    ensure(output.status.success(), || printed(&output))?;
    says(&output, "rebuilt: 1 card")?;
    says(&output, "Answer: 22, over TCP")?;
    ensure(fs::read_to_string(desk.path("ports.md"))?.contains("over TCP"), || "the note is edited".to_owned())?;
    let new = "faces WHERE back LIKE '%over TCP%' AND retired_at IS NULL";
    ensure(desk.count(new)? == 1, || "the cards are up to date".to_owned())?;
    let broken = desk.typed(&["--cram"], "e\nq\n")?;
    ensure(broken.status.success(), || printed(&broken))?;
    says(&broken, "no editor is set; set EDITOR to yours")
}

fn a_build_overtakes_an_answer(desk: &Desk) -> Outcome {
    says(&desk.typed(&[], "\n4\n\n4\n")?, "2 answers")?;
    let mut session =
        desk.review(&["--plain", "--ahead", "30d"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (mut input, output) = session.stdin.take().zip(session.stdout.take()).ok_or("no pipes")?;
    let mut lines = BufReader::new(output);
    let mut shown = Vec::new();
    lines.read_until(b'>', &mut shown)?;
    let ssh = String::from_utf8_lossy(&shown).contains("SSH");
    let (old, new) = if ssh { ("A: 22", "A: 2222") } else { ("A: 53", "A: 5353") };
    fs::write(desk.path("ports.md"), NOTE.replace(old, new))?;
    let built = support::run(support::recto(desk.folder.path()).args(["build", "ports.md"]))?;
    ensure(built.status.success(), || printed(&built))?;
    input.write_all(b"\n3\n\nq\n")?;
    drop(input);
    let mut rest = String::new();
    lines.read_to_string(&mut rest)?;
    ensure(session.wait()?.success(), || rest.clone())?;
    let words = ["the note was changed meanwhile", "(changed since you learnt it)", &format!("Answer: {}", &new[3..])];
    for words in words {
        ensure(rest.contains(words), || format!("`{words}` is not in\n{rest}"))?;
    }
    // It was left before it was answered, so the next session asks it, whatever the first answer was worth.
    let next = desk.typed(&["--plain"], "\n3\n")?;
    says(&next, "(changed since you learnt it)")?;
    says(&next, &format!("It was: {}", &old[3..]))?;
    says(&desk.typed(&["--plain"], "")?, "Nothing is due today")
}

fn what_means_nothing_is_told(desk: &Desk) -> Outcome {
    let output = desk.typed(&["--plain"], "3\ngood\n\n9\nfine\n4\n9\n:q\n")?;
    let words =
        ["the answer is not shown yet: Enter shows it, then 3 grades it", "`9` means nothing here", "`fine` means"];
    words.iter().try_for_each(|words| says(&output, words))?;
    // Before the answer is shown, what is no key is an answer.
    says(&output, "You typed: [-9-]")?;
    ensure(desk.count("answers")? == 1, || printed(&output))?;
    let choice = "Q: Who painted the ceiling?\nA) Goya\nB) Michelangelo\nC) Monet\nAnswer: B\n";
    fs::write(desk.path("ports.md"), choice)?;
    support::run(support::recto(desk.folder.path()).args(["build", "ports.md"]))?;
    let buried = desk.typed(&["--plain"], "bury\n")?;
    says(&buried, "other keys as words, such as bury")?;
    ensure(desk.count("marks WHERE buried_until IS NOT NULL")? == 1, || printed(&buried))
}

fn marks_are_undone_later(desk: &Desk) -> Outcome {
    desk.typed(&["--plain"], "\n4\nx\n")?;
    ensure(desk.count("marks WHERE suspended")? == 1, || "nothing was suspended".to_owned())?;
    let back = desk.typed(&["--cram"], "u\nu\n:q\n")?;
    says(&back, "undone: this card is no longer suspended")?;
    says(&back, "the answer to this card is taken back")?;
    ensure(desk.count("marks WHERE suspended")? == 0 && desk.count("answers")? == 0, || printed(&back))
}

fn freed_cards_give_way(desk: &Desk) -> Outcome {
    desk.typed(&["--plain"], "x\nx\n")?;
    ensure(desk.count("marks WHERE suspended")? == 2, || "two are not suspended".to_owned())?;
    let freed = desk.typed(&["--suspended"], "x\nu\nx\nx\n\n")?;
    says(&freed, "no longer suspended: “Which port does SSH use?”")?;
    says(&freed, "undone: this card is suspended again")?;
    ensure(desk.count("marks WHERE suspended")? == 0, || printed(&freed))
}

fn reasons_are_told(desk: &Desk) -> Outcome {
    says(&desk.typed(&["--limit", "0"], "")?, "`--limit 0` asks nothing.")?;
    says(&desk.typed(&[], "f\n\n1\n:q\n")?, "1 again")?;
    says(&desk.typed(&["--failed", "--flagged"], "")?, "[1 to repeat]")?;
    // What was known later that day is not failed any more.
    says(&desk.typed(&["--new", "0"], "\n3\n:q\n")?, "1 good")?;
    says(&desk.typed(&["--failed"], "")?, "No card was forgotten the last time.")?;
    says(&desk.typed(&["--failed", "--flagged"], "")?, "Of 1 flagged card none was forgotten the last time.")?;
    fs::write(desk.path("recto.toml"), "[schedule]\nnew_per_day = 0\n")?;
    support::run(support::recto(desk.folder.path()).args(["build", "ports.md"]))?;
    let barred = desk.typed(&["--ahead", "1"], "q\n")?;
    says(&barred, "1 new card waits: `new_per_day = 0` lets none come; `--new N` brings some today.")?;
    ensure(!printed(&barred).contains("on later days"), || printed(&barred))?;
    for (table, words) in [
        ("[schedule]\nlongest_interval = 0", "what it may be: a number of days, 1 or more"),
        ("[review]\nleech = -1", "what it may be: a whole number, 0 or more"),
        ("[review]\nleech = 99999999999999999999999", "what it may be: a smaller whole number"),
        ("[review]\nleech = 99999999999999999999999999999999999999999999", "this number is too large"),
        ("[review]\ncatch_up = 1.5", "what it may be: a whole number"),
        ("[schedule]\nnew_per_day = 99999999999999999999999", "this cannot be `99999999999999999999999`"),
        ("[schedule]\nnew_per_day = 9999999999", "what it may be: a whole number, 0 or more"),
    ] {
        fs::write(desk.path("recto.toml"), format!("{table}\n"))?;
        says(&support::run(support::recto(desk.folder.path()).args(["build", "ports.md"]))?, words)?;
    }
    Ok(())
}

fn copies_are_named(desk: &Desk) -> Outcome {
    says(&desk.typed(&["--plain"], "\n3\n:q\n")?, "1 answer")?;
    let recto = |arguments: &[&str]| support::run(support::recto(desk.folder.path()).arg("db").args(arguments));
    let list = printed(&recto(&["restore"])?);
    ensure(list.lines().next().is_some_and(|line| line.ends_with(".db  1 answer")), || list.clone())?;
    desk.typed(&["--plain"], "\n3\n:q\n")?;
    ensure(desk.count("answers")? == 2, || "no second answer".to_owned())?;
    let name = list.lines().next().and_then(|line| line.split("  ").next()?.rsplit(['/', '\\']).next());
    let restored = recto(&["restore", name.ok_or("no name")?])?;
    ensure(restored.status.success() && desk.count("answers")? == 1, || printed(&restored))
}

fn options_narrow_down(desk: &Desk) -> Outcome {
    says(&desk.typed(&["--limit", "1"], "q\n")?, "[1 new]")?;
    says(&desk.typed(&["--kind", "trap"], "q\n")?, "No card is of the kind trap; there are 2 question.")?;
    let tag = desk.typed(&["--tag", "exma"], "q\n")?;
    ensure(tag.status.code() == Some(2), || printed(&tag))?;
    says(&tag, "no card has the tag `exma`")?;
    says(&tag, "did you mean `exam`?")?;
    says(
        &desk.typed(&["--tag", "exam", "--kind", "tip"], "q\n")?,
        "There is no card that has the tag `exam` and is of the kind tip.",
    )?;
    says(
        &desk.typed(&["--deck", "ports", "--new", "0"], "q\n")?,
        "Nothing is due today among those that are meant (2): none has been learnt",
    )?;
    says(&desk.typed(&["--cram"], "q\n")?, "No card has been learnt yet")?;
    says(&desk.typed(&["--suspended"], "q\n")?, "No card is suspended.")?;
    let wrong = desk.typed(&["--deck", "prots"], "q\n")?;
    ensure(wrong.status.code() == Some(2), || printed(&wrong))?;
    says(&wrong, "did you mean `Ports`?")?;
    says(&desk.typed(&["--new", "few"], "")?, "write a whole number such as 20")?;
    says(&desk.typed(&["--ahead", "soon"], "")?, "write a number of days such as `3d`")?;
    says(&desk.typed(&["--new", "0"], "q\n")?, "2 new cards may still come today")
}

fn formulas_are_read(desk: &Desk) -> Outcome {
    let note = "# Sums\n\nQ: What is $x^2 + y^2$?\nA: $$\\frac{a + b}{2}$$\n\nC: The area is [$\\pi r^2$].\n";
    fs::write(desk.path("ports.md"), note)?;
    support::run(support::recto(desk.folder.path()).args(["build", "ports.md"]))?;
    let output = desk.typed(&["--plain"], "\n3\n\nq\n")?;
    says(&output, "Question: What is x² + y²?")?;
    says(&output, "Answer: (a + b)/2")?;
    says(&output, "Gap: πr²")
}

fn strangers_are_refused(desk: &Desk) -> Outcome {
    fs::write(desk.path("bones.md"), "Q: Which bone is the longest?\nA: the femur\n")?;
    let other = ["build", "bones.md", "-o", "other"];
    ensure(support::run(support::recto(desk.folder.path()).args(other))?.status.success(), || "not built".to_owned())?;
    let before = fs::read(desk.path("decks/recto.db"))?;
    let merge = |extra: &[&str]| {
        support::run(support::recto(desk.folder.path()).args(["db", "merge", "other/recto.db"]).args(extra))
    };
    let refused = merge(&[])?;
    ensure(refused.status.code() == Some(2), || printed(&refused))?;
    says(&refused, "refusing to merge: other/recto.db has no card in common with decks/recto.db")?;
    says(&refused, "`--allow-unrelated`")?;
    ensure(fs::read(desk.path("decks/recto.db"))? == before, || "the database has changed".to_owned())?;
    ensure(!desk.path("decks/recto.db-backups").exists(), || "a copy was made for nothing".to_owned())?;
    let meant = merge(&["--allow-unrelated"])?;
    ensure(meant.status.success(), || printed(&meant))?;
    says(&meant, "1 card came in")
}

fn failures_have_remedies(desk: &Desk) -> Outcome {
    let missing = desk.typed(&["-o", "elsewhere"], "")?;
    ensure(missing.status.code() == Some(2), || printed(&missing))?;
    says(&missing, "`recto build` makes it")?;
    // While a session is open there is no second one.
    let lock = recto::store::SessionLock::take(&desk.path("decks/recto.db"))?;
    let second = desk.typed(&[], "")?;
    ensure(second.status.code() == Some(2), || printed(&second))?;
    drop(lock);
    fs::write(desk.path("decks/recto.db"), "no database")?;
    let broken = desk.typed(&[], "")?;
    ensure(broken.status.code() == Some(2), || printed(&broken))?;
    says(&broken, "is not a review database and was left as it is")
}

/// Plays sessions on terminals of their own.
fn the_screen_is_given_back(desk: &Desk) -> Outcome {
    script(desk, "sit.py", &[])
}

/// A few kills at random moments; `tests/terminal/kill.py` takes any number.
fn kills_lose_nothing(desk: &Desk) -> Outcome {
    script(desk, "kill.py", &["10"])
}

/// Runs a script of `tests/terminal`, where there is a Python that knows terminals.
fn script(desk: &Desk, name: &str, arguments: &[&str]) -> Outcome {
    if cfg!(windows) || !python() {
        return Ok(());
    }
    let mut command = Command::new("python3");
    support::quiet(&mut command, desk.folder.path());
    command.arg(support::root().join("tests/terminal").join(name)).arg(support::RECTO).args(arguments);
    let output = support::run(&mut command)?;
    ensure(output.status.success(), || printed(&output))
}

fn python() -> bool {
    let found = |folder: PathBuf| Path::new(&folder).join("python3").is_file();
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(found))
}
