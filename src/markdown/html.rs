//! What the parser needs to know of HTML: which names are elements, and what a single tag says.

/// The elements of HTML; a tag of another name is the author's text (`Vec<T>`, `<vector>`).
const ELEMENTS: &str = "a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas \
    caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed \
    fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i \
    iframe img input ins kbd label legend li link main map mark menu meta meter nav noscript object ol \
    optgroup option output p param path picture pre progress q rect rp rt ruby s samp script search section \
    select slot small source span strike strong style sub summary sup svg table tbody td template textarea \
    tfoot th thead time title tr track tt u ul var video wbr";

/// Elements that have no end tag.
const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// One tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// The element, in lower case.
    pub(super) name: String,
    /// An end tag.
    pub(super) closing: bool,
    /// What stands behind the name.
    pub(super) attributes: &'t str,
}

impl<'t> Tag<'t> {
    /// Reads `<name …>` or `</name>`.
    pub(super) fn parse(text: &'t str) -> Option<Tag<'t>> {
        let inner = text.strip_prefix('<')?.strip_suffix('>')?;
        let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len());
        let name = inner[..end].to_ascii_lowercase();
        let attributes = inner[end..].trim().trim_end_matches('/').trim_end();
        (!name.is_empty()).then_some(Tag { name, closing, attributes })
    }

    /// Whether this is markup: an element of HTML, or a component with attributes.
    pub(super) fn known(&self) -> bool {
        let quoted = ["=\"", "='", "={"].iter().any(|mark| self.attributes.contains(mark));
        quoted || ELEMENTS.split(' ').any(|name| name == self.name)
    }

    /// Whether the element has no end tag.
    pub(super) fn void(&self) -> bool {
        VOID.contains(&self.name.as_str())
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&'t str> {
        let lower = self.attributes.to_ascii_lowercase();
        let found = lower.match_indices(name).find(|(at, _)| {
            let before = lower[..*at].chars().next_back().is_none_or(char::is_whitespace);
            before && lower[at + name.len()..].trim_start().starts_with('=')
        })?;
        let value = self.attributes[found.0 + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| "\"'".contains(*c));
        match quote {
            Some(quote) => value[1..].split(quote).next(),
            None => value.split_whitespace().next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags() {
        let read = |text| Tag::parse(text).map(|tag| (tag.name.clone(), tag.closing, tag.known()));
        assert_eq!(read("</B>"), Some(("b".to_owned(), true, true)));
        assert_eq!(read("<T>"), Some(("t".to_owned(), false, false)));
        let image = Tag::parse("<img alt='a b' src=x.png />");
        assert_eq!(image.as_ref().and_then(|tag| tag.attribute("alt")), Some("a b"));
        assert_eq!(image.as_ref().and_then(|tag| tag.attribute("src")), Some("x.png"));
    }
}
