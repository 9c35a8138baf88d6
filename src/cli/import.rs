//! `recto import`: the progress of an Anki package goes into the review database, and decks that recto
//! did not make become notes.

#![expect(clippy::disallowed_methods, reason = "cli writes the notes of other decks")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::screen::Screen;
use super::{Outcome, build, clock, notes, output, report};
use crate::card::Card;
use crate::import::notes::{Foreign, Left, Written};
use crate::import::{self, progress, table};
use crate::load::package::{self, Archive, Package, Refused};
use crate::load::{self, SOURCE};
use crate::schedule::Calendar;
use crate::store::{Arrival, Store, Welcome};

const LONG_ABOUT: &str = "\
Brings home what other programs know.

Of cards that recto made, an Anki package (.apkg) or a whole collection (.colpkg) brings every answer, and when each \
card is due, into the review database. Export it with “Include scheduling information” ticked; all versions are read. \
Importing the same file twice changes nothing, and cards that were answered here later keep what they have.

Any other deck, and any table (.csv, .tsv), is written out as notes in Markdown that recto compiles to the same cards, \
with images and sounds beside them; of packages the progress comes along. No file is ever overwritten.";

const AFTER_HELP: &str = "\
Examples:
  recto import exam.apkg             bring progress in, or make notes of a deck
  recto import deck.csv --notes new  make notes of a table, in the folder `new`
  recto build --with-scheduling      hand progress on in the next package";

/// Brings home progress from Anki, and decks of other programs as notes
#[derive(Debug, clap::Args)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// A package, a collection, or a table
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The folder of the review database
    #[arg(short, long, value_name = "DIR", default_value = notes::OUTPUT)]
    output: PathBuf,
    /// The folder to write notes into; it must not be there yet [default: called as the file, in source-notes]
    #[arg(long, value_name = "DIR")]
    notes: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(args: &Args, screen: &mut Screen) -> Result<Outcome, Error> {
    let ending = args.file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let said = match ending.as_str() {
        "apkg" | "colpkg" => import_package(args)?,
        "csv" | "tsv" | "txt" => import_table(args)?,
        _ => {
            return Err(Error::Misread(
                args.file.clone(),
                "its name ends in none of .apkg, .colpkg, .csv, .tsv".into(),
            ));
        }
    };
    screen.out(&said)?;
    Ok(Outcome::Clean)
}

fn import_package(args: &Args) -> Result<String, Error> {
    let misread = |refused: Refused| Error::Misread(args.file.clone(), format!("it {refused}"));
    let (mut package, archive) = package::open(&args.file).map_err(misread)?;
    let calendar = clock::calendar()?;
    let arrivals = progress::own(&package, &progress::Reader::new(&package, &calendar));
    let mut said = String::new();
    if !arrivals.is_empty() {
        said += &bring_in(args, &arrivals, &calendar)?;
    }
    let Package { notetypes, notes, .. } = &mut package;
    notes.retain(|note| !notetypes.get(&note.notetype).is_some_and(progress::is_own));
    let cards = import::notes::of_package(&package);
    if !cards.is_empty() {
        let home = Home::make(args)?;
        let written = home.write(&cards, Some(archive)).map_err(|error| home.blame(args, error))?;
        said += &home.told(&written);
        let compiled = notes::compile(&[], &args.output)?;
        let found = found(&written.files, &compiled.deck.cards);
        _ = writeln!(
            said,
            "{} of {} cards are read back from them",
            found.len(),
            cards.len() - written.left.empty - written.left.covered
        );
        let database = args.output.join(notes::DATABASE);
        output::folder(&args.output)?;
        build::bring_in(&[], &compiled, &database)?;
        let reader = progress::Reader::new(&package, &calendar);
        let arrival =
            |(card, (note, numbers)): (String, (i64, Vec<i64>))| Arrival { card, faces: reader.faces(note, &numbers) };
        said += &bring_in(args, &found.into_iter().map(arrival).collect::<Vec<_>>(), &calendar)?;
    }
    Ok(if said.is_empty() { "the package holds no cards\n".to_owned() } else { said })
}

fn import_table(args: &Args) -> Result<String, Error> {
    let table = load::read_table(&args.file).map_err(|why| Error::Misread(args.file.clone(), why))?;
    let cards = table::of_table(&table);
    if cards.is_empty() {
        return Ok("the table holds no cards\n".to_owned());
    }
    let home = Home::make(args)?;
    let written = home.write(&cards, None).map_err(|error| home.blame(args, error))?;
    Ok(home.told(&written))
}

fn bring_in(args: &Args, arrivals: &[Arrival], calendar: &Calendar) -> Result<String, Error> {
    let mut store = Store::open(&args.output.join(notes::DATABASE)).map_err(Error::Store)?;
    let welcome = store.bring_in(arrivals, &calendar.moment(clock::now())).map_err(Error::Store)?;
    let Welcome { cards, answers, memories, unknown } = welcome;
    let mut said = format!("{cards} cards found, {answers} new answers, {memories} schedules changed\n");
    if unknown > 0 {
        said += &[
            report::plural(unknown, "card").as_str(),
            " not in the review database: they have left the notes, or `recto build` has not run\n",
        ]
        .concat();
    }
    Ok(said)
}

/// The new folder that a deck is written into.
struct Home(PathBuf);

/// What was written into it.
struct Moved {
    files: Vec<(PathBuf, Written)>,
    media: usize,
    missing: usize,
    left: Left,
}

impl Home {
    fn make(args: &Args) -> Result<Home, Error> {
        let stem = args.file.file_stem().unwrap_or_default().to_string_lossy();
        let usual = if Path::new(SOURCE).is_dir() { Path::new(SOURCE) } else { Path::new(".") };
        let folder = args.notes.clone().unwrap_or_else(|| usual.join(load::slug(&stem)));
        if folder.exists() {
            return Err(Error::Taken(folder));
        }
        Ok(Home(folder))
    }

    fn blame(&self, args: &Args, error: Trouble) -> Error {
        match error {
            Trouble::Package(refused) => Error::Misread(args.file.clone(), format!("it {refused}")),
            Trouble::Disc(error) => Error::Write(self.0.clone(), error),
        }
    }

    /// Writes notes and media into a folder beside, and gives it its name when all is there.
    fn write(&self, cards: &[Foreign], archive: Option<Archive>) -> Result<Moved, Trouble> {
        let parent = self.0.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent)?;
        let draft = tempfile::Builder::new().prefix(".recto-").tempdir_in(parent)?;
        let (files, left) = import::notes::write(cards);
        let mut taken = BTreeSet::new();
        let mut moved = Moved { files: Vec::new(), media: 0, missing: 0, left };
        for file in files {
            let name = free(&load::slug(&file.name), &mut taken);
            fs::write(draft.path().join(&name), &file.text)?;
            moved.files.push((self.0.join(name), file));
        }
        if let Some(archive) = archive {
            let wanted = cards.iter().flat_map(import::notes::media).collect();
            (moved.media, moved.missing) = unpack(archive, &wanted, &draft.path().join(import::notes::MEDIA))?;
        }
        fs::rename(draft.keep(), &self.0)?;
        Ok(moved)
    }

    fn told(&self, moved: &Moved) -> String {
        let cards: usize = moved.files.iter().map(|(_, file)| file.cards.len()).sum();
        let folder = self.0.display();
        let mut said =
            format!("{cards} cards written to {} notes in {folder}, with {} files\n", moved.files.len(), moved.media);
        if moved.left.empty > 0 {
            _ = writeln!(said, "{} cards were left out: a side is empty", moved.left.empty);
        }
        if moved.left.covered > 0 {
            let notes = report::plural(moved.left.covered, "note");
            _ = writeln!(said, "{notes} left out: parts of a picture are covered in them, which notes cannot hold");
        }
        if moved.missing > 0 {
            _ = writeln!(said, "{} files that cards show are not in the package", moved.missing);
        }
        said
    }
}

/// The ids of the cards that the written ones compile to, each with where it came from.
fn found(files: &[(PathBuf, Written)], cards: &[Card]) -> Vec<(String, (i64, Vec<i64>))> {
    let whole = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut by_place: BTreeMap<(PathBuf, usize), &Card> = BTreeMap::new();
    let mut paths: BTreeMap<&str, PathBuf> = BTreeMap::new();
    for card in cards {
        let path = paths.entry(&card.source.file).or_insert_with(|| whole(Path::new(&card.source.file)));
        by_place.insert((path.clone(), card.source.line), card);
    }
    let mut found = Vec::new();
    for (path, file) in files {
        let path = whole(path);
        for (line, origin) in &file.cards {
            if let Some(card) = by_place.get(&(path.clone(), *line)) {
                found.push((card.id.0.clone(), origin.clone()));
            }
        }
    }
    found
}

/// Why notes could not be written.
enum Trouble {
    Package(Refused),
    Disc(std::io::Error),
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Trouble {
        Trouble::Disc(error)
    }
}

/// The first name for a note that is free.
fn free(stem: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number: usize| format!("{stem}-{number}.md"));
    let mut names = std::iter::once(format!("{stem}.md")).chain(numbered);
    let name = names.find(|name| !taken.contains(name)).unwrap_or_default();
    taken.insert(name.clone());
    name
}

/// Unpacks the files that cards show; says how many there are, and how many are missing.
fn unpack(mut archive: Archive, wanted: &BTreeSet<String>, folder: &Path) -> Result<(usize, usize), Trouble> {
    let (mut there, mut missing) = (0, 0);
    for name in wanted.iter().filter(|name| !name.contains("://")) {
        match archive.file(name).map_err(Trouble::Package)? {
            Some(bytes) => {
                fs::create_dir_all(folder)?;
                fs::write(folder.join(name), bytes)?;
                there += 1;
            }
            None => missing += 1,
        }
    }
    Ok((there, missing))
}
