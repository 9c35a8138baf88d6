//! Sections about a person: below `Jane Doe` a label names a matter of hers, and `Schooling: Opposed rote learning` tells
//! what she did, not what schooling did.

use std::collections::BTreeSet;

use super::context::Context;
use super::draft::Made;
use super::fact::Subject;
use super::recite::recalled;
use super::scene::Scene;
use crate::language::english::clause::{Word, words};
use crate::language::english::noun::is_plural;
use crate::language::english::{is_class_noun, is_deed, is_participle, third_person};
use crate::language::sentence::sentences;
use crate::markdown::text::Text;

/// What stands in front of names of people.
const TITLES: &[&str] = &[
    "dr", "mr", "mrs", "ms", "sir", "prof", "swami", "saint", "st", "king", "queen", "mahatma", "maharishi", "pandit",
    "lord", "lady", "pope", "emperor", "prince", "princess", "president", "guru", "imam", "rabbi", "chancellor",
];

/// The numbers of the sections in which somebody is spoken of as he or she.
pub(super) fn sections(scene: &Scene) -> BTreeSet<usize> {
    let person = |w: &Word| matches!(&*w.lower, "he" | "she" | "his" | "her" | "him" | "himself" | "herself");
    let spoken = scene.paragraphs().filter(|(_, text)| words(text.plain()).iter().any(person));
    spoken.map(|(site, _)| site.section_number()).collect()
}

/// Whether a heading names a person; `spoken` tells that its section speaks of he or she.
pub(super) fn is_person(name: &str, spoken: bool) -> bool {
    let found = words(name);
    let word =
        |w: &Word| w.capital && w.lower.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'));
    let common = |w: &Word| is_class_noun(&w.lower);
    let named = (2..=5).contains(&found.len()) && found.iter().all(|w| word(w) && !common(w));
    let initial =
        |w: &str| w.ends_with('.') && w.trim_end_matches('.').split('.').all(|part| part.chars().count() == 1);
    let initials = name.split(' ').any(initial);
    let titled = found.first().is_some_and(|w| TITLES.contains(&w.lower.trim_end_matches('.')));
    named && (titled || initials || spoken)
}

/// What a person did in a matter: the words behind its label, with a gap, behind the person's name. `None` where they do
/// not begin with what somebody did.
pub(super) fn deeds(scene: &Scene, person: &Text, label: &Text, told: &Text) -> Option<Vec<Made>> {
    let mask = told.mask();
    let found = words(&mask);
    let first = found.first()?;
    let regular = first.lower.ends_with("ed") && is_participle(&first.lower);
    let object = found.get(1).is_some_and(|w| matches!(&*w.lower, "the" | "a" | "an"));
    let acts = third_person(&first.lower).is_some_and(|v| !v.noun_too) || is_plural(&first.lower) && object;
    let did = matches!(&*first.lower, "did" | "didn't" | "also");
    (first.capital && (is_deed(&first.lower) || regular || acts || did)).then_some(())?;
    let name = person.clone().then(" – ").join(label);
    let subject = Subject { name, from_term: true, ..Subject::default() };
    let parts = sentences(&mask).into_iter().map(|range| told.slice(range));
    Some(parts.filter_map(|part| recalled(scene, Some(&subject), &Context::default(), &part)).collect())
}
