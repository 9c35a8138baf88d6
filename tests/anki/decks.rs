//! Hand-made decks for Anki to judge: one with every kind of body, one with the characters and
//! constructs that exporters get wrong.

use recto::card::{Blob, Body, Card, CardId, Choice, Content, Deck, Kind, Media, Part, SourcePlace};
use recto::markdown::text::{Atom, Gap, Style, Text};
use recto::source::{FileId, Span};

/// A card of every body, with everything beside it that a card may have.
pub(crate) fn every_body() -> Deck {
    let mut deck = Deck { name: "Exam".to_owned(), ..Deck::default() };
    let mut add = |kind, body| push(&mut deck, "Exam::Streams", kind, body);
    add(Kind::Fact, question(Content::words("How long does a stream keep records?"), Content::words("24 hours")));
    add(Kind::Comparison, Body::Reversible { front: Content::words("Shard"), back: Content::words("Unit of scale") });
    let sentence = Text::words("A shard takes 1 MB or 1,000 records a second.");
    add(Kind::Trap, Body::Cloze { text: Content::text(sentence.with_gap(14..18, 1).with_gap(22..35, 2)) });
    let options = [("Kinesis", true), ("S3", false), ("SQS", true), ("Glue", false)];
    add(Kind::Choice, choice("Which two hold a queue of records?", &options));
    add(Kind::List, question(Content::words("What can a table hold?"), blocks()));
    add(Kind::Tip, question(Content::words("قاعدة ذهبية"), Content::words("اقرأ السؤال مرتين")));
    add(Kind::Decision, question(Content::words("どちらを選びますか。"), Content::words("低遅延なら Streams")));
    for card in &mut deck.cards {
        card.why = Some(Content::words("the default is 24 hours; up to 365 days can be asked for, at a price"));
    }
    deck
}

/// What goes wrong elsewhere.
pub(crate) fn awkward() -> Deck {
    let mut deck = Deck { name: " Prüfung:: ::Grundlagen ".to_owned(), ..Deck::default() };
    let picture = Media { name: "bild-größe&co-1a2b3c4d.png".to_owned(), content: Blob::Bytes(PIXEL.to_vec()) };
    for (front, back) in sides(&picture.name) {
        push(&mut deck, "", Kind::Fact, question(front, back));
    }
    for (kind, text) in (0..).zip(clozes()).map(|(n, text)| (Kind::ALL[n % 8], text)) {
        push(&mut deck, "prüfung::\"Lücken\" & <mehr>", kind, Body::Cloze { text });
    }
    push(
        &mut deck,
        "Prüfung::A",
        Kind::Decision,
        Body::Reversible { front: math(r"a<b"), back: code("a<b && c{{c1::d}}") },
    );
    let options = [("`<b>`", false), ("{{c1::x}}", true), ("# no comment", false), ("مرحبا", false)];
    push(&mut deck, "Prüfung", Kind::Choice, choice("#hash & \"quotes\", which?", &options));
    deck.cards[0].tags = ["two words", "Straße::x::::y", "STRASSE", "a\u{3000}b", "\"q\""].map(str::to_owned).to_vec();
    deck.cards[1].trail = vec!["A & B <c>".to_owned(), "{{Front}}".to_owned(), r"\(x\)".to_owned()];
    deck.cards[2].why = Some(blocks());
    deck.media.push(picture);
    deck
}

fn push(deck: &mut Deck, name: &str, kind: Kind, body: Body) {
    let number = deck.cards.len();
    let span = Span::new(FileId(0), number, number + 1);
    deck.cards.push(Card {
        id: CardId(format!("judged{number:06}")),
        kind,
        body,
        trail: vec!["Streams".to_owned(), "Limits".to_owned()],
        deck: name.to_owned(),
        tags: vec!["exam".to_owned()],
        why: None,
        rule: "sample",
        anchor: span,
        span,
        source: SourcePlace { file: "notes/ströme & mehr.md".to_owned(), line: number + 1, end_line: number + 2 },
    });
}

fn question(question: Content, answer: Content) -> Body {
    Body::Question { question, answer }
}

fn choice(stem: &str, options: &[(&str, bool)]) -> Body {
    let option = |(letter, (words, correct)): (char, &(&str, bool))| Choice {
        letter,
        content: Content::words(words),
        correct: *correct,
    };
    Body::Choice { stem: Content::words(stem), options: ('A'..).zip(options).map(option).collect() }
}

fn styled(words: &str, change: impl Fn(&mut Style)) -> Text {
    Text::words(words).restyle(change)
}

fn math(latex: &str) -> Content {
    Content::text(styled(latex, |s| s.atom = Atom::Math { display: false }))
}

fn code(code: &str) -> Content {
    Content::text(styled(code, |s| s.atom = Atom::Code))
}

fn gap(text: &Text, number: u16, hint: Option<&str>) -> Text {
    text.restyle(|s| s.gap = Some(Gap { number, hint: hint.map(Into::into) }))
}

/// Fronts and backs, each with a trap of its own.
fn sides(picture: &str) -> Vec<(Content, Content)> {
    let word_pairs = [
        ("a<vector> & b>c \"d\"", "it's <script>alert(1)</script> &amp;"),
        ("# not a comment", "#tag, \"quoted\";\ttab\nline"),
        ("literal {{c1::cloze}} and {{Front}} and {{{x}}}", "<% and }} %>"),
        (r"regex \(group\) and \[class\]", r"ends in a backslash \"),
        ("[sound:none.mp3] [latex]x[/latex] [$]y[/$]", "[anki:tts lang=en_US]z[/anki:tts]"),
        ("e\u{301} is decomposed, \u{338} follows", "A\u{30a}ngstro\u{308}m"),
        ("control \u{0}\u{1f}\u{7}characters\r\u{202e}turned\u{202c}", "\u{2066}gone\u{2069}"),
        ("ما هي عاصمة مصر؟ (Cairo)", "القاهرة"),
        ("東京は日本の首都ですか。", "はい。한국어 中文"),
        ("👩‍🔬🇩🇪 emoji", "👍🏽"),
        ("123", "0"),
        ("=1+1", "-2"),
        ("What does it cost?", "$5 a month, $HOME aside"),
    ];
    let words = word_pairs.map(|(front, back)| (Content::words(front), Content::words(back)));
    let image = |alt: &str, src: &str| Content::text(styled(alt, |s| s.atom = Atom::Image { src: src.into() }));
    let struck = styled("\u{338}x", |s| s.strong = true);
    let others = [
        (math(r"\sum_{i<n} a_i \& \text{\(b\)} \\[2pt] \frac{{c}}{d}"), math(r"x > y \implies \vec{a}_{b_{c}}")),
        (code("{{c1::gap}} {{Front}} $x$ \\(y\\) [sound:a.mp3]"), code("")),
        (image("ein \"Bild\"", picture), image("lost", "img/gone.png")),
        (image("remote", "https://example.org/remote.png"), blocks()),
        (Content::text(Text::words("struck:").join(&struck)), Content::words("backslash \\")),
        (Content::text(Text::words("before math \\").join(math("x").texts()[0])), Content::words("…")),
    ];
    words.into_iter().chain(others).collect()
}

/// Every part that a side can have, nested.
fn blocks() -> Content {
    let item = |words: &str| Content::words(words);
    let nested = Content(vec![
        Part::Paragraph(Text::words("outer")),
        Part::List { start: Some(4), items: vec![item("four"), item("five")] },
    ]);
    let break_mark = styled("\n", |s| s.atom = Atom::Break);
    let link = styled("a link", |s| s.link = Some("https://example.org/?a=1&b=\"2\"".into()));
    Content(vec![
        Part::Paragraph(Text::words("first").join(&break_mark).join(&link)),
        Part::List { start: None, items: vec![nested, item("last")] },
        Part::Table {
            head: vec![Text::words("a"), Text::words("b|c")],
            rows: vec![vec![Text::words("<td>"), math("x<y").texts()[0].clone()]],
        },
        Part::Code { language: "rust,ignore".to_owned(), code: "fn a<T>() { {{c1::b}} }\n\n# end\n".to_owned() },
        Part::Math(Text::words(r"\begin{aligned} a &< b \\ c &> d \end{aligned}")),
        Part::Quote(Content::words("quoted")),
    ])
}

/// Cloze texts whose gaps hold what would end them.
fn clozes() -> Vec<Content> {
    let formula = |latex: &str| math(latex).texts()[0].clone();
    let bold = styled("bold", |s| s.strong = true);
    let partial = Text::words(r"E = {m}\frac{c^{2}}{1}");
    vec![
        Content::text(Text::words("The mean is ").join(&gap(&formula(r"\frac{a}{b_{c}}"), 1, Some("a::b")))),
        Content::text(
            Text::words("std is ").join(&gap(&Text::words("std::vec<{T}>}}"), 1, None)).then(" in {{c2::C++}}"),
        ),
        Content::text(
            gap(&Text::words("a ").join(&bold).then(" c"), 1, None).then(" and {").join(&gap(&bold, 2, None)).then("}"),
        ),
        Content::text(Text::words("call ").join(&gap(code("{{c3::x}}").texts()[0], 12, None)).then(" twice")),
        Content(vec![Part::Math(partial.with_gap(7..22, 1))]),
        Content(vec![Part::Math(gap(&Text::words(r"\frac{1}{2_{3}}"), 3, None))]),
        Content(vec![
            Part::Paragraph(Text::words("عاصمة مصر هي القاهرة").with_gap(23..37, 1)),
            Part::List {
                start: None,
                items: vec![Content::words("東京"), Content::text(Text::words("大阪").with_gap(0..3, 2))],
            },
            Part::Code { language: String::new(), code: "plain {{c9::code}}".to_owned() },
        ]),
        Content::text(Text::words("colon: ").join(&gap(&Text::words(":a:"), 1, Some("}}"))).then(":b")),
    ]
}

/// A picture of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";
