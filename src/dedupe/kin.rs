//! Words that are kin though their stems differ: spellings, forms and words of one sense, and names in short and in full.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::compare::{letter_order, word};
use super::entry::Side;
use super::text::{Shape, Token};

/// The most words of a front that are set against words of the other.
const MOST: usize = 12;

/// How alike two spellings must be.
const SPELT: f32 = 0.8;

/// Words that ask for or tell the same, and forms that no stem unites.
const SENSES: &str = "movie film picture|write wrote written author novelist writer|television tv|country nation|\
    big large huge size|begin began begun start|choose chose chosen pick select|call name nickname title known|\
    star play portray act actor actress role|marry marriage wife husband spouse|buy bought purchase|win won winner winning|\
    make made create creator build built|find found discover discovery|city town|child children kid son daughter|\
    show series sitcom|compose composer wrote|sing sang sung singer vocalist|paint painter painting|\
    direct director|invent inventor invention|die died death dead|born birth birthplace|old age|\
    fast quick rapid|car automobile|use purpose|happen occur|get obtain receive|keep store hold|show display|\
    remove delete|fix repair mend|allow permit let|need require|give provide|help assist|stop end cease|tell say said|\
    speak spoke language|grow grew grown|leave left|become became|know knew|take took taken|team club|\
    school college university|kill murder slay|king ruler monarch emperor tsar tzar|leader head|us usa american america|\
    uk british britain english england|capital seat|long length|high height tall|heavy weight|deep depth|wide width|\
    hot heat temperature|boil boiling|color hue|shape form|part component|kind type sort|year date|number amount count|\
    company firm corporation|money currency|job occupation profession|food dish|drink beverage|ship vessel|plane airplane aircraft";

static SENSE: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut out: HashMap<&'static str, Vec<usize>> = HashMap::new();
    for (number, group) in SENSES.split('|').enumerate() {
        for word in group.split_whitespace() {
            out.entry(word).or_default().push(number);
        }
    }
    out
});

/// What two fronts have in common beyond their words, and what is left.
#[derive(Debug, Default)]
pub struct Kin {
    /// The weight of words that found a kin, taken on either side: the lesser.
    pub shared: f32,
    /// Words of content without kin, with weights, of the left and the right front.
    pub alone: [Vec<(u64, f32)>; 2],
}

/// A word that only one side has.
struct Left<'a> {
    stem: u64,
    weight: f32,
    word: &'a str,
}

/// Finds kin among the words that either front has alone.
pub fn kin((a, left): (&Side, &[(u64, f32)]), (b, right): (&Side, &[(u64, f32)])) -> Kin {
    let (x, y) = (content(a, left), content(b, right));
    let (short_x, short_y) = (in_short(&x, b), in_short(&y, a));
    let akin = |one: &Left, others: &[Left]| others.iter().any(|other| are_kin(one.word, other.word));
    let met_x: Vec<bool> = x.iter().map(|one| akin(one, &y) || covered(one, &short_x, &short_y)).collect();
    let met_y: Vec<bool> = y.iter().map(|one| akin(one, &x) || covered(one, &short_y, &short_x)).collect();
    let sum =
        |of: &[Left], met: &[bool]| of.iter().zip(met).filter(|(_, met)| **met).map(|(one, _)| one.weight).sum::<f32>();
    let rest = |of: &[Left], met: &[bool]| {
        of.iter().zip(met).filter(|(_, met)| !**met).map(|(one, _)| (one.stem, one.weight)).collect()
    };
    Kin { shared: sum(&x, &met_x).min(sum(&y, &met_y)), alone: [rest(&x, &met_x), rest(&y, &met_y)] }
}

/// The words of content among those that a side has alone.
fn content<'a>(side: &'a Side, alone: &[(u64, f32)]) -> Vec<Left<'a>> {
    let found = alone.iter().filter_map(|(stem, weight)| {
        let token = side.tokens.iter().find(|token| token.stem == *stem && token.class.is_none())?;
        Some(Left { stem: *stem, weight: *weight, word: word(side, token) })
    });
    found.take(MOST).collect()
}

fn are_kin(a: &str, b: &str) -> bool {
    if let (Some(x), Some(y)) = (SENSE.get(a), SENSE.get(b))
        && x.iter().any(|sense| y.contains(sense))
    {
        return true;
    }
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    let numbers = a.bytes().chain(b.bytes()).any(|byte| byte.is_ascii_digit());
    if numbers || short < 4 || a.as_bytes()[0] != b.as_bytes()[0] || long - short > 4 {
        return false;
    }
    let common = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    common >= 5 && common * 3 >= short * 2 || long - short <= 2 && letter_order(a, b) >= SPELT
}

/// A name in short: its stem, and the stems of the words in full.
type Short = (u64, Vec<u64>);

fn covered(one: &Left, own: &[Short], other: &[Short]) -> bool {
    own.iter().any(|(short, _)| *short == one.stem) || other.iter().any(|(_, full)| full.contains(&one.stem))
}

/// Which of these words are the initials of words of the other side that stand together.
fn in_short(words: &[Left], other: &Side) -> Vec<Short> {
    let short = |one: &Left| {
        let letters = initials(one.word)?;
        let found =
            other.tokens.iter().enumerate().find_map(|(at, _)| spelt_out(&letters, &other.tokens[at..], other))?;
        Some((one.stem, found))
    };
    words.iter().filter_map(short).collect()
}

/// The letters of a name in short; a digit repeats the letter before it: `ec2`, `s3`, `w3c`.
fn initials(word: &str) -> Option<Vec<u8>> {
    if !(2..=6).contains(&word.len()) || !word.is_ascii() || word.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    let mut out: Vec<u8> = Vec::new();
    for byte in word.bytes() {
        match (byte, out.last().copied()) {
            (b'2'..=b'4', Some(last)) => out.extend(std::iter::repeat_n(last, usize::from(byte - b'1'))),
            (b'a'..=b'z', _) => out.push(byte),
            _ => return None,
        }
    }
    Some(out)
}

/// The stems of the words that begin with these letters, small words between them left out.
fn spelt_out(letters: &[u8], tokens: &[Token], side: &Side) -> Option<Vec<u64>> {
    let mut out = Vec::new();
    let mut rest = letters;
    for token in tokens {
        let begins = word(side, token).as_bytes().first() == rest.first();
        if begins && token.shape == Shape::Word && word(side, token).len() > 1 {
            out.push(token.stem);
            rest = &rest[1..];
        } else if token.class.is_none() || out.is_empty() {
            return None;
        }
        if rest.is_empty() {
            return (out.len() > 1).then_some(out);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::*;

    fn alone(a: &str, b: &str) -> [usize; 2] {
        let lexicon = Lexicon::default();
        let (a, b) = (lexicon.words_of(a), lexicon.words_of(b));
        let both = super::super::compare::overlap(&a.bag, &b.bag);
        kin((&a, &both.left), (&b, &both.right)).alone.map(|words| words.len())
    }

    #[test]
    fn kin_of_every_sort_is_found() {
        assert_eq!(alone("Who wrote Faust?", "Who is the author of Faust?"), [0, 0]);
        assert_eq!(alone("first tsar", "first tzar"), [0, 0]);
        assert_eq!(alone("When was NATO founded?", "When was the North Atlantic Treaty Organization founded?"), [0, 0]);
        assert_eq!(alone("What is S3?", "What is Simple Storage Service?"), [0, 0]);
    }

    #[test]
    fn words_that_look_alike_are_not_always_kin() {
        assert_eq!(alone("a record for steals", "a record for assists"), [1, 1]);
        assert_eq!(alone("in 1975", "in 1976"), [1, 1]);
    }
}
