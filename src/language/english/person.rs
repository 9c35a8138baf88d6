//! Descriptions of people, who are asked for by *who*.

use super::clause::{Word, is_relative};
use super::noun::is_preposition;

/// Whether a description is one of a person: `the first king`, `the founder of …`.
pub fn names_person(after: &[Word]) -> bool {
    const PERSONS: &[&str] = &[
        "king", "queen", "president", "leader", "founder", "emperor", "author", "inventor", "minister", "chancellor",
        "architect", "commander", "father", "mother", "governor", "pope", "philosopher", "scientist", "general",
        "person", "man", "woman", "composer", "painter", "writer", "tsar", "monarch", "ruler", "organizer",
        "organiser", "martyr", "hero", "heroine", "soldier", "engineer", "explorer", "activist", "statesman", "poet",
        "novelist", "sculptor", "musician", "pharaoh", "prince", "princess", "bishop", "saint", "prophet", "lawyer",
        "astronomer", "mathematician", "politician", "physician", "revolutionary", "reformer", "theologian",
        "historian", "chemist", "biologist", "economist", "physicist", "psychologist", "sociologist", "journalist",
        "naturalist", "botanist", "thinker", "scholar", "jurist", "teacher",
    ];
    let head = after.iter().take_while(|w| !is_preposition(&w.lower) && !is_relative(&w.lower)).last();
    let first_to = after.windows(2).take(2).any(|pair| pair[0].lower == "first" && pair[1].lower == "to");
    first_to || head.is_some_and(|w| PERSONS.contains(&&*w.lower))
}
