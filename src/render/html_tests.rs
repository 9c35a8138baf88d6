//! HTML for Anki, from hand-made sides.

use super::*;
use crate::markdown::text::{Atom, Gap, Style};

const GAPS: Html = Html { media: &BTreeSet::new(), gaps: true };
const PLAIN: Html = Html { media: &BTreeSet::new(), gaps: false };

fn run(text: &mut Text, words: &str, change: impl Fn(&mut Style)) {
    let mut style = Style::default();
    change(&mut style);
    text.push(words, style, None);
}

fn gap(style: &mut Style, number: u16, hint: Option<&str>) {
    style.gap = Some(Gap { number, hint: hint.map(Into::into) });
}

fn one(words: &str, change: impl Fn(&mut Style)) -> Text {
    let mut text = Text::default();
    run(&mut text, words, change);
    text
}

#[test]
fn marks_nest_and_stay_open() {
    let mut text = Text::default();
    run(&mut text, "a", |s| s.strong = true);
    run(&mut text, "b", |s| (s.strong, s.emphasis) = (true, true));
    run(&mut text, "c", |s| s.emphasis = true);
    assert_eq!(PLAIN.text(&text), "<b>a<i>b</i></b><i>c</i>");
}

#[test]
fn one_gap_with_bold_inside_is_one_cloze() {
    let mut text = Text::words("x ");
    run(&mut text, "a ", |s| gap(s, 1, Some("h::i")));
    run(&mut text, "b", |s| (gap(s, 1, None), s.strong = true).1);
    run(&mut text, "c", |s| gap(s, 2, None));
    assert_eq!(GAPS.text(&text), "x {{c1::a <b>b</b>::h:&#58;i}}{{c2::c}}");
    assert_eq!(PLAIN.text(&text), "x a <b>b</b>c");
}

#[test]
fn math_in_a_gap_keeps_its_braces() {
    let math = one(r"\frac{a}{b_{c}}<1", |s| (gap(s, 1, None), s.atom = Atom::Math { display: false }).1);
    assert_eq!(GAPS.text(&math), r"{{c1::\(\frac{a}{b_{c} }&lt;1\)}}");
    let formula = Text::words(r"x={a}+\frac{1}{2}").with_gap(6..17, 1);
    assert_eq!(
        GAPS.content(&Content(vec![Part::Math(formula)])),
        r#"<div class="formula">\[x={a}+{{c1::\frac{1}{2} }}\]</div>"#
    );
}

#[test]
fn only_safe_links_are_links() {
    let link = |target: &str| PLAIN.text(&one("x", |s| s.link = Some(target.into())));
    assert_eq!(link("https://a.b/?c=1&d=\""), "<a href=\"https://a.b/?c=1&amp;d=&quot;\">x</a>");
    assert_eq!(link("mailto:a@b.c"), "<a href=\"mailto:a@b.c\">x</a>");
    assert_eq!([link("javascript:alert(1)"), link("data:text/html,x"), link("other.md#y")], ["x", "x", "x"]);
}

#[test]
fn pictures_are_shown_where_they_travel_along() {
    let media = BTreeSet::from(["a&b.png".to_owned(), "a.mp3".to_owned()]);
    let html = Html { media: &media, gaps: false };
    let image = |src: &str| html.text(&one("A \"b\"", |s| s.atom = Atom::Image { src: src.into() }));
    assert_eq!(image("a&b.png"), "<img src=\"a&amp;b.png\" alt=\"A &quot;b&quot;\">");
    assert_eq!(image("gone.png"), "[image: A &quot;b&quot;]");
    assert_eq!([image("a.mp3"), image("gone.mp3")], ["[sound:a.mp3]", "&#91;sound: A &quot;b&quot;]"]);
}

#[test]
fn blocks() {
    let list = Part::List { start: Some(3), items: vec![Content::words("a"), Content::words("b")] };
    let table = Part::Table { head: vec![Text::words("h")], rows: vec![vec![Text::words("<c>")]] };
    let code = Part::Code { language: "C++ \"x\"".into(), code: "{{c1::a}} < b\n".into() };
    let side = Content(vec![Part::Paragraph(Text::words("p")), list, table, code]);
    assert_eq!(
        PLAIN.content(&side),
        "<p>p</p><ol start=\"3\"><li>a</li><li>b</li></ol>\
         <div class=\"table\"><table><tr><th>h</th></tr><tr><td>&lt;c&gt;</td></tr></table></div>\
         <pre><code class=\"language-c++\">{&#123;c1::a}} &lt; b</code></pre>"
    );
}
