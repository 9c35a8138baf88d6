//! A deck's index as it stands on the disc, so that a few new cards are set against a million in a moment.
//!
//! Words, cards as numbers and keys lie in it in order; only what a search needs of the texts is read. What is found
//! depends on the deck alone, and not on whether its index was there already.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom, Write};

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::block::{DIRECTORY, Effort, directory_place, keyed, keys};
use super::corpus::{Corpus, Lists, Words, numbered};
use super::face::Face;
use super::judge::{Judge, Known, Relation, Verdict};
use super::lexicon::{GRAM_PLACES, Lexicon};
use super::model::Model;
use super::search::{Shared, Sums, judged};

/// What every index begins with, raised when the rest changes its meaning.
const FORMAT: &[u8; 16] = b"recto-matches-1\n";

/// The effort of every index: its keys are fixed.
const EFFORT: Effort = Effort { rarest: 6, single: 50, most: 50, best: 10, least: -1.5, related: false, plain: false };

/// The numbers of the head, behind the format.
const HEAD: usize = 6;

/// An index, open.
#[derive(Debug)]
pub struct Index<R> {
    source: R,
    corpus: Corpus,
    lexicon: Lexicon,
    common: Vec<u64>,
    directory: Vec<u32>,
    /// Where the keys, the places of texts and the texts begin.
    keys_at: u64,
    offsets_at: u64,
    texts_at: u64,
}

/// A new card and one of the deck that have to do with each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The place of the new card.
    pub new: usize,
    /// The card of the deck.
    pub old: Face,
    /// What was found.
    pub verdict: Verdict,
}

/// Writes the index of a deck; `stamp` tells later whether it is still that of the deck.
///
/// # Errors
/// Where the writer fails.
pub fn write(faces: &[Face], stamp: u64, out: &mut impl Write) -> io::Result<()> {
    let (corpus, lexicon) = Corpus::read(faces);
    let common = corpus.common_answers();
    let mut keyed = keyed(&corpus, EFFORT, 0, |_| true);
    keyed.par_sort_unstable();
    keyed.dedup();
    out.write_all(FORMAT)?;
    let Corpus { words, cards, answers, places } = &corpus;
    let lengths = [words.shorts.len(), cards.len(), cards.items.len(), common.len(), keyed.len()];
    longs(out, std::iter::once(stamp).chain(lengths.map(|length| length as u64)))?;
    let mut by_short: Vec<u32> = (0..u32::try_from(words.shorts.len()).unwrap_or(u32::MAX)).collect();
    by_short.sort_unstable_by_key(|word| words.shorts[*word as usize]);
    for list in [&words.shorts, &words.counts, &by_short, lexicon.grams(), &cards.starts, &cards.items] {
        shorts(out, list)?;
    }
    longs(out, common.iter().copied())?;
    longs(out, answers.iter().copied())?;
    let prefix = |place: u64| keyed.partition_point(|entry| *entry < place << (64 - DIRECTORY)) as u64;
    let directory: Vec<u32> = (0..=1 << DIRECTORY).map(|p| u32::try_from(prefix(p)).unwrap_or(u32::MAX)).collect();
    shorts(out, &directory)?;
    longs(out, keyed.into_iter())?;
    let mut at = 0;
    let sizes = places.iter().map(|place| packed(&faces[*place as usize]).len() as u64);
    longs(
        out,
        std::iter::once(0).chain(sizes.map(|size| {
            at += size;
            at
        })),
    )?;
    places.iter().try_for_each(|place| out.write_all(&packed(&faces[*place as usize])))
}

fn shorts(out: &mut impl Write, numbers: &[u32]) -> io::Result<()> {
    numbers
        .chunks(4096)
        .try_for_each(|some| out.write_all(&some.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>()))
}

fn longs(out: &mut impl Write, numbers: impl Iterator<Item = u64>) -> io::Result<()> {
    let mut bytes = Vec::new();
    for number in numbers {
        bytes.extend(number.to_le_bytes());
        if bytes.len() >= 1 << 16 {
            out.write_all(&bytes)?;
            bytes.clear();
        }
    }
    out.write_all(&bytes)
}

/// A card as bytes: its texts, each with its length.
fn packed(face: &Face) -> Vec<u8> {
    let texts = [&face.ask, &face.answer, &face.filled, &face.deck, &face.place].into_iter().chain(&face.options);
    let mut out = vec![u8::from(face.cloze)];
    for text in texts {
        out.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
        out.extend(text.as_bytes());
    }
    out
}

fn unpacked(bytes: &[u8]) -> io::Result<Face> {
    let (cloze, mut rest) = bytes.split_first().ok_or_else(broken)?;
    let mut texts = Vec::new();
    while let Some((length, behind)) = rest.split_first_chunk::<4>() {
        let (text, after) = behind.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(broken)?;
        texts.push(String::from_utf8(text.to_vec()).map_err(|_| broken())?);
        rest = after;
    }
    let options = texts.split_off(texts.len().min(5));
    let [ask, answer, filled, deck, place] = texts.try_into().map_err(|_| broken())?;
    Ok(Face { ask, answer, filled, options, cloze: *cloze == 1, deck, place })
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the index is damaged")
}

/// Reads so many numbers.
fn read_shorts(source: &mut impl Read, count: u64) -> io::Result<Vec<u32>> {
    let bytes = read_bytes(source, count, 4)?;
    Ok(bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect())
}

fn read_longs(source: &mut impl Read, count: u64) -> io::Result<Vec<u64>> {
    let bytes = read_bytes(source, count, 8)?;
    let long = |eight: &[u8]| eight.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
    Ok(bytes.chunks_exact(8).map(long).collect())
}

fn read_bytes(source: &mut impl Read, count: u64, size: u64) -> io::Result<Vec<u8>> {
    let length = count.checked_mul(size).and_then(|length| usize::try_from(length).ok()).ok_or_else(broken)?;
    // A damaged head may ask for any length, so a long list is believed only as far as it can be read.
    if length <= SHORT {
        let mut bytes = vec![0; length];
        source.read_exact(&mut bytes)?;
        return Ok(bytes);
    }
    let mut bytes = Vec::new();
    let read = source.take(length as u64).read_to_end(&mut bytes)?;
    if read == length { Ok(bytes) } else { Err(broken()) }
}

/// So many bytes are read in one go.
const SHORT: usize = 1 << 20;

impl<R: Read + Seek + Sync> Index<R> {
    /// Opens an index; nothing where it is that of another deck or was made by another version of recto.
    ///
    /// # Errors
    /// Where it cannot be read or is damaged.
    pub fn open(mut source: R, stamp: u64) -> io::Result<Option<Index<R>>> {
        let mut format = [0; FORMAT.len()];
        source.read_exact(&mut format)?;
        let head = read_longs(&mut source, HEAD as u64)?;
        if format != *FORMAT || head[0] != stamp {
            return Ok(None);
        }
        let [words, cards, items, common, keyed] = [head[1], head[2], head[3], head[4], head[5]];
        let mut list = |count: u64| read_shorts(&mut source, count);
        let (hashes, counts, by_short) = (list(words)?, list(words)?, list(words)?);
        let grams = list(GRAM_PLACES as u64)?;
        let lists = Lists { starts: list(cards + 1)?, items: list(items)? };
        let counted = hashes.iter().copied().zip(counts.iter().copied()).collect();
        let texts = u32::try_from(cards).map_err(|_| broken())?;
        let lexicon = Lexicon::counted(texts, counted, (grams, texts));
        let common = read_longs(&mut source, common)?;
        let answers = read_longs(&mut source, cards)?;
        let directory = read_shorts(&mut source, (1 << DIRECTORY) + 1)?;
        let keys_at = source.stream_position()?;
        let words = Words { by_short, ..Words::new(hashes, counts, &lexicon) };
        let sound = words.is_sound() && lists.is_sound(words.shorts.len());
        let corpus = Corpus { words, cards: lists, answers, places: Vec::new() };
        let offsets_at = keys_at + keyed * 8;
        let texts_at = offsets_at + (cards + 1) * 8;
        let open = Index { source, corpus, lexicon, common, directory, keys_at, offsets_at, texts_at };
        if sound { Ok(Some(open)) } else { Err(broken()) }
    }

    /// How many cards the deck has.
    pub fn len(&self) -> usize {
        self.corpus.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.corpus.is_empty()
    }

    /// What new cards have to do with those of the deck, by the place of the new card and the likeliest first.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn matches(&mut self, faces: &[Face], model: Option<&Model>) -> io::Result<Vec<Match>> {
        let lists: Vec<(Vec<u32>, u64)> = faces.par_iter().map(|face| numbered(face, &self.corpus.words)).collect();
        let met = lists.iter().map(|(list, _)| self.met(list)).collect::<io::Result<Vec<_>>>()?;
        let best: Vec<Vec<u32>> =
            (0..faces.len()).into_par_iter().map(|new| self.best(&lists[new], &met[new])).collect();
        let judge = Judge::of(self.lexicon.clone(), self.common.clone(), model);
        let mut old: BTreeMap<u32, (Face, Known)> = BTreeMap::new();
        for card in best.iter().flatten() {
            if !old.contains_key(card) {
                let face = self.face(*card)?;
                let known = judge.know(&face);
                old.insert(*card, (face, known));
            }
        }
        let judged = |new: usize| {
            // Places of two decks have nothing to do with each other.
            let mut known = judge.know(&faces[new]);
            known.place.clear();
            let verdicts = best[new].iter().map(|card| {
                let (face, other) = &old[card];
                Match { new, old: face.clone(), verdict: judge.verdict(&known, other) }
            });
            let mut found: Vec<Match> =
                verdicts.filter(|found| found.verdict.relation != Relation::Different).collect();
            found.sort_by(|x, y| {
                let place = |found: &Match| (found.old.ask.clone(), found.old.place.clone());
                y.verdict.probability.total_cmp(&x.verdict.probability).then_with(|| place(x).cmp(&place(y)))
            });
            found
        };
        Ok((0..faces.len()).into_par_iter().flat_map_iter(judged).collect())
    }

    /// The cards that share a key with a new one.
    fn met(&mut self, card: &[u32]) -> io::Result<Vec<u32>> {
        let mut wanted = Vec::new();
        keys(card, (&self.corpus.words, 0), EFFORT, &mut wanted);
        let mut out = Vec::new();
        for key in wanted {
            let place = directory_place(key);
            let (begin, end) = (self.directory[place], self.directory[place + 1]);
            self.source.seek(SeekFrom::Start(self.keys_at + u64::from(begin) * 8))?;
            let some = read_longs(&mut self.source, u64::from(end.saturating_sub(begin)))?;
            let first = some.partition_point(|entry| entry >> 32 < u64::from(key));
            let block = some[first..].iter().take_while(|entry| **entry >> 32 == u64::from(key));
            let block: Vec<u32> =
                block.map(|entry| u32::try_from(entry & u64::from(u32::MAX)).unwrap_or_default()).collect();
            if block.len() <= EFFORT.most {
                out.extend(block);
            }
        }
        out.sort_unstable();
        out.dedup();
        Ok(out)
    }

    /// The best candidates among cards that were met.
    fn best(&self, (card, answer): &(Vec<u32>, u64), met: &[u32]) -> Vec<u32> {
        let weights = &self.corpus.words.weights;
        let sums = Sums::of(card, weights);
        let generic = self.common.binary_search(answer).is_ok();
        let scale = self.lexicon.scale();
        let candidate = |other: &u32| {
            let list = self.corpus.cards.get(*other as usize);
            let shared = Shared::of((card, &sums), (list, &Sums::of(list, weights)), weights);
            let both = generic && self.common.binary_search(&self.corpus.answers[*other as usize]).is_ok();
            judged(&shared, scale, both, EFFORT).filter(|(_, weigh)| *weigh).map(|(odds, _)| (odds, *other))
        };
        let sound = |other: &&u32| (**other as usize) < self.corpus.len();
        let mut found: Vec<(f32, u32)> = met.iter().filter(sound).filter_map(candidate).collect();
        found.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        found.truncate(EFFORT.best);
        found.into_iter().map(|(_, card)| card).collect()
    }

    fn face(&mut self, card: u32) -> io::Result<Face> {
        self.source.seek(SeekFrom::Start(self.offsets_at + u64::from(card) * 8))?;
        let ends = read_longs(&mut self.source, 2)?;
        self.source.seek(SeekFrom::Start(self.texts_at + ends[0]))?;
        unpacked(&read_bytes(&mut self.source, ends[1].saturating_sub(ends[0]), 1)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faces(cards: &[(&str, &str)]) -> Vec<Face> {
        let face = |(place, (front, back)): (usize, &(&str, &str))| Face::of_sides(front, back, place.to_string());
        cards.iter().enumerate().map(face).collect()
    }

    fn index(faces: &[Face]) -> Vec<u8> {
        let mut out = Vec::new();
        write(faces, 7, &mut out).unwrap();
        out
    }

    #[test]
    fn new_cards_find_those_of_the_deck() {
        let deck = faces(&[
            ("How long does the Kestrel queue keep messages?", "14 days"),
            ("Who may write to a shard?", "the owner"),
            ("The {{c1::Kestrel}} queue drops a message that nobody reads.", ""),
        ]);
        let bytes = index(&deck);
        let mut open = Index::open(io::Cursor::new(&bytes), 7).unwrap().unwrap();
        let new =
            faces(&[("For how long does the Kestrel queue keep messages?", "for 14 days"), ("What is new?", "this")]);
        let found = open.matches(&new, None).unwrap();
        assert_eq!((found.len(), found[0].new, &found[0].old), (1, 0, &deck[0]));
        assert_eq!(found[0].verdict.relation, Relation::Duplicate);
    }

    #[test]
    fn the_index_of_another_deck_is_not_used_and_a_damaged_one_is_refused() {
        let bytes = index(&faces(&[("a rare word", "x"), ("another rare word", "y")]));
        assert!(Index::open(io::Cursor::new(&bytes), 8).unwrap().is_none());
        for end in [0, 40, bytes.len() / 2] {
            assert!(Index::open(io::Cursor::new(&bytes[..end]), 7).is_err());
        }
        for card in faces(&[("a {{c1::gap}}", ""), ("front", "back")]) {
            assert_eq!(unpacked(&packed(&card)).unwrap(), card);
        }
    }
}
