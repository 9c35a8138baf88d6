//! Codes of findings about identities: which card is which from build to build, and the file that keeps it.

use super::{Code, Stage};
use crate::diagnostic::Severity;

/// A code about the identity file.
const fn code(name: &'static str, level: Severity, summary: &'static str) -> Code {
    Code { name, level, summary, manual: "", example: None, stage: Stage::Reading }
}

/// A card that may be an earlier one.
pub const IDENTITY_UNSURE: Code = Code {
    manual: "\
A card has left the notes and another has come in that may be the same in new words, and only their author
can know. Nothing is guessed: the new card starts afresh, the review history of the other is kept aside.
`recto identity` shows both texts; `recto identity same OLD NEW` gives the history to the new card, and
`recto identity different OLD NEW` leaves it where it is. Either is said once, for good.",
    ..code("identity-unsure", Severity::Warning, "a new card that may be one that went")
};

/// An identity file with the marks of a merge.
pub const LOCK_CONFLICT: Code = Code {
    manual: "\
A merge left its marks (`<<<<<<<`) in the identity file, the `.lock` beside the decks. Nothing is built, since
cards would lose their review histories. `recto identity --repair` keeps the lines of both sides, of two
lines for one card the later, and writes the file anew; mend conflicts in the notes first.",
    ..code("lock-conflict", Severity::Error, "an identity file with the marks of a merge")
};

/// An identity file that is not as recto writes it.
pub const LOCK_DAMAGED: Code = Code {
    manual: "\
The identity file, the `.lock` beside the decks, is torn or was changed by hand. Nothing is built, since cards
would lose their review histories. Put back a sound copy (`git checkout`), or run `recto identity --repair`:
it keeps all sound lines and takes the others from the review database and from a package that recto wrote.",
    ..code("lock-damaged", Severity::Error, "an identity file that is torn or was changed by hand")
};

/// An identity file of a later recto.
pub const LOCK_NEWER: Code = Code {
    manual: "\
A later recto wrote the identity file, the `.lock` beside the decks, in a form that this one does not know.
Nothing is built and the file is left as it is. Use the recto that wrote it, or a later one.",
    ..code("lock-newer", Severity::Error, "an identity file of a later recto")
};

/// An identity file that is not there though there are cards.
pub const LOCK_MISSING: Code = Code {
    manual: "\
There is no identity file (`.lock`) beside decks that were built before, by an earlier recto or with the file
gone. The ids of cards were taken from the review database or the package instead, so that no history is lost;
what changed in the notes since then was followed as well as it can be. Commit the file with the notes.",
    ..code("lock-missing", Severity::Warning, "decks without their identity file")
};

/// A deck that was given another name.
pub const DECK_RENAMED: Code = Code {
    manual: "\
The same notes were built as a deck of another name before, and its files still lie beside those of today. Cards
have the ids that they had there, so no history is lost, but whoever imports the old package gets the old deck
again. recto deletes nothing unasked: delete the files that are named, unless you want both decks. Labels, a
model or an audit of matching are your own work, which is looked for under the name of today.",
    ..code("deck-renamed", Severity::Warning, "files of a deck that has another name now")
};

/// A pin that two cards have.
pub const PIN_TWICE: Code = Code {
    manual: "\
Two cards have one pin, and an identity is for one card only. The first has it, the other goes by its words.
Change or remove one of the two.",
    example: Some(
        "Q: What does NAT rewrite? <!-- recto: pin(nat) -->\nA: Addresses\n\nText.\n\nQ: What does DNS resolve? <!-- recto: pin(nat) -->\nA: Names\n",
    ),
    stage: Stage::Compiling,
    ..code("pin-twice", Severity::Warning, "a pin that two cards have")
};

/// A pin without a card of its own.
pub const PIN_UNSURE: Code = Code {
    manual: "\
A pin stands beside no card, or beside several, so it has no effect. `<!-- recto: pin(NAME) -->` belongs into the
lines of one card; `pin: NAME` in front matter is for a note that makes one card.",
    example: Some("Text.\n\n<!-- recto: pin(nat) -->\n"),
    stage: Stage::Compiling,
    ..code("pin-unsure", Severity::Warning, "a pin without a card of its own")
};
