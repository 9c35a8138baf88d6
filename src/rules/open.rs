//! Questions and gaps that several answers fit, or whose answer the words beside them tell. What a thing is good
//! for is asked the other way round, a bare number with its noun; the rest is left out.

use std::ops::Range;

use super::definite::{is_named, is_telling, lead_end, measures, technical};
use super::draft::{capitalised, cloze, question};
use super::recite::is_name;
use super::scene::Scene;
use super::worth::{gaps, is_anchored, single, told_share};
use crate::card::{Body, Content};
use crate::language::english::clause::{Word, is_adverb, is_determiner, words};
use crate::language::english::noun::{head_phrase, is_preposition};
use crate::language::english::phrase::{is_auxiliary, is_light};
use crate::language::english::{base_verb, is_adjective, third_person, with_s};
use crate::markdown::text::{Atom, Text};

/// Words that say what a thing is good for, which many things are said to be.
const MERITS: &[&str] = &["good", "great", "useful", "suitable", "suited", "handy", "perfect", "excellent"];

/// Verbs of which a list of anything may be the object.
const WIDEST: &[&str] = &["support", "allow", "enable", "handle"];

/// Verbs that a thing of which the whole note speaks is the subject of time and again.
const GENERAL: &[&str] = &["ensure", "establish", "provide", "maintain", "represent", "cover", "define", "include"];

/// A card that a rule made of a sentence, asked so that one answer fits; `None` where more do. `nearest` is the
/// heading right above it.
pub(super) fn closed(scene: &Scene, body: Body, nearest: Option<&String>) -> Option<Body> {
    if !scene.is_english() {
        return Some(body);
    }
    match &body {
        Body::Question { question, answer } => match (single(question), single(answer)) {
            (Some(question), Some(answer)) if half_told(answer.plain(), nearest) && !defines(question) => None,
            (Some(question), Some(answer)) => asked(scene, (question, answer), nearest)?.or(Some(body)),
            _ => Some(body),
        },
        Body::Cloze { text } => match single(text) {
            Some(text) => gapped(scene, text, nearest),
            None => Some(body),
        },
        _ => Some(body),
    }
}

/// Whether a question asks what a thing is or does.
fn defines(question: &Text) -> bool {
    let found = words(question.plain());
    let open = |w: &Word| matches!(&*w.lower, "what" | "is" | "are" | "does" | "do" | "a" | "an" | "the") || w.capital;
    found.iter().all(open) || question.plain().ends_with(" do?")
}

/// A question put the other way round, nothing where it stands as it is; `None` where several answers fit.
#[expect(clippy::option_option, reason = "left out, kept, or asked anew")]
fn asked(scene: &Scene, card: (&Text, &Text), nearest: Option<&String>) -> Option<Option<Body>> {
    let (question, answer) = card;
    let front = question.plain();
    let found = words(front);
    let exemplary = ["e.g", "for example", "for instance", "such as"];
    if exemplary.iter().any(|lead| answer.plain().to_lowercase().starts_with(lead)) {
        return None;
    }
    if let Some(body) = serves(question, &found, answer).or_else(|| acts(question, &found, answer)) {
        return Some(Some(body));
    }
    let kind = front.strip_prefix("What kind of ").and_then(|rest| rest.split(' ').next());
    if kind.is_some_and(|noun| ANY_KIND.contains(&noun)) {
        return None;
    }
    if let Some(name) = does_anything(question, &found, nearest) {
        return done_by(scene, &found, (&name, answer)).map(Some);
    }
    // `When was the Convention (1792–1795) formed?`
    let dated =
        front.starts_with("When ") && front.contains(" (") && found.iter().any(|w| w.depth > 0 && is_year(&w.lower));
    if dated {
        return None;
    }
    let given = front.ends_with("answer?") && begins_told(front, answer.plain(), 0.5);
    (!given && !is_loose(scene, &found, answer)).then_some(None)
}

/// Nouns of which nobody could tell what kind is meant: `What kind of capabilities does it offer?`
const ANY_KIND: &[&str] = &["capabilities", "features", "services", "functions", "options", "support", "benefits"];

/// Whether a word is a year, or a span that begins with one.
fn is_year(word: &str) -> bool {
    word.len() >= 4 && word.is_char_boundary(4) && word[..4].bytes().all(|b| b.is_ascii_digit())
}

/// Verbs that say of a thing what could be said of it in several ways, so that nobody can tell which is asked for.
const ANYTHING: &[&str] = &[
    "provide", "ensure", "allow", "enable", "offer", "identify", "determine", "receive", "give", "analyze", "analyse",
    "extract", "manage", "perform", "maintain", "improve", "reduce", "enhance", "prevent", "simplify", "facilitate",
    "promote", "help",
];

/// The name that a question asks of what it does in such a verb and nothing more (`What does VPC Peering ensure?`), where
/// the heading right above says that the passage tells more of it.
fn does_anything(front: &Text, found: &[Word], nearest: Option<&String>) -> Option<Text> {
    let [what, does, first, .., verb] = found else { return None };
    let asks = what.lower == "what" && matches!(&*does.lower, "does" | "do") && ANYTHING.contains(&&*verb.lower);
    let name = front.slice(first.start..verb.start).trim();
    let whole = found[2..found.len() - 1].iter().all(|w| !is_adverb(&w.lower) && third_person(&w.lower).is_none());
    let headed = nearest.is_some_and(|heading| heading.contains(name.plain()));
    (asks && headed && whole && !name.is_blank() && is_name(&name)).then_some(name)
}

/// The same asked the other way round (`What ensures private communication between VPCs?`), where what is done says
/// enough and does not tell the name, and the note speaks of more than that thing.
fn done_by(scene: &Scene, found: &[Word], (name, done): (&Text, &Text)) -> Option<Body> {
    let verb = found.last().map(|w| with_s(&w.lower))?;
    let told = words(done.plain()).iter().filter(|w| is_telling(w)).count();
    let usual = scene.usual.iter().any(|u| u.eq_ignore_ascii_case(name.plain()));
    let noun = name.plain().rsplit(' ').next().unwrap_or_default();
    let shares = told_share(done.plain(), noun) > 0.0
        || told_share(done.plain(), name.plain()) > 0.5
        || told_share(name.plain(), done.plain()) > 0.3;
    let fits = told >= 3 && !usual && !shares && done.plain().len() < 140;
    fits.then(|| question(Text::words(format!("What {verb} ")).join(done).then("?"), name.clone()))
}

/// `What is X good for?` asked as `What is good for Y?`; an action stays the answer.
fn serves(front: &Text, found: &[Word], answer: &Text) -> Option<Body> {
    if let Some(body) = chosen(front, found, answer) {
        return Some(body);
    }
    if let [what, be, .., described, to, act] = found
        && MERITS.contains(&&*described.lower)
        && (&*what.lower, &*be.lower, &*to.lower, &*act.lower) == ("what", "is", "to", "do")
    {
        // `What is X great to do?`
        let name = front.slice(found[2].start..described.start).trim();
        return reversed(Text::words(format!("What is {} to ", described.lower)), answer, &name);
    }
    let [what, be, .., described, link] = found else { return None };
    let also = found.len() > 5 && found[found.len() - 3].lower == "also";
    let merit = MERITS.contains(&&*described.lower) || also && described.lower == "used";
    let asks = what.lower == "what" && matches!(&*be.lower, "is" | "are") && link.lower == "for";
    let from = found.get(2)?.start;
    let until = if also { found[found.len() - 3].start } else { described.start };
    if !asks || !merit || from >= until || found.iter().any(|w| w.lower == "not") {
        return None;
    }
    let name = front.slice(from..until).trim();
    let purpose = answer.plain().strip_prefix("to ").filter(|_| described.lower == "used");
    let lead = Text::words(format!("What is {} {}", described.lower, if purpose.is_some() { "" } else { "for " }));
    reversed(lead, answer, &name)
}

/// `What is X?` `Great choice for Y`, asked as `What is a great choice for Y?`
fn chosen(front: &Text, found: &[Word], answer: &Text) -> Option<Body> {
    let [what, be, first, ..] = found else { return None };
    let asks = what.lower == "what" && matches!(&*be.lower, "is" | "are");
    let mask = answer.mask();
    let (lead, purpose) = mask.split_once(" for ").filter(|_| asks)?;
    let article = merit_of(&words(lead))?;
    let name = front.slice(first.start..front.plain().len()).trim_matches(|c| c == '?');
    let from = mask.len() - purpose.len();
    let lead = Text::words(format!("What is {article}{} for ", lead.to_lowercase()));
    reversed(lead, &answer.slice(from..mask.len()), &name)
}

/// The article in front of words that call a thing good or a good choice.
fn merit_of(found: &[Word]) -> Option<&'static str> {
    let (first, others) = found.split_first()?;
    let choice = matches!(others, [w] if matches!(&*w.lower, "choice" | "option" | "fit" | "candidate"));
    let good = MERITS.contains(&&*first.lower) && (others.is_empty() || choice);
    let article = match () {
        () if !choice => "",
        () if first.lower == "excellent" => "an ",
        () => "a ",
    };
    good.then_some(article)
}

/// What a thing is for as a question, and the thing as its answer.
fn reversed(lead: Text, purpose: &Text, name: &Text) -> Option<Body> {
    let told = words(purpose.plain()).iter().filter(|w| is_telling(w)).count();
    let aim = purpose.plain().starts_with("to ") && lead.plain().ends_with("for ");
    let fits = told >= 2 && purpose.plain().len() < 140 && !aim && is_name(name);
    let front = lead.join(purpose).then("?");
    (fits && told_share(front.plain(), name.plain()) < 1.0).then(|| question(front, name.clone()))
}

/// `What is the sucking reflex?` `sucks the bottle`, asked as `What does the sucking reflex do?`
fn acts(front: &Text, found: &[Word], answer: &Text) -> Option<Body> {
    let [what, be, first, ..] = found else { return None };
    // `the mechanism of digoxin`: the drug inhibits, and not its mechanism.
    let aspect = first.lower == "the" && found.iter().any(|w| w.lower == "of");
    let open = found.last().is_some_and(|w| is_preposition(&w.lower));
    let asks = what.lower == "what" && be.lower == "is" && !aspect && !open;
    let mask = answer.mask();
    let said = words(&mask);
    let (verb, next) = (said.first()?, said.get(1)?);
    let plain = third_person(&verb.lower).is_some_and(|v| !v.noun_too || is_determiner(&next.lower));
    let lower = !verb.capital && (verb.lower == "does" || plain);
    let name = front.slice(first.start..front.plain().len()).trim_matches(|c| c == '?');
    (asks && lower).then(|| question(Text::words("What does ").join(&name).then(" do?"), capitalised(answer)))
}

/// `a name to an address, a number to a name`: two facts in one.
fn is_doubled(answer: &str) -> bool {
    let parts: Vec<&str> = answer.split(", ").collect();
    let tied = |part: &&str| part.split(' ').any(|w| w == "to");
    parts.len() == 2
        && parts.iter().all(tied)
        && parts.iter().all(|p| words(p).first().is_some_and(|w| is_determiner(&w.lower)))
}

/// Whether a question says so little of what it asks for that several answers fit.
fn is_loose(scene: &Scene, found: &[Word], answer: &Text) -> bool {
    let [what, auxiliary, .., before, last] = found else { return false };
    if what.lower != "what" {
        return false;
    }
    let mask = answer.mask();
    let asked = found.iter().skip(2).filter(|w| is_telling(w)).count();
    let named = || is_named(scene, &mask, 1) || measures(&mask);
    let told = matches!(&*auxiliary.lower, "will" | "would") && asked < 3;
    let quality = last.lower == "with" && is_adjective(&before.lower);
    let needs_to_be = last.lower == "be" && before.lower == "to";
    let lets =
        last.lower == "do" && before.lower == "to" && found.iter().any(|w| w.lower == "you") && mask.contains(" and ");
    // `What does AWS allow you to do?`: very much.
    let usual_name = scene.usual.iter().any(|u| u.eq_ignore_ascii_case(&found[2].lower));
    let anything = found.len() == 7 && found[4].lower == "you" && last.lower == "do" && usual_name;
    let widest = (WIDEST.contains(&&*last.lower) && asked <= 2 + name_length(found)) || lets;
    let nameless = found.len() == 4 && last.lower == "for" && is_determiner(&found[2].lower);
    let (person, used) = (found[2].lower == "you", found.get(3).map_or("", |w| &*w.lower));
    let aided = found.get(4).is_some_and(|w| w.lower == "with" || w.depth > 0);
    let yours = person && aided && matches!(used, "use" | "do" | "see" | "get" | "have" | "need");
    let owned = found.get(2).is_some_and(|w| matches!(&*w.lower, "each" | "every")) && last.lower == "have";
    let general = [last, before].iter().any(|w| GENERAL.contains(&&*w.lower));
    let usual = name_is_usual(scene, found, answer) && !named() && (general || technical(scene, &mask) < 2);
    let several = mask.matches(", ").count() > 2;
    let wide = widest && (several || !named() && technical(scene, &mask) < 2) && found[1].lower != "kind";
    // `What are seeds essential for?`: for what not?
    let needed = is_needed(before, last);
    let helps = last.lower == "in" && before.lower == "help";
    let idle = last.lower == "for" && mask.starts_with("free") || mask.contains(" that one ") || needed || helps;
    told || idle
        || anything
        || nameless
        || yours && !named()
        || usual
        || is_doubled(&mask)
        || quality
        || needs_to_be
        || owned
        || wide
}

/// Whether two words say that a thing is needed for something: `essential for`, which is no answer that one could know.
fn is_needed(quality: &Word, link: &Word) -> bool {
    const NEEDED: &[&str] = &["important", "essential", "crucial", "vital", "critical", "necessary", "indispensable"];
    let role = quality.lower == "role" && link.lower == "in";
    role || matches!(&*link.lower, "for" | "in" | "to") && NEEDED.contains(&&*quality.lower)
}

/// `What does S3 generate?`: what a thing that the whole note speaks of does, in one everyday verb.
fn name_is_usual(scene: &Scene, found: &[Word], answer: &Text) -> bool {
    const VERBS: &[&str] = &[
        "manage", "generate", "create", "perform", "use", "process", "contain", "return", "send", "receive", "need",
        "require", "include", "have", "store", "provide", "make", "take", "give", "ensure", "establish", "maintain",
        "represent", "offer", "involve", "cover", "define", "affect", "change", "cause", "face", "allow", "deal",
    ];
    let (name, verb) = match found {
        [_, _, name, verb] => (name, verb),
        [_, _, the, name, verb] if is_determiner(&the.lower) => (name, verb),
        [_, _, name, verb, link] if is_preposition(&link.lower) => (name, verb),
        [_, _, the, name, verb, link] if is_determiner(&the.lower) && is_preposition(&link.lower) => (name, verb),
        _ => return false,
    };
    let marked = answer.runs().iter().any(|r| r.style.strong || r.style.atom != Atom::Words);
    name.capital
        && VERBS.contains(&&*verb.lower)
        && scene.usual.iter().any(|u| u.eq_ignore_ascii_case(&name.lower))
        && !marked
}

/// How many words of a question begin with a capital behind its first two: the name it asks about.
fn name_length(found: &[Word]) -> usize {
    found.iter().skip(2).filter(|w| w.capital && is_telling(w)).count().max(1)
}

/// A text with those gaps that one answer fits.
fn gapped(scene: &Scene, text: &Text, nearest: Option<&String>) -> Option<Body> {
    let plain = text.plain();
    let all = gaps(text);
    if let [(start, end)] = all[..]
        && let Some(body) = merit(text, start..end)
    {
        return Some(body);
    }
    let kept: Vec<Range<usize>> = all
        .iter()
        .map(|(start, end)| behind_but(plain, *start..*end))
        .filter(|gap| !is_wide(scene, text, gap) && !told_above(&plain[gap.clone()], nearest))
        .collect();
    let counted = kept.iter().any(|gap| is_one(&plain[gap.clone()]));
    let widened: Vec<Range<usize>> = kept.iter().map(|gap| with_noun(plain, gap, counted)).collect();
    if widened.iter().map(|gap| (gap.start, gap.end)).eq(all.iter().copied()) {
        return Some(Body::Cloze { text: Content::text(text.clone()) });
    }
    cloze(&text.restyle(|style| style.gap = None), &widened)
}

/// `X: Great choice for {{Y}}`, asked as `What is a great choice for Y?`
fn merit(text: &Text, gap: Range<usize>) -> Option<Body> {
    let plain = text.plain();
    let lead = lead_end(&plain[..gap.start]);
    let found = words(&plain[lead..gap.start]);
    let (last, merit) = found.split_last()?;
    let behind = &plain[gap.end..];
    let closes = behind.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    let end = if behind.starts_with(", such as ") { plain.trim_end_matches(['.', ' ']).len() } else { gap.end };
    if lead < 2 || last.lower != "for" || !closes && end == gap.end {
        return None;
    }
    let article = merit_of(merit)?;
    let said = plain[lead..gap.start].to_lowercase();
    let bare = text.restyle(|style| style.gap = None);
    reversed(Text::words(format!("What is {article}{said}")), &bare.slice(gap.start..end), &bare.slice(0..lead - 2))
}

/// Whether other words than the author's fit a gap as well, or the thing in front tells them.
fn is_wide(scene: &Scene, text: &Text, gap: &Range<usize>) -> bool {
    let plain = text.plain();
    let (before, hidden, behind) = (&plain[..gap.start], &plain[gap.clone()], &plain[gap.end..]);
    let marked = text.runs().iter().any(|r| {
        r.start >= gap.start && r.end <= gap.end && (r.style.strong || r.style.highlight || r.style.atom != Atom::Words)
    });
    let lead = lead_end(before);
    let called = [" called ", " named ", " known as "].iter().any(|verb| before.ends_with(verb));
    let told = lead > 0 && !called && begins_told(&before[..lead], hidden, 0.5) && !measures(hidden);
    // `Identity: Not every service supports {{policies}}`: the thing in front is another.
    let other = lead > 0 && before[lead..].starts_with("Not every ");
    let ranks = before.contains(" one of the most ") && !measures(hidden);
    let idle = other || ranks || before.ends_with(" for ") && (hidden == "free" || hidden.starts_with("free "));
    if told || idle {
        return true;
    }
    if marked {
        return false;
    }
    let front = words(&before[lead..]);
    let closes = behind.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    let bare = front.last().map_or(0, |w| front.len() - usize::from(is_determiner(&w.lower)));
    let needed = || matches!(&front[..bare], [.., quality, link] if is_needed(quality, link)) && !measures(hidden);
    needed()
        || is_share_of_nothing(&front, hidden, behind)
        || is_one_quality(before, hidden, behind)
        || is_yours(scene, &front, hidden, (gap.start, closes))
        || is_had(&front) && closes && !measures(hidden)
        || front.is_empty()
            && lead > 0
            && behind.starts_with(" for ")
            && technical(scene, hidden) == 0
            && !measures(hidden)
}

/// `Currently {{4 %}} of the Standard class`: of what, nobody says.
fn is_share_of_nothing(front: &[Word], hidden: &str, behind: &str) -> bool {
    let noun = |w: &Word| !w.capital && is_telling(w);
    let said = words(behind).iter().any(noun) || front.iter().any(|w| is_telling(w) && !is_adverb(&w.lower));
    measures(hidden) && behind.starts_with(" of ") && front.iter().all(|w| is_adverb(&w.lower)) && !said
}

/// `They are {{inflexible}} and allow …`: one of several things that they are.
fn is_one_quality(before: &str, hidden: &str, behind: &str) -> bool {
    let be = [" is ", " are ", " was ", " were "].iter().any(|be| before.ends_with(be));
    let word = hidden.chars().all(|c| c.is_lowercase() || c == '-');
    be && word && [" and ", ", "].iter().any(|w| behind.starts_with(w)) && !is_anchored(before, behind)
}

/// `You can use {{custom domains}}`
fn is_yours(scene: &Scene, front: &[Word], hidden: &str, place: (usize, bool)) -> bool {
    let (start, closes) = place;
    let first = front.first().map(|w| w.lower.to_string()).unwrap_or_default();
    // What somebody does in a story: `Someone could force you to open the {{vault}}`.
    let can = front.get(1).is_some_and(|w| w.lower == "can");
    let told = matches!(&*first, "someone" | "somebody") || first == "we" && !can;
    // `You can also follow {{organisations}}`: one of many things that one can do.
    let also = first == "you" && can && front.get(2).is_some_and(|w| w.lower == "also");
    if also && !is_named(scene, hidden, start) && !measures(hidden) && technical(scene, hidden) < 2 {
        return true;
    }
    let term = first == "we" && technical(scene, hidden) > 0;
    if told && !is_named(scene, hidden, start) && !measures(hidden) && !term {
        return true;
    }
    let person = matches!(&*first, "you" | "we" | "users");
    let verb =
        front.last().is_some_and(|w| matches!(&*w.lower, "use" | "see" | "get" | "have" | "do" | "need" | "want"));
    closes && person && verb && front.len() <= 3 && !is_named(scene, hidden, start) && !measures(hidden)
}

/// `Each document has {{a unique ID}}`
fn is_had(front: &[Word]) -> bool {
    let [first, .., last] = front else { return false };
    matches!(&*first.lower, "each" | "every") && matches!(&*last.lower, "has" | "have") && front.len() <= 4
}

/// Whether the heading right above names what a gap of several words hides, or most of it.
fn told_above(hidden: &str, nearest: Option<&String>) -> bool {
    let several = words(hidden).iter().filter(|w| is_telling(w)).count() > 1;
    several && nearest.is_some_and(|heading| begins_told(heading, hidden, 0.6))
}

/// Whether words tell a share of an answer, among it the word that sets it apart from others: `Volatile memory` is
/// not told by `Main memory`.
fn begins_told(shown: &str, answer: &str, share: f64) -> bool {
    let slight = |w: &Word| is_light(&w.lower) || base_verb(&w.lower).is_some_and(|v| !v.noun_too);
    let first = words(answer).into_iter().find(|w| is_telling(w) && !slight(w));
    let begins = first.is_some_and(|w| told_share(shown, &answer[w.start..w.end]) > 0.0);
    begins && told_share(shown, answer) >= share
}

/// Whether the heading right above names most of an answer, but not all of it, so that it stays on the card.
fn half_told(answer: &str, nearest: Option<&String>) -> bool {
    told_above(answer, nearest) && nearest.is_some_and(|heading| told_share(heading, answer) < 1.0)
}

/// `{{readable but slow}}` as `readable but {{slow}}`: one quality against the other.
fn behind_but(plain: &str, gap: Range<usize>) -> Range<usize> {
    match plain[gap.clone()].split_once(" but ") {
        Some((one, other)) if words(one).len() == 1 && words(other).len() == 1 => gap.end - other.len()..gap.end,
        _ => gap,
    }
}

/// `station can send` without its verb.
fn without_verb(phrase: &str) -> &str {
    let verb = words(phrase).into_iter().skip(1).find(|w| is_auxiliary(&w.lower));
    verb.map_or(phrase, |w| phrase[..w.start].trim_end())
}

fn is_one(hidden: &str) -> bool {
    matches!(hidden, "one" | "a single")
}

/// A gap with what would tell it: the same figure in a bracket, or a noun. `{{one}} policy` as `{{one policy}}`: the
/// noun in the singular would tell the number. `counted` tells that another gap of the text is such a one.
fn with_noun(plain: &str, gap: &Range<usize>, counted: bool) -> Range<usize> {
    let hidden = &plain[gap.clone()];
    // `{{1095 days}} (3 years)` as `{{1095 days (3 years)}}`
    let bracket = plain[gap.end..].strip_prefix(" (").and_then(|rest| rest.split_once(')')).map(|(inner, _)| inner);
    let same = |inner: &&str| words(inner).len() == 2 && inner.starts_with(|c: char| c.is_ascii_digit());
    if let Some(inner) = bracket.filter(|inner| measures(hidden) && words(hidden).len() == 2 && same(inner)) {
        return gap.start..gap.end + inner.len() + 3;
    }
    let number = is_one(hidden) || counted && matches!(hidden, "two" | "several" | "multiple" | "many");
    let behind = &plain[gap.end..];
    let noun = behind
        .strip_prefix(' ')
        .map(|rest| without_verb(head_phrase(rest)))
        .filter(|noun| !noun.is_empty() && words(noun).len() <= 3);
    match noun {
        Some(noun) if number && noun.starts_with(char::is_lowercase) => gap.start..gap.end + 1 + noun.len(),
        _ => gap.clone(),
    }
}
