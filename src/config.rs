//! Settings: what `recto.toml` and front matter may say, and what it means once defaults are filled in.

mod print;
pub mod review;
mod schedule;

pub use print::{BacksName, PaperName, PrintSettings};
pub use schedule::{DeckTable, ScheduleTable};

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::allow::Sifted;
use crate::dedupe::merge::{Keep, Matching, Strictness};
use crate::diagnostic::codes;
use crate::diagnostic::{Finding, Severity};
use crate::study::{Routine, Studies};

/// What was typed in `recto.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct Settings {
    /// Name of the root deck.
    pub deck: Option<String>,
    /// Tags for every card.
    pub tags: Vec<String>,
    /// Language of notes that do not name theirs (`en`, `de`, …).
    pub language: Option<String>,
    /// Whether folders of notes are levels of decks; they are unless this says no.
    #[serde(rename = "deck-folders")]
    pub deck_folders: Option<bool>,
    /// So many levels of headings become decks; none unless this says so.
    #[serde(rename = "deck-headings")]
    pub deck_headings: usize,
    /// Which rules run.
    pub rules: RuleSettings,
    /// How cards that ask the same are merged.
    pub dedupe: DedupeSettings,
    /// How grave findings are, by their codes.
    pub lints: BTreeMap<Spanned<String>, Level>,
    /// What is printed.
    pub print: PrintSettings,
    /// How a review session goes.
    pub review: review::Session,
    /// How all decks are learnt.
    pub schedule: Option<Spanned<ScheduleTable>>,
    /// How single decks are learnt, by their names.
    pub decks: BTreeMap<String, Spanned<DeckTable>>,
    /// Where each of these tables stands: its line and column.
    #[serde(skip)]
    pub places: BTreeMap<String, (usize, usize)>,
}

/// How grave a finding shall be, as settings say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is not said at all.
    Allow,
    /// A note.
    Note,
    /// A warning.
    Warning,
    /// An error; the exit code is 1.
    Error,
}

/// The levels of findings that differ from their usual ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<String, Level>);

impl Levels {
    /// Gives each finding the level that is set for its code, and takes out those that are allowed.
    pub fn settle(&self, findings: Vec<Finding>) -> Sifted {
        let mut sifted = Sifted::default();
        for mut finding in findings {
            match self.0.get(finding.code) {
                Some(Level::Allow) => {
                    sifted.allowed.push(finding);
                    continue;
                }
                Some(Level::Note) => finding.severity = Severity::Note,
                Some(Level::Warning) => finding.severity = Severity::Warning,
                Some(Level::Error) => finding.severity = Severity::Error,
                None => {}
            }
            sifted.kept.push(finding);
        }
        sifted
    }
}

/// What becomes a deck of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeckLevels {
    /// Folders below `below` do.
    pub folders: bool,
    /// So many levels of headings do.
    pub headings: usize,
    /// The folder that holds all notes, as their paths are shown.
    pub below: String,
}

/// The `[rules]` table of `recto.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct RuleSettings {
    /// Names of rules that stay silent.
    pub off: Vec<Spanned<String>>,
}

/// The `[dedupe]` table of `recto.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct DedupeSettings {
    /// Which cards a build merges.
    pub merge: Strictness,
    /// Which card of a group stays: the first rule that tells them apart decides.
    pub keep: Vec<Keep>,
}

/// What is wrong with the text of a `recto.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The fact.
    pub message: String,
    /// The remedy, where one is known.
    pub help: Option<String>,
}

impl Settings {
    /// Reads the text of a `recto.toml`; `rules` are the names that `rules.off` may hold.
    ///
    /// # Errors
    ///
    /// Where the text is no TOML, or says something that is not known.
    pub fn parse(text: &str, rules: &[&str]) -> Result<Settings, Mistake> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut settings: Settings = toml::from_str(text).map_err(|error| mistake(text, &error))?;
        for name in &settings.rules.off {
            if !rules.contains(&name.get_ref().as_str()) {
                return Err(unknown_rule(text, name, rules));
            }
        }
        if let Some(code) = settings.lints.keys().find(|code| codes::find(code.get_ref()).is_none()) {
            return Err(unknown_code(text, code));
        }
        schedule::check(text, &settings)?;
        let place = |(name, table): (&String, &Spanned<DeckTable>)| (name.clone(), position(text, table.span().start));
        settings.places = settings.decks.iter().map(place).collect();
        Ok(settings)
    }
}

/// What the settings mean.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Name of the root deck; its plain form is the stem of the files written.
    pub deck_name: String,
    /// Whether each note gets a deck of its own below the root deck.
    pub deck_per_note: bool,
    /// What else becomes a deck.
    pub decks: DeckLevels,
    /// Tags for every card.
    pub tags: Vec<String>,
    /// Language of notes that do not name theirs.
    pub language: Option<String>,
    /// Names of rules that stay silent.
    pub rules_off: Vec<String>,
    /// How grave findings are, where that differs from the usual.
    pub levels: Levels,
    /// How cards that ask the same are merged, and what is known of them besides the notes.
    pub matching: Matching,
    /// What is printed.
    pub print: PrintSettings,
    /// How decks are learnt.
    pub studies: Studies,
    /// How the learner's days go.
    pub routine: Routine,
}

impl Config {
    /// Fills in what the settings leave open: `fallback` names the deck.
    pub fn new(settings: Settings, fallback: String, deck_per_note: bool) -> Config {
        let deck = settings.deck.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let matching =
            Matching { strictness: settings.dedupe.merge, keep: settings.dedupe.keep, ..Matching::default() };
        let (studies, routine) = schedule::meaning(settings.schedule, settings.decks);
        let studies = Studies { places: settings.places, ..studies };
        Config {
            matching,
            deck_name: deck.unwrap_or(fallback),
            deck_per_note,
            decks: DeckLevels {
                folders: settings.deck_folders.unwrap_or(true),
                headings: settings.deck_headings,
                below: String::new(),
            },
            tags: settings.tags,
            language: settings.language,
            rules_off: settings.rules.off.into_iter().map(Spanned::into_inner).collect(),
            levels: Levels(settings.lints.into_iter().map(|(code, level)| (code.into_inner(), level)).collect()),
            print: settings.print,
            studies,
            routine,
        }
    }
}

/// The name among `known` that `typed` was probably meant to be.
pub fn near<'a>(typed: &str, known: &[&'a str]) -> Option<&'a str> {
    let score = |name: &str| strsim::jaro_winkler(&typed.to_lowercase(), name);
    let best = known.iter().max_by(|a, b| score(a).total_cmp(&score(b)))?;
    (score(best) > 0.8).then_some(best)
}

fn unknown_rule(text: &str, name: &Spanned<String>, rules: &[&str]) -> Mistake {
    let typed = name.get_ref();
    let (line, column) = position(text, name.span().start);
    let help = match near(typed, rules) {
        Some(rule) => format!("did you mean `{rule}`? the rules are {}", rules.join(", ")),
        None => format!("the rules are {}", rules.join(", ")),
    };
    Mistake { line, column, message: format!("there is no rule `{typed}`"), help: Some(help) }
}

fn unknown_code(text: &str, code: &Spanned<String>) -> Mistake {
    let typed = code.get_ref();
    let (line, column) = position(text, code.span().start);
    let list = "`recto check --explain` lists them all";
    let help = match near(typed, &codes::names()) {
        Some(name) => format!("did you mean `{name}`? {list}"),
        None => list.to_owned(),
    };
    Mistake { line, column, message: format!("there is no finding `{typed}`"), help: Some(help) }
}

fn mistake(text: &str, error: &toml::de::Error) -> Mistake {
    let (line, column) = position(text, error.span().map_or(0, |span| span.start));
    let message = error.message().lines().collect::<Vec<_>>().join("; ");
    // Serde's words for a list and a table, where they stand for themselves and not in the author's text.
    let message = message.replace("expected a sequence", "expected a list").replace("type: sequence", "type: list");
    let message = message.replace("type: map", "type: table");
    if let Some((typed, fit)) = unfit_number(&message) {
        let message = typed.map_or("this number is too large".to_owned(), |typed| format!("this cannot be {typed}"));
        return Mistake { line, column, message, help: Some(format!("what it may be: {fit}")) };
    }
    match message.split_once(", expected ") {
        Some((unknown, expected)) if unknown.starts_with("unknown field") => {
            let message = unknown.replace("unknown field", "unknown setting");
            Mistake { line, column, message, help: Some(known_settings(unknown, expected)) }
        }
        Some((unknown, expected)) if unknown.starts_with("unknown variant") => {
            let message = unknown.replace("unknown variant", "unknown value");
            Mistake { line, column, message, help: Some(known_settings(unknown, expected)) }
        }
        _ => {
            let wrong = text.lines().nth(line - 1).unwrap_or_default().trim_start();
            let one =
                wrong.starts_with("[deck.").then(|| "write `[decks.\"NAME\"]` for the settings of one deck".to_owned());
            Mistake { line, column, message, help: one }
        }
    }
}

/// What was typed where it is a number that does not fit, if the reader tells it, and what would fit.
fn unfit_number(message: &str) -> Option<(Option<&str>, &'static str)> {
    const SMALLER: &str = "a smaller whole number";
    if message == "integer number overflowed" {
        return Some((None, SMALLER));
    }
    let (wrong, expected) = message.split_once(", expected ")?;
    if !["u8", "u32", "usize", "i8", "any value"].contains(&expected) {
        return None;
    }
    let typed = |kind: &str| wrong.split_once(kind)?.1.split(" as ").next();
    if let Some(typed) = typed(": floating point ") {
        return Some((Some(typed), "a whole number"));
    }
    let typed = typed(": integer ")?;
    Some((Some(typed), if typed.contains('-') { "a whole number, 0 or more" } else { SMALLER }))
}

/// The remedy for a misspelt key, from serde's two lists of names in backticks.
fn known_settings(unknown: &str, expected: &str) -> String {
    let names = |text: &'_ str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let (typed, mut known) = (names(unknown).concat(), names(expected));
    // Of a key that may be spelt either way, one is enough to be told.
    let both: Vec<String> = known.iter().filter(|name| name.contains('_')).map(|name| name.replace('_', "-")).collect();
    known.retain(|name| !both.contains(name));
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    match near(&typed, &known) {
        Some(name) => format!("did you mean `{name}`? known here: {}", known.join(", ")),
        None => format!("known here: {}", known.join(", ")),
    }
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(text: &str) -> Mistake {
        Settings::parse(text, &["callout", "table"]).unwrap_err()
    }

    #[test]
    fn a_misspelt_key_is_named_with_what_was_meant() {
        let mistake = fails("deck = \"A\"\ntag = []\n");
        assert_eq!((mistake.line, mistake.column), (2, 1));
        assert_eq!(mistake.message, "unknown setting `tag`");
        assert!(mistake.help.unwrap().starts_with("did you mean `tags`?"));
    }

    #[test]
    fn a_key_of_two_spellings_is_told_once() {
        let help = fails("[review]\ncatchup = 1\n").help.unwrap();
        assert!(help.starts_with("did you mean `catch_up`?") && !help.contains("catch-up"), "{help}");
    }

    #[test]
    fn an_unknown_rule_is_shown_where_it_stands() {
        let mistake = fails("[rules]\noff = [\"callout\", \"tabel\"]\n");
        assert_eq!((mistake.line, mistake.column), (2, 19));
        assert_eq!(mistake.help.unwrap(), "did you mean `table`? the rules are callout, table");
    }

    #[test]
    fn an_unknown_finding_or_level_is_shown_where_it_stands() {
        let mistake = fails("[lints]\nduplicate = \"note\"\nanswer-to-long = \"allow\"\n");
        assert_eq!((mistake.line, mistake.column), (3, 1));
        assert_eq!(mistake.message, "there is no finding `answer-to-long`");
        assert!(mistake.help.unwrap().starts_with("did you mean `answer-too-long`?"));
        let mistake = fails("[lints]\nduplicate = \"warn\"\n");
        assert_eq!((mistake.line, mistake.message.as_str()), (2, "unknown value `warn`"));
        assert_eq!(mistake.help.unwrap(), "did you mean `warning`? known here: allow, note, warning, error");
    }

    #[test]
    fn levels_change_and_allow() {
        let settings = Settings::parse("lints = { duplicate = \"error\", same-front = \"allow\" }", &[]).unwrap();
        let levels = Config::new(settings, String::new(), false).levels;
        let place = crate::source::Span::default();
        let found = ["duplicate", "same-front", "front-matter"].map(|code| Finding::note(code, "x", place));
        let sifted = levels.settle(found.to_vec());
        let kept: Vec<_> = sifted.kept.iter().map(|f| (f.code, f.severity)).collect();
        assert_eq!(kept, [("duplicate", Severity::Error), ("front-matter", Severity::Note)]);
        assert_eq!(sifted.allowed[0].code, "same-front");
    }

    #[test]
    fn no_message_names_a_type() {
        assert_eq!(fails("rules = 5").message, "invalid type: integer `5`, expected a table");
        assert_eq!(fails("tags = 5").message, "invalid type: integer `5`, expected a list");
        assert_eq!(fails("deck = [5]").message, "invalid type: list, expected a string");
        assert_eq!(fails("map = 5").message, "unknown setting `map`");
        assert_eq!(fails("deck = 5").message, "invalid type: integer `5`, expected a string");
    }

    #[test]
    fn a_blank_deck_name_counts_as_none() {
        let settings = Settings::parse("\u{feff}deck = \"  \"", &[]).unwrap();
        assert_eq!(Config::new(settings, "Recto".into(), false).deck_name, "Recto");
    }
}
