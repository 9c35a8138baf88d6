//! The front matter of a note: YAML between lines of `---` or TOML between lines of `+++`, at the
//! very top. Unknown keys are none of our business; a broken one costs its fields, never the note.

use super::FrontMatter;
use crate::diagnostic::Finding;
use crate::source::{SourceFile, Span};
use crate::study::{self, Study, Typed, Unfit};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::ops::Range;

/// The remedy for front matter that cannot be read.
const HELP: &str = "write one `key: value` a line, and put quotes around a value that holds `: ` or `#`";

/// The same for TOML.
const HELP_TOML: &str = "write one `key = \"value\"` a line, with quotes around all text";

/// Where front matter stands and what it says.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// The first byte of the note's own text.
    pub(super) end: usize,
    /// The front matter with its fences, where there is any.
    pub(super) span: Option<Span>,
    /// Its fields.
    pub(super) fields: FrontMatter,
    /// What is wrong with it.
    pub(super) findings: Vec<Finding>,
}

/// The fields that we read, as they may be typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    title: Option<String>,
    deck: Option<String>,
    name: Option<String>,
    tags: Option<Tags>,
    lang: Option<String>,
    language: Option<String>,
    pin: Option<String>,
    paper: Option<String>,
    scheduler: Option<Typed>,
    retention: Option<Typed>,
    #[serde(alias = "longest-interval")]
    longest_interval: Option<Typed>,
    #[serde(alias = "new-per-day")]
    new_per_day: Option<Typed>,
    #[serde(alias = "reviews-per-day")]
    reviews_per_day: Option<Typed>,
    #[serde(alias = "exam-date")]
    exam_date: Option<Typed>,
    #[serde(alias = "exam-weight")]
    exam_weight: Option<Typed>,
    #[serde(alias = "exam-questions")]
    exam_questions: Option<Typed>,
}

/// Tags as a list or in one line.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Tags {
    Line(String),
    List(Vec<Tag>),
}

/// A tag as it may be typed; a year is a number to YAML.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Tag {
    Words(String),
    Number(i64),
    Other(IgnoredAny),
}

impl Tags {
    fn into_names(self) -> Vec<String> {
        let names: Vec<String> = match self {
            Tags::Line(line) if line.contains(',') => line.split(',').map(|tag| tag.trim().replace(' ', "-")).collect(),
            Tags::Line(line) => line.split(' ').map(str::to_owned).collect(),
            Tags::List(list) => list.into_iter().filter_map(Tag::into_name).collect(),
        };
        names.iter().map(|n| n.trim().trim_start_matches('#').to_owned()).filter(|n| !n.is_empty()).collect()
    }
}

impl Tag {
    fn into_name(self) -> Option<String> {
        match self {
            Tag::Words(words) => Some(words),
            Tag::Number(number) => Some(number.to_string()),
            Tag::Other(_) => None,
        }
    }
}

/// Finds and reads the front matter.
pub(super) fn read(file: &SourceFile) -> Front {
    let bom = if file.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(found) = find(&file.text, bom) else {
        return Front { end: bom, ..Front::default() };
    };
    let body = &file.text[found.body.clone()];
    let parsed = if found.toml { read_toml(body) } else { read_yaml(body) };
    let span = Span::new(file.id, found.all.start, found.all.end);
    let mut front = Front { end: found.end, span: Some(span), ..Front::default() };
    match parsed {
        Ok(fields) => {
            let (study, unfit) = study(&fields).meaning();
            front.fields = FrontMatter { study, ..meaning(fields, found.toml) };
            front.findings.extend(unfit.iter().map(|unfit| misfit(file, &found, unfit)));
            front.findings.extend((!found.closed).then(|| without_end(file, &found)));
        }
        Err(trouble) => front.findings.push(complain(file, &found, &trouble)),
    }
    front
}

/// The byte ranges of front matter.
struct Found {
    all: Range<usize>,
    body: Range<usize>,
    end: usize,
    toml: bool,
    /// The second fence is there.
    closed: bool,
}

fn find(text: &str, bom: usize) -> Option<Found> {
    let start = text.len() - text[bom..].trim_start().len();
    let mut lines = text[start..].split_inclusive('\n');
    let fence = lines.next()?.trim_end();
    if !matches!(fence, "---" | "+++") || text[bom..start].lines().last().is_some_and(|l| l.starts_with([' ', '\t'])) {
        return None;
    }
    let first = start + text[start..].find('\n')? + 1;
    let mut at = first;
    for line in lines {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            let body = first..at;
            let all = start..at + bare.len();
            let words = &text[body.clone()];
            let toml = fence == "+++" || names_key(words, '=');
            let sound = words.trim().is_empty() || toml || names_key(words, ':');
            return sound.then_some(Found { all, body, end: at + line.len(), toml, closed: true });
        }
        at += line.len();
    }
    unclosed(text, start, first).filter(|_| fence == "---")
}

/// Front matter whose second fence is missing: the lines of keys up to the first blank line.
fn unclosed(text: &str, start: usize, first: usize) -> Option<Found> {
    let entry =
        |line: &&str| names_key(line, ':') || line.starts_with([' ', '\t', '-', '#']) && !line.starts_with("# ");
    let length: usize =
        text[first..].split_inclusive('\n').take_while(|l| !l.trim().is_empty() && entry(l)).map(str::len).sum();
    let (body, end) = (first..first + length, first + length);
    let sound = names_key(&text[body.clone()], ':') && text[end..].lines().next().is_none_or(|l| l.trim().is_empty());
    sound.then(|| Found {
        all: start..first + text[body.clone()].trim_end().len(),
        body,
        end,
        toml: false,
        closed: false,
    })
}

/// Whether the first telling line is a key and this mark, so that two thematic breaks around prose are
/// left alone. Some put TOML between lines of `---`.
fn names_key(body: &str, mark: char) -> bool {
    let telling = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let line = body.lines().find(telling).unwrap_or("");
    let key = line.split_once(mark).map_or("", |(key, _)| key).trim().trim_matches(['"', '\'']);
    let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    !body.starts_with(['\n', '\r']) && !key.is_empty() && key.chars().all(plain)
}

/// What is wrong, and on which line of the front matter's body, from 1.
struct Trouble {
    words: String,
    line: usize,
}

fn read_yaml(body: &str) -> Result<Fields, Trouble> {
    if body.lines().all(|l| l.trim().is_empty() || l.trim_start().starts_with('#')) {
        return Ok(Fields::default());
    }
    let budget = serde_saphyr::budget! {
        max_events: 20_000, max_nodes: 10_000, max_aliases: 100, max_anchors: 100, max_depth: 32,
        max_documents: 1, max_recorded_anchor_events: 10_000, max_total_scalar_bytes: 1 << 20,
    };
    serde_saphyr::from_str_with_options(body, serde_saphyr::options! { budget: budget }).map_err(|error| {
        let line = error.location().map_or(1, |place| usize::try_from(place.line()).unwrap_or(1));
        Trouble { words: error.without_snippet().to_string(), line }
    })
}

fn read_toml(body: &str) -> Result<Fields, Trouble> {
    toml::from_str(body).map_err(|error| {
        let at = error.span().map_or(0, |s| s.start.min(body.len()));
        Trouble { words: error.message().to_owned(), line: body.as_bytes()[..at].split(|b| *b == b'\n').count() }
    })
}

fn meaning(fields: Fields, toml: bool) -> FrontMatter {
    let text = |value: Option<String>| value.map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
    FrontMatter {
        title: text(fields.title),
        // `name` is what hashcards calls the deck; in YAML it means all sorts of things.
        deck: text(fields.deck).or_else(|| text(fields.name).filter(|_| toml)),
        tags: fields.tags.map(Tags::into_names).unwrap_or_default(),
        language: text(fields.language).or_else(|| text(fields.lang)),
        pin: text(fields.pin),
        paper: text(fields.paper).map(|size| size.to_lowercase()),
        study: Study::default(),
    }
}

fn study(fields: &Fields) -> study::Fields {
    study::Fields {
        scheduler: fields.scheduler.clone(),
        retention: fields.retention.clone(),
        longest_interval: fields.longest_interval.clone(),
        new_per_day: fields.new_per_day.clone(),
        reviews_per_day: fields.reviews_per_day.clone(),
        exam_date: fields.exam_date.clone(),
        exam_weight: fields.exam_weight.clone(),
        exam_questions: fields.exam_questions.clone(),
    }
}

/// A value that cannot be meant; the others hold.
fn misfit(file: &SourceFile, found: &Found, unfit: &Unfit) -> Finding {
    let body = &file.text[found.body.clone()];
    let mut at = found.body.start;
    let mut place = Span::new(file.id, found.all.start, found.all.start + 3);
    for line in body.split_inclusive('\n') {
        if line.trim_start().starts_with(unfit.key) {
            place = Span::new(file.id, at, at + line.trim_end().len());
        }
        at += line.len();
    }
    Finding::warning("front-matter", format!("`{}` cannot be this", unfit.key), place)
        .label("left out")
        .help(format!("what it may be: {}", unfit.expected))
}

fn without_end(file: &SourceFile, found: &Found) -> Finding {
    let span = Span::new(file.id, found.all.start, found.all.start + 3);
    Finding::warning("unclosed-front-matter", "the front matter has no end", span)
        .label("opened here")
        .help("write `---` on a line of its own below the last key")
}

fn complain(file: &SourceFile, found: &Found, trouble: &Trouble) -> Finding {
    let first = file.line(found.body.start);
    let offset = file.text[found.body.clone()].split_inclusive('\n').take(trouble.line.max(1) - 1).map(str::len);
    let start = (found.body.start + offset.sum::<usize>()).min(found.body.end);
    let line = file.text[start..found.all.end].lines().next().unwrap_or("").trim_end();
    let span = Span::new(file.id, start, start + line.len());
    let words = trouble.words.lines().next().unwrap_or_default();
    // The reader counts lines from the fence on, which is of no use to the author.
    let words = words.split(" at line ").next().unwrap_or_default().trim_end_matches('.');
    let bomb = words.starts_with("budget breached");
    let words = if bomb { "it refers to itself more often than any note needs" } else { words };
    let message = format!("front matter cannot be read, line {}: {words}", first + trouble.line.max(1) - 1);
    Finding::warning("front-matter", message, span).label("its fields are ignored").help(if found.toml {
        HELP_TOML
    } else {
        HELP
    })
}
