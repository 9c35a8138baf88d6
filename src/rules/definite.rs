//! Whether an answer is one that those who know give and nobody guesses: a quantity, a name that is not
//! the note's own matter, a technical word, an enumeration, or what the words around set it against.

use std::ops::Range;

use super::draft::{Made, cloze};
use super::scene::Scene;
use super::torn::is_torn;
use super::worth::{gaps, single};
use super::worth::{is_anchored, is_worth_asking};
use crate::card::{Body, Content};
use crate::language::english::clause::{Word, is_adverb, is_determiner, parse, words};
use crate::language::english::noun::{head_noun, is_preposition, singular};
use crate::language::english::phrase::{is_auxiliary, is_light};
use crate::language::english::{
    base_verb, is_adjective, is_class_noun, is_common, is_gerund, is_participle, past_tense, third_person,
};
use crate::language::sentence::items;
use crate::markdown::text::{Atom, Run, Text};

/// Verbs of which anything may be the object, so that only a telling answer is the one.
const OPEN: &[&str] = &[
    "support", "provide", "have", "include", "offer", "allow", "need", "require", "use", "contain", "see", "get",
    "make", "take", "involve", "give", "create", "help", "handle", "add",
];

/// A card that a rule made of a sentence, if it asks for something definite; without those of several gaps
/// that do not. `term` tells that the text says something of a term in front of it.
pub(super) fn definite(scene: &Scene, body: &Body, term: bool) -> Option<Body> {
    match body {
        Body::Question { question, answer } => match (single(question), single(answer)) {
            (Some(question), Some(answer)) => answers(scene, question, answer).then(|| body.clone()),
            _ => Some(body.clone()),
        },
        Body::Cloze { text } => match single(text) {
            Some(text) => filled(scene, text, term).map(|text| Body::Cloze { text: Content::text(text) }),
            None => Some(body.clone()),
        },
        _ => Some(body.clone()),
    }
}

/// A card of what a cell describes, if need be in its other way; `None` where it asks for nothing definite.
pub(super) fn asked_in_cell(scene: &Scene, made: Made) -> Option<Made> {
    let sound = |body: Body| definite(scene, &body, true).filter(is_worth_asking);
    let body = sound(made.body).or_else(|| sound(made.fallback?))?;
    Some(Made { body, fallback: None })
}

/// A text with those gaps that are definite, numbered anew; `None` without any.
fn filled(scene: &Scene, text: &Text, term: bool) -> Option<Text> {
    let all = gaps(text);
    let kept: Vec<&(usize, usize)> = all.iter().filter(|gap| fills(scene, text, **gap, term)).collect();
    if kept.len() == all.len() {
        return Some(text.clone());
    }
    let ranges: Vec<_> = kept.into_iter().map(|(start, end)| *start..*end).collect();
    match cloze(&text.restyle(|style| style.gap = None), &ranges)? {
        Body::Cloze { text } => single(&text).cloned(),
        _ => None,
    }
}

/// Whether an author set a gap apart; a text that is bold throughout marks nothing.
fn is_set_apart(text: &Text, (start, end): (usize, usize)) -> bool {
    let lead = lead_end(&text.plain()[..start]);
    let outside = |r: &&Run| (r.end <= start || r.start >= end) && r.start >= lead;
    let plainly = text.runs().iter().filter(outside).any(|r| !is_marked(r) && wordy(&text.plain()[r.start..r.end]));
    plainly && text.runs().iter().any(|r| r.start >= start && r.end <= end && is_marked(r))
}

/// Whether a text has a word.
fn wordy(text: &str) -> bool {
    text.contains(char::is_alphabetic)
}

/// Whether an author set words apart: in bold, as code or as a formula.
fn is_marked(run: &Run) -> bool {
    run.style.strong || run.style.highlight || run.style.atom != Atom::Words
}

/// Whether a question has a telling answer; one of definitions, reasons, ways and times has.
fn answers(scene: &Scene, question: &Text, answer: &Text) -> bool {
    let front = question.plain().to_lowercase();
    let auxiliaries = ["does", "do", "did", "can", "could", "must", "may", "might", "should", "will", "would"];
    let found = words(&front);
    let [what, auxiliary, .., last] = found.as_slice() else { return true };
    let mask = answer.mask();
    let told = words(&mask).iter().filter(|w| is_telling(w)).count();
    let named = || answer.runs().iter().any(is_marked) || is_named(scene, &mask, 0) || is_listed(&mask);
    if matches!(&*what.lower, "when" | "why" | "how") && (is_auxiliary(&auxiliary.lower)) {
        // `when using KMS`, `when needed`: what everything is used for tells no time.
        let idle = ["when using", "when need", "when requir", "when necess", "once need"];
        if told < 3 && idle.iter().any(|w| mask.starts_with(w)) {
            return false;
        }
        return told >= 2 && !mask.ends_with("'s") || named();
    }
    let does = auxiliaries.contains(&&*auxiliary.lower);
    let passive = matches!(&*auxiliary.lower, "is" | "are" | "was" | "were") && is_preposition(&last.lower);
    if what.lower != "what" || !does && !passive {
        return true;
    }
    // The more a question says, the fewer answers it has.
    let asked = found.iter().filter(|w| is_telling(w)).count();
    // `What can you use (Harbor)?`, `What can you see with Harbor?`
    let yours = found.get(3).filter(|_| found[2].lower == "you");
    let aided = yours.is_some_and(|_| found.get(4).is_none_or(|w| w.lower == "with" || w.depth > 0));
    // `What does the agent need to do?`
    let needs = found.len() > 3 && last.lower == "do" && {
        let verb = &found[found.len() - 3].lower;
        matches!(&**verb, "need" | "have" | "want" | "vital" | "ready" | "able" | "useful" | "try" | "easy")
    };
    let open = OPEN.contains(&&*last.lower) || aided || needs;
    let several = match asked {
        _ if open => 4,
        0..5 if passive => 2,
        _ => 1,
    };

    // `What does it analyse by its grammar?` `text`
    let said = words(&mask);
    let everyday =
        matches!(said.as_slice(), [one] if is_light(&one.lower) || matches!(&*one.lower, "text" | "content"));
    if everyday && !named() && !is_marked_whole(answer) {
        return false;
    }
    let vague = is_vague(&mask) || names_anything(&found);
    let terms = technical(scene, &mask);
    let exact = named() || counts(&mask) && !mask.starts_with(['m', 's']) || terms > usize::from(open);
    !vague && (told >= several || told >= 3 && !open || exact)
}

/// Whether an author set all of an answer apart.
fn is_marked_whole(answer: &Text) -> bool {
    answer.runs().iter().all(is_marked)
}

/// Whether a question is about a thing that many are: `What is data only stored in?`
fn names_anything(found: &[Word]) -> bool {
    let [_, _, subject, next, ..] = found else { return false };
    let bare =
        next.lower == "be" || is_adverb(&next.lower) || is_participle(&next.lower) || base_verb(&next.lower).is_some();
    bare && is_light(&subject.lower) && !is_determiner(&subject.lower) && !matches!(&*subject.lower, "you" | "people")
}

/// Whether only those who know what stands in a gap fill it, and its text is whole.
fn fills(scene: &Scene, text: &Text, gap: (usize, usize), term: bool) -> bool {
    let (start, end) = gap;
    let plain = text.plain();
    let (before, hidden, behind) = (&plain[..start], &plain[start..end], &plain[end..]);
    let marked = is_set_apart(text, gap);
    let measured = measures(hidden) || counts(hidden);
    let pictured =
        text.runs().iter().any(|r| r.start < end && start < r.end && matches!(r.style.atom, Atom::Image { .. }));
    if pictured
        || !marked && (is_torn(before, hidden, behind) || is_all_told(before, hidden, behind) || is_opinion(hidden))
    {
        return false;
    }
    if shows_figure(before, hidden)
        || shows_figure(behind, hidden)
        || !marked && is_genus(scene, (before, hidden, behind))
    {
        return false;
    }
    let anchored = is_anchored(before, behind);
    // `Plague – Causes: {{…}}`: the aspect in front tells what is asked.
    let aspect = term && before.contains(" – ") && before.ends_with(": ");
    let lead = if measured || marked || aspect { 0 } else { lead_end(before) };
    if measures(hidden) && !marked && !term && words(before).len() + words(behind).len() < 3 {
        return false;
    }
    let cues = words(&before[lead..]).iter().chain(&words(behind)).filter(|w| is_telling(w)).count();
    let found = words(hidden);
    let told = found.iter().filter(|w| is_telling(w)).count();
    let exact = found.iter().filter(|w| is_telling(w) && !is_slight(w)).count();
    let lettered = |w: &Word| w.lower.len() > 1 && w.lower.contains(char::is_alphabetic);
    let letters = |text: &str| words(text).iter().any(|w| is_telling(w) && lettered(w));
    let labelled = term || before.contains(" – ") || !letters(before) || lead_end(before) == 0;
    if measured && !labelled && !letters(&before[lead_end(before)..]) && !letters(behind) {
        return false;
    }
    let several = hidden.matches(", ").count() + usize::from(hidden.contains(" and ")) > 1;
    let named = is_named(scene, hidden, start);
    let closes = behind.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    let quality = closes && [" is ", " are "].iter().any(|be| before.ends_with(be));
    let terms = technical(scene, hidden);
    let sure = quality && terms > 0 || measured || marked || anchored || several || named || tells_who(hidden);
    // `You can use {{custom domains}}`: anything may be the object of such a verb.
    let sure_object = measured || marked || named || several || anchored || is_term(terms, told, is_widest(before));
    let vague = told < 3 && terms < 2 && is_vague(hidden);
    let weak = vague && !(measured || marked || named || anchored || several);
    let idle = is_open_before(before) && closes && !sure_object;
    if idle || weak || !anchored && is_no_quantity(before, hidden, behind) {
        return false;
    }
    if cues + usize::from(lead > 0 && terms > 0) < if sure { 1 } else { 2 } {
        return false;
    }
    marked
        || measured
        || anchored
        || told >= 3 && !is_vague(hidden)
        || told >= 2 && tells_who(hidden)
        || exact >= 2 && (cues >= 5 || cues >= 3 && !is_vague(hidden))
        || named
        || told >= 2 && is_listed(hidden)
        || terms > 0
}

/// Whether a gap in a sentence that is shown behind another says something nobody guesses from that: a quantity,
/// a name, what the author marked, an enumeration or a term.
pub(super) fn exact(scene: &Scene, sentence: &Text, gap: &Range<usize>) -> bool {
    let hidden = &sentence.plain()[gap.clone()];
    let marked = sentence.runs().iter().any(|r| r.start >= gap.start && r.end <= gap.end && is_marked(r));
    let told = words(hidden).iter().filter(|w| is_telling(w)).count();
    let terms = technical(scene, hidden);
    let (before, behind) = (&sentence.plain()[..gap.start], &sentence.plain()[gap.end..]);
    let enumerated = is_listed(hidden) && (terms > 0 || told >= 3);
    let quality = told == 1 && terms == 1 && words(behind).iter().filter(|w| is_telling(w)).count() > 2;
    let refused = hidden.starts_with("be ") && before.contains(" not ");
    let defines = terms > 0 && [" is a ", " is an ", " are ", " called "].iter().any(|w| before.ends_with(w));
    let counted = counts(hidden) && !is_vague(hidden);
    is_anchored(before, behind)
        || refused
        || defines
        || counted
        || quality
        || marked
        || measures(hidden)
        || is_named(scene, hidden, gap.start)
        || enumerated
        || told >= 2 && terms > 1
}

/// Whether a phrase alone is telling: a name, an enumeration or a technical word.
pub(super) fn says(scene: &Scene, phrase: &str) -> bool {
    let told = words(phrase).iter().filter(|w| is_telling(w)).count();
    is_named(scene, phrase, 1) || told >= 2 && is_listed(phrase) || technical(scene, phrase) > 0
}

/// Whether the last words in front of a gap are a verb of which anything may be the object, or only say that
/// there is something.
fn is_open_before(before: &str) -> bool {
    let mut found = words(before);
    found.retain(|w| !is_determiner(&w.lower) && !is_adverb(&w.lower));
    let Some(last) = found.last() else { return false };
    let base = third_person(&last.lower).map_or(&*last.lower, |verb| verb.base);
    OPEN.contains(&base) || found.len() == 2 && found[0].lower == "there"
}

/// Whether the last word in front of a gap is a verb of which simply anything may be the object.
fn is_widest(before: &str) -> bool {
    const WIDEST: &[&str] =
        &["use", "support", "provide", "offer", "allow", "create", "give", "handle", "see", "get", "make", "add"];
    let mut found = words(before);
    found.retain(|w| !is_determiner(&w.lower) && !is_adverb(&w.lower));
    found.last().is_none_or(|w| WIDEST.contains(&third_person(&w.lower).map_or(&*w.lower, |verb| verb.base)))
        || found.len() == 2
}

/// Whether words with some technical ones among them are a term; where anything might stand, one of two is
/// too little.
fn is_term(terms: usize, told: usize, open: bool) -> bool {
    terms > usize::from(open && told < 3)
}

/// `Permanent tissues are {{mature cells}} that …`, `There are several {{theories}}`: of what kind a thing is, the words
/// behind it tell, and what there are several of, anything may be.
pub(super) fn is_genus(scene: &Scene, around: (&str, &str, &str)) -> bool {
    let (before, hidden, behind) = around;
    let be = [" is a ", " is an ", " are ", " is the ", " are the ", " was a ", " were "]
        .iter()
        .any(|be| before.ends_with(be));
    let told = [" that ", " which ", " who ", ", which "].iter().any(|link| behind.starts_with(link));
    let told = told && !behind.starts_with(" that also ");
    let several = ["several ", "many ", "various ", "numerous ", "some "].iter().any(|many| before.ends_with(many));
    let exists = ["There are ", "there are "].iter().any(|lead| before.contains(lead)) && several;
    let noun = singular(head_noun(hidden)).to_lowercase();
    let everyday = is_class_noun(&noun) || is_common(&noun) || scene.frequent.contains(&noun) || is_light(&noun);
    let usual = || everyday || scene.frequent.contains(head_noun(hidden));
    (be && told && (usual() || counts(hidden)) || exists) && !is_named(scene, hidden, 1) && !measures(hidden)
}

/// Whether what looks like a quantity is none: `{{0}} or more replicas`, `{{4}}. Corolla` with the number of a list,
/// `{{several}} keys`.
fn is_no_quantity(before: &str, hidden: &str, behind: &str) -> bool {
    let slight = matches!(hidden, "0" | "1" | "one" | "zero" | "0+" | "1+");
    let or_more = [" or more", " or less", " or several"].iter().any(|w| behind.starts_with(w));
    let numbered = behind.starts_with(". ") && hidden.chars().all(|c| c.is_ascii_digit());
    let had = [" has ", " have ", " had "].iter().any(|verb| before.ends_with(verb));
    let numbered = had && behind.trim_matches('.').is_empty() && hidden.chars().all(|c| c.is_ascii_digit()) || numbered;
    let numbered =
        numbered || behind.trim().is_empty() && before.ends_with(", ") && hidden.chars().all(|c| c.is_ascii_digit());
    let loose = matches!(hidden, "multiple" | "several" | "many") && !before.contains(", but ");
    slight && (hidden.ends_with('+') || or_more) || numbered || loose
}

/// `a serious public health issue`: what one thinks of a thing.
fn is_opinion(hidden: &str) -> bool {
    const NOUNS: &[&str] =
        &["issue", "problem", "challenge", "concern", "choice", "idea", "impact", "practice", "role", "part"];
    const PRAISED: &[&str] = &["important", "vital", "crucial", "essential", "fundamental", "integral", "seminal"];
    let bare = ["a ", "an ", "the "].iter().find_map(|article| hidden.strip_prefix(article)).unwrap_or(hidden);
    // `the IAM role` is a name.
    let named = hidden.contains(char::is_uppercase);
    !named && hidden.rsplit_once(' ').is_some_and(|(_, noun)| NOUNS.contains(&noun))
        || bare.split_once(' ').is_some_and(|(first, _)| PRAISED.contains(&first))
        || ["combination of ", "variety of ", "range of ", "subject of ", "matter of "]
            .iter()
            .any(|lead| bare.starts_with(lead))
}

/// `who can access it`: words that a clause of its own stands in for.
fn tells_who(hidden: &str) -> bool {
    let first = words(hidden).first().map(|w| w.lower.to_string()).unwrap_or_default();
    matches!(&*first, "who" | "what" | "how" | "where" | "which" | "whether" | "why")
}

/// Where the words begin that stand behind the thing in front: `Redis: Keeps …`.
pub(super) fn lead_end(before: &str) -> usize {
    let name = |at: &usize| words(&before[..*at]).len() <= 10 && parse(&before[..*at]).is_none();
    before.find(": ").filter(name).map_or(0, |at| at + 2)
}

/// Whether a word is a noun that many things are: `account`, `objects`.
fn is_slight(word: &Word) -> bool {
    is_light(&word.lower) || is_light(&singular(&word.lower))
}

/// Whether a word says something of the matter.
pub(super) fn is_telling(word: &Word) -> bool {
    !is_determiner(&word.lower)
        && !is_preposition(&word.lower)
        && !is_auxiliary(&word.lower)
        && !is_adverb(&word.lower)
        && !matches!(&*word.lower, "and" | "or" | "but" | "it" | "they" | "this" | "you" | "we" | "not" | "them")
}

/// Whether words hold a number, and not only a name with one in it.
pub(super) fn measures(hidden: &str) -> bool {
    let number = |w: &Word| {
        w.lower.trim_start_matches(['$', '€', '£', '₹', '~', '<', '>']).starts_with(|c: char| c.is_ascii_digit())
    };
    words(hidden).iter().any(number)
}

/// Whether a figure of a gap stands in other words, too.
fn shows_figure(text: &str, hidden: &str) -> bool {
    let figure = |w: &&Word| w.lower.len() > 2 && w.lower.contains(|c: char| c.is_ascii_digit());
    words(text).iter().filter(figure).any(|w| words(hidden).iter().any(|h| h.lower == w.lower))
}

/// Whether words say how many.
fn counts(hidden: &str) -> bool {
    let found = words(hidden);
    found.len() <= 3
        && found.first().is_some_and(|w| {
            matches!(
                &*w.lower,
                "one"
                    | "two"
                    | "three"
                    | "four"
                    | "five"
                    | "six"
                    | "seven"
                    | "eight"
                    | "nine"
                    | "ten"
                    | "multiple"
                    | "several"
                    | "per"
                    | "no"
            )
        })
}

/// Whether words name something that is not named all over the note.
pub(super) fn is_named(scene: &Scene, hidden: &str, start: usize) -> bool {
    let found = words(hidden);
    found.iter().enumerate().any(|(i, w)| {
        let written = &hidden[w.start..w.end];
        let inner = written.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
        let opens = i == 0 && start == 0 && !inner;
        let usual = written.split('-').all(|part| scene.usual.contains(part.trim_end_matches("'s")));
        let lettered = w.lower.contains(|c: char| c.is_ascii_digit());
        let known = matches!(&*w.lower, "earth" | "earth's" | "internet" | "sun" | "moon" | "world" | "english");
        (w.capital || lettered) && !usual && !known && !(opens && is_common(&singular(&w.lower)))
    })
}

/// Whether words begin with one that many things are: `smaller parts`, `the same format`.
fn is_vague(hidden: &str) -> bool {
    const VAGUE: &[&str] = &[
        "same", "different", "other", "own", "new", "specific", "particular", "certain", "various", "some", "large",
        "small", "big", "good", "high", "low", "more", "less", "many", "several", "multiple", "better", "best",
        "important", "seminal", "vital", "crucial", "essential", "fundamental", "significant", "separate", "single",
        "special", "main", "great", "recent", "common", "general", "following", "fast", "faster", "quick",
    ];
    let mut found = words(hidden);
    let counted =
        found.first().is_some_and(|w| matches!(&*w.lower, "multiple" | "several" | "many" | "some" | "all" | "most"));
    found.retain(|w| !is_determiner(&w.lower));
    let compared = |w: &Word| w.lower.len() > 4 && w.lower.ends_with("er") && is_adjective(&w.lower) && found.len() > 1;
    counted || found.first().is_some_and(|w| VAGUE.contains(&&*w.lower) || compared(w))
}

/// `Nodes: {{All nodes keep a copy of the ledger and check it}}`: all that stands behind a label, which nobody says word
/// for word.
fn is_all_told(before: &str, hidden: &str, behind: &str) -> bool {
    let whole = before.ends_with(": ") && lead_end(before) == before.len() && behind.trim_matches('.').is_empty();
    whole && words(hidden).len() > 8 && !is_enumerated(hidden)
}

/// Whether words enumerate short things, at least three.
fn is_enumerated(hidden: &str) -> bool {
    let parts = items(hidden);
    parts.len() > 2 && parts.iter().all(|part| words(&hidden[part.clone()]).len() <= 4)
}

/// Whether words enumerate.
fn is_listed(hidden: &str) -> bool {
    hidden.contains([',', '/']) || [" and ", " or "].iter().any(|w| hidden.contains(w))
}

/// How many words are not of everyday English and not used all over the note.
pub(super) fn technical(scene: &Scene, hidden: &str) -> usize {
    let everyday = |w: &Word| {
        let one = singular(&w.lower);
        let form = base_verb(&w.lower).or_else(|| third_person(&w.lower)).or_else(|| past_tense(&w.lower));
        let verb = form.is_some_and(|v| !v.noun_too) || is_gerund(&w.lower);
        is_common(&w.lower) || is_common(&one) || is_light(&w.lower) || is_light(&one) || verb || w.lower.len() < 3
    };
    let known = |w: &Word| scene.frequent.contains(&*w.lower) || scene.frequent.contains(&singular(&w.lower));
    words(hidden).iter().filter(|w| is_telling(w) && !w.capital && !everyday(w) && !known(w)).count()
}
