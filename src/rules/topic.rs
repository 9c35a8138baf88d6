//! What the blocks below a heading speak of: their subject, or the class that they list members of.

use std::collections::BTreeSet;

use super::naming::{aspect_of, names_thing};
use super::written::untagged;
use crate::language::english::clause::{is_adverb, is_determiner};
use crate::language::english::noun::{decapitalise, head_noun, head_phrase, is_plural, is_preposition, singular};
use crate::language::english::{
    base_verb, is_adjective, is_class_noun, is_gerund, is_meta_heading, is_month, is_participle,
};
use crate::language::is_emoji;
use crate::language::lower::lower;
use crate::markdown::text::Text;

/// What a stretch of a note is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Topic {
    /// The thing that its sentences speak of.
    pub subject: Option<Text>,
    /// In the singular, the class whose members are listed there: `S3 storage class`.
    pub category: Option<String>,
    /// The words of the heading that names the class, in the plural: `S3 Storage Classes for ML`.
    pub category_heading: Option<String>,
    /// What is said of the subject there, where a heading between names it: `benefits`.
    pub aspect: Option<String>,
}

impl Topic {
    /// The thing, or a member of the class with its article: `a document database`.
    pub fn thing(&self) -> Option<Text> {
        let member = || {
            let class = self.category.as_ref()?;
            let article =
                if class.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
            Some(Text::words(format!("{article} {class}")))
        };
        self.subject.clone().or_else(member)
    }

    /// The thing or the class, in the heading's words.
    pub fn name(&self) -> Option<Text> {
        self.subject.clone().or_else(|| self.category_heading.as_ref().map(Text::words))
    }
}

/// The topic below a trail of headings; `lower` holds the words that the note writes in lower case.
pub fn topic(trail: &[&Text], lower: &BTreeSet<String>, names: &BTreeSet<String>) -> Topic {
    let mut topic = Topic::default();
    for (depth, heading) in trail.iter().enumerate().rev() {
        let clean = clean_heading(heading);
        let above = depth.checked_sub(1).map(|up| trail[up]);
        let plain = clean.plain().to_lowercase();
        if let Some(asked) = asked_thing(&clean).filter(|_| topic.aspect.is_none() && topic.category.is_none()) {
            topic.subject = Some(asked);
            return topic;
        }
        if plain.is_empty() || is_question(&plain) || is_dated(&plain) || WORKED.iter().any(|w| plain.starts_with(w)) {
            return topic;
        }
        if let Some(tool) = done_with(&clean).filter(|_| topic == Topic::default()) {
            topic.subject = Some(tool);
            return topic;
        }
        // `By naturalisation`: how something comes about, and no thing that the sentences below are about.
        if ["by ", "under ", "during ", "after ", "before "].iter().any(|lead| plain.starts_with(lead)) {
            return topic;
        }
        if is_action(&plain) && !works_with(&plain) && !names_plan(clean.plain()) {
            continue;
        }
        if is_meta(&plain) {
            topic.aspect.get_or_insert(plain);
            continue;
        }
        if topic.category.is_none()
            && category(clean.plain(), lower).is_none()
            && let Some((thing, aspect)) = aspect_of(&clean)
        {
            topic.aspect.get_or_insert(aspect);
            if thing.is_blank() {
                continue;
            }
            topic.subject = Some(thing).filter(names_thing);
            return topic;
        }
        if topic.aspect.is_none() && topic.category.is_none() {
            let name = is_name(head_phrase(clean.plain()), names);
            if let Some(category) = category(clean.plain(), lower).filter(|_| !name) {
                topic.category = Some(category);
                topic.category_heading = Some(clean.plain().to_owned());
                if let Some((thing, _)) = aspect_of(&clean).filter(|(thing, _)| !thing.is_blank()) {
                    topic.subject = Some(thing).filter(names_thing);
                    return topic;
                }
                continue;
            }
        }
        if topic.category.is_none() {
            let thing = described(&plain, above, lower).unwrap_or_else(|| subject(&clean, trail));
            topic.subject = Some(thing).filter(names_thing);
        }
        return topic;
    }
    topic
}

/// Words in front of a heading that file it: `Case study: Haiti 2010`.
const FILED: &[&str] = &[
    "case study", "case studies", "example", "topic", "key term", "fallbeispiel", "estudio de caso", "derivation",
    "lecture", "intuition", "tutorial", "proof", "concept", "definition",
];

/// Words in front of a heading below which an example is worked out, so that nothing is said of a thing.
const WORKED: &[&str] =
    &["worked example", "motivating example", "running example", "exercise -", "exercise –", "exercise:"];

/// A heading without numbering, emoji, tags of cards, marks and closing punctuation.
pub fn clean_heading(text: &Text) -> Text {
    let text = &untagged(text, "");
    let plain = text.plain();
    let mut start =
        plain.len() - plain.trim_start_matches(|c: char| !c.is_alphanumeric() && !"([\"“`$¿¡«„《".contains(c)).len();
    let numbering = |rest: &str| {
        let number = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let tail = rest[number..].trim_start_matches([')', ':', ' ', '.', '、', '．']);
        let skipped = rest.len() - tail.len();
        (number > 0 && skipped > number && !tail.is_empty()).then_some(skipped)
    };
    if let Some(skipped) = numbering(&plain[start..]) {
        start += skipped;
    }
    start += chinese_numbering(&plain[start..]);
    start += lettered(&plain[start..]);
    if let Some((word, rest)) = plain[start..].split_once(' ') {
        let counted =
            ["chapter", "domain", "lesson", "part", "section", "module", "unit", "week", "day", "step", "kapitel"];
        if counted.contains(&word.to_lowercase().as_str())
            && let Some(skipped) = numbering(rest)
        {
            start += word.len() + 1 + skipped;
        }
    }
    if let Some((word, rest)) = plain[start..].split_once(": ")
        && FILED.contains(&word.to_lowercase().as_str())
    {
        start += plain[start..].len() - rest.len();
    }
    let dashes = plain[start..].len() - plain[start..].trim_start_matches(['-', '–', '—', ' ']).len();
    start += if plain[start + dashes..].starts_with(char::is_alphabetic) { dashes } else { 0 };
    start += plain[start..].len() - plain[start..].trim_start_matches(|c: char| is_emoji(c) || c.is_whitespace()).len();
    let end = plain.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '：' | '#')).len();
    let cut = text.slice(start..end.max(start));
    cut.restyle(|style| {
        style.strong = false;
        style.emphasis = false;
        style.highlight = false;
        style.link = None;
    })
}

/// The bytes of `IV. `, `(b) ` or `A. ` in front of a heading.
fn lettered(rest: &str) -> usize {
    let inner = rest.strip_prefix('(').unwrap_or(rest);
    let Some(end) = inner.find([')', '.']) else { return 0 };
    let (number, tail) = (&inner[..end], &inner[end + 1..]);
    let roman = |c: char| "ivxIVX".contains(c);
    let single = number.len() == 1 && number.chars().all(|c| ('a'..='h').contains(&c.to_ascii_lowercase()));
    let counts = !number.is_empty() && number.len() < 6 && number.chars().all(roman) || single;
    let titled = tail.starts_with(' ') && tail.trim_start().starts_with(|c: char| c.is_uppercase());
    if counts && titled { rest.len() - tail.trim_start().len() } else { 0 }
}

/// The bytes of `一、`, `（二）` or `第三章 ` in front of a heading.
fn chinese_numbering(rest: &str) -> usize {
    let number =
        |text: &str| text.len() - text.trim_start_matches(|c: char| "一二三四五六七八九十百".contains(c)).len();
    let inner = rest.strip_prefix(['（', '(', '第']).unwrap_or(rest);
    let end = number(inner);
    let tail = inner[end..].strip_prefix(['、', '）', ')', '章', '节', '讲', '课']);
    match tail {
        Some(tail) if end > 0 && !tail.trim().is_empty() => {
            rest.len() - tail.trim_start_matches([' ', '、', '：', '\u{3000}']).len()
        }
        _ => 0,
    }
}

/// A heading that only describes a member of the class above it: `the strong consistency level`.
fn described(plain: &str, above: Option<&Text>, lower: &BTreeSet<String>) -> Option<Text> {
    let describes = !plain.contains(' ') && (is_adjective(plain) || is_participle(plain));
    let class = category(clean_heading(above.filter(|_| describes)?).plain(), lower)?;
    Some(Text::words(format!("the {plain} {class}")))
}

/// The thing that `What is X?` asks for, in the words of the heading.
fn asked_thing(heading: &Text) -> Option<Text> {
    let lower = lower(heading.plain());
    let lead = ["what is ", "what are ", "what's ", "what’s "].into_iter().find(|lead| lower.starts_with(lead))?;
    let thing = heading.slice(lead.len()..heading.plain().len()).trim_matches(|c| c == '?' || c.is_whitespace());
    let words = thing.plain().split(' ').count();
    (words <= 5 && !is_question(&thing.plain().to_lowercase()) && !thing.is_blank()).then_some(thing)
}

fn is_question(lower: &str) -> bool {
    lower.ends_with(['?', '？'])
        || ["how to ", "how ", "why ", "what ", "when ", "which ", "where "].iter().any(|w| lower.starts_with(w))
}

/// Whether a heading names something to do or a way, not a thing: `Lower costs`, `Preparing data`, `From A to B`.
pub fn is_action(lower: &str) -> bool {
    let mut words = lower.split(' ');
    let (Some(first), Some(_)) = (words.next(), words.next()) else { return false };
    let small = |w: &str| is_determiner(w) || is_preposition(w) || is_adverb(w);
    let orders = base_verb(first).is_some_and(|v| !v.noun_too) && !is_adjective(first);
    (is_gerund(first) && words.any(small)) || is_preposition(first) || orders
}

/// `Jan 14, 2019`, `Monday 3 March`: a day on which notes were taken.
fn is_dated(lower: &str) -> bool {
    const NAMES: &[&str] = &[
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday", "tuesday",
        "wednesday", "thursday", "friday", "saturday", "sunday", "day", "week", "lecture", "lesson", "session",
        "online",
    ];
    let number = |w: &str| w.trim_end_matches(['t', 'h', 's', 'n', 'd', 'r']).bytes().all(|b| b.is_ascii_digit());
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
    let named = lower.split(|c: char| !c.is_alphanumeric()).any(|w| is_month(w) || NAMES[..12].contains(&w));
    named
        && lower.contains(|c: char| c.is_ascii_digit())
        && words.peek().is_some()
        && words.all(|w| is_month(w) || NAMES.contains(&w) || number(w))
}

/// `Make in India Initiative`: words that begin with a verb and yet name a plan.
fn names_plan(heading: &str) -> bool {
    const PLANS: &[&str] = &[
        "policy", "act", "scheme", "plan", "programme", "program", "mission", "initiative", "agreement", "treaty",
        "project", "movement", "campaign", "service",
    ];
    let found: Vec<&str> = heading.split(' ').collect();
    let titled = found.iter().all(|w| w.starts_with(char::is_uppercase) || w.len() < 4);
    titled && found.len() > 2 && found.iter().any(|w| PLANS.contains(&&*w.to_lowercase()))
}

/// `Amazon MQ` of `Brokering Messages with Amazon MQ`: what is done with a thing says that the section is about it.
fn done_with(heading: &Text) -> Option<Text> {
    let plain = heading.plain();
    let doing = plain.split(' ').next().is_some_and(|w| w.len() > 5 && w.ends_with("ing"));
    let (at, link) =
        [" with ", " using ", " With ", " Using "].iter().find_map(|w| plain.find(w).map(|at| (at, w.len())))?;
    let tool = heading.slice(at + link..plain.len()).trim();
    let name = tool.plain().split(" (").next().unwrap_or_default();
    let titled =
        !name.is_empty() && name.split(' ').all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    (doing && titled && name.split(' ').count() <= 4 && names_thing(&tool)).then(|| tool.slice(0..name.len()))
}

/// `Using a cold frame`: what one works with is the thing.
fn works_with(lower: &str) -> bool {
    lower.starts_with("using ") || lower.starts_with("working with ")
}

fn is_meta(lower: &str) -> bool {
    let exam = lower.split(' ').any(|w| {
        matches!(w, "exam" | "takeaways" | "quiz" | "summary" | "practice" | "questions" | "revision" | "recap")
    });
    lower.split('/').all(is_meta_heading) || exam || is_count(lower)
}

/// `Lecture 5`, `week 3`: a place in a course and nothing else.
pub(super) fn is_count(lower: &str) -> bool {
    let (word, number) = lower.split_once(' ').unwrap_or((lower, ""));
    let counted = [
        "chapter", "lecture", "lesson", "week", "day", "part", "section", "module", "unit", "session", "year",
        "tutorial", "page",
    ];
    counted.contains(&word) && number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 4
}

/// Whether a phrase in the plural is one thing's name (`Kinesis Video Streams`): the note writes it
/// with capitals in running text, or so begins other names with its first word.
fn is_name(phrase: &str, names: &BTreeSet<String>) -> bool {
    const CLASSIFIERS: &[&str] = &[
        "type", "kind", "class", "category", "form", "format", "mode", "tier", "option", "feature", "method",
        "service", "component", "step", "phase", "stage", "layer", "level", "property", "characteristic", "principle",
        "rule", "technique", "strategy", "approach", "pattern", "role", "part", "element", "tool", "plan", "model",
    ];
    if names.contains(phrase) {
        return true;
    }
    let (Some((first, _)), noun) = (phrase.split_once(' '), singular(head_noun(phrase)).to_lowercase()) else {
        return false;
    };
    let start = format!("{first} ");
    let begins = names.range(start.clone()..).next().is_some_and(|n| n.starts_with(&start));
    begins && !CLASSIFIERS.contains(&noun.as_str())
}

/// The class in the singular, for a heading like `S3 Storage Classes for ML` or `Types of data`.
fn category(heading: &str, lower: &BTreeSet<String>) -> Option<String> {
    let head = head_phrase(heading);
    let noun = head_noun(heading);
    let one = singular(noun);
    if [" and ", " & "].iter().any(|link| head.contains(link)) {
        return None;
    }
    if one == noun || !is_plural(noun) || !is_class_noun(&one.to_lowercase()) {
        return None;
    }
    let before = &head[..head.len() - noun.len()];
    let kinds = matches!(one.to_lowercase().as_str(), "type" | "kind" | "form" | "category" | "class" | "example");
    let of = heading[head.len()..].trim_start().strip_prefix("of ").map(|o| singular_phrase(o, lower));
    match of {
        Some(object) if kinds => Some(format!("type of {object}")),
        _ => Some(format!("{}{}", decapitalise(before, lower), one.to_lowercase())),
    }
}

fn singular_phrase(phrase: &str, lower: &BTreeSet<String>) -> String {
    let head = head_phrase(phrase);
    let noun = head_noun(phrase);
    decapitalise(&format!("{}{}", &head[..head.len() - noun.len()], singular(noun)), lower)
}

/// The thing that a heading names: `Amazon Athena` of `Amazon Athena for Data Exploration`.
fn subject(heading: &Text, trail: &[&Text]) -> Text {
    let heading = &without_frame(heading);
    let plain = heading.plain();
    let mut end = plain.len();
    for cut in [" for ", " – ", " — ", " - ", ": "] {
        if let Some(at) = plain.find(cut).filter(|at| !splits_a_name(plain, (*at, cut), trail)) {
            end = end.min(at);
        }
    }
    if let Some(at) = plain.find(" (") {
        let inner = plain[at + 2..].split(')').next().unwrap_or_default();
        // `Tree (Hierarchical) Topology`
        let goes_on = plain[at..].split_once(')').is_some_and(|(_, tail)| tail.starts_with(' ') && tail.len() > 1);
        if at < end && !is_acronym(inner) && !goes_on {
            end = at;
        }
    }
    heading.slice(0..end).trim()
}

/// Whether both sides of a separator name the thing together: `EBS – Delete on Termination`, and
/// `FSx for Lustre` below `FSx overview`.
fn splits_a_name(plain: &str, separator: (usize, &str), trail: &[&Text]) -> bool {
    let (at, cut) = separator;
    let (before, behind) = (&plain[..at], &plain[at + cut.len()..]);
    let above = trail.iter().any(|h| h.plain().len() != plain.len() && h.plain().starts_with(before));
    let mut telling = behind.split(' ').filter(|w| w.len() > 3);
    let titled = telling.clone().count() > 0 && telling.all(|w| w.starts_with(char::is_uppercase));
    let initials: String =
        behind.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    let dash = !matches!(cut, " for " | ": ") && initials != before;
    above && titled || dash && titled && behind.split(' ').count() > 1
}

/// A heading without the words that say what the section is: `Overview of`, `Introduction`.
fn without_frame(heading: &Text) -> Text {
    const BEFORE: &[&str] = &[
        "introduction to ", "intro to ", "overview of ", "an overview of ", "an introduction to ", "basics of ",
        "definition of ", "meaning of ", "the basics of ", "understanding ", "fundamentals of ", "key features of ",
        "features of ", "benefits of ", "advantages of ", "types of ", "using ", "working with ", "what is ",
        "what are ", "more on ", "more about ", "about ", "demo: ",
    ];
    const BEHIND: &[&str] = &[
        " - study notes", " – study notes", " study notes", " lecture notes", " overview", " introduction", " intro",
        " basics", " fundamentals", " concepts", " 101", " summary", " explained", " in detail", " details",
        " in depth", " deep dive", " essentials", " recap", " notes",
    ];
    let lower = lower(heading.plain());
    if lower.len() != heading.plain().len() {
        return heading.clone();
    }
    let start = BEFORE.iter().find(|w| lower.starts_with(**w)).map_or(0, |w| w.len());
    let cut = BEHIND.iter().find(|w| lower.ends_with(**w)).map_or(0, |w| w.len());
    let end = lower.len() - cut;
    let bare = if start < end { heading.slice(start..end).trim() } else { heading.clone() };
    let bare = bare.trim_matches(|c| matches!(c, '-' | '–' | '—' | ':' | ' '));
    if bare.is_blank() { heading.clone() } else { bare }
}

/// Whether a bracket holds a short name such as `KMS`.
fn is_acronym(inner: &str) -> bool {
    inner.len() >= 2 && inner.len() <= 8 && inner.chars().filter(|c| c.is_uppercase()).count() * 2 > inner.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headings: &[&str]) -> Topic {
        let texts: Vec<Text> = headings.iter().map(Text::words).collect();
        let trail: Vec<&Text> = texts.iter().collect();
        let names = ["Kinesis Data Streams".to_owned()].into();
        topic(&trail, &["storage", "data", "class", "type"].map(str::to_owned).into(), &names)
    }

    #[test]
    fn headings_name_subjects_and_classes() {
        assert_eq!(of(&["AWS", "S3 Storage Classes for ML"]).category.as_deref(), Some("S3 storage class"));
        assert_eq!(of(&["AWS", "Kinesis Data Streams"]).category, None);
        assert_eq!(of(&["Types of data"]).category.as_deref(), Some("type of data"));
        assert_eq!(
            of(&["Amazon Athena for Data Exploration"]).subject.map(|t| t.plain().to_owned()).as_deref(),
            Some("Amazon Athena")
        );
        let benefits = of(&["Azure Storage", "Benefits"]);
        assert_eq!(benefits.aspect.as_deref(), Some("benefits"));
        assert_eq!(benefits.subject.map(|t| t.plain().to_owned()).as_deref(), Some("Azure Storage"));
        assert_eq!(clean_heading(&Text::words("3.2 **x**")).plain(), "**x**");
        assert_eq!(clean_heading(&Text::words("Domain 1: Data Engineering")).plain(), "Data Engineering");
    }
}
