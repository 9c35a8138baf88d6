//! Which new faces come first where an exam is ahead: as many of each exam as it takes to meet all in time, the
//! nearest exam first, and its domains in turn by their weights, so that what counts most is met first if not all can
//! be met; and whether the daily limit lets all be met in time.

use std::collections::{BTreeMap, VecDeque};

use super::budget::Budget;
use super::{DeckState, Queued, Store, StoreError};
use crate::card::levels;
use crate::schedule::{Day, exam};

/// An exam that comes before all new faces will have been seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Haste {
    /// The day of the exam.
    pub exam: Day,
    /// New faces a day that it takes.
    pub pace: usize,
    /// New faces a day that come.
    pub limit: u32,
}

/// Whether an exam says which new faces of a day come first.
pub(super) fn are_shared(decks: &[DeckState], today: Day) -> bool {
    decks.iter().any(|deck| deck.exam_day.is_some_and(|exam| exam > today))
}

/// New faces, given in the order of the notes, in the order in which they are to be met.
pub(super) fn dealt(
    faces: Vec<Queued>,
    decks: &[DeckState],
    (today, budget): (Day, &Budget),
) -> impl Iterator<Item = Queued> + use<> {
    let known: BTreeMap<&str, &DeckState> = decks.iter().map(|deck| (deck.name.as_str(), deck)).collect();
    let mut piles: BTreeMap<Pile, VecDeque<Queued>> = BTreeMap::new();
    let mut by_deck: BTreeMap<String, Pile> = BTreeMap::new();
    for face in faces {
        let pile = by_deck.entry(face.deck.clone()).or_insert_with(|| pile_of(&known, &face.deck, today)).clone();
        piles.entry(pile).or_default().push_back(face);
    }
    let keys: Vec<Pile> = piles.keys().cloned().collect();
    let mut dealt = vec![0; piles.len()];
    let mut done: BTreeMap<Option<Day>, usize> = BTreeMap::new();
    for (deck, count) in &budget.new_done {
        let pile = pile_of(&known, deck, today);
        *done.entry(pile.0).or_default() += count;
        if let Some(at) = keys.iter().position(|other| *other == pile) {
            dealt[at] += count;
        }
    }
    let sizes: Vec<usize> = piles.values().map(VecDeque::len).collect();
    let shares = shares(&keys.iter().collect::<Vec<_>>(), &sizes, &known);
    let mut table = Table { keys, shares, sizes, dealt };
    let first = table.pressing(&done, today);
    let mut piles: Vec<VecDeque<Queued>> = piles.into_values().collect();
    let Table { shares, sizes, dealt, .. } = table;
    first.into_iter().chain(exam::Deal::new(shares, sizes, dealt)).filter_map(move |at| piles[at].pop_front())
}

/// The piles while they are dealt from.
struct Table {
    keys: Vec<Pile>,
    shares: Vec<f64>,
    sizes: Vec<usize>,
    dealt: Vec<usize>,
}

impl Table {
    /// Deals what must come today so that all is met before the exams, the nearest exam first.
    fn pressing(&mut self, done: &BTreeMap<Option<Day>, usize>, today: Day) -> Vec<usize> {
        let mut exams: Vec<Option<Day>> = self.keys.iter().map(|(exam, _)| *exam).collect();
        exams.dedup();
        let size = |exam| self.keys.iter().zip(&self.sizes).filter(move |(key, _)| key.0 == exam).map(|(_, size)| size);
        let group = |exam: &Option<Day>| exam::Waiting {
            exam: *exam,
            new: size(*exam).sum(),
            done: done.get(exam).copied().unwrap_or(0),
        };
        let groups: Vec<exam::Waiting> = exams.iter().map(group).collect();
        let mut out = Vec::new();
        // Piles lie in the order of their exams.
        for (exam, count) in exams.iter().zip(exam::pressing(&groups, today)) {
            let of_exam = |(key, size): (&Pile, &usize)| if key.0 == *exam { *size } else { 0 };
            let open = self.keys.iter().zip(&self.sizes).map(of_exam).collect();
            for at in exam::Deal::new(self.shares.clone(), open, self.dealt.clone()).take(count) {
                (self.sizes[at], self.dealt[at]) = (self.sizes[at] - 1, self.dealt[at] + 1);
                out.push(at);
            }
        }
        out
    }
}

/// Faces of one exam and one of its domains; of none, for all that no exam asks, and where no domain has a weight:
/// they stay in the order of the notes.
type Pile = (Option<Day>, String);

fn pile_of(decks: &BTreeMap<&str, &DeckState>, deck: &str, today: Day) -> Pile {
    let exam = decks.get(deck).and_then(|deck| deck.exam_day).filter(|exam| *exam > today);
    let weight = |level: &str| decks.get(level).and_then(|deck| deck.exam_weight);
    let mut of_exam = decks.values().filter(|other| exam.is_some() && other.exam_day == exam);
    let weighed = of_exam.any(|other| weight(exam::domain_of(&other.name, weight)).is_some());
    let domain = if weighed { exam::domain_of(deck, weight).to_owned() } else { String::new() };
    (exam, domain)
}

/// The share of each pile: exams share by their faces, and their domains by weight.
fn shares(piles: &[&Pile], sizes: &[usize], decks: &BTreeMap<&str, &DeckState>) -> Vec<f64> {
    let mut shares = vec![0.0; piles.len()];
    let mut exams: Vec<Option<Day>> = piles.iter().map(|(exam, _)| *exam).collect();
    exams.dedup();
    for exam in exams {
        let of_exam: Vec<usize> = (0..piles.len()).filter(|at| piles[*at].0 == exam).collect();
        let weight = |at: &usize| (decks.get(piles[*at].1.as_str()).and_then(|deck| deck.exam_weight), sizes[*at]);
        let within = exam::shares(&of_exam.iter().map(weight).collect::<Vec<_>>());
        let all: usize = of_exam.iter().map(|at| sizes[*at]).sum();
        for (at, share) in of_exam.into_iter().zip(within) {
            shares[at] = share * exam::real(all);
        }
    }
    shares
}

impl Store {
    /// The nearest exam for which the new faces of a day are too few to see all of them in time, counted
    /// from a day on that still has all of its own.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn haste(&self, from: Day) -> Result<Option<Haste>, StoreError> {
        let decks = self.decks()?;
        let mut exams: Vec<Day> = decks.iter().filter_map(|deck| deck.exam_day).filter(|exam| *exam > from).collect();
        exams.sort();
        exams.dedup();
        let counts = if exams.is_empty() { BTreeMap::new() } else { self.new_by_deck()? };
        for exam in exams {
            let of_exam = || decks.iter().filter(|deck| deck.exam_day == Some(exam));
            let Some(limit) = of_exam().next().and_then(|deck| exam::limit(&deck.name, |name| new_a_day(&decks, name)))
            else {
                continue;
            };
            // What nearer exams ask comes before.
            let until = decks.iter().filter(|deck| deck.exam_day.is_some_and(|day| day > from && day <= exam));
            let top = of_exam().next().and_then(|deck| levels(&deck.name).next());
            let until = until.filter(|deck| levels(&deck.name).next() == top);
            let new = until.filter_map(|deck| counts.get(&deck.name)).sum();
            let pace = exam::pace(new, (from, exam));
            if pace > usize::try_from(limit).unwrap_or(usize::MAX) {
                return Ok(Some(Haste { exam, pace, limit }));
            }
        }
        Ok(None)
    }

    /// How many new faces no day lets come, since a limit of their decks is nothing.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn barred(&self) -> Result<usize, StoreError> {
        let decks = self.decks()?;
        if decks.iter().all(|deck| deck.new_per_day != Some(0)) {
            return Ok(0);
        }
        let is_barred = |deck: &str| levels(deck).any(|level| new_a_day(&decks, level) == Some(0));
        Ok(self.new_by_deck()?.iter().filter(|(deck, _)| is_barred(deck)).map(|(_, count)| count).sum())
    }

    /// How many faces that may be asked are new, by deck.
    fn new_by_deck(&self) -> Result<BTreeMap<String, usize>, StoreError> {
        let sql = "SELECT c.deck, count(*)
                     FROM faces AS f JOIN cards AS c ON c.id = f.card
                          LEFT JOIN memories AS m ON m.face = f.id LEFT JOIN marks AS k ON k.face = f.id
                    WHERE c.retired_at IS NULL AND f.retired_at IS NULL AND m.face IS NULL
                      AND coalesce(k.suspended, 0) = 0
                    GROUP BY c.deck";
        let read = || -> rusqlite::Result<BTreeMap<String, usize>> {
            let mut statement = self.database.prepare_cached(sql)?;
            let counted = |row: &rusqlite::Row| Ok((row.get(0)?, row.get::<_, u32>(1)?));
            let rows = statement.query_map([], counted)?.collect::<Result<Vec<_>, _>>()?;
            Ok(rows.into_iter().map(|(deck, count)| (deck, usize::try_from(count).unwrap_or(usize::MAX))).collect())
        };
        read().map_err(|error| self.sqlite(error))
    }
}

fn new_a_day(decks: &[DeckState], name: &str) -> Option<u32> {
    decks.iter().find(|deck| deck.name == name).and_then(|deck| deck.new_per_day)
}
