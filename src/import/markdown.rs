//! From the HTML of a field to Markdown that recto reads as the same: formulas, files and gaps are
//! taken out before the conversion and put back behind it, since Markdown would mangle them.

use htmd::HtmlToMarkdown;

/// Marks that stand for what was taken out; a private character that no field needs.
const MARK: char = '\u{E000}';

/// The folder beside the notes that media lie in.
pub const MEDIA: &str = "media";

/// Converts fields.
pub(super) struct Converter(HtmlToMarkdown);

impl Converter {
    pub(super) fn new() -> Self {
        Converter(HtmlToMarkdown::builder().skip_tags(vec!["script", "style", "object", "iframe"]).build())
    }

    /// A field, or a side of a card, as Markdown. `gaps` says whether `{{c1::…}}` is a gap in it.
    pub(super) fn markdown(&self, html: &str, gaps: bool) -> String {
        let mut taken = Taken::default();
        let html = taken.formulas(&html.replace(MARK, ""));
        let html = taken.files(&html);
        let html = if gaps { taken.gaps(&html) } else { html };
        let html = taken.literals(&html);
        let text = self.0.convert(&html).unwrap_or_default();
        let text = taken.put_back(&text);
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        lines.join("\n").trim().to_owned()
    }
}

/// What was taken out of a text.
#[derive(Default)]
struct Taken(Vec<String>);

impl Taken {
    fn keep(&mut self, what: String) -> String {
        self.0.push(what);
        format!("{MARK}{}{MARK}", self.0.len() - 1)
    }

    /// Formulas between MathJax's marks, as Markdown has them.
    fn formulas(&mut self, html: &str) -> String {
        let inline = self.between(html, ["\\(", "\\)"], |latex| format!("${}$", latex.trim()));
        self.between(&inline, ["\\[", "\\]"], |latex| format!("$${}$$", latex.trim()))
    }

    /// Sounds and images, which lie in a folder beside the note.
    fn files(&mut self, html: &str) -> String {
        let html = self.between(html, ["[sound:", "]"], |name| format!("[sound:{MEDIA}/{name}]"));
        let mut out = String::new();
        let mut rest = html.as_str();
        while let Some((before, tag)) = rest.split_once("<img") {
            let Some((tag, after)) = tag.split_once('>') else { break };
            out.push_str(before);
            if let Some(name) = source(tag) {
                let image =
                    if name.contains("://") { format!("![](<{name}>)") } else { format!("![](<{MEDIA}/{name}>)") };
                out.push_str(&self.keep(image));
            }
            rest = after;
        }
        out + rest
    }

    fn between(&mut self, html: &str, [open, close]: [&str; 2], write: impl Fn(&str) -> String) -> String {
        let mut out = String::new();
        let mut rest = html;
        while let Some((before, inside)) = rest.split_once(open) {
            let Some((inside, after)) = inside.split_once(close) else { break };
            out.push_str(before);
            out.push_str(&self.keep(write(&plain(inside))));
            rest = after;
        }
        out + rest
    }

    /// Characters that are words in HTML and would be marks in Markdown; in code they are none.
    fn literals(&mut self, html: &str) -> String {
        let mut out = String::new();
        let mut code = 0_usize;
        let mut rest = html;
        while let Some(at) = rest.find(['<', '&', '$', '=']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let ends = |names: [&str; 2]| names.iter().any(|name| rest.starts_with(name));
            code = (code + usize::from(ends(["<pre", "<code"]))).saturating_sub(usize::from(ends(["</pre", "</code"])));
            let mark = ["&lt;", "$", "=="].into_iter().find(|mark| code == 0 && rest.starts_with(mark));
            let length = mark.map_or(1, str::len);
            match mark {
                Some("&lt;") => out.push_str(&self.keep("\\<".to_owned())),
                Some("$") => out.push_str(&self.keep("\\$".to_owned())),
                Some(_) => out.push_str(&self.keep("\\=\\=".to_owned())),
                None => out.push_str(&rest[..1]),
            }
            rest = &rest[length..];
        }
        out + rest
    }

    /// The beginnings, hints and ends of gaps.
    fn gaps(&mut self, html: &str) -> String {
        let mut out = String::new();
        let mut depth = 0_usize;
        let mut rest = html;
        while let Some(at) = rest.find(['{', '}', ':']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let opened = opening(rest);
            let (mark, length) = match opened {
                Some(length) => (&rest[..length], length),
                None if depth > 0 && rest.starts_with("}}") => ("}}", 2),
                None if depth > 0 && rest.starts_with("::") => ("::", 2),
                None => ("", 1),
            };
            depth = if opened.is_some() { depth + 1 } else { depth - usize::from(mark == "}}") };
            if mark.is_empty() {
                out.push_str(&rest[..1]);
            } else {
                out.push_str(&self.keep(mark.to_owned()));
            }
            rest = &rest[length..];
        }
        out + rest
    }

    fn put_back(&self, text: &str) -> String {
        let mut out = String::new();
        for (at, part) in text.split(MARK).enumerate() {
            let known = if at % 2 == 1 { part.parse().ok().and_then(|n: usize| self.0.get(n)) } else { None };
            out.push_str(known.map_or(part, String::as_str));
        }
        // A formula may hold a sound, or a gap a formula: what was taken out later is put back first.
        if out.contains(MARK) && out != text { self.put_back(&out) } else { out }
    }
}

/// The names of the files that a field shows or plays.
pub(super) fn files(html: &str) -> Vec<String> {
    let sounds = html.split("[sound:").skip(1).filter_map(|part| Some(plain(part.split_once(']')?.0)));
    let images = html.split("<img").skip(1).filter_map(|part| source(part.split_once('>')?.0));
    sounds.chain(images).collect()
}

/// The value of `src` among the attributes of a tag.
fn source(tag: &str) -> Option<String> {
    let value = tag.split_once("src=")?.1;
    let quote = value.chars().next()?;
    let name = match quote {
        '"' | '\'' => value[1..].split(quote).next()?,
        _ => value.split([' ', '/']).next()?,
    };
    Some(plain(name)).filter(|name| !name.is_empty())
}

/// The length of the beginning of a gap (`{{c12::`), where one begins here.
fn opening(text: &str) -> Option<usize> {
    let digits = text.strip_prefix("{{c")?;
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    (count > 0 && digits[count..].starts_with("::")).then_some(3 + count + 2)
}

/// Characters without tags and names for characters, as formulas and file names need them.
pub fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        let Some((tag, after)) = tag.split_once('>') else { break };
        out.push_str(before);
        out.push_str(if tag.starts_with("br") || tag.starts_with("div") { " " } else { "" });
        rest = after;
    }
    out.push_str(rest);
    let names = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#123;", "{")];
    let out = names.iter().fold(out, |out, (name, c)| out.replace(name, c));
    out.replace("&#125;", "}").replace("&#58;", ":").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::Converter;

    #[test]
    fn fields_become_markdown() {
        let markdown = |html: &str| Converter::new().markdown(html, false);
        assert_eq!(markdown("a <b>bold</b> &amp; <i>slanted</i> word"), "a **bold** & *slanted* word");
        assert_eq!(markdown("\\(a_1 &lt; b_2\\) and \\[x*y*z\\]"), "$a_1 < b_2$ and $$x*y*z$$");
        assert_eq!(markdown("der Hund [sound:der_hund_1.mp3]"), "der Hund [sound:media/der_hund_1.mp3]");
        assert_eq!(markdown("<img src=\"a &amp; b.png\">"), "![](<media/a & b.png>)");
        assert_eq!(markdown("2 * 3 * 4"), "2 \\* 3 \\* 4");
        assert_eq!(markdown("a &lt;b&gt; costs $5, x == y"), "a \\<b> costs \\$5, x \\=\\= y");
        assert_eq!(markdown("<code>a == $b</code>"), "`a == $b`");
        assert_eq!(markdown("x<script>alert(1)</script>"), "x");
    }

    #[test]
    fn gaps_stay_gaps() {
        let markdown = |html: &str| Converter::new().markdown(html, true);
        assert_eq!(
            markdown("The {{c1::<b>liver</b>::organ}} stores {{c2::it}}"),
            "The {{c1::**liver**::organ}} stores {{c2::it}}"
        );
        assert_eq!(markdown("{{c1::\\(a_{b} }\\)}} is: x"), "{{c1::$a_{b} }$}} is: x");
    }
}
