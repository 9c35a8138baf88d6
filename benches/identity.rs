//! What it costs to know 50,000 cards again: seconds of one processor for reading the lock of the last build and
//! settling who is who, after edits that change no card, every card, or leave nothing of the notes.
//!
//! `cargo bench --bench identity`; a number behind `--` is another count of cards, a word one edit alone.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod processor;

use recto::card::{Body, Card, CardId, Content, Kind, Lineage, SourcePlace};
use recto::identity::lock::Lock;
use recto::identity::{self, Change, Past};
use recto::source::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Cards of a note.
const NOTE: usize = 100;

/// How often each edit is measured; the best counts, as noise only ever adds.
const ROUNDS: usize = 5;

const THINGS: [&str; 12] = [
    "queue", "cache", "index", "bucket", "stream", "table", "gateway", "cluster", "pipeline", "scheduler", "ledger",
    "broker",
];
const ASPECTS: [&str; 10] = [
    "maximum size", "default timeout", "retention period", "retry limit", "wire protocol", "storage engine",
    "replication factor", "consistency model", "backup interval", "fallback service",
];
const SOUNDS: [&str; 16] =
    ["kes", "tre", "vi", "mar", "lo", "qua", "bren", "do", "fal", "ru", "gim", "sta", "ne", "pel", "jas", "mi"];

/// What is asked and answered in note and place.
type Said = (String, String);

/// An edit: how a card reads behind it.
type Edit = fn(usize, Said) -> Said;

const EDITS: [(&str, Edit); 6] = [
    ("nothing changed", |_, said| said),
    ("every answer changed", |at, (ask, answer)| (ask, format!("{answer}, and {} more", 2 + at % 97))),
    ("a slip in every question", |_, (ask, answer)| (ask.replacen("What is", "What si", 1), answer)),
    ("every question reworded", |_, (ask, answer)| (ask.replacen("What is the", "Which is this", 1), answer + " now")),
    ("a term replaced throughout", |_, (ask, answer)| (ask.replace("system", "service"), answer)),
    ("other notes altogether", |at, _| said(at + 10_000_000)),
];

fn main() {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(50_000);
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    let all: Vec<Said> = (0..count).map(said).collect();
    let mut cards = compiled(&all);
    let first = identity::settle(&mut cards, &past(&Lock::default()));
    println!("{} cards, a lock of {} kB", cards.len(), first.text.len() / 1000);
    println!("{:<28} {:>8} {:>8} {:>8} {:>8}", "edit", "seconds", "kept", "new", "asked");
    // One thread, so that the time on the processor is that of the whole.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    pool.expect("a pool of one thread").install(|| {
        let some = std::env::args().skip(1).find(|argument| argument.chars().all(char::is_alphabetic));
        for (name, edit) in EDITS.into_iter().filter(|(name, _)| some.as_ref().is_none_or(|some| name.contains(some))) {
            measure(
                name,
                &compiled(&all.iter().cloned().enumerate().map(|(at, s)| edit(at, s)).collect::<Vec<_>>()),
                &first.text,
            );
        }
    });
}

fn past<'a>(lock: &'a Lock<'a>) -> Past<'a> {
    const PINS: &BTreeMap<usize, String> = &BTreeMap::new();
    Past { lock, now: 1_800_000_000, pins: PINS }
}

/// Reads the lock and settles the cards, again and again.
fn measure(name: &str, cards: &[Card], lock: &str) {
    let known: BTreeSet<&str> = lock.lines().filter_map(|line| line.strip_prefix("card\t")?.get(..12)).collect();
    let mut best = f64::MAX;
    let mut line = String::new();
    for _ in 0..ROUNDS {
        let mut cards = cards.to_vec();
        let start = processor::of_thread();
        let lock = Lock::parse(lock).expect("a lock of our own");
        let settled = identity::settle(&mut cards, &past(&lock));
        best = best.min(processor::of_thread() - start);
        let kept = cards.iter().filter(|card| known.contains(card.id.0.as_str())).count();
        let new = settled.changes.iter().filter(|change| **change == Change::New).count();
        line.clear();
        _ = write!(line, "{kept:>8} {new:>8} {:>8}", settled.findings.len());
    }
    println!("{name:<28} {best:>8.3} {line}");
}

/// A number below `end` that a place in the notes always has.
fn chance(place: usize, turn: usize, end: usize) -> usize {
    let mut bits =
        (place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (turn as u64).wrapping_mul(0xd6e8_feb8_6659_fd93);
    bits = (bits ^ (bits >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    bits = (bits ^ (bits >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((bits ^ (bits >> 31)) % end as u64).unwrap_or_default()
}

fn name(place: usize, turn: usize) -> String {
    let mut name: String = (0..4).map(|part| SOUNDS[chance(place, turn * 8 + part, SOUNDS.len())]).collect();
    name[..1].make_ascii_uppercase();
    name
}

/// What the card at a place says: eight cards each are about one thing.
fn said(place: usize) -> Said {
    let subject = format!("{} {}", name(place / 8, 1), THINGS[chance(place / 8, 2, THINGS.len())]);
    let aspect = ASPECTS[(chance(place / 8, 3, ASPECTS.len()) + place) % ASPECTS.len()];
    let (number, other) = (2 + chance(place, 4, 900), name(place, 5));
    let ask = format!("What is the {aspect} of the {subject} system in region {}?", 1 + place / 8 % 7);
    (ask, format!("{number} units, as the {other} {} demands", THINGS[chance(place, 6, THINGS.len())]))
}

/// The cards of notes that say this.
fn compiled(all: &[Said]) -> Vec<Card> {
    all.iter().enumerate().map(|(place, said)| card(place, said)).collect()
}

fn card(place: usize, (ask, answer): &Said) -> Card {
    let (file, line) = (format!("notes/{:04}.md", place / NOTE), place % NOTE * 3 + 1);
    let span =
        Span { file: FileId(u32::try_from(place / NOTE).unwrap_or_default()), start: line * 90, end: line * 90 + 80 };
    Card {
        id: CardId::default(),
        kind: Kind::Question,
        body: Body::Question { question: Content::words(ask), answer: Content::words(answer) },
        trail: vec![format!("Part {}", place / 8)],
        deck: "Notes".to_owned(),
        tags: Vec::new(),
        why: None,
        rule: "markup-question",
        anchor: span,
        span,
        source: SourcePlace { file, line, end_line: line + 1 },
        also: Vec::new(),
        lineage: Lineage::default(),
    }
}
