//! Matches this build's cards with those of the last, gives each the id it had or a new one, and makes the lock
//! for the next build.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::content::{short_hash, write_fingerprint};
use super::exact::{self, Pairs};
use super::half::{self, Half, Same};
use super::lock::{Entry, Lock, unescaped};
use super::record::Seen;
use super::similar::{Build, Found, Search, Sought};
use super::sketch::Sketch;
use super::{carry, fingerprint, fresh, record, untouched, weigh, write};
use crate::card::{Card, CardId, Was};
use crate::diagnostic::Finding;
use crate::diagnostic::codes::identity::IDENTITY_UNSURE;

/// What is known from the last build, and the time of this one.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// The lock; an empty one where nothing was built before.
    pub lock: &'a Lock<'a>,
    /// Seconds since 1970.
    pub now: i64,
    /// Which cards are pinned, by place in the deck.
    pub pins: &'a BTreeMap<usize, String>,
}

/// What became of a card from the last build to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It is as it was.
    Same,
    /// It is the same card, and a learner sees something else.
    Edited,
    /// It is the same card, and its answer has changed in substance.
    Substance,
    /// It had left the notes and is back.
    Returned,
    /// It is new.
    New,
}

/// What settling identities yields; the cards have their ids.
#[derive(Debug, Default)]
pub struct Settled {
    /// The text of the new lock.
    pub text: String,
    /// What became of each card.
    pub changes: Vec<Change>,
    /// The cards that left the notes with this build.
    pub retired: Vec<Retired>,
    /// What only the author can know.
    pub findings: Vec<Finding>,
}

/// How the search for the cards that have gone begins, and with it the list of these.
pub const RETIRED: &str = "\"Id:re:^(";

/// A card that is not in the notes any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    /// Its id.
    pub id: String,
    /// The note it was in.
    pub file: String,
    /// What it asked, on one line.
    pub front: String,
}

impl Retired {
    /// The card of an entry.
    pub fn of(entry: &Entry) -> Retired {
        let front = entry.sides.get(2..).unwrap_or_default().split('\t').next().unwrap_or_default();
        let front = unescaped(front).split_whitespace().collect::<Vec<_>>().join(" ");
        Retired { id: entry.id.to_owned(), file: unescaped(entry.file).into_owned(), front }
    }
}

/// The sides of cards as a lock has them, each written once; gaps have the numbers that rules gave them.
pub(super) struct Texts(Vec<OnceLock<String>>);

impl Texts {
    fn new(cards: usize) -> Texts {
        Texts((0..cards).map(|_| OnceLock::new()).collect())
    }

    /// The sides of the card at a place.
    pub(super) fn of(&self, place: usize, card: &Card) -> &str {
        self.0[place].get_or_init(|| record::sides(&card.body))
    }
}

/// How many cards of the last build tell what words are common, besides those that changed.
const SAMPLE: usize = 1500;

/// The most cards that are gone among which a changed one is looked for.
const GONE: usize = 2000;

/// Gives cards their ids. The result depends on nothing but the arguments; the order of `cards` is that of the deck.
pub fn settle(cards: &mut [Card], past: &Past) -> Settled {
    if let Some(settled) = untouched::settle(cards, past) {
        return settled;
    }
    let print = |said: &mut String, card: &Card| {
        said.clear();
        write_fingerprint(&card.body, said);
        short_hash(said)
    };
    let prints: Vec<String> = cards.par_iter().map_init(String::new, print).collect();
    let texts = Texts::new(cards.len());
    let mut pairs = Pairs::new(cards.len(), past.lock.entries.len());
    pinned(past, &mut pairs);
    exact::pair(cards, &prints, past.lock, &mut pairs);
    let open = |pairs: &[Option<usize>]| pairs.iter().any(Option::is_none);
    // Where no card of the last build is without its own, none of this one can be an earlier one that changed.
    let search = open(&pairs.of_card) && open(&pairs.of_entry);
    let asked = if search { changed((cards, &texts), past, &mut pairs) } else { Vec::new() };
    said(past, &mut pairs);
    let Applied { changes, seen } = apply((cards, &texts), &prints, past, &pairs);
    let different = |(entry, card): &(usize, usize)| {
        past.lock.different.contains(&(past.lock.entries[*entry].id, cards[*card].id.0.as_str()))
    };
    let asked: Vec<(usize, usize)> = asked.into_iter().filter(|pair| !different(pair)).collect();
    let findings = asked.iter().map(|(entry, card)| unsure(&past.lock.entries[*entry], &cards[*card])).collect();
    let asked = asked.iter().map(|(entry, card)| (past.lock.entries[*entry].id, *card)).collect();
    let retired = past.lock.entries.iter().zip(&pairs.of_entry).filter(|(entry, card)| !entry.gone && card.is_none());
    let retired = retired.map(|(entry, _)| Retired::of(entry)).collect();
    let made = write::Made { pairs: &pairs, changes: &changes, asked, seen: &seen, texts: &texts };
    let text = write::text(cards, &prints, past, &made);
    Settled { text, changes, retired, findings }
}

/// A pin that is known means its card, whatever it says by now.
fn pinned(past: &Past, pairs: &mut Pairs) {
    for (card, pin) in past.pins {
        let pin = super::lock::escaped(pin);
        let id = past.lock.pins.get(&*pin).copied().unwrap_or(&pin);
        let entry = past.lock.entries.iter().position(|entry| entry.id == id);
        if let Some(entry) = entry.filter(|entry| pairs.of_entry[*entry].is_none()) {
            pairs.join(*card, entry);
        }
    }
}

/// A card of which its author said that it is an earlier one is that.
fn said(past: &Past, pairs: &mut Pairs) {
    let entries = &past.lock.entries;
    let place = |id: &str| entries.iter().position(|entry| entry.id == id);
    for (old, new) in &past.lock.same {
        let (Some(old), Some(new)) = (place(old), place(new)) else { continue };
        if let Some(card) = pairs.of_entry[new].filter(|_| pairs.of_entry[old].is_none()) {
            pairs.of_entry[new] = None;
            pairs.join(card, old);
        }
    }
}

/// Pairs the cards that changed; returns entries and cards that may be one.
fn changed((cards, texts): (&[Card], &Texts), past: &Past, pairs: &mut Pairs) -> Vec<(usize, usize)> {
    let entries = &past.lock.entries;
    let live = entries.iter().take_while(|entry| !entry.gone).count();
    let order = order(cards);
    let files = Files::new(cards, &entries[..live], pairs);
    let half = same_half((cards, texts), &entries[..live], &files, pairs);
    let mut rank = vec![0; cards.len()];
    for (place, card) in order.iter().enumerate() {
        rank[*card] = place;
    }
    let builds = || {
        let old = Build {
            files: entries[..live].iter().map(|entry| files.of_entry(entry)).collect(),
            pairs: pairs.of_entry[..live].iter().map(|card| card.map(|card| rank[card])).collect(),
        };
        let new = Build {
            files: order.iter().map(|card| files.of_card(&cards[*card])).collect(),
            pairs: order
                .iter()
                .map(|card| pairs.of_card[*card].filter(|entry| *entry < live).map(|_| rank[*card]))
                .collect(),
        };
        [old, new]
    };
    let sought =
        |range: Vec<usize>| range.par_iter().map(|entry| sought_entry(*entry, &entries[*entry], &files)).collect();
    let olds: Vec<Sought> = sought((0..live).filter(|entry| pairs.of_entry[*entry].is_none()).collect());
    let open: Vec<usize> = order.iter().copied().filter(|card| pairs.of_card[*card].is_none()).collect();
    let trails = trails(cards, &open);
    let new = |at: usize| {
        let card = open[at];
        let sketch = Sketch::of(texts.of(card, &cards[card]));
        sought_card(rank[card], &cards[card], (sketch, &trails[at]), &files)
    };
    let news: Vec<Sought> = (0..open.len()).into_par_iter().map(new).collect();
    let others = if open.is_empty() { Vec::new() } else { others(&entries[..live], pairs) };
    let exchanges: Vec<u64> = half.iter().filter_map(|(_, exchange)| *exchange).collect();
    let found = Search::new(builds(), [olds, news], &others).run(weigh::SURE, &exchanges);
    let Found { same, mut asked, renamed, left, throughout } = found;
    for (entry, place) in same {
        pairs.join(order[place], entry);
    }
    let replaced = |exchange: &Option<u64>| exchange.is_some_and(|exchange| throughout.contains(&exchange));
    pairs.renamed.extend(renamed);
    pairs.renamed.extend(half.iter().filter(|(_, exchange)| replaced(exchange)).map(|(entry, _)| *entry));
    let mut left: Vec<(usize, Sketch)> = left.into_iter().map(|(place, sketch)| (order[place], sketch)).collect();
    left.sort_unstable_by_key(|(card, _)| *card);
    returned((cards, left), past, &others, pairs);
    asked.retain(|(_, place)| pairs.of_card[order[*place]].is_none());
    asked.into_iter().map(|(entry, place)| (entry, order[place])).collect()
}

/// Pairs cards that ask or answer to the letter what one of their note did before; returns the entries, each with the
/// exchange of words in its other half.
fn same_half(
    (cards, texts): (&[Card], &Texts),
    entries: &[Entry],
    files: &Files,
    pairs: &mut Pairs,
) -> Vec<(usize, Option<u64>)> {
    let open = |side: &[Option<usize>]| -> Vec<usize> {
        side.iter().enumerate().filter(|(_, other)| other.is_none()).map(|(place, _)| place).collect()
    };
    let (olds, news) = (open(&pairs.of_entry[..entries.len()]), open(&pairs.of_card));
    let old = |entry: &usize| Half::of(files.of_entry(&entries[*entry]), entries[*entry].sides);
    let new = |card: &usize| Half::of(files.of_card(&cards[*card]), texts.of(*card, &cards[*card]));
    let (halves_old, halves_new): (Vec<Half>, Vec<Half>) =
        (olds.par_iter().map(old).collect(), news.par_iter().map(new).collect());
    let same = half::same(&halves_old, &halves_new);
    for Same { old, new, .. } in &same {
        pairs.join(news[*new], olds[*old]);
    }
    same.into_iter().map(|Same { old, exchange, .. }| (olds[old], exchange)).collect()
}

/// Some of the earlier cards that are known again: they tell what words are common.
fn others(entries: &[Entry], pairs: &Pairs) -> Vec<Sketch> {
    let step = (entries.len() / SAMPLE).max(1);
    let known = entries.iter().zip(&pairs.of_entry).step_by(step).filter(|(_, card)| card.is_some());
    known.map(|(entry, _)| Sketch::of(entry.sides)).collect()
}

/// Pairs cards that are still new with those that are gone and were changed while they were away.
fn returned((cards, open): (&[Card], Vec<(usize, Sketch)>), past: &Past, others: &[Sketch], pairs: &mut Pairs) {
    let entries = &past.lock.entries;
    let free = |entry: &usize| entries[*entry].gone && pairs.of_entry[*entry].is_none();
    let gone: Vec<usize> = (0..entries.len()).rev().filter(free).take(GONE).collect();
    if gone.is_empty() || open.is_empty() {
        return;
    }
    let files = Files::new(cards, &[], pairs);
    let (open, sketches): (Vec<usize>, Vec<Sketch>) = open.into_iter().unzip();
    let trails = trails(cards, &open);
    let olds: Vec<Sought> = gone.iter().rev().map(|entry| sought_entry(*entry, &entries[*entry], &files)).collect();
    let known = open.iter().zip(sketches).zip(&trails);
    let news: Vec<Sought> =
        known.map(|((card, sketch), trail)| sought_card(*card, &cards[*card], (sketch, trail), &files)).collect();
    let found = Search::new([Build::default(), Build::default()], [olds, news], others).run(weigh::SURE + 2.5, &[]);
    for (entry, card) in found.same {
        pairs.join(card, entry);
    }
}

/// Cards in the order of the notes.
fn order(cards: &[Card]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..cards.len()).collect();
    order.sort_by(|a, b| write::place(&cards[*a]).cmp(&write::place(&cards[*b])).then(a.cmp(b)));
    order
}

fn sought_entry<'a>(place: usize, entry: &Entry<'a>, files: &Files) -> Sought<'a> {
    let sketch = Sketch::of(entry.sides);
    Sought {
        place,
        sketch,
        file: files.of_entry(entry),
        trail: entry.trail,
        rule: entry.rule,
        before: None,
        behind: None,
    }
}

fn sought_card<'a>(place: usize, card: &'a Card, (sketch, trail): (Sketch, &'a str), files: &Files) -> Sought<'a> {
    Sought { place, sketch, file: files.of_card(card), trail, rule: card.rule, before: None, behind: None }
}

/// The headings above some cards as a lock has them.
fn trails(cards: &[Card], some: &[usize]) -> Vec<String> {
    some.iter().map(|card| record::trail(&cards[*card])).collect()
}

/// Numbers of notes; a note that was renamed has the number that it had.
struct Files(HashMap<String, usize>);

impl Files {
    fn new(cards: &[Card], entries: &[Entry], pairs: &Pairs) -> Files {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for card in cards {
            let next = numbers.len();
            if !numbers.contains_key(&card.source.file) {
                numbers.insert(card.source.file.clone(), next);
            }
        }
        // A note that is no more goes by where most of its cards are now.
        let mut moved: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
        for (entry, card) in entries.iter().zip(&pairs.of_entry) {
            let file = unescaped(entry.file);
            if !numbers.contains_key(&*file) {
                let homes = moved.entry(file.into_owned()).or_default();
                if let Some(card) = card {
                    *homes.entry(numbers[&cards[*card].source.file]).or_default() += 1;
                }
            }
        }
        for (file, homes) in moved {
            let next = numbers.len() + 1;
            let most = homes.iter().max_by_key(|(_, count)| **count).map(|(file, _)| *file);
            numbers.insert(file, most.unwrap_or(next));
        }
        Files(numbers)
    }

    fn of_entry(&self, entry: &Entry) -> usize {
        self.0.get(&*unescaped(entry.file)).copied().unwrap_or(usize::MAX)
    }

    fn of_card(&self, card: &Card) -> usize {
        self.0.get(&card.source.file).copied().unwrap_or(usize::MAX)
    }
}

/// Ids for cards that are new.
struct Ids<'a> {
    past: &'a Past<'a>,
    /// Ids that a card has or had; not looked up where no card is new.
    used: HashSet<String>,
}

impl<'a> Ids<'a> {
    fn new(past: &'a Past<'a>, pairs: &Pairs) -> Ids<'a> {
        let any = pairs.of_card.iter().any(Option::is_none);
        let known = past.lock.entries.iter().filter(|_| any).map(|entry| entry.id.to_owned());
        Ids { past, used: known.collect() }
    }

    fn next(&mut self, place: usize, card: &Card, print: &str) -> String {
        let free = |id: &String| !self.used.contains(id);
        let pin = self.past.pins.get(&place).map(|pin| super::pin::id(pin)).filter(free);
        // Of the first card of a content the id is its fingerprint.
        let id = pin.or_else(|| Some(print.to_owned()).filter(free));
        let id = id.unwrap_or_else(|| fresh(&fingerprint(&card.body), &self.used));
        self.used.insert(id.clone());
        id
    }
}

/// What became of cards, and what a learner sees of each as a hash.
struct Applied {
    changes: Vec<Change>,
    seen: Vec<Seen>,
}

/// Gives each card its id and what it takes over.
fn apply((cards, texts): (&mut [Card], &Texts), prints: &[String], past: &Past, pairs: &Pairs) -> Applied {
    let mut ids = Ids::new(past, pairs);
    let mut hasher = record::Seer::default();
    let mut out = Applied { changes: Vec::with_capacity(cards.len()), seen: Vec::with_capacity(cards.len()) };
    for (place, card) in cards.iter_mut().enumerate() {
        let print = &prints[place];
        let Some(entry) = pairs.of_card[place].map(|entry| &past.lock.entries[entry]) else {
            card.id = CardId(ids.next(place, card, print));
            out.changes.push(Change::New);
            out.seen.push(hasher.seen(card, card.lineage.was.as_ref()));
            continue;
        };
        card.id = CardId(entry.id.to_owned());
        if print == entry.fingerprint {
            carry::unchanged(card, entry, past.lock);
        } else {
            let renamed = pairs.of_card[place].is_some_and(|entry| pairs.renamed.contains(&entry));
            let sides = texts.of(place, card);
            carry::edited((card, sides), entry, past.lock, (!renamed).then_some(past.now));
        }
        let seen = hasher.seen(card, card.lineage.was.as_ref());
        out.changes.push(change(card, entry, past, seen));
        out.seen.push(seen);
    }
    out
}

/// Tells what became of a card, and notes when it last changed.
fn change(card: &mut Card, entry: &Entry, past: &Past, seen: Seen) -> Change {
    let changed = super::time::read(entry.changed);
    let same = seen.digits() == entry.seen;
    let newer = || past.now.max(changed.unwrap_or(write::FIRST) + 1);
    card.lineage.changed = if same { changed } else { Some(newer()) };
    let new = |was: &Was| was.at == past.now && past.lock.was.get(entry.id) != Some(was);
    match (entry.gone, same, card.lineage.was.as_ref().is_some_and(new)) {
        (_, _, true) => Change::Substance,
        (true, _, _) => Change::Returned,
        (_, true, _) => Change::Same,
        _ => Change::Edited,
    }
}

fn unsure(entry: &Entry, card: &Card) -> Finding {
    let short = |text: &str| {
        let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() > 80 { line.chars().take(79).collect::<String>() + "…" } else { line }
    };
    let old = entry.sides.get(2..).unwrap_or_default().replace('\t', " — ");
    let new = record::sides(&card.body).get(2..).unwrap_or_default().replace('\t', " — ");
    let message =
        format!("this card may be one that has gone: `{}` or `{}`", short(&unescaped(&old)), short(&unescaped(&new)));
    let (gone, id) = (entry.id, &card.id.0);
    Finding::warning(IDENTITY_UNSURE.name, message, card.anchor)
        .label("starts afresh, unless you say otherwise")
        .help(format!("`recto identity same {gone} {id}` if it is, `recto identity different {gone} {id}` if not"))
}
