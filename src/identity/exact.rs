//! The first step of matching two builds: cards that say the same. At the same place before elsewhere, those that
//! are there before those that are gone, in the order of the notes, and one to one.

use std::collections::BTreeSet;
use std::hash::BuildHasherDefault;

use super::lock::{ById, Entry, Lock, unescaped};
use crate::card::Card;

/// Which earlier card each of this build's is, and the other way round.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// The entry of the lock, by card.
    pub(super) of_card: Vec<Option<usize>>,
    /// The card, by entry of the lock.
    pub(super) of_entry: Vec<Option<usize>>,
    /// Entries of which nothing changed but a term that was replaced throughout.
    pub(super) renamed: BTreeSet<usize>,
}

/// Nothing follows in a chain.
const NONE: u32 = u32::MAX;

impl Pairs {
    /// No pairs yet.
    pub(super) fn new(cards: usize, entries: usize) -> Pairs {
        Pairs { of_card: vec![None; cards], of_entry: vec![None; entries], renamed: BTreeSet::new() }
    }

    /// Makes a card and an entry one.
    pub(super) fn join(&mut self, card: usize, entry: usize) {
        self.of_card[card] = Some(entry);
        self.of_entry[entry] = Some(card);
    }
}

/// Pairs cards with entries of the same content, by fingerprint.
pub(super) fn pair(cards: &[Card], prints: &[String], lock: &Lock, pairs: &mut Pairs) {
    let (heads, next) = chains(lock);
    let passes: [fn(&Entry, &Card) -> bool; 4] = [
        |entry, card| !entry.gone && in_file(entry, card) && in_trail(entry, card),
        |entry, card| !entry.gone && in_file(entry, card),
        |entry, _| !entry.gone,
        |_, _| true,
    ];
    for fits in passes {
        if pairs.of_card.iter().all(Option::is_some) {
            return;
        }
        for (index, card) in cards.iter().enumerate() {
            if pairs.of_card[index].is_some() {
                continue;
            }
            let mut at = heads.get(prints[index].as_str()).copied().unwrap_or(NONE);
            while at != NONE {
                let entry = at as usize;
                if pairs.of_entry[entry].is_none() && fits(&lock.entries[entry], card) {
                    pairs.join(index, entry);
                    break;
                }
                at = next[entry];
            }
        }
    }
}

/// The first entry of each fingerprint, and behind each entry the next one of the same.
fn chains<'t>(lock: &Lock<'t>) -> (ById<'t, u32>, Vec<u32>) {
    let mut heads = ById::with_capacity_and_hasher(lock.entries.len(), BuildHasherDefault::default());
    let mut next = vec![NONE; lock.entries.len()];
    for (index, entry) in lock.entries.iter().enumerate().rev() {
        let at = u32::try_from(index).unwrap_or(NONE);
        if let Some(behind) = heads.insert(entry.fingerprint, at) {
            next[index] = behind;
        }
    }
    (heads, next)
}

fn in_file(entry: &Entry, card: &Card) -> bool {
    entry.file == card.source.file || unescaped(entry.file) == card.source.file
}

fn in_trail(entry: &Entry, card: &Card) -> bool {
    let trail = unescaped(entry.trail);
    let mut rest = &*trail;
    for (place, heading) in card.trail.iter().enumerate() {
        let joint = if place == 0 { "" } else { super::record::JOINT };
        let Some(behind) = rest.strip_prefix(joint).and_then(|rest| rest.strip_prefix(heading.as_str())) else {
            return false;
        };
        rest = behind;
    }
    rest.is_empty()
}
