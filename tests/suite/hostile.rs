//! Notes that mean harm and are too large, too deep or too crooked to be kept as files: each is built in time, and
//! the sound note beside it is among the cards.

use crate::support::{self, Outcome, ensure, printed};
use libtest_mimic::Trial;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// As long as anybody waits for a note; what is not linear takes hours.
const PATIENCE: Duration = Duration::from_mins(1);

/// What a note holds so often that nothing else is in it.
type Hostile = (&'static str, fn() -> String);

const HOSTILE: &[Hostile] = &[
    ("lists nested 10,000 deep", || {
        (0..10_000).fold(String::new(), |text, depth| text + &" ".repeat(depth % 300) + "- x\n")
    }),
    ("bullets of one line nested 10,000 deep", || "- ".repeat(10_000) + "x\n"),
    ("quotations nested 10,000 deep", || ">".repeat(10_000) + " x\n"),
    ("brackets nested 10,000 deep", || "[".repeat(10_000) + &"](x)".repeat(10_000)),
    ("parentheses nested 10,000 deep", || {
        format!("Water {}boils{} at 100 °C.\n", "(".repeat(10_000), ")".repeat(10_000))
    }),
    ("emphasis nested 10,000 deep", || "**a *b ".repeat(10_000) + &"* c**".repeat(10_000)),
    ("elements nested 10,000 deep", || "<div><details><summary>".repeat(10_000) + "x"),
    ("formulas nested 10,000 deep", || {
        format!("Q: What?\nA: $${}x{}$$\n", "\\frac{".repeat(10_000), "}{y}".repeat(10_000))
    }),
    ("gaps nested 10,000 deep", || "{{c1::a ".repeat(10_000) + &"}}".repeat(10_000)),
    ("containers nested 10,000 deep", || (0..10_000).fold(String::new(), |text, _| text + "::: tip\n") + "x\n"),
    ("headings of 100,000 levels", || {
        (0..100_000).fold(String::new(), |mut text, at| {
            let _ = writeln!(text, "{} h{at}", "#".repeat(at % 6 + 1));
            text
        })
    }),
    ("a row of 100,000 cells", || {
        format!("{}|\n{}|\n{}|\n", "| a ".repeat(100_000), "|---".repeat(100_000), "| b ".repeat(100_000))
    }),
    ("a million marks that close nothing", || "`*_[~$".repeat(170_000)),
    ("a million colons and dashes", || ":: — : - ".repeat(110_000)),
    ("a million references without a target", || "[a][b]".repeat(170_000)),
    ("a million ampersands", || "&amp;&#0;&x;".repeat(80_000)),
    ("a line of one million letters", || "x".repeat(1_000_000)),
    ("a million marks that stand on their letter", || "e\u{301}".to_owned() + &"\u{301}".repeat(1_000_000)),
    ("a sentence of 100,000 words", || format!("The system {} stops.\n", "and the system that ".repeat(25_000))),
    ("10,000 questions without an answer", || {
        (0..10_000).fold(String::new(), |text, at| text + &format!("Q: What is {at}?\n"))
    }),
    ("10,000 options", || {
        (0..10_000_usize)
            .fold("Which?\n".to_owned(), |text, at| text + &format!("{}) o{at}\n", ["A", "B", "C", "D"][at % 4]))
    }),
];

/// One test for each, and those that need more than a note.
pub(crate) fn trials() -> Vec<Trial> {
    let trial =
        |(name, text): &'static (&str, fn() -> String)| Trial::test(format!("hostile: {name}"), || built(&text()));
    let mut trials: Vec<Trial> = HOSTILE.iter().map(trial).collect();
    trials.push(Trial::test("hostile: links that lead out of the project are not followed", links_lead_nowhere));
    trials.push(Trial::test("hostile: names of files are no options and no commands", names_are_names));
    trials
}

fn built(text: &str) -> Outcome {
    let folder = support::temporary()?;
    fs::create_dir(folder.path().join("notes"))?;
    fs::write(folder.path().join("notes/evil.md"), text)?;
    fs::write(folder.path().join("notes/sound.md"), "Q: What does S3 hold?\nA: Objects in buckets\n")?;
    let start = Instant::now();
    let output = support::run(support::recto(folder.path()).args(["build", "notes", "--quiet"]))?;
    let time = start.elapsed();
    ensure(matches!(output.status.code(), Some(0 | 1)), || format!("{}\n{}", output.status, end(&printed(&output))))?;
    ensure(time < PATIENCE, || format!("took {time:?}"))?;
    holds(folder.path(), "Objects in buckets")
}

fn end(text: &str) -> &str {
    let mut from = text.len().saturating_sub(2_000);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

fn holds(folder: &Path, words: &str) -> Outcome {
    let table = fs::read_to_string(folder.join("decks/notes.csv"))?;
    ensure(table.contains(words), || format!("`{words}` is not among the cards"))
}

#[cfg(not(unix))]
fn links_lead_nowhere() -> Outcome {
    Ok(())
}

#[cfg(unix)]
fn links_lead_nowhere() -> Outcome {
    use std::os::unix::fs::symlink;
    let folder = support::temporary()?;
    let (outside, project) = (folder.path().join("outside"), folder.path().join("project"));
    fs::create_dir_all(project.join("notes"))?;
    fs::create_dir(&outside)?;
    fs::write(outside.join("diary.md"), "Q: What is secret?\nA: The diary\n")?;
    fs::write(outside.join("secret.png"), b"\x89PNG\r\n\x1a\nsecret picture")?;
    fs::write(project.join("notes/sound.md"), "Q: What is in ![it](link.png)?\nA: Objects in buckets\n")?;
    symlink(outside.join("diary.md"), project.join("notes/diary.md"))?;
    symlink(&outside, project.join("notes/folder"))?;
    symlink(outside.join("secret.png"), project.join("notes/link.png"))?;
    symlink("loop", project.join("notes/loop"))?;
    let output = support::run(support::recto(&project).args(["build", "notes"]))?;
    let text = printed(&output);
    ensure(output.status.success() && text.contains("outside the folder"), || text.clone())?;
    for file in support::files_below(&project.join("decks")) {
        let bytes = fs::read(project.join("decks").join(&file))?;
        let leaks = ["The diary", "secret picture"]
            .iter()
            .any(|words| bytes.windows(words.len()).any(|piece| piece == words.as_bytes()));
        ensure(!leaks, || format!("{} has what lies outside", file.display()))?;
    }
    holds(&project, "Objects in buckets")
}

fn names_are_names() -> Outcome {
    let folder = support::temporary()?;
    fs::create_dir(folder.path().join("notes"))?;
    for name in ["-o.md", "$(touch hacked).md", "a;b`c`.md", "new\nline.md", "\u{1b}[2J.md", "\u{202e}dm.md"] {
        // Some systems do not take all of them.
        let _ = fs::write(folder.path().join("notes").join(name), "XYZ stands for\n\nQ: half?\n");
    }
    fs::write(folder.path().join("notes/sound.md"), "Q: What does S3 hold?\nA: Objects in buckets\n")?;
    let output = support::run(support::recto(folder.path()).args(["build", "notes", "--verbose"]))?;
    let text = printed(&output);
    ensure(output.status.success(), || text.clone())?;
    ensure(!text.contains(['\u{1b}', '\u{202e}']), || text.escape_debug().to_string())?;
    ensure(!folder.path().join("hacked").exists(), || "a name was run".to_owned())?;
    holds(folder.path(), "Objects in buckets")
}
