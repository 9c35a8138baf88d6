//! Sentences of languages with blanks between words, read by the frames of their table: a subject, a
//! verb that the table knows, and what is said. All else keeps the note's own words, with a gap.

use super::spaced_gap::gapped;
use crate::card::{Body, Content};
use crate::language::lower::lower;
use crate::language::table::{Frame, Table};
use crate::markdown::text::Text;
use crate::rules::draft::{Made, one_gap, question};
use crate::rules::fact::Subject;

/// The longest answer, in bytes.
const LONGEST_ANSWER: usize = 170;

/// Numbers in words, which announce what is told in the next sentence.
const NUMERALS: &[&str] = &[
    "zwei", "drei", "vier", "fünf", "sechs", "dos", "tres", "cuatro", "cinco", "seis", "deux", "trois", "quatre",
    "cinq", "six",
];

/// Pronouns that stand between a subject and its verb, in lower case.
const CLITICS: &[&str] = &["nos", "os", "te", "me", "le", "les", "nous", "vous", "lui", "leur"];

/// Words that begin a clause within what looks like a subject, in lower case.
const SUBORDINATE: &[&str] = &[
    "mientras", "cuando", "porque", "aunque", "wenn", "während", "weil", "falls", "obwohl", "lorsque", "quand",
    "pendant", "parce", "tandis",
];

/// A word of a sentence.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) lower: String,
    pub(super) depth: usize,
}

/// The words of a masked text; an elided article (`l'`) is a word of its own.
pub(super) fn words(mask: &str) -> Vec<Word> {
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
    if let Some(made) = surrounded(table, sentence) {
        return Some(made);
    }
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
        let several = matches!(frame.says, "sind" | "waren" | "son" | "sont" | "eran");
        let front = filled(if several { table.fronts.meanings } else { table.fronts.meaning }, &bare(name));
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

/// `Unter Besitz versteht man …`.
fn surrounded(table: &Table, sentence: &Text) -> Option<Made> {
    let plain = sentence.plain();
    let lower = plain.to_lowercase();
    let (lead, infix, asks) = table.around.iter().find(|(l, i, _)| lower.starts_with(l) && lower.contains(i))?;
    let at = lower.find(infix)?;
    let (name, said) = (sentence.slice(lead.len()..at).trim(), sentence.slice(at + infix.len()..plain.len()).trim());
    let short =
        lower.len() == plain.len() && name.plain().split(' ').count() <= 5 && said.plain().len() <= LONGEST_ANSWER;
    let whole = !name.is_blank() && said.plain().contains(' ') && !name.plain().contains(',');
    (short && whole).then(|| Made { body: question(filled(asks, &bare(&name)), said), fallback: None })
}

/// The question for a person, whom `what` would not do.
fn who(table: &Table, frame: &Frame, name: &Text, answer: &str) -> Option<&'static str> {
    let capitals = name.plain().split(' ').filter(|w| w.starts_with(char::is_uppercase)).count();
    let person = words(answer).iter().take(5).any(|w| table.persons.iter().any(|p| w.lower.ends_with(p)));
    let asks = table.who.iter().find(|(says, _)| *says == frame.says)?.1;
    (capitals > 1 && person).then_some(asks)
}

/// Where what is said begins behind `C'est` or `Il s'agit d'`.
fn impersonal(mask: &str) -> Option<usize> {
    ["C'est ", "C’est ", "Il s'agit d'", "Il s’agit d’", "Se trata de ", "Es handelt sich um "]
        .iter()
        .find(|l| mask.starts_with(**l))
        .map(|l| l.len())
}

/// The longest frame whose words stand at a word of the sentence, and where they end.
pub(super) fn frame_at(table: &Table, mask: &str, found: &[Word], index: usize) -> Option<(&'static Frame, usize)> {
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
    // `El modelo nos permite …`: whom it concerns is no part of the name.
    let ends = found[..index].len() - usize::from(CLITICS.contains(&&*found[index - 1].lower) && index > 1);
    let name = sentence.slice(0..found[ends].start).trim();
    if !names(table, &name, &found[..ends]) {
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
pub(super) fn names(table: &Table, name: &Text, found: &[Word]) -> bool {
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
    let pointing = core.iter().any(|w| {
        is(table.negations, &w.lower)
            || is(SUBORDINATE, &w.lower)
            || super::points(&w.lower)
            || matches!(&*w.lower, "que" | "qui" | "dass" | "se")
    });
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

/// Whether a German text that begins with an article goes on with a verb, so that it is no noun phrase:
/// `Ein Gerät (NAS) sendet …`, not `Ein Verfahren zur …`.
pub fn acts_in_german(plain: &str) -> bool {
    const BEHIND: &[&str] = &["nicht", "mit", "seit", "samt", "selbst", "statt", "erst", "fast", "meist", "zuletzt"];
    let found = words(plain);
    let noun = found.iter().skip(1).position(|w| w.depth == 0 && plain[w.start..].starts_with(char::is_uppercase));
    let Some(noun) = noun.map(|at| at + 1).filter(|at| *at < 5) else { return false };
    let next = found[noun + 1..].iter().find(|w| w.depth == 0);
    next.is_some_and(|w| {
        let small = plain[w.start..].starts_with(char::is_lowercase);
        let apart = plain[found[noun].end..w.start].contains(',');
        small && !apart && w.lower.ends_with('t') && !BEHIND.contains(&&*w.lower)
    })
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
    let vague = article && found.len() <= 3 && found.len() > 1 && table.vague.contains(&found[1].lower.as_str());
    let number = article && found.len() == 2 && found[1].lower.chars().all(|c| !c.is_alphabetic());
    let open = number || answer.plain().contains(['→', '⇒']) || answer.plain().ends_with([',', ':', '-']);
    let counts = found.len() == 1 && NUMERALS.contains(&&*first.lower);
    let thin = answer.plain().chars().count() < 3 || frame.defines && found.len() < 2 || counts;
    if frame.defines && !article || negated || pointing || vague || open || thin || mask.len() > LONGEST_ANSWER {
        return None;
    }
    let several = frame.says == "son" && crate::language::sentence::items(&mask).len() > 1;
    let asks = if several { "¿Cuáles son {}?" } else { frame.asks };
    let asks = who(table, frame, name, &mask).unwrap_or(asks);
    let name = bare(&inside(table, name));
    Some(Made { body: question(filled(asks, &name), answer), fallback: None })
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

pub(super) fn bare(name: &Text) -> Text {
    crate::rules::term::bare(name).restyle(|s| s.highlight = false)
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
