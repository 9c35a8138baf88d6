//! From what was typed to the cards that are meant.

use super::super::error::Error;
use super::Args;
use crate::card::{self, Kind};
use crate::config::near;
use crate::config::review::Session as Settings;
use crate::review::queue::{Cause, Entry};
use crate::review::world::World;
use crate::schedule::Moment;
use crate::store::{Filter, Store, StoreError, Wanted};

/// What is wanted of the day's queue.
pub(super) fn wanted(args: &Args, settings: &Settings, store: &Store) -> Result<Wanted, Error> {
    Ok(Wanted {
        filter: filter(args, store)?,
        new: args.new,
        limit: args.limit,
        ahead: args.ahead.unwrap_or(0),
        cram: args.cram || args.failed || args.flagged || args.suspended,
        order: settings.order,
        // Who names a number wants so many.
        spread: if args.limit.is_some() { 1 } else { settings.catch_up },
    })
}

/// The cards to ask, in their order.
pub(super) fn entries(args: &Args, world: &World, moment: &Moment) -> Result<Vec<Entry>, Error> {
    let found = || -> Result<Vec<Entry>, StoreError> {
        if !(args.flagged || args.suspended) {
            let queue = world.store.queue(&world.wanted, moment.day)?;
            return world.entries(&queue, moment);
        }
        let marked = world.store.marked(args.suspended)?;
        let filter = Filter { set_aside: true, ..world.wanted.filter.clone() };
        let mut faces = world.store.faces(&filter, moment.day)?;
        faces.retain(|queued| marked.contains(&queued.face));
        faces.truncate(args.limit.unwrap_or(usize::MAX));
        Ok(faces.iter().map(|queued| crate::review::world::entry(queued, Cause::Cram)).collect())
    };
    found().map_err(Error::Store)
}

/// The filter that was typed.
fn filter(args: &Args, store: &Store) -> Result<Filter, Error> {
    let named = |typed: &String| deck(typed, &store.deck_names().map_err(Error::Store)?);
    let deck = args.deck.as_ref().map(named).transpose()?;
    let kinds = Kind::ALL.into_iter().filter(|kind| args.kind.iter().any(|name| name == kind.name()));
    Ok(Filter {
        deck,
        tags: args.tag.iter().map(|tag| tag.trim_start_matches('#').to_owned()).collect(),
        kinds: kinds.collect(),
        failed: args.failed,
        set_aside: args.suspended,
        ..Filter::default()
    })
}

/// The deck that is meant: by its whole name, by the name of a level, or by a part of one that only one has.
fn deck(typed: &str, names: &[String]) -> Result<String, Error> {
    let wanted = typed.trim().to_lowercase();
    let levels = all_levels(names);
    let by = |meant: &dyn Fn(&str) -> bool| -> Vec<&String> {
        levels.iter().filter(|name| meant(&name.to_lowercase())).collect()
    };
    let last = |name: &str| name.rsplit("::").next().unwrap_or_default().to_owned();
    let ways: [&dyn Fn(&str) -> bool; 3] =
        [&|name| name == wanted, &|name| last(name) == wanted, &|name| last(name).contains(&wanted)];
    for way in ways {
        match by(way)[..] {
            [] => {}
            [one] => return Ok(one.clone()),
            [..] => return Err(Error::SeveralDecks(typed.to_owned(), by(way).into_iter().cloned().collect())),
        }
    }
    let lower: Vec<String> = levels.iter().map(|name| name.to_lowercase()).collect();
    let known: Vec<&str> = lower.iter().map(String::as_str).collect();
    let meant = near(typed, &known).and_then(|meant| lower.iter().position(|name| name == meant));
    Err(Error::NoDeck(typed.to_owned(), meant.map(|at| levels[at].clone()), levels))
}

/// Every deck and every deck above one, once, in alphabetical order.
fn all_levels(names: &[String]) -> Vec<String> {
    let mut levels: Vec<String> = Vec::new();
    for name in names {
        levels.extend(card::levels(name).map(str::to_owned));
    }
    levels.sort();
    levels.dedup();
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(typed: &str) -> String {
        let names = ["AWS::Amazon S3", "AWS::Kinesis", "AWS::Kinesis::Firehose", "Bio"].map(str::to_owned);
        match deck(typed, &names) {
            Ok(name) => name,
            Err(Error::SeveralDecks(_, names)) => format!("several: {}", names.join(", ")),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_part_of_a_name_will_do_where_it_is_plain() {
        assert_eq!(meant("aws"), "AWS");
        assert_eq!(meant("kinesis"), "AWS::Kinesis");
        assert_eq!(meant("s3"), "AWS::Amazon S3");
        assert_eq!(meant("aws::kinesis::firehose"), "AWS::Kinesis::Firehose");
        assert_eq!(meant("i"), "several: AWS::Kinesis, AWS::Kinesis::Firehose, Bio");
        assert_eq!(meant("glue"), "there is no deck `glue`");
    }
}
