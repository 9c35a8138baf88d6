//! What the words before a Chinese verb name: a thing, a quality of one, for whom something is done, or a mere
//! letter.

use crate::markdown::text::Text;

/// Whether words say for whom or towards what something is done, and name no doer: `为进程`, `向用户`.
pub(super) fn is_receiver(name: &str) -> bool {
    const WORDS: &[&str] =
        &["对称", "对象", "对流", "对数", "对话", "对立", "对偶", "对端", "对等", "向量", "给定", "为数"];
    name.starts_with(['为', '向', '给', '对']) && !WORDS.iter().any(|word| name.starts_with(word))
}

/// Whether words name something by a letter alone, as examples do: `主机 A`, `B 的地址`.
pub(super) fn has_placeholder(plain: &str) -> bool {
    let letters: Vec<char> = plain.chars().collect();
    let apart = |c: Option<&char>| c.is_none_or(|c| *c == ' ');
    letters.iter().enumerate().any(|(at, c)| {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let sort = plain.contains("类") || plain.contains("型") || plain.contains("级");
        matches!(c, 'A'..='E') && apart(before) && apart(letters.get(at + 1)) && letters.len() > 1 && !sort
    })
}

/// A name without a bracket that says more than an abbreviation.
pub(super) fn without_long_bracket(name: &Text) -> Text {
    let plain = name.plain();
    match plain.rfind('（').filter(|open| *open > 0 && plain.ends_with('）')) {
        Some(open) if plain[open..].chars().count() > 12 => name.slice(0..open).trim(),
        _ => name.clone(),
    }
}

/// Whether words name a quality that must be somebody's: 保密性, 利用率.
pub(super) fn is_quality(name: &str) -> bool {
    name.chars().count() <= 4 && name.ends_with(['性', '率']) && name.chars().all(crate::language::detect::is_han)
}
