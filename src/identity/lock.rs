//! The identity file, `<deck>.lock`: what a build knew of each card, for the next one to go by.
//!
//! A line is a card: the live ones in the order of the notes, so that neighbours stay neighbours and git merges
//! what two people add in different places; then those that are gone, by id; then what else is known of cards.
//! Columns stand between tabs. A `Lock` borrows the text it was read from.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasherDefault;

use super::trouble::{Fault, Trouble};
use crate::card::{Form, Was};
use crate::dedupe::lexicon::Spread;

/// The version of the format that this recto writes.
pub const VERSION: u32 = 1;

/// How each lock begins; the version follows.
pub(super) const TITLE: &str = "# recto lock ";

/// The second line.
pub(super) const REMARK: &str =
    "# Which card is which, from build to build. Written by `recto build`; commit it, and let recto change it.";

/// The last line: a file without it is torn.
pub(super) const END: &str = "# end";

/// Hardly any card's line has fewer bytes.
const SHORTEST: usize = 100;

/// The columns of a card, the word that begins its line included; its sides follow.
const COLUMNS: usize = 9;

/// What is known of one card. All texts are as they stand in the file: see [`unescaped`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'t> {
    /// Its id.
    pub id: &'t str,
    /// Whether it has left the notes.
    pub gone: bool,
    /// When what a learner sees last changed, as [`super::time`] writes it; `-` where it never has.
    pub changed: &'t str,
    /// A hash of what its body says, as rules made it.
    pub fingerprint: &'t str,
    /// A hash of all that a learner sees.
    pub seen: &'t str,
    /// Its shape in Anki and the numbers of its faces.
    pub form: &'t str,
    /// The rule that made it.
    pub rule: &'t str,
    /// The note's path.
    pub file: &'t str,
    /// The headings above it.
    pub trail: &'t str,
    /// The letter of its body and its sides, a tab between.
    pub sides: &'t str,
    /// The whole line without its first word.
    pub line: &'t str,
}

/// A map by ids or fingerprints, which are hashes.
pub(super) type ById<'t, T> = HashMap<&'t str, T, BuildHasherDefault<Spread>>;

/// What is known of all cards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock<'t> {
    /// The cards, the live ones first, in the order of the notes.
    pub entries: Vec<Entry<'t>>,
    /// Pairs of a card that is gone and one that is new of which only their author knows whether they are one.
    pub asked: BTreeSet<(&'t str, &'t str)>,
    /// Pairs that their author said are one.
    pub same: BTreeSet<(&'t str, &'t str)>,
    /// Pairs that their author said are not one.
    pub different: BTreeSet<(&'t str, &'t str)>,
    /// Answers as they were before they changed in substance, by card.
    pub was: BTreeMap<&'t str, Was>,
    /// Gaps that are gone from a card that is still there: their numbers and words, by card.
    pub gaps: BTreeMap<&'t str, Vec<(u16, &'t str)>>,
    /// Which card a pin means.
    pub pins: BTreeMap<&'t str, &'t str>,
}

impl<'t> Lock<'t> {
    /// Reads a lock.
    ///
    /// # Errors
    /// Where a line is not as recto writes it; nothing can be built on half of a lock.
    pub fn parse(text: &'t str) -> Result<Lock<'t>, Vec<Trouble>> {
        let (lock, troubles) = Lock::salvage(text);
        if troubles.is_empty() { Ok(lock) } else { Err(troubles) }
    }

    /// Reads all that can be read of a lock, from both sides of a merge, too, and says what cannot.
    pub fn salvage(text: &'t str) -> (Lock<'t>, Vec<Trouble>) {
        // Room that is not used costs nothing; to grow would mean to copy.
        let mut lock = Lock { entries: Vec::with_capacity(text.len() / SHORTEST), ..Lock::default() };
        let mut troubles = Vec::new();
        // No note has this character; holes in a damaged file do.
        let holes = text.contains('\0');
        let mut ended = false;
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.strip_suffix('\r').unwrap_or(line);
            let hole = holes && number > 1 && line.contains('\0');
            match if hole { Err(Fault::Hurt) } else { lock.read(number, line) } {
                Ok(()) => ended |= line == END,
                Err(fault) => troubles.push(Trouble { line: number, fault }),
            }
        }
        if !ended && !troubles.iter().any(|trouble| matches!(trouble.fault, Fault::Newer(_) | Fault::Foreign)) {
            troubles.push(Trouble { line: text.lines().count().max(1), fault: Fault::Torn });
        }
        lock.once();
        (lock, troubles)
    }

    fn read(&mut self, number: usize, line: &'t str) -> Result<(), Fault> {
        if number == 1 {
            let version = line.trim_start_matches('\u{feff}').strip_prefix(TITLE).ok_or_else(|| first(line))?;
            return match version.trim().parse::<u32>() {
                Ok(VERSION) => Ok(()),
                Ok(version) if version > VERSION => Err(Fault::Newer(version)),
                _ => Err(Fault::Foreign),
            };
        }
        match line.split_once('\t') {
            Some(("card", rest)) => self.card(rest, false),
            Some(("gone", rest)) => self.card(rest, true),
            Some((word, rest)) => self.fact(word, rest),
            None if line.is_empty() || line.starts_with('#') => Ok(()),
            None => Err(first(line)),
        }
    }

    fn card(&mut self, rest: &'t str, gone: bool) -> Result<(), Fault> {
        let mut columns = rest.splitn(COLUMNS, '\t');
        let mut next = || columns.next().ok_or(Fault::Hurt);
        let (id, changed, fingerprint, seen) = (next()?, next()?, next()?, next()?);
        let (form, rule, file, trail, sides) = (next()?, next()?, next()?, next()?, next()?);
        let sound = is_id(id) && (changed == "-" || super::time::read(changed).is_some()) && sides.len() > 2;
        if !sound || form_of(form).is_none() {
            return Err(Fault::Hurt);
        }
        let entry = Entry { id, gone, changed, fingerprint, seen, form, rule, file, trail, sides, line: rest };
        self.entries.push(entry);
        Ok(())
    }

    /// What is known of a card beside its line.
    fn fact(&mut self, word: &str, rest: &'t str) -> Result<(), Fault> {
        let (id, more) = rest.split_once('\t').ok_or(Fault::Hurt)?;
        match word {
            "ask" if is_id(id) && is_id(more) => drop(self.asked.insert((id, more))),
            "same" if is_id(id) && is_id(more) => drop(self.same.insert((id, more))),
            "different" if is_id(id) && is_id(more) => drop(self.different.insert((id, more))),
            "pin" if is_id(more) => drop(self.pins.insert(id, more)),
            "was" if is_id(id) => {
                let (at, answer) = more.split_once('\t').ok_or(Fault::Hurt)?;
                let at = super::time::read(at).ok_or(Fault::Hurt)?;
                let later = self.was.get(id).is_none_or(|known| known.at < at);
                if later {
                    self.was.insert(id, Was { answer: unescaped(answer).into_owned(), at });
                }
            }
            "gap" if is_id(id) => {
                let (number, words) = more.split_once('\t').ok_or(Fault::Hurt)?;
                let number = number.parse().map_err(|_| Fault::Hurt)?;
                self.gaps.entry(id).or_default().push((number, words));
            }
            _ => return Err(Fault::Hurt),
        }
        Ok(())
    }

    /// Where a merge left two lines of one card, the live one stays, of those the one that changed later.
    fn once(&mut self) {
        if self.has_twice() {
            let rank = |entry: &Entry<'t>| (!entry.gone, entry.changed != "-", entry.changed);
            let mut best: ById<usize> = ById::default();
            for (index, entry) in self.entries.iter().enumerate() {
                if let Some(known) = best.insert(entry.id, index)
                    && rank(&self.entries[known]) >= rank(entry)
                {
                    best.insert(entry.id, known);
                }
            }
            let entries = std::mem::take(&mut self.entries);
            let kept = entries.into_iter().enumerate().filter(|(index, entry)| best.get(entry.id) == Some(index));
            self.entries = kept.map(|(_, entry)| entry).collect();
        }
        if self.entries.windows(2).any(|pair| pair[0].gone && !pair[1].gone) {
            self.entries.sort_by_key(|entry| entry.gone);
        }
    }

    /// Whether two lines are of one card.
    fn has_twice(&self) -> bool {
        let key = |entry: &Entry| entry.id.bytes().fold(0_u128, |key, byte| key << 8 | u128::from(byte));
        let mut keys: Vec<u128> = self.entries.iter().map(key).collect();
        keys.sort_unstable();
        keys.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// The entry of a card.
    pub fn entry(&self, id: &str) -> Option<&Entry<'t>> {
        self.entries.iter().find(|entry| entry.id == id)
    }
}

/// What is wrong with a line that is none of ours.
fn first(line: &str) -> Fault {
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
        Fault::Conflict
    } else if line.starts_with(TITLE) || line.contains('\t') {
        Fault::Hurt
    } else {
        Fault::Foreign
    }
}

/// Whether this can be a card's id.
pub fn is_id(id: &str) -> bool {
    id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The shape and the numbers of faces that a column tells; no numbers where they are those of the body.
pub fn form_of(column: &str) -> Option<(Form, Vec<u16>)> {
    let (name, numbers) = column.split_once(':').unwrap_or((column, ""));
    let form = Form::ALL.into_iter().find(|form| form.name() == name)?;
    let numbers = numbers.split(',').filter(|number| !number.is_empty()).map(str::parse);
    Some((form, numbers.collect::<Result<_, _>>().ok()?))
}

/// A text as a column holds it: on one line and without tabs.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '\t', '\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// The text that a column holds.
pub fn unescaped(column: &str) -> Cow<'_, str> {
    if !column.contains('\\') {
        return Cow::Borrowed(column);
    }
    let mut out = String::with_capacity(column.len());
    let mut chars = column.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('t') => out.push('\t'),
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            (other, false) => out.push(other),
        }
    }
    Cow::Owned(out)
}
