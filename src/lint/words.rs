//! Words as the lints compare them: folded, without marks; and the small words of the languages
//! that notes are most often written in.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

use crate::card::Content;

/// Words that say nothing by themselves, and adjectives that fit anything.
const EMPTY: &str = "a an the of to in on for and or is are was were be been being do does did has have had it its \
    this that these those they them their there you your we our i he she his her with from by as at not no so than \
    then if when which what who whom whose how why where can could may might must shall should will would also only \
    just very more most less least many much some any all both each every other another such same own too quite \
    rather often usually always never sometimes generally typically mainly mostly here now well \
    good bad better best great important main different various several certain \
    thing things way ways something anything e.g i.e etc \
    der die das den dem des ein eine einen einem einer eines und oder ist sind war waren wird werden hat haben nicht \
    kein keine auch nur sehr mehr viele viel einige alle es sie er wir ihr man mit von zu im in am an auf für als wie \
    bei aus um wenn dass oft immer nie gut wichtig verschiedene \
    el la los las un una unos unas de del y o es son era no se su sus lo que con por para en como más muy también \
    muchos muchas algunos siempre nunca importante \
    le les des du et ou est sont était ne pas ce cette ces il elle ils elles on son sa ses dans sur avec pour par que \
    qui plus très aussi beaucoup toujours jamais \
    的 了 是 在 和 与 或 也 很 都 不 有 这 那 它";

/// Words that any sentence could have in their place. Prepositions and conjunctions are not among them, since
/// those who learn a language learn just these.
const VAGUE: &str = "a an the very more most less many much some any various several certain different great good bad \
    better best important main often usually always sometimes generally typically mainly mostly well quite rather also \
    only just thing things something anything way ways is are was were be has have \
    sehr mehr viel viele einige manche gut wichtig oft meist meistens auch nur etwas verschiedene \
    muy más mucho muchos muchas algunos importante también très plus beaucoup important souvent aussi \
    很 非常 常 也 都";

/// The words of a text in lower case; each ideograph is one.
pub(super) fn words(text: &str) -> Vec<String> {
    text.unicode_words().map(|word| word.to_lowercase().replace('’', "'")).collect()
}

/// The words of all texts of a content, in order.
pub(super) fn words_of(content: &Content) -> Vec<String> {
    content.texts().iter().flat_map(|text| words(text.plain())).collect()
}

/// Whether a word in lower case says nothing by itself.
pub(super) fn is_empty(word: &str) -> bool {
    static SET: LazyLock<BTreeSet<&str>> = LazyLock::new(|| EMPTY.split_ascii_whitespace().collect());
    SET.contains(word)
}

/// Whether any sentence could have another word in the place of this one.
pub(super) fn is_vague(word: &str) -> bool {
    VAGUE.split_ascii_whitespace().any(|vague| vague == word)
}

/// Whether a word counts towards what a text says: it is no small word and has a letter or digit.
pub(super) fn is_telling(word: &str) -> bool {
    !is_empty(word) && word.chars().any(char::is_alphanumeric)
}

/// Whether `part` stands in `whole` as whole words, signs such as the last one of `C++` included, letter case aside.
pub(super) fn says(whole: &str, part: &str) -> bool {
    let held = || {
        let (inside, outside) = (words(part), words(whole));
        !inside.is_empty() && outside.windows(inside.len()).any(|window| window == inside)
    };
    holds(whole, part) && held()
}

/// Whether the characters of `part` stand in `whole`, letter case and signs around `part` aside.
pub(super) fn holds(whole: &str, part: &str) -> bool {
    let edge = |c: char| c.is_whitespace() || ".,;:!?\"'“”‘’()。，；：！？".contains(c);
    whole.to_lowercase().contains(&part.trim_matches(edge).to_lowercase())
}
