//! Why a session asks nothing, and what there is to do.

use std::collections::BTreeSet;

use super::super::error::Error;
use super::super::screen::Screen;
use super::Args;
use crate::cli::Outcome;
use crate::render::clean;
use crate::review::summary::{self, Outlook};
use crate::review::world::World;
use crate::schedule::Day;
use crate::store::{Filter, StoreError};

/// Says it.
pub(super) fn tell(args: &Args, world: &World, today: Day, screen: &mut Screen) -> Result<Outcome, Error> {
    let outlook = world.outlook(today).map_err(Error::Store)?;
    let mut lines = vec![why(args, world, (&outlook, today)).map_err(Error::Store)?];
    if outlook.all > 0 {
        lines.extend(summary::to_come(&outlook));
        if !(args.cram || args.failed || args.flagged || args.suspended) {
            lines.push("To learn all the same: `--ahead 3d` asks early, `--cram` repeats without counting.".to_owned());
            lines.push("To take back answers of today: `u` in `recto review --cram`.".to_owned());
        }
    }
    screen.words(&lines.iter().map(|line| clean(line).into_owned()).collect::<Vec<_>>())?;
    Ok(Outcome::Clean)
}

/// The reason in a sentence.
fn why(args: &Args, world: &World, (outlook, today): (&Outlook, Day)) -> Result<String, StoreError> {
    match (outlook.all, outlook.suspended) {
        (0, 0) => return Ok("There are no cards yet; `recto build` makes them from your notes.".to_owned()),
        (0, _) if !args.suspended => return Ok("All cards are suspended.".to_owned()),
        _ if args.limit == Some(0) => return Ok("`--limit 0` asks nothing.".to_owned()),
        _ => {}
    }
    let narrowed = args.deck.is_some() || !args.tag.is_empty() || !args.kind.is_empty();
    let filter = Filter { failed: false, set_aside: true, ..world.wanted.filter.clone() };
    let faces = world.store.faces(&filter, today)?;
    if faces.is_empty() {
        return none_is_meant(args, world);
    }
    let those = if narrowed { format!(" among those that are meant ({})", faces.len()) } else { String::new() };
    if args.failed && (args.flagged || args.suspended) {
        let marked = world.store.marked(args.suspended)?;
        let cards: BTreeSet<&str> =
            faces.iter().filter(|queued| marked.contains(&queued.face)).map(|queued| queued.card.as_str()).collect();
        if !cards.is_empty() {
            let which = if args.flagged { "flagged" } else { "suspended" };
            let cards = summary::count(cards.len(), &format!("{which} card"));
            return Ok(format!("Of {cards} none was forgotten the last time{those}."));
        }
    }
    let unlearnt = faces.iter().all(|face| face.memory.is_none());
    Ok(match args {
        Args { suspended: true, .. } => format!("No card is suspended{those}."),
        Args { flagged: true, .. } => format!("No card is flagged{those}."),
        Args { failed: true, .. } => format!("No card was forgotten the last time{those}."),
        Args { cram: true, .. } => format!("No card has been learnt yet{those}; without `--cram` new ones are asked."),
        Args { ahead: Some(days), .. } => format!("Nothing is due today or in the {days} days after it{those}."),
        _ if narrowed && unlearnt => format!("Nothing is due today{those}: none has been learnt yet."),
        _ => format!("Nothing is due today{those}."),
    })
}

/// What is said where no card is what was asked for.
fn none_is_meant(args: &Args, world: &World) -> Result<String, StoreError> {
    if args.deck.is_none() && args.tag.is_empty() {
        let kinds: Vec<String> = world.store.kinds()?.iter().map(|(kind, number)| format!("{number} {kind}")).collect();
        return Ok(format!("No card is of the kind {}; there are {}.", args.kind.join(" or "), kinds.join(", ")));
    }
    let deck = world.wanted.filter.deck.iter().map(|deck| format!("is in the deck `{deck}`"));
    let tags = args.tag.iter().map(|tag| format!("has the tag `{tag}`"));
    let kinds = (!args.kind.is_empty()).then(|| format!("is of the kind {}", args.kind.join(" or ")));
    let all: Vec<String> = deck.chain(tags).chain(kinds).collect();
    Ok(format!("There is no card that {}.", all.join(" and ")))
}
