//! The templates of other note types, filled as Anki fills them: fields, conditions and front sides.

use std::collections::BTreeMap;

/// How deep conditions may stand in each other.
const DEEPEST: usize = 64;

/// The values of a note's fields, by their names.
pub(super) type Fields<'a> = BTreeMap<&'a str, &'a str>;

/// The question of a card as HTML. What is to be typed stands on the answer's side only.
pub(super) fn question(template: &str, fields: &Fields) -> String {
    fill(template, fields, &["type", "tts"])
}

/// A side of a card, without the fields behind these filters.
fn fill(template: &str, fields: &Fields, silent: &[&str]) -> String {
    let mut out = String::new();
    section(template, (fields, silent), (&mut out, 0));
    out
}

/// The answer alone: what a template shows below the line that parts it from the question.
pub(super) fn answer(template: &str, fields: &Fields) -> String {
    let below =
        ["<hr id=answer>", "<hr id=\"answer\">", "<hr id='answer'>", "<hr id=answer />", "<hr id=\"answer\" />"];
    let cut = below.iter().find_map(|line| Some(template.find(line)? + line.len())).unwrap_or(0);
    // A field that is read aloud stands there as text as well.
    fill(&template[cut..], fields, &["tts"])
}

/// The fields that an answer shows and its question does not, one below the other.
pub(super) fn below(front: &str, back: &str, fields: &Fields) -> String {
    let asked: Vec<&str> = names(front).collect();
    let mut shown: Vec<&str> = Vec::new();
    for name in names(back).filter(|name| !asked.contains(name) && !OF_NOTES.contains(name)) {
        let value = fields.get(name).copied().filter(|value| !is_blank(value));
        shown.extend(value.filter(|value| !shown.contains(value)));
    }
    shown.join("<br>")
}

/// What stands in a template like a field and is none of its note's own.
const OF_NOTES: [&str; 6] = ["FrontSide", "Tags", "Deck", "Subdeck", "Type", "Card"];

/// The names of the fields in a template, without conditions.
fn names(template: &str) -> impl Iterator<Item = &str> {
    let tags = template.split("{{").skip(1).filter_map(|part| Some(part.split_once("}}")?.0.trim()));
    tags.filter(|tag| !tag.starts_with(['#', '^', '/'])).filter_map(|tag| tag.rsplit(':').next()).map(str::trim)
}

fn section(template: &str, (fields, silent): (&Fields, &[&str]), (out, depth): (&mut String, usize)) {
    let mut rest = template;
    while let Some((before, tag)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((tag, after)) = tag.split_once("}}") else { break };
        let tag = tag.trim();
        rest = after;
        if let Some(name) = tag.strip_prefix(['#', '^']) {
            let Some((inside, behind)) = inside(after, name) else { continue };
            let filled = fields.get(name.trim()).is_some_and(|value| !is_blank(value));
            if depth < DEEPEST && filled == tag.starts_with('#') {
                section(inside, (fields, silent), (out, depth + 1));
            }
            rest = behind;
        } else if !tag.starts_with('/') {
            // Filters stand before the name: `{{text:hint:Front}}`.
            let mut parts = tag.rsplit(':').map(str::trim);
            let name = parts.next().unwrap_or(tag);
            // A filter may have settings behind its name: `{{tts en_US:Front}}`.
            let is_silent = |filter: &str| filter.split(' ').next().is_some_and(|filter| silent.contains(&filter));
            if !parts.any(is_silent) {
                out.push_str(fields.get(name).copied().unwrap_or_default());
            }
        }
    }
    if !rest.contains("{{") {
        out.push_str(rest);
    }
}

/// What stands up to the end of a condition, and what follows it.
fn inside<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    let mut depth = 1;
    let mut at = 0;
    while let Some(open) = text[at..].find("{{").map(|found| at + found) {
        let close = open + text[open..].find("}}")?;
        let tag = text[open + 2..close].trim();
        at = close + 2;
        if tag.strip_prefix(['#', '^']).is_some_and(|other| other.trim() == name.trim()) {
            depth += 1;
        } else if tag.strip_prefix('/').is_some_and(|other| other.trim() == name.trim()) {
            depth -= 1;
        }
        if depth == 0 {
            return Some((&text[..open], &text[at..]));
        }
    }
    None
}

fn is_blank(value: &str) -> bool {
    super::markdown::plain(value).trim().is_empty() && !value.contains("<img")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_filled() {
        let fields = Fields::from([("Front", "q"), ("Back", "a"), ("Hint", "")]);
        assert_eq!(question("{{Front}}{{#Hint}} ({{Hint}}){{/Hint}}{{^Hint}}!{{/Hint}}", &fields), "q!");
        assert_eq!(answer("{{FrontSide}}<hr id=answer>{{text:Back}}", &fields), "a");
        assert_eq!(question("{{#Hint}}{{Front}}", &fields), "q");
        assert_eq!(question("{{broken", &fields), "");
    }

    #[test]
    fn what_only_the_answer_shows_is_below() {
        let fields = Fields::from([("Text", "{{c1::a}}"), ("Extra", "b"), ("More", ""), ("Tags", "x")]);
        let back = "{{cloze:Text}}<hr>{{#Extra}}<b>{{Extra}}</b>{{/Extra}}{{hint:More}}{{Tags}}{{text:Extra}}";
        assert_eq!(below("{{cloze:Text}}", back, &fields), "b");
    }

    #[test]
    fn what_is_typed_stands_on_the_back_only() {
        let fields = Fields::from([("Front", "q"), ("Back", "a")]);
        assert_eq!(question("{{Front}}{{type:Back}}{{tts en_US voices=x:Front}}", &fields), "q");
        assert_eq!(question("{{Front}}{{type:nc:Back}}", &fields), "q");
        assert_eq!(answer("{{Front}}<hr id=answer>{{type:Back}}{{tts de_DE:Back}}", &fields), "a");
    }
}
