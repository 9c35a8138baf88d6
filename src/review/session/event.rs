//! What a session takes in and gives out.

use super::super::grade::Keys;
use super::super::keys::{Action, Key};
use super::super::queue::{Cause, Entry};
use super::super::summary::Outlook;
use super::super::turn::Fetched;

/// How a session goes.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Which keys grade.
    pub keys: Keys,
    /// After how many milliseconds the learner is asked whether to go on.
    pub timebox: Option<i64>,
    /// The lapses that make a card a leech; 0 for never.
    pub leech: i64,
    /// Whether every answer is typed.
    pub typing: bool,
    /// The study day.
    pub day: i64,
}

/// What a learner does to a card besides grading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Not asked before tomorrow.
    Buried,
    /// Not asked until that is lifted.
    Suspended,
    /// Flagged for the learner's own purposes.
    Flagged,
}

/// What was done earlier today, and can be taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// How many answers were given.
    pub answers: usize,
    /// The cards that were put off or suspended, in their order.
    pub marks: Vec<PastMark>,
}

/// A card that was put off or suspended in an earlier session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastMark {
    /// A face of the card.
    pub entry: Entry,
    /// What was done to it.
    pub mark: Mark,
    /// How many answers were given before.
    pub behind: usize,
}

/// An answer to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The face.
    pub face: i64,
    /// Why it was asked.
    pub cause: Cause,
    /// The grade, 0 to 5.
    pub grade: u8,
    /// Milliseconds from the question to the grade.
    pub taken: i64,
    /// The `seq` of the face's last answer, as far as the session knows.
    pub last: i64,
    /// The build that had changed the face's answer in substance when it was shown.
    pub changed: Option<i64>,
}

/// What the session wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Fetch what a face shows; answered by [`Event::Fetched`].
    Fetch(Entry),
    /// Keep an answer; answered by [`Event::Saved`] or [`Event::Outdated`].
    Save(Answer),
    /// Take back the last answer of the log; answered by [`Event::Undone`].
    Undo,
    /// Set a mark on a card, or lift it; answered by [`Event::Marked`].
    Mark(String, Mark, bool),
    /// Open a note at a line and rebuild; answered by [`Event::Edited`].
    Edit(String, usize),
    /// Read lines of a note, the first to the last; answered by [`Event::Read`].
    Read(String, usize, usize),
    /// Look what is to come; answered by [`Event::Outlook`].
    Look,
    /// End the session.
    Quit,
}

/// What happened. Every command but the last may be answered by [`Event::Failed`], too.
#[derive(Debug, Clone)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Something is to be done whose key means another thing here.
    Do(Action),
    /// Something was typed that means nothing.
    Unknown(String),
    /// A line was typed as the answer.
    Typed(String),
    /// What a face shows, and what is known of it; `None` if it is no more asked.
    Fetched(Option<Box<Fetched>>),
    /// The face has left the notes, and this one stands in its place.
    Replaced(Entry),
    /// An answer is on the disc.
    Saved(Saved),
    /// The face was answered elsewhere meanwhile; nothing was kept.
    Outdated,
    /// An answer was taken back; the face as it is now, `None` if it has left the notes.
    Undone(Option<Entry>),
    /// A mark was set or lifted.
    Marked,
    /// The editor was closed, and what came of it.
    Edited(Option<String>),
    /// Lines of a note, with their numbers.
    Read(Vec<(usize, String)>),
    /// What is to come.
    Outlook(Outlook),
    /// So many milliseconds went by in which nobody could learn.
    Paused(i64),
    /// A command could not be carried out, and why.
    Failed(String),
}

/// What is known once an answer is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The face where it comes back today.
    pub again: Option<Entry>,
    /// How often the face was forgotten by now.
    pub lapses: i64,
    /// The study day that the answer counted for.
    pub day: i64,
    /// Whether a build changed the answer in substance while the old one was on the screen.
    pub changed: bool,
}

/// What stands on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// The card.
    Card,
    /// What the keys do.
    Help,
    /// Lines of the note, with their numbers.
    Source(Vec<(usize, String)>),
    /// The question whether to go on.
    Timebox,
    /// What was done.
    Summary,
}

/// A remark at the bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// Whether something went wrong.
    pub bad: bool,
}
