//! The four note types, fixed for ever. A user's collection knows a note type by its id and compares
//! fields and templates by theirs: change any name, number or order here, and Anki refuses to update
//! the notes that users have. Looks may change: edit the templates or the style sheet and raise
//! [`STYLED_AT`]. New content goes into a spare field.

use crate::card::Form;
use serde_json::{Value, json};

/// The second at which templates or style sheet last changed; Anki takes over a later one only.
const STYLED_AT: i64 = super::MADE_AT;

/// A side of a card that has options, and the script that lets them be tapped.
macro_rules! with_script {
    ($side:literal) => {
        concat!(include_str!($side), "<script>\n", include_str!("templates/choice.js"), "</script>\n")
    };
}

/// A note type.
#[derive(Debug)]
pub(super) struct NoteType {
    /// Its id; those of its fields and templates follow from it.
    pub id: i64,
    /// Its name, unlike those of Anki's own types.
    pub name: &'static str,
    /// Whether its notes are clozes.
    pub cloze: bool,
    /// The names of its fields.
    pub fields: &'static [&'static str],
    /// What its cards look like; a cloze type has one for all.
    templates: &'static [Template],
}

#[derive(Debug)]
struct Template {
    name: &'static str,
    front: &'static str,
    back: &'static str,
    /// The fronts and backs in the list of Anki's browser, without trail and source.
    listed: [&'static str; 2],
}

/// A question and its answer.
pub(super) const BASIC: NoteType = NoteType {
    id: 1_731_904_518_211,
    name: "Recto Basic",
    cloze: false,
    fields: &["Front", "Back", "Why", "Trail", "Source", "Kind", "Id", "Lang", "Extra1", "Extra2", "Extra3"],
    templates: &[FORWARD],
};

/// A pair learnt in both directions.
pub(super) const REVERSIBLE: NoteType = NoteType {
    id: 1_731_904_518_322,
    name: "Recto Reversible",
    cloze: false,
    fields: &["Front", "Back", "Why", "Trail", "Source", "Kind", "Id", "Lang", "Extra1", "Extra2", "Extra3"],
    templates: &[FORWARD, BACKWARD],
};

/// Text with gaps.
pub(super) const CLOZE: NoteType = NoteType {
    id: 1_731_904_518_433,
    name: "Recto Cloze",
    cloze: true,
    fields: &["Text", "Why", "Trail", "Source", "Kind", "Id", "Lang", "Extra1", "Extra2", "Extra3"],
    templates: &[Template {
        name: "Cloze",
        front: include_str!("templates/cloze_front.html"),
        back: include_str!("templates/cloze_back.html"),
        listed: ["{{cloze:Text}}", "{{cloze:Text}}"],
    }],
};

/// A question with options.
pub(super) const CHOICE: NoteType = NoteType {
    id: 1_731_904_518_544,
    name: "Recto Choice",
    cloze: false,
    fields: &[
        "Stem", "Options", "Answer", "Why", "Trail", "Source", "Kind", "Id", "Lang", "Extra1", "Extra2", "Extra3",
    ],
    templates: &[Template {
        name: "Choice",
        front: with_script!("templates/choice_front.html"),
        back: with_script!("templates/choice_back.html"),
        listed: ["{{Stem}}", "{{Answer}}"],
    }],
};

/// All of them.
pub(super) const ALL: [&NoteType; 4] = [&BASIC, &REVERSIBLE, &CLOZE, &CHOICE];

const FORWARD: Template = Template {
    name: "Forward",
    front: include_str!("templates/forward_front.html"),
    back: include_str!("templates/forward_back.html"),
    listed: ["{{Front}}", "{{Back}}"],
};

const BACKWARD: Template = Template {
    name: "Backward",
    front: include_str!("templates/backward_front.html"),
    back: include_str!("templates/backward_back.html"),
    listed: ["{{Back}}", "{{Front}}"],
};

const STYLE: &str = include_str!("templates/card.css");

/// Only for `[latex]` tags, which cards do not use; old clients want the keys.
const LATEX_HEAD: &str = "\\documentclass{article}\n\\pagestyle{empty}\n\\begin{document}\n";
const LATEX_FOOT: &str = "\\end{document}";

/// The largest number of fields that a note can have.
pub(super) fn most_fields() -> usize {
    ALL.iter().map(|t| t.fields.len()).max().unwrap_or_default()
}

impl NoteType {
    /// The form of its notes.
    pub(super) fn form(&self) -> Form {
        match (self.cloze, self.templates.len(), self.id == CHOICE.id) {
            (true, ..) => Form::Cloze,
            (_, 2.., _) => Form::Reversible,
            (.., true) => Form::Choice,
            _ => Form::Basic,
        }
    }

    /// The numbers of the cards of a note whose gaps have these numbers.
    pub(super) fn card_numbers(&self, gaps: &[u16]) -> Vec<u16> {
        if self.cloze {
            gaps.iter().map(|gap| gap.saturating_sub(1)).collect()
        } else {
            (0..).take(self.templates.len()).collect()
        }
    }

    /// The note type as Anki's database holds it.
    pub(super) fn json(&self) -> Value {
        let fields: Vec<Value> = (0..).zip(self.fields).map(|(ord, name)| self.field(ord, name)).collect();
        let templates: Vec<Value> = (0..).zip(self.templates).map(|(ord, t)| self.template(ord, t)).collect();
        // Every front stands or falls with its first field: the second one's on the way back.
        let required: Vec<Value> = (0..self.templates.len()).map(|ord| json!([ord, "any", [ord]])).collect();
        json!({
            "id": self.id, "name": self.name, "type": i32::from(self.cloze), "mod": STYLED_AT, "usn": -1,
            "sortf": 0, "did": null, "tmpls": templates, "flds": fields, "css": STYLE, "req": required,
            "latexPre": LATEX_HEAD, "latexPost": LATEX_FOOT, "latexsvg": false, "tags": [], "vers": [],
        })
    }

    fn field(&self, ord: i64, name: &str) -> Value {
        json!({
            "id": self.id * 1000 + ord, "name": name, "ord": ord, "sticky": false, "rtl": false,
            "font": "Arial", "size": 20, "media": [], "description": "", "collapsed": is_small(name),
        })
    }

    fn template(&self, ord: i64, template: &Template) -> Value {
        let [listed_front, listed_back] = template.listed;
        json!({
            "id": self.id * 1000 + 500 + ord, "name": template.name, "ord": ord, "qfmt": template.front,
            "afmt": template.back, "bqfmt": listed_front, "bafmt": listed_back, "did": null, "bfont": "", "bsize": 0,
        })
    }
}

/// Whether Anki's editor shows a field folded: users read it, but seldom edit it.
fn is_small(field: &str) -> bool {
    !["Front", "Back", "Text", "Stem", "Options", "Answer", "Why"].contains(&field)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All templates and the style sheet as they are at [`STYLED_AT`].
    const LOOKS: &str = "47d796954661f3b0";

    #[test]
    fn other_looks_have_another_date() {
        let mut hasher = blake3::Hasher::new();
        hasher.update(STYLE.as_bytes());
        for template in ALL.iter().flat_map(|notetype| notetype.templates) {
            for text in [template.front, template.back, template.listed[0], template.listed[1]] {
                hasher.update(text.as_bytes());
            }
        }
        let looks = hasher.finalize().to_hex();
        assert_eq!(
            &looks[..16],
            LOOKS,
            "raise STYLED_AT, or Anki will not take the new looks; then note them in LOOKS"
        );
    }
}
