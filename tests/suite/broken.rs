//! Decks that break an invariant on purpose: the invariants must notice.

use crate::invariants;
use crate::store::{cloze, fact};
use crate::support::{self, Outcome, ensure};
use libtest_mimic::Trial;
use recto::Compilation;
use recto::card::{Card, CardId, Deck, SourcePlace};
use recto::source::{FileId, SourceFile, Span};

/// How an invariant's name begins, and a change to two sound cards that breaks it.
type Damage = (&'static str, fn(&mut [Card]));

const BROKEN: &[Damage] = &[
    ("spans lie in the file", |cards| cards[0].span.end = 1000),
    ("spans lie in the file", |cards| cards[0].anchor.start = 1),
    ("spans lie in the file", |cards| cards[0].anchor.file = FileId(7)),
    ("the anchor lies within", |cards| cards[0].anchor.end = cards[0].span.end + 1),
    ("source lines are those", |cards| cards[0].source.line += 1),
    ("source lines are those", |cards| cards[0].source.end_line += 1),
    ("source lines are those", |cards| cards[0].source.file.push('x')),
    ("ids are unique", |cards| cards[1].id = cards[0].id.clone()),
    ("ids are unique", |cards| cards[0].id = CardId("short".to_owned())),
    ("no side is empty", |cards| cards[0].body = fact(1, "S3", " ").body),
    ("no side is empty", |cards| cards[0].body = cloze(1, "no gap", &[]).body),
    ("no side is empty", |cards| cards[0].body = cloze(1, "a gap", &[(1, " ")]).body),
    ("one front has one answer", |cards| cards[1].body = fact(1, "S3", "something else").body),
    ("texts hold no stray", |cards| cards[0].body = fact(1, "S3", "a\r").body),
    ("texts hold no stray", |cards| cards[0].body = fact(1, "S3", "\u{301}a").body),
    ("two runs agree", |_| {}),
];

/// One test for all of them.
pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("invariants: each notices what breaks it", each_notices)]
}

fn each_notices() -> Outcome {
    let text = "ä S3: storage  \nEBS: blocks\n";
    let files = [SourceFile::new(FileId(0), "a.md", text)];
    for (name, damage) in BROKEN {
        let mut cards = vec![sound(1, "S3", 0, 17), sound(2, "EBS", 18, text.len())];
        damage(&mut cards);
        let out = Compilation { deck: Deck { cards, ..Deck::default() }, ..Compilation::default() };
        let words = invariants::check(&files, &support::default_config(), &out).err();
        let words = words.and_then(|failed| failed.message().map(str::to_owned)).unwrap_or_default();
        ensure(words.contains(&format!("broken: {name}")), || format!("`{name}` was not noticed:\n{words}"))?;
    }
    Ok(())
}

/// A card of the one line that the bytes are in.
fn sound(number: usize, front: &str, start: usize, end: usize) -> Card {
    let span = Span::new(FileId(0), start, end);
    let source = SourcePlace { file: "a.md".to_owned(), line: number, end_line: number };
    Card { span, anchor: Span { end: start + 3, ..span }, source, ..fact(number, front, "storage") }
}
