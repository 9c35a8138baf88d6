//! A deck as lists of numbers, so that a million cards can be searched in little memory.
//!
//! Words are numbered by how rare they are, so that a card's list begins with what tells most. The numbers follow from
//! the cards alone, whatever their order, and so does every sum over a list.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use rayon::iter::{IntoParallelRefMutIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use super::face::{Face, GAP};
use super::lexicon::{GRAM_PLACES, Lexicon, Spread, distinct_grams, short};
use super::text;

/// A mark on a word: the front has it.
pub const ASK: u32 = 1;

/// A mark on a word: the answer has it.
pub const ANSWER: u32 = 2;

/// How many cards a worker reads at a time.
const PART: usize = 4096;

/// About so many texts are enough to tell how rare runs of letters are.
const SAMPLE: usize = 1 << 16;

/// An answer that more cards have says little.
const COMMON_ANSWERS: usize = 25;

/// Lists of numbers, one behind the other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lists {
    /// Where each list begins, and where the last one ends.
    pub starts: Vec<u32>,
    /// What stands in them.
    pub items: Vec<u32>,
}

impl Lists {
    /// One list.
    pub fn get(&self, place: usize) -> &[u32] {
        &self.items[self.starts[place] as usize..self.starts[place + 1] as usize]
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether lists of words, of which there are so many, can be read without surprise.
    pub fn is_sound(&self, words: usize) -> bool {
        let end = self.starts.last().is_some_and(|end| *end as usize == self.items.len());
        end && self.starts.is_sorted() && self.items.iter().all(|item| ((item >> 2) as usize) < words)
    }
}

/// The words of a deck by number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    /// Their hashes, ascending by how many cards have them.
    pub shorts: Vec<u32>,
    /// How many cards have each.
    pub counts: Vec<u32>,
    /// How rare each is.
    pub weights: Vec<f32>,
    /// Their numbers, ascending by hash; only in an index, where words are looked up.
    pub by_short: Vec<u32>,
}

impl Words {
    /// The words of these hashes and counts; rarities come from the lexicon.
    pub fn new(shorts: Vec<u32>, counts: Vec<u32>, lexicon: &Lexicon) -> Words {
        let weights = counts.iter().map(|count| lexicon.rarity_of(*count)).collect();
        Words { shorts, counts, weights, by_short: Vec::new() }
    }

    /// Whether words can be looked up without surprise.
    pub fn is_sound(&self) -> bool {
        let known = |word: &u32| (*word as usize) < self.shorts.len();
        self.by_short.len() == self.shorts.len() && self.by_short.iter().all(known)
    }

    /// The number of a word by its hash.
    pub fn number(&self, short: u32) -> Option<u32> {
        let place = self.by_short.binary_search_by_key(&short, |word| self.shorts[*word as usize]).ok()?;
        Some(self.by_short[place])
    }

    /// The first word that two cards have.
    pub fn first_shared(&self) -> u32 {
        let first = self.counts.partition_point(|count| *count < 2);
        u32::try_from(first).unwrap_or(u32::MAX)
    }
}

/// A deck as numbers; its cards stand in an order that follows from what they say.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// The words.
    pub words: Words,
    /// The words of each card, the rarest first, each with its marks in the two lowest bits.
    pub cards: Lists,
    /// The hash of each answer.
    pub answers: Vec<u64>,
    /// The place of each card in its deck.
    pub places: Vec<u32>,
}

/// What a worker found in some cards; words by their places in its own list.
#[derive(Default)]
struct Part {
    shorts: Vec<u32>,
    counts: Vec<u32>,
    lengths: Vec<u32>,
    items: Vec<u32>,
    answers: Vec<u64>,
    contents: Vec<u64>,
    grams: Vec<u32>,
    sampled: u32,
    places: HashMap<u32, u32, BuildHasherDefault<Spread>>,
}

impl Part {
    fn add(&mut self, face: &Face, one_in: u64) {
        let (ask, answer) = (folded_ask(face), text::fold(&face.answer));
        let content = text::mix(text::hash(&face.answer) ^ text::hash(&face.ask).rotate_left(17));
        if content & (one_in - 1) == 0 {
            self.sampled += 1;
            self.grams.extend(distinct_grams(&text::fold(&face.full())));
        }
        let begin = self.items.len();
        for (side, mark) in [(&ask, ASK), (&answer, ANSWER)] {
            text::each_token(side, &mut |token| {
                let place = self.place(short(token.stem));
                self.items.push(place << 2 | mark);
            });
        }
        merge_marks(&mut self.items, begin);
        for item in &self.items[begin..] {
            self.counts[(item >> 2) as usize] += 1;
        }
        self.lengths.push(count(self.items.len() - begin));
        self.answers.push(text::hash(&answer));
        self.contents.push(content);
    }

    fn place(&mut self, short: u32) -> u32 {
        let next = count(self.shorts.len());
        let place = *self.places.entry(short).or_insert(next);
        if place == next {
            self.shorts.push(short);
            self.counts.push(0);
        }
        place
    }

    /// Gives the words their numbers in the whole deck.
    fn renumber(&mut self, numbers: &HashMap<u32, u32, BuildHasherDefault<Spread>>) {
        let known: Vec<u32> = self.shorts.iter().map(|short| numbers[short]).collect();
        let mut begin = 0;
        for length in &self.lengths {
            let card = &mut self.items[begin..begin + *length as usize];
            for item in card.iter_mut() {
                *item = known[(*item >> 2) as usize] << 2 | *item & (ASK | ANSWER);
            }
            card.sort_unstable();
            begin += *length as usize;
        }
    }
}

/// Makes one of each word's marks from `begin` on, and puts the words in order.
fn merge_marks(items: &mut Vec<u32>, begin: usize) {
    items[begin..].sort_unstable();
    let mut kept = begin;
    for at in begin..items.len() {
        if kept > begin && items[kept - 1] >> 2 == items[at] >> 2 {
            items[kept - 1] |= items[at];
        } else {
            items[kept] = items[at];
            kept += 1;
        }
    }
    items.truncate(kept);
}

/// What a card asks, folded, without its gaps.
fn folded_ask(face: &Face) -> String {
    if face.cloze { text::fold(&face.ask.replace(GAP, " ")) } else { text::fold(&face.ask) }
}

/// The words of a card that a deck knows, as the deck numbers them, and the hash of its answer.
pub fn numbered(face: &Face, words: &Words) -> (Vec<u32>, u64) {
    let answer = text::fold(&face.answer);
    let mut items = Vec::new();
    for (side, mark) in [(&folded_ask(face), ASK), (&answer, ANSWER)] {
        text::each_token(side, &mut |token| {
            items.extend(words.number(short(token.stem)).map(|number| number << 2 | mark));
        });
    }
    merge_marks(&mut items, 0);
    (items, text::hash(&answer))
}

impl Corpus {
    /// Reads a deck, and counts how rare its words and runs of letters are.
    pub fn read<F: Borrow<Face> + Sync>(faces: &[F]) -> (Corpus, Lexicon) {
        let one_in = (faces.len() / SAMPLE).max(1).next_power_of_two() as u64;
        let read = |some: &[F]| {
            let mut part = Part::default();
            for face in some {
                part.add(face.borrow(), one_in);
            }
            part
        };
        let mut parts: Vec<Part> = faces.par_chunks(PART).map(read).collect();
        let mut counts: HashMap<u32, u32, BuildHasherDefault<Spread>> = HashMap::default();
        let (mut grams, mut sampled) = (vec![0; GRAM_PLACES], 0);
        for part in &mut parts {
            part.places = HashMap::default();
            for (short, count) in part.shorts.iter().zip(&part.counts) {
                *counts.entry(*short).or_default() += count;
            }
            for place in part.grams.drain(..) {
                grams[place as usize] += 1;
            }
            sampled += part.sampled;
        }
        let mut ranked: Vec<(u32, u32)> = counts.iter().map(|(short, count)| (*count, *short)).collect();
        ranked.par_sort_unstable();
        let numbers = (0..).zip(&ranked).map(|(number, (_, short))| (*short, number)).collect();
        parts.par_iter_mut().for_each(|part| part.renumber(&numbers));
        let lexicon = Lexicon::counted(count(faces.len()), counts, (grams, sampled));
        let (counts, shorts) = ranked.into_iter().unzip();
        let corpus = joined(&parts, Words::new(shorts, counts, &lexicon));
        (corpus, lexicon)
    }

    /// The hashes of answers that many cards have, ascending.
    pub fn common_answers(&self) -> Vec<u64> {
        let mut answers = self.answers.clone();
        answers.par_sort_unstable();
        let runs = answers.chunk_by(|a, b| a == b).filter(|run| run.len() > COMMON_ANSWERS);
        runs.map(|run| run[0]).collect()
    }

    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.cards.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }
}

/// One deck of the parts of the workers.
fn joined(parts: &[Part], words: Words) -> Corpus {
    // Where each card stands: its part, its place there, and where its words begin.
    let mut found: Vec<(u64, u32, u32, u32)> = Vec::with_capacity(parts.iter().map(|part| part.answers.len()).sum());
    for (part, number) in parts.iter().zip(0..) {
        let mut begin = 0;
        for (place, (content, length)) in (0..).zip(part.contents.iter().zip(&part.lengths)) {
            found.push((*content, number, place, begin));
            begin += length;
        }
    }
    let mut order: Vec<u32> = (0..count(found.len())).collect();
    order.par_sort_unstable_by_key(|place| (found[*place as usize].0, *place));
    let mut out = Corpus { words, ..Corpus::default() };
    out.cards.starts.push(0);
    out.cards.items.reserve_exact(parts.iter().map(|part| part.items.len()).sum());
    for place in &order {
        let (_, part, card, begin) = found[*place as usize];
        let part = &parts[part as usize];
        let end = begin + part.lengths[card as usize];
        out.cards.items.extend_from_slice(&part.items[begin as usize..end as usize]);
        out.cards.starts.push(count(out.cards.items.len()));
        out.answers.push(part.answers[card as usize]);
    }
    out.places = order;
    out
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faces(cards: &[(&str, &str)]) -> Vec<Face> {
        cards.iter().map(|(front, back)| Face::of_sides(front, back, String::new())).collect()
    }

    #[test]
    fn words_are_numbered_from_the_rarest_on() {
        let (corpus, lexicon) = Corpus::read(&faces(&[("the rare shard", "a shard"), ("the common shard", "x")]));
        let numbers = |place: usize| corpus.cards.get(place).iter().map(|item| item >> 2).collect::<Vec<_>>();
        assert!(numbers(0).is_sorted() && numbers(1).is_sorted());
        let shard = corpus.cards.items.iter().find(|item| **item & 3 == ASK | ANSWER);
        let shard = *shard.expect("a word of both sides") >> 2;
        assert_eq!((corpus.words.counts[shard as usize], lexicon.texts()), (2, 2));
        assert!(corpus.words.first_shared() <= shard && corpus.words.counts.is_sorted());
    }

    #[test]
    fn the_order_of_cards_does_not_change_numbers() {
        let cards = [("one two three", "four"), ("two three", "five"), ("three", "two")];
        let mut turned = cards;
        turned.reverse();
        let (a, b) = (Corpus::read(&faces(&cards)).0, Corpus::read(&faces(&turned)).0);
        assert_eq!((a.words, a.cards, a.answers), (b.words, b.cards, b.answers));
        assert_eq!(a.places, b.places.iter().map(|place| 2 - place).collect::<Vec<_>>());
    }
}
