//! Whether a text may be a clause though its verb is not known for sure.

use super::clause::{Word, has_finite_verb, is_adverb, is_determiner, is_relative, words};
use super::noun::{is_plural, is_preposition};
use super::{base_verb, is_adjective, is_participle, past_tense, third_person};

/// Whether a text may be a clause, its verb known or not: a stricter guard than [`has_finite_verb`]
/// for pieces that would otherwise be taken for a definition.
pub fn may_be_clause(text: &str) -> bool {
    let words = words(text);
    let end = words.iter().position(|w| is_relative(&w.lower) && w.depth == 0).unwrap_or(words.len());
    let bare = |w: &Word| {
        matches!(&*w.lower, "doesnt" | "dont" | "isnt" | "cant" | "wont" | "arent" | "wasnt" | "didnt" | "couldnt")
    };
    has_finite_verb(text)
        || words.iter().any(bare)
        || (1..end).any(|i| {
            let (word, before) = (&words[i], &words[i - 1]);
            let next = words.get(i + 1);
            let acts = acted(&words[..i], word, next) || turned_on(word, next);
            let past = word.lower.ends_with("ed")
                && is_participle(&word.lower)
                && next.is_none_or(|n| !is_preposition(&n.lower));
            let third = third_person(&word.lower).is_some()
                && next.is_some_and(|n| is_determiner(&n.lower) || is_preposition(&n.lower) && n.lower != "of");
            // `good jobs led to …`, where a participle would be `led by …`.
            let turned = word.lower != "left"
                && past_tense(&word.lower).is_some_and(|v| !word.lower.starts_with(v.base))
                && (!is_participle(&word.lower) || next.is_some_and(|n| n.lower == "to" || is_determiner(&n.lower)));
            is_open(before, word)
                && (turned
                    || acts
                    || past && i == 1 && !is_adverb(&before.lower) && !before.lower.ends_with("'s")
                    || third && !is_adjective(&before.lower)
                    || said_of_several(before, word, next))
        })
}

/// Whether a word may be a verb by where it stands: behind no article and no preposition.
fn is_open(before: &Word, word: &Word) -> bool {
    let free = word.depth == 0 && !word.capital && !before.stop_after;
    free && !is_determiner(&before.lower) && !is_preposition(&before.lower)
}

/// `coins offer anonymous transactions`, `fluctuations make it risky`: what may be a noun too is a verb behind a plural
/// where something of which it is said follows.
fn said_of_several(before: &Word, word: &Word, next: Option<&Word>) -> bool {
    let object = next.is_some_and(|n| {
        let tied = is_preposition(&n.lower) && n.lower != "of" && n.lower != "for" || is_determiner(&n.lower);
        tied || !n.capital && is_adjective(&n.lower) || matches!(&*n.lower, "it" | "them" | "us" | "you")
    });
    is_plural(&before.lower) && base_verb(&word.lower).is_some_and(|v| !v.noun_too || object)
}

/// What those did of whom notes tell; the participle of none of these is often a quality.
const DEEDS: &[&str] = &[
    "provided", "emphasized", "emphasised", "criticized", "criticised", "advocated", "introduced", "established",
    "created", "founded", "abolished", "passed", "granted", "led", "caused", "enabled", "marked", "brought", "gave",
    "ended", "began", "started", "helped", "supported", "opposed", "promoted", "wrote", "invented", "discovered",
    "won", "defeated", "signed", "declared", "became", "developed", "argued", "proposed", "showed", "proved",
    "revolutionized", "revolutionised", "transformed", "increased", "reduced", "allowed", "required", "replaced",
    "justified", "fueled", "fuelled", "popularized", "popularised", "diminished", "sparked", "angered", "weakened",
    "strengthened", "influenced", "inspired", "triggered", "prompted", "undermined", "shaped", "ensured", "imposed",
    "recognized", "recognised", "launched", "recommended", "suggested", "identified", "appointed", "drafted",
    "amended", "challenged", "united", "intensified", "demonstrated", "highlighted", "encouraged", "forced", "made",
    "took", "proclaimed", "fostered", "birthed", "eroded", "spurred", "symbolized", "symbolised", "alienated",
    "dismantled", "confiscated", "drafted", "negotiated", "executed", "stormed", "conquered", "annexed", "ratified",
    "repealed", "nationalized", "nationalised", "overthrew", "swept", "killed", "resisted", "rejected", "pledged",
    "vowed", "ushered", "betrayed",
];

/// What somebody did to do something else.
const TRIES: &[&str] = &[
    "attempted", "tried", "wanted", "decided", "agreed", "refused", "failed", "managed", "sought", "promised",
    "threatened", "hoped", "struggled", "helped", "continued", "began",
];

/// What has no object and so no participle that stands behind its noun.
const INTRANSITIVE: &[&str] = &[
    "clashed", "resulted", "contributed", "relied", "depended", "belonged", "emerged", "occurred", "happened",
    "existed", "remained", "served", "differed", "evolved", "grew", "rose", "fell", "arose", "collapsed", "failed",
    "succeeded", "disappeared", "arrived", "came", "went", "died", "lasted", "consisted", "culminated", "advocated",
    "protested", "fought", "campaigned", "persisted", "surged", "worked", "stepped", "disagreed", "objected",
    "reacted", "collaborated", "struggled", "participated", "varied", "engaged", "revolted", "rebelled", "thrived",
];

/// Whether a word (lower case) says what somebody did, and is hardly ever a quality.
pub fn is_deed(word: &str) -> bool {
    DEEDS.contains(&word)
}

/// Whether a word (lower case) in -ed before a preposition says what somebody did, and not what was done with a thing:
/// `refused to join`, `advocated for reform`.
pub fn is_active(verb: &str, link: &str) -> bool {
    link == "to" && TRIES.contains(&verb) || INTRANSITIVE.contains(&verb) && is_preposition(link)
}

/// Whether two words (lower case) say what came of something: `led to`, `resulted in`.
pub fn tells_outcome(verb: &str, link: &str) -> bool {
    matches!((verb, link), ("led" | "contributed", "to") | ("resulted" | "culminated", "in") | ("arose", "from"))
}

/// Where the verb of such a clause ends, if it has an object behind it.
pub fn verb_end(text: &str) -> Option<usize> {
    let words = words(text);
    let end = words.iter().position(|w| is_relative(&w.lower) && w.depth == 0).unwrap_or(words.len());
    let at = (1..end).find(|i| {
        let (word, before, next) = (&words[*i], &words[i - 1], words.get(i + 1));
        let acts = || acted(&words[..*i], word, next) || turned_on(word, next) || said_of_several(before, word, next);
        is_open(before, word) && acts()
    })?;
    Some(words[at].end)
}

/// `Factory workers often faced long hours`, `Pollution and waste created problems`: a form in -ed with an object behind
/// several things, a name or an adverb of time, and not the participle of `tables partitioned by day` or `a user defined
/// function`.
fn acted(before: &[Word], word: &Word, next: Option<&Word>) -> bool {
    const COMPOUND: &[&str] = &[
        "based", "defined", "oriented", "managed", "driven", "hosted", "generated", "enabled", "aware", "related",
        "shared", "distributed", "supported", "specified", "encrypted",
    ];
    // `The report (1854) recommended generalists`
    let outer: Vec<&Word> = before.iter().filter(|w| w.depth == word.depth).collect();
    let Some((last, others)) = outer.split_last() else { return false };
    let often = ["often", "usually", "always", "also", "never", "soon", "quickly", "initially", "later", "then"];
    let subject = if often.contains(&&*last.lower) { others.last() } else { Some(last) };
    let subject = subject.copied();
    let joins = |w: &Word| matches!(&*w.lower, "and" | "or" | "but" | "not" | "as" | "than");
    let noun = |w: &Word| !joins(w) && !is_determiner(&w.lower) && !is_preposition(&w.lower) && !is_adjective(&w.lower);
    let Some(subject) = subject.filter(|w| noun(w)) else { return false };
    let joined = before.iter().any(|w| w.lower == "and" || w.stop_after);
    let several = is_plural(&subject.lower) || subject.capital && subject.start > 0 || joined;
    let object = |n: &Word| !is_preposition(&n.lower) && !is_adverb(&n.lower) && !joins(n);
    let regular = word.lower.ends_with("ed") && is_participle(&word.lower) && !COMPOUND.contains(&&*word.lower);
    let deed = is_deed(&word.lower) && next.is_some_and(|n| is_determiner(&n.lower) || object(n));
    // `The king attempted to flee`
    let tries = next.is_some_and(|n| n.lower == "to") && TRIES.contains(&&*word.lower);
    if tries || deed || INTRANSITIVE.contains(&&*word.lower) {
        return !word.stop_after;
    }
    regular
        && !word.stop_after
        && next.is_some_and(|n| is_determiner(&n.lower) || (several || is_plural(&n.lower)) && object(n))
}

/// `Zero trust flips the old idea on its head`: a word in -s before an article is a verb, known or not.
fn turned_on(word: &Word, next: Option<&Word>) -> bool {
    let article = |w: &Word| matches!(&*w.lower, "the" | "a" | "an" | "its" | "their" | "his" | "her");
    let form = is_plural(&word.lower) && !is_preposition(&word.lower) && !is_determiner(&word.lower);
    let small = ["always", "sometimes", "plus", "minus", "versus", "times", "perhaps", "thus", "as", "his", "its"];
    form && !small.contains(&&*word.lower) && !word.stop_after && next.is_some_and(article)
}

#[cfg(test)]
mod tests {
    use super::may_be_clause;

    #[test]
    fn verbs_are_told_from_participles() {
        for clause in [
            "Factory workers often faced long hours and low wages",
            "Pollution and resource depletion created long-term problems",
            "The Industrial Revolution created vast wealth",
            "Tradition of local rule clashed with British control",
            "Right to overthrow tyrannical rule justified rebellion",
            "Zero trust flips the old idea on its head",
            "Rigid hierarchy (three estates) marginalized commoners",
            "Privacy coins offer anonymous transactions",
            "High price fluctuations make it risky for investment",
            "The Northcote Report (1854) recommended generalists for higher posts",
        ] {
            assert!(may_be_clause(clause), "{clause}");
        }
        for noun in [
            "Unlimited wants and limited resources", "Tables partitioned by day", "A user defined function",
            "Frequently accessed data", "Whole networks of decoys", "A spinning machine powered by water",
        ] {
            assert!(!may_be_clause(noun), "{noun}");
        }
    }
}
