//! The fronts of sequences in another language than English.

use super::chinese::glued;
use crate::language::Language;
use crate::language::chinese::STEPS;
use crate::markdown::text::Text;

/// Whether a heading or a lead-in announces steps.
pub fn announce(language: Language, words: &str) -> bool {
    match (language, language.table()) {
        (Language::Chinese, _) => STEPS.iter().any(|s| words.contains(s)),
        (_, Some(table)) => {
            words.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| table.steps.contains(&w))
        }
        _ => false,
    }
}

/// The front for all steps of a process.
pub fn all(language: Language, name: &Text, count: usize) -> Text {
    match (language, language.table()) {
        (Language::Chinese, _) => {
            let announced = STEPS.iter().any(|s| name.plain().ends_with(s));
            let asks = if announced { "依次包括哪些步骤？" } else { "的步骤依次是什么？" };
            glued(name.clone(), &Text::words(asks), name.plain())
        }
        (_, Some(table)) => super::spaced::filled(table.fronts.steps, name),
        _ => name.clone().then(": 1 → … → ").then(&count.to_string()),
    }
}

/// The front for the step behind another.
pub fn next(language: Language, name: &Text, step: &Text) -> Text {
    match (language, language.table()) {
        (Language::Chinese, _) => {
            name.clone().then("：“").join(step).then("”之后紧接着是什么？")
        }
        (_, Some(table)) => {
            let (before, behind) = table.fronts.next.split_once("{a}").unwrap_or((table.fronts.next, ""));
            super::spaced::filled(before, name).join(step).then(behind)
        }
        _ => name.clone().then(": ").join(step).then(" → …"),
    }
}
