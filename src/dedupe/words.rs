//! Words whose exchange changes what is asked: small words by class, opposites, numbers in words and units.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What sort of small word a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// It turns a statement round: not, except.
    Negation,
    /// It tells when: before, after.
    Time,
    /// It weighs: more, least.
    Degree,
    /// It gives a direction or a place: from, into, over.
    Direction,
    /// It stands for a person: he, her.
    Person,
    /// It counts: all, some.
    Quantity,
    /// It joins: and, or, if.
    Join,
    /// It gives leave or asks for something: can, must.
    Mode,
    /// It carries time and aspect: is, was, did.
    Auxiliary,
    /// It asks: who, when.
    Asking,
    /// Any other word that carries little by itself.
    Filler,
}

impl Class {
    /// All classes, in the order of this list.
    pub const ALL: [Class; 11] = [
        Class::Negation,
        Class::Time,
        Class::Degree,
        Class::Direction,
        Class::Person,
        Class::Quantity,
        Class::Join,
        Class::Mode,
        Class::Auxiliary,
        Class::Asking,
        Class::Filler,
    ];

    /// The class in a word.
    pub fn name(self) -> &'static str {
        match self {
            Class::Negation => "negation",
            Class::Time => "time",
            Class::Degree => "degree",
            Class::Direction => "direction",
            Class::Person => "person",
            Class::Quantity => "quantity",
            Class::Join => "join",
            Class::Mode => "mode",
            Class::Auxiliary => "auxiliary",
            Class::Asking => "asking",
            Class::Filler => "filler",
        }
    }

    /// Its words.
    pub fn words(self) -> &'static str {
        match self {
            Class::Negation => {
                "not no never none nor neither without except unless cannot nobody nothing nowhere excluding lacks"
            }
            Class::Time => {
                "before after during until till since while already yet still now then ago earlier later first last \
                 used become becomes becoming became former formerly previously prior next"
            }
            Class::Degree => {
                "more less most least fewer fewest better worse best worst greater smaller larger higher lower too very \
                 enough much little few many"
            }
            Class::Direction => {
                "from to into onto by than over under above below inside outside through between against toward towards \
                 out off up down in on at with for of via"
            }
            Class::Person => {
                "he she his her him hers himself herself i my me mine we our us you your they their them it its"
            }
            Class::Quantity => {
                "all some any every each both either only just always sometimes often usually rarely several half"
            }
            Class::Join => "and or if but because although though whether so",
            Class::Mode => "can could should must may might would will shall need ought able have",
            Class::Auxiliary => "is are was were be been being am do does did has had having get gets got",
            Class::Asking => "who when whom whose what which where why how",
            Class::Filler => "a an the this that these those there here please one also as such about",
        }
    }
}

/// Pairs of words that say the opposite, or name two of a kind that are often exchanged.
const OPPOSITES: &str = "before after|more less|most least|more fewer|better worse|best worst|increase decrease|rise fall|\
    high low|higher lower|highest lowest|large small|larger smaller|largest smallest|big small|long short|longest shortest|\
    fast slow|fastest slowest|cheap expensive|cheapest fastest|first last|start end|start stop|begin end|open close|input output|\
    ingress egress|read write|row column|horizontal vertical|encode decode|encrypt decrypt|compress decompress|public private|\
    internal external|synchronous asynchronous|batch streaming|minimum maximum|min max|true false|good bad|hot cold|warm cold|\
    strong weak|safe dangerous|easy hard|easy difficult|early late|old new|old young|male female|man woman|men women|boy girl|\
    actor actress|king queen|father mother|brother sister|son daughter|husband wife|north south|east west|northern southern|\
    eastern western|left right|up down|above below|over under|inside outside|buy sell|win lose|love hate|alive dead|birth death|\
    born died|positive negative|active passive|add remove|add subtract|multiply divide|always never|accept reject|allow deny|\
    enable disable|import export|export import|upload download|push pull|send receive|mean median|precision recall|supervised \
    unsupervised|stateful stateless|mutable immutable|static dynamic|implicit explicit|upper lower|acid base|proton electron|\
    cation anion|vein artery|anode cathode|plus minus|gain lose|optimistic pessimistic|rich poor|with without|all none|\
    everything nothing|day night|summer winter|advantage disadvantage|legal illegal|possible impossible|regular irregular|\
    visible invisible|he she|his her|him her|himself herself|and or|same different|similar different|polite rude|happy sad|lazy diligent|smart stupid|modest proud|brave timid|specific vague";

static CLASSES: LazyLock<HashMap<&'static str, Class>> = LazyLock::new(|| {
    // A word of two classes has the first.
    let words = Class::ALL.iter().rev().flat_map(|class| class.words().split_whitespace().map(|word| (word, *class)));
    words.collect()
});

static PAIRS: LazyLock<HashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    let pairs = OPPOSITES.split('|').filter_map(|pair| pair.trim().split_once(' '));
    pairs.flat_map(|(a, b)| [(a, b.trim()), (b.trim(), a)]).collect()
});

/// The words that have an opposite.
static PAIRED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| PAIRS.iter().map(|(word, _)| *word).collect());

/// The bytes of the longest word that has one, and some.
const LONGEST: usize = 16;

/// Words that single out one of several: with and without them a question may have two answers.
const NARROWING: &str = "second third fourth fifth sixth seventh eighth ninth tenth main official original current \
    present old new junior senior semi sub super micro macro non anti pre post upper lower inner outer left right \
    male female men women supporting assistant deputy vice legal real full maiden middle nick default custom \
    optional required local remote global public private single double multi partial average total net gross";

static NARROW: LazyLock<HashSet<&'static str>> = LazyLock::new(|| NARROWING.split_whitespace().collect());

/// Whether a word singles out one of several.
pub fn narrows(word: &str) -> bool {
    NARROW.contains(word)
}

/// The class of a small word.
pub fn class(word: &str) -> Option<Class> {
    CLASSES.get(word).copied()
}

/// Whether two words say the opposite, by the list or by a prefix.
pub fn opposed(left: &str, right: &str) -> bool {
    // Few words have an opposite: most pairs are done with one look.
    let listed = left.len() <= LONGEST && right.len() <= LONGEST && PAIRED.contains(left);
    listed && PAIRS.contains(&(left, right)) || negates(left, right) || negates(right, left)
}

/// Whether `long` is `short` with a prefix that denies it.
fn negates(long: &str, short: &str) -> bool {
    let Some(prefix) = long.strip_suffix(short).filter(|_| short.len() >= 4) else { return false };
    ["un", "in", "im", "ir", "il", "dis", "non", "de", "a"].contains(&prefix.trim_end_matches('-'))
}

/// The opposites of a word, for making contrast pairs.
pub fn opposites(word: &str) -> Vec<&'static str> {
    let pairs = OPPOSITES.split('|').filter_map(|pair| pair.trim().split_once(' '));
    pairs
        .filter_map(|(a, b)| {
            if a == word {
                Some(b.trim())
            } else if b.trim() == word {
                Some(a)
            } else {
                None
            }
        })
        .collect()
}

/// The common form of a word that is written in several ways.
pub fn base(word: &str) -> Cow<'_, str> {
    const WAYS: [(&str, &str); 8] = [
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ise", "ize"),
        ("ours", "ors"),
        ("our", "or"),
        ("tre", "ter"),
    ];
    match word {
        "cannot" => Cow::Borrowed("not"),
        "celsius" => Cow::Borrowed("c"),
        "fahrenheit" => Cow::Borrowed("f"),
        _ => {
            let way = WAYS.iter().find_map(|(british, other)| Some((word.strip_suffix(british)?, other)));
            let way = way.filter(|(begin, _)| begin.len() >= 3);
            way.map_or(Cow::Borrowed(word), |(begin, other)| Cow::Owned([begin, other].concat()))
        }
    }
}

/// The value of a number in digits or in a word.
pub fn number(word: &str) -> Option<f64> {
    const SMALL: [&str; 21] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ];
    if word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        let sound = word.len() <= 15 && word.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
        return if sound { word.replace(',', "").parse().ok() } else { None };
    }
    // "one" is more often a pronoun than a number.
    let index = SMALL.iter().position(|name| *name == word).filter(|index| *index != 1)?;
    u8::try_from(index).ok().map(f64::from)
}

/// What a unit behind a number multiplies it by, and the unit it is then in.
pub fn unit(word: &str) -> Option<(f64, &'static str)> {
    let known = match word {
        "kb" | "kib" | "kilobyte" | "kilobytes" => (1024.0, "byte"),
        "mb" | "mib" | "megabyte" | "megabytes" => (1_048_576.0, "byte"),
        "gb" | "gib" | "gigabyte" | "gigabytes" => (1_073_741_824.0, "byte"),
        "tb" | "tib" | "terabyte" | "terabytes" => (1_099_511_627_776.0, "byte"),
        "ms" | "millisecond" | "milliseconds" => (0.001, "second"),
        "s" | "sec" | "second" | "seconds" => (1.0, "second"),
        "min" | "minute" | "minutes" => (60.0, "second"),
        "h" | "hour" | "hours" => (3600.0, "second"),
        "day" | "days" => (86_400.0, "second"),
        "week" | "weeks" => (604_800.0, "second"),
        "mm" | "millimeter" | "millimetre" => (0.001, "metre"),
        "cm" | "centimeter" | "centimetre" => (0.01, "metre"),
        "m" | "meter" | "metre" | "meters" | "metres" => (1.0, "metre"),
        "km" | "kilometer" | "kilometre" | "kilometers" | "kilometres" => (1000.0, "metre"),
        "g" | "gram" | "grams" => (1.0, "gram"),
        "kg" | "kilogram" | "kilograms" => (1000.0, "gram"),
        _ => return None,
    };
    Some(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_are_told_in_both_directions() {
        assert!(opposed("before", "after") && opposed("after", "before") && opposed("stable", "unstable"));
        assert!(!opposed("before", "during"));
    }

    #[test]
    fn the_first_class_of_a_word_counts() {
        assert_eq!(class("not"), Some(Class::Negation));
        assert_eq!(class("when"), Some(Class::Asking));
        assert_eq!(class("table"), None);
    }
}
