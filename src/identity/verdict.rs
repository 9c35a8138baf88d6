//! What an author says of two cards of which nobody else can know whether they are one; it stands in the lock for good.

use std::collections::BTreeSet;
use std::fmt;

use super::lock::{END, Entry, Lock};

/// What is said of two cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The new one is the one that went: the next build gives it that one's history.
    Same,
    /// They are two.
    Different,
}

/// Why a verdict cannot be passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No card's id begins so.
    Unknown(String),
    /// Several cards' ids begin so.
    Several(String),
    /// The card that went is still in the notes.
    Live(String),
    /// The card that came is not in the notes.
    Gone(String),
    /// The two are one card by their ids.
    One,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Unknown(id) => write!(f, "no card has the id `{id}`"),
            Refusal::Several(id) => write!(f, "the ids of several cards begin with `{id}`"),
            Refusal::Live(id) => write!(f, "`{id}` is still in the notes; name the card that has gone first"),
            Refusal::Gone(id) => write!(f, "`{id}` is not in the notes; name the card that is new second"),
            Refusal::One => f.write_str("the two are one card"),
        }
    }
}

/// The text of a lock with a verdict on two cards, of which the beginnings of the ids are enough.
///
/// # Errors
/// Where the two are not a card that has gone and one that is there.
pub fn pass(text: &str, lock: &Lock, verdict: Verdict, pair: [&str; 2]) -> Result<String, Refusal> {
    let (old, new) = (find(lock, pair[0])?, find(lock, pair[1])?);
    if old.id == new.id {
        return Err(Refusal::One);
    }
    if !old.gone {
        return Err(Refusal::Live(old.id.to_owned()));
    }
    if new.gone {
        return Err(Refusal::Gone(new.id.to_owned()));
    }
    let (old, new) = (old.id, new.id);
    let settles = |line: &str| {
        let asked = line.strip_prefix("ask\t").and_then(|pair| pair.split_once('\t'));
        asked.is_some_and(|(a, b)| (a, b) == (old, new) || verdict == Verdict::Same && (a == old || b == new))
    };
    let cards = text.lines().filter(|line| line.starts_with("card\t") || line.starts_with("gone\t"));
    let heads = text.lines().take_while(|line| line.starts_with('#') && *line != END);
    let kept = super::write::kept(lock).into_iter().filter(|line| !settles(line.trim_end()));
    let word = if verdict == Verdict::Same { "same" } else { "different" };
    let facts: BTreeSet<String> = kept.chain([format!("{word}\t{old}\t{new}\n")]).collect();
    let mut out: String = heads.chain(cards).flat_map(|line| [line, "\n"]).collect();
    out.extend(facts);
    Ok(out + END + "\n")
}

fn find<'a, 't>(lock: &'a Lock<'t>, start: &str) -> Result<&'a Entry<'t>, Refusal> {
    let mut found = lock.entries.iter().filter(|entry| !start.is_empty() && entry.id.starts_with(start));
    match (found.next(), found.next()) {
        (Some(entry), None) => Ok(entry),
        (None, _) => Err(Refusal::Unknown(start.to_owned())),
        _ => Err(Refusal::Several(start.to_owned())),
    }
}
