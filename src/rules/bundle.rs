//! Headings that bundle what is said of something and name no thing themselves: `Social consequences`, `Unitary features
//! of the constitution`, `Common threats per pillar`.

use super::arrow::lowered;
use super::defining::asked_name;
use super::draft::{Made, capitalised, one_gap, question};
use super::scene::{Scene, Site};
use super::topic::clean_heading;
use super::worth::single;
use crate::card::Body;
use crate::language::english::ask::inside;
use crate::language::english::clause::may_be_clause;
use crate::language::english::is_participle;
use crate::language::english::noun::{head_noun, is_plural_phrase};
use crate::language::sentence::items;
use crate::markdown::text::Text;

/// Nouns of such headings.
const BUNDLES: &[&str] = &[
    "consequences", "effects", "causes", "impacts", "implications", "results", "features", "benefits", "advantages",
    "disadvantages", "drawbacks", "limitations", "factors", "reasons", "issues", "changes", "developments", "events",
    "aspects", "characteristics", "provisions", "objectives", "principles", "outcomes", "problems", "challenges",
    "criticisms", "contributions", "reforms", "measures", "differences", "similarities", "cases", "grounds", "points",
    "declarations", "influence", "impact", "background", "overview", "legacy", "nature", "importance", "concerns",
    "applications", "elements", "settings", "actions", "figures", "achievements", "considerations", "progress",
    "information",
];

/// Words in front of headings that gather several things: `Key elements of a policy`.
const GATHERS: &[&str] =
    &["key", "common", "other", "main", "important", "major", "additional", "core", "typical", "notable", "essential"];

/// Whether a heading is one.
pub(super) fn is_bundle(heading: &str) -> bool {
    let first = heading.split(' ').next().unwrap_or_default().to_lowercase();
    is_shared_out(heading)
        || BUNDLES.contains(&head_noun(heading).to_lowercase().as_str())
        || BUNDLES.contains(&&*first) && first.ends_with('s')
        || heading.contains(": ") && heading.contains('&')
        || is_plural_phrase(heading) && GATHERS.contains(&&*first)
}

/// Whether a heading says that what it names is told of each of several things: `Common threats per pillar`.
fn is_shared_out(heading: &str) -> bool {
    heading.contains(" per ")
}

/// What is told of one of the things below such a heading, which says nothing of what the thing is.
pub(super) fn shared_out(scene: &Scene, site: &Site, term: &Text, told: &Text) -> Option<Made> {
    let heading = clean_heading(site.trail().last()?.text);
    let told = told.trim_matches(|c| c == '.' || c.is_whitespace());
    let fits = scene.is_english() && is_shared_out(heading.plain()) && !told.is_blank() && told.plain().len() < 200;
    fits.then(|| Made { body: question(asked(scene, &heading, term, false), told), fallback: None })
}

/// What stands under a label below such a heading, asked without guessing how the two belong together.
pub(super) fn asked(scene: &Scene, heading: &Text, label: &Text, several: bool) -> Text {
    let shared = heading.plain().find(" per ");
    let several = several || shared.is_some();
    let heading = &heading.slice(0..shared.unwrap_or(heading.plain().len()));
    if is_plural_phrase(heading.plain()) && !heading.plain().contains(['(', ':', '&']) {
        let gathered = in_small(&inside(heading, &scene.lower));
        return if several {
            Text::words("What are the ").join(&gathered).then(" (").join(label).then(")?")
        } else {
            Text::words("What is “").join(label).then("” among the ").join(&gathered).then("?")
        };
    }
    let tail = if several { ": what are the points?" } else { ": what?" };
    heading.clone().then(" – ").join(label).then(tail)
}

/// A heading with its everyday words in small letters, as they stand inside a sentence.
fn in_small(heading: &Text) -> Text {
    let common = |word: &str| {
        let lower = word.to_lowercase();
        let small = BUNDLES.contains(&&*lower) || GATHERS.contains(&&*lower);
        if small { lower } else { word.to_owned() }
    };
    let words = heading.plain().split(' ').map(common).collect::<Vec<_>>().join(" ");
    let running = words.split(' ').skip(1).all(|word| !word.starts_with(char::is_uppercase));
    if running { lowered(&Text::words(words)) } else { Text::words(words) }
}

/// Nouns of headings below which a label names a field or a happening, and no thing that the words behind it define.
const FIELDS: &[&str] = &[
    "applications", "advantages", "disadvantages", "benefits", "challenges", "concerns", "consequences", "causes",
    "criticisms", "drawbacks", "effects", "impacts", "implications", "issues", "limitations", "outcomes", "problems",
    "reforms", "results", "uses",
];

/// Whether a heading gathers fields, or what has happened.
pub(super) fn gathers(heading: &str) -> bool {
    let field = |word: &str| FIELDS.contains(&&*word.to_lowercase());
    let led = || field(heading.split(' ').next().unwrap_or_default());
    heading.len() <= 60
        && !heading.contains(['(', ':', '&', ';', ','])
        && (is_plural_phrase(heading) || led())
        && heading.split(' ').any(field)
}

/// `What is Finance?` below `Applications of Machine Learning`, asked as one of these.
pub(super) fn as_field(scene: &Scene, heading: Option<&str>, body: Body) -> Body {
    let Body::Question { question: front, answer } = &body else { return body };
    let (Some(front), Some(back), Some(heading)) = (single(front), single(answer), heading) else { return body };
    let heading = clean_heading(&Text::words(heading));
    let plain = heading.plain();
    let gathers = gathers(plain);
    let defined = ["a ", "an ", "the ", "to "].iter().any(|article| back.plain().to_lowercase().starts_with(article));
    let Some(name) = asked_name(front).filter(|_| gathers && !defined) else { return body };
    let name = name.slice(0..name.plain().strip_suffix(" for").unwrap_or(name.plain()).len());
    let own = name.plain().starts_with('“') || [" of ", " for "].iter().any(|link| name.plain().contains(link));
    let verb = name.plain().split(' ').skip(1).any(|word| is_participle(word) && word.ends_with("ed"));
    if own || verb {
        return body;
    }
    let several = items(&back.mask()).len() > 2 && !may_be_clause(&back.mask());
    question(asked(scene, &heading, &capitalised(&name), several), back.clone())
}

/// Names of what came about: who or what stands behind one is no definition of it.
const CHANGES: &[&str] = &[
    "rise", "growth", "decline", "fall", "emergence", "spread", "loss", "lack", "end", "beginning", "expansion",
    "development", "shift", "move", "increase", "decrease", "collapse", "birth", "death", "abolition",
];

/// A card that would ask what a change is (`What is Rise of the Working Class?`) as its words with a gap.
pub(super) fn without_change(body: Body) -> Body {
    let Body::Question { question, answer } = &body else { return body };
    let (Some(front), Some(back)) = (single(question), single(answer)) else { return body };
    let Some(name) = asked_name(front) else { return body };
    let bare = name.plain().strip_prefix("the ").unwrap_or(name.plain()).to_lowercase();
    let change = bare.split_once(' ').is_some_and(|(first, rest)| CHANGES.contains(&first) && rest.starts_with("of "));
    if !change {
        return body;
    }
    let lead = capitalised(&name).then(": ");
    let start = lead.plain().len();
    let shown = lead.join(back);
    let end = shown.plain().len();
    one_gap(&shown, start..end).unwrap_or(body)
}
