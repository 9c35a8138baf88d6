//! The key of a multiple-choice question: which letters are right, and why.

use std::slice;

use crate::card::{Content, Part};
use crate::language::english::clause::words;
use crate::language::english::third_person;
use crate::language::sentence::sentences;
use crate::markdown::block::{Block, BlockKind, Item};
use crate::markdown::text::Text;
use crate::source::Span;

/// The key of a question.
#[derive(Debug, Default)]
pub struct Key {
    /// The right letters, upper case; empty where check boxes say it.
    pub letters: Vec<char>,
    /// The explanation.
    pub why: Content,
    /// The bytes of the key.
    pub span: Option<Span>,
}

impl Key {
    /// The key of options that bear their own marks, with what the next block says of them.
    pub(super) fn explained(after: &[Block]) -> Key {
        let (why, span) = reason(after).unzip();
        Key { why: why.unwrap_or_default(), span, ..Key::default() }
    }
}

/// Words that announce a key or an answer, in lower case.
pub const ANSWERS: &[&str] = &[
    "the correct answers", "the correct answer", "the right answer", "the answer", "correct options", "correct option",
    "correct choices", "correct choice", "right option", "correct answers", "correct answer", "right answer",
    "answered correctly", "answers", "answer", "solution", "key", "ans", "richtige antwort", "lösung", "antworten",
    "antwort", "réponse correcte", "réponses", "réponse", "respuesta correcta", "respuestas", "respuesta", "正确答案",
    "答案",
];

/// The key in the blocks behind options, in the open or folded away; `letters` are theirs.
pub fn find_key(after: &[Block], items: &[Item], letters: &[char]) -> Option<Key> {
    for (index, block) in after.iter().enumerate().take(3) {
        let mut span = block.span;
        let found = match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => from_text(text, letters)
                .map(|(l, why)| (l, vec![why]))
                .or_else(|| by_words(text, items, letters))
                .or_else(|| {
                    let next = after.get(index + 1)?;
                    let found = below_label(text, next, letters);
                    span = found.as_ref().map_or(span, |_| span.to(next.span));
                    found
                }),
            BlockKind::Details { blocks, .. } | BlockKind::Quote(blocks) => {
                from_blocks(blocks, letters).or_else(|| blocks.iter().find_map(|b| by_words(b.text()?, items, letters)))
            }
            BlockKind::List { items, .. } => ticked_letters(items, letters).map(|l| (l, Vec::new())),
            BlockKind::Callout { label, blocks, .. } if is_answer(&format!("{label}:")) => {
                from_blocks(blocks, letters).or_else(|| label_letters(blocks, letters))
            }
            _ => None,
        };
        if let Some((right, why)) = found {
            let told = |t: &Text| t.is_blank() || items.iter().any(|i| i.text().is_some_and(|own| says_same(own, t)));
            let why = why.into_iter().map(|t| without_option(&t, items));
            let mut parts: Vec<Part> = why.filter(|t| !told(t)).map(Part::Paragraph).collect();
            if parts.is_empty()
                && let Some((part, used)) = explanation(&after[index + 1..])
            {
                parts.push(part);
                span = span.to(used);
            }
            return Some(Key { letters: right, why: Content(parts), span: Some(span) });
        }
        if !matches!(block.kind, BlockKind::Rule | BlockKind::Html(_)) {
            break;
        }
    }
    None
}

/// A reason without the option that it repeats in front, and without the word that announces it.
fn without_option(why: &Text, items: &[Item]) -> Text {
    let lower = why.plain().to_lowercase();
    let said = |item: &Item| {
        let own = item.text()?.plain().to_lowercase();
        let words =
            own.split_once([')', '.', ':']).filter(|(mark, _)| mark.len() < 3).map_or(&*own, |(_, words)| words);
        let rest = lower.strip_prefix(words.trim().trim_end_matches('.'))?.trim_start_matches(['.', ' ', '\n']);
        let lead = announcement(rest).filter(|w| rest[w.len()..].starts_with([':', '：']))?;
        Some(lower.len() - rest.len() + lead.len())
    };
    let Some(from) = items.iter().find_map(said).filter(|_| lower.len() == why.plain().len()) else {
        return why.clone();
    };
    why.slice(from..why.plain().len()).trim_matches(|c| c.is_whitespace() || matches!(c, ':' | '：'))
}

/// The letters of the ticked one of several combinations: `- [x] A, D` and `- [ ] B or C`.
fn ticked_letters(items: &[Item], known: &[char]) -> Option<Vec<char>> {
    let all: Vec<(bool, Vec<char>)> = items
        .iter()
        .map(|item| {
            let plain = item.text()?.plain().trim().replace(" OR ", " and ").replace(" or ", " and ");
            let (found, end) = letters(&plain, known)?;
            plain[end..].trim().is_empty().then_some((item.checked?, found))
        })
        .collect::<Option<_>>()?;
    let [(_, right)] = all.iter().filter(|(ticked, _)| *ticked).collect::<Vec<_>>().try_into().ok()?;
    Some(right.clone())
}

/// `Answer` on a line or in a heading of its own, and the letters in the next.
fn below_label(text: &Text, next: &Block, known: &[char]) -> Option<(Vec<char>, Vec<Text>)> {
    let lower = text.plain().to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let singular = ANSWERS.contains(&bare) && bare != "answers" && bare != "key";
    let words = next.text().filter(|_| singular)?;
    let (right, end) = letters(words.plain(), known)?;
    let rest = words.slice(end..words.plain().len());
    Some((
        right,
        vec![rest.trim_matches(|c| c.is_whitespace() || matches!(c, '—' | '–' | '-' | ':' | '.' | ')' | ','))],
    ))
}

/// The option that a key repeats in words: `Answer: Femur`.
fn by_words(text: &Text, items: &[Item], letters: &[char]) -> Option<(Vec<char>, Vec<Text>)> {
    let lower = text.plain().to_lowercase();
    let start = announced(&lower)?;
    let said = Text::words(&lower[start..]);
    let index = items.iter().position(|item| item.text().is_some_and(|own| says_same(own, &said)))?;
    Some((vec![*letters.get(index)?], Vec::new()))
}

/// The bytes of `Explanation: The correct answer is `.
fn behind_explanation(lower: &str) -> Option<usize> {
    let lead = announcement(lower)?;
    let rest = lower[lead.len()..].trim_start_matches([':', '：', ' ', '—', '-']);
    announced(rest).map(|end| lower.len() - rest.len() + end)
}

/// Words that announce an explanation, in lower case.
const EXPLANATIONS: &[&str] =
    &["explanation", "why", "reason", "rationale", "erklärung", "explication", "explicación", "解析"];

/// The word that a text (lower case) announces an explanation with.
fn announcement(lower: &str) -> Option<&'static str> {
    EXPLANATIONS.iter().copied().find(|word| lower.starts_with(word))
}

/// Whether a block is a reason as [`reason`] reads it.
pub(super) fn gives_reason(block: &Block) -> bool {
    reason(slice::from_ref(block)).is_some()
}

/// The reason that the next block gives for a card, as `Why: …`, and where it stands.
pub(super) fn reason(after: &[Block]) -> Option<(Content, Span)> {
    let text = after.first()?.text()?;
    let plain = text.plain().to_lowercase();
    let lead = announcement(&plain)?;
    let (reason, span) = explanation(after).filter(|_| plain[lead.len()..].starts_with([':', '：']))?;
    let reason = Content(vec![reason]);
    (!reason.is_blank()).then_some((reason, span))
}

/// Whether two texts have the same words but for capitals and a full stop.
fn says_same(a: &Text, b: &Text) -> bool {
    let words = |t: &Text| t.plain().to_lowercase().trim().trim_end_matches('.').to_owned();
    words(a) == words(b)
}

/// A paragraph `Explanation: …` behind the key.
fn explanation(after: &[Block]) -> Option<(Part, Span)> {
    let block = after.first()?;
    let BlockKind::Paragraph(text) = &block.kind else { return None };
    let lower = text.plain().to_lowercase();
    let lead = announcement(&lower)?;
    let rest = text
        .slice(lead.len()..text.plain().len())
        .trim_matches(|c| c.is_whitespace() || matches!(c, ':' | '：' | '—' | '-'));
    Some((Part::Paragraph(rest), block.span))
}

/// Whether a line begins with the announcement of a key.
pub fn is_answer(line: &str) -> bool {
    announced(&line.to_lowercase()).is_some()
}

/// The bytes of the announcement, its separator included.
pub fn announced(lower: &str) -> Option<usize> {
    let start = lower.len() - lower.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let word = ANSWERS.iter().find(|w| lower[start..].starts_with(**w))?;
    let rest = &lower[start + word.len()..];
    let rest = rest.strip_prefix("(s)").unwrap_or(rest);
    let rest = rest.strip_prefix(" is").or_else(|| rest.strip_prefix(" are")).unwrap_or(rest);
    let tail = rest.trim_start_matches([' ', ':', '：', '—', '–', '-', '*']);
    (tail.len() < rest.len()).then_some(lower.len() - tail.len())
}

/// The letters and the explanation of a line such as `Answer: B, D — because …`.
fn from_text(text: &Text, known: &[char]) -> Option<(Vec<char>, Text)> {
    // What the author of a quiz answered stands before what would have been right.
    let own = text.plain().to_lowercase();
    let taken = ["your answer", "you answered", "my answer"].iter().any(|lead| own.starts_with(lead));
    let behind = own.find("correct answer").or_else(|| own.find("right answer")).filter(|_| taken).unwrap_or(0);
    let text = &text.slice(behind.min(text.plain().len())..text.plain().len());
    let lower = text.plain().to_lowercase();
    if lower.len() != text.plain().len() {
        return None;
    }
    let start = announced(&lower).or_else(|| behind_explanation(&lower))?;
    let (letters, end) = letters(&text.plain()[start..], known)?;
    let rest = text.slice(start + end..text.plain().len());
    Some((
        letters,
        rest.trim_matches(|c| c.is_whitespace() || matches!(c, '—' | '–' | '-' | ':' | '：' | '.' | ')' | ','))
            .then_stop(text),
    ))
}

/// The letters at the start of a text, and where they end.
pub fn letters(text: &str, known: &[char]) -> Option<(Vec<char>, usize)> {
    if let Some(glued) = glued_letters(text, known) {
        return Some(glued);
    }
    let mut out = Vec::new();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let skipped = rest.len() - rest.trim_start_matches([' ', ',', '&', '(', '/', '*', '、', '，']).len();
        let rest = &rest[skipped..];
        let rest_and = rest.strip_prefix("and ").or_else(|| rest.strip_prefix("und ")).unwrap_or(rest);
        let skipped = skipped + rest.len() - rest_and.len();
        let Some(letter) = rest_and.chars().next().map(|c| c.to_ascii_uppercase()).filter(|c| known.contains(c)) else {
            break;
        };
        let next = rest_and.chars().nth(1);
        if next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\'' | '’')) {
            break;
        }
        let joined = next.is_none_or(|c| !c.is_whitespace())
            || rest_and[1..].trim_start().starts_with([',', '&', '—', '–', '-', ':', '(', '.'])
            || rest_and[1..].trim_start().starts_with("and ");
        if !joined && out.is_empty() && rest_and[1..].trim_start().starts_with(char::is_lowercase) {
            break;
        }
        out.push(letter);
        at += skipped + 1;
    }
    (!out.is_empty()).then_some((out, at))
}

/// `AD` by itself: capitals in the order of the alphabet.
fn glued_letters(text: &str, known: &[char]) -> Option<(Vec<char>, usize)> {
    let start = text.len() - text.trim_start_matches([' ', '*', '(']).len();
    let word: Vec<char> = text[start..].chars().take_while(|c| c.is_alphanumeric()).collect();
    let ordered = word.windows(2).all(|pair| pair[0] < pair[1]) && word.iter().all(|c| known.contains(c));
    let rest = text[start..].trim_start_matches(char::is_alphanumeric);
    let alone = rest.trim_start_matches(['*', ' ']).chars().next().is_none_or(|c| ".,;:)(—–-".contains(c));
    let capitals = word.iter().all(char::is_ascii_uppercase);
    (word.len() > 1 && ordered && alone && capitals).then(|| (word.clone(), start + word.len()))
}

/// The key inside folded blocks: an announced line, or letters alone.
fn from_blocks(blocks: &[Block], known: &[char]) -> Option<(Vec<char>, Vec<Text>)> {
    let texts: Vec<&Text> = blocks.iter().filter_map(Block::text).collect();
    for (index, text) in texts.iter().enumerate() {
        if let Some((right, why)) = from_text(text, known) {
            let mut all = vec![why];
            all.extend(texts[index + 1..].iter().map(|t| (*t).clone()));
            return Some((right, all));
        }
    }
    for (index, text) in texts.iter().enumerate() {
        if let Some(letter) = lone_letter(text, known) {
            return Some((vec![letter], texts[index + 1..].iter().map(|t| (*t).clone()).collect()));
        }
    }
    label_letters(blocks, known)
}

/// `คำตอบ: D`: a letter by itself behind a label in a language that is not known.
fn lone_letter(text: &Text, known: &[char]) -> Option<char> {
    let (label, rest) = text.plain().split_once([':', '：'])?;
    let mut rest = rest.trim().chars();
    let letter = rest.next().filter(|letter| known.contains(letter))?;
    (rest.next().is_none() && !label.trim().is_empty() && label.chars().count() <= 24).then_some(letter)
}

fn label_letters(blocks: &[Block], known: &[char]) -> Option<(Vec<char>, Vec<Text>)> {
    let first = blocks.iter().find_map(Block::text)?;
    let (right, end) = letters(first.plain(), known)?;
    let rest = first
        .slice(end..first.plain().len())
        .trim_matches(|c| c.is_whitespace() || matches!(c, '—' | '–' | '-' | ':' | '.' | ')' | '*'));
    let mut all = vec![rest];
    all.extend(blocks.iter().skip(1).filter_map(Block::text).cloned());
    Some((right, all))
}

/// What an explanation says against single options: `B adds latency.`, `eliminates A (needs servers)`,
/// `D (managing instances)`.
pub fn reasons(text: &Text) -> Vec<(char, Text)> {
    let mut out = Vec::new();
    let mask = text.mask();
    for range in sentences(&mask) {
        let sentence = text.slice(range).trim_matches(|c| c.is_whitespace() || c == '.');
        let found = words(sentence.plain());
        let letter = found.first().and_then(|w| single_letter(&sentence.plain()[w.start..w.end]));
        let verb = found.get(1).is_some_and(|w| {
            third_person(&w.lower).is_some()
                || matches!(
                    w.lower.as_str(),
                    "is" | "has" | "would" | "does" | "cannot" | "can" | "also" | "only" | "still"
                )
        });
        match (letter, verb, sentence.plain().contains([';'])) {
            (Some(letter), true, false) => {
                let reason = sentence.slice(found[0].end..sentence.plain().len()).trim();
                let blamed = ["is wrong because ", "is incorrect because ", "is wrong since ", "is wrong: "];
                let skip = blamed.iter().find(|b| reason.plain().starts_with(**b)).map_or(0, |b| b.len());
                out.push((letter, reason.slice(skip..reason.plain().len())));
            }
            _ if option_mark(sentence.plain()).is_some() => out.extend(blamed(&sentence)),
            _ => out.extend(bracketed(&sentence)),
        }
    }
    out
}

/// `Redshift (A) and EMR (D) need servers`: the sentence speaks against each option it marks.
fn blamed(sentence: &Text) -> Vec<(char, Text)> {
    let mut rest = sentence.clone();
    let mut letters = Vec::new();
    while let Some(at) = option_mark(rest.plain()) {
        letters.extend(rest.plain()[at + 2..].chars().next());
        rest = rest.slice(0..at).join(&rest.slice(at + 4..rest.plain().len()));
    }
    letters.into_iter().map(|letter| (letter, rest.clone())).collect()
}

/// Where ` (B)` stands.
pub fn option_mark(plain: &str) -> Option<usize> {
    plain.match_indices(" (").map(|(at, _)| at).find(|at| {
        let inner = plain.as_bytes().get(at + 2..at + 4);
        inner.is_some_and(|b| b[0].is_ascii_uppercase() && b[1] == b')')
    })
}

fn single_letter(word: &str) -> Option<char> {
    let mut chars = word.chars();
    let letter = chars.next().filter(char::is_ascii_uppercase)?;
    (chars.next().is_none() && letter != 'I').then_some(letter)
}

/// `A (requires managing servers), C (Kafka is more complex)`.
fn bracketed(sentence: &Text) -> Vec<(char, Text)> {
    let plain = sentence.mask();
    let mut out = Vec::new();
    for (open, _) in plain.match_indices(" (") {
        let letter = plain[..open].rsplit(' ').next().and_then(single_letter);
        let close = plain[open..].find(')').map(|c| open + c);
        if let (Some(letter), Some(close)) = (letter, close) {
            let reason = sentence.slice(open + 2..close);
            if words(reason.plain()).len() > 1 {
                out.push((letter, reason));
            }
        }
    }
    out
}

impl Text {
    /// Ends with a full stop where the text it was cut from does and trimming took it away.
    fn then_stop(self, whole: &Text) -> Text {
        let stopped = whole.plain().trim_end().ends_with('.') && !self.is_blank() && !self.plain().ends_with('.');
        if stopped { self.then(".") } else { self }
    }
}
