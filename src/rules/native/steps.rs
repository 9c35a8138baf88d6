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
            let lower = words.to_lowercase();
            let mut found = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
            // `Schritt 2` is one of the steps.
            std::iter::from_fn(|| found.next().map(|w| (w, found.peek().copied().unwrap_or_default())))
                .any(|(w, next)| table.steps.contains(&w) && !next.starts_with(|c: char| c.is_ascii_digit()))
        }
        _ => false,
    }
}

/// A process without the words that announce its steps: `Pasos de la mitosis`, `创建进程的步骤`.
pub fn process(language: Language, heading: &Text) -> Text {
    let plain = heading.plain();
    if language == Language::Chinese {
        let core = plain.strip_suffix("步骤").map(|c| c.strip_suffix('的').unwrap_or(c).trim_end());
        return core.filter(|c| !c.is_empty()).map_or_else(|| heading.clone(), |c| heading.slice(0..c.len()));
    }
    let Some(table) = language.table() else { return heading.clone() };
    let first = plain.split(' ').next().unwrap_or_default();
    let joint = table.joints.iter().find(|j| plain[first.len()..].starts_with(**j));
    match joint.filter(|_| table.steps.contains(&first.to_lowercase().as_str())) {
        Some(joint) => super::spaced::capital(&heading.slice(first.len() + joint.len()..plain.len())),
        None => heading.clone(),
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
        (Language::Chinese, _) => name.clone().then("：“").join(step).then("”之后紧接着是什么？"),
        (_, Some(table)) => {
            let (before, behind) = table.fronts.next.split_once("{a}").unwrap_or((table.fronts.next, ""));
            super::spaced::filled(before, name).join(step).then(behind)
        }
        _ => name.clone().then(": ").join(step).then(" → …"),
    }
}
