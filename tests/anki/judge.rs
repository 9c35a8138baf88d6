//! Anki itself reads what we wrote: its own backend, from Python's package registry, imports
//! packages and text files, renders every card and reports what a user would call broken
//! (`verify.py` beside this file). Where Python or the network is missing the judge is absent; the
//! tests then say so and pass, but fail where the environment says `CI=true`.
#![expect(clippy::disallowed_methods, reason = "the judge is a program that reads files")]

#[path = "decks.rs"]
mod decks;

use libtest_mimic::{Failed, Trial};
use recto::card::Deck;
use recto::export::EXPORTERS;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// Whether Anki can be asked.
#[derive(Debug, Clone)]
pub(crate) enum Judge {
    /// The Python interpreter that has Anki.
    Ready(PathBuf),
    /// Why it cannot.
    Skipped(String),
}

/// The judge, installed below `target/anki-venv` at the first call.
pub(crate) fn prepare() -> &'static Judge {
    static JUDGE: OnceLock<Judge> = OnceLock::new();
    JUDGE.get_or_init(|| install().map_or_else(Judge::Skipped, Judge::Ready))
}

/// Asks Anki about a package and, where given, a text file imported after it; `extra` are further
/// arguments of `verify.py`. The report is returned either way.
pub(crate) fn judge(apkg: &Path, csv: Option<&Path>, extra: &[&str]) -> Result<String, String> {
    let python = match prepare() {
        Judge::Ready(python) => python,
        Judge::Skipped(reason) => {
            absent(reason)?;
            return Ok(format!("SKIPPED: Anki cannot be asked: {reason}"));
        }
    };
    let mut command = Command::new(python);
    command.arg(here("verify.py")).arg(apkg).args(extra);
    if let Some(csv) = csv {
        command.arg("--csv").arg(csv);
    }
    run(&mut command)
}

/// Runs what needs Anki, with the Python interpreter that has it, unless it is absent.
pub(crate) fn asked(run: impl FnOnce(&Path) -> Result<(), Failed>) -> Result<(), Failed> {
    match prepare() {
        Judge::Ready(python) => run(python),
        Judge::Skipped(reason) => absent(reason).map_err(Failed::from),
    }
}

/// Says that Anki could not be asked; where it has to be, that is an error.
pub(crate) fn absent(reason: &str) -> Result<(), String> {
    if in_ci() {
        return Err(format!("Anki cannot be asked: {reason}"));
    }
    announce(&format!("SKIPPED: Anki cannot be asked: {reason}"));
    Ok(())
}

/// The tests: hand-made decks through every exporter that Anki reads.
pub(crate) fn trials() -> Vec<Trial> {
    let trial = |name: &'static str, deck: fn() -> Deck| {
        Trial::test(format!("anki::{name}"), move || accepts(name, &deck()).map_err(Failed::from))
    };
    vec![trial("every_body", decks::every_body), trial("awkward", decks::awkward)]
}

/// Demands that Anki takes a deck without a warning, keeps its reviews at a second import, and finds
/// nothing new in the text file.
fn accepts(name: &str, deck: &Deck) -> Result<(), String> {
    let apkg = write(name, "apkg", deck)?;
    let csv = write(name, "csv", deck)?;
    let notes = format!("notes={}", deck.cards.len());
    let expected = ["--expect", &notes, "--expect", "reimport-new=0", "--expect", "csv-new=0"];
    judge(&apkg, Some(&csv), &[&["--strict", "--graded"], &expected[..]].concat()).map(drop)
}

#[expect(clippy::print_stderr, reason = "a judge that is absent must not pass for one that is content")]
fn announce(report: &str) {
    eprintln!("\n*** {} ***\n", report.trim());
}

fn write(name: &str, format: &str, deck: &Deck) -> Result<PathBuf, String> {
    let exporter = EXPORTERS.iter().find(|e| e.name == format).ok_or("no such exporter")?;
    let bytes = exporter.bytes(deck).map_err(|e| e.to_string())?;
    let folder = target().join("anki-judged");
    let path = folder.join(format!("{name}.{}", exporter.extension));
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&path, bytes))
        .map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(path)
}

/// A virtual environment with Anki. The stamp, a copy of the requirements, is written last: without
/// it, or with another, the environment is made anew.
fn install() -> Result<PathBuf, String> {
    let environment = target().join("anki-venv");
    let stamp = environment.join("requirements.txt");
    let python = if cfg!(windows) { environment.join("Scripts/python.exe") } else { environment.join("bin/python") };
    let wanted = fs::read(here("requirements.txt")).map_err(|e| format!("requirements.txt: {e}"))?;
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) && python.is_file() {
        return Ok(python);
    }
    let bootstrap = if cfg!(windows) { "python" } else { "python3" };
    run(Command::new(bootstrap).args(["-m", "venv", "--clear"]).arg(&environment))?;
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(here("requirements.txt")))?;
    fs::write(&stamp, wanted).map_err(|e| format!("{}: {e}", stamp.display()))?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let Output { status, stdout, stderr } = command.output().map_err(|e| format!("{program}: {e}"))?;
    let text = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    if status.success() { Ok(text) } else { Err(format!("{program}: {status}\n{text}")) }
}

fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true")
}

fn here(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/anki").join(file)
}

/// The folder for built things: the one that this test binary lies in.
fn target() -> PathBuf {
    let binary = std::env::current_exe().unwrap_or_default();
    let target = binary.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    target.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), Path::to_path_buf)
}
