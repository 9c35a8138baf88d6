//! From a sentence, and the thing it speaks of, to a card: the engine that most rules share.
//!
//! A sentence with a named subject of its own stands alone. One that begins with its verb, a
//! participle, an adjective or a noun is completed by the subject from term or heading. A pronoun
//! is replaced where it is plain what it means; else there is no card.

use std::ops::Range;

use super::beside::all;
use super::context::Context;
use super::dangling::points_out;
use super::draft::{Made, capitalised, cloze, one_gap, question};
use super::fragment::{aided_by, fragment};
use super::native;
use super::opening::{Opening, is_impersonal, names_matter};
use super::recite::{is_address, is_name, mentions, recalled, recited};
use super::scene::Scene;
use super::split::pieces;
use super::topic::is_count;
use crate::card::{Body, Content};
use crate::language::english::ask::{Asked, Statement, ask, inside};
use crate::language::english::circumstance::circumstance;
use crate::language::english::clause::{self, Clause, Number, Verb, Word, words};
use crate::language::english::noun::{head_noun, is_plural, is_preposition};
use crate::language::english::phrase::last_phrase;
use crate::language::english::{base_verb, is_meta_heading, is_participle, third_person};
use crate::language::lower::lower;
use crate::language::{gap, is_emoji, sentence};
use crate::markdown::text::{Atom, Run, Text};

/// What a piece of a note speaks of.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says one independent thing of where the piece stands")]
pub struct Subject {
    /// Its name.
    pub name: Text,
    /// The class it is a member of, in the singular.
    pub category: Option<String>,
    /// Whether the piece defines the subject, as the text behind a term does.
    pub defined_here: bool,
    /// Whether the subject is a term in front of the piece, not a heading above it.
    pub from_term: bool,
    /// Whether other paragraphs stand between the heading and the piece, so that only a sentence
    /// about what the reader does (`You can …`) is taken to speak of the heading's thing.
    pub distant: bool,
    /// Whether the headings above do not name it: it stands in the item around the piece.
    pub unseen: bool,
    /// Whether the piece stands in a paragraph of prose, where a piece without a verb seldom defines.
    pub in_prose: bool,
}

/// The longest sentence, in bytes, that is made into a card.
const LONGEST: usize = 320;

/// The cards of the sentences of a text, with the bytes of each sentence in it.
pub fn facts(scene: &Scene, subject: Option<&Subject>, text: &Text) -> Vec<(Made, Range<usize>)> {
    facts_after(scene, subject, text, &mut Context::default())
}

/// The same for a text that goes on from what was said before it.
pub fn facts_after(
    scene: &Scene,
    subject: Option<&Subject>,
    text: &Text,
    context: &mut Context,
) -> Vec<(Made, Range<usize>)> {
    let mut out = Vec::new();
    if text.runs().iter().any(|r| r.style.strike) {
        return out;
    }
    if !scene.is_english() {
        return native::facts(scene, subject, text);
    }
    let mut subject = subject.cloned();
    for range in sentence::sentences(&text.mask()) {
        let sentence = text.slice(range.clone());
        if context.passed_over(is_address(sentence.plain()) || is_pointer(&sentence) || is_told(&sentence)) {
            continue;
        }
        let before = out.len();
        let mut named = None;
        for piece in pieces(subject.as_ref(), sentence.clone()) {
            // `Mustard: Rajasthan grows most of it; cultivated in winter`: what is cultivated is the term.
            let term = subject.as_ref().is_some_and(|s| s.from_term);
            let of = named.as_ref().filter(|_| !term && clause::parse(&piece.mask()).is_none()).or(subject.as_ref());
            let own = if context.is_needed(of, &piece) { Vec::new() } else { all(scene, of, &piece) };
            out.extend(own.into_iter().filter_map(told_here).map(|made| (made, range.clone())));
            named = named.or_else(|| own_subject(&piece));
            if let Some(subject) = &mut subject {
                subject.defined_here = false;
            }
        }
        if out.len() == before {
            out.extend(recalled(scene, subject.as_ref(), context, &sentence).map(|made| (made, range)));
        }
        context.read(&sentence);
    }
    out
}

/// A card that points at nothing outside itself, if need be in its other way.
fn told_here(made: Made) -> Option<Made> {
    let Made { body, fallback } = made;
    let fallback = fallback.filter(|body| !points_out(body));
    if points_out(&body) {
        return Some(Made { body: fallback?, fallback: None });
    }
    Some(Made { body, fallback })
}

/// What a part of a sentence speaks of, of which the part behind a semicolon or `but` goes on to speak:
/// `Angioedema is rare; more common in the old`.
fn own_subject(piece: &Text) -> Option<Subject> {
    let clause = clause::parse(&piece.mask())?;
    let name = piece.slice(clause.subject).trim();
    let names = matches!(Opening::of(name.plain()), Opening::Named) && !leans(name.plain()) && !name.is_blank();
    names.then(|| Subject { name, ..Subject::default() })
}

/// Whether a sentence is none: a few words with an address, parts with arrows between them, or a step of
/// an example (`$P_1$ arrives`).
fn is_pointer(sentence: &Text) -> bool {
    const ARROWS: [&str; 4] = ["->", "=>", "→", " = "];
    let plain = sentence.plain();
    let mask = sentence.mask();
    let arrow = |rest: &str| ARROWS.iter().find(|a| rest.starts_with(**a)).map(|a| a.len());
    let arrows = mask.contains(['-', '=', '→']) && sentence::split_outside(&mask, arrow).len() > 1;
    let leads = |r: &Run| {
        let formula = &sentence.plain()[r.start..r.end];
        matches!(r.style.atom, Atom::Math { .. })
            && ["rarr", "\\to", "ightarrow", "implies"].iter().any(|a| formula.contains(a))
    };
    let arrows = arrows || sentence.runs().iter().any(leads);
    let symbol = sentence.runs().first().is_some_and(|r| matches!(r.style.atom, Atom::Math { .. }));
    let found = words(&mask);
    let done = found.get(1).zip(found.get(2)).is_some_and(|(be, w)| be.lower == "is" && is_participle(&w.lower));
    let acts = symbol && (done || found.get(1).is_some_and(|w| third_person(&w.lower).is_some()));
    arrows
        || acts
        || mask.trim_start().starts_with('=')
        || (plain.contains("http://") || plain.contains("https://")) && words(plain).len() <= 8
}

/// Whether a sentence is an example, words that somebody says (a quotation, whole or cut), or speaks of nothing.
fn is_told(sentence: &Text) -> bool {
    const EXAMPLES: &[&str] = &[
        "e.g", "eg.", "eg ", "i.e", "recent examples ", "other examples ", "common examples ", "examples are ",
        "examples include ", "an example is ", "for example", "for instance", "example:", "suppose ", "assume ",
        "imagine ", "bob ", "bob's ", "bob’s ", "alice ", "alice's ",
    ];
    let lower = lower(sentence.plain().trim_start_matches(|c: char| !c.is_alphanumeric() && c != '"' && c != '“'));
    let count = |quote: char| lower.matches(quote).count();
    let open = count('"') % 2 == 1 || count('“') != count('”');
    // A row of underscores is a blank that the author means to fill in; numbered elements are a list.
    let elements = ["(ii)", " ii) ", "___"].iter().any(|sign| sentence.plain().contains(sign));
    // `Unit 5 covers …`: a place in the course.
    let course = lower.match_indices(' ').nth(1).is_some_and(|(at, _)| is_count(&lower[..at]));
    open || elements
        || course
        || is_diary(sentence)
        || names_page(sentence.plain())
        || is_impersonal(sentence.plain())
        || lower.starts_with(['"', '“'])
        || EXAMPLES.iter().any(|lead| lower.starts_with(lead))
}

/// Whether a line ends in the middle of what it says.
fn breaks_off(plain: &str) -> bool {
    [" while", " and", " or", " but", " if", "->"].iter().any(|end| plain.ends_with(end))
}

/// Whether a sentence tells what its author did or is not sure of (`I opened a new project`, `learned about maps`,
/// `???`), stands in brackets, holds a line of code that is not marked, or joins words without a verb (`info- hash`).
fn is_diary(sentence: &Text) -> bool {
    const DONE: &[&str] = &["learned ", "learnt ", "went over ", "went through ", "skipped", "covered ", "discussed "];
    let mask = sentence.mask();
    let plain = mask.trim();
    let lower = lower(plain);
    let person = plain.starts_with("I ") || [": I ", ", I ", "“I ", "\"I "].iter().any(|lead| plain.contains(lead));
    let unsure = plain.contains("??") || [" maybe ", "you'd ", "you’d "].iter().any(|word| lower.contains(word));
    let aside = plain.starts_with('(') && plain.trim_end_matches('.').ends_with(')') && plain.matches('(').count() == 1;
    let story = ["look at ", "refer to ", "see ", "instead of naively"].iter().any(|lead| lower.starts_with(lead))
        || lower.starts_with("given a ") && lower.contains(" we ")
        || lower.contains(" could instead ");
    let code = story || plain.contains("[]") || plain.contains("..]") || lower.starts_with("now you ");
    let glued = plain.match_indices("- ").any(|(at, _)| {
        let joined = ["and ", "or ", "to "].iter().any(|word| plain[at + 2..].starts_with(word));
        plain[..at].ends_with(|c: char| c.is_lowercase()) && plain[at + 2..].starts_with(char::is_alphabetic) && !joined
    });
    breaks_off(plain) || person || unsure || aside || code || glued || DONE.iter().any(|lead| lower.starts_with(lead))
}

/// The card of one sentence.
pub fn fact(scene: &Scene, subject: Option<&Subject>, sentence: &Text) -> Option<Made> {
    if !scene.is_english() {
        return native::fact(scene, subject, sentence);
    }
    if !scene.reads(sentence) {
        return None;
    }
    let sentence = without_lead(sentence);
    let plain = sentence.plain().trim_end();
    if breaks_off(plain)
        || plain.ends_with([':', '?', '？', '：', '…'])
        || plain.ends_with("...")
        || plain.len() > LONGEST
        || plain.len() < 4
    {
        return None;
    }
    let sentence = sentence.trim_matches(|c| c.is_whitespace() || matches!(c, '.' | ';' | '。'));
    let sentence = uncontracted(sentence);
    let mask = sentence.mask();
    if let Some(made) = explained_by_colon(scene, subject, &sentence) {
        return Some(made);
    }
    if let Some((lead, main)) = circumstance(&mask) {
        return under_circumstance(scene, &sentence, (lead, main));
    }
    match clause::parse(&mask) {
        Some(clause) => whole_sentence(scene, subject, &sentence, &clause),
        None => subject.and_then(|subject| fragment(scene, subject, &sentence)),
    }
}

/// `Glue runs two kinds of job: Spark and Python shell`: what stands behind the colon is the answer's end.
fn explained_by_colon(scene: &Scene, subject: Option<&Subject>, sentence: &Text) -> Option<Made> {
    let mask = sentence.mask();
    let parts = sentence::split_outside(&mask, |rest| rest.starts_with(": ").then_some(2));
    let [before, after] = parts.as_slice() else { return None };
    clause::parse(&mask[before.clone()])?;
    let made = fact(scene, subject, &sentence.slice(before.clone()))?;
    let tail = sentence.slice(after.clone());
    if let Body::Question { question, answer } = made.body {
        let stated = answer.texts().first().map(|t| (*t).clone())?;
        mask[before.clone()].ends_with(&*stated.mask()).then_some(())?;
        if words(tail.plain()).len() > 12 {
            return Some(Made { body: Body::Question { question, answer }, fallback: None });
        }
        let shown = stated.then(": ").join(&tail);
        return Some(Made { body: Body::Question { question, answer: Content::text(shown) }, fallback: None });
    }
    let found = words(&mask[after.clone()]);
    let pointing = found.first().is_some_and(|w| matches!(&*w.lower, "it" | "they" | "this" | "these" | "you"));
    if pointing || found.len() > 14 {
        return None;
    }
    Some(Made { body: one_gap(sentence, after.clone())?, fallback: None })
}

/// `It's` and `They're` written out, so that the pronoun can be replaced.
pub fn uncontracted(sentence: Text) -> Text {
    for (short, pronoun, verb) in [("It's ", "It", " is "), ("It’s ", "It", " is "), ("They're ", "They", " are ")] {
        if sentence.plain().starts_with(short) {
            let rest = sentence.slice(short.len()..sentence.plain().len());
            return sentence.slice(0..pronoun.len()).then(verb).join(&rest);
        }
    }
    sentence
}

/// A sentence without words that tie it to the one before it.
pub fn without_lead(sentence: &Text) -> Text {
    const LEADS: &[&str] = &[
        "However, ", "Also, ", "In addition, ", "Additionally, ", "Moreover, ", "Furthermore, ", "Therefore, ",
        "Thus, ", "Hence, ", "Note that ", "Remember that ", "Remember: ", "In general, ", "Generally, ",
        "Basically, ", "In short, ", "Typically, ", "Usually, ", "Finally, ", "Note: ", "Of course, ", "In fact, ",
    ];
    let trimmed = sentence.trim_matches(|c: char| c.is_whitespace() || is_emoji(c));
    let plain = trimmed.plain();
    match LEADS.iter().find(|lead| plain.starts_with(**lead)) {
        Some(lead) => trimmed.slice(lead.len()..plain.len()),
        None => trimmed,
    }
}

/// `With Parquet, Athena reads only the needed columns`: the circumstance stays in the question.
fn under_circumstance(scene: &Scene, sentence: &Text, at: (Range<usize>, usize)) -> Option<Made> {
    let (lead, main) = at;
    let rest = sentence.slice(main..sentence.plain().len());
    let lead = sentence.slice(lead);
    let mask = rest.mask();
    let found = words(&mask);
    if Opening::points(&lead.plain().to_lowercase()) {
        return None;
    }
    let tied = found.get(1).is_some_and(|w| is_preposition(&w.lower));
    let acts = base_verb(&found.first()?.lower).is_some_and(|v| !v.noun_too || !tied);
    // `To carry on any occupation, trade or business`
    let joined = found.len() < 4 && found.iter().any(|w| matches!(&*w.lower, "or" | "and"));
    let orders = acts && !joined && clause::parse(&mask).is_none();
    let doing = ["to ", "when ", "if "].iter().any(|w| lead.plain().to_lowercase().starts_with(w));
    if orders && doing {
        return Some(Made { body: advised(&lead, &rest), fallback: None });
    }
    let clause = clause::parse(&rest.mask())?;
    let own = rest.slice(clause.subject.clone()).trim();
    let gapped = cloze(sentence, &shifted(gap::choose(&rest, clause.rest.start), main));
    if !matches!(Opening::of(own.plain()), Opening::Named) {
        let you = matches!(Opening::of(own.plain()), Opening::You);
        return gapped.filter(|_| you).map(|body| Made { body, fallback: None });
    }
    let name = inside(&own, &scene.lower);
    let measured = !gap::quantities(&rest.slice(clause.rest.clone())).is_empty();
    let asked = ask(&Statement { text: &rest, clause: &clause, subject: &name }).map(|asked| {
        let stem = asked.question;
        let tail = stem.slice(1..stem.plain().len());
        question(lead.then(", ").then(&stem.plain()[..1].to_lowercase()).join(&tail), asked.answer)
    });
    better(asked, gapped, measured)
}

/// `When a question is about governance, think of Lake Formation`: what one should do then.
fn advised(lead: &Text, advice: &Text) -> Body {
    let stated = Text::words("you should ").join(advice);
    let asked = clause::parse(&stated.mask())
        .and_then(|clause| ask(&Statement { text: &stated, clause: &clause, subject: &Text::words("you") }));
    let lead = lead.clone().then(", ");
    let whole = |a: &Asked| advice.plain().trim_end().ends_with(a.answer.plain());
    match asked.filter(|a| whole(a) && !lead.plain().starts_with("To ")) {
        Some(asked) => {
            let stem = asked.question;
            let tail = stem.slice(1..stem.plain().len());
            question(lead.then(&stem.plain()[..1].to_lowercase()).join(&tail), asked.answer)
        }
        None => question(lead.then("what should you do?"), capitalised(advice)),
    }
}

/// A sentence with a subject and a verb of its own.
fn whole_sentence(scene: &Scene, subject: Option<&Subject>, sentence: &Text, clause: &Clause) -> Option<Made> {
    let own = sentence.slice(clause.subject.clone()).trim();
    // `Also might need two keys`: an adverb is no subject.
    if own.is_blank() {
        let rest = sentence.slice(clause.adverb.end..sentence.plain().len()).trim();
        return subject.and_then(|subject| fragment(scene, subject, &rest));
    }
    // `H is ready to run`: a letter that an example gives to something; `2. Corolla`: the place in a list.
    let digits = own.plain().bytes().all(|b| b.is_ascii_digit());
    let counts = digits || own.plain().starts_with(|c: char| c.is_ascii_digit()) && matches!(clause.verb, Verb::Be(_));
    let numbered =
        counts || own.plain().split_once(". ").is_some_and(|(number, _)| number.chars().all(|c| c.is_ascii_digit()));
    // `Generalists' close association`: what has a noun behind it.
    let quotes = own.plain().matches(['\'', '’']).count();
    let owner = own.plain().ends_with(['\'', '’']) && quotes == 1;
    if numbered || owner || matches!(own.plain().as_bytes(), [letter] if letter.is_ascii_uppercase()) {
        return None;
    }
    match Opening::of(own.plain()) {
        Opening::Named if leans(own.plain()) || ends_open(own.plain()) => None,
        Opening::Named => {
            let name = inside(&own, &scene.lower);
            let made = made(sentence, clause, &name);
            let elsewhere = subject.is_some_and(|s| s.from_term && !mentions(sentence, s));
            if is_name(&name) && !elsewhere { made } else { recited(scene, subject, (sentence, clause), made) }
        }
        Opening::Pronoun => {
            let points = matches!(&*lower(own.plain()), "this") && !subject?.defined_here;
            let matter = |s: &Subject| !s.from_term && names_matter(s.name.plain());
            let subject = subject.filter(|s| !s.distant && !points && !matter(s))?;
            let many = matches!(&clause.verb, Verb::Present(_, Number::Many))
                || matches!(&clause.verb, Verb::Be(form) if form == "are");
            if many != is_plural(head_noun(subject.name.plain()))
                && !matches!(clause.verb, Verb::Modal(..) | Verb::Past(_))
            {
                return None;
            }
            let stated = subject.name.clone().join(&sentence.slice(clause.subject.end..sentence.plain().len()));
            let clause = clause::parse(&stated.mask())?;
            (clause.subject.end == subject.name.plain().len()).then_some(())?;
            made(&stated, &clause, &inside(&subject.name, &scene.lower))
        }
        Opening::You => you_can(scene, subject?, sentence, clause),
        Opening::Elsewhere => None,
    }
}

/// Whether a sentence begins with the name of a part of a page as if it were a thing: `Best Practices is about …`.
fn names_page(plain: &str) -> bool {
    let titled = plain.split(' ').take_while(|w| w.starts_with(char::is_uppercase)).map(|w| w.len() + 1).sum::<usize>();
    let name = plain.get(..titled.saturating_sub(1)).unwrap_or_default();
    name.contains(' ') && is_meta_heading(&name.to_lowercase())
}

/// Whether a subject ends with a preposition, so that something is missing: `the rule with`.
fn ends_open(subject: &str) -> bool {
    words(subject).last().is_some_and(|w| is_preposition(&w.lower) && !w.capital)
}

/// Whether what looks like a subject is a noun and the subject of a clause that leans on it: `the time
/// a packet` of `the time a packet takes`.
pub fn leans(subject: &str) -> bool {
    let mut found = words(subject);
    // A relative clause inside says its own: `the user that made the bucket`.
    let own = found.iter().position(|w| matches!(&*w.lower, "that" | "which" | "who")).unwrap_or(found.len());
    found.truncate(own);
    let begins = |w: &Word| {
        matches!(&*w.lower, "the" | "a" | "an" | "it" | "one" | "you" | "something" | "anything" | "everything")
    };
    let bare = |w: &Word| {
        !w.stop_after
            && !is_preposition(&w.lower)
            && !matches!(&*w.lower, "and" | "or" | "both" | "all" | "not" | "only" | "than" | "like" | "nor" | "but")
    };
    found.first().is_some_and(begins) && found.windows(2).skip(1).any(|pair| bare(&pair[0]) && begins(&pair[1]))
}

/// `You manage the shards`: asked for with the thing that the passage speaks of.
fn you_can(scene: &Scene, subject: &Subject, sentence: &Text, clause: &Clause) -> Option<Made> {
    let gapped = gap_with_prefix(subject, sentence, clause.rest.start).map(|m| m.body);
    let measured = !gap::quantities(&sentence.slice(clause.rest.clone())).is_empty();
    let idle = matches!(&clause.verb, Verb::Present(base, _) if matches!(base.as_str(), "have" | "need" | "know" | "see" | "want"));
    let own = lower(sentence.plain()[clause.subject.clone()].trim()).to_string();
    let reader = matches!(own.as_str(), "you" | "we");
    let person = Text::words(if reader { "you".to_owned() } else { own });
    let asked = ask(&Statement { text: sentence, clause, subject: &person }).filter(|_| !idle).map(|asked| {
        if !reader && !subject.from_term && names_matter(subject.name.plain()) {
            return question(asked.question, asked.answer);
        }
        let stem = asked.question.trim_matches(|c| c == '?');
        question(stem.join(&aided_by(&subject.name)), asked.answer)
    });
    recited(scene, Some(subject), (sentence, clause), better(asked, gapped, measured))
}

/// The better of a question and a gap: a quantity is best asked for by its gap.
pub fn better(asked: Option<Body>, gapped: Option<Body>, measured: bool) -> Option<Made> {
    let (body, fallback) = match (asked, gapped) {
        (Some(asked), Some(gapped)) if measured => (gapped, Some(asked)),
        (Some(asked), gapped) => (asked, gapped),
        (None, gapped) => (gapped?, None),
    };
    Some(Made { body, fallback })
}

/// The card of a complete statement: a question where the grammar is plain, with a gap in reserve.
pub fn made(text: &Text, clause: &Clause, name: &Text) -> Option<Made> {
    let gapped = cloze(text, &gap::choose(text, clause.rest.start));
    let measured = !gap::quantities(&text.slice(clause.rest.clone())).is_empty();
    let asked = ask(&Statement { text, clause, subject: name }).map(|a| question(a.question, a.answer));
    better(asked, gapped, measured)
}

/// Ranges moved by a number of bytes.
fn shifted(ranges: Vec<Range<usize>>, by: usize) -> Vec<Range<usize>> {
    ranges.into_iter().map(|r| r.start + by..r.end + by).collect()
}

/// `Subject: sentence`.
pub fn prefixed(subject: &Subject, sentence: &Text) -> Text {
    let name = ["a ", "an ", "the "].iter().find(|article| subject.name.plain().starts_with(**article));
    let bare = subject.name.slice(name.map_or(0, |article| article.len())..subject.name.plain().len());
    capitalised(&bare).then(": ").join(sentence)
}

/// Whether the subject in front of a sentence gives a gap away.
pub fn tells(subject: &Subject, gap: &str) -> bool {
    let (name, gap) = (subject.name.plain().to_lowercase(), gap.to_lowercase());
    name.contains(&gap) || (name.chars().count() > 2 && gap.contains(&name))
}

/// The sentence behind its subject, with a gap chosen from byte `from` of the sentence on. The
/// subject itself is never the gap: it stands in front.
pub fn gap_with_prefix(subject: &Subject, sentence: &Text, from: usize) -> Option<Made> {
    let text = prefixed(subject, sentence);
    let shift = text.plain().len() - sentence.plain().len();
    let told = |r: &Range<usize>| tells(subject, &sentence.plain()[r.clone()]);
    let mut gaps: Vec<_> = gap::choose(sentence, from).into_iter().filter(|r| !told(r)).collect();
    if let [only] = gaps.as_slice()
        && only.start == 0
        && !sentence.plain()[only.clone()].contains(|c: char| c.is_ascii_digit())
        && sentence.runs().first().is_some_and(|r| r.style.strong && r.style.atom == Atom::Words)
        && let Some(later) = last_phrase(&sentence.mask(), only.end).filter(|r| !told(r))
    {
        gaps = vec![later];
    }
    let body = cloze(&text, &shifted(gaps, shift))?;
    Some(Made { body, fallback: None })
}
