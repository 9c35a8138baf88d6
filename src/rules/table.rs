//! Tables: a card for a cell that says something of its row, and vocabulary in both directions.

use super::draft::{Draft, Drafts, Made, one_gap, question};
use super::fact::Subject;
use super::label::ask_aspect;
use super::native;
use super::scene::Scene;
use super::term::bare;
use super::{Example, Rule};
use crate::card::{Body, Content, Kind};
use crate::language::english::ask::inside;
use crate::language::english::base_verb;
use crate::language::english::clause::words;
use crate::markdown::block::{BlockKind, Row};
use crate::markdown::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    name: "table",
    summary: "cells of a table, and vocabulary",
    manual: "\
In a table the first column names a thing and the other columns say something of it: each cell is one
card, asked for by its row and its column. If the first column names aspects instead (`Feature`,
`Needs`), the other columns are the things.

A table of two columns whose headings are languages, or a word and its meaning, is vocabulary: it is
learnt in both directions.",
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

fn extract(scene: &Scene, out: &mut Drafts) {
    for site in &scene.sites {
        let BlockKind::Table { head, rows } = &site.block.kind else { continue };
        if !scene.is_english() && native::topic::is_silent(site) {
            continue;
        }
        for row in rows {
            for (kind, made) in cards(scene, head, row) {
                let mut draft = Draft::new(&RULE, kind, made).at(row.span, row.span).under(site);
                if is_vocabulary(head) {
                    // A bare word asks for nothing unless the card names the two languages.
                    let languages: Vec<&str> = head.cells.iter().map(|c| c.plain().trim()).collect();
                    draft.note = Some(languages.join(" – "));
                }
                out.push(draft);
            }
        }
    }
}

fn cards(scene: &Scene, head: &Row, row: &Row) -> Vec<(Kind, Made)> {
    let Some(key) =
        row.cells.first().map(bare).filter(|k| !k.is_blank() && words(k.plain()).len() <= 8 || !scene.is_english())
    else {
        return Vec::new();
    };
    if is_question_table(head) {
        return answered(row).into_iter().map(|m| (Kind::Question, m)).collect();
    }
    if is_vocabulary(head) {
        return vocabulary(row).into_iter().map(|m| (Kind::Fact, m)).collect();
    }
    if !scene.is_english() && head.cells.first().is_some_and(|c| native::aspect::is_listed(scene, c.plain())) {
        return Vec::new();
    }
    let two_things = scene.is_english() || head.cells.len() > 2;
    let aspects = two_things && head.cells.first().is_some_and(|c| is_aspect_heading(c.plain()));
    let pairs = head.cells.iter().zip(&row.cells).skip(1);
    pairs.filter_map(|(column, value)| cell(scene, head, (&key, &bare(column), value), aspects)).collect()
}

fn is_aspect_heading(heading: &str) -> bool {
    const HEADINGS: &[&str] = &[
        "", "feature", "features", "aspect", "aspects", "criteria", "criterion", "property", "properties", "needs",
        "need", "characteristic", "characteristics", "attribute", "category", "dimension", "parameter", "metric",
        "merkmal", "kriterium", "eigenschaft", "aspekt", "característica", "criterio", "aspecto", "critère",
        "caractéristique", "特性", "特点", "对比项", "比较项", "项目", "维度", "对比", "区别", "方面", "属性", "topic",
        "point", "basis", "factor", "difference", "vs", "comparison",
    ];
    HEADINGS.contains(&heading.trim().to_lowercase().as_str())
}

/// Whether two columns hold questions and answers.
fn is_question_table(head: &Row) -> bool {
    const PAIRS: &[(&str, &str)] = &[
        ("q", "a"),
        ("question", "answer"),
        ("front", "back"),
        ("frage", "antwort"),
        ("pregunta", "respuesta"),
        ("问题", "答案"),
    ];
    let cells: Vec<String> = head.cells.iter().map(|c| c.plain().trim().to_lowercase()).collect();
    matches!(cells.as_slice(), [q, a] if PAIRS.contains(&(q.as_str(), a.as_str())))
}

fn answered(row: &Row) -> Option<Made> {
    let [front, back] = row.cells.as_slice() else { return None };
    (!front.is_blank() && !back.is_blank())
        .then(|| Made { body: question(front.clone(), back.clone()), fallback: None })
}

/// Whether two columns hold words and their meanings.
pub fn is_vocabulary(head: &Row) -> bool {
    const LANGUAGES: &[&str] = &[
        "english", "german", "deutsch", "french", "français", "spanish", "español", "italian", "italiano", "englisch",
        "französisch", "spanisch", "chinese", "japanese", "russian", "latin", "latein", "greek", "portuguese", "dutch",
        "中文", "英文", "日本語", "한국어", "korean", "vocabulary", "vokabel", "wort", "word", "übersetzung",
        "translation", "bedeutung", "traduction", "traducción", "mot", "palabra",
    ];
    let known = |cell: &Text| LANGUAGES.contains(&cell.plain().trim().to_lowercase().as_str());
    head.cells.len() == 2
        && head.cells.iter().any(known)
        && head.cells.iter().all(|c| known(c) || c.plain().eq_ignore_ascii_case("meaning"))
}

fn vocabulary(row: &Row) -> Option<Made> {
    let [front, back] = row.cells.as_slice() else { return None };
    if front.is_blank() || back.is_blank() {
        return None;
    }
    let body = Body::Reversible { front: Content::text(bare(front)), back: Content::text(bare(back)) };
    Some(Made { body, fallback: None })
}

/// A key that is a bare letter or number, with the word above its column: `layer 2`, `vitamin A`.
fn full_name(scene: &Scene, thing: &Text, head: &Row, aspects: bool) -> Text {
    let bare_key = thing.plain().chars().count() == 1 && thing.plain().is_ascii()
        || thing
            .plain()
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',') || c == '-' && !scene.is_english());
    match head.cells.first().filter(|c| bare_key && !aspects && !c.is_blank() && c.plain() != "#") {
        Some(column) if !scene.is_english() => Text::words(column.plain()).then(" ").join(thing),
        Some(column) => Text::words(column.plain().to_lowercase()).then(" ").join(thing),
        None => thing.clone(),
    }
}

/// Whether a cell is empty, or only says yes or no.
fn says_nothing(value: &Text) -> bool {
    const NOTHING: &[&str] = &[
        "", "-", "–", "—", "n/a", "?", "✓", "✔", "✅", "x", "✗", "❌", "√", "×", "yes", "no", "ja", "nein", "sí",
        "oui", "non", "是", "否", "有", "无", "支持", "不支持",
    ];
    NOTHING.contains(&value.plain().trim().to_lowercase().as_str())
}

/// The card of one cell; `parts` are row key, column heading and value.
fn cell(scene: &Scene, head: &Row, parts: (&Text, &Text, &Text), aspects: bool) -> Option<(Kind, Made)> {
    let (key, column, value) = parts;
    let (thing, aspect) = if aspects { (column, key) } else { (key, column) };
    let thing = &full_name(scene, thing, head, aspects);
    if says_nothing(value) || value.plain().len() > 200 || thing.is_blank() || aspect.is_blank() {
        return None;
    }
    let kind = if aspects { Kind::Comparison } else { Kind::Fact };
    let gap = || {
        let text = thing.clone().then(" – ").join(aspect).then(": ").join(value);
        one_gap(&text, text.plain().len() - value.plain().len()..text.plain().len())
    };
    if !scene.is_english() {
        return native::aspect::cell(scene, (thing, aspect, value), gap()).map(|made| (kind, made));
    }
    let subject = Subject { name: thing.clone(), ..Subject::default() };
    let front = if aspects
        && (words(aspect.plain()).len() > 2
            || words(aspect.plain()).first().is_some_and(|w| base_verb(&w.lower).is_some_and(|v| !v.noun_too)))
    {
        let name = inside(thing, &scene.lower);
        Text::words("What is true of ").join(&name).then(" in terms of ").join(&inside(aspect, &scene.lower)).then("?")
    } else {
        ask_aspect(scene, &subject, aspect, false)?
    };
    Some((kind, Made { body: question(front, value.clone()), fallback: gap() }))
}
