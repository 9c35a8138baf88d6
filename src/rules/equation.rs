//! Summaries with an equals sign: `Athena = serverless SQL on S3`.

use super::draft::{Draft, Drafts, Made, capitalised, cloze, one_gap, question};
use super::fact::{Subject, facts};
use super::scene::{Scene, Site};
use super::term::{bare, item_span};
use super::{Example, Rule};
use crate::card::{Body, Kind};
use crate::language::english::ask::inside;
use crate::language::english::clause::{is_adverb, is_determiner, words};
use crate::language::english::noun::{head_noun, is_plural, is_plural_phrase};
use crate::language::english::{base_verb, is_common};
use crate::language::sentence::{sentences, split_outside};
use crate::markdown::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    name: "equation",
    summary: "a summary with an equals sign between words",
    manual: "\
A bullet `X = Y`, as summaries and takeaways have it, asks for one side of it. Parts joined by `+` become
gaps of one card. `X = when you need …` asks when to use X; `X = easiest way to …` asks for X.
Formulas are left alone: there have to be words on both sides.",
    example: Example {
        note: "\
- Athena = serverless SQL on files
- Glue = ETL jobs + data catalog + crawlers
",
        cards: "\
[fact] equation  @ 1
Q: What is Athena?
A: serverless SQL on files

[fact] equation  @ 2
C: Glue = {{c1::ETL jobs}} + {{c2::data catalog}} + {{c3::crawlers}}
",
    },
    extract,
};

fn extract(scene: &Scene, out: &mut Drafts) {
    for (site, text) in scene.paragraphs() {
        let anchor = scene.span_of(text).unwrap_or(site.block.span);
        for made in cards(scene, site, text) {
            out.push(Draft::new(&RULE, Kind::Fact, made).at(anchor, item_span(site)).under(site));
        }
    }
}

fn cards(scene: &Scene, site: &Site, text: &Text) -> Vec<Made> {
    let mask = text.mask();
    if site.item().is_none() || !mask.contains(" = ") || mask.matches(" = ").count() > 2 {
        return Vec::new();
    }
    let both = |part: &std::ops::Range<usize>| mask[part.clone()].contains(" = ");
    let parts = split_outside(&mask, |rest| rest.starts_with("; ").then_some(2));
    let pieces = if parts.len() > 1 && parts.iter().all(both) { parts } else { sentences(&mask) };
    let mut out = Vec::new();
    let mut subject: Option<Subject> = None;
    for range in pieces {
        let piece = text.slice(range).trim_matches(|c| c.is_whitespace() || c == '.');
        match sides(&piece) {
            Some((left, right)) => {
                out.extend(equal(scene, &piece, &left, &right));
                subject = Some(Subject { name: bare(&left), ..Subject::default() });
            }
            None if subject.is_some() => out.extend(facts(scene, subject.as_ref(), &piece).into_iter().map(|(m, _)| m)),
            None => return Vec::new(),
        }
    }
    out
}

/// The two sides, if both are words.
fn sides(piece: &Text) -> Option<(Text, Text)> {
    let mask = piece.mask();
    let at = mask.find(" = ")?;
    if mask[..at].matches(['"', '„', '“']).count() % 2 == 1
        || mask[..at].matches('(').count() != mask[..at].matches(')').count()
    {
        return None;
    }
    let (left, right) = (piece.slice(0..at).trim(), piece.slice(at + 3..mask.len()).trim());
    let wordy = |t: &Text, most: usize| {
        let count = words(t.plain()).len();
        count > 0 && count <= most && t.plain().chars().filter(|c| c.is_alphabetic()).count() > 1
    };
    if left.mask().contains(':') {
        return None;
    }
    let found = words(left.plain());
    let acts = found.first().is_some_and(|w| {
        base_verb(&w.lower).is_some_and(|v| !v.noun_too) || matches!(&*w.lower, "if" | "when" | "then" | "so")
    });
    // `favourably = relationship oriented`, `Subject = object`: of what, the line does not tell.
    let how = found.len() == 1 && is_adverb(&found[0].lower);
    let bare = |t: &Text| !t.plain().contains(' ') && is_common(&t.plain().to_lowercase());
    if acts || how || bare(&left) && bare(&right) {
        return None;
    }
    let formula = |t: &Text| t.mask().contains(['=', '^', '*', '≤', '≥', '(']) && words(t.plain()).len() < 3;
    (wordy(&left, 5) && wordy(&right, 25) && !formula(&right) && !formula(&left)).then_some((left, right))
}

fn equal(scene: &Scene, piece: &Text, left: &Text, right: &Text) -> Option<Made> {
    let body = if scene.is_english() {
        in_english(scene, piece, left, right)?
    } else {
        one_gap(piece, piece.plain().len() - right.plain().len()..piece.plain().len())?
    };
    Some(Made { body, fallback: None })
}

fn in_english(scene: &Scene, piece: &Text, left: &Text, right: &Text) -> Option<Body> {
    let mask = right.mask();
    let offset = piece.plain().len() - right.plain().len();
    let parts = split_outside(&mask, |rest| rest.starts_with(" + ").then_some(3));
    if parts.len() > 1 {
        let gaps: Vec<_> =
            parts.into_iter().map(|r| until_preposition(&mask, r)).map(|r| r.start + offset..r.end + offset).collect();
        return cloze(piece, &gaps);
    }
    let found = words(&mask);
    let first = found.first()?;
    let name = inside(&bare(left), &scene.lower);
    if first.lower == "when" || first.lower == "if" {
        return Some(question(Text::words("When do you use ").join(&name).then("?"), right.clone()));
    }
    let unique = matches!(first.lower.as_str(), "default" | "only" | "first" | "best" | "cheapest")
        || (first.lower.len() > 4 && first.lower.ends_with("est"));
    if unique {
        return Some(question(Text::words("What is the ").join(right).then("?"), bare(left)));
    }
    let acts = base_verb(&first.lower).is_some_and(|v| !v.noun_too) && is_plural(head_noun(left.plain()));
    if acts && found.len() > 2 {
        return Some(question(Text::words("What do ").join(&name).then(" do?"), capitalised(right)));
    }
    // `longer wave = lower energy` tells what follows, not what a thing is.
    let follows = found.len() <= 2 && !is_determiner(&first.lower) && !left.mask().contains(char::is_uppercase);
    if left.mask().contains('+') || follows && words(left.plain()).len() > 1 || found.len() == 1 {
        return one_gap(piece, offset..piece.plain().len());
    }
    let form =
        if is_plural_phrase(left.plain()) && name.plain().starts_with(char::is_lowercase) { "are" } else { "is" };
    Some(question(Text::words(format!("What {form} ")).join(&name).then("?"), right.clone()))
}

/// A part of a sum without the purpose behind it: `FindMatches` of `FindMatches for dedup`.
fn until_preposition(mask: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let part = &mask[range.clone()];
    let end = part.find(" for ").unwrap_or(part.len());
    range.start..range.start + end
}
