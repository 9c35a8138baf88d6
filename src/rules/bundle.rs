//! Headings that bundle what is said of something and name no thing themselves: `Social consequences`, `Unitary features
//! of the constitution`, `Common threats per pillar`.

use super::draft::{Made, capitalised, one_gap, question};
use super::scene::{Scene, Site};
use super::topic::clean_heading;
use super::worth::single;
use crate::card::Body;
use crate::language::english::noun::head_noun;
use crate::markdown::text::Text;

/// Nouns of such headings.
const BUNDLES: &[&str] = &[
    "consequences", "effects", "causes", "impacts", "implications", "results", "features", "benefits", "advantages",
    "disadvantages", "drawbacks", "limitations", "factors", "reasons", "issues", "changes", "developments", "events",
    "aspects", "characteristics", "provisions", "objectives", "principles", "outcomes", "problems", "challenges",
    "criticisms", "contributions", "reforms", "measures", "differences", "similarities", "cases", "grounds", "points",
    "declarations", "influence", "impact", "background", "overview", "legacy", "nature", "importance",
];

/// Whether a heading is one.
pub(super) fn is_bundle(heading: &str) -> bool {
    is_shared_out(heading) || BUNDLES.contains(&head_noun(heading).to_lowercase().as_str())
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
    fits.then(|| Made { body: question(asked(&heading, term, false), told), fallback: None })
}

/// What stands under a label below such a heading, asked without guessing how the two belong together.
pub(super) fn asked(heading: &Text, label: &Text, several: bool) -> Text {
    let tail = if several { ": what are the points?" } else { ": what?" };
    heading.clone().then(" – ").join(label).then(tail)
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
    let named = ["What is ", "What are "].iter().find_map(|lead| Some((lead.len(), front.plain().strip_prefix(lead)?)));
    let Some((at, name)) = named else { return body };
    let bare = name.strip_prefix("the ").unwrap_or(name).to_lowercase();
    let change = bare.split_once(' ').is_some_and(|(first, rest)| CHANGES.contains(&first) && rest.starts_with("of "));
    if !change || !name.ends_with('?') {
        return body;
    }
    let lead = capitalised(&front.slice(at..front.plain().len() - 1)).then(": ");
    let start = lead.plain().len();
    let shown = lead.join(back);
    let end = shown.plain().len();
    one_gap(&shown, start..end).unwrap_or(body)
}
