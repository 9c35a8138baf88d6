//! Times and what happened then: `1789: the Bastille is stormed`, `Magna Carta (1215)`.

use std::ops::Range;

use super::draft::{Draft, Drafts, Made, one_gap};
use super::fact::facts;
use super::opening::Opening;
use super::scene::Scene;
use super::term::item_span;
use super::{Example, Rule};
use crate::card::Kind;
use crate::language::english::clause::{Word, words};
use crate::language::english::{is_deed, is_month, is_participle};
use crate::language::sentence::sentences;
use crate::markdown::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    name: "timeline",
    summary: "a time and what happened then",
    manual: "\
A bullet or a paragraph that begins with a time and a dash or a colon (`1789: …`, `5 May 1789 – …`,
`c. 3000 BC — …`) has the time as its gap, and so has a name with a year or a span of years in brackets
behind it. What is said in further sentences is read as elsewhere. A table of dates is the rule
`table`'s.",
    example: Example {
        note: "\
- **1215** – King John seals Magna Carta
- 1642–1651: English Civil War
- The Glorious Revolution (1688)
",
        cards: "\
[fact] timeline  @ 1
C: {{c1::1215}} – King John seals Magna Carta

[fact] timeline  @ 2
C: {{c1::1642–1651}} – English Civil War

[fact] timeline  @ 3
C: The Glorious Revolution ({{c1::1688}})
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    for (site, text) in scene.paragraphs() {
        let anchor = scene.span_of(text).unwrap_or(site.block.span);
        let topic = scene.topic(site).name();
        for made in cards(scene, text, topic.as_ref()) {
            out.push(Draft::new(&RULE, Kind::Fact, made).at(anchor, item_span(site)).under(site));
        }
    }
}

fn cards(scene: &Scene, text: &Text, topic: Option<&Text>) -> Vec<Made> {
    let Some((time, rest)) = lead(text) else { return bracketed(text).into_iter().collect() };
    let event = text.slice(rest);
    let mask = event.mask();
    let Some(first) = sentences(&mask).first().cloned() else { return Vec::new() };
    if dates_itself(&text.plain()[time.clone()], &mask[first.clone()]) {
        return facts(scene, None, &event).into_iter().map(|(made, _)| made).collect();
    }
    let mut out: Vec<Made> = dated(scene, &text.slice(time), &event.slice(first.clone()), topic).into_iter().collect();
    if !out.is_empty() {
        let more = event.slice(first.end..event.plain().len()).trim();
        out.extend(facts(scene, None, &more).into_iter().map(|(made, _)| made));
    }
    out
}

/// `2009 – … was opened on May 3, 2009`: whether an event tells its year itself.
fn dates_itself(time: &str, event: &str) -> bool {
    let year = |w: &Word| w.lower.len() == 4 && w.lower.bytes().all(|b| b.is_ascii_digit());
    words(time).iter().filter(|w| year(w)).any(|w| event.contains(&*w.lower))
}

/// `1789 – the Bastille is stormed`, the time being the gap; what only the page tells is named first.
pub fn dated(scene: &Scene, time: &Text, event: &Text, topic: Option<&Text>) -> Option<Made> {
    let event = event.trim_matches(|c| c.is_whitespace() || matches!(c, '.' | ';'));
    let short = (4..=200).contains(&event.plain().len());
    let clock = is_clock(time.plain());
    if !short || !(clock || is_time(time.plain())) || event.plain().ends_with(['?', ':']) {
        return None;
    }
    // `**1298** and **1300** are two processes`
    let goes_on = words(event.plain()).first().is_some_and(|w| matches!(&*w.lower, "and" | "or" | "is" | "are" | "to"));
    let points = goes_on || scene.is_english() && Opening::points(&event.plain().to_lowercase());
    if points || words(event.plain()).is_empty() {
        return None;
    }
    // A time of the day says nothing without what the day is.
    let alone = clock || words(event.plain()).len() < 2 && event.plain().is_ascii();
    let named = match topic.filter(|_| alone) {
        Some(name) => name.clone().then(": "),
        None if alone => return None,
        None => Text::default(),
    };
    let start = named.plain().len() + introduction(time.plain());
    let whole = named.join(time);
    let end = whole.plain().len();
    let link = if start > whole.plain().len() - time.plain().len() { ": " } else { " – " };
    let body = one_gap(&whole.then(link).join(&event), start..end)?;
    Some(Made { body, fallback: None })
}

/// `Magna Carta (1215)`
fn bracketed(text: &Text) -> Option<Made> {
    let text = text.trim_matches(|c| c.is_whitespace() || c == '.');
    let mask = text.mask();
    let open = mask.strip_suffix(')')?.rfind(" (")?;
    let inner = open + 2..mask.len() - 1;
    let name = &mask[..open];
    let named = (1..=10).contains(&words(name).len()) && name.len() > 3 && !name.contains(['(', ':', '?', '=', '→']);
    let proper = words(name).iter().any(|w| w.capital);
    // `Tried the king (1793)`: who did, the note tells elsewhere.
    let deed =
        words(name).first().is_some_and(|w| w.lower.ends_with("ed") && is_participle(&w.lower) || is_deed(&w.lower));
    if !named || !proper || deed || !is_time(&mask[inner.clone()]) || Opening::points(&name.to_lowercase()) {
        return None;
    }
    Some(Made { body: one_gap(&text, inner)?, fallback: None })
}

/// The time at the start of a text and what stands behind its separator.
fn lead(text: &Text) -> Option<(Range<usize>, Range<usize>)> {
    let mask = text.mask();
    let begins = mask.trim_start().chars().next()?;
    if !begins.is_alphanumeric() && begins != '~' {
        return None;
    }
    let mut found = None;
    for (at, _) in mask.char_indices().take(44) {
        let length = ["—", "–", " - ", ": ", "："].iter().find(|s| mask[at..].starts_with(**s)).map(|s| s.len());
        let bold_end = || text.runs().first().is_some_and(|r| r.style.strong && r.end == at);
        let Some(length) = length.or_else(|| (bold_end() && at > 0).then_some(0)) else { continue };
        let rest = mask[at + length..].trim_start_matches([' ', ':', '–', '—', '-']);
        if (is_time(&mask[..at]) || is_clock(&mask[..at])) && !rest.is_empty() {
            let end = mask[..at].trim_end().trim_end_matches(':').len();
            found = Some((0..end, mask.len() - rest.len()..mask.len()));
        }
    }
    found
}

/// The bytes of a preposition in front of a time.
fn introduction(time: &str) -> usize {
    const LEADS: &[&str] =
        &["in ", "since ", "until ", "by ", "from ", "around ", "about ", "before ", "after ", "on "];
    let lower = time.to_lowercase();
    LEADS.iter().find(|lead| lower.starts_with(**lead)).map_or(0, |lead| lead.len())
}

/// Whether words are a time of the day: `5am`, `12:30`, `after 8 pm`.
pub fn is_clock(label: &str) -> bool {
    let lower = label.trim().to_lowercase();
    let bare = &lower[introduction(&lower)..];
    let number = bare.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, ' ' | '.'));
    let tail = bare[number.len()..].replace(['.', ' '], "");
    let digits = number.chars().all(|c| c.is_ascii_digit() || c == ':') && (1..=5).contains(&number.len());
    let colon = number.split_once(':').is_some_and(|(h, m)| !h.is_empty() && m.len() == 2 && h.len() <= 2);
    digits && (matches!(&*tail, "am" | "pm") || colon && matches!(&*tail, "" | "h" | "uhr"))
}

/// Whether words are a time that holds a year, a decade or a century, and nothing else.
pub fn is_time(label: &str) -> bool {
    const BESIDE: &[&str] = &[
        "in", "since", "until", "from", "before", "after", "around", "about", "by", "on", "to", "and", "between", "c",
        "ca", "circa", "early", "mid", "late", "spring", "summer", "autumn", "fall", "winter", "bc", "bce", "ad", "ce",
        "century", "centuries", "the", "of", "present", "today", "now", "ongoing", "end", "beginning", "jan", "feb",
        "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    ];
    let lower = label.trim().to_lowercase();
    let parts: Vec<&str> =
        lower.split(|c: char| c.is_whitespace() || "–—-/.,~".contains(c)).filter(|p| !p.is_empty()).collect();
    let era = parts.iter().any(|p| matches!(*p, "bc" | "bce" | "ad" | "ce" | "century" | "centuries"));
    let digits = |p: &str| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit());
    let year = |p: &str| digits(p) && p.len() == 4 && ("1000"..="2100").contains(&p);
    let decade = |p: &str| p.strip_suffix('s').is_some_and(|d| year(d) && d.ends_with('0'));
    let ordinal = |p: &str| ["st", "nd", "rd", "th"].iter().any(|e| p.strip_suffix(e).is_some_and(digits));
    let plain = |p: &str| digits(p) && p.len() <= 4 || ordinal(p) || BESIDE.contains(&p) || is_month(p) || decade(p);
    let telling = |p: &&str| year(p) || decade(p) || era && (digits(p) || ordinal(p));
    !parts.is_empty() && parts.len() <= 9 && parts.iter().all(|p| plain(p)) && parts.iter().any(telling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_have_a_sign_of_it() {
        for time in ["5am", "12:30", "After 8 pm", "7:05 a.m."] {
            assert!(is_clock(time), "{time}");
        }
        for other in ["5", "443", "12:3", "am", "1:1000"] {
            assert!(!is_clock(other), "{other}");
        }
    }

    #[test]
    fn times_hold_a_year() {
        let times = [
            "1923", "1939–45", "5 May 1789", "May 5, 1789", "c. 3000 BCE", "44 BC", "1940s", "18th century",
            "Since January 2026", "1789-07-14", "AD 79",
        ];
        for time in times {
            assert!(is_time(time), "{time}");
        }
        for other in ["443", "May", "12:30", "Step 2000", "IPv4", "80/443", "5–10", ""] {
            assert!(!is_time(other), "{other}");
        }
    }
}
