//! The extraction rules: each turns one construct of a note into cards.
//!
//! A rule reads the whole note by itself and proposes [`draft::Draft`]s; [`extract`] runs them all
//! and decides, here and nowhere else, which rule gets an anchor that several claim.

pub mod abbreviation;
mod against;
mod allowed;
mod alternatives;
pub mod answer_key;
mod around;
pub mod arrow;
mod article;
mod behind_term;
mod beside;
mod bundle;
pub mod choice;
pub mod content;
mod context;
mod dangling;
pub mod decision;
mod decks;
mod defining;
mod definite;
pub mod details;
pub mod divider;
pub mod draft;
pub mod equation;
mod exemplified;
mod explained;
pub mod fact;
mod filing;
mod finish;
pub mod formula;
pub mod fragment;
pub mod gaps;
pub mod head;
pub mod heading_question;
pub mod key;
pub mod label;
pub mod list;
pub mod markup_arrow;
pub mod markup_card;
pub mod markup_cloze;
pub mod markup_pair;
pub mod markup_question;
pub mod naming;
mod narrow;
pub mod native;
pub mod noun_piece;
mod open;
pub mod opening;
pub mod options;
pub mod page;
mod people;
pub mod recite;
pub mod remark;
pub mod scene;
pub mod second;
pub mod sequence;
pub mod split;
pub mod statement;
pub mod stem;
pub mod table;
pub mod task;
pub mod term;
pub mod theorem;
pub mod timeline;
pub mod topic;
mod torn;
mod value;
pub mod wh_label;
mod worth;
pub mod written;

use crate::card::{Card, Kind};
use crate::config::Config;
use crate::diagnostic::Finding;
use crate::markdown::Document;
use draft::Drafts;
use scene::Scene;

/// A worked example of a manual page; the tests compile it.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// What stands in the note.
    pub note: &'static str,
    /// The cards it becomes, as `cards.txt` shows them.
    pub cards: &'static str,
}

/// An extraction rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name, as in `recto rules NAME` and in settings.
    pub name: &'static str,
    /// One line for the overview.
    pub summary: &'static str,
    /// The manual page, in Markdown.
    pub manual: &'static str,
    /// The worked example of the manual page.
    pub example: Example,
    /// Reads the note and pushes cards and findings.
    pub extract: fn(&Scene, &mut Drafts),
}

/// Every rule. Where two claim one anchor, the earlier wins: what the author marked up as a card
/// comes first, then the constructs that say most about themselves, and plain sentences last.
pub const RULES: &[Rule] = &[
    markup_card::RULE,
    markup_pair::RULE,
    markup_arrow::RULE,
    markup_question::RULE,
    markup_cloze::RULE,
    choice::RULE,
    details::RULE,
    page::RULE,
    heading_question::RULE,
    sequence::RULE,
    decision::RULE,
    arrow::RULE,
    theorem::RULE,
    remark::RULE,
    formula::RULE,
    equation::RULE,
    task::RULE,
    timeline::RULE,
    term::RULE,
    label::RULE,
    table::RULE,
    list::RULE,
    statement::RULE,
    abbreviation::RULE,
];

/// The name of a rule as the program itself has it; none where there is no such rule.
pub fn name(name: &str) -> Option<&'static str> {
    RULES.iter().map(|rule| rule.name).find(|known| *known == name)
}

/// Whether a card of a rule is the author's own, taken word for word.
pub fn is_written(rule: &str, kind: Kind) -> bool {
    rule.starts_with("markup-") || rule == details::RULE.name || kind == Kind::Choice
}

/// What the rules made of a note.
#[derive(Debug, Default)]
pub struct Extraction {
    /// The cards, in source order; they have no id yet.
    pub cards: Vec<Card>,
    /// What there is to say.
    pub findings: Vec<Finding>,
}

/// Runs every rule that is not switched off over a note.
pub fn extract(document: &Document, config: &Config) -> Extraction {
    let scene = Scene::new(document, config.language.as_deref());
    let mut accepted = Drafts::default();
    for rule in RULES.iter().filter(|r| !config.rules_off.iter().any(|off| off == r.name)) {
        let mut drafts = accepted.next();
        (rule.extract)(&scene, &mut drafts);
        accepted.admit(drafts);
    }
    remark::mark_written(&scene, &mut accepted.cards);
    finish::finish(&scene, accepted, config)
}
