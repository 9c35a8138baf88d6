//! What a push would do: the notes of the deck beside those that Anki has.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::connect::Known;
use crate::export::AnkiNote;

/// How many notes of a sort are named.
const MOST_NAMED: usize = 10;

/// What is to be done.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// The fronts of notes that Anki does not have.
    pub(super) new: Vec<String>,
    /// The fronts of notes that Anki has otherwise.
    pub(super) changed: Vec<String>,
    /// How many are the same.
    pub(super) same: usize,
    /// Notes from the same files that the deck does not have any more.
    pub(super) gone: Vec<u64>,
}

impl Plan {
    pub(super) fn new(notes: &[AnkiNote], known: &[Known]) -> Plan {
        let id = |known: &Known| known.fields.get("Id").cloned().unwrap_or_default();
        let mut there: BTreeMap<String, &Known> = known.iter().map(|known| (id(known), known)).collect();
        let mut plan = Plan::default();
        for note in notes {
            match there.remove(note.id.as_str()) {
                None => plan.new.push(front(note)),
                Some(known) if is_same(note, known) => plan.same += 1,
                Some(_) => plan.changed.push(front(note)),
            }
        }
        // Notes of other projects are none of ours.
        let ours =
            |known: &&Known| known.fields.get("Source").is_some_and(|source| notes.iter().any(|n| n.shares(source)));
        plan.gone = there.into_values().filter(ours).map(|known| known.note).collect();
        plan.gone.sort_unstable();
        plan
    }

    pub(super) fn has_work(&self) -> bool {
        !self.new.is_empty() || !self.changed.is_empty()
    }

    /// The plan in words.
    pub(super) fn told(&self, only_told: bool) -> String {
        let would = if only_told { "would be " } else { "" };
        let mut out = String::new();
        for (notes, done) in [(&self.new, "added"), (&self.changed, "updated")] {
            _ = writeln!(out, "{} {would}{done}", counted(notes.len()));
            for front in notes.iter().take(MOST_NAMED) {
                _ = writeln!(out, "  {front}");
            }
            if notes.len() > MOST_NAMED {
                _ = writeln!(out, "  and {} more", notes.len() - MOST_NAMED);
            }
        }
        _ = writeln!(out, "{} {}", counted(self.same), if self.same == 1 { "is the same" } else { "are the same" });
        if !self.gone.is_empty() {
            let ids: Vec<String> = self.gone.iter().map(u64::to_string).collect();
            _ = writeln!(
                out,
                "{} no longer in the notes; to see them in Anki's browser, search for\n  nid:{}",
                counted(self.gone.len()),
                ids.join(",")
            );
        }
        out
    }
}

fn counted(count: usize) -> String {
    if count == 1 { "1 note".to_owned() } else { format!("{count} notes") }
}

/// The first field in one line, without tags.
fn front(note: &AnkiNote) -> String {
    let text = note.fields.first().map(|(_, value)| crate::import::plain(value)).unwrap_or_default();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(80).collect()
}

fn is_same(note: &AnkiNote, known: &Known) -> bool {
    let fields = note.fields.iter().all(|(name, value)| known.fields.get(*name) == Some(value));
    let mut tags: Vec<&str> = note.tags.split_whitespace().collect();
    tags.sort_unstable();
    fields && tags == known.tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_apart() {
        let note = |id: &str, front: &str| AnkiNote {
            id: id.into(),
            fields: vec![("Front", front.into()), ("Id", id.into()), ("Source", "a.md:3".into())],
            tags: "x recto::fact".into(),
        };
        let known = |note: &AnkiNote, number, front: &str| {
            let mut fields: BTreeMap<String, String> =
                note.fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            fields.insert("Front".into(), front.into());
            Known { note: number, fields, tags: vec!["recto::fact".into(), "x".into()] }
        };
        let mine = [note("1", "same"), note("2", "after"), note("3", "new")];
        let mut strange = known(&note("5", "other"), 15, "other");
        strange.fields.insert("Source".into(), "b.md:1".into());
        let theirs =
            [known(&mine[0], 11, "same"), known(&mine[1], 12, "before"), known(&note("4", ""), 14, "gone"), strange];
        let plan = Plan::new(&mine, &theirs);
        assert_eq!(plan, Plan { new: vec!["new".into()], changed: vec!["after".into()], same: 1, gone: vec![14] });
        assert!(plan.told(true).contains("1 note would be added\n  new\n"));
        assert!(plan.told(false).contains("nid:14"));
    }
}
