//! Deck names and ids. Anki matches decks by name, without regard to case, and wants every parent.

use crate::card;
use crate::render::clean;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The user's own deck, which Anki expects in every collection.
const DEFAULT: (i64, &str) = (1, "Default");

/// Where no name is left of a deck's name.
const NAMELESS: &str = "Recto";

/// Spellings of deck names, by the name in lower case: the first that came.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// The clean form of the first name that has one: levels trimmed, empty ones left out, and each
    /// level spelt as it was the first time.
    pub(super) fn spelling(&mut self, names: &[&str]) -> String {
        let levels = names.iter().map(|name| levels(name)).find(|levels| !levels.is_empty());
        let mut path = String::new();
        for level in levels.unwrap_or_else(|| vec![NAMELESS.to_owned()]) {
            let longer = if path.is_empty() { level } else { format!("{path}::{level}") };
            path.clone_from(self.0.entry(longer.to_lowercase()).or_insert(longer));
        }
        path
    }
}

fn levels(name: &str) -> Vec<String> {
    let name = clean(name);
    let levels = name.split("::").map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "));
    levels.filter(|l| !l.is_empty()).collect()
}

/// The ids of these decks and all their parents, by name.
pub(super) fn ids<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<String, i64> {
    let mut all = BTreeSet::new();
    for name in names {
        all.extend(card::levels(name).map(str::to_owned));
    }
    let mut taken = BTreeSet::from([DEFAULT.0]);
    let mut id = |name: &str| {
        let mut id = if name.eq_ignore_ascii_case(DEFAULT.1) { return DEFAULT.0 } else { hashed(name) };
        while !taken.insert(id) {
            id += 1;
        }
        id
    };
    all.into_iter().map(|name| (name.clone(), id(&name))).collect()
}

/// Thirteen digits that follow from the name alone.
fn hashed(name: &str) -> i64 {
    let hash = blake3::hash(name.to_lowercase().as_bytes());
    let number = hash.as_bytes().iter().take(5).fold(0, |n: i64, byte| n << 8 | i64::from(*byte));
    1_000_000_000_000 + number % 700_000_000_000
}

/// The notes that the cards of each deck come from, by the deck's name.
pub(super) type Origins<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// How many notes a description names.
const MOST_NAMED: usize = 5;

/// Where the cards of a deck come from, shown below its name in Anki; empty for a deck without cards.
fn description(notes: Option<&BTreeSet<&str>>) -> String {
    let Some(notes) = notes.filter(|notes| notes.iter().any(|note| !note.is_empty())) else { return String::new() };
    let named: Vec<String> =
        notes.iter().take(MOST_NAMED).map(|note| format!("<code>{}</code>", escaped(note))).collect();
    let others = notes.len().saturating_sub(MOST_NAMED);
    let more = if others > 0 { format!(" and {others} more") } else { String::new() };
    format!("Made by recto from {}{more}.", named.join(", "))
}

fn escaped(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The decks as Anki's database holds them, the user's own among them.
pub(super) fn json(ids: &BTreeMap<String, i64>, origins: &Origins) -> Value {
    let ours = ids.iter().map(|(name, id)| {
        let mut deck = deck(*id, name);
        deck["desc"] = description(origins.get(name.as_str())).into();
        (id.to_string(), deck)
    });
    let default = (DEFAULT.0.to_string(), deck(DEFAULT.0, DEFAULT.1));
    Value::Object(ours.chain([default]).collect())
}

fn deck(id: i64, name: &str) -> Value {
    json!({
        "id": id, "name": name, "mod": super::MADE_AT, "usn": -1, "desc": "", "dyn": 0, "conf": 1,
        "collapsed": false, "browserCollapsed": false, "extendNew": 0, "extendRev": 0,
        "lrnToday": [0, 0], "revToday": [0, 0], "newToday": [0, 0], "timeToday": [0, 0],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned_and_spelt_alike() {
        let mut names = Names::default();
        assert_eq!(names.spelling(&[" AWS :: :: Data  Engineer "]), "AWS::Data Engineer");
        assert_eq!(names.spelling(&["aws::S3"]), "AWS::S3");
        assert_eq!(names.spelling(&["", "Root"]), "Root");
        assert_eq!(names.spelling(&["::", ""]), "Recto");
    }

    #[test]
    fn descriptions_name_the_notes() {
        assert_eq!(description(None), "");
        let notes = BTreeSet::from(["a<b>.md", "c.md"]);
        assert_eq!(description(Some(&notes)), "Made by recto from <code>a&lt;b&gt;.md</code>, <code>c.md</code>.");
        let names: Vec<String> = (0..7).map(|n| format!("{n}.md")).collect();
        let notes = names.iter().map(String::as_str).collect();
        assert!(description(Some(&notes)).ends_with("<code>4.md</code> and 2 more."));
    }

    #[test]
    fn parents_are_there_and_ids_are_stable() {
        let decks = ids(["A::B::C", "default"].into_iter());
        assert_eq!(decks.keys().collect::<Vec<_>>(), ["A", "A::B", "A::B::C", "default"]);
        assert_eq!(decks["default"], 1);
        assert!(decks.values().filter(|id| **id != 1).all(|id| id.to_string().len() == 13));
        assert_eq!(decks["A::B"], ids(["a::b"].into_iter())["a::b"]);
    }
}
