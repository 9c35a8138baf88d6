//! Why options of a question are wrong, from the sentences of its explanation.

use super::arrow::lowered;
use super::draft::{capitalised, question};
use super::key::reasons;
use super::scene::Scene;
use super::worth::told_share;
use crate::card::{Body, Choice, Content};
use crate::language::english::clause::{has_finite_verb, words};
use crate::language::english::is_gerund;
use crate::language::sentence::sentences;
use crate::markdown::block::Block;
use crate::markdown::text::Text;

/// The longest front and answer, in bytes.
const LONGEST: (usize, usize) = (420, 150);

/// The cards that say why options are wrong; options that are wrong for one reason share a card.
pub(super) fn against(scene: &Scene, stem: &[&Block], options: &[Choice], why: &Content) -> Vec<Body> {
    let Some(asked) = stem.last().and_then(|b| b.text()).filter(|_| scene.is_english()) else { return Vec::new() };
    let mut told: Vec<(Vec<Text>, Text)> = Vec::new();
    for (letter, reason) in why.texts().into_iter().flat_map(reasons) {
        let option = options.iter().find(|o| o.letter == letter && !o.correct);
        let Some(words) = option.and_then(|o| o.content.texts().first().map(|t| t.trim_matches(|c| c == '.'))) else {
            continue;
        };
        match told.iter_mut().find(|(_, known)| known.plain() == reason.plain()) {
            Some((words_of, _)) => words_of.push(words),
            None => told.push((vec![words], reason)),
        }
    }
    told.into_iter().filter_map(|(wrong, reason)| card(asked, &wrong, &reason)).collect()
}

/// `“Which protocol has no handshake?” Why is the answer not “TCP”?`
fn card(asked: &Text, wrong: &[Text], reason: &Text) -> Option<Body> {
    let quoted = |text: &Text| Text::words("“").join(text).then("”");
    let (first, others) = wrong.split_first()?;
    let listed = others.iter().fold(quoted(first), |list, text| list.then(" or ").join(&quoted(text)));
    let front = challenged(asked, &listed);
    let fits = front.plain().len() <= LONGEST.0 && reason.plain().len() <= LONGEST.1;
    let shown: Vec<&str> = wrong.iter().map(Text::plain).collect();
    // `managing EC2 instances` is no news of `EC2 instances running agents`.
    let found = words(reason.plain());
    let doing = found.first().is_some_and(|w| is_gerund(&w.lower));
    let told = told_share(&shown.join(" "), reason.plain()) >= if doing { 0.5 } else { 0.6 } && found.len() < 5;
    (fits && !told).then(|| question(front, sentence(reason)))
}

/// What is asked, without the question that ends it where a situation is told before it: that situation, and `Why not
/// “TCP”?`
fn challenged(asked: &Text, options: &Text) -> Text {
    let asked = asked.trim();
    let mask = asked.mask();
    let said = sentences(&mask);
    if let [.., before, last] = said.as_slice()
        && mask[last.clone()].trim_end().ends_with('?')
    {
        return asked.slice(0..before.end).trim().then(" Why not ").join(options).then("?");
    }
    if mask.ends_with('?') {
        return Text::words("“").join(&asked).then("” Why is the answer not ").join(options).then("?");
    }
    asked.clone().then(if mask.ends_with(['.', ':', '!']) { " Why not " } else { ": Why not " }).join(options).then("?")
}

/// `managing servers` as `It means managing servers`.
fn sentence(reason: &Text) -> Text {
    let mask = reason.mask();
    let doing = words(&mask).first().is_some_and(|w| is_gerund(&w.lower)) && !has_finite_verb(&mask);
    if doing { Text::words("It means ").join(&lowered(reason)) } else { capitalised(reason) }
}
