//! Card text for the eye: [`html`] for Anki and print, [`terminal`] for the daily review, [`plain`] for
//! text files; [`syntax`] takes code apart. All pass every piece of an author's text through [`clean`].

pub mod code;
mod escape;
mod flat;
pub mod fold;
pub mod html;
mod inline;
pub mod math;
pub mod plain;
pub mod rows;
pub mod syntax;
mod tame;
pub mod terminal;
pub mod theme;

pub(crate) use inline::is_followed;

use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Text that no reader stumbles over: in NFC, without control characters other than line feed and
/// tab, and without the characters that turn the direction of whatever follows them.
pub fn clean(text: &str) -> Cow<'_, str> {
    let kept = if text.contains(is_dropped) { text.replace(is_dropped, "").into() } else { Cow::Borrowed(text) };
    if is_nfc(&kept) { kept } else { kept.nfc().collect::<String>().into() }
}

fn is_dropped(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\n' | '\t');
    control || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn drops_what_harms_and_keeps_the_rest() {
        assert_eq!(clean("a\u{0}\u{1f}\r\u{7f}b\n\tc"), "ab\n\tc");
        assert_eq!(clean("x\u{202E}y\u{2066}z\u{200F}"), "xyz\u{200F}");
        assert_eq!(clean("u\u{308}"), "ü");
        assert_eq!(clean("👩\u{200D}🔬"), "👩\u{200D}🔬");
    }
}
