//! Packs the images of a deck: reads them, names them by their content, and leaves their words in
//! place of those that cannot be had.

#![expect(clippy::disallowed_methods, reason = "load is the one room that reads media")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::locate::{Located, Shelf};
use super::walk::ends_in;
use super::{Loaded, read};
use crate::card::{Body, Card, Choice, Content, Deck, Media};
use crate::diagnostic::Finding;
use crate::markdown::text::{Atom, Style, Text};
use crate::source::{FileId, Span};

/// The largest file that is packed, in bytes; Anki's own server takes no larger ones.
const LARGEST: u64 = 100 << 20;

/// Endings of images that flashcards can show.
const IMAGES: [&str; 11] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "tif", "tiff"];

/// Longest stem of a packed name, in bytes.
const LONGEST_STEM: usize = 40;

/// What becomes of an image.
#[derive(Debug, Clone)]
enum Fate {
    /// It is packed under this name.
    Packed(Arc<str>),
    /// Its words stay, as a link to where it is.
    Link,
    /// Its words stay.
    Words,
}

/// The fate of each target, by the note it is written in.
type Fates = BTreeMap<(FileId, Arc<str>), Fate>;

/// Reads the images that a deck's cards refer to into the deck.
pub fn attach(deck: &mut Deck, loaded: &Loaded) -> Vec<Finding> {
    let mut packer = Packer { loaded, shelves: BTreeMap::new(), packed: BTreeMap::new(), findings: Vec::new() };
    let mut fates = Fates::new();
    for card in &deck.cards {
        for (src, place) in images(card) {
            let decide = || packer.decide(&src, packer.loaded.image_span(card.span, place));
            fates.entry((card.span.file, src.clone())).or_insert_with(decide);
        }
    }
    for card in deck.cards.iter_mut().filter(|_| !fates.is_empty()) {
        let file = card.span.file;
        let change = |text: &Text| text.restyle(|style| settle(style, file, &fates));
        card.body = map_body(&card.body, &change);
        card.why = card.why.as_ref().map(|why| why.map_texts(&change));
    }
    let files: BTreeMap<Arc<str>, Vec<u8>> = packer.packed.into_values().collect();
    deck.media = files.into_iter().map(|(name, bytes)| Media { name: name.to_string(), bytes }).collect();
    packer.findings
}

/// Turns an image into what has been decided of it.
fn settle(style: &mut Style, file: FileId, fates: &Fates) {
    let Atom::Image { src } = &style.atom else { return };
    let src = src.clone();
    style.atom = match fates.get(&(file, src.clone())) {
        Some(Fate::Packed(name)) => Atom::Image { src: name.clone() },
        Some(Fate::Link) => {
            style.link.get_or_insert(src);
            Atom::Words
        }
        Some(Fate::Words) | None => Atom::Words,
    };
}

impl Loaded {
    /// The bytes of an image whose words or mark stand at a place; the card's where it cannot be found.
    fn image_span(&self, card: Span, place: Option<usize>) -> Span {
        let file = self.files.get(card.file.0 as usize);
        let found = place.zip(file).and_then(|(place, file)| {
            let text = &file.text;
            let line = text.get(..place)?.rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let near = text.get(line..text.len().min(place + 1)).unwrap_or_else(|| &text[line..place]);
            let start = line + near.rfind("![").or_else(|| near.rfind('<'))?;
            let mark = ["![[", "![", "<"].iter().find(|mark| text[start..].starts_with(**mark))?;
            let close = if *mark == "![[" {
                "]]"
            } else if *mark == "<" {
                ">"
            } else {
                ")"
            };
            let end = place + text[place..].find(close)? + close.len();
            let one_line = !text[start..end].contains(['\n', '\r']);
            one_line.then(|| Span::new(card.file, start, end))
        });
        found.unwrap_or(card)
    }
}

/// The targets of a card's images, and the byte of the note at which each stands.
fn images(card: &Card) -> Vec<(Arc<str>, Option<usize>)> {
    let contents: Vec<&Content> = match &card.body {
        Body::Question { question, answer } => vec![question, answer],
        Body::Reversible { front, back } => vec![front, back],
        Body::Cloze { text } => vec![text],
        Body::Choice { stem, options } => std::iter::once(stem).chain(options.iter().map(|o| &o.content)).collect(),
    };
    let texts = contents.into_iter().chain(&card.why).flat_map(Content::texts);
    let image = |style: &Style| match &style.atom {
        Atom::Image { src } => Some(src.clone()),
        _ => None,
    };
    texts.flat_map(|text| text.runs().iter().filter_map(move |run| Some((image(&run.style)?, run.source)))).collect()
}

fn map_body(body: &Body, change: &dyn Fn(&Text) -> Text) -> Body {
    let map = |content: &Content| content.map_texts(change);
    match body {
        Body::Question { question, answer } => Body::Question { question: map(question), answer: map(answer) },
        Body::Reversible { front, back } => Body::Reversible { front: map(front), back: map(back) },
        Body::Cloze { text } => Body::Cloze { text: map(text) },
        Body::Choice { stem, options } => {
            let option = |option: &Choice| Choice { content: map(&option.content), ..option.clone() };
            Body::Choice { stem: map(stem), options: options.iter().map(option).collect() }
        }
    }
}

/// Decides what becomes of each image, and holds what has been read.
struct Packer<'a> {
    loaded: &'a Loaded,
    shelves: BTreeMap<&'a Path, Shelf>,
    packed: BTreeMap<PathBuf, (Arc<str>, Vec<u8>)>,
    findings: Vec<Finding>,
}

impl Packer<'_> {
    fn decide(&mut self, src: &Arc<str>, span: Span) -> Fate {
        match self.locate(src, span) {
            Located::Inline => Fate::Words,
            Located::Remote => {
                let finding = Finding::note("remote-image", format!("the image `{src}` is on the web"), span);
                self.findings.push(finding.help("save it beside the note to have it on the card"));
                Fate::Link
            }
            Located::File(path) => self.pack(&path, src, span),
            Located::Outside => {
                let message = format!("the image `{src}` is outside the folder of the notes");
                self.refuse("media-outside", (message, "move it beside the note"), span)
            }
            Located::Missing => {
                let message = format!("there is no image `{src}`");
                self.refuse("missing-media", (message, "check its path, which is looked up from the note"), span)
            }
        }
    }

    fn locate(&mut self, src: &str, span: Span) -> Located {
        let loaded = self.loaded;
        let Some(origin) = loaded.origins.get(span.file.0 as usize) else { return Located::Missing };
        let new = || Shelf::new(&origin.root, loaded.project.as_deref());
        self.shelves.entry(&origin.root).or_insert_with(new).locate(origin, src)
    }

    fn pack(&mut self, path: &Path, src: &str, span: Span) -> Fate {
        if let Some((name, _)) = self.packed.get(path) {
            return Fate::Packed(name.clone());
        }
        if !ends_in(path, &IMAGES) {
            let message = format!("`{src}` is no image that a flashcard can show");
            return self.refuse("not-an-image", (message, &format!("use one of {}", IMAGES.join(", "))), span);
        }
        let read = fs::metadata(path).and_then(|m| if m.len() > LARGEST { Ok(None) } else { fs::read(path).map(Some) });
        match read {
            Ok(Some(bytes)) => {
                let name: Arc<str> = packed_name(path, &bytes).into();
                self.packed.insert(path.to_owned(), (name.clone(), bytes));
                Fate::Packed(name)
            }
            Ok(None) => {
                let message = format!("the image `{src}` is larger than 100 MiB");
                self.refuse("media-too-large", (message, "save it smaller"), span)
            }
            Err(error) => {
                let message = format!("the image `{src}` cannot be read: {}", read::reason(&error));
                self.refuse("missing-media", (message, "give yourself the right to read it"), span)
            }
        }
    }

    /// Leaves an image's words in its place, and says why and what may be done.
    fn refuse(&mut self, code: &'static str, (message, help): (String, &str), span: Span) -> Fate {
        self.findings.push(Finding::warning(code, message, span).label("its words stand in for it").help(help));
        Fate::Words
    }
}

/// A name that any system and Anki take, and that changes with the content.
fn packed_name(path: &Path, bytes: &[u8]) -> String {
    let plain = |part: Option<&std::ffi::OsStr>| {
        let part = part.unwrap_or_default().to_string_lossy().to_lowercase();
        let ascii: String = part.nfkd().filter(char::is_ascii).collect();
        let words = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-")
    };
    let stem: String = plain(path.file_stem()).chars().take(LONGEST_STEM).collect();
    let stem = if stem.is_empty() { "image" } else { &stem };
    let hash = blake3::hash(bytes).to_hex();
    format!("{stem}-{}.{}", &hash[..10], plain(path.extension()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_names_are_plain_and_follow_the_content() {
        let name = packed_name(Path::new("a/Überblick (1).PNG"), b"x");
        assert!(name.starts_with("uberblick-1-") && name.is_ascii());
        assert_eq!(name.len(), "uberblick-1-.png".len() + 10);
        assert_ne!(name, packed_name(Path::new("a/Überblick (1).PNG"), b"y"));
        assert!(packed_name(Path::new("图.png"), b"x").starts_with("image-"));
    }

    #[test]
    fn an_image_is_settled_by_note_and_target() {
        let image = |src: &str| Style { atom: Atom::Image { src: src.into() }, ..Style::default() };
        let mut fates = Fates::new();
        fates.insert((FileId(0), "a.png".into()), Fate::Packed("a-1.png".into()));
        fates.insert((FileId(0), "http://x/b.png".into()), Fate::Link);
        let settled = |src: &str| {
            let mut style = image(src);
            settle(&mut style, FileId(0), &fates);
            style
        };
        assert_eq!(settled("a.png"), image("a-1.png"));
        assert_eq!(settled("http://x/b.png"), Style { link: Some("http://x/b.png".into()), ..Style::default() });
        assert_eq!(settled("c.png"), Style::default());
    }
}
