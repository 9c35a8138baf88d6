//! What rules need to know of a language that is read by its frames: plain words in lists, no code.
//! English has a grammar of its own and needs no table.

/// A way of saying something, and how to ask for it.
#[derive(Debug)]
pub struct Frame {
    /// The words between the subject and what is said of it, in lower case; what stands behind a `|`
    /// belongs to the answer.
    pub says: &'static str,
    /// The question, with `{}` for the subject.
    pub asks: &'static str,
    /// Whether what is said has to begin with an article, as a definition does.
    pub defines: bool,
}

/// Whole fronts. `{}` stands for the thing, `{a}` for an aspect's question or for a step.
#[derive(Debug)]
pub struct Fronts {
    /// An aspect of a thing with a proper name: `What are the limits of {}?`.
    pub of: &'static str,
    /// An aspect of any other thing, which would need an article or another case.
    pub about: &'static str,
    /// The meaning of a term.
    pub meaning: &'static str,
    /// The meaning of a term in the plural.
    pub meanings: &'static str,
    /// All steps of a process.
    pub steps: &'static str,
    /// The step behind another.
    pub next: &'static str,
    /// The long form of an abbreviation.
    pub long_form: &'static str,
}

/// The words of a language.
#[derive(Debug)]
pub struct Table {
    /// Function words that the other languages known here do not share.
    pub function_words: &'static [&'static str],
    /// Words that begin a sentence which points at another one.
    pub pointing: &'static [&'static str],
    /// Words that begin a sentence, but no subject: prepositions, adverbs, conjunctions.
    pub no_subject: &'static [&'static str],
    /// Whether a sentence may do without its subject, so that only a stated one tells of what it speaks.
    pub drops_subject: bool,
    /// Articles, which lose their capital inside a question.
    pub articles: &'static [&'static str],
    /// Nouns that name nothing without a complement.
    pub vague: &'static [&'static str],
    /// Endings of words that are no subject by themselves although a capital opens the sentence.
    pub no_noun: &'static [&'static str],
    /// Words that turn what is said into its opposite.
    pub negations: &'static [&'static str],
    /// The frames, in any order.
    pub frames: &'static [Frame],
    /// Frames around the subject: words before it, words behind it, and the question.
    pub around: &'static [(&'static str, &'static str, &'static str)],
    /// How to ask for a person instead of a thing, by the verb.
    pub who: &'static [(&'static str, &'static str)],
    /// Ends of the words that say what a person is.
    pub persons: &'static [&'static str],
    /// Aspects of a thing in lower case, each with the beginning of its question.
    pub aspects: &'static [(&'static str, &'static str)],
    /// Words between an aspect and its thing in a heading: `Vorteile von X`.
    pub joints: &'static [&'static str],
    /// Headings that name a part of the page, in lower case.
    pub meta: &'static [&'static str],
    /// Beginnings and ends of headings that ask what a thing is, in lower case.
    pub what_is: &'static [(&'static str, &'static str)],
    /// Words of a heading or lead-in that announce steps.
    pub steps: &'static [&'static str],
    /// The fronts.
    pub fronts: Fronts,
}

/// A definition.
pub const fn defines(says: &'static str, asks: &'static str) -> Frame {
    Frame { says, asks, defines: true }
}

/// Any other statement.
pub const fn says(says: &'static str, asks: &'static str) -> Frame {
    Frame { says, asks, defines: false }
}

impl Table {
    /// The beginning of the question for an aspect.
    pub fn aspect(&self, label: &str) -> Option<&'static str> {
        let lower = label.trim().to_lowercase();
        self.aspects.iter().find(|(name, _)| *name == lower).map(|(_, asks)| *asks)
    }

    /// Whether a heading (lower case) names a part of the page.
    pub fn is_meta(&self, lower: &str) -> bool {
        self.meta.contains(&lower)
    }
}
