//! What Anki derives from a field: its text without HTML, to sort by, and the checksum by which
//! notes with the same first field are found.

use sha1::{Digest as _, Sha1};

/// The checksum of a first field: the first four bytes of the SHA-1 of its [`text`].
pub(super) fn checksum(field: &str) -> u32 {
    let hash = Sha1::digest(text(field));
    hash.iter().take(4).fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

/// The field without HTML: media become their file names, entities the characters they stand for.
pub(super) fn text(field: &str) -> String {
    let mut out = String::new();
    let mut rest = field;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let (tag, after) = cut_tag(&rest[start..]);
        if let Some(file) = media_file(tag) {
            out.extend([" ", file, " "]);
        }
        rest = after;
    }
    out.push_str(rest);
    decode(&out).replace('\u{a0}', " ")
}

/// Splits at the end of a tag, a comment, a script or a style sheet.
fn cut_tag(html: &str) -> (&str, &str) {
    let ends = [("<!--", "-->"), ("<style", "</style>"), ("<script", "</script>")];
    let end = ends.iter().find(|(start, _)| html.starts_with(start)).map_or(">", |(_, end)| end);
    let at = html.find(end).map_or(html.len(), |at| at + end.len());
    html.split_at(at)
}

fn media_file(tag: &str) -> Option<&str> {
    let inner = tag.strip_prefix('<')?;
    let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let attribute = match name {
        "img" | "audio" | "video" | "source" => "src=\"",
        "object" => "data=\"",
        _ => return None,
    };
    inner.split_once(attribute)?.1.split('"').next()
}

fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let decoded = rest.find(';').and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
        let (c, length) = decoded.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out + rest
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "nbsp" => Some('\u{a0}'),
        _ => char::from_u32(name.strip_prefix('#')?.parse().ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::{checksum, text};

    #[test]
    fn agrees_with_anki() {
        let field = "Q1 <img src=\"pic.png\">";
        assert_eq!((text(field).as_str(), checksum(field)), ("Q1  pic.png ", 3_591_898_923));
        assert_eq!(checksum("<b>Q</b> &amp; x<img src=\"p.png\">"), 3_613_451_612);
    }

    #[test]
    fn what_is_no_text_vanishes() {
        assert_eq!(text("a<!-- <b> -->b<style>p{}</style>c&nbsp;&#123;d & e;<"), "abc {d & e;");
    }
}
