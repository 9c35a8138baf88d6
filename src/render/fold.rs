//! Plain words on lines of a width, for what is printed outside a screen of its own.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The lines that words take, those after the first indented; what has no blank is cut apart.
pub fn fold(words: &str, width: usize, indent: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut begun) = (String::new(), false);
    let mut end = |line: &mut String| {
        lines.push(line.trim_end().to_owned());
        *line = " ".repeat(indent);
    };
    for word in words.split(' ') {
        if begun && line.width() + word.width() > width {
            end(&mut line);
            begun = false;
        }
        for part in word.graphemes(true) {
            if line.width() + part.width() > width && line.width() > indent {
                end(&mut line);
            }
            line.push_str(part);
        }
        begun |= !word.is_empty();
        if line.width() < width {
            line.push(' ');
        }
    }
    end(&mut line);
    lines
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn words_stay_whole_where_they_can() {
        assert_eq!(fold("one two three", 7, 2), ["one two", "  three"]);
        assert_eq!(fold("  one `--new N` two", 12, 0), ["  one `--new", "N` two"]);
        assert_eq!(fold("abcdefgh i", 4, 1), ["abcd", " efg", " h i"]);
        assert_eq!(fold("漢字漢字", 5, 0), ["漢字", "漢字"]);
        assert_eq!(fold("", 5, 0), [""]);
        assert_eq!(fold("ab", 0, 3).concat().replace(' ', ""), "ab");
    }
}
