//! Sentences of languages with blanks between words, read by the frames of their table: a subject, a
//! verb that the table knows, and what is said. All else keeps the note's own words, with a gap.

use std::ops::Range;

use crate::card::{Body, Content};
use crate::language::gap;
use crate::language::lower::lower;
use crate::language::table::{Frame, Table};
use crate::markdown::text::Text;
use crate::rules::draft::{Made, cloze, one_gap, question};
use crate::rules::fact::Subject;

/// The longest answer, in bytes.
const LONGEST_ANSWER: usize = 170;

/// A word of a sentence.
#[derive(Debug)]
struct Word {
    start: usize,
    end: usize,
    lower: String,
    depth: usize,
}

/// The words of a masked text; an elided article (`l'`) is a word of its own.
fn words(mask: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let (mut start, mut depth) = (None, 0usize);
    let mut add = |start: &mut Option<usize>, end: usize, depth: usize| {
        if let Some(from) = start.take() {
            out.push(Word { start: from, end, lower: lower(&mask[from..end]).to_string().replace('’', "'"), depth });
        }
    };
    for (at, c) in mask.char_indices() {
        match c {
            '\'' | '’' => {
                add(&mut start, at, depth);
            }
            c if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ',' | '/' | '%') && start.is_some() => {
                start.get_or_insert(at);
            }
            '(' | '[' => {
                add(&mut start, at, depth);
                depth += 1;
            }
            ')' | ']' => {
                add(&mut start, at, depth);
                depth = depth.saturating_sub(1);
            }
            _ => add(&mut start, at, depth),
        }
    }
    add(&mut start, mask.len(), depth);
    for word in &mut out {
        let trimmed = word.lower.trim_end_matches(['.', ',', '-', '/']).len();
        word.end -= word.lower.len() - trimmed;
        word.lower.truncate(trimmed);
    }
    out
}

/// The card of one sentence.
pub fn fact(table: &Table, subject: Option<&Subject>, sentence: &Text) -> Option<Made> {
    let mask = sentence.mask();
    let found = words(&mask);
    let first = found.first()?;
    if mask.starts_with(['¿', '¡']) || mask.contains(['?', '=']) {
        return None;
    }
    let elided = subject.filter(|s| !s.distant && (!s.in_prose || s.defined_here));
    if let Some((frame, end)) = frame_at(table, &mask, &found, 0) {
        return completed(table, frame, &elided?.name, (sentence, end));
    }
    if let Some(rest) = impersonal(&mask).filter(|_| elided.is_some()) {
        let frame = table.frames.first()?;
        return completed(table, frame, &elided?.name, (sentence, rest));
    }
    if table.pointing.contains(&first.lower.as_str()) {
        return None;
    }
    let framed = whole(table, sentence, &mask, &found);
    framed.or_else(|| gapped(table, subject, sentence, &found))
}

/// A sentence that begins with its verb, with the thing that it speaks of. A name without its article
/// reads badly inside a question: it stands in front.
fn completed(table: &Table, frame: &Frame, name: &Text, said: (&Text, usize)) -> Option<Made> {
    let (sentence, end) = said;
    let whole = sentence.plain().len();
    let made = asked(table, frame, name, &sentence.slice(end..whole))?;
    let first = name.plain().split([' ', '\'', '’']).next().unwrap_or_default().to_lowercase();
    if table.articles.contains(&first.as_str()) || name.plain().split(' ').all(is_proper) {
        return Some(made);
    }
    let Body::Question { answer, .. } = &made.body else { return None };
    if frame.defines {
        let front = filled(table.fronts.meaning, &bare(name));
        return Some(Made {
            body: Body::Question { question: Content::text(front), answer: answer.clone() },
            fallback: None,
        });
    }
    let text = bare(name).then(": ").join(sentence);
    let shift = text.plain().len() - whole;
    let start = end + sentence.plain()[end..].len() - sentence.plain()[end..].trim_start().len();
    let length = answer.texts().first()?.plain().len();
    Some(Made { body: one_gap(&text, start + shift..start + length + shift)?, fallback: None })
}

/// Whether a word needs no article: `TCP`, `S3`, `MySQL`, no `Golgi-Apparat`.
pub fn is_proper(word: &str) -> bool {
    let inner = word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    let capital = word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
    capital && (inner || !word.chars().any(char::is_lowercase))
}

/// Where what is said begins behind `C'est` or `Il s'agit d'`.
fn impersonal(mask: &str) -> Option<usize> {
    ["C'est ", "C’est ", "Il s'agit d'", "Il s’agit d’", "Se trata de ", "Es handelt sich um "]
        .iter()
        .find(|l| mask.starts_with(**l))
        .map(|l| l.len())
}

/// The longest frame whose words stand at a word of the sentence, and where they end.
fn frame_at(table: &Table, mask: &str, found: &[Word], index: usize) -> Option<(&'static Frame, usize)> {
    let word = &found[index];
    let rest = lower(&mask[word.start..]);
    let fits = |frame: &&Frame| {
        let (verb, kept) = frame.says.split_once('|').unwrap_or((frame.says, ""));
        rest.strip_prefix(verb)
            .and_then(|tail| tail.strip_prefix(kept))
            .is_some_and(|tail| tail.starts_with(' ') || frame.says.ends_with(['\'', '’', ',']) && !tail.is_empty())
    };
    let frame = frames(table).filter(fits).max_by_key(|f| f.says.len())?;
    let verb = frame.says.split('|').next().unwrap_or_default().trim_end();
    (word.depth == 0).then_some((frame, word.start + verb.len()))
}

fn frames(table: &Table) -> impl Iterator<Item = &'static Frame> {
    let frames: &'static [Frame] = table.frames;
    frames.iter()
}

/// A sentence with subject, verb and what is said.
fn whole(table: &Table, sentence: &Text, mask: &str, found: &[Word]) -> Option<Made> {
    let (index, (frame, end)) =
        (1..found.len().min(12)).find_map(|i| frame_at(table, mask, found, i).map(|frame| (i, frame)))?;
    let name = sentence.slice(0..found[index].start).trim();
    if !names(table, &name, &found[..index]) {
        return None;
    }
    let articled = table.articles.contains(&found[0].lower.as_str());
    let verb = &found[index].lower;
    let one = !verb.ends_with('n') && !verb.ends_with("nt");
    if !articled && !frame.defines && one && !name.plain().split(' ').all(is_proper) {
        let made = asked(table, frame, &name, &sentence.slice(end..mask.len()))?;
        let Body::Question { answer, .. } = &made.body else { return None };
        let start = end + mask[end..].len() - mask[end..].trim_start().len();
        let length = answer.texts().first()?.plain().len();
        return Some(Made { body: one_gap(sentence, start..start + length)?, fallback: None });
    }
    asked(table, frame, &name, &sentence.slice(end..mask.len()))
}

/// Whether the words before a verb name a thing.
fn names(table: &Table, name: &Text, found: &[Word]) -> bool {
    let mask = name.mask();
    let Some(first) = found.first() else { return false };
    let is = |list: &[&str], word: &str| list.contains(&word);
    let articled = is(table.articles, &first.lower);
    let opens = !name.plain().starts_with(char::is_lowercase) || articled;
    let open_end =
        found.last().is_some_and(|w| is(table.function_words, &w.lower) || matches!(&*w.lower, "y" | "o" | "ou"));
    let asks = found.iter().any(|w| {
        matches!(
            &*w.lower,
            "qué"
                | "cómo"
                | "quién"
                | "cuál"
                | "dónde"
                | "was"
                | "wie"
                | "wer"
                | "quoi"
                | "comment"
                | "quel"
                | "quelle"
        )
    });
    if !opens || open_end || asks || !(articled || is_bare_name(name.plain(), table)) {
        return false;
    }
    let core: Vec<&Word> = found.iter().skip(usize::from(articled)).filter(|w| w.depth == 0).collect();
    let Some(noun) = core.first() else { return false };
    let bare_vague = core.iter().all(|w| is(table.vague, &w.lower));
    let led_by_vague = is(table.vague, &noun.lower) && core.len() < 3;
    let adjective = core.len() == 1 && !articled && table.no_noun.iter().any(|e| noun.lower.ends_with(e));
    let pointing =
        core.iter().any(|w| is(table.negations, &w.lower) || matches!(&*w.lower, "que" | "qui" | "dass" | "se"));
    let broken = mask.contains([':', ';', '"', '“', '„', '«', '=', '→']) || mask.contains(", ") || mask.ends_with(',');
    let short = core.len() <= 8 && name.plain().len() <= 90;
    !is(table.no_subject, &first.lower)
        && !is(table.pointing, &first.lower)
        && !bare_vague
        && !led_by_vague
        && !adjective
        && !pointing
        && !broken
        && short
        && name.plain().chars().any(char::is_alphabetic)
}

/// Whether words without an article are a name: one word, or several of which all that tell are capitalised.
fn is_bare_name(name: &str, table: &Table) -> bool {
    let core = name.split(' ').map(|w| w.trim_start_matches('(')).filter(|w| !w.is_empty());
    let small = |w: &str| w.chars().count() <= 3 || table.function_words.contains(&w);
    let capital = |w: &str| w.starts_with(|c: char| !c.is_lowercase());
    core.clone().count() == 1
        || core.clone().next_back().is_some_and(capital) && core.clone().all(|w| capital(w) || small(w))
}

/// The question of a frame.
fn asked(table: &Table, frame: &Frame, name: &Text, said: &Text) -> Option<Made> {
    let answer = first_clause(said);
    let mask = answer.mask();
    let found = words(&mask);
    let first = found.first()?;
    let relative = [", die ", " que ", " qui "].iter().any(|r| mask.contains(r));
    let noun = frame.says != "sind" || answer.plain().starts_with(char::is_uppercase);
    let participle = ["ados", "adas", "idos", "idas"].iter().any(|e| first.lower.ends_with(e));
    let plural = matches!(frame.says, "sind" | "son") && !participle && relative && noun && found.len() > 3;
    let article = table.articles.contains(&first.lower.as_str()) || frame.defines && plural;
    let negated = found.iter().take(2).any(|w| table.negations.contains(&w.lower.as_str()));
    let pointing = table.pointing.contains(&first.lower.as_str()) && !article
        || found.iter().take(2).any(|w| {
            matches!(
                &*w.lower,
                "eso"
                    | "esto"
                    | "cela"
                    | "dies"
                    | "folgende"
                    | "folgendes"
                    | "siguiente"
                    | "siguientes"
                    | "suivant"
                    | "suivants"
                    | "suivante"
                    | "suivantes"
            )
        });
    let vague = article && found.len() == 2 && table.vague.contains(&found[1].lower.as_str());
    let number = article && found.len() == 2 && found[1].lower.chars().all(|c| !c.is_alphabetic());
    let open = number || answer.plain().contains(['→', '⇒']) || answer.plain().ends_with([',', ':', '-']);
    let thin = answer.plain().chars().count() < 3 || frame.defines && found.len() < 2;
    if frame.defines && !article || negated || pointing || vague || open || thin || mask.len() > LONGEST_ANSWER {
        return None;
    }
    let name = bare(&inside(table, name));
    Some(Made { body: question(filled(frame.asks, &name), answer), fallback: None })
}

/// What is said up to a semicolon.
fn first_clause(said: &Text) -> Text {
    let mask = said.mask();
    let end = mask.find(';').unwrap_or(mask.len());
    said.slice(0..end).trim_matches(|c| c.is_whitespace() || c == '.')
}

/// A template with a text in place of `{}`; French `que` loses its vowel before another.
pub fn filled(template: &str, name: &Text) -> Text {
    let (before, behind) = template.split_once("{}").unwrap_or((template, ""));
    let name = &if before.is_empty() { capital(name) } else { name.clone() };
    let vowel = name.plain().to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u', 'é', 'è', 'ê', 'â', 'î', 'h', 'y']);
    let aspirated = name.plain().starts_with(['H', 'h', 'Y', 'y']);
    let text = match before.strip_suffix("que ") {
        Some(stem) if vowel && !aspirated && template.ends_with(" ?") => Text::words(format!("{stem}qu'")),
        _ => Text::words(before),
    };
    text.join(name).then(behind)
}

/// A name at the beginning of a front.
pub fn capital(name: &Text) -> Text {
    let first = name.plain().chars().next().filter(|c| c.is_lowercase());
    let word = name.plain().split(' ').next().unwrap_or_default();
    match first.filter(|_| !name.runs().is_empty() && word.chars().all(|c| !c.is_uppercase() && !c.is_ascii_digit())) {
        Some(c) if name.mask().starts_with(c) => {
            Text::words(c.to_uppercase().to_string()).join(&name.slice(c.len_utf8()..name.plain().len()))
        }
        _ => name.clone(),
    }
}

/// A subject as it stands inside a question: its article without the capital.
fn inside(table: &Table, name: &Text) -> Text {
    let plain = name.plain();
    let end = plain.find([' ', '\'', '’']).unwrap_or(plain.len());
    let first = lower(&plain[..end]);
    if end < plain.len() && table.articles.contains(&first.as_str()) {
        return Text::words(first.as_str()).join(&name.slice(end..plain.len()));
    }
    name.clone()
}

fn bare(name: &Text) -> Text {
    crate::rules::term::bare(name).restyle(|s| s.highlight = false)
}

/// The sentence with a gap: a quantity, or what the author marked.
fn gapped(table: &Table, subject: Option<&Subject>, sentence: &Text, found: &[Word]) -> Option<Made> {
    let quantities = gap::quantities(sentence);
    let gaps = if quantities.is_empty() { marked(table, sentence) } else { quantities };
    let plain = sentence.plain();
    let told = |g: &Range<usize>| subject.is_some_and(|s| tells(s, &plain[g.clone()]));
    let trivial = |g: &Range<usize>| matches!(&plain[g.clone()], "0" | "1") || plain[g.end..].starts_with(". ");
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

/// Whether words hold a finite verb before the first comma, so that they are a clause and no noun phrase.
pub fn is_clause(table: &Table, mask: &str) -> bool {
    const VERBS: &[&str] = &[
        "muss", "müssen", "kann", "können", "soll", "sollen", "wird", "werden", "hat", "haben", "liegt", "liegen",
        "steht", "gibt", "bleibt", "darf", "dürfen", "puede", "pueden", "debe", "deben", "tiene", "tienen", "está",
        "están", "hay", "peut", "peuvent", "doit", "doivent", "a", "ont", "fait", "font", "va", "vont",
    ];
    let main = mask.split(',').next().unwrap_or(mask);
    words(main).iter().any(|w| {
        VERBS.contains(&w.lower.as_str())
            || table.frames.iter().any(|f| f.says.split(' ').next() == Some(w.lower.as_str()))
    })
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
