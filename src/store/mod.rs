//! The review database.
