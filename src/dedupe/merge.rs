//! What a build makes of cards that ask the same: one of each group stays, and each merge is reported with both places.
//!
//! First go cards of one canonical form, then, step by step until nothing is left to do, those that the judge is
//! certain of or that a label calls the same. Cards that their author wrote as cards are merged with each other only
//! by their words or by a label. What goes leaves its explanation, tags and source on the card that stays.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Deserialize;

use super::block::Effort;
use super::canon::{self, Canon, digest};
use super::entry::Entry;
use super::face::Face;
use super::group::{self, Links};
use super::judge::{Judge, entry};
use super::model::Model;
use super::pairs::Pair;
use crate::card::listing;
use crate::card::{Body, Card};
use crate::diagnostic::Finding;
use crate::identity::{exact, fingerprint, folded, front_key};
use crate::rules::is_written;

/// Which cards a build merges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strictness {
    /// Those of the same words.
    Words,
    /// Those that ask the same beyond doubt, too.
    #[default]
    Certain,
    /// Whatever is more likely the same than not, and bears no sign of a difference.
    Likely,
}

/// What makes a card of a group the one that stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// It was reviewed already.
    Reviewed,
    /// It says more.
    Richer,
    /// It stands earlier in the notes.
    Earlier,
}

/// How cards are merged, and what is known of them besides the notes.
#[derive(Debug, Clone, Default)]
pub struct Matching {
    /// Which cards are merged.
    pub strictness: Strictness,
    /// Which card of a group stays: the first rule that tells them apart decides.
    pub keep: Vec<Keep>,
    /// What a person said of pairs.
    pub labels: Vec<Pair>,
    /// What was learnt from labels.
    pub model: Option<Model>,
    /// The faces that were reviewed, front and back, as the review database has them.
    pub reviewed: BTreeSet<(String, String)>,
}

/// The rules by which a card of a group stays where the settings name none.
const KEEP: [Keep; 3] = [Keep::Reviewed, Keep::Richer, Keep::Earlier];

/// Keeps one card of each group that asks the same, and reports the others.
pub fn run(cards: &mut Vec<Card>, findings: &mut Vec<Finding>, matching: &Matching) {
    same_words(cards, findings, matching);
    if matching.strictness == Strictness::Words && matching.labels.is_empty() {
        return;
    }
    let mut known: Vec<Known> = cards.par_iter().map(Known::of).collect();
    // Each merge changes how rare words are; in the end a further look finds nothing more.
    while let gone = same_sense(cards, &known, matching)
        && !gone.is_empty()
    {
        leave_out(cards, findings, &gone);
        let mut place = 0..;
        known.retain(|_| !place.next().is_some_and(|place| gone.contains_key(&place)));
    }
}

impl Matching {
    fn is_reviewed(&self, card: &Card) -> bool {
        !self.reviewed.is_empty() && faces(card).iter().any(|face| self.reviewed.contains(face))
    }

    /// Where a card stands among those of its group: the least stays.
    fn rank(&self, place: usize, card: &Card) -> (bool, Vec<Reverse<usize>>, usize) {
        let keep: &[Keep] = if self.keep.is_empty() { &KEEP } else { &self.keep };
        let worth = |rule: &Keep| match rule {
            Keep::Reviewed => usize::from(self.is_reviewed(card)),
            Keep::Richer => richness(card),
            Keep::Earlier => usize::MAX - place,
        };
        (!is_written(card.rule, card.kind), keep.iter().map(|rule| Reverse(worth(rule))).collect(), place)
    }

    /// Whether a person said that two cards are not the same.
    fn forbids(&self, a: &Card, b: &Card) -> bool {
        if self.labels.is_empty() {
            return false;
        }
        let (a, b) = (entry(&Face::of(a)), entry(&Face::of(b)));
        let meant = |pair: &Pair, x: &Entry, y: &Entry| pair.left == *x && pair.right == *y;
        self.labels.iter().any(|pair| !pair.same && (meant(pair, &a, &b) || meant(pair, &b, &a)))
    }
}

/// What each face of a card asks and answers, written as the review database writes it.
fn faces(card: &Card) -> Vec<(String, String)> {
    crate::store::asked(&card.body)
}

/// How much a card says: its words, and its explanation more than those.
fn richness(card: &Card) -> usize {
    let words = |text: &str| text.split_whitespace().count();
    let why = card.why.as_ref().map_or(0, |why| 1 + words(&listing::content(why)));
    words(&Face::of(card).full()) + 2 * why
}

/// What a card says and asks, as hashes by which it is looked up.
struct Keys {
    content: u128,
    canon: Option<u128>,
    front: u128,
}

impl Keys {
    fn of(card: &Card) -> Keys {
        let content = folded(&fingerprint(&card.body)) + &exact(&canon::sides(card));
        Keys {
            content: digest(content.as_bytes()),
            canon: Canon::of(card, &Face::of(card)).map(|canon| canon.digest()),
            front: digest(front_key(&card.body).as_bytes()),
        }
    }
}

/// What is known of the cards that stay, by what they say and ask.
#[derive(Default)]
struct Kept {
    cards: Vec<(usize, Card)>,
    by_content: BTreeMap<u128, usize>,
    by_canon: BTreeMap<u128, usize>,
    by_front: BTreeMap<u128, usize>,
    findings: Vec<Finding>,
}

/// Merges cards of one canonical form, and leaves out generated ones that ask what another card asks and answer
/// otherwise: nobody could answer both.
///
/// Cards that their author wrote as cards come before those that rules made, reviewed ones before others, and earlier
/// ones before later.
fn same_words(cards: &mut Vec<Card>, findings: &mut Vec<Finding>, matching: &Matching) {
    let keys: Vec<Keys> = cards.par_iter().map(Keys::of).collect();
    let mut order: Vec<(usize, Card, Keys)> =
        cards.drain(..).zip(keys).enumerate().map(|(place, (card, keys))| (place, card, keys)).collect();
    order.sort_by_cached_key(|(place, card, _)| {
        (!is_written(card.rule, card.kind), !matching.is_reviewed(card), *place)
    });
    let mut kept = Kept::default();
    for (place, card, keys) in order {
        kept.admit((place, card), &keys, matching);
    }
    findings.append(&mut kept.findings);
    kept.cards.sort_by_key(|(place, _)| *place);
    cards.extend(kept.cards.into_iter().map(|(_, card)| card));
}

impl Kept {
    /// Keeps a card, or says of which other it is one.
    fn admit(&mut self, (place, card): (usize, Card), keys: &Keys, matching: &Matching) {
        let alike = keys.canon.and_then(|canon| self.by_canon.get(&canon));
        let alike = alike.filter(|index| !matching.forbids(&self.cards[**index].1, &card));
        if let Some(index) = self.by_content.get(&keys.content).or(alike) {
            let original = &mut self.cards[*index].1;
            absorb(original, &card);
            let message = "this card was made before; the two are one";
            self.findings.push(duplicate(message, &card, original));
            return;
        }
        if let Some(index) = self.by_front.get(&keys.front).filter(|_| !is_written(card.rule, card.kind)) {
            let message = "left out: another card asks this and has another answer";
            self.findings.push(
                Finding::note("ambiguous-front", message, card.anchor)
                    .related(self.cards[*index].1.anchor, "the other card")
                    .help("name in the sentence what sets the two apart"),
            );
            return;
        }
        let index = self.cards.len();
        self.by_content.insert(keys.content, index);
        if let Some(canon) = keys.canon {
            self.by_canon.insert(canon, index);
        }
        self.by_front.entry(keys.front).or_insert(index);
        self.cards.push((place, card));
    }
}

/// What is known of a card as long as it stays, however often it is compared.
struct Known {
    face: Face,
    /// Its author wrote it as a card.
    written: bool,
    /// It asks for one thing.
    single: bool,
    /// What is no running text.
    opaque: Vec<String>,
}

impl Known {
    fn of(card: &Card) -> Known {
        let single = match &card.body {
            Body::Reversible { .. } => false,
            body @ Body::Cloze { .. } => body.gaps().len() == 1,
            Body::Question { .. } | Body::Choice { .. } => true,
        };
        Known { face: Face::of(card), written: is_written(card.rule, card.kind), single, opaque: canon::opaque(card) }
    }
}

/// The cards that go, each with the one that stays and how sure that is.
type Gone = BTreeMap<usize, (usize, f64)>;

/// Finds once what the judge or a label calls the same.
fn same_sense(cards: &[Card], known: &[Known], matching: &Matching) -> Gone {
    let faces: Vec<&Face> = known.iter().map(|known| &known.face).collect();
    let links = Links::of(&faces, &matching.labels);
    let judge = Judge::new(&faces, matching.model.as_ref());
    let least = match matching.strictness {
        Strictness::Words => f64::INFINITY,
        Strictness::Certain => judge.certain(),
        Strictness::Likely => judge.threshold(),
    };
    let labelled: BTreeSet<(usize, usize)> = links.must.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).collect();
    let may = |a: usize, b: usize| may_merge((&cards[a], &known[a]), (&cards[b], &known[b]));
    let allowed = |a: usize, b: usize| labelled.contains(&(a, b)) || may(a, b);
    let groups = group::certain(&judge, (&faces, &links), Effort::of(1.0), (least, &allowed));
    let mut gone = Gone::new();
    for group in groups {
        let stays = group.members.iter().copied().min_by_key(|place| matching.rank(*place, &cards[*place]));
        let Some(stays) = stays else { continue };
        gone.extend(
            group.members.iter().filter(|place| **place != stays).map(|place| (*place, (stays, group.weakest))),
        );
    }
    gone
}

/// Leaves out cards; what they know stays.
fn leave_out(cards: &mut Vec<Card>, findings: &mut Vec<Finding>, gone: &Gone) {
    for (place, (stays, chance)) in gone {
        let card = cards[*place].clone();
        let original = &mut cards[*stays];
        absorb(original, &card);
        findings.push(merged(&card, original, *chance));
    }
    let mut place = 0..;
    cards.retain(|_| !place.next().is_some_and(|place| gone.contains_key(&place)));
}

/// A finding about a card that is one with another, whose place is named unless it is the same.
fn duplicate(message: impl Into<String>, card: &Card, original: &Card) -> Finding {
    let finding = Finding::note("duplicate", message, card.anchor);
    if card.anchor == original.anchor { finding } else { finding.related(original.anchor, "the card that stays") }
}

fn merged(card: &Card, original: &Card, chance: f64) -> Finding {
    let message = format!("this asks the same as another card; the two are one ({:.1} % sure)", chance * 100.0);
    duplicate(message, card, original).help("to keep both, answer `n` for them in `recto dedupe label`")
}

/// Whether one of two cards can take the place of the other without a label: no face, formula, code or picture is lost,
/// of cards that their author wrote as cards at most one is touched, and they are no neighbours.
fn may_merge((a, left): (&Card, &Known), (b, right): (&Card, &Known)) -> bool {
    // Neighbours in one list or table are there to be told apart.
    let neighbours = || a.rule == b.rule && a.source.file == b.source.file && a.trail == b.trail;
    let written = left.written && right.written;
    !written && left.single && right.single && left.opaque == right.opaque && !neighbours()
}

/// What a card knows that goes stays on the one that is kept: the explanation, the tags and the source.
fn absorb(original: &mut Card, gone: &Card) {
    if original.why.is_none() {
        original.why.clone_from(&gone.why);
    }
    for tag in &gone.tags {
        if !original.tags.contains(tag) {
            original.tags.push(tag.clone());
        }
    }
    original.tags.sort();
    for place in std::iter::once(&gone.source).chain(&gone.also) {
        if *place != original.source && !original.also.contains(place) {
            original.also.push(place.clone());
        }
    }
    original.also.sort();
}
