//! What a terminal shows, from notes compiled by the real parser and from hand-made sides.

use super::*;
use crate::markdown::text::{Gap, Style as Marks};
use unicode_width::UnicodeWidthStr;

fn look(width: usize) -> Look {
    Look { width, theme: Theme::Mono }
}

fn shown(lines: &[Line]) -> String {
    let line = |line: &Line| line.spans.iter().map(|span| span.content.as_ref()).collect::<String>();
    lines.iter().map(|l| line(l).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn math(latex: &str) -> Text {
    let mut text = Text::default();
    text.push(latex, Marks { atom: Atom::Math { display: false }, ..Marks::default() }, None);
    text
}

#[test]
fn words_are_broken_where_unicode_allows() {
    let side = Content::words("The quick brown fox — jumps over 漢字仮名交じり文、の例。");
    assert_eq!(shown(&content(&side, look(16))), "The quick brown\nfox — jumps over\n漢字仮名交じり\n文、の例。");
    assert_eq!(shown(&content(&Content::words("abcdefghijklmno"), look(10))), "abcdefghij\nklmno");
    assert_eq!(shown(&content(&Content::words("👩\u{200d}🔬👩\u{200d}🔬 x"), look(8))), "👩\u{200d}🔬👩\u{200d}🔬 x");
}

#[test]
fn nothing_of_a_note_steers_the_terminal() {
    let evil = "a\u{1b}[2J\u{1b}]0;title\u{7}b\u{202e}c\u{9b}31m\r\u{8}";
    let mut text = Text::words(evil);
    text.push(evil, Marks { atom: Atom::Code, ..Marks::default() }, None);
    text.push(evil, Marks { atom: Atom::Image { src: evil.into() }, ..Marks::default() }, None);
    text.append(&math(evil));
    let code = Part::Code { language: evil.into(), code: format!("{evil}\n\tx") };
    let table = Part::Table { head: vec![text.clone()], rows: vec![vec![text.clone()]] };
    let formula = Part::Math(Text::words(evil));
    let side = Content(vec![Part::Paragraph(text), code, table, formula]);
    for width in [8, 40, 200] {
        let screen = shown(&content(&side, look(width)));
        assert!(!screen.contains(|c: char| c.is_control() && c != '\n'), "{screen:?}");
        assert!(!screen.contains('\u{202e}'));
    }
    assert!(!shown(&words(evil, Role::Plain, look(40))).contains('\u{1b}'));
}

#[test]
fn lists_quotes_code_and_formulas() {
    let inner = Part::List { start: None, items: vec![Content::words("deep and long enough")] };
    let items = vec![Content(vec![Part::Paragraph(Text::words("one two three four")), inner]), Content::words("b")];
    let side = Content(vec![
        Part::List { start: Some(9), items },
        Part::Quote(Content::words("said is said")),
        Part::Code { language: "sh".into(), code: "echo \"a very long line\"\n".into() },
        Part::Math(Text::words("\\frac{a}{b}")),
        Part::Math(Text::words("\\ce{H2O}")),
    ]);
    assert_eq!(
        shown(&content(&side, look(18))),
        "9. one two three\n   four\n   • deep and long\n     enough\n10. b\n\n▏ said is said\n\n│ echo \"a very lon\n│ \
         g line\"\n\n   a\n  ───\n   b\n\n`\\ce{H2O}`"
    );
}

#[test]
fn a_high_formula_stands_in_its_line() {
    let text = Text::words("so ").join(&math("\\frac{a}{b}")).then(" is less than ").join(&math("x^2"));
    assert_eq!(shown(&content(&Content::text(text), look(24))), "    a\nso ─── is less than x²\n    b");
}

#[test]
fn tables_stand_side_by_side_where_there_is_room() {
    let head = vec![Text::words("class"), Text::words("retrieval of an object")];
    let rows = vec![vec![Text::words("Glacier"), Text::words("minutes to hours")]];
    let table = Content(vec![Part::Table { head, rows }]);
    assert_eq!(
        shown(&content(&table, look(40))),
        "class   │ retrieval of an object\n────────┼───────────────────────\nGlacier │ minutes to hours"
    );
    assert_eq!(
        shown(&content(&table, look(20))),
        "class   │ retrieval\n        │ of an\n        │ object\n────────┼───────────\nGlacier │ minutes to\n        │ hours"
    );
    assert_eq!(
        shown(&content(&table, look(14))),
        "• class:\n  Glacier\n  retrieval of\n  an object:\n  minutes to\n  hours"
    );
}

#[test]
fn no_line_is_wider_than_the_screen() {
    let mut text = Text::words("a gap: ");
    text.push("漢字", Marks { gap: Some(Gap { number: 1, hint: None }), ..Marks::default() }, None);
    let text = text.join(&math("\\frac{aaaaaaaaaaaaaaa}{b}"));
    let cells = vec![text.clone(), text.clone(), text.clone()];
    let table = Part::Table { head: cells.clone(), rows: vec![cells] };
    let list = Part::List { start: Some(1_000), items: vec![Content(vec![table])] };
    let side = Content(vec![Part::Paragraph(text), Part::Quote(Content(vec![list]))]);
    for width in 24..90 {
        for line in content(&side, look(width)) {
            let line = shown(&[line]);
            assert!(line.width() <= width, "{width}: {line}");
        }
    }
}
