//! Cards to be cut out: each face with its headings above, and its place and id on the back.

use crate::card::{Card, Deck};

use super::data::{self, Block, Leaf};
use super::face::{Face, Faces, Weight, weight};
use super::{Options, media};

/// The longest line of headings, in characters.
const LONGEST_TRAIL: usize = 120;

/// The longest name of a place, in characters.
const LONGEST_PLACE: usize = 60;

/// How many characters are a few words.
const FEW: usize = 90;

/// Both sides of every chosen card.
pub(super) fn cards(deck: &Deck, chosen: &[usize], options: &Options) -> Vec<data::Card> {
    let media = media(deck);
    let faces = Faces { media: &media, each_gap: true, boxes: false, both_ways: false };
    let of = |at: &usize| faces.of(*at, &deck.cards[*at]);
    let sides = |face: Face| {
        let card = &deck.cards[face.card];
        let (source, link) = (place(card), link(card, &options.base));
        let id = face.gap.map_or_else(|| card.id.0.clone(), |gap| format!("{}·{gap}", card.id.0));
        let front = Leaf { above: trail(card), ..leaf(face.front) };
        data::Card { front, back: Leaf { source, link, id, ..leaf(face.back) } }
    };
    chosen.iter().flat_map(of).map(sides).collect()
}

/// A side that says some blocks; a few words stand in the middle of it.
fn leaf(blocks: Vec<Block>) -> Leaf {
    let Weight { characters, pieces } = weight(&blocks);
    Leaf { short: characters <= FEW && pieces == 0, weight: characters, blocks, ..Leaf::default() }
}

/// The headings above a card; those farthest from it are left out where they are many.
fn trail(card: &Card) -> String {
    let all: Vec<String> = card.trail.iter().map(|heading| crate::render::clean(heading).into_owned()).collect();
    let mut first = 0;
    let length = |from: usize| all[from..].iter().map(|heading| heading.chars().count() + 3).sum::<usize>();
    while first + 1 < all.len() && length(first) > LONGEST_TRAIL {
        first += 1;
    }
    let shown = all[first..].join(" › ");
    if first > 0 { format!("… › {shown}") } else { shown }
}

/// Where a card comes from, as it is printed.
fn place(card: &Card) -> String {
    let place = format!("{}:{}", crate::render::clean(&card.source.file), card.source.line);
    let count = place.chars().count();
    if count <= LONGEST_PLACE {
        return place;
    }
    format!("…{}", place.chars().skip(count - LONGEST_PLACE).collect::<String>())
}

/// Where that leads from the printed file.
fn link(card: &Card, base: &str) -> Option<String> {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const KEPT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'%').add(b'\\');
    let file = &card.source.file;
    // A path with a colon before its first slash would be taken for a scheme.
    let path = utf8_percent_encode(&format!("{base}{file}"), KEPT).to_string().replace(':', "%3A");
    (!file.is_empty()).then_some(path)
}
