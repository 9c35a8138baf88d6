//! What the tests share: folders, notes, readable differences and the program itself.

use libtest_mimic::Failed;
use recto::Compilation;
use recto::config::Config;
use recto::source::{FileId, SourceFile};
use similar::{ChangeTag, TextDiff};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What a test returns.
pub(crate) type Outcome = Result<(), Failed>;

/// The program under test.
pub(crate) const RECTO: &str = env!("CARGO_BIN_EXE_recto");

/// How long a command may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_mins(2);

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A fresh folder that is removed when the test is over.
pub(crate) fn temporary() -> io::Result<TempDir> {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))
}

/// Fails with a message unless the condition holds.
pub(crate) fn ensure(holds: bool, message: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(message().into()) }
}

/// Fails with a line diff unless both texts are equal.
pub(crate) fn same_text(what: &str, expected: &str, actual: &str) -> Outcome {
    ensure(expected == actual, || format!("{what}: - expected, + actual\n{}", diff(expected, actual)))
}

/// The lines that differ, with `-` and `+`, and three lines around each change.
pub(crate) fn diff(expected: &str, actual: &str) -> String {
    let diff = TextDiff::from_lines(expected, actual);
    let mut out = String::new();
    for group in diff.grouped_ops(3) {
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            out.push(sign);
            out.push_str(change.value().trim_end_matches('\n'));
            out.push('\n');
        }
        out.push_str("…\n");
    }
    out
}

/// Every file below a folder, sorted, as paths relative to it; none if there is no such folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let walk = ignore::WalkBuilder::new(folder).standard_filters(false).sort_by_file_name(OsStr::cmp).build();
    let files = walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    files.filter_map(|entry| entry.path().strip_prefix(folder).ok().map(Path::to_path_buf)).collect()
}

/// The files of the project that are not ignored by git, as paths relative to the root.
pub(crate) fn project_files() -> Vec<PathBuf> {
    let walk = ignore::WalkBuilder::new(root())
        .hidden(false)
        .parents(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .sort_by_file_name(OsStr::cmp)
        .build();
    let files = walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    files.filter_map(|entry| entry.path().strip_prefix(root()).ok().map(Path::to_path_buf)).collect()
}

/// A path with `/` between folders on every system.
pub(crate) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(OsStr::to_string_lossy).collect();
    parts.join("/")
}

/// Notes of path and text, sorted by path and numbered as `compile` wants them.
pub(crate) fn numbered(mut notes: Vec<(String, String)>) -> Vec<SourceFile> {
    notes.sort();
    (0..).zip(notes).map(|(id, (path, text))| SourceFile::new(FileId(id), path, text)).collect()
}

/// Compiles one note with default settings.
pub(crate) fn compile_note(path: &str, text: &str) -> (Vec<SourceFile>, Compilation) {
    let files = numbered(vec![(path.to_owned(), text.to_owned())]);
    let out = recto::compile(&files, &default_config());
    (files, out)
}

/// The settings of a case without `recto.toml`.
pub(crate) fn default_config() -> Config {
    Config { deck_name: "Case".to_owned(), ..Config::default() }
}

/// Copies files with their folders.
pub(crate) fn copy(from: &Path, files: &[PathBuf], to: &Path) -> io::Result<()> {
    for file in files {
        let target = to.join(file);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(from.join(file), target)?;
    }
    Ok(())
}

/// The program, to be run in a folder, without colours and without anybody to ask.
pub(crate) fn recto(folder: &Path) -> Command {
    let mut command = Command::new(RECTO);
    quiet(&mut command, folder);
    command
}

/// Sets a command up to run in a folder, without colours and without anybody to ask.
pub(crate) fn quiet(command: &mut Command, folder: &Path) {
    command.current_dir(folder).env("NO_COLOR", "1").env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
}

/// Runs a command to its end and returns what it printed; one that hangs is stopped and fails.
pub(crate) fn run(command: &mut Command) -> Result<Output, Failed> {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (id, started) = (child.id(), Instant::now());
    let output = thread::spawn(move || collect(child, started));
    let output = output.join().map_err(|_| format!("the command {id} could not be watched"))?;
    output.map_err(|error| format!("{command:?}: {error}").into())
}

fn collect(mut child: Child, started: Instant) -> io::Result<Output> {
    let (mut stdout, mut stderr) = (child.stdout.take(), child.stderr.take());
    let out = thread::spawn(move || read(stdout.as_mut()));
    let err = thread::spawn(move || read(stderr.as_mut()));
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if started.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Err(io::Error::new(io::ErrorKind::TimedOut, "did not end by itself"));
        }
        thread::sleep(Duration::from_millis(5));
    };
    let join = |reader: thread::JoinHandle<Vec<u8>>| reader.join().unwrap_or_default();
    Ok(Output { status, stdout: join(out), stderr: join(err) })
}

fn read(from: Option<&mut impl io::Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was printed before a reading error is still worth showing.
    from.and_then(|from| from.read_to_end(&mut bytes).ok());
    bytes
}

/// All that a command printed, as text.
pub(crate) fn printed(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
