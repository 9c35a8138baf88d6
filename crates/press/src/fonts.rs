//! The fonts: those that travel with Typst, further ones for other scripts, and the user's own.
//!
//! Those for other scripts are packed, and unpacked only where a text needs them.

use std::collections::BTreeSet;
use std::io::Read;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Packed fonts, in the order in which they are asked for a character.
const PACKED: [&[u8]; 7] = [
    include_bytes!("../fonts/NotoNaskhArabic-Regular.ttf.zst"),
    include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf.zst"),
    include_bytes!("../fonts/NotoSansThai-Regular.ttf.zst"),
    include_bytes!("../fonts/Twemoji.ttf.zst"),
    include_bytes!("../fonts/NotoSansSymbols-Regular.ttf.zst"),
    include_bytes!("../fonts/NotoSansSymbols2-Regular.ttf.zst"),
    include_bytes!("../fonts/DroidSansFallback.ttf.zst"),
];

/// Fonts that are ready to be set with.
pub(crate) struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    /// Those that texts of these characters need; the position of one of the user's that is none.
    pub(crate) fn load(characters: &BTreeSet<char>, own: &[Vec<u8>]) -> Result<Fonts, usize> {
        let mut fonts: Vec<Font> = typst_assets::fonts().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
        for (at, bytes) in own.iter().enumerate() {
            let before = fonts.len();
            fonts.extend(Font::iter(Bytes::new(bytes.clone())));
            if fonts.len() == before {
                return Err(at);
            }
        }
        let mut lacking: BTreeSet<char> = characters.iter().copied().filter(|c| !c.is_ascii()).collect();
        // Letters of code are no letters for texts.
        fonts.iter().filter(|font| !font.info().family.ends_with("Mono")).for_each(|font| lack(&mut lacking, font));
        // An emoji may be more than its first character, which other fonts have, too.
        let emoji = characters.iter().any(|c| matches!(u32::from(*c), 0x1F000..|0xFE0F| 0x20E3));
        for packed in PACKED {
            if lacking.is_empty() && !emoji {
                break;
            }
            for font in Font::iter(Bytes::new(unpacked(packed))) {
                let before = lacking.len();
                lack(&mut lacking, &font);
                let is_emoji = font.info().family.contains("moji");
                if lacking.len() < before || (emoji && is_emoji) {
                    fonts.push(font);
                }
            }
        }
        Ok(Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts })
    }

    /// What is known of all fonts.
    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// One of them.
    pub(crate) fn get(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }
}

/// Takes away the characters that a font has.
fn lack(characters: &mut BTreeSet<char>, font: &Font) {
    let coverage = &font.info().coverage;
    characters.retain(|c| !coverage.contains(u32::from(*c)));
}

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A packed font is part of the program: it can always be unpacked.
    if let Ok(mut decoder) = ruzstd::decoding::StreamingDecoder::new(packed) {
        _ = decoder.read_to_end(&mut bytes);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lacking(text: &str) -> Vec<char> {
        let wanted: BTreeSet<char> = text.chars().collect();
        let fonts = Fonts::load(&wanted, &[]).unwrap_or_else(|at| panic!("font {at}"));
        let has = |c: &char| fonts.fonts.iter().any(|font| font.info().coverage.contains(u32::from(*c)));
        wanted.into_iter().filter(|c| !has(c)).collect()
    }

    #[test]
    fn scripts_of_the_world_are_covered() {
        let lacking =
            lacking("aß źdźbło Ελλάδα Русский Tiếng Việt עברית العربية हिन्दी ไทย 図書館 한국어 中文 😀 ✓ ☐ ⇒");
        assert!(lacking.is_empty(), "{lacking:?}");
    }

    #[test]
    fn what_nobody_has_is_told() {
        assert_eq!(lacking("a\u{12000}"), ['\u{12000}']);
    }

    #[test]
    fn plain_text_needs_no_further_font() {
        let plain = Fonts::load(&"plain".chars().collect(), &[]).unwrap_or_else(|at| panic!("font {at}"));
        assert_eq!(plain.fonts.len(), typst_assets::fonts().count());
    }
}
