//! What the rules for cards that an author wrote share: the tags that mark a card or a deck, which
//! blocks touch, and a side without its tags.

use std::ops::Range;

use super::content::content;
use super::scene::{Scene, Site};
use crate::card::Content;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::Text;
use crate::source::Span;

/// Tags that make a card of what they stand behind.
const CARD_TAGS: &[&str] = &["card", "flashcard", "karteikarte"];

/// Tags that say that a note holds cards, and perhaps their deck.
const DECK_TAGS: &[&str] = &["flashcards", "flashcard", "karteikarten"];

/// Tags that say so only before the name of a deck: `#cards/aws`.
const WITH_DECK: &[&str] = &["card", "cards", "anki"];

/// How many tags within a text are taken out.
const WITHIN: usize = 8;

/// A tag in running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its bytes in the plain text, the sign included.
    pub range: Range<usize>,
    /// Its name in lower case.
    pub name: String,
}

/// The tags of a text, `#name` or a link to the page of that name, such as `[[card]]`.
pub fn tags(text: &Text, note: &str) -> Vec<Tag> {
    let mask = text.mask();
    let mut out: Vec<Tag> = Vec::new();
    for (at, _) in mask.match_indices('#') {
        let apart = !mask[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | '/' | '&'));
        let rest = &mask[at + 1..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '/')).unwrap_or(rest.len());
        if apart && rest.starts_with(char::is_alphabetic) {
            out.push(Tag { range: at..at + 1 + end, name: rest[..end].to_lowercase() });
        }
    }
    out.extend(linked(text, note));
    out.sort_by_key(|tag| tag.range.start);
    // `#[[card]]` has both signs.
    out.dedup_by(|tag, before| tag.range.start < before.range.end);
    out
}

/// `[[card]]`, which is a tag too.
fn linked<'t>(text: &'t Text, note: &'t str) -> impl Iterator<Item = Tag> + 't {
    text.runs().iter().filter_map(move |run| {
        let name = text.plain()[run.start..run.end].to_lowercase();
        let source = run.source.filter(|_| CARD_TAGS.contains(&name.as_str()))?;
        let before = note.get(..source)?;
        let hashed = before.ends_with("#[[") && text.plain()[..run.start].ends_with('#');
        before.ends_with("[[").then(|| Tag { range: run.start - usize::from(hashed)..run.end, name })
    })
}

/// Whether a tag makes a card, and then whether it is to be asked in both directions.
pub fn card_tag(name: &str) -> Option<bool> {
    let base = ["-reverse", "/reverse", "-reversed", "/reversed"].iter().find_map(|end| name.strip_suffix(end));
    CARD_TAGS.contains(&base.unwrap_or(name)).then_some(base.is_some())
}

/// Whether a tag says that a note holds cards, and then the deck that it names; empty if it names none.
pub fn deck_tag(name: &str) -> Option<&str> {
    let (first, rest) = name.split_once('/').unwrap_or((name, ""));
    let lower = first.to_lowercase();
    let known = DECK_TAGS.contains(&lower.as_str()) || (!rest.is_empty() && WITH_DECK.contains(&lower.as_str()));
    (known && card_tag(&name.to_lowercase()).is_none_or(|both| !both)).then_some(rest)
}

/// A deck that a tag names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its levels, divided by `/`; empty if the tag names none.
    pub path: String,
    /// Whether the tag stands in front of one card, whose deck alone it is.
    pub single: bool,
}

/// The decks that tags at the border of a line name; a tag amid a sentence is talk of it. Of several in one line the
/// first counts.
pub fn decks_of(text: &Text, note: &str) -> Vec<Named> {
    let plain = text.plain();
    let mut found: Vec<Named> = Vec::new();
    let mut line = None;
    for tag in tags(text, note) {
        let bare = |words: &str| words.split_whitespace().all(|word| word.starts_with('#'));
        let source = text.slice(tag.range.clone()).source_range();
        let behind = source.as_ref().map_or("", |at| note[at.end..].lines().next().unwrap_or_default());
        let ends = behind.trim().is_empty();
        let begins = bare(&plain[..tag.range.start]);
        let written = plain[tag.range.clone()].trim_start_matches('#');
        if !(ends || begins || bare(&plain[tag.range.end..])) {
            continue;
        }
        let here = source.map(|at| note[..at.start].rfind('\n'));
        if let Some(path) = deck_tag(written).filter(|_| line.is_none() || line != Some(here)) {
            found.push(Named { path: path.to_owned(), single: begins && !bare(behind) });
            line = Some(here);
        }
    }
    found
}

/// Whether a note says, by a tag or a review comment, that it holds cards.
pub fn declares(scene: &Scene) -> bool {
    let note = &scene.document.file.text;
    let tagged = |text: &Text| text.plain().contains('#') && !decks_of(text, note).is_empty();
    scene.document.front.tags.iter().any(|tag| deck_tag(tag).is_some())
        || note.contains("<!--SR:")
        || scene.sites.iter().filter_map(|s| s.block.text()).any(tagged)
}

/// A text without the tags at either end, if one of all its tags has to do with cards.
#[must_use]
pub fn untagged(text: &Text, note: &str) -> Text {
    let tags = tags(text, note);
    if !tags.iter().any(|tag| card_tag(&tag.name).is_some() || deck_tag(&tag.name).is_some()) {
        return text.clone();
    }
    let plain = text.plain();
    let (mut start, mut end) = (0, plain.len());
    for tag in &tags {
        if plain[start..tag.range.start].trim().is_empty() {
            start = tag.range.end;
        }
    }
    for tag in tags.iter().rev() {
        if tag.range.start >= start && plain[tag.range.end..end].trim().is_empty() {
            end = tag.range.start;
        }
    }
    let mut out = text.slice(start..end.max(start));
    // A card's tag within the words is no part of them either.
    for _ in 0..WITHIN {
        let Some(tag) = self::tags(&out, note).into_iter().find(|tag| card_tag(&tag.name).is_some()) else { break };
        out = out.slice(0..tag.range.start).trim().then(" ").join(&out.slice(tag.range.end..out.plain().len()).trim());
    }
    out.trim()
}

/// Blocks as one side of a card, without tags.
pub fn side(scene: &Scene, blocks: &[Block]) -> Content {
    let note = &scene.document.file.text;
    let side = content(blocks).map_texts(&|text| untagged(text, note));
    match side.0.as_slice() {
        // The only child of an outline's bullet is a text, not a list of one.
        [crate::card::Part::List { start: None, items }] if items.len() == 1 => items[0].clone(),
        _ => side,
    }
}

/// Whether no blank line stands between two spans.
pub fn touches(scene: &Scene, before: Span, after: Span) -> bool {
    let between = scene.document.file.text.get(before.end..after.start).unwrap_or_default();
    before.end > after.start || between.matches('\n').count() < 2
}

/// The site of a block.
pub fn site_of<'s, 'd>(scene: &'s Scene<'d>, block: &Block) -> Option<&'s Site<'d>> {
    let first = scene.sites.partition_point(|s| s.block.span.start < block.span.start);
    let here = scene.sites[first..].iter().take_while(|s| s.block.span.start == block.span.start);
    here.into_iter().find(|s| std::ptr::eq(s.block, block))
}

/// The blocks behind a site; behind the last of a list, those behind the list, as its author may not have
/// indented them.
pub fn following<'d>(scene: &Scene<'d>, site: &Site<'d>) -> &'d [Block] {
    let (Some(parent), Some(item)) = (site.parent, site.item()) else { return site.after() };
    let BlockKind::List { items, .. } = &parent.kind else { return site.after() };
    let last = site.after().is_empty() && items.last().is_some_and(|last| std::ptr::eq(last, item));
    site_of(scene, parent).filter(|_| last).map_or(site.after(), Site::after)
}

/// Whether a block can be a part of a card's side.
pub fn is_side(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Paragraph(_)
            | BlockKind::List { .. }
            | BlockKind::Table { .. }
            | BlockKind::Quote(_)
            | BlockKind::Callout { .. }
            | BlockKind::Code { .. }
            | BlockKind::Math(_)
    )
}

/// The first so many siblings behind a site that touch it and each other and go on with its card.
pub fn touching_after<'d>(scene: &Scene, site: &Site<'d>, ends: impl Fn(&Block) -> bool) -> &'d [Block] {
    let after = site.after();
    let mut last = site.block.span;
    let count = after.iter().take_while(|block| {
        let goes_on = is_side(block) && touches(scene, last, block.span) && !ends(block);
        last = block.span;
        goes_on
    });
    let count = count.count();
    &after[..count]
}

/// From the first to the last of some blocks.
pub fn span_of(blocks: &[Block]) -> Option<Span> {
    blocks.first().zip(blocks.last()).map(|(first, last)| first.span.to(last.span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags() {
        let names = |plain| tags(&Text::words(plain), "").into_iter().map(|t| t.name).collect::<Vec<_>>();
        assert_eq!(names("What is C#? #card #os/x"), ["card", "os/x"]);
        assert_eq!(names("周期？#Card"), ["card"]);
        assert!(names("issue #12, a#card, ##card").is_empty());
    }

    #[test]
    fn knows_tags_of_cards_and_decks() {
        assert_eq!((card_tag("card"), card_tag("card/reverse"), card_tag("cards")), (Some(false), Some(true), None));
        assert_eq!(
            (deck_tag("flashcards/aws/s3"), deck_tag("flashcards"), deck_tag("card")),
            (Some("aws/s3"), Some(""), None)
        );
    }

    #[test]
    fn takes_tags_off_the_ends() {
        let plain = |words| untagged(&Text::words(words), "").plain().to_owned();
        assert_eq!(plain("#flashcards What is #TCP? #card #net"), "What is #TCP?");
        assert_eq!(plain("a #net"), "a #net");
    }
}
