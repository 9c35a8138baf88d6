//! Abbreviations beside their long form: `EMR (Elastic MapReduce)`, `Key Management Service (KMS)`.

use std::ops::Range;

use super::draft::{Draft, Drafts, Made, one_gap, question};
use super::native;
use super::scene::{Scene, Site};
use super::{Example, Rule};
use crate::card::Kind;
use crate::language::detect::is_han;
use crate::language::english::noun::singular;
use crate::markdown::block::BlockKind;
use crate::markdown::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    name: "abbreviation",
    summary: "an abbreviation beside its long form",
    manual: "\
An abbreviation with its long form in brackets behind it, or the other way round, asks what the
abbreviation stands for. The letters have to be the initials of the long form, in order. Headings are
read too. The sentence around it may make cards of its own.",
    example: Example {
        note: "EMR (Elastic MapReduce) runs Spark clusters.\n",
        cards: "\
[fact] statement  @ 1
Q: What does EMR (Elastic MapReduce) run?
A: Spark clusters

[fact] abbreviation  @ 1
Q: What does EMR stand for?
A: Elastic MapReduce
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    let mut seen = std::collections::BTreeSet::new();
    for site in &scene.sites {
        let (BlockKind::Paragraph(text) | BlockKind::Heading { text, .. }) = &site.block.kind else { continue };
        for (short, long) in pairs(text) {
            let letters = text.plain()[short.clone()].to_owned();
            if seen.insert(letters) {
                out.cards.extend(card(scene, site, text, &(short, long)));
            }
        }
    }
}

fn card(scene: &Scene, site: &Site, text: &Text, pair: &(Range<usize>, Range<usize>)) -> Option<Draft> {
    let (short, long) = (text.slice(pair.0.clone()), text.slice(pair.1.clone()));
    let many = short.plain().ends_with('s');
    let owner = |t: &str| t.trim_end_matches("'s").trim_end_matches("’s").to_owned();
    let one = |t: &str| if many { t.strip_suffix('s').unwrap_or(t).to_owned() } else { owner(t) };
    let plain = |t: &Text| Text::words(if many { singular(t.plain()) } else { owner(t.plain()) });
    let anchor = scene.span_of(&text.slice(pair.0.start.min(pair.1.start)..pair.0.end.max(pair.1.end)))?;
    let body = if scene.is_english() {
        question(Text::words(format!("What does {} stand for?", one(short.plain()))), plain(&long))
    } else if let Some(front) = native::long_form(scene.language, &plain(&short)) {
        question(front, plain(&long))
    } else {
        let whole = plain(&short).then(" = ").join(&plain(&long));
        one_gap(&whole, whole.plain().len() - long.plain().len()..whole.plain().len())?
    };
    let made = Made { body, fallback: None };
    Some(Draft::new(&RULE, Kind::Fact, made).at(anchor, site.block.span).under(site).aside())
}

/// The pairs of short and long form in a text.
fn pairs(text: &Text) -> Vec<(Range<usize>, Range<usize>)> {
    let mask = text.mask();
    let mut out = Vec::new();
    let mut close = 0;
    for (open, bracket) in mask.char_indices().filter(|(_, c)| matches!(c, '(' | '（')) {
        let inner_start = open + bracket.len_utf8();
        if close < inner_start {
            let Some(length) = mask[inner_start..].find([')', '）']) else { break };
            close = inner_start + length;
        }
        let inner = trim(&mask, inner_start..close);
        let before = mask[..open].trim_end();
        if is_short(&mask[inner.clone()]) {
            if let Some(long) = long_before(before, &mask[inner.clone()]) {
                out.push((inner, long));
            }
        } else {
            let start = before
                .rfind([' ', '(', '/', '，', '（'])
                .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
            let short = latin_before(before).unwrap_or(start..before.len());
            if !is_short(&mask[short.clone()]) {
                continue;
            }
            let long = inner.start..mask[inner.clone()].find([';', '；']).map_or(inner.end, |i| inner.start + i);
            if spells(&mask[long.clone()], &mask[short.clone()]) {
                out.push((short, long));
            }
        }
    }
    out
}

/// The last Latin word before at most ten Chinese characters: `HTTPS` of `HTTPS 协议`.
fn latin_before(before: &str) -> Option<Range<usize>> {
    let core = before.trim_end_matches(is_han);
    let between = before[core.len()..].chars().count();
    let core = core.trim_end_matches(' ');
    let start = core
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |i| i + core[i..].chars().next().map_or(1, char::len_utf8));
    ((1..=10).contains(&between) && start < core.len()).then_some(start..core.len())
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..(range.start + part.trim_end().len()).max(start)
}

/// Whether a word looks like an abbreviation: two to eight letters, mostly capitals.
fn is_short(word: &str) -> bool {
    if !(2..=8).contains(&word.chars().take(9).count()) {
        return false;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 && capitals * 2 > letters && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '&'))
}

/// How many characters before an abbreviation its long form may begin.
const REACH: usize = 400;

/// The last words of a text that spell an abbreviation, one word a letter or nearly so.
fn long_before(text: &str, short: &str) -> Option<Range<usize>> {
    let letters = short.chars().filter(|c| c.is_alphabetic()).count();
    let opens = |(i, c): &(usize, char)| !c.is_whitespace() && (*i == 0 || text[..*i].ends_with(char::is_whitespace));
    let starts = text.char_indices().rev().take(REACH).filter(opens).take(letters + 2).map(|(i, _)| i);
    // `With Organizational Units (OUs)`: a small word that gives no letter is none of the name.
    let initial = short.chars().next().map(|c| c.to_ascii_lowercase());
    let idle = |long: &str| {
        let first = long.split(' ').next().unwrap_or_default().to_lowercase();
        is_small(&first) && first.chars().next() != initial
    };
    let spelt = |start: &usize| {
        let long = &text[*start..];
        spells(long, short) && long.starts_with(char::is_alphabetic) && !idle(long)
    };
    let found: Vec<usize> = starts.filter(spelt).collect();
    // `memory management unit` and not `management unit`, though that has all letters of MMU as well.
    let telling = |start: &&usize| text[**start..].split([' ', '-']).filter(|w| !is_small(w)).count() == letters;
    let start = found.iter().find(telling).or(found.first())?;
    Some(*start..text.len())
}

/// Whether the letters are, in order, initials of the words, each word but the small ones giving at
/// least one; a word may give letters from its inside too (`OnLine` in `OLAP`).
fn spells(long: &str, short: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    let words: Vec<String> =
        long.split([' ', '-', ',', '/', '&']).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let telling = words.iter().filter(|w| !is_small(w)).count();
    telling > 1 && telling <= letters.len() && words.len() < 12 && fits(&words, &letters)
}

fn is_small(word: &str) -> bool {
    matches!(word, "of" | "and" | "the" | "for" | "in" | "to" | "on" | "a" | "with" | "as")
}

fn fits(words: &[String], letters: &[char]) -> bool {
    let Some((word, rest)) = words.split_first() else { return letters.is_empty() };
    if is_small(word) && fits(rest, letters) {
        return true;
    }
    let mut inner = word.chars();
    if letters.is_empty() || inner.next() != letters.first().copied() {
        return false;
    }
    let mut used = 1;
    loop {
        if fits(rest, &letters[used..]) {
            return true;
        }
        let Some(next) = letters.get(used) else { return false };
        if used > 2 || !inner.any(|c| c == *next) {
            return false;
        }
        used += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_spell_the_short_form() {
        for (long, short) in [
            ("Elastic MapReduce", "EMR"),
            ("Extract, Transform, Load", "ETL"),
            ("Key Management Service", "KMS"),
            ("Internet of Things", "IoT"),
        ] {
            assert!(spells(long, short), "{long} {short}");
        }
        for (long, short) in [("data consumption", "SQL"), ("uses Presto", "EMR"), ("Elastic", "E")] {
            assert!(!spells(long, short), "{long} {short}");
        }
        let text = Text::words("Uses the Key Management Service (KMS) here");
        let found: Vec<_> = pairs(&text).into_iter().map(|(s, l)| (&text.plain()[s], &text.plain()[l])).collect();
        assert_eq!(found, [("KMS", "Key Management Service")]);
    }
}
