//! The templates of other note types, filled as Anki fills them: fields, conditions and front sides.

use std::collections::BTreeMap;

/// How deep conditions may stand in each other.
const DEEPEST: usize = 64;

/// The values of a note's fields, by their names.
pub(super) type Fields<'a> = BTreeMap<&'a str, &'a str>;

/// A side of a card as HTML.
pub(super) fn fill(template: &str, fields: &Fields) -> String {
    let mut out = String::new();
    section(template, fields, (&mut out, 0));
    out
}

/// The answer alone: what a template shows below the line that parts it from the question.
pub(super) fn answer(template: &str, fields: &Fields) -> String {
    let below =
        ["<hr id=answer>", "<hr id=\"answer\">", "<hr id='answer'>", "<hr id=answer />", "<hr id=\"answer\" />"];
    let cut = below.iter().find_map(|line| Some(template.find(line)? + line.len())).unwrap_or(0);
    fill(&template[cut..], fields)
}

fn section(template: &str, fields: &Fields, (out, depth): (&mut String, usize)) {
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
                section(inside, fields, (out, depth + 1));
            }
            rest = behind;
        } else if !tag.starts_with('/') {
            // Filters stand before the name: `{{text:hint:Front}}`.
            let name = tag.rsplit(':').next().unwrap_or(tag).trim();
            out.push_str(fields.get(name).copied().unwrap_or_default());
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
        assert_eq!(fill("{{Front}}{{#Hint}} ({{Hint}}){{/Hint}}{{^Hint}}!{{/Hint}}", &fields), "q!");
        assert_eq!(answer("{{FrontSide}}<hr id=answer>{{text:Back}}", &fields), "a");
        assert_eq!(fill("{{#Hint}}{{Front}}", &fields), "q");
        assert_eq!(fill("{{broken", &fields), "");
    }
}
