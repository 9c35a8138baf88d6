//! Which cards are printed: by what they are, and by what the review database knows of them.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::make::Faces;
use crate::card::{self, Card, Deck};
use crate::cli::clock;
use crate::cli::decks;
use crate::cli::error::Error;
use crate::export::print::{self, Kind};
use crate::store::{Filter, Store};

/// How often a card has been forgotten that is a leech.
const LEECH: u32 = 8;

/// How cards are chosen; a card has to meet all that is asked.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Cards")]
pub(super) struct Choosing {
    /// Only cards of this deck and those below it, by its name or a part of it; several, with commas between
    #[arg(long, value_name = "DECK", value_delimiter = ',')]
    deck: Vec<String>,
    /// Only cards with this tag or one below it; several, with commas between
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    tag: Vec<String>,
    /// Only cards of this kind; several, with commas between
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    #[arg(value_parser = PossibleValuesParser::new(card::Kind::ALL.map(card::Kind::name)))]
    kind: Vec<String>,
    /// Only cards that are due today
    #[arg(long)]
    due: bool,
    /// Only cards that have been forgotten eight times or more
    #[arg(long)]
    leeches: bool,
    /// Only cards that were not known when they were last asked
    #[arg(long)]
    failed: bool,
    /// At most so many cards
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// The review database, for what is due, forgotten or failed
    #[arg(long, value_name = "FILE", default_value = "decks/recto.db")]
    database: PathBuf,
}

/// What was asked, with what the database says to it.
#[derive(Debug)]
pub(super) struct Choice<'a> {
    args: &'a Choosing,
    reviewed: Option<Faces>,
}

impl Choosing {
    /// The folder of the decks, whose identity file says which card is which.
    pub(super) fn decks(&self) -> &Path {
        self.database.parent().unwrap_or(Path::new(""))
    }

    /// Demands that there are the decks that are named; of one a part of its name will do.
    pub(super) fn find_decks(&mut self, deck: &Deck) -> Result<(), Error> {
        let mut names: Vec<String> = deck.cards.iter().map(|card| card.deck.clone()).collect();
        names.dedup();
        for wanted in &mut self.deck {
            if !names.iter().any(|name| is_below(name, wanted)) {
                *wanted = decks::meant(wanted, &names)?;
            }
        }
        Ok(())
    }

    /// Asks the database, if that is needed.
    pub(super) fn read(&self) -> Result<Choice<'_>, Error> {
        if !(self.due || self.leeches || self.failed) {
            return Ok(Choice { args: self, reviewed: None });
        }
        let today = clock::moment()?.day;
        let leeches = self.leeches.then_some(LEECH);
        let filter = Filter { due: self.due.then_some(today), leeches, failed: self.failed, ..Filter::default() };
        let store = Store::open(&self.database).map_err(Error::Store)?;
        let mut reviewed = Faces::new();
        for face in store.faces(&filter, today).map_err(Error::Store)? {
            let all = store.faces_of(&face.card).map_err(Error::Store)?;
            reviewed.extend(all.iter().position(|id| *id == face.face).map(|at| (face.card, at)));
        }
        Ok(Choice { args: self, reviewed: Some(reviewed) })
    }
}

impl Choice<'_> {
    /// The faces that are to be learnt today, if these are wanted.
    pub(super) fn today(&self) -> Option<Faces> {
        self.reviewed.clone().filter(|_| self.args.due)
    }

    /// The positions of the cards that are wanted and that a kind of paper prints.
    pub(super) fn positions(&self, deck: &Deck, kind: &Kind) -> Vec<usize> {
        let mut chosen = print::chosen(deck, kind);
        chosen.retain(|at| self.wants(&deck.cards[*at]));
        chosen.truncate(self.args.limit.unwrap_or(usize::MAX));
        chosen
    }

    fn wants(&self, card: &Card) -> bool {
        let Choosing { deck, tag, kind, .. } = self.args;
        let any =
            |wanted: &[String], holds: &dyn Fn(&str) -> bool| wanted.is_empty() || wanted.iter().any(|w| holds(w));
        any(deck, &|deck| is_below(&card.deck, deck))
            && any(tag, &|tag| card.tags.iter().any(|own| is_below(own, tag.trim_start_matches('#'))))
            && any(kind, &|kind| card.kind.name() == kind)
            && self.reviewed.as_ref().is_none_or(|reviewed| reviewed.iter().any(|(id, _)| *id == card.id.0))
    }
}

/// Whether a name is `above` or holds it as a level: `Exam::S3` is meant by `exam`, by `s3` and by itself.
fn is_below(name: &str, above: &str) -> bool {
    let (name, above) = (name.to_lowercase(), above.to_lowercase());
    format!("::{name}::").contains(&format!("::{above}::"))
}

#[cfg(test)]
mod tests {
    use super::is_below;

    #[test]
    fn levels_are_whole() {
        assert!(
            is_below("Exam::S3::Classes", "exam") && is_below("Exam::S3", "s3") && is_below("Exam::S3", "Exam::S3")
        );
        assert!(!is_below("Exam::S3", "S") && !is_below("Exam", "Exam::S3"));
    }
}
