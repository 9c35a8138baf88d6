//! Files of labelled pairs: `left_front,left_back,right_front,right_back,label`.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::entry::{Entry, Prepared};
use super::lexicon::Lexicon;

/// Two cards and whether they are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// One card.
    pub left: Entry,
    /// The other.
    pub right: Entry,
    /// Whether they ask the same.
    pub same: bool,
}

/// Pairs over entries that are kept once.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    /// The entries, ascending.
    pub entries: Vec<Entry>,
    /// The places of both in `entries`, and the label.
    pub pairs: Vec<(usize, usize, bool)>,
}

/// Reads a file of labelled pairs.
///
/// # Errors
/// Says which line cannot be read and why.
pub fn read(text: &str) -> Result<Vec<Pair>, String> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let names = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| {
        names.iter().position(|known| known.trim() == name).ok_or_else(|| format!("there is no column `{name}`"))
    };
    let columns = [column("left_front")?, column("left_back")?, column("right_front")?, column("right_back")?];
    let label = column("label")?;
    let mut out = Vec::new();
    for (number, record) in (2..).zip(reader.records()) {
        let record = record.map_err(|error| error.to_string())?;
        let cell = |index: usize| record.get(index).unwrap_or_default().to_owned();
        let [left_front, left_back, right_front, right_back] = columns.map(cell);
        let same = match cell(label).trim() {
            "1" | "true" => true,
            "0" | "false" => false,
            other => return Err(format!("record {number}: the label is `{other}`, not 0 or 1")),
        };
        let left = Entry { front: left_front, back: left_back };
        out.push(Pair { left, right: Entry { front: right_front, back: right_back }, same });
    }
    Ok(out)
}

impl Pairs {
    /// Keeps equal entries once.
    pub fn new(pairs: &[Pair]) -> Pairs {
        let mut places: BTreeMap<&Entry, usize> = BTreeMap::new();
        for pair in pairs {
            places.insert(&pair.left, 0);
            places.insert(&pair.right, 0);
        }
        for (place, value) in places.values_mut().enumerate() {
            *value = place;
        }
        let pairs = pairs.iter().map(|pair| (places[&pair.left], places[&pair.right], pair.same)).collect();
        Pairs { entries: places.into_keys().cloned().collect(), pairs }
    }

    /// Counts the words of all entries.
    pub fn lexicon(&self) -> Lexicon {
        Lexicon::of_entries(&self.entries)
    }

    /// All entries, prepared.
    pub fn prepared(&self, lexicon: &Lexicon, fields: &[String]) -> Vec<Prepared> {
        self.entries.par_iter().map(|entry| lexicon.prepare(entry, fields)).collect()
    }

    /// Calls a function for each pair, side by side.
    pub fn map<T: Send>(&self, prepared: &[Prepared], f: impl Fn(&Prepared, &Prepared) -> T + Sync) -> Vec<T> {
        let pairs: Vec<(usize, usize, bool)> = self.pairs.clone();
        pairs.into_par_iter().map(|(left, right, _)| f(&prepared[left], &prepared[right])).collect()
    }

    /// The labels.
    pub fn labels(&self) -> Vec<bool> {
        self.pairs.iter().map(|(_, _, same)| *same).collect()
    }
}
