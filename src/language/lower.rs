//! Lower case without a copy where the text is written so already, as most words are.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// A text in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Lower<'t>(Cow<'t, str>);

/// A text in lower case.
pub fn lower(text: &str) -> Lower<'_> {
    let capital = |b: u8| b.is_ascii_uppercase() || !b.is_ascii();
    Lower(if text.bytes().any(capital) { Cow::Owned(text.to_lowercase()) } else { Cow::Borrowed(text) })
}

/// A text in lower case in which every byte stays in its place: letters stay as they are whose small form takes
/// another number of bytes, as `ẞ` and `İ`.
pub fn in_place(text: &str) -> String {
    let small = |c: char| {
        let mut lower = c.to_lowercase();
        lower.next().filter(|small| lower.next().is_none() && small.len_utf8() == c.len_utf8()).unwrap_or(c)
    };
    text.chars().map(small).collect()
}

impl<'t> Lower<'t> {
    /// A text that is known to be in lower case.
    pub(super) fn known(text: &'t str) -> Self {
        Lower(Cow::Borrowed(text))
    }
}

impl Lower<'_> {
    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same with straight apostrophes.
    #[must_use]
    pub(super) fn straight(self) -> Self {
        if !self.0.is_ascii() && self.0.contains('’') { Lower(Cow::Owned(self.0.replace('’', "'"))) } else { self }
    }
}

impl Deref for Lower<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Lower<'_> {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl PartialEq<str> for Lower<'_> {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Lower<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changes_is_copied() {
        assert!(matches!(lower("s3 bucket").0, Cow::Borrowed("s3 bucket")));
        assert_eq!(lower("Äpfel"), "äpfel");
        assert_eq!(lower("Don’t").straight(), "don't");
    }
}
