//! The ways in which people edit notes. Each keeps the numbers of facts true: a fact that was reworded or moved has
//! its number, one that was put in the place of another has a new one.

use super::notes::{Fact, Note, Notes, Way, name, value};
use super::random::Random;
use std::collections::BTreeMap;

/// Notes and what an edit may need to know of their past.
pub(crate) struct World {
    pub(crate) notes: Notes,
    /// The notes as they were before the last edit.
    pub(crate) before: Notes,
    /// Facts that were taken out, with the note they were in.
    pub(crate) removed: Vec<(String, Fact)>,
    /// Facts made of others, which may have the history of any of those or none.
    pub(crate) heirs: BTreeMap<usize, Vec<usize>>,
    pub(crate) random: Random,
}

/// A way of editing.
pub(crate) struct Kind {
    /// What it is called in tables.
    pub(crate) name: &'static str,
    /// Makes one such edit.
    pub(crate) edit: fn(&mut World),
}

const fn kind(name: &'static str, edit: fn(&mut World)) -> Kind {
    Kind { name, edit }
}

/// All ways.
pub(crate) const KINDS: &[Kind] = &[
    kind("typo in answer", |w| w.slip(|fact| fact.value.clone())),
    kind("typo in question", |w| w.slip(|fact| fact.subject.clone())),
    kind("capital letter", |w| {
        w.any(|fact, _| fact.slips.push((fact.aspect.clone(), fact.aspect.to_uppercase())));
    }),
    kind("inner double space", |w| w.any(|fact, _| fact.slips.push((" the ".into(), "  the ".into())))),
    kind("typo beside a gap", |w| w.of(Way::Gap, |fact, r| fact.slip(&fact.subject.clone(), r))),
    kind("typo in the gap", |w| w.of(Way::Gap, |fact, r| fact.slip(&fact.value.clone(), r))),
    kind("insert a card at the top", |w| w.insert(true)),
    kind("insert a card anywhere", |w| w.insert(false)),
    kind("delete a card", World::delete),
    kind("swap two cards", World::swap),
    kind("rename the file", World::rename),
    kind("move a card to another file", |w| w.carry(false)),
    kind("number or name in the answer changed", |w| w.any(|fact, r| fact.value = value(&fact.aspect, r))),
    kind("reworded", |w| w.any(|fact, _| fact.wording += 1)),
    kind("heading renamed", World::heading),
    kind("two cards merged", World::merge),
    kind("list reordered", World::reorder),
    kind("list sorted", World::sort),
    kind("section turned into a table", World::table),
    kind("moved while edited", |w| w.carry(true)),
    kind("term replaced throughout", World::replace),
    kind("half of a note rewritten", World::rewrite),
    kind("numbers changed in several cards", World::numbers),
    kind("file split", World::split_file),
    kind("deleted, and a similar one put there", World::exchange),
    kind("gap turned into a question", |w| w.of(Way::Gap, |fact, _| fact.way = Way::Question)),
    kind("question turned into a gap", |w| w.of(Way::Question, |fact, _| fact.way = Way::Gap)),
    kind("undo", World::undo),
    kind("restored", World::restore),
    kind("answers exchanged", World::cross),
    kind("section moved to another file", World::move_section),
    kind("section copied for another subject", World::copy),
];

impl World {
    /// A note, a section of it and a fact, where there are any.
    fn spot(&mut self) -> (usize, usize, usize) {
        loop {
            let note = self.random.below(self.notes.notes.len());
            let section = self.random.below(self.notes.notes[note].sections.len());
            let facts = self.notes.notes[note].sections.get(section).map_or(0, |(_, facts)| facts.len());
            if facts > 0 {
                return (note, section, self.random.below(facts));
            }
        }
    }

    fn facts(&mut self, note: usize, section: usize) -> &mut Vec<Fact> {
        &mut self.notes.notes[note].sections[section].1
    }

    fn any(&mut self, edit: impl Fn(&mut Fact, &mut Random)) {
        let (note, section, fact) = self.spot();
        edit(&mut self.notes.notes[note].sections[section].1[fact], &mut self.random);
    }

    fn of(&mut self, way: Way, edit: impl Fn(&mut Fact, &mut Random)) {
        for _ in 0..200 {
            let (note, section, fact) = self.spot();
            let found = &mut self.notes.notes[note].sections[section].1[fact];
            if found.way == way {
                return edit(found, &mut self.random);
            }
        }
    }

    fn slip(&mut self, of: fn(&Fact) -> String) {
        self.any(|fact, random| fact.slip(&of(fact), random));
    }

    fn insert(&mut self, top: bool) {
        let (note, section, at) = self.spot();
        let place = if top { (0, 0) } else { (section, at) };
        let subject = format!("{} engine", name(&mut self.random));
        let fact = self.notes.fact(&subject, "default timeout", &mut self.random);
        self.facts(note, place.0).insert(place.1, fact);
    }

    fn take(&mut self) -> (usize, usize, usize, Fact) {
        let (note, section, at) = self.spot();
        let fact = self.facts(note, section).remove(at);
        (note, section, at, fact)
    }

    fn delete(&mut self) {
        let (note, _, _, fact) = self.take();
        self.removed.push((self.notes.notes[note].path.clone(), fact));
    }

    fn swap(&mut self) {
        let (note, section, at) = self.spot();
        let facts = self.facts(note, section);
        let other = (at + 1) % facts.len();
        facts.swap(at, other);
    }

    fn rename(&mut self) {
        let number = self.random.below(100_000);
        let (note, ..) = self.spot();
        self.notes.notes[note].path = format!("renamed-{number:05}.md");
        self.notes.notes.sort_by(|a, b| a.path.cmp(&b.path));
    }

    fn carry(&mut self, edited: bool) {
        let (_, _, _, mut fact) = self.take();
        if edited {
            fact.slip(&fact.value.clone(), &mut self.random);
            fact.wording += 1;
        }
        // A row is at home in its table.
        fact.way = if fact.way == Way::Row { Way::Question } else { fact.way };
        let (note, section, at) = self.spot();
        self.facts(note, section).insert(at, fact);
    }

    fn heading(&mut self) {
        let (note, section, _) = self.spot();
        let new = format!("All about {}", name(&mut self.random));
        self.notes.notes[note].sections[section].0 = new;
    }

    fn merge(&mut self) {
        let (note, section, at) = self.spot();
        if self.facts(note, section).len() < 2 || self.facts(note, section)[at].way == Way::Row {
            return;
        }
        let other = if at == 0 { 1 } else { at - 1 };
        let second = self.facts(note, section)[other].clone();
        self.notes.next += 1;
        let number = self.notes.next;
        let first = &mut self.facts(note, section)[at];
        let parents = vec![first.number, second.number];
        first.aspect = format!("{} and the {}", first.aspect, second.aspect);
        first.value = format!("{} and {}", first.value, second.value);
        first.number = number;
        first.slips.clear();
        self.facts(note, section).remove(other);
        self.heirs.insert(number, parents);
    }

    fn reorder(&mut self) {
        let (note, section, _) = self.spot();
        self.random.shuffle(&mut self.notes.notes[note].sections[section].1);
    }

    fn sort(&mut self) {
        let (note, section, _) = self.spot();
        self.facts(note, section).sort_by(|a, b| a.aspect.cmp(&b.aspect));
    }

    /// All facts of a section become rows under its subject, which must be that of its heading.
    fn table(&mut self) {
        let (note, section, _) = self.spot();
        let heading = self.notes.notes[note].sections[section].0.clone();
        for fact in self.facts(note, section).iter_mut().filter(|fact| fact.subject == heading) {
            fact.way = Way::Row;
            fact.slips.clear();
        }
        self.facts(note, section).sort_by_key(|fact| fact.way != Way::Row);
    }

    fn replace(&mut self) {
        let (note, section, at) = self.spot();
        let old = self.facts(note, section)[at].subject.clone();
        let word = old.split(' ').next().unwrap_or_default().to_owned();
        let new = name(&mut self.random);
        let swap = |text: &mut String| *text = text.replace(&word, &new);
        for (heading, facts) in self.notes.notes.iter_mut().flat_map(|note| &mut note.sections) {
            swap(heading);
            for fact in facts {
                swap(&mut fact.subject);
                swap(&mut fact.value);
                fact.slips.retain(|(from, _)| !from.contains(&word));
            }
        }
    }

    fn rewrite(&mut self) {
        let (note, ..) = self.spot();
        let sections = self.notes.notes[note].sections.len();
        for section in 0..sections.div_ceil(2) {
            for at in 0..self.facts(note, section).len() {
                let shift = 1 + self.random.below(2);
                self.facts(note, section)[at].wording += shift;
            }
        }
    }

    fn numbers(&mut self) {
        let (note, section, _) = self.spot();
        for at in 0..self.facts(note, section).len() {
            let aspect = self.facts(note, section)[at].aspect.clone();
            let new = value(&aspect, &mut self.random);
            self.facts(note, section)[at].value = new;
        }
    }

    fn split_file(&mut self) {
        let (note, ..) = self.spot();
        let sections = self.notes.notes[note].sections.len();
        let tail = self.notes.notes[note].sections.split_off(sections.div_ceil(2));
        if !tail.is_empty() {
            let path = format!("part-{:05}.md", self.random.below(100_000));
            self.notes.notes.push(Note { path, sections: tail });
            self.notes.notes.sort_by(|a, b| a.path.cmp(&b.path));
        }
    }

    /// Another subject's fact in the place of one.
    fn exchange(&mut self) {
        let (note, section, at, old) = self.take();
        self.removed.push((self.notes.notes[note].path.clone(), old.clone()));
        let subject = format!("{} {}", name(&mut self.random), old.subject.split(' ').next_back().unwrap_or("queue"));
        let mut fact = self.notes.fact(&subject, &old.aspect, &mut self.random);
        (fact.way, fact.wording) = (if old.way == Way::Row { Way::Question } else { old.way }, old.wording);
        self.facts(note, section).insert(at, fact);
    }

    /// The notes as they were; facts that came since are gone, and what went is back.
    fn undo(&mut self) {
        let next = self.notes.next;
        std::mem::swap(&mut self.notes, &mut self.before);
        self.notes.next = next;
        self.removed.clear();
    }

    fn restore(&mut self) {
        let Some((path, fact)) = self.removed.pop() else { return };
        let Some(note) = self.notes.notes.iter_mut().find(|note| note.path == path) else { return };
        if let Some((_, facts)) = note.sections.first_mut().filter(|_| fact.way != Way::Row) {
            facts.insert(0, fact);
        }
    }

    fn cross(&mut self) {
        let (note, section, at) = self.spot();
        let facts = self.facts(note, section);
        let other = (at + 1) % facts.len();
        let (a, b) = (facts[at].value.clone(), facts[other].value.clone());
        facts[at].value = b;
        facts[other].value = a;
    }

    fn move_section(&mut self) {
        let (note, section, _) = self.spot();
        let moved = self.notes.notes[note].sections.remove(section);
        let (home, ..) = self.spot();
        self.notes.notes[home].sections.push(moved);
    }

    fn copy(&mut self) {
        let (note, section, _) = self.spot();
        let subject = format!("{} gateway", name(&mut self.random));
        let mut facts = self.facts(note, section).clone();
        for fact in &mut facts {
            self.notes.next += 1;
            fact.number = self.notes.next;
            fact.subject.clone_from(&subject);
            fact.value = value(&fact.aspect, &mut self.random);
            fact.slips.clear();
        }
        self.notes.notes[note].sections.push((subject, facts));
    }
}
