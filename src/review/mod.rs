//! The daily review: [`session`] is a pure state machine (events in, commands out, time passed in) and
//! [`view`] draws it; neither knows the disc or the clock.
//!
//! [`world`] carries commands out on the review database. [`terminal`] and [`plain`] are the two ways to
//! sit in front of it. An answer is on the disc before the next card is fetched.

pub mod agenda;
pub mod drill;
pub mod face;
pub mod grade;
pub mod keys;
pub mod pictures;
pub mod plain;
pub mod queue;
pub mod session;
mod spread;
pub mod summary;
pub mod tally;
pub mod terminal;
pub mod turn;
pub mod typed;
pub mod view;
pub mod world;
