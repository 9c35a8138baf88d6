//! What the HTML tags inside a text do: mark it, break it, vanish, or turn out to be no tags at all.

use super::html::Tag;
use super::inline::Piece;
use super::text::{Atom, Style};
use pulldown_cmark::Event;

/// How far back an end tag looks for its start tag; keeps mad input linear.
const REACH: usize = 32;

/// How an element changes the look of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Not at all.
    Plain,
    /// `<b>`, `<strong>`.
    Strong,
    /// `<i>`, `<em>`.
    Emphasis,
    /// `<s>`, `<del>`, `<strike>`.
    Strike,
    /// `<mark>`.
    Highlight,
    /// `<sup>`.
    Superscript,
    /// `<sub>`.
    Subscript,
    /// `<code>`.
    Code,
}

impl Mark {
    fn of(name: &str) -> Mark {
        match name {
            "b" | "strong" => Mark::Strong,
            "i" | "em" => Mark::Emphasis,
            "s" | "del" | "strike" => Mark::Strike,
            "mark" => Mark::Highlight,
            "sup" => Mark::Superscript,
            "sub" => Mark::Subscript,
            "code" => Mark::Code,
            _ => Mark::Plain,
        }
    }

    /// Changes a style.
    pub(super) fn apply(self, style: &mut Style) {
        match self {
            Mark::Plain => {}
            Mark::Strong => style.strong = true,
            Mark::Emphasis => style.emphasis = true,
            Mark::Strike => style.strike = true,
            Mark::Highlight => style.highlight = true,
            Mark::Superscript => style.superscript = true,
            Mark::Subscript => style.subscript = true,
            Mark::Code => style.atom = Atom::Code,
        }
    }
}

/// What an HTML event of a text does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// It is the author's own words in angle brackets.
    Literal,
    /// Nothing; also of events that are no HTML.
    Dropped,
    /// It breaks the line.
    Break,
    /// It is an image, a sound or a film.
    Image {
        /// Its target.
        src: String,
        /// Its alternative text.
        alt: String,
    },
    /// It begins a mark.
    Open(Mark),
    /// It ends the mark that began last.
    Close,
}

/// The role of each event.
pub(super) fn roles(events: &[Piece], text: &str) -> Vec<Role> {
    let mut roles = vec![Role::Dropped; events.len()];
    if !events.iter().any(|(event, _)| is_html(event)) {
        return roles;
    }
    // Start tags that wait for their end; `None` where Markdown's own marks begin, which tags may not cross.
    let mut open: Vec<Option<(usize, String)>> = Vec::new();
    for (at, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => open.push(None),
            Event::End(_) => while open.pop().flatten().is_some() {},
            _ if is_html(event) => {
                let glued = text[..range.start].ends_with(|c: char| c.is_alphanumeric());
                roles[at] = role(&text[range.clone()], glued, at, &mut Pairing { open: &mut open });
                if roles[at] == Role::Close
                    && let Some((start, name)) = open.pop().flatten()
                {
                    roles[start] = Role::Open(Mark::of(&name));
                }
            }
            _ => {}
        }
    }
    roles
}

struct Pairing<'o> {
    open: &'o mut Vec<Option<(usize, String)>>,
}

impl Pairing<'_> {
    /// Whether a start tag of this name waits; those that began after it wait no longer.
    fn close(&mut self, name: &str) -> bool {
        let waiting = self.open.iter().rev().take(REACH).take_while(|o| o.is_some());
        let Some(back) = waiting.flatten().position(|(_, n)| n == name) else { return false };
        self.open.truncate(self.open.len() - back);
        true
    }
}

fn is_html(event: &Event) -> bool {
    matches!(event, Event::InlineHtml(_) | Event::Html(_))
}

/// The role of a tag by itself; a start tag may yet find its end.
fn role(source: &str, glued: bool, at: usize, pairing: &mut Pairing) -> Role {
    if source.starts_with("<!") || source.starts_with("<?") {
        return Role::Dropped;
    }
    let Some(tag) = Tag::parse(source).filter(Tag::known) else { return Role::Literal };
    match tag.name.as_str() {
        "br" => return Role::Break,
        "img" | "audio" | "video" | "source" if tag.attribute("src").is_some() => {
            let value = |name| tag.attribute(name).unwrap_or_default().to_owned();
            return Role::Image { src: value("src"), alt: value("alt") };
        }
        "li" | "p" | "div" | "tr" => return if tag.closing { Role::Dropped } else { Role::Break },
        _ if tag.void() => return Role::Dropped,
        _ => {}
    }
    if tag.closing {
        return if pairing.close(&tag.name) { Role::Close } else { Role::Dropped };
    }
    // `List<object>` in prose: glued to a word, bare, and without an end tag.
    let doubtful = glued && tag.attributes.is_empty();
    pairing.open.push(Some((at, tag.name)));
    if doubtful { Role::Literal } else { Role::Dropped }
}
