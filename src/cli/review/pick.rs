//! From what was typed to the cards that are meant.

use super::super::error::Error;
use super::super::{decks, tags};
use super::Args;
use crate::card::Kind;
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
            return world.entries(moment);
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
    let named = |typed: &String| decks::meant(typed, &store.deck_names().map_err(Error::Store)?);
    let deck = args.deck.as_ref().map(named).transpose()?;
    if !args.tag.is_empty() {
        let all = store.tag_names().map_err(Error::Store)?;
        args.tag.iter().try_for_each(|tag| tags::known(tag, &all))?;
    }
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
