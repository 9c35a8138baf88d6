//! What a build has to tell when it is done, apart from how it is shown: enough to tell it again when nothing has
//! changed since.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::notes::Work;
use crate::card::Kind;
use crate::diagnostic::Finding;
use crate::identity::{Change, Retired};
use crate::schedule::Day;
use crate::store::Update;

/// What a build has to tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Told {
    /// The deck.
    pub(super) deck: String,
    /// How many cards it has.
    pub(super) cards: usize,
    /// How many cards of each kind there are, in the order of kinds.
    pub(super) kinds: Vec<(Kind, usize)>,
    /// How many files its cards refer to.
    pub(super) media: usize,
    /// What became of cards since the last build.
    pub(super) moves: Moves,
    /// The identity file.
    pub(super) lock: PathBuf,
    /// The files that the build made sure of.
    pub(super) files: Vec<Written>,
    /// All there is to say about the notes, sorted by place.
    pub(super) findings: Vec<Finding>,
    /// The days of exams, in order.
    pub(super) exams: Vec<Day>,
}

/// What became of cards since the last build; the lists hold ids.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Moves {
    /// Cards that are as they were.
    pub(super) same: usize,
    /// Cards of which a learner sees something else.
    pub(super) edited: usize,
    /// Cards whose answer has changed in substance.
    pub(super) answer_changed: Vec<String>,
    /// Cards that are back.
    pub(super) returned: Vec<String>,
    /// Cards that are new.
    pub(super) new: usize,
    /// Cards that have gone.
    pub(super) gone: Vec<Retired>,
}

/// A file that a build made sure of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Written {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its size.
    pub(super) bytes: u64,
    /// Whether the build changed it.
    pub(super) changed: bool,
    /// What became of its cards, for the review database.
    pub(super) update: Option<Update>,
}

impl Told {
    /// What there is to tell of compiled notes and the files made of them.
    pub(super) fn of(work: &Work, files: Vec<Written>) -> Told {
        let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
        for card in &work.deck.cards {
            *kinds.entry(card.kind).or_default() += 1;
        }
        let exams: BTreeSet<Day> = work.deck.plans.iter().filter_map(|plan| plan.study.exam_day).collect();
        Told {
            deck: work.deck.name.clone(),
            cards: work.deck.cards.len(),
            kinds: kinds.into_iter().collect(),
            media: work.deck.media.len(),
            moves: moves(work),
            lock: work.identities.path.clone(),
            files,
            findings: work.findings.clone(),
            exams: exams.into_iter().collect(),
        }
    }

    /// What the same build would tell if it ran again.
    pub(super) fn again(self) -> Told {
        let moves = Moves { same: self.cards, ..Moves::default() };
        let unchanged = |file: Written| Written {
            changed: false,
            update: file.update.map(|_| Update { unchanged: self.cards, ..Update::default() }),
            ..file
        };
        Told { moves, files: self.files.into_iter().map(unchanged).collect(), ..self }
    }
}

fn moves(work: &Work) -> Moves {
    let settled = &work.identities.settled;
    let of = |change: Change| {
        let cards = settled.changes.iter().zip(&work.deck.cards).filter(move |(own, _)| **own == change);
        cards.map(|(_, card)| card.id.0.clone()).collect::<Vec<_>>()
    };
    Moves {
        same: of(Change::Same).len(),
        edited: of(Change::Edited).len(),
        answer_changed: of(Change::Substance),
        returned: of(Change::Returned),
        new: of(Change::New).len(),
        gone: settled.retired.clone(),
    }
}
