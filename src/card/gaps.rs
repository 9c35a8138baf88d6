//! A text with gaps as one face asks it: its own gap open and the others filled.

use super::Content;
use crate::markdown::text::{Gap, Style, Text};

/// The side with gap `number` left open and the others filled.
pub fn asked(content: &Content, number: u16) -> Content {
    content.map_texts(&|text| open(text, number))
}

/// The stretches of a side that are gap `number`, in order.
pub fn stretches(content: &Content, number: u16) -> Vec<Text> {
    content.texts().into_iter().flat_map(|text| of_text(text, number)).collect()
}

/// The side with the gaps that `keep` does not want filled.
pub fn only(content: &Content, keep: impl Fn(u16) -> bool) -> Content {
    content.map_texts(&|text| {
        text.restyle(|style| {
            if style.gap.as_ref().is_some_and(|gap| !keep(gap.number)) {
                style.gap = None;
            }
        })
    })
}

/// The stretches of a text that are gap `number`, without their gaps.
fn of_text(text: &Text, number: u16) -> Vec<Text> {
    let mut out: Vec<Text> = Vec::new();
    let mut inside = false;
    for run in text.runs() {
        let gap = is_gap(run.style.gap.as_ref(), number);
        if gap && !inside {
            out.push(Text::default());
        }
        if let (true, Some(last)) = (gap, out.last_mut()) {
            last.append(&without_gaps(&text.slice(run.start..run.end)));
        }
        inside = gap;
    }
    out
}

fn open(text: &Text, number: u16) -> Text {
    let mut out = Text::default();
    let mut inside = false;
    for run in text.runs() {
        let gap = is_gap(run.style.gap.as_ref(), number);
        if !gap {
            out.append(&without_gaps(&text.slice(run.start..run.end)));
        } else if !inside {
            let hint = run.style.gap.as_ref().and_then(|gap| gap.hint.as_deref());
            out.push(&format!("[{}]", hint.unwrap_or("…")), Style::default(), None);
        }
        inside = gap;
    }
    out
}

fn is_gap(gap: Option<&Gap>, number: u16) -> bool {
    gap.is_some_and(|gap| gap.number == number)
}

fn without_gaps(text: &Text) -> Text {
    text.restyle(|style| style.gap = None)
}
