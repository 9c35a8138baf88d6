//! The PDF: read again by another program, it holds every word, each card keeps to its cell, and backs
//! lie behind their fronts.

use super::reader::{Page, Paper, read};
use super::{options, own, printed, torture, words};
use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use recto::card::{Blob, Deck, Media};
use recto::export::print::{Backs, KINDS, Kind, Options, pdf, proof};
use std::fs;

pub(super) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("print/pdf: every word of every card is there, and no two overlap", every_word_is_there),
        Trial::test("print/pdf: every card keeps to its cell", cards_keep_to_their_cells),
        Trial::test("print/pdf: backs lie behind their fronts", backs_lie_behind_their_fronts),
        Trial::test("print/pdf: equal cards give equal bytes, in one piece or joined", bytes_are_equal),
        Trial::test("print/pdf: formulas of study notes are set", formulas_are_set),
        Trial::test("print/pdf: what cannot be printed is found", what_cannot_be_printed_is_found),
        Trial::test("print/pdf: a card leads to its source", cards_lead_to_their_source),
        Trial::test("print/pdf: a long deck is joined from pieces", long_decks_are_joined),
        Trial::test("print/pdf: the sheet for the printer has a front and a back", proof_has_two_sides),
    ]
}

/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;

fn kind(name: &str) -> Result<&'static Kind, Failed> {
    KINDS.iter().find(|kind| kind.name == name).ok_or_else(|| format!("no kind `{name}`").into())
}

fn all(deck: &Deck) -> Vec<usize> {
    (0..deck.cards.len()).collect()
}

fn made(deck: &Deck, chosen: &[usize], kind: &Kind, options: &Options) -> Result<Option<Paper>, Failed> {
    let made = pdf(deck, chosen, kind, options)?;
    ensure(made.findings.is_empty(), || format!("{}: {:?}", kind.name, made.findings))?;
    let paper = read(kind.name, &made.bytes)?;
    if let Some(paper) = &paper {
        ensure(paper.pages.len() == made.pages, || format!("{} pages were told", made.pages))?;
    }
    Ok(paper)
}

fn deck(note: &str) -> Deck {
    support::compile_note("note.md", note).1.deck
}

fn every_word_is_there() -> Outcome {
    for deck in [torture()?, own()?] {
        for (kind, chosen) in printed(&deck) {
            let Some(paper) = made(&deck, &chosen, kind, &options())? else { return Ok(()) };
            let tagged = kind.name != "cards";
            ensure(paper.tagged == tagged, || format!("{}: tagged is not {tagged}", kind.name))?;
            let text: String = paper.text().chars().filter(|c| !is_joined(*c)).collect();
            let cards = chosen.iter().map(|at| &deck.cards[*at]);
            let missing = cards.flat_map(words).find(|words| !holds(&text, words));
            ensure(missing.is_none(), || format!("{}: `{}` is not there", kind.name, missing.unwrap_or_default()))?;
            for (number, page) in (1..).zip(&paper.pages) {
                let over = page.overlap();
                ensure(over.is_none(), || format!("{}, page {number}: {over:?} overlap", kind.name))?;
                let out = page.outside((0.0, 0.0, page.size.0, page.size.1));
                ensure(out.is_none(), || format!("{}, page {number}: {out:?} is off the paper", kind.name))?;
            }
        }
    }
    Ok(())
}

/// Whether a text has some words; a reader may give what is written from the right in the order of the page,
/// and what is long may go on on another card.
fn holds(text: &str, words: &str) -> bool {
    let words: Vec<char> = words.chars().filter(|c| !is_joined(*c)).collect();
    let has = |part: &[char]| text.contains(&part.iter().collect::<String>());
    let from_right = words.iter().any(|c| matches!(u32::from(*c), 0x590..=0x8FF));
    let divided = |part: &[char]| (1..part.len()).any(|at| has(&part[..at]) && has(&part[at..]));
    let turned = |part: &[char]| has(&part.iter().rev().copied().collect::<Vec<char>>());
    let is_sign = |c: &char| c.is_ascii_punctuation() || "؟？。、：".contains(*c);
    has(&words)
        || (from_right && words.split(is_sign).all(|part| has(part) || turned(part)))
        || (words.len() > LONG && words.chunks(30).all(|part| has(part) || divided(part)))
}

/// How many characters may go on on another card.
const LONG: usize = 400;

/// Whether a character is a part of another in one glyph, so that readers need not see it.
fn is_joined(c: char) -> bool {
    matches!(u32::from(c), 0x200D | 0xFE0F | 0x1F3FB..=0x1F3FF)
}

fn cards_keep_to_their_cells() -> Outcome {
    let cards = kind("cards")?;
    for (per_page, backs, columns, rows) in [
        (4, Backs::Long, 2, 2),
        (8, Backs::Long, 2, 4),
        (10, Backs::Short, 2, 5),
        (4, Backs::Fold, 2, 4),
        (8, Backs::Fold, 4, 4),
        (10, Backs::Fold, 4, 5),
    ] {
        for paper in ["a4", "letter"] {
            let options = Options { per_page, backs, paper, ..options() };
            let deck = torture()?;
            let Some(paper) = made(&deck, &all(&deck), cards, &options)? else { return Ok(()) };
            for (number, page) in (1..).zip(&paper.pages) {
                let (width, height) = (page.size.0 / f64::from(columns), page.size.1 / f64::from(rows));
                let crossing = page.crossing(width, height);
                ensure(crossing.is_none(), || {
                    format!("{per_page} {backs:?}, page {number}: {crossing:?} is in two cells")
                })?;
            }
        }
    }
    Ok(())
}

fn backs_lie_behind_their_fronts() -> Outcome {
    let note: Vec<String> = (10..40).map(|n| format!("Q: x{n}x\nA: o{n}o\n")).collect();
    let deck = deck(&note.join("\n"));
    let right = |offset: (f64, f64), backs, per_page, paper| -> Outcome {
        let options = Options { offset, backs, per_page, paper, ..options() };
        let Some(paper) = made(&deck, &all(&deck), kind("cards")?, &options)? else { return Ok(()) };
        let mut found = 0;
        for sheet in paper.pages.chunks(2) {
            let [front, back] = sheet else { return Err("a front has no back".into()) };
            for number in 10..40 {
                let Some((x, y)) = front.middle(&format!("x{number}x")) else { continue };
                let (at_x, at_y) = back.middle(&format!("o{number}o")).ok_or("a back is on another sheet")?;
                let (width, height) = front.size;
                let (want_x, want_y) = if backs == Backs::Long { (width - x, y) } else { (x, height - y) };
                let (off_x, off_y) = (at_x - want_x - offset.0 * POINTS, at_y - want_y - offset.1 * POINTS);
                // The two words have other letters, which may take a part of a point.
                ensure(off_x.abs() < 0.7 && off_y.abs() < 0.8, || format!("{number} is off by {off_x}, {off_y}"))?;
                found += 1;
            }
        }
        ensure(found == 30, || format!("{found} cards were seen"))
    };
    for per_page in [4, 8, 10] {
        for paper in ["a4", "letter"] {
            right((0.0, 0.0), Backs::Long, per_page, paper)?;
            right((0.0, 0.0), Backs::Short, per_page, paper)?;
        }
    }
    right((1.5, -2.0), Backs::Long, 8, "a4")?;
    right((-0.5, 1.0), Backs::Short, 8, "a4")
}

fn bytes_are_equal() -> Outcome {
    let torture = torture()?;
    for kind in KINDS {
        let once = pdf(&torture, &all(&torture), kind, &options())?.bytes;
        ensure(once == pdf(&torture, &all(&torture), kind, &options())?.bytes, || format!("{} differs", kind.name))?;
    }
    let many = many(230);
    let once = pdf(&many, &all(&many), kind("cards")?, &options())?.bytes;
    ensure(once == pdf(&many, &all(&many), kind("cards")?, &options())?.bytes, || "joined files differ".to_owned())?;
    let later = Options { date: (2026, 2, 1), ..options() };
    ensure(once != pdf(&many, &all(&many), kind("cards")?, &later)?.bytes, || "the date is not there".to_owned())
}

/// A deck of so many plain cards under headings.
fn many(cards: usize) -> Deck {
    let card = |number: usize| {
        let heading = if number.is_multiple_of(40) { format!("## Part {number}\n\n") } else { String::new() };
        format!("{heading}Q: What is number {number}?\nA: It is the answer {number}.\n")
    };
    deck(&(0..cards).map(card).collect::<Vec<_>>().join("\n"))
}

fn long_decks_are_joined() -> Outcome {
    let deck = many(460);
    for kind in ["cards", "sheet", "quiz"] {
        let Some(paper) = made(&deck, &all(&deck), self::kind(kind)?, &options())? else { return Ok(()) };
        let text = paper.text();
        for number in 0..460 {
            let wanted = format!("Itistheanswer{number}.");
            ensure(text.contains(&wanted), || format!("{kind}: answer {number} is not there"))?;
        }
        ensure(paper.title == "A title", || format!("{kind}: the title is `{}`", paper.title))?;
    }
    Ok(())
}

/// Of the formulas in `tests/print/formulas.txt`, at least so many in a hundred are set.
const SET: usize = 95;

fn formulas_are_set() -> Outcome {
    let list = fs::read_to_string(support::root().join("tests/print/formulas.txt"))?;
    let formulas: Vec<&str> = list.lines().filter(|line| !line.contains('$')).collect();
    ensure(formulas.len() >= 200, || format!("there are only {}", formulas.len()))?;
    let question = |(number, formula): (usize, &&str)| format!("Q: What is number {number}?\nA: $${formula}$$\n");
    let note: Vec<String> = (1..).zip(&formulas).map(question).collect();
    let deck = deck(&note.join("\n"));
    let mut made = pdf(&deck, &all(&deck), kind("cards")?, &options())?;
    made.findings.retain(|finding| finding.code == "formula-not-set");
    let unset: Vec<&str> = made.findings.iter().map(|finding| finding.message.as_str()).collect();
    let set = formulas.len() - unset.len();
    ensure(set * 100 >= formulas.len() * SET, || format!("{set} of {} are set\n{}", formulas.len(), unset.join("\n")))?;
    ensure(deck.cards.len() == formulas.len(), || format!("{} formulas are on cards", deck.cards.len()))
}

fn what_cannot_be_printed_is_found() -> Outcome {
    let mut deck = deck(
        "Q: Which sign is \u{12000}?\nA: An A\n\nQ: What is $\\nosuchcommand{x}$?\nA: A mistake\n\n\
         Q: What is shown by ![a broken picture](broken.png)?\nA: Nothing\n",
    );
    deck.media.push(Media { name: "broken.png".to_owned(), content: Blob::Bytes(b"no picture".to_vec()) });
    for kind in ["cards", "sheet", "quiz"] {
        let made = pdf(&deck, &all(&deck), self::kind(kind)?, &options())?;
        let mut codes: Vec<&str> = made.findings.iter().map(|finding| finding.code).collect();
        codes.sort_unstable();
        let wanted = ["formula-not-set", "glyph-missing", "picture-not-printed"];
        ensure(codes == wanted, || format!("{kind}: {codes:?}"))?;
        if let Some(paper) = read(kind, &made.bytes)? {
            let text = paper.text();
            for words in ["nosuchcommand{x}", "abrokenpicture"] {
                ensure(text.contains(words), || format!("{kind}: `{words}` is not there"))?;
            }
        }
    }
    Ok(())
}

fn cards_lead_to_their_source() -> Outcome {
    let deck = deck("Q: Where?\nA: Here, see [this](https://example.org/).\n");
    let Some(paper) = made(&deck, &all(&deck), kind("cards")?, &options())? else { return Ok(()) };
    let links: Vec<&str> = paper.pages.iter().flat_map(|page| &page.links).map(String::as_str).collect();
    ensure(links.contains(&"../note.md") && links.contains(&"https://example.org/"), || format!("{links:?}"))
}

fn proof_has_two_sides() -> Outcome {
    let Some(paper) = read("proof", &proof(&options())?)? else { return Ok(()) };
    let [front, back] = paper.pages.as_slice() else { return Err("it has not two pages".into()) };
    let has = |page: &Page, words: &str| page.text().contains(words);
    ensure(has(front, "Calibrationsheet") && has(front, "10") && !has(back, "10"), || "its sides are mixed".to_owned())
}
