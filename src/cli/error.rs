//! Why the program could not run: one chain of words for each reason, and the remedy where there is one.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::load::{SettingsError, Trouble, reason};
use crate::store::{Kinship, StoreError};

/// A reason for exit code 2.
#[derive(Debug)]
pub(super) enum Error {
    /// The settings cannot be used.
    Settings(SettingsError),
    /// The current folder is gone or closed to us.
    Here(io::Error),
    /// None of the paths led to a note; the findings said why.
    NothingRead,
    /// The output folder cannot be made.
    Folder(PathBuf, io::Error),
    /// A file cannot be written.
    Write(PathBuf, io::Error),
    /// The page of coverage, or the folder it is to lie in, cannot be written.
    Page(PathBuf, io::Error),
    /// The identity file cannot be relied on; the findings said why.
    Lock(PathBuf),
    /// There is no identity file in the folder.
    NoIdentities(PathBuf),
    /// What was said of two cards cannot be.
    NoVerdict(String),
    /// A list of grades is not understood.
    Form(PathBuf, String),
    /// An exporter gave up.
    Export(PathBuf, String),
    /// The review database cannot be brought up to date.
    Store(StoreError),
    /// There is no such rule; the likeliest that was meant.
    NoRule(String, Option<&'static str>),
    /// No card of a deck is called so.
    NoFace(String),
    /// There is no such finding; the likeliest that was meant.
    NoCode(String, Option<&'static str>),
    /// What was typed is neither a line of a note nor a card's id.
    NoTarget(String),
    /// No note has such a path.
    NoNote(String),
    /// The note has no such line, but so many.
    NoLine(String, usize, usize),
    /// There is no such card.
    NoCard(String),
    /// There is no such deck; the likeliest that was meant, and all.
    NoDeck(String, Option<String>, Vec<String>),
    /// No card has such a tag; the likeliest that was meant, and all.
    NoTag(String, Option<String>, Vec<String>),
    /// The database has hardly a card in common with the one that it should come to.
    Unrelated(PathBuf, PathBuf, Kinship),
    /// Several decks are called so.
    SeveralDecks(String, Vec<String>),
    /// The terminal cannot be used.
    Terminal(io::Error),
    /// Notes cannot be watched, for this reason.
    Watch(String),
    /// Several cards' ids begin so.
    SeveralCards(String, Vec<String>),
    /// There is no such command.
    NoCommand(String),
    /// A running Anki, at this address, cannot be talked to.
    Anki(String, String),
    /// There is a folder of that name already.
    Taken(PathBuf),
    /// A file cannot be read.
    Read(PathBuf, io::Error),
    /// A file was read and cannot be understood.
    Misread(PathBuf, String),
    /// Standard output cannot be written to.
    Stdout(io::Error),
}

impl Error {
    /// The remedy.
    pub(super) fn help(&self) -> Option<String> {
        match self {
            Error::Settings(SettingsError { trouble: Trouble::Mistake(mistake), .. }) => mistake.help.clone(),
            Error::Anki(..) => {
                Some("start Anki with the add-on AnkiConnect (2055492159), or name its address with `--url`".to_owned())
            }
            Error::Taken(..) => Some("choose another folder with `--notes DIR`".to_owned()),
            Error::Folder(..) | Error::Write(..) => Some("choose another folder with `-o DIR`".to_owned()),
            Error::NothingRead => Some("name a folder or a file of notes: `recto build PATH…`".to_owned()),
            Error::Lock(_) => Some("a build without it would take review histories from cards".to_owned()),
            Error::NoIdentities(_) => {
                Some("`recto build` writes one, by recto.db if that is there; `-o DIR` names another folder".to_owned())
            }
            Error::NoVerdict(_) => Some("`recto identity` lists what is open".to_owned()),
            Error::NoRule(_, Some(near)) => Some(format!("did you mean `{near}`? `recto rules` lists them all")),
            Error::NoRule(_, None) => Some("`recto rules` lists them all".to_owned()),
            Error::NoFace(_) => Some("`recto dedupe` shows places and words of cards".to_owned()),
            Error::NoCode(_, Some(near)) => {
                Some(format!("did you mean `{near}`? `recto check --explain` lists them all"))
            }
            Error::NoCode(_, None) => Some("`recto check --explain` lists them all".to_owned()),
            Error::NoTarget(_) => Some("write a line of a note as `notes/a.md:12`, or a card's id".to_owned()),
            Error::NoNote(_) => Some("name the notes behind it: `recto trace FILE:LINE PATH…`".to_owned()),
            Error::NoCard(_) => Some("name the notes behind it: `recto trace CARD PATH…`".to_owned()),
            Error::SeveralCards(_, ids) => Some(format!("type more of one of them: {}", ids.join(", "))),
            Error::NoDeck(_, Some(near), _) | Error::NoTag(_, Some(near), _) => Some(format!("did you mean `{near}`?")),
            Error::NoDeck(_, None, all) => Some(format!("the decks are {}", some(all))),
            Error::NoTag(_, None, all) if all.is_empty() => Some("no card has a tag".to_owned()),
            Error::NoTag(_, None, all) => Some(format!("the tags are {}", some(all))),
            Error::Unrelated(..) => Some(
                "it is probably that of other notes; if both are wanted in one, merge it with `--allow-unrelated`"
                    .to_owned(),
            ),
            Error::SeveralDecks(_, names) => Some(format!("type more of one of them: {}", names.join(", "))),
            Error::Store(StoreError::Missing { .. }) => {
                Some("name the folder that it wrote to with `-o DIR`".to_owned())
            }
            Error::NoCommand(_) => Some("`recto --help` lists them all".to_owned()),
            _ => None,
        }
    }
}

/// Names one after another, as many as can be read at a glance.
pub(super) fn some(names: &[String]) -> String {
    const MOST: usize = 20;
    let shown = names[..names.len().min(MOST)].join(", ");
    if names.len() > MOST { format!("{shown} and {} more", names.len() - MOST) } else { shown }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Settings(error) => settings(error, f),
            Error::Here(error) => write!(f, "cannot tell the current folder: {}", reason(error)),
            Error::NothingRead => f.write_str("no note could be read"),
            Error::Folder(path, error) => write!(f, "cannot make the folder {}: {}", path.display(), reason(error)),
            Error::Page(path, error) | Error::Write(path, error) => {
                write!(f, "cannot write {}: {}", path.display(), reason(error))
            }
            Error::Lock(path) => write!(f, "nothing was built: {} cannot be relied on", path.display()),
            Error::NoIdentities(folder) => write!(f, "there is no identity file in {}", folder.display()),
            Error::NoVerdict(why) => f.write_str(why),
            Error::Form(path, why) => write!(f, "cannot read {}: {why}; nothing was entered", path.display()),
            Error::Export(path, why) => write!(f, "cannot write {}: {why}", path.display()),
            Error::Store(error) => error.fmt(f),
            Error::NoRule(name, _) => write!(f, "there is no rule `{name}`"),
            Error::NoFace(name) => write!(f, "there is no card `{name}`"),
            Error::NoCode(name, _) => write!(f, "there is no finding `{name}`"),
            Error::NoTarget(typed) => write!(f, "`{typed}` is neither a line of a note nor a card's id"),
            Error::NoNote(path) => write!(f, "there is no note `{path}`"),
            Error::NoLine(path, line, lines) => write!(f, "{path} has no line {line}; its last one is {lines}"),
            Error::NoCard(id) => write!(f, "no card has the id `{id}`"),
            Error::SeveralCards(id, _) => write!(f, "the ids of several cards begin with `{id}`"),
            Error::NoDeck(typed, ..) => write!(f, "there is no deck `{typed}`"),
            Error::NoTag(typed, ..) => write!(f, "no card has the tag `{typed}`"),
            Error::Unrelated(other, own, Kinship { shared: 0, .. }) => {
                write!(f, "refusing to merge: {} has no card in common with {}", other.display(), own.display())
            }
            Error::Unrelated(other, own, Kinship { theirs, shared, .. }) => {
                let (other, own) = (other.display(), own.display());
                write!(f, "refusing to merge: only {shared} of the {theirs} cards of {other} are in {own}, too")
            }
            Error::SeveralDecks(typed, _) => write!(f, "several decks are called `{typed}`"),
            Error::Terminal(error) => write!(f, "the terminal cannot be used: {}", reason(error)),
            Error::Watch(why) => write!(f, "the notes cannot be watched: {why}"),
            Error::NoCommand(name) => write!(f, "there is no command `{name}`"),
            Error::Read(path, error) => write!(f, "cannot read {}: {}", path.display(), reason(error)),
            Error::Anki(url, why) => write!(f, "cannot push to Anki at {url}: {why}"),
            Error::Taken(path) => write!(f, "{} is there already, and nothing is overwritten", path.display()),
            Error::Misread(path, why) => write!(f, "cannot understand {}: {why}", path.display()),
            Error::Stdout(error) => write!(f, "cannot write to standard output: {}", reason(error)),
        }
    }
}

fn settings(error: &SettingsError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let path = &error.path;
    match &error.trouble {
        Trouble::Unreadable(why) => write!(f, "cannot read {path}: {why}"),
        Trouble::Mistake(mistake) => {
            write!(f, "cannot understand {path}:{}:{}: {}", mistake.line, mistake.column, mistake.message)
        }
    }
}
