//! Builds after builds: what is kept from the last one saves work and changes nothing, and `watch` builds by itself.

use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// A change to a project, by its root folder.
type Change = fn(&Path) -> std::io::Result<()>;

/// What happens to a project, one after the other.
const STEPS: &[(&str, Change)] = &[
    ("nothing", |_| Ok(())),
    ("a note is edited", |root| append(root, "notes/a.md", "\nTelnet uses port 23.\n")),
    ("nothing again", |_| Ok(())),
    ("a note is edited back", |root| fs::write(root.join("notes/a.md"), A)),
    ("a note is renamed", |root| fs::rename(root.join("notes/a.md"), root.join("notes/z.md"))),
    ("a note comes first", |root| fs::write(root.join("notes/0.md"), "# DNS\n\nDNS uses port 53.\n")),
    ("a note goes", |root| fs::remove_file(root.join("notes/b.md"))),
    ("settings come", |root| fs::write(root.join("recto.toml"), "tags = [\"net\"]\n[rules]\noff = [\"table\"]\n")),
    ("a level is set", |root| fs::write(root.join("recto.toml"), "[lints]\nanswer-in-front = \"error\"\n")),
    ("a label comes", |root| fs::write(root.join("out/notes.labels.csv"), "front,back\n")),
    ("an output goes", |root| fs::remove_file(root.join("out/notes.csv"))),
    ("an output is spoilt", |root| fs::write(root.join("out/notes.jsonl"), "x")),
    ("the last build is spoilt", |root| spoil(&root.join("out/.recto"))),
    ("an image comes", |root| append(root, "notes/z.md", "\nQ: What is ![this](x.png)?\nA: A picture.\n")),
    ("the image is there", |root| fs::write(root.join("notes/x.png"), PIXEL)),
    ("the image is another", |root| fs::write(root.join("notes/x.png"), [PIXEL, b"more"].concat())),
];

const A: &str = "# Ports\n\nSSH uses port 22.\n\n| Protocol | Port |\n|---|---|\n| SMTP | 25 |\n| HTTPS | 443 |\n\n\
    Q: What does NAT do as NAT?\nA: NAT\n";
const B: &str = "---\ntags: [web]\n---\n# HTTP\n\n- **Port:** 80\n- **Status 404:** not found\n";
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

/// Every step, and watching.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("rebuild: what is kept changes nothing", kept_readings_change_nothing),
        Trial::test("rebuild: an unchanged build is told again and writes nothing", unchanged_is_told_again),
        Trial::test("rebuild: the files of a deck that has another name now are told, and stay", renames_are_told),
        Trial::test("rebuild: watch builds at every save", watch_builds),
    ]
}

fn append(root: &Path, name: &str, more: &str) -> std::io::Result<()> {
    let path = root.join(name);
    let text = fs::read_to_string(&path)?;
    fs::write(path, text + more)
}

/// Cuts every kept file in half.
fn spoil(folder: &Path) -> std::io::Result<()> {
    for file in support::files_below(folder) {
        let bytes = fs::read(folder.join(&file))?;
        fs::write(folder.join(file), &bytes[..bytes.len() / 2])?;
    }
    Ok(())
}

fn project() -> Result<tempfile::TempDir, Failed> {
    let folder = support::temporary()?;
    fs::create_dir(folder.path().join("notes"))?;
    fs::write(folder.path().join("notes/a.md"), A)?;
    fs::write(folder.path().join("notes/b.md"), B)?;
    Ok(folder)
}

/// What a build prints and writes, apart from times.
fn built(root: &Path) -> Result<String, Failed> {
    let output = support::run(support::recto(root).args(["build", "notes", "-o", "out", "--verbose"]))?;
    let mut out = vec![support::printed(&output)];
    for name in ["notes.csv", "notes.jsonl", "notes.retired.txt"] {
        out.push(format!("== {name}"));
        out.push(fs::read_to_string(root.join("out").join(name)).unwrap_or_default());
    }
    Ok(out.join("\n"))
}

fn kept_readings_change_nothing() -> Outcome {
    let (with, without) = (project()?, project()?);
    for (name, change) in STEPS {
        for folder in [&with, &without] {
            // The first step of a project finds no folder of decks.
            built(folder.path())?;
            change(folder.path())?;
        }
        fs::remove_dir_all(without.path().join("out/.recto")).ok();
        support::same_text(name, &built(without.path())?, &built(with.path())?)?;
    }
    Ok(())
}

fn renames_are_told() -> Outcome {
    let folder = project()?;
    let root = folder.path();
    built(root)?;
    fs::write(root.join("out/notes.labels.csv"), "front,back\n")?;
    // A part of the notes under a name of its own is another deck.
    support::run(support::recto(root).args(["build", "notes/a.md", "-o", "out", "--format", "csv"]))?;
    let quiet = built(root)?;
    ensure(!quiet.contains("deck-renamed"), || quiet.clone())?;
    fs::write(root.join("recto.toml"), "deck = \"Networks\"\n")?;
    let old = fs::read(root.join("out/notes.lock"))?;
    for _ in 0..2 {
        let told = built(root)?;
        ensure(told.contains("still here: notes.lock, notes.apkg, notes.csv, notes.jsonl"), || told.clone())?;
        ensure(told.contains("call it `networks.labels.csv`") && !told.contains("lock-missing"), || told.clone())?;
    }
    ensure(fs::read(root.join("out/notes.lock"))? == old, || "a file of the user's was changed".to_owned())?;
    for name in ["notes.lock", "notes.apkg", "notes.csv", "notes.jsonl"] {
        fs::remove_file(root.join("out").join(name))?;
    }
    let quiet = built(root)?;
    ensure(!quiet.contains("deck-renamed"), || quiet.clone())
}

fn unchanged_is_told_again() -> Outcome {
    let folder = project()?;
    let (_, second, kept) = (built(folder.path())?, built(folder.path())?, folder.path().join("out/.recto"));
    let last = support::files_below(&kept).into_iter().find(|path| path.ends_with("last-build"));
    let last = last.ok_or("nothing is kept of the last build")?;
    let times = || -> Result<Vec<_>, Failed> {
        let out = folder.path().join("out");
        let files = support::files_below(&out).into_iter().filter(|file| !file.starts_with(".recto"));
        files.map(|file| Ok((fs::metadata(out.join(&file))?.modified()?, file))).collect()
    };
    let (before, kept_at) = (times()?, fs::metadata(kept.join(&last))?.modified()?);
    support::same_text("a third build", &second, &built(folder.path())?)?;
    ensure(times()? == before, || "a build of nothing new wrote a file".to_owned())?;
    ensure(fs::metadata(kept.join(&last))?.modified()? == kept_at, || "the build did not end early".to_owned())
}

/// A program that is stopped when the test is over.
struct Watch(Child);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.kill().and_then(|()| self.0.wait()).ok();
    }
}

/// The lines of a program as they come.
fn lines(child: &mut Child) -> Result<Receiver<String>, Failed> {
    let stdout = child.stdout.take().ok_or("there is no output")?;
    let (sender, receiver) = channel();
    thread::spawn(move || BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    Ok(receiver)
}

fn watch_builds() -> Outcome {
    let folder = project()?;
    let mut command = support::recto(folder.path());
    command.args(["watch", "notes", "-o", "out", "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut watch = Watch(command.spawn()?);
    let lines = lines(&mut watch.0)?;
    let next = || -> Result<serde_json::Value, Failed> {
        let line = lines.recv_timeout(Duration::from_mins(1)).map_err(|_| "nothing was built")?;
        Ok(serde_json::from_str(&line)?)
    };
    let first = next()?["cards"].as_u64();
    append(folder.path(), "notes/a.md", "\nTelnet uses port 23.\n")?;
    let second = next()?;
    ensure(second["cards"].as_u64() > first, || format!("{first:?}: {second}"))?;
    ensure(second["identities"]["new"] == 1, || second.to_string())?;
    ensure(second["files"].as_array().is_some_and(|files| files.iter().any(|f| f["changed"] == true)), || {
        second.to_string()
    })
}
