//! Notes in other languages than English: what their headings speak of, what their sentences and
//! labels become. Words come from the tables in `src/language/`; a language without a table keeps
//! the note's own words.

pub mod aspect;
pub mod chinese;
pub mod spaced;
mod spaced_gap;
pub mod steps;
pub mod topic;
pub mod zh_clause;
mod zh_name;
pub mod zh_number;
pub(super) mod zh_open;
mod zh_wh;

use std::ops::Range;

use super::draft::{Made, cloze, one_gap, question};
use super::fact::{Subject, prefixed};
use super::label;
use super::scene::{Scene, Site};
use super::term::bare;
use crate::language::chinese::OWNED;
use crate::language::{Language, gap, sentence};
use crate::markdown::text::{Atom, Text};
use chinese::{Passage, glued};

/// The cards of the sentences of a text, with the bytes of each.
pub fn facts(scene: &Scene, subject: Option<&Subject>, text: &Text) -> Vec<(Made, Range<usize>)> {
    let of_proof = subject.is_some_and(|s| s.from_term && (is_working(&s.name) || is_link(s.name.plain())));
    if of_proof || scene.course && subject.is_none_or(|s| !s.from_term) {
        return Vec::new();
    }
    if scene.language == Language::Chinese {
        return if scene.reads(text) { chinese::facts(&passage(subject), text) } else { Vec::new() };
    }
    let mut out = Vec::new();
    let mut subject = subject.cloned();
    for range in sentence::sentences(&text.mask()) {
        let sentence = text.slice(range.clone());
        if let Some(name) = bold_term(&sentence) {
            subject = Some(Subject { name, defined_here: true, from_term: true, ..Subject::default() });
            continue;
        }
        out.extend(fact(scene, subject.as_ref(), &sentence).map(|made| (made, range)));
        if let Some(subject) = &mut subject {
            subject.defined_here = false;
        }
    }
    out
}

/// The term that is a sentence by itself: `**Modelos empíricos.** Son los que …`.
fn bold_term(sentence: &Text) -> Option<Text> {
    let blank = |r: &crate::markdown::text::Run| !sentence.plain()[r.start..r.end].contains(char::is_alphanumeric);
    let bold = sentence.runs().iter().all(|r| r.style.strong || blank(r));
    let name = bare(&sentence.trim_matches(|c| c.is_whitespace() || matches!(c, '.' | ':')));
    (bold && !name.is_blank() && name.plain().split(' ').count() <= 6).then_some(name)
}

/// What a Chinese text speaks of. A term that names an aspect (`端口号：HTTP 是 80`) is a label of what follows.
fn passage(subject: Option<&Subject>) -> Passage<'_> {
    let label = subject.filter(|s| s.from_term && OWNED.contains(&s.name.plain())).map(|s| &s.name);
    let of = subject.filter(|s| !s.distant && label.is_none());
    Passage { subject: of.map(|s| &s.name), label, elides: of.is_some_and(|s| !s.in_prose) }
}

/// The card of one sentence.
pub fn fact(scene: &Scene, subject: Option<&Subject>, sentence: &Text) -> Option<Made> {
    let trimmed = sentence.trim();
    let open = trimmed.plain().ends_with([':', '?', '？', '：', '…']) || trimmed.plain().ends_with("...");
    let sentence = trimmed.trim_matches(|c| c.is_whitespace() || matches!(c, '.' | ';' | '。' | '!' | '！'));
    let example = sentence.plain().split(' ').next().is_some_and(is_link);
    if open || example || sentence.plain().len() < 4 || sentence.plain().len() > 320 || !scene.reads(&sentence) {
        return None;
    }
    match scene.language {
        Language::Chinese => chinese::facts(&passage(subject), &sentence).into_iter().map(|(made, _)| made).next(),
        language => match language.table() {
            Some(table) => spaced::fact(table, subject, &sentence),
            None => neutral(subject.filter(|s| !(scene.mixed && s.in_prose))?, &sentence),
        },
    }
}

/// In a language without a table: the note's own words with a gap, and nothing added.
fn neutral(subject: &Subject, sentence: &Text) -> Option<Made> {
    let gaps = gap::quantities(sentence);
    // Words in bold that are a clause of their own are no gap that one thing fits.
    let marked =
        || gap::marked(sentence).into_iter().filter(|g| is_phrase(&sentence.plain()[g.clone()])).take(1).collect();
    let gaps = if gaps.is_empty() { marked() } else { gaps };
    if sentence.plain().split_once(':').is_some_and(|(label, _)| is_link(label)) {
        return None;
    }
    let (name, plain) = (subject.name.plain().to_lowercase(), sentence.plain());
    let told = |g: &Range<usize>| {
        let gap = plain[g.clone()].to_lowercase();
        name.contains(&gap) || (name.chars().count() > 2 && gap.contains(&name))
    };
    let gaps: Vec<_> = gaps.into_iter().filter(|g| g.end - g.start < plain.len() && !told(g)).take(4).collect();
    let text = prefixed(subject, sentence);
    let shift = text.plain().len() - plain.len();
    let gaps: Vec<_> = gaps.into_iter().map(|g| g.start + shift..g.end + shift).collect();
    Some(Made { body: cloze(&text, &gaps)?, fallback: None })
}

/// Whether words are few enough to be given back word for word.
fn is_phrase(words: &str) -> bool {
    if words.contains(' ') { words.split_whitespace().count() <= 5 } else { words.chars().count() <= 24 }
}

/// The card of a term's meaning: a question where the meaning is a noun phrase, else the meaning as the gap.
pub fn meaning(scene: &Scene, site: &Site, of: (&Text, &Text)) -> Option<Made> {
    let (name, all) = of;
    let first = sentence::sentences(&all.mask()).into_iter().next()?;
    let said = &all.slice(first).trim_matches(|c| c.is_whitespace() || matches!(c, '.' | '。' | ';' | '；'));
    if is_link(name.plain())
        || said.plain().starts_with(['—', '–', '→', '-'])
        || is_open(said)
        || is_working(name)
        || points(said.plain())
    {
        return None;
    }
    // A name of code is one by itself.
    let code = !name.runs().is_empty() && name.runs().iter().all(|r| r.style.atom == Atom::Code);
    let context = if code { Text::default() } else { context(scene, site, name) };
    let vague = scene.language.table().is_some_and(|t| {
        let lower = name.plain().to_lowercase();
        let first = lower.split(' ').next().unwrap_or_default();
        let near = |v: &str| lower.starts_with(v) && lower.len() <= v.len() + 2;
        let led = |list: &[&str]| list.contains(&first) && lower.contains(' ');
        led(t.no_subject) && !t.articles.contains(&first)
            || (t.vague.iter().any(|v| near(v)) && context.is_blank())
            || t.frames.iter().any(|f| f.says.split(' ').next() == Some(first))
    });
    if context.is_blank() && aspect::is_aspect(scene, name.plain()) || vague {
        return None;
    }
    let text = context.join(name).then(if scene.language == Language::Chinese { "：" } else { ": " }).join(said);
    let gapped = one_gap(&text, text.plain().len() - said.plain().len()..text.plain().len())?;
    let short = said.plain().chars().count() > 2 || said.plain().chars().all(|c| c.is_ascii_digit());
    let name_length = name.plain().split(['（', '(']).next().unwrap_or_default().chars().count();
    let time = name.plain().ends_with(['前', '后', '时']) || name_length > 8 && !name.plain().is_ascii();
    let told = ["需要", "因此", "所以", "可以", "必须", "会"].iter().any(|w| said.plain().contains(w));
    let told = told || ACTING.iter().any(|w| said.plain().starts_with(w));
    let asks = name.plain().starts_with('第') || name.plain().ends_with(['说', '问', '答']);
    let long = said.plain().chars().count() > if scene.language == Language::Chinese { 40 } else { 160 };
    if asks || !name.plain().chars().any(char::is_alphabetic) || !is_content(name) || !is_content(said) {
        return None;
    }
    if let Some((aspect, rest)) = owned(scene.language, said) {
        let of = glued(name.clone(), &Text::words("的"), said.plain());
        let front = of.join(&aspect).then("是什么？");
        return Some(Made { body: question(front, rest), fallback: Some(gapped) });
    }
    let front = match (scene.language, scene.language.table()) {
        _ if !short || !scene.reads(said) => return None,
        (Language::Chinese, _) if time || told => None,
        (Language::Chinese, _) => Some(glued(name.clone(), &Text::words("是什么？"), said.plain())),
        (_, Some(table)) => {
            let first = said.plain().split([' ', '\'', '’']).next().unwrap_or_default().to_lowercase();
            let noun = table.articles.contains(&first.as_str()) && !spaced::is_clause(table, &said.mask());
            let noun = noun && !(scene.language == Language::German && spaced::acts_in_german(said.plain()));
            noun.then(|| spaced::filled(table.fronts.meaning, name))
        }
        _ => None,
    };
    Some(match front {
        Some(front) => Made { body: question(front, said.clone()), fallback: Some(gapped) },
        None if long => return None,
        None => Made { body: gapped, fallback: None },
    })
}

/// An aspect and what it is, of a meaning that only tells that: `任务是通过长距离运送数据`.
fn owned(language: Language, said: &Text) -> Option<(Text, Text)> {
    let plain = said.plain();
    let aspect = OWNED.iter().filter(|a| plain.strip_prefix(**a).is_some_and(|rest| rest.starts_with('是')));
    let aspect = aspect.max_by_key(|a| a.len()).filter(|_| language == Language::Chinese)?;
    let rest = said.slice(aspect.len() + '是'.len_utf8()..plain.len()).trim();
    (rest.plain().chars().count() > 2 && !plain.contains('；')).then(|| (said.slice(0..aspect.len()), rest))
}

/// Whether a label only ties what follows to what stands before, or calls it an example.
pub fn is_link(label: &str) -> bool {
    const LINKS: &[&str] = &[
        "das bedeutet", "das heißt", "daraus folgt", "kurz gesagt", "beispiel", "zum beispiel", "esto significa",
        "es decir", "por ejemplo", "ejemplo", "cela signifie", "c'est-à-dire", "par exemple", "exemple", "例子",
        "例如", "示例", "举例", "比如", "也就是说", "esempio", "ad esempio", "per esempio", "exemplo", "por exemplo",
        "пример", "например", "voorbeeld", "bijvoorbeeld", "przykład", "例", "例えば", "مثال", "예", "예시",
    ];
    let lower = label.trim().to_lowercase();
    LINKS.contains(&lower.as_str()) || TIES.contains(&lower.as_str())
}

/// Labels that only tie what follows to what stands before, in lower case.
const TIES: &[&str] = &[
    "aber", "jedoch", "bisher", "früher", "heute", "jetzt", "außerdem", "achtung", "wichtig", "merke", "beispiele",
    "z.b.", "z. b.", "bsp", "bsp.", "mais", "cependant", "attention", "important", "exemples", "ex", "ex.", "pero",
    "sin embargo", "antes", "ahora", "atención", "importante", "ejemplos", "但是", "不过", "注意", "重要", "目前",
];

/// Labels of tasks, in lower case.
const QUIZ: &[&str] = &[
    "verdadero o falso", "wahr oder falsch", "vrai ou faux", "判断", "判断题", "aufgabe", "übung", "ejercicio",
    "exercice", "frage", "pregunta", "question", "horizontal", "vertical", "vertikal",
];

/// First words of labels that lead elsewhere or belong to the course of a proof, in lower case.
const WORKING: &[&str] = &[
    "siehe", "véase", "ver", "voir", "cf", "vgl", "todo", "zeige", "zz", "zzg", "z.z", "beweis", "beweisidee",
    "behauptung", "annahme", "notiz", "anmerkung", "hinweis", "sei", "seien", "sea", "sean", "soit", "soient",
    "preuve", "démonstration", "demostración", "prueba", "supongamos", "also", "dann", "alors", "entonces", "donc",
    "参见", "参考", "证明",
];

/// Words that point at what was said before, in lower case.
const DEMONSTRATIVES: &[&str] = &[
    "diese", "dieser", "dieses", "diesem", "diesen", "jene", "jener", "jenes", "este", "esta", "estos", "estas", "ese",
    "esa", "esos", "esas", "aquel", "aquella", "ce", "cet", "cette", "ces",
];

/// Whether words begin with one that points at what was said before.
pub fn points(words: &str) -> bool {
    let first = words.split([' ', '\u{a0}']).next().unwrap_or_default().to_lowercase();
    DEMONSTRATIVES.contains(&first.as_str())
}

/// Words that begin what a Chinese term does or how it is done, no meaning of it.
const ACTING: &[&str] = &[
    "为", "负责", "先", "再", "把", "将", "对", "让", "使", "用", "通过", "可", "不", "没", "比如", "例如", "如果",
    "当", "会", "能",
];

/// Words that leave a sentence open at its end.
const DANGLING: &[&str] = &[
    "wenn", "dass", "weil", "ob", "sodass", "und", "oder", "falls", "que", "si", "et", "ou", "y", "o", "pero", "aber",
    "por", "con", "de", "del", "des", "du", "avec", "pour", "para", "la", "le", "les", "el", "los", "las", "der",
    "die", "das", "ein", "eine", "un", "une", "una",
];

/// Whether a label leads elsewhere, or only tells a step of a proof or a task.
pub fn is_working(label: &Text) -> bool {
    let lower = label.plain().trim().to_lowercase();
    let first = lower.split([' ', '.', ':']).next().unwrap_or_default();
    QUIZ.contains(&lower.as_str()) || WORKING.contains(&first) || WORKING.contains(&lower.as_str())
}

/// Whether what is said goes on elsewhere: it asks, announces, breaks off, or waits to be written.
pub fn is_open(said: &Text) -> bool {
    let plain = said.plain().trim_end();
    let last = plain.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    let waits = matches!(plain.to_lowercase().as_str(), "todo" | "tbd" | "tba" | "fixme" | "待补充" | "略");
    plain.ends_with(['?', '？', ':', '：']) || waits || plain.contains(' ') && DANGLING.contains(&last)
}

/// Whether a text says something: no address, no link to elsewhere, no half of a title.
pub fn is_content(text: &Text) -> bool {
    let plain = text.plain();
    let balanced = [('《', '》'), ('“', '”'), ('「', '」'), ('«', '»'), ('(', ')'), ('（', '）'), ('[', ']')]
        .iter()
        .all(|(open, close)| plain.matches(*open).count() == plain.matches(*close).count());
    let linked = !text.runs().is_empty() && text.runs().iter().all(|r| r.style.link.is_some());
    balanced && !linked && !plain.contains("://") && !plain.starts_with("www.")
}

/// The thing around a term, where a gap beside the bare term would not say of what it speaks.
fn context(scene: &Scene, site: &Site, name: &Text) -> Text {
    let below_title = site.trail().len() < 2;
    let around = match site.outer_item() {
        Some(_) => label::subject_of(scene, site, None),
        None => aspect::lead_term(scene, site).or_else(|| scene.topic(site).subject.clone().filter(|_| !below_title)),
    };
    let told = |t: &Text| {
        let (around, name) = (t.plain().to_lowercase(), name.plain().to_lowercase());
        around.contains(&name) || name.contains(&around)
    };
    let fits = |t: &Text| !t.is_blank() && t.plain().chars().count() <= 40 && !scene.is_remark(t) && !told(t);
    let dash = if scene.language == Language::Chinese { "：" } else { " – " };
    around.filter(fits).map_or_else(Text::default, |t| t.then(dash))
}

/// The question for the long form of an abbreviation.
pub fn long_form(language: Language, short: &Text) -> Option<Text> {
    if language == Language::Chinese {
        return Some(short.clone().then(" 的全称是什么？"));
    }
    language.table().map(|table| spaced::filled(table.fronts.long_form, short))
}
