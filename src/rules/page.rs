//! What belongs to the page and not to its subject: contents, references, promotion, talk about the text.

use super::draft::Drafts;
use super::scene::{Scene, Site};
use super::topic::{clean_heading, is_count};
use super::{Example, Rule};
use crate::language::sentence::sentences;
use crate::markdown::block::{Block, BlockKind, Item};
use crate::markdown::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    name: "page",
    summary: "what is left alone: contents, references, promotion, talk about the text",
    manual: "\
This rule makes no cards; it keeps the rules below it from making any. Left alone are sections headed
*Contents*, *References*, *Further reading*, *Learning objectives*, *License* and the like, lists of links
into the page, and sentences such as *In this chapter we will …* or *Subscribe to …*. Cards that the author
wrote out are found there, too.",
    example: Example {
        note: "\
## Contents

- Storage: blocks and files

## Storage

In this chapter we will look at disks. A disk stores blocks.
",
        cards: "\
[fact] statement  Storage  @ 7
Q: What does a disk store?
A: blocks
",
    },
    extract,
};

/// Headings, in lower case, of sections that hold nothing to be learnt.
const SECTIONS: &[&str] = &[
    "contents", "table of contents", "toc", "index", "navigation", "links", "useful links", "references",
    "bibliography", "further reading", "external links", "sources", "resources", "additional resources", "see also",
    "related", "acknowledgements", "acknowledgments", "credits", "license", "licence", "contributing", "changelog",
    "learning objectives", "learning outcomes", "objectives", "agenda", "about the author", "about me", "contact",
    "to do", "todo", "homework", "why this works", "how to use these notes", "metadata", "cross references",
    "cross-references", "related notes", "related topics", "related concepts", "links to concepts",
    "concepts introduced", "backlinks", "open questions", "next steps", "complementary material",
    "complementary materials", "supplementary material", "additional material", "source example", "source code",
    "examples in the syllabus", "common exam framing", "midterm", "final exam", "inhalt", "inhaltsverzeichnis",
    "literatur", "quellen", "lernziele", "sommaire", "table des matières", "références", "índice", "contenido",
    "referencias", "目录", "参考", "参考资料",
];

/// Words, in lower case, that make a sentence one about the text or for its author.
const TALK: &[&str] = &[
    "subscribe to", "follow me", "buy me a coffee", "click here", "thanks for reading", "thank you for reading",
    "see you in the next", "last updated", "back to top", "in this chapter", "in this section", "in this lesson",
    "in this article", "in this video", "in this post", "in this tutorial", "in this guide", "we will look at",
    "we will learn", "we'll learn", "we will cover", "we'll cover", "you will learn", "you'll learn",
    "you will be able to", "by the end of this", "code on github", "available on github", "star this repo",
    "give it a star", "pull request", "the next section", "the next chapter", "the next lesson",
    "the previous section", "the previous chapter", "the previous lesson", "licensed under", "share this with",
    "okay, here's", "okay, here’s", "let me know if you", "feel free to ask", "this course has", "this repository",
    "this repo ", "in the next video", "in the previous video",
];

fn extract(scene: &Scene, out: &mut Drafts) {
    for site in &scene.sites {
        match &site.block.kind {
            BlockKind::Heading { text, .. } if heads_none(text) && !goes_on(site, text) => section(site, out),
            BlockKind::List { items, .. } if leads_around(items) || warns(site) => out.left_out.push(site.block.span),
            BlockKind::Paragraph(text) if is_caption(text) || is_count(&text.plain().trim().to_lowercase()) => {
                out.left_out.push(site.block.span);
            }
            BlockKind::Paragraph(text) => talk(scene, out, text),
            _ => {}
        }
    }
}

/// Headings of sections that hold nothing to be learnt, with a number or a name behind: `Assignment 2`, `Worked example (coin)`.
const BEGINNINGS: &[&str] = &[
    "assignment ", "homework ", "worked example", "open questions ", "interview answer", "interview timed",
    "interview bad",
];

fn heads_none(heading: &Text) -> bool {
    let lower = clean_heading(heading).plain().trim().to_lowercase();
    let begins = || BEGINNINGS.iter().any(|lead| lower.starts_with(lead)) && lower.len() < 60;
    SECTIONS.contains(&lower.as_str()) || begins()
}

/// Whether a section that may tell what to do next has sections of its own, and so a matter.
fn goes_on(site: &Site, heading: &Text) -> bool {
    let next = clean_heading(heading).plain().trim().eq_ignore_ascii_case("next steps");
    next && site.section().iter().any(Block::is_heading)
}

/// A table of contents ends at the next heading, whatever its level; other sections with all below them.
fn section(site: &Site, out: &mut Drafts) {
    let contents = site.block.text().is_some_and(|t| {
        let lower = clean_heading(t).plain().trim().to_lowercase();
        matches!(&*lower, "contents" | "table of contents" | "toc" | "index" | "navigation" | "links")
    });
    let below = site.section();
    let end = below.iter().position(Block::is_heading).filter(|_| contents).unwrap_or(below.len());
    let below = &below[..end];
    let span = below.last().map_or(site.block.span, |last| site.block.span.to(last.span));
    out.left_out.push(span);
}

/// Whether only the line above a list tells that one is not to do what it holds.
fn warns(site: &Site) -> bool {
    site.before().and_then(Block::text).is_some_and(|lead| is_warning(clean_heading(lead).plain()))
}

/// Whether a label says that what stands below it is not to be done: `DON'T`. By itself each of these says the contrary.
pub(super) fn is_warning(label: &str) -> bool {
    const WORDS: &[&str] = &[
        "don't", "don’t", "dont", "don'ts", "don’ts", "do not", "avoid", "never", "never do", "what not to do",
        "things to avoid", "not recommended", "bad", "wrong",
    ];
    WORDS.contains(&label.to_lowercase().trim_matches(|c: char| !c.is_alphabetic()))
}

/// Whether every item of a list leads to a place on the same page.
fn leads_around(items: &[Item]) -> bool {
    let linked = |item: &Item| {
        item.text().is_some_and(|text| {
            let wordy =
                |r: &&crate::markdown::text::Run| text.plain()[r.start..r.end].chars().any(char::is_alphanumeric);
            text.runs().iter().filter(wordy).all(|r| r.style.link.as_ref().is_some_and(|link| link.starts_with('#')))
        })
    };
    items.len() > 1 && items.iter().all(linked)
}

/// `Figure 1: …`, `Fig. 2 – …`, `Table 3. …`: a line that names a picture or a table.
fn is_caption(text: &Text) -> bool {
    const WORDS: &[&str] = &["figure ", "fig. ", "fig ", "table ", "abbildung ", "abb. ", "tabelle ", "图 ", "表 "];
    let lower: String = text.plain().chars().take(24).flat_map(char::to_lowercase).collect();
    let Some(rest) = WORDS.iter().find_map(|word| lower.strip_prefix(word)) else { return false };
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let numbered = behind.len() < rest.len() && rest.starts_with(|c: char| c.is_ascii_digit());
    numbered
        && (rest[..rest.len() - behind.len()].ends_with('.') || behind.trim_start().starts_with([':', '–', '—', '-']))
}

fn talk(scene: &Scene, out: &mut Drafts, text: &Text) {
    let lower = text.plain().to_lowercase();
    if !TALK.iter().any(|words| lower.contains(words)) {
        return;
    }
    for range in sentences(&text.mask()) {
        let sentence = text.slice(range);
        let lower = sentence.plain().to_lowercase();
        if TALK.iter().any(|words| lower.contains(words)) {
            out.left_out.extend(scene.span_of(&sentence));
        }
    }
}
