//! Cards keep their identity through edits: a simulated year of them, with the truth kept apart from the compiler.

pub(crate) mod kinds;
mod lost;
pub(crate) mod notes;
pub(crate) mod random;
mod shapes;
mod table;

use crate::support::{Outcome, ensure};
use kinds::{KINDS, World};
use libtest_mimic::Trial;
use notes::Notes;
use random::Random;
use recto::card::Card;
use recto::config::Config;
use recto::identity::lock::Lock;
use recto::identity::{self, Past};
use recto::source::{FileId, SourceFile};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The tests.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("edits: each of them keeps every history, in recto.db and in Anki", table::run),
        Trial::test("edits: an identity file that is lost or damaged comes back", lost::files_come_back),
        Trial::test("edits: a damaged identity file stops a build", lost::damage_stops_builds),
        Trial::test("edits: a term is replaced in five hundred cards", lost::terms_are_replaced),
        Trial::test("edits: what only the author knows is asked once", lost::authors_are_asked),
        Trial::test("edits: an answer that changed is told with what it was", lost::changed_answers_are_told),
        Trial::test("edits: a year of them loses no history and gives none away", || year(2000, 200, seed())),
    ]
}

/// The seed of the year; `EDITS=7` asks for another, and for the table.
fn seed() -> u64 {
    std::env::var("EDITS").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

/// What was counted of one kind of edit.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    edits: usize,
    facts: usize,
    lost: usize,
    wrong: usize,
    asked: usize,
}

/// Builds notes again and again, and knows which card each fact has had.
struct Bookkeeper {
    lock: String,
    now: i64,
    /// The card of each fact, ever.
    cards: BTreeMap<usize, String>,
    trouble: String,
    /// The cards of notes by their text: a note that is as it was need not be compiled again.
    notes: BTreeMap<(String, String), Vec<Card>>,
}

impl Bookkeeper {
    fn compiled(&mut self, written: &[(String, String, BTreeMap<usize, usize>)]) -> Vec<Card> {
        let mut notes = BTreeMap::new();
        let mut out = Vec::new();
        for (path, text, _) in written {
            let key = (path.clone(), text.clone());
            let cards = self.notes.remove(&key).unwrap_or_else(|| {
                let file = SourceFile::new(FileId(0), path.clone(), text);
                recto::compile(&[file], &Config::default()).deck.cards
            });
            out.extend(cards.clone());
            notes.insert(key, cards);
        }
        self.notes = notes;
        out
    }

    /// Builds, and compares the cards with those that the facts had.
    fn build(&mut self, world: &World, kind: &str) -> Count {
        let written = world.notes.written();
        let mut cards = self.compiled(&written);
        self.now += 86_400;
        let old = std::mem::take(&mut self.lock);
        let lock = if old.is_empty() { Lock::default() } else { Lock::parse(&old).expect("a lock of our own") };
        let past = Past { lock: &lock, now: self.now, pins: &BTreeMap::new() };
        let settled = identity::settle(&mut cards, &past);
        let mut count = Count { edits: 1, asked: settled.findings.len(), ..Count::default() };
        for finding in &settled.findings {
            _ = writeln!(self.trouble, "{kind}: asked: {}", finding.message);
        }
        let lines: BTreeMap<&str, &BTreeMap<usize, usize>> = written.iter().map(|(p, _, l)| (p.as_str(), l)).collect();
        let owners: BTreeMap<String, usize> = self.cards.iter().map(|(fact, id)| (id.clone(), *fact)).collect();
        let mut met = BTreeSet::new();
        for card in &cards {
            let number = lines.get(card.source.file.as_str()).and_then(|lines| lines.get(&card.source.line));
            let Some(number) = number.copied().filter(|number| met.insert(*number)) else { continue };
            let parents = world.heirs.get(&number).cloned().unwrap_or_default();
            let mine = self.cards.get(&number).cloned();
            let owner = owners.get(&card.id.0).copied();
            let lost = mine.as_ref().is_some_and(|mine| *mine != card.id.0);
            let others = owner.is_some_and(|owner| owner != number && !parents.contains(&owner));
            let stranger = others && mine.as_ref() != Some(&card.id.0);
            count.facts += 1;
            count.wrong += usize::from(stranger);
            count.lost += usize::from(lost && !stranger);
            if stranger || lost {
                let gone = |owner: usize| world.removed.iter().find(|(_, fact)| fact.number == owner);
                let was = owner.map_or("new".to_owned(), |owner| {
                    format!("fact {owner} {:?}", gone(owner).map(|(_, fact)| fact.text()))
                });
                let said = world.notes.notes.iter().flat_map(|n| &n.sections).flat_map(|(_, f)| f);
                let text = said.clone().find(|f| f.number == number).map(notes::Fact::text).unwrap_or_default();
                _ = writeln!(self.trouble, "{kind}: fact {number} has the card of {was}: {text:?}");
            }
            self.cards.insert(number, card.id.0.clone());
        }
        self.lock = settled.text;
        count
    }
}

/// A year: `edits` edits of `cards` cards, with a build after each.
fn year(cards: usize, edits: usize, seed: u64) -> Outcome {
    let mut random = Random::new(seed);
    let notes = Notes::new(cards / 50, 50, &mut random);
    let before = notes.clone();
    let mut world = World { notes, before, removed: Vec::new(), heirs: BTreeMap::new(), random };
    let mut keeper = Bookkeeper {
        lock: String::new(),
        now: 1_800_000_000,
        cards: BTreeMap::new(),
        trouble: String::new(),
        notes: BTreeMap::new(),
    };
    keeper.build(&world, "first");
    let known = keeper.cards.len();
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for number in 0..edits {
        let kind = &KINDS[number % KINDS.len()];
        let was = world.notes.clone();
        (kind.edit)(&mut world);
        world.before = was;
        let count = keeper.build(&world, kind.name);
        let all = counts.entry(kind.name).or_default();
        *all = Count {
            edits: all.edits + 1,
            facts: all.facts + count.facts,
            lost: all.lost + count.lost,
            wrong: all.wrong + count.wrong,
            asked: all.asked + count.asked,
        };
    }
    report(&counts, known, &keeper.trouble)
}

/// The table of a year, printed where `EDITS=1` asks for it; what must hold of it.
#[expect(clippy::print_stderr, reason = "the table is what one runs this for")]
fn report(counts: &BTreeMap<&str, Count>, known: usize, trouble: &str) -> Outcome {
    let mut table = format!("{:<40} edits  cards   lost  wrong  asked\n", "edit");
    let mut total = Count::default();
    for (name, count) in counts {
        let Count { edits, facts, lost, wrong, asked } = count;
        _ = writeln!(table, "{name:<40} {edits:>5} {facts:>6} {lost:>6} {wrong:>6} {asked:>6}");
        total.edits += edits;
        total.lost += lost;
        total.wrong += wrong;
        total.asked += asked;
    }
    let Count { edits, lost, wrong, asked, .. } = total;
    _ = writeln!(table, "{:<40} {edits:>5} {known:>6} {lost:>6} {wrong:>6} {asked:>6}", "all");
    if std::env::var_os("EDITS").is_some() {
        eprintln!("\n{table}\n{trouble}");
    }
    ensure(known >= 1900, || format!("only {known} facts became cards"))?;
    ensure(wrong == 0, || format!("histories were given away\n{table}\n{trouble}"))?;
    ensure(lost * 100 <= known, || format!("histories were lost\n{table}\n{trouble}"))?;
    ensure(asked * 50 < edits, || format!("too many questions\n{table}\n{trouble}"))
}
