//! Which cards are printed: by what they are, and by what the review database knows of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::make::Faces;
use crate::card::{self, Card, Deck};
use crate::cli::error::Error;
use crate::cli::report::plural;
use crate::cli::{clock, decks, notes, number, tags};
use crate::export::print::{self, Kind};
use crate::review::agenda::{Agenda, Today};
use crate::store::{Ahead, FaceId, Filter, Queued, Store, StoreError};

/// How often a card has been forgotten that is a leech.
const LEECH: u32 = 8;

/// How cards are chosen; a card has to meet all that is asked.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Cards")]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
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
    /// Only cards that are due today for `recto review`: neither new ones nor those that come back on the same day
    #[arg(long)]
    due: bool,
    /// With --due, the new cards of today, too
    #[arg(long, requires = "due")]
    new: bool,
    /// Only cards that have been forgotten eight times or more
    #[arg(long)]
    leeches: bool,
    /// Only cards that were not known when they were last asked
    #[arg(long)]
    failed: bool,
    /// At most so many cards
    #[arg(long, value_name = "NUMBER", value_parser = number::<usize>)]
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
    today: Option<(Today, Ahead)>,
}

impl Choosing {
    /// The folder of the decks, whose identity file says which card is which.
    pub(super) fn decks(&self) -> &Path {
        self.database.parent().unwrap_or(Path::new(""))
    }

    /// Demands that there are the decks and tags that are named; of a deck a part of its name will do.
    pub(super) fn find_names(&mut self, deck: &Deck) -> Result<(), Error> {
        let all = tags::all(deck.cards.iter().flat_map(|card| &card.tags));
        let has = |tag: &String| all.iter().any(|own| is_below(own, tag.trim_start_matches('#')));
        self.tag.iter().filter(|tag| !has(tag)).try_for_each(|tag| tags::known(tag, &all))?;
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
            return Ok(Choice { args: self, reviewed: None, today: None });
        }
        let store = Store::open(&self.database).map_err(Error::Store)?;
        let settings = notes::settings(&store)?;
        let (day, settings) = (clock::moment_by(&settings).day, settings.review);
        let filter = Filter { leeches: self.leeches.then_some(LEECH), failed: self.failed, ..Filter::default() };
        let read = || -> Result<Choice, StoreError> {
            let mut faces: Vec<Queued> = store.faces(&filter, day)?;
            let mut today = None;
            if self.due {
                let agenda = Agenda::of(&store, &settings.wanted(), (day, &settings.waits()))?;
                // What was answered today and comes back is no matter for paper, which is graded once a day.
                let new = agenda.queue.new.iter().filter(|_| self.new);
                let asked: BTreeSet<FaceId> = agenda.queue.due.iter().chain(new).map(|queued| queued.face).collect();
                faces.retain(|queued| asked.contains(&queued.face));
                today = Some((agenda.today(), store.ahead(day)?));
            }
            let mut reviewed = Faces::new();
            for face in faces {
                let all = store.faces_of(&face.card)?;
                reviewed.extend(all.iter().position(|id| *id == face.face).map(|at| (face.card, at)));
            }
            Ok(Choice { args: self, reviewed: Some(reviewed), today })
        };
        read().map_err(Error::Store)
    }
}

impl Choice<'_> {
    /// The faces that are to be learnt today, if these are wanted.
    pub(super) fn today(&self) -> Option<Faces> {
        self.reviewed.clone().filter(|_| self.args.due)
    }

    /// Why there is no card to print, and what to do.
    pub(super) fn nothing(&self, deck: &Deck) -> String {
        let Choosing { deck: decks, tag, kind, leeches, failed, .. } = self.args;
        if let Some((today, ahead)) = &self.today {
            let asked = today.due + if self.args.new { today.new } else { 0 };
            return match (asked, today.new) {
                (0, 0) if today.again > 0 => {
                    "nothing is due today but what comes back; `recto review` asks it".to_owned()
                }
                (0, 0) => "nothing is due today".to_owned(),
                (0, new) if ahead.new == ahead.all => format!(
                    "nothing is due today, for no card has been learnt yet\n  \
                     help: `recto review` begins; `--due --new` prints the {} of today",
                    plural(new, "new card")
                ),
                (0, new) => format!(
                    "nothing is due today\n  help: `--due --new` prints the {} of today",
                    plural(new, "new card")
                ),
                (asked, _) => format!(
                    "of the {} of today none is among those that were named or is in these notes\n  \
                     help: name the notes as for `recto build`, where their deck was built from others",
                    plural(asked, "card")
                ),
            };
        }
        match (leeches, failed) {
            _ if decks.len() + tag.len() + kind.len() > 0 && !(*leeches || *failed) => {
                format!("there is no such card to print\n  help: the kinds of the cards are {}", kinds(deck))
            }
            (true, false) => format!("no such card has been forgotten {LEECH} times"),
            (false, true) => "no such card was forgotten the last time".to_owned(),
            (true, true) => format!("no such card has been forgotten {LEECH} times, and the last time, too"),
            (false, false) => "there is no card to print".to_owned(),
        }
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

/// The kinds of cards in a deck, each with how many there are.
fn kinds(deck: &Deck) -> String {
    let counted =
        card::Kind::ALL.iter().map(|kind| (kind, deck.cards.iter().filter(|card| card.kind == *kind).count()));
    let told = counted.filter(|(_, number)| *number > 0).map(|(kind, number)| format!("{number} {}", kind.name()));
    told.collect::<Vec<_>>().join(", ")
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
