//! True retention: of the faces that had been learnt and were asked when their time had come, how many
//! were known; with the interval in which the truth lies 19 times out of 20.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Material, real};
use crate::schedule::Day;
use crate::store::{FaceId, FaceState, PastAnswer};

/// How much was known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Retention {
    /// Of all answers.
    pub all: Share,
    /// Of those of the last 30 days.
    pub month: Share,
    /// By the interval that had passed: up to so many days.
    pub by_interval: Vec<(u32, Share)>,
    /// By deck.
    pub by_deck: BTreeMap<String, Share>,
    /// By kind.
    pub by_kind: BTreeMap<String, Share>,
    /// By tag.
    pub by_tag: BTreeMap<String, Share>,
}

/// A share of answers that were known.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Share {
    /// All answers.
    pub answers: usize,
    /// Those that were known.
    pub known: usize,
    /// The share, from 0 to 1.
    pub share: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Share {
    fn count(&mut self, known: bool) {
        self.answers += 1;
        self.known += usize::from(known);
    }

    /// Works out share and interval (Wilson's).
    fn settle(&mut self) {
        const Z: f64 = 1.96;
        if self.answers == 0 {
            *self = Share { high: 1.0, ..Share::default() };
            return;
        }
        let (n, p) = (real(self.answers), real(self.known) / real(self.answers));
        let middle = p + Z * Z / (2.0 * n);
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        self.share = p;
        self.low = ((middle - half) / scale).max(0.0);
        self.high = ((middle + half) / scale).min(1.0);
    }
}

/// Whether an answer tells something of retention: the face had been learnt, on an earlier day.
pub(super) fn tells(answer: &PastAnswer) -> bool {
    answer.scheduled && answer.before.is_some_and(|before| answer.day > before.answered)
}

pub(super) fn compute(material: &Material, today: Day) -> Retention {
    let faces: BTreeMap<FaceId, &FaceState> = material.faces.iter().map(|face| (face.id, face)).collect();
    let mut out = Retention {
        all: Share::default(),
        month: Share::default(),
        by_interval: super::INTERVALS.map(|most| (most, Share::default())).into(),
        by_deck: BTreeMap::new(),
        by_kind: BTreeMap::new(),
        by_tag: BTreeMap::new(),
    };
    for answer in material.given.iter().filter(|answer| tells(answer)) {
        out.count(answer, faces.get(&answer.face).copied(), today);
    }
    out.settle();
    out
}

impl Retention {
    fn count(&mut self, answer: &PastAnswer, face: Option<&FaceState>, today: Day) {
        let known = answer.grade.passed();
        self.all.count(known);
        if today.since(answer.day) < 30 {
            self.month.count(known);
        }
        let passed = answer.before.map_or(0, |before| answer.day.since(before.answered));
        if let Some((_, share)) = self.by_interval.iter_mut().find(|(most, _)| passed <= *most) {
            share.count(known);
        }
        // Of a card that has left the notes nobody asks.
        let Some(face) = face else { return };
        self.by_deck.entry(face.deck.clone()).or_default().count(known);
        self.by_kind.entry(face.kind.clone()).or_default().count(known);
        for tag in &face.tags {
            self.by_tag.entry(tag.clone()).or_default().count(known);
        }
    }

    fn settle(&mut self) {
        self.all.settle();
        self.month.settle();
        self.by_interval.iter_mut().for_each(|(_, share)| share.settle());
        for shares in [&mut self.by_deck, &mut self.by_kind, &mut self.by_tag] {
            shares.values_mut().for_each(Share::settle);
        }
    }
}
