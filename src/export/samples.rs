//! A small deck with a card of every body, for the exporters' unit tests.

use crate::card::{Body, Card, CardId, Choice, Content, Deck, Kind, SourcePlace};
use crate::markdown::text::Text;
use crate::source::{FileId, Span};

fn card(id: &str, kind: Kind, body: Body) -> Card {
    let span = Span::new(FileId(0), 0, 9);
    Card {
        id: CardId(id.to_owned()),
        kind,
        body,
        trail: vec!["Streams".to_owned(), "Limits".to_owned()],
        deck: "Exam::Streams".to_owned(),
        tags: vec!["aws".to_owned()],
        why: Some(Content::words("because")),
        rule: "sample",
        anchor: span,
        span,
        source: SourcePlace { file: "streams.md".to_owned(), line: 3, end_line: 4 },
    }
}

/// One card of every body.
pub(super) fn deck() -> Deck {
    let option = |letter, words: &str, correct| Choice { letter, content: Content::words(words), correct };
    let bodies = [
        (
            "AAAAAAAAAAA1",
            Kind::Fact,
            Body::Question { question: Content::words("q"), answer: Content::words("a, \"b\"") },
        ),
        ("AAAAAAAAAAA2", Kind::Fact, Body::Reversible { front: Content::words("f"), back: Content::words("b") }),
        ("AAAAAAAAAAA3", Kind::Trap, Body::Cloze { text: Content::text(Text::words("one two").with_gap(4..7, 1)) }),
        (
            "AAAAAAAAAAA4",
            Kind::Choice,
            Body::Choice {
                stem: Content::words("s"),
                options: vec![option('A', "x", true), option('B', "y", false), option('C', "z", true)],
            },
        ),
    ];
    let cards = bodies.into_iter().map(|(id, kind, body)| card(id, kind, body)).collect();
    Deck { name: "Exam".to_owned(), cards, ..Deck::default() }
}
