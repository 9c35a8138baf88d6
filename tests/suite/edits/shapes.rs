//! Edits as notes before and after: the files of `tests/edits/`, in which a mark such as `⟦7⟧` says whose history a
//! line has. What is known of a mark is an interval of as many days, in `recto.db` and in the real Anki.

use super::table::{Folder, Score, asked};
use crate::support;
use libtest_mimic::Failed;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What divides two states of notes.
const THEN: &str = "==== then ====";

/// What begins a note; without it the note is `a.md`.
const FILE: &str = "---- ";

/// Whose history a line has, or a face of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    file: String,
    line: usize,
    /// Words of the answer, where one face is meant.
    words: Option<String>,
    /// The days; several where any of them will do.
    days: Vec<usize>,
    /// Whether it may as well have none.
    optional: bool,
}

/// Notes as they stand at one time.
#[derive(Debug, Clone, Default)]
struct State {
    notes: BTreeMap<String, String>,
    marks: Vec<Mark>,
}

/// An edit, played through.
pub(super) struct Played {
    /// What it is called in tables.
    pub(super) name: String,
    base: Folder,
    edited: Folder,
    last: State,
    /// Days by card and number, as they were learnt.
    learnt: BTreeMap<(String, u16), usize>,
    /// What was wrong on the way to the last state.
    earlier: Score,
}

/// Plays all edits.
pub(super) fn play() -> Result<Vec<Played>, Failed> {
    let folder = support::root().join("tests/edits");
    let mut out = Vec::new();
    for file in support::files_below(&folder) {
        let text = fs::read_to_string(folder.join(&file))?;
        let name = file.with_extension("").display().to_string().replace('-', " ");
        out.push(played(name.clone(), &text).map_err(|e| format!("{name}: {}", e.message().unwrap_or_default()))?);
    }
    Ok(out)
}

fn played(name: String, text: &str) -> Result<Played, Failed> {
    let mut states = text.split(THEN).map(state);
    let first = states.next().unwrap_or_default();
    let base = Folder::new()?;
    base.write(&first.notes)?;
    let learnt = learn(&base, &first)?;
    let mut earlier = Score::default();
    let edited = base.copy()?;
    let mut last = first;
    for (step, state) in states.enumerate() {
        if step > 0 {
            earlier = earlier.and(here(&edited, &last)?);
        }
        edited.write(&state.notes)?;
        last = state;
    }
    Ok(Played { name, base, edited, last, learnt, earlier })
}

/// Reads marks, and takes them out of the notes.
fn state(text: &str) -> State {
    let mut out = State::default();
    let mut file = "a.md".to_owned();
    for line in text.trim_start_matches('\n').lines() {
        if let Some(name) = line.strip_prefix(FILE) {
            name.clone_into(&mut file);
            out.notes.entry(file.clone()).or_default();
            continue;
        }
        let note = out.notes.entry(file.clone()).or_default();
        let number = note.lines().count() + 1;
        let mut parts = line.split('⟦');
        note.push_str(parts.next().unwrap_or_default().trim_end());
        note.push('\n');
        for part in parts {
            let mark = part.split('⟧').next().unwrap_or_default();
            let (days, words) =
                mark.split_once(':').map_or((mark, None), |(days, words)| (days, Some(words.to_owned())));
            let optional = days.ends_with('?');
            let days = days.trim_end_matches('?').split('|').filter_map(|days| days.parse().ok()).collect();
            out.marks.push(Mark { file: file.clone(), line: number, words, days, optional });
        }
    }
    out
}

/// Gives each marked face its interval.
fn learn(folder: &Folder, state: &State) -> Result<BTreeMap<(String, u16), usize>, Failed> {
    let mut learnt = BTreeMap::new();
    for mark in &state.marks {
        let faces: Vec<_> = folder.met()?.into_iter().filter(|face| mark.means(face)).collect();
        if faces.is_empty() {
            return Err(format!("no card on line {} of {}", mark.line, mark.file).into());
        }
        for face in faces {
            folder.know(&face.card, face.number, mark.days[0])?;
            learnt.insert((face.card, face.number), mark.days[0]);
        }
    }
    Ok(learnt)
}

/// A face as the database has it.
#[derive(Debug, Clone)]
pub(super) struct Met {
    pub(super) card: String,
    pub(super) number: u16,
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) back: String,
    pub(super) days: Option<usize>,
}

impl Mark {
    fn means(&self, face: &Met) -> bool {
        let place = face.line == self.line && face.file.ends_with(&self.file);
        place && self.words.as_ref().is_none_or(|words| face.back.contains(words.as_str()))
    }
}

/// How the marks of a state fare in the database.
fn here(folder: &Folder, state: &State) -> Result<Score, Failed> {
    let met = folder.met()?;
    Ok(score(state, &met, |face| face.days))
}

impl Played {
    /// How it ended in the database.
    pub(super) fn here(&self) -> Result<Score, Failed> {
        Ok(here(&self.edited, &self.last)?.and(self.earlier))
    }

    /// What Anki is asked of it.
    pub(super) fn plan(&self) -> (String, Value) {
        let days = |((card, number), days): (&(String, u16), &usize)| (format!("{card}/{number}"), *days);
        (self.name.clone(), asked(&self.base, &self.edited, &self.learnt.iter().map(days).collect()))
    }

    /// How it ended in Anki.
    pub(super) fn there(&self, found: &Value) -> Result<Score, Failed> {
        let met = self.edited.met()?;
        let days = |face: &Met| {
            let own = found.get(format!("{}/{}", face.card, face.number));
            // A card that was no text with gaps when it came in has one number there.
            let only = met.iter().filter(|other| other.card == face.card).count() == 1;
            let own = own.or_else(|| found.get(format!("{}/0", face.card)).filter(|_| only));
            usize::try_from(own?[0].as_u64()?).ok().filter(|days| *days > 0)
        };
        Ok(score(&self.last, &met, days))
    }
}

/// Counts the marks that have their days, and the faces that have days of others.
fn score(state: &State, met: &[Met], days: impl Fn(&Met) -> Option<usize>) -> Score {
    let mut score = Score::default();
    let mut owners: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for face in met {
        let Some(days) = days(face) else { continue };
        owners.entry(days).or_default().insert(&face.card);
        score.wrong += usize::from(!state.marks.iter().any(|mark| mark.means(face) && mark.days.contains(&days)));
    }
    // No two cards may share a history.
    score.wrong += owners.values().filter(|cards| cards.len() > 1).count();
    for mark in state.marks.iter().filter(|mark| !mark.optional && mark.days.iter().any(|days| *days < 90)) {
        score.facts += 1;
        let has = |face: &&Met| mark.means(face) && days(face).is_some_and(|days| mark.days.contains(&days));
        score.kept += usize::from(met.iter().any(|face| has(&face)));
    }
    score
}
