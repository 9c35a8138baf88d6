//! Labels in the form of AWS Glue's FindMatches: `labeling_set_id,label,…`, cards of one set and one label being the same.

use std::collections::BTreeMap;

use super::entry::Entry;
use super::pairs::Pair;

/// The columns that are no fields of a card.
const SET: &str = "labeling_set_id";
const LABEL: &str = "label";

/// The most cards of a set; FindMatches itself accepts no more than fifty.
const MOST: usize = 50;

/// Whether a table's first line is that of labelling sets.
pub fn is_sets(headings: &csv::StringRecord) -> bool {
    headings.iter().any(|name| name.trim() == SET)
}

/// The pairs that labelling sets tell of: within a set equal labels are the same, others are different, and between
/// sets nothing is known.
///
/// # Errors
/// Says which set cannot be understood.
pub fn pairs(headings: &csv::StringRecord, records: &[csv::StringRecord]) -> Result<Vec<Pair>, String> {
    let column = |name: &str| headings.iter().position(|known| known.trim().eq_ignore_ascii_case(name));
    let (set, label) = (column(SET).unwrap_or_default(), column(LABEL).ok_or("there is no column `label`")?);
    let mut fields = (0..headings.len()).filter(|index| *index != set && *index != label);
    let front = column("front").or_else(|| fields.next()).ok_or("there is no column but set and label")?;
    let back = column("back").or_else(|| fields.next());
    let mut sets: BTreeMap<&str, Vec<(&str, Entry)>> = BTreeMap::new();
    for record in records {
        let cell = |index: usize| record.get(index).unwrap_or_default();
        let entry = Entry { front: cell(front).to_owned(), back: back.map_or("", cell).to_owned() };
        sets.entry(cell(set)).or_default().push((cell(label), entry));
    }
    let mut out = Vec::new();
    for (name, cards) in sets {
        if cards.len() > MOST {
            return Err(format!("the set `{name}` has more than {MOST} cards"));
        }
        for (index, (label, left)) in cards.iter().enumerate() {
            let rest = cards[index + 1..].iter().filter(|(other, _)| !other.is_empty() && !label.is_empty());
            out.extend(rest.map(|(other, right)| Pair {
                left: left.clone(),
                right: right.clone(),
                same: other == label,
            }));
        }
    }
    Ok(out)
}

/// Labelled pairs as labelling sets of two.
///
/// # Errors
/// Says why they cannot be written; that does not happen in memory.
pub fn print(pairs: &[Pair]) -> Result<String, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| error.to_string();
    writer.write_record([SET, LABEL, "front", "back"]).map_err(failed)?;
    for (number, pair) in (1..).zip(pairs) {
        let set = number.to_string();
        for (entry, label) in [(&pair.left, "A"), (&pair.right, if pair.same { "A" } else { "B" })] {
            writer.write_record([set.as_str(), label, &entry.front, &entry.back]).map_err(failed)?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}
