//! The program on awkward input: a clear message each time, the right exit code, and every sound note still built.

use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output};

/// A note that becomes a card whatever stands beside it.
const SOUND: &str = "Q: What does S3 hold?\nA: Objects in buckets\n";

/// Words of that card.
const SOUND_ANSWER: &str = "Objects in buckets";

/// A folder that somebody might hand to the program. It holds `notes/sound.md` already.
struct Awkward {
    name: &'static str,
    set_up: fn(&Path) -> io::Result<()>,
    arguments: &'static [&'static str],
    exit: i32,
    /// What the program must say.
    says: &'static [&'static str],
    /// Whether the sound note must be among the cards written.
    built: bool,
    /// A folder without these rights, which only an ordinary user feels.
    locked: Option<(&'static str, u32)>,
}

const BUILD: &[&str] = &["build", "notes", "-o", "out"];

const PLAIN: Awkward = Awkward {
    name: "a sound note is built",
    set_up: |_| Ok(()),
    arguments: BUILD,
    exit: 0,
    says: &[],
    built: true,
    locked: None,
};

const AWKWARD: &[Awkward] = &[
    PLAIN,
    Awkward {
        name: "an empty folder",
        set_up: |folder| fs::create_dir(folder.join("empty")),
        arguments: &["build", "empty", "-o", "out"],
        exit: 2,
        says: &["no notes", "empty"],
        built: false,
        ..PLAIN
    },
    Awkward {
        name: "a missing folder",
        arguments: &["build", "nowhere", "-o", "out"],
        exit: 2,
        says: &["no file or folder", "nowhere"],
        built: false,
        ..PLAIN
    },
    Awkward {
        name: "a missing folder beside a sound one",
        arguments: &["build", "notes", "nowhere", "-o", "out"],
        exit: 1,
        says: &["no file or folder", "nowhere"],
        ..PLAIN
    },
    Awkward {
        name: "a binary file",
        set_up: |folder| fs::write(folder.join("notes/bad.md"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0"),
        exit: 1,
        says: &["notes/bad.md", "not a note"],
        ..PLAIN
    },
    Awkward {
        name: "a NUL byte within text",
        set_up: |folder| fs::write(folder.join("notes/bad.md"), b"first\nsecond \0 third\n"),
        exit: 1,
        says: &["notes/bad.md:2:8", "NUL"],
        ..PLAIN
    },
    Awkward {
        name: "invalid UTF-8",
        set_up: |folder| fs::write(folder.join("notes/bad.md"), b"first\n\xc3\xa4 \xff third\n"),
        exit: 1,
        says: &["notes/bad.md:2:3", "UTF-8"],
        ..PLAIN
    },
    Awkward {
        name: "UTF-16",
        set_up: |folder| fs::write(folder.join("notes/bad.md"), b"\xff\xfeQ\0:\0"),
        exit: 1,
        says: &["notes/bad.md", "UTF-16"],
        ..PLAIN
    },
    Awkward {
        name: "a byte order mark",
        set_up: |folder| fs::write(folder.join("notes/sound.md"), format!("\u{feff}{SOUND}")),
        ..PLAIN
    },
    Awkward {
        name: "CRLF line endings",
        set_up: |folder| fs::write(folder.join("notes/sound.md"), SOUND.replace('\n', "\r\n")),
        ..PLAIN
    },
    Awkward { name: "an empty note", set_up: |folder| fs::write(folder.join("notes/empty.md"), ""), ..PLAIN },
    Awkward {
        name: "a note of 100 MB",
        set_up: |folder| {
            let mut note = io::BufWriter::new(fs::File::create(folder.join("notes/large.md"))?);
            note.write_all(b"# The log of the incident\n\n```\n")?;
            (0..100_000_000 / LOG_LINE.len()).try_for_each(|_| note.write_all(LOG_LINE))?;
            note.write_all(b"```\n")?;
            note.flush()
        },
        ..PLAIN
    },
    Awkward {
        name: "lists nested a thousand deep",
        set_up: |folder| {
            fs::write(folder.join("notes/deep.md"), format!("{}x\n\n{}y\n", "- ".repeat(1000), "> ".repeat(1000)))
        },
        ..PLAIN
    },
    Awkward {
        name: "a name that is not ASCII",
        set_up: |folder| fs::write(folder.join("notes/Übung 1 – 練習.md"), "Q: a?\nA: b\n"),
        ..PLAIN
    },
    Awkward {
        name: "settings that are no TOML",
        set_up: |folder| fs::write(folder.join("notes/recto.toml"), "deck = \n"),
        exit: 2,
        says: &["recto.toml:1:"],
        built: false,
        ..PLAIN
    },
    Awkward {
        name: "an unknown setting",
        set_up: |folder| fs::write(folder.join("notes/recto.toml"), "deck = \"A\"\ntag = []\n"),
        exit: 2,
        says: &["recto.toml:2:1", "tag"],
        built: false,
        ..PLAIN
    },
    Awkward {
        name: "an output folder that is a file",
        set_up: |folder| fs::write(folder.join("out"), "precious"),
        exit: 2,
        says: &["out"],
        built: false,
        ..PLAIN
    },
    Awkward {
        name: "a review database that is none",
        set_up: |folder| {
            fs::create_dir(folder.join("out"))?;
            fs::write(folder.join("out/recto.db"), "precious words that are no database at all\n".repeat(30))
        },
        exit: 2,
        says: &["recto.db", "not a review database"],
        built: false,
        ..PLAIN
    },
    Awkward {
        name: "an unknown option",
        arguments: &["build", "--frobnicate"],
        exit: 2,
        says: &["--frobnicate"],
        built: false,
        ..PLAIN
    },
    Awkward {
        name: "a folder without read permission",
        set_up: |folder| fs::create_dir(folder.join("notes/secret")),
        exit: 1,
        says: &["notes/secret", "permission denied"],
        locked: Some(("notes/secret", 0o000)),
        ..PLAIN
    },
    Awkward {
        name: "an output folder without write permission",
        set_up: |folder| fs::create_dir(folder.join("out")),
        exit: 2,
        says: &["out", "permission denied"],
        built: false,
        locked: Some(("out", 0o555)),
        ..PLAIN
    },
];

/// What a note of 100 MB is likely to be full of: something that was pasted.
const LOG_LINE: &[u8] = b"2026-01-02T03:04:05Z GET /buckets/notes/objects/42 200 17 ms\n";

/// One test for each awkward folder, and two for the order of paths and for building again.
pub(crate) fn trials() -> Vec<Trial> {
    let ordinary = ordinary_user();
    let trial = |awkward: &'static Awkward| {
        let felt = awkward.locked.is_none() || ordinary.is_some();
        let prefix = if awkward.locked.is_some() { ordinary.clone().unwrap_or_default() } else { Vec::new() };
        Trial::test(format!("cli: {}", awkward.name), move || check(awkward, &prefix)).with_ignored_flag(!felt)
    };
    let mut trials: Vec<Trial> = AWKWARD.iter().map(trial).collect();
    trials.extend([
        Trial::test("cli: the order of paths does not matter", order_of_paths_does_not_matter),
        Trial::test("cli: building again writes the same bytes", building_again_is_the_same),
    ]);
    trials
}

fn check(awkward: &Awkward, prefix: &[&str]) -> Outcome {
    let folder = support::temporary()?;
    let folder = folder.path();
    fs::create_dir(folder.join("notes"))?;
    fs::write(folder.join("notes/sound.md"), SOUND)?;
    (awkward.set_up)(folder)?;
    let output = with_lock(folder, awkward.locked, || run(folder, prefix, awkward.arguments))?;
    let printed = support::printed(&output);
    let context = |what: &str| format!("{what}\n{}\n{printed}", output.status);
    ensure(output.status.code() == Some(awkward.exit), || context(&format!("expected exit {}", awkward.exit)))?;
    for phrase in awkward.says {
        let said = printed.to_lowercase().contains(&phrase.to_lowercase());
        ensure(said, || context(&format!("`{phrase}` is not said")))?;
    }
    let panicked = printed.contains("panicked") || printed.contains("RUST_BACKTRACE");
    ensure(!panicked, || context("it panicked"))?;
    ensure(!awkward.built || is_built(&folder.join("out"))?, || context("the sound note was not built"))?;
    survives(folder, "out")?;
    survives(folder, "out/recto.db")
}

/// A file that held something precious holds it still.
fn survives(folder: &Path, name: &str) -> Outcome {
    let path = folder.join(name);
    let bytes = if path.is_file() { fs::read(path)? } else { return Ok(()) };
    let ours = bytes.starts_with(b"precious") || bytes.starts_with(b"SQLite format 3\0");
    ensure(ours, || format!("`{name}` was written over"))
}

/// Whether some table in the output folder holds the card of the sound note.
fn is_built(out: &Path) -> Result<bool, Failed> {
    for file in support::files_below(out).iter().filter(|file| file.extension().is_some_and(|ending| ending == "csv")) {
        if fs::read_to_string(out.join(file))?.contains(SOUND_ANSWER) {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(crate) fn run(folder: &Path, prefix: &[&str], arguments: &[&str]) -> Result<Output, Failed> {
    let mut words = prefix.iter().chain(&[support::RECTO]).chain(arguments);
    let mut command = Command::new(words.next().unwrap_or(&support::RECTO));
    support::quiet(&mut command, folder);
    support::run(command.args(words))
}

/// Takes rights away from a folder while something runs, and gives everybody those of its surroundings.
fn with_lock<T>(
    folder: &Path,
    locked: Option<(&str, u32)>,
    run: impl FnOnce() -> Result<T, Failed>,
) -> Result<T, Failed> {
    let Some((name, mode)) = locked else { return run() };
    set_mode(folder, 0o777)?;
    set_mode(&folder.join(name), mode)?;
    let result = run();
    set_mode(&folder.join(name), 0o755)?;
    result
}

#[cfg(unix)]
pub(crate) fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
pub(crate) fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The words before a command that make it run as a user whom permissions stop: none for such a
/// user, `setpriv` for root where it works, and `None` where there is no way.
pub(crate) fn ordinary_user() -> Option<Vec<&'static str>> {
    let folder = support::temporary().ok()?;
    let secret = folder.path().join("secret");
    fs::create_dir(&secret).and_then(|()| set_mode(&secret, 0o000)).ok()?;
    let stopped = fs::read_dir(&secret).is_err();
    set_mode(&secret, 0o755).and_then(|()| set_mode(folder.path(), 0o777)).ok()?;
    if stopped {
        return Some(Vec::new());
    }
    let nobody = vec!["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    run(folder.path(), &nobody, &["--version"]).ok().filter(|output| output.status.success()).map(|_| nobody)
}

/// All files that a build of these paths writes, but the database, whose log has instants, and what is kept to save work.
fn built(paths: &[&str]) -> Result<Vec<(String, Vec<u8>)>, Failed> {
    let folder = support::temporary()?;
    let folder = folder.path();
    fs::write(folder.join("a.md"), format!("# A\n\n{SOUND}\nQ: Same?\nA: Yes\n"))?;
    fs::write(folder.join("b.md"), "# A\n\nQ: Same?\nA: Yes\n\nQ: Other?\nA: No\n")?;
    let arguments: Vec<&str> = ["build"].iter().chain(paths).chain(&["-o", "out"]).copied().collect();
    let first = run(folder, &[], &arguments)?;
    ensure(first.status.success(), || support::printed(&first))?;
    let before = read(&folder.join("out"))?;
    let again = run(folder, &[], &arguments)?;
    ensure(again.status.success(), || support::printed(&again))?;
    let after = read(&folder.join("out"))?;
    ensure(!before.is_empty() && before == after, || "the second build wrote other bytes".to_owned())?;
    Ok(after.into_iter().filter(|(name, _)| name != "recto.db" && !name.starts_with(".recto/")).collect())
}

fn read(out: &Path) -> Result<Vec<(String, Vec<u8>)>, Failed> {
    let files = support::files_below(out).into_iter();
    files.map(|file| Ok((support::slashed(&file), fs::read(out.join(file))?))).collect()
}

fn order_of_paths_does_not_matter() -> Outcome {
    let (one, other) = (built(&["a.md", "b.md"])?, built(&["b.md", "a.md"])?);
    let differing = one.iter().zip(&other).find(|(one, other)| one != other);
    ensure(one.len() == other.len() && differing.is_none(), || format!("{:?}", differing.map(|(one, _)| &one.0)))
}

fn building_again_is_the_same() -> Outcome {
    built(&["."]).map(drop)
}
