//! The build of which nothing changed, told by one hash of each card: where all are in their places and look as they
//! did, nobody needs to be looked for.

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::lock::Entry;
use super::record::Seer;
use super::settle::{Change, Past, Settled};
use super::{time, write};
use crate::card::{Card, CardId, Form, Lineage};

/// Gives cards their ids where nothing changed; `None`, and the cards as they were, where anything may have.
pub(super) fn settle(cards: &mut [Card], past: &Past) -> Option<Settled> {
    let lock = past.lock;
    let (live, gone) = lock.entries.split_at(lock.entries.iter().take_while(|entry| !entry.gone).count());
    let said = !past.pins.is_empty() || !lock.same.is_empty();
    let in_order = |card: &Card, other: &Card| write::place(card) <= write::place(other);
    let ordered = cards.is_sorted_by(in_order) && gone.is_sorted_by_key(|entry| entry.id);
    let same = |seer: &mut Seer, (card, entry): (&Card, &Entry)| {
        entry.form == Form::of(&card.body).name() && seer.seen(card, lock.was.get(entry.id)).digits() == entry.seen
    };
    let likely = live.len() == cards.len() && !said && ordered;
    if !likely || !cards.par_iter().zip(live).map_init(Seer::default, same).all(|same| same) {
        return None;
    }
    for (card, entry) in cards.iter_mut().zip(live) {
        card.id = CardId(entry.id.to_owned());
        card.lineage =
            Lineage { changed: time::read(entry.changed), was: lock.was.get(entry.id).cloned(), ..Lineage::default() };
    }
    Some(Settled { text: write::same(lock), changes: vec![Change::Same; live.len()], ..Settled::default() })
}
