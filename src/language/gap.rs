//! Choosing the gap of a cloze card: a quantity, a term or a name of the sentence, never a filler word.

use std::ops::Range;

use super::figure::{side_by_side, with_power};
use crate::language::english::clause::{Word, words};
use crate::language::english::is_month;
use crate::language::english::phrase::phrase_around;
use crate::language::english::{base_verb, is_participle};
use crate::language::lower::lower;
use crate::markdown::text::{Atom, Text};

/// Words that mean nothing by themselves and must not be gaps.
const FILLERS: &[&str] = &[
    "a", "an", "the", "of", "to", "in", "on", "for", "and", "or", "is", "are", "was", "were", "be", "it", "its",
    "this", "that", "these", "those", "you", "your", "they", "their", "we", "our", "i", "he", "she", "with", "from",
    "by", "as", "at", "not", "no", "exam", "example", "examples", "note", "important", "aws", "amazon", "azure",
    "google", "also", "each", "one", "both", "all", "any", "some", "more", "most", "other", "e.g", "i.e", "etc",
    "data",
];

/// The ranges of quantities: a number with its sign, currency and unit, or a number word of size.
pub fn quantities(text: &Text) -> Vec<Range<usize>> {
    let mask = text.mask();
    let words = words(&mask);
    let mut out: Vec<Range<usize>> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let limits = |w: &Word| matches!(&*w.lower, "only" | "exactly" | "least" | "most" | "than");
        let spelled = is_number_word(&word.lower)
            && (words.get(index + 1).is_some_and(|unit| is_time(&unit.lower))
                || index > 0 && limits(&words[index - 1])
                || index > 1 && &*words[index - 2].lower == "only" && !words[index - 1].capital);
        if let Some(rate) = rate(&words, index) {
            out.push(rate);
            continue;
        }
        let several = word.lower == "multiple"
            && !out.is_empty()
            && index > 0
            && matches!(&*words[index - 1].lower, "have" | "has" | "contain" | "contains" | "hold" | "holds");
        if several {
            out.push(word.start..word.end);
            continue;
        }
        // `(1/2) covenant of seisin` only numbers what follows.
        let numbering = index == 0 && word.depth > 0;
        let single = matches!(&*word.lower, "1" | "one");
        let limited = words[index.saturating_sub(3)..index].iter().any(|w| {
            limits(w) || matches!(&*w.lower, "have" | "has" | "just" | "each" | "per" | "by" | "to" | "is" | "are")
        });
        let counted = words.get(index + 1).is_some_and(|unit| is_unit(&unit.lower));
        let opens = single && (index == 0 || word.lower == "1" && !word.stop_after && !limited && !counted);
        if opens
            || numbering
            || !spelled && !is_number(&word.lower)
            || out.last().is_some_and(|last| word.start < last.end)
        {
            continue;
        }
        out.push(signed(&mask, word.start)..quantity_end(&words, index));
    }
    // A series of numbers is an example: `7, 0, 1, 2, 0, 3, …`.
    if out.len() > 7 {
        return Vec::new();
    }
    out.retain(|range| !inside_name(&words, range) && !counts_alike(&words, range));
    let out = joined(&mask, out).into_iter().map(|range| with_power(&mask, with_day(&mask, range)));
    let out = side_by_side(&mask, out.collect());
    // The same figure twice is one of an example: `a 5 TB object consumes 5 TB`.
    let measured = |r: &Range<usize>| mask[r.clone()].len() > 2;
    // `10 machines hold 10 copies`
    let number = |r: &Range<usize>| mask[r.clone()].chars().take_while(char::is_ascii_digit).collect::<String>();
    let same = |r: &Range<usize>| {
        let own = number(r);
        own.len() > 1 && out.iter().any(|o| o != r && number(o) == own && (mask[o.clone()].len() == own.len()))
    };
    if out.iter().any(same) {
        return Vec::new();
    }
    let repeated = |r: &Range<usize>| out.iter().any(|o| o != r && mask[o.clone()] == mask[r.clone()]);
    if out.iter().any(|r| measured(r) && repeated(r)) { Vec::new() } else { out }
}

/// Where a quantity begins: at its sign, if it has one (`-70 mV`), and nothing else stands before that.
fn signed(mask: &str, start: usize) -> usize {
    let sign = mask[..start].chars().next_back().filter(|c| matches!(c, '-' | '−' | '±' | '–'));
    let at = sign.map_or(start, |c| start - c.len_utf8());
    if at < start && mask[..at].ends_with(' ') && !mask[..at].trim_end().ends_with(|c: char| c.is_ascii_digit()) {
        at
    } else {
        start
    }
}

/// `per GB / month` of a fee: what a price is counted by.
fn rate(words: &[Word], index: usize) -> Option<Range<usize>> {
    let before = index.checked_sub(1).map(|i| &words[i])?;
    let (word, unit) = (&words[index], words.get(index + 1)?);
    let priced = words.iter().any(|w| {
        matches!(&*w.lower, "charge" | "charged" | "cost" | "costs" | "fee" | "fees" | "price" | "priced" | "billed")
    });
    let set_off = before.stop_after || matches!(&*before.lower, "a" | "the");
    let counted = |w: &Word| is_unit(&w.lower) || is_time(&w.lower);
    if word.lower != "per" || !priced || !set_off || !counted(unit) {
        return None;
    }
    let second = words.get(index + 2).filter(|w| !unit.stop_after && w.start - unit.end == 3 && counted(w));
    Some(word.start..second.map_or(unit.end, |w| w.end))
}

/// Ranges (`3 - 5 hours`, `25 to 30 seconds`) as one quantity, and no second one that only repeats
/// the first in brackets.
fn joined(mask: &str, ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        let between = out.last().map(|last| &mask[last.end..range.start]);
        match (between, out.last_mut()) {
            (Some(" - " | "-" | " – " | "–" | " to " | " bis " | " or "), Some(last)) => last.end = range.end,
            // `the 1980s and 1990s`: either would tell the other.
            (Some(" and "), Some(last)) if are_years(mask, last, &range) => last.end = range.end,
            (Some(" (" | " (= "), Some(_)) => {}
            _ => out.push(range),
        }
    }
    out
}

/// `{{May 3, 2009}}`: a year with the day before it.
fn with_day(mask: &str, year: Range<usize>) -> Range<usize> {
    let Some(before) = mask[..year.start].strip_suffix(", ").filter(|_| is_year(&mask[year.clone()])) else {
        return year;
    };
    let month = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let name = month.trim_end();
    let start = name.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| at + 1);
    let dated = (1..3).contains(&(before.len() - month.len())) && is_month(&name[start..].to_lowercase());
    if dated { start..year.end } else { year }
}

/// `between 1914 and 1918`: whether two quantities are years behind a word for a time.
fn are_years(mask: &str, one: &Range<usize>, other: &Range<usize>) -> bool {
    let led = ["in ", "in the ", "between ", "from ", "since "].iter().any(|lead| mask[..one.start].ends_with(lead));
    led && is_year(&mask[one.clone()]) && is_year(&mask[other.clone()])
}

/// Whether a quantity is a year or a decade.
fn is_year(quantity: &str) -> bool {
    let digits = quantity.strip_suffix('s').unwrap_or(quantity);
    digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits.starts_with('1') || digits.starts_with("20"))
}

/// Where a quantity ends: behind its unit, or behind month and year of a date.
fn quantity_end(words: &[Word], index: usize) -> usize {
    let word = &words[index];
    match words.get(index + 1) {
        // `up to 2,000 may be executed`
        Some(month) if month.lower == "may" && !month.capital => word.end,
        Some(month) if is_month(&month.lower) || super::units::is_month(&month.lower) => match words.get(index + 2) {
            Some(year) if is_number(&year.lower) => year.end,
            _ => month.end,
        },
        Some(unit) if !word.stop_after && is_unit(&unit.lower) => unit.end,
        _ => word.end,
    }
}

/// Whether a number is part of a name (`SSE-S3`, `Version 2`, `Layer 7`, `Question 3`).
fn inside_name(words: &[Word], range: &Range<usize>) -> bool {
    let Some(index) = words.iter().position(|w| w.start == range.start) else { return false };
    let bare = words[index].lower.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let ends_at_number = words[index].end == range.end;
    index > 0
        && !words[index - 1].stop_after
        && bare
        && ends_at_number
        && (words[index - 1].capital && words[index - 1].lower.is_ascii()
            || matches!(
                words[index - 1].lower.as_str(),
                "version"
                    | "layer"
                    | "type"
                    | "level"
                    | "class"
                    | "step"
                    | "phase"
                    | "chapter"
                    | "section"
                    | "part"
                    | "question"
                    | "option"
                    | "page"
                    | "figure"
                    | "table"
                    | "lesson"
                    | "domain"
                    | "node"
                    | "group"
                    | "top"
            )
            || super::units::counts_names(&words[index - 1].lower))
}

/// Whether a number tells one of several things apart: `charge 1` beside `charge 2`.
fn counts_alike(words: &[Word], range: &Range<usize>) -> bool {
    let bare = |w: &Word| w.lower.len() < 3 && w.lower.bytes().all(|b| b.is_ascii_digit());
    let Some(index) = words.iter().position(|w| w.start == range.start && w.end == range.end) else { return false };
    let Some(before) = index.checked_sub(1).map(|i| &words[i]) else { return false };
    let alike = |pair: &[Word]| pair[0].lower == before.lower && pair[1].start != range.start && bare(&pair[1]);
    bare(&words[index]) && words.windows(2).any(alike)
}

fn is_number(word: &str) -> bool {
    let core = word.trim_start_matches(['$', '€', '£', '₹', '~', '≈', '<', '>', '≤', '≥', '+', '-']);
    let digits = core.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':')).count();
    if digits == 0 || !core.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let tail = &core[core.char_indices().nth(digits).map_or(core.len(), |(i, _)| i)..];
    tail.is_empty()
        || is_unit(tail)
        || matches!(tail, "%" | "+" | "x" | "k" | "m" | "th" | "s")
        || tail.starts_with(['-', '–', '/'])
            && tail.chars().any(|c| c.is_ascii_digit() || c.is_alphabetic())
            && tail.len() < 12
}

fn is_number_word(word: &str) -> bool {
    matches!(
        word,
        "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "eleven"
            | "twelve"
            | "fifteen"
            | "twenty"
            | "thirty"
            | "forty"
            | "fifty"
            | "sixty"
            | "ninety"
            | "hundred"
            | "thousand"
    )
}

/// Whether a word is a unit of time.
fn is_time(word: &str) -> bool {
    matches!(
        word,
        "second"
            | "seconds"
            | "minute"
            | "minutes"
            | "hour"
            | "hours"
            | "day"
            | "days"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
            | "decades"
            | "centuries"
    )
}

pub(super) fn is_unit(word: &str) -> bool {
    const UNITS: &[&str] = &[
        "b", "kb", "mb", "gb", "tb", "pb", "kib", "mib", "gib", "tib", "kb/s", "mb/s", "gb/s", "mbps", "gbps", "kbps",
        "mib/s", "gib/s", "bit", "bits", "byte", "bytes", "ms", "s", "sec", "second", "seconds", "min", "minute",
        "minutes", "mins", "secs", "hr", "hrs", "h", "hour", "hours", "day", "days", "week", "weeks", "month",
        "months", "year", "years", "decade", "century", "percent", "%", "km", "m", "cm", "mm", "nm", "µm", "kg", "g",
        "mg", "µg", "l", "ml", "mol", "k", "kelvin", "°c", "°f", "v", "kv", "mv", "w", "kw", "mw", "hz", "khz", "mhz",
        "ghz", "thz", "phz", "ehz", "tbps", "pa", "kpa", "bar", "n", "j", "kj", "kcal", "ev", "mev", "iops", "million",
        "billion", "thousand", "times", "requests", "nodes", "copies", "shards", "objects", "records", "messages",
        "partitions", "replicas", "instances", "zones", "euro", "dollars", "bc", "ad", "bce", "ce", "m/s", "km/h",
        "rpm", "ppm", "px", "fps", "mmhg", "mg/dl", "g/l", "cal", "stunden", "tage", "jahre", "minuten", "sekunden",
        "prozent", "°",
    ];
    UNITS.contains(&word) || super::units::is_unit(word)
}

/// The ranges of what the author marked: bold, highlighted, code, formulas.
pub fn marked(text: &Text) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for run in text.runs() {
        let telling =
            run.style.strong || run.style.highlight || matches!(run.style.atom, Atom::Code | Atom::Math { .. });
        let symbol = matches!(run.style.atom, Atom::Math { .. }) && is_symbol(&text.plain()[run.start..run.end]);
        if !telling || symbol || text.plain()[run.start..run.end].trim().is_empty() {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.end == run.start => last.end = run.end,
            _ => out.push(run.start..run.end),
        }
    }
    out.into_iter().map(|r| trimmed(text.plain(), r)).filter(|r| !is_filler(&text.plain()[r.clone()])).collect()
}

/// Whether a formula is one letter with its marks (`$o_t$`), of which nobody could tell which is meant.
fn is_symbol(formula: &str) -> bool {
    const MARKS: &[&str] = &["\\mathbf", "\\boldsymbol", "\\mathrm", "\\hat", "\\bar", "\\vec", "\\tilde", "\\text"];
    let bare = MARKS.iter().fold(formula.replace('$', ""), |left, mark| left.replace(mark, ""));
    let letters = bare.chars().filter(|c| c.is_alphanumeric()).count();
    let command = bare.trim_start().starts_with('\\') && bare.matches('\\').count() == 1;
    let sign = |c: char| c.is_alphanumeric() || matches!(c, '_' | '^' | '{' | '}' | '\\' | '*' | '\'' | ' ');
    bare.chars().all(sign) && (letters <= 2 || command && !bare.contains([' ', '{']) && letters <= 8)
}

/// The ranges of names and acronyms from byte `from` on: runs of capitalised words that do not open
/// a sentence, and words with capitals, digits or underscores inside.
pub fn names(text: &Text, from: usize) -> Vec<Range<usize>> {
    let mask = text.mask();
    let words = words(&mask);
    let mut out: Vec<Range<usize>> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if matches!(&*word.lower, "e.g" | "i.e")
            || word.lower == "such" && words.get(index + 1).is_some_and(|w| w.lower == "as")
        {
            break;
        }
        let original = &text.plain()[word.start..word.end];
        let opens = index == 0 || mask[..word.start].trim_end().ends_with(['.', ':', '!', '?', '(']);
        let lettered = word.capital && original.contains(|c: char| c.is_ascii_digit());
        let acronym = original.chars().filter(|c| c.is_uppercase()).count() > 1 || original.contains('_') || lettered;

        let roman = original.len() < 5 && original.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        let number = is_number(&word.lower) || roman;
        let after_name =
            index > 0 && !words[index - 1].stop_after && out.last().is_some_and(|l| l.end == words[index - 1].end);
        let numbered = number && after_name;
        let name = if number { numbered } else { acronym || (word.capital && !opens) };
        if word.start < from || !name || spells_out_before(&words, index) {
            continue;
        }
        let joined =
            index > 0 && !words[index - 1].stop_after && mask[words[index - 1].end..word.start].trim().is_empty();
        match out.last_mut() {
            Some(last) if joined && last.end == words[index - 1].end => last.end = word.end,
            _ => out.push(word.start..word.end),
        }
    }
    let owner = |r: &Range<usize>| text.plain()[r.clone()].ends_with("'s") || text.plain()[r.clone()].ends_with("’s");
    out.retain(|r| !is_filler(&text.plain()[r.clone()]) && !owner(r));
    out
}

/// Whether a word in brackets is the short form of the words before them: `Query Execution (QE)`.
fn spells_out_before(words: &[Word], index: usize) -> bool {
    let word = &words[index];
    let count = word.lower.chars().count();
    let opens = index >= count && word.depth > words[index - 1].depth;
    opens && words[index - count..index].iter().zip(word.lower.chars()).all(|(w, c)| w.lower.starts_with(c))
}

fn is_filler(words: &str) -> bool {
    lower(words).split_whitespace().all(|w| FILLERS.contains(&w.trim_matches(|c: char| !c.is_alphanumeric())))
}

fn trimmed(plain: &str, range: Range<usize>) -> Range<usize> {
    let part = &plain[range.clone()];
    let edge = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '，' | '。');
    let start = range.start + part.len() - part.trim_start_matches(edge).len();
    start..range.start + part.trim_end_matches(edge).len().max(start - range.start)
}

/// A name with the names before it, where all are one enumeration: no half of a list is a gap.
fn whole_list(mask: &str, names: &[Range<usize>], last: Range<usize>) -> Range<usize> {
    let mut whole = last;
    for name in names.iter().rev().skip(1) {
        if !matches!(&mask[name.end..whole.start], ", " | " and " | " or " | ", and " | ", or " | "/" | " + ") {
            break;
        }
        whole.start = name.start;
    }
    whole
}

/// The best gaps from byte `from` on: quantities, else what is marked, else the last name. At most
/// four; none if the sentence offers nothing that only one thing fits.
pub fn choose(text: &Text, from: usize) -> Vec<Range<usize>> {
    let after = |ranges: Vec<Range<usize>>| ranges.into_iter().filter(|r| r.start >= from).collect::<Vec<_>>();
    let mut quantities = after(quantities(text));
    quantities.truncate(4);
    if !quantities.is_empty() {
        return quantities;
    }
    let marked = pair(&text.mask(), after(marked(text)));
    if let Some(first) = marked.into_iter().find(|r| r.end - r.start < 60) {
        return vec![first];
    }
    let names = names(text, from);
    let Some(last) = names.last().cloned() else { return Vec::new() };
    let mask = text.mask();
    let listed = whole_list(&mask, &names, last.clone());
    let whole = if listed == last { before_verb(&mask, phrase_around(&mask, last)) } else { listed };
    let mut out = Vec::new();
    out.extend(apart(&mask, &names, &whole));
    if whole.end - whole.start < 60 {
        out.push(whole);
    }
    out
}

/// Two that are marked side by side (`` `PUT` and `POST` ``) as one: either would tell what sort the other is.
fn pair(mask: &str, marked: Vec<Range<usize>>) -> Vec<Range<usize>> {
    match marked.as_slice() {
        [one, other] if matches!(&mask[one.end..other.start], " and " | " or ") => {
            std::iter::once(one.start..other.end).collect()
        }
        _ => marked,
    }
}

/// A phrase without the verb that it runs into: `Deposits in Britain provided coal`.
fn before_verb(mask: &str, phrase: Range<usize>) -> Range<usize> {
    let found = words(&mask[phrase.clone()]);
    match found.as_slice() {
        [.., name, verb] if name.capital && !verb.capital && is_participle(&verb.lower) => {
            phrase.start..phrase.start + name.end
        }
        _ => phrase,
    }
}

/// A name that belongs to an earlier verb of a sentence with two (`change the DNS and move … to S3`).
fn apart(mask: &str, names: &[Range<usize>], last: &Range<usize>) -> Option<Range<usize>> {
    let earlier = names.iter().rev().find(|name| name.end < last.start)?;
    let found = words(&mask[earlier.end..last.start]);
    let acts = words(&mask[..earlier.start])
        .iter()
        .any(|w| matches!(&*w.lower, "can" | "could" | "must" | "should" | "will" | "would" | "may" | "to" | "then"));
    let second = found.windows(2).any(|pair| {
        let verb = base_verb(&pair[1].lower).is_some_and(|v| !v.noun_too || acts);
        matches!(&*pair[0].lower, "and" | "but") && verb
    });
    let whole = phrase_around(mask, earlier.clone());
    let fits = second && found.len() >= 4 && whole.end < last.start && whole.end - whole.start < 60;
    fits.then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(plain: &str, pick: impl Fn(&Text) -> Vec<Range<usize>>) -> Vec<String> {
        let text = Text::words(plain);
        pick(&text).into_iter().map(|r| plain[r].to_owned()).collect()
    }

    #[test]
    fn numbers_keep_their_units() {
        assert_eq!(found("each shard = 1 MB/s in, 2 MB/s out", quantities), ["1 MB/s", "2 MB/s"]);
        assert_eq!(found("$5 per TB, 60-second buffer, 24 hours", quantities), ["$5", "60-second", "24 hours"]);
        assert_eq!(found("Layer 7 of SSE-S3 and S3", quantities), Vec::<String>::new());
    }

    #[test]
    fn names_are_whole() {
        assert_eq!(found("It supports Spark MLlib for training", |t| names(t, 0)), ["Spark MLlib"]);
    }
}
