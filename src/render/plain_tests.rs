//! Plain text, from hand-made sides.

use super::*;
use crate::markdown::text::{Gap, Style};

#[test]
fn atoms_and_gaps() {
    let mut side = Text::words("use ");
    side.push("ls", Style { atom: Atom::Code, ..Style::default() }, None);
    side.push("\n", Style { atom: Atom::Break, ..Style::default() }, None);
    side.push("x^2", Style { atom: Atom::Math { display: false }, ..Style::default() }, None);
    side.push(" 10", Style { strong: true, ..Style::default() }, None);
    side.push("6", Style { superscript: true, ..Style::default() }, None);
    assert_eq!(text(&side), "use `ls`\n$x^2$ 10^6");
    assert_eq!(line(&Content::text(side)), "use `ls` / $x^2$ 10^6");
}

#[test]
fn a_gap_is_not_ended_by_its_own_words() {
    let gap = Gap { number: 2, hint: Some("a type".into()) };
    let mut side = Text::default();
    side.push("std::vec{}}", Style { gap: Some(gap), ..Style::default() }, None);
    assert_eq!(text(&side), "{{c2::std: :vec{} } ::a type}}");
}

#[test]
fn lists_indent_what_they_hold() {
    let inner = Part::List { start: None, items: vec![Content::words("b")] };
    let item = Content(vec![Part::Paragraph(Text::words("a")), inner]);
    let list = Part::List { start: Some(9), items: vec![item, Content::words("c")] };
    assert_eq!(content(&Content(vec![list])), "9. a\n   - b\n10. c");
}

#[test]
fn words_that_look_like_a_gap_are_none() {
    assert_eq!(text(&Text::words("{{c1::x}} {{{c2::y}} {{z}}")), "{ {c1::x}} {{ {c2::y}} {{z}}");
}
