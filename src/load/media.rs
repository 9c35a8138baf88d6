//! Packs the images and sounds of a deck, and leaves their words in place of those that cannot be had.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::Loaded;
use super::fetch::Fetcher;
use super::locate::{Located, Shelf};
use super::pack::{Packs, Refusal};
use crate::card::{Body, Card, Choice, Content, Deck};
use crate::diagnostic::Finding;
use crate::markdown::text::{Atom, Style, Text};
use crate::source::{FileId, Span};

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

/// Gives a deck the files that its cards refer to.
///
/// Files on the web are fetched by `fetcher`; without one they stay links.
pub fn attach(deck: &mut Deck, loaded: &Loaded, fetcher: Option<&Fetcher>) -> Vec<Finding> {
    let (shelves, packs) = (BTreeMap::new(), Packs::default());
    let mut packer = Packer { loaded, fetcher, shelves, packs, findings: Vec::new() };
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
    deck.media = packer.packs.into_media();
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

/// Decides what becomes of each image.
struct Packer<'a> {
    loaded: &'a Loaded,
    fetcher: Option<&'a Fetcher>,
    shelves: BTreeMap<&'a Path, Shelf>,
    packs: Packs,
    findings: Vec<Finding>,
}

impl Packer<'_> {
    fn decide(&mut self, src: &Arc<str>, span: Span) -> Fate {
        match self.locate(src, span) {
            Located::Inline => Fate::Words,
            Located::Remote => self.fetch(src, span),
            Located::File(path) => {
                let packed = self.packs.file(&path, src);
                self.settle(packed, span, Fate::Words)
            }
            Located::Outside => {
                let message = format!("`{src}` is outside the folder of the notes");
                self.refuse(Refusal { code: "media-outside", message, help: "move it beside the note".into() }, span)
            }
            Located::Missing => {
                let message = format!("there is no file `{src}`");
                let help = "check its path, which is looked up from the note".into();
                self.refuse(Refusal { code: "missing-media", message, help }, span)
            }
        }
    }

    fn locate(&mut self, src: &str, span: Span) -> Located {
        let loaded = self.loaded;
        let Some(origin) = loaded.origins.get(span.file.0 as usize) else { return Located::Missing };
        let new = || Shelf::new(&origin.root, loaded.project.as_deref());
        self.shelves.entry(&origin.root).or_insert_with(new).locate(origin, src)
    }

    fn fetch(&mut self, src: &Arc<str>, span: Span) -> Fate {
        let Some(fetcher) = self.fetcher else {
            let finding = Finding::note("remote-image", format!("`{src}` is on the web"), span);
            let help = "save it beside the note to have it on the card, or build with `--fetch-media`";
            self.findings.push(finding.help(help));
            return Fate::Link;
        };
        let packed = fetcher.fetch(src).and_then(|bytes| self.packs.fetched(src, bytes));
        self.settle(packed, span, Fate::Link)
    }

    fn settle(&mut self, packed: Result<Arc<str>, Refusal>, span: Span, otherwise: Fate) -> Fate {
        match packed {
            Ok(name) => Fate::Packed(name),
            Err(refusal) => {
                self.refuse(refusal, span);
                otherwise
            }
        }
    }

    /// Leaves an image's words in its place, and says why and what may be done.
    fn refuse(&mut self, refusal: Refusal, span: Span) -> Fate {
        let finding = Finding::warning(refusal.code, refusal.message, span);
        self.findings.push(finding.label("its words stand in for it").help(refusal.help));
        Fate::Words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
