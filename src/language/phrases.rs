//! Phrases looked for in running text, all at once.

use aho_corasick::AhoCorasick;

use super::lower::lower;

/// Lower-case phrases.
#[derive(Debug)]
pub struct Phrases(Option<AhoCorasick>);

impl Phrases {
    /// Phrases to look for; none is found where there are too many for a search at once.
    pub fn new(phrases: &[&str]) -> Phrases {
        Phrases(AhoCorasick::new(phrases).ok())
    }

    /// Whether one of them stands in a text as whole words, in capitals or not.
    pub fn stand_in(&self, text: &str) -> bool {
        let Some(search) = &self.0 else { return false };
        let text = lower(text);
        search.find_overlapping_iter(&*text).any(|found| {
            !text[..found.start()].ends_with(char::is_alphanumeric)
                && !text[found.end()..].starts_with(char::is_alphanumeric)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn only_whole_words_are_found() {
        let phrases = Phrases::new(&["let us", "us", "e.g."]);
        assert!(phrases.stand_in("Now let us see") && phrases.stand_in("US, too") && phrases.stand_in("e.g. this"));
        assert!(!phrases.stand_in("let used things be") && !phrases.stand_in("bus"));
    }
}
