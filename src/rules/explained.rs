//! Facts out of the explanation of a question of choice, and the code of the question, which no card of theirs shows.

use super::draft::Made;
use super::fact::facts;
use super::scene::Scene;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::{Atom, Text};

/// The code of a question.
pub(super) fn code_of(stem: &[&Block]) -> String {
    let code = stem.iter().filter_map(|block| match &block.kind {
        BlockKind::Code { code, .. } => Some(code.as_str()),
        _ => None,
    });
    code.collect::<Vec<_>>().join("\n")
}

/// Whether a sentence speaks of the code of its question, which its card would not show.
fn speaks_of(code: &str, sentence: &Text) -> bool {
    let named = |words: &str| {
        let name = |part: &&str| part.len() > 1 && !KEYWORDS.contains(part);
        let mut parts = words.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$')).filter(name);
        parts.any(|part| code.contains(part))
    };
    let codes = sentence.runs().iter().filter(|r| r.style.atom == Atom::Code);
    let lower = sentence.plain().to_lowercase();
    let places = ["loop", "line ", "example", "snippet", "this code", "the code", "output", "in this case", "here"];
    !code.is_empty()
        && (codes.into_iter().any(|r| named(&sentence.plain()[r.start..r.end]))
            || places.iter().any(|place| lower.contains(place)))
}

/// Words of programming languages, which name nothing of a program's own.
const KEYWORDS: &[&str] = &[
    "let", "const", "var", "new", "this", "typeof", "class", "function", "return", "async", "await", "yield", "null",
    "undefined", "true", "false", "if", "else", "for", "while", "in", "of", "def", "lambda", "import", "from",
    "static", "super", "extends", "try", "catch", "throw", "switch", "case", "break", "continue", "delete", "void",
    "import", "export", "default", "SELECT", "FROM", "WHERE", "JOIN", "int", "char", "struct", "fn", "mut", "impl",
    "pub",
];

/// The facts of an explanation that stand by themselves and speak of no option and of no code of the question.
pub(super) fn explained(scene: &Scene, text: &Text, code: &str) -> Vec<Made> {
    let speaks_of_options = |sentence: &str| {
        let lower = sentence.to_lowercase();
        let mut words = sentence.split([' ', ',']);
        let lettered = words.next().is_some_and(|w| w.len() == 1)
            && words.any(|w| matches!(w, "and" | "or"))
            && sentence[1..].starts_with([' ', ','])
            && sentence.split(' ').nth(2).is_some_and(|w| w.trim_matches(',').len() == 1);
        !lettered
            && super::key::reasons(&Text::words(sentence)).is_empty()
            && !["question", "option", "answer", "solution", "distractor"].iter().any(|w| lower.contains(w))
    };
    facts(scene, None, text)
        .into_iter()
        .filter(|(_, r)| speaks_of_options(&text.plain()[r.clone()]) && !speaks_of(code, &text.slice(r.clone())))
        .map(|(m, _)| m)
        .collect()
}
