//! The only reader of notes and settings.
