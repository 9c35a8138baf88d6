//! What recto knows of languages: sentences, clauses, word tables.

pub mod english;
pub mod gap;
pub mod sentence;
