//! Gaps of sentences in languages with blanks between words: a quantity, or what the author marked,
//! where only one thing fits and the sentence stands alone.

use std::ops::Range;

use super::spaced::{Word, bare, frame_at, names, words};
use crate::language::gap;
use crate::language::table::Table;
use crate::markdown::text::Text;
use crate::rules::draft::{Made, cloze};
use crate::rules::fact::Subject;

/// The sentence with a gap: a quantity, or what the author marked.
pub(super) fn gapped(table: &Table, subject: Option<&Subject>, sentence: &Text, found: &[Word]) -> Option<Made> {
    let quantities = gap::quantities(sentence);
    let gaps = if quantities.is_empty() { marked(table, sentence) } else { quantities };
    let plain = sentence.plain();
    let told = |g: &Range<usize>| subject.is_some_and(|s| tells(s, &plain[g.clone()]));
    let trivial = |g: &Range<usize>| {
        matches!(&plain[g.clone()], "0" | "1")
            || plain[g.end..].starts_with(". ")
            || plain[..g.start].trim_end().ends_with('§')
    };
    let gaps: Vec<Range<usize>> = gaps
        .into_iter()
        .filter(|g| !trivial(g))
        .filter(|g| g.len() < plain.len() * 2 / 3 && !told(g))
        .take(4)
        .collect();
    let points = found.iter().take(4).any(|w| {
        matches!(
            &*w.lower,
            "diese"
                | "dieser"
                | "dieses"
                | "diesem"
                | "diesen"
                | "este"
                | "esta"
                | "estos"
                | "estas"
                | "ese"
                | "esa"
                | "ce"
                | "cet"
                | "cette"
                | "ces"
        )
    });
    if gaps.is_empty() || points || addresses(plain, found) || found.len() < 4 || plain.len() > 240 {
        return None;
    }
    let articled = table.articles.contains(&found[0].lower.as_str());
    let stated = articled || (1..found.len().min(12)).any(|i| frame_at(table, plain, found, i).is_some());
    let prose = subject.is_none_or(|s| s.in_prose);
    let verb = (1..found.len().min(4)).find(|i| frame_at(table, plain, found, *i).is_some());
    let starts = verb.is_some_and(|i| !table.no_subject.contains(&found[0].lower.as_str()) && i > 0);
    if starts && verb.is_some_and(|i| !names(table, &sentence.slice(0..found[i].start).trim(), &found[..i])) {
        return None;
    }
    let silent = (subject.is_none() || prose && table.drops_subject) && !stated;
    if silent || plain.starts_with('#') || plain.contains([';', '→']) || plain.contains(": —") || plain.contains(" — ")
    {
        return None;
    }
    let said = subject.is_some_and(|s| plain.to_lowercase().contains(&s.name.plain().to_lowercase()));
    let text = match subject.filter(|_| !prose && !said) {
        Some(subject) => bare(&subject.name).then(": ").join(sentence),
        None => sentence.clone(),
    };
    let shift = text.plain().len() - plain.len();
    let gaps: Vec<_> = gaps.into_iter().map(|g| g.start + shift..g.end + shift).collect();
    Some(Made { body: cloze(&text, &gaps)?, fallback: None })
}

/// Whether a sentence is an example, or tells the reader what to do.
fn addresses(plain: &str, found: &[Word]) -> bool {
    const EXAMPLES: &[&str] = &[
        "zum beispiel", "beispielsweise", "z. b.", "z.b.", "par exemple", "p. ex.", "por ejemplo", "p. ej.",
        "supposons", "imaginons", "nehmen wir an", "angenommen", "supongamos", "imagina", "cependant", "toutefois",
        "sin embargo",
    ];
    let lower = plain.to_lowercase();
    if lower.split_once(':').is_some_and(|(label, _)| super::is_link(label)) {
        return true;
    }
    let (first, second) = (&found[0].lower, found.get(1).map_or("", |w| w.lower.as_str()));
    let orders = first.len() > 3 && first.ends_with("ez") || second == "sie" && first.ends_with("en");
    let you =
        found.iter().take(6).any(|w| matches!(&*w.lower, "vous" | "nous" | "wir" | "du" | "tú" | "usted" | "nosotros"));
    orders || you && !lower.contains(" du ") || EXAMPLES.iter().any(|e| lower.starts_with(e))
}

fn tells(subject: &Subject, gap: &str) -> bool {
    let (name, gap) = (subject.name.plain().to_lowercase(), gap.to_lowercase());
    name.contains(&gap) || (name.chars().count() > 2 && gap.contains(&name))
}

/// The only marked stretch, or the first in bold, if one thing alone fits: no function word, no adverb,
/// no stressed adjective or verb.
fn marked(table: &Table, sentence: &Text) -> Vec<Range<usize>> {
    let all = gap::marked(sentence);
    let mask = sentence.mask();
    let opaque = |r: &Range<usize>| mask[r.clone()] != sentence.plain()[r.clone()];
    let single = all.len() == 1;
    let headed = |range: &Range<usize>| range.start == 0 && sentence.plain()[range.end..].trim_start().starts_with(':');
    let telling =
        |range: &Range<usize>| !headed(range) && (single || !opaque(range)) && is_telling(table, sentence, range);
    all.clone().into_iter().filter(telling).take(1).collect()
}

fn is_telling(table: &Table, sentence: &Text, range: &Range<usize>) -> bool {
    let (mask, part) = (sentence.mask(), &sentence.plain()[range.clone()]);
    let found = words(part);
    let opaque = mask[range.clone()] != *part;
    let small = |w: &Word| {
        let word = w.lower.as_str();
        let lists = [table.function_words, table.negations, table.pointing, table.no_subject, table.articles];
        lists.iter().any(|list| list.contains(&word)) || word.ends_with("mente") || word.ends_with("ment")
    };
    let capital = part.contains(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let before = words(&mask[..range.start]);
    let german = !table.no_noun.is_empty();
    // A single word without a capital is a noun if an article stands before it; German nouns have capitals.
    let article =
        |w: &Word| table.articles.contains(&w.lower.as_str()) || matches!(&*w.lower, "de" | "du" | "del" | "al" | "au");
    let opens = !opaque && !capital && found.len() == 1 && before.len() < 2;
    let noun = !opens && (opaque || capital || !german && (found.len() > 1 || before.last().is_some_and(article)));
    noun && !found.is_empty() && found.len() <= 5 && !found.iter().all(small) && range.len() > 2
}
