//! Things set against each other by a table: which of them is it true of, where cells say yes or no, and
//! how do two of them differ?

use super::heads::remarks;
use crate::card::Body;
use crate::language::english::ask::inside;
use crate::language::english::clause::{Word, is_adverb, words};
use crate::language::english::noun::is_preposition;
use crate::language::english::{base_verb, is_adjective, is_participle, third_person};
use crate::language::sentence::sentences;
use crate::markdown::text::Text;
use crate::rules::definite::{is_named, measures};
use crate::rules::draft::{capitalised, one_gap, question};
use crate::rules::list::items_question;
use crate::rules::scene::Scene;
use crate::rules::wh_label::is_wh;
use crate::rules::worth::told_share;

/// The most things that are set against each other.
const MOST: usize = 5;

/// What a cell says, if it says no more than yes or no.
pub(super) fn verdict(cell: &Text) -> Option<bool> {
    let plain = cell.plain().trim().to_lowercase();
    let bare = plain.trim_start_matches(['✓', '✔', '✅', '☑', '✗', '✘', '❌', '✖', '\u{fe0f}', ' ']);
    match if bare.is_empty() { plain.trim_end_matches('\u{fe0f}') } else { bare } {
        "yes" | "y" | "✓" | "✔" | "✅" | "☑" | "true" | "√" | "ja" | "sí" | "oui" | "是" | "有" | "支持" => {
            Some(true)
        }
        "nein" | "non" | "×" | "否" | "无" | "不支持" | "no" | "n" | "x" | "✗" | "✘" | "❌" | "✖" | "false" => {
            Some(false)
        }
        _ => None,
    }
}

/// Whether a cell says yes or no and then more, so that neither alone is the answer: `✓ (with a key)`.
pub(super) fn hedges(cell: &Text) -> bool {
    let plain = cell.plain().trim_start().to_lowercase();
    let marks = ['✓', '✔', '✅', '☑', '✗', '✘', '❌', '✖'];
    plain.starts_with(marks)
        || ["yes (", "no (", "yes,", "no,", "yes:", "no:"].iter().any(|lead| plain.starts_with(lead))
}

/// Whether a row tells its things apart by no more than that one has more of something (`Higher` and `Lower`), or tells the
/// same of all, or orders to use what it is about (`Flow logs`: `Use flow logs to …`).
pub(super) fn is_idle(aspect: &Text, things: &[Text], cells: &[&Text]) -> bool {
    // `Scope`: `Narrow scope`
    const SIZES: &[&str] =
        &["narrow", "wide", "broad", "small", "large", "high", "low", "short", "long", "full", "limited"];
    const RANKS: &[&str] = &["more", "less", "relatively", "comparatively", "higher", "lower", "faster", "slower"];
    let ranks = |cell: &&Text| {
        let found = words(cell.plain());
        let echoes = || told_share(aspect.plain(), cell.plain()) > 0.0;
        let slight =
            |w: &Word| RANKS.contains(&&*w.lower) || is_more(&w.lower) || SIZES.contains(&&*w.lower) && echoes();
        found.len() <= 3 && found.first().is_some_and(slight)
    };
    let bare = |cell: &Text| {
        things.iter().fold(cell.plain().to_lowercase(), |cell, thing| cell.replace(&thing.plain().to_lowercase(), ""))
    };
    let filled = cells.len() > 1 && cells.iter().all(|cell| !cell.is_blank());
    let alike = || cells.windows(2).all(|two| bare(two[0]) == bare(two[1]));
    let wordy = cells.iter().all(|cell| words(cell.plain()).len() > 4);
    let orders = cells.iter().all(|cell| {
        let acts = words(cell.plain()).first().is_some_and(|w| {
            base_verb(&w.lower)
                .is_some_and(|v| !v.noun_too || matches!(v.base, "use" | "view" | "choose" | "check" | "see"))
        });
        acts && told_share(cell.plain(), aspect.plain()) >= 0.5
    });
    filled && (cells.iter().all(ranks) || wordy && alike() || orders)
}

/// `wider`, `cheaper`
fn is_more(lower: &str) -> bool {
    lower.len() > 4 && lower.ends_with("er") && is_adjective(lower)
}

/// The first sentence of a cell.
fn first_sentence(cell: &Text) -> Text {
    let first = sentences(&cell.mask()).into_iter().next();
    first.map_or_else(|| cell.clone(), |range| cell.slice(range).trim())
}

/// Two things of which whole phrases are said under an aspect: what sets each apart from the other, where that
/// is definite and not told by the aspect.
pub(super) fn set_apart(scene: &Scene, aspect: &Text, row: (&[Text], &[&Text])) -> Option<Vec<Body>> {
    let ([one, other], [first, second]) = row else { return None };
    let long = [first, second].iter().any(|cell| words(cell.plain()).len() > 3);
    let acts = words(aspect.plain()).first().is_none_or(|w| base_verb(&w.lower).is_some());
    let phrase = acts && words(aspect.plain()).len() > 2;
    let filled = [first, second].iter().all(|cell| !cell.is_blank() && verdict(cell).is_none());
    (scene.is_english() && long && (!acts || phrase) && filled && !is_wh(aspect.plain())).then_some(())?;
    let name = |thing: &Text| inside(thing, &scene.lower);
    let card = |thing: &Text, other: &Text, said: &Text| {
        if !acts {
            let text = thing.clone().then(" – ").join(aspect).then(": ").join(said);
            return one_gap(&text, text.plain().len() - said.plain().len()..text.plain().len());
        }
        let apart = name(thing).then(" apart from ").join(&name(other));
        Some(question(capitalised(aspect).then(": what sets ").join(&apart).then("?"), said.clone()))
    };
    let (first, second) = (first_sentence(first), first_sentence(second));
    let cards = [(one, other, &first), (other, one, &second)].into_iter();
    Some(
        cards
            .filter(|(_, _, said)| is_telling_cell(scene, aspect, said))
            .filter_map(|(a, b, c)| card(a, b, c))
            .collect(),
    )
}

/// Whether a cell has a name or a figure, and its aspect does not tell it.
fn is_telling_cell(scene: &Scene, aspect: &Text, cell: &Text) -> bool {
    let told = told_share(aspect.plain(), cell.plain()) > 0.5 || remarks(aspect);
    // The first word has its capital for its place.
    let rest = cell.plain().split_once(' ').map_or("", |(_, rest)| rest);
    !told && (is_named(scene, rest, 1) || measures(cell.plain()))
}

/// `Which of TCP and UDP is reliable?`, where the cells beside the things say yes of some and no of others.
pub(super) fn which(aspect: &Text, things: &[&Text], cells: &[&Text]) -> Option<Body> {
    let verdicts: Vec<bool> = cells.iter().filter_map(|c| verdict(c)).collect();
    let split = verdicts.contains(&true) && verdicts.contains(&false);
    if verdicts.len() != cells.len() || things.len() != cells.len() || !split || !(2..=MOST).contains(&things.len()) {
        return None;
    }
    let told = |truth: bool| things.iter().zip(&verdicts).filter(move |(_, v)| **v == truth).map(|(t, _)| (*t).clone());
    let many = verdicts.iter().filter(|v| **v).count() > 1;
    let front = listed(things).join(&predicate(aspect, many)?).then("?");
    Some(items_question(front, &told(true).map(|t| capitalised(&t)).collect::<Vec<_>>()))
}

/// `Which of A, B and C`.
fn listed(things: &[&Text]) -> Text {
    let last = things.len() - 1;
    let link = |at: usize| {
        if at == 0 {
            ""
        } else if at == last {
            " and "
        } else {
            ", "
        }
    };
    things.iter().enumerate().fold(Text::words("Which of "), |front, (at, thing)| front.then(link(at)).join(thing))
}

/// What is said of the things: ` is reliable`, ` has a checksum`, ` delivers in order`.
fn predicate(aspect: &Text, many: bool) -> Option<Text> {
    let aspect = aspect.trim_matches(|c| c == '?' || c.is_whitespace());
    let found = words(aspect.plain());
    let first = found.first()?;
    let pointing = matches!(first.lower.as_str(), "is" | "are" | "can" | "does" | "do" | "has" | "have" | "will");
    if pointing || found.len() > 6 || is_preposition(&first.lower) || is_adverb(&first.lower) {
        return None;
    }
    let rest = aspect.slice(first.end..aspect.plain().len());
    let opens = |lead: &str| Text::words(format!(" {lead}")).join(&rest);
    let described = is_adjective(&first.lower) || is_participle(&first.lower) && base_verb(&first.lower).is_none();
    if described && (found.len() == 1 || is_preposition(&found[1].lower)) {
        return Some(opens(&format!("{} {}", if many { "are" } else { "is" }, first.lower)));
    }
    let runs_on =
        found.get(1).is_some_and(|w| is_adverb(&w.lower) || w.lower.ends_with("ly") || is_preposition(&w.lower));
    let verb = third_person(&first.lower).filter(|v| found.len() > 1 && (!v.noun_too || runs_on));
    if let Some(verb) = verb {
        return Some(opens(if many { verb.base } else { &first.lower }));
    }
    let verb = base_verb(&first.lower).filter(|v| !v.noun_too && found.len() > 1);
    if let Some(verb) = verb {
        return Some(opens(&format!("can {}", verb.base)));
    }
    let noun = first.lower.chars().skip(1).all(char::is_lowercase)
        && aspect.plain()[first.start + 1..first.end].chars().all(char::is_lowercase);
    let titled =
        noun && found.iter().all(|w| aspect.plain()[w.start + 1..w.end].chars().all(|c| c.is_lowercase() || c == '-'));
    let rest = if titled { Text::words(rest.plain().to_lowercase()) } else { rest };
    let opens = |lead: &str| Text::words(format!(" {lead}")).join(&rest);
    let name = if noun { first.lower.to_string() } else { aspect.plain()[first.start..first.end].to_owned() };
    Some(opens(&format!("{} {name}", if many { "have" } else { "has" })))
}
