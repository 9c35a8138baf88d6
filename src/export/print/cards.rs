//! Cards to be cut out: each face with its headings above, and its place and id on the back.

use crate::card::{Card, Deck, Kind};

use super::data::{self, Block, Leaf, Ticks};
use super::face::{Answer, Face, Faces, Weight, weight};
use super::words::labels;
use super::{Options, media};

/// The longest line of headings, in characters.
const LONGEST_TRAIL: usize = 120;

/// The longest name of a place, in characters.
const LONGEST_PLACE: usize = 60;

/// How many characters are a few words.
const FEW: usize = 90;

/// Both sides of every chosen card; of those that are asked today, with boxes to tick on the back.
pub(super) fn cards(deck: &Deck, chosen: &[usize], options: &Options) -> Vec<data::Card> {
    let (media, labels) = (media(deck), labels(options.language.as_deref()));
    let today = options.today.as_ref();
    let both_ways = today.is_some();
    let faces = Faces { media: &media, each_gap: true, answer: Answer::Whole, written: false, both_ways };
    let of = |at: &usize| faces.of(*at, &deck.cards[*at]);
    let name = |face: &Face| (deck.cards[face.card].id.0.clone(), face.position);
    let wanted = |face: &Face| today.is_none_or(|today| today.contains(&name(face)));
    let sides = |(number, face): (usize, Face)| {
        let (card, name) = (&deck.cards[face.card], name(&face));
        let (source, link) = (place(card), link(card, &options.base));
        let id = face.gap.map_or_else(|| card.id.0.clone(), |gap| format!("{}·{gap}", card.id.0));
        let trap = if card.kind == Kind::Trap { labels.trap.clone() } else { String::new() };
        let front = Leaf { above: trail(card), trap, ..leaf(face.front) };
        let ticks = today.map(|_| Ticks { number: number.to_string(), grades: labels.grades.clone() });
        data::Card { face: name, front, back: Leaf { ticks, source, link, id, ..leaf(face.back) } }
    };
    (1..).zip(chosen.iter().flat_map(of).filter(wanted)).map(sides).collect()
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
