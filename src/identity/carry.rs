//! What a card takes over from the card it was: its shape in Anki, the numbers of its faces, and what its answer
//! was before, where that has changed in substance.

use super::gaps::{self, APART, Had};
use super::lock::{Entry, Lock, form_of, unescaped};
use super::record::{answer, shape};
use super::sketch::cut;
use super::substance;
use crate::card::{Body, Card, Content, Form, Was};
use crate::markdown::text::Text;

/// Gives a card of unchanged content what its entry tells.
pub(super) fn unchanged(card: &mut Card, entry: &Entry, lock: &Lock) {
    card.lineage.was = lock.was.get(entry.id).cloned();
    if entry.form == Form::of(&card.body).name() {
        return;
    }
    let Some((form, numbers)) = form_of(entry.form) else { return };
    if !numbers.is_empty() {
        number(card, &numbers);
    }
    keep_form(card, form);
}

/// Gives a card, with its sides, what it was before an edit, at the second `now`; with none the edit is one that changed no substance.
pub(super) fn edited((card, said): (&mut Card, &str), entry: &Entry, lock: &Lock, now: Option<i64>) {
    let Some((form, numbers)) = form_of(entry.form) else { return };
    let old = unescaped(entry.sides.get(2..).unwrap_or_default().split('\t').next().unwrap_or_default());
    let had = had(entry, &numbers, lock);
    let wanted = words(&card.body, said);
    let numbers = match &card.body {
        Body::Cloze { .. } if shape(entry.sides) == Form::Cloze => {
            gaps::numbers(&old, &unescaped(&said[2..]), &had, &wanted)
        }
        Body::Cloze { .. } => from_question(&had, &wanted, form),
        Body::Reversible { .. } if form == Form::Reversible => directions(&had, &wanted),
        Body::Reversible { .. } => vec![gaps::single(&had, &wanted[0]).unwrap_or(0), APART],
        Body::Question { .. } | Body::Choice { .. } => {
            let next = had.iter().map(|face| face.number).filter(|n| *n < APART).max().map_or(0, |most| most + 1);
            vec![gaps::single(&had, &wanted[0]).unwrap_or(next)]
        }
    };
    number(card, &numbers);
    keep_form(card, form);
    let faces = Faces { numbers, words: wanted, at: now };
    card.lineage.was = was(entry, &had, &faces, lock.was.get(entry.id));
}

/// Which direction of a pair is which: it may have been turned round.
fn directions(had: &[Had], wanted: &[String]) -> Vec<u16> {
    let [first, second] = had else { return vec![0, 1] };
    let straight = gaps::near(&first.words, &wanted[0]) || gaps::near(&second.words, &wanted[1]);
    let turned = gaps::near(&first.words, &wanted[1]) || gaps::near(&second.words, &wanted[0]);
    if turned && !straight { vec![second.number, first.number] } else { vec![first.number, second.number] }
}

/// The faces that a card had, the gaps that went before among them.
pub(super) fn had(entry: &Entry, numbers: &[u16], lock: &Lock) -> Vec<Had> {
    let words: Vec<String> = match shape(entry.sides) {
        Form::Cloze => gap_words(&unescaped(&entry.sides[2..])),
        Form::Reversible => {
            let mut sides = entry.sides[2..].split('\t').map(|side| unescaped(side).into_owned());
            let front = sides.next().unwrap_or_default();
            vec![sides.next().unwrap_or_default(), front]
        }
        Form::Basic | Form::Choice => vec![answer(entry.sides)],
    };
    // The gaps of an entry bear their numbers; other faces have them beside the body.
    let numbers: Vec<u16> = match shape(entry.sides) {
        Form::Cloze => gap_numbers(&unescaped(&entry.sides[2..])),
        _ if numbers.is_empty() => (0..).take(words.len()).collect(),
        _ => numbers.to_vec(),
    };
    let live = words.into_iter().zip(numbers).map(|(words, number)| Had { number, words, live: true });
    let gone = lock.gaps.get(entry.id).into_iter().flatten();
    live.chain(gone.map(|(number, words)| Had { number: *number, words: unescaped(words).into_owned(), live: false }))
        .collect()
}

/// The first gap takes over the face that a question had where their words agree; the others are new.
fn from_question(had: &[Had], wanted: &[String], form: Form) -> Vec<u16> {
    let heir =
        wanted.iter().position(|words| had.iter().any(|face| face.live && !substance::changed(&face.words, words)));
    let heir = heir.or(if wanted.len() == 1 { Some(0) } else { None });
    let room = if form == Form::Reversible { 2 } else { 1 };
    let mut next =
        had.iter().map(|face| face.number).filter(|n| *n < APART).max().map_or(room, |most| room.max(most + 1));
    let first = had.iter().find(|face| face.live).map_or(0, |face| face.number);
    let number = |index| {
        if heir == Some(index) {
            return first;
        }
        next += 1;
        next - 1
    };
    (0..wanted.len()).map(number).collect()
}

/// What each face of a body with these sides answers, in order; of a gap its words.
fn words(body: &Body, sides: &str) -> Vec<String> {
    match body {
        Body::Cloze { .. } => gap_words(&unescaped(&sides[2..])),
        Body::Reversible { .. } => {
            let mut parts = sides[2..].split('\t').map(|side| unescaped(side).into_owned());
            let front = parts.next().unwrap_or_default();
            vec![parts.next().unwrap_or_default(), front]
        }
        Body::Question { .. } | Body::Choice { .. } => vec![answer(sides)],
    }
}

/// The numbers of the gaps of a marked text, less one, ascending.
fn gap_numbers(marked: &str) -> Vec<u16> {
    let starts = marked.split("{{c").skip(1);
    let mut numbers: Vec<u16> = starts
        .filter_map(|behind| behind.split_once("::")?.0.parse::<u16>().ok())
        .map(|number| number.saturating_sub(1))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The words of the gaps of a marked text by number; gaps of one number are asked together.
fn gap_words(marked: &str) -> Vec<String> {
    let numbers = gap_numbers(marked);
    let mut out = vec![Vec::new(); numbers.len()];
    for (behind, words) in marked.split("{{c").skip(1).zip(cut(marked).1) {
        let number = behind.split_once("::").and_then(|(number, _)| number.parse::<u16>().ok());
        if let Some(at) = number.and_then(|n| numbers.binary_search(&n.saturating_sub(1)).ok()) {
            out[at].push(words);
        }
    }
    out.into_iter().map(|words| words.join(" … ")).collect()
}

/// Gives the faces of a card their numbers: gaps in the text itself, others beside the body.
fn number(card: &mut Card, numbers: &[u16]) {
    let gaps = card.body.gaps();
    let natural: Vec<u16> = match &mut card.body {
        Body::Cloze { text } => {
            *text = renumbered(text, &gaps, numbers);
            gaps.iter().map(|gap| gap.saturating_sub(1)).collect()
        }
        _ => (0..).take(numbers.len()).collect(),
    };
    card.lineage.faces = if numbers == natural { Vec::new() } else { numbers.to_vec() };
}

fn renumbered(text: &Content, gaps: &[u16], numbers: &[u16]) -> Content {
    if gaps.iter().zip(numbers).all(|(gap, number)| gap.saturating_sub(1) == *number) {
        return text.clone();
    }
    let change = |text: &Text| {
        text.restyle(|style| {
            if let Some(gap) = &mut style.gap {
                let at = gaps.binary_search(&gap.number);
                gap.number = at.ok().and_then(|at| numbers.get(at)).map_or(gap.number, |number| number + 1);
            }
        })
    };
    text.map_texts(&change)
}

fn keep_form(card: &mut Card, form: Form) {
    card.lineage.form = (form != Form::of(&card.body)).then_some(form);
}

/// What the answer was, where it has changed in substance: now, or before and not back again.
fn was(entry: &Entry, had: &[Had], now: &Faces, earlier: Option<&Was>) -> Option<Was> {
    let said = now.words.join(" · ");
    if earlier.is_some_and(|was| !substance::changed(&was.answer, &said)) {
        return None;
    }
    let mut faces = now.numbers.iter().zip(&now.words);
    let changed = faces.any(|(number, words)| {
        had.iter().any(|face| face.live && face.number == *number && substance::changed(&face.words, words))
    });
    let at = now.at.filter(|_| changed);
    at.map(|at| Was { answer: answer(entry.sides), at }).or_else(|| earlier.cloned())
}

/// The faces of a card after an edit.
struct Faces {
    numbers: Vec<u16>,
    words: Vec<String>,
    /// The second of the edit.
    at: Option<i64>,
}
