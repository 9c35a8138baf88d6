//! Files of labelled pairs: `left_front,left_back,right_front,right_back,label`, or sets as FindMatches has them.

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
    if super::sets::is_sets(&names) {
        let records = reader.records().collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())?;
        return super::sets::pairs(&names, &records);
    }
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

/// Labelled pairs as a table.
///
/// # Errors
/// Says why they cannot be written; that does not happen in memory.
pub fn print(pairs: &[Pair]) -> Result<String, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| error.to_string();
    writer.write_record(["left_front", "left_back", "right_front", "right_back", "label"]).map_err(failed)?;
    for Pair { left, right, same } in pairs {
        let label = if *same { "1" } else { "0" };
        writer.write_record([&left.front, &left.back, &right.front, &right.back, label]).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_sets_read_back() {
        let entry = |front: &str| Entry { front: front.to_owned(), back: "x, \"y\"".to_owned() };
        let pairs =
            [(true, "b"), (false, "c")].map(|(same, other)| Pair { left: entry("a"), right: entry(other), same });
        assert_eq!(read(&print(&pairs).unwrap()).unwrap(), pairs);
        assert_eq!(read(&super::super::sets::print(&pairs).unwrap()).unwrap(), pairs);
    }

    #[test]
    fn sets_tell_of_pairs_within_them_alone() {
        let text = "labeling_set_id,label,front\n1,A,one\n1,A,uno\n1,B,two\n2,A,three\n";
        let same: Vec<bool> = read(text).unwrap().iter().map(|pair| pair.same).collect();
        assert_eq!(same, [true, false, false]);
    }
}
