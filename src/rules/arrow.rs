//! Facts and decisions with an arrow: `Vitamin C deficiency → scurvy`, `Need SQL? → Aurora`, and
//! decision trees drawn in a block of code.

use std::borrow::Cow;
use std::ops::Range;

use super::draft::{Draft, Drafts, Made, one_gap, question};
use super::head::head;
use super::opening::Opening;
use super::scene::{Scene, Site};
use super::term::item_span;
use super::{Example, Rule};
use crate::card::{Body, Kind};
use crate::language::english::base_verb;
use crate::language::english::clause::{is_adverb, may_be_clause, parse, parse_without_subject, words};
use crate::language::is_emoji;
use crate::language::sentence::split_outside;
use crate::markdown::block::BlockKind;
use crate::markdown::text::{Atom, Text};

/// The rule.
pub const RULE: Rule = Rule {
    name: "arrow",
    summary: "what an arrow leads to, and decision trees",
    manual: "\
A bullet or a line of its own with one arrow (`→`, `->`, `=>`, `$\\to$`) has what the arrow leads to as its
gap. Where the left side is a question, the right side is what to choose. A tree of questions drawn with
`├──` or by indentation in a block of code is one card for each of its leaves. Three parts or more are the rule
`sequence`'s; menus (`File → Save`) are left alone.",
    example: Example {
        note: "\
- Vitamin C deficiency → scurvy
- Relational data? → Aurora

```
Need SQL?
├── yes → Aurora
└── no → DynamoDB
```
",
        cards: "\
[fact] arrow  @ 1
C: Vitamin C deficiency → {{c1::scurvy}}

[decision] arrow  @ 2
Q: What do you choose for relational data?
A: Aurora

[decision] arrow  @ 4-8
C: Need SQL? → yes → {{c1::Aurora}}

[decision] arrow  @ 4-8
C: Need SQL? → no → {{c1::DynamoDB}}
",
    },
    extract,
};

/// How arrows are written.
const ARROWS: &[&str] = &["→", "⟶", "➔", "➜", "⇒", "⟹", "->", "=>"];

/// How formulas write them.
const FORMULAS: &[&str] =
    &["\\to", "\\rightarrow", "\\Rightarrow", "\\longrightarrow", "\\implies", "\\Longrightarrow", "\\mapsto"];

fn extract(scene: &Scene, out: &mut Drafts) {
    for site in &scene.sites {
        match &site.block.kind {
            BlockKind::Paragraph(text) if !scene.is_dialogue(text) => lines(scene, out, site, text),
            BlockKind::Code { code, .. } => {
                for body in leaves(code) {
                    let made = Made { body, fallback: None };
                    let span = site.block.span;
                    out.push(Draft::new(&RULE, Kind::Decision, made).at(span, span).under(site));
                }
            }
            _ => {}
        }
    }
}

/// The text with arrows that stand in formulas of their own written out.
pub fn with_arrows(text: &Text) -> Cow<'_, Text> {
    let arrow = |r: &crate::markdown::text::Run| {
        matches!(r.style.atom, Atom::Math { .. }) && FORMULAS.contains(&text.plain()[r.start..r.end].trim())
    };
    if !text.runs().iter().any(arrow) {
        return Cow::Borrowed(text);
    }
    let add = |out: Text, run: &crate::markdown::text::Run| {
        if arrow(run) { out.then("→") } else { out.join(&text.slice(run.start..run.end)) }
    };
    Cow::Owned(text.runs().iter().fold(Text::default(), add))
}

/// The parts between arrows.
pub fn parts(mask: &str) -> Vec<Range<usize>> {
    split_outside(mask, |rest| ARROWS.iter().find(|a| rest.starts_with(**a)).map(|a| a.len()))
}

fn lines(scene: &Scene, out: &mut Drafts, site: &Site, text: &Text) {
    if !text.plain().contains(['→', '⟶', '➔', '➜', '⇒', '⟹', '>', '\\']) {
        return;
    }
    let note = &scene.document.file.text;
    let lines = text.lines(note);
    let all = lines.iter().all(|line| parts(&with_arrows(line).mask()).len() == 2);
    for line in lines.iter().filter(|_| all) {
        let Some((kind, body)) = card(scene, &with_arrows(line)) else { continue };
        let anchor = scene.span_of(line).unwrap_or(site.block.span);
        let made = Made { body, fallback: None };
        let span = if lines.len() == 1 { item_span(site) } else { anchor };
        out.push(Draft::new(&RULE, kind, made).at(anchor, span).under(site));
    }
}

/// The card of `left → right`.
fn card(scene: &Scene, line: &Text) -> Option<(Kind, Body)> {
    let closing = |c: char| c.is_whitespace() || is_emoji(c) || matches!(c, '.' | ';');
    let line = line.trim_matches(closing);
    let mask = line.mask();
    let [left, right] = parts(&mask).try_into().ok()?;
    let (from, to) = (line.slice(left.clone()).trim(), line.slice(right.clone()).trim());
    let count = |t: &Text| words(t.plain()).len();
    // `0 → asleep`: a number by itself is no need and no cause.
    if !from.plain().chars().any(char::is_alphabetic) && from.runs().iter().all(|r| r.style.atom == Atom::Words) {
        return None;
    }
    let image = line.runs().iter().any(|r| matches!(r.style.atom, Atom::Image { .. }));
    let sized = (1..=14).contains(&count(&from)) && (1..=16).contains(&count(&to)) && line.plain().len() < 240;
    let labelled = head(&line).is_some_and(|h| !h.dash || h.remark) && !from.plain().ends_with(['?', '？']);
    // `On-premises → often requires …` says something of a thing, and much that nobody could recite.
    let told = scene.is_english() && count(&to) > 5 && parse_without_subject(&to.mask()).is_some();
    if told || image || labelled || !sized || is_menu(&from) || to.plain().ends_with([':', '?']) || is_linked(&line) {
        return None;
    }
    if scene.is_english() && (Opening::points(&from.plain().to_lowercase()) || from.plain().ends_with(',')) {
        return None;
    }
    if from.plain().ends_with(['?', '？']) {
        return Some((Kind::Decision, chosen(scene, &from, &to).or_else(|| one_gap(&line, right))?));
    }
    let shown = from.then(" → ");
    let start = shown.plain().len();
    let shown = shown.join(&to);
    let end = shown.plain().len();
    Some((Kind::Fact, one_gap(&shown, start..end)?))
}

/// `Relational data? → Aurora`
fn chosen(scene: &Scene, from: &Text, to: &Text) -> Option<Body> {
    let need = from.trim_matches(|c| c.is_whitespace() || matches!(c, '?' | '？'));
    let need = need.slice(head(&need).map_or(0, |h| h.rest.start)..need.plain().len());
    let found = words(need.plain());
    let first = found.first()?.lower.to_string();
    let asks = [
        "is", "are", "do", "does", "can", "has", "have", "should", "was", "need", "want", "will", "what", "which",
        "who", "how", "when", "where", "why",
    ];
    let acts = found.iter().find(|w| !is_adverb(&w.lower)).is_some_and(|w| {
        base_verb(&w.lower).is_some_and(|v| !v.noun_too) || matches!(&*w.lower, "have" | "need" | "want")
    });
    if scene.is_english() && acts {
        let front = Text::words("What do you choose if you ").join(&lowered(&need)).then("?");
        return Some(question(front, to.clone()));
    }
    let pronoun = is_adverb(&first) || matches!(&*first, "you" | "we" | "i");
    let noun = !pronoun && !asks.contains(&&*first) && parse(&need.mask()).is_none() && !may_be_clause(&need.mask());
    if !scene.is_english() || !noun {
        return None;
    }
    let name = crate::language::english::ask::inside(&need, &scene.lower);
    let small = found.len() > 1 && !found[1].capital && found[0].end - found[0].start > 1;
    let name = if small { lowered(&name) } else { name };
    Some(question(Text::words("What do you choose for ").join(&name).then("?"), to.clone()))
}

/// The first letter in lower case, unless the word is an acronym or a name with capitals inside.
pub fn lowered(name: &Text) -> Text {
    let word = name.plain().split(' ').next().unwrap_or_default();
    let ordinary = word.chars().skip(1).all(|c| c.is_lowercase() || c == '-');
    match name.plain().chars().next().filter(|c| ordinary && c.is_uppercase()) {
        Some(c) => Text::words(c.to_lowercase().to_string()).join(&name.slice(c.len_utf8()..name.plain().len())),
        None => name.clone(),
    }
}

/// `File → Save`, `Settings → Network`: where to click.
fn is_menu(from: &Text) -> bool {
    const MENUS: &[&str] = &[
        "file", "edit", "view", "settings", "tools", "menu", "insert", "options", "help", "home", "start",
        "preferences", "window", "format", "run", "go",
    ];
    MENUS.contains(&from.plain().trim().to_lowercase().as_str())
}

/// Whether nothing but links stands on a line.
fn is_linked(line: &Text) -> bool {
    let wordy = |r: &&crate::markdown::text::Run| line.plain()[r.start..r.end].chars().any(char::is_alphanumeric);
    line.runs().iter().filter(wordy).all(|r| r.style.link.is_some())
}

/// A card for each leaf of a decision tree: the way to it, and what stands there.
fn leaves(code: &str) -> Vec<Body> {
    let nodes: Vec<(usize, &str)> = code.lines().filter_map(node).collect();
    let told = |words: &str| words.ends_with('?') || ARROWS.iter().any(|arrow| words.contains(arrow));
    let indented = || nodes.len() > 2 && nodes.iter().all(|(_, words)| told(words));
    let drawn = code.contains("├─") || code.contains("└─") || indented();
    if !drawn || !nodes.iter().any(|(_, words)| words.contains('?')) || nodes.len() > 60 {
        return Vec::new();
    }
    let mut way: Vec<(usize, &str)> = Vec::new();
    let mut out = Vec::new();
    for (at, (column, words)) in nodes.iter().enumerate() {
        way.retain(|(c, _)| c < column);
        way.push((*column, words));
        let leaf = nodes.get(at + 1).is_none_or(|(next, _)| next <= column);
        if leaf && !words.ends_with('?') && way[0].1.ends_with('?') {
            out.extend(leaf_card(&way));
        }
    }
    out
}

/// A line of a tree: the column of its words and the words.
fn node(line: &str) -> Option<(usize, &str)> {
    let words = line.trim_start_matches(|c: char| c.is_whitespace() || "│├└─|`+-".contains(c));
    let column = line[..line.len() - words.len()].chars().count();
    (!words.trim().is_empty()).then_some((column, words.trim_end()))
}

fn leaf_card(way: &[(usize, &str)]) -> Option<Body> {
    let whole: Vec<&str> = way.iter().map(|(_, words)| *words).collect();
    let whole = whole.join(" → ");
    let last = ["→ ", "-> ", "=> ", ": "].iter().filter_map(|a| whole.rfind(a).map(|at| at + a.len())).max()?;
    let text = Text::words(whole.replace("-> ", "→ ").replace("=> ", "→ "));
    let from = text.plain().len() - (whole.len() - last);
    one_gap(&text, from..text.plain().len())
}
