//! Whether an answer has changed in substance: another number, another term, a negation. Other words for the
//! same are no such change.

use crate::dedupe::text::{self, Shape, Token};
use crate::dedupe::words::{self, Class};

/// How much of the words of content may change before an answer counts as another.
const SHARE: f64 = 0.34;

/// Whether one answer is another in substance.
pub fn changed(old: &str, new: &str) -> bool {
    if old == new {
        return false;
    }
    let (left, right) = (text::fold(old), text::fold(new));
    if left == right {
        return false;
    }
    let (a, b) = (text::tokens(&left), text::tokens(&right));
    if values(&a, &left) != values(&b, &right) || negations(&a) != negations(&b) {
        return true;
    }
    let (lost, gained) = (alone(&a, &left, &b, &right), alone(&b, &right, &a, &left));
    if lost.iter().any(|x| gained.iter().any(|y| words::opposed(x.0, y.0))) {
        return true;
    }
    let weighty = |class: &Option<Class>| matches!(class, Some(Class::Degree | Class::Time | Class::Quantity));
    let turned = |words: &[(&str, Option<Class>)]| words.iter().any(|(_, class)| weighty(class));
    if turned(&lost) && turned(&gained) {
        return true;
    }
    let (lost, gained) = (content(&lost), content(&gained));
    if signs(&left) != signs(&right) && a.iter().zip(&b).all(|(x, y)| x.stem == y.stem) && a.len() == b.len() {
        return true;
    }
    let terms = |text: &str, words: &[&str]| words.iter().any(|word| is_term(text, word));
    if !lost.is_empty() && terms(old, &lost) || !gained.is_empty() && terms(new, &gained) {
        return true;
    }
    let count = |tokens: &[Token]| tokens.iter().filter(|token| token.class.is_none()).count();
    let most = count(&a).max(count(&b)).max(1);
    real(lost.len().max(gained.len())) / real(most) > SHARE
}

/// The numbers with their units, ascending.
fn values(tokens: &[Token], folded: &str) -> Vec<u64> {
    let word = |token: &Token| token.written(folded);
    let mut out = Vec::new();
    for (index, token) in tokens.iter().enumerate().filter(|(_, token)| token.shape != Shape::Word) {
        let Some(value) = words::number(word(token)) else {
            out.push(token.stem);
            continue;
        };
        let unit = tokens.get(index + 1).and_then(|next| words::unit(word(next)));
        out.push((value * unit.map_or(1.0, |(scale, _)| scale)).to_bits());
    }
    out.sort_unstable();
    out
}

fn negations(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| token.class == Some(Class::Negation)).count() % 2
}

/// The words of content among some.
fn content<'a>(words: &[(&'a str, Option<Class>)]) -> Vec<&'a str> {
    words.iter().filter(|(_, class)| class.is_none()).map(|(word, _)| *word).collect()
}

/// The words that one text has and the other lacks, with their classes, slips of the pen and units left out.
fn alone<'a>(a: &[Token], left: &'a str, b: &[Token], right: &str) -> Vec<(&'a str, Option<Class>)> {
    let known = |token: &Token| {
        let written = token.written(left);
        b.iter().any(|other| other.stem == token.stem) || b.iter().any(|other| slip(written, other.written(right)))
    };
    let own = a.iter().filter(|token| token.shape == Shape::Word && words::unit(token.written(left)).is_none());
    own.filter(|token| !known(token)).map(|token| (token.written(left), token.class)).collect()
}

/// Whether two words differ by one letter, and are long enough for that to be a slip.
fn slip(a: &str, b: &str) -> bool {
    let (left, right) = (a.chars().count(), b.chars().count());
    let long = left.max(right);
    let most = if long >= 8 { 2 } else { 1 };
    // One letter more or less, or another in its place, changes two of the letters that are there at most.
    let near = left.abs_diff(right) <= most && (letters(a) ^ letters(b)).count_ones() as usize <= 2 * most;
    near && long >= 4 && !words::opposed(a, b) && strsim::damerau_levenshtein(a, b) <= most
}

/// Which letters a word has, some of them under one bit.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64))
}

/// Whether a word is a name or an abbreviation where it is written: capitals that begin no sentence.
fn is_term(text: &str, folded: &str) -> bool {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    text.split_whitespace().map(bare).enumerate().any(|(place, word)| {
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        text::fold(&word).contains(folded) && (capitals > 1 || capitals == 1 && place > 0)
    })
}

/// Marks that change a value: signs, comparisons.
fn signs(folded: &str) -> String {
    folded.chars().filter(|c| matches!(c, '-' | '+' | '<' | '>' | '=' | '≤' | '≥' | '%' | '±' | '/' | '^')).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn real(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::changed;

    #[test]
    fn other_words_are_no_change() {
        let pairs = [
            ("60 seconds", "60 s."),
            ("It stores objects.", "it stores the objects"),
            ("an object store for files of any size", "an object storage for files of any size"),
            ("Redshfit and S3", "Redshift and S3"),
            ("1,000 items", "1000 items"),
        ];
        for (old, new) in pairs {
            assert!(!changed(old, new) && !changed(new, old), "{old} / {new}");
        }
    }

    #[test]
    fn numbers_terms_and_negations_are() {
        let pairs = [
            ("60 seconds", "90 seconds"),
            ("5 GB", "5 TB"),
            ("at least once", "at most once"),
            ("it is encrypted", "it is not encrypted"),
            ("to S3", "to Redshift"),
            ("S3, Redshift", "S3, Redshift, OpenSearch"),
            ("the primary node", "the secondary node"),
            ("x < 5", "x > 5"),
        ];
        for (old, new) in pairs {
            assert!(changed(old, new) && changed(new, old), "{old} / {new}");
        }
    }
}
