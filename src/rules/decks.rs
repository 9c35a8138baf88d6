//! The decks of a note's cards: what front matter and tags name, else folders, the note's title, and
//! as many levels of headings as settings ask for.

use super::scene::Scene;
use super::topic::clean_heading;
use super::written::{deck_tag, decks_of};
use crate::config::Config;
use crate::markdown::block::BlockKind;

/// The decks of one note.
pub(super) struct Decks {
    /// Each with the first byte from which on it holds: the note's own, then those that tags such as
    /// `#flashcards/a/b` name.
    from: Vec<(usize, String)>,
    /// The note's title, which as a heading is no deck of its own.
    title: String,
    /// So many levels of headings become decks.
    headings: usize,
}

impl Decks {
    pub(super) fn new(scene: &Scene, config: &Config) -> Decks {
        let root = &config.deck_name;
        let named = |path: &str| (!path.is_empty()).then(|| format!("{root}::{}", path.replace('/', "::")));
        let title = title(scene);
        let front = scene.document.front.tags.iter().find_map(|tag| named(deck_tag(tag)?));
        let own = front.filter(|_| scene.document.front.deck.is_none()).unwrap_or_else(|| own(scene, config, &title));
        let mut from = vec![(0, own)];
        for site in &scene.sites {
            let Some(text) = site.block.text().filter(|t| t.plain().contains('#')) else { continue };
            for tag in decks_of(text, &scene.document.file.text) {
                let Some(deck) = named(&tag.path) else { continue };
                let before =
                    from.last().map(|(_, deck)| deck.clone()).filter(|_| tag.single && !site.block.is_heading());
                from.push((site.block.span.start, deck));
                from.extend(before.map(|deck| (site.block.span.end, deck)));
            }
        }
        Decks { from, title, headings: config.decks.headings }
    }

    /// The deck of a card at a byte of the note, below these headings.
    pub(super) fn of(&self, place: usize, trail: &[String]) -> String {
        let before = self.from.partition_point(|(from, _)| *from <= place).max(1);
        let mut deck = self.from[..before].last().map_or_else(String::new, |(_, deck)| deck.clone());
        let first = usize::from(trail.first().is_some_and(|heading| level(heading) == self.title));
        for heading in trail.iter().skip(first).take(self.headings) {
            deck.push_str("::");
            deck.push_str(&level(heading));
        }
        deck
    }
}

/// Words as one level of a deck's name.
fn level(words: &str) -> String {
    words.replace("::", ":")
}

/// Deck levels: what front matter says, else the root deck and, among several notes, the folders
/// below the folder of notes and the note's title.
fn own(scene: &Scene, config: &Config, title: &str) -> String {
    if let Some(deck) = &scene.document.front.deck {
        return deck.clone();
    }
    let mut deck = config.deck_name.clone();
    if !config.deck_per_note {
        return deck;
    }
    let path = scene.document.file.path.as_str();
    let below = path.strip_prefix(config.decks.below.as_str()).unwrap_or(path).trim_start_matches('/');
    let folders = below.rsplit_once('/').map_or("", |(folders, _)| folders);
    let folders = folders.split('/').filter(|f| config.decks.folders && !matches!(*f, "" | "." | ".."));
    for name in folders.chain([title]) {
        deck.push_str("::");
        deck.push_str(&level(name));
    }
    deck
}

/// The note's title: what front matter says, its first heading of level 1, or its file's name.
fn title(scene: &Scene) -> String {
    let first_heading = scene.sites.iter().find_map(|s| match &s.block.kind {
        BlockKind::Heading { text, level: 1 } => Some(clean_heading(text).plain().to_owned()),
        _ => None,
    });
    let path = &scene.document.file.path;
    let stem = path.rsplit('/').next().unwrap_or(path).rsplit_once('.').map_or(path.as_str(), |(s, _)| s);
    let title = scene.document.front.title.clone().or(first_heading).unwrap_or_else(|| stem.to_owned());
    level(&title)
}
