//! The HTML edition: whole, self-contained, and deaf to the HTML of notes.

use super::{options, own, printed, squeezed, torture, words};
use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use recto::card::{Body, Deck};
use recto::export::print::{KINDS, Kind, Options, html};
use std::fs;

pub(super) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("print/html: every word of every card is there", every_word_is_there),
        Trial::test("print/html: elements are closed, and nothing is fetched or run", pages_are_sound),
        Trial::test("print/html: formulas of study notes are set", formulas_are_set),
        Trial::test("print/html: a quiz follows its seed, and its key is right", quizzes_follow_their_seed),
        Trial::test("print/html: only traps, decisions and numbers are on a cheat sheet", cheat_sheets_are_short),
    ]
}

fn kind(name: &str) -> Result<&'static Kind, Failed> {
    KINDS.iter().find(|kind| kind.name == name).ok_or_else(|| format!("no kind `{name}`").into())
}

fn decks() -> Result<[Deck; 2], Failed> {
    Ok([torture()?, own()?])
}

/// The words of a page as a reader sees them.
fn text(page: &str) -> String {
    let body = page.split_once("<body").map_or(page, |(_, body)| body);
    let mut out = String::new();
    for piece in body.split('<').skip(1) {
        out.push_str(piece.split_once('>').map_or("", |(_, words)| words));
    }
    for (from, to) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
        out = out.replace(from, to);
    }
    squeezed(&out)
}

fn every_word_is_there() -> Outcome {
    for deck in decks()? {
        for (kind, chosen) in printed(&deck) {
            let page = text(&html(&deck, &chosen, kind, &options()).0);
            let cards = chosen.iter().map(|at| &deck.cards[*at]);
            // Of an option that is wrong, a cheat sheet and a key say nothing.
            let missing = cards.flat_map(words).find(|words| !page.contains(words.as_str()));
            ensure(missing.is_none(), || format!("{}: `{}` is not there", kind.name, missing.unwrap_or_default()))?;
        }
    }
    Ok(())
}

fn pages_are_sound() -> Outcome {
    for deck in decks()? {
        for (kind, chosen) in printed(&deck) {
            let page = html(&deck, &chosen, kind, &options()).0;
            ensure(page == html(&deck, &chosen, kind, &options()).0, || "two runs differ".to_owned())?;
            for alien in ["<script", "<link", "<iframe", "url(", "src=\"http", " onerror"] {
                ensure(!page.contains(alien), || format!("{}: `{alien}` is there", kind.name))?;
            }
            closed(&page).map_err(|wrong| format!("{}: {wrong}", kind.name))?;
        }
    }
    Ok(())
}

/// Whether every element is closed in turn.
fn closed(page: &str) -> Result<(), String> {
    const VOID: [&str; 5] = ["meta", "br", "wbr", "img", "!doctype"];
    let page = page.split_once("</style>").map_or(page, |(_, rest)| rest);
    let mut open = vec!["html", "head"];
    for piece in page.split('<').skip(1) {
        let name = piece.split([' ', '>']).next().unwrap_or_default();
        if let Some(closed) = name.strip_prefix('/') {
            let last = open.pop();
            if last != Some(closed) {
                return Err(format!("</{closed}> closes {last:?}"));
            }
        } else if !VOID.contains(&name) && !piece.split('>').next().unwrap_or_default().ends_with('/') {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stay open")) }
}

/// Of the formulas in `tests/print/formulas.txt`, at least so many in a hundred are set.
const SET: usize = 95;

fn formulas_are_set() -> Outcome {
    let list = fs::read_to_string(support::root().join("tests/print/formulas.txt"))?;
    let formulas: Vec<&str> = list.lines().filter(|line| !line.contains('$')).collect();
    let question = |(number, formula): (usize, &&str)| format!("Q: What is number {number}?\nA: $${formula}$$\n");
    let note: Vec<String> = (1..).zip(&formulas).map(question).collect();
    let deck = support::compile_note("formulas.md", &note.join("\n")).1.deck;
    let all: Vec<usize> = (0..deck.cards.len()).collect();
    let (page, findings) = html(&deck, &all, kind("sheet")?, &options());
    let set = page.matches("<math").count();
    let unset: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    let enough = set * 100 >= formulas.len() * SET;
    ensure(enough, || format!("{set} of {} are set\n{}\n{}", formulas.len(), unset.join("\n"), latex(&page).join("\n")))
}

/// The formulas of a page that stand as they were written.
fn latex(page: &str) -> Vec<&str> {
    page.split("class=\"latex\">").skip(1).filter_map(|rest| rest.split('<').next()).collect()
}

fn quizzes_follow_their_seed() -> Outcome {
    let (deck, quiz) = (torture()?, kind("quiz")?);
    let all: Vec<usize> = (0..deck.cards.len()).collect();
    let page = |seed| html(&deck, &all, quiz, &Options { seed, ..options() }).0;
    ensure(page(1) == page(1) && page(1) != page(2), || "the seed does not decide".to_owned())?;
    let right = deck.cards.iter().find_map(|card| match &card.body {
        Body::Choice { options, .. } => options.iter().find(|option| option.correct),
        _ => None,
    });
    let right = right.and_then(|option| option.content.texts().first().map(|text| text.plain().to_owned()));
    let right = right.ok_or("no question has options")?;
    for seed in 1..9 {
        let page = page(seed);
        let (questions, key) = page.split_once("class=\"key\"").ok_or("there is no key")?;
        ensure(!questions.contains("class=\"right\""), || "the answer is given away".to_owned())?;
        let said = key.split("class=\"right\"").nth(1).unwrap_or_default();
        ensure(said.split("</li>").next().is_some_and(|li| li.contains(&right)), || {
            format!("seed {seed}: not `{right}`")
        })?;
    }
    Ok(())
}

fn cheat_sheets_are_short() -> Outcome {
    let deck = torture()?;
    let cheat = kind("cheat")?;
    let page = text(&html(&deck, &recto::export::print::chosen(&deck, cheat), cheat, &options()).0);
    ensure(page.contains("1MB") && page.contains("Glacier"), || "a number or a trap is missing".to_owned())?;
    ensure(!page.contains("ATP"), || "a plain fact is there".to_owned())
}
