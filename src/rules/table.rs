//! Tables: a card for a cell that says something of its row, and vocabulary in both directions.

mod compare;
mod examples;
mod heads;
mod rows;

use super::definite::asked_in_cell;
use super::draft::{Draft, Drafts, Made, one_gap, question};
use super::exemplified::{exemplified, is_example};
use super::fact::{Subject, facts};
use super::label::{self, ask_aspect};
use super::list::items_question;
use super::native;
use super::scene::{Scene, Site};
use super::task::task_question;
use super::term::{bare, is_aspect};
use super::timeline;
use super::value::in_number;
use super::{Example, Rule};
use crate::card::{Body, Content, Kind};
use crate::language::Language;
use crate::language::english::ask::inside;
use crate::language::english::clause::words;
use crate::language::english::noun::{is_plural, is_plural_phrase};
use crate::language::english::{is_adjective, third_person};
use crate::language::sentence::items;
use crate::markdown::block::{BlockKind, Row};
use crate::markdown::text::{Atom, Text};
use heads::Shape;

/// The rule.
pub const RULE: Rule = Rule {
    name: "table",
    summary: "cells of a table, and vocabulary",
    manual: "\
In a table the first column names a thing and the other columns say something of it: each cell is one
card, asked for by its row and its column. If the first column names aspects instead (`Feature`,
`Needs`, an empty corner), the other columns are the things. A row or column of yes and no is one card
that asks which of the things it is true of. In a table of properties and values the heading above names
the thing. A command is asked for by what it does, a date by what happened. Pros and cons side by side are
two lists. A first column of numbers (`#`, `No.`) only counts; the next one names the things. The data of
an example (below `Input:`, or with columns such as `user_id`) and tables of mere numbers make no cards.

A table whose headings are languages, or a word and its meaning, is vocabulary: it is learnt in both
directions.",
    example: Example {
        note: "\
| Protocol | Port | Transport |
| --- | --- | --- |
| SSH | 22 | TCP |

| Deutsch | English |
| --- | --- |
| der Vorteil | advantage |
",
        cards: "\
[fact] table  @ 3
Q: What is the port of SSH?
A: 22

[fact] table  @ 3
Q: What is the transport of SSH?
A: TCP

[fact] table  Deutsch – English  @ 7
Q: der Vorteil
A: advantage
reversible
",
    },
    extract,
};

/// Headings of the first column that may stand behind its keys: `the Standard class`.
const CLASSES: &[&str] = &[
    "layer", "class", "tier", "level", "mode", "phase", "stage", "principle", "policy", "plan", "state", "zone",
    "group", "pattern", "strategy",
];

/// A table and where it stands.
struct Table<'t> {
    scene: &'t Scene<'t>,
    site: &'t Site<'t>,
    head: &'t Row,
    rows: &'t [Row],
}

/// A card, its kind, and words that are shown behind the headings.
type Cell = (Kind, Made, Option<String>);

fn extract(scene: &Scene, out: &mut Drafts) {
    for site in &scene.sites {
        let BlockKind::Table { head, rows } = &site.block.kind else { continue };
        if !scene.is_english() && native::topic::is_silent(site) {
            continue;
        }
        let counted = rows::without_numbers(head, rows);
        let (head, rows) = counted.as_ref().map_or((head, rows), |(head, rows)| (head, rows));
        let paired = rows::paired(head, rows);
        let (head, rows) = paired.as_ref().map_or((head, rows), |(head, rows)| (head, rows));
        let rows = &rows::unnumbered(rows::unmerged(rows));
        if examples::holds_data(site, head, rows) {
            out.silenced.push(site.block.span);
            continue;
        }
        let table = Table { scene, site, head, rows };
        let shape = table.shape();
        for row in rows {
            let key = row.cells.first().map(name).unwrap_or_default();
            for (kind, made, note) in table.cards(shape, &key, row) {
                let mut draft = Draft::new(&RULE, kind, made).at(row.span, row.span).under(site);
                draft.note = note;
                out.push(draft);
            }
        }
        match shape {
            Shape::Things => out.cards.extend(table.columns()),
            Shape::Lists => out.cards.extend(table.lists()),
            _ => {}
        }
    }
}

/// Whether a text is one word that has a capital in front and nowhere else.
fn is_ordinary(key: &Text) -> bool {
    let mut letters = key.plain().chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

/// The words of a key or a heading, without bold and the colon behind.
fn name(cell: &Text) -> Text {
    if matches!(&*heads::lower(cell), "num" | "no." | "nr" | "nr.") {
        return Text::words("Number");
    }
    let code = cell.runs().iter().any(|r| r.style.atom == Atom::Code);
    let cell = cell.trim_matches(|c| c.is_whitespace() || c == ':' && !code);
    // What LaTeX ends its lines with is left over in pasted tables.
    let ends = ["\\newline", "\\hline", "\\\\"];
    let end = ends.iter().filter_map(|end| cell.plain().strip_suffix(end)).map(str::len).min();
    bare(&end.map_or(cell.clone(), |end| cell.slice(0..end).trim()))
}

/// Whether the columns hold words and their meanings.
pub fn is_vocabulary(head: &Row) -> bool {
    heads::shape(head) == Shape::Vocabulary
}

/// Whether the heading of a column or row has words; tables of mere numbers are for counting.
fn tells(aspect: &Text) -> bool {
    aspect.plain().chars().any(char::is_alphabetic)
}

/// Whether a cell holds a word or number of a language, no sign to be ticked.
fn is_word(cell: &Text) -> bool {
    cell.plain().chars().any(char::is_alphanumeric)
}

fn plain(cards: impl IntoIterator<Item = (Kind, Made)>) -> Vec<Cell> {
    cards.into_iter().map(|(kind, made)| (kind, made, None)).collect()
}

fn card(kind: Kind, body: Body) -> (Kind, Made) {
    (kind, Made { body, fallback: None })
}

impl Table<'_> {
    /// How the table is read. In another language than English two columns are a thing and its value.
    fn shape(&self) -> Shape {
        match heads::shape(self.head) {
            Shape::Aspects | Shape::Properties if !self.scene.is_english() && self.head.cells.len() < 3 => {
                Shape::Things
            }
            Shape::Things if self.scene.is_english() && self.is_parallel() || self.has_phrases() => Shape::Lists,
            shape => shape,
        }
    }

    /// Whether the columns are lists that have nothing to do with each other: their headings name like
    /// things (`AWS responsibility | Customer responsibility`), or the first cells are no names.
    fn is_parallel(&self) -> bool {
        let heads: Vec<String> = self.head.cells.iter().map(heads::lower).collect();
        let last = |head: &String| head.rsplit(' ').next().unwrap_or_default().trim_end_matches('s').to_owned();
        let alike = heads.len() > 1 && heads.iter().all(|h| h.contains(' ') && last(h) == last(&heads[0]));
        let two = self.head.cells.len() == 2;
        let phrases = self.keys().filter(|key| rows::is_phrase(key, two)).count();
        alike || phrases * 2 > self.rows.len().min(50)
    }

    /// Whether two columns of another language than English hold phrases side by side, so that the first names nothing.
    fn has_phrases(&self) -> bool {
        let spaced = !self.scene.is_english() && self.scene.language != Language::Chinese;
        let phrase = |key: &Text| key.plain().split_whitespace().count() > 3;
        let phrases = self.keys().filter(phrase).count();
        spaced && self.head.cells.len() == 2 && phrases * 2 > self.rows.len().min(50)
    }

    /// The cards of a row.
    fn cards(&self, shape: Shape, key: &Text, row: &Row) -> Vec<Cell> {
        let wordy = self.scene.is_english() && words(key.plain()).len() > 8;
        let first = self.head.cells.first();
        let listed =
            || !self.scene.is_english() && first.is_some_and(|c| native::aspect::is_listed(self.scene, c.plain()));
        let asked = matches!(shape, Shape::Questions | Shape::Vocabulary);
        if key.is_blank() || wordy && shape != Shape::Questions || !asked && listed() {
            return Vec::new();
        }
        match shape {
            Shape::Questions => plain(answered(row).map(|body| card(Kind::Question, body))),
            Shape::Vocabulary if self.head.cells.len() > 2 => plain(self.translated(row)),
            Shape::Vocabulary => vocabulary(self.head, row),
            Shape::Dates => plain(self.dated(key, row)),
            Shape::Properties => plain(self.property(key, row)),
            Shape::Aspects => plain(self.aspect(key, row)),
            Shape::Things => plain(self.thing(key, row)),
            Shape::Lists => Vec::new(),
        }
    }

    /// A word in the first language, and how it is called in each of the others.
    fn translated(&self, row: &Row) -> Vec<(Kind, Made)> {
        let Some(word) = row.cells.first().map(bare) else { return Vec::new() };
        let others = self.head.cells.iter().zip(&row.cells).skip(1);
        let filled = others.filter(|(_, back)| is_word(back));
        let made = |(language, back): (&Text, &Text)| {
            let front = if self.scene.is_english() {
                Text::words("What is “").join(&word).then("” in ").join(&bare(language)).then("?")
            } else {
                word.clone().then(" → ").join(&bare(language))
            };
            card(Kind::Fact, question(front, back.clone()))
        };
        filled.map(made).collect()
    }

    /// `1919 | Treaty of Versailles`
    fn dated(&self, key: &Text, row: &Row) -> Option<(Kind, Made)> {
        let event = row.cells.get(1)?;
        let made = timeline::dated(self.scene, key, event, self.scene.topic(self.site).name().as_ref())?;
        Some((Kind::Fact, made))
    }

    /// `Symbol | Au`, said of what the heading names.
    fn property(&self, key: &Text, row: &Row) -> Vec<(Kind, Made)> {
        let topic = self.scene.topic(self.site);
        let (Some(name), Some(value)) = (topic.subject.clone(), row.cells.get(1)) else { return Vec::new() };
        let titled = self.head.cells.iter().all(|c| !c.is_blank()) || is_aspect(self.scene, key.plain());
        let loose = topic.aspect.is_some() && is_plural_phrase(name.plain());
        if self.scene.is_remark(&name) || !titled || loose {
            return Vec::new();
        }
        self.said(&name, key, value)
    }

    /// What an aspect is for each of the things.
    fn aspect(&self, aspect: &Text, row: &Row) -> Vec<(Kind, Made)> {
        // A column of remarks beside the things is none of them.
        let columns = self.head.cells.iter().zip(&row.cells).skip(1).filter(|(head, _)| !heads::remarks(head));
        let (things, cells): (Vec<Text>, Vec<&Text>) = columns.map(|(head, cell)| (name(head), cell)).unzip();
        if self.scene.is_english()
            && let Some(body) = compare::which(aspect, &things.iter().collect::<Vec<_>>(), &cells)
        {
            return vec![card(Kind::Comparison, body)];
        }
        if self.scene.is_english() && compare::is_idle(aspect, &things, &cells) {
            return Vec::new();
        }
        let listed = cells.iter().all(|cell| is_enumeration(cell));
        if !listed && let Some(both) = compare::set_apart(self.scene, aspect, (&things, &cells)) {
            return both.into_iter().map(|body| card(Kind::Comparison, body)).collect();
        }
        let mut out = Vec::new();
        for (thing, value) in things.iter().zip(cells) {
            let cards = if heads::asks_itself(self.scene, aspect) || aspect.plain().contains(" of ") {
                gap(thing, aspect, value)
            } else {
                self.said(thing, aspect, value)
            };
            out.extend(cards.into_iter().map(|(_, made)| (Kind::Comparison, made)));
        }
        out
    }

    /// What the columns say of a thing.
    fn thing(&self, key: &Text, row: &Row) -> Vec<(Kind, Made)> {
        let mut out = Vec::new();
        let name = self.full_name(key);
        for (column, value) in self.head.cells.iter().zip(&row.cells).skip(1) {
            out.extend(self.described(key, column, value).unwrap_or_else(|| {
                let column = self::name(column);
                if heads::describes(&column) || column.plain().contains('/') {
                    gap(&name, &column, value)
                } else {
                    self.said(&name, &column, value)
                }
            }));
        }
        out
    }

    /// What a column of definitions, of commands or of long forms says; `None` if the column is none.
    fn described(&self, key: &Text, column: &Text, value: &Text) -> Option<Vec<(Kind, Made)>> {
        let first = self.head.cells.first()?;
        if !self.scene.is_english() || value.is_blank() {
            return None;
        }
        let code = |t: &Text| t.runs().iter().all(|r| r.style.atom == Atom::Code);
        if (code(key) || heads::holds_commands(first)) && heads::tells_effect(column) {
            return task_question(self.scene, key, value, heads::noun(first)).map(|card| vec![card]);
        }
        if code(value) && heads::holds_commands(column) {
            return task_question(self.scene, value, key, heads::noun(column)).map(|card| vec![card]);
        }
        if let Some(front) = heads::port(first, key, column) {
            return Some(vec![card(Kind::Fact, question(front, value.clone()))]);
        }
        if heads::spells_out(first, column) && words(value.plain()).len() <= 8 {
            let front = Text::words("What does ").join(key).then(" stand for?");
            return Some(vec![card(Kind::Fact, question(front, value.clone()))]);
        }
        if !heads::describes(column) {
            return None;
        }
        let subject = Subject { name: self.full_name(key), defined_here: true, from_term: true, ..Subject::default() };
        let cards = facts(self.scene, Some(&subject), value);
        Some(cards.into_iter().filter_map(|(made, _)| Some((Kind::Fact, asked_in_cell(self.scene, made)?))).collect())
    }

    /// What is said of a thing under an aspect.
    fn said(&self, thing: &Text, aspect: &Text, value: &Text) -> Vec<(Kind, Made)> {
        let blank = |t: &Text| matches!(t.plain().trim(), "" | "-" | "–" | "—" | "n/a" | "N/A" | "?");
        if blank(value)
            || compare::verdict(value).is_some()
            || compare::hedges(value)
            || !tells(aspect)
            || value.plain().len() > 240
            || thing.is_blank()
            || aspect.is_blank()
            || aspect.plain().len() == 1
        {
            return Vec::new();
        }
        if heads::is_loose(aspect, self.scene.is_english()) {
            return gap(thing, aspect, value);
        }
        if !self.scene.is_english() {
            let gapped = gap(thing, aspect, value).pop().map(|(_, made)| made.body);
            let made = native::aspect::cell(self.scene, (thing, aspect, value), gapped);
            return made.map(|made| (Kind::Fact, made)).into_iter().collect();
        }
        let subject = Subject { name: thing.clone(), ..Subject::default() };
        let bulleted = value.plain().matches('•').count() > 1;
        let long = value.plain().len() > 120 && !bulleted && !is_enumeration(value);
        if long {
            return label::cards(self.scene, &subject, aspect, value);
        }
        if is_example(aspect.plain()) {
            return exemplified(&subject, aspect, value).map(|body| card(Kind::Fact, body)).into_iter().collect();
        }
        let first = words(value.plain()).first().map(|w| w.lower.to_string()).unwrap_or_default();
        let acts = third_person(&first).is_some_and(|v| !v.noun_too) || matches!(&*first, "is" | "are" | "has");
        let lower = aspect.plain().to_lowercase();
        let quality = matches!(&*lower, "average" | "worst" | "best" | "typical" | "common" | "rare");
        if acts && words(aspect.plain()).len() < 2 || quality || heads::is_done(value) {
            return gap(thing, aspect, value);
        }
        let counted = how_many(self.scene, thing, aspect, value);
        let asked = || ask_aspect(self.scene, &subject, aspect, is_enumeration(value));
        let Some(front) = counted.or_else(asked) else { return gap(thing, aspect, value) };
        let front = in_number(front, value);
        let fallback = gap(thing, aspect, value).pop().map(|(_, made)| made.body);
        vec![(Kind::Fact, Made { body: question(front, value.clone()), fallback })]
    }

    /// A key that says little by itself, with the word above its column: `layer 2`, `vitamin A`, `the Standard class`.
    fn full_name(&self, key: &Text) -> Text {
        let Some(column) = self.head.cells.first().filter(|c| !c.is_blank() && c.plain() != "#") else {
            return key.clone();
        };
        let english = self.scene.is_english();
        let noun = column.plain().trim().trim_end_matches(':');
        let noun = if english { noun.to_lowercase() } else { noun.to_owned() };
        let bare_key = key.plain().len() == 1
            || key.plain().chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',') || c == '-' && !english)
            || key.plain().len() < 5 && key.plain().chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        if bare_key {
            return Text::words(noun).then(" ").join(key);
        }
        let common = self.is_common(key) || is_ordinary(key) && self.keys().any(|other| self.is_common(&other));
        let noun = noun.rsplit(' ').next().unwrap_or_default().to_owned();
        let class = CLASSES.contains(&&*noun);
        if common && class && self.scene.is_english() {
            return Text::words("the ").join(key).then(" ").then(&noun);
        }
        key.clone()
    }

    /// The first cells of the rows.
    fn keys(&self) -> impl Iterator<Item = Text> {
        self.rows.iter().take(50).filter_map(|row| row.cells.first()).map(name)
    }

    /// Whether a key is a word that the note also uses as a common one: `Standard`, `Application`.
    fn is_common(&self, key: &Text) -> bool {
        let lower = key.plain().to_lowercase();
        is_ordinary(key) && (is_adjective(&lower) || inside(key, &self.scene.lower).plain() != key.plain())
    }

    /// Pros and cons, each column asked as a list of what the heading names.
    fn lists(&self) -> Vec<Draft> {
        let topic = self.scene.topic(self.site);
        let subject = topic.subject.clone().filter(|n| self.scene.is_english() && !self.scene.is_remark(n));
        let Some(name) = subject else { return Vec::new() };
        let subject = Subject { name, ..Subject::default() };
        let mut out = Vec::new();
        for (at, column) in self.head.cells.iter().enumerate().filter(|(_, column)| heads::lists(column)) {
            let cells = self.rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.is_blank());
            let items: Vec<Text> = cells.cloned().collect();
            let Some(front) = ask_aspect(self.scene, &subject, &bare(column), true) else { continue };
            if (1..=7).contains(&items.len()) {
                let made = Made { body: items_question(front, &items), fallback: None };
                let span = self.site.block.span;
                out.push(Draft::new(&RULE, Kind::List, made).at(span, span).under(self.site));
            }
        }
        out
    }

    /// Columns of yes and no, each asked as a whole.
    fn columns(&self) -> Vec<Draft> {
        let keys: Vec<Text> = self.rows.iter().filter_map(|r| r.cells.first()).map(bare).collect();
        let mut out = Vec::new();
        for (at, column) in self.head.cells.iter().enumerate().skip(1) {
            let cells: Vec<&Text> = self.rows.iter().filter_map(|r| r.cells.get(at)).collect();
            let things: Vec<&Text> = keys.iter().collect();
            if !self.scene.is_english() || keys.iter().any(Text::is_blank) {
                continue;
            }
            let body = compare::which(&bare(column), &things, &cells);
            out.extend(body.map(|body| {
                let span = self.site.block.span;
                Draft::new(&RULE, Kind::Comparison, Made { body, fallback: None }).at(span, span).under(self.site)
            }));
        }
        out
    }
}

/// `Thing – aspect: value`, the value being the gap.
fn gap(thing: &Text, aspect: &Text, value: &Text) -> Vec<(Kind, Made)> {
    let said = compare::verdict(value).is_some() || compare::hedges(value);
    if value.is_blank() || value.plain().len() > 200 || said || !tells(aspect) {
        return Vec::new();
    }
    let text = thing.clone().then(" – ").join(aspect).then(": ").join(value);
    let body = one_gap(&text, text.plain().len() - value.plain().len()..text.plain().len());
    body.map(|body| card(Kind::Fact, body)).into_iter().collect()
}

/// `How many valves does the heart have?`, where the heading is a plural and the cell a number.
fn how_many(scene: &Scene, thing: &Text, aspect: &Text, value: &Text) -> Option<Text> {
    let number = value.plain().trim().trim_start_matches(['~', '<', '>', '≈', ' ']);
    let counts = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '–' | '-'));
    let single = words(aspect.plain()).len() == 1 && is_plural(aspect.plain()) && is_ordinary(aspect);
    let front = Text::words(format!("How many {} does ", aspect.plain().to_lowercase()));
    let years = matches!(&*aspect.plain().to_lowercase(), "dates" | "ports" | "years");
    (counts && single && !years).then(|| front.join(&inside(thing, &scene.lower)).then(" have?"))
}

/// Whether a cell lists several short things.
fn is_enumeration(value: &Text) -> bool {
    let mask = value.mask();
    let listed = items(&mask);
    listed.len() > 2 && listed.iter().all(|r| words(&mask[r.clone()]).len() <= 6)
}

fn answered(row: &Row) -> Option<Body> {
    let [front, back] = row.cells.as_slice() else { return None };
    (!front.is_blank() && !back.is_blank()).then(|| question(front.clone(), back.clone()))
}

/// A word and its meaning; a bare word asks for nothing unless the card names the two languages.
fn vocabulary(head: &Row, row: &Row) -> Vec<Cell> {
    let ([own, other], [front, back]) = (head.cells.as_slice(), row.cells.as_slice()) else { return Vec::new() };
    if ![front, back].into_iter().all(is_word) {
        return Vec::new();
    }
    let body = Body::Reversible { front: Content::text(bare(front)), back: Content::text(bare(back)) };
    let note = format!("{} – {}", own.plain().trim(), other.plain().trim());
    vec![(Kind::Fact, Made { body, fallback: None }, Some(note))]
}
