//! Word tables and grammar by language.
