//! How it is printed: what was typed goes before what settings say, and these before what is usual.

use clap::builder::PossibleValuesParser;
use jiff::civil::Date;

use crate::cli::clock;
use crate::cli::error::Error;
use crate::cli::notes::Work;
use crate::export::print::{Options, PAPERS};
use crate::markdown::{self, FrontMatter};

/// How it is printed.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Paper")]
pub(super) struct Wishes {
    /// The title [default: that of the deck, or of the only note]
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// The paper [default: a4]
    #[arg(long, value_name = "SIZE", value_parser = PossibleValuesParser::new(PAPERS))]
    paper: Option<String>,
    /// What a quiz is shuffled by: another number, another order
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// The date on the paper [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
}

impl Wishes {
    /// What is wanted of these notes; `base` leads from the printed file to them.
    pub(super) fn options(&self, work: &Work, base: String) -> Result<Options, Error> {
        let settings = &work.config.print;
        let front = only_front_matter(work);
        let paper = self.paper.clone().or(front.paper).or_else(|| settings.paper.map(|paper| paper.name().to_owned()));
        let date = self.date.map_or_else(|| clock::moment().map(|moment| moment.day.date()), Ok)?;
        let part = |number: i8| u8::try_from(number).unwrap_or_default();
        Ok(Options {
            title: first([&self.title, &settings.title, &front.title]).unwrap_or_else(|| work.deck.name.clone()),
            language: front.language.or_else(|| work.config.language.clone()),
            paper: PAPERS.into_iter().find(|size| Some(*size) == paper.as_deref()).unwrap_or(PAPERS[0]),
            seed: self.seed,
            date: (date.year(), part(date.month()), part(date.day())),
            base,
        })
    }
}

/// The first of some words that are any.
fn first(wishes: [&Option<String>; 3]) -> Option<String> {
    wishes.into_iter().flatten().map(|words| words.trim()).find(|words| !words.is_empty()).map(str::to_owned)
}

/// What the only note says of itself; nothing where there are several.
fn only_front_matter(work: &Work) -> FrontMatter {
    match work.files.as_slice() {
        [file] => markdown::parse(file).front,
        _ => FrontMatter::default(),
    }
}
