//! The commands that README.md shows do what they are there for: each is run, in order, in a copy of the project.

use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Commands that would build the project anew or leave the machine; only their form is looked at.
const FORMS: &[&[&str]] = &[
    &["cargo", "test"],
    &["cargo", "build"],
    &["cargo", "install", "--path", "."],
    &["cargo", "install", "--git"],
    &["git", "clone"],
    &["cd"],
];

/// Running README.md and, apart from that, its subcommands.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("readme: every command works", every_command_works),
        Trial::test("readme: every subcommand exists", every_subcommand_exists),
        Trial::test("readme: commands are found in sh and console blocks", commands_are_found),
    ]
}

/// The commands in blocks marked `sh` (each line) and `console` (lines after `$ `), in order.
fn commands(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut block: Option<&str> = None;
    for line in text.replace("\\\n", " ").lines().map(str::trim) {
        if let Some(language) = line.strip_prefix("```") {
            block = if block.is_some() { None } else { Some(language) };
            continue;
        }
        let command = match block {
            Some("sh") => line,
            Some("console") => line.strip_prefix("$ ").unwrap_or_default(),
            _ => "",
        };
        if !command.is_empty() && !command.starts_with('#') {
            out.push(command.to_owned());
        }
    }
    out
}

fn readme() -> Result<Vec<String>, Failed> {
    let text = fs::read_to_string(support::root().join("README.md")).map_err(|error| format!("README.md: {error}"))?;
    let commands = commands(&text);
    ensure(!commands.is_empty(), || "README.md shows no command".to_owned())?;
    Ok(commands)
}

fn every_command_works() -> Outcome {
    let commands = readme()?;
    let folder = support::temporary()?;
    support::copy(support::root(), &support::project_files(), folder.path())?;
    for command in commands.iter().filter(|command| !is_form(command)) {
        let output = support::run(&mut shell(command, folder.path())?)?;
        ensure(output.status.success(), || format!("$ {command}\n{}{}", support::printed(&output), output.status))?;
    }
    Ok(())
}

fn is_form(command: &str) -> bool {
    let words: Vec<&str> = command.split_whitespace().collect();
    FORMS.iter().any(|form| words.starts_with(form))
}

/// A shell that finds the program under test first, in place of `cargo run`.
fn shell(command: &str, folder: &Path) -> Result<Command, Failed> {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let own = Path::new(support::RECTO).parent().map(Path::to_path_buf);
    let path = own.into_iter().chain(env::split_paths(&inherited));
    let path: OsString = env::join_paths(path)?;
    let mut shell = Command::new("sh");
    support::quiet(&mut shell, folder);
    shell.args(["-e", "-c", &direct(command)]).env("PATH", path);
    Ok(shell)
}

/// `cargo run --release -- X` as `recto X`.
fn direct(command: &str) -> String {
    let rest = command.strip_prefix("cargo run").and_then(|rest| rest.split_once(" -- "));
    rest.map_or_else(|| command.to_owned(), |(_, rest)| format!("recto {rest}"))
}

fn every_subcommand_exists() -> Outcome {
    let folder = support::temporary()?;
    for command in readme()? {
        let command = direct(&command);
        let mut words = command.split_whitespace();
        let Some(name) = words.next().filter(|first| *first == "recto").and_then(|_| words.next()) else { continue };
        let name = if name.starts_with('-') { "--help" } else { name };
        let output = support::run(support::recto(folder.path()).args([name, "--help"]))?;
        ensure(output.status.success(), || format!("there is no `recto {name}`"))?;
    }
    Ok(())
}

fn commands_are_found() -> Outcome {
    let text =
        "```sh\n# build\nrecto build \\\n  notes\n```\n```console\n$ recto check\nall well\n```\n```toml\na = 1\n```\n";
    let found = commands(text);
    ensure(found == ["recto build    notes", "recto check"], || format!("{found:?}"))?;
    ensure(direct("cargo run --release -- build .") == "recto build .", || "cargo run".to_owned())
}
