//! What the headings of a table's columns say of how it is to be read.

use crate::language::english::clause::{Word, words};
use crate::language::english::noun::{is_plural, is_preposition};
use crate::language::english::{base_verb, is_adjective, is_participle};
use crate::markdown::block::Row;
use crate::markdown::text::{Atom, Text};
use crate::rules::scene::Scene;
use crate::rules::term::is_aspect;

/// How a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Two columns of questions and answers.
    Questions,
    /// Words in several languages, or words and their meaning.
    Vocabulary,
    /// A time and what happened then.
    Dates,
    /// Two columns of a property and its value; the heading above names the thing.
    Properties,
    /// The rows are aspects, the columns are things.
    Aspects,
    /// The rows are things, the columns say something of them.
    Things,
    /// The columns are lists side by side, such as pros and cons; rows mean nothing.
    Lists,
}

/// Headings of columns of aspects.
const ASPECTS: &[&str] = &[
    "", "feature", "features", "aspect", "aspects", "criteria", "criterion", "property", "properties", "needs", "need",
    "characteristic", "characteristics", "attribute", "attributes", "category", "dimension", "parameter", "metric",
    "topic", "point", "basis", "basis of comparison", "merkmal", "kriterium", "eigenschaft", "aspekt",
    "característica", "criterio", "aspecto", "critère", "caractéristique", "特性", "特点", "对比项", "比较项", "项目",
    "维度", "对比", "区别", "方面", "属性", "factor", "difference", "differences", "vs", "comparison",
];

/// Headings of columns that hold the value of a property.
const VALUES: &[&str] = &["value", "values", "detail", "details", "info", "information", "data", "fact", "answer"];

/// Headings of columns that remark on a row of a comparison, in lower case.
const REMARKS: &[&str] = &[
    "explanation", "explanations", "description", "descriptions", "notes", "note", "extra notes", "comment",
    "comments", "remark", "remarks", "example", "examples", "use case", "use cases", "use-case", "use-cases", "why",
    "reason", "winner", "verdict", "difference", "key difference", "takeaway", "key takeaway", "details",
    "what it means", "meaning", "implication", "implications", "recommendation", "source", "reference", "erklärung",
    "beschreibung", "bemerkung", "bemerkungen", "anmerkung", "beispiel", "beispiele", "hinweis", "explicación",
    "descripción", "comentario", "comentarios", "ejemplo", "ejemplos", "nota", "notas", "explication", "description",
    "remarque", "remarques", "exemple", "exemples", "commentaire", "说明", "备注", "例子", "示例", "解释", "举例",
];

/// Headings of columns that are lists of what is said of one thing.
const LISTS: &[&str] = &[
    "pros", "cons", "advantages", "disadvantages", "benefits", "drawbacks", "strengths", "weaknesses", "opportunities",
    "threats", "similarities", "limitations", "do", "don't", "dos", "don'ts", "do's", "don’ts", "pro", "contra", "con",
    "vorteile", "nachteile", "stärken", "schwächen", "chancen", "risiken", "ventajas", "desventajas", "inconvenientes",
    "avantages", "inconvénients", "faiblesses", "优点", "缺点", "优势", "劣势",
];

/// Headings of columns that hold a time.
const TIMES: &[&str] = &["year", "years", "date", "dates", "when", "period"];

/// Headings of columns that say what a thing is or does.
const DESCRIPTIONS: &[&str] = &[
    "definition", "definitions", "description", "meaning", "explanation", "what it does", "what it is", "does",
    "notes", "note", "summary",
];

/// The same of commands alone.
const EFFECTS: &[&str] = &["action", "effect", "result", "task", "function", "purpose", "use", "usage", "what"];

/// Headings of columns of commands.
const COMMANDS: &[&str] = &[
    "command", "commands", "cmd", "git command", "linux command", "docker command", "kubectl command", "shortcut",
    "key", "keys", "keyboard shortcut", "flag", "option", "method", "function", "operator", "syntax",
];

/// Headings of columns of short forms.
const SHORT: &[&str] = &["acronym", "acronyms", "abbreviation", "abbreviations", "abbr", "abbr.", "short form"];

/// Headings of columns of long forms.
const LONG: &[&str] = &[
    "meaning", "stands for", "full form", "full name", "long form", "expansion", "expanded", "definition", "term",
    "name",
];

const LANGUAGES: &[&str] = &[
    "english", "german", "deutsch", "french", "français", "spanish", "español", "italian", "italiano", "englisch",
    "französisch", "spanisch", "chinese", "japanese", "russian", "latin", "latein", "greek", "portuguese", "dutch",
    "中文", "英文", "日本語", "한국어", "korean", "vocabulary", "vokabel", "wort", "word", "übersetzung",
    "translation", "bedeutung", "traduction", "traducción", "mot", "palabra", "inglés", "anglais", "alemán",
    "allemand", "francés", "espagnol", "italien", "italienisch", "portugués", "portugais", "japonés", "japonais",
    "chino", "chinois", "ruso", "russe", "russisch", "latín", "griego", "grec", "griechisch", "英语", "法语", "德语",
    "西班牙语", "日语", "韩语", "单词", "词汇", "生词", "释义", "翻译", "中文意思", "significado", "signification",
];

/// Pairs of headings of questions and answers.
const QUESTIONS: &[(&str, &str)] = &[
    ("q", "a"),
    ("question", "answer"),
    ("front", "back"),
    ("frage", "antwort"),
    ("pregunta", "respuesta"),
    ("问题", "答案"),
];

/// Whether a column remarks on its row.
pub(super) fn remarks(column: &Text) -> bool {
    REMARKS.contains(&lower(column).as_str())
}

/// Whether a column lists what is said of one thing.
pub(super) fn lists(column: &Text) -> bool {
    LISTS.contains(&lower(column).as_str())
}

/// A heading in lower case without marks.
pub(super) fn lower(cell: &Text) -> String {
    cell.plain().trim().trim_end_matches(':').to_lowercase()
}

/// How a table with these headings is read.
pub(super) fn shape(head: &Row) -> Shape {
    let cells: Vec<String> = head.cells.iter().map(lower).collect();
    let is = |table: &[&str], at: usize| cells.get(at).is_some_and(|c| table.contains(&c.as_str()));
    if matches!(cells.as_slice(), [q, a] if QUESTIONS.contains(&(q.as_str(), a.as_str()))) {
        return Shape::Questions;
    }
    if is_vocabulary(&cells) {
        return Shape::Vocabulary;
    }
    let acronym = |cell: &Text| {
        let plain = cell.plain().trim();
        (2..=6).contains(&plain.len()) && plain.chars().all(|c| c.is_ascii_uppercase())
    };
    if cells.len() > 1 && (cells.iter().all(|c| LISTS.contains(&c.as_str())) || head.cells.iter().all(acronym)) {
        return Shape::Lists;
    }
    if is(TIMES, 0) && cells.len() == 2 && !is(VALUES, 1) {
        return Shape::Dates;
    }
    if cells.len() == 2 && is(ASPECTS, 0) && (is(VALUES, 1) || cells[1].is_empty()) {
        return Shape::Properties;
    }
    let compares = head.cells.iter().skip(1).any(|column| !remarks(column));
    if is(ASPECTS, 0) && !is(DESCRIPTIONS, 1) && compares { Shape::Aspects } else { Shape::Things }
}

/// Whether the columns hold words and their meanings.
fn is_vocabulary(cells: &[String]) -> bool {
    let known = |cell: &String| LANGUAGES.contains(&cell.as_str());
    cells.len() > 1 && cells.len() < 6 && cells.iter().any(known) && cells.iter().all(|c| known(c) || c == "meaning")
}

/// Whether a column says what the thing of its row is or does.
pub(super) fn describes(column: &Text) -> bool {
    DESCRIPTIONS.contains(&lower(column).as_str())
}

/// Whether a column says what the command of its row does.
pub(super) fn tells_effect(column: &Text) -> bool {
    describes(column) || EFFECTS.contains(&lower(column).as_str())
}

/// Whether a column holds commands.
pub(super) fn holds_commands(column: &Text) -> bool {
    COMMANDS.contains(&lower(column).as_str())
}

/// What one entry of a column of commands is called.
pub(super) fn noun(column: &Text) -> &'static str {
    let lower = lower(column);
    let last = lower.rsplit(' ').next().unwrap_or_default().trim_end_matches('s');
    let known = ["shortcut", "key", "flag", "option", "method", "function", "operator"];
    known.into_iter().find(|noun| *noun == last).unwrap_or("command")
}

/// Whether a column holds the long forms of the short forms beside it.
pub(super) fn spells_out(short: &Text, long: &Text) -> bool {
    let long = lower(long);
    SHORT.contains(&lower(short).as_str()) && LONG.contains(&long.as_str())
        || matches!(&*long, "stands for" | "full form")
}

/// `Which service uses port 22?`
pub(super) fn port(first: &Text, key: &Text, column: &Text) -> Option<Text> {
    let ports = matches!(&*lower(first), "port" | "ports" | "port number" | "port #");
    let used = lower(column);
    let program = matches!(&*used, "service" | "protocol" | "application" | "program");
    let number = key.plain().starts_with(|c: char| c.is_ascii_digit());
    (ports && program && number).then(|| Text::words(format!("Which {used} uses port ")).join(key).then("?"))
}

/// Whether an aspect is a phrase that no question can be built around: `Delivers in order`, `How it scales`.
pub(super) fn asks_itself(scene: &Scene, aspect: &Text) -> bool {
    let found = words(aspect.plain());
    let Some(first) = found.first() else { return true };
    let last = found.last().is_some_and(|w| is_plural(&w.lower));
    let phrase = found.len() > 2 && !aspect.plain().contains(" of ") && !is_aspect(scene, aspect.plain());
    let verb = base_verb(&first.lower).is_some_and(|v| !v.noun_too) && !last;
    let asks =
        matches!(first.lower.as_str(), "how" | "what" | "when" | "why" | "who" | "where" | "is" | "can" | "does");
    found.len() > 4 || verb || asks || phrase || aspect.plain().contains('/')
}

/// Whether no question can name an aspect: a formula, a question, or a noun with its preposition (`Expectation under`).
pub(super) fn is_loose(aspect: &Text, english: bool) -> bool {
    let formula = aspect.runs().iter().any(|r| matches!(r.style.atom, Atom::Math { .. }));
    let found = words(aspect.plain());
    let described = |w: &Word| is_participle(&w.lower) || is_adjective(&w.lower) || base_verb(&w.lower).is_some();
    let hangs = found.last().is_some_and(|w| is_preposition(&w.lower)) && !found.first().is_some_and(described);
    formula || aspect.plain().trim_end().ends_with('?') || hangs && english
}

/// `stored in glucose`: a cell that says what is done with its thing names no aspect of it.
pub(super) fn is_done(value: &Text) -> bool {
    let mask = value.mask();
    let found = words(&mask);
    let tied = found.get(1).is_some_and(|w| is_preposition(&w.lower) || w.lower == "as");
    tied && found[0].lower.ends_with("ed") && is_participle(&found[0].lower)
}
