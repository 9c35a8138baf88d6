//! `[sound:file.mp3]`, as Anki writes sounds: an embedded file like any other.

use super::text::{Atom, Text};
use crate::card::is_played;
use std::sync::Arc;

const OPEN: &str = "[sound:";

/// The text with each `[sound:…]` that names a sound or a film turned into that file.
pub(super) fn mark(text: &Text) -> Text {
    let mask = text.mask();
    let mut out = Text::default();
    let (mut done, mut at) = (0, 0);
    while let Some(start) = mask[at..].find(OPEN).map(|found| at + found) {
        at = start + OPEN.len();
        let Some(end) = mask[at..].find(']').map(|found| at + found) else { break };
        let name = text.slice(at..end);
        if name.runs().len() == 1 && is_played(name.plain()) {
            let src: Arc<str> = name.plain().into();
            out.append(&text.slice(done..start));
            out.append(&name.restyle(|style| style.atom = Atom::Image { src: src.clone() }));
            done = end + 1;
        }
    }
    if done == 0 { text.clone() } else { out.join(&text.slice(done..mask.len())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_are_found_and_nothing_else() {
        let text = mark(&Text::words("der Hund [sound:der hund.mp3], [sound:] [sound:x] end"));
        assert_eq!(text.plain(), "der Hund der hund.mp3, [sound:] [sound:x] end");
        let sounds: Vec<_> = text.runs().iter().filter(|run| matches!(run.style.atom, Atom::Image { .. })).collect();
        assert_eq!(sounds.len(), 1);
    }
}
