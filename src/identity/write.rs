//! The text of a lock. A line that says the same as before is kept to the letter, so that a build that finds
//! nothing new writes the same bytes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::exact::Pairs;
use super::lock::{END, Entry, Lock, REMARK, TITLE, VERSION, escaped, form_of};
use super::record::Seen;
use super::settle::{Change, Past, Texts};
use super::{carry, record, time};
use crate::card::{Body, Card, Was};

/// The second at which cards count as made that have never changed since.
pub(super) const FIRST: i64 = 1_735_689_600;

/// What a build made of cards.
pub(super) struct Made<'a> {
    pub(super) pairs: &'a Pairs,
    pub(super) changes: &'a [Change],
    /// Cards that are gone, each with a new one that may be it.
    pub(super) asked: Vec<(&'a str, usize)>,
    /// A hash of what a learner sees of each card.
    pub(super) seen: &'a [Seen],
    /// The sides of cards.
    pub(super) texts: &'a Texts,
}

/// Where a card stands in the notes.
pub(super) fn place(card: &Card) -> (&str, usize, usize) {
    (&card.source.file, card.span.start, card.anchor.start)
}

/// The text of the lock for the next build.
pub(super) fn text(cards: &[Card], prints: &[String], past: &Past, made: &Made) -> String {
    let lock = past.lock;
    let mut out = String::with_capacity(lock.entries.iter().map(|entry| entry.line.len() + 6).sum::<usize>() + 4096);
    _ = write!(out, "{TITLE}{VERSION}\n{REMARK}\n");
    let mut order: Vec<usize> = (0..cards.len()).collect();
    order.sort_by(|a, b| place(&cards[*a]).cmp(&place(&cards[*b])).then(a.cmp(b)));
    for card in order {
        out.push_str("card\t");
        let entry = made.pairs.of_card[card].map(|entry| &lock.entries[entry]);
        let same = |entry: &&Entry| made.changes[card] == Change::Same && entry.fingerprint == prints[card];
        match entry.filter(same) {
            Some(entry) => out.push_str(entry.line),
            None => line(&cards[card], (card, &prints[card]), made, &mut out),
        }
        out.push('\n');
    }
    let mut gone: Vec<&Entry> = Vec::new();
    gone.extend(
        lock.entries.iter().zip(&made.pairs.of_entry).filter(|(_, card)| card.is_none()).map(|(entry, _)| entry),
    );
    gone.sort_by_key(|entry| entry.id);
    for entry in &gone {
        out.push_str("gone\t");
        out.push_str(entry.line);
        out.push('\n');
    }
    out.extend(facts(cards, past, made));
    out.push_str(END);
    out.push('\n');
    out
}

/// The text of a lock as it is, where its lines are in order.
pub(super) fn same(lock: &Lock) -> String {
    let mut out = String::with_capacity(lock.entries.iter().map(|entry| entry.line.len() + 6).sum::<usize>() + 4096);
    _ = write!(out, "{TITLE}{VERSION}\n{REMARK}\n");
    for entry in &lock.entries {
        out.push_str(if entry.gone { "gone\t" } else { "card\t" });
        out.push_str(entry.line);
        out.push('\n');
    }
    out.extend(kept(lock));
    out.push_str(END);
    out.push('\n');
    out
}

/// The line of a card without its first word.
fn line(card: &Card, (place, print): (usize, &str), made: &Made, out: &mut String) {
    let changed = card.lineage.changed.map_or_else(|| "-".to_owned(), time::write);
    let (form, trail) = (record::form(card), record::trail(card));
    let columns = [
        &*card.id.0,
        &changed,
        print,
        made.seen[place].digits(),
        &form,
        card.rule,
        &escaped(&card.source.file),
        &escaped(&trail),
    ];
    for column in columns {
        out.push_str(column);
        out.push('\t');
    }
    // Gaps may have got other numbers since.
    match &card.body {
        Body::Cloze { .. } => out.push_str(&record::sides(&card.body)),
        _ => out.push_str(made.texts.of(place, card)),
    }
}

/// What is known of cards beside their lines, in order.
fn facts(cards: &[Card], past: &Past, made: &Made) -> BTreeSet<String> {
    let lock = past.lock;
    let unpaired = lock.entries.iter().zip(&made.pairs.of_entry).filter(|(_, card)| card.is_none());
    let gone: BTreeSet<&str> = unpaired.map(|(entry, _)| entry.id).collect();
    let mut lines: BTreeSet<String> = asked(cards, past, made, &gone).collect();
    lines.extend(said(lock));
    for (place, pin) in past.pins {
        let pin = escaped(pin);
        if *pin != cards[*place].id.0 && !lock.pins.contains_key(&*pin) {
            lines.insert(format!("pin\t{pin}\t{}\n", cards[*place].id.0));
        }
    }
    let live = cards.iter().filter_map(|card| Some((&*card.id.0, card.lineage.was.as_ref()?)));
    let left = lock.was.iter().filter(|(id, _)| gone.contains(*id)).map(|(id, was)| (*id, was));
    lines.extend(live.chain(left).map(|(id, was)| was_line(id, was)));
    gaps(cards, lock, made, &mut lines);
    lines
}

/// What their author has said of cards.
fn said(lock: &Lock) -> Vec<String> {
    let same = lock.same.iter().map(|(old, new)| format!("same\t{old}\t{new}\n"));
    let different = lock.different.iter().map(|(old, new)| format!("different\t{old}\t{new}\n"));
    let pins = lock.pins.iter().map(|(pin, id)| format!("pin\t{pin}\t{id}\n"));
    same.chain(different).chain(pins).collect()
}

/// All that a lock knows of cards beside their lines, as it is.
pub(super) fn kept(lock: &Lock) -> BTreeSet<String> {
    let mut lines: BTreeSet<String> = said(lock).into_iter().collect();
    lines.extend(lock.asked.iter().map(|(old, new)| format!("ask\t{old}\t{new}\n")));
    lines.extend(lock.was.iter().map(|(id, was)| was_line(id, was)));
    for (id, gaps) in &lock.gaps {
        lines.extend(gaps.iter().map(|(number, words)| format!("gap\t{id}\t{number}\t{words}\n")));
    }
    lines
}

fn was_line(id: &str, was: &Was) -> String {
    format!("was\t{id}\t{}\t{}\n", time::write(was.at), escaped(&was.answer))
}

/// Questions that are open: those from before while both cards are as they were, and those of this build.
fn asked<'a>(
    cards: &'a [Card],
    past: &'a Past,
    made: &'a Made,
    gone: &BTreeSet<&str>,
) -> impl Iterator<Item = String> + use<'a> {
    let settled = |change: Change| matches!(change, Change::Same | Change::New);
    let all = made.changes.iter().zip(cards).filter(|_| !past.lock.asked.is_empty());
    let open: BTreeSet<&str> = all.filter(|(change, _)| settled(**change)).map(|(_, card)| &*card.id.0).collect();
    let known = past.lock.asked.iter().filter(|(old, new)| gone.contains(old) && open.contains(new)).copied();
    let known: Vec<(&str, &str)> = known.collect();
    let new = made.asked.iter().map(|(old, card)| (*old, &*cards[*card].id.0));
    known.into_iter().chain(new).map(|(old, new)| format!("ask\t{old}\t{new}\n"))
}

/// Gaps that a card had and has no more: their numbers are not given to others.
fn gaps(cards: &[Card], lock: &Lock, made: &Made, lines: &mut BTreeSet<String>) {
    for (entry, card) in lock.entries.iter().zip(&made.pairs.of_entry) {
        let Some(card) = card.map(|card| &cards[card]) else {
            for (number, words) in lock.gaps.get(entry.id).into_iter().flatten() {
                lines.insert(format!("gap\t{}\t{number}\t{words}\n", entry.id));
            }
            continue;
        };
        // Nothing but a text with gaps, now or before, loses faces.
        if !lock.gaps.contains_key(entry.id) && has_all(entry, card) {
            continue;
        }
        let faces = card.faces();
        let numbers = form_of(entry.form).map(|(_, numbers)| numbers).unwrap_or_default();
        for face in carry::had(entry, &numbers, lock).into_iter().filter(|face| !faces.contains(&face.number)) {
            lines.insert(format!("gap\t{}\t{}\t{}\n", entry.id, face.number, escaped(&face.words)));
        }
    }
}

/// Whether a card has the faces that it had.
fn has_all(entry: &Entry, card: &Card) -> bool {
    let single = entry.form == card.form().name() && card.body.gaps().is_empty() && !entry.sides.starts_with('c');
    single || record::sides(&card.body) == entry.sides
}
