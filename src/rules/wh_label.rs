//! Labels that are half a question, as `What it is:`, `Why use them:` or `How we protect it:`: the thing
//! that the passage speaks of makes them whole.

use crate::language::english::clause::words;
use crate::language::english::{base_verb, third_person};
use crate::markdown::text::Text;

/// Whether a label begins as a question does.
pub fn is_wh(label: &str) -> bool {
    let found = words(label);
    let asks = found.first().is_some_and(|w| matches!(&*w.lower, "what" | "why" | "how" | "when" | "where" | "who"));
    asks && found.len() > 1 && !label.trim_end().ends_with('?')
}

/// The question of a label about a thing; `None` where it does not read as one.
pub fn wh_question(label: &str, name: &Text, plural: bool) -> Option<Text> {
    // `What it means (and why you care)`
    let label = label.split(['(', '[']).next().unwrap_or(label).trim_end();
    let found = words(label);
    let lower: Vec<&str> = found.iter().map(|w| &*w.lower).collect();
    let wh = capital(lower[0]);
    let (be, does) = if plural { ("are", "do") } else { ("is", "does") };
    let of_thing = |lead: String, tail: &str| Some(Text::words(lead).join(name).then(tail).then("?"));
    let tail = |from: usize| found.get(from).map_or(String::new(), |w| format!(" {}", &label[w.start..]));
    match &lower[1..] {
        ["it" | "they" | "this", "is" | "are", ..] => of_thing(format!("{wh} {be} "), &tail(3)),
        ["it" | "they" | "this", verb, ..] => {
            let base = third_person(verb).map(|v| v.base).or_else(|| base_verb(verb).map(|_| *verb))?;
            of_thing(format!("{wh} {does} "), &format!(" {base}{}", tail(3)))
        }
        ["we" | "you" | "people", verb, "it" | "this" | "them"] if base_verb(verb).is_some() => {
            of_thing(format!("{wh} do you {verb} "), "")
        }
        ["to", verb, "it" | "this" | "them"] => of_thing(format!("{wh} do you {verb} "), ""),
        ["to", verb] if base_verb(verb).is_some() => of_thing(format!("{wh} do you {verb} "), ""),
        [verb, "it" | "this" | "them"] if base_verb(verb).is_some() => of_thing(format!("{wh} {verb} "), ""),
        ["goes" | "happens", ..] => {
            let rest: String = tail(1).replace("it’s", "it is").replace("it's", "it is");
            let (before, behind) = rest.split_once(" it ")?;
            of_thing(format!("{wh}{before} "), &format!(" {behind}"))
        }
        _ => None,
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_questions() {
        let name = Text::words("a honeypot");
        for (label, want) in [
            ("What it is", Some("What is a honeypot?")),
            ("What it means", Some("What does a honeypot mean?")),
            ("How it works", Some("How does a honeypot work?")),
            ("Why use it", Some("Why use a honeypot?")),
            ("How we protect it", Some("How do you protect a honeypot?")),
            ("How to achieve this", Some("How do you achieve a honeypot?")),
            ("When to use", Some("When do you use a honeypot?")),
            ("What goes wrong if it’s broken", Some("What goes wrong if a honeypot is broken?")),
            ("What you should know", None),
        ] {
            assert_eq!(wh_question(label, &name, false).map(|t| t.plain().to_owned()).as_deref(), want, "{label}");
        }
    }
}
