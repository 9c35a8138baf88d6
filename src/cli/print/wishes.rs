//! How it is printed: what was typed goes before what settings say, and these before what is usual.

#![expect(clippy::disallowed_methods, reason = "cli reads the fonts that are named")]

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use jiff::civil::Date;

use super::make::Format;
use crate::cli::clock;
use crate::cli::error::Error;
use crate::cli::notes::Work;
use crate::config::BacksName;
use crate::export::print::{Backs, Options, PAPERS, PER_PAGE};
use crate::language::Language;
use crate::language::detect::detect;
use crate::markdown::{self, FrontMatter};

/// How far backs can be moved, in millimetres.
const FARTHEST: f64 = 20.0;

/// How it is printed.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Paper")]
pub(super) struct Wishes {
    /// What the files are to be
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::USUAL)]
    pub(super) format: Format,
    /// The title [default: that of the deck, or of the only note]
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// The paper [default: a4]
    #[arg(long, value_name = "SIZE", value_parser = PossibleValuesParser::new(PAPERS))]
    paper: Option<String>,
    /// What a quiz is shuffled by: another number, another order
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = crate::cli::number::<u64>)]
    seed: u64,
    /// How many cards are on a page [default: 8, or 4 to be folded]
    #[arg(long, value_name = "NUMBER", value_parser = PossibleValuesParser::new(PER_PAGE.map(digits)))]
    per_page: Option<String>,
    /// How backs come behind their fronts: the printer turns the paper over its long or its short edge, or the
    /// back is printed beside the front, to be folded behind it [default: long]
    #[arg(long, value_name = "WAY", value_parser = PossibleValuesParser::new(Backs::ALL.map(Backs::name)))]
    backs: Option<String>,
    /// How far backs are to be moved to the right and down, in millimetres, as the sheet of --calibrate tells
    #[arg(long, value_name = "X,Y", value_parser = offset, allow_hyphen_values = true)]
    back_offset: Option<(f64, f64)>,
    /// A font file for characters that the program's own fonts lack; may be given several times
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// The date on the paper [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
}

impl Wishes {
    /// The fonts that were named.
    fn fonts(&self) -> Result<Vec<Vec<u8>>, Error> {
        let read = |path: &PathBuf| std::fs::read(path).map_err(|error| Error::Read(path.clone(), error));
        self.font.iter().map(read).collect()
    }

    /// What is wanted of these notes; `base` leads from the printed file to them.
    pub(super) fn options(&self, work: &Work, base: String) -> Result<Options, Error> {
        let settings = &work.config.print;
        let front = only_front_matter(work);
        let paper = self.paper.clone().or(front.paper).or_else(|| settings.paper.map(|paper| paper.name().to_owned()));
        let date = self.date.map_or_else(|| clock::moment().map(|moment| moment.day.date()), Ok)?;
        let backs = self.backs.as_deref().or_else(|| settings.backs.map(BacksName::name));
        let backs = Backs::ALL.into_iter().find(|way| Some(way.name()) == backs).unwrap_or(Backs::ALL[0]);
        let per_page = self.per_page.as_deref().and_then(|typed| typed.parse().ok()).or(settings.per_page);
        let usual = if backs == Backs::Fold { PER_PAGE[0] } else { PER_PAGE[1] };
        let part = |number: i8| u8::try_from(number).unwrap_or_default();
        Ok(Options {
            title: first([&self.title, &settings.title, &front.title]).unwrap_or_else(|| work.deck.name.clone()),
            language: front.language.or_else(|| work.config.language.clone()).or_else(|| spoken(work)),
            paper: PAPERS.into_iter().find(|size| Some(*size) == paper.as_deref()).unwrap_or(PAPERS[0]),
            seed: self.seed,
            today: None,
            per_page: per_page.filter(|number| PER_PAGE.contains(number)).unwrap_or(usual),
            backs,
            offset: self.back_offset.or(settings.back_offset).map_or((0.0, 0.0), bounded),
            fonts: self.fonts()?,
            date: (date.year(), part(date.month()), part(date.day())),
            base,
        })
    }
}

/// A number of cards as it is typed.
fn digits(number: usize) -> &'static str {
    match number {
        4 => "4",
        10 => "10",
        _ => "8",
    }
}

/// Reads `1.5,-0.5`.
fn offset(typed: &str) -> Result<(f64, f64), String> {
    let read = |number: &str| number.trim().parse::<f64>().ok().filter(|number| number.abs() <= FARTHEST);
    let both = typed.split_once(',').and_then(|(x, y)| Some((read(x)?, read(y)?)));
    both.ok_or_else(|| format!("two numbers up to {FARTHEST} are wanted, such as 1.5,-0.5"))
}

fn bounded((x, y): (f64, f64)) -> (f64, f64) {
    (x.clamp(-FARTHEST, FARTHEST), y.clamp(-FARTHEST, FARTHEST))
}

/// The first of some words that are any.
fn first(wishes: [&Option<String>; 3]) -> Option<String> {
    wishes.into_iter().flatten().map(|words| words.trim()).find(|words| !words.is_empty()).map(str::to_owned)
}

/// The language that most of the notes are in, where it is known; a few notes tell as much as all.
fn spoken(work: &Work) -> Option<String> {
    let found = detect(work.files.iter().map(|file| file.text.as_str())).language;
    let code = match found {
        Language::English => "en",
        Language::German => "de",
        Language::Spanish => "es",
        Language::French => "fr",
        Language::Chinese => "zh",
        Language::Other => return None,
    };
    Some(code.to_owned())
}

/// What the only note says of itself; nothing where there are several.
fn only_front_matter(work: &Work) -> FrontMatter {
    match work.files.as_slice() {
        [file] => markdown::parse(file).front,
        _ => FrontMatter::default(),
    }
}
