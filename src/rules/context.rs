//! What was said before a sentence of a passage, which a sentence that points back is shown behind.

use super::fact::Subject;
use super::opening::Opening;
use super::recite::{is_name, stands_alone};
use crate::language::english::circumstance::circumstance;
use crate::language::english::clause::{self, is_determiner, words};
use crate::language::english::noun::{head_noun, is_plural, singular};
use crate::markdown::text::Text;

/// The longest text, in bytes, that stands before a sentence as its context.
const LONGEST_CONTEXT: usize = 180;

/// What was said before a sentence.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The sentence before, with those that it points back at in turn; `None` where that is too long.
    pub before: Option<Text>,
    /// Whether anything was said before.
    pub begun: bool,
    /// Whether what is shown of it says without the page what it means.
    pub alone: bool,
    /// Whether the sentence before points back itself.
    pub chained: bool,
    /// The subject of the sentence before, where it has one of its own.
    own: Option<String>,
}

impl Context {
    /// Whether a piece points at the sentence before and not at the thing of the passage.
    pub fn is_needed(&self, subject: Option<&Subject>, piece: &Text) -> bool {
        self.own.is_some() && begins_with_pronoun(piece.plain()) || self.addresses(subject, piece)
    }

    /// Whether a piece tells the reader something (`You have no way of …`) behind a sentence about a thing
    /// other than that of the passage, so that it goes on to speak of that.
    pub fn addresses(&self, subject: Option<&Subject>, piece: &Text) -> bool {
        let mask = piece.mask();
        let person =
            || clause::parse(&mask).is_some_and(|c| matches!(Opening::of(mask[c.subject].trim()), Opening::You));
        let named = |own: &String| matches!(Opening::of(own), Opening::Named);
        let (Some(subject), Some(own)) = (subject, self.own.as_ref().filter(|own| named(own))) else { return false };
        !alike(subject.name.plain(), own) && person()
    }

    /// Whether a plural pronoun that a sentence begins with can mean the subject of the one before: behind
    /// `You point the index at a document`, `they` means nothing plain.
    pub fn is_meant_by(&self, sentence: &str) -> bool {
        let found = words(sentence);
        let plural = found.first().is_some_and(|w| matches!(&*w.lower, "they" | "these" | "those" | "their"));
        let many = |own: &String| {
            let person = ["you", "we"].contains(&&*own.to_lowercase());
            !person && (is_plural(head_noun(own)) || own.contains(" and "))
        };
        !plural || self.own.as_ref().is_none_or(many)
    }

    /// Whether a sentence is passed over; one that points back at it then has nothing to be shown behind.
    pub fn passed_over(&mut self, passed: bool) -> bool {
        if passed {
            *self = Context { begun: true, own: Some("we".to_owned()), ..Context::default() };
        }
        passed
    }

    /// Takes in a sentence that has been read.
    pub fn read(&mut self, sentence: &Text) {
        let sentence = stopped(&sentence.trim());
        let goes_on = begins_with_pronoun(sentence.plain()) && self.begun;
        self.chained = goes_on;
        if goes_on {
            self.before = self.before.take().map(|before| before.then(" ").join(&sentence));
        } else {
            let mask = sentence.mask();
            let main = circumstance(&mask).map_or(0, |(_, main)| main);
            let own = clause::parse(&mask[main..]).map(|c| mask[main..][c.subject].trim().to_owned());
            let known = |s: &String| is_name(&Text::words(s)) || is_plural(head_noun(s));
            self.alone = own.as_ref().is_some_and(|s| {
                matches!(Opening::of(s), Opening::Named) && stands_alone(s) && known(s) && s.contains(' ')
            });
            self.own = own;
            self.before = Some(sentence);
        }
        // What follows a colon, a command as a rule, is not in the text.
        let hangs = |text: &Text| {
            let mask = text.mask();
            let lead = words(&mask).first().is_some_and(|w| matches!(&*w.lower, "if" | "when" | "although"));
            lead && circumstance(&mask).is_none()
        };
        self.before.take_if(|before| before.plain().ends_with(':') || hangs(before));
        self.begun = true;
        self.before.take_if(|before| before.plain().len() > LONGEST_CONTEXT);
    }
}

/// A sentence with a full stop, so that another can follow.
fn stopped(sentence: &Text) -> Text {
    let ends = sentence.plain().ends_with(['.', '!', '?', ':', ';', ')', '"', '”']);
    if ends { sentence.clone() } else { sentence.clone().then(".") }
}

/// Whether a sentence begins with a pronoun.
pub(super) fn begins_with_pronoun(sentence: &str) -> bool {
    words(sentence).first().is_some_and(|w| is_pronoun(&w.lower))
}

pub(super) fn is_pronoun(lower: &str) -> bool {
    matches!(lower, "it" | "this" | "they" | "these" | "those" | "it's" | "its" | "their" | "they're")
}

/// Whether one of two names holds the telling words of the other: `Vault policies`, `a vault policy`.
fn alike(one: &str, other: &str) -> bool {
    let telling = |name: &str| -> Vec<String> {
        let found = words(name);
        found.iter().filter(|w| !is_determiner(&w.lower)).map(|w| singular(&w.lower)).collect()
    };
    let (one, other) = (telling(one), telling(other));
    one.iter().all(|w| other.contains(w)) || other.iter().all(|w| one.contains(w))
}
