//! Names: a path as the user sees it, the name of a deck, the stem of a file.

use std::path::{Component, Path};

use unicode_normalization::UnicodeNormalization;

/// Longest stem in characters; file systems take 255 bytes, and a character may need four.
const LONGEST_STEM: usize = 60;

/// A path as shown to the user: `/` between folders, no `.` folders, bytes outside Unicode replaced.
pub fn shown(path: &Path) -> String {
    let mut out = String::new();
    for part in path.components() {
        match part {
            Component::RootDir => out.push('/'),
            Component::CurDir => {}
            other => {
                if !out.is_empty() && !out.ends_with('/') {
                    out.push('/');
                }
                out.push_str(&other.as_os_str().to_string_lossy());
            }
        }
    }
    if out.is_empty() { ".".to_owned() } else { out }
}

/// A deck's name from the name of a folder or file: `aws-kinesis_streams` becomes `Aws Kinesis Streams`.
pub(super) fn title(stem: &str) -> String {
    let words = stem.split(|c: char| c.is_whitespace() || c == '-' || c == '_').filter(|w| !w.is_empty());
    let capital = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().into_iter().flat_map(char::to_uppercase);
        first.chain(chars).collect::<String>()
    };
    words.map(capital).collect::<Vec<_>>().join(" ")
}

/// The stem of the files written for a deck: lower case, letters and digits of any script, `-` for the rest.
///
/// Never `collection`: Anki takes a file of that name for a backup and replaces everything the user has.
pub fn slug(name: &str) -> String {
    let lower: String = name.nfc().flat_map(char::to_lowercase).collect();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let stem: String = words.collect::<Vec<_>>().join("-").chars().take(LONGEST_STEM).collect();
    match stem.trim_end_matches('-') {
        "" => "deck".to_owned(),
        "collection" => "collection-deck".to_owned(),
        stem => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_typed() {
        for (path, expected) in [
            ("./notes/a.md", "notes/a.md"),
            ("../n//b.md", "../n/b.md"),
            ("/tmp/./x", "/tmp/x"),
            (".", "."),
            ("/", "/"),
        ] {
            assert_eq!(shown(Path::new(path)), expected);
        }
    }

    #[test]
    fn stems_are_safe_file_names() {
        for (name, expected) in [
            ("AWS: Kinesis & Co.", "aws-kinesis-co"),
            ("Größe", "größe"),
            ("Gro\u{308}ße", "größe"),
            ("数据库 一", "数据库-一"),
            ("Collection", "collection-deck"),
            ("../../etc", "etc"),
            ("…", "deck"),
        ] {
            assert_eq!(slug(name), expected);
        }
        assert!(slug(&"x".repeat(500)).len() <= LONGEST_STEM);
    }

    #[test]
    fn titles_keep_inner_capitals() {
        assert_eq!(title("aws-s3_MFA delete"), "Aws S3 MFA Delete");
        assert_eq!(title("--"), "");
    }
}
